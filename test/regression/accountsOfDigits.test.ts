/**
 * Accounts are any twelve letters to the search, and a difference that it put there, `x` in an account, was one that no
 * request shows: the answer was Undecided, where some other caller or resource does show it, or nothing can.
 */
import { describe, expect, it } from 'vitest'
import { isNoBroader } from '../../src/algebra/compare.js'
import { parseOrThrow } from '../../src/codec/index.js'

const identity = (fields: object) =>
  parseOrThrow(
    { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's:b', Resource: '*', ...fields } },
    'identity',
  )

const nothing = identity({ Action: 's:a' })

const under = (operator: string, key: string, values: string | readonly string[]) =>
  identity({ Condition: { [operator]: { [key]: values } } })

describe('accounts have digits only', () => {
  it.each(['*x*', '*b*', '*z*', '*-x*', '*/x*', '*:user/*x*', '*admin*', '*-admin', '*x'])(
    'callers whose ARN is like %s are found by their names',
    (pattern) => {
      expect(isNoBroader(under('StringLike', 'aws:PrincipalArn', pattern), nothing)._tag).toBe('No')
    },
  )

  it.each(['arn:aws:s:*x*', 'arn:aws:s:eu:*:*x*', 'arn:aws:s3:::*admin*'])(
    'resources like %s are found',
    (Resource) => {
      expect(isNoBroader(identity({ Resource }), nothing)._tag).toBe('No')
    },
  )

  it.each([
    ['an account with a letter', under('StringLike', 'aws:PrincipalAccount', '*x*')],
    ['an owner with a letter', under('StringLike', 'aws:ResourceAccount', '*x*')],
    ['a letter where the account of the ARN stands', identity({ Resource: 'arn:aws:s:eu:*x*:r' })],
    ['nor in a pattern that is cut short there', identity({ Resource: 'arn:aws:s:eu:*x*' })],
  ])('%s there is not', (_, left) => {
    expect(isNoBroader(left, nothing)._tag).toBe('Yes')
  })
})
