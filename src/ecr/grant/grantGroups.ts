/**
 * Asks of one place, put together as statements: actions share a statement if they are asked on the same resources by the
 * same grantees, so that no statement says more than was asked, and the token stands apart.
 *
 * Source: EX-1, EX-45.
 *
 * @since 0.1.0
 */
import { resourceText, type Ask } from './grantAsks.js'
import * as Grantee from './Grantee.js'
import { Groups } from '../../pattern/index.js'
import { tokenAction } from '../Operation.js'

// ---- model ----

/**
 * What becomes one statement. `audience` is the sort of its grantees, empty where they are not named.
 *
 * @category model
 * @since 0.1.0
 */
export interface Group {
  readonly audience: string
  readonly grantees: readonly Grantee.Grantee[]
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly asks: readonly Ask[]
}

// ---- constructors ----

/** The services' tokens, which stand apart from everything else (EX-1, EX-45). */
const logins: readonly string[] = [
  tokenAction,
  'ecr-public:GetAuthorizationToken',
  'sts:GetServiceBearerToken',
]

/** Grantees of one audience can stand in one statement. */
const audienceOf = (grantee: Grantee.Grantee): string => {
  if (grantee._tag !== 'Service') return grantee._tag === 'Organization' ? 'Organization' : 'AWS'
  const { host, sourceArns, sourceAccounts } = grantee
  const isBoth = sourceArns.length > 0 && sourceAccounts.length > 0
  return isBoth ? Grantee.show(grantee) : `${host} ${sourceArns.length > 0 ? 'ArnLike' : 'StringEquals'}`
}

/**
 * The groups of asks by several grantees.
 *
 * @category constructors
 * @since 0.1.0
 */
export const groupsOf = (asks: readonly Ask[]): readonly Group[] =>
  Array.from(Groups.by(asks, ({ grantee }) => audienceOf(grantee))).flatMap(([audience, its]) => {
    const byGrantee = Array.from(
      Groups.by(its, ({ grantee }) => Grantee.show(grantee)),
      ([, ofOne]) => ofOne,
    )
    return Array.from(Groups.by(byGrantee, whatIsAsked)).flatMap(([, alike]) =>
      byActions(audience, alike.flat()),
    )
  })

const whatIsAsked = (asks: readonly Ask[]): string =>
  JSON.stringify(asks.map((ask) => `${ask.action} ${resourceText(ask)}`).sort())

/**
 * The groups of asks by grantees who all ask for the same.
 *
 * @category constructors
 * @since 0.1.0
 */
export const byActions = (audience: string, asks: readonly Ask[]): readonly Group[] => {
  const byAction = Array.from(Groups.by(asks, ({ action }) => action))
  const resourcesOf = (its: readonly Ask[]) => inOrder(its.map(resourceText))
  const alike = Groups.by(byAction, ([action, its]) =>
    JSON.stringify([logins.includes(action) ? action.startsWith('ecr:') : 'other', ...resourcesOf(its)]),
  )
  const groups = Array.from(alike, ([, parts]) => {
    const its = parts.flatMap(([, ofAction]) => ofAction)
    return {
      audience,
      grantees: Array.from(new Map(its.map(({ grantee }) => [Grantee.show(grantee), grantee])).values()),
      actions: parts.map(([action]) => action),
      resources: resourcesOf(its),
      asks: its,
    }
  })
  return [...groups.filter(isLogin), ...groups.filter((group) => !isLogin(group))]
}

const isLogin = ({ actions }: Group): boolean => actions.some((action) => logins.includes(action))

/**
 * Each text once, in order.
 *
 * @category combinators
 * @since 0.1.0
 */
export const inOrder = (texts: readonly string[]): readonly string[] => Array.from(new Set(texts)).sort()
