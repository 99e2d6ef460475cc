/**
 * Rules that hold a document against where it is to be used: account, Region, the other side of a call, Fargate.
 *
 * @since 0.1.0
 */
import { ofStatements, Parts, Patterns, Place, type Subject } from '../../lint/index.js'
import {
  Arn,
  PolicyKind,
  Problem,
  type Condition,
  type Document,
  type Resource,
  type Statement,
} from '../../model/index.js'
import { Glob } from '../../pattern/index.js'
import { actions } from '../data/actions.js'
import { grants, grantsNobody, isWithoutResource } from './lintGrants.js'
import type { EcrRule, LintOptions } from './lintRule.js'

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
  return wrong === undefined || parts.length < 6 || Patterns.isTemplate(pattern)
    ? undefined
    : [`the ${wrong[2]} of the repositories is \`${wrong[1] ?? ''}\``, wrong[3]]
}

/**
 * An ARN of ECR in an identity or registry policy that is none of the account, Region or partition given (EC-1, EX-34,
 * XA-6).
 *
 * @category analysis
 * @since 0.1.0
 */
export const wrongPlace: EcrRule = {
  id: 'wrong-place',
  severity: 'warning',
  title: 'an ARN of ECR in another account, Region or partition than the repositories',
  sources: ['EC-1', 'EX-34', 'XA-6'],
  check: ofStatements<LintOptions>(({ kind, options }) => ({ statement, index }) => {
    const { resource } = statement
    const isOfRegistry = kind === 'ecr-registry'
    if (PolicyKind.isResourceKind(kind) && !isOfRegistry) return []
    if (statement.effect === 'Deny' || resource._tag !== 'Resource') return []
    return resource.patterns.flatMap((pattern, i) => {
      const found = Arn.segments(pattern)[2] === 'ecr' ? misplaced(pattern, options) : undefined
      return found === undefined
        ? []
        : [
            {
              pointer: Place.resourceAt(index, statement, i),
              message: `${Problem.quote(pattern)} matches none of them: ${found[0]}`,
              source: isOfRegistry ? 'EX-34' : found[1],
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

// ---- functions ----

const lambda = 'lambda.amazonaws.com'

/** Tests on the functions that Lambda acts for. */
const functionTests = (statement: Statement.Statement): readonly Condition.Condition[] =>
  statement._tag === 'ResourceStatement' &&
  statement.effect === 'Allow' &&
  statement.principal._tag === 'Principal' &&
  statement.principal.principals.some((each) => each._tag === 'Service' && each.host === lambda)
    ? statement.conditions.filter((test) => Parts.isOnKey(['aws:sourcearn'])(test) && Parts.demands(test))
    : []

/** The Region of a function's ARN, a pattern perhaps; none of one that is no such ARN, or has a variable there (VA-2). */
const regionOfFunction = (arn: string): string | undefined => {
  const [, , service, region = '', , resource] = Arn.segments(arn)
  const isOpen = region.includes('${') || Patterns.isTemplate(arn)
  return service === 'lambda' && resource !== undefined && !isOpen ? region : undefined
}

/**
 * Lambda let in for functions of another Region than the repository's, which it does not pull for (EX-20).
 *
 * @category analysis
 * @since 0.1.0
 */
export const functionElsewhere: EcrRule = {
  id: 'function-elsewhere',
  severity: 'warning',
  title: 'Lambda let in for functions of another Region than the repository',
  sources: ['EX-20'],
  check: ofStatements<LintOptions>(({ kind, options: { region } }) => ({ statement, index }) => {
    if (kind !== 'ecr-repository' || region === undefined) return []
    return functionTests(statement).flatMap((test) =>
      test.values.flatMap((value, i) => {
        const theirs = regionOfFunction(value)
        return theirs === undefined || Glob.matches(Glob.parse(theirs))(region)
          ? []
          : [
              {
                pointer: Place.valueAt(index, test, i),
                message: `functions have their image in their own Region, and that of the repository is \`${region}\``,
                source: 'EX-20',
                mend: 'replicate the image to the Region of the function, and let Lambda in there',
                fix: undefined,
              },
            ]
      }),
    )
  }),
}
