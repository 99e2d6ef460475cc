import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { Inventory, Terraform } from '../../../src/interop.js'

type Options = Terraform.TerraformOptions

const account = '111122223333'
const here: Options = { accountId: account, region: 'eu-west-1' }
const login = { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' }
const pullOf = (Resource: unknown) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      login,
      { Effect: 'Allow', Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], Resource },
    ],
  })
const appArn = `arn:aws:ecr:eu-west-1:${account}:repository/app`

interface Made {
  readonly address: string
  readonly values: object
  readonly unknown?: object
  readonly expressions?: object
}

const made = (address: string, values: object, unknown: object = {}, expressions: object = {}): Made => ({
  address,
  values,
  unknown,
  expressions,
})
const refs = (...references: string[]) => ({
  references: references.flatMap((one) => [one, one.slice(0, one.lastIndexOf('.'))]),
})

const own = (address: string): string => address.replace(/^module\.[^.]+\./, '')
const resourceOf = ({ address, values }: Made) => {
  const [type, name] = own(address).replace('data.', '').split('.')
  return { address, mode: own(address).startsWith('data.') ? 'data' : 'managed', type, name, values }
}
const configOf = ({ address, expressions = {} }: Made) => ({
  ...resourceOf({ address: own(address).replace(/\[.*\]/, ''), values: {} }),
  expressions,
})

/** A plan as Terraform 1.x prints it, the root module and one child. */
const planOf = (
  root: readonly Made[],
  child: readonly Made[] = [],
  call: object = {},
  outputs: object = {},
): object => ({
  format_version: '1.2',
  planned_values: {
    root_module: {
      resources: root.map(resourceOf),
      child_modules: [{ address: 'module.child', resources: child.map(resourceOf) }],
    },
  },
  resource_changes: [...root, ...child].map(({ address, values, unknown }) => ({
    address,
    change: { actions: ['create'], before: null, after: values, after_unknown: unknown },
  })),
  configuration: {
    provider_config: { aws: { name: 'aws', expressions: { region: { constant_value: 'eu-west-1' } } } },
    root_module: {
      resources: root.map(configOf),
      module_calls: {
        child: { source: './child', expressions: call, module: { resources: child.map(configOf), outputs } },
      },
    },
  },
})

const repo = made(
  'aws_ecr_repository.app',
  { name: 'app' },
  { arn: true, id: true, registry_id: true, repository_url: true },
)
const role = made(
  'aws_iam_role.node',
  { name: 'node', path: '/', assume_role_policy: '{}' },
  { arn: true, id: true, unique_id: true, inline_policy: true, managed_policy_arns: true, tags_all: true },
  { name: { constant_value: 'node' } },
)
const toRole = { role: refs('aws_iam_role.node.name') }
const inline = (policy: string) =>
  made('aws_iam_role_policy.p', { name: 'p', role: 'node', policy }, { id: true }, toRole)

const ask = (plan: object, options: Options = here): unknown => {
  const answer = Inventory.canPull({ principal: 'aws_iam_role.node', repository: 'aws_ecr_repository.app' })(
    Terraform.inventoryOrThrow(plan, options),
  )
  if (E.isLeft(answer)) return answer.left.map(({ code }) => code)
  return answer.right._tag === 'Known'
    ? answer.right.verdict.allowed
    : answer.right.gaps.map(({ code, subject }) => `${code} ${subject}`)
}

const document = (unknownResources: unknown, resources: unknown, more: object = {}) =>
  made(
    'data.aws_iam_policy_document.d',
    {
      version: null,
      source_policy_documents: null,
      statement: [
        {
          sid: null,
          effect: 'Allow',
          actions: ['ecr:GetAuthorizationToken'],
          not_actions: [],
          resources: ['*'],
          not_resources: null,
          principals: [],
          not_principals: [],
          condition: [],
        },
        {
          effect: null,
          actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
          resources,
          condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['true'] }],
        },
      ],
      ...more,
    },
    { id: true, json: true, statement: [{}, { resources: unknownResources }] },
    { statement: [{ actions: {} }, { resources: refs('aws_ecr_repository.app.arn') }] },
  )
const fromData = made(
  'aws_iam_role_policy.p',
  { name: 'p', role: 'node' },
  { policy: true },
  { ...toRole, policy: refs('data.aws_iam_policy_document.d.json') },
)

describe('a plan', () => {
  const managed = made(
    'aws_iam_policy.m',
    { name: 'm', path: '/', policy: pullOf('*') },
    { arn: true, id: true },
  )
  const attach = (policy_arn: object) =>
    made(
      'aws_iam_role_policy_attachment.a',
      { role: 'node' },
      { id: true, policy_arn: true },
      { ...toRole, policy_arn },
    )
  it.each<readonly [string, readonly Made[], unknown]>([
    ['an inline policy', [inline(pullOf(appArn))], true],
    ['no policy', [], false],
    ['a policy that will be attached', [managed, attach(refs('aws_iam_policy.m.arn'))], true],
    ['an attachment by id', [managed, attach(refs('aws_iam_policy.m.id'))], true],
    [
      'a policy of AWS',
      [
        made(
          'aws_iam_role_policy_attachment.a',
          { role: 'node', policy_arn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly' },
          {},
          toRole,
        ),
      ],
      true,
    ],
    [
      'a policy of AWS that nobody gave',
      [
        made(
          'aws_iam_role_policy_attachment.a',
          { role: 'node', policy_arn: 'arn:aws:iam::aws:policy/Some' },
          {},
          toRole,
        ),
      ],
      ['UnknownManagedPolicy arn:aws:iam::aws:policy/Some'],
    ],
    [
      'a policy of which the reference is not plain',
      [managed, attach({ references: ['aws_iam_policy.m.arn', 'aws_iam_policy.m', 'var.x'] })],
      ['KnownAfterApply aws_iam_role_policy_attachment.a.policy_arn'],
    ],
    [
      'an attachment to many',
      [
        managed,
        made(
          'aws_iam_policy_attachment.a',
          {},
          { roles: [true], policy_arn: true },
          { roles: refs('aws_iam_role.node.id'), policy_arn: refs('aws_iam_policy.m.arn') },
        ),
      ],
      true,
    ],
    [
      'a policy that is known after apply',
      [
        made(
          'aws_iam_role_policy.p',
          { name: 'p', role: 'node' },
          { policy: true },
          { ...toRole, policy: { references: ['local.p'] } },
        ),
      ],
      ['KnownAfterApply aws_iam_role_policy.p.policy'],
    ],
    [
      'a role of which the attachment is not known',
      [
        made(
          'aws_iam_role_policy.p',
          { name: 'p', policy: pullOf('*') },
          { role: true },
          { role: { references: ['var.who'] } },
        ),
      ],
      ['KnownAfterApply aws_iam_role_policy.p.role'],
    ],
  ])('%s', (_, more, expected) => {
    expect(ask(planOf([repo, role, ...more]))).toStrictEqual(expected)
  })

  it.each<readonly [string, readonly Made[], unknown]>([
    ['with a repository that is made', [document(true, undefined), fromData], true],
    ['with a list that is known in part', [document([true], [null]), fromData], true],
    [
      'of others',
      [document(true, undefined, { source_policy_documents: ['{}'] }), fromData],
      ['KnownAfterApply data.aws_iam_policy_document.d.json'],
    ],
    [
      'with something else',
      [{ ...document(true, undefined), expressions: {} }, fromData],
      ['KnownAfterApply data.aws_iam_policy_document.d.statement/1.resources'],
    ],
  ])('reads a policy document %s where references are said to be plain', (_, more, expected) => {
    const plan = planOf([repo, role, ...more])
    expect(ask(plan, { ...here, plainReferences: true })).toStrictEqual(expected)
    expect(ask(plan)).toStrictEqual(['KnownAfterApply aws_iam_role_policy.p.policy'])
  })

  it('reads the policy of a repository', () => {
    const deny = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 'ecr:BatchGetImage' }],
    })
    const policy = made(
      'aws_ecr_repository_policy.p',
      { policy: deny },
      { repository: true, registry_id: true },
      { repository: refs('aws_ecr_repository.app.name') },
    )
    expect(ask(planOf([repo, role, inline(pullOf('*')), policy]))).toBe(false)
    const vague = made('aws_ecr_repository_policy.p', { repository: 'app' }, { policy: true }, {})
    expect(ask(planOf([repo, role, inline(pullOf('*')), vague]))).toStrictEqual([
      'KnownAfterApply aws_ecr_repository_policy.p.policy',
    ])
  })

  it('follows variables and outputs of modules', () => {
    const inChild = made(
      'module.child.aws_iam_role_policy_attachment.a',
      { role: 'node' },
      { policy_arn: true },
      { policy_arn: { references: ['var.arn'] } },
    )
    const plan = planOf([repo, role, managed], [inChild], { arn: refs('aws_iam_policy.m.arn') })
    expect(ask(plan)).toBe(true)
    const childPolicy = { ...managed, address: 'module.child.aws_iam_policy.m' }
    const out = planOf(
      [repo, role, attach({ references: ['module.child.arn', 'module.child'] })],
      [childPolicy],
      {},
      { arn: { expression: refs('aws_iam_policy.m.arn') } },
    )
    expect(ask(out)).toBe(true)
  })

  it('does not choose among several instances', () => {
    const many = [`aws_iam_policy.m[0]`, `aws_iam_policy.m[1]`].map((address) => ({ ...managed, address }))
    expect(ask(planOf([repo, role, ...many, attach({ references: ['aws_iam_policy.m'] })]))).toStrictEqual([
      'KnownAfterApply aws_iam_role_policy_attachment.a.policy_arn',
    ])
    expect(ask(planOf([repo, role, ...many.slice(0, 1), attach(refs('aws_iam_policy.m.arn'))]))).toBe(true)
  })

  it('takes the account from the caller, and the Region from the provider', () => {
    const caller = made('data.aws_caller_identity.me', { account_id: account })
    expect(ask(planOf([repo, role, inline(pullOf(appArn)), caller]), {})).toBe(true)
    expect(ask(planOf([repo, role, inline(pullOf(appArn))]), {})).toStrictEqual(['UnknownName'])
  })

  it('takes what it is told of values', () => {
    const vague = made('aws_iam_role_policy.p', { name: 'p', role: 'node' }, { policy: true }, toRole)
    expect(
      ask(planOf([repo, role, vague]), { ...here, values: { 'aws_iam_role_policy.p.policy': pullOf('*') } }),
    ).toBe(true)
  })
})

describe('a state', () => {
  const stateOf = (...all: readonly Made[]) => ({
    format_version: '1.0',
    terraform_version: '1.9.0',
    values: { root_module: { resources: all.map(resourceOf) } },
  })
  const known = [
    made('aws_ecr_repository.app', { name: 'app', arn: appArn, registry_id: account, tags_all: {} }),
    made('aws_iam_role.node', {
      name: 'node',
      arn: `arn:aws:iam::${account}:role/node`,
      inline_policy: [{ name: '', policy: '' }],
      managed_policy_arns: [],
      permissions_boundary: '',
      tags_all: {},
    }),
  ]
  it('needs nothing besides', () => {
    expect(ask(stateOf(...known, inline(pullOf(appArn))), {})).toBe(true)
  })

  it('has boundaries, groups and users', () => {
    const user = made('aws_iam_user.u', {
      name: 'u',
      arn: `arn:aws:iam::${account}:user/u`,
      permissions_boundary: `arn:aws:iam::${account}:policy/b`,
    })
    const all = [
      ...known,
      user,
      made('aws_iam_group.g', { name: 'g', arn: `arn:aws:iam::${account}:group/g` }),
      made('aws_iam_group_policy.p', { group: 'g', policy: pullOf('*') }),
      made('aws_iam_user_group_membership.m', { user: 'u', groups: ['g'] }),
    ]
    const boundary = (policy: string) =>
      made('data.aws_iam_policy.b', { arn: `arn:aws:iam::${account}:policy/b`, policy })
    const pulls = (...more: readonly Made[]) => {
      const answer = Inventory.canPull({ principal: 'u', repository: appArn })(
        Terraform.inventoryOrThrow(stateOf(...all, ...more)),
      )
      return (
        E.isRight(answer) &&
        (answer.right._tag === 'Known'
          ? answer.right.verdict.allowed
          : answer.right.gaps.map(({ code }) => code))
      )
    }
    expect(pulls(boundary(pullOf('*')))).toBe(true)
    expect(pulls(boundary(pullOf('arn:aws:ecr:::nothing')))).toBe(false)
    expect(pulls()).toStrictEqual(['UnknownManagedPolicy'])
  })

  it.each([null, 7, {}, { values: {} }, 'x'])('is not %j', (input) => {
    expect(E.isLeft(Terraform.inventory(input))).toBe(true)
  })
})
