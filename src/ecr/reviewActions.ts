/**
 * Rules about the actions that a document lists.
 *
 * @since 0.1.0
 */
import { Action, nearest, Problem } from '../model/index.js'
import { actions } from './data/actions.js'
import { publicActions } from './data/publicActions.js'
import { pullTag } from './data/operations/pull.js'
import {
  entry,
  fits,
  isAbout,
  listed,
  member,
  statementAt,
  type Finding,
  type StatementRule,
} from './reviewFinding.js'
import { isWithoutResource, takesInNoResource } from './reviewGrants.js'

const privateNames = Object.keys(actions)
const publicNames = Object.keys(publicActions)

/**
 * An `ecr` or `ecr-public` action that is not there matches no request; the policy is saved all the same (EX-23, EX-44).
 *
 * @category analysis
 * @since 0.1.0
 */
export const unknownAction: StatementRule = () => (statement, index) =>
  statement.action.patterns.flatMap((pattern, i, patterns) => {
    const pointer = entry(patterns, i)(member(statement.action._tag)(statementAt(index)))
    const folded = Action.fold(pattern)
    if (folded.startsWith('ecr:') && !privateNames.some(fits(pattern)))
      return [unknown(pattern, pointer, 'EX-23', didYouMean(nearest(privateNames)(pattern)))]
    if (folded.startsWith('ecr-public:') && !publicNames.some(fits(pattern)))
      return [unknown(pattern, pointer, 'EX-44', publicMend(folded))]
    return []
  })

const unknown = (pattern: string, pointer: string, source: string, mend: string | undefined): Finding => ({
  id: 'unknown-action',
  severity: 'error',
  pointer,
  message: `there is no action ${Problem.quote(pattern)}, so this matches nothing`,
  source,
  mend,
})

const didYouMean = (near: string | undefined): string =>
  near === undefined ? 'take it out' : `did you mean \`${near}\`?`

/** Two of the names that are right for private registries are missing here because nothing decides a public pull. */
const publicMend = (folded: string): string =>
  privateNames.some((name) => name.toLowerCase() === folded.replace('ecr-public:', 'ecr:'))
    ? 'take it out: ECR Public has no such action, and its pulls are not decided by IAM'
    : didYouMean(nearest(publicNames)(folded))

/**
 * An action without resource, in a statement whose resources are ARNs: never matched (EC-1, SM-R7).
 *
 * Only patterns that name such actions alone; `ecr:*` on an ARN is sound for the rest that it means.
 *
 * @category analysis
 * @since 0.1.0
 */
export const resourceOnAccountAction: StatementRule =
  ({ kind }) =>
  (statement, index) => {
    const { action, resource } = statement
    if (kind === 'ecr-repository' || action._tag === 'NotAction') return []
    if (resource._tag !== 'Resource' || takesInNoResource(statement)) return []
    return action.patterns.flatMap((pattern, i, patterns) => {
      const named = privateNames.filter(fits(pattern))
      return named.length === 0 || !named.every(isWithoutResource)
        ? []
        : [
            {
              id: 'resource-on-account-action' as const,
              severity: 'error' as const,
              pointer: entry(patterns, i)(member('Action')(statementAt(index))),
              message: `\`${pattern}\` has no resource, so under an ARN it matches nothing`,
              source: 'SM-R7',
              mend: 'put it into a statement of its own with `"Resource": "*"`',
            },
          ]
    })
  }

/**
 * An action that is not decided by repository policies, in one (EX-2, EX-30).
 *
 * @category analysis
 * @since 0.1.0
 */
export const noEffectInRepositoryPolicy: StatementRule =
  ({ kind }) =>
  ({ action }, index) =>
    kind !== 'ecr-repository' || action._tag === 'NotAction'
      ? []
      : action.patterns.flatMap((pattern, i, patterns) => {
          const named = Object.entries(actions).filter(([name]) => fits(pattern)(name))
          if (named.length === 0 || named.some(([, { repositoryPolicy }]) => repositoryPolicy !== 'none'))
            return []
          const isToken = named.every(([name]) => name === 'ecr:GetAuthorizationToken')
          return [
            {
              id: 'no-effect-in-repository-policy' as const,
              severity: 'warning' as const,
              pointer: entry(patterns, i)(member('Action')(statementAt(index))),
              message: `no repository policy is asked about \`${pattern}\`, and ECR may refuse to save it`,
              source: isToken ? 'EX-2' : 'EX-30',
              mend: 'allow it in an identity policy, on `*`',
            },
          ]
        })

/**
 * NotAction with Allow allows everything else, of every service (SM-A5).
 *
 * @category analysis
 * @since 0.1.0
 */
export const allowWithNotAction: StatementRule =
  () =>
  ({ action, effect }, index) =>
    effect !== 'Allow' || action._tag !== 'NotAction'
      ? []
      : [
          {
            id: 'allow-with-not-action',
            severity: 'warning',
            pointer: member('NotAction')(statementAt(index)),
            message:
              'this allows every action of every service but the ones listed, and denies none of those',
            source: 'SM-A5',
            mend: 'list under `Action` what is to be allowed, or deny what is listed',
          },
        ]

const neededToPull: ReadonlySet<string> = new Set(pullTag.required.map(({ action }) => action))

/**
 * A statement that lets one pull and read, and lists more than a pull takes (EX-4). Statements that write are of
 * another sort, and nothing is said of them.
 *
 * @category analysis
 * @since 0.1.0
 */
export const moreThanAPull: StatementRule = () => (statement, index) => {
  if (statement.effect !== 'Allow' || statement.action._tag === 'NotAction') return []
  const allowed = Object.entries(actions).filter(([name]) => isAbout(statement)(name))
  const names = allowed.map(([name]) => name)
  const pulls = pullTag.required.every(({ action, on }) => on === '*' || names.includes(action))
  const reads = allowed.every(([, { accessLevel }]) => accessLevel === 'Read' || accessLevel === 'List')
  const spare = names.filter((name) => !neededToPull.has(name))
  if (!pulls || !reads || spare.length === 0) return []
  return [
    {
      id: 'more-than-a-pull',
      severity: 'info',
      pointer: member('Action')(statementAt(index)),
      message: `a pull takes none of these: ${listed(spare)}`,
      source: 'EX-4',
      mend: 'leave them out, if a pull is all that is meant',
    },
  ]
}
