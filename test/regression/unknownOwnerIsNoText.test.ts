/**
 * Whose a request without a resource is, of a caller without an account, is not known: then aws:ResourceAccount is missing,
 * and no text, not even the empty one. It was taken for one that `*` matches, so that a proof held which a request refutes.
 */
import { describe, expect, it } from 'vitest'
import { compare, isNoBroader } from '../../src/algebra/compare.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { typedWorld } from '../../src/ecr/worlds.js'
import { Simulator } from '../../src/simulator/index.js'

const token = (test: object, Principal: unknown) =>
  parseOrThrow(
    {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal,
        Action: 'ecr:GetAuthorizationToken',
        Resource: '*',
        Condition: test,
      },
    },
    'resource',
  )
const of = (test: string, value: string, principal: unknown = '*') =>
  token({ [test]: { 'aws:ResourceAccount': value } }, principal)
const missing = of('Null', 'true')

describe('an owner that is not known', () => {
  it.each(['*', '', '**'])('is none that %j matches', (value) => {
    const verdict = isNoBroader(missing, of('StringLike', value), { world: typedWorld() })
    expect(verdict._tag).toBe('No')
    if (verdict._tag !== 'No') return
    expect(Simulator.meaning(missing)(verdict.witness)._tag).toBe('Grant')
    expect(Simulator.meaning(of('StringLike', value))(verdict.witness)._tag).toBe('Silent')
  })
  it('is one only where the caller has no account', () => {
    const role = { AWS: 'arn:aws:iam::111122223333:role/node' }
    const world = typedWorld()
    expect(compare(of('Null', 'true', role), of('StringLike', 'none', role), { world }).relation).toBe(
      'Equivalent',
    )
    expect(compare(of('Null', 'true'), of('StringLike', 'none'), { world }).relation).toBe('Broader')
  })
  it('leaves all that are known to `*`', () => {
    expect(compare(of('StringLike', '*'), of('Null', 'false')).relation).toBe('Equivalent')
    expect(compare(of('StringNotLike', '*'), missing).relation).toBe('Equivalent')
  })
})
