/** What documents know of accounts: those they name, a pattern that tells more of them apart, and the partitions. */
import { describe, expect, it } from 'vitest'
import { accountsOf, fresh, refinement, type Accounts } from '../../../src/algebra/accounts.js'
import type { Box } from '../../../src/algebra/Box.js'
import type { Relation } from '../../../src/algebra/situations.js'
import type { Universe } from '../../../src/algebra/Universe.js'
import { parseOrThrow } from '../../../src/codec/document.js'
import { StringSet } from '../../../src/pattern/index.js'

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
    ['none in one that begins with digits, either', account('StringLike', '1*x'), []],
    ['none in a test whether there is one', account('Null', 'true'), []],
    ['none in another key', { Condition: { StringLike: { 'v:k': '*:1111*' } } }, []],
    ['that of a pattern with all its digits', text('*:111122223333:role/*'), ['111122223333']],
    [
      'one for each of several',
      resource('arn:aws:ecr:*:111122223333:444455556666'),
      ['111122223333', '444455556666'],
    ],
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
    ['digits of a name after an account of any', text('*:role/2024*')],
    ['digits before letters', text('*12a:role/*')],
    ['digits that begin what is no ARN', text('1234*')],
    ['digits that begin what is no ARN, of many parts', text('1234:a:b:c:d*')],
    ['digits that end what is no ARN', text('*:1234')],
    ['letters before digits', text('*:a12*')],
    ['more digits than an account has', text('*:1234567890123*')],
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

describe('caller and resource', () => {
  const [named, free, other, stranger] = ['111122223333', '444455556666', '999988887777', '888877776666']
  const everyone = [named, free, other, stranger]
  const accounts = (cut: string | undefined): Accounts => ({
    named: [named],
    cut,
    partitions: ['aws', 'aws-cn'],
  })

  const callers = everyone.flatMap((account) => [
    { word: `user:aws:${account}:/:a`, account, partition: 'aws' },
    { word: `root:aws-cn:${account}`, account, partition: 'aws-cn' },
    { word: `fed:aws:${account}:a`, account, partition: 'aws' },
    { word: `role:aws-cn:${account}:/:a:s`, account, partition: 'aws-cn' },
    { word: `fed:aws-iso:${account}:a`, account, partition: 'aws-iso' },
  ])
  const resources = [
    ...everyone.flatMap((owner) => [
      { word: `-:arn:aws:ecr:r:${owner}:a`, owner, partition: 'aws' },
      { word: `${owner}:arn:aws-cn:s3:::a`, owner, partition: 'aws-cn' },
    ]),
    { word: ':arn:aws:s3:::a', owner: undefined, partition: 'aws' },
  ]

  /** Each box tells of callers or resources which words it has. */
  const told = (at: number) => (set: StringSet.StringSet) =>
    ({ sets: new Map([[at, set]]) }) as unknown as Box
  const universe = { callers: told(0), resources: told(1) } as unknown as Universe
  const has = ({ sets }: Box, point: readonly string[]): boolean =>
    Array.from(sets as unknown as ReadonlyMap<number, StringSet.StringSet>).every(([at, set]) =>
      StringSet.contains(set)(point[at] ?? ''),
    )
  const pairs = (cut: string | undefined, relations: readonly Relation[]): readonly string[] => {
    const alternatives = refinement(universe, accounts(cut))(relations)
    return callers.flatMap(({ word: caller }) =>
      resources.flatMap(({ word: resource }) =>
        alternatives?.some((boxes) => boxes.every((box) => has(box, [caller, resource]))) === true
          ? [`${caller} ${resource}`]
          : [],
      ),
    )
  }
  const pairsWhere = (test: (account: string, owner: string | undefined) => boolean): readonly string[] =>
    callers.flatMap((caller) =>
      resources.flatMap((resource) =>
        caller.partition === resource.partition && test(caller.account, resource.owner)
          ? [`${caller.word} ${resource.word}`]
          : [],
      ),
    )
  const isKnown = (account: string): boolean => account === named || account === free

  it('of one account are those of a named account, or of one that stands for the others', () => {
    expect(pairs(undefined, ['SameAccount'])).toEqual(
      pairsWhere((account, owner) => owner === account && isKnown(account)),
    )
  })
  it('of two accounts are those of such a caller and whatever his account does not own', () => {
    expect(pairs(undefined, ['CrossAccount'])).toEqual(
      pairsWhere((account, owner) => owner !== account && isKnown(account)),
    )
  })
  it('of either relation are those of one and those of the other', () => {
    expect(pairs(undefined, ['SameAccount', 'CrossAccount'])).toEqual(pairsWhere(isKnown))
  })
  it('of accounts that a pattern may tell apart by their digits are all that may be meant', () => {
    expect(pairs('1*', ['SameAccount'])).toEqual(
      pairsWhere((account, owner) => (account === named ? owner === named : owner !== named)),
    )
    expect(pairs('1*', ['CrossAccount'])).toEqual(
      pairsWhere((account, owner) => account !== named || owner !== named),
    )
  })
  it('of two partitions, or where nobody asks how they stand, are any', () => {
    for (const relation of ['CrossPartition', 'Free'] as const)
      expect(refinement(universe, accounts(undefined))(['SameAccount', relation])).toBeUndefined()
  })
})
