/**
 * Expressions over sets of strings, and their compilation to a flat program without nested negation.
 *
 * Expressions may be nested without limit, so everything here keeps its own stack.
 *
 * @since 0.1.0
 */
import * as Bits from './Bits.js'
import * as StringSet from './StringSet.js'

// ---- model ----

/**
 * A Boolean expression over sets of strings.
 *
 * @category model
 * @since 0.1.0
 */
export type Expression =
  | { readonly _tag: 'Strings'; readonly set: StringSet.StringSet }
  | { readonly _tag: 'Complement'; readonly of: Expression }
  | { readonly _tag: 'Union'; readonly members: ReadonlyArray<Expression> }
  | { readonly _tag: 'Intersection'; readonly members: ReadonlyArray<Expression> }

/**
 * An expression or its negation.
 *
 * @category model
 * @since 0.1.0
 */
export interface Signed {
  readonly language: Expression
  readonly negated: boolean
}

/**
 * One step of a program on a stack of truth values: push a leaf, or replace the upper `count` values by one.
 *
 * @category model
 * @since 0.1.0
 */
export type Step =
  | { readonly _tag: 'Leaf'; readonly leaf: number; readonly negated: boolean }
  | { readonly _tag: 'All' | 'Any'; readonly count: number }

/**
 * A program, its leaves, and which of them occur plainly or negated.
 *
 * @category model
 * @since 0.1.0
 */
export interface Formula {
  readonly leaves: ReadonlyArray<StringSet.StringSet>
  readonly steps: ReadonlyArray<Step>
  readonly plain: Bits.Bits
  readonly negated: Bits.Bits
}

// ---- combinators ----

const isStrings = (each: Expression): each is Expression & { readonly _tag: 'Strings' } =>
  each._tag === 'Strings'

// Sets that stand side by side are one set: fewer leaves make narrower bit sets.
const join = (members: ReadonlyArray<Expression>): ReadonlyArray<Expression> => {
  const sets = members.filter(isStrings)
  if (sets.length < 2) return members
  const set = StringSet.stringSet(sets.flatMap((each) => StringSet.toGlobs(each.set)))
  return [...members.filter((each) => !isStrings(each)), { _tag: 'Strings', set }]
}

const isAvoided = (each: Expression): each is Expression & { readonly _tag: 'Complement' } =>
  each._tag === 'Complement' && isStrings(each.of)

const joinAvoided = (members: ReadonlyArray<Expression>): ReadonlyArray<Expression> => {
  const avoided = join(members.filter(isAvoided).map((each) => each.of))
  return [
    ...members.filter((each) => !isAvoided(each)),
    ...avoided.map((of): Expression => ({ _tag: 'Complement', of })),
  ]
}

const membersOf = (
  language: Expression & { readonly _tag: 'Union' | 'Intersection' },
): ReadonlyArray<Expression> =>
  language._tag === 'Union' ? join(language.members) : joinAvoided(language.members)

/**
 * The parts whose union (`Any`) or intersection (`All`) the expression is at its top.
 *
 * @category destructors
 * @since 0.1.0
 */
export const parts = (root: Signed, as: 'Any' | 'All'): ReadonlyArray<Signed> => {
  const found: Array<Signed> = [] // local mutation: a stack and its results
  const stack = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { language, negated } = next
    if (language._tag === 'Complement') stack.push({ language: language.of, negated: !negated })
    else if (language._tag === 'Strings' || ((language._tag === 'Union') === negated) !== (as === 'All'))
      found.push(next)
    else for (const member of [...membersOf(language)].reverse()) stack.push({ language: member, negated })
  }
  return found
}

// ---- constructors ----

/**
 * The program of the intersection of these expressions, negations pushed to the leaves.
 *
 * **Cost** linear in the expressions.
 *
 * @category constructors
 * @since 0.1.0
 */
export const compile = (roots: ReadonlyArray<Signed>): Formula => {
  const leaves = new Map<StringSet.StringSet, number>() // local mutation: leaves are numbered as they are met
  const steps: Array<Step> = []
  const leafOf = (set: StringSet.StringSet): number => {
    const leaf = leaves.get(set) ?? leaves.size
    leaves.set(set, leaf)
    return leaf
  }
  const stack: Array<Signed | Step> = [...roots]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    // eslint-disable-next-line no-restricted-syntax -- both are records of this module, none has open keys
    if ('_tag' in next) steps.push(next)
    else if (next.language._tag === 'Complement')
      stack.push({ language: next.language.of, negated: !next.negated })
    else if (next.language._tag === 'Strings')
      steps.push({ _tag: 'Leaf', leaf: leafOf(next.language.set), negated: next.negated })
    else {
      const { language, negated } = next
      const members = membersOf(language)
      stack.push({ _tag: (language._tag === 'Union') === negated ? 'All' : 'Any', count: members.length })
      for (const member of members) stack.push({ language: member, negated })
    }
  }
  steps.push({ _tag: 'All', count: roots.length })
  const signed = (negated: boolean): Bits.Bits =>
    Bits.of(steps.flatMap((step) => (step._tag === 'Leaf' && step.negated === negated ? [step.leaf] : [])))
  return { leaves: [...leaves.keys()], steps, plain: signed(false), negated: signed(true) }
}

// ---- evaluation ----

/**
 * Whether the formula may hold of a word that lies in all leaves of `certain` and in none outside `possible`.
 *
 * With `certain` and `possible` the same, whether it does hold.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const mayHold = (formula: Formula, certain: Bits.Bits, possible: Bits.Bits): boolean => {
  const values: Array<boolean> = [] // local mutation: the stack
  for (const step of formula.steps) {
    if (step._tag === 'Leaf') {
      values.push(step.negated ? !Bits.has(certain, step.leaf) : Bits.has(possible, step.leaf))
      continue
    }
    const under = values.length - step.count
    let value = step._tag === 'All'
    for (let i = under; i < values.length; i++)
      value = step._tag === 'All' ? value && values[i] === true : value || values[i] === true
    values.length = under
    values.push(value)
  }
  return values[0] === true
}

/**
 * The membership test of a formula.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const contains = (formula: Formula): ((text: string) => boolean) => {
  const tests = formula.leaves.map(StringSet.contains)
  return (text) => {
    const held = Bits.of(tests.flatMap((test, leaf) => (test(text) ? [leaf] : [])))
    return mayHold(formula, held, held)
  }
}
