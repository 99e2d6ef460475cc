/**
 * Matchers for the `expect` of vitest and jest: whether somebody can pull, push or do anything else, whether a policy is
 * no broader than another, and whether lint has something to say about it.
 *
 * They need no package at run time. What cannot be read, and what the algebra leaves undecided, fails with the reason,
 * under `.not` as well: neither is an answer.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Algebra } from '../algebra/index.js'
import * as Ecr from '../ecr/index.js'
import type { Lint } from '../lint/index.js'
import { PolicyKind, type Document } from '../model/index.js'
import { Simulator } from '../simulator/index.js'
import {
  readAccess,
  readPolicy,
  readQuestion,
  readRepository,
  type PolicyLike,
  type RepositoryLike,
  type RequestLike,
} from './given.js'
import * as report from './report.js'
import type { Passage, Report } from './report.js'

export type { Passage, PolicyLike, Report, RepositoryLike, RequestLike }

// ---- model ----

/**
 * What `toHaveNoFindings` may be told, beside what `Ecr.lint` takes.
 *
 * - `kind`: what sort of policy it is. Without it `resource` where a statement names a principal, else `identity`; say
 *   `ecr-repository` for a repository's policy, so that the rules for those speak.
 * - `severity`: the least severity that counts; all do when it is left out.
 * - `except`: rules whose findings do not count.
 *
 * @category model
 * @since 0.1.0
 */
export interface FindingOptions extends Ecr.LintOptions {
  readonly kind?: PolicyKind.PolicyKind | undefined
  readonly severity?: Lint.Severity | undefined
  readonly except?: readonly Ecr.RuleId[] | undefined
}

/**
 * The matchers as methods of `expect(...)`, each giving an `R`: `void` there, and a value to compare with when they
 * are used asymmetrically, as `expect.toAllowPull(repository)` within an expected value.
 *
 * @category model
 * @since 0.1.0
 */
export interface PolicyMatchers<R> {
  /**
   * The caller can pull from the repository.
   *
   * Expected of an `Ecr.Access` or its parts: `{ principal, identityPolicies, resourcePolicy, ... }`, each policy as a
   * `Document`, an object or JSON text. The repository is a value, an ARN, or the address of an image.
   */
  readonly toAllowPull: (repository: RepositoryLike, options?: Ecr.PullOptions) => R
  /** The caller can push to the repository. Expected of the same as `toAllowPull`. */
  readonly toAllowPush: (repository: RepositoryLike, options?: Ecr.PushOptions) => R
  /**
   * The request is allowed: `{ action, resource }`, with a `principal` unless the received value has one.
   *
   * Expected of an `Environment`, an `Ecr.Access`, or the parts of either.
   */
  readonly toAllow: (request: RequestLike) => R
  /** The policy allows nothing that the other does not, by proof. */
  readonly toBeNoBroaderThan: (policy: PolicyLike, options?: Algebra.Options) => R
  /** The policy means the same as the other for every request, so that either may stand for the other, by proof. */
  readonly toBeInterchangeableWith: (policy: PolicyLike, options?: Algebra.Options) => R
  /** `Ecr.lint` finds nothing in the policy. */
  readonly toHaveNoFindings: (options?: FindingOptions) => R
}

/**
 * What a matcher needs of the `this` that vitest and jest give it.
 *
 * @category model
 * @since 0.1.0
 */
export interface MatcherContext {
  readonly isNot?: boolean | undefined
  readonly utils?: Partial<MatcherUtils> | undefined
}

/**
 * Colours and the headline of a failure, as vitest and jest have them.
 *
 * @category model
 * @since 0.1.0
 */
export interface MatcherUtils {
  readonly matcherHint: (
    name: string,
    received?: string,
    expected?: string,
    options?: { readonly isNot?: boolean },
  ) => string
  readonly RECEIVED_COLOR: (text: string) => string
  readonly EXPECTED_COLOR: (text: string) => string
}

/**
 * What a matcher answers.
 *
 * @category model
 * @since 0.1.0
 */
export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/**
 * A matcher as `expect.extend` takes it.
 *
 * @category model
 * @since 0.1.0
 */
export type Matcher<Args extends readonly unknown[]> = (
  this: MatcherContext,
  received: unknown,
  ...args: Args
) => MatcherResult

/** Yes or no, with what to print when that is not what was expected; undefined when there is no answer. */
interface Answer {
  readonly holds: boolean | undefined
  readonly report: () => Report
}

// ---- from answers to results ----

interface Labels {
  readonly name: keyof PolicyMatchers<void>
  readonly received: string
  readonly expected: string
}

const matcher = <Args extends readonly unknown[]>(
  labels: Labels,
  judge: (received: unknown, ...args: Args) => Answer,
): Matcher<Args> =>
  function (received, ...args) {
    const { holds, report: told } = judge(received, ...args)
    const isNot = this.isNot ?? false
    // Without an answer both `.not` and its absence are to fail.
    return { pass: holds ?? isNot, message: () => rendered(labels, this, told()) }
  }

const rendered = (
  { name, received, expected }: Labels,
  { isNot = false, utils = {} }: MatcherContext,
  told: Report,
): string => {
  const colours: Readonly<Record<Passage['mood'], (text: string) => string>> = {
    plain: uncoloured,
    bad: utils.RECEIVED_COLOR ?? uncoloured,
    good: utils.EXPECTED_COLOR ?? uncoloured,
  }
  const hint =
    utils.matcherHint?.(name, received, expected, { isNot }) ??
    `expect(${received})${isNot ? '.not' : ''}.${name}(${expected})`
  return [hint, ...told.map(({ mood, text }) => colours[mood](text))].join('\n\n')
}

const uncoloured = (text: string): string => text

const unreadable = (why: string): Answer => ({ holds: undefined, report: () => report.passage('bad')(why) })

// ---- operations ----

const operation = (
  received: unknown,
  repository: RepositoryLike,
  id: Ecr.OperationId,
  ask: (access: Ecr.Access, repository: Ecr.Repository.Repository) => Ecr.Verdict,
): Answer => {
  const access = readAccess(received)
  if (E.isLeft(access)) return unreadable(access.left)
  const target = readRepository(repository)
  if (E.isLeft(target)) return unreadable(target.left)
  const verdict = ask(access.right, target.right)
  return {
    holds: verdict.allowed,
    report: () =>
      verdict.allowed
        ? report.permission(access.right, verdict)
        : report.refusal(access.right, verdict, Ecr.repair(id, access.right, target.right)),
  }
}

const toAllowPull = matcher(
  { name: 'toAllowPull', received: 'access', expected: 'repository' },
  (received: unknown, repository: RepositoryLike, options?: Ecr.PullOptions): Answer =>
    operation(received, repository, 'pull-tag', (access, target) => Ecr.canPull(access, target, options)),
)
