/** AWS CDK itself: its constructs in and out, and an app synthesized and read. */
import { App, Aws, Fn, Lazy, Stack, Token } from 'aws-cdk-lib/core'
import * as ecr from 'aws-cdk-lib/aws-ecr'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { Algebra, Document, Ecr } from '../../src/index.js'
import { Cdk, Inventory } from '../../src/interop.js'

const env = { account: '111122223333', region: 'eu-west-1' }
const pushTo = (resources: string[]) => new iam.PolicyStatement({ actions: ['ecr:PutImage'], resources })
const documentOf = (...statements: iam.PolicyStatement[]) => new iam.PolicyDocument({ statements })

describe('a PolicyDocument of CDK', () => {
  it('reads as what it says', () => {
    const read = Cdk.fromPolicyDocumentOrThrow('identity')(documentOf(pushTo(['*'])))
    expect(Document.toJson(read)).toStrictEqual(documentOf(pushTo(['*'])).toJSON())
  })

  const stack = new Stack(new App(), 'S', { env })
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal(), roleName: 'node' })
  const withConditions = (conditions: Record<string, unknown>) =>
    documentOf(new iam.PolicyStatement({ actions: ['ecr:*'], resources: ['*'], conditions }))

  it.each<readonly [string, iam.PolicyDocument, string]>([
    [
      'a text',
      documentOf(pushTo([`arn:aws:ecr:${Aws.REGION}:111122223333:repository/a`])),
      '/Statement/0/Resource',
    ],
    ['an ARN', documentOf(pushTo(['*', role.roleArn])), '/Statement/0/Resource/1'],
    ['a list', documentOf(pushTo(Fn.split(',', Fn.importValue('x')))), '/Statement/0/Resource/0'],
    [
      'a number',
      withConditions({ NumericEquals: { a: Token.asNumber(Lazy.number({ produce: () => 1 })) } }),
      '/Statement/0/Condition/NumericEquals/a',
    ],
    [
      'an object',
      withConditions({ StringEquals: { a: Lazy.any({ produce: () => 'b' }) } }),
      '/Statement/0/Condition/StringEquals/a',
    ],
  ])('is refused with a token that is %s', (_, document, pointer) => {
    const read = Cdk.fromPolicyDocument('identity')(document)
    expect(E.isLeft(read) && read.left.map((gap) => [gap.code, gap.pointer])).toStrictEqual([
      ['UnresolvedToken', pointer],
    ])
    expect(E.isRight(Cdk.bounds('identity')(document))).toBe(true)
  })

  it('is resolved by its stack', () => {
    const document = documentOf(
      new iam.PolicyStatement({ actions: ['ecr:PutImage'], principals: [new iam.AccountRootPrincipal()] }),
    )
    const read = Cdk.fromPolicyDocumentOrThrow('ecr-repository', { stack })(document)
    expect(Document.toJson(read)['Statement']).toStrictEqual([
      { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'ecr:PutImage' },
    ])
  })

  it('stays unknown where the stack cannot tell', () => {
    const read = Cdk.fromPolicyDocument('identity', { stack })(documentOf(pushTo([role.roleArn])))
    expect(E.isLeft(read) && read.left.map(({ subject }) => subject)).toStrictEqual([
      expect.stringContaining('.Arn'),
    ])
  })

  it.each([undefined, 7n, Symbol('s'), () => 1, null, 'x'])('is not %s', (input) => {
    expect(E.isLeft(Cdk.fromPolicyDocument('identity')(input))).toBe(true)
  })

  it('survives what contains itself', () => {
    const cyclic: Record<string, unknown> = {}
    cyclic['a'] = cyclic
    expect(E.isLeft(Cdk.fromPolicyDocument('identity')(cyclic))).toBe(true)
  })

  it.each<readonly [string, object, 'identity' | 'resource']>([
    [
      'of an identity',
      {
        Statement: {
          Sid: 'A',
          Effect: 'Allow',
          NotAction: ['ecr:PutImage', 's3:*'],
          Resource: 'arn:aws:ecr:*:*:repository/${aws:PrincipalTag/t}',
          Condition: { Bool: { 'aws:SecureTransport': 'true' } },
        },
      },
      'identity',
    ],
    [
      'of a resource',
      {
        Statement: {
          Effect: 'Deny',
          NotPrincipal: {
            AWS: ['arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:role/r'],
            Service: 'lambda.amazonaws.com',
          },
          Action: 'ecr:*',
          NotResource: 'arn:aws:s3:::b',
        },
      },
      'resource',
    ],
    [
      'for everybody',
      { Statement: { Effect: 'Deny', Principal: '*', Action: 'ecr:*', Resource: '*' } },
      'resource',
    ],
  ])('goes out and comes back: %s', (_, json, kind) => {
    const ours = Document.parseOrThrow({ Version: '2012-10-17', ...json }, kind)
    const theirs = iam.PolicyDocument.fromJson(Cdk.toPolicyDocumentOrThrow(ours))
    const back = Cdk.fromPolicyDocumentOrThrow(kind, { stack })(theirs)
    expect(Algebra.interchangeable(ours, back)._tag).toBe('Yes')
    const statement = iam.PolicyStatement.fromJson(Cdk.toPolicyStatement(ours.statements[0]))
    const one = Cdk.fromPolicyStatement(kind, { stack })(statement)
    expect(E.isRight(one) && Algebra.interchangeable(ours, one.right)._tag).toBe('Yes')
  })

  it('cannot say what an old version says of a dollar sign', () => {
    const old = (Resource: string) =>
      Document.parseOrThrow({ Statement: { Effect: 'Allow', Action: 'ecr:*', Resource } })
    expect(E.isLeft(Cdk.toPolicyDocument(old('arn:aws:s3:::${aws:username}')))).toBe(true)
    expect(E.isRight(Cdk.toPolicyDocument(old('*')))).toBe(true)
  })
})

const appOf = () => {
  const app = new App()
  const base = new Stack(app, 'Base', { env })
  const compute = new Stack(app, 'Compute', { env })
  const repository = new ecr.Repository(base, 'Repo', { repositoryName: 'team/app' })
  const roleIn = (stack: Stack, id: string) =>
    new iam.Role(stack, id, {
      roleName: id.toLowerCase(),
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    })
  const roles = {
    puller: roleIn(base, 'Puller'),
    pusher: roleIn(compute, 'Pusher'),
    nobody: roleIn(compute, 'Nobody'),
  }
  repository.grantPull(roles.puller)
  repository.grantPullPush(roles.pusher)
  repository.grantPull(iam.Role.fromRoleArn(base, 'Elsewhere', 'arn:aws:iam::999988887777:role/ci'))
  new iam.ManagedPolicy(base, 'Managed', { statements: [pushTo(['*'])], roles: [roles.puller] })
  return app.synth()
}

describe('an app of CDK', () => {
  const inventory = Cdk.inventoryOrThrow(appOf())
  const asked = (principal: string, ask: typeof Inventory.canPull | typeof Inventory.canPush) => {
    const answer = ask({ principal, repository: 'team/app' })(inventory)
    if (E.isLeft(answer)) throw new Error(Inventory.renderGaps(answer.left))
    return answer.right._tag === 'Known' ? answer.right.verdict.allowed : answer.right.gaps
  }

  it('has no gap', () => {
    expect(Inventory.renderGaps(inventory.gaps)).toBe('')
  })

  it.each([
    ['puller', true, false],
    ['pusher', true, true],
    ['nobody', false, false],
  ])('%s can pull: %s, push: %s', (name, pulls, pushes) => {
    expect([asked(name, Inventory.canPull), asked(name, Inventory.canPush)]).toStrictEqual([pulls, pushes])
  })

  it('grants to a role of another account in the repository policy', () => {
    const found = Inventory.findRepository('team/app')(inventory)
    const policy = E.isRight(found) ? found.right.policy?.least : undefined
    expect(policy?.statements.map(({ effect }) => effect)).toStrictEqual(['Allow'])
  })

  it('is refused where names are made up, and read when logical ids will do', () => {
    const app = new App()
    const stack = new Stack(app, 'One', { env })
    const repository = new ecr.Repository(stack, 'Repo')
    repository.grantPull(new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }))
    const assembly = app.synth()
    const id = (start: string) =>
      Object.keys((assembly.stacks[0]?.template as { readonly Resources: object }).Resources).find((key) =>
        key.startsWith(start),
      ) ?? ''
    const question = { principal: id('Role'), repository: id('Repo') }
    const bare = Inventory.canPull(question)(Cdk.inventoryOrThrow(assembly))
    expect(E.isLeft(bare) && bare.left.every(({ code }) => code === 'UnknownName')).toBe(true)
    const logical = Inventory.canPull(question)(Cdk.inventoryOrThrow(assembly, { names: 'logical' }))
    expect(E.isRight(logical) && logical.right._tag === 'Known' && logical.right.verdict.allowed).toBe(true)
  })
})

describe("CDK's grants and ours", () => {
  const repository = Ecr.Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/team/app')
  const inventory = Cdk.inventoryOrThrow(appOf())
  const theirs = (name: string) => {
    const found = Inventory.findPrincipal(name)(inventory)
    const [policy] = E.isRight(found) ? found.right.identityPolicies : []
    if (policy?.least === undefined) throw new Error('no policy')
    return policy.least
  }
  it.each([
    ['puller', 'pull'],
    ['pusher', 'push'],
  ] as const)('what CDK gives the %s suffices for what ours is granted for', (name, operation) => {
    const principal = `arn:aws:iam::111122223333:role/${name}`
    const access = Ecr.accessOrThrow({ principal, identityPolicies: [theirs(name)] })
    const verdict = operation === 'pull' ? Ecr.canPull(access, repository) : Ecr.canPush(access, repository)
    expect(verdict.allowed).toBe(true)
    const ours = Ecr.grantOrThrow({ principals: principal, operations: operation, repositories: repository })
    const identity = ours.policies.flatMap(({ place, document }) =>
      place._tag === 'IdentityPolicy' ? [document] : [],
    )
    expect(identity).toHaveLength(1)
    for (const document of identity)
      expect(['Equivalent', 'Narrower']).toContain(Algebra.compare(document, theirs(name)).relation)
  })
})
