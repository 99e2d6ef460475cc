/**
 * Rules about the actions that a document lists.
 *
 * @since 0.1.0
 */
import {
  ofStatements,
  Parts,
  Patterns,
  Place,
  replacing,
  unsupportedKey as unsupportedKeyOf,
  type Lint,
  type Placed,
} from '../../lint/index.js'
import { Action, Problem, Resource, type Statement } from '../../model/index.js'
import * as E from 'fp-ts/lib/Either.js'
import { expand, meant, type Meant } from '../catalogue/catalogue.js'
import { actions } from '../data/actions.js'
import { publicActions } from '../data/publicActions.js'
import { isWithoutResource, takesInNoResource, token } from './lintGrants.js'
import type { EcrRule, LintOptions } from './lintRule.js'

/** What a longer list of actions does: more is allowed, or more is refused. */
const byMoreActions = (statement: Statement.Statement): 'Grants' | 'Restricts' =>
  (statement.effect === 'Allow') === (statement.action._tag === 'Action') ? 'Grants' : 'Restricts'

/** A fix that takes out an action for which nobody can ask there, where that allows nothing new. */
const removal = (placed: Placed, i: number): Lint.Fix | undefined => {
  const less = Parts.withoutAction(i)(placed.statement)
  return less === undefined || byMoreActions(placed.statement) === 'Restricts'
    ? undefined
    : replacing(`remove \`${placed.statement.action.patterns[i] ?? ''}\``, 'Narrower', placed, [less])
}

// ---- actions that are not there ----

const serviceOf = (pattern: Action.ActionPattern): string => Action.fold(pattern).split(':')[0] ?? ''

const sources = new Map([
  ['ecr', 'EX-23'],
  ['ecr-public', 'EX-44'],
])

const patternsOf = (names: readonly string[]): readonly Action.ActionPattern[] =>
  names.flatMap((name) => {
    const read = Action.parsePattern(name)
    return E.isRight(read) ? [read.right] : []
  })

/** Whatever the statement did with the wrong name it no longer does; nobody can ask for that one (EX-23). */
const rename = (placed: Placed, i: number, names: readonly string[]): Lint.Fix | undefined => {
  const { statement } = placed
  const renamed = Parts.withActions(
    statement.action.patterns.flatMap((pattern, j) => (j === i ? patternsOf(names) : [pattern])),
  )(statement)
  return renamed === undefined
    ? undefined
    : replacing(`write ${Parts.listed(names)}`, byMoreActions(statement), placed, [renamed])
}

const mendOf = ({ actions: names, why }: Meant): string => {
  const because = why === undefined ? '' : `: ${why}`
  return names.length === 0 ? `take it out${because}` : `did you mean ${Parts.listed(names)}?${because}`
}

/** What a pattern that fits no action was to be; of one with wildcards nobody knows. */
const wanted = (pattern: string): Meant =>
  /[*?]/.test(pattern) ? { actions: [], why: undefined } : meant(pattern)

/**
 * An `ecr` or `ecr-public` action that is not there matches no request; the policy is saved all the same (EX-23, EX-44).
 *
 * @category analysis
 * @since 0.1.0
 */
export const unknownAction: EcrRule = {
  id: 'unknown-action',
  severity: 'error',
  title: 'an action of ECR or ECR Public that is not there',
  sources: ['EX-23', 'EX-44'],
  check: ofStatements<LintOptions>(() => (placed) => {
    const { statement, index } = placed
    return statement.action.patterns.flatMap((pattern, i) => {
      const source = sources.get(serviceOf(pattern))
      if (source === undefined || expand(pattern).length > 0) return []
      const mean = wanted(pattern)
      return [
        {
          pointer: Place.actionAt(index, statement, i),
          message: `there is no action ${Problem.quote(pattern)}, so this matches nothing`,
          source,
          mend: mendOf(mean),
          fix: mean.actions.length === 0 ? removal(placed, i) : rename(placed, i, mean.actions),
        },
      ]
    })
  }),
}

// ---- keys ----

const isTagOfResource = (key: string): boolean => key.includes(':ResourceTag/')

/** The catalogue lists tags of a repository for its creation too, when there are none yet (EX-26). */
const atCreation = ({ conditionKeys }: { readonly conditionKeys: readonly string[] }) => ({
  conditionKeys: conditionKeys.filter((key) => !isTagOfResource(key)),
})

const known = {
  ...actions,
  'ecr:CreateRepository': atCreation(actions['ecr:CreateRepository']),
}

const publiclyKnown = {
  ...publicActions,
  'ecr-public:CreateRepository': atCreation(publicActions['ecr-public:CreateRepository']),
}

const inCatalogue = [
  unsupportedKeyOf({ service: 'ecr', actions: known, source: 'EC-7' }, expand),
  unsupportedKeyOf({ service: 'ecr-public', actions: publiclyKnown, source: 'EC-7' }, expand),
]

/**
 * A key that the catalogue of ECR or of ECR Public does not have for the actions listed, or that is not there yet when a
 * repository is created (EC-7, EX-25, EX-26).
 *
 * @category analysis
 * @since 0.1.0
 */
export const unsupportedKey: EcrRule = {
  id: 'unsupported-key',
  severity: 'warning',
  title: "a condition key that the statement's actions never have",
  sources: ['EC-7'],
  check: (subject) => inCatalogue.flatMap((check) => check(subject)),
}

// ---- actions without resource ----

const onEverything = Resource.parsePatternOrThrow('*')

/** The action in a statement of its own on `*`, and the rest as it was. */
const split = (placed: Placed, i: number): Lint.Fix | undefined => {
  const { statement } = placed
  const pattern = statement.action.patterns[i]
  if (pattern === undefined) return undefined
  const rest = Parts.withoutAction(i)(statement)
  const own: Statement.Statement = {
    ...statement,
    sid: rest === undefined ? statement.sid : undefined,
    action: { _tag: 'Action', patterns: [pattern] },
    resource: { _tag: 'Resource', patterns: [onEverything] },
  }
  const verb = statement.effect === 'Allow' ? 'allow' : 'deny'
  return replacing(`${verb} \`${pattern}\` on \`*\``, byMoreActions(statement), placed, [
    ...(rest === undefined ? [] : [rest]),
    own,
  ])
}

/**
 * An action without resource, in a statement whose resources are ARNs: never matched (EC-1, SM-R7).
 *
 * Only patterns that name such actions alone; `ecr:*` on an ARN is sound for the rest that it means.
 *
 * @category analysis
 * @since 0.1.0
 */
export const resourceOnAccountAction: EcrRule = {
  id: 'resource-on-account-action',
  severity: 'error',
  title: 'an action without resource, such as GetAuthorizationToken, under an ARN',
  sources: ['SM-R7', 'EC-1'],
  check: ofStatements<LintOptions>(({ kind }) => (placed) => {
    const { statement, index } = placed
    const { action, resource } = statement
    if (kind === 'ecr-repository' || action._tag === 'NotAction') return []
    if (resource._tag !== 'Resource' || takesInNoResource(statement)) return []
    return action.patterns.flatMap((pattern, i) => {
      const named = expand(pattern)
      return named.length === 0 || !named.every(isWithoutResource)
        ? []
        : [
            {
              pointer: Place.actionAt(index, statement, i),
              message: `\`${pattern}\` has no resource, so under an ARN it matches nothing`,
              source: 'SM-R7',
              mend:
                statement.effect === 'Allow'
                  ? 'put it into a statement of its own with `"Resource": "*"`'
                  : 'take it out, or deny it to everybody in a statement of its own with `"Resource": "*"`',
              fix: split(placed, i),
            },
          ]
    })
  }),
}

// ---- repository policies ----

const privateActions = Object.entries(actions)

/** Why a repository policy is no place for an action, and what is. */
interface Misplaced {
  readonly source: string
  readonly message: string
  readonly mend: string
  readonly isIdle: boolean
}

const notAsked = (pattern: string, source: string, mend: string): Misplaced => ({
  source,
  message: `no repository policy is asked about \`${pattern}\`, and ECR may refuse to save it`,
  mend,
  isIdle: true,
})

/** CreateRepository is asked on the repository that is to be, and only the policies of accounts know of it (EC-4). */
const creation = 'ecr:CreateRepository'
const replication = 'ecr:ReplicateImage'

const misplaced = (pattern: string, names: readonly string[]): Misplaced | undefined => {
  const is = (wanted: string): boolean => names.every((name) => name === wanted)
  const isDecidedHere = privateActions.some(
    ([name, { repositoryPolicy }]) => names.includes(name) && repositoryPolicy !== 'none',
  )
  if (names.length === 0) return undefined
  if (is(replication))
    return {
      source: 'EX-30',
      message: `\`${pattern}\` is known to work in registry policies only`,
      mend: 'allow it to the account of the source in the policy of the registry that is replicated to',
      isIdle: false,
    }
  if (isDecidedHere) return undefined
  if (is(token)) return notAsked(pattern, 'EX-2', 'allow it in an identity policy, on `*`')
  return is(creation)
    ? notAsked(
        pattern,
        'EX-30',
        'allow it in an identity policy, on the repository to be, and to another account in the registry policy',
      )
    : notAsked(
        pattern,
        'EX-30',
        `allow it in an identity policy${names.every(isWithoutResource) ? ', on `*`' : ''}`,
      )
}

/**
 * An action that is not decided by repository policies, in one, or that is not known to be (EX-2, EX-30).
 *
 * @category analysis
 * @since 0.1.0
 */
export const noEffectInRepositoryPolicy: EcrRule = {
  id: 'no-effect-in-repository-policy',
  severity: 'warning',
  title: 'an action that no repository policy decides, such as GetAuthorizationToken, in one',
  sources: ['EX-2', 'EX-30'],
  check: ofStatements<LintOptions>(({ kind }) => (placed) => {
    const { statement, index } = placed
    if (kind !== 'ecr-repository' || statement.action._tag === 'NotAction') return []
    return statement.action.patterns.flatMap((pattern, i) => {
      const fits = Patterns.fits(pattern)
      const found = misplaced(
        pattern,
        privateActions.flatMap(([name]) => (fits(name) ? [name] : [])),
      )
      if (found === undefined) return []
      const { isIdle, ...said } = found
      return [
        {
          ...said,
          pointer: Place.actionAt(index, statement, i),
          fix: isIdle ? removal(placed, i) : undefined,
        },
      ]
    })
  }),
}
