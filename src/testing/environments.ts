/**
 * Environments about a request: every policy that bears on it, planned so that each outcome is common and one edit
 * often away.
 *
 * @since 0.1.0
 */
import * as fc from 'fast-check'
import { Environment } from '../model/index.js'
import { orElse, read, tape, weighted, type Choices, type Tape } from './Choices.js'
import {
  documentTapes,
  identityDocument,
  resourceDocument,
  type DocumentTapes,
  type Stance,
  type Target,
} from './documents.js'
import type { World } from './Tuning.js'

// ---- model ----

type Documents = readonly DocumentTapes[]

/**
 * Tapes for one environment.
 *
 * @category model
 * @since 0.1.0
 */
export interface EnvironmentTapes {
  readonly frame: Tape
  readonly identity: Documents
  readonly boundary: DocumentTapes | undefined
  readonly session: Documents
  readonly resource: DocumentTapes | undefined
  readonly registry: DocumentTapes | undefined
  readonly endpoint: Documents
  readonly scps: readonly Documents[] | undefined
  readonly rcps: readonly Documents[]
}

type Layer = 'identity' | 'boundary' | 'session' | 'resource' | 'registry' | 'endpoint' | 'scps' | 'rcps'

// ---- constructors ----

/** The first list mostly, else the second; shrinks to the first. */
const mostly = <A>(share: number, usual: fc.Arbitrary<A>, other: fc.Arbitrary<A>): fc.Arbitrary<A> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: share, arbitrary: usual },
    { weight: 100 - share, arbitrary: other },
  )

const none = fc.constant<Documents>([])
const documents = (maxLength: number, minLength = 1): fc.Arbitrary<Documents> =>
  fc.array(documentTapes, { minLength, maxLength })

const level = mostly(96, documents(2), none)

/**
 * Tapes for one environment.
 *
 * @category constructors
 * @since 0.1.0
 */
export const environmentTapes: fc.Arbitrary<EnvironmentTapes> = fc.noBias(
  fc.record({
    frame: tape(12),
    identity: mostly(15, none, documents(2)),
    boundary: mostly(78, fc.constant(undefined), documentTapes),
    session: mostly(78, none, documents(2)),
    resource: mostly(35, fc.constant(undefined), documentTapes),
    registry: mostly(80, fc.constant(undefined), documentTapes),
    endpoint: mostly(82, none, documents(2)),
    scps: mostly(70, fc.constant(undefined), fc.array(level, { maxLength: 2 })),
    rcps: mostly(70, fc.constant<readonly Documents[]>([]), fc.array(level, { maxLength: 2 })),
  }),
)

const has = (tapes: EnvironmentTapes, layer: Layer): boolean => {
  const drawn = tapes[layer]
  return Array.isArray(drawn) ? drawn.length > 0 : drawn !== undefined
}

const allLayers = [
  'identity',
  'boundary',
  'session',
  'resource',
  'registry',
  'endpoint',
  'scps',
  'rcps',
] as const

/** All layers allow; or one denies; or one, or two, say nothing. */
const stances = (choices: Choices, tapes: EnvironmentTapes): ((layer: Layer) => Stance) => {
  const present = orElse<Layer>(
    allLayers.filter((layer) => has(tapes, layer)),
    ['identity'],
  )
  const [one, other] = [choices.one(present), choices.one(present)]
  return weighted<(layer: Layer) => Stance>(choices, [
    [0, () => () => 'Allow'],
    [24, () => (layer: Layer) => (layer === one ? 'Deny' : 'Allow')],
    [18, () => (layer: Layer) => (layer === one ? 'Silent' : 'Allow')],
    [8, () => (layer: Layer) => (layer === one || layer === other ? 'Silent' : 'Allow')],
  ])
}

const facts = (choices: Choices): Environment.Facts => ({
  principalAccountIsManagement: choices.chance(0.08),
  resourceAccountIsManagement: choices.chance(0.08),
  principalIsServiceLinkedRole: choices.chance(0.04),
  registryPolicyScope: choices.chance(0.25) ? 'V1' : 'V2',
})

const ofKind = {
  identity: identityDocument('identity'),
  boundary: identityDocument('boundary'),
  session: identityDocument('session'),
  scp: identityDocument('scp'),
  resource: resourceDocument('resource'),
  registry: resourceDocument('ecr-registry'),
  endpoint: resourceDocument('endpoint'),
  rcp: resourceDocument('rcp'),
} as const

/**
 * The environment of a set of tapes, about a request.
 *
 * @category constructors
 * @since 0.1.0
 */
export const environment = (
  world: World,
  about: Target,
  tapes: EnvironmentTapes,
): Environment.Environment => {
  const choices = read(tapes.frame)
  const common = facts(choices)
  const stance = stances(choices, tapes)
  const maker =
    <A>(make: (world: World, about: Target, tapes: DocumentTapes, stance: Stance) => A, layer: Layer) =>
    (one: DocumentTapes): A =>
      make(world, about, one, stance(layer))
  const maybe = <A>(one: DocumentTapes | undefined, make: (one: DocumentTapes) => A): A | undefined =>
    one === undefined ? undefined : make(one)
  const scp = maker(ofKind.scp, 'scps')
  const rcp = maker(ofKind.rcp, 'rcps')
  return Environment.make({
    identityPolicies: tapes.identity.map(maker(ofKind.identity, 'identity')),
    permissionsBoundary: maybe(tapes.boundary, maker(ofKind.boundary, 'boundary')),
    sessionPolicies: tapes.session.map(maker(ofKind.session, 'session')),
    resourcePolicy: maybe(tapes.resource, maker(ofKind.resource, 'resource')),
    registryPolicy: maybe(tapes.registry, maker(ofKind.registry, 'registry')),
    endpointPolicies: tapes.endpoint.map(maker(ofKind.endpoint, 'endpoint')),
    serviceControlPolicies: tapes.scps?.map((documents) => documents.map(scp)),
    resourceControlPolicies: tapes.rcps.map((documents) => documents.map(rcp)),
    facts: common,
  })
}
