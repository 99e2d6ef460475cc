import { readFileSync } from 'node:fs'
import { Scenario } from 'ecr-policy'
import { describe, expect, it } from 'vitest'

interface Case {
  readonly id: string
  readonly topic: string
  readonly why: string
  readonly expect: string
}

const cases = JSON.parse(
  readFileSync(new URL('./decisions.json', import.meta.url), 'utf8'),
) as readonly Case[]

describe('every decision case is decided as AWS documents it', () => {
  it.each(cases.map((each) => [each.id, each.why, each] as const))('%s: %s', (_id, _why, each) => {
    expect(Scenario.run(Scenario.parseOrThrow(each)).outcome).toBe(each.expect)
  })
})
