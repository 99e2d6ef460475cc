/** Words that stand for resources have the owners of those resources. */
import { describe, expect, it } from 'vitest'
import { ordinary, ownerSet, toResource, universe, withResource } from '../../../src/algebra/resourceText.js'
import { testOf } from '../../../src/algebra/statementSets.js'
import { parseOrThrow, parseScenarioOrThrow } from '../../../src/codec/index.js'
import { StringSet } from '../../../src/pattern/index.js'
import { Simulator } from '../../../src/simulator/index.js'

const words = [
  ':*',
  '111122223333:*',
  '-:arn:aws:ecr:eu-west-1:111122223333:repository/a',
  '-:arn:aws-cn:ecr:cn-north-1:444455556666:repository/a',
  ':arn:aws:s3:::a',
  '444455556666:arn:aws:s3:::a',
  ':arn:aws:iam::aws:policy/a',
  '111122223333:arn:aws:iam::aws:policy/a',
]

/** By a caller without an account, so that nothing but the word tells whose the resource is. */
const requestOf = (word: string) => {
  const { resource, owner } = toResource(word)
  return parseScenarioOrThrow({
    request: {
      principal: 'lambda.amazonaws.com',
      action: 's3:GetObject',
      resource,
      ...(owner === undefined ? {} : { resourceAccount: owner }),
    },
  }).request
}

describe('a word is among the resources of which a test of aws:ResourceAccount holds just if it holds of its resource', () => {
  const accounts = ['111122223333', '444455556666', '1111*', '*', '', '?', '???????????*', 'aws', '*:*']
  it.each([
    ['Null', ['true', 'false']],
    ['StringEquals', accounts],
    ['StringLike', accounts],
    ['StringNotLike', accounts],
    ['StringNotLikeIfExists', accounts],
    ['StringLikeIfExists', accounts],
    ['ForAnyValue:StringNotEquals', accounts],
    ['ForAllValues:StringLike', accounts],
  ])('by %s', (operator, values) => {
    for (const value of values) {
      const document = parseOrThrow(
        {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: '*',
            Action: '*',
            Resource: '*',
            Condition: { [operator]: { 'aws:ResourceAccount': value } },
          },
        },
        'resource',
      )
      const [condition] = document.statements[0].conditions
      const { truth, operands } = testOf('2012-10-17', () => ({ _tag: 'Missing' }))(condition!)
      const set = ownerSet(truth, operands)
      expect(set === undefined ? [] : words.filter(StringSet.contains(set)), value).toEqual(
        words.filter((word) => Simulator.meaning(document)(requestOf(word))._tag === 'Grant'),
      )
    }
  })
})

describe('the words of resources', () => {
  it('are those, and the ordinary ones', () => {
    expect([...words, ...ordinary.words].filter((word) => !StringSet.contains(universe())(word))).toEqual([])
    expect(words.filter(StringSet.contains(withResource))).toEqual(
      words.filter((word) => !word.endsWith(':*')),
    )
  })
  it.each(['-:*', '*', 'arn:aws:s3:::a', '-:arn:aws:s3:::a', '1111:*', '-:arn:xx:s3:eu:111122223333:a'])(
    'are none like %s',
    (word) => {
      expect(StringSet.contains(universe())(word)).toBe(false)
    },
  )
  it('stand for a resource and its owner, with digits in place of letters', () => {
    expect(toResource('0a9b/;_.0120:*', '7')).toEqual({ resource: '*', owner: '079777770120' })
    expect(toResource('-:arn:aws:ecr:r:0a9b/;_.0120:x:y', '7')).toEqual({
      resource: 'arn:aws:ecr:r:079777770120:x:y',
      owner: undefined,
    })
    expect(toResource(':arn:aws:s3:::a')).toEqual({ resource: 'arn:aws:s3:::a', owner: undefined })
  })
})
