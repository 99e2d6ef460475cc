/**
 * Documents as formulas, written from docs/semantics.md: what `question(left, right)` asks is satisfiable exactly when
 * some request is allowed by `left` and not by `right`.
 *
 * The fragment: statements without Principal, whose conditions are on keys that do not follow from caller or resource;
 * each key under operators of one type; patterns with variables have `*` at their ends only. A list of request values
 * is as long as can make a difference: each test demands at most one value to be there.
 */
import type { PolicyJson, StatementJson } from '../oracle/statements.js'
import {
  arnLike,
  exact,
  ignoringCase,
  isAction,
  isResource,
  like,
  ofAction,
  ofResource,
  type Variables,
} from './patterns.js'
import {
  and,
  either,
  no,
  not,
  or,
  OutsideFragment,
  spelledByOne,
  text,
  yes,
  type Pattern,
  type Term,
} from './terms.js'
import { bounds, constantsOf, dated, inBlock, isTruth, numeric, type Sort } from './values.js'

// ---- what a question speaks of ----

interface Operator {
  readonly qualifier: string | undefined
  readonly base: string
  readonly ifExists: boolean
}

interface Test extends Operator {
  readonly key: string
  readonly operands: readonly string[]
}

/** A context key of the question: the type of its values, and how many it may have. */
export interface Key {
  readonly id: string
  readonly name: string
  readonly sort: Sort
  readonly most: number
}

type OneOrMany<A> = A | readonly A[]

const list = <A>(value: OneOrMany<A> | undefined): readonly A[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly A[]) : [value as A]

const operatorOf = (name: string): Operator => {
  const [, qualifier, base = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(name) ?? []
  return { qualifier, base, ifExists: ifExists !== undefined }
}

const testsOf = ({ Condition }: StatementJson): readonly Test[] =>
  Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, operands]) => ({
      ...operatorOf(operator),
      key: key.toLowerCase(), // RC-4
      operands: list(operands).map(String),
    })),
  )

const statementsOf = (policy: PolicyJson): readonly StatementJson[] => list(policy.Statement)

const sortOf = (base: string): Sort | undefined => {
  if (base === 'Null') return undefined
  if (/^(String|Arn)/.test(base)) return 'text'
  if (base.startsWith('Numeric')) return 'number'
  if (base.startsWith('Date')) return 'instant'
  if (base === 'Bool') return 'truth'
  if (/^(Not)?IpAddress$/.test(base)) return 'address'
  throw new OutsideFragment(base)
}

const following =
  /^aws:(principal(arn|account|type|isawsservice|servicename)|userid|username|resourceaccount)/
const multivalued = new Set(['aws:calledvia', 'aws:principalorgpaths', 'aws:resourceorgpaths', 'aws:tagkeys'])

const variablesIn = (policy: PolicyJson): readonly string[] =>
  Array.from(JSON.stringify(policy).matchAll(/\$\{([^{}',*?$]+)(?:, |\})/g), ([, key = '']) =>
    key.toLowerCase(),
  )

const keyOf = (id: string, name: string, tests: readonly Test[], isVariable: boolean): Key => {
  if (following.test(name)) throw new OutsideFragment(`${name} follows from caller or resource`)
  const sorts = new Set(tests.flatMap(({ base }) => sortOf(base) ?? []))
  if (isVariable) sorts.add('text')
  if (sorts.size > 1) throw new OutsideFragment(`${name} has values of several types`)
  const lists = multivalued.has(name) || tests.some(({ qualifier }) => qualifier !== undefined) // U-30
  const most = lists ? Math.max(2, tests.length) : 1
  if (most > 4) throw new OutsideFragment(`too many tests on ${name}`)
  return { id, name, sort: Array.from(sorts)[0] ?? 'text', most }
}

/** The keys of the documents, conditions and variables. */
const keysOf = (policies: readonly PolicyJson[]): readonly Key[] => {
  const tests = policies.flatMap(statementsOf).flatMap(testsOf)
  const variables = new Set(policies.flatMap(variablesIn))
  const names = new Set([...tests.map(({ key }) => key), ...variables])
  return Array.from(names, (name, at) =>
    keyOf(
      `k${at}`,
      name,
      tests.filter(({ key }) => key === name),
      variables.has(name),
    ),
  )
}

// ---- constants ----

export const action = 'action'
export const resource = 'resource'
export const countOf = ({ id }: Key): Term => `${id}.count`
export const valueOf = ({ id }: Key, at: number): Term => `${id}.${at}`

const placesOf = ({ most }: Key): readonly number[] => Array.from({ length: most }, (_, at) => at)

/** The constants of a request, each with its type. */
export const constants = (keys: readonly Key[]): readonly (readonly [name: string, type: string])[] => [
  [action, 'String'],
  [resource, 'String'],
  ...keys.flatMap((key) => [
    [countOf(key), 'Int'] as const,
    ...placesOf(key).flatMap((at) => constantsOf(key.sort, valueOf(key, at))),
  ]),
]

const couldBe = (keys: readonly Key[]): readonly Term[] => [
  isAction(action),
  isResource(resource),
  ...keys.flatMap((key) => [
    `(<= 0 ${countOf(key)} ${key.most})`,
    ...placesOf(key).map((at) => bounds(key.sort, valueOf(key, at))),
  ]),
]

// ---- statements ----

/** VA-3 to VA-5, VA-9: a variable has the text of its key's one value; its other text only where the key is missing. */
const variablesOf =
  (keys: readonly Key[]): Variables =>
  (name, fallback) => {
    const key = keys.find((each) => each.name === name.toLowerCase())
    if (key === undefined) throw new OutsideFragment(`the variable ${name}`)
    const [single, missing] = [`(= ${countOf(key)} 1)`, `(= ${countOf(key)} 0)`]
    return fallback === undefined
      ? { known: single, value: valueOf(key, 0) }
      : { known: or(single, missing), value: either(missing, text(fallback), valueOf(key, 0)) }
  }

/** Does one of the operands match the value, by the operator without its negation? CO-2 */
const someMatches = (base: string, operands: readonly string[], value: Term, variables: Variables): Term => {
  const spelled = (read: (operand: string) => readonly Pattern[]): Term =>
    spelledByOne(operands.flatMap(read), value)
  const compared = (read: (operand: string) => Term): Term => or(...operands.map(read))
  switch (base) {
    case 'StringEquals':
      return spelled((operand) => [exact(operand, variables)])
    case 'StringEqualsIgnoreCase':
      return spelled((operand) => [ignoringCase(operand)])
    case 'StringLike':
      return spelled((operand) => [like(operand, variables)])
    case 'ArnEquals':
    case 'ArnLike':
      return spelled(arnLike)
    case 'Bool':
      return compared((operand) => isTruth(value, operand))
    case 'IpAddress':
      return compared((operand) => inBlock(value, operand))
    default:
      return base.startsWith('Numeric')
        ? compared((operand) => numeric(value, base.slice('Numeric'.length), operand))
        : compared((operand) => dated(value, base.slice('Date'.length), operand))
  }
}

/** CO-U1, CO-U2. */
const nullHolds = ({ qualifier, operands }: Test, missing: Term): Term => {
  if (qualifier !== undefined) return qualifier === 'ForAllValues' ? yes : no
  return or(
    ...operands.map((operand) =>
      operand.toLowerCase() === 'true' ? missing : operand.toLowerCase() === 'false' ? not(missing) : no,
    ),
  )
}

const onMissing = ({ qualifier, ifExists }: Operator, negated: boolean): boolean => {
  if (qualifier !== undefined) return qualifier === 'ForAllValues' // CO-M2, CO-M4, CO-M6
  return ifExists || negated // CO-I1, CO-4
}

/** CO-M1, CO-M3; without qualifier, U-2: the one value that there is. */
const onPresent = ({ qualifier }: Operator, key: Key, holds: (value: Term) => Term): Term => {
  const each = placesOf(key).map((at) => [`(> ${countOf(key)} ${at})`, holds(valueOf(key, at))] as const)
  if (qualifier === 'ForAnyValue') return or(...each.map(([there, one]) => and(there, one)))
  const all = and(...each.map(([there, one]) => or(not(there), one)))
  return qualifier === 'ForAllValues' ? all : and(`(= ${countOf(key)} 1)`, holds(valueOf(key, 0)))
}

const testHolds = (test: Test, keys: readonly Key[]): Term => {
  const key = keys.find(({ name }) => name === test.key)
  if (key === undefined) throw new OutsideFragment(test.key)
  const missing = `(= ${countOf(key)} 0)`
  if (test.base === 'Null') return nullHolds(test, missing)
  const negated = /Not/.test(test.base)
  const base = test.base.replace('Not', '')
  const variables = variablesOf(keys)
  const one = (value: Term): Term => {
    const some = someMatches(base, test.operands, value, variables)
    return negated ? not(some) : some // CO-3, CO-M5
  }
  const present = test.operands.length === 0 ? no : onPresent(test, key, one) // U-4
  return either(missing, onMissing(test, negated) ? yes : no, present)
}

const statementMatches = (statement: StatementJson, keys: readonly Key[]): Term => {
  if (statement.Principal !== undefined || statement.NotPrincipal !== undefined)
    throw new OutsideFragment('principals')
  const acts = (sources: OneOrMany<string> | undefined): Term =>
    spelledByOne(list(sources).map(ofAction), action)
  const isOn = (sources: OneOrMany<string> | undefined): Term =>
    spelledByOne(
      list(sources).map((source) => ofResource(source, variablesOf(keys))),
      resource,
    )
  return and(
    statement.NotAction === undefined ? acts(statement.Action) : not(acts(statement.NotAction)), // SM-A5
    statement.NotResource === undefined ? isOn(statement.Resource) : not(isOn(statement.NotResource)), // SM-R8
    ...testsOf(statement).map((test) => testHolds(test, keys)), // CO-1, CO-2
  )
}

// ---- questions ----

/**
 * Whether `left` allows a request that `right` does not (DE-2, DE-3), as cases of which one at least is satisfiable
 * exactly when there is such a request: an Allow of `left` matches and no Deny of it, and either a given Deny of `right`
 * matches or none of its Allows. Z3 decides the cases one by one far sooner than their disjunction.
 */
export interface Question {
  readonly keys: readonly Key[]
  readonly cases: readonly string[]
}

const matchesOf = (policy: PolicyJson, keys: readonly Key[], effect: string): readonly Term[] =>
  statementsOf(policy)
    .filter(({ Effect }) => Effect === effect)
    .map((statement) => statementMatches(statement, keys))

const casesOf = (left: PolicyJson, right: PolicyJson, keys: readonly Key[]): readonly (readonly Term[])[] => {
  if ([left, right].some(({ Version }) => Version !== '2012-10-17')) throw new OutsideFragment('a version') // VA-6
  const spared = matchesOf(left, keys, 'Deny').map(not)
  const refused = [
    ...matchesOf(right, keys, 'Deny').map((deny) => [deny]),
    matchesOf(right, keys, 'Allow').map(not),
  ]
  return matchesOf(left, keys, 'Allow').flatMap((allow) => refused.map((why) => [allow, ...spared, ...why]))
}

/** `undefined` where a document is outside the fragment. */
export const question = (left: PolicyJson, right: PolicyJson): Question | undefined => {
  try {
    const keys = keysOf([left, right])
    const declared = constants(keys).map(([name, type]) => `(declare-const ${name} ${type})`)
    const cases = casesOf(left, right, keys).map((terms) =>
      [...declared, ...[...couldBe(keys), ...terms].map((term) => `(assert ${term})`)].join('\n'),
    )
    return { keys, cases }
  } catch (error) {
    if (error instanceof OutsideFragment) return undefined
    throw error
  }
}
