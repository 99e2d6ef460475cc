import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Arn } from '../../../src/model/index.js'
import { answer, refusal } from './support.js'

const parts = (text: string): unknown =>
  answer(Arn.parse(text), ({ partition, service, region, account, resource }) => [
    partition,
    service,
    region,
    account,
    resource,
  ])

describe('an ARN is read into its parts (SM-R2)', () => {
  it.each([
    [
      'arn:aws:ecr:eu-west-1:111122223333:repository/app',
      ['aws', 'ecr', 'eu-west-1', '111122223333', 'repository/app'],
    ],
    ['arn:aws:s3:::bucket', ['aws', 's3', '', '', 'bucket']],
    ['arn:aws:iam::111122223333:role/a/b/c', ['aws', 'iam', '', '111122223333', 'role/a/b/c']],
    ['arn:aws:iam::aws:policy/ReadOnlyAccess', ['aws', 'iam', '', 'aws', 'policy/ReadOnlyAccess']],
    [
      'arn:aws:sns:eu-west-1:111122223333:topic:sub:',
      ['aws', 'sns', 'eu-west-1', '111122223333', 'topic:sub:'],
    ],
    ['arn:aws:s3:::b/a:b::c', ['aws', 's3', '', '', 'b/a:b::c']],
    [
      'arn:aws:ecr-public::111122223333:repository/x',
      ['aws', 'ecr-public', '', '111122223333', 'repository/x'],
    ],
    ['arn:aws:s3:::é😀', ['aws', 's3', '', '', 'é😀']],
  ])('%s', (text, expected) => {
    expect(parts(text)).toStrictEqual(expected)
  })

  it.each(Arn.partitions)('of partition %s', (partition) => {
    expect(parts(`arn:${partition}:ecr:r:111122223333:x`)).toStrictEqual([
      partition,
      'ecr',
      'r',
      '111122223333',
      'x',
    ])
  })
})

describe('what is no ARN is refused with its fault', () => {
  const six = 'an ARN has six parts: arn:partition:service:region:account:resource'
  const known = 'aws, aws-cn, aws-us-gov, aws-eusc, aws-iso, aws-iso-b, aws-iso-e, aws-iso-f'
  it.each([
    ['', six],
    ['arn', six],
    ['*', six],
    ['arn:aws:s3', six],
    ['arn:aws:ecr:eu-west-1:111122223333', six],
    ['ARN:aws:s3:::b', six],
    [' arn:aws:s3:::b', six],
    ['arn:AWS:s3:::b', `\`AWS\` is not a partition; known are ${known}`],
    ['arn:aws-moon:s3:::b', `\`aws-moon\` is not a partition; known are ${known}`],
    ['arn::s3:::b', `\`\` is not a partition; known are ${known}`],
    ['arn:aws::::b', 'its service is empty'],
    ['arn:aws:s3:::', 'its resource is empty'],
    ['arn:aws:iam::1111:root', '`1111` is not a 12-digit account id'],
    ['arn:aws:iam::11112222333a:root', '`11112222333a` is not a 12-digit account id'],
    ['arn:aws:iam::1111222233334:root', '`1111222233334` is not a 12-digit account id'],
  ])('%j', (text, why) => {
    expect(refusal(Arn.parse(text))).toBe(`InvalidArn: \`${text}\` is not an ARN: ${why}`)
  })

  it('the message quotes no more than 80 characters, all of them printable', () => {
    expect(refusal(Arn.parse('\n\u202e\ud800'))).toContain('`\\u000a\u202e\\ud800`')
    expect(refusal(Arn.parse('~\u007f\u0080\u009f\u00a0'))).toContain('`~\\u007f\\u0080\\u009f\u00a0`')
    expect(refusal(Arn.parse('x'.repeat(5000))).length).toBeLessThan(200)
  })

  it('...OrThrow throws one error that says so, its cause the problem', () => {
    expect(() => Arn.parseOrThrow('app')).toThrow('`app` is not an ARN')
    expect(() => Arn.accountIdOrThrow('app')).toThrow('`app` is not a 12-digit account id')
  })
})

describe('an account id is twelve ASCII digits', () => {
  it.each([
    ['111122223333', true],
    ['000000000000', true],
    ['11112222333', false],
    ['1111222233334', false],
    ['1111-2222-333', false],
    [' 11112222333', false],
    ['１１１１２２２２３３３３', false],
    ['11112222333\n', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(Arn.isAccountId(text)).toBe(expected)
    expect(refusal(Arn.accountId(text)).startsWith('InvalidAccountId')).toBe(!expected)
  })
})

describe('segments', () => {
  it('are at most six, and joined again give the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ':', '/', '*') }), (text) => {
        const segments = Arn.segments(text)
        return (
          segments.length <= 6 &&
          segments.join(':') === text &&
          segments.slice(0, 5).every((s) => !s.includes(':'))
        )
      }),
    )
  })

  it('a text that parses is shown as it was, and partitions are known by name alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('x', '1', ':', '/') }), (tail) => {
        const text = `arn:aws:s3:::${tail}`
        return answer(Arn.parse(text), Arn.show) === text || tail === ''
      }),
    )
    expect(Arn.isPartition('toString')).toBe(false)
  })
})
