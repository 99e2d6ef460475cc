/**
 * The elements of statements as sets: of actions, callers, resources, and values of context keys.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Action, Arn, Operand, Operator, Resource, Variable } from '../model/index.js'
import type { Condition, Principal, Statement, Version } from '../model/index.js'
import { Glob, StringSet } from '../pattern/index.js'
import type { Strength } from '../simulator/index.js'
import * as callerText from './callerText.js'
import type { Test } from './keyPoints.js'
import { hasOpaqueLetter, isOpaqueTest } from './opaque.js'
import { ofValue, perKey } from './remember.js'
import * as resourceText from './resourceText.js'

// ---- model ----

/**
 * How statements are read: the values of variables, and what the layer says of principals.
 *
 * @category model
 * @since 0.1.0
 */
export interface Reading {
  readonly lookup: Variable.Lookup
  readonly boundary: boolean
  readonly accountMeansRoot: boolean
}

/**
 * The set of everything.
 *
 * @category constructors
 * @since 0.1.0
 */
export const everyString: StringSet.StringSet = StringSet.stringSet([Glob.all])

// ---- actions ----

const isPattern = (text: string): boolean => text.includes('*') || text.includes('?')

/**
 * The actions of a clause, folded.
 *
 * @category destructors
 * @since 0.1.0
 */
export const actionSet: (clause: Action.ActionClause) => StringSet.StringSet = ofValue(
  ({ _tag, patterns }) => {
    const folded = patterns.map((pattern) => Action.fold(pattern))
    return {
      literals: Array.from(new Set(folded.filter((text) => !isPattern(text)))),
      globs: StringSet.stringSet(folded.filter(isPattern).map(Glob.parse)).globs,
      complement: _tag === 'NotAction',
    }
  },
)

// ---- callers ----

const clauseSet = perKey((text) => (clause: Principal.PrincipalClause) => {
  const [effect, atLeast, boundary, accountMeansRoot] = text.split('/')
  return callerText.clauseSet(
    clause,
    effect === 'Deny' ? 'Deny' : 'Allow',
    atLeast === 'Direct' || atLeast === 'Entity' ? atLeast : 'Account',
    { boundary: boundary === 'true', accountMeansRoot: accountMeansRoot === 'true' },
  )
})

/**
 * The callers that a statement with principals is about: those to whom it grants at least so much.
 *
 * @category destructors
 * @since 0.1.0
 */
export const callerSet = (
  { effect, principal }: Statement.ResourceStatement,
  atLeast: Strength.Strength,
  { boundary, accountMeansRoot }: Pick<Reading, 'boundary' | 'accountMeansRoot'>,
): StringSet.StringSet => clauseSet([effect, atLeast, boundary, accountMeansRoot].join('/'))(principal)

// ---- texts that may have variables ----

/** A reading that depends on the version of the language and on the values of variables. */
type PerVersion<A, B> = (version: Version.Version | undefined, lookup: Variable.Lookup) => (value: A) => B

/** VA-6: of versions it counts only whether they know variables. What has none is read once for both. */
const perVersion = <A extends object, B>(
  read: PerVersion<A, B>,
  texts: (value: A) => readonly string[],
): PerVersion<A, B> => {
  const noLookup: Variable.Lookup = () => ({ _tag: 'Missing' })
  const [modern, older] = [ofValue(read('2012-10-17', noLookup)), ofValue(read(undefined, noLookup))]
  const hasVariables = ofValue((value: A) => texts(value).some((text) => text.includes('${')))
  return (version, lookup) => (value) =>
    version !== '2012-10-17'
      ? older(value)
      : hasVariables(value)
        ? read(version, lookup)(value)
        : modern(value)
}

/**
 * The resources of a clause. A value with no variable in it is made once.
 *
 * @category destructors
 * @since 0.1.0
 */
export const resourceSet: PerVersion<Resource.ResourceClause, StringSet.StringSet> = perVersion(
  (version, lookup) => (clause) => {
    if (clause._tag === 'Attached') return resourceText.withResource
    if (clause._tag === 'Resource' && clause.patterns.some((pattern) => pattern === '*')) return everyString
    const globs = clause.patterns.flatMap((pattern) => {
      const glob = Resource.glob(version, lookup)(pattern)
      return glob === undefined ? [] : [resourceText.matching(glob)]
    })
    return StringSet.stringSet(globs, clause._tag === 'NotResource')
  },
  (clause) => (clause._tag === 'Attached' ? [] : clause.patterns),
)

// ---- context keys ----

/**
 * An ARN is split at its first five colons with the values of variables in it (CO-R2), so that a value before the sixth
 * part, or in a text of fewer parts, may bring colons of its own.
 */
const splitsVariable =
  (version: Version.Version | undefined, lookup: Variable.Lookup) =>
  (text: string): boolean => {
    const template = Variable.parse(version)(text)
    if (E.isLeft(template)) return false
    const first = template.right.findIndex((piece) => {
      const resolved = piece._tag === 'Variable' ? lookup(piece.key) : undefined
      return resolved?._tag === 'Value' && hasOpaqueLetter(resolved.value)
    })
    const before = template.right.slice(0, first).map((piece) => (piece._tag === 'Text' ? piece.text : ''))
    return first !== -1 && Arn.segments(before.join('')).length < 6
  }

/**
 * A condition as a test of its key. One with no variable in it is made once.
 *
 * @category destructors
 * @since 0.1.0
 */
export const testOf: PerVersion<Condition.Condition, Test> = perVersion(
  (version, lookup) =>
    ({ operator, values }) => {
      const truth = Operator.truth(operator, values)
      const { comparison } = Operator.operators[operator.name]
      if (truth.present === 'Always' || truth.present === 'Never') return { truth, operands: [] }
      const test: Test = { truth, operands: values.map(Operand.read(comparison, version, lookup)) }
      const isUnfaithful =
        comparison.type === 'Arn'
          ? values.some(splitsVariable(version, lookup))
          : comparison.type === 'String' && comparison.ignoreCase && isOpaqueTest(test)
      return isUnfaithful ? { ...test, unfaithful: true } : test
    },
  ({ values }) => values,
)

/**
 * The sets of keys that follow from caller or resource, which is a short list.
 *
 * @category destructors
 * @since 0.1.0
 */
export const followingSet: (folded: string) => (test: Test) => StringSet.StringSet | undefined = perKey(
  (folded) =>
    ({ truth, operands }) =>
      folded === 'aws:resourceaccount'
        ? resourceText.ownerSet(truth, operands)
        : callerText.derivedSet(folded, truth, operands),
)
