/**
 * A `Trie` holds many globs, each tagged with the numbers of the sets it belongs to, so that all are walked at once.
 *
 * It is a nondeterministic automaton: a node is a place in every glob that starts with the path to it. An unbounded and a
 * bounded run are separate children with a loop of their own; they are entered without reading a letter.
 *
 * INVARIANT: nodes are numbered in preorder, so the nodes below `u` are those up to `last[u]`.
 *
 * @since 0.1.0
 */
/* eslint-disable functional/prefer-readonly-type, house/immutable-data -- work lists are passed between the functions of one pass and never leave it */
import { caseVariants, fold, separatorCode } from './CodePoint.js'
import { gapKind, unitKind } from './Units.js'
import type { Units } from './Units.js'

// ---- model ----

/**
 * A glob and the sets it belongs to.
 *
 * @category model
 * @since 0.1.0
 */
export interface Entry {
  readonly units: Units
  readonly tag: number
}

/**
 * The columns of the automaton, one row a node; `-1` is no node.
 *
 * `accept` and `reach` hold `width` words a node: the sets of the globs that end at the node, or at or below it.
 * `last[u]` is the last node below `u`, `u` itself for a leaf. `top[u]` is the highest node above `u` from which every glob passes through `u`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Trie {
  readonly size: number
  readonly width: number
  readonly loop: Uint8Array
  readonly top: Int32Array
  readonly last: Int32Array
  readonly silent: Uint8Array
  readonly any: Int32Array
  readonly within: Int32Array
  readonly runAny: Int32Array
  readonly runWithin: Int32Array
  readonly exactFrom: Int32Array
  readonly foldedFrom: Int32Array
  readonly exactCodes: Int32Array
  readonly exactTo: Int32Array
  readonly foldedCodes: Int32Array
  readonly foldedTo: Int32Array
  readonly accept: Uint32Array
  readonly reach: Uint32Array
}

// ---- constructors ----

// An edge is its kind and its letter in one number; runs come last.
const edgeRunWithin = 4
const edgeRunAny = 5
const edgeOf = (kind: number, code: number): number => kind * 0x200000 + code
const kindOf = (edge: number): number => Math.floor(edge / 0x200000)

interface Draft {
  readonly parent: Array<number>
  readonly edge: Array<number>
  readonly ends: Map<number, Array<number>>
}

const draft = (entries: ReadonlyArray<Entry>): Draft => {
  const parent = [-1] // local mutation: rows appended as paths are entered
  const edge = [0]
  const children = new Map<number, number>()
  const ends = new Map<number, Array<number>>()
  const child = (node: number, via: number): number => {
    const key = node * 0x1000000 + via
    const known = children.get(key)
    if (known !== undefined) return known
    children.set(key, parent.length)
    parent.push(node)
    edge.push(via)
    return parent.length - 1
  }
  for (const { units, tag } of entries) {
    let node = 0
    for (let i = 0; i <= units.kinds.length; i++) {
      const gap = units.gaps[i]
      if (gap !== gapKind.none)
        node = child(node, edgeOf(gap === gapKind.any ? edgeRunAny : edgeRunWithin, 0))
      if (i < units.kinds.length) node = child(node, edgeOf(units.kinds[i] ?? 0, units.codes[i] ?? 0))
    }
    const tags = ends.get(node)
    if (tags === undefined) ends.set(node, [tag])
    else tags.push(tag)
  }
  return { parent, edge, ends }
}

// Preorder numbers, children by rising edge: `order[k]` is the draft node that becomes node `k`.
const preorder = ({ parent, edge }: Draft): Int32Array => {
  const byEdge = parent.map((_, node) => node).sort((x, y) => (edge[x] ?? 0) - (edge[y] ?? 0))
  const next = new Int32Array(parent.length).fill(-1) // local mutation: sibling lists, then a stack
  const first = new Int32Array(parent.length).fill(-1)
  for (const node of byEdge) {
    const above = parent[node] ?? -1
    if (above < 0) continue
    next[node] = first[above] ?? -1
    first[above] = node
  }
  const order = new Int32Array(parent.length)
  const stack = [0]
  for (let k = 0; stack.length > 0; k++) {
    const node = stack.pop() ?? 0
    order[k] = node
    // Sibling lists run from the greatest edge down, so the smallest is popped first.
    for (let child = first[node] ?? -1; child >= 0; child = next[child] ?? -1) stack.push(child)
  }
  return order
}

interface Wiring {
  readonly above: Int32Array
  readonly via: Int32Array
}

const wire = (from: Draft, order: Int32Array): Wiring => {
  const renumbered = new Int32Array(order.length) // local mutation: the inverse of `order`
  order.forEach((old, node) => {
    renumbered[old] = node
  })
  const above = order.map((old) => renumbered[from.parent[old] ?? 0] ?? 0) // that of the root is not looked at
  return { above, via: order.map((old) => from.edge[old] ?? 0) }
}

// The labelled edges of one kind, row by row. Children come in preorder, so a counting pass keeps them sorted by letter.
// eslint-disable-next-line complexity -- the `?? 0` of checked indexing counts as branches
const labelled = ({ above, via }: Wiring, kind: number) => {
  const from = new Int32Array(above.length + 1) // local mutation: row starts, then the rows
  for (let node = 1; node < above.length; node++) {
    if (kindOf(via[node] ?? 0) === kind)
      from[(above[node] ?? 0) + 1] = (from[(above[node] ?? 0) + 1] ?? 0) + 1
  }
  for (let node = 0; node < above.length; node++) from[node + 1] = (from[node + 1] ?? 0) + (from[node] ?? 0)
  const fill = from.slice()
  const codes = new Int32Array(from[above.length] ?? 0)
  const to = new Int32Array(codes.length)
  for (let node = 1; node < above.length; node++) {
    if (kindOf(via[node] ?? 0) !== kind) continue
    const row = above[node] ?? 0
    const at = fill[row] ?? 0
    codes[at] = (via[node] ?? 0) - edgeOf(kind, 0)
    to[at] = node
    fill[row] = at + 1
  }
  return { from, codes, to }
}

const single = ({ above, via }: Wiring, kind: number): Int32Array => {
  const to = new Int32Array(above.length).fill(-1) // local mutation: one column
  for (let node = 1; node < above.length; node++)
    if (kindOf(via[node] ?? 0) === kind) to[above[node] ?? 0] = node
  return to
}

const tagColumns = (from: Draft, order: Int32Array, above: Int32Array, width: number) => {
  const accept = new Uint32Array(order.length * width) // local mutation: two columns, filled bottom up
  order.forEach((old, node) => {
    for (const tag of from.ends.get(old) ?? []) {
      const word = node * width + (tag >>> 5)
      accept[word] = (accept[word] ?? 0) | (1 << (tag & 31))
    }
  })
  const reach = accept.slice()
  for (let node = order.length - 1; node > 0; node--) {
    const row = (above[node] ?? 0) * width
    for (let i = 0; i < width; i++) reach[row + i] = (reach[row + i] ?? 0) | (reach[node * width + i] ?? 0)
  }
  return { accept, reach }
}

const topColumn = (from: Draft, order: Int32Array, above: Int32Array): Int32Array => {
  const leaves = order.map((old) => (from.ends.has(old) ? 1 : 0)) // local mutation: sums from below, then tops from above
  for (let node = order.length - 1; node > 0; node--) {
    leaves[above[node] ?? 0] = (leaves[above[node] ?? 0] ?? 0) + (leaves[node] ?? 0)
  }
  const top = new Int32Array(order.length)
  for (let node = 1; node < order.length; node++) {
    const parent = above[node] ?? 0
    top[node] = leaves[parent] === leaves[node] ? (top[parent] ?? 0) : node
  }
  return top
}

const lastColumn = (above: Int32Array): Int32Array => {
  const last = above.map((_, node) => node) // local mutation: filled bottom up
  for (let node = above.length - 1; node > 0; node--) {
    const parent = above[node] ?? 0
    last[parent] = Math.max(last[parent] ?? 0, last[node] ?? 0)
  }
  return last
}

/**
 * The trie of these globs; `tags` is one more than the greatest tag.
 *
 * **Cost** linear in the letters of the globs, but for sorting.
 *
 * @category constructors
 * @since 0.1.0
 */
export const build = (entries: ReadonlyArray<Entry>, tags: number): Trie => {
  const from = draft(entries)
  const order = preorder(from)
  const wiring = wire(from, order)
  const width = Math.max(1, (tags + 31) >>> 5)
  const exact = labelled(wiring, unitKind.exact)
  const folded = labelled(wiring, unitKind.folded)
  const any = single(wiring, unitKind.any)
  const within = single(wiring, unitKind.within)
  const silent = Uint8Array.from(order, (old, node) => {
    const reading = exact.from[node + 1] !== exact.from[node] || folded.from[node + 1] !== folded.from[node]
    return reading || any[node] !== -1 || within[node] !== -1 || from.ends.has(old) ? 0 : 1
  })
  const loop = Uint8Array.from(wiring.via, (via) =>
    kindOf(via) === edgeRunAny ? gapKind.any : kindOf(via) === edgeRunWithin ? gapKind.within : gapKind.none,
  )
  return {
    size: order.length,
    width,
    loop,
    silent,
    top: topColumn(from, order, wiring.above),
    last: lastColumn(wiring.above),
    any,
    within,
    runAny: single(wiring, edgeRunAny),
    runWithin: single(wiring, edgeRunWithin),
    exactFrom: exact.from,
    exactCodes: exact.codes,
    exactTo: exact.to,
    foldedFrom: folded.from,
    foldedCodes: folded.codes,
    foldedTo: folded.to,
    ...tagColumns(from, order, wiring.above, width),
  }
}

// ---- evaluation ----

/**
 * Collects nodes without repetition. It belongs to one trie and is emptied by `take`, so it is never shared by two walks
 * at once.
 *
 * @category model
 * @since 0.1.0
 */
export interface Gatherer {
  /** Adds a node and the runs that are entered from it without reading. */
  readonly enter: (node: number) => void
  /** Adds a node as it is. */
  readonly keep: (node: number) => void
  /** The nodes collected, in rising order, less those that a later run makes idle; the gatherer is empty afterwards. */
  readonly take: () => ReadonlyArray<number>
}

// Drops the nodes whose globs all pass through an unbounded run further on that is reached, too: it matches no less.
const thin = (trie: Trie, nodes: Array<number>): ReadonlyArray<number> => {
  nodes.sort((x, y) => x - y)
  const kept: Array<number> = [] // local mutation: filled from the right
  let lowest = Infinity
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i] ?? 0
    if (node >= lowest) continue
    if (trie.loop[node] === gapKind.any) lowest = trie.top[node] ?? node
    kept.push(node)
  }
  return kept.reverse()
}

/**
 * An empty gatherer for the nodes of a trie.
 *
 * @category constructors
 * @since 0.1.0
 */
export const gatherer = (trie: Trie): Gatherer => {
  const seen = new Int32Array(trie.size) // local mutation: the round in which a node was last added
  let round = 1
  let nodes: Array<number> = []
  const keep = (node: number): void => {
    if (node < 0 || seen[node] === round) return
    seen[node] = round
    nodes.push(node)
  }
  const enter = (node: number): void => {
    if (node < 0) return
    if (trie.silent[node] !== 1) keep(node)
    keep(trie.runAny[node] ?? -1)
    keep(trie.runWithin[node] ?? -1)
  }
  const take = (): ReadonlyArray<number> => {
    const taken = nodes.length < 2 ? nodes : thin(trie, nodes)
    nodes = []
    round++
    return taken
  }
  return { enter, keep, take }
}

const edgeTo = (codes: Int32Array, to: Int32Array, from: number, end: number, code: number): number => {
  let low = from // local mutation: binary search
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((codes[middle] ?? 0) < code) low = middle + 1
    else high = middle
  }
  return low < end && codes[low] === code ? (to[low] ?? -1) : -1
}

const exactChild = (trie: Trie, node: number, code: number): number =>
  edgeTo(trie.exactCodes, trie.exactTo, trie.exactFrom[node] ?? 0, trie.exactFrom[node + 1] ?? 0, code)

const foldedChild = (trie: Trie, node: number, folded: number): number =>
  edgeTo(trie.foldedCodes, trie.foldedTo, trie.foldedFrom[node] ?? 0, trie.foldedFrom[node + 1] ?? 0, folded)

const gatherWild = (trie: Trie, into: Gatherer, node: number, separates: boolean): void => {
  const loop = trie.loop[node]
  if (loop === gapKind.any || (loop === gapKind.within && !separates)) into.keep(node)
  into.enter(trie.any[node] ?? -1)
  if (!separates) into.enter(trie.within[node] ?? -1)
}

/**
 * The nodes that one letter leads to.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const step = (
  trie: Trie,
  into: Gatherer,
  nodes: ReadonlyArray<number>,
  code: number,
): ReadonlyArray<number> => {
  const folded = fold(code)
  for (const node of nodes) {
    gatherWild(trie, into, node, code === separatorCode)
    into.enter(exactChild(trie, node, code))
    into.enter(foldedChild(trie, node, folded))
  }
  return into.take()
}

/**
 * The nodes where a walk starts.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const start = (into: Gatherer): ReadonlyArray<number> => {
  into.enter(0)
  return into.take()
}

/**
 * The nodes that are reached whichever letter the unit reads: a lower bound, each by one and the same path.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const stepSurely = (
  trie: Trie,
  into: Gatherer,
  nodes: ReadonlyArray<number>,
  kind: number,
  code: number,
): ReadonlyArray<number> => {
  if (kind === unitKind.exact) return step(trie, into, nodes, code)
  for (const node of nodes) {
    gatherWild(trie, into, node, kind === unitKind.any)
    if (kind === unitKind.folded) into.enter(foldedChild(trie, node, code))
  }
  return into.take()
}

/**
 * The nodes that stay reached whatever the gap skips.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const skipSurely = (trie: Trie, nodes: ReadonlyArray<number>, gap: number): ReadonlyArray<number> =>
  gap === gapKind.none ? nodes : nodes.filter((node) => (trie.loop[node] ?? 0) >= gap)

/**
 * The nodes that are reached by some letter that an exact or folded unit reads.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const stepPossibly = (
  trie: Trie,
  into: Gatherer,
  nodes: ReadonlyArray<number>,
  kind: number,
  code: number,
): ReadonlyArray<number> => {
  if (kind === unitKind.exact) return step(trie, into, nodes, code)
  const variants = caseVariants(code)
  for (const node of nodes) {
    gatherWild(trie, into, node, false)
    into.enter(foldedChild(trie, node, code))
    for (const variant of variants) into.enter(exactChild(trie, node, variant))
  }
  return into.take()
}
