/**
 * A grant under `StringEqualsIfExists` was taken for one that picks out its callers, as the question put to it was written in the
 * same operator and key. Whoever does not bring the key gets in (CO-I1, EX-40, PR-9).
 */
import { expect, it } from 'vitest'
import { parseOrThrow } from '../../src/codec/index.js'
import { lint } from '../../src/ecr/index.js'
import { lambda, pullPair } from './repositoryAccess.js'

const found = (principal: unknown, condition: object): readonly string[] =>
  lint(
    parseOrThrow(
      {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: principal, Action: pullPair, Condition: condition },
      },
      'ecr-repository',
    ),
    'ecr-repository',
  ).map(({ id }) => id)

const account = { 'aws:SourceAccount': '111122223333' }
const organization = { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }

it.each([
  ['StringEqualsIfExists', true],
  ['StringLikeIfExists', true],
  ['StringEqualsIgnoreCaseIfExists', true],
  ['StringEquals', false],
])('a service and everybody, held by %s', (operator, isOpen) => {
  expect(found({ Service: lambda }, { [operator]: account }).includes('service-without-source')).toBe(isOpen)
  expect(found('*', { [operator]: organization }).includes('everyone-allowed')).toBe(isOpen)
})

it('a service, held by both the lenient operators at once', () => {
  const both = { StringEqualsIfExists: account, StringLikeIfExists: account }
  expect(found({ Service: lambda }, both)).toContain('service-without-source')
})

it('an ARN that is demanded leaves nobody out who is not told', () => {
  const functions = { 'aws:SourceArn': 'arn:aws:lambda:eu-west-1:111122223333:function:*' }
  expect(found({ Service: lambda }, { ArnLike: functions, StringEqualsIfExists: account })).not.toContain(
    'service-without-source',
  )
})
