/**
 * Let `d` be a policy, `h` the same policy with a piece cut out, `least` and `most` its bounds, and `env(x)` an environment
 * in which `x` stands where `d` did:
 *
 *     allowed(env(least), r)  =>  allowed(env(d), r)  =>  allowed(env(most), r)
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../src/codec/index.js'
import { DocumentJson, type Document, type Environment } from '../../src/model/index.js'
import { identity, resource } from '../../src/interop/Bounded.js'
import { hole } from '../../src/interop/Hole.js'
import { Simulator } from '../../src/simulator/index.js'
import { arbitrary } from '../../src/testing/index.js'

const numRuns = process.env['ECR_POLICY_DEEP'] === '1' ? 200_000 : 400

type Json = DocumentJson.Json
type Path = readonly (string | number)[]

/** Every place of a value at which something may be cut out. */
const places = (value: Json, path: Path): readonly Path[] => {
  if (value === null || typeof value !== 'object') return [path]
  const below = Object.entries(value).flatMap(([key, item]) =>
    key === 'Version' || key === 'Id' ? [] : places(item, [...path, key]),
  )
  return path.length === 0 ? below : [path, ...below]
}

const cut = (value: Json, [key, ...rest]: Path, by: (piece: Json) => Json): Json => {
  if (key === undefined) return by(value)
  if (Array.isArray(value))
    return value.map((item: Json, i) => (String(i) === String(key) ? cut(item, rest, by) : item))
  return Object.fromEntries(
    Object.entries(value as DocumentJson.JsonObject).map(([name, item]) => [
      name,
      name === key ? cut(item, rest, by) : item,
    ]),
  )
}

/** A text loses a piece from its middle; anything else is lost as a whole. */
const holed =
  (from: number, to: number) =>
  (piece: Json): Json => {
    const gone = hole('UnresolvedReference', 'X')
    if (typeof piece !== 'string') return gone
    const [start, end] = [Math.floor(from * (piece.length + 1)), Math.floor(to * (piece.length + 1))].sort(
      (a, b) => a - b,
    )
    return `${piece.slice(0, start)}${gone}${piece.slice(end)}`
  }

interface Cut {
  readonly place: number
  readonly from: number
  readonly to: number
}

const cuts: fc.Arbitrary<Cut> = fc.record({
  place: fc.nat(),
  from: fc.double({ min: 0, max: 0.999, noNaN: true }),
  to: fc.double({ min: 0, max: 0.999, noNaN: true }),
})

const holedJson = (document: Document.Document, { place, from, to }: Cut): Json => {
  const json = DocumentJson.toJson(document)
  const all = places(json, [])
  return cut(json, all[place % all.length] ?? [], holed(from, to))
}

type Environments = Readonly<Record<'least' | 'true' | 'most', Environment.Environment>>

const bare = { name: '', pointer: '' }

/** The environments with one policy at its bounds: the first identity policy, or else the resource policy. */
const environmentsOf = (
  { environment }: Scenario,
  one: Cut,
  ofResource: boolean,
): Environments | undefined => {
  const [first, ...others] = environment.identityPolicies
  const { resourcePolicy } = environment
  if (ofResource && resourcePolicy !== undefined) {
    const { least, most } = resource('resource')({ ...bare, json: holedJson(resourcePolicy, one) })
    return {
      least: { ...environment, resourcePolicy: least },
      true: environment,
      most: { ...environment, resourcePolicy: most },
    }
  }
  if (first === undefined) return undefined
  const { least, most } = identity('identity')({ ...bare, json: holedJson(first, one) })
  const withFirst = (document: Document.IdentityDocument | undefined): Environment.Environment => ({
    ...environment,
    identityPolicies: document === undefined ? others : [document, ...others],
  })
  return { least: withFirst(least), true: environment, most: withFirst(most) }
}

describe('the bounds of a policy with holes', () => {
  it('hold between them whatever stands in the holes', () => {
    const seen = { none: 0, allowed: 0, refused: 0, sharpAllowed: 0, sharpRefused: 0 }
    fc.assert(
      fc.property(arbitrary.scenario(), cuts, fc.boolean(), (scenario, one, ofResource) => {
        const found = environmentsOf(scenario, one, ofResource)
        if (found === undefined) {
          seen.none += 1
          return
        }
        const [atWorst, truly, atBest] = [found.least, found.true, found.most].map(
          (environment) => Simulator.decide(environment, scenario.request).outcome === 'Allowed',
        )
        seen[truly === true ? 'allowed' : 'refused'] += 1
        if (atWorst === true) seen.sharpAllowed += 1
        if (atBest === false) seen.sharpRefused += 1
        expect([atWorst === true && truly === false, truly === true && atBest === false]).toStrictEqual([
          false,
          false,
        ])
      }),
      { numRuns, seed: 20_261_122 },
    )
    // All of it would hold of bounds that never say anything: many answers must come out in spite of the holes.
    expect(seen.sharpAllowed / seen.allowed).toBeGreaterThan(0.2)
    expect(seen.sharpRefused / seen.refused).toBeGreaterThan(0.2)
  })
})
