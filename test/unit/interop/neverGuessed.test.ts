/** What a source does not tell is unknown, and never left out: inputs that invite a guess. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import * as YAML from 'yaml'
import { Context } from '../../../src/index.js'
import { Cdk, CloudFormation, Inventory, Sdk, Terraform } from '../../../src/interop.js'

const account = '111122223333'
const region = 'eu-west-1'
const app = `arn:aws:ecr:${region}:${account}:repository/app`
const iam = (resource: string): string => `arn:aws:iam::${account}:${resource}`
const pullActions = ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const statement = (Effect: string, more: object = {}) => ({
  Effect,
  Action: pullActions,
  Resource: '*',
  ...more,
})
const policy = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement })
const canPull = policy(statement('Allow'))
const noPull = policy(statement('Deny'))
const pullOnly = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly'

type Question = Parameters<typeof Inventory.canPull>[0]

/** `true` or `false`, the codes of the gaps that decide, or those of the refusal after an exclamation mark. */
const asked = (inventory: Inventory.Inventory, question: Question): unknown => {
  const answer = Inventory.canPull(question)(inventory)
  const codes = (gaps: readonly Inventory.Gap[]): readonly string[] =>
    Array.from(new Set(gaps.map(({ code }) => code)))
  if (E.isLeft(answer)) return ['!', ...codes(answer.left)]
  return answer.right._tag === 'Known' ? answer.right.verdict.allowed : codes(answer.right.gaps)
}

// ---- Terraform ----

interface Made {
  readonly address: string
  readonly type?: string
  readonly values: object
  readonly unknown?: object
  readonly expressions?: object
  readonly more?: object
}

const typeOf = ({ address }: Made): string => address.replace(/^data\./, '').split('.')[0] ?? ''
const planOf = (all: readonly Made[], more: object = {}, changes: readonly object[] = []) => ({
  planned_values: {
    root_module: {
      resources: all.map((one) => ({
        address: one.address,
        mode: one.address.startsWith('data.') ? 'data' : 'managed',
        type: typeOf(one),
        values: one.values,
        ...one.more,
      })),
    },
  },
  resource_changes: [
    ...all.map(({ address, unknown = {} }) => ({
      address,
      change: { actions: ['create'], after_unknown: unknown },
    })),
    ...changes,
  ],
  configuration: {
    root_module: {
      resources: all.map(({ address, expressions = {}, more = {} }) => ({
        address: address.replace(/\[.*\]$/, ''),
        expressions,
        ...more,
      })),
    },
  },
  ...more,
})
const refs = (...references: string[]) => ({
  references: references.flatMap((one) => [one, one.slice(0, one.lastIndexOf('.'))]),
})
const tfRole = (name: string, values: object = {}, unknown: object = {}): Made => ({
  address: `aws_iam_role.${name}`,
  values: { name, ...values },
  unknown: { arn: true, id: true, ...unknown },
})
const tfRepo: Made = {
  address: 'aws_ecr_repository.app',
  values: { name: 'app' },
  unknown: { arn: true, id: true },
}
const tfInline = (name: string, role: string, json: object = canPull): Made => ({
  address: `aws_iam_role_policy.${name}`,
  values: { name, role, policy: JSON.stringify(json) },
})
const tfPolicy: Made = {
  address: 'aws_iam_policy.m',
  values: { name: 'm', policy: JSON.stringify(canPull) },
  unknown: { arn: true, id: true },
}
const attach = (expressions: object, values: object = {}, unknown: object = {}): Made => ({
  address: 'aws_iam_role_policy_attachment.a',
  values,
  unknown,
  expressions,
})
const tf = (input: object, name = 'aws_iam_role.node', options: Terraform.TerraformOptions = {}): unknown =>
  asked(Terraform.inventoryOrThrow(input, { accountId: account, region, ...options }), {
    principal: name,
    repository: app,
  })

describe('of Terraform', () => {
  const both = [tfRepo, tfRole('node')]
  const listed = (roles: object): Made => ({
    address: 'aws_iam_policy_attachment.a',
    values: { policy_arn: pullOnly },
    unknown: { roles: true },
    expressions: { roles },
  })
  const perhaps = ['KnownAfterApply']
  it.each<readonly [string, object, unknown]>([
    [
      'a policy that is made of one attribute and more',
      planOf([
        ...both,
        {
          address: 'aws_iam_role_policy.p',
          values: { name: 'p', role: 'node' },
          unknown: { policy: true },
          expressions: { policy: refs('data.aws_iam_policy_document.d.json') },
        },
        { address: 'data.aws_iam_policy_document.d', values: { json: JSON.stringify(canPull) } },
      ]),
      perhaps,
    ],
    [
      'a role that has to be the one that is referred to',
      planOf([
        ...both,
        attach({ role: refs('aws_iam_role.node.id') }, { policy_arn: pullOnly }, { role: true }),
      ]),
      true,
    ],
    [
      'a role that is made of the name of something else',
      planOf([
        ...both,
        attach({ role: refs('aws_ecr_repository.app.id') }, { policy_arn: pullOnly }, { role: true }),
      ]),
      perhaps,
    ],
    [
      'one of two roles',
      planOf([
        ...both,
        tfRole('other'),
        attach(
          { role: refs('aws_iam_role.node.id', 'aws_iam_role.other.id') },
          { policy_arn: pullOnly },
          { role: true },
        ),
      ]),
      perhaps,
    ],
    ['a list that refers to the role', planOf([...both, listed(refs('aws_iam_role.node.id'))]), true],
    [
      'a list that refers to another, and may have more',
      planOf([...both, tfRole('other'), listed(refs('aws_iam_role.other.id'))]),
      perhaps,
    ],
    [
      'a list of managed policies that may have more',
      planOf([
        tfRepo,
        tfPolicy,
        {
          ...tfRole('node', {}, { managed_policy_arns: true }),
          expressions: { managed_policy_arns: refs('aws_iam_policy.m.arn') },
        },
      ]),
      perhaps,
    ],
    [
      'a boundary by reference',
      planOf([
        tfRepo,
        { ...tfPolicy, values: { name: 'm', policy: JSON.stringify(noPull) } },
        {
          ...tfRole('node', {}, { permissions_boundary: true }),
          expressions: { permissions_boundary: refs('aws_iam_policy.m.arn') },
        },
        tfInline('p', 'node'),
      ]),
      false,
    ],
    [
      'an object that is deposed beside the one that is made',
      planOf(
        [
          ...both,
          tfInline('p', 'node'),
          {
            address: 'aws_iam_role_policy.q',
            values: { name: 'q', role: 'node' },
            unknown: { policy: true },
          },
        ],
        {},
        [
          {
            address: 'aws_iam_role_policy.q',
            deposed: 'abc',
            change: { actions: ['delete'], after_unknown: {} },
          },
        ],
      ),
      perhaps,
    ],
    [
      'a policy that is destroyed',
      planOf(both, {}, [
        {
          address: 'aws_iam_role_policy.p',
          type: 'aws_iam_role_policy',
          mode: 'managed',
          change: {
            actions: ['delete'],
            before: tfInline('p', 'node').values,
            after: null,
            after_unknown: {},
          },
        },
      ]),
      false,
    ],
    [
      'a policy that is forgotten, and stays',
      planOf(both, {}, [
        {
          address: 'aws_iam_role_policy.p',
          type: 'aws_iam_role_policy',
          mode: 'managed',
          change: {
            actions: ['forget'],
            before: tfInline('p', 'node').values,
            after: null,
            after_unknown: {},
          },
        },
      ]),
      true,
    ],
    ['a plan for some targets', planOf([...both, tfInline('p', 'node')], { complete: false }), ['Truncated']],
    ['a plan that failed', planOf(both, { errored: true }), ['Truncated']],
    [
      'changes that are put off',
      planOf(both, { deferred_changes: [{ reason: 'x', resource_change: {} }] }),
      ['Truncated'],
    ],
    [
      'a stack of CloudFormation',
      planOf([...both, { address: 'aws_cloudformation_stack.s', values: { template_body: '{}' } }]),
      ['NotRead'],
    ],
    [
      'a policy by the other provider',
      planOf([...both, { address: 'awscc_iam_role_policy.p', values: { role_name: 'node' } }]),
      ['NotRead'],
    ],
    [
      'JSON with a key twice',
      planOf([
        ...both,
        {
          address: 'aws_iam_role_policy.p',
          values: {
            role: 'node',
            policy: '{"Statement":[],"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
          },
        },
      ]),
      ['InvalidPolicy'],
    ],
    [
      'a policy that is null',
      planOf([...both, { address: 'aws_iam_role_policy.p', values: { role: 'node', policy: null } }]),
      ['InvalidPolicy'],
    ],
    [
      'inline policies of a role',
      planOf([tfRepo, tfRole('node', { inline_policy: [{ name: 'a', policy: JSON.stringify(canPull) }] })]),
      true,
    ],
    [
      'an inline policy of which the text is not known',
      planOf([
        tfRepo,
        tfRole('node', { inline_policy: [{ name: 'a' }] }, { inline_policy: [{ policy: true }] }),
      ]),
      perhaps,
    ],
    [
      'a list of inline policies that leaves them be',
      planOf([
        ...both,
        tfInline('p', 'node'),
        { address: 'aws_iam_role_policies_exclusive.e', values: { role_name: 'node', policy_names: ['p'] } },
      ]),
      true,
    ],
    [
      'a role of several by its index',
      planOf([
        tfRepo,
        { ...tfRole('node'), address: 'aws_iam_role.node' },
        { ...tfRole('two'), address: 'aws_iam_role.many["a.b"]' },
        attach(
          { role: { references: ['aws_iam_role.many', 'each.key'] } },
          { policy_arn: pullOnly },
          { role: true },
        ),
      ]),
      perhaps,
    ],
    [
      'what is known of a policy before the plan makes it anew',
      planOf(
        [
          tfRepo,
          tfRole('node', { managed_policy_arns: [iam('policy/m')] }),
          {
            ...tfPolicy,
            values: { name: 'm', arn: iam('policy/m'), policy: JSON.stringify(noPull) },
            unknown: {},
          },
        ],
        {
          prior_state: {
            values: {
              root_module: {
                resources: [
                  {
                    address: 'data.aws_iam_policy.old',
                    mode: 'data',
                    type: 'aws_iam_policy',
                    values: { arn: iam('policy/m'), policy: JSON.stringify(canPull) },
                  },
                ],
              },
            },
          },
        },
      ),
      false,
    ],
  ])('%s', (_, input, expected) => {
    expect(tf(input)).toStrictEqual(expected)
  })

  it('leaves out what it is told to', () => {
    const input = planOf([...both, { address: 'aws_cloudformation_stack.s', values: {} }])
    expect(tf(input, 'aws_iam_role.node', { ignore: ['aws_cloudformation_stack.s'] })).toBe(false)
  })

  it('fills in values wherever they stand', () => {
    const nameless = { ...tfRole('node', { name: undefined }, { name: true }) }
    expect(tf(planOf([tfRepo, nameless, tfInline('p', 'made-up')]))).toStrictEqual(['!', 'UnknownName'])
    const values = { 'aws_iam_role.node.name': 'made-up' }
    expect(tf(planOf([tfRepo, nameless, tfInline('p', 'made-up')]), 'aws_iam_role.node', { values })).toBe(
      true,
    )
  })

  it('keeps the Regions of several providers apart', () => {
    const repoIn = (name: string): Made => ({
      ...tfRepo,
      address: `aws_ecr_repository.${name}`,
      more: { provider_config_key: name },
    })
    const deny: Made = {
      address: 'aws_ecr_repository_policy.p',
      values: {
        repository: 'app',
        policy: JSON.stringify(policy({ Effect: 'Deny', Principal: '*', Action: 'ecr:BatchGetImage' })),
      },
    }
    const providers = (more: Made) => {
      const plan = planOf([repoIn('aws'), repoIn('aws.us'), tfRole('node'), tfInline('p', 'node'), more])
      const provider = (constant_value: string) => ({
        name: 'aws',
        expressions: { region: { constant_value } },
      })
      const provider_config = { aws: provider(region), 'aws.us': provider('us-east-1') }
      return { ...plan, configuration: { ...plan.configuration, provider_config } }
    }
    const inEach = (more: Made): readonly unknown[] => {
      const inventory = Terraform.inventoryOrThrow(providers(more), { accountId: account, partition: 'aws' })
      return ['aws_ecr_repository.aws', 'aws_ecr_repository.aws.us'].map((repository) =>
        asked(inventory, { principal: 'node', repository }),
      )
    }
    expect(inEach({ ...deny, more: { provider_config_key: 'aws.us' } })).toStrictEqual([true, false])
    expect(inEach(deny)).toStrictEqual([['UnresolvedReference'], ['UnresolvedReference']])
  })

  it('reads deposed objects of a state, which AWS still has', () => {
    const [first] = planOf([tfInline('p', 'node')]).planned_values.root_module.resources
    const [role] = planOf([tfRole('node', { arn: iam('role/node') })]).planned_values.root_module.resources
    const deposed = { ...first, deposed_key: 'abc', values: tfInline('p', 'node', noPull).values }
    const state = { values: { root_module: { resources: [role, first, deposed] } } }
    const inventory = Terraform.inventoryOrThrow(state)
    expect(asked(inventory, { principal: 'node', repository: app, resourcePolicy: 'None' })).toBe(false)
  })
})

// ---- CloudFormation ----

const here = { 'AWS::AccountId': account, 'AWS::Region': region }
const repository = { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'app' } }
const roleWith = (more: object = {}, rest: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { RoleName: 'node', ...more },
  ...rest,
})
const inlineOf = (PolicyDocument: unknown) => ({ Policies: [{ PolicyName: 'p', PolicyDocument }] })
const cfn = (resources: object, more: object = {}, parameters: object = {}, question: object = {}): unknown =>
  asked(
    CloudFormation.inventoryOrThrow(
      { Resources: { App: repository, ...resources }, ...more },
      { parameters: { ...here, ...parameters } },
    ),
    { principal: 'Node', repository: 'App', ...question },
  )

describe('of CloudFormation', () => {
  const include = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } } }
  const vague = { Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } } }
  const never = { Conditions: { C: { 'Fn::Equals': ['y', 'x'] } } }
  const oneIf = { 'Fn::If': ['C', statement('Deny'), { Ref: 'AWS::NoValue' }] }
  it.each<readonly [string, object, object, unknown]>([
    [
      'a macro in place of properties',
      { Node: { Type: 'AWS::IAM::Role', Properties: include } },
      {},
      ['!', 'UnknownName'],
    ],
    ['a macro among properties', { Node: roleWith({ ...inlineOf(canPull), ...include }) }, {}, ['NotRead']],
    ['a macro in a resource', { Node: roleWith(inlineOf(canPull), include) }, {}, ['NotRead']],
    ['a macro among the sections', { Node: roleWith(inlineOf(canPull)) }, include, ['NotRead']],
    [
      'a module',
      { Node: roleWith(), M: { Type: 'My::Own::Thing::MODULE', Properties: {} } },
      {},
      ['NotRead'],
    ],
    [
      'a nested application',
      { Node: roleWith(), M: { Type: 'AWS::Serverless::Application' } },
      {},
      ['NotRead'],
    ],
    [
      'a statement that may be',
      { Node: roleWith(inlineOf(policy(statement('Allow'), oneIf))) },
      vague,
      ['UnresolvedReference'],
    ],
    ['a statement that is not', { Node: roleWith(inlineOf(policy(statement('Allow'), oneIf))) }, never, true],
    [
      'a policy whose condition is false',
      {
        Node: roleWith(),
        P: {
          Type: 'AWS::IAM::RolePolicy',
          Condition: 'C',
          Properties: { RoleName: { Ref: 'Node' }, PolicyName: 'p', PolicyDocument: canPull },
        },
      },
      never,
      false,
    ],
    [
      'a policy that may be',
      {
        Node: roleWith(),
        P: {
          Type: 'AWS::IAM::RolePolicy',
          Condition: 'C',
          Properties: { RoleName: { Ref: 'Node' }, PolicyName: 'p', PolicyDocument: canPull },
        },
      },
      vague,
      ['UnknownCondition'],
    ],
    [
      'a repository whose policy may be',
      {
        Node: roleWith(inlineOf(canPull)),
        App: {
          ...repository,
          Properties: {
            RepositoryName: 'app',
            RepositoryPolicyText: {
              'Fn::If': [
                'C',
                policy({ Effect: 'Deny', Principal: '*', Action: 'ecr:*' }),
                { Ref: 'AWS::NoValue' },
              ],
            },
          },
        },
      },
      vague,
      ['UnresolvedReference'],
    ],
    [
      'an item that is out of range',
      { Node: roleWith(inlineOf(policy(statement('Allow', { Resource: { 'Fn::Select': [3, ['*']] } })))) },
      {},
      ['UnresolvedReference'],
    ],
    [
      'a resource that outlives its stack',
      { Node: roleWith(inlineOf(canPull), { DeletionPolicy: 'Retain' }) },
      {},
      true,
    ],
    [
      'a policy attached by name, to a role with a path',
      {
        Node: roleWith({ Path: '/a/' }),
        M: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: ['node'], PolicyDocument: canPull } },
      },
      {},
      true,
    ],
    [
      'a policy attached to somebody, while the name of the role is a parameter',
      {
        Node: roleWith({ RoleName: { Ref: 'P' } }),
        M: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: ['node'], PolicyDocument: canPull } },
      },
      {},
      ['UnresolvedReference'],
    ],
    [
      'a policy attached to somebody that the role cannot be',
      {
        Node: roleWith({ RoleName: { 'Fn::Sub': '${P}-role' } }),
        M: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: ['node'], PolicyDocument: canPull } },
      },
      {},
      false,
    ],
    [
      'tags of the role that are a parameter, which a Deny asks for',
      {
        Node: roleWith({
          Tags: [{ Key: 'env', Value: { Ref: 'P' } }],
          ...inlineOf(
            policy(
              statement('Allow'),
              statement('Deny', { Condition: { StringNotEquals: { 'aws:PrincipalTag/env': 'prod' } } }),
            ),
          ),
        }),
      },
      {},
      ['UnresolvedReference'],
    ],
    [
      'tags of the repository that are a parameter, in a variable',
      {
        Node: roleWith(
          inlineOf(
            policy(
              statement('Allow'),
              statement('Deny', { Resource: 'arn:aws:ecr:*:*:repository/${ecr:ResourceTag/env}' }),
            ),
          ),
        ),
        App: {
          ...repository,
          Properties: { RepositoryName: 'app', Tags: [{ Key: 'env', Value: { Ref: 'P' } }] },
        },
      },
      {},
      ['UnresolvedReference'],
    ],
  ])('%s', (_, resources, more, expected) => {
    const question = { arn: iam('role/node') }
    expect(
      cfn(resources, more, {}, expected instanceof Array && expected[0] === '!' ? {} : question),
    ).toStrictEqual(expected)
  })

  it.each([
    ['AWS::SSM::Parameter::Value<CommaDelimitedList>'],
    ['AWS::SSM::Parameter::Value<List<String>>'],
    ['CommaDelimitedList'],
    ['List<String>'],
  ])('a parameter of type %s is a list', (Type) => {
    const value = CloudFormation.preview(
      { Ref: 'L' },
      { parameters: { L: 'a,b' } },
      { Parameters: { L: { Type } } },
    )
    expect(value).toStrictEqual(['a', 'b'])
  })

  it.each<readonly [string, unknown, unknown]>([
    ['a default that is shown to nobody', { Ref: 'Secret' }, 'x'],
    ['a default that is the name of a parameter', { Ref: 'Stored' }, '${Stored}'],
    [
      'a map by pseudo parameters',
      { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }] },
      'v',
    ],
    ['a dollar sign that is escaped', { 'Fn::Sub': '${!aws:username}/${Secret}' }, '${aws:username}/x'],
    ['text with nothing in it', { 'Fn::Sub': 'a${AWS::NoValue}' }, 'a${AWS::NoValue}'],
  ])('%s', (_, written, expected) => {
    const template = {
      Parameters: {
        Secret: { Type: 'String', NoEcho: true, Default: 'x' },
        Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/b' },
      },
      Mappings: { M: { [region]: { [account]: 'v' } } },
    }
    expect(CloudFormation.preview(written, { parameters: here, defaults: true }, template)).toStrictEqual(
      expected,
    )
  })

  it('does not merge mappings, as CloudFormation does not', () => {
    expect(E.isLeft(CloudFormation.parse('A: &a { B: 1 }\nC: { <<: *a }', { yaml: YAML }))).toBe(true)
  })

  const importing = (stack: string, options: object = {}) => ({
    stack,
    template: { Resources: { Node: roleWith({ RoleName: { 'Fn::ImportValue': 'e' } }) } },
    parameters: here,
    ...options,
  })
  const exporting = (Outputs: object, more: object = {}) => ({
    stack: 'a',
    template: { Resources: {}, Outputs, Conditions: { No: { 'Fn::Equals': ['a', 'b'] } } },
    parameters: here,
    ...more,
  })
  const output = (Value: string, more: object = {}) => ({ Value, Export: { Name: 'e' }, ...more })
  it.each<readonly [string, readonly CloudFormation.Stack[], unknown]>([
    [
      'of an output that holds',
      [exporting({ A: output('x'), B: output('y', { Condition: 'No' }) }), importing('b')],
      iam('role/x'),
    ],
    [
      'of another Region',
      [
        exporting({ A: output('x') }, { parameters: { ...here, 'AWS::Region': 'us-east-1' } }),
        importing('b'),
      ],
      undefined,
    ],
    ['of nobody', [importing('b')], undefined],
  ])('an import is %s', (_, stacks, expected) => {
    const inventory = CloudFormation.inventoryOfStacks(stacks)
    expect(E.isRight(inventory) && inventory.right.principals[0]?.arn).toBe(expected)
  })

  it('tells stacks apart', () => {
    expect(E.isLeft(CloudFormation.inventoryOfStacks([importing('b'), importing('b')]))).toBe(true)
  })

  it.each([
    ['AWS::Serverless::Function'],
    ['AWS::SSO::PermissionSet'],
    ['AWS::Organizations::Policy'],
    ['AWS::Serverless::Connector'],
  ])('reports %s, and that organization and registry are taken to have no policy', (Type) => {
    const inventory = CloudFormation.inventoryOrThrow(
      { Resources: { App: repository, Node: roleWith(inlineOf(canPull)), X: { Type } } },
      { parameters: here },
    )
    expect(inventory.gaps.map(({ code, subject }) => [code, subject])).toStrictEqual([['NotRead', 'X']])
    const answer = Inventory.canPull({ principal: 'Node', repository: 'App' })(inventory)
    expect(E.isRight(answer) && answer.right.assumed).toStrictEqual([
      'RegistryPolicy',
      'ResourceControlPolicies',
      'ServiceControlPolicies',
    ])
  })
})

// ---- SDK ----

const sdkRole = (name: string, more: object = {}) => ({ RoleName: name, Arn: iam(`role/${name}`), ...more })
const listOf = (json: object) => [
  { PolicyName: 'p', PolicyDocument: encodeURIComponent(JSON.stringify(json)) },
]
const answers = { region, repositoryPolicies: [{ registryId: account, repositoryName: 'app' }] }
const described = {
  repositories: [{ repositories: [{ repositoryArn: app, registryId: account, repositoryName: 'app' }] }],
}
const sdk = (details: object, regions: readonly object[] = [answers], question: object = {}): unknown =>
  asked(Sdk.accountOrThrow({ details, regions } as Sdk.AccountShape), {
    principal: 'r',
    repository: app,
    ...question,
  })

describe('of the SDK', () => {
  const versionsOf = (Arn: string, json: object) => ({
    Arn,
    PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: JSON.stringify(json) }],
  })
  const deny = statement('Deny', {
    Action: 'ecr:BatchGetImage',
    Condition: { StringNotEquals: { 'aws:ResourceTag/env': 'prod' } },
  })
  const tagged = {
    RoleDetailList: [sdkRole('r', { RolePolicyList: listOf(policy(statement('Allow'), deny)) })],
  }
  it.each<readonly [string, object, readonly object[], unknown]>([
    [
      'an attachment without ARN, beside a policy without one',
      {
        RoleDetailList: [sdkRole('r', { AttachedManagedPolicies: [{ PolicyName: 'x' }] })],
        Policies: [{ ...versionsOf('', canPull), Arn: undefined }],
      },
      [answers],
      ['UnknownManagedPolicy'],
    ],
    [
      'a policy that is given twice, and not alike',
      {
        RoleDetailList: [sdkRole('r', { AttachedManagedPolicies: [{ PolicyArn: iam('policy/m') }] })],
        Policies: [versionsOf(iam('policy/m'), canPull), versionsOf(iam('policy/m'), noPull)],
      },
      [answers],
      ['Ambiguous'],
    ],
    [
      'a policy that is given twice alike',
      {
        RoleDetailList: [sdkRole('r', { AttachedManagedPolicies: [{ PolicyArn: iam('policy/m') }] })],
        Policies: [versionsOf(iam('policy/m'), canPull), versionsOf(iam('policy/m'), canPull)],
      },
      [answers],
      true,
    ],
    [
      'a boundary without ARN',
      { RoleDetailList: [sdkRole('r', { RolePolicyList: listOf(canPull), PermissionsBoundary: {} })] },
      [answers],
      ['UnknownManagedPolicy'],
    ],
    [
      'a role that is given twice',
      { RoleDetailList: [sdkRole('r'), sdkRole('r')] },
      [answers],
      ['!', 'Ambiguous'],
    ],
    [
      'a group that is given twice',
      {
        UserDetailList: [{ UserName: 'r', Arn: iam('user/r'), GroupList: ['g'] }],
        GroupDetailList: ['g', 'g'].map((GroupName) => ({ GroupName, Arn: iam('group/g') })),
      },
      [answers],
      ['Ambiguous'],
    ],
    [
      'the policy of the same name in another registry',
      { RoleDetailList: [sdkRole('r', { RolePolicyList: listOf(canPull) })] },
      [{ region, repositoryPolicies: [{ registryId: '999988887777', repositoryName: 'app' }], ...described }],
      ['UnknownRepositoryPolicy'],
    ],
    [
      'a policy that does not say its registry',
      { RoleDetailList: [sdkRole('r', { RolePolicyList: listOf(canPull) })] },
      [{ region, repositoryPolicies: [{ repositoryName: 'app' }], ...described }],
      true,
    ],
    ['tags that a Deny asks for', tagged, [{ ...answers, ...described }], ['UnknownTags']],
  ])('%s', (_, details, regions, expected) => {
    expect(sdk(details, regions)).toStrictEqual(expected)
  })

  it('takes what the question says of one tag for no other', () => {
    const ask = (context: object): unknown => sdk(tagged, [{ ...answers, ...described }], { context })
    expect(ask({ 'aws:ResourceTag/team': 'web' })).toStrictEqual(['UnknownTags'])
    expect(ask({ 'AWS:resourcetag/env': 'prod' })).toBe(true)
    expect(ask(Context.make({ 'aws:ResourceTag/env': 'dev' }))).toBe(false)
  })

  it('doubts organization policies that ask for tags, too', () => {
    const details = { RoleDetailList: [sdkRole('r', { RolePolicyList: listOf(canPull) })] }
    const inventory = Sdk.accountOrThrow({ details: tagged, regions: [{ ...answers, ...described }] })
    const fleet = Inventory.fleet({ bound: 'most' })(inventory)
    expect(
      E.isRight(fleet) &&
        fleet.right.principals[0]?.identityPolicies?.map(({ statements }) => statements.length),
    ).toStrictEqual([1])
    const scp = Sdk.fromPolicyDocument('scp')(policy(statement('Allow', { Action: '*' }), deny))
    const serviceControlPolicies = E.isRight(scp) ? [[scp.right]] : []
    expect(sdk(details, [{ ...answers, ...described }], { serviceControlPolicies })).toStrictEqual([
      'UnknownTags',
    ])
  })

  it('is no account without a page', () => {
    expect(E.isLeft(Sdk.account({ details: [] }))).toBe(true)
  })

  it('has several registries, of which each has its own policy', () => {
    const registry = (of: string) => ({
      region: of,
      registryPolicy: {
        registryId: account,
        policyText: JSON.stringify(
          policy({ Effect: 'Deny', Principal: '*', Action: 'ecr:*', Resource: '*' }),
        ),
      },
    })
    const details = { RoleDetailList: [sdkRole('r', { RolePolicyList: listOf(canPull) })] }
    expect(sdk(details, [answers, registry('us-east-1')])).toBe(true)
    expect(sdk(details, [answers, registry('us-east-1'), registry(region)])).toBe(false)
    expect(sdk(details, [answers, registry(region), registry(region)])).toStrictEqual(['Ambiguous'])
  })
})

// ---- CDK ----

describe('of CDK', () => {
  const stackIn = (of: string, Roles: string) => ({
    stackName: 'S',
    environment: { account, region: of },
    template: {
      Resources: {
        [Roles]: { Type: 'AWS::IAM::Role', Properties: inlineOf(of === region ? canPull : noPull) },
        P: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            PolicyName: 'p',
            Roles: [{ Ref: Roles }],
            PolicyDocument: of === region ? canPull : noPull,
          },
        },
      },
    },
  })
  it('stacks that are called alike, in two Regions, keep their policies apart', () => {
    const inventory = Cdk.inventoryOrThrow({ stacks: [stackIn(region, 'R'), stackIn('us-east-1', 'R')] })
    expect(
      inventory.principals.map(({ id, identityPolicies }) => [id, identityPolicies.length]),
    ).toStrictEqual([
      [`S@${account}/${region}/R`, 2],
      [`S@${account}/us-east-1/R`, 2],
    ])
    expect(inventory.principals[0]?.identityPolicies.every(({ gaps }) => gaps.length === 0)).toBe(true)
  })
})
