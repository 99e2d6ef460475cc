/**
 * From an error text that somebody pasted to what it says, what may have caused it, and what mends it.
 *
 * Source: DE-5, EX-41, and the rules that each cause cites.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Arn, Problem } from '../../model/index.js'
import { Simulator } from '../../simulator/index.js'
import { causes, type FailureId } from '../data/failures.js'
import { after, before, causesOf } from './diagnoseCauses.js'
import { cluesIn, type Trace } from './diagnoseClues.js'
import { refusals, type Found, type Refusal } from './diagnoseSentence.js'
import { placesOf, squeeze, wordAt, type Squeezed } from './diagnoseText.js'
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
 *   them; `action`: the one that was refused; `explicit`: a Deny refused it, or no Allow was found; `policy`: the ARN of the
 *   policy that denies. Of a resource whose Region the text does not tell, the ARN has `*` for it.
 * - `Unknown`: no error that is known; the names are the first of their sort in the text.
 *
 * `mayLack`: actions of which nobody says that they were refused, and whose lack looks like this.
 *
 * @category model
 * @since 0.1.0
 */
export type Diagnosis = Refusal & { readonly mayLack: readonly string[] } & (
    | { readonly _tag: 'Recognised'; readonly causes: readonly [LikelyCause, ...(readonly LikelyCause[])] }
    | { readonly _tag: 'Unknown'; readonly causes: readonly [] }
  )

// ---- evaluation ----

/**
 * Reads the errors of AWS, Docker, containerd, kubelet, ECS, Lambda, Terraform and other tools out of a text.
 *
 * Line breaks, colours, frames, quotes and escapes of logs do not matter. Each error is told once, in order of first
 * appearance; a text without any, and what is no text, gives one `Unknown`. `Ecr.repair` goes on from here where the policies are at hand.
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
  const ready = squeeze(isText(text) ? text : '')
  const sentences = refusals(ready)
  const told = sentences.map(({ what, from, to }) => ({
    from,
    to,
    what: ofRefusal(ready, { what, from, to }),
  }))
  const near = toldNear(told)
  const clues = cluesIn(ready).filter(({ what: { clue }, from }) => {
    const known = near.get(stretch(from))
    return known === undefined || !(clue.weak || known.has(clue.causes[0]))
  })
  const found = [...told, ...clues.map(({ from, what }) => ({ from, what: ofClue(what) }))]
  const [first, ...rest] = distinct([...found].sort((a, b) => a.from - b.from).map(({ what }) => what))
  return first === undefined ? [unknown(ready)] : [first, ...rest]
}

/** Callers without types send anything. */
const isText = (given: unknown): given is string => typeof given === 'string'

const distinct = (all: readonly Diagnosis[]): readonly Diagnosis[] =>
  Array.from(new Map(all.map((each) => [JSON.stringify(each), each])).values())

const withCauses = (
  refusal: Refusal,
  [first, ...rest]: readonly [FailureId, ...(readonly FailureId[])],
  mayLack: readonly string[],
): Diagnosis => ({
  _tag: 'Recognised',
  ...refusal,
  mayLack,
  causes: [likely(first), ...rest.map(likely)],
})

const likely = (id: FailureId): LikelyCause => ({ id, ...causes[id] })

// ---- sentences ----

const ofRefusal = (text: Squeezed, sentence: Found<Refusal>): Diagnosis =>
  withCauses(sentence.what, causesOf(text, sentence), [])

const stretch = (at: number): number => Math.floor(at / before)

/** The causes that sentences tell already, by stretch of the text: beside them a clue to the same says nothing. */
const toldNear = (told: readonly Found<Diagnosis>[]): ReadonlyMap<number, ReadonlySet<FailureId>> => {
  const near = new Map<number, Set<FailureId>>() // local mutation: a sentence bears on few stretches
  for (const { what, from, to } of told)
    for (const at of [from - before, from, to, to + after].map(stretch)) {
      const known = near.get(at) ?? new Set()
      for (const { id } of what.causes) known.add(id)
      near.set(at, known)
    }
  return near
}

// ---- clues ----

const ofClue = ({ clue, repository }: Trace): Diagnosis =>
  withCauses(
    {
      caller: undefined,
      action: clue.refused,
      resource: clue.refused?.startsWith('s3:') === true ? undefined : repository,
      policyType: clue.causes[0] === 'endpoint-silent' ? 'VpcEndpointPolicy' : undefined,
      explicit: undefined,
      policy: undefined,
    },
    clue.causes,
    clue.refused === undefined ? causes[clue.causes[0]].actions : [],
  )

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
    mayLack: [],
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
 * Diagnoses for people: what was refused, then each cause with what to check and the mend. Where there is nothing to
 * tell: what was looked for, and what to paste.
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
    .flatMap((each) => [
      headline(each),
      ...(each._tag === 'Unknown' ? advice : each.causes.flatMap(causeLines)),
    ])
    .map(Problem.printable)
    .join('\n')

const headline = (diagnosis: Diagnosis): string => {
  const { _tag, caller, action, resource, policyType, explicit, mayLack } = diagnosis
  const isKnown = _tag === 'Recognised'
  const names = [
    ...(caller === undefined ? [] : [`caller ${caller}`]),
    ...(action === undefined ? [] : [`${isKnown ? 'refused ' : ''}action ${action}`]),
    ...(resource === undefined ? [] : [`resource ${resource}`]),
    ...(policyType === undefined
      ? []
      : [`${explicit === true ? 'denied by' : 'not allowed by'} ${Simulator.messageName(policyType)}`]),
    ...(mayLack.length === 0 ? [] : [`perhaps for lack of ${mayLack.join(', ')}`]),
  ]
  const about = names.join(', ')
  if (!isKnown)
    return `no error that is known stands in this text${about === '' ? '' : `, which names ${about}`}`
  return about === '' ? 'an error that IAM does not name' : `an error: ${about}`
}

const advice: readonly string[] = [
  '  looked for: the sentence of AWS, `... is not authorized to perform: ... on resource: ...`, and what Docker, containerd, kubelet, ECS, Lambda, Terraform and other tools print when a login, pull or push fails',
  '  to paste: all that the failed command printed, not its last line alone; of a pod its events (kubectl describe pod), of an ECS task its stopped reason',
]

const causeLines = (
  { id, title, check, mend, certainty, rules }: LikelyCause,
  i: number,
): readonly string[] => [
  `  ${i + 1}. ${title} (${[`${id}; ${certainty}`, ...rules].join(', ')})`,
  `     check: ${check}`,
  `     mend: ${mend}`,
]
