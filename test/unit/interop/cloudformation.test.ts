import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import * as YAML from 'yaml'
import { CloudFormation, Inventory } from '../../../src/interop.js'

type Options = CloudFormation.CloudFormationOptions

const here = { 'AWS::AccountId': '111122223333', 'AWS::Region': 'eu-west-1' }

const value = (written: unknown, options: Options = {}, template: object = {}): unknown =>
  CloudFormation.preview(written, options, template)

describe('an intrinsic function', () => {
  const given: Options = { parameters: { ...here, Name: 'app', List: 'a, b', Env: 'prod' } }
  const template = {
    Parameters: { List: { Type: 'CommaDelimitedList' }, Other: { Type: 'String', Default: 'dflt' } },
    Mappings: { M: { prod: { size: 'big' } } },
    Conditions: {
      IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] },
      Both: { 'Fn::And': [{ Condition: 'IsProd' }, { 'Fn::Not': [{ Condition: 'IsProd' }] }] },
      Either: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'Vague' }] },
      Vague: { 'Fn::Equals': [{ Ref: 'Nobody' }, 'x'] },
      Self: { Condition: 'Self' },
    },
    Resources: {
      Repo: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: { 'Fn::Sub': '${Name}/web' } } },
      Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'node', Path: '/svc/' } },
      Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'p' } },
      Bare: { Type: 'AWS::IAM::Role' },
      Loop: { Type: 'AWS::IAM::Role', Properties: { RoleName: { Ref: 'Loop' } } },
      Bucket: { Type: 'AWS::S3::Bucket' },
    },
  }
  it.each<readonly [string, unknown, unknown]>([
    ['Ref of a parameter', { Ref: 'Name' }, 'app'],
    ['Ref of a parameter that is not given', { Ref: 'Other' }, '${Other}'],
    ['Ref of a list', { Ref: 'List' }, ['a', 'b']],
    ['Ref of a pseudo parameter', { Ref: 'AWS::AccountId' }, '111122223333'],
    ['the partition, from the Region', { Ref: 'AWS::Partition' }, 'aws'],
    ['NoValue', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
    ['Ref of a repository', { Ref: 'Repo' }, 'app/web'],
    ['Ref of a role', { Ref: 'Role' }, 'node'],
    ['Ref of a managed policy', { Ref: 'Policy' }, 'arn:aws:iam::111122223333:policy/p'],
    ['Ref of a role without name', { Ref: 'Bare' }, '${Bare}'],
    ['Ref of what has no name of its own', { Ref: 'Bucket' }, '${Bucket}'],
    ['a name that is made of itself', { Ref: 'Loop' }, '${Loop}'],
    [
      'GetAtt of a role, with its path',
      { 'Fn::GetAtt': ['Role', 'Arn'] },
      'arn:aws:iam::111122223333:role/svc/node',
    ],
    [
      'GetAtt in one text',
      { 'Fn::GetAtt': 'Repo.Arn' },
      'arn:aws:ecr:eu-west-1:111122223333:repository/app/web',
    ],
    ['GetAtt of what is not known', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, '${Bucket.Arn}'],
    ['Sub', { 'Fn::Sub': '${Name}-${AWS::Region}-${!aws:username}' }, 'app-eu-west-1-${aws:username}'],
    [
      'Sub with attributes and values of its own',
      { 'Fn::Sub': ['${Role.Arn}/${x}', { x: { Ref: 'Name' } }] },
      'arn:aws:iam::111122223333:role/svc/node/app',
    ],
    ['Sub with something unknown', { 'Fn::Sub': 'a/${Nobody}' }, 'a/${Nobody}'],
    ['Join', { 'Fn::Join': [':', ['a', { Ref: 'Name' }, 1]] }, 'a:app:1'],
    ['Join of a list', { 'Fn::Join': ['+', { Ref: 'List' }] }, 'a+b'],
    [
      'Split and Select',
      { 'Fn::Select': [4, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Role', 'Arn'] }] }] },
      '111122223333',
    ],
    ['Select by text', { 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
    ['FindInMap', { 'Fn::FindInMap': ['M', { Ref: 'Env' }, 'size'] }, 'big'],
    [
      'FindInMap with a default',
      { 'Fn::FindInMap': ['M', 'dev', 'size', { DefaultValue: 'small' }] },
      'small',
    ],
    ['If that holds', { 'Fn::If': ['IsProd', 'y', 'n'] }, 'y'],
    ['If that does not', { 'Fn::If': ['Both', 'y', 'n'] }, 'n'],
    ['Or with one that holds', { 'Fn::If': ['Either', 'y', 'n'] }, 'y'],
    ['If that takes its place away', [{ 'Fn::If': ['Both', 'y', { Ref: 'AWS::NoValue' }] }, 'z'], ['z']],
    ['If of which both sides are the same', { 'Fn::If': ['Vague', 'y', 'y'] }, 'y'],
    ['If that is not known', { 'Fn::If': ['Vague', 'y', 'n'] }, '${{"Fn::If":["Vague","y","n"]}}'],
    ['a condition of itself', { 'Fn::If': ['Self', 'y', 'n'] }, '${{"Fn::If":["Self","y","n"]}}'],
    ['ImportValue', { 'Fn::ImportValue': 'e' }, '${Fn::ImportValue e}'],
    ['a function that is not worked out', { 'Fn::Base64': 'a' }, '${{"Fn::Base64":"a"}}'],
    ['ToJsonString', { 'Fn::ToJsonString': { a: { Ref: 'Name' } } }, '{"a":"app"}'],
    ['a dynamic reference', 'x{{resolve:ssm:/p}}', 'x${{{resolve:ssm:/p}}}'],
    [
      'a condition of a statement',
      { Condition: { Bool: { a: 'true' } } },
      { Condition: { Bool: { a: 'true' } } },
    ],
  ])('%s', (_, written, expected) => {
    expect(value(written, given, template)).toStrictEqual(expected)
  })

  it('takes what is given of resources and exports', () => {
    const options: Options = {
      physicalIds: { Bare: 'made-up-1' },
      attributes: { 'Bucket.Arn': 'arn:aws:s3:::b' },
      exports: { e: 'v' },
      parameters: here,
      defaults: true,
    }
    expect(
      value(
        [{ Ref: 'Bare' }, { 'Fn::GetAtt': ['Bucket', 'Arn'] }, { 'Fn::ImportValue': 'e' }, { Ref: 'Other' }],
        options,
        template,
      ),
    ).toStrictEqual(['made-up-1', 'arn:aws:s3:::b', 'v', 'dflt'])
  })

  it('takes logical ids for names when told to', () => {
    expect(value({ 'Fn::GetAtt': ['Bare', 'Arn'] }, { parameters: here, names: 'logical' }, template)).toBe(
      'arn:aws:iam::111122223333:role/Bare',
    )
  })

  it('gives up on names that grow beyond measure', () => {
    const Resources = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `R${i}`,
        { Type: 'AWS::IAM::Role', Properties: { RoleName: { 'Fn::Sub': `\${R${i + 1}}\${R${i + 1}}x` } } },
      ]),
    )
    expect(typeof value({ Ref: 'R0' }, {}, { Resources })).toBe('string')
  })
})

// ---- templates ----

const allow = (Action: unknown, Resource: unknown = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
})
const pullActions = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const login = { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' }
const pullOf = (Resource: unknown) => ({
  Version: '2012-10-17',
  Statement: [login, { Effect: 'Allow', Action: pullActions, Resource }],
})
const Repo = { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'app' } }
const RepoArn = { 'Fn::GetAtt': ['Repo', 'Arn'] }
const role = (Properties: object = {}, more: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { RoleName: 'node', ...Properties },
  ...more,
})
const inline = (PolicyDocument: unknown) => ({ Policies: [{ PolicyName: 'p', PolicyDocument }] })

const ask = (Resources: object, options: Options = {}, rest: object = {}): unknown => {
  const inventory = CloudFormation.inventoryOrThrow({ Resources, ...rest }, { parameters: here, ...options })
  const answer = Inventory.canPull({ principal: 'Node', repository: 'Repo' })(inventory)
  if (E.isLeft(answer)) return answer.left.map(({ code }) => code)
  return answer.right._tag === 'Known'
    ? answer.right.verdict.allowed
    : answer.right.gaps.map(({ code, subject }) => `${code} ${subject}`)
}

describe('a template', () => {
  const conditions = {
    Conditions: { Off: { 'Fn::Equals': ['a', 'b'] }, Vague: { 'Fn::Equals': [{ Ref: 'P' }, 'b'] } },
  }
  it.each<readonly [string, object, unknown]>([
    ['an inline policy', { Node: role(inline(pullOf(RepoArn))) }, true],
    ['no policy', { Node: role() }, false],
    [
      'AWS::IAM::Policy',
      {
        Node: role(),
        P: {
          Type: 'AWS::IAM::Policy',
          Properties: { PolicyName: 'p', PolicyDocument: pullOf(RepoArn), Roles: [{ Ref: 'Node' }] },
        },
      },
      true,
    ],
    [
      'AWS::IAM::RolePolicy',
      {
        Node: role(),
        P: {
          Type: 'AWS::IAM::RolePolicy',
          Properties: { PolicyName: 'p', PolicyDocument: pullOf('*'), RoleName: { Ref: 'Node' } },
        },
      },
      true,
    ],
    [
      'a managed policy that lists the role',
      {
        Node: role(),
        P: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: { PolicyDocument: pullOf('*'), Roles: [{ Ref: 'Node' }] },
        },
      },
      true,
    ],
    [
      'a managed policy that the role lists, without a name',
      {
        Node: role({ ManagedPolicyArns: [{ Ref: 'P' }] }),
        P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: pullOf('*') } },
      },
      true,
    ],
    [
      'a policy of AWS',
      {
        Node: role({
          ManagedPolicyArns: [
            {
              'Fn::Join': [
                '',
                ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonEC2ContainerRegistryReadOnly'],
              ],
            },
          ],
        }),
      },
      true,
    ],
    [
      'a policy of another template',
      { Node: role({ ManagedPolicyArns: [{ 'Fn::ImportValue': 'x' }] }) },
      ['UnresolvedReference Fn::ImportValue x'],
    ],
    [
      'a boundary',
      {
        Node: role({ ...inline(pullOf('*')), PermissionsBoundary: { Ref: 'B' } }),
        B: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: allow('s3:*') } },
      },
      false,
    ],
    [
      'a policy whose condition does not hold',
      {
        Node: role(),
        P: {
          Type: 'AWS::IAM::RolePolicy',
          Condition: 'Off',
          Properties: { PolicyName: 'p', PolicyDocument: pullOf('*'), RoleName: 'node' },
        },
      },
      false,
    ],
    [
      'a policy whose condition is not known',
      {
        Node: role(),
        P: {
          Type: 'AWS::IAM::RolePolicy',
          Condition: 'Vague',
          Properties: { PolicyName: 'p', PolicyDocument: pullOf('*'), RoleName: 'node' },
        },
      },
      ['UnknownCondition P'],
    ],
    [
      'a role whose condition is not known',
      { Node: role(inline(pullOf('*')), { Condition: 'Vague' }) },
      ['UnknownCondition Node'],
    ],
    [
      'a policy for a role that is not known',
      {
        Node: role(),
        P: {
          Type: 'AWS::IAM::RolePolicy',
          Properties: { PolicyName: 'p', PolicyDocument: pullOf('*'), RoleName: { Ref: 'Which' } },
        },
      },
      ['UnresolvedReference Which'],
    ],
    [
      'a resource that is not known',
      { Node: role(inline(pullOf({ Ref: 'Which' }))) },
      ['UnresolvedReference Which'],
    ],
    [
      'a resource that is not known, beside one that will do',
      { Node: role(inline(pullOf([{ Ref: 'Which' }, RepoArn]))) },
      true,
    ],
    [
      'a resource that is not known, of another sort',
      {
        Node: role(
          inline({
            Version: '2012-10-17',
            Statement: [
              login,
              { Effect: 'Allow', Action: pullActions, Resource: { 'Fn::Sub': 'arn:aws:s3:::${Which}' } },
            ],
          }),
        ),
      },
      false,
    ],
    [
      'a Deny of which the condition is not known',
      {
        Node: role(
          inline({
            Version: '2012-10-17',
            Statement: [
              ...pullOf('*').Statement,
              {
                Effect: 'Deny',
                Action: '*',
                Resource: '*',
                Condition: { StringEquals: { 'aws:PrincipalOrgID': { Ref: 'Org' } } },
              },
            ],
          }),
        ),
      },
      ['UnresolvedReference Org'],
    ],
    [
      'a nested stack',
      { Node: role(inline(pullOf('*'))), Nested: { Type: 'AWS::CloudFormation::Stack', Properties: {} } },
      ['NotRead Nested'],
    ],
    ['a role without a name', { Node: { Type: 'AWS::IAM::Role', Properties: {} } }, ['UnknownName']],
    ['no role', {}, ['NotFound']],
  ])('%s', (_, resources, expected) => {
    expect(ask({ Repo, ...resources }, {}, conditions)).toStrictEqual(expected)
  })

  it('leaves out what it is told to', () => {
    const resources = {
      Repo,
      Node: role(inline(pullOf('*'))),
      Nested: { Type: 'AWS::CloudFormation::Stack', Properties: {} },
    }
    expect(ask(resources, { ignore: ['Nested'] })).toBe(true)
  })

  it('reads the policy of the repository', () => {
    const deny = (AWS: unknown) => ({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: { AWS }, Action: 'ecr:BatchGetImage' }],
    })
    const denied = (AWS: unknown) =>
      ask({
        Node: role(inline(pullOf('*'))),
        Repo: { ...Repo, Properties: { ...Repo.Properties, RepositoryPolicyText: deny(AWS) } },
      })
    expect(denied({ 'Fn::GetAtt': ['Node', 'Arn'] })).toBe(false)
    expect(denied('arn:aws:iam::111122223333:role/other')).toBe(true)
    expect(denied({ Ref: 'Who' })).toStrictEqual(['UnresolvedReference Who'])
  })

  it('reads groups and users', () => {
    const users = {
      Repo,
      Node: { Type: 'AWS::IAM::User', Properties: { UserName: 'u' } },
      G: { Type: 'AWS::IAM::Group', Properties: inline(pullOf('*')) },
    }
    expect(ask(users)).toBe(false)
    expect(
      ask({
        ...users,
        Add: {
          Type: 'AWS::IAM::UserToGroupAddition',
          Properties: { GroupName: { Ref: 'G' }, Users: [{ Ref: 'Node' }] },
        },
      }),
    ).toBe(true)
    expect(
      ask({
        ...users,
        Node: { Type: 'AWS::IAM::User', Properties: { UserName: 'u', Groups: [{ Ref: 'G' }] } },
      }),
    ).toBe(true)
  })

  it('says which tags are not known, when a policy asks for tags', () => {
    const asks = {
      ...pullOf('*').Statement[1],
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 'web' } },
    }
    const node = (Value: unknown) =>
      role({ ...inline({ Version: '2012-10-17', Statement: [login, asks] }), Tags: [{ Key: 'team', Value }] })
    expect(ask({ Repo, Node: node('web') })).toBe(true)
    expect(ask({ Repo, Node: node('db') })).toBe(false)
    expect(ask({ Repo, Node: node({ Ref: 'Team' }) })).toStrictEqual(['UnresolvedReference Team'])
  })

  it('reports an attachment to somebody elsewhere', () => {
    const inventory = CloudFormation.inventoryOrThrow({
      Resources: {
        P: {
          Type: 'AWS::IAM::RolePolicy',
          Properties: { PolicyName: 'p', PolicyDocument: pullOf('*'), RoleName: 'existing' },
        },
      },
    })
    expect(inventory.gaps.map(({ code, pointer }) => [code, pointer])).toStrictEqual([
      ['OutsideOfInput', '/Resources/P/Properties/RoleName'],
    ])
  })

  it('locates a policy that is not well formed', () => {
    const inventory = CloudFormation.inventoryOrThrow({ Resources: { Node: role(inline(allow('ecr'))) } })
    expect(inventory.gaps.map(({ code, pointer }) => [code, pointer])).toStrictEqual([
      ['InvalidPolicy', '/Resources/Node/Properties/Policies/0/PolicyDocument/Statement/0/Action'],
      ['UnknownName', '/Resources/Node'],
    ])
  })

  it.each([7, null, [], {}, 'x', { Resources: [] }])('is not %j', (input) => {
    expect(E.isLeft(CloudFormation.inventory(input))).toBe(true)
  })

  it('shares exports among stacks', () => {
    const inventory = CloudFormation.inventoryOfStacks([
      {
        stack: 'b',
        parameters: here,
        template: { Resources: { Node: role(inline(pullOf({ 'Fn::ImportValue': 'repo' }))) } },
      },
      {
        stack: 'a',
        parameters: here,
        template: { Resources: { Repo }, Outputs: { O: { Value: RepoArn, Export: { Name: 'repo' } } } },
      },
    ])
    if (E.isLeft(inventory)) throw new Error('no inventory')
    expect(inventory.right.gaps).toStrictEqual([])
    const answer = Inventory.canPull({ principal: 'b/Node', repository: 'a/Repo' })(inventory.right)
    expect(E.isRight(answer) && answer.right._tag === 'Known' && answer.right.verdict.allowed).toBe(true)
  })
})

describe('a template in YAML', () => {
  const text = [
    'Parameters: { Name: { Type: String, Default: app } }',
    'Resources:',
    '  Repo:',
    '    Type: AWS::ECR::Repository',
    '    Properties: { RepositoryName: !Ref Name }',
    '  Node:',
    '    Type: AWS::IAM::Role',
    '    Properties:',
    '      RoleName: !Join ["-", [a, !Sub "${Name}-x", !Select [0, !Split [",", "b,c"]]]]',
    '      ManagedPolicyArns:',
    '        - !Sub arn:${AWS::Partition}:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly',
    '      Policies:',
    '        - PolicyName: p',
    '          PolicyDocument:',
    '            Version: 2012-10-17',
    '            Statement:',
    '              - { Effect: Allow, Action: "ecr:PutImage", Resource: !GetAtt Repo.Arn }',
  ].join('\n')

  it('reads as its long form', () => {
    const template = CloudFormation.parseOrThrow(text, { yaml: YAML })
    const inventory = CloudFormation.inventoryOrThrow(template, { parameters: here, defaults: true })
    expect(inventory.principals.map(({ arn }) => arn)).toStrictEqual([
      'arn:aws:iam::111122223333:role/a-app-x-b',
    ])
    expect(inventory.gaps).toStrictEqual([])
    const answer = Inventory.canPull({ principal: 'Node', repository: 'Repo' })(inventory)
    expect(E.isRight(answer) && answer.right._tag === 'Known' && answer.right.verdict.allowed).toBe(true)
  })

  it.each([
    ['a map', 'a: !Sub { b: 1 }', { a: { 'Fn::Sub': { b: 1 } } }],
    ['Condition', 'a: !Condition C', { a: { Condition: 'C' } }],
    ['an attribute with dots', 'a: !GetAtt A.B.C', { a: { 'Fn::GetAtt': ['A', 'B.C'] } }],
    [
      'functions in functions',
      'a: !If [C, !Ref X, !Base64 y]',
      { a: { 'Fn::If': ['C', { Ref: 'X' }, { 'Fn::Base64': 'y' }] } },
    ],
    ['an anchor in a function', 'b: &x [1]\na: !Join ["", *x]', { b: [1], a: { 'Fn::Join': ['', [1]] } }],
    ['an account that begins with 0', 'a: 012345678901', { a: '012345678901' }],
    ['a date is a text', 'Version: 2012-10-17', { Version: '2012-10-17' }],
    ['a key that is special in JavaScript', '__proto__: 1', JSON.parse('{"__proto__":1}')],
  ])('%s', (_, written, expected) => {
    expect(CloudFormation.parseOrThrow(written, { yaml: YAML })).toStrictEqual(expected)
  })

  it.each([
    ['a syntax error', 'a: [1'],
    ['a key given twice', 'a: 1\na: 2'],
    [
      'aliases of aliases',
      [
        'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
        ...Array.from(
          { length: 9 },
          (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`,
        ),
      ].join('\n'),
    ],
    ['nesting', `a: ${'['.repeat(200)}${']'.repeat(200)}`],
  ])('refuses %s', (_, written) => {
    expect(E.isLeft(CloudFormation.parse(written, { yaml: YAML }))).toBe(true)
  })

  const levels = (count: number, open: string, close = ''): string => open.repeat(count) + close.repeat(count)
  const lines = (count: number): string =>
    Array.from({ length: count }, (_, i) => `${' '.repeat(i)}a:`).join('\n')

  it.each([
    ['brackets', levels(2_000, '[', ']')],
    ['braces', levels(2_000, '{a: ', '}')],
    ['brackets that are never closed', levels(100_000, '[')],
    ['lists on one line', `${levels(2_000, '- ')}a`],
    ['lists on one line, after a blank', ` ${levels(2_000, '- ')}a`],
    ['keys on one line', `${levels(2_000, '? ')}a`],
    ['lines', lines(2_000)],
  ])('of too many levels, by %s, is refused before its reader runs out of stack', (_, text) => {
    const read = CloudFormation.parse(text, { yaml: YAML })
    expect(E.isLeft(read) && read.left.map(({ message }) => message)).toStrictEqual([
      'the text is not YAML: more than 400 brackets are open at once, or as many blanks and dashes begin a line: it may have too many levels',
    ])
  })

  it('of too many levels for a template, which the package can still read, is refused', () => {
    const read = CloudFormation.parse(levels(100, '[', ']'), { yaml: YAML })
    expect(E.isLeft(read) && read.left.map(({ message }) => message)).toStrictEqual([
      'the text is not YAML: `<<` is not supported, nor more than 200000 values or 64 levels',
    ])
  })

  it('of fewer levels is read, whatever brackets and dashes its texts have', () => {
    const script = `${'if (a) { b([1]) }; '.repeat(500)}${'-'.repeat(900)}`
    const text = `${' '.repeat(900)}\na: ${levels(60, '[', ']')}\nb: |\n  ${script}\n`
    const read = CloudFormation.parse(text, { yaml: YAML })
    expect(E.isRight(read) && Reflect.get(Object(read.right), 'b')).toBe(`${script}\n`)
  })

  it('is not read without the package', () => {
    expect(E.isLeft(CloudFormation.parse(text))).toBe(true)
    expect(CloudFormation.parseOrThrow('{"a":1}')).toStrictEqual({ a: 1 })
  })
})
