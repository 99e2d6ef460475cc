/** The answers: every operation, in one account and across two, under every setting; and what mends a no. */
import { type Document, Ecr, Policy } from 'ecr-policy'
import { abroad, home, operations, type OperationId, type Seed, type Setting } from './Seed.js'

export type Where = 'same account' | 'cross account'
export const places: readonly Where[] = ['same account', 'cross account']
export const asked = Object.keys(operations) as readonly OperationId[]

/** The repository that is asked about. */
export const repositoryIn = (where: Where): Ecr.Repository.Repository =>
  Ecr.Repository.parseOrThrow(
    `arn:aws:ecr:eu-west-1:${where === 'same account' ? home : abroad}:repository/app`,
  )

export const ask = (
  { role }: Pick<Seed, 'role'>,
  { identity, repository }: Pick<Setting, 'identity' | 'repository'>,
  where: Where,
  operation: OperationId,
): Ecr.Verdict =>
  Ecr.can(
    operation,
    Ecr.accessOrThrow({ principal: role, identityPolicies: identity, resourcePolicy: repository }),
    repositoryIn(where),
  )

export const wholeOf = ({ settings }: Seed): Setting => {
  const last = settings.at(-1)
  if (last === undefined) throw new Error('a document without a setting')
  return last
}

/** What has to be added, and the verdict with it. */
export interface Mend {
  readonly identity: readonly { readonly resource: string; readonly actions: readonly string[] }[]
  readonly repository: readonly string[]
  readonly setting: Setting
  readonly after: Ecr.Verdict
}

const lacking = (verdict: Ecr.Verdict, type: Ecr.Missing['policyTypes'][number]): readonly Ecr.Missing[] =>
  verdict.missing.filter(({ policyTypes }) => policyTypes.includes(type))

const byResource = (all: readonly Ecr.Missing[]): Mend['identity'] =>
  [...new Set(all.map(({ resource }) => resource))].map((resource) => ({
    resource,
    actions: all.filter((one) => one.resource === resource).map(({ action }) => action),
  }))

/**
 * Adds one Allow for each thing that the verdict says is missing, in the policy in which it says that it is missing, and
 * asks again.
 */
export const mend = (seed: Seed, setting: Setting, where: Where, operation: OperationId): Mend => {
  const before = ask(seed, setting, where, operation)
  const identity = byResource(lacking(before, 'IdentityPolicy'))
  const repository = lacking(before, 'ResourcePolicy').map(({ action }) => action)
  const mended: Setting = {
    ...setting,
    identity:
      identity.length === 0
        ? setting.identity
        : [
            ...setting.identity,
            Policy.identityOrThrow(
              identity.map(({ resource, actions }) =>
                Policy.allow({ action: actions.map(Policy.action), resource }),
              ),
            ),
          ],
    repository: repository.length === 0 ? setting.repository : withGrant(seed.role, repository, setting),
  }
  return { identity, repository, setting: mended, after: ask(seed, mended, where, operation) }
}

const withGrant = (
  role: string,
  actions: readonly string[],
  { repository }: Setting,
): Document.ResourceDocument => {
  const grant = Policy.allow({ principal: role, action: actions.map(Policy.action) })
  return Policy.resourceOrThrow(repository === undefined ? [grant] : Policy.addStatement(grant)(repository))
}
