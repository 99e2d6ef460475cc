/**
 * Documents: JSON to model.
 *
 * Source: GR-1, GR-4, GR-5, GR-7, GR-8, GR-10, GR-15, SZ-1 to SZ-8, U-18, U-20.
 *
 * @since 0.1.0
 */
import { nearest, PolicyKind, Problem, Version, type Document, type Statement } from '../model/index.js'
import { decodeStatement, surroundingsOf, type Surroundings } from './decodeStatement.js'
import { closedRecord, missing, wrongType } from './elements.js'
import { grammarOf, type Grammar } from './grammar.js'
import { isList, isNonEmpty, isRecord, member, type UnknownRecord } from './Json.js'
import { at, type Place } from './Place.js'
import type { Decoder, Input } from './read.js'

/**
 * A decoder of documents of a kind. `sizes` says whether the kind's size limit applies.
 *
 * @category codecs
 * @since 0.1.0
 */
export const documentDecoder =
  (kind: PolicyKind.PolicyKind | undefined, sizes: boolean): Decoder<Document.Document> =>
  (input, value, place) => {
    if (kind !== undefined && !isKnown(kind)) {
      reportKind(input, kind)
      return undefined
    }
    const grammar = grammarOf(kind ?? kindOf(value))
    const record = closedRecord(input, value, place, 'a policy', ['Version', 'Id', 'Statement'])
    if (record === undefined) return undefined
    input.checkCharacters(grammar.strictText, record, place)
    if (sizes) checkSize(input, grammar, place)
    const version = decodeVersion(input, grammar, record, place)
    const id = decodeId(input, record, place)
    if (grammar.strictText) checkSids(input, record, place)
    const statements = decodeStatements(surroundingsOf(input, grammar, version), record, place)
    return statements === undefined
      ? undefined
      : Object.freeze<Document.Document>({ _tag: 'Document', version, id, statements })
  }

const isKnown = (kind: string): boolean => PolicyKind.policyKinds.some((known) => known === kind)

/** Untyped callers may ask for anything. */
const reportKind = ({ sink }: Input, kind: string): void => {
  const meant = nearest(PolicyKind.policyKinds)(kind)
  sink.add(
    undefined,
    Problem.problem(
      'InvalidKind',
      `there is no kind of policy ${Problem.quote(kind)}, only ${PolicyKind.policyKinds.join(', ')}`,
      meant === undefined ? undefined : `did you mean \`${meant}\`?`,
    ),
  )
}

/** The general kind that fits: `resource` as soon as a statement names principals. */
const kindOf = (value: unknown): 'identity' | 'resource' => {
  const statements = isRecord(value) ? member(value, 'Statement') : undefined
  const named = (statement: unknown): boolean =>
    isRecord(statement) && (Object.hasOwn(statement, 'Principal') || Object.hasOwn(statement, 'NotPrincipal'))
  return named(statements) || (isList(statements) && statements.some(named)) ? 'resource' : 'identity'
}

const checkSize = (input: Input, { kind, limit }: Grammar, place: Place | undefined): void => {
  if (limit === undefined || input.length <= limit.characters) return
  const size = input.size(limit.blanks)
  if (size === undefined || size <= limit.characters) return
  const counted = limit.blanks ? 'all white space counted' : 'white space between tokens not counted'
  input.sink.add(
    place,
    Problem.problem(
      'TooLarge',
      `the policy has ${size} characters (${counted}); a policy of kind ${kind} has at most ${limit.characters} (${limit.rule})`,
    ),
  )
}

const decodeVersion = (
  input: Input,
  { kind, latestVersion }: Grammar,
  record: UnknownRecord,
  place: Place | undefined,
): Version.Version | undefined => {
  const version = member(record, 'Version')
  if (version === undefined)
    return latestVersion
      ? missing(input, place, `a policy of kind ${kind} needs \`Version\``, 'add `"Version": "2012-10-17"`')
      : undefined
  const here = at(place, 'Version')
  if (typeof version !== 'string') return wrongType(input, here, '`Version`', 'a string', version)
  if (!Version.isVersion(version)) {
    const near = nearest(Version.versions)(version) ?? '2012-10-17'
    const message = `${Problem.quote(version)} is not a version of the policy language; there are ${Version.versions.join(' and ')}`
    input.sink.add(here, Problem.problem('InvalidVersion', message, `did you mean \`${near}\`?`))
    return undefined
  }
  if (latestVersion && version !== '2012-10-17') {
    const message = `a policy of kind ${kind} is of version 2012-10-17`
    input.sink.add(here, Problem.problem('InvalidVersion', message, 'write `2012-10-17`'))
  }
  return version
}

const decodeId = (input: Input, record: UnknownRecord, place: Place | undefined): string | undefined => {
  const id = member(record, 'Id')
  return id === undefined || typeof id === 'string'
    ? id
    : wrongType(input, at(place, 'Id'), '`Id`', 'a string', id)
}

const decodeStatements = (
  surroundings: Surroundings,
  record: UnknownRecord,
  place: Place | undefined,
): Document.Document['statements'] | undefined => {
  const { input } = surroundings
  const value = member(record, 'Statement')
  const here = at(place, 'Statement')
  if (value === undefined) return missing(input, place, 'a policy needs `Statement`')
  if (!isList(value)) {
    if (!isRecord(value))
      return wrongType(input, here, '`Statement`', 'an object or a list of objects', value)
    const only = decodeStatement(surroundings, value, here)
    return only === undefined ? undefined : Object.freeze<readonly [Statement.Statement]>([only])
  }
  if (value.length === 0) {
    input.sink.add(here, Problem.problem('EmptyList', '`Statement` lists nothing; a policy has at least one'))
    return undefined
  }
  const statements: Statement.Statement[] = [] // local mutation: one pass
  for (let i = 0; i < value.length && !input.sink.full(); i++) {
    const statement = decodeStatement(surroundings, value[i], at(here, i))
    if (statement !== undefined) statements.push(statement)
  }
  return statements.length === value.length && isNonEmpty(statements) ? Object.freeze(statements) : undefined
}

/** U-20; Sids that are no text are refused elsewhere. */
const checkSids = (input: Input, record: UnknownRecord, place: Place | undefined): void => {
  const statements = member(record, 'Statement')
  if (!isList(statements)) return
  const seen = new Map<string, number>() // local mutation: first place of each Sid
  statements.forEach((statement, i) => {
    const sid = isRecord(statement) ? member(statement, 'Sid') : undefined
    if (typeof sid !== 'string' || sid === '') return
    const first = seen.get(sid)
    if (first === undefined) seen.set(sid, i)
    else
      input.sink.add(
        at(at(at(place, 'Statement'), i), 'Sid'),
        Problem.problem('DuplicateSid', `${Problem.quote(sid)} is the Sid of statement ${first} already`),
      )
  })
}
