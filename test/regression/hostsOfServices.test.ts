import { describe, expect, it } from 'vitest'
import { parseOrThrow } from '../../src/codec/index.js'
import { Request } from '../../src/model/index.js'
import { Simulator } from '../../src/simulator/index.js'
import { matchDocument, type PolicyJson } from '../oracle/statements.js'

const byName = (host: string): PolicyJson => ({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Deny',
    Action: 'dynamodb:GetItem',
    Resource: '*',
    Condition: { StringEquals: { 'aws:PrincipalServiceName': host } },
  },
})

describe('hosts of services, and of providers that look like them (PR-7, ST-4)', () => {
  it.each([
    ['lambda.amazonaws.com', 'Deny'],
    ['ec2.amazonaws.com.cn', 'Deny'],
    ['alexa-appkit.amazon.com', 'Deny'],
    ['la.amazon.com', 'Deny'],
    ['lambda.amazonaws.eu', 'Deny'],
    ['www.amazon.com', 'Silent'],
    ['cognito-identity.amazonaws.com', 'Silent'],
    ['accounts.google.com', 'Silent'],
  ])('say of %s the same in oracle and simulator', (host, expected) => {
    const json = { principal: host, action: 'dynamodb:GetItem', resource: 'arn:aws:iam:::a' }
    expect(matchDocument(byName(host), json)).toBe(expected)
    const meaning = Simulator.meaning(
      parseOrThrow(byName(host), 'identity'),
      false,
    )(Request.makeOrThrow(json))
    expect(meaning._tag).toBe(expected)
  })
})
