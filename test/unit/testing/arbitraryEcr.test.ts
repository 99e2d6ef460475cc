/** The arbitraries of ECR and of the smaller parts: lawful, near the limits, complete, and shrinking to the plainest. */
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  Algebra,
  type Condition,
  Document,
  Ecr,
  Environment,
  Scenario,
  type Simulator,
  Variable,
} from '../../../src/index.js'
import { Operator } from '../../../src/model/index.js'
import { arbitrary } from '../../../src/testing/index.js'

const seed = 20_240_601
const holds = <A>(made: fc.Arbitrary<A>, test: (value: A) => boolean, numRuns = 300): void =>
  fc.assert(fc.property(made, test), { numRuns, seed })

const share = <A>(made: fc.Arbitrary<A>, test: (value: A) => boolean, numRuns = 300): number =>
  fc.sample(made, { numRuns, seed }).filter(test).length / numRuns

/** The plainest value of which something false is claimed. */
const smallest = <A>(made: fc.Arbitrary<A>, claim: (value: A) => boolean): A | undefined =>
  fc.check(fc.property(made, claim), { seed, numRuns: 2000 }).counterexample?.[0]

describe('texts parse back to what they are', () => {
  const reads = <A>(made: fc.Arbitrary<A>, again: (value: A) => unknown): void =>
    holds(made, (value) => isDeepStrictEqual(again(value), value))

  it('Regions', () => reads(arbitrary.region({ otherPartition: 0.3 }), Ecr.Region.parseOrThrow))
  it('names of repositories', () => reads(arbitrary.repositoryName(), Ecr.RepositoryName.parseOrThrow))
  it('repositories', () =>
    reads(arbitrary.repository({ otherPartition: 0.3 }), (value) =>
      Ecr.Repository.parseOrThrow(Ecr.Repository.show(value)),
    ))
  it('repositories of ECR Public', () =>
    reads(arbitrary.publicRepository(), (value) =>
      Ecr.Repository.parsePublicOrThrow(Ecr.Repository.show(value)),
    ))
  it('addresses of images', () =>
    reads(arbitrary.image({ otherPartition: 0.3 }), (value) =>
      Ecr.ImageReference.parseOrThrow(Ecr.ImageReference.show(value)),
    ))
  it('operators', () => reads(arbitrary.operator(), (value) => Operator.parse(Operator.show(value))))
  it('templates', () =>
    holds(arbitrary.template(), (value) =>
      isDeepStrictEqual(Variable.parse('2012-10-17')(Variable.show(value)), E.right(value)),
    ))
  it('kinds of policies, each of which a document can be drawn of', () =>
    holds(arbitrary.policyKind(), (kind) =>
      fc
        .sample(arbitrary.document(kind), { numRuns: 2, seed })
        .every((document) => document._tag === 'Document'),
    ))
  it('operations, each of which can be asked about', () =>
    holds(arbitrary.operation(), (id) => Ecr.operations[id].id === id))
})

describe('there is an arbitrary of every sort of data that documents and questions are made of', () => {
  it.each([
    ...['accountId', 'action', 'actionPattern', 'arn', 'caller', 'condition', 'conditionBlock', 'context'],
    ...['document', 'environment', 'identityStatement', 'operator', 'policyKind', 'principal', 'request'],
    ...['resourcePattern', 'resourceStatement', 'scenario', 'statement', 'template'],
    ...['access', 'image', 'operation', 'publicRepository', 'region', 'repository', 'repositoryName'],
  ])('%s', (name) => {
    expect(Object.keys(arbitrary)).toContain(name)
  })

  it('and no other', () => {
    expect(Object.keys(arbitrary)).toHaveLength(27)
  })
})

describe('hard corners are reached', () => {
  const caller = (tag: string) => share(arbitrary.caller(), ({ _tag }) => _tag === tag)
  const condition = (test: (one: Condition.Condition) => boolean) => share(arbitrary.condition(), test)
  const outcome = (wanted: Simulator.Outcome) =>
    share(arbitrary.scenario(), (one) => Scenario.run(one).outcome === wanted)

  it.each<readonly [string, () => number]>([
    ['an allowed request', () => outcome('Allowed')],
    ['an implicit deny', () => outcome('ImplicitlyDenied')],
    ['an explicit deny', () => outcome('ExplicitlyDenied')],
    ['a role session', () => caller('RoleSession')],
    [
      'a policy with a boundary',
      () => share(arbitrary.environment(), (one) => one.permissionsBoundary !== undefined),
    ],
    [
      'an environment with SCPs',
      () => share(arbitrary.environment(), (one) => one.serviceControlPolicies !== undefined),
    ],
    ['a resource policy', () => share(arbitrary.environment(), (one) => one.resourcePolicy !== undefined)],
    ['an IfExists', () => condition(({ operator }) => operator.ifExists)],
    ['a set qualifier', () => condition(({ operator }) => operator.qualifier !== 'None')],
    [
      'an image with tag and digest',
      () => share(arbitrary.image(), (one) => one.tag !== undefined && one.digest !== undefined),
    ],
    ['an image of ECR Public', () => share(arbitrary.image(), ({ _tag }) => _tag === 'PublicImage')],
    [
      'a name at the limits',
      () => share(arbitrary.repositoryName(), (name) => name.length === 256 || /__|--/u.test(name)),
    ],
    [
      'two documents that compare',
      () =>
        share(
          fc
            .tuple(arbitrary.document('identity'), arbitrary.document('identity'))
            .map(([a, b]) => [a, b] as const),
          ([a, b]) => Algebra.isNoBroader(a, b, { budget: 20_000 })._tag === 'Yes',
          60,
        ),
    ],
  ])('%s', (_, measured) => {
    expect(measured()).toBeGreaterThan(0.05)
  })

  it.each(['RootUser', 'User', 'FederatedUser', 'Service', 'IdentityProvider', 'Anonymous'])(
    'a caller that is a %s',
    (tag) => {
      expect(caller(tag)).toBeGreaterThan(0.01)
    },
  )

  it('every operator', () => {
    const drawn = fc.sample(arbitrary.operator(), { numRuns: 4000, seed }).map(Operator.show)
    expect(new Set(drawn).size).toBe(Operator.operatorTexts.length)
  })

  it('a pull that can be repaired, one that is blocked, and one that needs no repair', () => {
    const pair = fc.tuple(arbitrary.access(), arbitrary.repository())
    const tags = fc
      .sample(pair, { numRuns: 60, seed })
      .map(([access, repository]) => Ecr.repair('pull', access, repository)._tag)
    expect(new Set(tags)).toStrictEqual(new Set(['Repair', 'Blocked', 'Unneeded']))
  })
})

describe('tunable', () => {
  const only = { accounts: ['123456789012'], repositories: ['only/one'], otherPartition: 0 }

  it('repositories are of the accounts told, and in the partition told', () =>
    holds(
      arbitrary.repository(only),
      ({ account, partition }) => account === '123456789012' && partition === 'aws',
    ))

  it('names are those told, but for those at the limits', () => {
    const told = share(arbitrary.repositoryName(only), (name) => name === 'only/one')
    expect(told).toBeGreaterThan(0.7)
    expect(told).toBeLessThan(0.9)
  })

  it('another partition is as frequent as told', () => {
    const other = (otherPartition: number) =>
      share(arbitrary.region({ otherPartition }), (name) => Ecr.Region.partitionOf(name) !== 'aws')
    expect(other(0)).toBe(0)
    expect(other(1)).toBe(1)
    expect(other(0.5)).toBeGreaterThan(0.3)
  })
})

describe('what is false shrinks to the plainest counterexample', () => {
  it('an image with a digest', () => {
    const found = smallest(arbitrary.image(), ({ digest }) => digest === undefined)
    expect(found && Ecr.ImageReference.show(found)).toBe(
      `111122223333.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:${'0'.repeat(64)}`,
    )
  })

  it('a repository of another account', () => {
    const found = smallest(arbitrary.repository(), ({ account }) => account === '111122223333')
    expect(found && Ecr.Repository.show(found)).toBe('arn:aws:ecr:eu-west-1:444455556666:repository/app')
  })

  it('a document that denies', () => {
    const found = smallest(arbitrary.document('identity'), ({ statements }) =>
      statements.every(({ effect }) => effect === 'Allow'),
    )
    expect(found && Document.toJson(found)).toStrictEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Action: 'ecr:BatchGetImage',
          Resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
        },
      ],
    })
  })

  it('a policy with a condition', () => {
    const found = smallest(arbitrary.document('identity'), ({ statements }) =>
      statements.every(({ conditions }) => conditions.length === 0),
    )
    const [statement, ...others] = found?.statements ?? []
    expect(others).toStrictEqual([])
    expect(statement?.conditions).toHaveLength(1)
  })

  it('an access with an identity policy', () => {
    const found = smallest(arbitrary.access(), ({ identityPolicies }) => identityPolicies.length === 0)
    const { principal, context, ...environment } = found ?? Ecr.accessOrThrow({ principal: 'anonymous' })
    const only = {
      principal,
      context,
      count: environment.identityPolicies.map((one) => one.statements.length),
    }
    expect(only).toStrictEqual({
      principal: expect.objectContaining({ _tag: 'User' }),
      context: [],
      count: [1],
    })
    expect({ ...environment, identityPolicies: [] }).toStrictEqual(Environment.empty)
  })
})
