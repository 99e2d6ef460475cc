import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareEnvironments } from '../../../src/algebra/environment.js'
import { compare, interchangeable, isNoBroader } from '../../../src/algebra/compare.js'
import { disjoint } from '../../../src/algebra/isPublic.js'
import { catalogue, typed } from '../../../src/algebra/World.js'
import { parseOrThrow } from '../../../src/codec/index.js'
import { catalogueWorld, typedWorld } from '../../../src/ecr/worlds.js'
import { actions } from '../../../src/ecr/data/actions.js'
import { Environment, Request } from '../../../src/model/index.js'
import { Simulator } from '../../../src/simulator/index.js'

const allow = (
  action: string | readonly string[],
  resource: string | readonly string[],
  condition?: object,
) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...(condition === undefined ? {} : { Condition: condition }),
})

const identity = (...statements: readonly object[]) =>
  parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'identity')

const today = typedWorld()
const repositories = 'arn:aws*:ecr:*:*:repository/*'

describe('the typed world of ECR', () => {
  it.each([
    [
      'a pull on anything is one on repositories',
      allow('ecr:BatchGetImage', '*'),
      allow('ecr:BatchGetImage', repositories),
      'Equivalent',
    ],
    [
      'a token is no matter of repositories',
      allow('ecr:GetAuthorizationToken', '*'),
      allow('ecr:GetAuthorizationToken', repositories),
      'Broader',
    ],
    [
      'and with ARNs alone it is nothing',
      allow('ecr:GetAuthorizationToken', repositories),
      allow('ecr:GetAuthorizationToken', 'arn:aws:s3:::x'),
      'Equivalent',
    ],
    [
      'actions that are not there count for nothing',
      allow('ecr:Get*', repositories),
      allow(['ecr:Get*', 'ecr:DescribeImage'], repositories),
      'Equivalent',
    ],
    ['nor do other services', allow(['ecr:PutImage', 's3:*'], '*'), allow('ecr:PutImage', '*'), 'Equivalent'],
    [
      'nor keys that the action does not support',
      allow('ecr:BatchGetImage', '*', { StringEquals: { 'ecr:AccountSetting': 'x' } }),
      allow('s3:GetObject', '*'),
      'Equivalent',
    ],
    [
      'a tag of the repository is one of its keys',
      allow('ecr:BatchGetImage', '*', { StringEquals: { 'aws:ResourceTag/a': 'x' } }),
      allow('s3:GetObject', '*'),
      'Broader',
    ],
    [
      'and so are the global ones',
      allow('ecr:BatchGetImage', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
      allow('s3:GetObject', '*'),
      'Broader',
    ],
  ])('%s', (_, left, right, relation) => {
    expect(compare(identity(left), identity(right), { world: today }).relation).toBe(relation)
  })

  it('is part of the answer', () => {
    expect(isNoBroader(identity(allow('*', '*')), identity(allow('*', '*')), { world: today }).world).toBe(
      today.name,
    )
  })

  const texts = Object.keys(actions)
  const patterns = [
    '*',
    repositories,
    'arn:aws:ecr:eu-west-1:111122223333:repository/app',
    'arn:aws:ecr:*:*:repository/app',
  ]
  const resources = [
    'arn:aws:ecr:eu-west-1:111122223333:repository/app',
    'arn:aws:ecr:eu-west-1:111122223333:repository/other',
    'arn:aws:ecr:us-east-1:111122223333:repository/app',
  ]
  const requests = Object.entries(actions).flatMap(([action, { resourceTypes }]) =>
    (resourceTypes.length === 0 ? ['*'] : resources).map((resource) =>
      Request.makeOrThrow({ principal: 'arn:aws:iam::111122223333:role/ci', action, resource }),
    ),
  )
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Action: fc.array(fc.constantFrom('ecr:Get*', 'ecr:*Image', 'ecr:Describe*', '*', ...texts), {
      minLength: 1,
      maxLength: 4,
    }),
    Resource: fc.array(fc.constantFrom(...patterns), { minLength: 1, maxLength: 2 }),
  })
  const document = fc.array(statement, { minLength: 1, maxLength: 3 }).map((all) => identity(...all))

  it('tells documents apart exactly where some request to ECR does', () => {
    const seen = { Yes: 0, No: 0, Undecided: 0 } // local mutation: counted
    fc.assert(
      fc.property(document, document, fc.boolean(), (one, other, isEdit) => {
        const right = isEdit
          ? { ...one, statements: one.statements.slice(0, 2) as unknown as typeof one.statements }
          : other
        const differ = requests.some(
          (request) => Simulator.meaning(one)(request)._tag !== Simulator.meaning(right)(request)._tag,
        )
        const verdict = interchangeable(one, right, { world: today })
        seen[verdict._tag]++
        expect(verdict._tag).toBe(differ ? 'No' : 'Yes')
      }),
      { numRuns: 200, seed: 20_261_122 },
    )
    expect(seen.Undecided).toBe(0)
    expect(Math.min(seen.Yes, seen.No)).toBeGreaterThan(30)
  })
})

describe('narrower worlds', () => {
  const [any, named] = [
    identity(allow('ecr:BatchGetImage', '*')),
    identity(allow('ecr:BatchGetImage', repositories)),
  ]

  it('are told where only they make documents equal', () => {
    expect(compare(any, named, { narrower: [catalogueWorld(), today] })).toMatchObject({
      relation: 'Broader',
      world: 'WellFormed',
      narrower: { world: today.name, relation: 'Equivalent' },
    })
    expect(isNoBroader(any, named, { narrower: [today] })).toMatchObject({ _tag: 'No', holdsIn: today.name })
    expect(interchangeable(any, named, { narrower: [today] })).toMatchObject({
      _tag: 'No',
      holdsIn: today.name,
    })
  })

  it('are not where they change nothing', () => {
    const push = identity(allow('ecr:PutImage', repositories))
    expect(compare(push, named, { narrower: [today] })).not.toHaveProperty('narrower')
    expect(isNoBroader(push, named, { narrower: [today] })).not.toHaveProperty('holdsIn')
    expect(isNoBroader(named, any, { narrower: [today] })).not.toHaveProperty('holdsIn')
  })

  it('are asked of environments and of disjoint documents too', () => {
    const [left, right] = [any, named].map((document) => Environment.make({ identityPolicies: [document] }))
    expect(left === undefined || right === undefined).toBe(false)
    if (left === undefined || right === undefined) return
    expect(compareEnvironments(left, right, { narrower: [today] })).toMatchObject({
      relation: 'Broader',
      narrower: { relation: 'Equivalent' },
    })
    const [few, many] = [
      identity(allow('ecr:BatchGet*', '*')),
      identity(allow('ecr:*AuthorizationToken', '*')),
    ]
    expect(disjoint(few, many, { narrower: [today] })).toMatchObject({ _tag: 'No', holdsIn: today.name })
  })
})

describe('a typed world of one’s own', () => {
  const own = typed('own', [
    { action: 's3:GetObject', resources: ['arn:*:s3:::*/*'], keys: ['s3:ExistingObjectTag/${key}'] },
    { action: 's3:ListAllMyBuckets', resources: ['*'], keys: [] },
  ])

  it('reads templates of keys', () => {
    const tagged = allow('s3:*', '*', { StringEquals: { 's3:ExistingObjectTag/team': 'a' } })
    const objects = allow('s3:*', 'arn:*:s3:::*/*', { StringEquals: { 's3:ExistingObjectTag/team': 'a' } })
    expect(compare(identity(tagged), identity(objects), { world: own }).relation).toBe('Equivalent')
    expect(
      compare(identity(tagged), identity(allow('s3:ListAllMyBuckets', '*')), { world: own }).relation,
    ).toBe('Incomparable')
  })

  it('lies within the catalogue of its actions', () => {
    const list = catalogue('own', ['s3:GetObject', 's3:ListAllMyBuckets'])
    const [a, b] = [identity(allow('s3:*', '*')), identity(allow(['s3:GetObject', 's3:List*'], '*'))]
    expect(compare(a, b, { world: list }).relation).toBe('Equivalent')
    expect(compare(a, b, { world: own }).relation).toBe('Equivalent')
    expect(compare(a, b).relation).toBe('Broader')
  })
})

describe('a world lists the names of actions', () => {
  const policy = (Action: string) =>
    parseOrThrow({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } })
  const listing = (action: string) => [
    typed('x', [{ action, resources: ['*'], keys: [] }]),
    catalogue('x', [action]),
  ]

  it.each(['nonsense', 'ecr:*', 'ecr:Get?', '*', '', 'ecr:'])(
    '%j is none, and no answer is given',
    (action) => {
      for (const world of listing(action)) {
        const answer = compare(policy('ecr:Get*'), policy('ecr:Put*'), { world })
        expect(answer.relation).toBe('Undecided')
        expect(JSON.stringify(answer)).toContain('InvalidWorld')
        expect(isNoBroader(policy('ecr:*'), policy('s3:*'), { world })).toMatchObject({
          _tag: 'Undecided',
          reason: 'InvalidWorld',
        })
      }
    },
  )
})
