/** By which rules a grant attaches each policy, and what it notes beside; what is asked as a target, and what is said of it. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import * as GrantTarget from '../../../src/ecr/grant/GrantTarget.js'
import { grant, grantOrThrow, showGrantErrors, type GrantInput } from '../../../src/ecr/index.js'
import { toJson } from '../../../src/model/DocumentJson.js'

const node = 'arn:aws:iam::111122223333:role/node'
const account = '111122223333'
const organization = 'o-a1b2c3d4e5'
const own = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
const far = 'arn:aws:ecr:eu-west-1:444455556666:repository/app'
const team = far.replace('app', 'team/*')

const token = 'EX-1 EX-2'
const atHome = 'EX-37 SA-1'
const ofCaller = 'EX-37 XA-1'
const ofOwner = 'EX-37 XA-1'
const endpoint = 'EX-42 VE-1'
const replaced = 'EX-56'
const existing = 'EX-55'

type Row = readonly [GrantInput, readonly (readonly string[])[], readonly string[]]

describe('a grant cites', () => {
  it.each<Row>([
    [{ operations: 'pull', principals: node, repositories: own }, [[token, atHome]], []],
    [{ operations: 'login', principals: node }, [[token]], []],
    [{ operations: 'tag-list', principals: node, repositories: own }, [[token, atHome]], ['EX-14 EX-22']],
    [
      { operations: 'pull', principals: node, repositories: far },
      [[token, ofCaller], [ofOwner]],
      [replaced, existing],
    ],
    [
      { operations: 'pull', principals: node, repositories: [own, far] },
      [[token, atHome, ofCaller], [ofOwner]],
      [replaced, existing],
    ],
    [{ operations: 'pull', principals: account, repositories: own }, [[token, atHome, 'PR-2 XA-2']], []],
    [
      { operations: 'pull', principals: account, repositories: far },
      [[token, ofCaller, 'PR-2 XA-2'], [ofOwner]],
      [replaced],
    ],
    [
      { operations: 'pull', principals: organization, repositories: far },
      [[token, 'XA-3'], ['SA-5 PR-9']],
      [replaced, 'EX-39'],
    ],
    [
      { operations: 'pull', principals: 'lambda.amazonaws.com', repositories: own },
      [['EX-38 PR-7', 'EX-40']],
      [replaced],
    ],
    [
      { operations: 'pull', principals: node, repositories: team },
      [
        [token, ofCaller],
        ['EX-34 EX-35', ofOwner],
      ],
      [replaced, existing, 'EC-6'],
    ],
    [
      { operations: 'pull-through', principals: node, repositories: far },
      [
        [token, ofCaller],
        ['EC-4 EX-30', ofOwner],
      ],
      [replaced, existing, 'EC-6'],
    ],
    [
      { operations: 'pull-through', principals: node, repositories: far, registryPolicyScope: 'V1' },
      [[token, ofCaller], [ofOwner], ['EC-4 EX-30', ofOwner]],
      [replaced, existing, 'EX-30 EC-6'],
    ],
    [{ operations: 'replicate', principals: account, repositories: far }, [['EC-5']], [replaced]],
    [{ operations: 'public-pull', principals: node }, [], ['EX-44']],
    [
      { operations: 'pull', principals: node, repositories: own, endpoint: true },
      [[token, atHome], [endpoint]],
      [replaced, 'EC-8'],
    ],
    [{ operations: 'login', principals: node, endpoint: true }, [[token], [endpoint]], [replaced]],
  ])('%j', (input, whys, notes) => {
    const rulesOf = (remarks: readonly { readonly rules: readonly string[] }[]) =>
      remarks.map(({ rules }) => rules.join(' '))
    const { policies, notes: noted } = grantOrThrow(input)
    expect(policies.map(({ why }) => rulesOf(why))).toEqual(whys)
    expect(rulesOf(noted)).toEqual(notes)
  })
})

describe('a grant', () => {
  const statements = (input: GrantInput) =>
    grantOrThrow(input).policies.map(({ document }) => toJson(document)['Statement'])
  const refused = (input: object): readonly unknown[] => {
    const result = grant({ principals: node, repositories: own, operations: 'pull', ...input })
    return E.isLeft(result)
      ? result.left.map(({ pointer, suggestion }) => [pointer, suggestion])
      : ['granted']
  }

  it('of the catalog is on all repositories of the registry (EX-15)', () => {
    const all = own.replace('app', '*')
    expect(statements({ operations: 'catalog', principals: node, repositories: own })).toEqual([
      [expect.objectContaining({ Action: 'ecr:DescribeRepositories', Resource: all })],
    ])
  })

  it('of signed pushes is on the profile as well', () => {
    const signingProfile = 'arn:aws:signer:eu-west-1:111122223333:/signing-profiles/team_1'
    const [its] = statements({
      operations: 'sign-managed',
      principals: node,
      repositories: own,
      signingProfile,
    })
    expect(its).toContainEqual({
      Sid: 'SignPayload',
      Effect: 'Allow',
      Action: 'signer:SignPayload',
      Resource: signingProfile,
    })
  })

  it.each([
    'arn:aws:signer:eu-west-1:111122223333:/signing-profiles/a/b',
    'arn:aws:signer:eu-west-1:111122223333:/signing-profiles/a*',
    'arn:aws:signer:eu-west-1:111122223333:/signing-profiles/',
    'arn:aws:signer:eu-west-1:111122223333:x/signing-profiles/a',
    'arn:aws:signer:eu-west-1:111122223333:/signing-jobs/a',
    'arn:aws:s3:eu-west-1:111122223333:/signing-profiles/a',
  ])('takes %s for no signing profile', (signingProfile) => {
    expect(refused({ operations: 'sign-managed', signingProfile })).toEqual([
      ['/signingProfile', 'it reads `arn:aws:signer:REGION:ACCOUNT:/signing-profiles/NAME`'],
    ])
  })

  it('names one service in one statement, on behalf of all accounts that ask the same', () => {
    const service = (sourceAccounts: string) => ({ service: 'robot.amazonaws.com', sourceAccounts })
    const input = { operations: 'pull', repositories: own } as const
    const [its] = statements({ ...input, principals: [service('999988887777'), service(account)] })
    expect(its).toEqual([
      expect.objectContaining({
        Principal: { Service: 'robot.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': [account, '999988887777'] } },
      }),
    ])
  })

  it('names callers of one statement in the order of their names, whatever order they come in', () => {
    const [a, b] = [node, `${node}-b`]
    const its = statements({ operations: 'pull', principals: [b, a], repositories: far }).at(-1)
    expect(its).toEqual([expect.objectContaining({ Principal: { AWS: [a, b] } })])
  })

  it('of pushes to both sorts of registry is one to each', () => {
    const repositories = [own, 'arn:aws:ecr-public::111122223333:repository/shop']
    expect(refused({ operations: ['push', 'public-push'], repositories })).toEqual(['granted'])
  })

  it('is none to a service of what another does', () => {
    const result = grant({
      principals: 'lambda.amazonaws.com',
      operations: 'codebuild-image',
      repositories: own,
    })
    expect(E.isLeft(result) && result.left.map(({ message }) => message)).toEqual([
      '`codebuild-image` is done by `codebuild.amazonaws.com`, not by `lambda.amazonaws.com`',
    ])
  })

  it.each([
    ['login', 'there is none'],
    ['pull-through', 'there are `ecr:TagResource`'],
  ])('has no optional action of another: of %s, %s', (operations, suggestion) => {
    const repositories = operations === 'login' ? [] : own
    expect(refused({ operations, repositories, optional: 's3:GetObject' })).toEqual([
      ['/optional', suggestion],
    ])
  })

  it('tells what is wrong with it in lines, with what to write instead where that is known', () => {
    const result = grant({ principals: [], repositories: `${own}?`, operations: 'pull' })
    expect(E.isLeft(result) && showGrantErrors(result.left).split('\n')).toEqual([
      'this cannot be granted: 2 errors',
      '  /principals: at least one is needed [EmptyList]',
      `  /repositories: \`${own}?\` has a wildcard that is not a closing \`/*\`, and so takes in names that merely look alike (name the repositories, or a namespace with \`/*\`) [LeakyScope]`,
    ])
  })
})

describe('a target', () => {
  const read = (text: string) =>
    E.match(
      ({
        code,
        message,
        suggestion,
      }: {
        readonly code: string
        readonly message: string
        readonly suggestion?: string | undefined
      }) => [code, message, suggestion] as readonly unknown[],
      (target: GrantTarget.GrantTarget) => [target._tag, GrantTarget.arn(target), target.name],
    )(GrantTarget.parse(text))
  const host = '444455556666.dkr.ecr.eu-west-1.amazonaws.com'
  const shop = 'arn:aws:ecr-public::444455556666:repository/shop'

  it.each([
    [far, 'Exact', far, 'app'],
    [`${host}/app:1.2`, 'Exact', far, 'app'],
    [far.replace('app', '*'), 'Scope', far.replace('app', '*'), ''],
    [team, 'Scope', team, 'team/'],
    [`${host}/team/*`, 'Scope', team, 'team/'],
    [`${host}/*`, 'Scope', far.replace('app', '*'), ''],
    [shop, 'Exact', shop, 'shop'],
    [shop.replace('shop', '*'), 'Scope', shop.replace('shop', '*'), ''],
  ])('%s is %s %s, of name %j', (text, ...expected) => {
    expect(read(text)).toEqual(expected)
  })

  const leaky = (text: string) =>
    `\`${text}\` has a wildcard that is not a closing \`/*\`, and so takes in names that merely look alike`
  it.each([
    [`${far}*`, `ask for \`${far}\` and \`${far}/*\``],
    [`${host}/app*`, `ask for \`${host}/app\` and \`${host}/app/*\``],
    [`${far}?`, 'name the repositories, or a namespace with `/*`'],
    [`${far}-*`, 'name the repositories, or a namespace with `/*`'],
    [`${host}/app:*`, `no policy sees tags: ask for \`${host}/app\``],
    [`${host}/app:v*`, `no policy sees tags: ask for \`${host}/app\``],
    [`${host}/*:v1`, 'name the repositories, or a namespace with `/*`'],
    [far.replace('app', '*/app'), 'name the repositories, or a namespace with `/*`'],
    [far.replace('app', '*/*'), 'name the repositories, or a namespace with `/*`'],
    ['*', 'name the registry: `arn:aws:ecr:REGION:ACCOUNT:repository/*`'],
    ['**', 'name the repositories, or a namespace with `/*`'],
  ])('%s leaks: %s', (text, suggestion) => {
    expect(read(text)).toEqual(['LeakyScope', leaky(text), suggestion])
  })

  it.each([
    ['arn:aws:s3:::bucket/*', 'InvalidArn'],
    [far.replace('app', 'Team/*'), 'InvalidRepositoryName'],
  ])('%s is no scope', (text, code) => {
    expect(read(text)).toEqual([
      code,
      `\`${text}\` is not a scope: what stands before \`/*\` is not a namespace of a registry`,
      'write `arn:aws:ecr:REGION:ACCOUNT:repository/NAMESPACE/*`',
    ])
  })

  it.each(['public.ecr.aws/docker/nginx', 'ecr-public.aws.com/docker/nginx'])('%s needs no grant', (text) => {
    expect(read(text)).toEqual([
      'UnsuitableTarget',
      `\`${text}\` is on ECR Public, where pulling takes no permission at all`,
      'leave it out; to push there, give the ARN, `arn:aws:ecr-public::ACCOUNT:repository/NAME`',
    ])
  })

  it.each([
    ['Exact', 'Exact', false],
    ['Scope', 'Exact', true],
    ['Exact', 'Scope', false],
    ['Scope', 'Scope', true],
  ] as const)('%s of a registry covers %s in it: %s', (wide, narrow, expected) => {
    const of = (tag: 'Exact' | 'Scope', exact: string, scope: string) =>
      E.getOrElse((): GrantTarget.GrantTarget => {
        throw new Error('no target')
      })(GrantTarget.parse(tag === 'Exact' ? exact : scope))
    const covering = of(wide, `${host}/app`, `${host}/*`)
    expect(GrantTarget.covers(covering)(of(narrow, `${host}/web`, `${host}/app/*`))).toBe(expected)
    expect(GrantTarget.covers(covering)(covering)).toBe(true)
    const others = [own, far.replace('eu-west-1', 'us-east-1'), shop]
    for (const other of others) {
      const elsewhere = of(wide, other, other.replace(/[a-z]+$/, '*'))
      expect([GrantTarget.covers(covering)(elsewhere), GrantTarget.covers(elsewhere)(covering)]).toEqual([
        false,
        false,
      ])
    }
  })

  it.each([
    ['a repository', GrantTarget.isInput({ _tag: 'Repository' }), true],
    ['a public repository', GrantTarget.isInput({ _tag: 'PublicRepository' }), true],
    ['text', GrantTarget.isInput(''), true],
    ['nothing', GrantTarget.isInput(null), false],
    ['a number', GrantTarget.isInput(5), false],
    ['another thing', GrantTarget.isInput({ _tag: 'Caller' }), false],
    ['what has no tag', GrantTarget.isInput({}), false],
  ])('may be given as %s: %s', (_, is, expected) => {
    expect(is).toBe(expected)
  })
})
