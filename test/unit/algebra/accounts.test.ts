/** What documents know of accounts: those they name, a pattern that tells more of them apart, and the partitions. */
import { describe, expect, it } from 'vitest'
import { accountsOf, fresh, type Accounts } from '../../../src/algebra/accounts.js'
import { parseOrThrow } from '../../../src/codec/document.js'

const known = (fields: object): Accounts =>
  accountsOf([
    parseOrThrow(
      { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*', ...fields } },
      'identity',
    ),
  ])
const account = (operator: string, value: string): object => ({
  Condition: { [operator]: { 'aws:PrincipalAccount': value } },
})
const caller = (value: string): object => ({ Condition: { ArnLike: { 'aws:PrincipalArn': value } } })
const text = (value: string): object => ({ Condition: { StringLike: { 'aws:PrincipalArn': value } } })

const resource = (Resource: string): object => ({ Resource })

describe('the accounts that a document names', () => {
  it.each<[string, object, readonly string[]]>([
    ['none', {}, []],
    ['none in a pattern of all', account('StringLike', '*'), []],
    ['none in a pattern that no account matches', account('StringLike', '*x*'), []],
    ['that of a condition', account('StringEquals', '111122223333'), ['111122223333']],
    ['that of a resource', resource('arn:aws:ecr:eu-west-1:111122223333:repository/a'), ['111122223333']],
    ['that of a caller', caller('arn:aws:iam::111122223333:role/*'), ['111122223333']],
  ])('are %s', (_name, fields, named) => {
    const found = known(fields)
    expect(found.named).toEqual(named)
    expect(found.cut).toBeUndefined()
  })

  it.each<[string, object, readonly string[]]>([
    ['1111*', account('StringLike', '1111*'), ['111100000000', '111111111111']],
    ['*3333', account('StringLike', '*3333'), ['000000003333', '111111113333']],
    ['11112222333?', account('StringLike', '11112222333?'), ['111122223330', '111122223331']],
    ['9*9', account('StringLike', '9*9'), ['900000000009', '911111111119']],
    [
      'arn:aws:ecr:eu-west-1:1111*:repository/a',
      resource('arn:aws:ecr:eu-west-1:1111*:repository/a'),
      ['111100000000', '111111111111'],
    ],
    [
      'arn:aws:ecr:eu-west-1:*3333:repository/1*',
      resource('arn:aws:ecr:eu-west-1:*3333:repository/1*'),
      ['000000003333', '111111113333'],
    ],
    [
      'arn:aws:ecr:eu-west-1:1111*',
      resource('arn:aws:ecr:eu-west-1:1111*'),
      ['111100000000', '111111111111'],
    ],
    ['arn:aws:iam::1111*:role/a', caller('arn:aws:iam::1111*:role/a'), ['111100000000', '111111111111']],
    ['*:1111*:role/a', text('*:1111*:role/a'), []],
    ['*3333:role/a', text('*3333:role/a'), []],
    ['${v:a}', account('StringEquals', '${v:a}'), []],
    ['1111${v:a}', account('StringLike', '1111${v:a}'), []],
  ])('are two for each side of %s, which cuts those it does not name', (pattern, fields, named) => {
    const found = known(fields)
    expect(found.named).toEqual(named)
    expect(found.cut).toBe(pattern)
  })

  it.each([
    ['twelve letters of any kind', account('StringLike', '????????????')],
    ['any account', resource('arn:aws:ecr:*:*:repository/a')],
    ['digits that are no account', resource('arn:aws:s3:::a1*')],
    ['digits before the account', resource('arn:aws:ecr:1*:*:repository/a')],
    ['digits of a name', text('arn:aws:iam::*:role/2024*')],
  ])('are not cut by %s', (_name, fields) => {
    const found = known(fields)
    expect([found.named, found.cut]).toEqual([[], undefined])
  })
})

describe('the partitions that a document tells apart', () => {
  const all = ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f']
  it.each<[string, object, readonly string[]]>([
    ['none: one stands for all', {}, ['aws']],
    ['none, written as any', resource('arn:*:ecr:*:*:repository/a'), ['aws']],
    ['one, and another for the rest', resource('arn:aws:ecr:*:*:repository/a'), ['aws', 'aws-cn']],
    ['another one, and one for the rest', resource('arn:aws-cn:ecr:*:*:repository/a'), ['aws-cn', 'aws']],
    ['all, where a pattern is unclear', resource('arn:aws*:ecr:*:*:repository/a'), all],
    ['all, where a pattern may begin anywhere', text('*3333:role/a'), all],
  ])('are %s', (_name, fields, partitions) => {
    expect(known(fields).partitions).toEqual(partitions)
  })
})

describe('a fresh account', () => {
  it('is a readable one that is not named, or some other', () => {
    expect(fresh([])).toBe('111122223333')
    expect(fresh(['111122223333', '777788889999'])).toBe('444455556666')
    const taken = ['111122223333', '444455556666', '777788889999', '123456789012', '210987654321']
    expect(fresh([...taken])).toBe('100000000000')
    expect(fresh([...taken, '100000000000'])).toBe('100000000001')
  })
})
