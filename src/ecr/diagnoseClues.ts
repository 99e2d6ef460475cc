/**
 * What else than AWS's sentence tells of a failure: the phrases of registries, clients and platforms.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Found } from './diagnoseSentence.js'
import { placesOf, wordEnd, type Squeezed } from './diagnoseText.js'
import type { FailureId } from './data/failures.js'
import { parse as parseRepository, show as showRepository } from './Repository.js'

// ---- model ----

/**
 * A phrase that tells of a failure, in lower case and without blanks. With it, within reach, stands one of each list of
 * `near`. `causes`: the likeliest first.
 *
 * `weak`: it goes along with other messages as well, and tells nothing beside a sentence of AWS or another clue.
 *
 * @category model
 * @since 0.1.0
 */
export interface Clue {
  readonly phrase: string
  readonly near: readonly (readonly string[])[]
  readonly causes: readonly [FailureId, ...(readonly FailureId[])]
  readonly weak: boolean
}

/**
 * What a clue led to, and the repository that the text around it names.
 *
 * @category model
 * @since 0.1.0
 */
export interface Trace {
  readonly clue: Clue
  readonly repository: string | undefined
}

type Causes = Clue['causes']

const clue = (phrase: string, causes: Causes, ...near: readonly (readonly string[])[]): Clue => ({
  phrase,
  near,
  causes,
  weak: false,
})

const weak = (phrase: string, causes: Causes, ...near: readonly (readonly string[])[]): Clue => ({
  ...clue(phrase, causes, ...near),
  weak: true,
})

// ---- data ----

const forbidden = ['403', 'denied']
const registry = [
  '.dkr.ecr',
  '.dkr-ecr',
  'api.ecr',
  'ecr.',
  'cannotpullcontainererror',
  'starport-layer-bucket',
]

const unreachable = [
  'requestcanceledwhilewaitingforconnection',
  'client.timeoutexceededwhileawaitingheaders',
  'contextdeadlineexceeded',
  'i/otimeout',
  'tlshandshaketimeout',
  'connectionrefused',
  'connectionresetbypeer',
  'nosuchhost',
  'networkisunreachable',
  'couldnotconnecttotheendpointurl',
]

const clues: readonly Clue[] = [
  clue('403responsebody:unexpectedendofjsoninput', ['layer-check-missing', 'manifest-head-refused']),
  clue('fromheadrequestto', ['layer-check-missing'], ['/blobs/'], ['403']),
  clue(
    'fromheadrequestto',
    ['pull-missing', 'owner-has-not-granted', 'manifest-head-refused'],
    ['/manifests/'],
    ['403'],
    ['failedtoresolve', 'failedtopull'],
  ),
  clue('fromheadrequestto', ['manifest-head-refused', 'pull-missing'], ['/manifests/'], ['403']),
  weak('fromgetrequestto', ['pull-missing', 'owner-has-not-granted'], ['/manifests/'], ['403']),
  weak('fromgetrequestto', ['layers-missing'], ['/blobs/'], ['403']),
  weak('failedopen', ['layers-missing'], ['403']),
  weak('couldnotfetchcontentdescriptor', ['layers-missing'], forbidden),
  weak('errorcheckingpushpermissions', ['upload-missing'], forbidden),
  weak('/blobs/uploads/', ['upload-missing'], ['403']),
  clue('retryingin', ['push-ends-in-eof', 'upload-missing'], ['eof']),
  clue('failedcommitonref', ['image-put-refused', 'quota-reached'], ['/manifests/'], ['403']),
  clue('fromputrequestto', ['image-put-refused', 'quota-reached'], ['/manifests/'], ['403']),
  clue('authorizationfailed:nobasicauthcredentials', ['node-not-authenticated', 'not-logged-in']),
  clue('failedtoresolvereference', ['node-not-authenticated', 'not-logged-in'], ['401unauthorized']),
  clue(
    'failedtopull',
    ['node-not-authenticated', 'not-logged-in'],
    ['401unauthorized', 'nobasicauthcredentials'],
  ),
  clue('nobasicauthcredentials', ['not-logged-in', 'node-not-authenticated']),
  clue('authorizationtokenhasexpired', ['token-expired']),
  clue('doesnotexistintheregistry', ['repository-unknown']),
  clue('repositorynotfoundexception', ['repository-unknown']),
  clue('nameunknown:', ['repository-unknown']),
  clue('name_unknown', ['repository-unknown']),
  clue('manifestunknown', ['image-unknown']),
  clue('manifest_unknown', ['image-unknown']),
  clue('imagenotfoundexception', ['image-unknown']),
  ...unreachable.map((phrase) => clue(phrase, ['no-connection'], registry)),
  clue(
    'errorpullingimageconfiguration',
    ['layer-bucket-refused'],
    ['invalidcharacter'],
    ['accessdenied', '403'],
  ),
  clue('starport-layer-bucket', ['layer-bucket-refused'], ['accessdenied', '403']),
  clue('invalidrepositorypolicyprovided', ['repository-policy-refused']),
  clue('principalnotfound', ['principal-not-found']),
  clue('invalidregistrypolicyprovided', ['registry-policy-refused']),
  clue('lambdadoesnothavepermissiontoaccesstheecrimage', ['lambda-not-granted']),
  clue('isonlysupportedinus-east-1', ['public-login-refused'], ['getauthorizationtoken']),
  weak('tags/list', ['tag-list-missing'], ['403', 'denied', 'unauthorized']),
  clue('becausethetagisimmutable', ['tag-immutable']),
  clue('imagetagalreadyexistsexception', ['tag-immutable']),
  ...['"', "'"].map((quote) => clue(`resource":${quote}`, ['resource-misses'], ['.dkr.ecr.'])),
  clue('limitexceededexception', ['quota-reached']),
  clue('toomanyrequests', ['throttled']),
  clue('throttlingexception', ['throttled']),
  clue('rateexceeded', ['throttled']),
  clue('expiredtoken', ['credentials-expired']),
  clue('securitytokenincludedintherequestis', ['credentials-expired']),
  clue('unrecognizedclientexception', ['credentials-expired']),
  clue('unabletolocatecredentials', ['credentials-expired']),
  weak('unabletopullsecretsorregistryauth', ['task-start-failed', 'no-connection']),
  weak('pullaccessdenied', ['not-logged-in', 'repository-unknown', 'pull-missing']),
  weak('requestedaccesstotheresourceisdenied', ['not-logged-in', 'repository-unknown', 'pull-missing']),
  weak('accessdeniedexception', ['lambda-not-granted'], ['lambda']),
  weak('novpcendpointpolicyallows', ['endpoint-silent']),
]

// ---- evaluation ----

/** How far apart, blanks aside, the phrases of one message may lie. */
const reach = 600

/**
 * Every clue in a text, in order; of several that one message has for the same failure, the first of the list above.
 *
 * **Cost** linear in the text, and in the number of clues.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const cluesIn = (text: Squeezed): readonly Found<Trace>[] => {
  const taken = new Map<number, readonly Found<Clue>[]>() // local mutation: by stretch of text, so that few are compared
  for (const each of clues)
    for (const at of placesOf(each.phrase, text.folded)) {
      const stretch = Math.floor(at / reach)
      const others = [stretch - 1, stretch, stretch + 1].flatMap((near) => taken.get(near) ?? [])
      if (isComplete(text, each, at) && !others.some((other) => tellsTheSame(each, at, other)))
        taken.set(stretch, [
          ...(taken.get(stretch) ?? []),
          { what: each, from: at, to: at + each.phrase.length },
        ])
    }
  return Array.from(taken.values())
    .flat()
    .map(({ what, from, to }) => ({ what: { clue: what, repository: repositoryNear(text, from) }, from, to }))
    .sort((a, b) => a.from - b.from)
}

const isComplete = ({ folded }: Squeezed, { phrase, near }: Clue, at: number): boolean => {
  if (near.length === 0) return true
  const around = folded.slice(Math.max(0, at - reach), at + phrase.length + reach)
  return near.every((choices) => choices.some((choice) => around.includes(choice)))
}

const tellsTheSame = (clue: Clue, at: number, { what, from }: Found<Clue>): boolean =>
  Math.abs(at - from) <= reach &&
  (clue.weak || what.causes.includes(clue.causes[0]) || clue.causes.includes(what.causes[0]))

// ---- addresses ----

/** The repository whose address stands nearest: after the phrase in most messages, else before it. */
const repositoryNear = (text: Squeezed, at: number): string | undefined => {
  const start = Math.max(0, at - reach)
  const marks = ['.dkr.ecr', '.dkr-ecr'].flatMap((mark) =>
    placesOf(mark, text.folded.slice(start, at + reach)).map((place) => start + place),
  )
  const nearest = marks.find((mark) => mark >= at) ?? marks.at(-1)
  return nearest === undefined ? undefined : repositoryAt(text, nearest)
}

const accountLength = 12

const repositoryAt = (text: Squeezed, mark: number): string | undefined => {
  const from = mark - accountLength
  const [host = '', ...path] = text.squeezed
    .slice(Math.max(0, from), wordEnd(text, Math.max(0, from)))
    .split('/')
  const names = path[0] === 'v2' ? path.slice(1) : path
  const route = names.findIndex((part) => routes.includes(part))
  const name = (route === -1 ? names : names.slice(0, route)).join('/').split(/[:@]/)[0] ?? ''
  const repository = parseRepository(`${host}/${name}`)
  return E.isRight(repository) ? showRepository(repository.right) : undefined
}

const routes = ['manifests', 'blobs', 'tags', 'referrers']
