/**
 * Statements: JSON to model.
 *
 * Source: GR-5, GR-9, GR-10, GR-11, GR-13, GR-15, RP-10, ST-5, EC-3, SC-11, VA-2, VA-10.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  Action,
  Condition,
  nearest,
  Problem,
  Resource,
  Statement,
  Variable,
  type PolicyKind,
  type Version,
} from '../model/index.js'
import { Glob } from '../pattern/index.js'
import { decodeConditions } from './decodeCondition.js'
import { decodePrincipals } from './decodePrincipal.js'
import { closedRecord, missing, textsAs, wrongType, type TextReader } from './elements.js'
import type { Grammar } from './grammar.js'
import { member, type UnknownRecord } from './Json.js'
import { at, type Place } from './Place.js'
import type { Input } from './read.js'

const elements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]

/**
 * Where a statement is decoded: its document's grammar, and how the texts in it are read.
 *
 * @category model
 * @since 0.1.0
 */
export interface Surroundings {
  readonly input: Input
  readonly grammar: Grammar
  readonly readers: Readers
}

interface Readers {
  readonly action: TextReader<Action.ActionPattern>
  readonly resource: TextReader<Resource.ResourcePattern>
  readonly template: (text: string) => E.Either<Problem.Problem, Variable.Template>
}

/**
 * The surroundings of a document's statements.
 *
 * @category constructors
 * @since 0.1.0
 */
export const surroundingsOf = (
  input: Input,
  grammar: Grammar,
  version: Version.Version | undefined,
): Surroundings => ({
  input,
  grammar,
  readers: {
    action: actionReader(grammar.actions, grammar.kind),
    resource: resourceReader(Variable.parse(version)),
    template: Variable.parse(version),
  },
})

interface Scope extends Surroundings {
  readonly record: UnknownRecord
  readonly place: Place
}

/**
 * One statement; undefined when something in it was refused and reported.
 *
 * @category codecs
 * @since 0.1.0
 */
export const decodeStatement = (
  surroundings: Surroundings,
  value: unknown,
  place: Place,
): Statement.Statement | undefined => {
  const { input, grammar, readers } = surroundings
  const record = closedRecord(input, value, place, 'a statement', elements)
  if (record === undefined) return undefined
  const scope: Scope = { input, grammar, readers, record, place }
  const sid = decodeSid(scope)
  const effect = decodeEffect(scope)
  const principal = decodePrincipal(scope)
  const action = decodeAction(scope)
  const resource = decodeResource(scope)
  const conditions = decodeCondition(scope)
  if (effect === undefined || action === undefined || resource === undefined || conditions === undefined)
    return undefined
  if (grammar.principal === 'Forbidden')
    return resource._tag === 'Attached'
      ? undefined
      : Statement.identity({ sid, effect, action, resource, conditions })
  return principal === undefined
    ? undefined
    : Statement.resource({ sid, effect, principal, action, resource, conditions })
}

// ---- Sid, Effect, Condition ----

const decodeSid = ({ input, grammar, record, place }: Scope): string | undefined => {
  const sid = member(record, 'Sid')
  if (sid === undefined) return undefined
  if (typeof sid !== 'string') return wrongType(input, at(place, 'Sid'), '`Sid`', 'a string', sid)
  if (grammar.strictText && !/^[A-Za-z0-9]*$/.test(sid))
    input.sink.add(
      at(place, 'Sid'),
      Problem.problem(
        'InvalidSid',
        `${Problem.quote(sid)} is not a Sid: in a policy of kind ${grammar.kind} it has letters A-Z, a-z and digits only`,
        sidHint(sid),
      ),
    )
  return sid
}

const sidHint = (sid: string): string | undefined => {
  const letters = sid.replace(/[^A-Za-z0-9]/g, '')
  return letters === '' || letters.length > 80 ? undefined : `write \`${letters}\``
}

const decodeEffect = ({ input, grammar, record, place }: Scope): Statement.Effect | undefined => {
  const effect = member(record, 'Effect')
  if (effect === undefined) return missing(input, place, 'a statement needs `Effect`')
  const here = at(place, 'Effect')
  if (typeof effect !== 'string') return wrongType(input, here, '`Effect`', 'a string', effect)
  if (effect !== 'Allow' && effect !== 'Deny') {
    const near = nearest(['Allow', 'Deny'])(effect)
    const suggestion = near === undefined ? undefined : `did you mean \`${near}\`?`
    const message = `${Problem.quote(effect)} is not an effect: it is \`Allow\` or \`Deny\``
    input.sink.add(here, Problem.problem('InvalidEffect', message, suggestion))
    return undefined
  }
  if (effect === 'Allow' && grammar.denyOnly)
    input.sink.add(
      here,
      Problem.problem(
        'InvalidEffect',
        `a policy of kind ${grammar.kind} can only deny (RP-10)`,
        'write `Deny`, and leave out `RCPFullAWSAccess`, which is implied (RP-1)',
      ),
    )
  return effect
}

const decodeCondition = ({ input, readers, record, place }: Scope): Condition.ConditionBlock | undefined => {
  const conditions = member(record, 'Condition')
  return conditions === undefined
    ? Condition.none
    : decodeConditions(input, readers.template, conditions, at(place, 'Condition'))
}

// ---- pairs of elements ----

type Side = 'Yes' | 'Not'

/** An element and its negation. Written out: a name put together is slow to look up. */
interface Names<Yes extends string, Not extends string> {
  readonly Yes: Yes
  readonly Not: Not
}

const principalNames = { Yes: 'Principal', Not: 'NotPrincipal' } as const
const actionNames = { Yes: 'Action', Not: 'NotAction' } as const
const resourceNames = { Yes: 'Resource', Not: 'NotResource' } as const

/**
 * Which of an element and its negation is there; reports it when both are, or when one may not be.
 */
const present = (
  { input, grammar, record, place }: Scope,
  names: Names<string, string>,
  allowed: { readonly [S in Side]: boolean },
): readonly Side[] => {
  const [yes, not] = [Object.hasOwn(record, names.Yes), Object.hasOwn(record, names.Not)]
  if (!not && (!yes || allowed.Yes)) return yes ? onlyYes : neither
  const sides: readonly Side[] = [...(yes ? onlyYes : []), ...(not ? onlyNot : [])]
  const forbidden = sides.filter((side) => !allowed[side])
  for (const side of forbidden)
    input.sink.add(
      at(place, names[side]),
      Problem.problem(
        'ForbiddenElement',
        `a policy of kind ${grammar.kind} has no \`${names[side]}\``,
        `leave out \`${names[side]}\``,
      ),
    )
  if (sides.length === 2 && forbidden.length === 0)
    input.sink.add(
      at(place, names.Not),
      Problem.problem(
        'ConflictingElements',
        `a statement has \`${names.Yes}\` or \`${names.Not}\`, not both`,
      ),
    )
  return sides.filter((side) => allowed[side])
}

const neither: readonly Side[] = []

const onlyYes: readonly Side[] = ['Yes']

const onlyNot: readonly Side[] = ['Not']

/** The element that is there, or the first of both. */
const clause = <Yes extends string, Not extends string, A extends string>(
  scope: Scope,
  names: Names<Yes, Not>,
  sides: readonly Side[],
  reader: TextReader<A>,
): Listed<Yes | Not, A> | undefined =>
  sides === onlyYes
    ? listed(scope, names.Yes, reader)
    : sides.map((side) => listed(scope, names[side], reader))[0]

interface Listed<Name extends string, A extends string> {
  readonly _tag: Name
  readonly patterns: readonly [A, ...(readonly A[])]
}

const listed = <Name extends string, A extends string>(
  { input, record, place }: Scope,
  name: Name,
  reader: TextReader<A>,
): Listed<Name, A> | undefined => {
  const patterns = textsAs(input, record[name], place, name, reader)
  return patterns === undefined ? undefined : Object.freeze({ _tag: name, patterns })
}

const orNot = (name: string, allowed: boolean): string =>
  allowed ? `\`${name}\` or \`Not${name}\`` : `\`${name}\``

// ---- Principal ----

const decodePrincipal = (scope: Scope): Statement.ResourceStatement['principal'] | undefined => {
  const { input, grammar, record, place } = scope
  const named = grammar.principal !== 'Forbidden'
  const sides = present(scope, principalNames, { Yes: named, Not: grammar.notPrincipal })
  if (!named) return undefined
  if (sides.length === 0 && !Object.hasOwn(record, 'NotPrincipal'))
    return missing(
      input,
      place,
      `a statement of a policy of kind ${grammar.kind} needs ${orNot('Principal', grammar.notPrincipal)}`,
    )
  const read = (side: Side): Statement.ResourceStatement['principal'] | undefined => {
    const name = principalNames[side]
    const principals = decodePrincipals(input, grammar, record[name], at(place, name))
    return principals === undefined ? undefined : Object.freeze({ _tag: name, principals })
  }
  return sides === onlyYes ? read('Yes') : sides.map(read)[0]
}

// ---- Action ----

const decodeAction = (scope: Scope): Action.ActionClause | undefined => {
  const { input, grammar, record, place, readers } = scope
  const sides = present(scope, actionNames, { Yes: true, Not: grammar.notAction })
  return sides.length === 0 && !Object.hasOwn(record, 'NotAction')
    ? missing(input, place, `a statement needs ${orNot('Action', grammar.notAction)}`)
    : clause(scope, actionNames, sides, readers.action)
}

const actionReader = (
  actions: Grammar['actions'],
  kind: PolicyKind.PolicyKind,
): TextReader<Action.ActionPattern> =>
  actions === 'Any'
    ? { is: Action.isPattern, read: Action.parsePattern }
    : {
        is: (text): text is Action.ActionPattern =>
          Action.isPattern(text) && outsider(actions, text) === undefined,
        read: (text) => readInsider(actions, kind, text),
      }

const readInsider = (
  actions: Exclude<Grammar['actions'], 'Any'>,
  kind: PolicyKind.PolicyKind,
  text: string,
): E.Either<Problem.Problem, Action.ActionPattern> => {
  const pattern = Action.parsePattern(text)
  const why = E.isLeft(pattern) ? undefined : outsider(actions, text)
  return why === undefined
    ? pattern
    : E.left(Problem.problem('InvalidAction', `a policy of kind ${kind} ${why}, not ${Problem.quote(text)}`))
}

/** Why a pattern is not among the actions of a kind. */
const outsider = (actions: Exclude<Grammar['actions'], 'Any'>, text: string): string | undefined => {
  const colon = text.indexOf(':')
  const prefix = colon === -1 ? undefined : text.slice(0, colon).toLowerCase()
  switch (actions) {
    case 'Sts':
      return prefix === 'sts' ? undefined : 'has actions of `sts` only (ST-5)'
    case 'Ecr':
      return prefix === undefined || Glob.matches(Glob.parse(prefix))('ecr')
        ? undefined
        : 'has actions of `ecr` only (EX-29)'
    case 'Prefixed':
      return prefix === undefined || /[*?]/.test(prefix)
        ? 'writes out the service of each action (RP-10)'
        : undefined
  }
}

// ---- Resource ----

const decodeResource = (scope: Scope): Resource.ResourceClause | undefined => {
  const { input, grammar, place } = scope
  const allowed = grammar.resource !== 'Forbidden'
  const sides = present(scope, resourceNames, { Yes: allowed, Not: allowed })
  if (sides.length > 0) return clause(scope, resourceNames, sides, scope.readers.resource)
  return grammar.resource === 'Required'
    ? missing(
        input,
        place,
        `a statement of a policy of kind ${grammar.kind} needs ${orNot('Resource', true)}`,
      )
    : Resource.attached
}

const resourceReader = (template: Readers['template']): TextReader<Resource.ResourcePattern> => ({
  is: (text): text is Resource.ResourcePattern =>
    Resource.isPattern(text) && (!text.includes('${') || E.isRight(template(text))),
  read: (text) => {
    const pattern = Resource.parsePattern(text)
    if (E.isLeft(pattern) || !text.includes('${')) return pattern
    const read = template(text) // VA-10
    return E.isLeft(read) ? read : pattern
  },
})
