/**
 * Rules that hold a document against where it is to be used: account, Region, the other side of a call, Fargate.
 *
 * @since 0.1.0
 */
import {
  ofStatements,
  Parts,
  Patterns,
  Place,
  replacing,
  type Lint,
  type Placed,
  type Subject,
} from '../lint/index.js'
import {
  Action,
  Arn,
  Condition,
  PolicyKind,
  Problem,
  Resource,
  type Document,
  type Statement,
} from '../model/index.js'
import { Glob } from '../pattern/index.js'
import * as O from 'fp-ts/lib/Option.js'
import { actions } from './data/actions.js'
import { grants, grantsNobody, isWithoutResource, takesInNoResource, withoutKeys } from './lintGrants.js'
import type { EcrRule, LintOptions } from './lintRule.js'

const token = 'ecr:GetAuthorizationToken'

// ---- the wrong place ----

/**
 * Why a pattern can match no repository of the place that was given. ARNs of repositories have five colons, so that in a
 * pattern that has as many no `*` can reach past one, whatever it may do elsewhere (SM-R5).
 */
const misplaced = (
  pattern: Resource.ResourcePattern,
  { partition, region, owner }: LintOptions,
): readonly [why: string, source: string] | undefined => {
  const parts = Arn.segments(pattern)
  const places = [
    [1, partition, 'partition', 'XA-6'],
    [3, region, 'Region', 'EC-1'],
    [4, owner, 'account', 'EC-1'],
  ] as const
  const wrong = places.find(
    ([i, wanted]) => wanted !== undefined && !Glob.matches(Glob.parse(parts[i] ?? '*'))(wanted),
  )
  return wrong === undefined || parts.length < 6
    ? undefined
    : [`the ${wrong[2]} of the repositories is \`${wrong[1] ?? ''}\``, wrong[3]]
}

/**
 * An ARN of ECR in an identity policy that is none of the account, Region or partition given (EC-1, XA-6).
 *
 * @category analysis
 * @since 0.1.0
 */
export const wrongPlace: EcrRule = {
  id: 'wrong-place',
  severity: 'warning',
  title: 'an ARN of ECR in another account, Region or partition than the repositories',
  sources: ['EC-1', 'XA-6'],
  check: ofStatements<LintOptions>(({ kind, options }) => ({ statement, index }) => {
    const { resource } = statement
    if (PolicyKind.isResourceKind(kind) || statement.effect === 'Deny' || resource._tag !== 'Resource')
      return []
    return resource.patterns.flatMap((pattern, i) => {
      const found = Arn.segments(pattern)[2] === 'ecr' ? misplaced(pattern, options) : undefined
      return found === undefined
        ? []
        : [
            {
              pointer: Place.resourceAt(index, statement, i),
              message: `${Problem.quote(pattern)} matches none of them: ${found[0]}`,
              source: found[1],
              mend: 'name the repositories that are meant',
              fix: undefined,
            },
          ]
    })
  }),
}

// ---- the other half ----

const accountOf = (arn: string | undefined): string | undefined =>
  arn === undefined ? undefined : Arn.segments(arn)[4]

const allowsByText =
  (documents: readonly Document.Document[]) =>
  (action: string): boolean =>
    documents.some(({ statements }) =>
      statements.some((statement) => statement.effect === 'Allow' && Patterns.isAbout(statement)(action)),
    )

/** What is allowed here and by nothing on the other side. */
const lackingThere = ({ document, options, prover }: Subject<LintOptions>): readonly string[] => {
  const there = options.otherSide ?? []
  const mayAllow = allowsByText(there)
  return Object.keys(actions).filter(
    (action) =>
      !isWithoutResource(action) &&
      allowsByText([document])(action) &&
      grants(prover, action)(document) &&
      (!mayAllow(action) || there.every(grantsNobody(prover, action))),
  )
}

/**
 * An action that is allowed on this side of a call across accounts and on no document of the other (XA-1).
 *
 * @category analysis
 * @since 0.1.0
 */
export const halfMissing: EcrRule = {
  id: 'half-missing',
  severity: 'warning',
  title: 'across accounts, an action allowed on one side and not on the other',
  sources: ['XA-1'],
  check: (subject) => {
    const { options } = subject
    const caller = accountOf(options.principal)
    if (options.otherSide === undefined || caller === undefined || options.owner === undefined) return []
    const lacking = caller === options.owner ? [] : lackingThere(subject)
    return lacking.length === 0
      ? []
      : [
          {
            pointer: '/Statement',
            message: `across accounts both sides have to allow, and the other side does not allow ${Parts.listed(lacking)}`,
            source: 'XA-1',
            mend: 'allow on the other side what is to be used, or leave it out here',
            fix: undefined,
          },
        ]
  },
}

// ---- the token under conditions ----

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
  if (read === undefined || statement.resource._tag === 'Attached') return undefined
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

const network = ['aws:sourcevpc', 'aws:sourcevpce']

/** The first statement that speaks of the token and of the network. */
const networkTest = ({ statements }: Document.Document): string | undefined => {
  const places = statements.flatMap((statement, index) => {
    const test = statement.conditions.find(Parts.isOnKey(network))
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
    const elsewhere = pointer === undefined ? undefined : withoutKeys(network)(document)
    if (pointer === undefined || elsewhere === undefined) return []
    return grants(prover, token)(document) && grantsNobody(prover, token)(elsewhere)
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
