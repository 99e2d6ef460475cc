/**
 * From an error text that somebody pasted to what it says, what may have caused it, and what mends it.
 *
 * Source: DE-5, EX-41, and the rules that each cause cites.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Arn, Problem } from '../model/index.js'
import { Simulator } from '../simulator/index.js'
import { causes, type FailureId } from './data/failures.js'
import { cluesIn, type Trace } from './diagnoseClues.js'
import { refusals, type Found, type Refusal } from './diagnoseSentence.js'
import { placesOf, squeeze, wordAt, type Squeezed } from './diagnoseText.js'
import { likelyCauses, type Surroundings } from './failure.js'
import type { Cause } from './failureCause.js'

// ---- model ----

/**
 * A cause that a text may have.
 *
 * @category model
 * @since 0.1.0
 */
export interface LikelyCause extends Cause {
  readonly id: FailureId
}

/**
 * One error of a text.
 *
 * - `Recognised`: `causes`, the likeliest first. Caller, action, resource and policy type are there where the text tells
 *   them; `explicit`: a Deny refused it, or no Allow was found; `policy`: the ARN of the policy that denies.
 * - `Unknown`: nothing that is known; the names are the first of their sort in the text.
 *
 * @category model
 * @since 0.1.0
 */
export type Diagnosis = Refusal &
  (
    | { readonly _tag: 'Recognised'; readonly causes: readonly [LikelyCause, ...(readonly LikelyCause[])] }
    | { readonly _tag: 'Unknown'; readonly causes: readonly [] }
  )

// ---- evaluation ----

/**
 * Reads the errors of AWS, Docker, containerd, kubelet, ECS, Lambda, Terraform and other tools out of a text.
 *
 * Line breaks, colours, frames, quotes and escapes of logs do not matter. Each error is told once, in order of first
 * appearance; a text without any gives one `Unknown`. `Ecr.repair` goes on from here where the policies are at hand.
 *
 * **Cost** linear in the text.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * const [push] = Ecr.diagnose('error parsing HTTP 403 response body: unexpected end of JSON input: ""')
 * push.causes[0]?.id // => 'layer-check-missing'
 * push.causes[0]?.mend // => 'add ecr:BatchCheckLayerAvailability'
 * const [login] = Ecr.diagnose('denied: Your authorization token has expired. Reauthenticate and try again.')
 * login.causes[0]?.nature // => 'NotIam'
 *
 * @category evaluation
 * @since 0.1.0
 */
export const diagnose = (text: string): readonly [Diagnosis, ...(readonly Diagnosis[])] => {
  const ready = squeeze(text)
  const sentences = refusals(ready)
  const near = stretchesOf(sentences)
  const clues = cluesIn(ready).filter(({ what: { clue }, from }) => !(clue.weak && near.has(stretch(from))))
  const found = [
    ...sentences.map((sentence) => ({ from: sentence.from, what: ofRefusal(ready, sentence) })),
    ...clues.map(({ from, what }) => ({ from, what: ofClue(what) })),
  ]
  const [first, ...rest] = distinct([...found].sort((a, b) => a.from - b.from).map(({ what }) => what))
  return first === undefined ? [unknown(ready)] : [first, ...rest]
}

const distinct = (all: readonly Diagnosis[]): readonly Diagnosis[] =>
  Array.from(new Map(all.map((each) => [JSON.stringify(each), each])).values())

const withCauses = (
  refusal: Refusal,
  [first, ...rest]: readonly [FailureId, ...(readonly FailureId[])],
): Diagnosis => ({
  _tag: 'Recognised',
  ...refusal,
  causes: [likely(first), ...rest.map(likely)],
})

const likely = (id: FailureId): LikelyCause => ({ id, ...causes[id] })

// ---- sentences ----

/** What stands this near to a sentence, before it or after, belongs to the same message. */
const before = 600
const after = 300

const ofRefusal = (text: Squeezed, { what, from, to }: Found<Refusal>): Diagnosis => {
  const around = text.folded.slice(Math.max(0, from - before), to + after)
  return withCauses(what, likelyCauses(what, surroundingsOf(around)))
}

const surroundingsOf = (around: string): Surroundings => ({
  isTask: around.includes('resourceinitializationerror') || around.includes('unabletopullsecrets'),
  isPush: ['/blobs/uploads', 'pushing', 'push', 'crane', 'rules_oci', 'bazel'].some((word) =>
    around.includes(word),
  ),
  isLambda: around.includes('lambda'),
})

const stretch = (at: number): number => Math.floor(at / before)

/** Where a weak clue says nothing beside a sentence. */
const stretchesOf = (sentences: readonly Found<Refusal>[]): ReadonlySet<number> =>
  new Set(sentences.flatMap(({ from, to }) => [from - before, from, to, to + after].map(stretch)))

// ---- clues ----

const ofClue = ({ clue, repository }: Trace): Diagnosis => {
  const [only, ...more] = causes[clue.causes[0]].actions
  return withCauses(
    {
      caller: undefined,
      action: more.length === 0 ? only : undefined,
      resource: repository,
      policyType: clue.causes[0] === 'endpoint-silent' ? 'VpcEndpointPolicy' : undefined,
      explicit: undefined,
      policy: undefined,
    },
    clue.causes,
  )
}

// ---- what is not recognised ----

/** The names that the text does have. */
const unknown = (text: Squeezed): Diagnosis => {
  const arns = placesOf('arn:aws', text.folded)
    .slice(0, most)
    .flatMap((at) => {
      const arn = Arn.parse(wordAt(text, at))
      return E.isRight(arn) ? [arn.right] : []
    })
  const isCaller = ({ service }: Arn.Arn): boolean => service === 'iam' || service === 'sts'
  return {
    _tag: 'Unknown',
    caller: arns.find(isCaller)?.text,
    action: actionIn(text),
    resource: arns.find((arn) => !isCaller(arn))?.text,
    policyType: undefined,
    explicit: undefined,
    policy: undefined,
    causes: [],
  }
}

/** Names looked at in a text that says nothing else. */
const most = 100

const actionIn = (text: Squeezed): string | undefined =>
  ['ecr:', 'ecr-public:']
    .flatMap((prefix) => placesOf(prefix, text.folded).slice(0, most))
    .map((at) => wordAt(text, at))
    .find((name) => /^ecr(-public)?:[A-Z][A-Za-z]+$/.test(name))

// ---- rendering ----

/**
 * Diagnoses for people: what was refused, then each cause with what to check and the mend.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * Ecr.renderDiagnosis(Ecr.diagnose('no basic auth credentials')).split('\n').slice(0, 2)
 * // => ['an error that IAM does not name', '  1. the client sent no password to this host (not-logged-in; observed, EX-1, EX-50)']
 *
 * @category rendering
 * @since 0.1.0
 */
export const renderDiagnosis = (diagnoses: readonly Diagnosis[]): string =>
  diagnoses
    .flatMap((each) => [headline(each), ...each.causes.flatMap(causeLines)])
    .map(Problem.printable)
    .join('\n')

const headline = ({ _tag, caller, action, resource, policyType, explicit }: Diagnosis): string => {
  const names = [
    ...(caller === undefined ? [] : [`caller ${caller}`]),
    ...(action === undefined ? [] : [`action ${action}`]),
    ...(resource === undefined ? [] : [`resource ${resource}`]),
    ...(policyType === undefined
      ? []
      : [`${explicit === true ? 'denied by' : 'not allowed by'} ${Simulator.messageName(policyType)}`]),
  ]
  const about = names.length === 0 ? '' : `: ${names.join(', ')}`
  if (_tag === 'Unknown') return `nothing that is known${about}`
  return about === '' ? 'an error that IAM does not name' : `an error${about}`
}

const causeLines = (
  { id, title, check, mend, certainty, rules }: LikelyCause,
  i: number,
): readonly string[] => [
  `  ${i + 1}. ${title} (${[`${id}; ${certainty}`, ...rules].join(', ')})`,
  `     check: ${check}`,
  `     mend: ${mend}`,
]
