/** Numbers that look random and are made from a seed and the number of an input, so that any input can be had again. */

export interface Random {
  /** At least 0, less than `below`. */
  readonly int: (below: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <A>(items: readonly A[]) => A
  readonly list: <A>(most: number, make: () => A) => readonly A[]
}

const UNIT = 0x1_0000_0000

/** Mulberry32. */
const stream = (from: number): (() => number) => {
  let state = from | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UNIT
  }
}

export const random = (seed: number, input: number): Random => {
  const next = stream(Math.imul(seed, 0x9e3779b1) ^ Math.imul(input + 1, 0x85ebca6b))
  const int = (below: number): number => Math.floor(next() * below)
  const pick = <A>(items: readonly A[]): A => {
    const item = items[int(items.length)]
    if (item === undefined && items.length === 0) throw new Error('nothing to pick from')
    return item as A
  }
  return {
    int,
    pick,
    chance: (probability) => next() < probability,
    list: (most, make) => Array.from({ length: int(most + 1) }, make),
  }
}
