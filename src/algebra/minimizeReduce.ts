/**
 * The removing half of minimization: statements, values and conditions that change nothing, each with a proof.
 *
 * @since 0.1.0
 */
import type { Statement } from '../model/index.js'
import type { Item, State, StatementRef, Step } from './minimizeSteps.js'
import { compareText, keep, keyOf, slots, statementText, withoutCondition, type Slot } from './rewriteForm.js'
import { byAction, type Others, type Prover } from './rewriteProver.js'

// ---- the items while some are removed ----

interface Desk {
  readonly at: (place: number) => Item | undefined
  readonly put: (place: number, item: Item | undefined) => void
  /** What may cover for the item at a place: every other item of its effect, the Denies, and `more`. */
  readonly without: (place: number, more: readonly Statement.Statement[]) => Others
  readonly refs: (statements: readonly Statement.Statement[], self: Item) => readonly StatementRef[]
  readonly items: () => readonly Item[]
}

const desk = (prover: Prover, items: readonly Item[], ref: (origin: number) => StatementRef): Desk => {
  const state: (Item | undefined)[] = [...items] // local mutation: items change place by place
  const near = byAction(
    prover.reader,
    items.map(({ statement }) => statement),
  )
  const everywhere = items.map((_, place) => place)
  return {
    at: (place) => state[place],
    put: (place, item) => {
      state[place] = item
    },
    without: (place, more) => {
      const effect = items[place]?.statement.effect
      const pick = (places: readonly number[]): readonly Statement.Statement[] => [
        ...places.flatMap((other) => {
          const found = other === place ? undefined : state[other]?.statement
          return found === undefined || (effect === 'Deny' && found.effect === 'Allow') ? [] : [found]
        }),
        ...more,
      ]
      return { all: () => pick(everywhere), about: (action) => pick(near(action)) }
    },
    refs: (statements, self) => {
      const found = new Set(statements)
      const origins = state.flatMap((item) =>
        item !== undefined && found.has(item.statement) ? item.origins : [],
      )
      return Array.from(new Set(origins.length === 0 && found.size > 0 ? self.origins : origins))
        .sort((a, b) => a - b)
        .map(ref)
    },
    items: () => state.flatMap((item) => item ?? []),
  }
}

/** Longest first, so that of two statements or values that stand for one another the shorter one stays. */
const longestFirst = (a: string, b: string): number => b.length - a.length || compareText(b, a)

// ---- statements ----

/**
 * Without the statements that others cover.
 *
 * @category combinators
 * @since 0.1.0
 */
export const removeStatements = (
  prover: Prover,
  items: readonly Item[],
  ref: (origin: number) => StatementRef,
): State => {
  const table = desk(prover, items, ref)
  const steps: Step[] = [] // local mutation: one for each removal
  const order = items
    .map((item, place) => ({ item, place, key: keyOf(item.statement), text: statementText(item.statement) }))
    .sort((a, b) => longestFirst(a.key, b.key) || longestFirst(a.text, b.text))
  for (const { item, place } of order) {
    const rest = table.without(place, [])
    if (!prover.covered(item.statement, rest)) continue
    steps.push({
      _tag: 'RemovedStatement',
      statements: item.origins.map(ref),
      by: table.refs(prover.reasons(item.statement, rest), item),
    })
    table.put(place, undefined)
  }
  return keepingOne(table.items(), steps, items)
}

/** A document has at least one statement, even one that matches nothing. */
const keepingOne = (left: readonly Item[], steps: readonly Step[], items: readonly Item[]): State => {
  const [least] = [...items].sort((a, b) => -longestFirst(keyOf(a.statement), keyOf(b.statement)))
  return left.length > 0 || least === undefined
    ? { items: left, steps }
    : {
        items: [least],
        steps: steps.filter((step) => step.statements[0]?.index !== least.origins[0]),
      }
}

// ---- values and conditions ----

const slotsAt = (table: Desk, place: number): readonly Slot[] => {
  const item = table.at(place)
  return item === undefined ? [] : slots(item.statement)
}

const removable = (
  prover: Prover,
  table: Desk,
  place: number,
  statement: Statement.Statement,
  slot: Slot,
  value: string,
):
  | { readonly rest: Statement.Statement; readonly piece: Statement.Statement; readonly with: Others }
  | undefined => {
  const rest = keep(slot.name, (each) => each !== value)(statement)
  const piece = slot.additive ? keep(slot.name, (each) => each === value)(statement) : statement
  if (rest === undefined || piece === undefined) return undefined
  const covering = table.without(place, [rest])
  const proven =
    prover.covered(piece, covering) &&
    (slot.additive || prover.covered(rest, table.without(place, [statement])))
  return proven ? { rest, piece, with: covering } : undefined
}

const removeFromSlot = (
  prover: Prover,
  table: Desk,
  place: number,
  slot: Slot,
  ref: (origin: number) => StatementRef,
): readonly Step[] => {
  const steps: Step[] = [] // local mutation: one for each removal
  for (const value of [...slot.values].sort(longestFirst)) {
    const item = table.at(place)
    if (item === undefined) break
    const found = removable(prover, table, place, item.statement, slot, value)
    if (found === undefined) continue
    steps.push({
      _tag: 'RemovedValues',
      statements: item.origins.map(ref),
      element: slot.element,
      values: [value],
      by: table.refs(prover.reasons(found.piece, found.with), item),
    })
    table.put(place, { ...item, statement: found.rest })
  }
  return steps
}

const removeConditions = (
  prover: Prover,
  table: Desk,
  place: number,
  ref: (origin: number) => StatementRef,
): readonly Step[] => {
  const steps: Step[] = [] // local mutation: one for each removal
  for (const slot of slotsAt(table, place)) {
    const item = table.at(place)
    if (item === undefined || !slot.element.startsWith('Condition/')) continue
    const wider = withoutCondition(slot.name, item.statement)
    const covering = table.without(place, [item.statement])
    if (!prover.covered(wider, covering)) continue
    steps.push({
      _tag: 'RemovedCondition',
      statements: item.origins.map(ref),
      element: slot.element,
      by: table.refs(prover.reasons(wider, covering), item),
    })
    table.put(place, { ...item, statement: wider })
  }
  return steps
}

/**
 * Without the conditions and values that change nothing.
 *
 * @category combinators
 * @since 0.1.0
 */
export const removeParts = (
  prover: Prover,
  items: readonly Item[],
  ref: (origin: number) => StatementRef,
): State => {
  const table = desk(prover, items, ref)
  const steps = items.flatMap((_, place) => removeConditions(prover, table, place, ref))
  const values = items.flatMap((_, place) =>
    slotsAt(table, place)
      .filter((slot) => slot.values.length > 1)
      .flatMap((slot) => removeFromSlot(prover, table, place, slot, ref)),
  )
  return { items: table.items(), steps: [...steps, ...values] }
}
