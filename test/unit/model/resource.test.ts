import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Arn, Resource, type Variable, type Version } from '../../../src/model/index.js'
import { Glob } from '../../../src/pattern/index.js'
import { refusal } from './support.js'

const app = 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app'

describe('what a Resource entry may be (GR-13, SM-R2)', () => {
  it.each([
    ['*'],
    [app],
    ['arn:aws:ecr:*:*:repository/*'],
    ['arn:*:ecr:*:*:*'], // SM-R3
    ['arn:a?s:s3:::b'], // SM-R3
    ['arn:aws:s3'], // SM-R10
    ['arn:aws:ecr:eu-west-1:*'], // SM-R5
    ['arn:aws:s3:::b/${aws:username}/*'],
    ['arn:aws:s3:::b'],
    ['arn:aws:s3:*:*:b'],
    ['arn:aws:s3:eu-west-1:111122223333:accesspoint/x'],
    ['arn:aws:iam::111122223333:role/x'],
    ['arn:aws:iam:*:111122223333:role/x'],
    ['arn:aws:ecr:::'],
  ])('%s', (text) => {
    expect(refusal(Resource.parsePattern(text))).toBe('accepted')
  })

  const neither = 'it is neither `*` nor an ARN'
  const service = 'the service of an ARN is written out, without wildcards'
  it.each([
    ['', neither],
    ['**', neither],
    ['repository/app', neither],
    ['ARN:aws:s3:::b', neither],
    [
      '111122223333.dkr.ecr.eu-west-1.amazonaws.com/app',
      `${neither} (an image address is not an ARN: write \`arn:aws:ecr:REGION:ACCOUNT:repository/NAME\`)`,
    ],
    ['arn', 'an ARN names at least a partition and a service'],
    ['arn:aws', 'an ARN names at least a partition and a service'],
    ['arn:aws-moon:s3:::b', '`aws-moon` is not a partition'],
    ['arn:x*:s3:::b', '`x*` is not a partition'],
    ['arn::s3:::b', '`` is not a partition'],
    ['arn:aws::::b', service],
    ['arn:aws:*:::b', service],
    ['arn:aws:s?:::b', service],
    ['arn:aws:${aws:x}:::b', service],
    ['arn:aws:iam:eu-west-1:111122223333:role/x', 'IAM ARNs have no region'],
    ['arn:aws:s3:eu-west-1::b', 'S3 bucket ARNs have neither region nor account'],
    ['arn:aws:s3::111122223333:b', 'S3 bucket ARNs have neither region nor account'],
  ])('%j is refused', (text, why) => {
    expect(refusal(Resource.parsePattern(text))).toBe(
      `InvalidResource: \`${text}\` is not a resource: ${why}`,
    )
  })

  it('every ARN is a pattern that covers itself', () => {
    const segment = fc.string({ unit: fc.constantFrom('a', '/', ':', '-'), minLength: 1 })
    fc.assert(
      fc.property(segment, (resource) => {
        const { text } = Arn.parseOrThrow(`arn:aws:ecr:r:111122223333:${resource}`)
        return refusal(Resource.parsePattern(text)) === 'accepted' && covers(text, text)
      }),
    )
  })
})

const values: Readonly<Record<string, Variable.Resolution>> = {
  user: { _tag: 'Value', value: 'bob' },
  star: { _tag: 'Value', value: '*' },
  colon: { _tag: 'Value', value: 'a:b' },
  two: { _tag: 'Multivalued' },
}
const lookup: Variable.Lookup = (key) => values[key] ?? { _tag: 'Missing' }

const coversUnder =
  (version: Version.Version | undefined) =>
  (pattern: string, resource: string): boolean => {
    const glob = Resource.glob(version, lookup)(pattern)
    return glob !== undefined && Glob.matches(glob)(resource)
  }

const covers = coversUnder('2012-10-17')

describe('what a Resource entry covers', () => {
  it.each([
    ['SM-R1', '*', app, true],
    ['SM-R1', '*', '*', true],
    ['SM-R2', app, app, true],
    ['SM-R2', app, `${app}2`, false],
    ['SM-R2', 'arn:aws:ecr:*-west-1:1111*3:repository/team/app', app, true],
    ['SM-R2', 'arn:aws:ecr:eu-west-?:111122223333:repository/team/app', app, true],
    ['SM-R3', 'arn:*:ecr:eu-west-1:111122223333:repository/team/app', app, true],
    ['SM-R3', 'arn:aws-*:ecr:eu-west-1:111122223333:repository/team/app', app, false],
    ['SM-R4', 'arn:aws:ecr:eu-west-1:111122223333:*/app', app, true],
    ['SM-R4', 'arn:aws:sns:r:a:to*', 'arn:aws:sns:r:a:topic:sub/x', true],
    ['SM-R4', 'arn:aws:sns:r:a:topic?sub', 'arn:aws:sns:r:a:topic:sub', true],
    ['SM-R5', 'arn:aws:ecr:eu-west-1:*', app, true],
    ['U-10', 'arn:aws:ecr:*:repository/team/app', app, false],
    ['SM-R5', 'arn:aws:ecr:*:repository/team/app:x', `${app}:x`, true],
    ['SM-R5', 'arn:aws:ecr:eu-*:repository/team/app:x', `${app}:x`, true],
    ['U-9', 'arn:aws:ecr:*1:repository/team/app:x', `${app}:x`, false],
    ['SM-R5', 'arn:aws:ecr:eu-*', app, true],
    ['SM-R5', 'arn:aws:ecr:eu-*', 'arn:aws:ecr:us-east-1:111122223333:repository/team/app', false],
    ['U-9', 'arn:aws:ecr:*:111122223333:repository/team/app', app, true],
    ['U-9', 'arn:aws:ecr:eu-west-1:1*3:repository/team/app', app, true],
    ['U-9', 'arn:aws:ecr:e*1:111122223333:repository/team/app', app, true],
    ['U-9', 'arn:aws:ecr:e*3:repository/team/app', app, false],
    ['U-9', 'arn:aws:ecr:eu-west-1?111122223333:repository/team/app', app, false],
    ['SM-R6', 'arn:aws:ecr:eu-west-1:111122223333:repository/Team/app', app, false],
    ['SM-R6', 'arn:aws:ECR:eu-west-1:111122223333:repository/team/app', app, false],
    ['SM-R7', 'arn:aws:ecr:*:*:*', '*', false],
    ['SM-R7', 'arn:*:ecr:*', '*', false],
    ['SM-R10', 'arn:aws:ecr', app, true],
    ['SM-R10', 'arn:aws:ecr:eu-west-1', app, true],
    ['SM-R10', 'arn:aws:ecr:us-east-1', app, false],
    ['U-10', 'arn:aws:ec', app, false],
    ['U-10', 'arn:aws:ecr:eu-west-1:111122223333', app, true],
    ['U-10', 'arn:aws:ecr', 'arn:aws:ecr', false],
    ['VA-1', 'arn:aws:s3:::b/${user}', 'arn:aws:s3:::b/bob', true],
    ['VA-1', 'arn:aws:s3:${user}::b', 'arn:aws:s3:bob::b', false],
    ['VA-1', 'arn:aws:s3:${user}::b', 'arn:aws:s3:${user}::b', true],
    ['VA-4', 'arn:aws:s3:::b/${none}*', 'arn:aws:s3:::b/${none}x', false],
    ['VA-5', "arn:aws:s3:::b/${none, 'x'}", 'arn:aws:s3:::b/x', true],
    ['VA-5', "arn:aws:s3:::b/${user, 'x'}", 'arn:aws:s3:::b/x', false],
    ['VA-8', 'arn:aws:s3:::b/${*}', 'arn:aws:s3:::b/x', false],
    ['VA-8', 'arn:aws:s3:::b/${*}${?}${$}', 'arn:aws:s3:::b/*?$', true],
    ['VA-9', "arn:aws:s3:::b/${two, 'x'}", 'arn:aws:s3:::b/x', false],
    ['VA-10', 'arn:aws:s3:::b/${user', 'arn:aws:s3:::b/${user', true],
    ['VA-11', 'arn:aws:s3:::b/${star}', 'arn:aws:s3:::b/x', false],
    ['VA-11', 'arn:aws:s3:::b/${star}', 'arn:aws:s3:::b/*', true],
    ['VA-11', 'arn:aws:s3:::${colon}', 'arn:aws:s3:::a:b', true],
  ] as const)('%s: %s on %s is %s', (_rule, pattern, resource, expected) => {
    expect(covers(pattern, resource)).toBe(expected)
  })

  it.each(['2008-10-17', undefined] as const)(
    'VA-6: under version %s variables are text, wildcards are not',
    (version) => {
      const covered = coversUnder(version)
      expect(covered('arn:aws:s3:::b/${user}', 'arn:aws:s3:::b/${user}')).toBe(true)
      expect(covered('arn:aws:s3:::b/${user}', 'arn:aws:s3:::b/bob')).toBe(false)
      expect(covered('arn:aws:s3:::b/*', 'arn:aws:s3:::b/bob')).toBe(true)
      expect(covered('arn:aws:s3:::b/${*}', 'arn:aws:s3:::b/${x}')).toBe(true)
    },
  )
})
