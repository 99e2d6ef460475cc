/** The codec against the table of valid and invalid policies, whose answers were derived from AWS's documents by hand. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { parse, parseOrThrow, renderErrors } from '../../src/codec/index.js'
import { toJson } from '../../src/model/DocumentJson.js'
import type { PolicyKind } from '../../src/model/index.js'
import table from './validity.json' with { type: 'json' }

interface Case {
  readonly id: string
  readonly kind: PolicyKind.PolicyKind
  readonly policy: unknown
  readonly valid: boolean
  readonly why: string
}

const cases = table as unknown as readonly Case[]
const verdict = (input: unknown, kind: PolicyKind.PolicyKind): string => {
  const result = parse(input, kind)
  return E.isRight(result) ? 'valid' : renderErrors(result.left)
}

describe('the codec accepts and refuses what the table of policies says', () => {
  it.each(cases)('$id ($kind): $why', ({ kind, policy, valid }) => {
    const found = verdict(policy, kind)
    expect(found === 'valid').toBe(valid)
    if (typeof policy !== 'string') expect(verdict(JSON.stringify(policy), kind) === 'valid').toBe(valid)
  })
})

describe('every valid policy of the table', () => {
  it.each(cases.filter((one) => one.valid))(
    '$id is read back from its canonical form',
    ({ kind, policy }) => {
      const document = parseOrThrow(policy, kind)
      expect(parseOrThrow(toJson(document), kind)).toStrictEqual(document)
    },
  )
})

describe('the table of policies', () => {
  it('holds both verdicts, under distinct ids', () => {
    expect(new Set(cases.map((one) => one.id)).size).toBe(cases.length)
    expect(cases.filter((one) => one.valid).length).toBeGreaterThan(15)
    expect(cases.filter((one) => !one.valid).length).toBeGreaterThan(15)
  })
})
