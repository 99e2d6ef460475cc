/**
 * Rules about whom a document lets in.
 *
 * @since 0.1.0
 */
import {
  Action,
  Arn,
  Condition,
  Principal,
  Problem,
  withStatements,
  type Document,
  type PolicyKind,
  type Statement,
} from '../model/index.js'
import * as E from 'fp-ts/lib/Either.js'
import type { Remark } from './Finding.js'
import { replacing, type Effect, type Fix } from './Fix.js'
import { demands, isOnKey, withPrincipals, withoutPrincipal } from './parts.js'
import { member, principalAt, statementAt } from './place.js'
import { isOpaque, restricted, silenced } from './Prover.js'
import { ofStatements, type Options, type Placed, type Rule, type Subject } from './Rule.js'
import { sharedIssuer, type SharedIssuer } from './sharedIssuers.js'

/** Kinds that are attached to a resource and grant access to it. */
const granting: readonly PolicyKind.PolicyKind[] = ['resource', 's3-bucket', 'ecr-repository', 'ecr-registry']

/** Kinds that say who may take on a role. */
const trusting: readonly PolicyKind.PolicyKind[] = ['trust']

interface Named extends Placed<Statement.ResourceStatement> {
  readonly principal: Principal.Principal
  readonly i: number
}

/** A check of each principal that an Allow names, in a policy of these kinds. */
const ofAllowed = (
  kinds: readonly PolicyKind.PolicyKind[],
  look: (subject: Subject<Options>, named: Named) => Omit<Remark, 'pointer'> | undefined,
): Rule<string>['check'] =>
  ofStatements<Options>((subject) => ({ statement, index }) => {
    if (statement._tag === 'IdentityStatement' || statement.effect !== 'Allow') return []
    if (!kinds.includes(subject.kind) || statement.principal._tag === 'NotPrincipal') return []
    const clause = statement.principal
    return clause.principals.flatMap((principal, i) => {
      const said = look(subject, { statement, index, principal, i })
      return said === undefined ? [] : [{ ...said, pointer: principalAt(index, clause, i) }]
    })
  })

// ---- sessions ----

const roleOf = ({
  partition,
  account,
  role,
}: Principal.AssumedRoleSession): { readonly text: string; readonly principal: Principal.Principal } => {
  const principal: Principal.Principal = { _tag: 'Role', partition, account, path: '/', name: role }
  return { text: Principal.show(principal), principal }
}

/** What it is for the one effect or the other to match more. */
const reachesFurther = ({ effect }: Statement.Statement): Effect =>
  effect === 'Allow' ? 'Grants' : 'Restricts'

/** The role may have a path, which a session does not show: the fix is a guess, and meets more sessions. */
const nameTheRole = (placed: Placed, i: number, role: Principal.Principal): Fix | undefined => {
  const { statement } = placed
  const principals = statement._tag === 'IdentityStatement' ? [] : statement.principal.principals
  const named = withPrincipals(principals.map((each, j) => (j === i ? role : each)))(statement)
  return named === undefined
    ? undefined
    : replacing('name the role', reachesFurther(statement), placed, [named])
}

/**
 * The ARN of one session of a role as principal: the next session is another one (PR-5).
 *
 * @category analysis
 * @since 0.1.0
 */
export const sessionPrincipal: Rule<'session-principal'> = {
  id: 'session-principal',
  severity: 'warning',
  title: 'one session of a role as principal: no other session is matched',
  sources: ['PR-5'],
  check: ofStatements<Options>(() => (placed) => {
    const { statement, index } = placed
    if (statement._tag === 'IdentityStatement' || statement.principal._tag === 'NotPrincipal') return []
    const clause = statement.principal
    return clause.principals.flatMap((principal, i) => {
      if (principal._tag !== 'AssumedRoleSession') return []
      const role = roleOf(principal)
      return [
        {
          pointer: principalAt(index, clause, i),
          message: `this is one session of the role \`${principal.role}\`: no other session of it is matched`,
          source: 'PR-5',
          mend: `name the role, \`${role.text}\`, with its path if it has one`,
          fix: nameTheRole(placed, i, role.principal),
        },
      ]
    })
  }),
}

// ---- the owner's account ----

/** A key policy opens the key to identity policies by naming its own account (KM-1), which has to stay. */
const isOfKeys = ({ action }: Statement.Statement): boolean =>
  action.patterns.some((pattern) => pattern === '*' || Action.fold(pattern).startsWith('kms:'))

/**
 * The owner's own account as principal: that only leaves the question to identity policies (SA-6).
 *
 * @category analysis
 * @since 0.1.0
 */
export const ownAccountPrincipal: Rule<'own-account-principal'> = {
  id: 'own-account-principal',
  severity: 'warning',
  title: "the owner's own account as principal, which grants nothing by itself",
  sources: ['SA-6'],
  check: ofAllowed(granting, ({ kind, options: { owner } }, { statement, index, principal, i }) => {
    if (principal._tag !== 'Account' || principal.account !== owner) return undefined
    if (kind === 'resource' && isOfKeys(statement)) return undefined
    const less = withoutPrincipal(i)(statement)
    return {
      message: `\`${principal.account}\` owns what this is attached to, so this grants nothing: its users and roles need an identity policy`,
      source: 'SA-6',
      mend: 'name the role or user, or allow the actions in its identity policy',
      fix:
        less === undefined
          ? undefined
          : replacing(`remove \`${Principal.show(principal)}\``, 'Narrower', { statement, index }, [less]),
    }
  }),
}

// ---- services ----

/** The grant to one principal of a statement, and what the document denies. */
const grantTo = (
  { document }: Subject<Options>,
  { statement, principal }: Named,
  limit: (statement: Statement.Statement) => Statement.Statement | undefined,
): Document.Document | undefined => {
  const alone = withPrincipals([principal])(statement)
  const limited = alone === undefined ? undefined : limit(alone)
  const denies = document.statements.filter(({ effect }) => effect === 'Deny')
  return limited === undefined ? undefined : withStatements(document, [limited, ...denies])
}

type Test = readonly [operator: string, key: string, values: readonly string[]]

const has = ({ conditions }: Statement.Statement, test: Test): boolean => {
  const condition = Condition.make(...test)
  return E.isRight(condition) && conditions.some((each) => Condition.Eq.equals(each, condition.right))
}

/** Operators that say the same of a value without wildcards and letters that have two cases. */
const alike: readonly string[] = ['StringEquals', 'StringLike', 'StringEqualsIgnoreCase']

/** The statement under one more test; in other words where it has that operator on that key with other values already. */
const tested = (statement: Statement.Statement, test: Test): Statement.Statement | undefined => {
  const [operator, key, values] = test
  return alike.reduce<Statement.Statement | undefined>(
    (limited, word) =>
      limited ?? restricted(operator.replace(/^StringEquals(?=IfExists$)/, word), key, values)(statement),
    undefined,
  )
}

/** Every test, one after the other; undefined where the statement has one like it with other values. */
const testing =
  (tests: readonly Test[]) =>
  (statement: Statement.Statement): Statement.Statement | undefined =>
    tests.reduce<Statement.Statement | undefined>(
      (limited, test) => (limited === undefined || has(limited, test) ? limited : tested(limited, test)),
      statement,
    )

const organizationKeys = ['aws:principalorgid', 'aws:principalorgpaths']

/** A service brings neither key (EX-39). */
const ofServices = organizationKeys.map((key): Test => ['Null', key, ['true']])

/** Keys that tell on whose behalf a service acts. */
const sourceKeys = ['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths']

/** On whose behalf a service acts: somebody of whom the policy has not heard, or nobody. */
const strangersBehind = testing([
  ...ofServices,
  ['StringEqualsIfExists', 'aws:SourceArn', ['arn:aws:example:example:000000000000:stranger']],
  ['StringEqualsIfExists', 'aws:SourceAccount', ['000000000000']],
  ['StringEqualsIfExists', 'aws:SourceOrgID', ['o-stranger00']],
  ['ForAllValues:StringEquals', 'aws:SourceOrgPaths', ['o-stranger00/r-0000/']],
])

/**
 * A service as principal without a word on whom it acts for (EX-40).
 *
 * @category analysis
 * @since 0.1.0
 */
export const serviceWithoutSource: Rule<'service-without-source'> = {
  id: 'service-without-source',
  severity: 'warning',
  title: 'a service as principal without a condition on whom it acts for',
  sources: ['EX-40', 'ST-3'],
  check: ofAllowed(granting, (subject, named) => {
    const { principal, statement } = named
    if (principal._tag !== 'Service') return undefined
    const grant = grantTo(subject, named, strangersBehind)
    if (grant === undefined || !subject.prover.isBroader(grant, silenced(grant))) return undefined
    const lenient = statement.conditions.find(
      (condition) => condition.operator.ifExists && isOnKey(sourceKeys)(condition),
    )
    return lenient === undefined
      ? {
          message: `\`${principal.host}\` gets in on behalf of whomever it works for, in any account`,
          source: 'EX-40',
          mend: 'add a condition on `aws:SourceArn`, and on `aws:SourceAccount` where the ARN leaves the account open',
          fix: undefined,
        }
      : {
          message: `\`${principal.host}\` gets in on behalf of whomever it works for where it does not bring \`${lenient.key}\``,
          source: 'EX-40',
          mend: 'take `IfExists` off, so that the key has to be there',
          fix: undefined,
        }
  }),
}

/** The account of an ARN is not told: it has none, a wildcard, or a variable. */
const leavesAccountOpen = (arn: string): boolean => {
  const account = Arn.segments(arn)[4]
  return account === undefined || account === '' || /[*?$]/.test(account)
}

const accountKeys = ['aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths']

/**
 * A service held by `aws:SourceArn` alone, with an ARN that leaves the account open (EX-40).
 *
 * @category analysis
 * @since 0.1.0
 */
export const sourceAccountOpen: Rule<'source-account-open'> = {
  id: 'source-account-open',
  severity: 'warning',
  title: 'a service held by an `aws:SourceArn` that tells no account, without `aws:SourceAccount`',
  sources: ['EX-40'],
  check: ofAllowed(granting, (_, { statement: { conditions }, principal }) => {
    const tests = conditions.filter(demands)
    const arn = tests
      .filter(isOnKey(['aws:sourcearn']))
      .flatMap(({ values }) => values)
      .find(leavesAccountOpen)
    return principal._tag !== 'Service' || arn === undefined || tests.some(isOnKey(accountKeys))
      ? undefined
      : {
          message: `${Problem.quote(arn)} leaves open whose it is, so \`${principal.host}\` gets in on behalf of any account`,
          source: 'EX-40',
          mend: 'add a condition on `aws:SourceAccount`',
          fix: undefined,
        }
  }),
}

const withoutOrganization = testing(ofServices)

/**
 * A service as principal under a condition on the caller's organization, which a service does not have (EX-39).
 *
 * @category analysis
 * @since 0.1.0
 */
export const organizationWithoutServices: Rule<'organization-without-services'> = {
  id: 'organization-without-services',
  severity: 'error',
  title: "a service as principal under a condition on the caller's organization",
  sources: ['EX-39'],
  check: ofAllowed(granting, (subject, named) => {
    const { principal, statement } = named
    const failing = statement.conditions.find(
      (condition) => isOnKey(organizationKeys)(condition) && demands(condition),
    )
    if (principal._tag !== 'Service' || failing === undefined) return undefined
    const grant = grantTo(subject, named, withoutOrganization)
    return grant === undefined || !subject.prover.isNoBroader(grant, silenced(grant))
      ? undefined
      : {
          message: `\`${principal.host}\` never has \`${failing.key}\`, so this does not let it in`,
          source: 'EX-39',
          mend: 'give the service a statement of its own, with `aws:SourceArn` and `aws:SourceAccount`, or `aws:SourceOrgID`',
          fix: undefined,
        }
  }),
}

// ---- identity providers ----

/** Tests of a customer whom nobody knows: every claim that the document asks of this provider's tokens is a stranger's. */
const strangerOf = (
  document: Document.Document,
  { host, claim, stranger }: SharedIssuer,
): readonly Test[] => {
  const own = `${host}:${claim}`
  const others = [...keysOf(document)].filter(
    (key) => key.startsWith(`${host}:`) && !sharedClaims.includes(key.slice(host.length + 1)) && key !== own,
  )
  return [
    ['StringLikeIfExists', own, [stranger]],
    ...others.map((key): Test => ['StringEqualsIfExists', key, ['stranger-00']]),
  ]
}

/** Claims that every customer's tokens may have with one and the same value. */
const sharedClaims = [
  ...['aud', 'amr', 'azp', 'iss'],
  ...['ref', 'ref_type', 'base_ref', 'head_ref', 'environment', 'event_name', 'ref_protected'],
  ...['runner_environment', 'repository_visibility', 'workflow', 'job', 'step_key', 'run_phase'],
]

/**
 * A role that takes tokens of a provider which gives them to everybody, without a word on whose (U-35).
 *
 * @category analysis
 * @since 0.1.0
 */
export const sharedProvider: Rule<'shared-provider'> = {
  id: 'shared-provider',
  severity: 'error',
  title: 'a provider of tokens for everybody, such as GitHub, trusted without a condition on whose',
  sources: ['U-35'],
  check: ofAllowed(trusting, (subject, named) => {
    const issuer = sharedIssuer(named.principal)
    if (issuer === undefined) return undefined
    const grant = grantTo(subject, named, testing(strangerOf(subject.document, issuer)))
    const key = `${issuer.host}:${issuer.claim}`
    return grant === undefined || !subject.prover.isBroader(grant, silenced(grant))
      ? undefined
      : {
          message: `\`${issuer.host}\` gives tokens to everybody, and this takes those of strangers`,
          source: 'U-35',
          mend: `add a condition on \`${key}\` that only your own tokens meet`,
          fix: undefined,
        }
  }),
}

// ---- everybody ----

/**
 * What a caller brings of whom the policy has never heard, key by key, if the key is there at all. Tags of principals are
 * not among it: everybody gives his own principals what tags he likes.
 */
const stranger: readonly (readonly [operator: string, key: string, value: string])[] = [
  ['StringEqualsIfExists', 'aws:PrincipalOrgID', 'o-stranger00'],
  ['ForAllValues:StringEquals', 'aws:PrincipalOrgPaths', 'o-stranger00/r-0000/'],
  ['StringEqualsIfExists', 'aws:userid', 'AIDASTRANGER00000000'],
  ['StringEqualsIfExists', 'aws:username', 'stranger-0'],
  ['StringEqualsIfExists', 'aws:FederatedProvider', 'stranger.example'],
  ['IpAddressIfExists', 'aws:SourceIp', '192.0.2.0/32'],
  ['IpAddressIfExists', 'aws:VpcSourceIp', '192.0.2.0/32'],
  ['StringEqualsIfExists', 'aws:SourceVpc', 'vpc-00stranger'],
  ['StringEqualsIfExists', 'aws:SourceVpce', 'vpce-00stranger'],
  ['StringEqualsIfExists', 'aws:SourceArn', 'arn:aws:example:example:000000000000:stranger'],
  ['StringEqualsIfExists', 'aws:SourceAccount', '000000000000'],
  ['StringEqualsIfExists', 'aws:SourceOrgID', 'o-stranger00'],
  ['ForAllValues:StringEquals', 'aws:SourceOrgPaths', 'o-stranger00/r-0000/'],
]

const keysOf = (document: Document.Document): ReadonlySet<string> =>
  new Set(
    document.statements.flatMap(({ conditions }) => conditions.map(({ key }) => Condition.foldKey(key))),
  )

/** Is somebody let in by this statement of whom the document knows nothing? */
const letsStrangersIn = (
  { document, prover }: Subject<Options>,
  statement: Statement.ResourceStatement,
): boolean => {
  const keys = keysOf(document)
  const tests = stranger.flatMap(([operator, key, value]) =>
    keys.has(Condition.foldKey(key)) ? [[operator, key, [value]] as const] : [],
  )
  const limited = testing(tests)(statement)
  const denies = document.statements.filter(({ effect }) => effect === 'Deny')
  return limited !== undefined && prover.isPublic(withStatements(document, [limited, ...denies]))
}

/**
 * Everybody allowed, with nothing that picks out callers, in the statement or in a Deny of the document (PR-9, U-16).
 *
 * @category analysis
 * @since 0.1.0
 */
export const everyoneAllowed: Rule<'everyone-allowed'> = {
  id: 'everyone-allowed',
  severity: 'warning',
  title: 'everybody let in, of any account, by `"Principal": "*"` or by NotPrincipal',
  sources: ['PR-9', 'U-16'],
  check: ofStatements<Options>((subject) => ({ statement, index }) => {
    if (statement._tag === 'IdentityStatement' || statement.effect !== 'Allow') return []
    if (!granting.includes(subject.kind) || isOpaque(statement)) return []
    const clause = statement.principal
    const i = clause.principals.findIndex(({ _tag }) => _tag === 'Everyone')
    const isOpen = (clause._tag === 'Principal') === (i !== -1)
    if (!isOpen || !letsStrangersIn(subject, statement)) return []
    return [clause._tag === 'Principal' ? everybody(index, clause, i) : everybodyElse(index)]
  }),
}

const everybody = (index: number, clause: Principal.PrincipalClause, i: number): Remark => ({
  pointer: principalAt(index, clause, i),
  message: 'this lets callers of every AWS account in',
  source: 'PR-9',
  mend: 'name accounts or roles, or add a condition such as `StringEquals` on `aws:PrincipalOrgID`',
  fix: undefined,
})

const everybodyElse = (index: number): Remark => ({
  pointer: member('NotPrincipal')(statementAt(index)),
  message: 'this lets callers of every AWS account in, save the ones listed',
  source: 'U-16',
  mend: 'name under `Principal` who is to be let in',
  fix: undefined,
})
