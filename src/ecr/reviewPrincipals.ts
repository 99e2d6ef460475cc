/**
 * Rules about the principals that a document names.
 *
 * @since 0.1.0
 */
import { Condition, Operator, type Principal, type PolicyKind } from '../model/index.js'
import { member, principalAt, statementAt, type Finding, type StatementRule } from './reviewFinding.js'

/** Kinds that are attached to a resource and grant access to it. */
const granting: readonly PolicyKind.PolicyKind[] = ['resource', 's3-bucket', 'ecr-repository', 'ecr-registry']

/** A rule about each principal that an Allow of a granting kind names. */
const ofAllowed =
  (
    look: (
      principal: Principal.Principal,
      conditions: Condition.ConditionBlock,
      owner: string | undefined,
    ) => Omit<Finding, 'pointer'> | undefined,
  ): StatementRule =>
  ({ kind, options }) =>
  (statement, index) => {
    if (statement._tag === 'IdentityStatement' || statement.effect !== 'Allow') return []
    if (!granting.includes(kind) || statement.principal._tag === 'NotPrincipal') return []
    const clause = statement.principal
    return clause.principals.flatMap((principal) => {
      const found = look(principal, statement.conditions, options.owner)
      return found === undefined
        ? []
        : [{ ...found, pointer: principalAt(clause, principal)(statementAt(index)) }]
    })
  }

/** Does a condition fail when its key is missing, and pick out values when it is there? */
const demands = ({ operator, values }: Condition.Condition): boolean => {
  const { missing, negated } = Operator.truth(operator, values)
  return !missing && !negated
}

const tests =
  (keys: readonly string[]) =>
  (condition: Condition.Condition): boolean =>
    keys.some((key) => Condition.foldKey(condition.key) === key) && demands(condition)

/**
 * The ARN of one session of a role as principal: the next session is another one (PR-5).
 *
 * @category analysis
 * @since 0.1.0
 */
export const sessionPrincipal: StatementRule = () => (statement, index) => {
  if (statement._tag === 'IdentityStatement' || statement.principal._tag === 'NotPrincipal') return []
  const clause = statement.principal
  return clause.principals.flatMap((principal) =>
    principal._tag !== 'AssumedRoleSession'
      ? []
      : [
          {
            id: 'session-principal' as const,
            severity: 'warning' as const,
            pointer: principalAt(clause, principal)(statementAt(index)),
            message: `this is one session of the role \`${principal.role}\`: no other session of it is matched`,
            source: 'PR-5',
            mend: `name the role, \`arn:${principal.partition}:iam::${principal.account}:role/${principal.role}\`, with its path if it has one`,
          },
        ],
  )
}

/**
 * The owner's own account as principal: that only leaves the question to identity policies (SA-6).
 *
 * @category analysis
 * @since 0.1.0
 */
export const ownAccountPrincipal: StatementRule = ofAllowed((principal, _, owner) =>
  principal._tag !== 'Account' || principal.account !== owner
    ? undefined
    : {
        id: 'own-account-principal',
        severity: 'warning',
        message: `\`${principal.account}\` owns what this is attached to, so this grants nothing: its users and roles need an identity policy`,
        source: 'SA-6',
        mend: 'name the role or user, or allow the actions in its identity policy',
      },
)

const sourceKeys = ['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths']

/**
 * A service as principal without a word on whom it acts for (EX-40).
 *
 * @category analysis
 * @since 0.1.0
 */
export const serviceWithoutSource: StatementRule = ofAllowed((principal, conditions) =>
  principal._tag !== 'Service' || conditions.some(tests(sourceKeys))
    ? undefined
    : {
        id: 'service-without-source',
        severity: 'warning',
        message: `\`${principal.host}\` gets in on behalf of whomever it works for, in any account`,
        source: 'EX-40',
        mend: 'add a condition on `aws:SourceArn`, and on `aws:SourceAccount` where the ARN leaves the account open',
      },
)

const organizationKeys = ['aws:principalorgid', 'aws:principalorgpaths']

/**
 * A service as principal under a condition on the caller's organization, which a service does not have (EX-39).
 *
 * @category analysis
 * @since 0.1.0
 */
export const organizationWithoutServices: StatementRule = ofAllowed((principal, conditions) => {
  const failing = conditions.find(tests(organizationKeys))
  return principal._tag !== 'Service' || failing === undefined
    ? undefined
    : {
        id: 'organization-without-services',
        severity: 'error',
        message: `\`${principal.host}\` never has \`${failing.key}\`, so this does not let it in`,
        source: 'EX-39',
        mend: 'give the service a statement of its own, with `aws:SourceArn` and `aws:SourceAccount`, or `aws:SourceOrgID`',
      }
})

/** How the keys begin that tell who calls, and from where. */
const tellingPrefixes = ['aws:principal', 'aws:source', 'aws:userid', 'aws:username', 'aws:federatedprovider']

const tellsCallersApart = (condition: Condition.Condition): boolean =>
  tellingPrefixes.some((prefix) => Condition.foldKey(condition.key).startsWith(prefix)) && demands(condition)

/**
 * Everybody allowed, with no condition that picks out callers (PR-9).
 *
 * @category analysis
 * @since 0.1.0
 */
export const everyoneAllowed: StatementRule = ofAllowed((principal, conditions) =>
  principal._tag !== 'Everyone' || conditions.some(tellsCallersApart)
    ? undefined
    : {
        id: 'everyone-allowed',
        severity: 'warning',
        message: 'this lets callers of every AWS account in',
        source: 'PR-9',
        mend: 'name accounts or roles, or add a condition such as `StringEquals` on `aws:PrincipalOrgID`',
      },
)

/**
 * An Allow for all principals but the ones listed: everybody else, in every account (U-16).
 *
 * @category analysis
 * @since 0.1.0
 */
export const allowWithNotPrincipal: StatementRule =
  ({ kind }) =>
  (statement, index) =>
    statement._tag === 'IdentityStatement' ||
    !granting.includes(kind) ||
    statement.effect !== 'Allow' ||
    statement.principal._tag !== 'NotPrincipal' ||
    statement.conditions.some(tellsCallersApart)
      ? []
      : [
          {
            id: 'everyone-allowed',
            severity: 'warning',
            pointer: member('NotPrincipal')(statementAt(index)),
            message: 'this lets callers of every AWS account in, save the ones listed',
            source: 'U-16',
            mend: 'name under `Principal` who is to be let in',
          },
        ]
