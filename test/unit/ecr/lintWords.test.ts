/** What findings say: why, what to write, and what a fix does. */
import { describe, expect, it } from 'vitest'
import { parseOrThrow } from '../../../src/codec/index.js'
import { fix, lint, lintRules, type LintOptions, type RuleId } from '../../../src/ecr/index.js'
import { Lint } from '../../../src/lint/index.js'
import { DocumentJson, Problem, type PolicyKind } from '../../../src/model/index.js'

const owner = '111122223333'
const inRegistry = (rest: string, region = 'eu-west-1', partition = 'aws'): string =>
  `arn:${partition}:ecr:${region}:${owner}:${rest}`
const app = inRegistry('repository/app')
const on = (Action: unknown, Resource: unknown, rest: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...rest,
})

type Options = LintOptions & { readonly kind?: PolicyKind.PolicyKind }

/** What one rule finds, by a source that it names. */
const findings = (rule: RuleId, statement: object, { kind = 'identity', ...options }: Options = {}) => {
  const sources = lintRules.find(({ id }) => id === rule)?.sources
  return lint(parseOrThrow({ Version: '2012-10-17', Statement: statement }, kind), kind, options)
    .filter(({ id }) => id === rule)
    .map((found) => {
      expect(sources).toContain(found.source)
      return found
    })
}

const said = (rule: RuleId, statement: object, options: Options = {}) =>
  findings(rule, statement, options).map(({ source, message, mend, fix }) => ({
    source,
    message,
    mend,
    fix: fix?.title,
  }))

describe('an ARN that no repository has', () => {
  const image = 'an image address stands in the place of the name'
  const tag = 'a tag or digest is no part of it, and policies cannot tell images of a repository apart'
  const letters = 'a name has lower-case letters, digits and `._-/` only'
  const start = 'it does not begin with `repository/`'

  it.each<readonly [string, string | undefined]>([
    [inRegistry('app'), start],
    [inRegistry('x*'), start],
    [inRegistry('rep*'), undefined],
    [inRegistry('rep'), start],
    [inRegistry('*'), undefined],
    [inRegistry(`repository/${owner}.dkr.ecr.eu-west-1.amazonaws.com/app`), image],
    [inRegistry(`repository/${owner}.dkr-ecr.eu-west-1.on.aws/app`), image],
    [inRegistry(`repository/x${owner}.dkr.ecr`), undefined],
    [inRegistry('repository/app:1'), tag],
    [inRegistry('repository/app@sha256:ab'), tag],
    [inRegistry('repository/*:1'), tag],
    [inRegistry('repository/App'), letters],
    [inRegistry('repository/a*B'), letters],
    [inRegistry('repository/app!'), letters],
    [inRegistry('repository/!app'), letters],
    [inRegistry('repository/-x'), '`-x` is not the name of a repository'],
    [inRegistry('repository/-x*'), undefined],
    [inRegistry('repository/${aws:PrincipalTag/A}'), undefined],
    [inRegistry('repository/app', '${Region}'), undefined],
    ['arn:aws:ecr:eu-west-1:${Account}:app', undefined],
    [inRegistry('repository/app', ''), 'it has no Region'],
    ['arn:aws:ecr:eu-west-1::repository/app', 'it has no account'],
    [inRegistry('repository/app', 'us-east-1a'), '`us-east-1a` is not a Region'],
    [inRegistry('repository/app', 'EU West'), undefined],
    [inRegistry('repository/app', 'eu-west-1!'), undefined],
    [inRegistry('repository/app', '!eu-west-1'), undefined],
    [inRegistry('repository/app', 'eu-*'), undefined],
    [inRegistry('repository/app', 'eu-west-1', 'aws-cn'), 'the Region `eu-west-1` is of the partition `aws`'],
    [inRegistry('repository/app', 'eu-west-1', '*'), undefined],
    [inRegistry('repository/app', 'eu-*', 'aws-cn'), undefined],
    ['arn:aws:ecr:*', undefined],
  ])('%s: %s', (arn, why) => {
    expect(said('not-a-repository', on('ecr:BatchGetImage', arn))).toEqual(
      why === undefined
        ? []
        : [
            {
              source: 'EX-27',
              message: `${Problem.quote(arn)} is the ARN of no repository: ${why}`,
              mend: 'write `arn:aws:ecr:REGION:ACCOUNT:repository/NAME`',
              fix: undefined,
            },
          ],
    )
  })

  const neither = 'it begins with neither `repository/` nor `registry/`'
  it.each<readonly [string, string | undefined]>([
    [`:${owner}:repository/x`, undefined],
    [`:${owner}:registry/x`, undefined],
    [`:${owner}:reg*`, undefined],
    [`:${owner}:re*`, undefined],
    [`:${owner}:re`, neither],
    [`:${owner}:image/x`, neither],
    [`:${owner}:image/*`, neither],
    [`us-east-1:${owner}:repository/x`, 'those of ECR Public have no Region'],
    [`*:${owner}:repository/x`, undefined],
    ['::repository/x', 'it has no account'],
  ])('of ECR Public, arn:aws:ecr-public:%s: %s', (rest, why) => {
    const arn = `arn:aws:ecr-public:${rest}`
    expect(said('not-a-repository', on('ecr-public:PutImage', arn))).toEqual(
      why === undefined
        ? []
        : [
            {
              source: 'EX-47',
              message: `\`${arn}\` is the ARN of no repository: ${why}`,
              mend: 'write `arn:aws:ecr-public::ACCOUNT:repository/NAME`',
              fix: undefined,
            },
          ],
    )
  })

  it.each([
    ['Allow', 'Resource', true],
    ['Allow', 'NotResource', false],
    ['Deny', 'Resource', false],
    ['Deny', 'NotResource', true],
  ])('beside another in %s with %s is taken out if that allows nothing new', (Effect, element, isFixed) => {
    const statement = { Effect, Action: 'ecr:BatchGetImage', [element]: [app, inRegistry('x')] }
    expect(said('not-a-repository', statement).map(({ fix }) => fix)).toEqual([
      isFixed ? `remove \`${inRegistry('x')}\`` : undefined,
    ])
  })
})

describe('an ARN of another service', () => {
  const bucket = 'arn:aws:s3:::b'
  it.each<readonly [unknown, string, string | undefined]>([
    ['ecr:BatchGetImage', bucket, 'ecr'],
    [['ecr:*', 'ecr:Get*'], bucket, 'ecr'],
    [['ecr:*', 'ecr:Nothing'], bucket, undefined],
    [['ecr:*', 's3:*'], bucket, undefined],
    ['ecr-public:PutImage', inRegistry('repository/web'), 'ecr-public'],
    ['ecr:PutImage', '*', undefined],
  ])('in a statement of %j, %s, is none of %s', (actions, arn, service) => {
    const isPublic = service === 'ecr-public'
    const [found] = said(
      'foreign-resource',
      on(actions, [arn, isPublic ? `arn:aws:ecr-public::${owner}:repository/x` : app]),
    )
    expect(found).toEqual(
      service && {
        source: isPublic ? 'EX-47' : 'EC-1',
        message: `actions of ECR${isPublic ? ' Public' : ''} are asked on its repositories, so \`${arn}\` matches nothing`,
        mend: `write \`arn:aws:${service}:${isPublic ? '' : 'REGION'}:ACCOUNT:repository/NAME\``,
        fix: `remove \`${arn}\``,
      },
    )
  })
})

describe('a prefix', () => {
  it.each<readonly [string, object, readonly string[], boolean]>([
    ['of a repository that there is', on('ecr:BatchGetImage', `${app}/*`), ['app'], true],
    ['of none that there is', on('ecr:BatchGetImage', `${app}/*`), ['web'], false],
    ['beside the repository', on('ecr:BatchGetImage', [`${app}/*`, app]), ['app'], false],
    ['in a Deny', { ...on('ecr:BatchGetImage', `${app}/*`), Effect: 'Deny' }, ['app'], false],
    ['that is none', on('ecr:BatchGetImage', `${app}*`), ['ap', 'app'], false],
  ])('%s', (_, statement, repositories, isSaid) => {
    expect(said('prefix-without-repository', statement, { repositories })).toEqual(
      isSaid
        ? [
            {
              source: 'EX-27',
              message: `\`${app}/*\` does not match the repository \`app\` itself`,
              mend: `write \`${app}\`, with or without the other`,
              fix: `add \`${app}\``,
            },
          ]
        : [],
    )
  })
})

describe('the place of the repositories', () => {
  it.each<readonly [LintOptions, string, string]>([
    [{ owner: '444455556666' }, 'account of the repositories is `444455556666`', 'EC-1'],
    [{ region: 'us-east-1' }, 'Region of the repositories is `us-east-1`', 'EC-1'],
    [{ partition: 'aws-cn' }, 'partition of the repositories is `aws-cn`', 'XA-6'],
  ])('%j, is none that the ARN matches, where it allows', (options, what, source) => {
    const found = (its: string) => [
      {
        source: its,
        message: `\`${app}\` matches none of them: the ${what}`,
        mend: 'name the repositories that are meant',
        fix: undefined,
      },
    ]
    const statement = on('ecr:*', app)
    expect(said('wrong-place', statement, options)).toEqual(found(source))
    expect(said('wrong-place', { ...statement, Effect: 'Deny' }, options)).toEqual([])
    const named = { ...statement, Principal: '*' }
    expect(said('wrong-place', named, { ...options, kind: 'ecr-registry' })).toEqual(found('EX-34'))
    expect(said('wrong-place', named, { ...options, kind: 'ecr-repository' })).toEqual([])
    expect(said('wrong-place', statement, { owner, region: 'eu-west-1', partition: 'aws' })).toEqual([])
  })
})

describe('a Sid', () => {
  it.each<readonly [string, object, string | undefined]>([
    ['Pull', on('ecr:BatchGetImage', '*'), 'ecr:GetDownloadUrlForLayer'],
    ['Push', on('s3:GetObject', '*'), undefined],
    ['Pull', { ...on('ecr:BatchGetImage', '*'), Effect: 'Deny' }, undefined],
    ['Pull', { Effect: 'Allow', NotAction: ['ecr:BatchGetImage'], Resource: '*' }, undefined],
    ['AllowPull', on(['s3:GetObject', 'ecr:BatchGetImage'], '*'), 'ecr:GetDownloadUrlForLayer'],
    ['Pull2', on('ecr:BatchGetImage', '*'), 'ecr:GetDownloadUrlForLayer'],
    ['PullImagesAndDelete', on(['ecr:BatchGetImage', 'ecr:Delete*'], '*'), 'ecr:GetDownloadUrlForLayer'],
    ['PullStatistics', on('ecr:BatchGetImage', '*'), undefined],
    ['NoPull', on('ecr:BatchGetImage', '*'), undefined],
    ['PullThroughCache', on('ecr:BatchGetImage', '*'), undefined],
    ['ScanOnPull', on('ecr:BatchGetImage', '*'), undefined],
    ['DeleteRepositories', on('ecr:DeleteRepository', '*'), undefined],
    ['DeletePolicies', on('ecr:PutImage', '*'), undefined],
  ])('%s of %j promises %s', (Sid, statement, lacking) => {
    expect(said('broken-promise', { Sid, ...statement })).toEqual(
      lacking === undefined
        ? []
        : [
            {
              source: 'EX-4',
              message: `it is said to allow a pull, which also takes \`${lacking}\``,
              mend: `allow \`${lacking}\`, or say what it does allow`,
              fix: undefined,
            },
          ],
    )
  })
})

describe('a promise', () => {
  it('that a Sid breaks is pointed at there, each by its own rule', () => {
    const broken = (Sid: string) =>
      findings('broken-promise', { Sid, ...on('ecr:ListImages', '*') }).map((found) => [
        found.pointer,
        found.source,
        found.message.replace(/, which.*/, ''),
      ])
    const at = '/Statement/0/Sid'
    expect(broken('Pull')).toEqual([[at, 'EX-4', 'it is said to allow a pull']])
    expect(broken('Push')).toEqual([[at, 'EX-7', 'it is said to allow a push']])
    expect(broken('Delete')).toEqual([[at, 'EX-16', 'it is said to allow a delete']])
  })

  it('of a repository policy is held against what it is asked about, and not the token (EX-2)', () => {
    const granted = (Action: unknown) => ({ Effect: 'Allow', Principal: '*', Action })
    const options = { kind: 'ecr-repository', promises: ['pull', 'pull-through'] } as const
    const lacking = (Action: unknown) =>
      findings('broken-promise', granted(Action), options).map(({ source, mend }) => [source, mend])
    expect(lacking(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'])).toEqual([
      ['EX-17', 'allow `ecr:BatchImportUpstreamImage`, `ecr:CreateRepository`, or say what it does allow'],
    ])
    expect(lacking('ecr:BatchGetImage')[0]).toEqual([
      'EX-4',
      'allow `ecr:GetDownloadUrlForLayer`, or say what it does allow',
    ])
  })
})

describe('tags of the repository, which a token has not (EX-25)', () => {
  const tagged = (operator: string) => ({ Condition: { [operator]: { 'aws:ResourceTag/team': 'a' } } })
  const denied = { ...on('ecr:*', '*', tagged('StringNotEquals')), Effect: 'Deny' }

  it.each<readonly [PolicyKind.PolicyKind, boolean]>([
    ['identity', true],
    ['scp', true],
    ['endpoint', true],
    ['rcp', true],
    ['ecr-repository', false],
    ['ecr-registry', false],
  ])('in a Deny of kind %s: %s', (kind, isSaid) => {
    const named = ['identity', 'scp'].includes(kind) ? denied : { ...denied, Principal: '*' }
    expect(findings('token-denied-by-tags', named, { kind }).map(({ pointer }) => pointer)).toEqual(
      isSaid ? ['/Statement/0/Condition'] : [],
    )
  })

  it.each<readonly [string, object, boolean]>([
    ['that denies all of ECR', denied, true],
    ['that denies a token by its name', { ...denied, Action: 'ecr:GetAuthorizationToken' }, false],
    ['that denies repositories alone', { ...denied, Resource: app }, false],
    ['that denies something else', { ...denied, Action: 'ecr:Put*' }, false],
    ['that asks for the tag', { ...denied, ...tagged('StringEquals') }, false],
    ['that allows', { ...denied, Effect: 'Allow' }, false],
    ['on another key', { ...denied, Condition: { StringNotEquals: { 'aws:PrincipalTag/a': 'a' } } }, false],
  ])('in a statement %s: %s', (_, statement, isSaid) => {
    expect(findings('token-denied-by-tags', statement)).toHaveLength(isSaid ? 1 : 0)
  })

  it.each<readonly [string, object, boolean]>([
    ['all of ECR', on('ecr:*', '*', tagged('StringEquals')), true],
    ['reads', on(['ecr:Get*', 'ecr:BatchGetImage'], '*', tagged('StringEquals')), true],
    ['the token by its name', on('ecr:GetAuthorizationToken', '*', tagged('StringEquals')), false],
    ['all but ECR', { Effect: 'Allow', NotAction: 'ecr:*', Resource: '*', ...tagged('StringEquals') }, false],
    ['repositories alone', on('ecr:*', app, tagged('StringEquals')), false],
    ['what may have no tag', on('ecr:*', '*', tagged('StringEqualsIfExists')), false],
    ['without tags', on('ecr:*', '*'), false],
    ['nothing', { ...on('ecr:*', '*', tagged('StringEquals')), Effect: 'Deny' }, false],
  ])('that allow %s, and leave out the token: %s', (_, statement, isSaid) => {
    expect(findings('token-under-tags', statement).map(({ pointer }) => pointer)).toEqual(
      isSaid ? ['/Statement/0/Condition'] : [],
    )
  })
})

describe('an action without resource under an ARN', () => {
  const token = 'ecr:GetAuthorizationToken'
  it.each<readonly [string, object, PolicyKind.PolicyKind, number]>([
    ['in an identity policy', on(token, app), 'identity', 1],
    ['in a registry policy', { ...on(token, app), Principal: '*' }, 'ecr-registry', 1],
    [
      'in a repository policy, where none is asked',
      { ...on(token, app), Principal: '*' },
      'ecr-repository',
      0,
    ],
    ['in NotAction', { Effect: 'Allow', NotAction: token, Resource: app }, 'identity', 0],
    ['under NotResource', { Effect: 'Allow', Action: token, NotResource: app }, 'identity', 0],
    ['under NotResource of everything', { Effect: 'Deny', Action: token, NotResource: '*' }, 'identity', 0],
    ['that is there for no ECR', on('s3:ListAllMyBuckets', app), 'identity', 0],
  ])('%s', (_, statement, kind, times) => {
    expect(findings('resource-on-account-action', statement, { kind })).toHaveLength(times)
  })

  it.each([
    ['Allow', 'put it into a statement of its own with `"Resource": "*"`'],
    ['Deny', 'take it out, or deny it to everybody in a statement of its own with `"Resource": "*"`'],
  ])('%s: %s', (Effect, mend) => {
    const statement = { ...on(token, app), Effect }
    expect(said('resource-on-account-action', statement).map((each) => each.mend)).toEqual([mend])
  })
})

describe('a token from a network (EX-43)', () => {
  const token = 'ecr:GetAuthorizationToken'
  const from = (key: string) => ({ Condition: { StringEquals: { [key]: 'vpc-0abc1234' } } })
  it.each<readonly [string, object, PolicyKind.PolicyKind, readonly string[]]>([
    [
      'held to a VPC',
      on(token, '*', from('aws:SourceVpc')),
      'identity',
      ['/Statement/0/Condition/StringEquals/aws:SourceVpc'],
    ],
    [
      'held to an endpoint',
      on('ecr:*', '*', from('aws:sourceVpce')),
      'scp',
      ['/Statement/0/Condition/StringEquals/aws:sourceVpce'],
    ],
    [
      'in a policy of the endpoint',
      { Principal: '*', ...on('*', '*', from('aws:SourceVpc')) },
      'endpoint',
      [],
    ],
    ['with a test on something else', on(token, '*', from('aws:SourceAccount')), 'identity', []],
    ['with another action', on('ecr:BatchGetImage', '*', from('aws:SourceVpc')), 'identity', []],
    [
      'allowed without as well',
      [on(token, '*', from('aws:SourceVpc')), on('ecr:Get*', '*')] as never,
      'identity',
      [],
    ],
    [
      'refused from elsewhere',
      [
        on(token, '*'),
        { ...on(token, '*'), Effect: 'Deny', Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } },
      ] as never,
      'identity',
      ['/Statement/1/Condition/StringNotEquals/aws:SourceVpc'],
    ],
    [
      'refused altogether',
      [on(token, '*', from('aws:SourceVpc')), { ...on(token, '*'), Effect: 'Deny' }] as never,
      'identity',
      [],
    ],
  ])('%s', (_, statement, kind, pointers) => {
    expect(findings('token-from-elsewhere', statement, { kind }).map(({ pointer }) => pointer)).toEqual(
      pointers,
    )
  })
})

describe('a key that the actions never have', () => {
  const under = (key: string) => ({ Condition: { StringEquals: { [key]: 'a' } } })
  it.each([
    ['ecr:BatchGetImage', 'ecr:ResourceTag/a', false],
    ['ecr:BatchGetImage', 'aws:RequestTag/a', true],
    ['ecr:CreateRepository', 'aws:RequestTag/a', false],
    ['ecr:CreateRepository', 'aws:ResourceTag/a', true],
    ['ecr-public:PutImage', 'aws:RequestTag/a', true],
    ['ecr-public:PutImage', 'aws:ResourceTag/a', false],
    ['ecr-public:CreateRepository', 'aws:RequestTag/a', false],
    ['ecr-public:CreateRepository', 'aws:ResourceTag/a', true],
  ])('%s under %s: %s', (action, key, isSaid) => {
    expect(findings('unsupported-key', on(action, '*', under(key))).map(({ source }) => source)).toEqual(
      isSaid ? ['EC-7'] : [],
    )
  })
})

describe('the other half of a call across accounts', () => {
  const options = { principal: 'arn:aws:iam::444455556666:role/node', owner }
  const side = (...statements: readonly object[]) =>
    parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'identity')
  const there = (effect: string, action: string) =>
    parseOrThrow(
      { Version: '2012-10-17', Statement: [{ Effect: effect, Principal: '*', Action: action }] },
      'ecr-repository',
    )
  it.each([
    [
      'allows it in one of its documents',
      [there('Allow', 'ecr:PutImage'), there('Allow', 'ecr:Batch*')],
      true,
    ],
    ['allows another', [there('Allow', 'ecr:PutImage')], false],
    ['denies it', [there('Deny', 'ecr:BatchGetImage')], false],
    ['says nothing', [], false],
  ])('%s', (_, otherSide, isThere) => {
    const found = said('half-missing', on('ecr:BatchGetImage', '*'), { ...options, otherSide })
    expect(found.map(({ message }) => message)).toEqual(
      isThere
        ? []
        : ['across accounts both sides have to allow, and the other side does not allow `ecr:BatchGetImage`'],
    )
  })

  it('is not asked for a token, nor within the account, nor of nobody', () => {
    const otherSide = [side(on('s3:*', '*'))]
    const token = on('ecr:GetAuthorizationToken', '*')
    const pull = on('ecr:BatchGetImage', '*')
    expect(said('half-missing', token, { ...options, otherSide })).toEqual([])
    expect(said('half-missing', pull, { ...options, otherSide, owner: '444455556666' })).toEqual([])
    expect(said('half-missing', pull, { owner, otherSide })).toEqual([])
    expect(said('half-missing', pull, options)).toEqual([])
  })
})

describe('a fix', () => {
  const pair = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
  const pushed = [
    'ecr:BatchCheckLayerAvailability',
    'ecr:InitiateLayerUpload',
    'ecr:UploadLayerPart',
    'ecr:CompleteLayerUpload',
    'ecr:PutImage',
  ]
  const tagged = (operator: string) => ({ Condition: { [operator]: { 'aws:ResourceTag/team': 'a' } } })
  const token = 'ecr:GetAuthorizationToken'
  const misspelt = ['ecr:ListImages', 'ecr:DescribeImage']
  const spelt = ['ecr:ListImages', 'ecr:DescribeImages']
  const unknown = ['ecr:Fetch*', 's3:*']

  const fixed = (rule: RuleId, statement: object, options: Options = {}) =>
    findings(rule, statement, options).map(
      ({ fix }) =>
        fix && {
          title: fix.title,
          effect: fix.effect,
          by: fix.edit._tag === 'Replace' ? fix.edit.by.map(DocumentJson.statementToJson) : [],
        },
    )
  type Fixed = readonly [title: string, effect: string, ...by: readonly object[]] | undefined

  type Case = [rule: RuleId, statement: object, fixes: readonly Fixed[], options?: Options]

  it.each<Case>([
    ['unknown-action', on(misspelt, '*'), [['write `ecr:DescribeImages`', 'Grants', on(spelt, '*')]]],
    ...(['Allow', 'Deny'] as const).flatMap((Effect) =>
      (['Action', 'NotAction'] as const).flatMap((element): readonly Case[] => {
        const effect = (Effect === 'Allow') === (element === 'Action') ? 'Grants' : 'Restricts'
        const its = (patterns: unknown): object => ({ Effect, [element]: patterns, Resource: '*' })
        const removed: Fixed = ['remove `ecr:Fetch*`', 'Narrower', its('s3:*')]
        return [
          ['unknown-action', its(misspelt), [['write `ecr:DescribeImages`', effect, its(spelt)]]],
          ['unknown-action', its(unknown), [effect === 'Grants' ? removed : undefined]],
        ]
      }),
    ),
    ['unknown-action', on('ecr:Fetch*', '*'), [undefined]],
    [
      'resource-on-account-action',
      { Sid: 'A', ...on([token, ...pair], app) },
      [[`allow \`${token}\` on \`*\``, 'Grants', { Sid: 'A', ...on(pair, app) }, on(token, '*')]],
    ],
    [
      'resource-on-account-action',
      { Sid: 'A', ...on(token, app), Effect: 'Deny' },
      [[`deny \`${token}\` on \`*\``, 'Restricts', { Sid: 'A', ...on(token, '*'), Effect: 'Deny' }]],
    ],
    [
      'token-under-tags',
      { Sid: 'A', ...on('ecr:*', '*', tagged('StringEquals')) },
      [
        [
          'allow the token in a statement of its own',
          'Grants',
          { Sid: 'A', ...on('ecr:*', '*', tagged('StringEquals')) },
          on(token, '*'),
        ],
      ],
    ],
    [
      'token-denied-by-tags',
      [on('*', '*'), { ...on('ecr:*', '*', tagged('StringNotEquals')), Effect: 'Deny' }],
      [
        [
          'ask that the tag be there',
          'Grants',
          {
            ...on('ecr:*', '*', {
              Condition: {
                ...tagged('StringNotEquals').Condition,
                Null: { 'aws:resourcetag/team': 'false' },
              },
            }),
            Effect: 'Deny',
          },
        ],
      ],
    ],
    ['partial-pull', on(pair[0], app), [[`allow \`${pair[1] ?? ''}\` too`, 'Grants', on(pair, app)]]],
    ['partial-pull', on([pair[0], 'ecr:PutImage'], app), []],
    ['partial-pull', { Effect: 'Allow', NotAction: [pair[1], 'ecr:PutImage'], Resource: app }, [undefined]],
    ...pushed.slice(1).map((begun): Case => {
      const others = pushed.filter((other) => other !== begun)
      const title = `allow ${others.map((other) => `\`${other}\``).join(', ')} too`
      return ['partial-push', on(begun, app), [[title, 'Grants', on([begun, ...others], app)]]]
    }),
    ['partial-push', on(['ecr:PutImage', 'ecr:BatchGetImage'], app), []],
    ['partial-push', on(['ecr:PutImage', 'ecr:BatchCheckLayerAvailability'], app), []],
    [
      'push-without-manifest',
      on(pushed, app),
      [['allow `ecr:BatchGetImage` too', 'Grants', on([...pushed, 'ecr:BatchGetImage'], app)]],
    ],
    ['push-without-manifest', { Sid: 'UploadImage', ...on(pushed, app) }, []],
    ['more-than-a-pull', on([...pair, 'ecr:ListImages'], app), [undefined]],
    ['more-than-a-pull', { Sid: '', ...on([...pair, 'ecr:ListImages'], app) }, [undefined]],
    [
      'more-than-a-pull',
      on([...pair, 'ecr:ListImages', 'ecr:Describe*'], app),
      [['leave out what a pull does not take', 'Restricts', on([...pair, 'ecr:Describe*'], app)]],
      { promises: ['pull'] },
    ],
    ['more-than-a-pull', on([...pair, 'ecr:Describe*'], app), [undefined], { promises: ['pull'] }],
    ['more-than-a-pull', on([...pair, 'ecr:ListImages'], app), [undefined], { promises: ['pull', 'push'] }],
    ['more-than-a-pull', on([...pair, 'ecr:ListImages'], app), [], { operations: ['tag-list'] }],
    ['more-than-a-pull', { Sid: 'PullAndTagList', ...on([...pair, 'ecr:ListImages'], app) }, []],
    ['more-than-a-pull', { ...on([...pair, 'ecr:ListImages'], app), Effect: 'Deny' }, []],
    ['more-than-a-pull', { Effect: 'Allow', NotAction: ['ecr:*Put*', 'ecr:*Delete*'], Resource: app }, []],
    ['more-than-a-pull', on([...pair, 'ecr:PutImage'], app), []],
  ])('of %s in %j', (rule, statement, expected, options) => {
    expect(fixed(rule, statement, options)).toEqual(
      expected.map((its) => its && { title: its[0], effect: its[1], by: its.slice(2) }),
    )
  })

  it('is made as long as there is one that changes nothing', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: {
        ...on([token, ...pair, 'ecr:BatchGet*'], app),
        Principal: { AWS: 'arn:aws:iam::111122223333:role/node' },
      },
    }
    const { document, applied } = fix(parseOrThrow(policy, 'ecr-repository'), 'ecr-repository')
    expect(applied.map((found) => found.id)).toContain('no-effect-in-repository-policy')
    expect(document.statements[0].action.patterns).not.toContain(token)
  })
})

describe('what a repository policy does not decide', () => {
  it.each([
    ['ecr:GetAuthorizationToken', 'EX-2', ', on `*`', true],
    [
      'ecr:CreateRepository',
      'EX-30',
      ', on the repository to be, and to another account in the registry policy',
      true,
    ],
    ['ecr:DescribeRegistry', 'EX-30', ', on `*`', true],
    ['ecr:Create*', 'EX-30', '', true],
    ['ecr:Get*Registry*', 'EX-30', ', on `*`', true],
  ])('%s is allowed elsewhere', (action, source, where, isFixed) => {
    const statement = { Effect: 'Allow', Principal: '*', Action: ['ecr:BatchGetImage', action] }
    expect(said('no-effect-in-repository-policy', statement, { kind: 'ecr-repository' })).toEqual([
      {
        source,
        message: `no repository policy is asked about \`${action}\`, and ECR may refuse to save it`,
        mend: `allow it in an identity policy${where}`,
        fix: isFixed ? `remove \`${action}\`` : undefined,
      },
    ])
  })
})

describe('functions of another Region (EX-20)', () => {
  it.each([
    ['arn:aws:lambda:us-east-1:111122223333:function:*', true],
    ['arn:aws:lambda:eu-*:111122223333:function:x', false],
    ['arn:aws:states:us-east-1:111122223333:stateMachine:x', false],
    ['arn:aws:lambda:us-east-1:111122223333', false],
    ['arn:aws:lambda:us-east-1:${AWS::AccountId}:function:x', false],
  ])('%s: %s', (arn, isElsewhere) => {
    const statement = {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'ecr:BatchGetImage',
      Condition: { ArnLike: { 'aws:SourceArn': arn } },
    }
    expect(
      said('function-elsewhere', statement, { kind: 'ecr-repository', region: 'eu-west-1' }).length,
    ).toBe(isElsewhere ? 1 : 0)
  })
})

describe('every rule of ECR', () => {
  it('has its severity, and cites what it rests on', () => {
    expect(
      lintRules
        .slice(Lint.rules.length)
        .map(({ id, severity, sources }) => [id, severity, ...sources].join(' ')),
    ).toEqual([
      'unknown-action error EX-23 EX-44',
      'unsupported-key warning EC-7',
      'resource-on-account-action error SM-R7 EC-1',
      'no-effect-in-repository-policy warning EX-2 EX-30',
      'resource-in-repository-policy warning EX-28',
      'foreign-resource error EC-1 EX-47',
      'not-a-repository error EX-27 EX-47',
      'prefix-without-repository warning EX-27',
      'all-repositories info SM-R1',
      'wrong-place warning EC-1 EX-34 XA-6',
      'function-elsewhere warning EX-20',
      'half-missing warning XA-1',
      'token-under-tags warning EX-25',
      'token-denied-by-tags warning CO-4 EX-25',
      'token-from-elsewhere info EX-43',
      'partial-pull warning EX-4 EX-5',
      'partial-push warning EX-6',
      'push-without-manifest warning EX-7',
      'broken-promise warning EX-4 EX-7 EX-16 EX-17',
      'more-than-a-pull info EX-4',
    ])
  })
})
