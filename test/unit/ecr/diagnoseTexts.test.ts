import { describe, expect, it } from 'vitest'
import { diagnose, renderDiagnosis, type FailureId } from '../../../src/ecr/index.js'

const ci = 'arn:aws:sts::111122223333:assumed-role/ci/run-7'
const own = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
const far = 'arn:aws:ecr:eu-west-1:999988887777:repository/app'
const host = '111122223333.dkr.ecr.eu-west-1.amazonaws.com'
const bucket = 'prod-eu-west-1-starport-layer-bucket'
const sha = `sha256:${'403'.repeat(21)}a`

const manifest = 'ecr:BatchGetImage'
const token = 'ecr:GetAuthorizationToken'

const refused = (
  action: string,
  { caller = ci, resource = own, type = 'identity-based policy' }: Readonly<Record<string, string>> = {},
): string =>
  `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} because no ${type} allows the ${action} action`

const ids = (text: string): readonly (readonly FailureId[])[] =>
  diagnose(text).map(({ causes }) => causes.map(({ id }) => id))

describe('a name tells nothing of what was done', () => {
  const byOwner = { resource: far, type: 'resource-based policy' }
  it.each<readonly [string, string, FailureId]>([
    [
      'a role with lambda in its name',
      refused(manifest, { ...byOwner, caller: 'arn:aws:sts::111122223333:assumed-role/lambda-deployer/x' }),
      'owner-has-not-granted',
    ],
    [
      'a role named lambda',
      refused(manifest, { ...byOwner, caller: 'arn:aws:iam::111122223333:role/lambda' }),
      'owner-has-not-granted',
    ],
    [
      'a repository with lambda in its name',
      refused(manifest, { ...byOwner, resource: far.replace('app', 'lambda-base') }),
      'owner-has-not-granted',
    ],
    [
      'Lambda itself is still told by what it calls',
      `An error occurred (AccessDeniedException) when calling the CreateFunction operation: ${refused(manifest, byOwner)}`,
      'lambda-not-granted',
    ],
    [
      'a repository with push in its name, on a pull',
      `Error: failed to pull: denied: ${refused(manifest, { resource: own.replace('app', 'pushover') })}`,
      'pull-missing',
    ],
    [
      'a build that a push started, and that pulls',
      `Triggered via push 3 minutes ago\n docker pull x\n denied: ${refused(manifest)}`,
      'pull-missing',
    ],
    [
      'a build that a push started, and that does not say what it does',
      `Triggered via push 3 minutes ago\n denied: ${refused(manifest)}`,
      'pull-missing',
    ],
    [
      'a role named crane, and a repository named bazel',
      refused(manifest, {
        caller: 'arn:aws:sts::111122223333:assumed-role/crane/bazel',
        resource: own.replace('app', 'tools/bazel'),
      }),
      'pull-missing',
    ],
    [
      'a push that is said to be one',
      `$ docker push ${host}/app:1\ndenied: ${refused(manifest)}`,
      'manifest-read-missing-on-push',
    ],
    [
      'a pull after a push: the nearer one counts',
      `$ docker push ${host}/app:1\n1: digest: ${sha} size: 1234\n$ docker pull ${host}/app:1\nError response from daemon: ${refused(manifest)}`,
      'pull-missing',
    ],
  ])('%s', (_, text, id) => {
    expect(ids(text)).toEqual([expect.arrayContaining([id])])
    expect(ids(text)[0]?.[0]).toBe(id)
  })
})

describe('layers that come from S3 are refused by S3 (EC-8)', () => {
  it.each<readonly [string, string]>([
    [
      'containerd, by GET',
      `failed to pull and unpack image "${host}/app:1": failed to copy: httpReadSeeker: failed open: unexpected status from GET request to https://${bucket}.s3.eu-west-1.amazonaws.com/ab/cd?X-Amz-Security-Token=IQ: 403 Forbidden`,
    ],
    [
      'containerd, an older release',
      `failed to copy: httpReadSeeker: failed open: unexpected status code https://${bucket}.s3.eu-west-1.amazonaws.com/abc?X-Amz-Security-Token=x: 403 Forbidden`,
    ],
    [
      'the sentence of an S3 endpoint',
      `User: ${ci} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::${bucket}/x" because no VPC endpoint policy allows the s3:GetObject action`,
    ],
    [
      'an explicit deny there',
      `403 Forbidden: User: ${ci} is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::${bucket}/x with an explicit deny in a VPC endpoint policy`,
    ],
  ])('%s', (_, text) => {
    expect(ids(text)).toHaveLength(1)
    expect(ids(text)[0]?.[0]).toBe('layer-bucket-refused')
    expect(ids(text)[0]).not.toContain('layers-missing')
    expect(diagnose(text)[0].action).toBe('s3:GetObject')
  })

  it('no repository is refused where a bucket is, whatever address stands beside it', () => {
    const text = `failed to pull ${host}/app:1: https://${bucket}.s3.eu-west-1.amazonaws.com/ab: 403 Forbidden`
    expect(diagnose(text)[0].resource).toBeUndefined()
  })

  it.each([
    ['s3:GetObject', 'arn:aws:s3:::my-bucket/x'],
    ['s3:ListBucket', `arn:aws:s3:::${bucket}`],
  ])('it is no layer that %s on %s asks for', (action, resource) => {
    expect(ids(refused(action, { resource, type: 'VPC endpoint policy' }))).toEqual([['endpoint-silent']])
  })

  it('and a layer that the registry refuses by the registry', () => {
    const text = `failed to copy: httpReadSeeker: failed open: unexpected status from GET request to https://${host}/v2/app/blobs/${sha}: 403 Forbidden`
    expect(ids(text)).toEqual([['layers-missing']])
    expect(diagnose(text)[0].action).toBe('ecr:GetDownloadUrlForLayer')
  })
})

describe('an action that may be missing is told from one that was refused', () => {
  const about = (text: string) => {
    const [{ action, mayLack, resource }] = diagnose(text)
    return { action, mayLack, resource }
  }
  const unnamed = 'arn:aws:ecr:*:111122223333:repository/team/app'
  it.each<readonly [string, string, readonly [string | undefined, readonly string[], string | undefined]]>([
    [
      'no such repository',
      "name unknown: The repository with name 'team/app' does not exist in the registry with id '111122223333'",
      [undefined, ['ecr:CreateRepository'], unnamed],
    ],
    [
      'no such repository, where the address tells the Region',
      `repository ${host}/team/app not found: name unknown: The repository with name 'team/app' does not exist in the registry with id '111122223333'`,
      [undefined, ['ecr:CreateRepository'], unnamed.replace('*', 'eu-west-1')],
    ],
    [
      'no such image',
      'manifest unknown: Requested image not found',
      [undefined, ['ecr:BatchImportUpstreamImage'], undefined],
    ],
    [
      'a node without password',
      `Failed to pull image "${host}/app:1": 401 Unauthorized`,
      [undefined, [token], own],
    ],
    [
      'an image that was put and refused, for whatever reason',
      `failed commit on ref "manifest-${sha}": unexpected status from PUT request to https://${host}/v2/app/manifests/1: 403 Forbidden`,
      [undefined, ['ecr:PutImage'], own],
    ],
    ['nobody names one', 'no basic auth credentials', [undefined, [], undefined]],
    [
      'tags that were refused',
      `GET https://${host}/v2/app/tags/list: unexpected status code 403 Forbidden`,
      ['ecr:ListImages', [], own],
    ],
    ['a sentence', refused('ecr:CreateRepository'), ['ecr:CreateRepository', [], own]],
  ])('%s', (_, text, [action, mayLack, resource]) => {
    expect(about(text)).toEqual({ action, mayLack, resource })
  })

  it('in the heading too', () => {
    const heading = (text: string) => renderDiagnosis(diagnose(text)).split('\n')[0]
    expect(heading('manifest unknown: Requested image not found')).toBe(
      'an error: perhaps for lack of ecr:BatchImportUpstreamImage',
    )
    expect(heading(`GET https://${host}/v2/app/tags/list: 403 Forbidden`)).toBe(
      `an error: refused action ecr:ListImages, resource ${own}`,
    )
    expect(heading('so much for ecr:PutImage')).toBe(
      'no error that is known stands in this text, which names action ecr:PutImage',
    )
  })
})

describe('what clients and platforms print', () => {
  it.each<readonly [string, FailureId, string]>([
    [
      'containerd, manifests by index',
      'pull-missing',
      `Failed to pull image "${host}/app:1": rpc error: code = Unknown desc = failed to pull and unpack image "${host}/app:1": failed to resolve reference "${host}/app:1": unexpected status code [manifests 1]: 403 Forbidden`,
    ],
    [
      'the same without a password',
      'node-not-authenticated',
      `Failed to pull image "${host}/app:1": failed to resolve reference "${host}/app:1": unexpected status code [manifests 1]: 401 Unauthorized`,
    ],
    [
      'the same on a push',
      'manifest-head-refused',
      `ERROR: failed to push ${host}/app:1: unexpected status code [manifests 1]: 403 Forbidden`,
    ],
    [
      'colours with the escape written out',
      'pull-missing',
      refused(manifest).replace(' authorized', ' \\e[1;31mauthorized\\e[0m'),
    ],
    [
      'ECS',
      'pull-missing',
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${host}/app:1: pulling from host ${host} failed with status code [manifests 1]: 403 Forbidden`,
    ],
    [
      'crane digest',
      'pull-missing',
      `Error: HEAD https://${host}/v2/app/manifests/1: unexpected status code 403 Forbidden (HEAD responses have no body, use GET for details)`,
    ],
    [
      'crane push',
      'manifest-head-refused',
      `$ crane push app.tar ${host}/app:1\nError: HEAD https://${host}/v2/app/manifests/1: unexpected status code 403 Forbidden (HEAD responses have no body, use GET for details)`,
    ],
    [
      'a layer asked for by HEAD',
      'layer-check-missing',
      `Error: HEAD https://${host}/v2/app/blobs/${sha}: unexpected status code 403 Forbidden (HEAD responses have no body, use GET for details)`,
    ],
    [
      'crane without a password',
      'not-logged-in',
      `HEAD https://${host}/v2/app/manifests/1: unexpected status code 401 Unauthorized (HEAD responses have no body, use GET for details)`,
    ],
    [
      'kubelet: not found',
      'image-unknown',
      `Failed to pull image "${host}/app:1": rpc error: code = NotFound desc = failed to pull and unpack image "${host}/app:1": failed to resolve reference "${host}/app:1": ${host}/app:1: not found`,
    ],
    [
      'ECS: not found',
      'image-unknown',
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${host}/app:1: ${host}/app:1: not found`,
    ],
    [
      'podman',
      'not-logged-in',
      `Error: initializing source docker://${host}/app:1: reading manifest 1 in ${host}/app: unauthorized: authentication required`,
    ],
    [
      'kaniko without a password',
      'not-logged-in',
      `error checking push permissions -- make sure you entered the correct tag name, and that you are authenticated correctly, and try again: checking push permission for "${host}/app:1": POST https://${host}/v2/app/blobs/uploads/: unexpected status code 401 Unauthorized: Not Authorized`,
    ],
    [
      'docker login, 400',
      'login-rejected',
      `Error response from daemon: login attempt to https://${host}/v2/ failed with status: 400 Bad Request`,
    ],
    [
      'docker login, 401',
      'login-rejected',
      `Error: login attempt to https://${host}/v2/ failed with status: 401 Unauthorized`,
    ],
    [
      'Lambda: not an image for it',
      'lambda-image-unfit',
      `An error occurred (InvalidParameterValueException) when calling the CreateFunction operation: Source image ${host}/app:1 is not valid. Provide a valid source image.`,
    ],
    [
      'Lambda, on update',
      'lambda-not-granted',
      'An error occurred (AccessDeniedException) when calling the UpdateFunctionCode operation: None',
    ],
    [
      'a cache that a build reads',
      'pull-missing',
      `ERROR: failed to configure registry cache importer: unexpected status from HEAD request to https://${host}/v2/app/manifests/buildcache: 403 Forbidden`,
    ],
    [
      'oras',
      'not-logged-in',
      `Error response from registry: failed to resolve 1: HEAD "https://${host}/v2/app/manifests/1": response status code 401: Unauthorized`,
    ],
    [
      'buildx',
      'not-logged-in',
      `#9 ERROR: failed to push ${host}/app:1: unexpected status from POST request to https://${host}/v2/app/blobs/uploads/: 401 Unauthorized`,
    ],
    [
      'a credential helper that is not there',
      'not-logged-in',
      'error getting credentials - err: exec: "docker-credential-ecr-login": executable file not found in $PATH, out: ``',
    ],
    [
      'a name that does not resolve',
      'no-connection',
      `failed to do request: Head "https://${host}/v2/app/manifests/1": dial tcp: lookup ${host} on 10.0.0.2:53: no such host`,
    ],
    [
      'a task without a route',
      'no-connection',
      `ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: Post "https://api.ecr.eu-west-1.amazonaws.com/": dial tcp 1.2.3.4:443: i/o timeout`,
    ],
    [
      'helm',
      'layer-check-missing',
      `Error: unexpected status from HEAD request to https://${host}/v2/charts/x/blobs/${sha}: 403 Forbidden`,
    ],
    [
      'a full repository',
      'quota-reached',
      "An error occurred (LimitExceededException) when calling the PutImage operation: The following limit of '10000' images for the repository 'app' in the registry with id '111122223333' has been exceeded",
    ],
    [
      'a wrong key',
      'credentials-expired',
      'An error occurred (UnrecognizedClientException) when calling the GetAuthorizationToken operation: The security token included in the request is invalid.',
    ],
    [
      'skopeo, from another account',
      'owner-has-not-granted',
      `time="2026-01-01T00:00:00Z" level=fatal msg="Error parsing image name \\"docker://${host}/app:1\\": reading manifest 1 in ${host}/app: denied: ${refused(manifest, { resource: far, type: 'resource-based policy' })}"`,
    ],
    [
      'podman on a push',
      'upload-missing',
      `Error: writing blob: initiating layer upload to /v2/app/blobs/uploads/ in ${host}: denied: ${refused('ecr:InitiateLayerUpload')}`,
    ],
    [
      'ECS behind an endpoint',
      'endpoint-silent',
      `CannotPullContainerError: Error response from daemon: pull access denied for ${host}/app, repository does not exist or may require 'docker login': denied: ${refused(manifest, { type: 'VPC endpoint policy' })}`,
    ],
    [
      'a pod whose S3 endpoint is closed',
      'layer-bucket-refused',
      `error pulling image configuration: download failed after attempts=6: unexpected http code: 403 Forbidden, https://${bucket}.s3.eu-west-1.amazonaws.com/x`,
    ],
  ])('%s', (_, id, text) => {
    expect(ids(text).map(([first]) => first)).toEqual([id])
  })
})

describe('a sentence is read', () => {
  const caller = 'arn:aws:iam::111122223333:user/bob'
  const parts = (text: string) =>
    diagnose(text).map((each) => [each.caller, each.action, each.resource, each.policyType])
  const whole = [[ci, 'ecr:PutImage', own, 'IdentityPolicy']]
  const broken = refused('ecr:PutImage').replace(/(.{30,40}) /g, '$1\n')
  const prefixed = (prefix: (line: number) => string): string =>
    broken
      .split('\n')
      .map((line, i) => `${prefix(i)}${line}`)
      .join('\n')

  it.each<readonly [string, string]>([
    ['behind a time on each line', prefixed((i) => `2026-01-01T00:00:00.${i}00Z `)],
    ['behind a time with a zone', prefixed((i) => `[2026-01-01 00:00:0${i},123+01:00] `)],
    ['behind a bar on each line', prefixed(() => '  | ')],
    ['behind the name of a container', prefixed(() => 'builder-1  | ')],
    ['behind a time and a bar', prefixed(() => '2026-01-01T00:00:00Z app-1 | ')],
    ['behind the number of a build step', prefixed((i) => `#12 0.${i}00 `)],
    ['in a frame', prefixed(() => '│ ')],
    ['behind blanks and a time', prefixed(() => '  2026-01-01T00:00:00Z ')],
    ['in lines as Windows writes them, escaped', broken.replaceAll('\n', '\\r\\n')],
    ['in lines of old, escaped', broken.replaceAll('\n', '\\r')],
    ['with tabs, escaped', refused('ecr:PutImage').replaceAll(' ', '\\t')],
    ['in typographic quotes', refused('ecr:PutImage').replace(ci, `“${ci}”`).replace(own, `‘${own}’`)],
    ['in HTML with classes', refused('ecr:PutImage').replace(ci, `<code class="x y">${ci}</code>`)],
    ['behind a sign that takes two places', prefixed((i) => (i === 0 ? '🚫 ' : ''))],
    ...['\\e', '\\x1b', '\\x1B', '\\033', '\\u001b', '\\\\u001B', '^['].map(
      (escape) =>
        [
          `in colours written as ${escape}`,
          refused('ecr:PutImage').replace('authorized', `${escape}[1;31mauthorized${escape}[0m`),
        ] as const,
    ),
    [
      'in HTML',
      `<b>User:</b> <code>${ci}</code> is not authorized to perform: <code>ecr:PutImage</code> on resource: <code>${own}</code> because no identity-based policy allows the <code>ecr:PutImage</code> action`,
    ],
    [
      'in HTML that was escaped, in lines',
      `&lt;p&gt;User: ${ci} is not authorized to perform:&lt;br/&gt;ecr:PutImage on resource: ${own}&lt;br&gt;because no identity-based policy allows it&lt;/p&gt;`,
    ],
    [
      'in Markdown',
      `User: \`${ci}\` is not authorized to perform: \`ecr:PutImage\` on resource: \`${own}\` because no identity-based policy allows the action`,
    ],
  ])('%s', (_, text) => {
    expect(parts(text)).toEqual(whole)
  })

  it.each<readonly [string, string, string | undefined]>([
    [
      'not who is asked for help',
      `From user: please help. denied: ${caller} is not authorized to perform: ecr:PutImage on resource: ${own}`,
      caller,
    ],
    [
      'not who is asked for help, without ARN',
      'From user: please help. It is not authorized to perform: ecr:PutImage',
      undefined,
    ],
    ['anonymous', 'User: anonymous is not authorized to perform: ecr:PutImage', 'anonymous'],
    ['its ARN of several words', `User: ${caller} (bob) is not authorized to perform: ecr:PutImage`, caller],
    ['its ARN in quotes', `User: "${caller}" (bob) is not authorized to perform: ecr:PutImage`, caller],
    ['no name of several words', 'User: bob smith is not authorized to perform: ecr:PutImage', undefined],
    [
      'a service',
      'User: lambda.amazonaws.com is not authorized to perform: ecr:PutImage',
      'lambda.amazonaws.com',
    ],
    ['not a superuser', `superuser:yes ${caller} is not authorized to perform: ecr:PutImage`, caller],
  ])('with its caller: %s', (_, text, expected) => {
    expect(diagnose(text)[0].caller).toBe(expected)
  })

  it('without a resource, if it names none', () => {
    expect(parts(`User: ${ci} is not authorized to perform: ecr:PutImage`)).toEqual([
      [ci, 'ecr:PutImage', undefined, undefined],
    ])
  })
})

describe('the errors of a text', () => {
  it('come in the order in which they stand there, of whatever sort', () => {
    const both = ['no basic auth credentials', refused('ecr:PutImage')]
    const gap = ' -'.repeat(700)
    expect(ids(both.join(gap)).map(([first]) => first)).toEqual(['not-logged-in', 'image-put-refused'])
    expect(ids([...both].reverse().join(gap)).map(([first]) => first)).toEqual([
      'image-put-refused',
      'not-logged-in',
    ])
  })
})

describe('the repository of an error without ARN', () => {
  const named = (name: string, id = '111122223333'): string =>
    `name unknown: The repository with name '${name}' does not exist in the registry with id '${id}'`
  it.each<readonly [string, string, string | undefined]>([
    [
      'is the next one behind it',
      `${host}/before:1 401 Unauthorized for ${host}/app:1 and ${host}/more`,
      own,
    ],
    ['else the last one before it', `${host}/more:1 ${host}/app:1: 401 Unauthorized`, own],
    ['ends where the route begins', `https://${host}/v2/app/tags/list: 403`, own],
    [
      'is named with the id of its registry',
      named('team/app'),
      'arn:aws:ecr:*:111122223333:repository/team/app',
    ],
    ['is not told by a name that none has', named('App'), undefined],
    ['is not told by an id that none has', named('app', '42'), undefined],
    ['is not told by the id alone', "does not exist in the registry with id '111122223333'", undefined],
    [
      'has its quotes, however a page wrote them',
      'does not exist: name unknown: repository with name &#39;team/app&#39; registry with id &apos;111122223333&apos;',
      'arn:aws:ecr:*:111122223333:repository/team/app',
    ],
    ['is told by an address with options', `https://${host}/v2/app/tags/list?n=1&amp;code=403&amp;x=1`, own],
  ])('%s', (_, text, expected) => {
    expect(diagnose(text)[0]._tag).toBe('Recognised')
    expect(diagnose(text)[0].resource).toBe(expected)
  })
})

describe('what has nothing to do with ECR stays unknown', () => {
  it.each([
    'hello world docker is nice',
    `The push refers to repository [${host}/app]\nlatest: digest: ${sha} size: 528`,
    'Error response from daemon: unauthorized: incorrect username or password',
    'unauthorized: authentication required',
    'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading',
    "pull access denied for nginxx, repository does not exist or may require 'docker login'",
    'Error from server (Forbidden): pods is forbidden: User "bob" cannot list resource "pods"',
    'dial tcp 127.0.0.1:5432: connect: connection refused',
    'dial tcp: lookup vecr.example.com: no such host',
    'HTTP 404: page https://example.com/a: not found',
    'CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract layer: no space left on device',
    `Back-off pulling image "${host}/app:1"\nError: ImagePullBackOff`,
    'exec /bin/sh: exec format error',
    'Retrying in 5 seconds because the typeof value is wrong',
    'An error occurred (LimitExceededException) when calling the CreateUser operation: Cannot exceed quota for UsersPerAccount: 5000',
    'ThrottlingException: Rate exceeded for DescribeStacks',
    'GET https://example.com/v2/app/blobs/x: 200 OK',
    `https://${host}/v2/app/tags/list${' -'.repeat(1200)} 403`,
  ])('%s', (text) => {
    expect(diagnose(text).map(({ _tag }) => _tag)).toEqual(['Unknown'])
  })
})
