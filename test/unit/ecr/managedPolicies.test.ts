import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { parseOrThrow } from '../../../src/codec/index.js'
import { toJson } from '../../../src/model/DocumentJson.js'
import {
  accessOrThrow,
  can,
  canPull,
  canPush,
  findManagedPolicy,
  isManagedPolicyName,
  Managed,
  managedPolicy,
  managedPolicyNames,
  Repository,
  type ManagedPolicy,
  type ManagedPolicyName,
} from '../../../src/ecr/index.js'
import { Document } from '../../../src/model/index.js'

const names = managedPolicyNames()
const app = Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/app')
const holding = (...held: readonly ManagedPolicy[]) =>
  accessOrThrow({
    principal: 'arn:aws:iam::111122223333:role/node',
    identityPolicies: held.map(({ document }) => document),
  })

describe('managed policies', () => {
  it('there are 31, each under its own name, which ends its ARN', () => {
    expect(names).toHaveLength(31)
    for (const name of names) {
      expect(managedPolicy(name).name).toBe(name)
      expect(managedPolicy(name).arn).toMatch(
        new RegExp(`^arn:aws:iam::aws:policy/(?:[a-z-]+/)?${name}$`, 'u'),
      )
      expect(managedPolicy(name).version).toMatch(/^v[1-9]\d*$/u)
      expect(managedPolicy(name).createdAt <= managedPolicy(name).updatedAt).toBe(true)
    }
  })

  it.each(names)('the document of %s is a document of the model', (name) => {
    const { document } = managedPolicy(name)
    expect(parseOrThrow(toJson(document), 'identity')).toStrictEqual(document)
    expect(Document.Eq.equals(parseOrThrow(toJson(document), 'identity'), document)).toBe(true)
  })

  it('the constant and the name give the same policy', () => {
    expect(managedPolicy('PowerUserAccess')).toBe(Managed.PowerUserAccess)
  })

  it('names are literal', () => {
    expectTypeOf<'AmazonEC2ContainerRegistryPullOnly'>().toExtend<ManagedPolicyName>()
    expectTypeOf<'ReadOnlyAccess'>().not.toExtend<ManagedPolicyName>()
    expectTypeOf(managedPolicy('PowerUserAccess')).toEqualTypeOf<ManagedPolicy<'PowerUserAccess'>>()
    expectTypeOf(Managed.PowerUserAccess.document).toEqualTypeOf<Document.IdentityDocument>()
    // @ts-expect-error -- no such policy among these
    expect(managedPolicy('ReadOnlyAccess')).toBeUndefined()
  })
})

describe('what a role can do by a managed policy alone', () => {
  it.each([
    ['AmazonEC2ContainerRegistryPullOnly', true, false],
    ['AmazonEC2ContainerRegistryReadOnly', true, false],
    ['AmazonEC2ContainerRegistryPowerUser', true, true],
    ['AmazonEC2ContainerRegistryFullAccess', true, true],
    ['AmazonECSTaskExecutionRolePolicy', true, false],
    ['AmazonEC2ContainerServiceforEC2Role', true, false],
    ['AmazonECSInstanceRolePolicyForManagedInstances', false, false],
    ['AmazonEKSWorkerNodePolicy', false, false],
    ['AmazonEKSWorkerNodeMinimalPolicy', false, false],
    ['AmazonEKSFargatePodExecutionRolePolicy', true, false],
    ['AWSAppRunnerServicePolicyForECRAccess', true, false],
    ['EC2InstanceProfileForImageBuilderECRContainerBuilds', true, true],
    ['AWSLambda_FullAccess', false, false],
    ['AWSElasticBeanstalkMulticontainerDocker', false, false],
    ['PowerUserAccess', true, true],
    ['AdministratorAccess', true, true],
  ] as const)('%s: pull %s, push %s', (name, pulls, pushes) => {
    const access = holding(managedPolicy(name))
    expect([canPull(access, app).allowed, canPush(access, app).allowed]).toStrictEqual([pulls, pushes])
  })

  it('of the policies for pulling, only PullOnly imports through a cache, and it makes no repository (EX-17)', () => {
    const later = (name: ManagedPolicyName) =>
      can('ptc-later-pull', holding(managedPolicy(name)), app).allowed
    expect(later('AmazonEC2ContainerRegistryPullOnly')).toBe(true)
    expect(later('AmazonEC2ContainerRegistryReadOnly')).toBe(false)
    expect(later('AmazonEC2ContainerRegistryPowerUser')).toBe(false)
    expect(can('ptc-first-pull', holding(Managed.AmazonEC2ContainerRegistryPullOnly), app).allowed).toBe(
      false,
    )
    expect(can('ptc-first-pull', holding(Managed.AmazonEC2ContainerRegistryFullAccess), app).allowed).toBe(
      true,
    )
  })

  it('quarantine denies the token, whatever else is attached (DE-3)', () => {
    const quarantined = holding(Managed.AdministratorAccess, Managed.AWSCompromisedKeyQuarantineV3)
    expect(canPull(quarantined, app).allowed).toBe(false)
    expect(canPull(quarantined, app).steps[0]?.decision.outcome).toBe('ExplicitlyDenied')
  })
})

describe('by text', () => {
  const partitioned = 'arn:aws-us-gov:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'
  it.each([
    ['a name', 'AdministratorAccess', 'AdministratorAccess'],
    ['an ARN', 'arn:aws:iam::aws:policy/AdministratorAccess', 'AdministratorAccess'],
    ['an ARN with a path, in another partition', partitioned, 'AmazonECSTaskExecutionRolePolicy'],
  ])('finds %s', (_, text, name) => {
    expect(O.toUndefined(findManagedPolicy(text))?.name).toBe(name)
  })

  it.each([
    ['another policy', 'ReadOnlyAccess'],
    ['a policy of a customer by the same name', 'arn:aws:iam::111122223333:policy/AdministratorAccess'],
    ['the ARN without its path', 'arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy'],
    ['a partition that is none', 'arn:nowhere:iam::aws:policy/AdministratorAccess'],
    ['a path before a name', 'service-role/AdministratorAccess'],
    ['other letter case', 'administratoraccess'],
    ['nothing', ''],
    ['an inherited name', 'constructor'],
    ['an inherited name', '__proto__'],
    ['an inherited name', 'toString'],
  ])('does not find %s', (_, text) => {
    expect(O.isNone(findManagedPolicy(text))).toBe(true)
    expect(isManagedPolicyName(text)).toBe(false)
  })
})
