/**
 * What a failed matcher prints: the answer first, then the grounds, then what mends it. Texts of policies keep to their
 * lines, whatever is in them.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Algebra } from '../algebra/index.js'
import * as Ecr from '../ecr/index.js'
import { Lint } from '../lint/index.js'
import {
  Caller,
  DocumentJson,
  Problem,
  type Document,
  type Environment,
  type PolicyKind,
  type Request,
  type Statement,
} from '../model/index.js'
import { Simulator } from '../simulator/index.js'

// ---- model ----

/**
 * A text with the mood that it is coloured by: `bad` is what was found, `good` what would mend it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Passage {
  readonly mood: 'plain' | 'bad' | 'good'
  readonly text: string
}

/**
 * Passages, with an empty line between two of them.
 *
 * @category model
 * @since 0.1.0
 */
export type Report = readonly Passage[]

/**
 * A passage.
 *
 * @category constructors
 * @since 0.1.0
 */
export const passage =
  (mood: Passage['mood']) =>
  (...lines: readonly string[]): Report =>
    lines.length === 0 ? [] : [{ mood, text: lines.join('\n') }]

const [plain, bad, good] = [passage('plain'), passage('bad'), passage('good')]

/** Lines under a heading; nothing where there is none. */
const under = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`)]

const json = (statement: Statement.Statement): string =>
  Problem.printable(JSON.stringify(DocumentJson.statementToJson(statement)))

// ---- decisions ----

/** The statement that a decision refers to. */
const statementAt =
  (environment: Environment.Environment, { situation }: Simulator.Decision) =>
  (ref: Simulator.StatementRef): Statement.Statement | undefined =>
    Simulator.layers(situation, environment).find(
      ({ id }) => id.type === ref.policyType && id.level === ref.level,
    )?.documents[ref.document]?.statements[ref.statement]

const refsOf = ({ reason }: Simulator.Decision): readonly Simulator.StatementRef[] =>
  reason._tag === 'AllowedBy' || reason._tag === 'DeniedBy' ? reason.statements : []

/** The statements that decided, each once, with what they say. */
const decisive = (
  environment: Environment.Environment,
  decisions: readonly Simulator.Decision[],
): readonly string[] => {
  const lines = decisions.flatMap((decision) =>
    refsOf(decision).map((ref) => {
      const statement = statementAt(environment, decision)(ref)
      return `${Simulator.showRef(ref)}${statement === undefined ? '' : `: ${json(statement)}`}`
    }),
  )
  return Array.from(new Set(lines))
}

/** Allows that name the action and then fail on the resource or on a condition. */
const nearMisses = ({ trace, request, outcome }: Simulator.Decision): readonly string[] =>
  outcome !== 'ImplicitlyDenied'
    ? []
    : trace.flatMap((entry) =>
        entry.effect === 'Allow' && entry._tag === 'Unmatched' && isNear(entry.mismatch)
          ? [`${request.action}: ${Simulator.showTrace(entry)}`]
          : [],
      )

const isNear = ({ element }: Simulator.Mismatch): boolean =>
  element === 'Resource' || element === 'NotResource' || element === 'Condition'

const isRefused = (decision: Simulator.Decision): boolean => !Simulator.isAllowed(decision)

const grounds = (environment: Environment.Environment, decisions: readonly Simulator.Decision[]): Report => [
  ...plain(...under('Allows that come near:', decisions.flatMap(nearMisses))),
  ...plain(...under('Denied by:', decisive(environment, decisions.filter(isRefused)))),
]

// ---- operations ----

/**
 * Why an operation is refused, and what would let it through.
 *
 * @category rendering
 * @since 0.1.0
 */
export const refusal = (access: Ecr.Access, verdict: Ecr.Verdict, repair: Ecr.Repair): Report => {
  const decisions = verdict.steps.map(({ decision }) => decision)
  const refused = decisions.filter(isRefused)
  return [
    ...plain(`${headline(verdict)}: ${refused.length} of ${count(decisions.length, 'action')} refused`),
    ...bad(...decisions.map(stepLine)),
    ...grounds(access, refused),
    ...good('The smallest mend:', indented(Ecr.renderRepair(smallest(repair)))),
  ]
}

/** Without the larger additions that would do as well. */
const smallest = (repair: Ecr.Repair): Ecr.Repair =>
  repair._tag === 'Repair' ? { ...repair, alternatives: [] } : repair

/**
 * Why an operation goes through.
 *
 * @category rendering
 * @since 0.1.0
 */
export const permission = (access: Ecr.Access, verdict: Ecr.Verdict): Report => {
  const decisions = verdict.steps.map(({ decision }) => decision)
  return [
    ...plain(`${headline(verdict)}: allowed`),
    ...bad(...decisions.map(stepLine)),
    ...plain(...under('Allowed by:', decisive(access, decisions))),
  ]
}

const headline = ({ operation, principal, repository }: Ecr.Verdict): string =>
  `${operation}${repository === undefined ? '' : ` on ${Ecr.Repository.show(repository)}`} by ${Caller.show(principal)}`

const stepLine = (decision: Simulator.Decision): string =>
  `  ${isRefused(decision) ? 'no ' : 'yes'} ${Simulator.sentence(decision)}`

const count = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')

// ---- single requests ----

/**
 * What became of one request: its grounds and, where it is refused, where to begin mending.
 *
 * @category rendering
 * @since 0.1.0
 */
export const decided = (environment: Environment.Environment, decision: Simulator.Decision): Report => {
  const { request, outcome } = decision
  const step = { action: request.action, resource: resourceOf(request), decision }
  return [
    ...bad(`${outcome}: ${Simulator.sentence(decision)}`),
    ...(isRefused(decision)
      ? grounds(environment, [decision])
      : plain(...under('Allowed by:', decisive(environment, [decision])))),
    ...good(...under('The smallest mend:', Ecr.mendOf(step).map(Problem.printable))),
  ]
}

const resourceOf = ({ resource }: Request.Request): string => (resource === '*' ? '*' : resource.text)

// ---- comparisons ----

/**
 * No answer, and how to get one.
 *
 * @category rendering
 * @since 0.1.0
 */
export const undecided = ({ reason, detail, spent }: Algebra.Undecided): Report =>
  bad(
    `Undecided (${reason}): ${detail}`,
    `Neither answer is proven, so neither this matcher nor its opposite passes. ${spent} steps were spent${reason === 'Budget' ? '; `budget` in the options allows for more' : ''}.`,
  )

/** What a document says of one request, and which of its statements say it. */
const says =
  (hasBoundary: boolean) =>
  (document: Document.Document) =>
  (request: Request.Request): readonly string[] => {
    const matching = document.statements.flatMap((statement, index) => {
      const { _tag } = Simulator.meaning({ ...document, statements: [statement] }, hasBoundary)(request)
      return _tag === 'Silent' ? [] : [{ statement, line: `  statement ${index + 1}: ${json(statement)}` }]
    })
    const denying = matching.filter(({ statement }) => statement.effect === 'Deny')
    const telling = denying.length > 0 ? denying : matching
    return telling.length === 0 ? ['  no statement matches it'] : telling.map(({ line }) => line)
  }

const verbs: Readonly<Record<Simulator.Meaning['_tag'], string>> = {
  Grant: 'allows it',
  Deny: 'denies it',
  Silent: 'is silent',
}

/** What both documents say of a request that tells them apart. */
const witness = ({ received, expected, witness: request }: Refuted): Report => {
  const meanings = (hasBoundary: boolean): readonly [Simulator.Meaning, Simulator.Meaning] => [
    Simulator.meaning(received, hasBoundary)(request),
    Simulator.meaning(expected, hasBoundary)(request),
  ]
  const hasBoundary = same(...meanings(false))
  const [left, right] = meanings(hasBoundary)
  const who = hasBoundary ? ' (of a caller with a permissions boundary)' : ''
  return [
    ...bad(`For example${who}`, `  ${Algebra.showRequest(request)}`),
    ...bad(`the received policy ${verb(left)}`, ...says(hasBoundary)(received)(request)),
    ...good(`the expected policy ${verb(right)}`, ...says(hasBoundary)(expected)(request)),
  ]
}

const same = (a: Simulator.Meaning, b: Simulator.Meaning): boolean =>
  a._tag === b._tag && (a._tag !== 'Grant' || b._tag !== 'Grant' || a.strength === b.strength)

const verb = (meaning: Simulator.Meaning): string =>
  meaning._tag === 'Grant' && meaning.strength !== 'Direct'
    ? `${verbs.Grant}, naming the caller's ${meaning.strength === 'Account' ? 'account' : 'role'} only`
    : verbs[meaning._tag]

/**
 * Two policies of which one is not as the other was expected to be: `witness` shows it, `ask` is the question again.
 *
 * @category model
 * @since 0.1.0
 */
export interface Refuted {
  readonly received: Document.Document
  readonly expected: Document.Document
  readonly witness: Request.Request
  readonly options: Algebra.Options
  readonly ask: (options: Algebra.Options) => Algebra.Verdict
}

/** Whether it would hold of the requests that ECR gets today, where nothing narrower was asked about. */
const today = ({ options, ask }: Refuted): Report => {
  if (options.world !== undefined) return []
  const world = Ecr.typedWorld()
  return ask({ ...options, world })._tag === 'Yes'
    ? plain(
        `In the world \`${world.name}\` it holds: no request that is made today tells the two apart. To ask about those alone, pass \`{ world: Ecr.typedWorld() }\`.`,
      )
    : []
}

/** Regions told at most: a test's output is read, and not searched. */
const regions = 3

/**
 * How a policy is broader than another: a witness, all that is gained, and what of it is no broader.
 *
 * @category rendering
 * @since 0.1.0
 */
export const broader = (refuted: Refuted): Report => {
  const { received, expected, options } = refuted
  const beyond = { ...Algebra.diff(expected, received, { ...options, limit: regions }), lost: [], edits: [] }
  const common = Algebra.intersect(received, expected, options)
  return [
    ...plain('It allows what the expected policy does not.'),
    ...witness(refuted),
    ...plain('Beyond the expected policy it', indented(Algebra.renderDiff(beyond))),
    ...today(refuted),
    ...(E.isLeft(common) ? [] : good('What both allow, as a policy:', printed(common.right))),
  ]
}

/**
 * How two policies differ: a witness, and what is allowed by one alone.
 *
 * @category rendering
 * @since 0.1.0
 */
export const different = (refuted: Refuted): Report => {
  const { received, expected, options } = refuted
  const difference = Algebra.diff(expected, received, { ...options, limit: regions })
  return [
    ...plain('The two do not mean the same.'),
    ...witness(refuted),
    ...(difference.gained.length + difference.lost.length === 0
      ? []
      : plain('From the expected to the received policy:', indented(Algebra.renderDiff(difference)))),
    ...today(refuted),
  ]
}

const printed = (document: Document.Document): string =>
  indented(DocumentJson.stringify(document, 2).split('\n').map(Problem.printable).join('\n'))

// ---- findings ----

/**
 * What lint says of a policy, and which of it `Ecr.fix` mends without being asked for more.
 *
 * @category rendering
 * @since 0.1.0
 */
export const findings = (
  kind: PolicyKind.PolicyKind,
  found: readonly Lint.Finding[],
  fixed: Lint.Fixed,
): Report => [
  ...plain(`${count(found.length, 'finding')} in this policy, read as \`${kind}\``),
  ...bad(Lint.render(found)),
  ...good(
    ...under(
      '`Ecr.fix` mends:',
      fixed.applied.map(({ id, fix }) => `${id}: ${Problem.printable(fix?.title ?? '')}`),
    ),
    ...(fixed.applied.length === 0 ? [] : ['and gives', printed(fixed.document)]),
  ),
  ...good(...under('Fixes that change what is allowed, for you to choose:', offers(found))),
]

const offers = (found: readonly Lint.Finding[]): readonly string[] =>
  found.flatMap(({ id, fix }) =>
    fix !== undefined && (fix.effect === 'Grants' || fix.effect === 'Restricts')
      ? [`${id}: ${Problem.printable(fix.title)} [${fix.effect}]`]
      : [],
  )
