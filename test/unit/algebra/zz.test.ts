import { it } from 'vitest'
import { parseOrThrow } from '../../../src/codec/index.js'
import { diff } from '../../../src/algebra/diff.js'
import { renderDiff } from '../../../src/algebra/diffText.js'
const id = (...s: object[]) => parseOrThrow({ Version: '2012-10-17', Statement: s })
const R = 'arn:aws:ecr:us-east-1:111122223333:repository/'
const A = (x: object) => ({ Effect: 'Allow', ...('NotAction' in x ? {} : { Action: 'ecr:*' }), Resource: '*', ...x })
const D = (x: object) => ({ Effect: 'Deny', ...('NotAction' in x ? {} : { Action: 'ecr:*' }), Resource: '*', ...x })
it('x', () => {
  for (const [l, r] of [
    [id(A({})), id(A({ Action: ['ecr:Get*', 'ecr:PutImage'] }))],
    [id(A({ Action: ['ecr:Get*', 'ecr:Put*'], Resource: [R + 'a/*', R + 'b/*'] })), id(A({ Action: ['ecr:Get*', 'ecr:PutImage'], Resource: R + 'a/*' }))],
    [id(A({})), id(A({}), D({ NotAction: 'ecr:Get*', Resource: R + 'prod/*' }))],
    [id(A({})), id(A({}), D({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }))],
    [id(A({}), D({ Resource: R + 'x' })), id(A({ Action: 'ecr:G*', Condition: { StringLike: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } } }))],
    [id(A({ Principal: '*', })), id(A({ Principal: { AWS: ['111122223333', 'arn:aws:iam::444455556666:role/x'] } }))],
  ] as const) {
    const t = performance.now()
    const d = diff(l, r)
    const t2 = performance.now() - t
    console.log(renderDiff(d), '\n', t2.toFixed(1), JSON.stringify(d.status))
  }
})
