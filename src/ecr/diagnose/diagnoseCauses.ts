/**
 * The causes of a refusal, ranked by what it says itself and by what is said around it.
 *
 * Source: EX-7, EX-21, EX-41, EC-8.
 *
 * @since 0.1.0
 */
import type { FailureId } from '../data/failures.js'
import type { Found, Refusal } from './diagnoseSentence.js'
import { isSpoken, placesOf, type Squeezed } from './diagnoseText.js'
import { likelyCauses, type Surroundings } from './failure.js'

// ---- model ----

/**
 * What stands this near before a sentence belongs to the same message.
 *
 * @category model
 * @since 0.1.0
 */
export const before = 600

/**
 * What stands this near behind a sentence belongs to the same message.
 *
 * @category model
 * @since 0.1.0
 */
export const after = 300

// ---- evaluation ----

/**
 * The causes of a refusal in a text, the likeliest first.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const causesOf = (
  text: Squeezed,
  sentence: Found<Refusal>,
): readonly [FailureId, ...(readonly FailureId[])] => {
  const [first, ...more] = likelyCauses(sentence.what, surroundingsOf(text, sentence))
  return isOfLayerBucket(sentence.what) && first !== bucketRefused
    ? [bucketRefused, first, ...more]
    : [first, ...more]
}

const bucketRefused = 'layer-bucket-refused'

/** EC-8: layers come from S3, and S3 has an endpoint and policies of its own. */
const isOfLayerBucket = ({ action, resource }: Refusal): boolean =>
  action?.toLowerCase() === 's3:getobject' && resource?.includes('starport-layer-bucket') === true

/** Names of roles, repositories and hosts tell nothing of what was done. */
const surroundingsOf = (text: Squeezed, { from, to }: Found<Refusal>): Surroundings => {
  const distanceTo = (phrases: readonly string[]): number =>
    spokenPlaces(text, phrases, from - before, to + after).reduce(
      (least, place) => Math.min(least, Math.abs(place - from)),
      Infinity,
    )
  const isSaid = (phrases: readonly string[]): boolean => Number.isFinite(distanceTo(phrases))
  return {
    isTask: isSaid(ofTasks),
    isPush: distanceTo(ofPushes) < distanceTo(ofPulls),
    isLambda: isSaid(ofLambda),
  }
}

const spokenPlaces = (
  text: Squeezed,
  phrases: readonly string[],
  from: number,
  to: number,
): readonly number[] => {
  const start = Math.max(0, from)
  const around = text.folded.slice(start, to)
  return phrases.flatMap((phrase) =>
    placesOf(phrase, around)
      .map((place) => start + place)
      .filter((place) => phrase.startsWith('/') || isSpoken(text, phrase, place)),
  )
}

// ---- data ----

const ofTasks = ['resourceinitializationerror', 'unabletopullsecrets']

const ofPushes = [
  '/blobs/uploads',
  'checkingpush',
  'crane',
  'bazel',
  'dockerpush',
  'errorpushing',
  'failedtopush',
  'podmanpush',
  'pushing',
  'pushingimage',
  'rules_oci',
  'thepushrefersto',
]

const ofPulls = [
  'cannotpullcontainererror',
  'cranepull',
  'dockerpull',
  'errorpulling',
  'failedtopull',
  'failedtoresolve',
  'fetchingmanifest',
  'initializingsource',
  'podmanpull',
  'pullaccessdenied',
  'pullimage',
  'pulling',
  'pullingfrom',
  'pullingimage',
]

const ofLambda = ['awslambdainternal', 'createfunction', 'lambdadoesnothavepermission', 'updatefunctioncode']
