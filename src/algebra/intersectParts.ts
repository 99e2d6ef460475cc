/**
 * What two statements say together, element by element: each function gives the element that means both, an empty list
 * where nothing does, or undefined where no element can say it.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Action, Arn, Condition, Operator, Principal, Resource, type Version } from '../model/index.js'
import { Glob, type Budget } from '../pattern/index.js'
import { reader, type Reader } from './rewriteCover.js'
import { compareText, principalText } from './rewriteForm.js'
import { intersectGlobs, surelyIncludes } from './rewriteGlobs.js'

const unique = (texts: readonly string[]): readonly string[] => Array.from(new Set(texts)).sort(compareText)

// ---- actions ----

const shown = (glob: Glob.Glob): string =>
  glob
    .map((token) => {
      switch (token._tag) {
        case 'Text':
          return token.text
        case 'One':
        case 'OneWithin':
          return '?'
        case 'Run':
        case 'RunWithin':
          return '*'
      }
    })
    .join('')

/** What two patterns have in common, while there are steps left to find it. */
type InBoth = (counter: Budget.Counter) => (a: string, b: string) => readonly string[] | undefined

/** The service and the name of an action that is not `*`. */
const partsOf = (action: string): readonly [string, string] => {
  const colon = action.indexOf(':')
  return [action.slice(0, colon), action.slice(colon + 1)]
}

/** Service and name apart, so that no wildcard reaches over the colon; well-formed actions have just one. */
const actionsInBoth: InBoth = (counter) => (a, b) => {
  const [folded, other] = [a.toLowerCase(), b.toLowerCase()]
  if (a === '*' || folded === other) return [b]
  if (b === '*') return [a]
  if (surelyIncludes(Glob.parse(folded), Glob.parse(other))) return [b]
  if (surelyIncludes(Glob.parse(other), Glob.parse(folded))) return [a]
  const [[service, name], [otherService, otherName]] = [partsOf(a), partsOf(b)]
  const isSame = (x: string, y: string): boolean => x.toLowerCase() === y.toLowerCase() // SM-A1
  const services = intersectGlobs(Glob.parse(service), Glob.parse(otherService), counter, isSame)
  const names = intersectGlobs(Glob.parse(name), Glob.parse(otherName), counter, isSame)
  return services && names?.flatMap((n) => services.map((s) => `${shown(s)}:${shown(n)}`))
}

/** What a text without wildcards and variables is compared as; undefined for a pattern. */
type LiteralOf = (text: string) => string | undefined

const isPattern = (text: string): boolean => /[*?]|\$\{/.test(text)

const foldedLiteral: LiteralOf = (text) => (isPattern(text) ? undefined : text.toLowerCase())

/** U-10: a short ARN is a pattern, too. */
const exactLiteral: LiteralOf = (text) =>
  isPattern(text) || Arn.segments(text).length < 6 ? undefined : text

/** What two lists have in common. Texts without wildcards are looked up, so that long lists of names cost no more than short ones. */
const common = (
  left: readonly string[],
  right: readonly string[],
  literalOf: LiteralOf,
  inBoth: ReturnType<InBoth>,
  counter: Budget.Counter,
): readonly string[] | undefined => {
  const found: string[] = [] // local mutation: gathered pair by pair
  const names = new Set(right.flatMap((text) => literalOf(text) ?? []))
  const patterns = right.filter((text) => literalOf(text) === undefined)
  for (const a of left) {
    const name = literalOf(a)
    if (name !== undefined && names.has(name)) found.push(a)
    for (const b of name === undefined ? right : patterns) {
      const both = counter.spend(1) ? inBoth(a, b) : undefined
      if (both === undefined) return undefined
      for (const each of both) found.push(each)
    }
  }
  return found
}

/** Those of a list that no entry of a list of exceptions touches; undefined where one touches only in part. */
const spared = (
  patterns: readonly string[],
  exceptions: readonly string[],
  glob: (text: string) => Glob.Glob,
  counter: Budget.Counter,
): readonly string[] | undefined => {
  const left = patterns.map((pattern) => {
    const inside = glob(pattern)
    if (!counter.spend(exceptions.length)) return undefined
    if (exceptions.some((each) => surelyIncludes(glob(each), inside))) return []
    const touched = exceptions.map((each) => intersectGlobs(glob(each), inside, counter))
    return touched.every((found) => found?.length === 0) ? [pattern] : undefined
  })
  return left.every((each) => each !== undefined) ? left.flat() : undefined
}

/**
 * The action element of two; undefined when there is none, an empty list when no action is in both.
 *
 * @category combinators
 * @since 0.1.0
 */
export const actions = (
  a: Action.ActionClause,
  b: Action.ActionClause,
  counter: Budget.Counter,
):
  | { readonly _tag: 'Action' | 'NotAction'; readonly patterns: readonly Action.ActionPattern[] }
  | undefined => {
  const glob = (text: string): Glob.Glob => Glob.parse(text.toLowerCase())
  if (a._tag === 'NotAction' && b._tag === 'NotAction')
    return parsed('NotAction', unique([...a.patterns, ...b.patterns]))
  if (a._tag === 'Action' && b._tag === 'Action')
    return parsed('Action', common(a.patterns, b.patterns, foldedLiteral, actionsInBoth(counter), counter))
  const [list, exceptions] = a._tag === 'Action' ? [a, b] : [b, a]
  if (list.patterns.some((pattern) => pattern === '*')) return exceptions
  return parsed('Action', spared(list.patterns, exceptions.patterns, glob, counter))
}

const parsed = (
  _tag: 'Action' | 'NotAction',
  texts: readonly string[] | undefined,
):
  | { readonly _tag: 'Action' | 'NotAction'; readonly patterns: readonly Action.ActionPattern[] }
  | undefined => {
  const read = texts && unique(texts).map(Action.parsePattern)
  return read?.every(E.isRight) === true ? { _tag, patterns: read.map(({ right }) => right) } : undefined
}

// ---- resources ----

const resourcesInBoth =
  (read: Reader): InBoth =>
  (counter) =>
  (a, b) => {
    if (a === '*' || a === b) return [b]
    if (b === '*') return [a]
    const [left, right] = [read.resource(a), read.resource(b)]
    if (left.hasVariable || right.hasVariable || a.includes('${') || b.includes('${')) return undefined
    if (surelyIncludes(left.glob, right.glob)) return [b]
    if (surelyIncludes(right.glob, left.glob)) return [a]
    return intersectGlobs(left.glob, right.glob, counter)?.map(shown)
  }

/** The attached resource is any that is an ARN (SM-R9). */
const attachedAnd = (other: Resource.ResourceClause): Resource.ResourceClause | undefined => {
  if (other._tag !== 'Resource') return other._tag === 'Attached' ? other : undefined
  return other.patterns.some((pattern) => pattern === '*') ? Resource.attached : other
}

/**
 * The resource element of two. The globs are exact; whether their text reads as the same globs is left to the proof.
 *
 * @category combinators
 * @since 0.1.0
 */
export const resources = (
  version: Version.Version | undefined,
  a: Resource.ResourceClause,
  b: Resource.ResourceClause,
  counter: Budget.Counter,
):
  | { readonly _tag: 'Attached' }
  | { readonly _tag: 'Resource' | 'NotResource'; readonly patterns: readonly Resource.ResourcePattern[] }
  | undefined => {
  if (a._tag === 'Attached') return attachedAnd(b)
  if (b._tag === 'Attached') return attachedAnd(a)
  const read = reader(version)
  if (a._tag === 'NotResource' && b._tag === 'NotResource')
    return readPatterns('NotResource', unique([...a.patterns, ...b.patterns]))
  if (a._tag === 'Resource' && b._tag === 'Resource')
    return readPatterns(
      'Resource',
      common(a.patterns, b.patterns, exactLiteral, resourcesInBoth(read)(counter), counter),
    )
  const [list, exceptions] = a._tag === 'Resource' ? [a, b] : [b, a]
  if (list.patterns.some((pattern) => pattern === '*')) return exceptions
  return readPatterns(
    'Resource',
    spared(list.patterns, exceptions.patterns, (text) => read.resource(text).glob, counter),
  )
}

const readPatterns = (
  _tag: 'Resource' | 'NotResource',
  texts: readonly string[] | undefined,
):
  | { readonly _tag: 'Resource' | 'NotResource'; readonly patterns: readonly Resource.ResourcePattern[] }
  | undefined => {
  const read = texts && unique(texts).map(Resource.parsePattern)
  return read?.every(E.isRight) === true ? { _tag, patterns: read.map(({ right }) => right) } : undefined
}

// ---- principals ----

/** Whom both stand for; an entry stands before the one that it may be narrower than. */
const principalsInBoth = (a: Principal.Principal, b: Principal.Principal): readonly Principal.Principal[] => {
  if (a._tag === 'Everyone' || principalText(a) === principalText(b)) return [b]
  if (b._tag === 'Everyone') return [a]
  const [first, second] = [Principal.accountOf(a), Principal.accountOf(b)]
  if (first === undefined || second === undefined || first.account !== second.account) return []
  if (a._tag === 'Account') return [b]
  if (b._tag === 'Account' || isPartOf(a, b)) return [a]
  return isPartOf(b, a) ? [b] : []
}

/** A federated user is part of its user, a session of its role. */
const isPartOf = (part: Principal.Principal, whole: Principal.Principal): boolean =>
  (part._tag === 'FederatedUser' && whole._tag === 'User' && part.name === whole.name) ||
  (part._tag === 'AssumedRoleSession' && whole._tag === 'Role' && part.role === whole.name)

/**
 * The principal element of two, by whom it applies to; how directly is the stronger way of the two. A role's path is not
 * told by its session, which the proof has to look at.
 *
 * @category combinators
 * @since 0.1.0
 */
export const principals = (
  a: Principal.PrincipalClause,
  b: Principal.PrincipalClause,
):
  | {
      readonly _tag: 'Principal' | 'NotPrincipal'
      readonly principals: readonly Principal.Principal[]
    }
  | undefined => {
  if (a._tag === 'Principal' && b._tag === 'Principal')
    return {
      _tag: 'Principal',
      principals: a.principals.flatMap((x) => b.principals.flatMap((y) => principalsInBoth(x, y))),
    }
  if (a._tag === 'NotPrincipal' && b._tag === 'NotPrincipal')
    return { _tag: 'NotPrincipal', principals: [...a.principals, ...b.principals] }
  const [list, exceptions] = a._tag === 'Principal' ? [a, b] : [b, a]
  return list.principals.some(({ _tag }) => _tag === 'Everyone') ? exceptions : undefined
}

// ---- conditions ----

const sameTest = (a: Condition.Condition, b: Condition.Condition): boolean =>
  Operator.show(a.operator) === Operator.show(b.operator) &&
  Condition.foldKey(a.key) === Condition.foldKey(b.key)

/** Another way to write an operator that tests the same, once a test of the same key stands beside it. */
const respelled = ({ operator, key, values }: Condition.Condition): readonly Condition.Condition[] => {
  const { name, qualifier, ifExists } = operator
  if (name === 'Null') return []
  const isPlain = values.every((value) => !/[*?]/.test(value))
  const names = synonyms(name).filter((other) => !other.startsWith('String') || isPlain)
  // Beside a test that a missing key fails, or under a qualifier for which `IfExists` says nothing new (CO-M6).
  const flipped =
    !ifExists || qualifier !== 'None'
      ? [{ key, values, operator: { name, qualifier, ifExists: !ifExists } }]
      : []
  return [
    ...names.map((each) => ({ key, values, operator: { name: each, qualifier, ifExists } })),
    ...flipped,
  ]
}

type Named = Exclude<Operator.OperatorName, 'Null'>

const pairs: readonly (readonly [Named, Named])[] = [
  ['ArnEquals', 'ArnLike'],
  ['ArnNotEquals', 'ArnNotLike'],
  ['StringEquals', 'StringLike'],
]

const synonyms = (name: Named): readonly Named[] =>
  pairs.flatMap(([a, b]) => (name === a ? [b] : name === b ? [a] : []))

/** One test for two with the same operator and key, where a list can say both (CO-3). */
const oneTest = (a: Condition.Condition, b: Condition.Condition): Condition.Condition | undefined => {
  const { name, qualifier } = a.operator
  const right = new Set(b.values)
  if (a.values.length === b.values.length && a.values.every((value) => right.has(value))) return a
  if (name === 'Null' || qualifier === 'ForAnyValue' || a.values.length === 0 || right.size === 0)
    return undefined
  if (Operator.operators[name].negated)
    return { ...a, values: Array.from(new Set([...a.values, ...b.values])) }
  const both = a.values.filter((value) => right.has(value))
  return both.length > 0 && [...a.values, ...b.values].every(isLiteralOf(a))
    ? { ...a, values: both }
    : undefined
}

/** Does a value stand for itself alone? */
const isLiteralOf =
  ({ operator }: Condition.Condition) =>
  (value: string): boolean => {
    const { comparison } = Operator.operators[operator.name]
    return (
      comparison.type === 'String' &&
      !comparison.ignoreCase &&
      !value.includes('${') &&
      !(comparison.pattern && /[*?]/.test(value))
    )
  }

/**
 * Conditions that hold where both blocks hold; undefined when there is no way to write them.
 *
 * @category combinators
 * @since 0.1.0
 */
export const conditions = (
  a: Condition.ConditionBlock,
  b: Condition.ConditionBlock,
): Condition.ConditionBlock | undefined => {
  const all = b.reduce<readonly Condition.Condition[] | undefined>((done, test) => {
    if (done === undefined) return undefined
    const place = done.findIndex((each) => sameTest(each, test))
    const known = done[place]
    if (known === undefined) return [...done, test]
    const one = oneTest(known, test)
    if (one !== undefined) return done.map((each, i) => (i === place ? one : each))
    const other = respelled(test).find((each) => !done.some((taken) => sameTest(taken, each)))
    return other && [...done, other]
  }, a)
  const block = all && Condition.block(all)
  return block !== undefined && E.isRight(block) ? block.right : undefined
}
