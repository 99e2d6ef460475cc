import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { Document, Ecr, Policy, Simulator } from '../../src/index.js'
import { anyscale } from '../../docs/examples/seeds/anyscale.js'
import {
  ask,
  asked,
  mend,
  places,
  repositoryIn,
  wholeOf,
  type Where,
} from '../../docs/examples/seeds/answers.js'
import { deckhouse, deckhouseRussian } from '../../docs/examples/seeds/deckhouse.js'
import { ecs } from '../../docs/examples/seeds/ecs.js'
import { report } from '../../docs/examples/seeds/report.js'
import { home, operations, type OperationId, type Seed } from '../../docs/examples/seeds/Seed.js'
import { workshop } from '../../docs/examples/seeds/workshop.js'

const seeds = [deckhouse, deckhouseRussian, anyscale, workshop, ecs]
const root = fileURLToPath(new URL('../..', import.meta.url))

const settingOf = ({ settings }: Seed, name: string) => {
  const found = settings.find((setting) => setting.name === name)
  if (found === undefined) throw new Error(`no setting ${name}`)
  return found
}

// ---- the matrix: what is allowed; everything else is denied ----
//
// Without a repository policy nobody from elsewhere gets in (EX-32); in one account either side will do, across accounts
// it takes both (EX-37), action by action (EX-3). The token comes from the identity side alone (EX-2). A manifest inspect
// needs what a pull needs (EX-13), a listing of tags ListImages (EX-14), a pull through a cache one action more (EX-17).

const pulls: readonly OperationId[] = ['pull-tag', 'pull-warm', 'docker-manifest-inspect']
const pullsAndTags: readonly OperationId[] = [...pulls, 'tag-list']
const none: readonly OperationId[] = []

type Row = readonly [seed: Seed, setting: string, where: Where, allowed: readonly OperationId[]]

const deckhouseRows = (seed: Seed): readonly Row[] => [
  [seed, 'I', 'same account', ['pull-warm']],
  [seed, 'I', 'cross account', none],
  [seed, 'R', 'same account', none],
  [seed, 'R', 'cross account', none],
  [seed, 'I + R', 'same account', pullsAndTags],
  [seed, 'I + R', 'cross account', ['pull-warm']],
]

const rows: readonly Row[] = [
  ...deckhouseRows(deckhouse),
  ...deckhouseRows(deckhouseRussian),
  [anyscale, 'I', 'same account', pullsAndTags],
  [anyscale, 'I', 'cross account', none],
  [anyscale, 'R', 'same account', none],
  [anyscale, 'R', 'cross account', none],
  [anyscale, 'I + R', 'same account', pullsAndTags],
  [anyscale, 'I + R', 'cross account', pullsAndTags],
  [workshop, 'write', 'same account', ['push-legacy', 'push-existing-layers']],
  [workshop, 'write', 'cross account', none],
  [workshop, 'typed', 'same account', ['pull-warm', 'tag-list', 'push-existing-layers']],
  [workshop, 'typed', 'cross account', none],
  [
    workshop,
    'clicked',
    'same account',
    ['pull-warm', 'tag-list', 'push', 'push-legacy', 'push-existing-layers'],
  ],
  [workshop, 'clicked', 'cross account', none],
  ...['EC2', 'Fargate', 'minimum'].flatMap((setting): readonly Row[] => [
    [ecs, setting, 'same account', pulls],
    [ecs, setting, 'cross account', none],
  ]),
]

const cells = rows.flatMap(([seed, setting, where, allowed]) =>
  asked.map((operation) => ({
    name: `${seed.id} ${setting}, ${where}: ${operations[operation]}`,
    answer: allowed.includes(operation) ? 'yes' : 'no',
    verdict: () => ask(seed, settingOf(seed, setting), where, operation),
  })),
)

describe('operations by account and policies in force', () => {
  it('are all asked', () => {
    const every = seeds.flatMap(({ id, settings }) =>
      settings.flatMap(({ name }) => places.map((where) => `${id} ${name}, ${where}`)),
    )
    expect(rows.map(([{ id }, name, where]) => `${id} ${name}, ${where}`)).toStrictEqual(every)
    expect(cells).toHaveLength(5 * 3 * 2 * 9)
  })

  it.each(cells)('$name: $answer', ({ answer, verdict }) => {
    expect(verdict().allowed).toBe(answer === 'yes')
  })
})

// ---- the reasons ----

/** Which statement allows each action (`I1.1`: identity policy 1, statement 1), or which sides lack an Allow. */
const reasons = ({ steps }: Ecr.Verdict) =>
  Object.fromEntries(
    steps.map(({ action, decision: { reason } }) => [
      action.replace('ecr:', ''),
      reason._tag === 'AllowedBy'
        ? reason.statements.map(({ policyType, document, statement }) =>
            policyType === 'IdentityPolicy'
              ? `I${String(document + 1)}.${String(statement + 1)}`
              : `R.${String(statement + 1)}`,
          )
        : reason._tag === 'NoAllow'
          ? reason.lacking.map(({ policyType }) => `no ${policyType}`)
          : [reason._tag],
    ]),
  )

const noI = ['no IdentityPolicy']
const noR = ['no ResourcePolicy']
const neither = ['no IdentityPolicy', 'no ResourcePolicy']
const uploads = (why: readonly string[]) => ({
  InitiateLayerUpload: why,
  UploadLayerPart: why,
  CompleteLayerUpload: why,
})

type Reason = readonly [
  seed: Seed,
  setting: string,
  where: Where,
  operation: OperationId,
  reasons: Readonly<Record<string, readonly string[]>>,
]

const deckhouseReasons = (seed: Seed): readonly Reason[] => [
  [
    seed,
    'I + R',
    'same account',
    'pull-tag',
    { GetAuthorizationToken: ['I1.1'], BatchGetImage: ['I1.1'], GetDownloadUrlForLayer: ['R.1'] },
  ],
  [
    seed,
    'I + R',
    'cross account',
    'pull-tag',
    { GetAuthorizationToken: ['I1.1'], BatchGetImage: ['I1.1', 'R.1'], GetDownloadUrlForLayer: noI },
  ],
  [
    seed,
    'I',
    'same account',
    'pull-tag',
    { GetAuthorizationToken: ['I1.1'], BatchGetImage: ['I1.1'], GetDownloadUrlForLayer: noI },
  ],
  [
    seed,
    'R',
    'same account',
    'pull-tag',
    { GetAuthorizationToken: noI, BatchGetImage: ['R.1'], GetDownloadUrlForLayer: ['R.1'] },
  ],
  [seed, 'I + R', 'cross account', 'tag-list', { GetAuthorizationToken: ['I1.1'], ListImages: noI }],
  [
    seed,
    'I + R',
    'same account',
    'push',
    {
      GetAuthorizationToken: ['I1.1'],
      BatchCheckLayerAvailability: ['R.1'],
      ...uploads(noI),
      PutImage: noI,
      BatchGetImage: ['I1.1'],
    },
  ],
  [seed, 'I + R', 'cross account', 'delete-image', { BatchDeleteImage: neither }],
]

describe('why, per API action', () => {
  it.each<Reason>([
    ...deckhouseReasons(deckhouse),
    ...deckhouseReasons(deckhouseRussian),
    [
      anyscale,
      'I + R',
      'cross account',
      'pull-tag',
      {
        GetAuthorizationToken: ['I1.1'],
        BatchGetImage: ['I1.1', 'R.1'],
        GetDownloadUrlForLayer: ['I1.1', 'R.1'],
      },
    ],
    [
      anyscale,
      'I',
      'cross account',
      'pull-tag',
      { GetAuthorizationToken: ['I1.1'], BatchGetImage: noR, GetDownloadUrlForLayer: noR },
    ],
    [
      anyscale,
      'R',
      'cross account',
      'pull-tag',
      { GetAuthorizationToken: noI, BatchGetImage: noI, GetDownloadUrlForLayer: noI },
    ],
    [
      anyscale,
      'I + R',
      'same account',
      'ptc-later-pull',
      {
        GetAuthorizationToken: ['I1.1'],
        BatchGetImage: ['I1.1'],
        GetDownloadUrlForLayer: ['I1.1'],
        BatchImportUpstreamImage: noI,
      },
    ],
    [
      workshop,
      'clicked',
      'same account',
      'pull-tag',
      { GetAuthorizationToken: ['I1.2', 'I2.2'], BatchGetImage: ['I1.1'], GetDownloadUrlForLayer: noI },
    ],
    [
      workshop,
      'clicked',
      'cross account',
      'pull-tag',
      {
        GetAuthorizationToken: ['I1.2', 'I2.2'],
        BatchGetImage: neither,
        GetDownloadUrlForLayer: neither,
      },
    ],
    [
      workshop,
      'typed',
      'same account',
      'push',
      {
        GetAuthorizationToken: ['I1.2', 'I2.2'],
        BatchCheckLayerAvailability: ['I2.1'],
        ...uploads(['I2.1']),
        InitiateLayerUpload: noI,
        PutImage: ['I2.1'],
        BatchGetImage: ['I1.1'],
      },
    ],
    [
      workshop,
      'clicked',
      'same account',
      'push',
      {
        GetAuthorizationToken: ['I1.2', 'I2.2'],
        BatchCheckLayerAvailability: ['I2.1'],
        ...uploads(['I2.1']),
        PutImage: ['I2.1'],
        BatchGetImage: ['I1.1'],
      },
    ],
    [workshop, 'clicked', 'same account', 'delete-image', { BatchDeleteImage: noI }],
    [
      ecs,
      'minimum',
      'same account',
      'pull-tag',
      { GetAuthorizationToken: ['I1.1'], BatchGetImage: ['I1.1'], GetDownloadUrlForLayer: ['I1.1'] },
    ],
    [
      ecs,
      'minimum',
      'cross account',
      'pull-tag',
      { GetAuthorizationToken: ['I1.1'], BatchGetImage: noR, GetDownloadUrlForLayer: noR },
    ],
    [ecs, 'minimum', 'same account', 'tag-list', { GetAuthorizationToken: ['I1.1'], ListImages: noI }],
  ])('%# $0.id $1, $2: $3', (seed, setting, where, operation, expected) => {
    expect(reasons(ask(seed, settingOf(seed, setting), where, operation))).toStrictEqual(expected)
  })

  it('is told in the words of AWS, which names one policy type (EX-41)', () => {
    const failed = ask(deckhouse, wholeOf(deckhouse), 'cross account', 'pull-tag').steps.at(-1)
    expect(failed === undefined ? '' : Simulator.sentence(failed.decision)).toBe(
      'User: arn:aws:iam::111122223333:role/prod-node is not authorized to perform: ecr:GetDownloadUrlForLayer on resource: arn:aws:ecr:eu-west-1:444455556666:repository/app because no identity-based policy allows the ecr:GetDownloadUrlForLayer action',
    )
  })
})

// ---- mends ----

describe('mends', () => {
  const denied = rows.flatMap(([seed, setting, where, allowed]) =>
    asked
      .filter((operation) => !allowed.includes(operation))
      .map((operation) => ({ seed, setting: settingOf(seed, setting), where, operation })),
  )

  it('what a verdict calls missing is all that is missing: with it every no becomes a yes', () => {
    expect(denied.length).toBeGreaterThan(200)
    const unmended = denied.filter((one) => {
      const { after } = mend(one.seed, one.setting, one.where, one.operation)
      return !after.allowed
    })
    expect(unmended).toStrictEqual([])
  })

  it('of 000 across accounts one action on one side is missing', () => {
    const { identity, repository } = mend(deckhouse, wholeOf(deckhouse), 'cross account', 'pull-tag')
    expect({ identity, repository }).toStrictEqual({
      identity: [
        {
          resource: 'arn:aws:ecr:eu-west-1:444455556666:repository/app',
          actions: ['ecr:GetDownloadUrlForLayer'],
        },
      ],
      repository: [],
    })
  })

  it('000 pulls across accounts once additionalRolePolicies has GetDownloadUrlForLayer too', () => {
    const setting = wholeOf(deckhouse)
    const more = Policy.identityOrThrow([
      Policy.allow({ action: 'ecr:GetDownloadUrlForLayer', resource: '*' }),
    ])
    const mended = { ...setting, identity: [...setting.identity, more] }
    expect(ask(deckhouse, mended, 'cross account', 'pull-tag').allowed).toBe(true)
  })

  it.each(['role', 'account'])('003 and 004 are mended by a repository policy for the %s', (principal) => {
    const granting = (
      seed: Seed,
      action: readonly ('ecr:BatchGetImage' | 'ecr:GetDownloadUrlForLayer')[],
    ) => ({
      ...wholeOf(seed),
      repository: Policy.resourceOrThrow([
        Policy.allow({ principal: principal === 'role' ? seed.role : home, action }),
      ]),
    })
    const pair = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] as const
    // SA-6: in its own account the account as principal leaves the question to the identity policy
    const layers = granting(workshop, ['ecr:GetDownloadUrlForLayer'])
    expect(ask(workshop, layers, 'same account', 'pull-tag').allowed).toBe(principal === 'role')
    expect(ask(ecs, granting(ecs, pair), 'cross account', 'pull-tag').allowed).toBe(true)
    expect(ask(workshop, granting(workshop, pair), 'cross account', 'pull-tag').allowed).toBe(false)
  })

  it('004 pulls across accounts under a registry policy of scope V2, and not of V1 (EC-6, EX-37)', () => {
    const [identity] = wholeOf(ecs).identity
    const registryPolicy = Policy.resourceOrThrow([
      Policy.allow({
        principal: ecs.role,
        action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resource: 'arn:aws:ecr:eu-west-1:444455556666:repository/*',
      }),
    ])
    const under = (registryPolicyScope: 'V1' | 'V2') =>
      Ecr.canPull(
        Ecr.accessOrThrow({
          principal: ecs.role,
          identityPolicies: identity === undefined ? [] : [identity],
          registryPolicy,
          facts: { registryPolicyScope },
        }),
        repositoryIn('cross account'),
      ).allowed
    expect([under('V1'), under('V2')]).toStrictEqual([false, true])
  })
})

describe('further answers', () => {
  const access = Ecr.accessOrThrow({
    principal: workshop.role,
    identityPolicies: wholeOf(workshop).identity,
  })
  it.each([
    ['manifest-head', true], // EX-12
    ['retag-api', true],
    ['delete-image-http', false],
  ] as const)('003 %s: %s', (operation, allowed) => {
    expect(Ecr.can(operation, access, repositoryIn('same account')).allowed).toBe(allowed)
  })

  it('a first pull through a cache takes more than 002 has (EX-17)', () => {
    const { identity, repository } = wholeOf(anyscale)
    const reader = Ecr.accessOrThrow({
      principal: anyscale.role,
      identityPolicies: identity,
      resourcePolicy: repository,
    })
    const { missing } = Ecr.can('ptc-first-pull', reader, repositoryIn('same account'))
    expect(missing.map(({ action }) => action)).toStrictEqual([
      'ecr:BatchImportUpstreamImage',
      'ecr:CreateRepository',
    ])
  })

  it('canPull and canPush say the same as the table', () => {
    const push = Ecr.canPush(access, repositoryIn('same account'))
    const classic = Ecr.canPush(access, repositoryIn('cross account'), { client: 'classic' })
    const pull = Ecr.canPull(access, repositoryIn('same account'), { layers: 'cached' })
    expect([push, classic, pull].map(({ allowed }) => allowed)).toStrictEqual([true, false, true])
  })

  it('the ARN that 002 has one copy names a session, and another session of the role is not let in (PR-5)', () => {
    const printed = anyscale.printed[1]
    const repository = Document.parseOrThrow(printed?.text, 'ecr-repository')
    const setting = { ...wholeOf(anyscale), repository }
    const as = (role: string) => ask({ role }, setting, 'cross account', 'pull-tag').allowed
    const session = 'arn:aws:sts::111122223333:assumed-role/cld-1a2b3c-cluster_node_role/'
    expect(as(`${session}i-0123456789abcdef0`)).toBe(true)
    expect(as(`${session}i-0fedcba9876543210`)).toBe(false)
  })
})

// ---- the texts ----

const found = (seed: Seed, index: number): readonly (readonly string[])[] => {
  const printed = seed.printed[index]
  if (printed === undefined) throw new Error('no such policy')
  const result = Document.parse(printed.filled ?? printed.text, printed.kind)
  return E.isLeft(result)
    ? result.left.map(({ code, pointer }) => [code, pointer])
    : Ecr.lint(result.right, printed.kind, { owner: home, promises: printed.promises }).map(
        ({ id, pointer }) => [id, pointer],
      )
}

describe('the policies by themselves', () => {
  it.each([
    [deckhouse, 'arn:aws:iam::xxx:role/xxx-node'],
    [deckhouseRussian, 'arn:aws:iam::xxx:role/xxx-node'],
    [anyscale, '<REPLACE_WITH_ARN>'],
  ])('$0.id as printed has no principal that can be saved', (seed, placeholder) => {
    const result = Document.parse(seed.printed[0]?.text, 'ecr-repository')
    expect(E.isLeft(result) ? result.left : []).toMatchObject([
      {
        pointer: '/Statement/0/Principal/AWS',
        code: 'InvalidPrincipal',
        line: 8,
        message: expect.stringContaining(`\`${placeholder}\``) as string,
        suggestion: expect.stringContaining('placeholder') as string,
      },
    ])
  })

  const token = (index: number) => ['no-effect-in-repository-policy', `/Statement/0/Action/${String(index)}`]
  const here = (id: string, statement = 0) => [id, `/Statement/${String(statement)}/Action`]
  const whole = ['broken-promise', '']

  const everywhere = (statement = 0) => ['all-repositories', `/Statement/${String(statement)}/Resource`]

  it.each<readonly [Seed, number, readonly (readonly string[])[]]>([
    [deckhouse, 0, [token(4), here('more-than-a-pull')]],
    [deckhouse, 1, [everywhere(), here('partial-pull')]],
    [anyscale, 0, [token(5), here('more-than-a-pull')]],
    [anyscale, 1, [['session-principal', '/Statement/0/Principal/AWS'], token(5), here('more-than-a-pull')]],
    [anyscale, 2, [everywhere(), here('more-than-a-pull')]],
    [
      workshop,
      0,
      [
        ['unknown-action', '/Statement/0/Action/0'],
        here('partial-pull'),
        whole,
        here('more-than-a-pull'),
        here('more-than-a-pull', 1),
      ],
    ],
    [workshop, 1, [['unknown-action', '/Statement/0/Action/2'], here('partial-push'), whole, whole]],
    [workshop, 2, [here('partial-pull'), whole, here('more-than-a-pull'), here('more-than-a-pull', 1)]],
    [workshop, 3, [here('push-without-manifest'), whole, whole]],
    [ecs, 0, [everywhere()]],
    [ecs, 1, [everywhere(), here('more-than-a-pull')]],
    [ecs, 2, [everywhere(), here('more-than-a-pull')]],
  ])('$0.id, policy %i', (seed, index, expected) => {
    expect(found(seed, index)).toStrictEqual(expected)
  })

  it('the two editions of one page mean the same', () => {
    expect(report(deckhouseRussian)).toContain('interchangeable with those of 000, by proof')
  })
})

describe('npm run demo', () => {
  const run = spawnSync(join(root, 'node_modules/.bin/tsx'), [join('docs', 'examples', 'seeds.ts')], {
    cwd: root,
    encoding: 'utf8',
  })

  it('ends well and prints nothing but its report', () => {
    expect([run.status, run.stderr]).toStrictEqual([0, ''])
  })

  it.each(seeds)('prints $id', (seed) => {
    expect(run.stdout).toContain(`${seed.id}  ${seed.title}`)
    expect(run.stdout).toContain(report(seed))
  })

  it('suggests the names that were meant', () => {
    expect(run.stdout).toContain('did you mean `ecr:DescribeImages`?')
    expect(run.stdout).toContain('did you mean `ecr:InitiateLayerUpload`?')
  })

  it('fits a terminal of 112 columns', () => {
    expect(run.stdout.split('\n').filter((line) => line.length > 112)).toStrictEqual([])
  })
})
