/**
 * The rules of plain IAM, and what is done with rules: documents linted, and mended as far as that widens nothing.
 *
 * @since 0.1.0
 */
import type { Document, PolicyKind } from '../model/index.js'
import {
  forAllWithoutNull,
  idleIfExists,
  negatedWithoutKey,
  noValues,
  qualifiedNull,
  unqualifiedList,
} from './conditions.js'
import { allowWithNotAction, onlyDenies, tooLarge } from './documents.js'
import { redundantEntry } from './entries.js'
import type { Finding } from './Finding.js'
import { apply, type Effect } from './Fix.js'
import {
  everyoneAllowed,
  organizationWithoutServices,
  ownAccountPrincipal,
  serviceWithoutSource,
  sessionPrincipal,
  sharedProvider,
  sourceAccountOpen,
} from './principals.js'
import { allowDenied, matchesNothing, shadowedStatement } from './reach.js'
import { run, type Options, type Rule } from './Rule.js'
import {
  impossibleArn,
  literalWildcard,
  shortArn,
  unfilledPlaceholder,
  unreadableValue,
  variableInHead,
  variableWithoutVersion,
} from './texts.js'
import { Frozen } from '../pattern/index.js'

// ---- rules ----

/**
 * The rules of plain IAM, in the order in which they speak; docs/lint.md has a bad and a good example of each.
 *
 * @category model
 * @since 0.1.0
 */
export const rules: readonly [
  Rule<'matches-nothing'>,
  Rule<'allow-denied'>,
  Rule<'shadowed-statement'>,
  Rule<'redundant-entry'>,
  Rule<'allow-with-not-action'>,
  Rule<'only-denies'>,
  Rule<'too-large'>,
  Rule<'session-principal'>,
  Rule<'own-account-principal'>,
  Rule<'service-without-source'>,
  Rule<'source-account-open'>,
  Rule<'organization-without-services'>,
  Rule<'shared-provider'>,
  Rule<'everyone-allowed'>,
  Rule<'negated-without-key'>,
  Rule<'for-all-without-null'>,
  Rule<'idle-if-exists'>,
  Rule<'qualified-null'>,
  Rule<'unqualified-list'>,
  Rule<'no-values'>,
  Rule<'unreadable-value'>,
  Rule<'literal-wildcard'>,
  Rule<'variable-in-head'>,
  Rule<'variable-without-version'>,
  Rule<'short-arn'>,
  Rule<'impossible-arn'>,
  Rule<'placeholder'>,
] = /* @__PURE__ */ Frozen.deep([
  matchesNothing,
  allowDenied,
  shadowedStatement,
  redundantEntry,
  allowWithNotAction,
  onlyDenies,
  tooLarge,
  sessionPrincipal,
  ownAccountPrincipal,
  serviceWithoutSource,
  sourceAccountOpen,
  organizationWithoutServices,
  sharedProvider,
  everyoneAllowed,
  negatedWithoutKey,
  forAllWithoutNull,
  idleIfExists,
  qualifiedNull,
  unqualifiedList,
  noValues,
  unreadableValue,
  literalWildcard,
  variableInHead,
  variableWithoutVersion,
  shortArn,
  impossibleArn,
  unfilledPlaceholder,
])

/**
 * Which rule of plain IAM speaks. An id never changes its meaning; new ones may be added.
 *
 * @category model
 * @since 0.1.0
 */
export type RuleId = (typeof rules)[number]['id']

const plain: readonly Rule<RuleId>[] = rules

/**
 * What there is to say about a document of a kind, by itself. No finding means that no rule spoke, not that the document
 * is right.
 *
 * **Details** what hangs on the meaning of statements is proven by the algebra; a question beyond the budget yields no
 * finding. `Ecr.lint` runs these rules and those of Amazon ECR.
 * **Cost** linear, save for one or two proofs for each statement, test and list entry that may be at fault, and bounded by
 * the budget.
 *
 * @example
 * import { Document, Lint } from 'ecr-policy'
 *
 * const policy = Document.parseOrThrow({
 *   Version: '2012-10-17',
 *   Statement: [
 *     { Effect: 'Allow', Action: 's3:Get*', Resource: '*' },
 *     { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop/*' },
 *   ],
 * }, 'identity')
 * Lint.lint(policy, 'identity').map(({ id, pointer }) => `${id} at ${pointer}`)
 * // => ['shadowed-statement at /Statement/1']
 *
 * @category analysis
 * @since 0.1.0
 */
export const lint = (
  document: Document.Document,
  kind: PolicyKind.PolicyKind,
  options: Options<RuleId> = {},
): readonly Finding<RuleId>[] => run<RuleId, Options<RuleId>>(plain)(document, kind, options)

// ---- fixing ----

/**
 * A document mended, of the sort that it was of: the fixes applied, in order, and what is still to be said.
 *
 * @category model
 * @since 0.1.0
 */
export interface Fixed<D extends Document.Document = Document.Document, Id extends string = string> {
  readonly document: D
  readonly applied: readonly Finding<Id>[]
  readonly left: readonly Finding<Id>[]
}

/**
 * Which fixes may be applied: `Equivalent` and `Narrower`, which leave everything that works as it is, unless others are
 * named.
 *
 * @category model
 * @since 0.1.0
 */
export interface FixOptions {
  readonly effects?: readonly Effect[] | undefined
}

const safe: readonly Effect[] = ['Equivalent', 'Narrower']

/**
 * Lints, applies the first fix that may be applied, and starts again, until there is none.
 *
 * **Details** it ends: a fix that grants nothing takes out a statement, an entry or a value, takes off an `IfExists`, fills
 * up an ARN, mends a name, or adds a test that a key be there, and each of these can be done but so often. A fix that changes
 * nothing is passed over.
 *
 * @category combinators
 * @since 0.1.0
 */
export const fixWith =
  <Id extends string>(find: (document: Document.Document) => readonly Finding<Id>[]) =>
  <D extends Document.Document>(document: D, options: FixOptions = {}): Fixed<D, Id> => {
    const effects = options.effects ?? safe
    const applied: Finding<Id>[] = [] // local mutation: what was done so far
    const seen = new Set<string>([JSON.stringify(document)]) // local mutation: no document is met twice
    let now = Frozen.own(document) // local mutation: the document so far
    for (;;) {
      const left = find(now)
      const next = left.flatMap((finding) => {
        const by = finding.fix
        if (by === undefined || !effects.includes(by.effect)) return []
        const better = apply(by)(now)
        return seen.has(JSON.stringify(better)) ? [] : [{ finding, better }]
      })[0]
      if (next === undefined) return { document: now, applied, left }
      applied.push(next.finding)
      seen.add(JSON.stringify(next.better))
      now = next.better
    }
  }

/**
 * The document with every fix applied that neither grants nor restricts, until there is none left.
 *
 * Laws: 1. what `fix` gives, `fix` leaves as it is  2. it allows nothing that the document did not, by the proofs of its
 * fixes; with `effects: ['Equivalent']` it is interchangeable with the document  3. what can be asked for is answered as
 * before, unless `effects` says otherwise
 *
 * @example
 * import { Document, Lint } from 'ecr-policy'
 *
 * const policy = Document.parseOrThrow({
 *   Version: '2012-10-17',
 *   Statement: [
 *     { Effect: 'Allow', Action: ['s3:GetObject', 's3:Get*'], Resource: '*' },
 *     { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop/*' },
 *   ],
 * }, 'identity')
 * Document.stringify(Lint.fix(policy, 'identity').document)
 * // => '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}'
 *
 * @category combinators
 * @since 0.1.0
 */
export const fix = <D extends Document.Document>(
  document: D,
  kind: PolicyKind.PolicyKind,
  options: Options<RuleId> & FixOptions = {},
): Fixed<D, RuleId> => fixWith((each) => lint(each, kind, options))(document, options)
