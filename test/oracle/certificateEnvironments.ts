/**
 * Oracle, part 7: certificates that one environment is no broader than another. Which claims there have to be proofs of is
 * found by asking the decision of part 6, situation by situation, what follows from all that policies could say. What a
 * proof is, and that each is one, is the matter of the checker of documents.
 */
import {
  checkGround,
  checkProof,
  type CertificateJson,
  type Claim,
  type On,
  type Policies,
  type ProofJson,
  type WorldJson,
} from './certificateChecker.js'
import { decideBy, type Outcome, type ScenarioJson } from './decide.js'
import type { Strength } from './principals.js'
import { asList, type Meaning, type PolicyJson, type RequestJson } from './statements.js'

export type EnvironmentJson = Omit<ScenarioJson, 'request'>

type Side = On['of']

/** A place of a policy in an environment, with a policy of its own to tell it by. */
type Slot = {
  readonly side: Side
  readonly type: string
  readonly level: number
  readonly document: number
  readonly policy: PolicyJson
}

/** An environment whose every policy is an object of its own, and these policies by place. */
type Laid = { readonly environment: EnvironmentJson; readonly slots: readonly Slot[] }

const laidOut = (side: Side, given: EnvironmentJson): Laid => {
  const slots: Slot[] = []
  const at = (type: string, level: number, policies: readonly PolicyJson[]): readonly PolicyJson[] =>
    policies.map((each, document) => {
      const policy = { ...each }
      slots.push({ side, type, level, document, policy })
      return policy
    })
  const one = (type: string, policy: PolicyJson | undefined): PolicyJson | undefined =>
    at(type, 0, asList(policy))[0]
  const resourcePolicy = one('ResourcePolicy', given.resourcePolicy)
  const registryPolicy = one('RegistryPolicy', given.registryPolicy)
  const { serviceControlPolicies: scps, resourceControlPolicies: rcps } = given
  return {
    slots,
    environment: {
      ...given,
      identityPolicies: at('IdentityPolicy', 0, given.identityPolicies ?? []),
      permissionsBoundary: at('PermissionsBoundary', 0, asList(given.permissionsBoundary)),
      sessionPolicies: at('SessionPolicy', 0, given.sessionPolicies ?? []),
      endpointPolicies: at('VpcEndpointPolicy', 0, given.endpointPolicies ?? []),
      ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
      ...(registryPolicy === undefined ? {} : { registryPolicy }),
      ...(scps === undefined
        ? {}
        : { serviceControlPolicies: scps.map((level, i) => at('ServiceControlPolicy', i, level)) }),
      resourceControlPolicies: (rcps ?? []).map((level, i) => at('ResourceControlPolicy', i, level)),
    },
  }
}

// ---- situations ----

const [HERE, THERE] = ['111111111111', '222222222222']

const callers = [
  `arn:aws:iam::${HERE}:user/u`,
  `arn:aws:iam::${HERE}:role/r`,
  `arn:aws:iam::${HERE}:role/aws-service-role/x/r`,
  `arn:aws:sts::${HERE}:federated-user/f`,
  `arn:aws:iam::${HERE}:root`,
  'x.amazonaws.com',
  'anonymous',
]

const resources = [
  '*',
  ...[`aws:x:r:${HERE}`, `aws:x:r:${THERE}`, `aws-cn:x:r:${HERE}`].flatMap((head) => {
    const [partition = '', , , account = ''] = head.split(':')
    return [
      `arn:${head}:x`,
      `arn:${partition}:iam::${account}:role/r`,
      `arn:${partition}:kms:r:${account}:key/k`,
    ]
  }),
]

/** The actions that part 6 tells apart, where there are policies for which it does. */
const actionsFor = (all: readonly Slot[]): readonly string[] => {
  const has = (type: string): boolean => all.some((slot) => slot.type === type)
  return [
    'x:x',
    'sts:x',
    ...(has('RegistryPolicy')
      ? ['ecr:x', 'ecr:replicateimage', 'ecr:batchimportupstreamimage', 'ecr:createrepository']
      : []),
    ...(has('ResourceControlPolicy') ? ['iam:x', 'ec2:x', 'lambda:x', 'kms:retiregrant'] : []),
    ...(has('VpcEndpointPolicy') ? ['s3:x', 'dynamodb:x'] : []),
  ]
}

const requestsFor = (all: readonly Slot[]): readonly RequestJson[] =>
  callers.flatMap((principal) =>
    actionsFor(all).flatMap((action) => resources.map((resource) => ({ principal, action, resource }))),
  )

// ---- what follows from what policies say ----

type Grant = Strength | 'Plain'

/** What a policy may grant, from nothing on. */
const gradesOf = ({ type }: Slot): readonly (Grant | undefined)[] => {
  if (type === 'ResourceControlPolicy') return [undefined]
  return type === 'ResourcePolicy' || type === 'RegistryPolicy'
    ? [undefined, 'Account', 'Entity', 'Direct']
    : [undefined, 'Plain']
}

/** A grade for each slot, by place in `gradesOf`. */
type Grades = readonly number[]

/** So many combinations are looked through for a situation. */
const MOST = 512

const combinations = (slots: readonly Slot[]): readonly Grades[] => {
  const count = slots.reduce((product, slot) => product * gradesOf(slot).length, 1)
  if (count > MOST) throw new Error('cannot check so many policies')
  return slots.reduce<readonly Grades[]>(
    (done, slot) => done.flatMap((grades) => gradesOf(slot).map((_, grade) => [...grades, grade])),
    [[]],
  )
}

const isAtMost = (a: Grades, b: Grades): boolean => a.every((grade, i) => grade <= (b[i] ?? 0))

/** Those that none of the others makes needless. */
const extreme = (
  all: readonly Grades[],
  isSpare: (other: Grades, one: Grades) => boolean,
): readonly Grades[] => all.filter((one) => !all.some((other) => other !== one && isSpare(other, one)))

const denyingOthers = ({ Statement }: PolicyJson): boolean =>
  asList(Statement).some(({ Effect, NotPrincipal }) => Effect === 'Deny' && NotPrincipal !== undefined)

const namesAccounts = ({ Statement }: PolicyJson): boolean =>
  asList(Statement).some(({ Principal = '*', NotPrincipal = '*' }) =>
    [Principal, NotPrincipal].some(
      (listed) => listed !== '*' && asList(listed['AWS']).some((entry) => /^\d+$|:root$/.test(entry)),
    ),
  )

type Table = {
  /** The least grades that allow. */
  readonly ways: readonly Grades[]
  /** The greatest grades that do not. */
  readonly lacking: readonly Grades[]
  /** Slots whose Deny denies. */
  readonly denying: readonly Slot[]
  /** Is a Deny with NotPrincipal read for callers with a boundary (PR-11), or without? Neither where there is none. */
  readonly sparing: ReadonlySet<boolean>
}

const tableOf = ({ environment, slots }: Laid, request: RequestJson): Table => {
  const scenario = { ...environment, request }
  const sparing = new Set<boolean>()
  const outcome = (meaningOf: (slot: Slot, place: number) => Meaning): Outcome => {
    const meanings = new Map(slots.map((slot, i) => [slot.policy, meaningOf(slot, i)]))
    return decideBy(scenario, (policy, around) => {
      if (denyingOthers(policy)) sparing.add(around.boundarySet === true)
      if (around.gateway === true && namesAccounts(policy))
        throw new Error('cannot check accounts at a gateway') // U-22
      return meanings.get(policy) ?? 'Silent'
    })
  }
  const allows = (grades: Grades): boolean =>
    outcome((slot, i) => {
      const grant = gradesOf(slot)[grades[i] ?? 0]
      return grant === undefined ? 'Silent' : { grant }
    }) === 'Allowed'
  const all = combinations(slots)
  const allowed = new Set(all.filter(allows))
  return {
    ways: extreme(Array.from(allowed), isAtMost),
    lacking: extreme(
      all.filter((grades) => !allowed.has(grades)),
      (other, one) => isAtMost(one, other),
    ),
    denying: slots.filter(
      (slot) => outcome((other) => (other === slot ? 'Deny' : { grant: 'Direct' })) === 'ExplicitlyDenied',
    ),
    sparing,
  }
}

// ---- claims ----

const statementsIn = ({ side, policy, ...place }: Slot, effect: string, grade: number): readonly On[] => {
  const { type, level, document } = place
  const grants = ['Account', 'Account', 'Entity', 'Direct'] as const
  return asList(policy.Statement).flatMap((s, statement) =>
    s.Effect === effect
      ? [{ of: side, policy: { type, level, document, atLeast: grants[grade] ?? 'Direct' }, statement }]
      : [],
  )
}

const product = <A>(lists: readonly (readonly A[])[]): readonly (readonly A[])[] =>
  lists.reduce<readonly (readonly A[])[]>(
    (done, list) => done.flatMap((taken) => list.map((each) => [...taken, each])),
    [[]],
  )

const claimsOf = (left: Laid, right: Laid, ours: Table, theirs: Table): readonly Claim[] => {
  const sparing = new Set([...ours.sparing, ...theirs.sparing])
  if (sparing.size > 1) throw new Error('cannot check a boundary on one side')
  const denies = ours.denying.flatMap((slot) => statementsIn(slot, 'Deny', 0))
  const limits = theirs.denying.flatMap((slot) => statementsIn(slot, 'Deny', 0))
  const claim = (inside: readonly On[], outside: readonly On[]): Claim => ({
    inside,
    outside,
    atLeast: 'Account',
    boundary: sparing.has(true),
  })
  return ours.ways.flatMap((grades) => {
    const lists = left.slots.flatMap((slot, i) => {
      const grade = grades[i] ?? 0
      return grade === 0 ? [] : [statementsIn(slot, 'Allow', grade)]
    })
    return product(lists).flatMap((inside) => [
      ...theirs.lacking.map((lacks) => {
        const more = right.slots.flatMap((slot, i) => {
          const next = (lacks[i] ?? 0) + 1
          return next < gradesOf(slot).length ? statementsIn(slot, 'Allow', next) : []
        })
        return claim(inside, [...denies, ...more])
      }),
      ...limits.map((deny) => claim([...inside, deny], denies)),
    ])
  })
}

// ---- checking ----

const order: readonly Strength[] = ['Account', 'Entity', 'Direct']

const rank = ({ policy }: On): number => order.indexOf(policy?.atLeast ?? 'Account')

/** Statements of the same text in policies of one version are one. */
const textOf = (policies: Policies, on: On): string => {
  const policy = policies.holding(on)
  return JSON.stringify([on.of, policy?.Version, asList(policy?.Statement)[on.statement]])
}

const serves =
  (policies: Policies, { inside, outside, boundary }: Claim) =>
  (proof: ProofJson): boolean =>
    proof.boundary === boundary &&
    proof.inside.every((on) =>
      inside.some((own) => textOf(policies, own) === textOf(policies, on) && rank(own) >= rank(on)),
    ) &&
    proof.outside.every((on) =>
      outside.some((own) => textOf(policies, own) === textOf(policies, on) && rank(own) <= rank(on)),
    )

const placed = (slots: readonly Slot[]): Policies => ({
  all: slots.map(({ policy }) => policy),
  holding: ({ of, policy }) =>
    slots.find(
      ({ side, type, level, document }) =>
        side === of && type === policy?.type && level === policy.level && document === policy.document,
    )?.policy,
})

/** Throws, with the place, unless the certificate proves that `left` allows nothing that `right` does not. */
export const checkEnvironmentCertificate = (
  left: EnvironmentJson,
  right: EnvironmentJson,
  certificate: CertificateJson,
  world?: WorldJson,
): void => {
  if (certificate.claim !== 'EnvironmentNoBroader') throw new Error('another claim')
  const [ours, theirs] = [laidOut('left', left), laidOut('right', right)]
  const slots = [...ours.slots, ...theirs.slots]
  const policies = placed(slots)
  checkGround(policies.all, certificate, world)
  const claims = new Map<string, Claim>()
  for (const request of requestsFor(slots)) {
    const own = tableOf(ours, request)
    if (own.ways.length === 0) continue
    for (const claim of claimsOf(ours, theirs, own, tableOf(theirs, request)))
      claims.set(JSON.stringify(claim), claim)
  }
  for (const [text, claim] of claims)
    if (!certificate.proofs.some(serves(policies, claim))) throw new Error(`no proof of ${text}`)
  for (const proof of certificate.proofs) checkProof(policies, proof, world)
}
