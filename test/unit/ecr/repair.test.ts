import { describe, expect, it } from 'vitest'
import { parseOrThrow } from '../../../src/codec/index.js'
import {
  accessOrThrow,
  can,
  canPull,
  explain,
  failures,
  grantOrThrow,
  managedPolicy,
  renderRepair,
  repair,
  Repository,
  type AccessInput,
  type Repair,
  type Targets,
} from '../../../src/ecr/index.js'
import { Document, DocumentJson } from '../../../src/model/index.js'
import { doc, granting, identity } from './documents.js'

const node = 'arn:aws:iam::111122223333:role/node'
const session = 'arn:aws:sts::111122223333:assumed-role/node/i-0abc'
const app = Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/app')
const foreign = Repository.parseOrThrow('arn:aws:ecr:eu-west-1:444455556666:repository/app')
const pair = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const token = identity('Allow', ['ecr:GetAuthorizationToken'], ['*'])
const puller = doc(token, identity('Allow', pair, ['*']))

const of = (policies: Omit<AccessInput, 'principal'>, principal = node) =>
  accessOrThrow({ principal, ...policies })

const edits = (mend: Repair) => (mend._tag === 'Repair' ? mend.edits : [])

const text = (mend: Repair): readonly string[] => renderRepair(mend).split('\n').slice(1)

const pull = (policies: Omit<AccessInput, 'principal'>, repository = app, principal = node) =>
  repair('pull-tag', of(policies, principal), repository)

const arn = Repository.show(app)
const newPair = `{"Effect":"Allow","Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],"Resource":"${arn}"}`
const newToken = '{"Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*"}'
const layersOn = (resource: string) =>
  `{"Effect":"Allow","Action":"ecr:GetDownloadUrlForLayer","Resource":"${resource}"}`
const grantTo = (who: string) =>
  `{"Effect":"Allow","Principal":${who},"Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}`
const toNode = `{"AWS":"${node}"}`
const theirs = doc(granting('Allow', ['999988887777'], pair))
const full10 = doc(
  granting(
    'Allow',
    Array.from({ length: 222 }, (_, i) => `arn:aws:iam::${String(100_000_000_000 + i)}:role/some-reader`),
    pair,
  ),
)

describe('repairing what a root user is refused', () => {
  const root = 'arn:aws:iam::111122223333:root'
  const silent = doc(identity('Allow', ['ecr:BatchGetImage'], ['*']))
  const full = doc(identity('Allow', ['*'], ['*']))

  it('is up to those who keep the organization’s policies, as he needs no other', () => {
    const mend = pull({ serviceControlPolicies: [[full], [silent]] }, app, root)
    expect(mend._tag === 'Blocked' && mend.by).toMatchObject([
      { _tag: 'Silent', edit: { place: { _tag: 'ServiceControlPolicy', level: 1 } } },
    ])
    expect(mend).toMatchObject({ remaining: [], alternatives: [] })
    expect(pull({ serviceControlPolicies: [[full]] }, app, root)._tag).toBe('Unneeded')
  })

  it('takes the owner of another registry besides', () => {
    const mend = pull({ serviceControlPolicies: [[silent]] }, foreign, root)
    expect(mend._tag === 'Blocked' && mend.remaining.map(({ place }) => place._tag)).toEqual([
      'ResourcePolicy',
    ])
  })
})

describe('repairing a pull', () => {
  it.each<readonly [string, Repair, readonly string[]]>([
    [
      'a role without any policy gets a new one',
      pull({}),
      [
        `  identity-based policy of ${node}, a new policy: [DE-1]`,
        `    + statement 1: ${newToken}`,
        `    + statement 2: ${newPair}`,
      ],
    ],
    [
      'a session is granted to by its role',
      pull({}, app, session),
      [
        `  identity-based policy of ${node}, a new policy: [DE-1]`,
        `    + statement 1: ${newToken}`,
        `    + statement 2: ${newPair}`,
      ],
    ],
    [
      'a statement for this very repository is extended',
      pull({ identityPolicies: [doc(token), doc(identity('Allow', ['ecr:BatchGetImage'], [arn]))] }),
      [
        `  identity-based policy of ${node}, policy 2: [DE-1]`,
        '    ~ statement 1: + ecr:GetDownloadUrlForLayer',
        `or in the repository policy of ${arn}: 1 action in 1 statement of 1 policy`,
      ],
    ],
    [
      'a statement for more than this repository is not',
      pull({ identityPolicies: [doc(token, identity('Allow', ['ecr:BatchGetImage'], [`${arn}*`]))] }),
      [
        `  identity-based policy of ${node}, policy 1: [DE-1]`,
        `    + statement 3: ${layersOn(arn)}`,
        `or in the repository policy of ${arn}: 1 action in 1 statement of 1 policy`,
      ],
    ],
    [
      'nor one about another service, be its name alike',
      pull({
        identityPolicies: [
          doc(
            identity('Allow', ['ec2:DescribeInstances', 'ecs:*', 'ecr-public:GetAuthorizationToken'], ['*']),
            identity('Allow', pair, ['arn:aws:ecr:*:*:repository/*']),
          ),
        ],
      }),
      [`  identity-based policy of ${node}, policy 1: [DE-1]`, `    + statement 3: ${newToken}`],
    ],
    [
      'nor one under a condition that does not hold',
      pull({
        identityPolicies: [
          doc(token, identity('Allow', pair, [arn], ['StringEquals', 'aws:RequestedRegion', 'us-east-1'])),
        ],
      }),
      [
        `  identity-based policy of ${node}, policy 1: [DE-1]`,
        `    + statement 3: ${newPair}`,
        `or in the repository policy of ${arn}: 2 actions in 1 statement of 1 policy`,
      ],
    ],
    [
      'a policy that AWS manages is left as it is',
      pull({ identityPolicies: [managedPolicy('AmazonElasticContainerRegistryPublicReadOnly').document] }),
      [
        `  identity-based policy of ${node}, a new policy: [DE-1]`,
        `    + statement 1: ${newToken}`,
        `    + statement 2: ${newPair}`,
      ],
    ],
    [
      'across accounts the owner is asked for his half alone',
      pull({ identityPolicies: [puller] }, foreign),
      [
        `  repository policy of ${Repository.show(foreign)}, a new policy: [XA-1]`,
        `    + statement 1: ${grantTo(toNode)}`,
        'or in the registry policy of account 444455556666 in eu-west-1: 2 actions in 1 statement of 1 policy',
      ],
    ],
    [
      'across accounts each side gets what it lacks',
      pull(
        {
          identityPolicies: [doc(token, identity('Allow', ['ecr:BatchGetImage'], ['*']))],
          resourcePolicy: doc(granting('Allow', [node], ['ecr:GetDownloadUrlForLayer'])),
        },
        foreign,
      ),
      [
        `  repository policy of ${Repository.show(foreign)}, policy 1: [XA-1]`,
        '    ~ statement 1: + ecr:BatchGetImage',
        `  identity-based policy of ${node}, policy 1: [DE-1]`,
        `    + statement 3: ${layersOn(Repository.show(foreign))}`,
        `or in the registry policy of account 444455556666 in eu-west-1 and the identity-based policy of ${node}: 2 actions in 2 statements of 2 policies`,
      ],
    ],
    [
      'Lambda is granted to for the source it names',
      repair(
        'lambda-same-account',
        of(
          { context: { 'aws:SourceArn': 'arn:aws:lambda:eu-west-1:111122223333:function:f' } },
          'lambda.amazonaws.com',
        ),
        app,
      ),
      [
        `  repository policy of ${arn}, a new policy: [PR-7]`,
        `    + statement 1: ${grantTo('{"Service":"lambda.amazonaws.com"}').slice(0, -1)},"Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:lambda:eu-west-1:111122223333:function:f"}}}`,
        'or in the registry policy of account 111122223333 in eu-west-1: 2 actions in 1 statement of 1 policy',
      ],
    ],
  ])('%s', (_, mend, lines) => {
    expect(mend._tag).toBe('Repair')
    expect(
      text(mend).filter(
        (line) => !line.startsWith('or in the registry policy of account 1111') || lines.includes(line),
      ),
    ).toEqual(lines)
  })

  it('needs nothing where nothing is refused', () => {
    const mend = pull({ identityPolicies: [puller] })
    expect(mend._tag).toBe('Unneeded')
    expect(renderRepair(mend)).toBe(`pull-tag by ${node}: is allowed as it is`)
  })

  it('is data-last as well, and leaves alone what it is told to', () => {
    const held = of({ identityPolicies: [doc(token)] })
    const mend = repair('pull-tag', app, { fixed: [doc(token)] })(held)
    expect(mend).toEqual(repair('pull-tag', held, app, { fixed: [doc(token)] }))
    expect(mend._tag === 'Repair' && mend.edits.map(({ document, before }) => [document, before])).toEqual([
      [undefined, undefined],
    ])
    expect(mend._tag === 'Repair' && canPull(mend.repaired, app).allowed).toBe(true)
  })

  it('its edits lead from document to document', () => {
    const before = doc(token, identity('Allow', ['ecr:BatchGetImage'], [arn]))
    const mend = pull({ identityPolicies: [before] })
    expect(mend._tag === 'Repair' && mend.edits).toMatchObject([
      {
        place: { _tag: 'IdentityPolicy', principal: node },
        document: 0,
        before,
        after: doc(token, identity('Allow', pair, [arn])),
        changes: [
          {
            _tag: 'Changed',
            before: 1,
            after: 1,
            changes: [{ element: 'Action', added: ['ecr:GetDownloadUrlForLayer'], removed: [] }],
          },
        ],
        why: ['DE-1'],
      },
    ])
  })

  it('is plain data', () => {
    const mend = pull({}, foreign)
    expect(JSON.parse(JSON.stringify(mend))).toMatchObject({ _tag: 'Repair', operation: 'pull-tag' })
    const [edit] = mend._tag === 'Repair' ? mend.edits : []
    expect(edit !== undefined && Document.Eq.equals(edit.after, edit.after)).toBe(true)
  })
})

describe('what no addition mends', () => {
  const full = doc(identity('Allow', ['*'], ['*']))

  it.each<readonly [string, Repair, readonly string[]]>([
    [
      'an explicit deny is named, with what is needed besides',
      pull({ identityPolicies: [doc(token, identity('Deny', ['ecr:Batch*'], ['*']))] }),
      [
        '  narrow identity-based policy 1, statement 2, which denies ecr:BatchGetImage [DE-3]',
        '    ! {"Effect":"Deny","Action":"ecr:Batch*","Resource":"*"}',
        'and then add 2 actions in 1 statement of 1 policy',
        `  identity-based policy of ${node}, policy 1: [DE-1]`,
        `    + statement 3: ${newPair}`,
      ],
    ],
    [
      'a silent SCP is named, with the statement to ask for',
      pull({ identityPolicies: [full], serviceControlPolicies: [[full], [doc(token)]] }),
      [
        '  ask for an addition by those who keep it:',
        '  service control policy at level 2, policy 1: [SC-1]',
        `    + statement 2: ${newPair}`,
      ],
    ],
    [
      'a silent endpoint policy',
      pull({
        identityPolicies: [full],
        endpointPolicies: [doc(granting('Deny', ['*'], ['ecr:PutImage'], { resources: ['*'] }))],
      }),
      [
        '  ask for an addition by those who keep it:',
        '  VPC endpoint policy, policy 1: [VE-1]',
        `    + statement 2: ${newToken.replace('"Action"', `"Principal":${toNode},"Action"`)}`,
        `    + statement 3: ${newPair.replace('"Action"', `"Principal":${toNode},"Action"`)}`,
      ],
    ],
    [
      'a silent boundary across accounts, with the owner’s half besides',
      pull({ identityPolicies: [full], permissionsBoundary: doc(token) }, foreign),
      [
        '  ask for an addition by those who keep it:',
        `  permissions boundary of ${node}, policy 1: [PB-1]`,
        `    + statement 2: ${newPair.replace(arn, Repository.show(foreign))}`,
        'and then add 2 actions in 1 statement of 1 policy',
        `  repository policy of ${Repository.show(foreign)}, a new policy: [XA-1]`,
        `    + statement 1: ${grantTo(toNode)}`,
      ],
    ],
    [
      'a resource control policy',
      pull({
        identityPolicies: [full],
        resourceControlPolicies: [[doc(granting('Deny', ['*'], ['ecr:*'], { resources: ['*'] }))]],
      }),
      [
        '  narrow resource control policy 1 of level 1, statement 1, which denies ecr:GetAuthorizationToken, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer [DE-3]',
        '    ! {"Effect":"Deny","Principal":"*","Action":"ecr:*","Resource":"*"}',
      ],
    ],
    [
      'a silent SCP over the root user, who needs nothing else',
      pull({ serviceControlPolicies: [[doc(token)]] }, app, 'arn:aws:iam::111122223333:root'),
      [
        '  ask for an addition by those who keep it:',
        '  service control policy at level 1, policy 1: [SC-1]',
        `    + statement 2: ${newPair}`,
      ],
    ],
    [
      'a caller from another partition',
      pull({ identityPolicies: [full] }, app, 'arn:aws-cn:iam::111122223333:role/node'),
      [
        `  ecr:BatchGetImage on ${arn}: the resource is in another partition, where no policy reaches this caller [XA-6]`,
        `  ecr:GetDownloadUrlForLayer on ${arn}: the resource is in another partition, where no policy reaches this caller [XA-6]`,
      ],
    ],
    [
      'a service for which nobody tells on whose behalf it asks (EX-40)',
      repair('lambda-same-account', of({}, 'anonymous'), app),
      ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'].map(
        (action) =>
          `  ${action} on ${arn}: nothing tells on whose behalf the service asks; give \`aws:SourceAccount\` or \`aws:SourceArn\` in the context [EX-40]`,
      ),
    ],
    [
      'a silent boundary within the account: what goes round it is an alternative, and says so (SA-5)',
      pull({ identityPolicies: [puller], permissionsBoundary: doc(token) }),
      [
        '  ask for an addition by those who keep it:',
        `  permissions boundary of ${node}, policy 1: [PB-1]`,
        `    + statement 2: ${newPair}`,
        ...[
          `the repository policy of ${arn}`,
          'the registry policy of account 111122223333 in eu-west-1',
        ].flatMap((place) => [
          `or in ${place}: 2 actions in 1 statement of 1 policy`,
          `    note: this goes round the permissions boundary of ${node}, which does not limit what the policy of a resource grants to a caller by name; make it only if those who keep that policy agree`,
          `    + statement 1: {"Effect":"Allow","Principal":"*","Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]${place.includes('registry') ? `,"Resource":"${arn}"` : ''},"Condition":{"ArnEquals":{"aws:PrincipalArn":"${node}"}}}`,
        ]),
      ],
    ],
    [
      'a fixed repository policy is not replaced where the registry policy cannot help (EX-56)',
      repair(
        'pull',
        of({ identityPolicies: [puller], resourcePolicy: theirs, facts: { registryPolicyScope: 'V1' } }),
        foreign,
        {
          fixed: [theirs],
        },
      ),
      [
        '  ask for an addition by those who keep it:',
        `  repository policy of ${Repository.show(foreign)}, policy 1: [XA-1]`,
        `    + statement 2: ${grantTo(toNode)}`,
      ],
    ],
    [
      'a repository policy that is full (SZ-7)',
      repair(
        'pull',
        of({ identityPolicies: [puller], resourcePolicy: full10, facts: { registryPolicyScope: 'V1' } }),
        foreign,
      ),
      [
        `  make room: with this the policy has ${DocumentJson.size(doc(...full10.statements, granting('Allow', [node], pair))) - 10_240} characters more than AWS takes [SZ-7]`,
        `  repository policy of ${Repository.show(foreign)}, policy 1: [XA-1]`,
        `    + statement 2: ${grantTo(toNode)}`,
      ],
    ],
    [
      'an operation that there is none of',
      repair('pul' as 'pull', of({}), app),
      ['   on *: there is no such operation [EX-3]'],
    ],
  ])('%s', (_, mend, lines) => {
    expect(mend._tag).toBe('Blocked')
    expect(text(mend)).toEqual(lines)
  })

  it('its first line says whether anything added helps', () => {
    const silent = { identityPolicies: [puller], permissionsBoundary: doc(token) }
    const [helpless, wayRound] = [pull(silent, foreign), pull(silent)].map(
      (mend) => renderRepair(mend).split('\n')[0],
    )
    expect(helpless).toBe(
      `pull-tag by ${node}: nothing added to the caller's or the repository's policies helps`,
    )
    expect(wayRound).toBe(
      `pull-tag by ${node}: policies of others are in the way, and nothing added to the caller's or the repository's is as they are meant`,
    )
  })

  it('whatever sort of change somebody else makes of an edit is told in a line', () => {
    const mend = pull({ identityPolicies: [doc(token)] })
    const [edit] = mend._tag === 'Repair' ? mend.edits : []
    const changes = [
      { _tag: 'Removed', before: 1 },
      { _tag: 'Version', before: undefined, after: '2012-10-17' },
      { _tag: 'Version', before: '2012-10-17', after: undefined },
    ]
    expect(text({ ...mend, edits: [{ ...edit, changes }], alternatives: [] } as unknown as Repair)).toEqual([
      `  identity-based policy of ${node}, policy 1: [DE-1]`,
      '    - statement 2',
      '    ~ Version: 2012-10-17',
      '    ~ Version: none',
    ])
    expect(
      renderRepair({ ...mend, edits: [{ ...edit, changes }], alternatives: [] } as unknown as Repair),
    ).toContain('add 0 actions in 3 statements of 1 policy')
  })

  it('one character too many is told as one', () => {
    const policies = {
      identityPolicies: [puller],
      resourcePolicy: full10,
      facts: { registryPolicyScope: 'V1' },
    } as const
    const mend = repair('pull', of(policies), foreign)
    const by = mend._tag === 'Blocked' && mend.by[0]._tag === 'NoRoom' ? mend.by[0] : undefined
    expect(by && text({ ...mend, by: [{ ...by, characters: 1 }] } as Repair)[0]).toBe(
      '  make room: with this the policy has 1 character more than AWS takes [SZ-7]',
    )
  })

  it('a Deny that was not found again is told by its reference alone', () => {
    const mend = pull({ identityPolicies: [doc(token, identity('Deny', pair, ['*']))] })
    const by = mend._tag === 'Blocked' && mend.by[0]._tag === 'Denies' ? mend.by[0] : undefined
    const lost = by && { ...mend, by: [{ ...by, statement: undefined }] as const, remaining: [] }
    expect(lost && text(lost as Repair)).toEqual([
      '  narrow identity-based policy 1, statement 2, which denies ecr:BatchGetImage, ecr:GetDownloadUrlForLayer [DE-3]',
    ])
  })

  it('nobody can be granted to who does not sign (EX-58)', () => {
    const mend = repair('delete-image', of({}, 'anonymous'), app)
    expect(mend._tag === 'Blocked' && mend.by).toMatchObject([{ _tag: 'Hopeless', why: 'Unsigned' }])
  })
})

describe('a repair', () => {
  it('takes the registry policy where the repository policy is fixed, and leaves that as it is (EX-56)', () => {
    const held = of({ identityPolicies: [puller], resourcePolicy: theirs })
    const mend = repair('pull', held, foreign, { fixed: [theirs] })
    expect(edits(mend).map(({ place }) => place._tag)).toEqual(['RegistryPolicy'])
    expect(mend._tag === 'Repair' && mend.repaired.resourcePolicy).toBe(theirs)
    expect(mend._tag === 'Repair' && mend.alternatives).toEqual([])
  })

  it('a boundary of AWS’s own is replaced by one with all that is in it', () => {
    const boundary = managedPolicy('AmazonEC2ContainerRegistryReadOnly').document
    const mend = repair(
      'push',
      of({ identityPolicies: [doc(identity('Allow', ['ecr:*'], ['*']))], permissionsBoundary: boundary }),
      app,
    )
    const [first] = mend._tag === 'Blocked' ? mend.by : []
    expect(first).toMatchObject({
      _tag: 'Silent',
      edit: { place: { _tag: 'PermissionsBoundary' }, before: boundary },
    })
    const edit = first?._tag === 'Silent' ? first.edit : undefined
    expect(edit?.document).toBeUndefined()
    expect(edit?.after.statements.slice(0, boundary.statements.length)).toEqual(boundary.statements)
    expect(text(mend)[1]).toBe(
      `  permissions boundary of ${node}, a new policy in place of AWS's, with all that is in it: [PB-1]`,
    )
  })

  it('edits a session policy rather than going round it (SA-5)', () => {
    const held = of({ identityPolicies: [puller], sessionPolicies: [doc(token)] }, session)
    const mend = repair('pull', held, app)
    expect(edits(mend).map(({ place }) => place._tag)).toEqual(['SessionPolicy'])
    const others = mend._tag === 'Repair' ? mend.alternatives : []
    expect(others.length).toBeGreaterThan(0)
    expect(others.every(([{ remarks }]) => remarks.some((remark) => remark.includes('goes round')))).toBe(
      true,
    )
  })

  it('attaches a new policy where the old one would become too large (SZ-1)', () => {
    const buckets = Array.from({ length: 174 }, (_, i) => `arn:aws:s3:::bucket-number-${i}/*`)
    const before = doc(identity('Allow', ['ecr:BatchGetImage', 's3:GetObject'], [arn, ...buckets]), token)
    const small = doc(identity('Allow', ['s3:GetObject'], ['*']))
    const sizes = [[before], [before, small]].map((identityPolicies) =>
      edits(pull({ identityPolicies })).map(({ document, after }) => [
        document,
        DocumentJson.size(after) <= 6144,
      ]),
    )
    expect(sizes).toEqual([[[undefined, true]], [[1, true]]])
  })

  it('extends the statement that names the repository, and none that is for another service', () => {
    const mend = pull({
      identityPolicies: [
        doc(identity('Allow', ['s3:*'], ['*'])),
        doc(identity('Allow', ['ecr:BatchGetImage'], [arn])),
      ],
    })
    expect(text(mend).slice(0, 3)).toEqual([
      `  identity-based policy of ${node}, policy 2: [DE-1]`,
      '    ~ statement 1: + ecr:GetDownloadUrlForLayer',
      `    + statement 2: ${newToken}`,
    ])
  })

  it('extends no statement whose condition one of the actions cannot meet: tags come after CreateRepository (EX-26)', () => {
    const tagged = identity('Allow', ['ecr:PutImage'], [arn], ['StringEquals', 'ecr:ResourceTag/team', 'a'])
    const target = { repository: { repository: app, tags: { team: 'a' } } }
    const statements = (id: 'create-on-push' | 'push') => {
      const mend = repair(id, of({ identityPolicies: [doc(token, tagged)] }), target)
      return mend._tag === 'Repair' && mend.edits[0].after.statements.length
    }
    expect([statements('push'), statements('create-on-push')]).toEqual([2, 3])
  })

  it('offers no place beside one that does for all that is asked', () => {
    const mend = repair('lambda-cross-account', of({}), app)
    const all = mend._tag === 'Repair' ? [mend.edits, ...mend.alternatives] : []
    expect(all.map((plan) => plan.map(({ place }) => place._tag))).toEqual([
      ['ResourcePolicy'],
      ['RegistryPolicy'],
    ])
  })

  const shown = Repository.show(foreign)
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: node },
    Action: 'ecr:BatchGetImage',
  }
  it.each([
    ['names the caller alone', statement, true],
    [
      'has a condition that every request meets',
      { ...statement, Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      true,
    ],
    ['names a resource, which can only be the repository (EC-3)', { ...statement, Resource: '*' }, true],
    ['names another beside the caller', { ...statement, Principal: { AWS: [node, '999988887777'] } }, false],
    [
      'names all but another',
      { ...statement, Principal: undefined, NotPrincipal: { AWS: '999988887777' } },
      false,
    ],
    ['denies him something', { ...statement, Effect: 'Deny', Action: 'ecr:PutImage' }, false],
    [
      'allows him all but something',
      { ...statement, Action: undefined, NotAction: ['ecr:PutImage', pair[1]] },
      false,
    ],
  ])('extends a statement of a repository policy or not: one that %s', (_, json, isExtended) => {
    const resourcePolicy = parseOrThrow({ Version: '2012-10-17', Statement: json }, 'ecr-repository')
    const [edit] = edits(pull({ identityPolicies: [puller], resourcePolicy }, foreign))
    expect(edit?.place).toEqual({ _tag: 'ResourcePolicy', repository: shown })
    expect(edit?.changes.map(({ _tag }) => _tag)).toEqual([isExtended ? 'Changed' : 'Added'])
  })

  it.each([
    ['names the repository alone', { Resource: arn }, true],
    ['names another beside it', { Resource: [arn, `${arn}-2`] }, false],
    ['names all but another', { NotResource: `${arn}-2` }, false],
    ['is about another service', { Action: 's3:GetObject', Resource: arn }, false],
  ])('extends a statement of an identity policy or not: one that %s', (_, json, isExtended) => {
    const given = { Effect: 'Allow', Action: 'ecr:BatchGetImage', ...json }
    const policy = parseOrThrow({ Version: '2012-10-17', Statement: given }, 'identity')
    const [edit] = edits(pull({ identityPolicies: [policy, doc(token)] }))
    expect(edit?.changes.map(({ _tag }) => _tag)).toEqual([isExtended ? 'Changed' : 'Added'])
  })

  it('asks for the same of all actions where that takes fewer statements', () => {
    const held = of(
      {
        identityPolicies: [doc(token)],
        sessionPolicies: [doc(identity('Allow', ['ecr:BatchGetImage'], ['*']))],
      },
      session,
    )
    const places = [`repository policy of ${arn}`, 'registry policy of account 111122223333 in eu-west-1']
    const both = (size: string): readonly string[] =>
      places.map((place) => `or in the session policy of ${node} and the ${place}: ${size} of 2 policies`)
    const named = both('4 actions in 3 statements')
    const roundTheSession = both('3 actions in 2 statements')
    expect(text(repair('pull', held, app)).filter((line) => line.startsWith('or'))).toEqual([
      ...named,
      ...roundTheSession,
    ])
  })

  it('says where an Allow is there already on a condition that nothing is known of', () => {
    const tagged = identity('Allow', pair, ['*'], ['StringEquals', 'ecr:ResourceTag/team', 'a'])
    const remarks = (mend: Repair) => edits(mend).flatMap((edit) => edit.remarks)
    expect(remarks(pull({ identityPolicies: [doc(token, tagged)] }))[0]).toBe(
      'identity-based policy 1, statement 2 allows ecr:BatchGetImage already, on a condition: StringEquals ecr:ResourceTag/team wants a, and the key is missing; if requests do have it, give it as context or tags, and no Allow without the condition is needed',
    )
    expect(remarks(pull({ identityPolicies: [doc(token)] }))).toEqual([])
  })

  it('names a role of Identity Center by its path, and says what cannot be edited', () => {
    const bob = 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Dev_0123456789abcdef/bob'
    const role =
      'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Dev_0123456789abcdef'
    const own = edits(pull({}, app, bob))
    expect(own.map(({ place }) => place)).toEqual([{ _tag: 'IdentityPolicy', principal: role }])
    expect(own[0]?.remarks).toEqual([expect.stringContaining('edit the permission set')])
    const theirSide = edits(pull({ identityPolicies: [puller] }, foreign, bob))
    expect(theirSide[0]?.after.statements[0]).toMatchObject({
      principal: { principals: [{ _tag: 'Role', path: '/aws-reserved/sso.amazonaws.com/' }] },
    })
    expect(theirSide[0]?.remarks).toEqual([expect.stringContaining('take the ARN from IAM')])
  })
})

describe('a federated user, whom a statement can only name directly (SA-5)', () => {
  it('is not told to add to his session policy what a grant by name does not ask of it', () => {
    const bob = 'arn:aws:sts::111122223333:federated-user/bob'
    const mend = repair('catalog', of({ sessionPolicies: [puller] }, bob), app)
    const alternatives = mend._tag === 'Repair' ? mend.alternatives : []
    expect(alternatives.map((edits) => edits.map(({ place }) => place._tag))).toStrictEqual([
      ['RegistryPolicy'],
    ])
    expect(alternatives[0]?.[0].after.statements).toMatchObject([
      { principal: { principals: [{ _tag: 'FederatedUser', name: 'bob' }] }, conditions: [] },
    ])
  })
})

describe('a service that works for somebody', () => {
  const project = 'arn:aws:codebuild:eu-west-1:111122223333:project/*'

  it.each([
    ['lambda-same-account', app, 'arn:aws:lambda:eu-west-1:111122223333:function:*'],
    ['codebuild-image', app, project],
  ] as const)(
    '%s is let in as `grant` lets it in, and nobody else’s is (EX-40, U-33)',
    (id, where, source) => {
      const held = of({ identityPolicies: [puller] })
      const mend = repair(id, held, where)
      const granted = grantOrThrow({ operations: id, principals: node, repositories: Repository.show(where) })
      const policy = granted.policies.find(({ place }) => place._tag === 'ResourcePolicy')?.document
      const after = mend._tag === 'Repair' ? mend.edits[0].after : undefined
      expect(after?.statements[0].conditions).toEqual(policy?.statements[0].conditions)
      expect(after?.statements[0].conditions).toContainEqual(
        expect.objectContaining({ key: 'aws:SourceArn', values: [source] }),
      )
      expect(can(id, { ...held, resourcePolicy: policy as Document.ResourceDocument }, where).allowed).toBe(
        true,
      )
      const evil = of({
        identityPolicies: [puller],
        resourcePolicy: after as Document.ResourceDocument,
        context: {
          'aws:SourceAccount': '999999999999',
          'aws:SourceArn': source.replace('111122223333', '999999999999').replace('*', 'evil'),
        },
      })
      expect(can(id, evil, where).allowed).toBe(false)
    },
  )

  it.each([
    ['aws:SourceAccount', '111122223333'],
    ['aws:SourceArn', 'arn:aws:lambda:eu-west-1:111122223333:function:f'],
    ['aws:SourceOrgID', 'o-a1b2c3d4e5'],
    ['aws:SourceOrgPaths', 'o-a1b2c3d4e5/r-1/ou-1/'],
  ])('brings %s, which the caller beside it does not (RC-6)', (key, value) => {
    const test = [
      key === 'aws:SourceOrgPaths' ? 'ForAnyValue:StringEquals' : 'StringEquals',
      key,
      value,
    ] as const
    const may = (...callers: Parameters<typeof identity>): boolean => {
      const granted = [
        granting('Allow', ['lambda.amazonaws.com'], pair, { tests: [test] }),
        granting('Allow', [node], pair),
      ] as const
      const held = { identityPolicies: [doc(identity(...callers))], resourcePolicy: doc(...granted) }
      return can('lambda-cross-account', of({ ...held, context: { [key]: value } }), foreign).allowed
    }
    expect(may('Allow', ['*'], ['*'])).toBe(true)
    expect(may('Allow', ['*'], ['*'], test)).toBe(false)
  })

  const ofOwner = { 'aws:SourceAccount': '111122223333' }
  const bucket = 'arn:aws:s3:::bucket'
  const lambda = 'arn:aws:lambda:eu-west-1:999988887777:function:f'
  it.each<readonly [string, Readonly<Record<string, string | readonly string[]>>, unknown]>([
    ['by its ARN alone', { 'aws:SourceArn': lambda }, { ArnEquals: { 'aws:SourceArn': lambda } }],
    [
      'by its ARN, whose account says all',
      { 'aws:SourceArn': lambda, 'aws:SourceAccount': '999988887777' },
      { ArnEquals: { 'aws:SourceArn': lambda } },
    ],
    [
      'by an ARN without account, and the owner’s, as nothing else is told',
      { 'aws:SourceArn': bucket },
      { ArnEquals: { 'aws:SourceArn': bucket }, StringEquals: ofOwner },
    ],
    [
      'by an ARN alone, where one of several accounts is meant',
      { 'aws:SourceArn': bucket, 'aws:SourceAccount': ['111122223333', '999988887777'] },
      { ArnEquals: { 'aws:SourceArn': bucket } },
    ],
    [
      'by an ARN without account, and the account',
      { 'aws:SourceArn': bucket, 'aws:SourceAccount': '999988887777' },
      { ArnEquals: { 'aws:SourceArn': bucket }, StringEquals: { 'aws:SourceAccount': '999988887777' } },
    ],
    [
      'by a text that is no ARN',
      { 'aws:SourceArn': 'x' },
      { StringEquals: { 'aws:SourceArn': 'x', ...ofOwner } },
    ],
    [
      'by the account, where the ARN would be a pattern',
      { 'aws:SourceArn': `${bucket}/*`, 'aws:SourceAccount': '999988887777' },
      { StringEquals: { 'aws:SourceAccount': '999988887777' } },
    ],
    ['by none of several ARNs', { 'aws:SourceArn': [bucket, lambda] }, { StringEquals: ofOwner }],
    ['by the owner’s account, as nothing is told', {}, { StringEquals: ofOwner }],
    ['by no pattern, so that nobody can be named', { 'aws:SourceAccount': '*' }, undefined],
  ])('is told for whom it works %s', (_, context, Condition) => {
    const mend = repair('pull', of({ context }, 'events.amazonaws.com'), app)
    const statement = edits(mend)[0]?.after.statements[0]
    expect(statement && DocumentJson.statementToJson(statement)).toEqual(
      Condition && {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: pair,
        Condition,
      },
    )
  })

  it('across accounts as well (EX-21)', () => {
    const { policies } = grantOrThrow({
      operations: 'lambda',
      principals: node,
      repositories: Repository.show(foreign),
    })
    const documentAt = (tag: string) => policies.find(({ place }) => place._tag === tag)?.document
    const held = of({
      identityPolicies: [puller, documentAt('IdentityPolicy') as Document.IdentityDocument],
      resourcePolicy: documentAt('ResourcePolicy') as Document.ResourceDocument,
    })
    expect(can('lambda-cross-account', held, foreign).allowed).toBe(true)
    const mend = repair('lambda-cross-account', of({ identityPolicies: [puller] }), foreign)
    expect(renderRepair(mend)).toContain(
      '"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:lambda:eu-west-1:111122223333:function:*"}}',
    )
  })

  it('is explained and fails without a client, and with its source', () => {
    const verdict = can('lambda-same-account', of({}), app)
    expect(explain(verdict).split('\n').at(-1)).toBe(
      `  To mend: in the policy of ${arn}, for lambda.amazonaws.com where ArnLike aws:SourceArn arn:aws:lambda:eu-west-1:111122223333:function:*, allow ecr:BatchGetImage, ecr:GetDownloadUrlForLayer`,
    )
    expect(failures(verdict).map(({ client }) => client)).toEqual([undefined, undefined])
  })
})

describe('replication (EC-5, EX-30)', () => {
  const replicates = ['ecr:ReplicateImage']
  const linked =
    'arn:aws:iam::111122223333:role/aws-service-role/replication.ecr.amazonaws.com/AWSServiceRoleForECRReplication'

  it.each([linked, node, 'arn:aws:iam::111122223333:root'])(
    'by %s is up to the registry policy alone',
    (who) => {
      const allowed = (policies: Omit<AccessInput, 'principal'>) =>
        can('replication-cross-account', of(policies, who), foreign).allowed
      expect(allowed({ resourcePolicy: doc(granting('Allow', ['111122223333'], replicates)) })).toBe(false)
      expect(
        allowed({
          registryPolicy: doc(granting('Allow', ['111122223333'], replicates, { resources: ['*'] })),
        }),
      ).toBe(true)
      expect(text(repair('replication-cross-account', of({}, who), foreign))).toEqual([
        '  registry policy of account 444455556666 in eu-west-1, a new policy: [XA-1]',
        `    + statement 1: {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"ecr:ReplicateImage","Resource":"${Repository.show(foreign)}"}`,
      ])
    },
  )
})

describe('a copy', () => {
  it('touches the repository policies where the caller’s cannot be, each under its own target', () => {
    const base = Repository.parseOrThrow('arn:aws:ecr:eu-west-1:444455556666:repository/base')
    const held = of({ identityPolicies: [doc(identity('Allow', ['ecr:*'], ['*']))] })
    const mend = repair('copy-crane', held, {
      source: { repository: base },
      destination: { repository: app },
    })
    expect(mend._tag === 'Repair' && mend.edits.map(({ place }) => place)).toEqual([
      { _tag: 'ResourcePolicy', repository: Repository.show(base) },
    ])
    expect(mend._tag === 'Repair' && can('copy-crane', mend.repaired, mend.target).allowed).toBe(true)
  })

  it('extends the registry policy of each, and only his, where the repository policies are fixed', () => {
    const [from, to] = ['eu-west-1', 'us-east-1'].map((region) => ({
      repository: Repository.parseOrThrow(`arn:aws:ecr:${region}:444455556666:repository/app`),
      resourcePolicy: theirs,
      registryPolicy: doc(
        granting('Allow', ['999988887777'], pair, { resources: [`arn:aws:ecr:${region}:*`] }),
      ),
    })) as [Targets['source'] & object, Targets['destination'] & object]
    const held = of({ identityPolicies: [doc(identity('Allow', ['ecr:*'], ['*']))] })
    const mend = repair('copy-crane', held, { source: from, destination: to }, { fixed: [theirs] })
    const after = mend._tag === 'Repair' ? mend.target : undefined
    expect(after?.source.resourcePolicy).toBe(theirs)
    const resources = [after?.source, after?.destination].map((one) =>
      one?.registryPolicy?.statements.map(
        ({ resource }) => resource._tag !== 'Attached' && resource.patterns,
      ),
    )
    expect(resources).toEqual([
      [['arn:aws:ecr:eu-west-1:*'], [Repository.show(from.repository)]],
      [['arn:aws:ecr:us-east-1:*'], [Repository.show(to.repository)]],
    ])
  })

  it('takes the fewest policies first', () => {
    const other = Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/other')
    const target = { source: { repository: other }, destination: { repository: app } }
    const mend = repair('copy-crane', of({ identityPolicies: [doc(token)] }), target)
    const plans = mend._tag === 'Repair' ? [mend.edits, ...mend.alternatives] : []
    expect(plans.map((edits) => edits.map(({ place }) => place._tag))).toEqual([
      ['IdentityPolicy'],
      ['RegistryPolicy'],
      ['ResourcePolicy', 'ResourcePolicy'],
    ])
  })

  it('shows the Deny that is meant, not one of another registry in the same position', () => {
    const denials = (...sorts: readonly (readonly [sid: string | undefined, action: string])[]) => {
      const [from, to] = sorts.map(([sid, action], i) => ({
        repository: Repository.parseOrThrow(
          `arn:aws:ecr:${['eu-west-1', 'us-east-1'][i] ?? ''}:111122223333:repository/app`,
        ),
        registryPolicy: doc({ ...granting('Deny', ['*'], [action], { resources: ['*'] }), sid }),
      })) as [Targets['source'] & object, Targets['destination'] & object]
      const held = of({ identityPolicies: [doc(identity('Allow', ['*'], ['*']))] })
      const mend = repair('copy-crane', held, { source: from, destination: to })
      return mend._tag === 'Blocked'
        ? mend.by.map((by) => by._tag === 'Denies' && [by.statement?.sid, by.statement?.action.patterns])
        : []
    }
    const asks = 'ecr:GetAuthorizationToken'
    expect(denials([undefined, 'ecr:DeleteRepository'], [undefined, asks])).toEqual([[undefined, [asks]]])
    expect(denials(['West', asks], ['East', asks])).toEqual([
      ['West', [asks]],
      ['East', [asks]],
    ])
  })

  it('each repository has a statement of its own', () => {
    const other = Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/other')
    const mend = repair('copy-crane', of({}), {
      source: { repository: other },
      destination: { repository: app },
    })
    expect(
      mend._tag === 'Repair' && mend.edits[0].after.statements.map(({ resource }) => resource),
    ).toMatchObject([{ patterns: ['*'] }, { patterns: [Repository.show(other)] }, { patterns: [arn] }])
  })
})

describe('the failures of a verdict', () => {
  it('are told as API and client tell them, each with its cause and mend', () => {
    const [layers, ...more] = failures(
      canPull(of({ identityPolicies: [doc(token, identity('Allow', ['ecr:BatchGetImage'], ['*']))] }), app),
    )
    expect(more).toEqual([])
    expect(layers).toMatchObject({
      id: 'layers-missing',
      caller: node,
      action: 'ecr:GetDownloadUrlForLayer',
      resource: arn,
      policyType: 'IdentityPolicy',
      explicit: false,
      api: `An error occurred (AccessDeniedException) when calling the GetDownloadUrlForLayer operation: User: ${node} is not authorized to perform: ecr:GetDownloadUrlForLayer on resource: ${arn} because no identity-based policy allows the ecr:GetDownloadUrlForLayer action`,
      mend: [`in an identity-based policy of ${node}, on ${arn}, allow ecr:GetDownloadUrlForLayer`],
    })
    expect(layers?.client).toMatch(/^failed to copy: httpReadSeeker: failed open: .*: 403 Forbidden$/)
  })

  it('a token scoped to repositories is told apart from one that is missing (EC-1)', () => {
    const scoped = of({ identityPolicies: [doc(identity('Allow', ['ecr:*'], [arn]))] })
    expect(failures(canPull(scoped, app)).map(({ id }) => id)).toEqual(['token-scoped'])
    const elsewhere = ['StringEquals', 'aws:RequestedRegion', 'us-east-1'] as const
    const conditional = of({ identityPolicies: [doc(identity('Allow', ['ecr:Get*'], ['*'], elsewhere))] })
    expect(failures(canPull(conditional, app))[0]?.id).toBe('token-missing')
  })

  it('tell a manifest that a push looks for from one that is pulled (EX-7)', () => {
    const held = of({
      identityPolicies: [doc(token, identity('Allow', ['ecr:*Layer*', 'ecr:PutImage'], ['*']))],
    })
    const told = (id: 'push' | 'pull-tag' | 'push-index') =>
      failures(can(id, held, app)).find(({ action }) => action === 'ecr:BatchGetImage')
    expect(told('push')).toMatchObject({
      id: 'manifest-read-missing-on-push',
      client: expect.stringMatching(/^failed to push/) as string,
    })
    expect(told('push-index')?.id).toBe('manifest-read-missing-on-push')
    expect(told('pull-tag')).toMatchObject({
      id: 'pull-missing',
      client: expect.stringContaining('pull access denied') as string,
    })
  })

  it('are those of nobody’s task and function', () => {
    expect(failures(canPull(of({}), app))[0]?.id).toBe('token-missing')
    expect(failures(canPull(of({ identityPolicies: [puller] }), foreign))[0]?.id).toBe(
      'owner-has-not-granted',
    )
  })

  it('a Deny is the cause of what it refuses, whatever allows it', () => {
    const full = doc(identity('Allow', ['*'], ['*']), identity('Deny', ['ecr:BatchGetImage'], ['*']))
    expect(failures(canPull(of({ identityPolicies: [full] }), app))).toMatchObject([
      { id: 'explicit-deny', action: 'ecr:BatchGetImage', policyType: 'IdentityPolicy', explicit: true },
    ])
  })

  it('a silent SCP is worded as a deny (EX-41)', () => {
    const held = of({ identityPolicies: [puller], serviceControlPolicies: [[doc(token)]] })
    const [first] = failures(canPull(held, app))
    expect([first?.id, first?.explicit]).toEqual(['organization-guard-rail', true])
    expect(first?.api).toBe(
      `An error occurred (AccessDeniedException) when calling the BatchGetImage operation: User: ${node} is not authorized to perform: ecr:BatchGetImage on resource: ${arn} with an explicit deny in a service control policy`,
    )
  })
})
