/** The oracle against the table of decisions: every expected answer there was derived from AWS's documents by hand. */
import { describe, expect, it } from 'vitest'
import { decide } from '../oracle/decide.js'
import type { Outcome, ScenarioJson } from '../oracle/decide.js'
import decisions from './decisions.json' with { type: 'json' }

type Case = ScenarioJson & { readonly id: string; readonly why: string; readonly expect: Outcome }
const cases = decisions as unknown as readonly Case[]

describe('the oracle decides as the table of decisions says', () => {
  it.each(cases)('$id: $why', (one) => {
    expect(decide(one)).toBe(one.expect)
  })
})

describe('the table of decisions', () => {
  it('holds every outcome, under distinct ids', () => {
    expect(new Set(cases.map((one) => one.id)).size).toBe(cases.length)
    expect(new Set(cases.map((one) => one.expect)).size).toBe(3)
    expect(cases.length).toBeGreaterThanOrEqual(158)
  })
})
