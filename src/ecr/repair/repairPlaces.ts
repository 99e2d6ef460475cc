/**
 * The policies of a place: found in an access and its target, and put back there when they were edited.
 *
 * @since 0.1.0
 */
import { Document, type Statement } from '../../model/index.js'
import type { Simulator } from '../../simulator/index.js'
import type { Access } from '../Access.js'
import { takes } from '../matrix/matrixQuestion.js'
import type { Place } from '../Place.js'
import type { Edit } from './repairEdit.js'
import { heldIn, isAt } from './repairNeeds.js'
import type { PublicRepository, Repository } from '../Repository.js'
import type { Held, Targets } from '../Target.js'
import type { Step } from '../Verdict.js'

type AnyHeld = Held | Held<PublicRepository>

/**
 * What an operation is asked on, however it was told.
 *
 * @category model
 * @since 0.1.0
 */
export type AnyTarget = Repository | PublicRepository | Targets

// ---- destructors ----

/**
 * The policies that stand in a place.
 *
 * @category destructors
 * @since 0.1.0
 */
export const documentsAt =
  (access: Access, targets: Targets) =>
  (place: Place): readonly Document.Document[] =>
    documentsOf(access, heldIn(targets).find(isAt(place)))(
      place._tag,
      place._tag === 'ServiceControlPolicy' || place._tag === 'ResourceControlPolicy' ? place.level : 0,
    )

/**
 * The Deny of a step's action that a reference from the decision on it means, if it is found again. A policy of a repository,
 * its registry or the owner's organization is looked for with the repository asked on, then with every one.
 *
 * @category destructors
 * @since 0.1.0
 */
export const denyAt =
  (access: Access, targets: Targets, { action, resource }: Step) =>
  (ref: Simulator.StatementRef): Statement.Statement | undefined => {
    const all = heldIn(targets)
    const own = all.filter(isAt({ _tag: 'ResourcePolicy', repository: resource }))
    return [...own, ...all, undefined]
      .map((held) => documentsOf(access, held)(ref.policyType, ref.level)[ref.document])
      .map((document) => document?.statements[ref.statement])
      .find(
        (statement) =>
          statement?.effect === 'Deny' &&
          statement.sid === ref.sid &&
          takes(statement.action)(action.toLowerCase()),
      )
  }

const documentsOf =
  (access: Access, held: AnyHeld | undefined) =>
  (type: Simulator.PolicyType, level: number): readonly Document.Document[] => {
    switch (type) {
      case 'IdentityPolicy':
        return access.identityPolicies
      case 'PermissionsBoundary':
        return maybe(access.permissionsBoundary)
      case 'SessionPolicy':
        return access.sessionPolicies
      case 'VpcEndpointPolicy':
        return access.endpointPolicies
      case 'ServiceControlPolicy':
        return access.serviceControlPolicies?.[level] ?? []
      case 'ResourceControlPolicy':
        return held?.resourceControlPolicies?.[level] ?? []
      case 'ResourcePolicy':
        return maybe(held?.resourcePolicy)
      case 'RegistryPolicy':
        return maybe(held?.registryPolicy)
    }
  }

const maybe = <A>(value: A | undefined): readonly A[] => (value === undefined ? [] : [value])

// ---- combinators ----

/**
 * An access and its target with edits made, those that owners can make: of a lone repository the policies stand in the access.
 *
 * @category combinators
 * @since 0.1.0
 */
export const edited = (
  access: Access,
  target: AnyTarget,
  edits: readonly Edit[],
): { readonly access: Access; readonly target: AnyTarget } =>
  edits.reduce(
    (made, edit) =>
      isLone(made.target)
        ? { access: withOwners(edit)(withCallers(made.access, edit)), target: made.target }
        : {
            access: withCallers(made.access, edit),
            target: mapHeld((held) => (isAt(edit.place)(held) ? withOwners(edit)(held) : held))(made.target),
          },
    { access, target },
  )

const isLone = (target: AnyTarget): target is Repository | PublicRepository => Object.hasOwn(target, '_tag')

const put = <D>(documents: readonly D[], { document }: Edit, after: D): readonly D[] =>
  document === undefined ? [...documents, after] : documents.map((each, i) => (i === document ? after : each))

const withCallers = (access: Access, edit: Edit): Access => {
  const { place, after } = edit
  if (!Document.isIdentity(after)) return access
  if (place._tag === 'IdentityPolicy')
    return { ...access, identityPolicies: put(access.identityPolicies, edit, after) }
  return place._tag === 'SessionPolicy'
    ? { ...access, sessionPolicies: put(access.sessionPolicies, edit, after) }
    : access
}

type Owned = Pick<Held, 'resourcePolicy' | 'registryPolicy'>

const withOwners =
  ({ place, after }: Edit) =>
  <A extends Owned>(that: A): A =>
    Document.isResource(after) ? { ...that, ...ownedAt(place, after) } : that

const ownedAt = ({ _tag }: Place, policy: Document.ResourceDocument): Owned => {
  if (_tag === 'ResourcePolicy') return { resourcePolicy: policy }
  return _tag === 'RegistryPolicy' ? { registryPolicy: policy } : {}
}

const mapHeld =
  (f: <H extends AnyHeld>(held: H) => H) =>
  (targets: Targets): Targets => ({
    ...targets,
    ...(targets.repository === undefined ? {} : { repository: f(targets.repository) }),
    ...(targets.source === undefined ? {} : { source: f(targets.source) }),
    ...(targets.destination === undefined ? {} : { destination: f(targets.destination) }),
    ...(targets.publicRepository === undefined ? {} : { publicRepository: f(targets.publicRepository) }),
  })
