import { describe, expect, it } from 'vitest'
import { Operand, Operator, type Variable } from '../../../src/model/index.js'

const values: Readonly<Record<string, Variable.Resolution>> = {
  user: { _tag: 'Value', value: 'bob' },
  star: { _tag: 'Value', value: '*' },
  colons: { _tag: 'Value', value: 'ecr:eu-west-1' },
  two: { _tag: 'Multivalued' },
}
const lookup: Variable.Lookup = (key) => values[key] ?? { _tag: 'Missing' }

const admits = (operator: Operator.OperatorName, policy: string, request: string): boolean =>
  Operand.admits(Operand.read(Operator.operators[operator].comparison, '2012-10-17', lookup)(policy))(request)

const app = 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app'

describe('does a policy value match a request value?', () => {
  it.each([
    ['CO-S1', 'StringEquals', 'Payments', 'Payments', true],
    ['CO-S1', 'StringEquals', 'Payments', 'payments', false],
    ['CO-S1', 'StringEquals', '', '', true],
    ['CO-S1', 'StringEquals', 'pay', 'payments', false],
    ['CO-S2', 'StringEqualsIgnoreCase', 'PayMents', 'pAYmENTS', true],
    ['CO-S2', 'StringEqualsIgnoreCase', 'pay*', 'payments', false],
    ['CO-S3', 'StringEquals', 'pay*', 'payments', false],
    ['CO-S3', 'StringEquals', 'pay*', 'pay*', true],
    ['CO-S3', 'StringLike', 'pay*', 'payments', true],
    ['CO-S3', 'StringLike', 'pay*', 'Payments', false],
    ['CO-S3', 'StringLike', 'pay', 'payments', false],
    ['CO-S3', 'StringLike', '*', '', true],
    ['CO-S3', 'StringLike', '?', '', false],
    ['CO-R3', 'StringLike', 'arn:*:repository/team/app', app, true],
    ['CO-R3', 'StringEquals', 'arn:aws:ecr:*:*:repository/team/app', app, false],
    ['CO-R3', 'StringLike', 'arn:aws:ecr:eu-west-1*', app, true],
    ['VA-2', 'StringEquals', '${user}', 'bob', true],
    ['VA-2', 'ArnLike', 'arn:aws:iam::111122223333:user/${user}', 'arn:aws:iam::111122223333:user/bob', true],
    ['VA-7', 'StringEquals', '${none}', '', false],
    ['VA-7', 'StringEquals', '${none}', '${none}', false],
    ['VA-8', 'StringEquals', '${*}', '*', true],
    ['VA-8', 'StringLike', '${?}', 'x', false],
    ['VA-9', 'StringEquals', "${two, 'x'}", 'x', false],
    ['VA-11', 'StringLike', '${star}', 'x', false],
    ['VA-11', 'StringLike', '${star}', '*', true],
    ['U-6', 'Bool', '${user}', 'true', false],
    ['U-6', 'NumericEquals', '${user}', '1', false],
    ['CO-N1', 'NumericEquals', '10', '10.0', true],
    ['CO-N1', 'NumericEquals', '-0', '0', true],
    ['CO-N1', 'NumericLessThan', '10', '9', true],
    ['CO-N1', 'NumericLessThan', '10', '10', false],
    ['CO-N1', 'NumericLessThanEquals', '10', '10', true],
    ['CO-N1', 'NumericGreaterThan', '9', '10', true],
    ['CO-N1', 'NumericGreaterThanEquals', '9', '9', true],
    ['CO-N1', 'NumericGreaterThanEquals', '9', '8.99', false],
    ['CO-N1', 'NumericEquals', '9007199254740993', '9007199254740992', false],
    ['CO-N2', 'NumericEquals', 'ten', 'ten', false],
    ['U-3', 'NumericLessThan', '10', 'nine', false],
    ['U-24', 'NumericEquals', '1e3', '1000', true],
    ['U-24', 'NumericEquals', '+1', '1', true],
    ['U-24', 'NumericEquals', '.5', '0.5', false],
    ['U-24', 'NumericEquals', ' 1', '1', false],
    ['CO-D1', 'DateEquals', '2024-*', '2024-06-01', false],
    ['CO-D2', 'DateEquals', '2024-06-01T12:00:00Z', '2024-06-01T14:00:00+02:00', true],
    ['CO-D2', 'DateEquals', '2024', '2024-01-01T00:00:00Z', true],
    ['CO-D2', 'DateLessThan', '2024-06-01', '2024-05-31T23:59:59.999Z', true],
    ['CO-D2', 'DateGreaterThan', '2024-06-01', '2024-06-01', false],
    ['CO-D2', 'DateLessThanEquals', '2024-06', '2024-06-01', true],
    ['CO-D2', 'DateGreaterThanEquals', '2024-06', '2024-05', false],
    ['CO-D3', 'DateEquals', '2024-06-01', '1717200000', true],
    ['CO-D3', 'DateEquals', '1717200000', '2024-06-01', true],
    ['CO-D3', 'NumericEquals', '1717200000', '1717200000', true],
    ['U-24', 'DateEquals', '1970', '1970-01-01', true],
    ['U-24', 'DateEquals', '1970.0', '1970-01-01T00:32:50Z', true],
    ['U-24', 'DateEquals', '1.7172e9', '2024-06-01', false],
    ['U-24', 'DateEquals', '2024-06-01T12:00:00', '2024-06-01T12:00:00Z', false],
    ['CO-B1', 'Bool', 'true', 'true', true],
    ['CO-B1', 'Bool', 'true', 'false', false],
    ['U-23', 'Bool', 'True', 'tRUE', true],
    ['U-23', 'Bool', '1', 'true', false],
    ['U-3', 'Bool', 'yes', 'yes', false],
    ['CO-Y1', 'BinaryEquals', 'QUJD', 'QUJD', true],
    ['CO-Y1', 'BinaryEquals', 'QUJD', 'QUJE', false],
    ['U-3', 'BinaryEquals', '%', '%', false],
    ['CO-P1', 'IpAddress', '203.0.113.0/24', '203.0.113.7', true],
    ['CO-P1', 'IpAddress', '203.0.113.0/24', '203.0.114.7', false],
    ['CO-P1', 'IpAddress', '2001:db8::/32', '2001:DB8:0:0::1', true],
    ['CO-P2', 'IpAddress', '203.0.113.7', '203.0.113.7', true],
    ['CO-P2', 'IpAddress', '203.0.113.7', '203.0.113.8', false],
    ['CO-P3', 'IpAddress', '0.0.0.0/0', '2001:db8::1', false],
    ['CO-P3', 'IpAddress', '::/0', '203.0.113.7', false],
    ['U-3', 'IpAddress', '203.0.113.0/33', '203.0.113.7', false],
    ['U-3', 'IpAddress', '203.0.113.0/24', '203.0.113.0/24', false],
    ['CO-R1', 'ArnEquals', 'arn:aws:ecr:*:*:repository/*', app, true],
    ['CO-R1', 'ArnLike', 'arn:aws:ecr:*:*:Repository/*', app, false],
    ['CO-R2', 'ArnLike', 'arn:aws:ecr:*:repository/team/app', app, false],
    ['CO-R2', 'ArnLike', 'arn:*:*:*:*:*', app, true],
    ['CO-R2', 'ArnLike', 'arn:aws:sns:*:*:*', 'arn:aws:sns:r:a:topic:sub', true],
    ['CO-R2', 'ArnLike', 'arn:aws:sns:*:*:topic', 'arn:aws:sns:r:a:topic:sub', false],
    ['CO-R2', 'ArnLike', 'arn:aws:ecr:eu-west-1?111122223333:repository/team/app:x', `${app}:x`, false],
    ['CO-R2', 'ArnLike', 'arn:aws:${colons}:*:*', app, true],
    ['U-10', 'ArnLike', '*', app, false],
    ['U-10', 'ArnLike', 'arn:aws:ecr:eu-west-1:*', app, false],
    ['U-10', 'ArnLike', 'arn:*:*:*:*:*', 'arn:aws:s3', false],
    ['U-7', 'ArnLike', 'arn:aws:s3:::${none}', 'arn:aws:s3:::', false],
    ['VA-10', 'ArnLike', 'arn:aws:s3:::${', 'arn:aws:s3:::${', false],
  ] as const)('%s: %s %s on %s is %s', (_rule, operator, policy, request, expected) => {
    expect(admits(operator, policy, request)).toBe(expected)
  })

  it('Null reads no values (CO-U1)', () => {
    expect(admits('Null', 'true', 'true')).toBe(false)
  })
})
