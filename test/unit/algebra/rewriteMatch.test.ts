/** How a statement stands to another by their texts alone: it covers it, a request surely escapes it, or that is open. */
import { describe, expect, it } from 'vitest'
import { book as bookOf } from '../../../src/algebra/rewriteBook.js'
import { judge as judgeOf } from '../../../src/algebra/rewriteMatch.js'
import { everyCell, standing, table } from '../../../src/algebra/rewriteTable.js'
import { parseOrThrow } from '../../../src/codec/index.js'

type Json = Readonly<Record<string, unknown>>
type How = 'Covers' | 'Open' | 'Escapes'

const repo = (name: string) => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`
const iam = 'arn:aws:iam::111122223333'

/** How the first statement stands to each single case of the second. */
const stands = (outer: Json, inner: Json): readonly How[] => {
  const full = (fields: Json): Json => ({
    Effect: 'Allow',
    ...(Object.hasOwn(fields, 'NotAction') ? {} : { Action: '*' }),
    ...fields,
  })
  const { statements, version } = parseOrThrow({
    Version: '2012-10-17',
    Statement: [full(outer), full(inner)],
  })
  const book = bookOf(statements, version)
  const judge = judgeOf(book)
  const [rows, found] = [statements.map(book.read), [] as How[]] // local mutation: case by case
  const against = { table: table(book, rows.slice(0, 1)), skip: undefined, more: [] }
  everyCell(judge, rows[1]!, undefined, (cell) => {
    const how = standing(judge, against, cell)
    found.push(typeof how === 'number' ? 'Covers' : how)
    return true
  })
  return found
}

describe('by their actions and resources', () => {
  const any = { Resource: '*' }
  it.each<[string, Json, Json, How]>([
    [
      'a wildcard and what it includes',
      { Action: 'ecr:Get*', ...any },
      { Action: 'ecr:GetImage', ...any },
      'Covers',
    ],
    [
      'one in any letter case',
      { Action: 'ECR:getimage', ...any },
      { Action: 'ecr:GetImage', ...any },
      'Covers',
    ],
    ['another action', { Action: 'ecr:Get*', ...any }, { Action: 'ecr:PutImage', ...any }, 'Escapes'],
    [
      'an action and a wildcard that includes it',
      { Action: 'ecr:GetImage', ...any },
      { Action: 'ecr:Get*', ...any },
      'Escapes',
    ],
    ['all actions and all but some', any, { NotAction: 'ecr:Get*', ...any }, 'Covers'],
    [
      'all but some and another',
      { NotAction: 'ecr:Get*', ...any },
      { Action: 'ecr:PutImage', ...any },
      'Open',
    ],
    [
      'all but some and one of them',
      { NotAction: 'ecr:Get*', ...any },
      { Action: 'ecr:GetImage', ...any },
      'Escapes',
    ],
    [
      'all but some and all but more',
      { NotAction: 'ecr:GetImage', ...any },
      { NotAction: 'ecr:Get*', ...any },
      'Covers',
    ],
    [
      'all but some and all but less',
      { NotAction: 'ecr:Get*', ...any },
      { NotAction: 'ecr:GetImage', ...any },
      'Open',
    ],
    ['some and all but others', { Action: 'ecr:Get*', ...any }, { NotAction: 'ecr:Put*', ...any }, 'Open'],
    ['a resource under another', { Resource: repo('a*') }, { Resource: repo('ab') }, 'Covers'],
    ['another resource', { Resource: repo('a*') }, { Resource: repo('b') }, 'Escapes'],
    ['any resource and all but some', any, { NotResource: repo('a') }, 'Covers'],
    ['all resources but some and another', { NotResource: repo('a*') }, { Resource: repo('b') }, 'Open'],
    [
      'all resources but some and one of them',
      { NotResource: repo('a*') },
      { Resource: repo('ab') },
      'Escapes',
    ],
    [
      'all resources but some and all but more',
      { NotResource: repo('ab') },
      { NotResource: repo('a*') },
      'Covers',
    ],
    [
      'all resources but some and all but less',
      { NotResource: repo('a*') },
      { NotResource: repo('ab') },
      'Open',
    ],
    ['the same variable', { Resource: repo('${v:a}') }, { Resource: repo('${v:a}') }, 'Covers'],
    ['a variable and a text that it may have', { Resource: repo('${v:a}') }, { Resource: repo('a') }, 'Open'],
    [
      'a wildcard and a variable, which may have no value',
      { Resource: repo('*') },
      { Resource: repo('${v:a}') },
      'Open',
    ],
    ['all but a variable and a text', { NotResource: repo('${v:a}') }, { Resource: repo('a') }, 'Open'],
    ['all but a text and a variable', { NotResource: repo('*') }, { Resource: repo('${v:a}') }, 'Open'],
    ['a Deny and an Allow of the same', { Effect: 'Deny', ...any }, any, 'Covers'],
    ['an Allow and a Deny of the same', any, { Effect: 'Deny', ...any }, 'Escapes'],
  ])('%s', (_, outer, inner, how) => {
    expect(stands(outer, inner)).toEqual([how])
  })
})

describe('by the resource that they are attached to', () => {
  const [everyone, attached] = [{ Principal: '*' }, { Principal: '*', Action: 'ecr:*' }]
  it.each<[string, Json, Json, How]>([
    ['it and itself', attached, attached, 'Covers'],
    ['any resource and it', { ...everyone, Resource: '*' }, attached, 'Covers'],
    ['a named one and it', { ...everyone, Resource: repo('a') }, attached, 'Escapes'],
    ['all but a named one and it', { ...everyone, NotResource: repo('a') }, attached, 'Open'],
    ['none and it', { ...everyone, NotResource: '*' }, attached, 'Escapes'],
    ['it and a named one', attached, { ...attached, Resource: repo('a') }, 'Covers'],
    ['it and any resource, of which there may be none', attached, { ...attached, Resource: '*' }, 'Escapes'],
    ['it and all but a named one', attached, { ...attached, NotResource: repo('a') }, 'Open'],
  ])('%s', (_, outer, inner, how) => {
    expect(stands(outer, inner)).toEqual([how])
  })
})

describe('by their principals', () => {
  const [account, role, user] = ['111122223333', `${iam}:role/a`, `${iam}:user/a`]
  const aws = (AWS: string | readonly string[], more: Json = {}): Json => ({
    ...more,
    Principal: { AWS },
    Resource: '*',
  })
  const deny = { Effect: 'Deny' }
  const not = (AWS: string | readonly string[], more: Json = {}): Json => ({
    ...more,
    NotPrincipal: { AWS },
    Resource: '*',
  })
  it.each<[string, Json, Json, How]>([
    ['everyone and a role', aws('*'), aws(role), 'Covers'],
    ['a role among others', aws([role, user]), aws(role), 'Covers'],
    ['a role and a user of its account', aws(role), aws(user), 'Escapes'],
    ['another role of the account', aws(role), aws(`${iam}:role/b`), 'Open'],
    ['a role of another account', aws('arn:aws:iam::444455556666:role/a'), aws(role), 'Escapes'],
    ['an account and its role, whose grant is stronger', aws(account), aws(role), 'Escapes'],
    ['a Deny of an account and its role', aws(account, deny), aws(role), 'Open'],
    ['a Deny of an account and a Deny of its role', aws(account, deny), aws(role, deny), 'Open'],
    ['a Deny of another account', aws('444455556666', deny), aws(role, deny), 'Escapes'],
    ['a service', { Principal: { Service: 'ecr.amazonaws.com' }, Resource: '*' }, aws(role), 'Escapes'],
    ['a role and everyone', aws(role), aws('*'), 'Escapes'],
    ['a role and whoever has an id', aws(role), aws('AIDAJQABLZS4A3QDU576Q'), 'Open'],
    ['all but some and the same', not(role), not(role), 'Covers'],
    ['all but some and all but more', not(role), not([role, user]), 'Open'],
    ['all but some and another', not(role), aws(user), 'Open'],
    ['everyone and all but some', aws('*'), not(role), 'Covers'],
    ['all but some in a Deny and in an Allow, which read it otherwise', not(role, deny), not(role), 'Open'],
  ])('%s', (_, outer, inner, how) => {
    expect(stands(outer, inner)).toEqual([how])
  })
})

describe('by their conditions', () => {
  const test = (operator: string, value: unknown, key = 'v:a') => ({ [operator]: { [key]: value } })
  it.each<[string, Json, Json, How]>([
    ['no condition', {}, test('StringEquals', 'x'), 'Covers'],
    ['more values', test('StringEquals', ['x', 'y']), test('StringEquals', 'x'), 'Covers'],
    ['another value', test('StringEquals', 'y'), test('StringEquals', 'x'), 'Escapes'],
    ['fewer exceptions', test('StringNotEquals', 'x'), test('StringNotEquals', ['x', 'y']), 'Covers'],
    ['more exceptions', test('StringNotEquals', ['x', 'y']), test('StringNotEquals', 'x'), 'Open'],
    ['other exceptions', test('StringNotEquals', 'y'), test('StringNotLike', 'x'), 'Open'],
    [
      'a value beside exceptions',
      test('StringEquals', 'y'),
      test('ForAnyValue:StringNotEquals', 'x'),
      'Open',
    ],
    ['no exceptions', test('StringNotEquals', []), test('StringNotEquals', 'x'), 'Open'],
    ['a key that is missing', test('StringEquals', 'x'), {}, 'Escapes'],
    ['a key that may be missing', test('StringEqualsIfExists', 'x'), {}, 'Open'],
    ['a key that is to be missing', test('Null', 'true'), {}, 'Open'],
    ['a key that must not be missing', test('Null', 'false'), {}, 'Escapes'],
    ['the same of a missing key', test('Null', 'true'), test('Null', 'true'), 'Covers'],
    ['the opposite of a missing key', test('Null', 'true'), test('Null', 'false'), 'Open'],
    ['a wildcard and a text of it', test('StringLike', 'x*'), test('StringEquals', 'xy'), 'Open'],
    ['a wildcard and another text', test('StringLike', 'x*'), test('StringEquals', 'y'), 'Escapes'],
    ['a text and a wildcard', test('StringEquals', 'xy'), test('StringLike', 'x*'), 'Escapes'],
    ['a variable', test('StringEquals', '${v:b}'), test('StringEquals', 'x'), 'Open'],
    ['a variable beside a text', test('StringEquals', ['y', '${v:b}']), test('StringEquals', 'x'), 'Open'],
    ['a text and a variable', test('StringEquals', 'x'), test('StringEquals', '${v:b}'), 'Open'],
    ['another truth', test('Bool', 'true'), test('Bool', 'false'), 'Escapes'],
    ['another number', test('NumericEquals', '1'), test('NumericEquals', '2'), 'Open'],
    [
      'all values, of which there may be none',
      test('StringEquals', 'x'),
      test('ForAllValues:StringEquals', 'x'),
      'Escapes',
    ],
    ['a key that the caller brings', test('StringEquals', 'x', 'aws:PrincipalArn'), {}, 'Open'],
    ['a key that the resource brings', test('StringEquals', 'x', 'aws:ResourceAccount'), {}, 'Open'],
    ['a key in another letter case', test('StringEquals', 'x', 'V:A'), test('StringEquals', 'x'), 'Covers'],
    ['another key', test('StringEquals', 'x', 'v:b'), test('StringEquals', 'x'), 'Escapes'],
    [
      'one of two conditions',
      test('StringEquals', 'x'),
      { ...test('StringEquals', 'x'), ...test('Bool', 'true', 'v:b') },
      'Covers',
    ],
    [
      'two conditions, of which one is missing',
      { ...test('StringEquals', 'x'), ...test('Bool', 'true', 'v:b') },
      test('StringEquals', 'x'),
      'Escapes',
    ],
    [
      'a value, where another test of the key leaves it open',
      test('StringEquals', 'y'),
      { ...test('StringEquals', 'x'), ...test('StringLike', 'x') },
      'Open',
    ],
  ])('%s', (_, outer, inner, how) => {
    const statement = (Condition: Json): Json => ({ Resource: '*', Condition })
    expect(stands(statement(outer), statement(inner))).toEqual([how])
  })
})

it('each value of each list is a case of its own', () => {
  expect(
    stands(
      { Action: ['ecr:Get*', 'ecr:Put*'], Resource: repo('a') },
      { Action: ['ecr:GetImage', 'ecr:ListImages'], Resource: [repo('a'), repo('b')] },
    ),
  ).toEqual(['Covers', 'Escapes', 'Escapes', 'Escapes'])
  const Condition = { StringEquals: { 'v:a': ['x', 'y'], 'v:b': ['z'] } }
  expect(
    stands({ Resource: '*', Condition: { StringEquals: { 'v:a': 'y' } } }, { Resource: '*', Condition }),
  ).toEqual(['Escapes', 'Covers'])
})
