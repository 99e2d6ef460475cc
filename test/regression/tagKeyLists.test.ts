/** Twenty tests of one multivalued key had more than a million classes of lists; asked one by one they are easy. */
import { expect, it } from 'vitest'
import { compare } from '../../src/algebra/compare.js'
import { parseOrThrow } from '../../src/codec/index.js'

const tagged = (operator: string, names: readonly (readonly string[])[]) =>
  parseOrThrow(
    {
      Version: '2012-10-17',
      Statement: names.map((values) => ({
        Effect: 'Allow',
        Action: 'ecr:TagResource',
        Resource: '*',
        Condition: { [operator]: { 'aws:TagKeys': values } },
      })),
    },
    'identity',
  )

const names = Array.from({ length: 200 }, (_, i) => `tag-${i}`)

it('many names under ForAnyValue are decided, one by one or in one list', () => {
  const single = names.map((name) => [name])
  expect(
    compare(tagged('ForAnyValue:StringEquals', single), tagged('ForAnyValue:StringEquals', [names])).relation,
  ).toBe('Equivalent')
})

it('under ForAllValues single names allow less than their list', () => {
  const single = names.slice(0, 20).map((name) => [name])
  const verdict = compare(
    tagged('ForAllValues:StringEquals', single),
    tagged('ForAllValues:StringEquals', [names.slice(0, 20)]),
  )
  expect(verdict.relation).toBe('Narrower')
})
