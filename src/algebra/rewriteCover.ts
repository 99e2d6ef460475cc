/**
 * What surely holds between two statements by their texts alone: that one covers the other, or that a request of the one
 * escapes the other. Most steps of a rewriting are settled here; the rest goes to the search.
 *
 * @since 0.1.0
 */
import {
  type Action,
  Condition,
  Operand,
  Operator,
  Resource,
  Principal,
  type Statement,
} from '../model/index.js'
import type { Variable, Version } from '../model/index.js'
import { Glob } from '../pattern/index.js'
import * as callerText from './callerText.js'
import { principalText } from './rewriteForm.js'
import { sampleWord, surelyIncludes } from './rewriteGlobs.js'
import { testOf } from './Universe.js'

// ---- globs of a document ----

/** Every variable stands for one letter: the same text is the same set. */
const opaque: Variable.Lookup = (key) => ({
  _tag: 'Value',
  value: `\u{f0000}${Condition.foldKey(key)}\u{f0000}`,
})

const memo = <A>(make: (text: string) => A): ((text: string) => A) => {
  const known = new Map<string, A>() // local mutation: values made so far
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const made = make(text)
    known.set(text, made)
    return made
  }
}

/**
 * Reads the texts of one document, each once.
 *
 * @category model
 * @since 0.1.0
 */
export interface Reader {
  readonly version: Version.Version | undefined
  readonly action: (pattern: string) => Entry
  readonly resource: (pattern: string) => Entry
}

/**
 * A pattern, its language, and a word of it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Entry {
  readonly glob: Glob.Glob
  readonly sample: string
  readonly matches: (word: string) => boolean
  readonly hasVariable: boolean
  readonly isLiteral: boolean
}

const entry = (glob: Glob.Glob): Entry => {
  const literal = Glob.literalText(glob)
  const sample = sampleWord(glob)
  return {
    glob,
    sample,
    matches: literal === undefined ? Glob.compile(glob) : (word) => word === literal,
    isLiteral: literal !== undefined,
    hasVariable: sample.includes('\u{f0000}'),
  }
}

/**
 * A reader for documents of a version.
 *
 * @category constructors
 * @since 0.1.0
 */
export const reader = (version: Version.Version | undefined): Reader => ({
  version,
  action: memo((pattern) => entry(Glob.parse(pattern.toLowerCase()))),
  resource: memo((pattern) => entry(Resource.glob(version, opaque)(pattern) ?? Glob.empty)),
})

// ---- surely covered ----

/** A word of the inner glob that the outer one has not settles most pairs; for a literal it settles them all. */
const includes = (outer: Entry, inner: Entry): boolean =>
  !outer.hasVariable &&
  !inner.hasVariable &&
  outer.matches(inner.sample) &&
  (inner.isLiteral || surelyIncludes(outer.glob, inner.glob))

const everyIncluded = (
  outer: readonly string[],
  inner: readonly string[],
  read: (text: string) => Entry,
): boolean =>
  inner.every((text) => outer.includes(text) || outer.some((other) => includes(read(other), read(text))))

const isWithin = (inner: readonly string[], outer: readonly string[]): boolean => {
  const known = new Set(outer)
  return inner.every((text) => known.has(text))
}

const coversAction = (reader: Reader, outer: Action.ActionClause, inner: Action.ActionClause): boolean =>
  (outer._tag === 'Action' && outer.patterns.some((pattern) => pattern === '*')) ||
  (outer._tag === inner._tag &&
    (outer._tag === 'Action'
      ? everyIncluded(outer.patterns, inner.patterns, reader.action)
      : everyIncluded(inner.patterns, outer.patterns, reader.action)))

const coversResource = (
  reader: Reader,
  outer: Resource.ResourceClause,
  inner: Resource.ResourceClause,
): boolean => {
  if (outer._tag === 'Resource' && outer.patterns.some((pattern) => pattern === '*')) return true
  if (outer._tag === 'Attached')
    return (
      inner._tag === 'Attached' ||
      (inner._tag === 'Resource' && inner.patterns.every((pattern) => pattern !== '*'))
    )
  if (inner._tag === 'Attached' || outer._tag !== inner._tag) return false
  return outer._tag === 'Resource'
    ? everyIncluded(outer.patterns, inner.patterns, reader.resource)
    : everyIncluded(inner.patterns, outer.patterns, reader.resource)
}

const coversPrincipal = (outer: Statement.Statement, inner: Statement.Statement): boolean => {
  if (outer._tag === 'IdentityStatement' || inner._tag === 'IdentityStatement') return true
  const [a, b] = [outer.principal, inner.principal]
  const [wide, narrow] = [a.principals.map(principalText), b.principals.map(principalText)]
  if (a._tag === 'Principal' && a.principals.some(({ _tag }) => _tag === 'Everyone')) return true
  if (a._tag !== b._tag) return false
  return a._tag === 'Principal' ? isWithin(narrow, wide) : isWithin(wide, narrow) && isWithin(narrow, wide)
}

const impliedBy = (test: Condition.Condition, given: readonly Condition.Condition[]): boolean =>
  given.some(
    (other) =>
      Operator.show(other.operator) === Operator.show(test.operator) &&
      Condition.foldKey(other.key) === Condition.foldKey(test.key) &&
      implies(other, test),
  )

/** More values hold more often, or less often under a negated operator; an empty list is a case of its own (U-4). */
const implies = ({ operator, values }: Condition.Condition, test: Condition.Condition): boolean => {
  const isSame = isWithin(values, test.values) && isWithin(test.values, values)
  if (isSame || operator.name === 'Null') return isSame
  return Operator.operators[operator.name].negated
    ? test.values.length > 0 && isWithin(test.values, values)
    : isWithin(values, test.values)
}

/**
 * Does one statement, by itself and by its text alone, match whatever the other matches, as directly? Yes is a proof.
 *
 * @category predicates
 * @since 0.1.0
 */
export const surelyCovers =
  (reader: Reader) =>
  (outer: Statement.Statement, inner: Statement.Statement): boolean =>
    (outer.effect === inner.effect || outer._tag === 'IdentityStatement' || isPositive(outer)) &&
    coversAction(reader, outer.action, inner.action) &&
    coversPrincipal(outer, inner) &&
    coversResource(reader, outer.resource, inner.resource) &&
    outer.conditions.every((test) => impliedBy(test, inner.conditions))

/** U-15, U-16: `NotPrincipal` reads differently in Allow and Deny. */
const isPositive = (statement: Statement.Statement): boolean =>
  statement._tag === 'ResourceStatement' && statement.principal._tag === 'Principal'

// ---- surely escapes ----

/**
 * A request of a statement, as far as it can be told at a glance.
 *
 * @category model
 * @since 0.1.0
 */
export interface Probe {
  readonly action: string
  readonly resource: string
  readonly principal: Principal.Principal | undefined
  /** The value of each folded key that has one; a key that is in `unknown` may have any. */
  readonly values: ReadonlyMap<string, string>
  readonly unknown: ReadonlySet<string>
}

/**
 * A request of a statement whose clauses list what they mean; undefined where one tells what it does not mean.
 *
 * @category constructors
 * @since 0.1.0
 */
export const probe =
  (reader: Reader) =>
  (statement: Statement.Statement): Probe | undefined => {
    if (statement.action._tag !== 'Action' || statement.resource._tag === 'NotResource') return undefined
    if (statement._tag === 'ResourceStatement' && statement.principal._tag !== 'Principal') return undefined
    const known = statement.conditions.map(({ operator, key, values: [value] }) => {
      const { comparison } = Operator.operators[operator.name]
      const tells =
        operator.qualifier !== 'ForAllValues' &&
        value !== undefined &&
        !value.includes('${') &&
        comparison.type === 'String' &&
        !comparison.ignoreCase &&
        !Operator.operators[operator.name].negated
      const glob = tells ? (comparison.pattern ? Glob.parse(value) : Glob.literal(value)) : undefined
      return [Condition.foldKey(key), glob === undefined ? undefined : sampleWord(glob)] as const
    })
    const counts = new Set(known.map(([key]) => key)).size
    const unknown = known.flatMap(([key, value]) =>
      value === undefined || counts < known.length ? [key] : [],
    )
    return {
      action: reader.action(statement.action.patterns[0]).sample,
      resource:
        statement.resource._tag === 'Attached'
          ? attachedSample
          : reader.resource(statement.resource.patterns[0]).sample,
      principal: statement._tag === 'ResourceStatement' ? statement.principal.principals[0] : undefined,
      values: new Map(known.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))),
      unknown: new Set(unknown),
    }
  }

const attachedSample = 'arn:ǂǂ'

const mayName = (
  outer: Statement.Statement,
  effect: Statement.Effect,
  entry: Principal.Principal | undefined,
): boolean => {
  if (outer._tag === 'IdentityStatement' || entry === undefined || outer.principal._tag === 'NotPrincipal')
    return true
  if (entry._tag === 'CanonicalUser' || entry._tag === 'UniqueId') return true
  return outer.principal.principals.some((other) => {
    if (other._tag === 'Everyone' || principalText(other) === principalText(entry)) return true
    const [theirs, ours] = [Principal.accountOf(other), Principal.accountOf(entry)]
    return (
      theirs !== undefined &&
      theirs.account === ours?.account &&
      (effect === 'Deny' || outer.effect === 'Deny' || other._tag === entry._tag)
    )
  })
}

const mayHold = (reader: Reader, { values, unknown }: Probe, test: Condition.Condition): boolean => {
  const key = Condition.foldKey(test.key)
  if (unknown.has(key) || callerText.isDerived(key) || key === 'aws:resourceaccount') return true
  const { truth, operands } = testOf(test, reader.version, opaque)
  const value = values.get(key)
  if (value === undefined) return truth.missing
  if (truth.present === 'Always' || truth.present === 'Never') return truth.present === 'Always'
  if (test.values.some((text) => text.includes('${'))) return true
  return operands.some((operand) => Operand.admits(operand)(value)) !== truth.negated
}

/**
 * Might the statement match the probe? No is only as good as the probe, and so may cost a rewriting, never a wrong one.
 *
 * @category predicates
 * @since 0.1.0
 */
export const mayMatch =
  (reader: Reader) =>
  (statement: Statement.Statement, effect: Statement.Effect, probe: Probe): boolean => {
    const { action, resource, conditions } = statement
    if (
      action.patterns.some((each) => reader.action(each).matches(probe.action)) !==
      (action._tag === 'Action')
    )
      return false
    if (!mayName(statement, effect, probe.principal)) return false
    if (resource._tag === 'Attached') {
      if (probe.resource === 'ǂǂ') return false
    } else if (!mayList(reader, resource, probe.resource)) return false
    return conditions.every((test) => mayHold(reader, probe, test))
  }

const mayList = (reader: Reader, resource: Resource.ListedResources, word: string): boolean => {
  const found = resource.patterns.some((pattern) => {
    const { hasVariable, matches } = reader.resource(pattern)
    return matches(word) || (hasVariable && resource._tag === 'Resource')
  })
  return (
    found === (resource._tag === 'Resource') ||
    (resource._tag === 'NotResource' && word.includes('\u{f0000}'))
  )
}
