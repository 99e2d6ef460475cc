/**
 * The joining half of minimization. Two statements that differ in the values of one additive slot only are together one
 * statement with the values of both: that is exact by construction, since statements are boxes. Anything else that looks
 * alike is joined only when a proof says that nothing is gained.
 *
 * @since 0.1.0
 */
import type { Statement } from '../model/index.js'
import { isBetter, measure, together, type Item } from './minimizeSteps.js'
import { compareText, join, keep, keyOf, slots, type Slot, type SlotName } from './rewriteForm.js'
import { others, type Prover } from './rewriteProver.js'

// ---- exact by construction ----

type Kind = 'Action' | 'Resource' | 'Principal' | 'Condition'

const kindOf = (name: SlotName): Kind =>
  name === 'Action' || name === 'Resource' || name === 'Principal' ? name : 'Condition'

const additiveNames = (items: readonly Item[], kind: Kind): readonly SlotName[] =>
  Array.from(
    new Set(
      items.flatMap(({ statement }) =>
        slots(statement).flatMap(({ name, additive }) => (additive && kindOf(name) === kind ? [name] : [])),
      ),
    ),
  ).sort(compareText)

const hasSlot = (statement: Statement.Statement, name: SlotName): boolean =>
  slots(statement).some((slot) => slot.name === name && slot.additive)

/** Items equal but for one additive slot become one. */
const mergeSlot =
  (name: SlotName) =>
  (items: readonly Item[]): readonly Item[] => {
    const groups = new Map<string, Item[]>() // local mutation: in order of appearance
    items.forEach((item, i) => {
      const key = hasSlot(item.statement, name) ? keyOf(item.statement, name) : `#${i}`
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [item])
      else group.push(item)
    })
    return Array.from(groups.values()).flatMap((group) => {
      const [first, ...rest] = group
      if (first === undefined || rest.length === 0) return group
      const merged = join(
        name,
        rest.map(({ statement }) => statement),
      )(first.statement)
      return merged === undefined ? group : [together(merged, group)]
    })
  }

const mergeKind =
  (kind: Kind) =>
  (items: readonly Item[]): readonly Item[] =>
    additiveNames(items, kind).reduce((done, name) => mergeSlot(name)(done), items)

/** Every round leaves fewer statements, so there are at most as many rounds as statements. */
const mergeAll =
  (order: readonly Kind[]) =>
  (items: readonly Item[]): readonly Item[] => {
    let now = equalOnce(items) // local mutation: until nothing merges
    for (;;) {
      const next = order.reduce((done, kind) => mergeKind(kind)(done), now)
      if (next.length === now.length) return next
      now = next
    }
  }

/** Equal statements, Sids aside, are one. */
const equalOnce = (items: readonly Item[]): readonly Item[] => {
  const groups = new Map<string, Item[]>() // local mutation: in order of appearance
  for (const item of items) {
    const key = keyOf(item.statement)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return Array.from(groups.values()).flatMap((group) => {
    const [first] = group
    return first === undefined ? [] : [group.length === 1 ? first : together(first.statement, group)]
  })
}

// ---- shared out anew ----

/** Pieces that statements are taken apart into when another way of sharing them out is looked for. */
const MOST_PIECES = 600

const explode = (items: readonly Item[], kind: Kind): readonly Item[] | undefined => {
  const pieces = items.flatMap((item) =>
    slots(item.statement)
      .filter((slot) => slot.additive && kindOf(slot.name) === kind)
      .reduce<readonly Item[]>((parts, slot) => parts.flatMap((part) => single(part, slot)), [item]),
  )
  return pieces.length > MOST_PIECES ? undefined : pieces
}

const single = (item: Item, slot: Slot): readonly Item[] =>
  slot.values.length < 2
    ? [item]
    : slot.values.flatMap((value) => {
        const statement = keep(slot.name, (each) => each === value)(item.statement)
        return statement === undefined ? [] : [{ ...item, statement }]
      })

const orders: readonly (readonly Kind[])[] = [
  ['Action', 'Resource', 'Principal', 'Condition'],
  ['Resource', 'Action', 'Principal', 'Condition'],
  ['Principal', 'Action', 'Resource', 'Condition'],
  ['Principal', 'Resource', 'Action', 'Condition'],
  ['Action', 'Principal', 'Resource', 'Condition'],
  ['Resource', 'Principal', 'Action', 'Condition'],
  ['Condition', 'Action', 'Resource', 'Principal'],
  ['Condition', 'Resource', 'Action', 'Principal'],
  ['Condition', 'Principal', 'Resource', 'Action'],
]

const explosions: readonly (readonly Kind[])[] = [
  [],
  ['Action'],
  ['Resource'],
  ['Principal'],
  ['Condition'],
  ['Action', 'Resource'],
  ['Action', 'Principal'],
  ['Resource', 'Principal'],
  ['Action', 'Resource', 'Principal', 'Condition'],
]

/** Beyond so many statements, only the first few ways are tried. */
const MANY = 60

/**
 * The best of several ways of merging: by which element first, and whether statements are first taken apart.
 *
 * @category combinators
 * @since 0.1.0
 */
export const mergeStatements = (items: readonly Item[]): readonly Item[] => {
  const isMany = items.length > MANY
  const starts = isMany ? [items] : explosions.flatMap((kinds) => explodeAll(items, kinds))
  const ways = starts.flatMap((start) =>
    orders.slice(0, isMany ? 2 : orders.length).map((order) => mergeAll(order)(start)),
  )
  return ways.reduce(
    (best, way) => {
      if (way.length > best.items.length) return best
      const size = measure(way)
      return isBetter(size, best.size) ? { items: way, size } : best
    },
    { items, size: measure(items) },
  ).items
}

const explodeAll = (items: readonly Item[], kinds: readonly Kind[]): readonly (readonly Item[])[] => {
  const exploded = kinds.reduce<readonly Item[] | undefined>(
    (done, kind) => (done === undefined ? undefined : explode(done, kind)),
    items,
  )
  return exploded === undefined ? [] : [exploded]
}

// ---- with a proof ----

/** Pairs that are looked at for a join that needs a proof. */
const MOST_PAIRS = 20_000

const differing = (a: Statement.Statement, b: Statement.Statement): readonly Slot[] | undefined => {
  const [left, right] = [slots(a), slots(b)]
  if (a.effect !== b.effect || left.length !== right.length || a.resource._tag !== b.resource._tag)
    return undefined
  if (left.some((slot, i) => slot.name !== right[i]?.name || slot.element !== right[i].element))
    return undefined
  return left.filter((slot, i) => slot.values.join('\n') !== right[i]?.values.join('\n'))
}

/** One statement for two: all values of both, or for a list of exceptions those that both have. */
const hull = (a: Statement.Statement, b: Statement.Statement): Statement.Statement | undefined => {
  const differences = differing(a, b)
  if (differences === undefined || differences.length === 0 || differences.length > 3) return undefined
  return differences.reduce<Statement.Statement | undefined>((done, { name, additive }) => {
    if (done === undefined) return undefined
    if (additive) return join(name, [b])(done)
    const both = new Set(slots(b).find((slot) => slot.name === name)?.values ?? [])
    return keep(name, (value) => both.has(value))(done)
  }, a)
}

/**
 * Two statements become their hull where the statements of the document, all together, are proven to match the whole of
 * it already.
 *
 * @category combinators
 * @since 0.1.0
 */
export const mergeHulls = (prover: Prover, items: readonly Item[]): readonly Item[] => {
  const state: (Item | undefined)[] = [...items] // local mutation: items change place by place
  let pairs = 0 // local mutation: a bound on the work
  for (let i = 0; i < state.length; i++)
    for (let j = i + 1; j < state.length && pairs < MOST_PAIRS; j++) {
      const [a, b] = [state[i], state[j]]
      if (a === undefined) break
      if (b === undefined) continue
      pairs++
      const wide = hull(a.statement, b.statement)
      if (wide === undefined || !isSame(prover, state, wide, a.statement, b.statement)) continue
      state[i] = together(wide, [a, b])
      state[j] = undefined
    }
  return state.flatMap((item) => item ?? [])
}

const isSame = (
  prover: Prover,
  state: readonly (Item | undefined)[],
  wide: Statement.Statement,
  a: Statement.Statement,
  b: Statement.Statement,
): boolean => {
  const all = state.flatMap((item) =>
    item === undefined || (wide.effect === 'Deny' && item.statement.effect === 'Allow')
      ? []
      : [item.statement],
  )
  const within = others([wide])
  return prover.covered(wide, others(all)) && prover.covered(a, within) && prover.covered(b, within)
}
