/**
 * Certificates for environments. In a situation, `left` allows by some way, one Allow of each of a few layers; whether
 * `right` then allows as well is a matter of its obstacles: for each of them, one of the Allows that it lacks is there.
 * So an environment's claim comes to claims on statements, which are proven as those of two documents are.
 *
 * Of the situation itself nothing is supposed: what is proven holds for every caller and resource. That is more than is
 * needed, and where only the kind of caller or how accounts stand to each other makes a claim true, there is no
 * certificate; nor where one side alone has a permissions boundary that a Deny with NotPrincipal meets (PR-11), or where a
 * gateway endpoint's policy names an account (U-22).
 *
 * @since 0.1.0
 */
import type { Environment, Statement } from '../model/index.js'
import { Frozen } from '../pattern/index.js'
import { Strength, type Simulator } from '../simulator/index.js'
import { hitsMoreWithBoundary } from './boundary.js'
import { certify, withCertificate, type Prover, type Proven } from './certificateProofs.js'
import { sourcesOf, type Source } from './certificateSearch.js'
import type { Proof, StatementRef } from './certificateSteps.js'
import { documentsOf, isEnvironmentNoBroader, planPairs, type Plan } from './environment.js'
import { obstacles, sameLayer, ways, type Atom } from './environmentFormula.js'
import { undecided } from './Undecided.js'
import type { Options } from './Verdict.js'

// ---- sources ----

type Side = 'left' | 'right'

/** The statements of a layer, where its Allows have to name the caller so directly. */
type LayerSources = (layer: Simulator.Layer, atLeast: Strength.Strength) => readonly Source[]

/** Each layer is read once for each strength, so that the same statement is the same source. */
const sourcesIn = (side: Side): LayerSources => {
  const known = new Map<string, readonly Source[]>() // local mutation: sources by layer and strength
  return ({ id, documents }, atLeast) => {
    const key = `${id.type}${id.level}${atLeast}`
    const sources =
      known.get(key) ??
      documents.flatMap((each, document) => sourcesOf(side, each, atLeast, { ...id, document }))
    known.set(key, sources)
    return sources
  }
}

const withEffect = (sources: readonly Source[], effect: 'Allow' | 'Deny'): readonly Source[] =>
  sources.filter(({ line }) => line.statement.effect === effect)

const deniesOf = ({ layers }: Plan, sources: LayerSources): readonly Source[] =>
  layers.flatMap((layer) => withEffect(sources(layer, 'Account'), 'Deny'))

const allowsOf = ({ layers }: Plan, sources: LayerSources, { layer, atLeast }: Atom): readonly Source[] =>
  layers
    .filter(({ id, allows }) => allows && id.type === layer.type && id.level === layer.level)
    .flatMap((each) => withEffect(sources(each, atLeast), 'Allow'))

const statementsOf = ({ layers }: Plan): readonly Statement.Statement[] =>
  layers.flatMap(({ documents }) => documents.flatMap(({ statements }) => statements))

/** Does the boundary of a plan change what one of its statements means? */
const isBounded = (plan: Plan): boolean => plan.hasBoundary && statementsOf(plan).some(hitsMoreWithBoundary)

const namesAccounts = (statement: Statement.Statement): boolean =>
  statement._tag === 'ResourceStatement' &&
  statement.principal.principals.some(({ _tag }) => _tag === 'Account')

/** Are all statements of both plans read alike, as documents by themselves would be? */
const isPlain = (plans: readonly [Plan, Plan]): boolean =>
  (plans[0].hasBoundary === plans[1].hasBoundary ||
    !plans.flatMap(statementsOf).some(hitsMoreWithBoundary)) &&
  plans.every(({ layers }) =>
    layers.every(
      ({ documents, accountMeansRoot }) =>
        !accountMeansRoot || !documents.some(({ statements }) => statements.some(namesAccounts)),
    ),
  )

// ---- what has to be proven ----

/** Whatever is in one of each of these lists is in one of `outside`; `boundary` as in a proof. */
interface Demand {
  readonly lists: readonly (readonly Source[])[]
  readonly outside: readonly Source[]
  readonly boundary: boolean
}

/**
 * Atoms of the layers in question before the others: policies of one layer most likely lie within one another. SCPs, which
 * formulas name first, are the widest and come last.
 */
const nearestFirst = (atoms: readonly Atom[], to: readonly Atom[]): readonly Atom[] => {
  const isNear = (atom: Atom): boolean => to.some((other) => sameLayer(other, atom))
  const others = atoms.filter((atom) => !isNear(atom))
  return [...atoms.filter(isNear), ...others.slice().reverse()]
}

const demandsOf =
  (ours: LayerSources, theirs: LayerSources) =>
  ([left, right]: readonly [Plan, Plan]): readonly Demand[] => {
    const [denies, limits] = [deniesOf(left, ours), deniesOf(right, theirs)]
    const boundary = isBounded(left) || isBounded(right)
    const listsOf = (atoms: readonly Atom[]) => atoms.map((atom) => allowsOf(left, ours, atom))
    const obstacleOf = (lacking: readonly Atom[]) => lacking.flatMap((atom) => allowsOf(right, theirs, atom))
    return ways(left.requires).flatMap((way): readonly Demand[] => [
      ...obstacles(right.requires).map((lacking) => ({
        lists: listsOf(nearestFirst(way, lacking)),
        outside: [...denies, ...obstacleOf(lacking)],
        boundary,
      })),
      { lists: [limits, ...listsOf(nearestFirst(way, []))], outside: denies, boundary },
    ])
  }

// ---- what a proof serves for ----

const placeOf = ({ of, policy, statement }: StatementRef): string =>
  `${of} ${policy?.type} ${policy?.level} ${policy?.document} ${statement}`

const strengthOf = ({ policy }: StatementRef): Strength.Strength => policy?.atLeast ?? 'Account'

/** Is there the same statement, naming callers at least as directly? Then it matches no more than the given one. */
const isWithin =
  (refs: readonly StatementRef[]) =>
  (ref: StatementRef): boolean =>
    refs.some(
      (other) => placeOf(other) === placeOf(ref) && Strength.atLeast(strengthOf(ref))(strengthOf(other)),
    )

/** Is there the same statement, naming callers at most as directly? Then it matches whatever the given one does. */
const isAround =
  (refs: readonly StatementRef[]) =>
  (ref: StatementRef): boolean =>
    refs.some(
      (other) => placeOf(other) === placeOf(ref) && Strength.atLeast(strengthOf(other))(strengthOf(ref)),
    )

interface Claim {
  readonly inside: readonly Source[]
  readonly outside: readonly Source[]
  readonly boundary: boolean
}

const refsOf = (sources: readonly Source[]): readonly StatementRef[] => sources.map(({ ref }) => ref)

const serves = ({ inside, outside, boundary }: Claim): ((proof: Proof) => boolean) => {
  const [within, around] = [isWithin(refsOf(inside)), isAround(refsOf(outside))]
  return (proof) => proof.boundary === boundary && proof.inside.every(within) && proof.outside.every(around)
}

/** A proof with those statements only that it covers cases by, so that it serves for more. */
const trimmed = (proof: Proof): Proof => {
  const used = new Set(proof.steps.flatMap((step) => (step._tag === 'Covered' ? [refKey(step.by)] : [])))
  return { ...proof, outside: proof.outside.filter((ref) => used.has(refKey(ref))) }
}

const refKey = (ref: StatementRef): string => `${placeOf(ref)} ${strengthOf(ref)}`

// ---- proofs ----

/** Proves claims, each at most once: a claim that an earlier proof serves for gets that one. */
const remembering = (prover: Prover): ((claim: Claim) => Proof | undefined) => {
  const proofs: Proof[] = [] // local mutation: grows claim by claim, as does the next
  const failed = new Set<string>()
  return (claim) => {
    const before = proofs.find(serves(claim))
    const key = claimKey(claim)
    if (before !== undefined || failed.has(key)) return before
    const proof = prover({ ...claim, atLeast: 'Account' })
    if (proof === undefined) {
      failed.add(key)
      return undefined
    }
    const made = trimmed(proof)
    proofs.push(made)
    return made
  }
}

const claimKey = ({ inside, outside, boundary }: Claim): string =>
  [boundary, ...[inside, outside].map((sources) => refsOf(sources).map(refKey).join())].join('/')

/** Statements chosen so far, of the first so many lists. */
interface Choice {
  readonly chosen: readonly Source[]
  readonly of: number
}

/** Proofs for every way to take one of each list: as soon as those chosen so far lie within, the others do not matter. */
const provenChoices = (
  lists: readonly (readonly Source[])[],
  prove: (inside: readonly Source[]) => Proof | undefined,
): readonly Proof[] | undefined => {
  const used: Proof[] = [] // local mutation: proofs as they are found
  const open: Choice[] = [{ chosen: [], of: 0 }] // local mutation: choices that are left
  for (let choice = open.pop(); choice !== undefined; choice = open.pop()) {
    const { chosen, of } = choice
    const proof = of === 0 ? undefined : prove(chosen)
    const next = lists[of]
    if (proof !== undefined) used.push(proof)
    else if (next === undefined) return undefined
    else for (const source of next) open.push({ chosen: [...chosen, source], of: of + 1 })
  }
  return used
}

/**
 * The proofs that meet a demand; undefined where they are not found. Where all of one list lie within `outside`, each by
 * itself, the other lists do not matter; else each that does needs no company, and of the rest every choice is proven
 * together.
 */
const meeting = (
  { lists, ...rest }: Demand,
  prove: (claim: Claim) => Proof | undefined,
): readonly Proof[] | undefined => {
  const proofOf = (inside: readonly Source[]): Proof | undefined => prove({ inside, ...rest })
  const used: Proof[] = [] // local mutation: proofs as they are found
  const open: (readonly Source[])[] = [] // local mutation: what is left of each list
  for (const list of lists) {
    const alone = list.map((source) => ({ source, proof: proofOf([source]) }))
    const proofs = alone.flatMap(({ proof }) => (proof === undefined ? [] : [proof]))
    if (proofs.length === list.length) return proofs
    for (const proof of proofs) used.push(proof)
    open.push(alone.flatMap(({ source, proof }) => (proof === undefined ? [source] : [])))
  }
  const together = provenChoices(open, proofOf)
  return together && [...used, ...together]
}

const proofsOf =
  (demands: readonly Demand[]) =>
  (prover: Prover): readonly Proof[] | undefined => {
    const prove = remembering(prover)
    const used = new Set<Proof>() // local mutation: demand by demand
    for (const demand of demands) {
      const proofs = meeting(demand, prove)
      if (proofs === undefined) return undefined
      for (const proof of proofs) used.add(proof)
    }
    return Array.from(used)
  }

// ---- operations ----

/**
 * Does `left` allow nothing that `right` does not, as whole environments? As `isEnvironmentNoBroader`, with a certificate
 * for a Yes.
 *
 * **Cost** as `isEnvironmentNoBroader`, and again for the certificate, which has its own budget of the same size.
 *
 * @example
 * import { Algebra, Document, Environment } from 'ecr-policy'
 *
 * const allow = (Action: string) =>
 *   Document.parseOrThrow(
 *     { Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } },
 *     'identity',
 *   )
 * const before = Environment.make({ identityPolicies: [allow('ecr:Get*')] })
 * const after = Environment.make({
 *   identityPolicies: [allow('ecr:Get*')],
 *   permissionsBoundary: allow('ecr:*Image'),
 * })
 * const { verdict } = Algebra.proveEnvironmentNoBroader(after, before)
 * verdict._tag // => 'Yes'
 *
 * @category analysis
 * @since 0.1.0
 */
export const proveEnvironmentNoBroader = (
  left: Environment.Environment,
  right: Environment.Environment,
  options: Options = {},
): Proven => proveEnvironments(Frozen.own(left), Frozen.own(right), options)

const proveEnvironments = (
  left: Environment.Environment,
  right: Environment.Environment,
  options: Options,
): Proven =>
  withCertificate(isEnvironmentNoBroader(left, right, options), () => {
    const pairs = planPairs(left, right)
    if (!pairs.every(isPlain))
      return undecided('NotExpressible', 'a boundary or a gateway endpoint changes what a principal means', 0)
    const [ours, theirs] = [sourcesIn('left'), sourcesIn('right')]
    const demands = pairs.flatMap(demandsOf(ours, theirs))
    return certify(
      {
        claim: 'EnvironmentNoBroader',
        documents: [...documentsOf(left), ...documentsOf(right)],
        sources: demands.flatMap(({ lists, outside }) => [...lists.flat(), ...outside]),
        prove: proofsOf(demands),
      },
      options,
    )
  })
