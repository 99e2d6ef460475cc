import { expect, it } from 'vitest'
import { prove } from '../../src/algebra/certificate.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { skippedBy } from '../oracle/certificateChecker.js'
import type { PolicyJson } from '../oracle/statements.js'

const allow = (condition: string): string =>
  `{"Effect":"Allow","Action":"ecr:PutImage","Resource":"*"${condition}}`
const policy = (...statements: readonly string[]): PolicyJson =>
  JSON.parse(`{"Version":"2012-10-17","Statement":[${statements.join()}]}`) as PolicyJson

it.each(['__proto__', 'constructor', 'toString'])(
  'the key `%s` is a key like any other in a certificate',
  (key) => {
    const left = policy(allow(''))
    const right = policy(
      allow(`,"Condition":{"StringEqualsIfExists":{"${key}":"a"}}`),
      allow(`,"Condition":{"StringNotEquals":{"${key}":"a"}}`),
    )
    const { verdict, certificate } = prove(parseOrThrow(left, 'identity'), parseOrThrow(right, 'identity'))
    expect(verdict._tag).toBe('Yes')
    if (certificate === undefined || !('proofs' in certificate)) throw new Error('there is no certificate')
    expect(skippedBy(left, right, certificate)).toBe(undefined)
  },
)
