/**
 * Everybody and everything of an inventory, for matrices.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type { MatrixPrincipal, MatrixRepository } from '../ecr/index.js'
import { Context, DocumentJson } from '../model/index.js'
import { at, policiesAt, registryOf, resourceTags, tagContext } from './ask.js'
import type { Bounded } from './Bounded.js'
import type { Tags } from './Found.js'
import { distinct, isSome, type Gap, type Gaps } from './Gap.js'
import type { Inventory, InventoryPrincipal, InventoryRepository } from './Inventory.js'
import { identityInDoubt, resourceInDoubt, tagDoubts } from './tagDoubts.js'

/**
 * Everybody and everything of the inventory, for `Ecr.accessMatrix`. With `bound`, policies of which parts are not known
 * are taken at their least or at their most, and the matrix says what is allowed for sure, or what may be.
 *
 * **Errors** without `bound` every gap that bears on them; with it, those of principals and repositories without ARN.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const fleet =
  (options: { readonly bound?: 'least' | 'most' | undefined } = {}) =>
  (
    inventory: Inventory,
  ): E.Either<
    Gaps,
    { readonly principals: readonly MatrixPrincipal[]; readonly repositories: readonly MatrixRepository[] }
  > => {
    const { principals, repositories } = inventory
    const isNameless = ({ code }: Gap): boolean => code === 'UnknownName'
    const gaps =
      options.bound === undefined
        ? bearing(inventory)
        : [
            ...principals.flatMap((one) => (one.arn === undefined ? one.gaps.filter(isNameless) : [])),
            ...repositories.flatMap((one) =>
              one.repository === undefined ? one.gaps.filter(isNameless) : [],
            ),
          ]
    if (isSome(gaps)) return E.left(gaps)
    const side = options.bound ?? 'least'
    return E.right({
      principals: principals.flatMap(matrixPrincipal(inventory, side)),
      repositories: repositories.flatMap(matrixRepository(inventory, side)),
    })
  }

const tagGaps = (all: readonly { readonly tags: Tags }[]): Tags => ({
  known: {},
  gaps: all.flatMap(({ tags }) => tags.gaps),
})

const matrixPrincipal =
  ({ repositories }: Inventory, side: 'least' | 'most') =>
  (one: InventoryPrincipal): readonly MatrixPrincipal[] => {
    const { arn, identityPolicies, permissionsBoundary, pointer, tags } = one
    if (arn === undefined) return []
    const context = tagContext('aws:PrincipalTag', tags)
    const documents = [...identityPolicies, permissionsBoundary].flatMap((each) => [each?.least, each?.most])
    const inDoubt = identityInDoubt(tagDoubts(documents, Context.make(context), tags, tagGaps(repositories)))
    const boundary = permissionsBoundary === undefined ? undefined : inDoubt(permissionsBoundary)
    const policies = {
      identityPolicies: identityPolicies.map(inDoubt),
      permissionsBoundary: boundary,
      pointer,
    }
    return [{ principal: arn, ...policiesAt(side)(policies), context }]
  }

const matrixRepository =
  (inventory: Inventory, side: 'least' | 'most') =>
  ({ repository, policy, tags }: InventoryRepository): readonly MatrixRepository[] => {
    if (repository === undefined) return []
    const registry = registryOf(inventory, repository)
    const documents = [policy, registry].flatMap((each) => [each?.least, each?.most])
    const doubts = tagDoubts(documents, Context.make(resourceTags(tags)), tagGaps(inventory.principals), tags)
    return [
      {
        repository,
        resourcePolicy: at(side, policy, resourceInDoubt(doubts, 'ecr-repository')),
        registryPolicy: at(side, registry, resourceInDoubt(doubts, 'ecr-registry')),
        tags: tags.known,
      },
    ]
  }

/** Gaps of what a matrix shows, and of what it might have shown. */
const bearing = ({ principals, repositories, registries, gaps }: Inventory): readonly Gap[] => {
  const policies = [
    ...principals.flatMap((one) => [...one.identityPolicies, one.permissionsBoundary]),
    ...repositories.map((one) => one.policy),
    ...registries.map((one) => one.policy),
  ]
  return distinct([
    ...gaps.filter(({ code }) => code === 'Truncated' || code === 'NotRead'),
    ...principals.flatMap((one) => one.gaps),
    ...repositories.flatMap((one) => one.gaps),
    ...registries.flatMap(({ policy }) => policy.gaps),
    ...(asksFor('principaltag/')(policies) ? principals.flatMap(({ tags }) => tags.gaps) : []),
    ...(asksFor('resourcetag/')(policies) ? repositories.flatMap(({ tags }) => tags.gaps) : []),
  ])
}

/** Does some policy ask for a key, in a condition or by a variable? */
const asksFor =
  (key: string) =>
  (policies: readonly (Bounded | undefined)[]): boolean =>
    policies.some((policy) =>
      [policy?.least, policy?.most].some(
        (document) => document !== undefined && DocumentJson.stringify(document).toLowerCase().includes(key),
      ),
    )
