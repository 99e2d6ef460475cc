import { describe, expect, it } from 'vitest'
import { parseOrThrow } from '../../src/codec/index.js'
import { Request } from '../../src/model/index.js'
import { Simulator } from '../../src/simulator/index.js'
import { matchDocument, type PolicyJson } from '../oracle/statements.js'

const policy: PolicyJson = {
  Version: '2012-10-17',
  Statement: { Effect: 'Deny', NotPrincipal: '*', Action: 'ecr:PutImage', Resource: '*' },
}

describe('a permissions boundary in the face of callers who can have none (PR-8, PR-11)', () => {
  it.each([
    ['a service', 'lambda.amazonaws.com', 'Silent'],
    ['the root user', 'arn:aws:iam::111122223333:root', 'Silent'],
    ['a user, who can', 'arn:aws:iam::111122223333:user/alice', 'Deny'],
  ])('says of %s the same in oracle and simulator', (_who, principal, expected) => {
    const json = { principal, action: 'ecr:PutImage', resource: '*' }
    expect(matchDocument(policy, json, { boundarySet: true })).toBe(expected)
    const meaning = Simulator.meaning(parseOrThrow(policy, 'resource'), true)(Request.makeOrThrow(json))
    expect(meaning._tag).toBe(expected)
  })
})
