/**
 * Lint says what is wrong with, or strange about, a policy document: grammatical, and yet not doing what it seems to. What
 * a caller can do under several policies together is for `canPull` and `canPush` to say.
 *
 * @since 0.1.0
 */
import { fixWith, Lint, run, type Rule } from '../../lint/index.js'
import type { Document, PolicyKind } from '../../model/index.js'
import {
  noEffectInRepositoryPolicy,
  resourceOnAccountAction,
  unknownAction,
  unsupportedKey,
} from './lintActions.js'
import { moreThanAPull, partialPull, partialPush, pushWithoutManifest } from './lintOperations.js'
import { functionElsewhere, halfMissing, wrongPlace } from './lintPlaces.js'
import { brokenPromise } from './lintPromises.js'
import {
  allRepositories,
  foreignResource,
  notARepository,
  prefixWithoutRepository,
  resourceInRepositoryPolicy,
} from './lintResources.js'
import type { EcrRule, LintOptions, RuleId } from './lintRule.js'
import { tokenDeniedByTags, tokenFromElsewhere, tokenUnderTags } from './lintToken.js'
import { Frozen } from '../../pattern/index.js'

// ---- rules ----

const ecrRules: readonly EcrRule[] = [
  unknownAction,
  unsupportedKey,
  resourceOnAccountAction,
  noEffectInRepositoryPolicy,
  resourceInRepositoryPolicy,
  foreignResource,
  notARepository,
  prefixWithoutRepository,
  allRepositories,
  wrongPlace,
  functionElsewhere,
  halfMissing,
  tokenUnderTags,
  tokenDeniedByTags,
  tokenFromElsewhere,
  partialPull,
  partialPush,
  pushWithoutManifest,
  brokenPromise,
  moreThanAPull,
]

/**
 * Every rule that `lint` runs, in the order in which they speak: those of plain IAM, then those of Amazon ECR.
 * docs/lint.md has a bad and a good example of each.
 *
 * @category model
 * @since 0.1.0
 */
export const lintRules: readonly Rule<RuleId, LintOptions>[] = /* @__PURE__ */ Frozen.deep([
  ...Lint.rules,
  ...ecrRules,
])

// ---- linting ----

/**
 * What there is to say about a document of a kind: every rule of `Lint.lint`, and those of Amazon ECR. No finding means
 * that no rule spoke, not that the document is right.
 *
 * **Cost** linear, save for the proofs of `Lint.lint` and some twenty more, all within one budget; a question beyond it
 * yields no finding.
 *
 * @example
 * import { Document, Ecr } from 'ecr-policy'
 *
 * const policy = Document.parseOrThrow({
 *   Version: '2012-10-17',
 *   Statement: { Effect: 'Allow', Action: 'ecr:DescribeImage', Resource: '*' },
 * }, 'identity')
 * const [finding] = Ecr.lint(policy, 'identity')
 * finding?.pointer // => '/Statement/0/Action'
 * finding?.mend // => 'did you mean `ecr:DescribeImages`?'
 * Ecr.lint(policy, 'identity', { rules: { 'unknown-action': 'off' } }) // => []
 *
 * @category analysis
 * @since 0.1.0
 */
export const lint = (
  document: Document.Document,
  kind: PolicyKind.PolicyKind,
  options: LintOptions = {},
): readonly Lint.Finding<RuleId>[] => run<RuleId, LintOptions>(lintRules)(document, kind, options)

/**
 * The document with every fix applied that neither grants nor restricts, until there is none left; `effects` names
 * others, as for `Lint.fix`, whose laws hold here too: every pull and push is answered as before.
 *
 * @example
 * import { Document, Ecr } from 'ecr-policy'
 *
 * const policy = Document.parseOrThrow({
 *   Version: '2012-10-17',
 *   Statement: {
 *     Effect: 'Allow',
 *     Principal: { AWS: 'arn:aws:iam::111122223333:role/node' },
 *     Action: ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGet*'],
 *   },
 * }, 'ecr-repository')
 * const { document, applied } = Ecr.fix(policy, 'ecr-repository')
 * applied.map(({ fix }) => fix?.title)
 * // => ['remove `ecr:batchgetimage`', 'remove `ecr:GetAuthorizationToken`']
 *
 * @category combinators
 * @since 0.1.0
 */
export const fix = <D extends Document.Document>(
  document: D,
  kind: PolicyKind.PolicyKind,
  options: LintOptions & Lint.FixOptions = {},
): Lint.Fixed<D, RuleId> => fixWith((each) => lint(each, kind, options))(document, options)
