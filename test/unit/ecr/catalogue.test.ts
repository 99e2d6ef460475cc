import fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  actionFacts,
  actionNames,
  actionsOfLevel,
  actionsWithKey,
  catalogueDate,
  conditionKeys,
  dependencies,
  dependenciesOf,
  expand,
  findAction,
  isAction,
  meant,
  resourcelessActions,
  wrongNames,
  type AccessLevel,
  type ActionOfLevel,
  type CataloguedAction,
  type CataloguedKey,
  type ResourcelessAction,
} from '../../../src/ecr/index.js'
import { Action, ecrActions, type EcrAction } from '../../../src/model/index.js'

const levels = ['List', 'Read', 'Tagging', 'Write', 'Permissions management'] as const

describe('names of actions', () => {
  it('are 60 and 23', () => {
    expect(actionNames()).toHaveLength(83)
    expect(actionNames().slice(0, 60)).toStrictEqual([...ecrActions])
  })

  it.each(['ecr:batchgetimage', 'ecr:Batch*', 'ecr-public:BatchGetImage', '', 'toString', '__proto__'])(
    '%j is none',
    (text) => {
      expect(isAction(text)).toBe(false)
    },
  )

  it('are found in any letter case (SM-A1)', () => {
    expect(findAction('ECR:batchgetimage')).toStrictEqual(O.some('ecr:BatchGetImage'))
    expect(findAction('ecr:BatchGetImages')).toStrictEqual(O.none)
    expect(findAction('__proto__')).toStrictEqual(O.none)
  })

  it('are literal types', () => {
    expectTypeOf<EcrAction>().toExtend<CataloguedAction>()
    expectTypeOf<'ecr-public:PutImage'>().toExtend<CataloguedAction>()
    expectTypeOf<'ecr-public:BatchGetImage'>().not.toExtend<CataloguedAction>()
    expectTypeOf<ActionOfLevel<'Tagging'>>().toEqualTypeOf<
      'ecr:TagResource' | 'ecr:UntagResource' | 'ecr-public:TagResource' | 'ecr-public:UntagResource'
    >()
    expectTypeOf<'ecr:GetAuthorizationToken'>().toExtend<ResourcelessAction>()
    expectTypeOf<'ecr:PutImage'>().not.toExtend<ResourcelessAction>()
    expectTypeOf(actionFacts('ecr:DescribeImages').accessLevel).toEqualTypeOf<'List'>()
    expectTypeOf<'ecr:AccountSetting'>().toExtend<CataloguedKey>()
    expectTypeOf<'aws:SourceIp'>().not.toExtend<CataloguedKey>()
    expectTypeOf(catalogueDate).toEqualTypeOf<'2026-09-26'>()
    expect(catalogueDate).toBe('2026-09-26')
  })
})

describe('lists', () => {
  it('the levels part the actions', () => {
    const listed = levels.flatMap((level) => [...actionsOfLevel<AccessLevel>(level)])
    expect([...listed].sort()).toStrictEqual([...actionNames()].sort())
    expect(actionsOfLevel('Tagging')).toStrictEqual([
      'ecr:TagResource',
      'ecr:UntagResource',
      'ecr-public:TagResource',
      'ecr-public:UntagResource',
    ])
  })

  it('EC-1: 25 actions of ecr have no resource, and of ECR Public the token alone', () => {
    const own = resourcelessActions().filter((action) => action.startsWith('ecr:'))
    expect(own).toHaveLength(25)
    expect(resourcelessActions().filter((action) => !own.includes(action))).toStrictEqual([
      'ecr-public:GetAuthorizationToken',
    ])
  })

  it('EC-7: keys of a request stand with the actions that know them', () => {
    expect(
      actionsWithKey('aws:RequestTag/${TagKey}').filter((name) => name.startsWith('ecr:')),
    ).toStrictEqual(['ecr:CreateRepository', 'ecr:ListTagsForResource', 'ecr:TagResource'])
    expect(actionsWithKey('ecr:ResourceTag/${TagKey}')).toHaveLength(35)
  })

  it('every key of an action is listed with its service', () => {
    for (const action of actionNames()) {
      const service = action.startsWith('ecr:') ? 'ecr' : 'ecr-public'
      for (const key of actionFacts(action).conditionKeys)
        expect([action, key, Object.hasOwn(conditionKeys[service], key)]).toStrictEqual([action, key, true])
    }
  })
})

describe('the actions that a pattern stands for', () => {
  it.each([
    ['ecr:BatchGetImage', ['ecr:BatchGetImage']],
    ['ECR:batchgetIMAGE', ['ecr:BatchGetImage']],
    ['ecr*:PutImage', ['ecr:PutImage', 'ecr-public:PutImage']],
    ['ecr:PutImag?', ['ecr:PutImage']],
    ['ecr:?utImage', ['ecr:PutImage']],
    ['ecr:PullImage', []],
    ['s3:*', []],
    ['BatchGetImage', []],
    ['', []],
    ['${aws:username}', []],
  ])('%s', (pattern, names) => {
    expect(expand(pattern)).toStrictEqual(names)
  })

  it('everything, of one service or of both', () => {
    expect(expand('ecr:*')).toStrictEqual([...ecrActions])
    expect(expand('*')).toStrictEqual(actionNames())
  })

  it('ecr:Batch* stands for the five that begin so', () => {
    expect(expand('ecr:Batch*')).toStrictEqual(ecrActions.filter((name) => name.startsWith('ecr:Batch')))
  })

  it('an action stands for itself, and for less than with a letter made a wildcard', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...actionNames()),
        fc.nat(),
        fc.constantFrom('*', '?'),
        (action, at, wildcard) => {
          const i = action.indexOf(':') + 1 + (at % (action.length - action.indexOf(':') - 1))
          const pattern = action.slice(0, i) + wildcard + action.slice(i + 1)
          return expand(action).join() === action && expand(pattern).includes(action)
        },
      ),
    )
  })
})

describe('wrong names', () => {
  it('none is an action, and what is meant are actions', () => {
    for (const [name, { meant: actions }] of Object.entries(wrongNames)) {
      expect([name, isAction(name), O.isNone(findAction(name))]).toStrictEqual([name, false, true])
      expect(actions.every(isAction)).toBe(true)
      expect(Action.parse(name)._tag).toBe('Right')
    }
  })

  it.each([
    ['ecr:GetLogin', ['ecr:GetAuthorizationToken']],
    ['ecr:getlogin', ['ecr:GetAuthorizationToken']],
    ['ecr:PullImage', ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']],
    ['ecr:DescribeImageTags', ['ecr-public:DescribeImageTags']],
    ['ecr:PutImages', ['ecr:PutImage']],
    ['ecr-public:PutImages', ['ecr-public:PutImage']],
    ['ecr:putimage', ['ecr:PutImage']],
    ['ecr-public:BatchGetImage', []],
    ['ecr-public:ListTagsOfResource', ['ecr-public:ListTagsForResource']],
    ['ecr-public:StartLifecyclePolicyPreview', []],
    ['ecr-public:ValidatePullThroughCacheRules', []],
    ['s3:GetObject', []],
    ['__proto__', []],
    ['', []],
  ])('%s means %j', (name, actions) => {
    expect(meant(name).actions).toStrictEqual(actions)
  })

  it('EX-44: nobody is granted a pull from ECR Public', () => {
    expect(meant('ecr-public:GetDownloadUrlForLayer')).toStrictEqual({
      actions: [],
      why: 'IAM does not decide pulls from ECR Public',
    })
  })
})

describe('what actions take beside themselves', () => {
  it('the action exists, or is of another service', () => {
    const all = dependencies.flatMap(({ action, needs }) => [action, ...needs.map((need) => need.action)])
    expect(all.filter((name) => /^ecr(?:-public)?:/u.test(name) && !isAction(name))).toStrictEqual([])
    expect(all.every((name) => Action.parse(name)._tag === 'Right')).toBe(true)
  })

  it('EX-52: a repository under a key of the customer takes three permissions on the key', () => {
    const [first] = dependenciesOf('ECR:CreateRepository')
    expect(first).toMatchObject({
      needs: [{ action: 'kms:CreateGrant' }, { action: 'kms:RetireGrant' }, { action: 'kms:DescribeKey' }],
      certainty: 'documented',
    })
  })

  it.each([
    ['ecr:BatchGetImage', 0],
    ['ecr:CreatePullThroughCacheRule', 3],
    ['lambda:CreateFunction', 2],
    ['__proto__', 0],
  ])('%s: %i', (action, count) => {
    expect(dependenciesOf(action)).toHaveLength(count)
  })
})
