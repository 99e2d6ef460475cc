import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import * as Policy from '../../../src/builder/index.js'
import {
  Condition,
  Document,
  ecrActions,
  Operator,
  Principal,
  Resource,
  Statement,
} from '../../../src/model/index.js'
import { Glob } from '../../../src/pattern/index.js'

const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
const anything = { action: 'ecr:BatchGetImage', resource: '*' } as const

/** The places and codes of all problems. */
const problems = (result: E.Either<Policy.BuildErrors, unknown>): readonly string[] =>
  E.isLeft(result) ? result.left.map(({ pointer, code }) => `${pointer} ${code}`) : []

const identityProblems = (...drafts: readonly Policy.IdentityDraft[]): readonly string[] =>
  problems(Policy.identity(drafts))

describe('a statement says what was written', () => {
  it('an identity statement has its effect, actions, resources, conditions and sid', () => {
    const { statements, version, id } = Policy.identityOrThrow([
      Policy.deny({
        sid: 'NoPush',
        notAction: ['ecr:Get*', 's3:GetObject'],
        notResource: [repository, '*'],
        condition: {
          StringEquals: { 'aws:PrincipalOrgID': 'o-1' },
          'ForAnyValue:NumericLessThanIfExists': { 's3:max-keys': [10, 20] },
        },
      }),
    ])
    const [statement] = statements
    expect({ version, id }).toStrictEqual({ version: '2012-10-17', id: undefined })
    expect(statement).toStrictEqual({
      _tag: 'IdentityStatement',
      sid: 'NoPush',
      effect: 'Deny',
      action: { _tag: 'NotAction', patterns: ['ecr:Get*', 's3:GetObject'] },
      resource: { _tag: 'NotResource', patterns: [repository, '*'] },
      conditions: [
        {
          operator: { name: 'StringEquals', qualifier: 'None', ifExists: false },
          key: 'aws:PrincipalOrgID',
          values: ['o-1'],
        },
        {
          operator: { name: 'NumericLessThan', qualifier: 'ForAnyValue', ifExists: true },
          key: 's3:max-keys',
          values: ['10', '20'],
        },
      ],
    })
  })

  it('a resource statement without a resource means the resource it is attached to', () => {
    const [statement] = Policy.resourceOrThrow([
      Policy.allow({ principal: Policy.account('111122223333'), action: 'ecr:BatchGetImage' }),
    ]).statements
    expect(statement).toStrictEqual({
      _tag: 'ResourceStatement',
      sid: undefined,
      effect: 'Allow',
      action: { _tag: 'Action', patterns: ['ecr:BatchGetImage'] },
      principal: {
        _tag: 'Principal',
        principals: [{ _tag: 'Account', partition: undefined, account: '111122223333' }],
      },
      resource: { _tag: 'Attached' },
      conditions: [],
    })
  })

  it('a resource statement can name resources, and principals to leave out', () => {
    const [statement] = Policy.resourceOrThrow([
      Policy.deny({ notPrincipal: '111122223333', action: '*', resource: repository }),
    ]).statements
    expect(statement.principal._tag).toBe('NotPrincipal')
    expect(statement.resource).toStrictEqual({ _tag: 'Resource', patterns: [repository] })
  })

  it('actions known at run time only are read when the policy is built', () => {
    const [statement] = Policy.identityOrThrow([
      Policy.allow({
        action: [Policy.action(['ecr', 'ListImages'].join(':')), 'ecr:PutImage'],
        resource: '*',
      }),
    ]).statements
    expect(statement.action.patterns).toStrictEqual(['ecr:ListImages', 'ecr:PutImage'])
  })

  it('a list of actions can be shared', () => {
    const pull = Policy.actions(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'])
    expect(Policy.allow({ action: pull, resource: '*' }).action.patterns).toStrictEqual(pull)
  })
})

describe('principals', () => {
  const id = '111122223333'
  it.each([
    ['everyone', Policy.everyone, { _tag: 'Everyone' }],
    ['account', Policy.account(id), { _tag: 'Account', partition: undefined, account: id }],
    [
      'role',
      Policy.role(id, 'node'),
      { _tag: 'Role', partition: 'aws', account: id, path: '/', name: 'node' },
    ],
    [
      'role with path, elsewhere',
      Policy.role(id, 'ci/eu/node', { partition: 'aws-cn' }),
      { _tag: 'Role', partition: 'aws-cn', account: id, path: '/ci/eu/', name: 'node' },
    ],
    [
      'user',
      Policy.user(id, 'alice'),
      { _tag: 'User', partition: 'aws', account: id, path: '/', name: 'alice' },
    ],
    [
      'session',
      Policy.session(id, 'node', 'i-1'),
      { _tag: 'AssumedRoleSession', partition: 'aws', account: id, role: 'node', session: 'i-1' },
    ],
    [
      'federatedUser',
      Policy.federatedUser(id, 'bob'),
      { _tag: 'FederatedUser', partition: 'aws', account: id, name: 'bob' },
    ],
    ['service', Policy.service('lambda.amazonaws.com'), { _tag: 'Service', host: 'lambda.amazonaws.com' }],
    [
      'identityProvider',
      Policy.identityProvider('accounts.google.com'),
      { _tag: 'IdentityProvider', id: 'accounts.google.com' },
    ],
    ['canonicalUser', Policy.canonicalUser('79a59df9'), { _tag: 'CanonicalUser', id: '79a59df9' }],
    ['an ARN as text', `arn:aws:iam::${id}:root`, { _tag: 'Account', partition: 'aws', account: id }],
    ['a star as text', '*', { _tag: 'Everyone' }],
    ['a principal of the model', Principal.parseOrThrow('Service')('a.b'), { _tag: 'Service', host: 'a.b' }],
  ])('%s', (_, principal, expected) => {
    const [statement] = Policy.resourceOrThrow([Policy.allow({ principal, action: 'ecr:*' })]).statements
    expect(statement.principal.principals).toStrictEqual([expected])
  })

  it('stand in printing order, each type in the order in which it was written', () => {
    const [statement] = Policy.resourceOrThrow([
      Policy.allow({
        principal: [Policy.service('b.c'), Policy.account('222233334444'), Policy.service('a.b'), id],
        action: 'ecr:*',
      }),
    ]).statements
    expect(statement.principal.principals.map(Principal.show)).toStrictEqual([
      '222233334444',
      id,
      'b.c',
      'a.b',
    ])
  })
})

describe('conditions', () => {
  it.each([
    ['stringEquals', Policy.stringEquals('k', 'v'), 'StringEquals', ['v']],
    ['stringNotEquals', Policy.stringNotEquals('k', ['v', 'w']), 'StringNotEquals', ['v', 'w']],
    ['stringLike', Policy.stringLike('k', 'v*'), 'StringLike', ['v*']],
    ['arnLike', Policy.arnLike('k', 'arn:aws:ecr:*:*:*'), 'ArnLike', ['arn:aws:ecr:*:*:*']],
    ['ipAddress', Policy.ipAddress('k', '10.0.0.0/8'), 'IpAddress', ['10.0.0.0/8']],
    ['bool', Policy.bool('k', false), 'Bool', ['false']],
    ['inOrganization', Policy.inOrganization('o-1'), 'StringEquals', ['o-1']],
    ['condition', Policy.condition('Null', 'k', true), 'Null', ['true']],
  ])('%s', (_, condition, operator, values) => {
    const [statement] = Policy.identityOrThrow([Policy.allow({ ...anything, condition })]).statements
    expect(statement.conditions.map((c) => [Operator.show(c.operator), c.values])).toStrictEqual([
      [operator, values],
    ])
  })

  it('every operator can be written as in JSON and with `condition`, to the same effect', () => {
    const operand = (name: Operator.OperatorName): string =>
      ({
        String: 'x',
        Numeric: '1',
        Date: '2026-01-01T00:00:00Z',
        Bool: 'true',
        Binary: 'YQ==',
        IpAddress: '10.0.0.1',
        Arn: repository,
        Null: 'true',
      })[Operator.operators[name].comparison.type]
    const built = Operator.operatorTexts.map((text) => {
      const name = Operator.parse(text)?.name ?? 'Null'
      const test = { key: 'k', values: [operand(name)] }
      const asDraft = Policy.identityOrThrow([
        Policy.allow({ ...anything, condition: [{ operator: text, ...test }] }),
      ])
      const asMap = Policy.identityOrThrow([
        Policy.allow({ ...anything, condition: { [text]: { k: operand(name) } } }),
      ])
      return Document.Eq.equals(asDraft, asMap)
        ? asDraft.statements[0].conditions.map((c) => Operator.show(c.operator))
        : []
    })
    expect(built.flat()).toStrictEqual([...Operator.operatorTexts])
  })

  it('keys named like object members are keys', () => {
    const keys = ['constructor', '__proto__', 'toString', 'operator']
    const map = Object.fromEntries(keys.map((key) => [key, 'v']))
    const [statement] = Policy.identityOrThrow([
      Policy.allow({ ...anything, condition: { StringEquals: map } }),
    ]).statements
    expect(statement.conditions.map((c) => c.key)).toStrictEqual(keys)
  })
})

describe('every problem has a place', () => {
  it.each<[string, Policy.IdentityDraft, readonly string[]]>([
    [
      'a resource that is no ARN',
      Policy.allow({ action: 'ecr:*', resource: ['*', 'app'] }),
      ['/Statement/0/Resource/1 InvalidResource'],
    ],
    [
      'a NotResource that is no ARN',
      Policy.allow({ action: 'ecr:*', notResource: 'app' }),
      ['/Statement/0/NotResource/0 InvalidResource'],
    ],
    [
      'an action without service',
      Policy.allow({ notAction: Policy.action('PutImage'), resource: '*' }),
      ['/Statement/0/NotAction/0 InvalidAction'],
    ],
    ['no action', Policy.allow({ action: [], resource: '*' }), ['/Statement/0/Action EmptyList']],
    ['no resource', Policy.allow({ action: '*', resource: [] }), ['/Statement/0/Resource EmptyList']],
    ['a sid with a space', Policy.allow({ ...anything, sid: 'a b' }), ['/Statement/0/Sid InvalidSid']],
    [
      'a variable that is not closed',
      Policy.allow({ action: '*', resource: 'arn:aws:s3:::home/${aws:username' }),
      ['/Statement/0/Resource/0 InvalidVariable'],
    ],
    [
      'a variable before the fifth colon',
      Policy.allow({ action: '*', resource: 'arn:aws:ecr:${aws:RequestedRegion}:111122223333:repository/a' }),
      ['/Statement/0/Resource/0 InvalidVariable'],
    ],
    [
      'a condition without values',
      Policy.allow({ ...anything, condition: Policy.stringEquals('aws:PrincipalTag/team', []) }),
      ['/Statement/0/Condition/StringEquals/aws:PrincipalTag~1team EmptyList'],
    ],
    [
      'a number that is none',
      Policy.allow({ ...anything, condition: { NumericLessThan: { 'a~b': [1, 'x'] } } }),
      ['/Statement/0/Condition/NumericLessThan/a~0b/1 InvalidConditionValue'],
    ],
    [
      'operands that their operators cannot read',
      Policy.allow({
        ...anything,
        condition: {
          DateLessThan: { k: 'yesterday' },
          Bool: { k: 'yes' },
          BinaryEquals: { k: '***' },
          IpAddress: { k: '10.0.0.256' },
          ArnLike: { k: 'arn:aws:ecr' },
          Null: { k: 'maybe' },
          StringLike: { k: '${aws:user name}' },
        },
      }),
      [
        '/Statement/0/Condition/DateLessThan/k/0 InvalidConditionValue',
        '/Statement/0/Condition/Bool/k/0 InvalidConditionValue',
        '/Statement/0/Condition/BinaryEquals/k/0 InvalidConditionValue',
        '/Statement/0/Condition/IpAddress/k/0 InvalidConditionValue',
        '/Statement/0/Condition/ArnLike/k/0 InvalidConditionValue',
        '/Statement/0/Condition/Null/k/0 InvalidConditionValue',
        '/Statement/0/Condition/StringLike/k/0 InvalidVariable',
      ],
    ],
    [
      'an operator that does not exist, from untyped text',
      Policy.allow({ ...anything, condition: [{ operator: 'StringEqual', key: 'k', values: ['v'] }] }),
      ['/Statement/0/Condition/StringEqual InvalidConditionOperator'],
    ],
    [
      'an empty key',
      Policy.allow({ ...anything, condition: Policy.stringEquals('', 'v') }),
      ['/Statement/0/Condition/StringEquals/ InvalidConditionKey'],
    ],
    [
      'a key twice under one operator',
      Policy.allow({
        ...anything,
        condition: [
          Policy.stringEquals('aws:a', 'v'),
          Policy.bool('aws:a', true),
          Policy.stringEquals('AWS:A', 'w'),
        ],
      }),
      ['/Statement/0/Condition/StringEquals/AWS:A DuplicateConditionKey'],
    ],
    [
      'a character that IAM does not store',
      Policy.allow({
        action: '*',
        resource: 'arn:aws:s3:::日',
        condition: Policy.stringEquals('k', 'a\u0000'),
      }),
      [
        '/Statement/0/Condition/StringEquals/k/0 InvalidCharacter',
        '/Statement/0/Resource/0 InvalidCharacter',
      ],
    ],
  ])('%s', (_, draft, expected) => {
    expect(identityProblems(draft)).toStrictEqual(expected)
  })

  it('all problems of all statements are reported at once', () => {
    const bad = Policy.allow({ action: 'ecr:*', resource: 'app', sid: 'x y' })
    expect(identityProblems(bad, Policy.allow(anything), bad)).toStrictEqual(
      [
        '/Statement/0/Sid InvalidSid',
        '/Statement/0/Resource/0 InvalidResource',
        '/Statement/2/Sid InvalidSid',
        '/Statement/2/Resource/0 InvalidResource',
      ].concat('/Statement/2/Sid DuplicateSid'),
    )
  })

  it('a Sid stands once in an identity policy, and as often as you like in a resource policy', () => {
    const twice = { sid: 'a', action: 'ecr:*', resource: '*' } as const
    expect(identityProblems(Policy.allow(twice), Policy.deny(twice))).toStrictEqual([
      '/Statement/1/Sid DuplicateSid',
    ])
    const blank = { ...twice, sid: '' }
    expect(identityProblems(Policy.allow(blank), Policy.deny(blank))).toStrictEqual([])
    const loose = Policy.allow({ ...twice, principal: '*', sid: 'any text, 日 too' })
    expect(problems(Policy.resource([loose, loose]))).toStrictEqual([])
  })

  it('principals are counted within their type', () => {
    const principal = [Policy.service('a.b'), '*', Policy.service('*.b'), Policy.role('1', 'x')]
    expect(problems(Policy.resource([Policy.allow({ principal, action: 'ecr:*' })]))).toStrictEqual([
      '/Statement/0/Principal/Service/1 InvalidPrincipal',
      '/Statement/0/Principal/AWS/1 InvalidPrincipal',
    ])
    expect(problems(Policy.resource([Policy.deny({ notPrincipal: [], action: 'ecr:*' })]))).toStrictEqual([
      '/Statement/0/NotPrincipal EmptyList',
    ])
  })

  it('a host name among AWS principals is told where it belongs', () => {
    const result = Policy.resource([Policy.allow({ principal: 'lambda.amazonaws.com', action: 'ecr:*' })])
    expect(E.isLeft(result) && result.left[0].suggestion).toBe(
      "a service is `service('lambda.amazonaws.com')`",
    )
    const provider = 'arn:aws:iam::111122223333:saml-provider/x'
    const other = Policy.resource([Policy.allow({ principal: provider, action: 'ecr:*' })])
    expect(E.isLeft(other) && other.left[0].suggestion).toBe(
      `an identity provider is \`identityProvider('${provider}')\``,
    )
  })

  it('a half of a surrogate pair is refused in every sort of policy', () => {
    const draft = { sid: '\ud800', principal: '*', action: 'ecr:*' } as const
    expect(problems(Policy.resource([Policy.allow(draft)]))).toStrictEqual([
      '/Statement/0/Sid InvalidCharacter',
    ])
  })

  it('a document without statements is refused, and so is an id that cannot be stored', () => {
    expect(identityProblems()).toStrictEqual(['/Statement EmptyList'])
    const draft = Policy.withId('日')(Policy.identityOrThrow([Policy.allow(anything)]))
    expect(problems(Policy.identity(draft))).toStrictEqual(['/Id InvalidCharacter'])
  })

  it('the throwing twin throws one error with a line for each problem', () => {
    const broken = (): unknown =>
      Policy.identityOrThrow([
        Policy.allow({ action: Policy.action('ecr:DescribeImage/s'), resource: 'app', sid: 'a-b' }),
      ])
    expect(broken).toThrowErrorMatchingInlineSnapshot(`
      [Error: the policy is not valid: 3 errors
        /Statement/0/Sid: \`a-b\` is not a Sid: IAM takes letters A to Z and digits only (write \`ab\`) [InvalidSid]
        /Statement/0/Action/0: \`ecr:DescribeImage/s\` is not an action pattern: it reads \`service:Name\`, or \`*\` (did you mean \`ecr:DescribeImages\`?) [InvalidAction]
        /Statement/0/Resource/0: \`app\` is not a resource: it is neither \`*\` nor an ARN [InvalidResource]]
    `)
    const one = (): unknown => Policy.resourceOrThrow([Policy.allow({ principal: 'x', action: 'ecr:*' })])
    expect(one).toThrowErrorMatchingInlineSnapshot(`
      [Error: the policy is not valid: 1 error
        /Statement/0/Principal/AWS/0: \`x\` is not a principal: it is neither \`*\`, an account id nor an IAM or STS ARN [InvalidPrincipal]]
    `)
  })
})

describe('policy variables and escapes', () => {
  it('variables are written as IAM writes them', () => {
    expect(Policy.variable('aws:username')).toBe('${aws:username}')
    expect(Policy.variable('aws:PrincipalTag/team', "no'ne")).toBe("${aws:PrincipalTag/team, 'no'ne'}")
    const resource = (text: string): readonly string[] =>
      identityProblems(Policy.allow({ action: '*', resource: `arn:aws:s3:::home/${text}` }))
    expect(resource(Policy.variable('aws:username', 'nobody'))).toStrictEqual([])
    expect(resource(Policy.variable('aws:username', "no'body"))).toStrictEqual([
      '/Statement/0/Resource/0 InvalidVariable',
    ])
  })

  it('an ARN operand may take its parts from variables', () => {
    const condition = Policy.arnLike(
      'aws:SourceArn',
      `arn:aws:ecr:*:${Policy.variable('aws:PrincipalAccount')}:*`,
    )
    expect(identityProblems(Policy.allow({ ...anything, condition }))).toStrictEqual([])
  })

  it('a numeric operand takes no variables, and the error says so', () => {
    const condition = Policy.condition('NumericEquals', 'k', Policy.variable('aws:x'))
    const result = Policy.identity([Policy.allow({ ...anything, condition })])
    expect(E.isLeft(result) && result.left[0].suggestion).toMatch(/String and ARN operators only/)
  })

  it('under version 2008-10-17 a dollar sign is only a dollar sign', () => {
    const draft = {
      ...Policy.identityOrThrow([Policy.allow(anything)]),
      version: '2008-10-17',
      statements: [
        Policy.allow({
          action: '*',
          resource: 'arn:aws:s3:::home/${',
          condition: { StringLike: { k: '${' } },
        }),
      ],
    } as const
    expect(problems(Policy.identity(draft))).toStrictEqual([])
    expect(problems(Policy.identity(Policy.setVersion('2012-10-17')(draft)))).toStrictEqual([
      '/Statement/0/Condition/StringLike/k/0 InvalidVariable',
      '/Statement/0/Resource/0 InvalidVariable',
    ])
  })

  it('escapedTextMatchesItselfAlone', () => {
    const char = fc.constantFrom('*', '?', '$', '{', '}', 'a', "'", ',', ' ', 'é')
    const written = fc.array(char, { maxLength: 8 })
    const near = fc.record({ at: fc.nat(8), char, cut: fc.nat(1) })
    const matches = (text: string, candidate: string): boolean => {
      const glob = Resource.glob('2012-10-17', () => ({ _tag: 'Missing' }))(
        `arn:aws:s3:::${Policy.escape(text)}`,
      )
      return glob !== undefined && Glob.matches(glob)(`arn:aws:s3:::${candidate}`)
    }
    fc.assert(
      fc.property(written, near, (chars, edit) => {
        const text = chars.join('')
        const other = [...chars.slice(0, edit.at), edit.char, ...chars.slice(edit.at + edit.cut)].join('')
        return matches(text, text) && matches(text, other) === (text === other)
      }),
    )
  })
})

// ---- laws ----

const sid = fc.option(fc.stringMatching(/^[A-Za-z0-9]{0,4}$/), { nil: undefined })
const effect = fc.constantFrom(Policy.allow, Policy.deny)
const actionList = fc.uniqueArray(fc.constantFrom(...ecrActions, 'ecr:*', 's3:Get*'), {
  minLength: 1,
  maxLength: 4,
})
const resourceList = fc.uniqueArray(
  fc.constantFrom('*', repository, 'arn:aws:ecr:*:*:repository/${aws:username}', 'arn:aws:s3:::b/*'),
  { minLength: 1 },
)
const conditionList = fc.uniqueArray(
  fc.constantFrom(
    Policy.stringEquals('aws:PrincipalOrgID', ['o-1', 'o-2']),
    Policy.bool('aws:SecureTransport', true),
    Policy.stringEquals('aws:PrincipalTag/team', Policy.variable('aws:username')),
    Policy.condition('ForAllValues:StringLikeIfExists', 'aws:TagKeys', '*'),
  ),
)
const principalList = fc.uniqueArray(
  fc.constantFrom<Policy.PrincipalEntry>(
    Policy.everyone,
    Policy.account('111122223333'),
    Policy.role('111122223333', 'x'),
    Policy.service('a.b'),
  ),
  { minLength: 1 },
)

const identityDraft: fc.Arbitrary<Policy.IdentityDraft> = fc
  .tuple(effect, fc.boolean(), actionList, fc.boolean(), resourceList, conditionList)
  .map(([make, notAction, list, notResource, resources, condition]) => {
    const action = list.map(Policy.action)
    const resource = notResource ? { notResource: resources } : { resource: resources }
    return notAction
      ? make({ notAction: action, ...resource, condition })
      : make({ action, ...resource, condition })
  })

const resourceDraft: fc.Arbitrary<Policy.ResourceDraft> = fc
  .tuple(effect, sid, actionList, fc.boolean(), principalList, conditionList)
  .map(([make, name, list, negated, principals, condition]) => {
    const rest = { action: list.map(Policy.action), condition, ...(name === undefined ? {} : { sid: name }) }
    return negated ? make({ notPrincipal: principals, ...rest }) : make({ principal: principals, ...rest })
  })

const deepFreeze = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}

describe('laws', () => {
  it('aBuiltDocumentBuildsToItself', () => {
    fc.assert(
      fc.property(fc.array(identityDraft, { minLength: 1 }), (drafts) => {
        const document = Policy.identityOrThrow(drafts)
        return Document.Eq.equals(Policy.identityOrThrow(document), document)
      }),
    )
    fc.assert(
      fc.property(fc.array(resourceDraft, { minLength: 1 }), (drafts) => {
        const document = Policy.resourceOrThrow(drafts)
        return Document.Eq.equals(Policy.resourceOrThrow(document), document)
      }),
    )
  })

  it('statementsStayInOrderAndAreBuiltOneByOne', () => {
    fc.assert(
      fc.property(fc.array(identityDraft, { minLength: 1 }), (drafts) => {
        const together = Policy.identityOrThrow(drafts).statements
        const apart = drafts.map((draft) => Policy.identityOrThrow([draft]).statements[0])
        return (
          together.length === apart.length &&
          apart.every(
            (statement, i) => together[i] !== undefined && Statement.Eq.equals(statement, together[i]),
          )
        )
      }),
    )
  })

  it('readingBackGivesWhatWasWritten', () => {
    fc.assert(
      fc.property(identityDraft, (draft) => {
        const [statement] = Policy.identityOrThrow([draft]).statements
        expect(statement.action).toStrictEqual(draft.action)
        expect(statement.resource).toStrictEqual(draft.resource)
        expect(statement.effect).toBe(draft.effect)
        const block = E.map(Condition.block)(
          E.right(
            draft.conditions.flatMap((c) =>
              E.match(
                () => [],
                (x: Condition.Condition) => [x],
              )(Condition.make(typeof c.operator === 'string' ? c.operator : '', c.key, c.values)),
            ),
          ),
        )
        expect(E.right(statement.conditions)).toStrictEqual(E.flatten(block))
      }),
    )
  })

  it('frozenInputIsFineAndNothingIsShared', () => {
    const fields = deepFreeze({
      action: ['ecr:BatchGetImage', 'ecr:PutImage'] as const,
      resource: [repository],
      condition: { StringEquals: { k: ['v'] } },
    })
    const document = deepFreeze(Policy.identityOrThrow(deepFreeze([Policy.allow(fields)])))
    expect(Document.Eq.equals(Policy.identityOrThrow(document), document)).toBe(true)

    const given = [repository]
    const draft = Policy.allow({ action: 'ecr:*', resource: given })
    given.push('app')
    expect(draft.resource.patterns).toStrictEqual([repository])

    const resource = [repository]
    const values = ['v']
    const drafts = [Policy.allow({ action: 'ecr:*', resource, condition: { StringEquals: { k: values } } })]
    const built = Policy.identityOrThrow(drafts)
    resource.push('app')
    values.push('w')
    drafts.pop()
    expect(built.statements[0].resource.patterns).toStrictEqual([repository])
    expect(built.statements[0].conditions[0]?.values).toStrictEqual(['v'])
    expect(
      Policy.identityOrThrow([Policy.allow({ action: 'ecr:*', resource: '*' })]).statements,
    ).toHaveLength(1)
  })

  it('aHundredThousandTextsAreReadWithoutOverflow', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => `arn:aws:s3:::b/${i.toString()}`)
    expect(identityProblems(Policy.allow({ action: '*', resource: many }))).toStrictEqual([])
    const bad = identityProblems(Policy.allow({ action: '*', resource: many.map((text) => text.slice(4)) }))
    expect(bad).toHaveLength(100_000)
  })
})
