import { describe, expect, it } from 'vitest'
import {
  diagnose,
  failureCauses,
  renderDiagnosis,
  type Diagnosis,
  type FailureId,
} from '../../../src/ecr/index.js'

const node = 'arn:aws:sts::111122223333:assumed-role/node/i-0123456789abcdef0'
const own = 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app'
const foreign = 'arn:aws:ecr:eu-west-1:444455556666:repository/team/app'
const host = '111122223333.dkr.ecr.eu-west-1.amazonaws.com'
const digest = `sha256:${'9f'.repeat(32)}`

const because = (action: string, resource: string, type = 'identity-based policy', caller = node): string =>
  `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} because no ${type} allows the ${action} action`
const denied = (action: string, resource: string, type: string, caller = node): string =>
  `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} with an explicit deny in ${type}`

const token = 'ecr:GetAuthorizationToken'
const sdk = (text: string): string =>
  `software.amazon.awssdk.services.ecr.model.EcrException: ${text} (Service: Ecr, Status Code: 400, Request ID: 0f6e2f0c-1b7d-4c55-9c55-3f2a7cf5b0aa) (SDK Attempt Count: 1)`
const cli = (operation: string, text: string): string =>
  `\nAn error occurred (AccessDeniedException) when calling the ${operation} operation: ${text}\n`
const go = (operation: string, text: string): string =>
  `operation error ECR: ${operation}, https response error StatusCode: 400, RequestID: 5c2f9a4e-7a6b-4d1e-8c3d-0a1b2c3d4e5f, api error AccessDeniedException: ${text}`
const terraform = (text: string): string =>
  `╷\n│ Error: reading ECR Repository (team/app): ${text.replace(/(.{60,78}) /g, '$1\n│ ')}\n│\n│   with aws_ecr_repository.app,\n│   on main.tf line 12, in resource "aws_ecr_repository" "app":\n│   12: resource "aws_ecr_repository" "app" {\n│\n╵`
const wrapped = (text: string, width: number): string =>
  text.replace(new RegExp(`(.{${width}})`, 'g'), '$1\n')
const json = (text: string): string => JSON.stringify({ level: 'error', msg: text, ts: 1700000000.1 })

type Row = readonly [rows: string, id: FailureId, texts: readonly string[], rank?: number]

const rows: readonly Row[] = [
  [
    '1: no token',
    'token-missing',
    [
      cli('GetAuthorizationToken', because(token, '*')),
      sdk(because(token, '*')),
      go('GetAuthorizationToken', because(token, '*')),
      json(`level=error msg="${because(token, '*')}"`),
      `\u001b[31mError:\u001b[0m Cannot perform an interactive login from a non TTY device\n${wrapped(because(token, '*'), 41)}`,
    ],
  ],
  ['2: the token is scoped', 'token-scoped', [cli('GetAuthorizationToken', because(token, '*'))], 1],
  [
    '3: the token is in the repository policy',
    'token-from-repository-policy',
    [cli('GetAuthorizationToken', because(token, '*'))],
    2,
  ],
  [
    '4: no pull',
    'pull-missing',
    [
      `Error response from daemon: pull access denied for ${host}/team/app, repository does not exist or may require 'docker login': denied: ${because('ecr:BatchGetImage', own)}`,
      `time="2025-03-01T10:11:12Z" level=error msg="PullImage failed" error="rpc error: code = Unknown desc = failed to pull and unpack image: ${because('ecr:BatchGetImage', own)}"`,
      `GET https://${host}/v2/team/app/manifests/latest: DENIED: ${because('ecr:BatchGetImage', own)}`,
      `failed to resolve reference "${host}/team/app:1": unexpected status from HEAD request to https://${host}/v2/team/app/manifests/1: 403 Forbidden`,
    ],
  ],
  [
    '5: the owner has not granted',
    'owner-has-not-granted',
    [
      `denied: ${because('ecr:BatchGetImage', foreign, 'resource-based policy')}`,
      wrapped(
        `Error response from daemon: denied: ${because('ecr:BatchGetImage', foreign, 'resource-based policy')}`,
        80,
      ),
      json(json(because('ecr:GetDownloadUrlForLayer', foreign, 'resource-based policy'))),
    ],
  ],
  [
    '6: the caller stops at his own account',
    'caller-side-missing',
    [
      `denied: ${because('ecr:BatchGetImage', foreign)}`,
      terraform(because('ecr:DescribeRepositories', foreign)),
    ],
  ],
  [
    '7: no layers',
    'layers-missing',
    [
      `denied: ${because('ecr:GetDownloadUrlForLayer', own)}`,
      `failed to copy: httpReadSeeker: failed open: unexpected status code https://${host}/v2/team/app/blobs/${digest}: 403 Forbidden`,
      `failed to pull and unpack image "${host}/team/app:1": failed to copy: httpReadSeeker: failed open: could not fetch content descriptor ${digest} (application/vnd.docker.image.rootfs.diff.tar.gzip) from remote: 403 Forbidden`,
    ],
  ],
  [
    '8: HEAD of a layer',
    'layer-check-missing',
    [
      'error parsing HTTP 403 response body: unexpected end of JSON input: ""',
      'The push refers to repository [x]\nerror parsing HTTP 403 response body: unexpected\nend of JSON input: \\"\\"',
      `unexpected status from HEAD request to https://${host}/v2/team/app/blobs/${digest}: 403 Forbidden`,
      because('ecr:BatchCheckLayerAvailability', own),
    ],
  ],
  [
    '9: HEAD of a manifest',
    'manifest-head-refused',
    [
      `ERROR: failed to solve: failed to push ${host}/team/app:1: unexpected status from HEAD request to https://${host}/v2/team/app/manifests/1: 403 Forbidden`,
      `#18 ERROR: unexpected status from HEAD request to https://${host}/v2/team/app/manifests/${digest}: 403 Forbidden`,
    ],
  ],
  [
    '10: manifest read on push',
    'manifest-read-missing-on-push',
    [
      `Error: pushing image ${host}/team/app:1: GET https://${host}/v2/team/app/manifests/1: DENIED: ${because('ecr:BatchGetImage', own)}`,
      `crane: ${because('ecr:BatchGetImage', own)}`,
    ],
  ],
  [
    '11: no upload',
    'upload-missing',
    [
      `error checking push permissions -- make sure you entered the correct tag name, and that you are authenticated correctly, and try again: checking push permission for "${host}/team/app": POST https://${host}/v2/team/app/blobs/uploads/: DENIED: ${because('ecr:InitiateLayerUpload', own)}`,
      `denied: ${because('ecr:InitiateLayerUpload', own)}`,
      `failed to push: POST https://${host}/v2/team/app/blobs/uploads/: unexpected status code 403 Forbidden`,
    ],
  ],
  [
    '12: retries, then EOF',
    'push-ends-in-eof',
    [
      'a3ed95caeb02: Retrying in 5 seconds\na3ed95caeb02: Retrying in 1 second\nEOF',
      'The push refers to repository [111122223333.dkr.ecr.eu-west-1.amazonaws.com/app]\n5f70bf18a086: Retrying in 3 seconds \n5f70bf18a086: Pushing\nerror: EOF',
    ],
  ],
  [
    '13: the manifest is refused',
    'image-put-refused',
    [
      `failed commit on ref "manifest-${digest}": unexpected status from PUT request to https://${host}/v2/team/app/manifests/1: 403 Forbidden`,
      `ERROR: failed to push ${host}/team/app:1: failed commit on ref "index-${digest}": unexpected status: 403 Forbidden https://${host}/v2/team/app/manifests/1`,
      `denied: ${because('ecr:PutImage', own)}`,
    ],
  ],
  [
    '14: not logged in',
    'not-logged-in',
    [
      `Error response from daemon: Head "https://${host}/v2/team/app/manifests/1": no basic auth credentials`,
      'no basic auth credentials',
    ],
  ],
  [
    '15: an old token',
    'token-expired',
    [
      'denied: Your authorization token has expired. Reauthenticate and try again.',
      "Error response from daemon: pull access denied for x, repository does not exist or may require 'docker login': denied: Your authorization token has expired. Reauthenticate and try again.",
      json('denied: Your authorization token has\nexpired. Reauthenticate and try again.'),
    ],
  ],
  [
    '16: no such repository',
    'repository-unknown',
    [
      "name unknown: The repository with name 'team/app' does not exist in the registry with id '111122223333'",
      "An error occurred (RepositoryNotFoundException) when calling the DescribeImages operation: The repository with name 'team/app' does not exist in the registry with id '111122223333'",
    ],
  ],
  [
    '17: no such image',
    'image-unknown',
    [
      'Error response from daemon: manifest for x:1 not found: manifest unknown: Requested image not found',
      'MANIFEST_UNKNOWN: Requested image not found; map[]',
    ],
  ],
  [
    '18: the node has no password',
    'node-not-authenticated',
    [
      `Failed to pull image "${host}/team/app:1": rpc error: code = Unknown desc = failed to pull and unpack image "${host}/team/app:1": failed to resolve reference "${host}/team/app:1": pulling from host ${host} failed with status code [manifests 1]: 401 Unauthorized`,
      `failed to resolve reference "${host}/team/app:1": pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`,
    ],
  ],
  [
    '19: the task did not start',
    'task-start-failed',
    [
      `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: ${because(token, '*')} status code: 400, request id: 2f6d1c7e`,
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed',
    ],
  ],
  [
    '20: no connection',
    'no-connection',
    [
      `CannotPullContainerError: Error response from daemon: Get "https://${host}/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)`,
      `Get https://${host}/v2/: dial tcp 10.0.1.7:443: i/o timeout`,
      'RequestError: send request failed caused by: Post "https://api.ecr.eu-west-1.amazonaws.com/": dial tcp 54.0.0.1:443: i/o timeout',
    ],
  ],
  [
    '21: the bucket of layers',
    'layer-bucket-refused',
    [
      'error pulling image configuration: error parsing HTTP 403 response body: invalid character \'<\' looking for beginning of value: "<?xml version=\\"1.0\\"?><Error><Code>AccessDenied</Code></Error>"',
      `GET https://prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com/a/b: 403 Forbidden`,
    ],
  ],
  [
    '22: the endpoint',
    'endpoint-silent',
    [
      because('ecr:BatchGetImage', own, 'VPC endpoint policy'),
      cli('GetAuthorizationToken', because(token, '*', 'VPC endpoint policy')),
    ],
  ],
  [
    '23: the repository policy',
    'repository-policy-refused',
    [
      "An error occurred (InvalidParameterException) when calling the SetRepositoryPolicy operation: Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
      terraform(
        "putting ECR Repository Policy: InvalidParameterException: Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
      ),
    ],
  ],
  [
    '24: the principal',
    'principal-not-found',
    [
      "InvalidParameterException: Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Principal not found'",
    ],
  ],
  [
    '25: the registry policy',
    'registry-policy-refused',
    [
      "InvalidParameterException: Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid registry policy provided'",
    ],
  ],
  [
    '26: Lambda',
    'lambda-not-granted',
    [
      'InvalidParameterValueException: Lambda does not have permission to access the ECR image. Check the ECR permissions. (Service: AWSLambdaInternal; Status Code: 403; Error Code: AccessDeniedException)',
      'An error occurred (AccessDeniedException) when calling the CreateFunction operation (lambda): None',
    ],
  ],
  [
    '27: the public login',
    'public-login-refused',
    [
      cli('GetAuthorizationToken', because('sts:GetServiceBearerToken', '*')),
      cli('GetAuthorizationToken', because('ecr-public:GetAuthorizationToken', '*')),
    ],
  ],
  [
    '27: the public login in another Region',
    'public-login-elsewhere',
    ['GetAuthorizationToken command is only supported in us-east-1.'],
  ],
  [
    '28: listing tags',
    'tag-list-missing',
    [
      `GET https://${host}/v2/team/app/tags/list?n=1000: unexpected status code 403 Forbidden`,
      `denied: ${because('ecr:ListImages', own)}`,
    ],
  ],
  [
    '29: is the tag there?',
    'tag-check-missing',
    [cli('DescribeImages', because('ecr:DescribeImages', foreign, 'resource-based policy'))],
  ],
  [
    '30: listing repositories',
    'listing-all-repositories',
    [
      cli(
        'DescribeRepositories',
        because('ecr:DescribeRepositories', 'arn:aws:ecr:eu-west-1:111122223333:repository/*'),
      ),
    ],
  ],
  [
    '31: reading back',
    'tool-reads-back',
    [
      terraform(because('ecr:ListTagsForResource', own)),
      terraform(because('ecr:GetLifecyclePolicy', own)),
      terraform(because('ecr:GetRepositoryPolicy', own)),
    ],
  ],
  [
    '32: the organization',
    'organization-guard-rail',
    [
      cli('GetAuthorizationToken', denied(token, '*', 'a service control policy')),
      denied(
        'ecr:BatchGetImage',
        own,
        'a service control policy: arn:aws:organizations::777788889999:policy/o-a1b2c3d4e5/service_control_policy/p-1a2b3c4d',
      ),
    ],
  ],
  [
    '33: an immutable tag',
    'tag-immutable',
    [
      "tag invalid: The image tag '1' already exists in the 'team/app' repository and cannot be overwritten because the tag is immutable.",
      "ImageTagAlreadyExistsException: The image tag '1' already exists in the 'team/app' repository and cannot be overwritten because the tag is immutable.",
    ],
  ],
  [
    '34: an address instead of an ARN',
    'resource-misses',
    [
      `{ "Effect": "Allow", "Action": "ecr:*", "Resource": "${host}/team/app/*" }`,
      `{\\n  \\"Resource\\": \\"${host}/team/app\\" }`,
    ],
  ],
]

const cases = rows.flatMap(([name, id, texts, rank = 0]) =>
  texts.map((text, i) => [`${name} (${i + 1})`, id, text, rank] as const),
)

describe('each failure that was ever reported is told from its text', () => {
  it.each(cases)('%s', (_, id, text, rank) => {
    const found = diagnose(text)
    expect(found.map(({ causes }) => causes[rank]?.id)).toEqual([id])
  })

  it.each(cases)('%s, whatever became of the text on the way', (_, id, text, rank) => {
    for (const changed of [
      json(text),
      json(json(text)),
      text.replaceAll(' ', '\n  '),
      `\u001b[1;31m${text}\u001b[0m`,
      `2025-03-01T10:11:12.123Z ERROR [main] ${text}\n\tat com.example.Main(Main.java:7)`,
      text.replaceAll('"', '&quot;'),
      text.replaceAll('\n', '\r\n'),
    ])
      expect([changed, diagnose(changed).map(({ causes }) => causes[rank]?.id)]).toEqual([changed, [id]])
  })
})

describe('the parts of a refusal', () => {
  const parts = ({ caller, action, resource, policyType, explicit, policy }: Diagnosis) => ({
    caller,
    action,
    resource,
    policyType,
    explicit,
    policy,
  })

  it('are read out of it', () => {
    expect(diagnose(`denied: ${because('ecr:BatchGetImage', own)}`).map(parts)).toEqual([
      {
        caller: node,
        action: 'ecr:BatchGetImage',
        resource: own,
        policyType: 'IdentityPolicy',
        explicit: false,
        policy: undefined,
      },
    ])
  })

  it.each([7, 13, 41, 80])('are whole again where lines were broken after %i letters', (width) => {
    const text = wrapped(because('ecr:BatchGetImage', own, 'resource-based policy'), width)
    expect(diagnose(text).map(parts)).toEqual([
      {
        caller: node,
        action: 'ecr:BatchGetImage',
        resource: own,
        policyType: 'ResourcePolicy',
        explicit: false,
        policy: undefined,
      },
    ])
  })

  it('have the policy that denies, where the message does', () => {
    const policy = 'arn:aws:organizations::777788889999:policy/o-a1b2c3d4e5/service_control_policy/p-1a2b3c4d'
    expect(diagnose(denied(token, '*', `a service control policy: ${policy}`)).map(parts)).toEqual([
      {
        caller: node,
        action: token,
        resource: '*',
        policyType: 'ServiceControlPolicy',
        explicit: true,
        policy,
      },
    ])
  })

  it.each([
    ['an identity-based policy', 'IdentityPolicy', 'explicit-deny'],
    ['a resource-based policy', 'ResourcePolicy', 'explicit-deny'],
    ['a VPC endpoint policy', 'VpcEndpointPolicy', 'explicit-deny'],
    ['a permissions boundary', 'PermissionsBoundary', 'explicit-deny'],
    ['a session policy', 'SessionPolicy', 'explicit-deny'],
    ['a service control policy', 'ServiceControlPolicy', 'organization-guard-rail'],
    ['a resource control policy', 'ResourceControlPolicy', 'resource-guard-rail'],
  ])('an explicit deny in %s', (name, type, id) => {
    const [only] = diagnose(denied('ecr:BatchGetImage', own, name))
    expect([only.policyType, only.explicit, only.causes[0]?.id]).toEqual([type, true, id])
  })

  it.each([
    ['permissions boundary', 'boundary-silent'],
    ['session policy', 'session-silent'],
    ['service control policy', 'organization-guard-rail'],
  ])('no %s allows it', (name, id) => {
    expect(diagnose(because('ecr:BatchGetImage', own, name))[0].causes[0]?.id).toBe(id)
  })

  it('are fewer where the message ends early', () => {
    const text = `User: ${node} is not authorized to perform: ecr:BatchGetImage on resource: ${own}\nnext line of a log`
    expect(diagnose(text).map(parts)).toEqual([
      {
        caller: node,
        action: 'ecr:BatchGetImage',
        resource: own,
        policyType: undefined,
        explicit: undefined,
        policy: undefined,
      },
    ])
    expect(diagnose('is not authorized to perform:')[0]).toMatchObject({
      _tag: 'Recognised',
      caller: undefined,
      action: undefined,
    })
  })

  it('a repository whose name has the words of the reason in it keeps its name', () => {
    const odd = 'arn:aws:ecr:eu-west-1:111122223333:repository/becauseno/app'
    expect(diagnose(because('ecr:PutImage', odd))[0].resource).toBe(odd)
  })

  it('come from the address where the message has no more', () => {
    const [only] = diagnose(
      `unexpected status from HEAD request to https://${host}/v2/team/app/blobs/${digest}: 403 Forbidden`,
    )
    expect([only.action, only.resource]).toEqual(['ecr:BatchCheckLayerAvailability', own])
  })
})

describe('a text', () => {
  it('with several errors has them all, each once', () => {
    const text = [
      because(token, '*'),
      because(token, '*'),
      'no basic auth credentials',
      because('ecr:PutImage', own),
      'ImageTagAlreadyExistsException: x',
    ].join('\n')
    expect(diagnose(text).map(({ causes }) => causes[0]?.id)).toEqual([
      'token-missing',
      'not-logged-in',
      'image-put-refused',
      'tag-immutable',
    ])
  })

  it('of which nothing is known says what names it has', () => {
    expect(diagnose(`what is ${node} up to with ecr:PutImage in ${own}?`)).toEqual([
      {
        _tag: 'Unknown',
        caller: node,
        action: 'ecr:PutImage',
        resource: own,
        policyType: undefined,
        explicit: undefined,
        policy: undefined,
        mayLack: [],
        causes: [],
      },
    ])
    expect(diagnose('')[0]._tag).toBe('Unknown')
  })

  it('takes time in proportion to its length', () => {
    const sizes = [50_000, 400_000]
    for (const unit of [
      'is not authorized to perform:',
      'User: ',
      'because no ',
      '\\',
      '\u001b[',
      'tags/list403',
      'no basic auth credentials ',
      'arn:aws:',
      'x',
      ' \n',
      'ecr:',
      '.dkr.ecr.',
      because('ecr:PutImage', own),
    ]) {
      const [small, large] = sizes.map((size) => {
        const text = unit.repeat(Math.ceil(size / unit.length))
        const start = performance.now()
        diagnose(text)
        return performance.now() - start
      })
      expect([unit, large! < 40 * Math.max(small!, 25)]).toEqual([unit, true])
    }
  })
})

describe('every cause', () => {
  it('is reached by some text of these tests or by a refusal', () => {
    const reached = new Set(cases.map(([, id]) => id))
    const others = Object.keys(failureCauses).filter((id) => !reached.has(id as FailureId))
    expect(others.sort()).toEqual([
      'action-not-allowed',
      'boundary-silent',
      'credentials-expired',
      'explicit-deny',
      'lambda-image-unfit',
      'login-rejected',
      'quota-reached',
      'resource-guard-rail',
      'service-out-of-reach',
      'session-silent',
      'throttled',
    ])
  })

  it.each([
    ['credentials-expired', 'ExpiredTokenException: The security token included in the request is expired'],
    [
      'quota-reached',
      "LimitExceededException: The repository with name 'app' already has the maximum allowed number of images",
    ],
    ['throttled', 'toomanyrequests: Rate exceeded'],
    ['action-not-allowed', because('ecr:StartImageScan', own)],
  ])('%s', (id, text) => {
    expect(diagnose(text).map(({ causes }) => causes[0]?.id)).toEqual([id])
  })

  it.each([null, undefined, 403, [['AccessDenied']], { message: 'AccessDenied' }])(
    'what is no text has no error: %j',
    (given) => {
      expect(diagnose(given as never)).toEqual(diagnose(''))
      expect(diagnose(given as never)[0]._tag).toBe('Unknown')
    },
  )

  it('where there is none, what was looked for is told, and what to paste', () => {
    const [headline, ...advice] = renderDiagnosis(diagnose('all is well')).split('\n')
    expect(headline).toBe('no error that is known stands in this text')
    expect(advice.map((line) => line.split(':')[0])).toEqual(['  looked for', '  to paste'])
    expect(advice[0]).toContain('is not authorized to perform')
  })

  it('is told with what to check and the mend', () => {
    expect(renderDiagnosis(diagnose(because('ecr:GetDownloadUrlForLayer', own)))).toBe(
      [
        `an error: caller ${node}, refused action ecr:GetDownloadUrlForLayer, resource ${own}, not allowed by identity-based policy`,
        ...(['layers-missing', 'pull-missing', 'resource-misses'] as const).flatMap((id, i) => [
          `  ${i + 1}. ${failureCauses[id].title} (${[`${id}; ${failureCauses[id].certainty}`, ...failureCauses[id].rules].join(', ')})`,
          `     check: ${failureCauses[id].check}`,
          `     mend: ${failureCauses[id].mend}`,
        ]),
      ].join('\n'),
    )
  })
})
