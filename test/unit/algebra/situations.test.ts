/** To which class of situations a request belongs. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Box } from '../../../src/algebra/Box.js'
import { toCaller } from '../../../src/algebra/callerText.js'
import { toResource } from '../../../src/algebra/resourceText.js'
import {
  actionClass,
  actionClasses,
  boxes,
  callerClass,
  callerClasses,
  cells,
  relationOf,
  resourceClasses,
  type Cell,
} from '../../../src/algebra/situations.js'
import type { Universe } from '../../../src/algebra/Universe.js'
import { parseScenarioOrThrow } from '../../../src/codec/index.js'
import { Caller, Environment } from '../../../src/model/index.js'
import { StringSet } from '../../../src/pattern/index.js'
import { Simulator } from '../../../src/simulator/index.js'
import { traits } from '../../../src/simulator/flow.js'

const own = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
const foreign = own.replace('111122223333', '444455556666')
const iam = 'arn:aws:iam::111122223333'
const asking = (principal: string, resource: string) =>
  traits(parseScenarioOrThrow({ request: { principal, action: 'ecr:PutImage', resource } }).request)

describe('the class of a request', () => {
  it.each([
    [`${iam}:user/alice`, own, 'User', 'SameAccount'],
    [`${iam}:user/alice`, foreign, 'User', 'CrossAccount'],
    [`${iam}:user/alice`, own.replace('aws', 'aws-cn'), 'User', 'CrossPartition'],
    [`${iam}:user/alice`, '*', 'User', 'Free'],
    [`${iam}:role/node`, own, 'RoleSession', 'SameAccount'],
    [`${iam}:role/aws-service-role/ecr.amazonaws.com/node`, own, 'ServiceLinkedRole', 'SameAccount'],
    [`${iam}:root`, foreign, 'RootUser', 'CrossAccount'],
    ['arn:aws:sts::111122223333:federated-user/alice', own, 'FederatedUser', 'SameAccount'],
    ['lambda.amazonaws.com', own, 'Unaffiliated', 'Free'],
    ['accounts.google.com', foreign, 'Unaffiliated', 'Free'],
    ['anonymous', '*', 'Unaffiliated', 'Free'],
  ])('%s on %s: %s, %s', (principal, resource, caller, relation) => {
    const found = asking(principal, resource)
    expect([callerClass(found), relationOf(found)]).toEqual([caller, relation])
  })

  it.each([
    ['ecr:replicateimage', 'ecr:replicateimage'],
    ['ecr:putimage', 'ecr:'],
    ['kms:retiregrant', 'kms:retiregrant'],
    ['kms:decrypt', ':'],
    ['sts:assumerole', 'sts:'],
    ['s3:getobject', 's3:'],
    ['sqs:sendmessage', ':'],
    ['ecr-public:putimage', ':'],
  ])('action %s: %s', (action, expected) => {
    expect(actionClass(action)).toBe(expected)
  })
})

/** Of each kind one, as the simulator knows them. */
const kinds = [
  `${iam}:user/a`,
  `${iam}:role/a`,
  `${iam}:role/aws-service-role/x.amazonaws.com/a`,
  `${iam}:root`,
]
const someCallers = [...kinds, 'arn:aws:sts::111122223333:federated-user/a', 'ecs.amazonaws.com', 'anonymous']
const someResources = [
  ...[own, foreign, own.replace('aws', 'aws-cn'), '*', `${iam}:role/b`],
  ...['arn:aws:kms:eu-west-1:111122223333:key/a', 'arn:aws:kms:eu-west-1:444455556666:key/a'],
]
const someActions = [
  'ecr:replicateimage',
  'ecr:putimage',
  'sts:assumerole',
  'kms:retiregrant',
  's3:getobject',
  'x:x',
]

describe('the cells of all requests', () => {
  it.each<[string, object, boolean]>([
    ['as they are', {}, false],
    ['in the management account', { principalAccountIsManagement: true }, true],
    ['under a registry policy of the older scope', { registryPolicyScope: 'V1' }, false],
  ])('say of each request the situation that it is in, %s', (_, facts, isTogether) => {
    const { environment } = parseScenarioOrThrow({
      facts,
      request: { principal: 'anonymous', action: 'x:x', resource: '*' },
    })
    const found = cells(isTogether ? [environment, environment] : [environment], (situations) =>
      JSON.stringify(situations),
    )
    for (const principal of someCallers)
      for (const resource of someResources)
        for (const action of someActions) {
          const its = traits(parseScenarioOrThrow({ request: { principal, action, resource } }).request)
          const own = found.filter(
            ({ cell }) =>
              cell.callers.includes(callerClass(its)) &&
              cell.actions.includes(actionClass(its.action)) &&
              cell.resources.includes(its.resource) &&
              cell.relations.includes(relationOf(its)),
          )
          const situation = Simulator.situationOf(environment.facts, its)
          const isFree = relationOf(its) === 'Free' // where nobody asks how they stand
          const relation = isFree ? 'SameAccount' : situation.relation
          const signature = JSON.stringify(
            Array.from(isTogether ? 'ab' : 'a', () => ({ ...situation, relation })),
          )
          expect(
            own.map((each) => each.signature),
            `${principal} ${action} ${resource}`,
          ).toEqual([signature])
        }
  })

  it('leave out what nothing is said of', () => {
    expect(cells([Environment.empty], () => undefined)).toEqual([])
    expect(cells([Environment.empty], () => 'all').map(({ cell }) => cell.callers.length)).toEqual([5, 5, 1])
  })
})

describe('the boxes of a cell', () => {
  const callers = [
    ...['root:aws:111122223333', 'user:aws:111122223333:/:a', 'fed:aws:111122223333:a', 'anonymous:'],
    ...['role:aws:111122223333:/:a:s', 'role:aws:111122223333:/aws-service-role/x.amazonaws.com/:a:s'],
    ...['service:lambda.amazonaws.com', 'provider:accounts.google.com'],
  ]
  const actions = actionClasses.flatMap((name) =>
    name === ':'
      ? ['x:x', 'ecrx:x', 'ec:x']
      : name.endsWith(':')
        ? [`${name}x`, `${name}replicateimagex`]
        : [name],
  )
  const resources = [
    ...['111122223333:*', ':*', '-:arn:aws:ecr:eu-west-1:111122223333:repository/a'],
    ...[':arn:aws:s3:::a', '-:arn:aws:iam::111122223333:role/a', '-:arn:aws:iam::111122223333:user/a'],
    ...['-:arn:aws:kms:eu-west-1:111122223333:key/a', '-:arn:aws:kmsx:eu-west-1:111122223333:key/a'],
  ]

  /** Each box tells of callers, actions or resources which words it has. */
  const told = (at: number) => (set: StringSet.StringSet) =>
    ({ sets: new Map([[at, set]]) }) as unknown as Box
  const universe = { callers: told(0), actions: told(1), resources: told(2) } as unknown as Universe
  const has = (box: Box, point: readonly string[]): boolean =>
    Array.from(box.sets as unknown as ReadonlyMap<number, StringSet.StringSet>).every(([at, set]) =>
      StringSet.contains(set)(point[at] ?? ''),
    )

  const traitsOf = (caller: string, action: string, resource: string) => {
    const principal = toCaller(caller)
    const asked = { principal: Caller.show(principal), action, resource: toResource(resource).resource }
    return traits({ ...parseScenarioOrThrow({ request: asked }).request, principal })
  }
  const [someone = '', something = '', somewhere = ''] = [callers[0], actions[0], resources[2]]
  const classes = new Map<string, string>([
    ...callers.map((each) => [each, callerClass(traitsOf(each, something, somewhere))] as const),
    ...actions.map((each) => [each, actionClass(traitsOf(someone, each, somewhere).action)] as const),
    ...resources.map((each) => [each, traitsOf(someone, something, each).resource] as const),
  ])

  const some = <A>(all: readonly A[]) => fc.subarray([...all], { minLength: 1 })
  const cell: fc.Arbitrary<Cell> = fc.record({
    callers: some(callerClasses),
    actions: some(actionClasses),
    resources: some(resourceClasses),
    relations: fc.constant(['Free'] as const),
  })

  it('have just the requests of its classes', () => {
    const points = fc.tuple(
      fc.constantFrom(...callers),
      fc.constantFrom(...actions),
      fc.constantFrom(...resources),
    )
    const seen = { in: 0, out: 0 } // local mutation: counted
    fc.assert(
      fc.property(cell, fc.array(points, { minLength: 10, maxLength: 10 }), (one, all) => {
        const found = boxes(universe, one)
        for (const point of all) {
          const isIn = [one.callers, one.actions, one.resources].every((list, i) =>
            list.some((each) => each === classes.get(point[i] ?? '')),
          )
          seen[isIn ? 'in' : 'out']++
          expect(found.some((sets) => sets.every((box) => has(box, point)))).toBe(isIn)
        }
      }),
      { numRuns: 300 },
    )
    expect(Math.min(seen.in, seen.out)).toBeGreaterThan(200)
  })
})
