/**
 * The simulator's formula over layers in normal forms: the ways in which Allows together suffice, and the ways in which
 * what is lacking denies. Formulas are monotone, so both forms are unions of plain combinations.
 *
 * @since 0.1.0
 */
import { Strength, type Simulator } from '../simulator/index.js'

// ---- model ----

/**
 * An Allow of a layer, naming the caller at least this directly.
 *
 * @category model
 * @since 0.1.0
 */
export interface Atom {
  readonly layer: Simulator.LayerId
  readonly atLeast: Strength.Strength
}

/**
 * In `ways` the formula holds when every atom of some member holds; in `obstacles` it fails when every atom of some
 * member fails.
 *
 * @category model
 * @since 0.1.0
 */
export type Combinations = readonly (readonly Atom[])[]

// ---- normal forms ----

/**
 * Do both name the same layer?
 *
 * @category predicates
 * @since 0.1.0
 */
export const sameLayer = (a: Atom, b: Atom): boolean =>
  a.layer.type === b.layer.type && a.layer.level === b.layer.level

/** A stronger grant is also a weaker one. */
const implies = (a: Atom, b: Atom): boolean => sameLayer(a, b) && Strength.atLeast(b.atLeast)(a.atLeast)

/** Atoms without those for which `spare(other, atom)` holds of another one that stays. */
const distinct = (atoms: readonly Atom[], spare: (other: Atom, atom: Atom) => boolean): readonly Atom[] =>
  atoms.filter((atom, i) => !atoms.some((other, j) => spare(other, atom) && (!spare(atom, other) || j < i)))

const product = (parts: readonly Combinations[]): Combinations =>
  parts.reduce<Combinations>((done, part) => done.flatMap((a) => part.map((b) => [...a, ...b])), [[]])

/** Combinations without those that another one makes needless. */
const absorbed = (all: Combinations, spare: (other: Atom, atom: Atom) => boolean): Combinations => {
  const covers = (a: readonly Atom[], b: readonly Atom[]): boolean =>
    a.every((atom) => b.some((other) => spare(other, atom)))
  const each = all.map((atoms) => distinct(atoms, spare))
  return each.filter(
    (atoms, i) => !each.some((other, j) => covers(other, atoms) && (!covers(atoms, other) || j < i)),
  )
}

/** Is an `All` read as a product and an `Any` as a sum (`ways`), or the other way round (`obstacles`)? */
const spread = (formula: Simulator.Formula, wanted: boolean): Combinations => {
  switch (formula._tag) {
    case 'Allows':
      return [[{ layer: formula.layer, atLeast: formula.atLeast }]]
    case 'RootUser':
      return wanted ? [[]] : []
    case 'Never':
      return wanted ? [] : [[]]
    case 'All':
    case 'Any': {
      const parts = formula.of.map((part) => spread(part, wanted))
      return (formula._tag === 'All') === wanted ? product(parts) : parts.flat()
    }
  }
}

/**
 * The combinations of Allows that suffice. None: nothing suffices; an empty one: nothing is needed.
 *
 * @category destructors
 * @since 0.1.0
 */
export const ways = (formula: Simulator.Formula): Combinations => absorbed(spread(formula, true), implies)

/**
 * The combinations of Allows whose lack denies. None: nothing is needed; an empty one: nothing suffices.
 *
 * @category destructors
 * @since 0.1.0
 */
export const obstacles = (formula: Simulator.Formula): Combinations =>
  absorbed(spread(formula, false), (a, b) => implies(b, a))

/**
 * A formula as text, without the rules that it cites: equal texts mean the same.
 *
 * @category rendering
 * @since 0.1.0
 */
export const formulaText = (formula: Simulator.Formula): string => {
  switch (formula._tag) {
    case 'Allows':
      return `${formula.layer.type}${formula.layer.level}${formula.atLeast}`
    case 'RootUser':
    case 'Never':
      return formula._tag
    case 'All':
    case 'Any':
      return `${formula._tag}(${formula.of.map(formulaText).join()})`
  }
}
