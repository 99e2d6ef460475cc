/**
 * Context keys that generated requests and conditions speak of, each with a few values of its type.
 *
 * @since 0.1.0
 */
import { Condition } from '../model/index.js'
import type { NonEmpty } from './Choices.js'

// ---- model ----

/**
 * What the values of a key look like.
 *
 * @category model
 * @since 0.1.0
 */
export type ValueType = 'String' | 'Arn' | 'Numeric' | 'Date' | 'Bool' | 'Binary' | 'IpAddress'

/**
 * A key and its values. `many`: requests may give several.
 *
 * @category model
 * @since 0.1.0
 */
export interface Key {
  readonly name: string
  readonly type: ValueType
  readonly values: NonEmpty<string>
  readonly many: boolean
}

// ---- constructors ----

/**
 * Operands of each type that are easy to read wrongly: odd spellings of good values, and values of no type at all.
 *
 * @category constructors
 * @since 0.1.0
 */
export const hardValues: Readonly<Record<ValueType, NonEmpty<string>>> = {
  String: ['', '*', 'a*', 'ALICE', '${x}', 'stra\u00dfe', '\u00c9', 'red\nblue', 'a?b', '$', '\u00b5'],
  Arn: [
    'arn:aws:iam',
    'arn:aws:iam::111122223333',
    'arn:aws:s3:::a:b:c',
    'arn:aws:iam::*:role/*',
    'arn:*:*:*:*:*',
    'arn:aws:iam:*:role/ci',
    '::::::',
    'arn:aws:iam::1111?2223333:role/ci',
  ],
  Numeric: [
    '007',
    '10.0',
    '-0',
    '+10',
    '1e1',
    '1E+1',
    '.5',
    '5.',
    '0x10',
    'ten',
    '',
    ' 10',
    '10.00000000000000000001',
  ],
  Date: [
    '2024',
    '2024-06',
    '2024-06-01',
    '2024-06-01T12:00Z',
    '2024-06-01T14:00:00+02:00',
    '2024-06-01T11:59:60Z',
    '2024-06-01T24:00:00Z',
    '2024-02-30',
    '2024-13-01',
    '2024-06-01T12:00:00.000Z',
    '2024-06-01T12:00:00',
    '2024-06-01 12:00:00Z',
    '20240601T120000Z',
    '1717243200',
    '1717243200.0',
    '-1',
    '1.7172432e9',
    'yesterday',
    '0000-01-01',
    '2024-06-01T12:00:00-00:00',
    '2024-06-01t12:00:00z',
  ],
  Bool: ['TRUE', 'False', 'yes', '1', ''],
  Binary: ['YQ==', 'YR==', 'YWI', 'YW I=', '', '!!!!', 'YWJj', '____'],
  IpAddress: [
    '0.0.0.0/0',
    '::/0',
    '203.0.113.77/24',
    '203.0.113.5/32',
    '203.0.113.5/31',
    '203.0.113.5/33',
    '203.0.113.005',
    '203.0.113',
    '203.0.113.0/024',
    '203.0.113.0/',
    '2001:db8::/32',
    '2001:DB8:0:0:0:0:0:1',
    '2001:db8::1/128',
    '2001:db8::1/129',
    '::ffff:203.0.113.5',
    '::ffff:203.0.113.0/120',
    '2001:db8::1%eth0',
    '1.2.3.4.5',
    '3405803781',
    'localhost',
  ],
}

const key = (name: string, type: ValueType, values: NonEmpty<string>, many = false): Key => ({
  name,
  type,
  values,
  many,
})

const instants: NonEmpty<string> = [
  '2024-06-01T12:00:00Z',
  '2024-05-31T23:30:00Z',
  '1717243200',
  '2024-06-01',
]
const roleArns: NonEmpty<string> = [
  'arn:aws:iam::111122223333:role/ci',
  'arn:aws:iam::444455556666:role/team/ci',
]

/**
 * All keys.
 *
 * @category constructors
 * @since 0.1.0
 */
export const keys: NonEmpty<Key> = [
  key('aws:PrincipalTag/team', 'String', ['red', 'app', 'alice', 'Red', '*', 'team']),
  key('aws:ResourceTag/stage', 'String', ['prod', 'app', 'dev']),
  key('aws:RequestTag/team', 'String', ['red', 'blue', 'stra\u00dfe', '\u212aarl']),
  key('aws:TagKeys', 'String', ['team', 'app', 'Team', 'red'], true),
  key('aws:PrincipalOrgID', 'String', ['o-a1b2c3d4e5', 'o-zzzzzzzzzz']),
  key('aws:PrincipalOrgPaths', 'String', ['o-a1b2c3d4e5/r-ab12/ou-1/', 'o-a1b2c3d4e5/r-ab12/ou-2/'], true),
  key('aws:SourceVpce', 'String', ['vpce-1a2b3c4d', 'vpce-0']),
  key('aws:userid', 'String', ['AIDAJQABLZS4A3QDU576Q', 'AROAJQABLZS4A3QDU576Q:run-1']),
  key('aws:SourceArn', 'Arn', ['arn:aws:codebuild:eu-west-1:111122223333:project/app', ...roleArns, 'app']),
  key('aws:SourceIp', 'IpAddress', [
    '203.0.113.5',
    '203.0.113.77',
    '2001:db8::1',
    '198.51.100.7',
    '::ffff:203.0.113.5',
  ]),
  key('aws:CurrentTime', 'Date', instants),
  key('aws:TokenIssueTime', 'Date', instants),
  key('aws:EpochTime', 'Numeric', ['1717243200', '1717243199', '0']),
  key('aws:MultiFactorAuthPresent', 'Bool', ['true', 'false', 'True']),
  key('aws:MultiFactorAuthAge', 'Numeric', ['10', '3600', '10.5', '-1', '9.99']),
  key('aws:SecureTransport', 'Bool', ['true', 'false']),
  key('s3:max-keys', 'Numeric', ['10', '100', 'ten']),
  key('custom:Digest', 'Binary', ['YQ==', 'YWI=', 'YWJj', '']),
  key('toString', 'String', ['red', 'app']),
  key('__proto__', 'String', ['red', 'app']),
]

/**
 * Keys that follow from caller and resource.
 *
 * @category constructors
 * @since 0.1.0
 */
export const derivedKeys: NonEmpty<Key> = [
  key('aws:PrincipalArn', 'Arn', roleArns),
  key('aws:username', 'String', ['alice', 'bob']),
  key('aws:PrincipalAccount', 'String', ['111122223333', '444455556666']),
  key('aws:PrincipalType', 'String', ['User', 'AssumedRole', 'Account', 'FederatedUser', 'Anonymous']),
  key('aws:ResourceAccount', 'String', ['111122223333', '444455556666']),
  key('aws:PrincipalIsAWSService', 'Bool', ['true', 'false']),
  key('aws:PrincipalServiceName', 'String', ['ecr.amazonaws.com', 'lambda.amazonaws.com']),
]

const index = new Map([...keys, ...derivedKeys].map((entry) => [Condition.foldKey(entry.name), entry]))

// ---- destructors ----

/**
 * What is known of a key's values; a key not known is of text.
 *
 * @category destructors
 * @since 0.1.0
 */
export const keyOf = (name: string): Key => index.get(Condition.foldKey(name)) ?? key(name, 'String', ['app'])
