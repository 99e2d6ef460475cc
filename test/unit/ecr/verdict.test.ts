import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  access,
  accessOrThrow,
  can,
  canPull,
  canPush,
  explain,
  operations,
  Repository,
  within,
  type Access,
  type AccessInput,
  type Verdict,
} from '../../../src/ecr/index.js'
import { Caller, Context, Environment } from '../../../src/model/index.js'
import { doc, granting, identity } from './documents.js'

const node = 'arn:aws:iam::111122223333:role/node'
const app = Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/app')
const foreign = Repository.parseOrThrow('arn:aws:ecr:eu-west-1:444455556666:repository/app')
const token = identity('Allow', ['ecr:GetAuthorizationToken'], ['*'])
const pullPair = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const layerUpload = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
]
const puller = doc(token, identity('Allow', pullPair, ['*']))
const full = doc(identity('Allow', ['*'], ['*']))

const of = (policies: Omit<AccessInput, 'principal'>, principal = node) =>
  accessOrThrow({ principal, ...policies })

const lacks = ({ missing }: Verdict) => missing.map(({ action, policyTypes }) => [action, ...policyTypes])

describe('pulling in one account', () => {
  it.each<readonly [string, Omit<AccessInput, 'principal'>, boolean]>([
    ['nothing is attached', {}, false],
    ['token and pair are in the identity policy', { identityPolicies: [puller] }, true],
    [
      'the token comes from one policy, the pair from another',
      { identityPolicies: [doc(token), doc(identity('Allow', pullPair, [Repository.show(app)]))] },
      true,
    ],
    [
      'the pair comes from the repository policy',
      { identityPolicies: [doc(token)], resourcePolicy: doc(granting('Allow', [node], pullPair)) },
      true,
    ],
    [
      'one action comes from each side (EX-3)',
      {
        identityPolicies: [doc(token, identity('Allow', ['ecr:BatchGetImage'], ['*']))],
        resourcePolicy: doc(granting('Allow', [node], ['ecr:GetDownloadUrlForLayer'])),
      },
      true,
    ],
    [
      'the pair comes from the registry policy',
      {
        identityPolicies: [doc(token)],
        registryPolicy: doc(granting('Allow', [node], pullPair, { resources: [Repository.show(app)] })),
      },
      true,
    ],
    [
      'the repository policy grants everything, the token included (EX-2)',
      { resourcePolicy: doc(granting('Allow', [node], ['ecr:*'])) },
      false,
    ],
    [
      'the token is granted on the repository only',
      { identityPolicies: [doc(identity('Allow', ['ecr:*'], [Repository.show(app)]))] },
      false,
    ],
    [
      'the repository policy names the account alone (SA-6)',
      { identityPolicies: [doc(token)], resourcePolicy: doc(granting('Allow', ['111122223333'], pullPair)) },
      false,
    ],
    [
      'the repository policy denies (EX-33)',
      { identityPolicies: [full], resourcePolicy: doc(granting('Deny', ['*'], ['ecr:BatchGetImage'])) },
      false,
    ],
    [
      'the boundary leaves the layers out',
      {
        identityPolicies: [full],
        permissionsBoundary: doc(token, identity('Allow', ['ecr:BatchGetImage'], ['*'])),
      },
      false,
    ],
    [
      'the endpoint policy only denies (EX-42)',
      {
        identityPolicies: [full],
        endpointPolicies: [doc(granting('Deny', ['*'], ['ecr:PutImage'], { resources: ['*'] }))],
      },
      false,
    ],
    [
      'the grant is for another Region (aws:RequestedRegion)',
      {
        identityPolicies: [
          doc(identity('Allow', ['*'], ['*'], ['StringEquals', 'aws:RequestedRegion', 'us-east-1'])),
        ],
      },
      false,
    ],
    [
      'the grant is for this Region',
      {
        identityPolicies: [
          doc(identity('Allow', ['*'], ['*'], ['StringEquals', 'aws:RequestedRegion', 'eu-west-1'])),
        ],
      },
      true,
    ],
    [
      'the grant is for TLS only',
      { identityPolicies: [doc(identity('Allow', ['*'], ['*'], ['Bool', 'aws:SecureTransport', 'true']))] },
      true,
    ],
    [
      'plain HTTP is denied (aws:SecureTransport)',
      {
        identityPolicies: [full],
        resourcePolicy: doc(
          granting('Deny', ['*'], ['ecr:*'], { tests: [['Bool', 'aws:SecureTransport', 'false']] }),
        ),
      },
      true,
    ],
  ])('%s', (_, policies, allowed) => {
    expect(canPull(of(policies), app).allowed).toBe(allowed)
  })

  it('asks for the token on `*` and for the pair on the repository', () => {
    expect(canPull(of({}), app).steps.map(({ action, resource }) => [action, resource])).toEqual([
      ['ecr:GetAuthorizationToken', '*'],
      ['ecr:BatchGetImage', 'arn:aws:ecr:eu-west-1:111122223333:repository/app'],
      ['ecr:GetDownloadUrlForLayer', 'arn:aws:ecr:eu-west-1:111122223333:repository/app'],
    ])
  })

  it('with all layers cached the layers need no grant (EX-5)', () => {
    const policies = { identityPolicies: [doc(token, identity('Allow', ['ecr:BatchGetImage'], ['*']))] }
    expect(canPull(of(policies), app, { layers: 'cached' }).allowed).toBe(true)
    expect(lacks(canPull(of(policies), app))).toEqual([['ecr:GetDownloadUrlForLayer', 'IdentityPolicy']])
  })

  it('a condition on a resource tag leaves the token out (EX-25)', () => {
    const tagged = doc(identity('Allow', ['ecr:*'], ['*'], ['StringEquals', 'aws:ResourceTag/team', 'a']))
    const verdict = canPull(of({ identityPolicies: [tagged], context: { 'aws:ResourceTag/team': 'a' } }), app)
    expect(lacks(verdict)).toEqual([['ecr:GetAuthorizationToken', 'IdentityPolicy']])
  })

  it('the context that is given counts before the one supplied', () => {
    const here = doc(identity('Allow', ['*'], ['*'], ['StringEquals', 'aws:RequestedRegion', 'us-east-1']))
    const policies = { identityPolicies: [here], context: { 'AWS:requestedregion': 'us-east-1' } }
    expect(canPull(of(policies), app).allowed).toBe(true)
  })

  it('nobody unsigned pulls, whatever the repository policy says (EX-58)', () => {
    const open = of({ resourcePolicy: doc(granting('Allow', ['*'], ['ecr:*'])) }, 'anonymous')
    expect(canPull(open, app).allowed).toBe(false)
    expect(canPull(open, app).missing).toMatchObject(
      ['ecr:GetAuthorizationToken', ...pullPair].map((action) => ({ action, policyTypes: [] })),
    )
  })
})

describe('pulling from another account', () => {
  const grant = doc(granting('Allow', ['111122223333'], pullPair))

  it.each<readonly [string, Omit<AccessInput, 'principal'>, readonly (readonly string[])[]]>([
    ['both sides allow', { identityPolicies: [puller], resourcePolicy: grant }, []],
    [
      'the owner has not granted',
      { identityPolicies: [puller] },
      [
        ['ecr:BatchGetImage', 'ResourcePolicy'],
        ['ecr:GetDownloadUrlForLayer', 'ResourcePolicy'],
      ],
    ],
    [
      'the caller has only the token',
      { identityPolicies: [doc(token)], resourcePolicy: grant },
      [
        ['ecr:BatchGetImage', 'IdentityPolicy'],
        ['ecr:GetDownloadUrlForLayer', 'IdentityPolicy'],
      ],
    ],
    [
      'layers are missing on the caller’s side',
      {
        identityPolicies: [doc(token, identity('Allow', ['ecr:BatchGetImage'], ['*']))],
        resourcePolicy: grant,
      },
      [['ecr:GetDownloadUrlForLayer', 'IdentityPolicy']],
    ],
    [
      'nobody grants anything',
      {},
      [
        ['ecr:GetAuthorizationToken', 'IdentityPolicy'],
        ['ecr:BatchGetImage', 'IdentityPolicy', 'ResourcePolicy'],
        ['ecr:GetDownloadUrlForLayer', 'IdentityPolicy', 'ResourcePolicy'],
      ],
    ],
  ])('%s', (_, policies, missing) => {
    const verdict = canPull(of(policies), foreign)
    expect(lacks(verdict)).toEqual(missing)
    expect(verdict.allowed).toBe(missing.length === 0)
  })

  it('the owner’s registry policy and RCPs do not reach the token (XA-5)', () => {
    const deny = doc(granting('Deny', ['*'], ['ecr:GetAuthorizationToken'], { resources: ['*'] }))
    const policies = {
      identityPolicies: [puller],
      resourcePolicy: grant,
      registryPolicy: deny,
      resourceControlPolicies: [[deny]],
    }
    expect(canPull(of(policies), foreign).allowed).toBe(true)
    expect(canPull(of(policies), app).denied.map(({ action }) => action)).toEqual([
      'ecr:GetAuthorizationToken',
    ])
  })
})

describe('documents as they are found', () => {
  const inventory = [
    'ecr:DescribeImages',
    'ecr:DescribeRepositories',
    'ecr:GetAuthorizationToken',
    'ecr:ListImages',
  ]
  const readOnly = doc(
    identity('Allow', [...pullPair, 'ecr:BatchCheckLayerAvailability', ...inventory], ['*']),
  )
  const platform = {
    identityPolicies: [
      doc(
        identity(
          'Allow',
          ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:DescribeRepositories'],
          ['*'],
        ),
      ),
    ],
    resourcePolicy: doc(
      granting('Allow', [node], ['ecr:BatchCheckLayerAvailability', ...pullPair, ...inventory]),
    ),
  }
  const minimum = {
    identityPolicies: [doc(identity('Allow', ['ecr:GetAuthorizationToken', ...pullPair], ['*']))],
  }
  const writer = (initiate: string) => ({
    identityPolicies: [
      doc(identity('Allow', ['ecr:GetAuthorizationToken'], ['*'])),
      doc(
        identity(
          'Allow',
          ['ecr:BatchGetImage', ...layerUpload.map((a) => (a === 'ecr:InitiateLayerUpload' ? initiate : a))],
          ['arn:aws:ecr:*:111122223333:repository/*'],
        ),
      ),
    ],
  })
  const printed = writer('ecr:InitialLayerUpload')
  const corrected = writer('ecr:InitiateLayerUpload')

  it.each<readonly [string, Omit<AccessInput, 'principal'>, 'pull' | 'push', boolean, boolean]>([
    ['the minimum for ECS pulls at home only', minimum, 'pull', true, false],
    ['the minimum for ECS never pushes', minimum, 'push', false, false],
    ['a node role with the token and half of the pair', platform, 'pull', true, false],
    [
      'read-only on the role, the same in the repository policy',
      { identityPolicies: [readOnly], resourcePolicy: doc(granting('Allow', [node], ['ecr:*'])) },
      'pull',
      true,
      true,
    ],
    ['read-only on the role alone', { identityPolicies: [readOnly] }, 'pull', true, false],
    ['a writer without the layers of a pull', corrected, 'pull', false, false],
    ['a writer as it should read', corrected, 'push', true, false],
    ['a writer with a misspelt action', printed, 'push', false, false],
  ])('%s', (_, policies, question, home, abroad) => {
    const ask = (held: Access, repository: Repository.Repository) =>
      question === 'pull' ? canPull(held, repository) : canPush(held, repository)
    expect([app, foreign].map((repository) => ask(of(policies), repository).allowed)).toEqual([home, abroad])
  })

  it('a misspelt upload still lets an image of known layers through (EX-9)', () => {
    expect(can('push-existing-layers', of(printed), app).allowed).toBe(true)
  })
})

describe('the name of an operation', () => {
  it('may be `pull`, which is what canPull asks, of services as well', () => {
    for (const held of [of({}), of({}, 'lambda.amazonaws.com')])
      expect(can('pull', held, app)).toEqual(canPull(held, app))
  })

  it('that there is not is not allowed, and explained', () => {
    for (const name of ['pul', 'toString', '__proto__']) {
      const verdict = can(name as 'pull', of({}), app)
      expect(verdict.allowed).toBe(false)
      expect(explain(verdict)).toContain('there is no such operation')
    }
  })
})

describe('pulling by a service', () => {
  const lambda = 'lambda.amazonaws.com'
  const source = {
    tests: [['ArnLike', 'aws:SourceArn', 'arn:aws:lambda:*:111122223333:function:*']] as const,
  }
  const policy = doc(granting('Allow', [lambda], pullPair, source))
  const fn = { 'aws:SourceArn': 'arn:aws:lambda:eu-west-1:111122223333:function:f' }

  it('takes the pair from the repository policy and no token (EX-20)', () => {
    const verdict = canPull(of({ resourcePolicy: policy, context: fn }, lambda), app)
    expect(verdict.allowed).toBe(true)
    expect(verdict.steps.map(({ action }) => action)).toEqual(pullPair)
  })

  it('works for the owner’s account unless told otherwise, for some function of it (U-33)', () => {
    const allowed = (context: Readonly<Record<string, string>>, resourcePolicy = policy) =>
      canPull(of({ resourcePolicy, context }, lambda), app).allowed
    const one = doc(
      granting('Allow', [lambda], pullPair, { tests: [['ArnLike', 'aws:SourceArn', fn['aws:SourceArn']]] }),
    )
    expect(allowed({})).toBe(true)
    expect(allowed({ 'aws:SourceAccount': '999999999999' })).toBe(false)
    expect(allowed({ 'aws:SourceArn': 'arn:aws:lambda:eu-west-1:999999999999:function:f' })).toBe(false)
    expect([allowed({}, one), allowed(fn, one)]).toEqual([false, true])
  })

  it('lambda-cross-account asks for deployer and service, each with keys of its own (EX-21, RC-6)', () => {
    const org = ['StringEquals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'] as const
    const context = { ...fn, 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }
    const both = doc(
      granting('Allow', ['111122223333'], pullPair),
      granting('Allow', [lambda], pullPair, source),
    )
    const byOrg = doc(granting('Allow', ['*'], pullPair, { tests: [org] }))
    const ask = (resourcePolicy: typeof both) =>
      can('lambda-cross-account', of({ identityPolicies: [puller], resourcePolicy, context }), foreign)
    expect(ask(both).allowed).toBe(true)
    expect(ask(byOrg).missing.map(({ principal }) => principal)).toEqual([lambda, lambda])
    expect(ask(policy).missing.map(({ principal }) => principal)).toEqual([node, node])
    const sourced = doc(
      granting('Allow', ['111122223333'], pullPair, { tests: [['Null', 'aws:SourceArn', 'false']] }),
      granting('Allow', [lambda], pullPair),
    )
    expect(ask(sourced).missing.map(({ principal }) => principal)).toEqual([node, node])
  })

  it('what is true of the caller is not taken to be true of the service beside him (RP-3, VE-1)', () => {
    const deny = doc(granting('Deny', ['*'], ['ecr:BatchGetImage'], { resources: ['*'] }))
    const allow = doc(granting('Allow', [node, lambda], pullPair))
    const ask = (policies: Omit<AccessInput, 'principal'>) =>
      can(
        'lambda-cross-account',
        of({ identityPolicies: [puller], resourcePolicy: allow, ...policies }),
        foreign,
      )
    const linked = ask({ resourceControlPolicies: [[deny]], facts: { principalIsServiceLinkedRole: true } })
    expect(linked.denied.map(({ principal }) => principal)).toEqual([lambda])
    const endpoint = ask({ endpointPolicies: [deny] })
    expect(new Set([...endpoint.denied, ...endpoint.missing].map(({ principal }) => principal))).toEqual(
      new Set([node]),
    )
  })
})

describe('pushing', () => {
  const pusher = doc(token, identity('Allow', layerUpload, ['*']))

  it('takes BatchGetImage unless the client is of the classic sort (EX-7, EX-8)', () => {
    const held = of({ identityPolicies: [pusher] })
    expect(lacks(canPush(held, app))).toEqual([['ecr:BatchGetImage', 'IdentityPolicy']])
    expect(canPush(held, app, { client: 'classic' }).allowed).toBe(true)
  })

  it('a puller may not push', () => {
    expect(lacks(canPush(of({ identityPolicies: [puller] }), app)).map(([action]) => action)).toEqual(
      layerUpload,
    )
  })
})

describe('other operations', () => {
  it('the catalog is asked on all repositories, which no repository policy covers (EX-15, EX-31)', () => {
    const one = doc(identity('Allow', ['ecr:DescribeRepositories'], [Repository.show(app)]))
    const all = doc(identity('Allow', ['ecr:DescribeRepositories'], ['arn:aws:ecr:*:*:repository/*']))
    const resourcePolicy = doc(granting('Allow', [node], ['ecr:*']))
    expect(can('catalog', of({ identityPolicies: [one], resourcePolicy }), app).allowed).toBe(false)
    expect(can('catalog', of({ identityPolicies: [all] }), app).allowed).toBe(true)
  })

  it('CreateRepository is not for a repository policy to grant (EX-30)', () => {
    const resourcePolicy = doc(granting('Allow', [node], ['ecr:*']))
    const verdict = can('ptc-first-pull', of({ identityPolicies: [doc(token)], resourcePolicy }), app)
    expect(lacks(verdict)).toEqual([['ecr:CreateRepository', 'IdentityPolicy']])
  })

  it('a copy takes two repositories, each with its own policies', () => {
    const held = of({ identityPolicies: [full] })
    const source = { repository: foreign, resourcePolicy: doc(granting('Allow', ['111122223333'], pullPair)) }
    expect(can('copy-crane', held, { source, destination: { repository: app } }).allowed).toBe(true)
    const mute = can('copy-crane', held, {
      source: { repository: foreign },
      destination: { repository: app },
    })
    expect(lacks(mute)).toEqual(pullPair.map((action) => [action, 'ResourcePolicy']))
    expect(mute.repository).toEqual(app)
  })

  it('a copy between Regions takes a token in each (EX-50)', () => {
    const far = Repository.parseOrThrow('arn:aws:ecr:us-east-1:111122223333:repository/app')
    const rest = identity('Allow', [...pullPair, ...layerUpload], ['*'])
    const here = identity(
      'Allow',
      ['ecr:GetAuthorizationToken'],
      ['*'],
      ['StringEquals', 'aws:RequestedRegion', 'eu-west-1'],
    )
    const held = of({ identityPolicies: [doc(here, rest)] })
    const verdict = can('copy-skopeo', held, {
      source: { repository: far },
      destination: { repository: app },
    })
    expect(lacks(verdict)).toEqual([['ecr:GetAuthorizationToken', 'IdentityPolicy']])
    expect(verdict.steps.filter(({ resource }) => resource === '*')).toHaveLength(2)
    const near = can('copy-skopeo', held, { source: { repository: app }, destination: { repository: app } })
    expect(near.allowed).toBe(true)
    expect(near.steps.filter(({ resource }) => resource === '*')).toHaveLength(1)
  })

  it('request tags belong to CreateRepository, the owner’s organization to what is asked of him', () => {
    const tagged = doc(
      token,
      identity(
        'Allow',
        [...pullPair, 'ecr:BatchImportUpstreamImage'],
        ['*'],
        ['Null', 'aws:RequestTag/team', 'true'],
      ),
      identity('Allow', ['ecr:CreateRepository'], ['*'], ['StringEquals', 'aws:RequestTag/team', 'a']),
    )
    const held = of({ identityPolicies: [tagged], context: { 'aws:RequestTag/team': 'a' } })
    expect(can('ptc-first-pull', held, app).allowed).toBe(true)
    const org = doc(identity('Allow', ['*'], ['*'], ['StringEquals', 'aws:ResourceOrgID', 'o-a1b2c3d4e5']))
    const context = { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' }
    const resourcePolicy = doc(granting('Allow', ['111122223333'], pullPair))
    expect(canPull(of({ identityPolicies: [org], context }), app).allowed).toBe(true)
    expect(lacks(canPull(of({ identityPolicies: [org], context, resourcePolicy }), foreign))).toEqual([
      ['ecr:GetAuthorizationToken', 'IdentityPolicy'],
    ])
  })

  it('tags of a repository count for it alone', () => {
    const tagged = doc(
      token,
      identity('Allow', ['ecr:*'], ['*'], ['StringEquals', 'ecr:ResourceTag/team', 'a']),
    )
    const held = of({ identityPolicies: [tagged] })
    const ask = (team: string) =>
      can('pull-tag', held, { repository: { repository: app, tags: { team } } }).allowed
    expect([ask('a'), ask('b')]).toEqual([true, false])
  })

  it('a service-linked role is asked for by its ARN in the caller’s account', () => {
    const slr = 'arn:aws:iam::111122223333:role/aws-service-role/inspector2.amazonaws.com/*'
    const named = ['StringEquals', 'iam:AWSServiceName', 'inspector2.amazonaws.com'] as const
    const policy = doc(
      identity('Allow', ['ecr:PutRegistryScanningConfiguration', 'inspector2:*'], ['*']),
      identity('Allow', ['iam:CreateServiceLinkedRole'], [slr], named),
    )
    for (const repository of [app, foreign])
      expect(can('scan-enhanced-enable', of({ identityPolicies: [policy] }), repository).allowed).toBe(true)
  })

  it.each([
    ['aws', 'eu-west-1', 'us-east-1'],
    ['aws-cn', 'cn-northwest-1', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-east-1', 'us-gov-west-1'],
  ])('IAM is asked where it is at home: in %s, for a repository in %s, in %s', (partition, region, home) => {
    const repository = Repository.parseOrThrow(`arn:${partition}:ecr:${region}:111122223333:repository/app`)
    const verdict = can('scan-enhanced-enable', of({}, node.replace('aws', partition)), repository)
    const regionOf = (service: string): unknown =>
      verdict.steps
        .find(({ action }) => action.startsWith(service))
        ?.decision.request.context.find(({ name }) => name === 'aws:RequestedRegion')?.values
    expect([regionOf('iam:'), regionOf('inspector2:')]).toEqual([[home], [region]])
  })

  it('ECR Public is asked in us-east-1 (EX-45)', () => {
    const site = Repository.parsePublicOrThrow('arn:aws:ecr-public::111122223333:repository/site')
    const here = doc(identity('Allow', ['*'], ['*'], ['StringEquals', 'aws:RequestedRegion', 'us-east-1']))
    expect(can('public-push', of({ identityPolicies: [here] }), site).allowed).toBe(true)
    expect(can('public-pull', of({}), site)).toMatchObject({ allowed: true, steps: [] })
  })

  it('whoever may do everything is allowed every operation', () => {
    const held = of({ identityPolicies: [full], resourcePolicy: doc(granting('Allow', ['*'], ['ecr:*'])) })
    const everything = {
      repository: { repository: app, resourcePolicy: held.resourcePolicy },
      source: { repository: app },
      destination: { repository: app },
      publicRepository: {
        repository: Repository.parsePublicOrThrow('arn:aws:ecr-public::111122223333:repository/site'),
      },
      signingProfile: Repository.arn(app),
    }
    const ids = Object.keys(operations) as readonly (keyof typeof operations)[]
    for (const id of ids) expect([id, can(id, held, everything).allowed]).toEqual([id, true])
  })

  it('what is to be acted on must be told', () => {
    // @ts-expect-error a copy takes two repositories
    const verdict = can('copy-crane', of({ identityPolicies: [full] }), { source: { repository: app } })
    expect(verdict.allowed).toBe(false)
  })
})

describe('the forms', () => {
  const held = of({ identityPolicies: [puller] })

  it('data-last gives the same verdicts', () => {
    expect(pipe(held, canPull(app))).toEqual(canPull(held, app))
    expect(pipe(held, canPull(app, { layers: 'cached' }))).toEqual(canPull(held, app, { layers: 'cached' }))
    expect(pipe(held, canPush(app, { client: 'classic' }))).toEqual(canPush(held, app, { client: 'classic' }))
    expect(pipe(held, can('tag-list', app))).toEqual(can('tag-list', held, app))
  })

  it('an access may be made from an environment and a caller', () => {
    const environment = Environment.make({ identityPolicies: [puller] })
    expect(within(environment)(Caller.parseOrThrow(node))).toEqual(held)
    const context = Context.make({ 'aws:SourceIp': '203.0.113.7' })
    expect(within(environment, context)(Caller.parseOrThrow(node)).context).toEqual(context)
  })

  it('an access refuses who cannot call', () => {
    expect(E.isLeft(access({ principal: 'arn:aws:s3:::bucket' }))).toBe(true)
    expect(() => accessOrThrow({ principal: 'nobody' })).toThrow(/cannot make a request/)
  })

  it('a verdict is plain JSON', () => {
    const verdict = canPush(held, foreign)
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict)
  })
})

describe('explanations', () => {
  it('say per action what AWS would, and where to begin', () => {
    expect(explain(canPull(of({ identityPolicies: [doc(token)] }), foreign))).toBe(
      [
        'pull-tag on arn:aws:ecr:eu-west-1:444455556666:repository/app by arn:aws:iam::111122223333:role/node: denied (2 of 3 actions)',
        '  yes arn:aws:iam::111122223333:role/node may perform ecr:GetAuthorizationToken on *: identity-based policy 1, statement 1',
        '  no  User: arn:aws:iam::111122223333:role/node is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:444455556666:repository/app because no identity-based policy allows the ecr:BatchGetImage action',
        '  no  User: arn:aws:iam::111122223333:role/node is not authorized to perform: ecr:GetDownloadUrlForLayer on resource: arn:aws:ecr:eu-west-1:444455556666:repository/app because no identity-based policy allows the ecr:GetDownloadUrlForLayer action',
        '  To mend: in an identity-based policy of arn:aws:iam::111122223333:role/node, on arn:aws:ecr:eu-west-1:444455556666:repository/app, allow ecr:BatchGetImage, ecr:GetDownloadUrlForLayer',
        '  To mend: in the policy of arn:aws:ecr:eu-west-1:444455556666:repository/app, for arn:aws:iam::111122223333:role/node, allow ecr:BatchGetImage, ecr:GetDownloadUrlForLayer',
      ].join('\n'),
    )
  })

  it('name the statement that denies', () => {
    const policies = {
      identityPolicies: [full],
      resourcePolicy: doc(granting('Deny', ['*'], ['ecr:BatchGetImage'])),
    }
    const text = explain(canPull(of(policies), app))
    expect(text).toContain('with an explicit deny in a resource-based policy')
    expect(text).toContain('To mend: narrow resource-based policy, statement 1, denying ecr:BatchGetImage')
  })

  it('name the levels of the organization that lack an Allow, and these only', () => {
    const none = doc(identity('Deny', ['ecr:PutImage'], ['*']))
    const levels = (serviceControlPolicies: NonNullable<AccessInput['serviceControlPolicies']>) =>
      canPull(of({ identityPolicies: [full], serviceControlPolicies }), app, { layers: 'cached' })
    const mends = (verdict: Verdict) =>
      explain(verdict)
        .split('\n')
        .filter((line) => line.includes('To mend: in a service control policy'))
        .map((line) => line.trim())
    expect(levels([[full], [none]]).missing.map((each) => each.levels)).toEqual([[1], [1]])
    expect(mends(levels([[full], [none]]))).toEqual([
      'To mend: in a service control policy of level 2, on *, allow ecr:GetAuthorizationToken',
      `To mend: in a service control policy of level 2, on ${Repository.show(app)}, allow ecr:BatchGetImage`,
    ])
    expect(mends(levels([[], [full], [none]])).map((line) => /level (\d)/.exec(line)?.[1])).toEqual([
      '1',
      '3',
      '1',
      '3',
    ])
    expect(Object.keys(canPull(of({}), app).missing[0] ?? {})).not.toContain('levels')
  })

  const silent = doc(identity('Allow', ['ecr:GetAuthorizationToken', 's3:*'], ['*']))
  const through = (...actions: readonly string[]) =>
    doc(granting('Allow', ['*'], actions, { resources: ['*'] }))
  it.each<readonly [string, Access, string]>([
    [
      'of a boundary',
      of({ identityPolicies: [full], permissionsBoundary: silent }),
      `in the permissions boundary, on ${Repository.show(app)}, allow ecr:BatchGetImage`,
    ],
    [
      'of a session',
      of({ identityPolicies: [full], sessionPolicies: [silent] }),
      `in the session policy, on ${Repository.show(app)}, allow ecr:BatchGetImage`,
    ],
    [
      'of an endpoint',
      of({ identityPolicies: [full], endpointPolicies: [through('ecr:GetAuthorizationToken')] }),
      `in the VPC endpoint policy, on ${Repository.show(app)}, allow ecr:BatchGetImage`,
    ],
    [
      'of the repository, for a service and the source that it names',
      of({}, 'lambda.amazonaws.com'),
      `in the policy of ${Repository.show(app)}, for lambda.amazonaws.com where ArnLike aws:SourceArn arn:aws:lambda:eu-west-1:111122223333:function:*, allow ecr:BatchGetImage, ecr:GetDownloadUrlForLayer`,
    ],
  ])('name the policy that is silent: %s', (_, held, mend) => {
    expect(
      explain(canPull(held, app, { layers: 'cached' }))
        .split('\n')
        .slice(-1),
    ).toEqual([`  To mend: ${mend}`])
  })

  it('name whom a denial is of, and what of a service is missing', () => {
    const none = doc(granting('Deny', ['*'], ['ecr:BatchGetImage']))
    const { denied, missing } = canPull(of({ identityPolicies: [full], resourcePolicy: none }), app)
    expect(denied).toMatchObject([
      { principal: node, action: 'ecr:BatchGetImage', resource: Repository.show(app), statements: [{}] },
    ])
    expect(missing).toEqual([])
    expect(canPull(of({}, 'lambda.amazonaws.com'), app).missing).toEqual(
      pullPair.map((action) => ({
        principal: 'lambda.amazonaws.com',
        action,
        resource: Repository.show(app),
        policyTypes: ['ResourcePolicy'],
        source: 'ArnLike aws:SourceArn arn:aws:lambda:eu-west-1:111122223333:function:*',
      })),
    )
  })

  it('say where nothing could be asked', () => {
    const half = can('copy-crane', of({ identityPolicies: [full] }), {
      source: { repository: app },
    } as never)
    expect(explain(half).split('\n')[0]).toBe(
      `copy-crane on ${Repository.show(app)} by ${node}: not allowed, as what it works on was not told: a repository is read by \`Ecr.Repository.parse\``,
    )
    expect(explain(can('pul' as 'pull', of({}), app))).toBe(
      `pul by ${node}: not allowed, as nothing could be asked: there is no such operation, or what it works on was not told`,
    )
  })

  it('say that all is well', () => {
    expect(explain(canPull(of({ identityPolicies: [full] }), app)).split('\n')[0]).toMatch(/: allowed$/)
  })
})
