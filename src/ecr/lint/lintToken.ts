/**
 * Rules about tests that GetAuthorizationToken, which has no resource, passes or fails otherwise than what it comes with.
 *
 * @since 0.1.0
 */
import {
  ofStatements,
  Parts,
  Patterns,
  Place,
  replacing,
  restricted,
  type Lint,
  type Placed,
} from '../../lint/index.js'
import {
  Action,
  Condition,
  PolicyKind,
  Resource,
  withStatements,
  type Document,
  type Statement,
} from '../../model/index.js'
import * as O from 'fp-ts/lib/Option.js'
import { grants, grantsNobody, takesInNoResource, token, withoutKeys } from './lintGrants.js'
import type { EcrRule, LintOptions } from './lintRule.js'
import { isOfVpc } from '../requestContext.js'

// ---- tags ----

const isTag = (key: string): boolean =>
  ['aws:resourcetag/', 'ecr:resourcetag/'].some((start) => Condition.foldKey(key).startsWith(start))

const keysOf = ({ conditions }: Statement.Statement, isWanted: (key: string) => boolean): readonly string[] =>
  Array.from(new Set(conditions.flatMap(({ key }) => (isWanted(key) ? [Condition.foldKey(key)] : []))))

/** Statements that mean the token among others, and would reach it but for their tests. */
const tokenAmongOthers = (statement: Statement.Statement): boolean =>
  statement.effect === 'Allow' &&
  statement.action._tag === 'Action' &&
  takesInNoResource(statement) &&
  statement.action.patterns.some(
    (pattern) => Action.fold(pattern) !== token.toLowerCase() && Patterns.fits(pattern)(token),
  )

const tokenStatement = (placed: Placed): Lint.Fix | undefined => {
  const { statement } = placed
  const read = O.toUndefined(O.fromEither(Action.parsePattern(token)))
  if (read === undefined) return undefined
  const own: Statement.Statement = {
    ...statement,
    sid: undefined,
    action: { _tag: 'Action', patterns: [read] },
    resource: { _tag: 'Resource', patterns: [Resource.parsePatternOrThrow('*')] },
    conditions: Condition.none,
  }
  return replacing('allow the token in a statement of its own', 'Grants', placed, [statement, own])
}

/**
 * `ecr:*` allowed by tags of the repository, and the token nowhere else: it has no resource and so no tag (EX-25).
 *
 * @category analysis
 * @since 0.1.0
 */
export const tokenUnderTags: EcrRule = {
  id: 'token-under-tags',
  severity: 'warning',
  title: '`ecr:*` allowed by tags of the resource, which leaves out the token',
  sources: ['EX-25'],
  check: ({ document, kind, prover }) => {
    if (PolicyKind.isResourceKind(kind)) return []
    const index = document.statements.findIndex(
      (statement) => tokenAmongOthers(statement) && keysOf(statement, isTag).length > 0,
    )
    const statement = document.statements[index]
    if (statement === undefined) return []
    const keys = Array.from(new Set(document.statements.flatMap((each) => keysOf(each, isTag))))
    const untagged = withoutKeys(keys)(document)
    if (untagged === undefined || !grantsNobody(prover, token)(untagged)) return []
    return [
      {
        pointer: Place.member('Condition')(Place.statementAt(index)),
        message: `\`${token}\` has no resource and no tags of one, so these tests leave it out`,
        source: 'EX-25',
        mend: 'allow it in a statement of its own, on `*`, without them',
        fix: tokenStatement({ statement, index }),
      },
    ]
  },
}

/** Statements that refuse the token among others: whoever lists it by its name means it. */
const refusesToken = (statement: Statement.Statement): boolean =>
  statement.effect === 'Deny' &&
  takesInNoResource(statement) &&
  Patterns.isAbout(statement)(token) &&
  !statement.action.patterns.some((pattern) => Action.fold(pattern) === token.toLowerCase())

/** The same statement for repositories that have those tags. */
const whenTagged = (placed: Placed, keys: readonly string[]): Lint.Fix | undefined => {
  const tagged = keys.reduce<Statement.Statement | undefined>(
    (held, key) => (held === undefined ? undefined : restricted('Null', key, ['false'])(held)),
    placed.statement,
  )
  return tagged === undefined ? undefined : replacing('ask that the tag be there', 'Grants', placed, [tagged])
}

/**
 * `ecr:*` denied by what a tag of the repository is not: the token has no tags, so the test passes and it is denied with
 * the rest (EX-25, CO-4).
 *
 * @category analysis
 * @since 0.1.0
 */
export const tokenDeniedByTags: EcrRule = {
  id: 'token-denied-by-tags',
  severity: 'warning',
  title: '`ecr:*` denied for want of a tag of the resource, which denies the token',
  sources: ['CO-4', 'EX-25'],
  check: ofStatements<LintOptions>(({ document, kind, prover }) => (placed) => {
    const { statement, index } = placed
    const keys = keysOf(statement, isTag)
    if (PolicyKind.isResourceKind(kind) && kind !== 'endpoint' && kind !== 'rcp') return []
    if (keys.length === 0 || !refusesToken(statement)) return []
    const untagged = withoutKeys(keys)(withStatements(document, [{ ...statement, effect: 'Allow' }]))
    if (untagged === undefined || !grants(prover, token)(untagged)) return []
    return [
      {
        pointer: Place.member('Condition')(Place.statementAt(index)),
        message: `\`${token}\` has no tags of a resource, so it passes these tests and is denied`,
        source: 'CO-4',
        mend: `add ${Parts.listed(keys.map((key) => `"Null": { "${key}": "false" }`))}, or deny on repositories only`,
        fix: whenTagged(placed, keys),
      },
    ]
  }),
}

// ---- networks ----

const isNetwork = (key: string): boolean => isOfVpc(Condition.foldKey(key))

/** The first statement that speaks of the token and of the network. */
const networkTest = ({ statements }: Document.Document): string | undefined => {
  const places = statements.flatMap((statement, index) => {
    const test = statement.conditions.find(({ key }) => isNetwork(key))
    return test !== undefined && Patterns.isAbout(statement)(token) ? [Place.conditionAt(index, test)] : []
  })
  return places[0]
}

/**
 * The token allowed from a VPC or an endpoint only. On Fargate that call comes from elsewhere (EX-43).
 *
 * @category analysis
 * @since 0.1.0
 */
export const tokenFromElsewhere: EcrRule = {
  id: 'token-from-elsewhere',
  severity: 'info',
  title: 'the token held to a VPC or an endpoint, which fails on Fargate',
  sources: ['EX-43'],
  check: ({ document, kind, prover }) => {
    const pointer = PolicyKind.isResourceKind(kind) ? undefined : networkTest(document)
    if (pointer === undefined) return []
    const elsewhere = withoutKeys(document.statements.flatMap((each) => keysOf(each, isNetwork)))(document)
    return elsewhere !== undefined &&
      grants(prover, token)(document) &&
      grantsNobody(prover, token)(elsewhere)
      ? [
          {
            pointer,
            message: `on Fargate \`${token}\` is not called from the VPC, and this test refuses it`,
            source: 'EX-43',
            mend: 'put the test on the actions on repositories only',
            fix: undefined,
          },
        ]
      : []
  },
}
