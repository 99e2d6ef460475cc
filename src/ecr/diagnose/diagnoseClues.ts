/**
 * What else than AWS's sentence tells of a failure: the phrases of registries, clients and platforms.
 *
 * Source: EX-12, EX-22, EX-41, and the rules that each cause cites.
 *
 * @since 0.1.0
 */
import { repositoryNear } from './diagnosePlace.js'
import type { Found } from './diagnoseSentence.js'
import { hasWhole, isWhole, placesOf, type Squeezed } from './diagnoseText.js'
import type { FailureId } from '../data/failures.js'
import { Remember } from '../../pattern/index.js'

// ---- model ----

/**
 * A phrase that tells of a failure, in lower case and without blanks. With it, within reach, stands one of each list of
 * `near`; both are whole words. `causes`: the likeliest first.
 *
 * `refused`: the action that was, where the phrase tells (EX-22); without it the causes name actions that may be missing.
 * `weak`: it goes along with other messages as well, and tells nothing beside a sentence of AWS or another clue.
 *
 * @category model
 * @since 0.1.0
 */
export interface Clue {
  readonly phrase: string
  readonly near: readonly (readonly string[])[]
  readonly causes: readonly [FailureId, ...(readonly FailureId[])]
  readonly refused: string | undefined
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
  refused: undefined,
  weak: false,
})

const weak = (phrase: string, causes: Causes, ...near: readonly (readonly string[])[]): Clue => ({
  ...clue(phrase, causes, ...near),
  weak: true,
})

const refusing = (refused: string, its: Clue): Clue => ({ ...its, refused })

// ---- data ----

const manifest = 'ecr:BatchGetImage'
const layer = 'ecr:GetDownloadUrlForLayer'
const layerCheck = 'ecr:BatchCheckLayerAvailability'
const upload = 'ecr:InitiateLayerUpload'
const object = 's3:GetObject'

const forbidden = ['403', 'denied']
const privateHosts = ['.dkr.ecr', '.dkr-ecr'] // and with `-fips`: a word ends there
const ofECR = ['ecr', 'repository']
const registry = [...privateHosts, 'api.ecr', 'ecr.', 'cannotpullcontainererror', 'starport-layer-bucket']
const pushing = ['failedtopush', 'cranepush', 'dockerpush', 'errorpushing']
const byKubelet: Causes = ['node-not-authenticated', 'not-logged-in']
const byClient: Causes = ['not-logged-in', 'node-not-authenticated']

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

/** HEAD of a manifest comes before a push as well as before a pull; what else the client says tells which. */
const heads = (phrase: string): readonly Clue[] => [
  refusing(layerCheck, clue(phrase, ['layer-check-missing'], ['/blobs/'], ['403'])),
  refusing(
    manifest,
    clue(phrase, ['manifest-head-refused', 'pull-missing'], ['/manifests/'], ['403'], pushing),
  ),
]

const ofRegistry = (): readonly Clue[] => [
  clue('403responsebody:unexpectedendofjsoninput', ['layer-check-missing', 'manifest-head-refused']),
  ...heads('fromheadrequestto'),
  refusing(
    manifest,
    clue(
      'fromheadrequestto',
      ['pull-missing', 'owner-has-not-granted', 'manifest-head-refused'],
      ['/manifests/'],
      ['403'],
      ['failedtoresolve', 'failedtopull', 'cacheimporter'],
    ),
  ),
  refusing(
    manifest,
    clue('fromheadrequestto', ['manifest-head-refused', 'pull-missing'], ['/manifests/'], ['403']),
  ),
  ...heads('headresponseshavenobody'),
  refusing(
    manifest,
    clue(
      'headresponseshavenobody',
      ['pull-missing', 'owner-has-not-granted', 'manifest-head-refused'],
      ['/manifests/'],
      ['403'],
    ),
  ),
  clue('headresponseshavenobody', byClient, ['401']),
  refusing(
    manifest,
    clue('statuscode[manifests', ['manifest-head-refused', 'pull-missing'], ['403'], pushing),
  ),
  refusing(
    manifest,
    clue('statuscode[manifests', ['pull-missing', 'owner-has-not-granted'], ['403forbidden']),
  ),
  refusing(
    manifest,
    weak('fromgetrequestto', ['pull-missing', 'owner-has-not-granted'], ['/manifests/'], ['403']),
  ),
  refusing(layer, weak('fromgetrequestto', ['layers-missing'], ['/blobs/'], ['403'])),
  refusing(layer, weak('failedopen', ['layers-missing'], ['403'])),
  refusing(layer, weak('couldnotfetchcontentdescriptor', ['layers-missing'], forbidden)),
  clue('retryingin', ['push-ends-in-eof', 'upload-missing'], ['eof']),
  clue('failedcommitonref', ['image-put-refused', 'quota-reached'], ['/manifests/'], ['403']),
  clue('fromputrequestto', ['image-put-refused', 'quota-reached'], ['/manifests/'], ['403']),
  weak('errorcheckingpushpermissions', byClient, ['401']),
  refusing(upload, weak('errorcheckingpushpermissions', ['upload-missing'], forbidden)),
  refusing(upload, weak('/blobs/uploads/', ['upload-missing'], ['403'])),
  refusing('ecr:ListImages', weak('tags/list', ['tag-list-missing'], ['403', 'denied', 'unauthorized'])),
]

const ofLogins = (): readonly Clue[] => [
  clue('authorizationfailed:nobasicauthcredentials', byKubelet),
  clue('failedtoresolvereference', byKubelet, ['401unauthorized']),
  clue('failedtopull', byKubelet, ['401unauthorized', 'nobasicauthcredentials']),
  clue('nobasicauthcredentials', byClient),
  clue('unauthorized:authenticationrequired', byClient, privateHosts),
  clue('docker-credential-ecr-login', byClient, ['executablefilenotfound']),
  clue(
    'loginattemptto',
    ['login-rejected', 'token-expired'],
    ['status:400', 'status:401', 'status:403'],
    registry,
  ),
  clue('authorizationtokenhasexpired', ['token-expired']),
  weak('401unauthorized', byClient, privateHosts),
  weak('statuscode401', byClient, privateHosts),
  weak('pullaccessdenied', ['not-logged-in', 'repository-unknown', 'pull-missing'], registry),
  weak(
    'requestedaccesstotheresourceisdenied',
    ['not-logged-in', 'repository-unknown', 'pull-missing'],
    registry,
  ),
]

const ofThings = (): readonly Clue[] => [
  clue('doesnotexistintheregistry', ['repository-unknown']),
  clue('repositorynotfoundexception', ['repository-unknown']),
  clue('nameunknown:', ['repository-unknown']),
  clue('name_unknown', ['repository-unknown']),
  clue('manifestunknown', ['image-unknown']),
  clue('manifest_unknown', ['image-unknown']),
  clue('imagenotfoundexception', ['image-unknown']),
  clue(
    ':notfound',
    ['image-unknown', 'repository-unknown'],
    ['failedtoresolve', 'failedtopull'],
    privateHosts,
  ),
  clue('becausethetagisimmutable', ['tag-immutable']),
  clue('imagetagalreadyexistsexception', ['tag-immutable']),
  clue('invalidrepositorypolicyprovided', ['repository-policy-refused']),
  clue('principalnotfound', ['principal-not-found'], ['policytext', 'repositorypolicy', 'registrypolicy']),
  clue('invalidregistrypolicyprovided', ['registry-policy-refused']),
  ...['"', "'"].map((quote) => clue(`resource":${quote}`, ['resource-misses'], ['.dkr.ecr.'])),
]

const ofPlatforms = (): readonly Clue[] => [
  ...unreachable.map((phrase) => clue(phrase, ['no-connection'], registry)),
  clue(
    'errorpullingimageconfiguration',
    ['layer-bucket-refused'],
    ['invalidcharacter'],
    ['accessdenied', '403'],
  ),
  refusing(object, clue('starport-layer-bucket', ['layer-bucket-refused'], ['accessdenied', '403'])),
  clue('lambdadoesnothavepermissiontoaccesstheecrimage', ['lambda-not-granted']),
  clue('sourceimage', ['lambda-image-unfit', 'lambda-not-granted'], ['isnotvalid'], privateHosts),
  clue('isonlysupportedinus-east-1', ['public-login-elsewhere'], ['getauthorizationtoken']),
  clue('limitexceededexception', ['quota-reached'], ofECR),
  clue('toomanyrequests', ['throttled'], ['rateexceeded', ...ofECR]),
  clue('throttlingexception', ['throttled'], ofECR),
  clue('rateexceeded', ['throttled'], ofECR),
  ...[
    'expiredtoken',
    'expiredtokenexception',
    'unrecognizedclientexception',
    'unabletolocatecredentials',
  ].map((phrase) => clue(phrase, ['credentials-expired'])),
  clue('securitytokenincludedintherequestis', ['credentials-expired']),
  weak('unabletopullsecretsorregistryauth', ['task-start-failed', 'no-connection']),
  weak('accessdeniedexception', ['lambda-not-granted'], ['createfunction', 'updatefunctioncode', '(lambda)']),
  weak('novpcendpointpolicyallows', ['endpoint-silent']),
]

/** Weak ones last: of what one message has, they tell only what nothing else does. */
const clues: () => readonly Clue[] = Remember.once(() => {
  const all = [...ofRegistry(), ...ofLogins(), ...ofThings(), ...ofPlatforms()]
  return [false, true].flatMap((isWeak) => all.filter((each) => each.weak === isWeak))
})

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
  for (const each of clues())
    for (const at of placesOf(each.phrase, text.folded)) {
      const stretch = Math.floor(at / reach)
      const others = [stretch - 1, stretch, stretch + 1].flatMap((near) => taken.get(near) ?? [])
      if (!others.some((other) => tellsTheSame(each, at, other)) && isComplete(text, each, at))
        taken.set(stretch, [
          ...(taken.get(stretch) ?? []),
          { what: each, from: at, to: at + each.phrase.length },
        ])
    }
  return Array.from(taken.values())
    .flat()
    .map(({ what, from, to }) => ({
      what: { clue: what, repository: repositoryNear(text, from, reach) },
      from,
      to,
    }))
    .sort((a, b) => a.from - b.from)
}

const isComplete = (text: Squeezed, { phrase, near }: Clue, at: number): boolean =>
  isWhole(text, phrase, at) &&
  near.every((choices) =>
    choices.some((choice) => hasWhole(text, choice, at - reach, at + phrase.length + reach)),
  )

const tellsTheSame = (clue: Clue, at: number, { what, from }: Found<Clue>): boolean =>
  Math.abs(at - from) <= reach &&
  (clue.weak || what.causes.includes(clue.causes[0]) || clue.causes.includes(what.causes[0]))
