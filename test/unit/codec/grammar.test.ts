/** The grammar rule by rule: what is accepted, and what is refused, where and with which code. */
import { describe, expect, it } from 'vitest'
import { parse } from '../../../src/codec/index.js'
import { policyKinds } from '../../../src/model/PolicyKind.js'
import type { PolicyKind } from '../../../src/model/PolicyKind.js'
import { granting, identity, only, outline, policy, resource, statement, without } from './support.js'

type Bad = readonly [why: string, kind: PolicyKind, input: unknown, ...errors: (readonly [string, string])[]]
type Good = readonly [why: string, kind: PolicyKind, input: unknown]

const S = '/Statement/0'
const rcp = { Effect: 'Deny', Principal: '*', Action: 'ecr:*', Resource: '*' }
const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
const registry = { ...granting, Resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/*' }
const condition = (block: unknown): unknown => identity({ Condition: block })
const equals = (value: unknown): unknown => condition({ StringEquals: { 'aws:x': value } })
const wrongTypes = [null, true, 7, {}]

const bad: readonly Bad[] = [
  ...[null, 7, true, [], undefined, Symbol('x'), 1n, () => 0].map((input): Bad => [
    'GR-1 the document is an object',
    'identity',
    input,
    ['', 'InvalidType'],
  ]),
  ['GR-4 Statement is required', 'identity', {}, ['', 'MissingElement']],
  ['GR-4 Statement is not empty', 'identity', { Statement: [] }, ['/Statement', 'EmptyList']],
  ['GR-4 Statement holds objects', 'identity', { Statement: 'x' }, ['/Statement', 'InvalidType']],
  [
    'GR-4 a list holds statements',
    'identity',
    policy(statement, [statement]),
    ['/Statement/1', 'InvalidType'],
  ],
  ['GR-5 no unknown element', 'identity', { Statement: statement, Note: 1 }, ['/Note', 'UnknownElement']],
  ['GR-5 nor in a statement', 'identity', identity({ Actions: '*' }), [`${S}/Actions`, 'UnknownElement']],
  [
    'GR-5 a single statement has no index',
    'identity',
    { Statement: { ...statement, x: 1 } },
    ['/Statement/x', 'UnknownElement'],
  ],
  [
    'GR-7 two versions',
    'identity',
    { Version: '2012-10-18', Statement: statement },
    ['/Version', 'InvalidVersion'],
  ],
  [
    'GR-7 Version is a string',
    'identity',
    { Version: 2012, Statement: statement },
    ['/Version', 'InvalidType'],
  ],
  ['GR-7 managed: needed', 'managed', { Statement: statement }, ['', 'MissingElement']],
  [
    'GR-7 managed: the newest',
    'managed',
    { Version: '2008-10-17', Statement: statement },
    ['/Version', 'InvalidVersion'],
  ],
  ['GR-8 Id is a string', 'resource', { Id: 1, Statement: granting }, ['/Id', 'InvalidType']],
  ['GR-9 Effect is required', 'identity', policy(without(statement, 'Effect')), [S, 'MissingElement']],
  ['GR-9 in exact letters', 'identity', identity({ Effect: 'allow' }), [`${S}/Effect`, 'InvalidEffect']],
  ['GR-9 Effect is a string', 'identity', identity({ Effect: ['Allow'] }), [`${S}/Effect`, 'InvalidType']],
  ['GR-10 letters and digits', 'identity', identity({ Sid: 'a b' }), [`${S}/Sid`, 'InvalidSid']],
  ['GR-10 in trust policies too', 'trust', policy({ ...trust, Sid: 'a-b' }), [`${S}/Sid`, 'InvalidSid']],
  ['GR-10 Sid is a string', 'resource', resource({ Sid: 1 }), [`${S}/Sid`, 'InvalidType']],
  [
    'GR-10 once',
    'scp',
    policy({ ...statement, Sid: 'a' }, statement, { ...statement, Sid: 'a' }),
    ['/Statement/2/Sid', 'DuplicateSid'],
  ],
  ['GR-11 Action is required', 'identity', policy(without(statement, 'Action')), [S, 'MissingElement']],
  ['GR-11 not both', 'identity', identity({ NotAction: 'ecr:*' }), [`${S}/NotAction`, 'ConflictingElements']],
  ['GR-11 with a service', 'identity', identity({ Action: 'PutImage' }), [`${S}/Action`, 'InvalidAction']],
  ['GR-11 one colon', 'identity', identity({ Action: 'ecr:a:b' }), [`${S}/Action`, 'InvalidAction']],
  ['GR-11 not blank', 'identity', identity({ Action: ['ecr:*', ''] }), [`${S}/Action/1`, 'InvalidAction']],
  [
    'GR-11 not empty',
    'identity',
    identity({ NotAction: [], Action: undefined }),
    [`${S}/NotAction`, 'EmptyList'],
  ],
  ['GR-11 flat', 'identity', identity({ Action: ['ecr:*', ['ecr:*']] }), [`${S}/Action/1`, 'InvalidType']],
  ...wrongTypes.map((Action): Bad => [
    'GR-11 text',
    'identity',
    identity({ Action }),
    [`${S}/Action`, 'InvalidType'],
  ]),
  ...wrongTypes.map((Resource): Bad => [
    'GR-13 text',
    'identity',
    identity({ Resource }),
    [`${S}/Resource`, 'InvalidType'],
  ]),
  ['GR-13 Resource is required', 'identity', policy(without(statement, 'Resource')), [S, 'MissingElement']],
  ['GR-13 not both', 'identity', identity({ NotResource: '*' }), [`${S}/NotResource`, 'ConflictingElements']],
  ['GR-13 an ARN', 'identity', identity({ Resource: ['*', 'app'] }), [`${S}/Resource/1`, 'InvalidResource']],
  ['GR-13 not empty', 'identity', identity({ Resource: [] }), [`${S}/Resource`, 'EmptyList']],
  ['GR-13 s3-bucket needs it', 's3-bucket', policy(granting), [S, 'MissingElement']],
  ['GR-13 ecr-registry needs it', 'ecr-registry', policy(granting), [S, 'MissingElement']],
  ['GR-12 no null', 'identity', equals(null), [`${S}/Condition/StringEquals/aws:x`, 'InvalidType']],
  [
    'GR-12 no nested list',
    'identity',
    equals(['a', ['b']]),
    [`${S}/Condition/StringEquals/aws:x/1`, 'InvalidType'],
  ],
  ['GR-12 no object', 'identity', equals({}), [`${S}/Condition/StringEquals/aws:x`, 'InvalidType']],
  [
    'GR-12 no NaN',
    'identity',
    equals([1, NaN]),
    [`${S}/Condition/StringEquals/aws:x/1`, 'InvalidConditionValue'],
  ],
  ...[null, [], 'x'].map((block): Bad => [
    'GR-14 an object',
    'identity',
    condition(block),
    [`${S}/Condition`, 'InvalidType'],
  ]),
  ...[null, [], 'x'].map((keys): Bad => [
    'GR-14 of objects',
    'identity',
    condition({ Bool: keys }),
    [`${S}/Condition/Bool`, 'InvalidType'],
  ]),
  [
    'GR-14 a known operator',
    'identity',
    condition({ StringEqual: { k: 'v' } }),
    [`${S}/Condition/StringEqual`, 'InvalidConditionOperator'],
  ],
  [
    'GR-14 Null without IfExists',
    'identity',
    condition({ NullIfExists: { k: 'true' } }),
    [`${S}/Condition/NullIfExists`, 'InvalidConditionOperator'],
  ],
  [
    'GR-14 a key with a name',
    'identity',
    condition({ Bool: { '': true } }),
    [`${S}/Condition/Bool/`, 'InvalidConditionKey'],
  ],
  [
    'CO-5 two spellings',
    'identity',
    condition({ Bool: { 'aws:X': true, 'AWS:x': true } }),
    [`${S}/Condition/Bool/AWS:x`, 'DuplicateConditionKey'],
  ],
  [
    'CO-B2 Bool takes one value',
    'identity',
    condition({ BoolIfExists: { k: [true, false] } }),
    [`${S}/Condition/BoolIfExists/k`, 'InvalidConditionValue'],
  ],
  ['GR-15 no Principal', 'identity', identity({ Principal: '*' }), [`${S}/Principal`, 'ForbiddenElement']],
  [
    'GR-15 no NotPrincipal',
    'session',
    identity({ NotPrincipal: '*' }),
    [`${S}/NotPrincipal`, 'ForbiddenElement'],
  ],
  ['SC-11 no Principal', 'scp', identity({ Principal: '*' }), [`${S}/Principal`, 'ForbiddenElement']],
  ['GR-15 Principal is required', 'resource', policy(statement), [S, 'MissingElement']],
  ['VE-4 Principal is required', 'endpoint', policy(statement), [S, 'MissingElement']],
  [
    'GR-15 not both',
    'resource',
    resource({ NotPrincipal: '*' }),
    [`${S}/NotPrincipal`, 'ConflictingElements'],
  ],
  [
    'GR-16 a lone text is `*`',
    'resource',
    resource({ Principal: '111122223333' }),
    [`${S}/Principal`, 'InvalidPrincipal'],
  ],
  ['GR-16 no list', 'resource', resource({ Principal: ['*'] }), [`${S}/Principal`, 'InvalidType']],
  ['GR-16 no null', 'resource', resource({ Principal: null }), [`${S}/Principal`, 'InvalidType']],
  ['GR-16 somebody', 'resource', resource({ Principal: {} }), [`${S}/Principal`, 'EmptyList']],
  [
    'GR-16 of each type',
    'resource',
    resource({ Principal: { AWS: [] } }),
    [`${S}/Principal/AWS`, 'EmptyList'],
  ],
  [
    'PR-1 a known type',
    'resource',
    resource({ Principal: { aws: '*' } }),
    [`${S}/Principal/aws`, 'UnknownElement'],
  ],
  [
    'PR-13 no group',
    'resource',
    resource({ Principal: { AWS: 'arn:aws:iam::111122223333:group/x' } }),
    [`${S}/Principal/AWS`, 'InvalidPrincipal'],
  ],
  [
    'GR-17 no wildcard',
    'resource',
    resource({ Principal: { AWS: ['*', 'arn:aws:iam::111122223333:role/*'] } }),
    [`${S}/Principal/AWS/1`, 'InvalidPrincipal'],
  ],
  ['RP-10 only Deny', 'rcp', policy({ ...rcp, Effect: 'Allow' }), [`${S}/Effect`, 'InvalidEffect']],
  [
    'RP-10 everybody',
    'rcp',
    policy({ ...rcp, Principal: { AWS: '*' } }),
    [`${S}/Principal`, 'InvalidPrincipal'],
  ],
  [
    'RP-10 no NotPrincipal',
    'rcp',
    policy({ ...without(rcp, 'Principal'), NotPrincipal: '*' }),
    [`${S}/NotPrincipal`, 'ForbiddenElement'],
  ],
  [
    'RP-10 no NotAction',
    'rcp',
    policy({ ...without(rcp, 'Action'), NotAction: 'ecr:*' }),
    [`${S}/NotAction`, 'ForbiddenElement'],
  ],
  ['RP-10 not `*` alone', 'rcp', policy({ ...rcp, Action: '*' }), [`${S}/Action`, 'InvalidAction']],
  [
    'RP-10 the service in letters',
    'rcp',
    policy({ ...rcp, Action: ['e*:Get*'] }),
    [`${S}/Action/0`, 'InvalidAction'],
  ],
  ['RP-10 Version', 'rcp', { Statement: rcp }, ['', 'MissingElement']],
  ['RP-10 Resource', 'rcp', policy(without(rcp, 'Resource')), [S, 'MissingElement']],
  ['ST-5 no Resource', 'trust', policy({ ...trust, Resource: '*' }), [`${S}/Resource`, 'ForbiddenElement']],
  [
    'ST-5 no NotResource',
    'trust',
    policy({ ...trust, NotResource: '*' }),
    [`${S}/NotResource`, 'ForbiddenElement'],
  ],
  [
    'ST-5 no NotPrincipal',
    'trust',
    policy({ ...without(trust, 'Principal'), NotPrincipal: '*' }),
    [`${S}/NotPrincipal`, 'ForbiddenElement'],
  ],
  [
    'ST-5 only sts',
    'trust',
    policy({ ...trust, Action: ['sts:*', 'ecr:*', '*'] }),
    [`${S}/Action/1`, 'InvalidAction'],
    [`${S}/Action/2`, 'InvalidAction'],
  ],
  [
    'EX-29 only ecr',
    'ecr-repository',
    resource({ Action: ['ecr:*', 's3:*'] }),
    [`${S}/Action/1`, 'InvalidAction'],
  ],
  [
    'EX-29 only ecr',
    'ecr-registry',
    policy({ ...registry, Action: 'ecr-public:*' }),
    [`${S}/Action`, 'InvalidAction'],
  ],
  [
    'VA-2 not in Action',
    'identity',
    identity({ Action: 'ecr:${aws:x}' }),
    [`${S}/Action`, 'InvalidVariable'],
  ],
  [
    'VA-2 not in Principal',
    'resource',
    resource({ Principal: { AWS: '${aws:x}' } }),
    [`${S}/Principal/AWS`, 'InvalidVariable'],
  ],
  ['VA-10 unclosed', 'identity', equals('${aws:x'), [`${S}/Condition/StringEquals/aws:x`, 'InvalidVariable']],
  [
    'VA-10 without a name',
    'identity',
    equals(['a', '${}']),
    [`${S}/Condition/StringEquals/aws:x/1`, 'InvalidVariable'],
  ],
  [
    'VA-10 in Resource',
    'identity',
    identity({ Resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/${a b}' }),
    [`${S}/Resource`, 'InvalidVariable'],
  ],
  [
    'U-18 beyond U+00FF',
    'identity',
    equals('łódź'),
    [`${S}/Condition/StringEquals/aws:x`, 'InvalidCharacter'],
  ],
  [
    'U-18 in a name',
    'trust',
    policy({ ...trust, Condition: { StringEquals: { 'k\u0100': 'v' } } }),
    [`${S}/Condition/StringEquals/k\u0100`, 'InvalidCharacter'],
  ],
  [
    'GR-6 control characters',
    'scp',
    equals('a\u0007'),
    [`${S}/Condition/StringEquals/aws:x`, 'InvalidCharacter'],
  ],
  ['U-18 half a pair', 'ecr-repository', resource({ Sid: 'a\ud800' }), [`${S}/Sid`, 'InvalidCharacter']],
  ['U-18 the other half', 'resource', resource({ Sid: '\udc00\ud800' }), [`${S}/Sid`, 'InvalidCharacter']],
  [
    'every violation is found in one pass',
    'identity',
    policy({ Effect: 'allow', Action: ['x', 'y'], Principal: 1, Condition: { X: { k: null }, Y: 1 } }, 7),
    [`${S}/Effect`, 'InvalidEffect'],
    [`${S}/Principal`, 'ForbiddenElement'],
    [`${S}/Action/0`, 'InvalidAction'],
    [`${S}/Action/1`, 'InvalidAction'],
    [S, 'MissingElement'],
    [`${S}/Condition/X`, 'InvalidConditionOperator'],
    [`${S}/Condition/X/k`, 'InvalidType'],
    [`${S}/Condition/Y`, 'InvalidConditionOperator'],
    [`${S}/Condition/Y`, 'InvalidType'],
    ['/Statement/1', 'InvalidType'],
  ],
]

const good: readonly Good[] = [
  ['GR-4 one statement', 'identity', { Statement: statement }],
  ['GR-7 the old version', 'identity', { Version: '2008-10-17', Statement: statement }],
  ['GR-8 Id is borne elsewhere', 'identity', { Id: 'x', Statement: statement }],
  ['GR-10 no text in Sid, twice', 'identity', policy({ ...statement, Sid: '' }, { ...statement, Sid: '' })],
  [
    'U-20 any Sid, even twice',
    'ecr-repository',
    policy({ ...granting, Sid: 'pull it' }, { ...granting, Sid: 'pull it' }),
  ],
  ['GR-11 unknown names are stored', 'identity', identity({ Action: 'ecr:Frobnicate' })],
  ['GR-11 NotAction', 'identity', policy({ Effect: 'Deny', NotAction: ['ecr:*', 's3:*'], Resource: '*' })],
  [
    'GR-12 numbers and booleans',
    'identity',
    condition({ NumericLessThan: { k: [1, '2', 3.5] }, Bool: { k: true } }),
  ],
  ['GR-14 nothing', 'identity', condition({ StringEquals: {}, Bool: { k: [] } })],
  ['GR-14 all parts', 'identity', condition({ 'ForAllValues:StringLikeIfExists': { k: ['a', 'b'] } })],
  ['CO-5 under two operators', 'identity', condition({ Bool: { k: true }, BoolIfExists: { K: true } })],
  [
    'SC-8 the whole language',
    'scp',
    policy({ Effect: 'Allow', NotAction: 'ecr:*', NotResource: '*', Condition: {} }),
  ],
  [
    'PR-12 Allow with NotPrincipal',
    'resource',
    policy({ Effect: 'Allow', NotPrincipal: { AWS: '111122223333' }, Action: 'ecr:*' }),
  ],
  [
    'PR-1 all types',
    's3-bucket',
    resource({
      Resource: '*',
      Principal: {
        AWS: ['*', '111122223333'],
        Service: 'x.amazonaws.com',
        Federated: 'accounts.google.com',
        CanonicalUser: 'abc',
      },
    }),
  ],
  ['U-21 unique ids', 'resource', resource({ Principal: { AWS: 'AROAEXAMPLEEXAMPLEID' } })],
  ['U-19 Resource', 'ecr-repository', resource({ Resource: '*', Action: 'ecr:GetAuthorizationToken' })],
  [
    '`*` and a prefix that can be ecr',
    'ecr-repository',
    resource({ Action: ['*', 'ecr:*', 'E?R:Get*', 'e*:Put*'] }),
  ],
  ['EC-5', 'ecr-registry', policy(registry)],
  ['ST-5', 'trust', policy({ ...trust, Action: ['sts:AssumeRole', 'STS:TagSession', 'sts:*'] })],
  ['RP-10', 'rcp', policy({ ...without(rcp, 'Resource'), NotResource: '*', Action: 'ecr:*Image' })],
  ['VE-4', 'endpoint', policy(granting)],
  [
    'VA-6 no variables in the old language',
    'identity',
    { Statement: { ...statement, Condition: { StringEquals: { k: '${' } } } },
  ],
  ['VA-5 a default', 'identity', equals("${aws:PrincipalTag/team, 'none'}")],
  ['U-18 up to U+00FF', 'identity', equals('Zürich\tÿ\r\n')],
  ['U-18 all of Unicode elsewhere', 'ecr-repository', resource({ Sid: 'łódź 🚢' })],
]

describe('a policy is refused with pointer and code', () => {
  it.each(bad.map(([why, kind, input, ...errors], row) => ({ row, why, kind, input, errors })))(
    '$row $why ($kind)',
    ({ kind, input, errors }) => {
      expect(outline(parse(input, kind))).toStrictEqual(errors)
    },
  )
})

describe('a policy is accepted', () => {
  it.each(good.map(([why, kind, input]) => ({ why, kind, input })))('$why ($kind)', ({ kind, input }) => {
    expect(outline(parse(input, kind))).toStrictEqual([])
    expect(outline(parse(JSON.stringify(input, undefined, 2), kind))).toStrictEqual([])
  })
})

describe('a mend is suggested', () => {
  it.each([
    ['the nearest element', identity({ Actions: '*' }), 'did you mean `Action`?'],
    ['the nearest effect', identity({ Effect: 'allow' }), 'did you mean `Allow`?'],
    ['the nearest version', { Version: '2012-10-71', Statement: statement }, 'did you mean `2012-10-17`?'],
    ['the nearest operator', condition({ StringEqual: { k: '' } }), 'did you mean `StringEquals`?'],
    ['a Sid of letters', identity({ Sid: 'pull-it' }), 'write `pullit`'],
    ['a full action', identity({ Action: 'BatchGetImages' }), 'did you mean `ecr:BatchGetImage`?'],
  ])('%s', (_, input, suggestion) => {
    expect(only(parse(input, 'identity')).suggestion).toBe(suggestion)
  })

  it('the type of a bare principal', () => {
    const arn = 'arn:aws:iam::111122223333:root'
    expect(only(parse(resource({ Principal: arn }), 'resource')).suggestion).toBe(`write {"AWS": "${arn}"}`)
  })
})

describe('the kind, when none is given', () => {
  it('is resource as soon as one statement names principals', () => {
    expect(outline(parse(policy(granting, statement)))).toStrictEqual([['/Statement/1', 'MissingElement']])
    expect(outline(parse({ Statement: { ...granting, Sid: 'a b' } }))).toStrictEqual([])
    expect(outline(parse(policy({ ...without(granting, 'Principal'), NotPrincipal: '*' })))).toStrictEqual([])
  })

  it('is identity otherwise', () => {
    expect(outline(parse(policy(without(statement, 'Resource'))))).toStrictEqual([[S, 'MissingElement']])
  })
})

describe('sizes', () => {
  /** A policy of exactly `size` characters as compact JSON. */
  const sized = (kind: PolicyKind, size: number): unknown => {
    const base = {
      ...(kind === 'rcp'
        ? rcp
        : kind === 'trust'
          ? trust
          : kind === 'ecr-registry'
            ? registry
            : { ...statement }),
      ...(kind === 'endpoint' || kind === 'ecr-repository' ? { Principal: '*' } : {}),
    }
    const fill = (n: number): unknown =>
      policy({ ...base, Condition: { StringEquals: { k: 'x'.repeat(n) } } })
    return fill(size - JSON.stringify(fill(0)).length)
  }
  const limits: readonly (readonly [PolicyKind, number, boolean])[] = [
    ['managed', 6144, false],
    ['boundary', 6144, false],
    ['inline-user', 2048, false],
    ['inline-role', 10240, false],
    ['inline-group', 5120, false],
    ['session', 2048, true],
    ['trust', 2048, false],
    ['scp', 10240, true],
    ['rcp', 5120, true],
    ['ecr-repository', 10240, true],
    ['ecr-registry', 10240, true],
    ['endpoint', 20480, true],
  ]

  it.each(limits)('a policy of kind %s has at most %i characters', (kind, limit, blanks) => {
    const [full, over] = [sized(kind, limit), sized(kind, limit + 1)]
    expect(outline(parse(full, kind))).toStrictEqual([])
    expect(outline(parse(JSON.stringify(full), kind))).toStrictEqual([])
    const error = only(parse(over, kind))
    expect([error.pointer, error.code]).toStrictEqual(['', 'TooLarge'])
    expect(error.message).toContain(String(limit))
    expect(error.message).toContain(String(limit + 1))
    expect(outline(parse(JSON.stringify(over), kind))).toStrictEqual([['', 'TooLarge']])
    expect(outline(parse(` ${JSON.stringify(full)}`, kind))).toStrictEqual(blanks ? [['', 'TooLarge']] : [])
  })

  it('counts characters, not UTF-16 units', () => {
    const of = (n: number): unknown => resource({ Sid: '🚢'.repeat(n) })
    const rest = 10_240 - JSON.stringify(of(0)).length
    expect(outline(parse(of(rest), 'ecr-repository'))).toStrictEqual([])
    expect(outline(parse(JSON.stringify(of(rest)), 'ecr-repository'))).toStrictEqual([])
    expect(outline(parse(JSON.stringify(of(rest + 1)), 'ecr-repository'))).toStrictEqual([['', 'TooLarge']])
  })

  it.each(policyKinds.filter((kind) => !limits.some(([limited]) => limited === kind)))(
    'a policy of kind %s has no limit',
    (kind) => {
      const base = kind === 'identity' ? statement : { ...granting, Resource: '*' }
      const large = policy(...Array.from({ length: 2000 }, () => base))
      expect(outline(parse(large, kind))).toStrictEqual([])
    },
  )
})

describe('after a hundred errors', () => {
  it('a last one stands for the rest', () => {
    const errors = outline(parse(identity({ Action: Array.from({ length: 500 }, () => 'x') }), 'identity'))
    expect(errors).toHaveLength(101)
    expect(errors[99]).toStrictEqual([`${S}/Action/99`, 'InvalidAction'])
    expect(errors[100]).toStrictEqual(['', 'TooManyErrors'])
  })

  it('exactly a hundred are all there is to say', () => {
    expect(
      outline(parse(identity({ Action: Array.from({ length: 100 }, () => 'x') }), 'identity')),
    ).toHaveLength(100)
  })
})
