/** A residual is an answer within its budget, or says that there is none. */
import { describe, expect, it } from 'vitest'
import { residual } from '../../../src/algebra/residual.js'
import { isPublic } from '../../../src/algebra/isPublic.js'
import { parseOrThrow } from '../../../src/codec/document.js'
import { Caller, Environment } from '../../../src/model/index.js'

const statements = (effect: string, key: string, length: number, more: object = {}) =>
  Array.from({ length }, (_, i) => ({
    Effect: effect,
    Action: '*',
    Resource: '*',
    ...more,
    Condition: { StringEquals: { [`v:${key}${i}`]: 'x' }, StringLike: { [`v:${key}${i}y`]: 'y*' } },
  }))
const identity = (all: readonly object[]) =>
  parseOrThrow({ Version: '2012-10-17', Statement: all }, 'identity')
const resource = (all: readonly object[]) =>
  parseOrThrow({ Version: '2012-10-17', Statement: all }, 'resource')
const principal = Caller.parseOrThrow('arn:aws:iam::111122223333:role/node')

describe('what is left', () => {
  const environment = Environment.make({
    identityPolicies: [identity([...statements('Allow', 'a', 2), ...statements('Deny', 'b', 1)])],
    permissionsBoundary: identity(statements('Allow', 'c', 2)),
  })
  it.each([1, 5, 20])('is not told within %i steps', (budget) => {
    expect(residual(environment, { principal }, { budget })).toMatchObject({
      _tag: 'Undecided',
      reason: 'Budget',
    })
  })
  it('is told within many, way by way', () => {
    const found = residual(environment, { principal })
    expect(found._tag === 'When' && found.alternatives.length).toBe(32)
  })
})

describe('the conditions of a public grant', () => {
  const everybody = { Principal: '*' }
  const open = resource([...statements('Allow', 'a', 2, everybody), ...statements('Deny', 'b', 1, everybody)])
  it('are told, Deny by Deny', () => {
    const answer = isPublic(open)
    expect(answer._tag === 'Public' && answer.conditions?.length).toBe(4)
  })
})
