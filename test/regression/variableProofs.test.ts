/**
 * A variable's value was taken for one letter where it is more: in complements, under any letter case, as twelve digits of
 * an account. Each pair was once answered Yes.
 */
import { describe, expect, it } from 'vitest'
import { isNoBroader } from '../../src/algebra/compare.js'
import { parseOrThrow } from '../../src/codec/index.js'

const identity = (...statements: readonly object[]) =>
  parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'identity')

const allow = (element: object) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...element })

const when = (operator: string, key: string, value: string) =>
  identity(allow({ Condition: { [operator]: { [key]: value } } }))

const notMine = { Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::${aws:username}/*' }

describe('what a variable may be is not left out', () => {
  it.each([
    [
      'a value may be a whole ARN (CO-R2)',
      when('ArnEquals', 'aws:SourceArn', '${v:k}'),
      identity(allow({ Action: 's3:PutObject' })),
    ],
    [
      'a value may be the very ARN that ArnNotEquals spares',
      when('StringLike', 'aws:SourceArn', '*'),
      when('ArnNotEquals', 'aws:SourceArn', '${v:x}'),
    ],
    [
      'a value may bring the colons that an ARN lacks',
      when('StringLike', 'aws:SourceArn', '*'),
      when('ArnNotLike', 'aws:SourceArn', '${v:x}:example'),
    ],
    [
      'or be the ARN of the caller',
      when('ArnLike', 'aws:PrincipalArn', '${v:k}'),
      identity(allow({ Action: 's3:PutObject' })),
    ],
    [
      'a value may be the very text that NotResource spares',
      identity(allow({ Resource: 'arn:aws:s3:::bucket/*' })),
      identity(notMine),
    ],
    [
      'a value under any letter case has spellings that the value itself has not',
      when('StringEqualsIgnoreCase', 'v:k', '${aws:PrincipalTag/x}'),
      when('StringEquals', 'v:k', '${aws:PrincipalTag/x}'),
    ],
    [
      'a value may be an account of the caller',
      when('StringEquals', 'aws:PrincipalAccount', '${aws:PrincipalTag/account}'),
      identity(allow({ Action: 's3:PutObject' })),
    ],
    [
      'a value may be the account of the resource',
      when('StringEquals', 'aws:ResourceAccount', '${aws:PrincipalAccount}'),
      identity(allow({ Action: 's3:PutObject' })),
    ],
  ])('%s', (_, left, right) => {
    expect(isNoBroader(left, right)._tag).toBe('No')
  })

  it('a value may reach over the path and the name of a user, so that no proof is claimed', () => {
    const left = when(
      'StringEquals',
      'aws:PrincipalArn',
      'arn:aws:iam::111122223333:user/${aws:PrincipalTag/x}',
    )
    expect(isNoBroader(left, when('StringEquals', 'aws:username', '${aws:PrincipalTag/x}'))._tag).not.toBe(
      'Yes',
    )
  })
})

describe('equal texts with variables are equal sets', () => {
  it.each([
    ['in NotResource', identity(notMine), identity({ ...notMine, Action: 's3:*' })],
    [
      'as the account of the resource',
      when('StringEquals', 'aws:ResourceAccount', '${aws:PrincipalAccount}'),
      identity(
        allow({
          Action: 's3:*',
          Condition: { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } },
        }),
      ),
    ],
    [
      'and a value is among its own spellings',
      when('StringEquals', 'v:k', '${aws:PrincipalTag/x}'),
      when('StringEqualsIgnoreCase', 'v:k', '${aws:PrincipalTag/x}'),
    ],
  ])('%s', (_, left, right) => {
    expect(isNoBroader(left, right)._tag).toBe('Yes')
  })
})
