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
import { Given, PolicyKind, Problem, type Document } from '../model/index.js'
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

export type { PolicyLike, RepositoryLike, RequestLike }

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
  /** The headline, such as `expect(access).not.toAllowPull(repository)`. */
  readonly matcherHint: (
    name: string,
    received?: string,
    expected?: string,
    options?: { readonly isNot?: boolean },
  ) => string
  /** Marks what is there. */
  readonly RECEIVED_COLOR: (text: string) => string
  /** Marks what was wanted. */
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
  /** What is printed if the answer is not the one that the test wants. */
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

/** What is wrong with the options as a whole, for those who write no types. */
const optionsFault = (given: unknown): Answer | undefined =>
  given === undefined || Given.isRecord(given)
    ? undefined
    : unreadable(`the options are to be a record, and this is ${Given.sortOf(given)}`)

// ---- operations ----

/** The operations that a pull or a push is. */
type Asked = 'pull' | 'pull-warm' | 'push' | 'push-legacy'

const operation = (
  received: unknown,
  [repository, options]: readonly [unknown, unknown],
  idFor: (access: Ecr.Access) => Asked,
  ask: (access: Ecr.Access, repository: Ecr.Repository.Repository) => Ecr.Verdict,
): Answer => {
  const fault = optionsFault(options)
  if (fault !== undefined) return fault
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
        : report.refusal(access.right, verdict, Ecr.repair(idFor(access.right), access.right, target.right)),
  }
}

const toAllowPull = matcher(
  { name: 'toAllowPull', received: 'access', expected: 'repository' },
  (received, repository: RepositoryLike, options?: Ecr.PullOptions): Answer =>
    operation(
      received,
      [repository, options],
      ({ principal }) =>
        options?.layers === 'cached' && principal._tag !== 'Service' ? 'pull-warm' : 'pull',
      (access, target) => Ecr.canPull(access, target, options),
    ),
)

const toAllowPush = matcher(
  { name: 'toAllowPush', received: 'access', expected: 'repository' },
  (received, repository: RepositoryLike, options?: Ecr.PushOptions): Answer =>
    operation(
      received,
      [repository, options],
      () => (options?.client === 'classic' ? 'push-legacy' : 'push'),
      (access, target) => Ecr.canPush(access, target, options),
    ),
)

// ---- requests ----

const toAllow = matcher(
  { name: 'toAllow', received: 'environment', expected: 'request' },
  (received, request: RequestLike): Answer => {
    const question = readQuestion(received, request)
    if (E.isLeft(question)) return unreadable(question.left)
    const { environment } = question.right
    const decision = Simulator.decide(environment, question.right.request)
    return { holds: Simulator.isAllowed(decision), report: () => report.decided(environment, decision) }
  },
)

// ---- comparisons ----

type Comparing = (
  received: Document.Document,
  expected: Document.Document,
  options: Algebra.Options,
) => Algebra.Verdict

const comparison = (
  [received, expected, options = {}]: readonly [unknown, unknown, Algebra.Options | undefined],
  compare: Comparing,
  yes: string,
  no: (refuted: report.Refuted) => Report,
): Answer => {
  const fault = optionsFault(options)
  if (fault !== undefined) return fault
  const own = readPolicy('the received policy', received)
  if (E.isLeft(own)) return unreadable(own.left)
  const other = readPolicy('the expected policy', expected)
  if (E.isLeft(other)) return unreadable(other.left)
  const ask = (asked: Algebra.Options): Algebra.Verdict => compare(own.right, other.right, asked)
  const verdict = ask(options)
  switch (verdict._tag) {
    case 'Yes':
      return {
        holds: true,
        report: () =>
          report.passage('bad')(`${yes}: proven for every request of the world ${verdict.world}.`),
      }
    case 'No': {
      const refuted = { received: own.right, expected: other.right, witness: verdict.witness, options, ask }
      return { holds: false, report: () => no(refuted) }
    }
    case 'Undecided':
      return { holds: undefined, report: () => report.undecided(verdict) }
  }
}

const toBeNoBroaderThan = matcher(
  { name: 'toBeNoBroaderThan', received: 'policy', expected: 'policy' },
  (received, policy: PolicyLike, options?: Algebra.Options): Answer =>
    comparison(
      [received, policy, options],
      Algebra.isNoBroader,
      'It allows nothing that the expected policy does not',
      report.broader,
    ),
)

const toBeInterchangeableWith = matcher(
  { name: 'toBeInterchangeableWith', received: 'policy', expected: 'policy' },
  (received, policy: PolicyLike, options?: Algebra.Options): Answer =>
    comparison(
      [received, policy, options],
      Algebra.interchangeable,
      'The two mean the same',
      report.different,
    ),
)

// ---- findings ----

const ranks: Readonly<Record<Lint.Severity, number>> = { info: 0, warning: 1, error: 2 }

const kindOf = ({ statements }: Document.Document): PolicyKind.PolicyKind =>
  statements.some(({ _tag }) => _tag === 'ResourceStatement') ? 'resource' : 'identity'

const isKind = (kind: unknown): kind is PolicyKind.PolicyKind =>
  PolicyKind.policyKinds.some((known) => known === kind)

const toHaveNoFindings = matcher(
  { name: 'toHaveNoFindings', received: 'policy', expected: '' },
  (received, options: FindingOptions = {}): Answer => {
    const fault = optionsFault(options)
    if (fault !== undefined) return fault
    const { kind: given, severity = 'info', except = [], ...others } = options
    if (given !== undefined && !isKind(given))
      return unreadable(`\`kind\` is one of ${PolicyKind.policyKinds.join(', ')}`)
    if (!Object.hasOwn(ranks, severity))
      return unreadable(
        `\`severity\` is one of ${Object.keys(ranks).join(', ')}, not ${Problem.quote(severity)}`,
      )
    const unknown = except.find((id) => !Ecr.lintRules.some((rule) => rule.id === id))
    if (unknown !== undefined)
      return unreadable(`there is no rule ${Problem.quote(unknown)} that \`except\` could switch off`)
    const policy = readPolicy('the policy', received, given)
    if (E.isLeft(policy)) return unreadable(policy.left)
    const kind = given ?? kindOf(policy.right)
    const told: Ecr.LintOptions = { ...others, rules: { ...others.rules, ...switchedOff(except) } }
    const counted = Ecr.lint(policy.right, kind, told).filter(
      (each) => ranks[each.severity] >= ranks[severity],
    )
    return {
      holds: counted.length === 0,
      report: () =>
        counted.length === 0
          ? report.passage('bad')(`There are no findings in this policy, read as \`${kind}\`.`)
          : report.findings(kind, counted, fixedFor(counted, policy.right, kind, told)),
    }
  },
)

const switchedOff = (ids: readonly Ecr.RuleId[]): Readonly<Partial<Record<Ecr.RuleId, 'off'>>> =>
  Object.fromEntries(ids.map((id) => [id, 'off' as const]))

/** What `Ecr.fix` makes of the policy by the rules whose findings count, and by no others. */
const fixedFor = (
  counted: readonly Lint.Finding<Ecr.RuleId>[],
  policy: Document.Document,
  kind: PolicyKind.PolicyKind,
  told: Ecr.LintOptions,
): Lint.Fixed => {
  const silent = Ecr.lintRules.map(({ id }) => id).filter((id) => counted.every((each) => each.id !== id))
  return Ecr.fix(policy, kind, { ...told, rules: { ...told.rules, ...switchedOff(silent) } })
}

// ---- the matchers ----

/**
 * The matchers, for `expect.extend(matchers)`. Where `ecr-policy/vitest` or `ecr-policy/jest` is imported that is done, and
 * their types are known to `expect`.
 *
 * @example
 * import { matchers } from 'ecr-policy/matchers'
 *
 * const { pass } = matchers.toAllowPull.call(
 *   {},
 *   { principal: 'arn:aws:iam::111122223333:root' },
 *   '111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1.0',
 * )
 * pass // => true
 *
 * @category constructors
 * @since 0.1.0
 */
export const matchers: {
  readonly [Name in keyof PolicyMatchers<void>]: Matcher<Parameters<PolicyMatchers<void>[Name]>>
} = {
  toAllowPull,
  toAllowPush,
  toAllow,
  toBeNoBroaderThan,
  toBeInterchangeableWith,
  toHaveNoFindings,
}
