/** Pairs of small documents, mostly one edit apart, over patterns that are themselves random. */
import { dice } from '../property/smallUniverse.js'
import type { PolicyJson, StatementJson } from '../oracle/statements.js'

type Dice = ReturnType<typeof dice>
type Elements = Omit<StatementJson, 'Effect'>

export interface Pair {
  readonly seed: number
  readonly left: PolicyJson
  readonly right: PolicyJson
}

const pick = <A>(roll: Dice, from: readonly A[]): A => from[roll(from.length)] as A

const times = <A>(roll: Dice, most: number, make: () => A): A[] =>
  Array.from({ length: 1 + roll(most) }, make)

const glob = (roll: Dice, alphabet: string, most: number): string =>
  times(roll, most, () => pick(roll, Array.from(alphabet))).join('')

const action = (roll: Dice): string =>
  roll(8) === 0 ? '*' : `${pick(roll, ['s', 't', '?', '*'])}:${glob(roll, 'abAB*?', 4)}`

/** The service has no wildcard (SM-R2); Region and account are wild at their ends or in the middle. */
const resource = (roll: Dice): string => {
  if (roll(8) === 0) return '*'
  const region = pick(roll, ['', '*', 'eu', 'e*', 'e*u', '?u'])
  const account = pick(roll, ['', '*', '111122223333', '1111*', '*3333', '????????????'])
  return `arn:${pick(roll, ['aws', '*'])}:s:${region}:${account}:${glob(roll, 'ab:/*?', 4)}`
}

type Operands = (roll: Dice) => readonly string[]
type Family = readonly [key: string, operators: readonly string[], operands: Operands]

const globs: Operands = (roll) => times(roll, 2, () => glob(roll, 'abc*?', 3))

const families: readonly Family[] = [
  [
    'v:text',
    ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase'],
    globs,
  ],
  ['aws:TagKeys', ['StringEquals', 'StringLike', 'StringNotEquals', 'StringNotLike'], globs],
  [
    'v:arn',
    ['ArnLike', 'ArnNotEquals', 'StringLike', 'ArnEquals'],
    (roll) => times(roll, 2, () => `arn:aws:${glob(roll, 'ab:*?', 3)}:*:1*:${glob(roll, 'ab:*', 3)}`),
  ],
  [
    'v:number',
    [
      'NumericEquals',
      'NumericNotEquals',
      'NumericLessThan',
      'NumericGreaterThanEquals',
      'NumericLessThanEquals',
    ],
    (roll) => times(roll, 2, () => pick(roll, ['0', '1', '1.0', '1.5', '2', '-3', 'x'])),
  ],
  [
    'v:instant',
    ['DateLessThan', 'DateGreaterThan', 'DateEquals', 'DateNotEquals', 'DateLessThanEquals'],
    (roll) =>
      times(roll, 2, () => pick(roll, ['2020-01-01T00:00:00Z', '2020-01-01', '1577836800', '1600000000'])),
  ],
  ['v:truth', ['Bool'], (roll) => [pick(roll, ['true', 'false', 'True', 'yes'])]],
  [
    'v:address',
    ['IpAddress', 'NotIpAddress'],
    (roll) =>
      times(roll, 3, () =>
        pick(roll, [
          '10.0.0.0/8',
          '10.0.0.0/9',
          '10.128.0.0/9',
          '10.1.2.3',
          '0.0.0.0/0',
          '::/0',
          '2001:db8::/32',
        ]),
      ),
  ],
]

const qualified = (roll: Dice, operator: string, isList: boolean): string => {
  const qualifier = isList || roll(8) === 0 ? pick(roll, ['ForAllValues:', 'ForAnyValue:']) : ''
  return `${qualifier}${operator}${roll(4) === 0 ? 'IfExists' : ''}`
}

const condition = (roll: Dice): Elements => {
  if (roll(3) === 0) return {}
  const tests = times(
    roll,
    2,
    (): readonly [string, Readonly<Record<string, string | readonly string[]>>] => {
      const [key, operators, operands] = pick(roll, families)
      return roll(6) === 0
        ? ['Null', { [key]: pick(roll, ['true', 'false']) }]
        : [qualified(roll, pick(roll, operators), key === 'aws:TagKeys'), { [key]: operands(roll) }]
    },
  )
  return { Condition: Object.fromEntries(tests) }
}

const elements = (roll: Dice): Elements => ({
  [roll(5) === 0 ? 'NotAction' : 'Action']: times(roll, 2, () => action(roll)),
  [roll(5) === 0 ? 'NotResource' : 'Resource']: times(roll, 2, () => resource(roll)),
  ...condition(roll),
})

const statement = (roll: Dice): StatementJson => ({
  Effect: roll(4) === 0 ? 'Deny' : 'Allow',
  ...elements(roll),
})

/** With a `*` for the first letter of an action or resource part. */
const widened = (before: StatementJson): StatementJson => {
  const wider = (patterns: StatementJson['Action']) =>
    [patterns ?? []].flat().map((text) => text.replace(/:[ab?]/, ':*'))
  if (before.Action !== undefined) return { ...before, Action: wider(before.Action) }
  return before.NotAction === undefined ? before : { ...before, NotAction: wider(before.NotAction) }
}

/** One star more or fewer, one value more or fewer, another condition, effect or element. */
const nearTo = (roll: Dice, before: StatementJson): readonly StatementJson[] => {
  const { Condition: _dropped, ...bare } = before
  switch (roll(6)) {
    case 0:
      return [widened(before)]
    case 1:
      return [{ ...bare, ...condition(roll) }]
    case 2:
      return [{ ...before, Effect: before.Effect === 'Allow' ? 'Deny' : 'Allow' }]
    case 3:
      return 'Resource' in before
        ? [{ ...before, Resource: [before.Resource ?? '*', resource(roll)].flat() }]
        : [bare]
    case 4:
      return 'Action' in before
        ? [{ ...before, Action: [before.Action ?? '*', action(roll)].flat() }]
        : [bare]
    default:
      return [before, { ...before, ...condition(roll) }]
  }
}

const document = (statements: readonly StatementJson[]): PolicyJson => ({
  Version: '2012-10-17',
  Statement: statements,
})

export const pairOf = (seed: number): Pair => {
  const roll = dice(seed)
  const before = times(roll, 2, () => statement(roll))
  const at = roll(before.length)
  const after =
    roll(4) === 0
      ? times(roll, 2, () => statement(roll))
      : roll(4) === 0
        ? [...before, statement(roll)]
        : before.flatMap((each, i) => (i === at ? nearTo(roll, each) : [each]))
  const [left, right] = roll(2) === 0 ? [before, after] : [after, before]
  return { seed, left: document(left), right: document(right) }
}
