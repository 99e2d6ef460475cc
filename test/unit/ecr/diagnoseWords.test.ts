import { expect, it } from 'vitest'
import { diagnose, type FailureId } from '../../../src/ecr/index.js'

const image = '.eu-west-1.amazonaws.com/v2/app'
const v2 = `https://111122223333.dkr.ecr${image}`
const push = '«failed to push|crane push|docker push|error pushing»'
const privateHost = '111122223333«.dkr.ecr|.dkr-ecr|.dkr.ecr-fips|.dkr-ecr-fips».x/app'
const registry = '«1.dkr.ecr|1.dkr.ecr-fips|1.dkr-ecr|api.ecr|ecr.|CannotPullContainerError»'

const [manifest, layer, check, upload] = [
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
]
const pull: readonly FailureId[] = ['pull-missing', 'owner-has-not-granted']
const byKubelet: readonly FailureId[] = ['node-not-authenticated', 'not-logged-in']
const byClient: readonly FailureId[] = ['not-logged-in', 'node-not-authenticated']
const denied: readonly FailureId[] = ['not-logged-in', 'repository-unknown', 'pull-missing']

/** A text with what it tells: causes and the refused action. Of words in angles any one does, and without it is told something else. */
const texts: readonly (readonly [text: string, causes: readonly FailureId[], refused?: string])[] = [
  ['«403 response body: unexpected end of JSON input»', ['layer-check-missing', 'manifest-head-refused']],
  [`«from HEAD request to» ${v2}«/blobs/»x: «403»`, ['layer-check-missing'], check],
  [
    `${push}, not failed to resolve: from HEAD request to ${v2}«/manifests/»1: «403»`,
    ['manifest-head-refused', 'pull-missing'],
    manifest,
  ],
  [
    `«failed to resolve|failed to pull|cache importer»: «from HEAD request to» ${v2}«/manifests/»1: «403»`,
    [...pull, 'manifest-head-refused'],
    manifest,
  ],
  [`«from HEAD request to» ${v2}«/manifests/»1: «403»`, ['manifest-head-refused', 'pull-missing'], manifest],
  [`${v2}«/blobs/»x: «403» («HEAD responses have no body»)`, ['layer-check-missing'], check],
  [
    `${push} ${v2}«/manifests/»1: «403» («HEAD responses have no body»)`,
    ['manifest-head-refused', 'pull-missing'],
    manifest,
  ],
  [
    `${v2}«/manifests/»1: «403» («HEAD responses have no body»)`,
    [...pull, 'manifest-head-refused'],
    manifest,
  ],
  ['«401» («HEAD responses have no body»)', byClient],
  [`${push}: «status code [manifests» 1]: «403»`, ['manifest-head-refused', 'pull-missing'], manifest],
  ['«status code [manifests» 1]: «403 Forbidden»', pull, manifest],
  [`«from GET request to» ${v2}«/manifests/»1: «403»`, pull, manifest],
  [`«from GET request to» ${v2}«/blobs/»x: «403»`, ['layers-missing'], layer],
  ['httpReadSeeker: «failed open»: «403»', ['layers-missing'], layer],
  ['«could not fetch content descriptor» x: «403|denied»', ['layers-missing'], layer],
  ['«Retrying in» 5 seconds\n«EOF»', ['push-ends-in-eof', 'upload-missing']],
  [`«failed commit on ref» x: ${v2}«/manifests/»1: «403»`, ['image-put-refused', 'quota-reached']],
  [`«from PUT request to» ${v2}«/manifests/»1: «403»`, ['image-put-refused', 'quota-reached']],
  ['«error checking push permissions»: «401»', byClient],
  ['«error checking push permissions»: «403|denied»', ['upload-missing'], upload],
  [`POST ${v2}«/blobs/uploads/»: «403»`, ['upload-missing'], upload],
  [`${v2}/«tags/list»: «403|denied|unauthorized»`, ['tag-list-missing'], 'ecr:ListImages'],

  ['«authorization failed: no basic auth credentials»', byKubelet],
  ['«failed to resolve reference» x: «401 Unauthorized»', byKubelet],
  ['«failed to pull» image: «401 Unauthorized|no basic auth credentials»', byKubelet],
  ['«no basic auth credentials»', byClient],
  [`${privateHost}: «unauthorized: authentication required»`, byClient],
  ['«docker-credential-ecr-login»: «executable file not found»', byClient],
  [
    `${registry} «login attempt to» x failed with «status: 400|status: 401|status: 403»`,
    ['login-rejected', 'token-expired'],
  ],
  ['«authorization token has expired»', ['token-expired']],
  [`${privateHost}: «401 Unauthorized|status code 401»`, byClient],
  [`${registry}: «pull access denied|requested access to the resource is denied»`, denied],

  [
    '«does not exist in the registry|RepositoryNotFoundException|name unknown:|NAME_UNKNOWN»',
    ['repository-unknown'],
  ],
  ['«manifest unknown|MANIFEST_UNKNOWN|ImageNotFoundException»', ['image-unknown']],
  [
    `«failed to resolve|failed to pull» ${privateHost}:1«: not found»`,
    ['image-unknown', 'repository-unknown'],
  ],
  ['«because the tag is immutable|ImageTagAlreadyExistsException»', ['tag-immutable']],
  ['«Invalid repository policy provided»', ['repository-policy-refused']],
  ['«Principal not found» «policy text|repository policy|registry policy»', ['principal-not-found']],
  ['«Invalid registry policy provided»', ['registry-policy-refused']],
  [`"«Resource": "|Resource": '»111122223333«.dkr.ecr.»eu-west-1`, ['resource-misses']],

  [
    `${registry}: «request canceled while waiting for connection|Client.Timeout exceeded while awaiting headers|context deadline exceeded|i/o timeout|TLS handshake timeout|connection refused|connection reset by peer|no such host|network is unreachable|Could not connect to the endpoint URL»`,
    ['no-connection'],
  ],
  ['«starport-layer-bucket»: «i/o timeout»', ['no-connection']],
  ['«error pulling image configuration»: «invalid character» «AccessDenied|403»', ['layer-bucket-refused']],
  ['«starport-layer-bucket»: «AccessDenied|403»', ['layer-bucket-refused'], 's3:GetObject'],
  ['«Lambda does not have permission to access the ECR image»', ['lambda-not-granted']],
  [`«Source image» ${privateHost} «is not valid»`, ['lambda-image-unfit', 'lambda-not-granted']],
  ['«GetAuthorizationToken» «is only supported in us-east-1»', ['public-login-elsewhere']],
  ['«LimitExceededException»: «ecr|repository|1.dkr.ecr»', ['quota-reached']],
  ['«Too Many Requests»: «rate exceeded|ecr|repository|1.dkr-ecr»', ['throttled']],
  ['«ThrottlingException|Rate exceeded»: «ecr|repository»', ['throttled']],
  [
    '«ExpiredToken|ExpiredTokenException|UnrecognizedClientException|Unable to locate credentials|security token included in the request is»',
    ['credentials-expired'],
  ],
  ['«unable to pull secrets or registry auth»', ['task-start-failed', 'no-connection']],
  ['«AccessDeniedException» «CreateFunction|UpdateFunctionCode|(Lambda)»', ['lambda-not-granted']],
  ['«no VPC endpoint policy allows» it', ['endpoint-silent']],
  // a clue that goes along with others tells nothing beside one of another sort
  ['failed open: https://x-starport-layer-bucket.s3: «403»', ['layer-bucket-refused'], 's3:GetObject'],
]

const told = (text: string): readonly string[] =>
  diagnose(text).map(({ _tag, causes, action }) =>
    _tag === 'Unknown' ? 'unknown' : [...causes.map(({ id }) => id), action ?? ''].join(' '),
  )

/** The pieces of a text: every other one is a list of words of which there has to be one. */
const pieces = (text: string): readonly (readonly string[])[] =>
  text.split(/[«»]/).map((piece, i) => (i % 2 === 0 ? [piece] : piece.split('|')))

const written = (all: readonly (readonly string[])[], at: number, word: string): string =>
  all.map(([first], i) => (i === at ? word : (first ?? ''))).join('')

// One test, since what is looked for is made ready once.
it('a message is known by its words, each of which counts', () => {
  const wrong = texts.flatMap(([text, causes, refused = '']) => {
    const expected = [...causes, refused].join(' ')
    const all = pieces(text)
    const isKnown = (at: number, word: string): boolean => told(written(all, at, word)).join() === expected
    return all.flatMap((words, i) => [
      ...words
        .filter((word) => !isKnown(i, word))
        .map((word) => `${written(all, i, word)}: ${told(written(all, i, word)).join()}`),
      ...(i % 2 === 1 && isKnown(i, 'zzz') ? [`${text} without ${words.join()}`] : []),
    ])
  })
  expect(wrong).toEqual([])
})
