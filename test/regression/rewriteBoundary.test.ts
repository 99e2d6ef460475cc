/**
 * A Deny with NotPrincipal hits every caller that has a permissions boundary (PR-11). What it says beside another Deny was
 * once taken away because a caller without a boundary does not feel the difference.
 */
import { describe, expect, it } from 'vitest'
import { minimize } from '../../src/algebra/minimize.js'
import { parseOrThrow } from '../../src/codec/document.js'
import { toJson } from '../../src/model/DocumentJson.js'
import { matchDocument, type PolicyJson } from '../oracle/decide.js'

const user = 'arn:aws:iam::111122223333:user/ann'
const others = Array.from({ length: 25 }, (_, i) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: `q:a${i}`,
  Resource: `arn:aws:q${i}:::x`,
  Condition: { StringEquals: { [`q:k${i}`]: 'x' } },
}))

const putBy = (principal: string) => ({
  principal,
  action: 's3:PutObject',
  resource: 'arn:aws:s3:::b/key',
  context: {},
})

const deny = (element: object) => ({
  Effect: 'Deny',
  NotPrincipal: { AWS: ['arn:aws:iam::111122223333:root', user] },
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::b/*',
  ...element,
})

const everybodyElse = deny({
  NotPrincipal: undefined,
  Principal: '*',
  Condition: { ArnNotEquals: { 'aws:PrincipalArn': [user, 'arn:aws:iam::111122223333:root'] } },
})

const onlyOthers = { NotPrincipal: '*', Condition: { Null: { 'aws:PrincipalArn': 'false' } } }

const written = (value: object): PolicyJson => JSON.parse(JSON.stringify(value)) as PolicyJson

describe('a rewriting heeds callers with a permissions boundary', () => {
  it.each([
    ['a statement that others cover but for them stays', [deny({}), everybodyElse]],
    ['values that matter to them alone stay', [deny({ ...onlyOthers, Action: ['s3:Get*', 's3:PutObject'] })]],
    ['a statement that hits them alone stays', [deny(onlyOthers), deny({ Action: 's3:GetObject' })]],
  ])('%s', (_, statements) => {
    for (const more of [[], others]) {
      const input = written({ Version: '2012-10-17', Statement: [...statements, ...more] })
      const { document, status } = minimize(parseOrThrow(input))
      const output = toJson(document) as unknown as PolicyJson
      expect(status).toBe('Proven')
      for (const boundarySet of [false, true])
        for (const caller of [user, 'arn:aws:iam::111122223333:user/bob', 'arn:aws:iam::111122223333:root'])
          expect(matchDocument(output, putBy(caller), { boundarySet })).toStrictEqual(
            matchDocument(input, putBy(caller), { boundarySet }),
          )
    }
  })
})
