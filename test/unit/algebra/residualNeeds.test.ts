/** Needs in words, and whether they hold. */
import { describe, expect, it } from 'vitest'
import { holdsOf, needsOf, opposite, showNeed, type ElementNeed } from '../../../src/algebra/residualNeeds.js'
import { parseOrThrow } from '../../../src/codec/document.js'
import { Request } from '../../../src/model/index.js'
import type { Strength } from '../../../src/simulator/index.js'

const needs = (
  kind: 'identity' | 'ecr-repository' | 'resource',
  fields: object,
  atLeast: Strength.Strength = 'Account',
): readonly ElementNeed[] => {
  const { version, statements } = parseOrThrow(
    { Version: '2012-10-17', Statement: { Effect: 'Allow', ...fields } },
    kind,
  )
  return needsOf(statements[0], { version, atLeast, hasBoundary: false, accountMeansRoot: false })
}
const any = { Action: '*', Resource: '*' }
const role = 'arn:aws:iam::111122223333:role/node'
const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'

describe('the needs of a statement', () => {
  it.each<[string, object, readonly string[]]>([
    ['nothing where anything will do', { Principal: '*', ...any }, []],
    [
      'nothing where anything is in the lists',
      { Principal: { AWS: [role, '*'] }, Action: ['a:*', '*'], Resource: [repository, '*'] },
      [],
    ],
    [
      'one of the callers',
      { Principal: { AWS: [role, '111122223333'] }, ...any },
      [`Principal is ${role} or 111122223333`],
    ],
    ['anyone but a caller', { NotPrincipal: { AWS: role }, ...any }, [`NotPrincipal is ${role}`]],
    ['nobody, where everyone is left out', { NotPrincipal: '*', ...any }, ['NotPrincipal is *']],
    [
      'one of the actions',
      { Principal: '*', ...any, Action: ['ecr:Get*', 'ecr:Put*'] },
      ['Action is ecr:Get* or ecr:Put*'],
    ],
    [
      'no action at all, where every one is left out',
      { Principal: '*', NotAction: '*', Resource: '*' },
      ['NotAction is *'],
    ],
    ['a resource', { Principal: '*', ...any, Resource: repository }, [`Resource is ${repository}`]],
    ['no resource at all', { Principal: '*', Action: '*', NotResource: '*' }, ['NotResource is *']],
    [
      'all of the conditions',
      {
        Principal: '*',
        ...any,
        Condition: { StringEquals: { 'v:a': ['x', 'y'] }, Null: { 'v:b': 'true', 'v:c': 'false' } },
      },
      ['v:a StringEquals x or y', 'v:b is absent', 'v:c is present'],
    ],
    [
      'a key there or not',
      { Principal: '*', ...any, Condition: { Null: { 'v:b': ['true', 'false'] } } },
      ['v:b Null true or false'],
    ],
    [
      'a key that is neither',
      { Principal: '*', ...any, Condition: { Null: { 'v:b': 'perhaps' } } },
      ['v:b Null perhaps'],
    ],
  ])('are %s', (_, fields, texts) => {
    expect(needs('resource', fields).map(showNeed)).toEqual(texts)
  })

  it('are a resource where the policy is attached to one', () => {
    expect(needs('ecr-repository', { Principal: '*', Action: '*' }).map(showNeed)).toEqual([
      'there is a resource',
    ])
  })
  it('are no caller in an identity policy', () => {
    expect(needs('identity', any)).toEqual([])
  })
  it('say how directly the caller is to be named', () => {
    const [need] = needs('resource', { Principal: { AWS: role }, ...any }, 'Entity')
    expect(need && showNeed(need)).toBe(`Principal is ${role}, named himself`)
  })
  it('speak of anybody where no caller is listed', () => {
    const [need] = needs('identity', { ...any, Action: 'ecr:*' })
    expect(need && showNeed({ ...need, element: 'Principal' })).toBe('anybody')
  })
  it('may be turned round', () => {
    const [need] = needs('identity', { ...any, Action: 'ecr:*' })
    expect(need && showNeed(opposite(need))).toBe('not (Action is ecr:*)')
  })
})

describe('a need holds', () => {
  const request = Request.makeOrThrow({ principal: role, action: 'ecr:PutImage', resource: repository })
  const holds = holdsOf(request)
  it('of a request that its element matches, and its opposite of all others', () => {
    for (const [action, isMatched] of [
      ['ecr:Put*', true],
      ['ecr:Get*', false],
    ] as const)
      for (const need of needs('identity', { ...any, Action: action }))
        expect([holds(need), holds(opposite(need))]).toEqual([isMatched, !isMatched])
  })
  it('of a caller who is named as directly as asked', () => {
    for (const [AWS, levels] of [
      [role, [true, true, false]],
      ['111122223333', [true, false, false]],
    ] as const)
      expect(
        (['Account', 'Entity', 'Direct'] as const).map((least) =>
          needs('resource', { Principal: { AWS }, ...any }, least).every(holds),
        ),
      ).toEqual(levels)
  })
  it('of the kinds that it lists', () => {
    expect(
      (
        [
          ['callers', 'RoleSession'],
          ['actions', 'ecr:'],
          ['resources', 'Other'],
          ['relations', 'SameAccount'],
        ] as const
      ).map(([of, kind]) => [
        holds({ _tag: 'Among', of, kinds: ['x', kind] }),
        holds({ _tag: 'Among', of, kinds: ['x'] }),
      ]),
    ).toEqual([
      [true, false],
      [true, false],
      [true, false],
      [true, false],
    ])
  })
})
