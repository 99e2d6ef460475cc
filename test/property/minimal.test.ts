/**
 * How near to the smallest document `minimize` comes, where the smallest can be found by trying all: a few actions and
 * resources, and every document of at most two statements, or of as many as there were, that uses the values at hand.
 */
import { describe, expect, it } from 'vitest'
import { minimize } from '../../src/algebra/minimize.js'
import { parseOrThrow } from '../../src/codec/document.js'
import { size } from '../../src/model/DocumentJson.js'
import { dice } from './smallUniverse.js'

const RUNS = process.env['ECR_POLICY_DEEP'] === undefined ? 150 : 3000

// Bits 0 to 2 are three actions, of which the last is named by the wildcard only; the same for three resources.
const actions = [
  { text: 's:a', bits: 0b001 },
  { text: 's:b', bits: 0b010 },
  { text: 's:*', bits: 0b111 },
]
const resources = [
  { text: 'arn:aws:s:::a', bits: 0b001 },
  { text: 'arn:aws:s:::b', bits: 0b010 },
  { text: 'arn:aws:s:::*', bits: 0b111 },
]
type Value = (typeof actions)[number]

const subsets = (values: readonly Value[]): readonly (readonly Value[])[] =>
  Array.from({ length: 2 ** values.length - 1 }, (_, i) => values.filter((__, bit) => ((i + 1) >> bit) & 1))

const grid = (a: readonly Value[], r: readonly Value[]): number => {
  const of = (values: readonly Value[]): number => values.reduce((bits, each) => bits | each.bits, 0)
  return [0, 1, 2].reduce((bits, i) => ((of(a) >> i) & 1 ? bits | (of(r) << (3 * i)) : bits), 0)
}

const texts = (values: readonly Value[]): string | readonly string[] => {
  const [first, ...rest] = values.map(({ text }) => text)
  return first === undefined || rest.length > 0 ? [first ?? '', ...rest] : first
}

const statementsOver = (as: readonly Value[], rs: readonly Value[]) =>
  (['Allow', 'Deny'] as const).flatMap((Effect) =>
    subsets(as).flatMap((a) =>
      subsets(rs).map((r) => {
        const json = { Effect, Action: texts(a), Resource: texts(r) }
        return {
          json,
          a,
          r,
          isDeny: Effect === 'Deny',
          bits: grid(a, r),
          length: JSON.stringify(json).length,
        }
      }),
    ),
  )
type Candidate = ReturnType<typeof statementsOver>[number]

/** What is denied, and what is allowed and not denied. */
const meaning = (statements: readonly Candidate[]): number => {
  const bits = (isDeny: boolean) =>
    statements.reduce((all, each) => (each.isDeny === isDeny ? all | each.bits : all), 0)
  return (bits(true) << 9) | (bits(false) & ~bits(true))
}

const least = (input: readonly Candidate[]): { readonly count: number; readonly characters: number } => {
  const used = (pick: (each: Candidate) => readonly Value[], all: readonly Value[]) =>
    all.filter((value) => input.some((each) => pick(each).includes(value)))
  const all = statementsOver(
    used(({ a }) => a, actions),
    used(({ r }) => r, resources),
  )
  const wanted = meaning(input)
  const shortest = (found: readonly (readonly Candidate[])[]): number =>
    found.reduce(
      (least, each) =>
        Math.min(
          least,
          each.reduce((sum, { length }) => sum + length + 1, -1),
        ),
      Infinity,
    )
  const same = (each: readonly Candidate[]): boolean => meaning(each) === wanted
  const one = all.map((each) => [each]).filter(same)
  if (one.length > 0) return { count: 1, characters: shortest(one) }
  const two = all.flatMap((x, i) => all.slice(i + 1).map((y) => [x, y])).filter(same)
  if (two.length > 0) return { count: 2, characters: shortest(two) }
  return { count: 3, characters: Infinity }
}

const frame = '{"Version":"2012-10-17","Statement":[]}'.length

describe('minimize, beside the smallest document there is', () => {
  it('has as few statements and characters, of documents of two and three statements', () => {
    const roll = dice(11)
    const all = statementsOver(actions, resources)
    const seen = { all: 0, fewest: 0, shortest: 0 }
    for (let run = 0; run < RUNS; run++) {
      const input = Array.from({ length: 2 + roll(2) }, () => all[roll(all.length)]).flatMap(
        (each) => each ?? [],
      )
      const best = least(input)
      const { document } = minimize(
        parseOrThrow({ Version: '2012-10-17', Statement: input.map(({ json }) => json) }, 'identity'),
      )
      seen.all++
      if (document.statements.length <= best.count) seen.fewest++
      if (document.statements.length <= best.count && size(document) - frame <= best.characters)
        seen.shortest++
      else if (process.env['ECR_POLICY_SHOW'])
        console.log(JSON.stringify(input.map(({ json }) => json)), best, JSON.stringify(document.statements))
    }
    if (process.env['ECR_POLICY_SHOW'] !== undefined) console.log(seen)
    expect(seen.fewest).toBe(seen.all)
    expect(seen.shortest).toBe(seen.all)
  })
})
