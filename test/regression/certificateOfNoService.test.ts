import { describe, expect, it } from 'vitest'
import { prove } from '../../src/algebra/certificate.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { skippedBy } from '../oracle/certificateChecker.js'
import type { PolicyJson } from '../oracle/statements.js'

const policy = (Action: string): PolicyJson => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: '*', Action },
    { Effect: 'Deny', Principal: { Service: 'ecr.amazonaws.COM' }, Action: '*' },
  ],
})

describe('a host that no service has, named as a service principal (PR-7)', () => {
  it('names nobody, for the library and for the checker of its certificates', () => {
    const [left, right] = [policy('s3:GetObject'), policy('*')]
    const { verdict, certificate } = prove(parseOrThrow(left, 'resource'), parseOrThrow(right, 'resource'))
    expect(verdict._tag).toBe('Yes')
    if (certificate === undefined || !('proofs' in certificate)) throw new Error('there is no certificate')
    expect(skippedBy(left, right, certificate)).toBe(undefined)
  })
})
