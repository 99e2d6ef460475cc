import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { DocumentJson } from '../../../src/model/index.js'
import { Inventory, Sdk } from '../../../src/interop.js'
import { accessMatrixOrThrow, Matrix } from '../../../src/ecr/index.js'
import { Document } from '../../../src/index.js'

const account = '111122223333'
const app = `arn:aws:ecr:eu-west-1:${account}:repository/app`
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`
const policyArn = (name: string): string => `arn:aws:iam::${account}:policy/${name}`
const statement = (Action: string | readonly string[], Resource = '*', Effect = 'Allow') => ({
  Effect,
  Action,
  Resource,
})
const policy = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement })
const encoded = (json: object): string => encodeURIComponent(JSON.stringify(json))

const pullActions = ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const canAllPull = policy(statement(pullActions))
const noPolicy = { region: 'eu-west-1', repositoryPolicies: [{ registryId: account, repositoryName: 'app' }] }

const role = (RoleName: string, more: object = {}) => ({ RoleName, Arn: roleArn(RoleName), ...more })
const inline = (json: object) => ({ RolePolicyList: [{ PolicyName: 'p', PolicyDocument: encoded(json) }] })
const managed = (...names: readonly string[]) => ({
  AttachedManagedPolicies: names.map((PolicyArn) => ({ PolicyArn })),
})
const ownPolicy = (name: string, json: object) => ({
  PolicyName: name,
  Arn: policyArn(name),
  DefaultVersionId: 'v2',
  PolicyVersionList: [
    { VersionId: 'v1', IsDefaultVersion: false, Document: encoded(policy(statement('*', '*', 'Deny'))) },
    { VersionId: 'v2', IsDefaultVersion: true, Document: encoded(json) },
  ],
})

const pulls = (
  details: Sdk.AccountShape['details'],
  principal: string,
  regions: Sdk.AccountShape['regions'] = [noPolicy],
) => {
  const found = Inventory.canPull({ principal, repository: app })(Sdk.accountOrThrow({ details, regions }))
  if (E.isLeft(found)) return found.left[0].code
  const { right } = found
  return right._tag === 'Known' ? right.verdict.allowed : right.gaps.map(({ code }) => code)
}

describe('an account of the SDK', () => {
  it.each<readonly [string, Sdk.AuthorizationDetailsShape, unknown]>([
    ['an inline policy', { RoleDetailList: [role('r', inline(canAllPull))] }, true],
    ['no policy', { RoleDetailList: [role('r')] }, false],
    [
      'a policy of its own, by the default version',
      { RoleDetailList: [role('r', managed(policyArn('p')))], Policies: [ownPolicy('p', canAllPull)] },
      true,
    ],
    [
      'a policy of AWS that the dump has',
      {
        RoleDetailList: [role('r', managed('arn:aws:iam::aws:policy/X'))],
        Policies: [{ ...ownPolicy('X', canAllPull), Arn: 'arn:aws:iam::aws:policy/X' }],
      },
      true,
    ],
    [
      'a policy of AWS that the dump lacks',
      { RoleDetailList: [role('r', managed('arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly'))] },
      true,
    ],
    [
      'a policy that nobody has',
      { RoleDetailList: [role('r', managed(policyArn('gone')))] },
      ['UnknownManagedPolicy'],
    ],
    [
      'a policy that nobody has does not matter where it can be of no help',
      {
        RoleDetailList: [
          role('r', { ...managed(policyArn('gone')), ...inline(policy(statement('*', '*', 'Deny'))) }),
        ],
      },
      false,
    ],
    [
      'a policy that nobody has may deny',
      { RoleDetailList: [role('r', { ...managed(policyArn('gone')), ...inline(canAllPull) })] },
      ['UnknownManagedPolicy'],
    ],
    [
      'a boundary',
      {
        RoleDetailList: [
          role('r', {
            ...inline(canAllPull),
            PermissionsBoundary: {
              PermissionsBoundaryType: 'Policy',
              PermissionsBoundaryArn: policyArn('b'),
            },
          }),
        ],
        Policies: [ownPolicy('b', policy(statement('s3:*')))],
      },
      false,
    ],
    [
      'a boundary that nobody has',
      {
        RoleDetailList: [
          role('r', {
            ...inline(canAllPull),
            PermissionsBoundary: { PermissionsBoundaryArn: policyArn('b') },
          }),
        ],
      },
      ['UnknownManagedPolicy'],
    ],
    [
      'a policy without version in force',
      {
        RoleDetailList: [role('r', managed(policyArn('p')))],
        Policies: [{ Arn: policyArn('p'), PolicyName: 'p', PolicyVersionList: [] }],
      },
      ['UnknownManagedPolicy'],
    ],
    [
      'a document that is not well formed',
      { RoleDetailList: [role('r', { RolePolicyList: [{ PolicyName: 'p', PolicyDocument: '%7B' }] })] },
      ['InvalidPolicy'],
    ],
    [
      'a document as the CLI prints it',
      { RoleDetailList: [role('r', { RolePolicyList: [{ PolicyName: 'p', PolicyDocument: canAllPull }] })] },
      true,
    ],
    ['nobody', { IsTruncated: false }, 'NotFound'],
  ])('%s', (_, details, expected) => {
    expect(pulls(details, 'r')).toStrictEqual(expected)
  })

  const group = (name: string, json: object) => ({
    GroupName: name,
    Arn: `arn:aws:iam::${account}:group/${name}`,
    GroupPolicyList: [{ PolicyName: 'g', PolicyDocument: encoded(json) }],
  })
  const user = (more: object) => ({ UserName: 'u', Arn: `arn:aws:iam::${account}:user/u`, ...more })

  it('gives users the policies of their groups', () => {
    const UserDetailList = [user({ GroupList: ['g'] })]
    expect(pulls({ UserDetailList, GroupDetailList: [group('g', canAllPull)] }, 'u')).toBe(true)
    expect(pulls({ UserDetailList, GroupDetailList: [group('h', canAllPull)] }, 'u')).toStrictEqual([
      'UnknownGroup',
    ])
  })

  it('reads several pages as one account', () => {
    const pages = [
      { UserDetailList: [user({ GroupList: ['g'] })], IsTruncated: true },
      { GroupDetailList: [group('g', canAllPull)], IsTruncated: false },
    ]
    expect(pulls(pages, 'u')).toBe(true)
    expect(Sdk.accountOrThrow({ details: pages }).gaps).toStrictEqual([])
  })

  it('the answer of another call is no empty account', () => {
    const refused = [{}, { Roles: [role('r')] }].map((details) => Sdk.account({ details } as never))
    expect(
      refused.map((each) => E.isLeft(each) && each.left.map(({ code, pointer }) => [code, pointer])),
    ).toStrictEqual([[['InvalidInput', '/details']], [['InvalidInput', '/details']]])
    expect(E.isRight(Sdk.account({ details: { RoleDetailList: [], IsTruncated: false } }))).toBe(true)
  })

  it('a question that is none, and a caller from outside the input', () => {
    const inventory = Sdk.accountOrThrow({ details: { RoleDetailList: [role('r')], IsTruncated: false } })
    const told = (question: unknown) => {
      const answer = Inventory.canPull(question as never)(inventory)
      return E.isLeft(answer) ? Inventory.renderGaps(answer.left) : 'answered'
    }
    expect(told(null)).toContain('a question is to be a record, and is null [InvalidInput]')
    expect(told({ repository: app })).toContain('`/principal` is to be text, and is missing [InvalidInput]')
    expect(told({ principal: 'r', repository: 5 })).toContain('`/repository` is to be text or a `Repository`')
    expect(told({ principal: roleArn('s'), repository: app })).toContain(
      'who is outside of it is asked about by `Ecr.canPull` and the like',
    )
    expect(told({ principal: 's', repository: app })).not.toContain('Ecr.canPull')
  })

  it('says that pages are missing, and makes no fleet of the rest', () => {
    const inventory = Sdk.accountOrThrow({ details: { RoleDetailList: [role('r')], IsTruncated: true } })
    expect(inventory.gaps.map(({ code, pointer }) => [code, pointer])).toStrictEqual([
      ['Truncated', '/details/IsTruncated'],
    ])
    expect(E.isLeft(Inventory.fleet()(inventory))).toBe(true)
    expect(E.isRight(Inventory.fleet({ bound: 'least' })(inventory))).toBe(true)
  })

  it('knows which documents are bad, and where', () => {
    const details = { RoleDetailList: [role('r', inline(policy(statement('ecr'))))] }
    expect(Sdk.accountOrThrow({ details }).gaps[0]?.pointer).toBe(
      '/details/RoleDetailList/0/RolePolicyList/0/PolicyDocument/Statement/0/Action',
    )
  })

  it('refuses what is no account', () => {
    const refused = [
      null,
      7,
      [],
      {},
      { details: 1 },
      { details: { RoleDetailList: 1 } },
      { details: {}, regions: 1 },
    ]
    for (const input of refused)
      expect(E.isLeft(Sdk.account(input as unknown as Sdk.AccountShape))).toBe(true)
  })

  it('survives getters that throw and objects that contain themselves', () => {
    const cyclic: Record<string, unknown> = {}
    cyclic['details'] = cyclic
    const getter = {
      get details(): never {
        throw new Error('no')
      },
    }
    for (const input of [cyclic, getter])
      expect(E.isLeft(Sdk.account(input as unknown as Sdk.AccountShape))).toBe(true)
  })

  it('tells tags of callers to conditions', () => {
    const tagged = {
      ...statement(pullActions),
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 'web' } },
    }
    const details = (Value: string) => ({
      RoleDetailList: [role('r', { ...inline(policy(tagged)), Tags: [{ Key: 'team', Value }] })],
    })
    expect(pulls(details('web'), 'r')).toBe(true)
    expect(pulls(details('db'), 'r')).toBe(false)
  })
})

describe('repositories of the SDK', () => {
  const outsider = 'arn:aws:iam::999988887777:role/other'
  const policyText = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: { AWS: roleArn('r') }, Action: 'ecr:BatchGetImage' }],
  })
  const details = {
    RoleDetailList: [
      role('r', inline(canAllPull)),
      { RoleName: 'other', Arn: outsider, ...inline(canAllPull) },
    ],
  }

  it('have their policies', () => {
    const regions = [
      {
        region: 'eu-west-1',
        repositoryPolicies: [{ registryId: account, repositoryName: 'app', policyText }],
      },
    ]
    expect(pulls(details, 'r', regions)).toBe(false)
    expect(pulls(details, outsider, regions)).toBe(false)
  })

  it('that ECR was not asked about have an unknown policy', () => {
    const repositories = [
      { repositories: [{ repositoryArn: app, registryId: account, repositoryName: 'app' }] },
    ]
    expect(pulls(details, 'r', [{ region: 'eu-west-1', repositories }])).toStrictEqual([
      'UnknownRepositoryPolicy',
    ])
    expect(pulls(details, 'r', [])).toStrictEqual(['UnknownRepositoryPolicy'])
    expect(pulls(details, 'r', [{ ...noPolicy, repositories }])).toBe(true)
  })

  it('answer to a policy that the question gives', () => {
    const inventory = Sdk.accountOrThrow({ details })
    const found = Inventory.access({ principal: 'r', repository: app, resourcePolicy: 'None' })(inventory)
    expect(E.isRight(found)).toBe(true)
  })

  it('have the policy of their registry', () => {
    const deny = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 'ecr:*', Resource: '*' }],
    })
    expect(
      pulls(details, 'r', [{ ...noPolicy, registryPolicy: { registryId: account, policyText: deny } }]),
    ).toBe(false)
  })

  it('make a fleet', () => {
    const fleet = Inventory.fleet()(Sdk.accountOrThrow({ details, regions: [noPolicy] }))
    if (E.isLeft(fleet)) throw new Error(Inventory.renderGaps(fleet.left))
    const matrix = accessMatrixOrThrow({ ...fleet.right, operations: ['pull'] })
    expect(Array.from(Matrix.cells(matrix), ({ allowed }) => allowed)).toStrictEqual([true, false])
  })

  it('have tags that nobody told, when a policy asks for them', () => {
    const tagged = {
      ...statement(pullActions),
      Condition: { StringEquals: { 'aws:ResourceTag/stage': 'prod' } },
    }
    const byTag = {
      RoleDetailList: [role('r', inline(policy(statement('ecr:GetAuthorizationToken'), tagged)))],
    }
    const repositories = [
      { repositories: [{ repositoryArn: app, registryId: account, repositoryName: 'app' }] },
    ]
    const inventory = Sdk.accountOrThrow({ details: byTag, regions: [{ ...noPolicy, repositories }] })
    expect(pulls(byTag, 'r', [{ ...noPolicy, repositories }])).toStrictEqual(['UnknownTags'])
    const fleet = Inventory.fleet()(inventory)
    expect(E.isLeft(fleet) && fleet.left.map(({ code }) => code)).toStrictEqual(['UnknownTags'])
    const told = Inventory.canPull({
      principal: 'r',
      repository: 'app',
      context: { 'aws:ResourceTag/stage': 'prod' },
    })(inventory)
    expect(E.isRight(told) && told.right._tag).toBe('Known')
  })
})

describe('single answers of the SDK', () => {
  it('read percent-encoded, plain and parsed documents alike', () => {
    const all = [encoded(canAllPull), JSON.stringify(canAllPull), canAllPull].map(
      Sdk.fromPolicyDocument('inline-role'),
    )
    expect(all.map((one) => E.isRight(one) && DocumentJson.stringify(one.right))).toStrictEqual(
      Array.from({ length: 3 }, () => DocumentJson.stringify(Document.parseOrThrow(canAllPull))),
    )
  })

  it('refuse an answer without document', () => {
    expect(E.isLeft(Sdk.fromPolicyVersion({}))).toBe(true)
    expect(E.isLeft(Sdk.fromRepositoryPolicy({}))).toBe(true)
    expect(E.isLeft(Sdk.fromRegistryPolicy({}))).toBe(true)
  })
})
