/** The laws of every instance of the model, on the arbitraries that users get. */
import * as fc from 'fast-check'
import * as S from 'fp-ts/lib/string.js'
import { isDeepStrictEqual } from 'node:util'
import { describe } from 'vitest'
import {
  Action,
  Arn,
  Caller,
  Condition,
  Context,
  Document,
  Operator,
  Principal,
  Request,
  Resource,
  Statement,
} from '../../../src/model/index.js'
import * as Strength from '../../../src/simulator/Strength.js'
import { arbitrary } from '../../../src/testing/index.js'
import { eqLaws } from '../../laws/eq.js'
import { monoidLaws } from '../../laws/monoid.js'
import { ordLaws } from '../../laws/ord.js'
import { injectiveShow, roundTrip } from '../../laws/show.js'

/** The same value in another letter case, as often as not. */
const recased = <A extends string>(values: fc.Arbitrary<A>): fc.Arbitrary<A> =>
  fc.tuple(values, fc.boolean()).map(([value, up]) => (up ? (value.toUpperCase() as A) : value))

const arns = arbitrary.arn()
const accountIds = arbitrary.accountId()
const partitions = fc.constantFrom(...Arn.partitions)
const actions = recased(arbitrary.action())
const patterns = recased(arbitrary.actionPattern())
const resources = arbitrary.resourcePattern()
const callers = arbitrary.caller()
const principals = arbitrary.principal()
const operatorOf = (text: string): Operator.ConditionOperator => {
  const operator = Operator.parse(text)
  if (operator === undefined) throw new Error(`${text} is no operator`)
  return operator
}
const operators = fc.constantFrom(...Operator.operatorTexts).map(operatorOf)
const conditions = arbitrary.condition()
const contexts = arbitrary.context()
const strengths = fc.constantFrom(...Strength.strengths)

describe('equality', () => {
  eqLaws('Arn', Arn.Eq, arns)
  eqLaws('AccountId', S.Eq, accountIds)
  eqLaws('Partition', S.Eq, partitions)
  eqLaws('Action', Action.Eq, actions)
  eqLaws('ActionPattern', Action.Eq, patterns)
  eqLaws('ResourcePattern', Resource.Eq, resources)
  eqLaws('Principal', Principal.Eq, principals)
  eqLaws('Caller', Caller.Eq, callers)
  eqLaws('Operator', Operator.Eq, operators)
  eqLaws('Condition', Condition.Eq, conditions)
  eqLaws('Statement', Statement.Eq, arbitrary.statement())
  eqLaws<Document.Document>(
    'Document',
    Document.Eq,
    fc.oneof(arbitrary.document('identity'), arbitrary.document('resource')),
  )
  eqLaws('Context', Context.Eq, contexts)
  eqLaws('Request', Request.Eq, arbitrary.request())
  eqLaws('Strength', Strength.Eq, strengths)
})

describe('order', () => {
  ordLaws('Arn', Arn.Ord, Arn.Eq, arns)
  ordLaws('AccountId', S.Ord, S.Eq, accountIds)
  ordLaws('Partition', S.Ord, S.Eq, partitions)
  ordLaws('Action', Action.Ord, Action.Eq, actions)
  ordLaws('ActionPattern', Action.Ord, Action.Eq, patterns)
  ordLaws('ResourcePattern', Resource.Ord, Resource.Eq, resources)
  ordLaws('Principal', Principal.Ord, Principal.Eq, principals)
  ordLaws('Caller', Caller.Ord, Caller.Eq, callers)
  ordLaws('Operator', Operator.Ord, Operator.Eq, operators)
  ordLaws('Strength', Strength.Ord, Strength.Eq, strengths)
})

describe('rendering', () => {
  injectiveShow('Arn', Arn.Show, Arn.Eq, arns)
  injectiveShow('Action', Action.Show, Action.Eq, actions)
  injectiveShow('ActionPattern', Action.Show, Action.Eq, patterns)
  injectiveShow('ResourcePattern', Resource.Show, Resource.Eq, resources)
  injectiveShow('Operator', Operator.Show, Operator.Eq, operators)
  injectiveShow('Condition', Condition.Show, Condition.Eq, conditions)
  injectiveShow('Context', Context.Show, Context.Eq, contexts)
  injectiveShow('Strength', Strength.Show, Strength.Eq, strengths)

  roundTrip('Arn', Arn.show, Arn.parseOrThrow, Arn.Eq, arns)
  roundTrip('Action', Action.show, Action.parseOrThrow, { equals: isDeepStrictEqual }, actions)
  roundTrip('Operator', Operator.show, operatorOf, { equals: isDeepStrictEqual }, operators)
  roundTrip(
    'Condition',
    (condition) =>
      `${Operator.show(condition.operator)}|${condition.key}|${JSON.stringify(condition.values)}`,
    (text) => {
      const [operator = '', key = '', ...values] = text.split('|')
      const made = Condition.make(operator, key, JSON.parse(values.join('|')) as readonly string[])
      if (made._tag === 'Left') throw new Error(made.left.message)
      return made.right
    },
    Condition.Eq,
    conditions,
  )
  roundTrip(
    'Principal, under its own type',
    (principal: Principal.Principal) => `${Principal.typeOf(principal)} ${Principal.show(principal)}`,
    (text) => {
      const type = Principal.principalTypes.find((known) => text.startsWith(`${known} `)) ?? 'AWS'
      return Principal.parseOrThrow(type)(text.slice(type.length + 1))
    },
    { equals: isDeepStrictEqual },
    principals,
  )
  roundTrip(
    'Caller, but for the path of a session',
    Caller.show,
    Caller.parseOrThrow,
    Caller.Eq,
    callers.map((caller) =>
      caller._tag === 'RoleSession' && caller.session !== undefined ? { ...caller, path: undefined } : caller,
    ),
  )
})

describe('combination', () => {
  monoidLaws('Context', Context.Monoid, isDeepStrictEqual, contexts)
  monoidLaws(
    'Strength, or no grant',
    Strength.Monoid,
    (a, b) => a === b,
    fc.option(strengths, { nil: undefined }),
  )
})
