/** Comparing documents with IP conditions threw, since 128-bit numbers have no JSON. */
import { expect, it } from 'vitest'
import { compare } from '../../src/algebra/compare.js'
import { parseOrThrow } from '../../src/codec/index.js'

const from = (...blocks: readonly string[]) =>
  parseOrThrow(
    {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 'ecr:*',
        Resource: '*',
        Condition: { IpAddress: { 'aws:SourceIp': blocks } },
      },
    },
    'identity',
  )

it('a block is narrower than the block around it', () => {
  expect(compare(from('10.1.0.0/16'), from('10.0.0.0/8', '::/0')).relation).toBe('Narrower')
})

it('two halves are equivalent to the whole', () => {
  expect(compare(from('10.0.0.0/9', '10.128.0.0/9'), from('10.0.0.0/8')).relation).toBe('Equivalent')
})
