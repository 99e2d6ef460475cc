/**
 * A review says what is wrong with, or strange about, a policy document by itself: grammatical, and yet not doing what
 * it seems to. What a caller can do under several policies together is for `canPull` and `canPush` to say.
 *
 * @since 0.1.0
 */
import type { Document, PolicyKind } from '../model/index.js'
import {
  allowWithNotAction,
  moreThanAPull,
  noEffectInRepositoryPolicy,
  resourceOnAccountAction,
  unknownAction,
} from './reviewActions.js'
import { onlyDenies, variableWithoutVersion } from './reviewDocument.js'
import { ofStatements, type Finding, type ReviewOptions, type Rule } from './reviewFinding.js'
import { brokenPromise, partialPull, partialPush } from './reviewOperations.js'
import {
  allowWithNotPrincipal,
  everyoneAllowed,
  organizationWithoutServices,
  ownAccountPrincipal,
  serviceWithoutSource,
  sessionPrincipal,
} from './reviewPrincipals.js'

const rules: readonly Rule[] = [
  ...[
    unknownAction,
    resourceOnAccountAction,
    noEffectInRepositoryPolicy,
    allowWithNotAction,
    sessionPrincipal,
    ownAccountPrincipal,
    serviceWithoutSource,
    organizationWithoutServices,
    everyoneAllowed,
    allowWithNotPrincipal,
    variableWithoutVersion,
  ].map(ofStatements),
  onlyDenies,
  partialPull,
  partialPush,
  brokenPromise,
  ofStatements(moreThanAPull),
]

/**
 * What there is to say about a document of a kind, by itself. No finding means that no rule spoke, not that the
 * document is right.
 *
 * **Cost** linear, save for some fifteen questions to the algebra; one that exceeds its budget yields no finding.
 * **Source** EC-1, EX-2, EX-4 to EX-7, EX-16, EX-23, EX-30, EX-39, EX-40, EX-42, EX-44, PR-5, PR-9, SA-6, SM-A5, SM-R7,
 * U-16, VA-6.
 *
 * @example
 * import { Document, Ecr } from 'ecr-policy'
 *
 * const policy = Document.parseOrThrow({
 *   Version: '2012-10-17',
 *   Statement: { Effect: 'Allow', Action: 'ecr:DescribeImage', Resource: '*' },
 * }, 'identity')
 * const [finding] = Ecr.review(policy, 'identity')
 * finding?.pointer // => '/Statement/0/Action'
 * finding?.mend // => 'did you mean `ecr:DescribeImages`?'
 *
 * @category analysis
 * @since 0.1.0
 */
export function review<K extends PolicyKind.PolicyKind>(
  document: PolicyKind.DocumentOf<K>,
  kind: K,
  options?: ReviewOptions,
): readonly Finding[]
export function review(
  document: Document.Document,
  kind: PolicyKind.PolicyKind,
  options: ReviewOptions = {},
): readonly Finding[] {
  return rules.flatMap((rule) => rule({ document, kind, options }))
}

// ---- rendering ----

/**
 * Findings for a terminal: a line each, with severity, pointer, message, mend and rule.
 *
 * @example
 * import { Document, Ecr } from 'ecr-policy'
 *
 * const policy = Document.parseOrThrow({
 *   Version: '2012-10-17',
 *   Statement: { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: 'arn:aws:ecr:*:*:repository/app' },
 * }, 'identity')
 * Ecr.renderFindings(Ecr.review(policy, 'identity'))
 * // => '  error at /Statement/0/Action: `ecr:GetAuthorizationToken` has no resource, so under an ARN it matches nothing (put it into a statement of its own with `"Resource": "*"`) [SM-R7]'
 *
 * @category rendering
 * @since 0.1.0
 */
export const renderFindings = (findings: readonly Finding[]): string =>
  findings
    .map(({ severity, pointer, message, mend, source }) => {
      const place = pointer === '' ? '(whole document)' : pointer
      return `  ${severity} at ${place}: ${message}${mend === undefined ? '' : ` (${mend})`} [${source}]`
    })
    .join('\n')
