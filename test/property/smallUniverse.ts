/**
 * A small universe of documents and of all requests that these documents can tell apart, drawn from tapes of numbers.
 *
 * Every choice of the documents (letters of actions, resources, values) is met by some request, so that what holds of all
 * requests enumerated here mostly holds of all requests.
 */
import type { PolicyJson, RequestJson } from '../oracle/statements.js'
import * as arnUniverse from './arnUniverse.js'

type Statement = Record<string, unknown> & { readonly Effect: 'Allow' | 'Deny' }
export type Policy = { readonly Version: string; readonly Statement: readonly Statement[] }
export type Kind = 'identity' | 'resource'

/** Numbers from a seed, each below a bound (a linear congruence: the same everywhere). */
export const dice = (seed: number): ((bound: number) => number) => {
  let state = (seed * 2654435761 + 12345) >>> 0
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}
type Dice = ReturnType<typeof dice>

const pick = <A>(roll: Dice, from: readonly A[]): A => from[roll(from.length)] as A
const some = <A>(roll: Dice, from: readonly A[], most: number): A | A[] => {
  const list = Array.from({ length: 1 + roll(most) }, () => pick(roll, from))
  return list.length === 1 && roll(2) === 0 ? (list[0] as A) : Array.from(new Set(list))
}

// ---- what documents may say ----

const plainActions = [
  's:a',
  's:b',
  'S:A',
  's:*',
  's:a*',
  's:*b',
  's:?',
  's:?b',
  's:ab',
  't:*',
  '*',
  's:*a*',
  's:*b*a',
]
const plainResources = [
  '*',
  'arn:aws:s:::a',
  'arn:aws:s:::b',
  'arn:aws:s:::*',
  'arn:aws:s:::?',
  'arn:aws:s:::a*',
  'arn:aws:s:::*b',
  'arn:aws:s:*:*:a',
  'arn:aws:s:eu*',
  'arn:aws:s:e*u:*:a',
  'arn:aws:s:*:111122223333:*',
  'arn:aws:s:us:4444*:b*',
]
const variableResources = [
  'arn:aws:s:::${v:k}',
  'arn:aws:s:::${v:k}*',
  "arn:aws:s:::${v:k, 'a'}",
  'arn:aws:s:::a${v:k}',
  'arn:aws:s:::${aws:username}',
  'arn:aws:s:::${*}',
]
const account = 'arn:aws:iam::111122223333'
const principals = [
  '*',
  { AWS: '*' },
  { AWS: '111122223333' },
  { AWS: `${account}:root` },
  { AWS: `${account}:user/a` },
  { AWS: `${account}:user/x/a` },
  { AWS: `${account}:role/a` },
  { AWS: 'arn:aws:sts::111122223333:assumed-role/a/s' },
  { AWS: 'arn:aws:sts::111122223333:federated-user/a' },
  { Service: 's.amazonaws.com' },
  { AWS: [`${account}:root`, `${account}:user/a`] },
  { AWS: ['444455556666', `${account}:role/a`], Service: 's.amazonaws.com' },
]
const texts = ['a', 'b', 'ab', 'a*', '*b', '?', '*', '']
const variableTexts = ['${v:k}', '${aws:username}', "${v:m, 'b'}"]
const single = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIfExists',
  'StringNotLikeIfExists',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
]
const set = [
  'ForAnyValue:StringEquals',
  'ForAllValues:StringLike',
  'ForAnyValue:StringNotLike',
  'ForAllValues:StringNotEquals',
  'ForAllValues:StringEqualsIfExists',
  'ForAnyValue:StringLikeIfExists',
]

type Test = readonly [operator: string, key: string, values: unknown]

const derivedTest = (roll: Dice): Test =>
  pick<() => Test>(roll, [
    () => [
      'StringLike',
      'aws:PrincipalArn',
      some(roll, [`${account}:user/*`, '*:user/?', '*/a', 'arn:aws:iam::1*', '*x*', `${account}:role/a`], 2),
    ],
    () => [
      'ArnNotLike',
      'aws:PrincipalArn',
      some(roll, [`${account}:user/*`, 'arn:aws:*::*:root', 'arn:*:iam::*:user/x/?'], 2),
    ],
    () => [
      pick(roll, ['StringEquals', 'StringNotEquals', 'StringEqualsIfExists']),
      'aws:PrincipalAccount',
      some(roll, ['111122223333', '444455556666'], 2),
    ],
    () => [
      pick(roll, ['StringEquals', 'StringNotEqualsIfExists', 'StringLike', 'ForAnyValue:StringEquals']),
      'aws:username',
      some(roll, ['a', 'b', '*', '?'], 2),
    ],
    () => [
      pick(roll, ['StringEquals', 'StringNotEquals']),
      'aws:PrincipalType',
      some(roll, ['User', 'Account', 'AssumedRole', 'Anonymous'], 2),
    ],
    () => ['Bool', 'aws:PrincipalIsAWSService', pick(roll, ['true', 'false'])],
    () => [
      pick(roll, ['StringEquals', 'StringNotEquals', 'StringLikeIfExists']),
      'aws:ResourceAccount',
      some(roll, ['111122223333', '4*'], 2),
    ],
    () => [
      'Null',
      pick(roll, ['aws:username', 'aws:PrincipalArn', 'aws:ResourceAccount']),
      pick(roll, ['true', 'false']),
    ],
  ])()

const plainTest = (roll: Dice): Test =>
  pick<() => Test>(roll, [
    () => [pick(roll, single), pick(roll, ['v:k', 'V:K', 'v:m']), some(roll, texts, 3)],
    () => [pick(roll, single), 'v:k', some(roll, texts, 3)],
    () => [pick(roll, set), 'aws:TagKeys', some(roll, texts, 3)],
    () => ['Null', pick(roll, ['v:k', 'aws:TagKeys', 'v:n']), some(roll, ['true', 'false'], 2)],
    () => [
      pick(roll, [
        'NumericLessThan',
        'NumericEquals',
        'NumericNotEquals',
        'NumericGreaterThanEqualsIfExists',
      ]),
      'v:n',
      some(roll, [1, 2, '1.0', 'x'], 2),
    ],
    () => ['Bool', 'v:n', pick(roll, ['true', 'false'])],
    () => [
      pick(roll, ['IpAddress', 'NotIpAddress']),
      'v:i',
      some(roll, ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '::/0'], 2),
    ],
    () => [
      pick(roll, ['DateLessThan', 'DateGreaterThanEquals']),
      'v:d',
      pick(roll, ['2020-01-01T00:00:00Z', '1577836800', '2021-01-01']),
    ],
    () => [pick(roll, ['StringEquals', 'StringNotEquals']), 'v:n', pick(roll, ['1', '1.0', 'true'])],
  ])()

const variableTest = (roll: Dice): Test => [
  pick(roll, single),
  pick(roll, ['v:m', 'aws:username', 'aws:PrincipalArn', 'v:k', 'aws:ResourceAccount']),
  some(roll, [...variableTexts, 'a'], 2),
]

/** `arns`: variables in every part of ARNs, and conditions on ARNs, over an own set of requests. */
export type Flavour = 'plain' | 'variables' | 'arns'

const testOf = (roll: Dice, flavour: Flavour): Test => {
  const die = roll(10)
  if (flavour === 'arns')
    return arnUniverse.test({
      pick: (from) => pick(roll, from),
      some: (from, most) => some(roll, from, most),
    })
  return flavour === 'variables' && die < 3
    ? variableTest(roll)
    : die < 7
      ? plainTest(roll)
      : derivedTest(roll)
}

const conditionOf = (roll: Dice, flavour: Flavour): object => {
  const found: Record<string, Record<string, unknown>> = {}
  for (let left = pick(roll, [0, 0, 1, 1, 2]); left > 0; left -= 1) {
    const [operator, key, values] = testOf(roll, flavour)
    const under = (found[operator] ??= {})
    if (!Object.keys(under).some((other) => other.toLowerCase() === key.toLowerCase())) under[key] = values
  }
  return Object.keys(found).length === 0 ? {} : { Condition: found }
}

const resourcesOf: Readonly<Record<Flavour, readonly string[]>> = {
  plain: plainResources,
  variables: [...plainResources, ...variableResources, ...variableResources],
  arns: arnUniverse.resources,
}

const statementOf = (roll: Dice, kind: Kind, flavour: Flavour): Statement => {
  const resources = resourcesOf[flavour]
  const actions = flavour === 'arns' ? arnUniverse.actions : plainActions
  return {
    Effect: roll(4) === 0 ? 'Deny' : 'Allow',
    ...(kind === 'resource'
      ? { [roll(5) === 0 ? 'NotPrincipal' : 'Principal']: pick(roll, principals) }
      : {}),
    [roll(5) === 0 ? 'NotAction' : 'Action']: some(roll, actions, 3),
    ...(kind === 'resource' && roll(4) === 0
      ? {}
      : { [roll(5) === 0 ? 'NotResource' : 'Resource']: some(roll, resources, 3) }),
    ...conditionOf(roll, flavour),
  }
}

export const policyOf = (roll: Dice, kind: Kind, flavour: Flavour): Policy => ({
  Version: '2012-10-17',
  Statement: Array.from({ length: 1 + roll(3) }, () => statementOf(roll, kind, flavour)),
})

// ---- one edit ----

const asArray = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as unknown[]) : [value]

const elements = ['Action', 'NotAction', 'Resource', 'NotResource'] as const

const editStatement = (
  roll: Dice,
  statement: Statement,
  kind: Kind,
  flavour: Flavour,
): readonly Statement[] => {
  const fresh = statementOf(roll, kind, flavour)
  const present = elements.filter((name) => name in statement)
  const element = pick(roll, present)
  const values = asArray(statement[element] ?? '*')
  const elsewhere = elements.find((name) => name in fresh && name.endsWith(element.replace('Not', '')))
  const other = elsewhere === undefined ? '*' : asArray(fresh[elsewhere])[0]
  const { Condition: _dropped, ...bare } = statement
  switch (roll(7)) {
    case 0:
      return [{ ...statement, Effect: statement.Effect === 'Allow' ? 'Deny' : 'Allow' }]
    case 1:
      return [{ ...statement, [element]: [...values, other] }]
    case 2:
      return [{ ...statement, [element]: values.length > 1 ? values.slice(1) : [other] }]
    case 3:
      return values.map((value) => ({ ...statement, [element]: value })) // splits a statement
    case 4:
      return [bare]
    case 5:
      return [{ ...bare, ...conditionOf(roll, flavour) }]
    default:
      return kind === 'resource' && 'Principal' in statement
        ? [{ ...statement, Principal: pick(roll, principals) }]
        : [{ ...statement, [element]: values.map((value) => String(value).replace('?', '*')) }]
  }
}

/** A document one edit away: a statement dropped, added, doubled, split or changed in one place. */
export const edited = (roll: Dice, policy: Policy, kind: Kind, flavour: Flavour): Policy => {
  const { Statement: all } = policy
  const at = roll(all.length)
  const next = ((): readonly Statement[] => {
    switch (roll(6)) {
      case 0:
        return all.length > 1 ? all.filter((_, i) => i !== at) : [...all, ...all]
      case 1:
        return [...all, statementOf(roll, kind, flavour)]
      case 2:
        return [...all].reverse()
      default:
        return all.flatMap((statement, i) =>
          i === at ? editStatement(roll, statement, kind, flavour) : [statement],
        )
    }
  })()
  return { ...policy, Statement: next }
}

// ---- all requests ----

const requestActions = ['s:a', 's:b', 's:ab', 's:ba', 's:aab', 's:zz', 't:a']
const requestResources = [
  '*',
  'arn:aws:s:::a',
  'arn:aws:s:::b',
  'arn:aws:s:::ab',
  'arn:aws:s:::aa',
  'arn:aws:s:::*',
  'arn:aws:s:eu:111122223333:a',
  'arn:aws:s:e-u:444455556666:a',
  'arn:aws:s:us:444455556666:b:c',
]
const callers: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  [`${account}:user/a`, {}],
  [`${account}:user/b`, {}],
  [`${account}:user/x/a`, {}],
  [`${account}:role/a`, {}],
  ['arn:aws:sts::111122223333:assumed-role/a/s', { 'aws:PrincipalArn': `${account}:role/a` }],
  ['arn:aws:sts::111122223333:assumed-role/a/s', { 'aws:PrincipalArn': `${account}:role/x/a` }],
  [`${account}:root`, {}],
  ['arn:aws:iam::444455556666:user/a', {}],
  ['arn:aws:sts::111122223333:federated-user/a', {}],
  ['s.amazonaws.com', {}],
  ['anonymous', {}],
]
const valuesOf: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'v:k': [[], ['a'], ['b'], ['ab'], ['A'], [''], ['zz']],
  'v:m': [[], ['a'], ['b'], ['B'], ['zz']],
  'v:n': [[], ['1'], ['1.0'], ['1.5'], ['2'], ['0'], ['true'], ['x']],
  'v:i': [[], ['10.1.2.3'], ['10.1.9.9'], ['10.9.9.9'], ['11.1.1.1'], ['::1']],
  'v:d': [[], ['2019-01-01T00:00:00Z'], ['1577836800'], ['2020-06-01T00:00:00Z'], ['2022-01-01T00:00:00Z']],
  'aws:tagkeys': [
    [],
    ['a'],
    ['b'],
    ['ab'],
    ['a', 'b'],
    ['zz'],
    ['a', 'zz'],
    ['', 'ab'],
    ['zz', 'zz'],
    ['a', 'b', 'ab'],
  ],
}

const product = <A, B, C>(as: readonly A[], bs: readonly B[], f: (a: A, b: B) => C): C[] =>
  as.flatMap((a) => bs.map((b) => f(a, b)))

const textOf = (policies: readonly Policy[]): string => JSON.stringify(policies).toLowerCase()

interface Universe {
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly callers: typeof callers
  readonly values: readonly (readonly [key: string, values: readonly (readonly string[])[]])[]
}

/** The texts, callers and keys that the documents speak of. */
const universeOf = (policies: readonly Policy[], flavour: Flavour): Universe => {
  const text = textOf(policies)
  const own = flavour === 'arns' ? arnUniverse : { requestActions, requestResources, valuesOf }
  const who = flavour === 'arns' ? callers.filter((_, i) => [0, 1, 4, 7].includes(i)) : callers
  return {
    actions: own.requestActions,
    resources: own.requestResources,
    callers: /principal|username|resourceaccount/.test(text) ? who : who.slice(0, 1),
    values: Object.entries(own.valuesOf).filter(([key]) => text.includes(key)),
  }
}

/** How many requests there are over what the documents speak of. */
export const countOf = (policies: readonly Policy[], flavour: Flavour): number => {
  const universe = universeOf(policies, flavour)
  const perKey = universe.values.reduce((count, [, values]) => count * values.length, 1)
  return universe.actions.length * universe.resources.length * universe.callers.length * perKey
}

/** All requests over the texts, callers and keys that the documents speak of. */
export const requestsOf = (policies: readonly Policy[], flavour: Flavour): readonly RequestJson[] => {
  const universe = universeOf(policies, flavour)
  const contexts = universe.values.reduce<readonly Readonly<Record<string, readonly string[]>>[]>(
    (done, [key, values]) =>
      product(done, values, (context, value) =>
        value.length === 0 ? context : { ...context, [key]: value },
      ),
    [{}],
  )
  const who = product(universe.callers, contexts, ([principal, given], context) => ({
    principal,
    context: { ...context, ...given },
  }))
  const what = product(universe.actions, universe.resources, (action, resource) => ({ action, resource }))
  return product(what, who, ({ action, resource }, { principal, context }) => ({
    action,
    resource,
    principal,
    context,
  }))
}

export const asOracle = (policy: Policy): PolicyJson => ({
  Version: policy.Version,
  Statement: policy.Statement,
})
