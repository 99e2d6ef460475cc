/** What accesses and matrices are given by those who write no types: a policy is never left out in silence. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { parseOrThrow } from '../../../src/codec/index.js'
import {
  access,
  accessMatrix,
  accessOrThrow,
  ImageReference,
  operations,
  Region,
  RegistryHost,
  Repository,
  RepositoryName,
  type MatrixOperation,
} from '../../../src/ecr/index.js'
import { Caller, type Problem } from '../../../src/model/index.js'

const untyped = (value: unknown): never => value as never
const refused = (result: E.Either<Problem.Problem, unknown>): string =>
  E.isRight(result)
    ? 'taken'
    : [result.left.code, result.left.message, result.left.suggestion].filter(Boolean).join('; ')

const json = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ecr:*', Resource: '*' }] }
const identity = parseOrThrow(json, 'identity')
const owners = parseOrThrow(
  { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: 'ecr:*' } },
  'ecr-repository',
)
const principal = 'arn:aws:iam::111122223333:role/node'
const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'

describe('an access', () => {
  const made = (parts: object) => refused(access(untyped({ principal, ...parts })))

  it.each([
    [
      { identityPolicies: [json] },
      "`/identityPolicies/0` is to be a `Document`, and is of type object; read it with `Document.parse(policy, 'identity')`",
    ],
    [
      { identityPolicies: [JSON.stringify(json)] },
      "`/identityPolicies/0` is to be a `Document`, and is of type string; read it with `Document.parse(policy, 'identity')`",
    ],
    [{ identityPolicies: identity }, '`/identityPolicies` is to be a list, and is of type object'],
    [{ identityPolicies: null }, '`/identityPolicies` is to be a list, and is null'],
    [
      { permissionsBoundary: json },
      "`/permissionsBoundary` is to be a `Document`, and is of type object; read it with `Document.parse(policy, 'boundary')`",
    ],
    [
      { resourcePolicy: json },
      "`/resourcePolicy` is to be a `Document`, and is of type object; read it with `Document.parse(policy, 'ecr-repository')`",
    ],
    [
      { serviceControlPolicies: [identity] },
      '`/serviceControlPolicies/0` is to be a list, and is of type object',
    ],
    [
      { serviceControlPolicies: [[json]] },
      "`/serviceControlPolicies/0/0` is to be a `Document`, and is of type object; read it with `Document.parse(policy, 'scp')`",
    ],
    [
      { facts: { principalAccountIsManagement: 'yes' } },
      '`/facts/principalAccountIsManagement` is to be one of `true`, `false`, and is of type string',
    ],
    [
      { context: { 'aws:SourceIp': 5 } },
      "`/context/aws:SourceIp` is to be text or a list of texts, and is of type number; write `'5'`",
    ],
    [{ principal: 5 }, '`/principal` is to be text or a `Caller`, and is of type number'],
  ])('%j is of the wrong type', (parts, message) => {
    expect(made(parts)).toBe(`InvalidType; ${message}`)
  })

  it('a document of the other sort', () => {
    expect(made({ identityPolicies: [owners] })).toBe(
      'InvalidKind; `/identityPolicies/0` is to be a document without principals, and is not',
    )
    expect(made({ resourcePolicy: identity })).toBe(
      'InvalidKind; `/resourcePolicy` is to be a document with principals, and is not',
    )
  })

  it('a misspelt part is no absent policy', () => {
    expect(made({ identityPolicy: [identity] })).toBe(
      'UnknownElement; `/identityPolicy` is no part of an access; did you mean `identityPolicies`?',
    )
    expect(made({ facts: { principalIsManagement: true } })).toContain(
      'UnknownElement; `/facts/principalIsManagement`',
    )
  })

  it('nothing, a number, a list', () => {
    expect(refused(access(untyped(undefined)))).toBe(
      'MissingElement; this is to be an access, and is missing',
    )
    expect(refused(access(untyped(5)))).toBe('InvalidType; this is to be an access, and is of type number')
    expect(() => accessOrThrow(untyped([]))).toThrow('this is to be an access, and is a list')
    expect(refused(access(untyped({})))).toBe(
      'MissingElement; `/principal` is to be text or a `Caller`, and is missing',
    )
  })

  it.each([
    'arn:aws:iam::111122223333:root',
    'arn:aws:iam::111122223333:user/bob',
    principal,
    'arn:aws:sts::111122223333:federated-user/bob',
    'lambda.amazonaws.com',
    'accounts.google.com',
    'anonymous',
  ])('%s may be given as a value', (text) => {
    const caller = Caller.parseOrThrow(text)
    expect(accessOrThrow({ principal: caller }).principal).toEqual(caller)
  })

  it('an access is one, and parts that are undefined are left out', () => {
    const made = accessOrThrow({ principal, identityPolicies: [identity], resourcePolicy: owners })
    expect(
      accessOrThrow({ ...made, facts: { principalAccountIsManagement: true } }).identityPolicies,
    ).toStrictEqual([identity])
    expect(
      accessOrThrow({ principal, context: undefined, facts: undefined, resourcePolicy: undefined }).principal
        ._tag,
    ).toBe('RoleSession')
  })
})

describe('a matrix', () => {
  const parts = {
    principals: [{ principal, identityPolicies: [identity] }],
    repositories: [{ repository }],
    operations: ['pull'],
  }
  const made = (other: object) => refused(accessMatrix(untyped({ ...parts, ...other })))

  it('of an operation that there is none of, which nobody may then be said to be allowed', () => {
    expect(made({ operations: ['pul'] })).toBe(
      'UnknownOperation; `/operations/0`: there is no operation `pul` on one repository; did you mean `pull`?',
    )
    expect(made({ operations: ['copy-crane'] })).toContain(
      'UnknownOperation; `/operations/0`: there is no operation `copy-crane`',
    )
    expect(made({ operations: 'pull' })).toBe(
      'InvalidType; `/operations` is to be a list, and is of type string',
    )
  })

  it.each([
    [{ principals: undefined }, 'MissingElement; `/principals` is to be a list, and is missing'],
    [{ repositories: {} }, 'InvalidType; `/repositories` is to be a list, and is of type object'],
    [
      { principals: [{}] },
      'MissingElement; `/principals/0/principal` is to be text or a `Caller`, and is missing',
    ],
    [
      { principals: [{ principal, identityPolicies: [json] }] },
      "InvalidType; `/principals/0/identityPolicies/0` is to be a `Document`, and is of type object; read it with `Document.parse(policy, 'identity')`",
    ],
    [
      { repositories: [repository] },
      'InvalidType; `/repositories/0` is to be a repository of a matrix, and is of type string',
    ],
    [
      { repositories: [{ repository, policy: owners }] },
      'UnknownElement; `/repositories/0/policy` is no part of a repository of a matrix',
    ],
    [
      { accounts: { '111122223333': { isManagement: 1 } } },
      'InvalidType; `/accounts/111122223333/isManagement` is to be one of `true`, `false`, and is of type number',
    ],
  ])('%j', (other, wanted) => {
    expect(made(other)).toBe(wanted)
  })

  it('takes what its types say, every operation by its name', () => {
    const names = ['pull', ...Object.keys(operations)].filter(
      (name) => made({ operations: [name] }) === 'taken',
    )
    const all: Readonly<Record<MatrixOperation, true>> = {
      pull: true,
      'docker-login': true,
      'pull-tag': true,
      'pull-digest': true,
      'pull-multiarch': true,
      'pull-warm': true,
      'pull-api': true,
      'manifest-head': true,
      'docker-manifest-inspect': true,
      'skopeo-inspect': true,
      'tag-list': true,
      catalog: true,
      'push-legacy': true,
      push: true,
      'push-existing-layers': true,
      'retag-api': true,
      'push-mount': true,
      'push-index': true,
      kaniko: true,
      'ecs-ec2': true,
      'ecs-fargate': true,
      'eks-node': true,
      'eks-fargate': true,
      'lambda-same-account': true,
      'lambda-cross-account': true,
      apprunner: true,
      'codebuild-image': true,
      'delete-image': true,
      'delete-image-http': true,
      'lifecycle-preview': true,
      'scan-basic': true,
      'scan-enhanced-enable': true,
      'sign-client': true,
      referrers: true,
      'replication-same-account': true,
      'replication-cross-account': true,
      'ptc-first-pull': true,
      'ptc-later-pull': true,
      'create-on-push': true,
      'public-login': true,
      'public-pull': true,
      'public-push': true,
    }
    expect([...names].sort()).toStrictEqual(Object.keys(all).sort())
    expect(
      made({ repositories: [{ repository: Repository.parseOrThrow(repository), tags: { team: 'a' } }] }),
    ).toBe('taken')
  })
})

describe('a repository', () => {
  it('is text', () => {
    expect(refused(Repository.parse(untyped(5)))).toBe(
      'InvalidType; a repository is to be text, and is of type number',
    )
    expect([Region.parse, RegistryHost.parse].map((parse) => refused(parse(untyped(5))))).toEqual([
      'InvalidType; a Region is to be text, and is of type number',
      'InvalidType; the host of a registry is to be text, and is of type number',
    ])
    const named = [
      RepositoryName.parse,
      RepositoryName.parsePublic,
      ImageReference.parse,
      Repository.parsePublic,
    ]
    expect(named.map((parse) => refused(parse(untyped(5))))).toEqual([
      'InvalidType; the name of a repository is to be text, and is of type number',
      'InvalidType; the name of a repository is to be text, and is of type number',
      'InvalidType; the address of an image is to be text, and is of type number',
      'InvalidType; an ARN is to be text, and is of type number',
    ])
    expect(() => Repository.parseOrThrow(untyped(undefined))).toThrow(
      'a repository is to be text, and is missing',
    )
  })
})
