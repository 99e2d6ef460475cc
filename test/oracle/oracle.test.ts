/** The oracle's corners, one small table each. Expected values are worked out by hand from the rules named. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { arnLike, conditionHolds, decide, globMatches, matchDocument, resourceMatches } from './decide.js'
import type { Outcome, PolicyJson, RequestJson, ScenarioJson, StatementJson } from './decide.js'
import { isSpared, principalStrength, readCaller } from './principals.js'
import type { PrincipalJson } from './principals.js'
import { compareDecimals, inBlock, readAddress, readBytes, readDate, readDecimal } from './readers.js'

const NOW = '2012-10-17'
const A = '111122223333'
const B = '444455556666'
const IAM = `arn:aws:iam::${A}`
const STS = `arn:aws:sts::${A}`
const REPO = `arn:aws:ecr:eu-west-1:${A}:repository/team/app`
const none = (): undefined => undefined
const lookupIn =
  (context: Readonly<Record<string, readonly string[]>>) =>
  (key: string): readonly string[] | undefined =>
    new Map(Object.entries(context)).get(key)

describe('globs (SM-A2, CO-S3)', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['?', '', false],
    ['a*c', 'abbc', true],
    ['a*c', 'abcd', false],
    ['a?c', 'ac', false],
    ['*a*b*', 'xxaxxbxx', true],
    ['*a*b*', 'xxbxxaxx', false],
    ['a**', 'a', true],
    ['.', 'x', false],
    ['?', '\u{1F600}', true],
    ['A', 'a', false],
  ])('%j on %j: %s', (pattern, text, expected) => {
    expect(globMatches(pattern, text)).toBe(expected)
  })
})

describe('Resource patterns (SM-R1..R10, U-9, U-10, VA-1..VA-11)', () => {
  const context = lookupIn({ u: ['bob'], star: ['*'], two: ['a', 'b'], none: [] })
  it.each([
    ['*', REPO, true],
    ['*', '*', true],
    ['arn:aws:ecr:*', '*', false],
    ['**', '*', false],
    [REPO, REPO, true],
    ['arn:aws:ecr:eu-west-1:*', REPO, true],
    ['arn:aws:ecr:eu*', REPO, true],
    ['arn:aws:ecr:eu*1:repository/team/app', REPO, false],
    [`arn:aws:ecr:eu*1:${A}:repository/team/app`, REPO, true],
    [`arn:aws:ecr:e*:repository/team/app`, REPO, false],
    [`arn:aws:ecr:e*:repository/*`, `arn:aws:ecr:e:x:repository/y`, false],
    [`arn:aws:ecr:e*:repository/*`, `arn:aws:ecr:e:x:repository/y:z`, true],
    [`arn:aws:ecr:e*:repository/*:*`, `arn:aws:ecr:e:x:repository/y:z`, true],
    [`arn:aws:ecr?eu-west-1:${A}:repository/team/app`, REPO, false],
    ['arn:*:ecr:*:*:repository/*', REPO, true],
    ['arn:aws:ecr', REPO, true],
    ['arn:aws:ec', REPO, false],
    ['arn:aws:ecr:*:*:repository/*p', REPO, true],
    ['arn:aws:ecr:*:*:repository/team?app', REPO, true],
    ['arn:aws:ecr:*:*:Repository/*', REPO, false],
    ['arn:aws:s3:::b/${u}', 'arn:aws:s3:::b/bob', true],
    ["arn:aws:s3:::b/${u, 'x'}", 'arn:aws:s3:::b/bob', true],
    ["arn:aws:s3:::b/${v, 'x'}", 'arn:aws:s3:::b/x', true],
    ["arn:aws:s3:::b/${none, 'x'}", 'arn:aws:s3:::b/x', true],
    ["arn:aws:s3:::b/${two, 'x'}", 'arn:aws:s3:::b/x', false],
    ["arn:aws:s3:::b/${two, 'x'}", 'arn:aws:s3:::b/a', false],
    ['arn:aws:s3:::b/${v}', 'arn:aws:s3:::b/${v}', false],
    ['arn:aws:s3:::b/${star}', 'arn:aws:s3:::b/x', false],
    ['arn:aws:s3:::b/${star}', 'arn:aws:s3:::b/*', true],
    ['arn:aws:s3:::b/${*}', 'arn:aws:s3:::b/x', false],
    ['arn:aws:s3:::b/${?}${$}', 'arn:aws:s3:::b/?$', true],
    ['arn:aws:s3:${u}::b', 'arn:aws:s3:bob::b', false],
    ['arn:aws:s3:${u}::b', 'arn:aws:s3:${u}::b', true],
  ])('%j on %j: %s', (pattern, resource, expected) => {
    expect(resourceMatches(pattern, resource, context, NOW)).toBe(expected)
  })

  it.each(['2008-10-17', undefined])('VA-6: under version %s a variable is plain text', (version) => {
    expect(resourceMatches('arn:aws:s3:::b/${u}', 'arn:aws:s3:::b/${u}', context, version)).toBe(true)
    expect(resourceMatches('arn:aws:s3:::b/${u}', 'arn:aws:s3:::b/bob', context, version)).toBe(false)
  })

  it.each(['${', '${}', '${a b}', '${a,"b"}', "${a,'b'}"])('VA-10: %s is refused aloud', (text) => {
    expect(() => resourceMatches(`arn:aws:s3:::b/${text}`, 'arn:aws:s3:::b/x', context, NOW)).toThrow(
      'malformed',
    )
  })
})

describe('ARN condition values, six parts one by one (CO-R1, CO-R2, U-10)', () => {
  it.each([
    ['arn:aws:ecr:*:*:repository/*', REPO, true],
    ['arn:aws:ecr:*:repository/*', REPO, false],
    ['arn:aws:ecr:eu-west-1:*', REPO, false],
    ['*', REPO, false],
    ['arn:aws:sns:*:*:*', 'arn:aws:sns:r:a:topic:sub', true],
    ['arn:aws:sns:*:*:topic', 'arn:aws:sns:r:a:topic:sub', false],
    ['arn:*:*:*:*:*', 'arn:aws:s3', false],
    ['arn:aws:s3:::b?', 'arn:aws:s3:::bb', true],
    ['arn:aws:ECR:*:*:*', REPO, false],
  ])('%j on %j: %s', (pattern, value, expected) => {
    expect(arnLike(pattern, value)).toBe(expected)
  })
})

describe('decimals (CO-N1, CO-N2)', () => {
  it.each([
    ['10', '10.0', 0],
    ['010', '10', 0],
    ['-0', '0', 0],
    ['9', '10', -1],
    ['-9', '-10', 1],
    ['0.1', '0.09', 1],
    ['9007199254740993', '9007199254740992', 1],
    ['0.30000000000000000001', '0.3', 1],
    ['1e3', '1000', 0],
    ['1.25E+1', '12.5', 0],
    ['-1250e-2', '-12.5', 0],
    ['1e-3', '0.001', 0],
    ['9e-1', '1', -1],
  ])('%s against %s: %i', (a, b, sign) => {
    const [x, y] = [readDecimal(a), readDecimal(b)]
    expect(x && y && compareDecimals(x, y)).toBe(sign)
  })

  it.each(['', 'ten', '1e', 'e3', '1.', '.5', ' 1', '1,0', '0x1', 'NaN'])('%j is not a decimal', (text) => {
    expect(readDecimal(text)).toBeUndefined()
  })
})

describe('dates (CO-D1..D3)', () => {
  it.each([
    ['2024-06-01T12:00:00Z', '2024-06-01T14:00:00+02:00', 0],
    ['2024-06-01T00:30:00+01:00', '2024-05-31T23:30:00Z', 0],
    ['2024-06-01T12:00Z', '2024-06-01T12:00:00.000Z', 0],
    ['2024', '2024-01-01T00:00:00Z', 0],
    ['2024-06', '2024-06-01', 0],
    ['1717200000', '2024-06-01', 0],
    ['2024-06-01T00:00:00.0000000001Z', '2024-06-01', 1],
    ['1969-12-31T23:59:59.75Z', '-0.25', 0],
    ['1969-12-31T23:59:58.75Z', '-1.25', 0],
    ['0001-01-01', '1970', -1],
    ['2024-02-29', '2024-03-01', -1],
  ])('%s against %s: %i', (a, b, sign) => {
    const [x, y] = [readDate(a), readDate(b)]
    expect(x && y && compareDecimals(x, y)).toBe(sign)
  })

  it.each([
    '2023-02-29',
    '2024-13',
    '2024-6-1',
    '2024-06-01T12:00:00',
    '2024-06-01T24:00:00Z',
    'today',
    '2024-06-01 12:00Z',
  ])('%s is not a date', (text) => {
    expect(readDate(text)).toBeUndefined()
  })
})

describe('addresses (CO-P1..P3)', () => {
  it.each([
    ['203.0.113.0/24', '203.0.113.255', true],
    ['203.0.113.0/24', '203.0.114.0', false],
    ['203.0.113.9/24', '203.0.113.1', true],
    ['203.0.113.5', '203.0.113.5', true],
    ['0.0.0.0/0', '8.8.8.8', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '8.8.8.8', false],
    ['::/0', '::ffff:8.8.8.8', true],
    ['10.0.0.0/8', '::ffff:10.0.0.1', false],
    ['2001:DB8::/32', '2001:0db8:0000::1', true],
    ['2001:db8::1', '2001:db8:0:0:0:0:0:1', true],
    ['10.0.0.0/33', '10.0.0.0', false],
    ['10.0.0.0/', '10.0.0.0', false],
    ['10.0.0.0/8/8', '10.0.0.0', false],
    ['10.0.0.0/8', '10.0.0.0/16', false],
  ])('%s contains %s: %s', (block, address, expected) => {
    expect(inBlock(block, address)).toBe(expected)
  })

  it.each([
    '1.2.3',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4.5',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::g',
    '::12345',
    'fe80::1%eth0',
    '1.2.3.4::',
  ])('%s is not an address', (text) => {
    expect(readAddress(text)).toBeUndefined()
  })

  it('reads a dotted tail as the last two groups', () => {
    expect(readAddress('::ffff:1.2.3.4')).toBe(readAddress('0:0:0:0:0:ffff:102:304'))
    expect(readAddress('::')).toBe('0'.repeat(128))
  })
})

describe('bytes (CO-Y1)', () => {
  it('compares what the base64 stands for', () => {
    expect(readBytes('QUI=')).toBe('4142')
    expect(readBytes('QUI')).toBeUndefined()
  })
})

describe('operators, absent keys, lists and sets (CO-1..CO-M7, U-1..U-7)', () => {
  const missing: readonly (readonly [string, boolean])[] = [
    ['StringEquals', false],
    ['StringNotEquals', true],
    ['StringNotLike', true],
    ['NumericNotEquals', true],
    ['NumericLessThan', false],
    ['DateNotEquals', true],
    ['ArnNotLike', true],
    ['NotIpAddress', true],
    ['Bool', false],
    ['BinaryEquals', false],
    ['StringEqualsIfExists', true],
    ['StringNotEqualsIfExists', true],
    ['ForAllValues:StringEquals', true],
    ['ForAllValues:StringNotEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
    ['ForAllValues:StringEqualsIfExists', true],
    ['ForAnyValue:StringEqualsIfExists', false],
    ['ForAnyValue:Null', false],
    ['ForAllValues:Null', true],
  ]
  it.each(missing)('%s on a key that is not there: %s', (operator, expected) => {
    expect(conditionHolds(operator, 'k', ['true'], undefined)).toBe(expected)
    expect(conditionHolds(operator, 'k', ['true'], [])).toBe(expected) // U-1
  })

  it.each(missing.filter(([operator]) => !operator.includes('Null')))(
    'U-4: %s without policy values holds for no key that is there, and as usual (%s) for one that is not',
    (operator, expected) => {
      expect(conditionHolds(operator, 'k', [], ['x'])).toBe(false)
      expect(conditionHolds(operator, 'k', [], undefined)).toBe(expected)
    },
  )

  it.each([
    ['StringEquals', ['a', 'b'], ['b'], true],
    ['StringEquals', ['a*'], ['ab'], false],
    ['StringEquals', ['A'], ['a'], false],
    ['StringEqualsIgnoreCase', ['A'], ['a'], true],
    ['StringNotEqualsIgnoreCase', ['A', 'b'], ['a'], false],
    ['StringNotEquals', ['a', 'b'], ['c'], true],
    ['StringNotEquals', ['a', 'b'], ['b'], false],
    ['StringLike', ['a?*'], ['abc'], true],
    ['StringEquals', ['a', 'b'], ['a', 'b'], false],
    ['StringNotEquals', ['c'], ['a', 'b'], false],
    ['StringEqualsIfExists', ['a'], ['a', 'a'], false],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a'], ['a', 'b'], false],
    ['ForAnyValue:StringEquals', ['a'], ['a', 'b'], true],
    ['ForAnyValue:StringEquals', ['c'], ['a', 'b'], false],
    ['ForAllValues:StringNotEquals', ['a'], ['a', 'b'], false],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], false],
    ['NumericEquals', ['x'], ['x'], false],
    ['NumericNotEquals', ['x'], ['x'], true],
    ['NumericNotEquals', ['1'], ['x'], true],
    ['NumericNotEquals', ['x', '1'], ['1.0'], false],
    ['NumericLessThan', ['10'], ['9.99'], true],
    ['NumericLessThan', ['10'], ['10'], false],
    ['NumericLessThanEquals', ['10'], ['10'], true],
    ['NumericGreaterThan', ['10'], ['10'], false],
    ['NumericGreaterThanEquals', ['10'], ['10.0'], true],
    ['DateLessThan', ['2024-06-01'], ['2024-05-31T23:59:59Z'], true],
    ['DateLessThanEquals', ['2024-06-01'], ['1717200000'], true],
    ['DateGreaterThan', ['2024-06-01'], ['1717200000'], false],
    ['DateNotEquals', ['2024'], ['never'], true],
    ['Bool', ['true'], ['true'], true],
    ['Bool', ['yes'], ['yes'], false],
    ['Bool', ['TRUE'], ['True'], true],
    ['Bool', ['False'], ['true'], false],
    ['Bool', ['${k}'], ['true'], false],
    ['BinaryEquals', ['QUI='], ['QUI='], true],
    ['BinaryEquals', ['!'], ['!'], false],
    ['NotIpAddress', ['10.0.0.0/8'], ['x'], true],
    ['NotIpAddress', ['10.0.0.0/8'], ['::1'], true],
    ['ArnEquals', ['arn:aws:ecr:*:*:*'], [REPO], true],
    ['ArnNotEquals', ['*'], [REPO], true],
    ['ArnNotLike', ['arn:aws:ecr:*:*:*'], ['no-arn'], true],
    ['Null', ['true'], ['x'], false],
    ['Null', ['false'], ['x'], true],
    ['Null', ['true', 'false'], ['x'], true],
    ['Null', ['maybe'], ['x'], false],
    ['Null', ['FALSE'], ['x'], true],
  ] as const)('%s %j on %j: %s', (operator, policy, values, expected) => {
    expect(conditionHolds(operator, 'k', policy, values, none, NOW)).toBe(expected)
  })

  it.each([
    ['StringEquals', ['${u}'], 'bob', true],
    ['StringEquals', ['${*}'], '*', true],
    ['StringNotEquals', ['${gone}'], 'bob', true],
    ['StringNotEquals', ['${gone}', 'bob'], 'bob', false],
    ['StringEquals', ["${gone, 'bob'}"], 'bob', true],
    ['StringLike', ['${star}'], 'bob', false],
    ['ArnLike', ['arn:aws:iam::${acct:id}:role/*'], `${IAM}:role/a/b`, true],
    ['NumericEquals', ['${n}'], '1', false],
  ] as const)('%s %j on %j with variables: %s', (operator, policy, value, expected) => {
    const context = lookupIn({ u: ['bob'], star: ['*'], 'acct:id': [A], n: ['1'] })
    expect(conditionHolds(operator, 'k', policy, [value], context, NOW)).toBe(expected)
  })

  it.each(['StringIs', 'NullIfExists', 'stringequals', 'Constructor'])(
    '%s is not an operator',
    (operator) => {
      expect(() => conditionHolds(operator, 'k', ['a'], ['a'])).toThrow()
    },
  )
})

describe('principals (PR-1..PR-15, SA-2..SA-10, U-11, U-12, U-21)', () => {
  const session = `${STS}:assumed-role/ci/run`
  it.each<readonly [PrincipalJson, string, string | undefined]>([
    ['*', 'anonymous', 'Direct'],
    [{ AWS: '*' }, 'lambda.amazonaws.com', 'Direct'],
    [{ AWS: `${IAM}:root` }, `${IAM}:user/u`, 'Account'],
    [{ AWS: A }, session, 'Account'],
    [{ AWS: A }, `${IAM}:root`, 'Account'],
    [{ AWS: B }, session, undefined],
    [{ AWS: `arn:aws-cn:iam::${A}:root` }, session, 'Account'], // U-34
    [{ AWS: A }, 'anonymous', undefined],
    [{ AWS: A }, 'lambda.amazonaws.com', undefined],
    [{ AWS: A }, `${IAM}:saml-provider/corp`, undefined],
    [{ AWS: `${IAM}:user/u` }, `${IAM}:user/u`, 'Direct'],
    [{ AWS: `${IAM}:user/U` }, `${IAM}:user/u`, undefined],
    [{ AWS: `${IAM}:user/p/u` }, `${IAM}:user/u`, undefined],
    [{ AWS: [A, `${IAM}:user/u`] }, `${IAM}:user/u`, 'Direct'],
    [{ AWS: `${IAM}:role/ci` }, session, 'Entity'],
    [{ AWS: `${IAM}:role/path/ci` }, session, 'Entity'],
    [{ AWS: `${IAM}:role/ci2` }, session, undefined],
    [{ AWS: session }, session, 'Direct'],
    [{ AWS: `${STS}:assumed-role/ci/other` }, session, undefined],
    [{ AWS: `${IAM}:role/path/ci` }, `${IAM}:role/path/ci`, 'Entity'],
    [{ AWS: `${IAM}:role/ci` }, `${IAM}:role/path/ci`, undefined],
    [{ AWS: session }, `${IAM}:role/ci`, undefined],
    [{ AWS: `${IAM}:user/p/f` }, `${STS}:federated-user/f`, 'Entity'],
    [{ AWS: `${STS}:federated-user/f` }, `${STS}:federated-user/f`, 'Direct'],
    [{ AWS: `${STS}:federated-user/f` }, `${IAM}:user/f`, undefined],
    [{ AWS: 'AROAEXAMPLEEXAMPLE12' }, session, undefined],
    [{ Service: 'lambda.amazonaws.com' }, 'lambda.amazonaws.com', 'Direct'],
    [{ Service: 'ecs.amazonaws.com' }, 'lambda.amazonaws.com', undefined],
    [{ Federated: `${IAM}:saml-provider/corp` }, `${IAM}:saml-provider/corp`, 'Direct'],
    [{ Federated: 'accounts.google.com' }, 'accounts.google.com', 'Direct'],
    [{ Service: 'accounts.google.com' }, 'accounts.google.com', undefined],
    [{ CanonicalUser: 'abc' }, 'anonymous', undefined],
    [{ AWS: B, Service: ['lambda.amazonaws.com'] }, 'lambda.amazonaws.com', 'Direct'],
  ])('%j for %s: %s', (principal, caller, expected) => {
    expect(principalStrength(principal, readCaller(caller))).toBe(expected)
  })

  it('U-11: a given aws:PrincipalArn settles the path', () => {
    const given = lookupIn({ 'aws:PrincipalArn': [`${IAM}:role/path/ci`] })
    expect(principalStrength({ AWS: `${IAM}:role/path/ci` }, readCaller(session), given)).toBe('Entity')
    expect(principalStrength({ AWS: `${IAM}:role/ci` }, readCaller(session), given)).toBeUndefined()
  })

  it('U-22: at a gateway endpoint an account is its root user', () => {
    expect(principalStrength({ AWS: A }, readCaller(`${IAM}:user/u`), none, true)).toBeUndefined()
    expect(principalStrength({ AWS: A }, readCaller(`${IAM}:root`), none, true)).toBe('Account')
  })
})

describe('Deny + NotPrincipal (PR-10, PR-11, U-15)', () => {
  const session = `${STS}:assumed-role/ci/run`
  it.each<readonly [PrincipalJson, string, boolean]>([
    [{ AWS: [A, `${IAM}:user/u`] }, `${IAM}:user/u`, true],
    [{ AWS: `${IAM}:user/u` }, `${IAM}:user/u`, false],
    [{ AWS: A }, `${IAM}:user/u`, false],
    [{ AWS: A }, `${IAM}:root`, true],
    [{ AWS: [`${IAM}:root`, `${IAM}:role/ci`] }, session, true],
    [{ AWS: [`${IAM}:root`, session] }, session, true],
    [{ AWS: [B, session] }, session, false],
    [{ AWS: [A, `${IAM}:user/f`] }, `${STS}:federated-user/f`, true],
    [{ Service: 'lambda.amazonaws.com' }, 'lambda.amazonaws.com', true],
    [{ AWS: A }, 'lambda.amazonaws.com', false],
    [{ AWS: A }, 'anonymous', false],
  ])('%j spares %s: %s', (listed, caller, expected) => {
    expect(isSpared(listed, readCaller(caller))).toBe(expected)
  })
})

const policy = (...statements: readonly StatementJson[]): PolicyJson => ({
  Version: NOW,
  Statement: statements,
})
const every = { Action: '*', Resource: '*' } as const
const all = policy({ Effect: 'Allow', ...every })
const nothing = policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' })
const deny = policy({ Effect: 'Deny', ...every })
const to = (principal: PrincipalJson): PolicyJson =>
  policy({ Effect: 'Allow', Principal: principal, Action: '*', Resource: '*' })
const pull = (principal: string, more: Partial<RequestJson> = {}): RequestJson => ({
  principal,
  action: 'ecr:BatchGetImage',
  resource: REPO,
  ...more,
})

describe('one document on one request (SM-1, SM-A5, SM-R8, SM-R9, RC-4)', () => {
  const user = pull(`${IAM}:user/p/u`, { context: { 'AWS:RequestTag/Team': 'a' } })
  it.each<readonly [string, StatementJson, unknown]>([
    ['no principal element', { Effect: 'Allow', ...every }, { grant: 'Plain' }],
    ['an account', { Effect: 'Allow', Principal: { AWS: A }, ...every }, { grant: 'Account' }],
    ['a deny', { Effect: 'Deny', Principal: '*', ...every }, 'Deny'],
    ['an action in another letter case', { Effect: 'Deny', Action: 'ECR:batchget*', Resource: '*' }, 'Deny'],
    ['another prefix', { Effect: 'Deny', Action: 'ecr-public:*', Resource: '*' }, 'Silent'],
    ['a wildcard in the prefix', { Effect: 'Deny', Action: 'ec?:*', Resource: '*' }, 'Deny'],
    [
      'NotAction that lists it',
      { Effect: 'Deny', NotAction: ['s3:*', 'ecr:Batch*'], Resource: '*' },
      'Silent',
    ],
    ['NotAction that does not', { Effect: 'Deny', NotAction: 's3:*', Resource: '*' }, 'Deny'],
    ['NotResource that lists it', { Effect: 'Deny', Action: '*', NotResource: REPO }, 'Silent'],
    ['NotResource unresolved', { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::${gone}' }, 'Deny'],
    ['no Resource', { Effect: 'Allow', Principal: '*', Action: '*' }, { grant: 'Direct' }],
    ['Allow + NotPrincipal, listed', { Effect: 'Allow', NotPrincipal: { AWS: A }, ...every }, 'Silent'],
    [
      'Allow + NotPrincipal, other',
      { Effect: 'Allow', NotPrincipal: { AWS: B }, ...every },
      { grant: 'Direct' },
    ],
    [
      'a derived key',
      { Effect: 'Deny', ...every, Condition: { StringEquals: { 'aws:UserName': 'u' } } },
      'Deny',
    ],
    [
      'a key in another letter case',
      { Effect: 'Deny', ...every, Condition: { StringEquals: { 'aws:requesttag/team': 'a' } } },
      'Deny',
    ],
    [
      'two keys, one false',
      { Effect: 'Deny', ...every, Condition: { StringEquals: { 'aws:username': 'u', x: 'y' } } },
      'Silent',
    ],
    [
      'two operators, one false',
      {
        Effect: 'Deny',
        ...every,
        Condition: { StringEquals: { 'aws:username': 'u' }, Null: { 'aws:username': true } },
      },
      'Silent',
    ],
    ['an empty condition', { Effect: 'Deny', ...every, Condition: { StringEquals: {} } }, 'Deny'],
    [
      'a key named __proto__',
      {
        Effect: 'Deny',
        ...every,
        Condition: JSON.parse('{"Null":{"__proto__":"false"}}') as Exclude<
          StatementJson['Condition'],
          undefined
        >,
      },
      'Silent',
    ],
  ])('%s', (_name, statement, expected) => {
    expect(matchDocument(policy(statement), user)).toEqual(expected)
  })

  it('the strongest Allow is reported, a Deny before all (DE-2, DE-3)', () => {
    const [account, direct] = [A, '*'].map(
      (AWS) => ({ Effect: 'Allow', Principal: { AWS }, ...every }) as const,
    )
    if (account === undefined || direct === undefined) throw new Error('unreachable')
    expect(matchDocument(policy(account, direct), user)).toEqual({ grant: 'Direct' })
    expect(matchDocument(policy(account, { Effect: 'Deny', ...every }), user)).toBe('Deny')
    expect(matchDocument(policy(), user)).toBe('Silent')
  })

  it('SM-R7, SM-R8, SM-R9: for resource `*` only `*` and NotResource match', () => {
    const login = { ...user, action: 'ecr:GetAuthorizationToken', resource: '*' }
    const says = (part: Partial<StatementJson>): unknown =>
      matchDocument(policy({ Effect: 'Deny', Principal: '*', Action: '*', ...part }), login)
    expect(says({})).toBe('Silent')
    expect(says({ Resource: 'arn:aws:ecr:*' })).toBe('Silent')
    expect(says({ Resource: ['arn:aws:ecr:*', '*'] })).toBe('Deny')
    expect(says({ NotResource: 'arn:aws:ecr:*' })).toBe('Deny')
    expect(says({ NotResource: '*' })).toBe('Silent')
  })

  it('GR-12: numbers and booleans are compared as they are written', () => {
    const size = (operand: number, value: string): unknown =>
      matchDocument(
        policy({ Effect: 'Deny', ...every, Condition: { NumericEquals: { size: operand } } }),
        pull(user.principal, { context: { size: value } }),
      )
    expect([size(10, '10.0'), size(1e21, `1${'0'.repeat(21)}`), size(-1.5e-7, '-0.00000015')]).toEqual([
      'Deny',
      'Deny',
      'Deny',
    ])
    expect(size(10, '11')).toBe('Silent')
  })

  it('PR-11: a boundary makes every Deny + NotPrincipal hit', () => {
    const spare = policy({ Effect: 'Deny', NotPrincipal: { AWS: [A, user.principal] }, ...every })
    expect(matchDocument(spare, user)).toBe('Silent')
    expect(matchDocument(spare, user, { boundarySet: true })).toBe('Deny')
  })

  it.each([
    [`${IAM}:role/p/r`, 'aws:PrincipalArn', `${IAM}:role/p/r`],
    [`${STS}:assumed-role/r/s`, 'aws:PrincipalArn', `${IAM}:role/r`],
    [`${STS}:assumed-role/r/s`, 'aws:PrincipalType', 'AssumedRole'],
    [`${STS}:assumed-role/r/s`, 'aws:username', undefined],
    [`${STS}:assumed-role/r/s`, 'aws:userid', undefined],
    [`${STS}:federated-user/f`, 'aws:userid', `${A}:f`],
    [`${STS}:federated-user/f`, 'aws:PrincipalArn', `${STS}:federated-user/f`],
    [`${IAM}:root`, 'aws:userid', A],
    [`${IAM}:root`, 'aws:PrincipalType', 'Account'],
    [`${IAM}:user/u`, 'aws:PrincipalIsAWSService', 'false'],
    ['lambda.amazonaws.com', 'aws:PrincipalIsAWSService', 'true'],
    ['lambda.amazonaws.com', 'aws:PrincipalServiceName', 'lambda.amazonaws.com'],
    ['lambda.amazonaws.com', 'aws:PrincipalType', undefined],
    [`${IAM}:saml-provider/corp`, 'aws:PrincipalArn', undefined],
    [`${IAM}:saml-provider/corp`, 'aws:PrincipalAccount', undefined],
    ['anonymous', 'aws:PrincipalType', 'Anonymous'],
    ['anonymous', 'aws:PrincipalIsAWSService', undefined],
    ['anonymous', 'aws:ResourceAccount', A],
  ])('RC-6: for %s, %s is %s', (principal, key, value) => {
    const condition =
      value === undefined ? { Null: { [key]: 'true' } } : { StringEquals: { [key.toUpperCase()]: value } }
    expect(matchDocument(policy({ Effect: 'Deny', ...every, Condition: condition }), pull(principal))).toBe(
      'Deny',
    )
  })

  it('a given key hides the derived one, unless it is given as empty (U-1)', () => {
    const named = policy({ Effect: 'Deny', ...every, Condition: { StringLike: { 'aws:username': 'u' } } })
    const given = (values: readonly string[]) =>
      matchDocument(named, pull(`${IAM}:user/u`, { context: { 'aws:UserName': values } }))
    expect(matchDocument(named, pull(`${IAM}:user/u`))).toBe('Deny')
    expect(given(['v'])).toBe('Silent')
    expect(given([])).toBe('Deny')
  })
})

type Row = readonly [
  string,
  string,
  PrincipalJson,
  'bypassed' | 'blocks',
  'bypassed' | 'blocks' | '-',
  'bypassed' | 'blocks' | '-',
]

describe('which implicit denies a grant bypasses in one account (SA-1..SA-9)', () => {
  const [user, session, federated] = [`${IAM}:user/u`, `${STS}:assumed-role/r/s`, `${STS}:federated-user/u`]
  const rows: readonly Row[] = [
    ['SA-2', user, { AWS: user }, 'bypassed', 'bypassed', '-'],
    ['SA-3', session, { AWS: `${IAM}:role/r` }, 'bypassed', 'blocks', 'blocks'],
    ['SA-3', `${IAM}:role/r`, { AWS: `${IAM}:role/r` }, 'bypassed', 'blocks', 'blocks'],
    ['SA-4', session, { AWS: session }, 'bypassed', 'bypassed', 'bypassed'],
    ['SA-5', user, '*', 'bypassed', 'bypassed', '-'],
    ['SA-5', session, '*', 'bypassed', 'bypassed', 'bypassed'],
    ['SA-5', federated, { AWS: '*' }, 'bypassed', 'bypassed', 'bypassed'],
    ['SA-6', user, { AWS: A }, 'blocks', 'blocks', '-'],
    ['SA-6', session, { AWS: `${IAM}:root` }, 'blocks', 'blocks', 'blocks'],
    ['SA-6', federated, { AWS: A }, 'blocks', 'blocks', 'blocks'],
    ['SA-7', federated, { AWS: user }, 'bypassed', 'blocks', 'blocks'],
    ['SA-8', federated, { AWS: federated }, 'bypassed', 'bypassed', 'bypassed'],
  ]
  const outcome = (verdict: 'bypassed' | 'blocks'): Outcome =>
    verdict === 'bypassed' ? 'Allowed' : 'ImplicitlyDenied'

  it.each(rows)('%s: %s, granted to %j', (_id, principal, grantee, identity, boundary, session_) => {
    const base: ScenarioJson = {
      request: pull(principal),
      identityPolicies: [all],
      permissionsBoundary: all,
      sessionPolicies: [all],
      resourcePolicy: to(grantee),
    }
    expect(decide(base)).toBe('Allowed')
    expect(decide({ ...base, identityPolicies: [nothing] })).toBe(outcome(identity))
    if (boundary !== '-') expect(decide({ ...base, permissionsBoundary: [nothing] })).toBe(outcome(boundary))
    if (session_ !== '-') expect(decide({ ...base, sessionPolicies: [nothing] })).toBe(outcome(session_))
    // SA-9: explicit denies and guardrails stay in force.
    const denied: readonly Partial<ScenarioJson>[] = [
      { identityPolicies: [all, deny] },
      { permissionsBoundary: deny },
      { sessionPolicies: [all, deny] },
      { registryPolicy: policy({ Effect: 'Deny', Principal: '*', ...every }) },
      { serviceControlPolicies: [[all], [all, deny]] },
      { resourceControlPolicies: [[policy({ Effect: 'Deny', Principal: '*', ...every })]] },
      { endpointPolicies: [policy({ Effect: 'Deny', Principal: '*', ...every })] },
    ]
    expect(denied.map((d) => decide({ ...base, ...d }))).toEqual(denied.map(() => 'ExplicitlyDenied'))
    const silent: readonly Partial<ScenarioJson>[] = [
      { serviceControlPolicies: [[all], [nothing]] },
      { serviceControlPolicies: [[all], []] },
      { endpointPolicies: [to({ AWS: B })] },
    ]
    expect(silent.map((d) => decide({ ...base, ...d }))).toEqual(silent.map(() => 'ImplicitlyDenied'))
  })
})

describe('decisions, one rule a line', () => {
  const [user, foreign] = [`${IAM}:user/u`, `arn:aws:iam::${B}:user/u`]
  const key = `arn:aws:kms:eu-west-1:${A}:key/1`
  const decrypt = (principal: string): RequestJson => ({ principal, action: 'kms:Decrypt', resource: key })
  const assume = (principal: string): RequestJson => ({
    principal,
    action: 'sts:AssumeRole',
    resource: `${IAM}:role/r`,
  })
  const login: RequestJson = { principal: user, action: 'ecr:GetAuthorizationToken', resource: '*' }
  const rcp = [[policy({ Effect: 'Deny', Principal: '*', ...every })]]
  const linked = `${STS}:assumed-role/AWSServiceRoleForECRReplication/s`
  it.each<readonly [string, Outcome, ScenarioJson]>([
    ['DE-1: nothing allows', 'ImplicitlyDenied', { request: pull(user) }],
    [
      'SA-1: the identity policy is enough',
      'Allowed',
      { request: pull(user), identityPolicies: [nothing, all] },
    ],
    ['PR-8: root needs nothing', 'Allowed', { request: pull(`${IAM}:root`) }],
    [
      'PR-8: root has no policies of its own',
      'Allowed',
      { request: pull(`${IAM}:root`), identityPolicies: [deny], permissionsBoundary: deny },
    ],
    [
      'PR-8: root is bound by SCPs',
      'ImplicitlyDenied',
      { request: pull(`${IAM}:root`), serviceControlPolicies: [[]] },
    ],
    [
      'PR-8: root of another account',
      'Allowed',
      { request: pull(`arn:aws:iam::${B}:root`), resourcePolicy: to({ AWS: B }) },
    ],
    [
      'PR-7: a service by the resource policy',
      'Allowed',
      {
        request: pull('codebuild.amazonaws.com'),
        resourcePolicy: to({ Service: 'codebuild.amazonaws.com' }),
      },
    ],
    [
      'PR-7: no identity policy helps a service',
      'ImplicitlyDenied',
      { request: pull('codebuild.amazonaws.com'), identityPolicies: [all] },
    ],
    [
      'SC-9: SCPs do not bind services',
      'Allowed',
      { request: pull('codebuild.amazonaws.com'), resourcePolicy: to('*'), serviceControlPolicies: [[deny]] },
    ],
    [
      'RP-3: RCPs bind services',
      'ExplicitlyDenied',
      { request: pull('codebuild.amazonaws.com'), resourcePolicy: to('*'), resourceControlPolicies: rcp },
    ],
    [
      'RP-9: RCPs bind anonymous callers',
      'ExplicitlyDenied',
      { request: pull('anonymous'), resourcePolicy: to('*'), resourceControlPolicies: rcp },
    ],
    [
      'RP-6: but not in the management account',
      'Allowed',
      {
        request: pull(user),
        identityPolicies: [all],
        resourceControlPolicies: rcp,
        facts: { resourceAccountIsManagement: true },
      },
    ],
    [
      'U-17: nor on lambda',
      'Allowed',
      {
        request: {
          principal: user,
          action: 'Lambda:Invoke',
          resource: `arn:aws:lambda:eu-west-1:${A}:function:f`,
        },
        identityPolicies: [all],
        resourceControlPolicies: rcp,
      },
    ],
    [
      'RP-5: nor service-linked roles, by name',
      'Allowed',
      {
        request: pull(linked),
        identityPolicies: [all],
        resourceControlPolicies: rcp,
        serviceControlPolicies: [[]],
      },
    ],
    [
      'SC-6: nor by path',
      'Allowed',
      {
        request: pull(`${IAM}:role/aws-service-role/x/y`),
        identityPolicies: [all],
        serviceControlPolicies: [[deny]],
      },
    ],
    [
      'SC-5: SCPs do not bind the management account',
      'Allowed',
      {
        request: pull(user),
        identityPolicies: [all],
        serviceControlPolicies: [[deny]],
        facts: { principalAccountIsManagement: true },
      },
    ],
    [
      'SC-1: no level at all is no limit',
      'Allowed',
      { request: pull(user), identityPolicies: [all], serviceControlPolicies: [] },
    ],
    [
      'SE-3: federated user without session policy',
      'ImplicitlyDenied',
      { request: pull(`${STS}:federated-user/u`), identityPolicies: [all], sessionPolicies: [] },
    ],
    [
      'SE-3: and the grant to his IAM user',
      'ImplicitlyDenied',
      {
        request: pull(`${STS}:federated-user/u`),
        identityPolicies: [all],
        resourcePolicy: to({ AWS: user }),
      },
    ],
    [
      'SE-3: and the grant to himself',
      'Allowed',
      { request: pull(`${STS}:federated-user/u`), resourcePolicy: to({ AWS: `${STS}:federated-user/u` }) },
    ],
    ['XA-1: only the identity side', 'ImplicitlyDenied', { request: pull(foreign), identityPolicies: [all] }],
    [
      'XA-2: an account grant counts',
      'Allowed',
      { request: pull(foreign), identityPolicies: [all], resourcePolicy: to({ AWS: B }) },
    ],
    [
      'XA-3: `*` does not replace the identity side',
      'ImplicitlyDenied',
      { request: pull(foreign), resourcePolicy: to('*') },
    ],
    [
      'XA-4: the boundary limits a direct grant',
      'ImplicitlyDenied',
      {
        request: pull(foreign),
        identityPolicies: [all],
        permissionsBoundary: nothing,
        resourcePolicy: to({ AWS: foreign }),
      },
    ],
    [
      'XA-6: never across partitions',
      'ImplicitlyDenied',
      { request: pull(`arn:aws-cn:iam::${A}:user/u`), identityPolicies: [all], resourcePolicy: to('*') },
    ],
    [
      'XA-6: an explicit deny is still one',
      'ExplicitlyDenied',
      { request: pull(`arn:aws-cn:iam::${A}:user/u`), identityPolicies: [deny] },
    ],
    [
      'the owner given decides the side',
      'ImplicitlyDenied',
      { request: pull(user, { resourceAccount: B }), identityPolicies: [all] },
    ],
    [
      'KM-1: identity alone is not enough',
      'ImplicitlyDenied',
      { request: decrypt(user), identityPolicies: [all] },
    ],
    [
      'KM-1: the account grant enables it',
      'Allowed',
      { request: decrypt(user), identityPolicies: [all], resourcePolicy: to({ AWS: A }) },
    ],
    [
      'KM-1: the account grant alone',
      'ImplicitlyDenied',
      { request: decrypt(user), resourcePolicy: to({ AWS: A }) },
    ],
    [
      'KM-1: the direct grant alone',
      'Allowed',
      { request: decrypt(user), resourcePolicy: to({ AWS: user }) },
    ],
    ['KM-1: even root', 'ImplicitlyDenied', { request: decrypt(`${IAM}:root`) }],
    [
      'ST-2: a trust policy must allow',
      'ImplicitlyDenied',
      { request: assume(user), identityPolicies: [all] },
    ],
    [
      'ST-1: and is enough when it names the user',
      'Allowed',
      { request: assume(user), resourcePolicy: to({ AWS: user }) },
    ],
    [
      'ST-2: other actions on a role are ordinary',
      'Allowed',
      { request: { ...assume(user), action: 'iam:GetRole' }, identityPolicies: [all] },
    ],
    [
      'ST-4: a provider by the trust policy',
      'Allowed',
      {
        request: assume(`${IAM}:oidc-provider/h`),
        resourcePolicy: to({ Federated: `${IAM}:oidc-provider/h` }),
      },
    ],
    [
      'U-13: no resource policy for resource `*`',
      'ImplicitlyDenied',
      { request: login, resourcePolicy: to('*'), registryPolicy: to('*') },
    ],
    [
      'U-13: nor its deny',
      'Allowed',
      {
        request: login,
        identityPolicies: [all],
        resourcePolicy: policy({ Effect: 'Deny', Principal: '*', ...every }),
      },
    ],
    [
      'U-13: but the deny of a registry policy',
      'ExplicitlyDenied',
      {
        request: login,
        identityPolicies: [all],
        registryPolicy: policy({ Effect: 'Deny', Principal: '*', ...every }),
      },
    ],
    ['U-14: a registry policy grants', 'Allowed', { request: pull(user), registryPolicy: to({ AWS: user }) }],
    [
      'U-14: not in scope V1',
      'ImplicitlyDenied',
      { request: pull(user), registryPolicy: to({ AWS: user }), facts: { registryPolicyScope: 'V1' } },
    ],
    [
      'EC-6: three actions in scope V1',
      'Allowed',
      {
        request: { ...pull(user), action: 'ecr:CreateRepository' },
        registryPolicy: to({ AWS: user }),
        facts: { registryPolicyScope: 'V1' },
      },
    ],
    [
      'VE-1: an endpoint policy grants nothing',
      'ImplicitlyDenied',
      { request: pull(user), endpointPolicies: [to('*')] },
    ],
    [
      'VE-2: and stops everybody',
      'ImplicitlyDenied',
      { request: pull('anonymous'), resourcePolicy: to('*'), endpointPolicies: [to({ AWS: A })] },
    ],
    [
      'U-22: an account at a gateway endpoint',
      'ImplicitlyDenied',
      {
        request: {
          principal: user,
          action: 's3:GetObject',
          resource: 'arn:aws:s3:::b/k',
          resourceAccount: A,
        },
        identityPolicies: [all],
        endpointPolicies: [to({ AWS: A })],
      },
    ],
    [
      'PR-11: a boundary and a Deny + NotPrincipal',
      'ExplicitlyDenied',
      {
        request: pull(user),
        identityPolicies: [all],
        permissionsBoundary: all,
        resourcePolicy: policy({ Effect: 'Deny', NotPrincipal: { AWS: [A, user] }, Action: '*' }),
      },
    ],
  ])('%s: %s', (_rule, expected, scenario) => {
    expect(decide(scenario)).toBe(expected)
  })
})

describe('the oracle stands alone', () => {
  it('everything that decide.ts reaches lies beside it', () => {
    const importsOf = (file: string): readonly string[] =>
      [
        ...readFileSync(new URL(file, import.meta.url), 'utf8').matchAll(
          /(?:from|import)\s*\(?\s*'([^']+)'/g,
        ),
      ].map((found) => found[1] ?? '')
    const reached = new Set(['./decide.js'])
    for (const path of reached) {
      expect(path).toMatch(/^\.\/\w+\.js$/)
      importsOf(path.replace(/\.js$/, '.ts')).forEach((next) => reached.add(next))
    }
    expect([...reached].sort()).toEqual(
      ['conditions', 'decide', 'kept', 'patterns', 'principals', 'readers', 'statements'].map(
        (name) => `./${name}.js`,
      ),
    )
  })
})
