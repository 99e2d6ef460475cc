/**
 * Lambda let in for functions of `${aws:RequestedRegion}`, which is the Region of the repository, was said to be let in for those
 * of another (VA-2, EX-20). Found by mutation testing.
 */
import { expect, it } from 'vitest'
import { parseOrThrow } from '../../src/codec/index.js'
import { lint } from '../../src/ecr/index.js'

const found = (region: string): readonly string[] =>
  lint(
    parseOrThrow(
      {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
          Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:lambda:${region}:111122223333:function:*` } },
        },
      },
      'ecr-repository',
    ),
    'ecr-repository',
    { region: 'eu-west-1' },
  ).map(({ id }) => id)

it('a variable is of no other Region', () => {
  expect(found('${aws:RequestedRegion}')).not.toContain('function-elsewhere')
  expect(found('us-east-1')).toContain('function-elsewhere')
})
