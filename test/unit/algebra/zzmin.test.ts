import { it } from 'vitest'
import * as fc from 'fast-check'
import { parseOrThrow } from '../../../src/codec/document.js'
import { toJson, stringify } from '../../../src/codec/encode.js'
import { minimize, renderMinimized } from '../../../src/algebra/minimize.js'
import { documentText } from '../../../src/algebra/rewriteForm.js'
import { arbitrary } from '../../../src/testing/index.js'
it('some', () => {
  const doc = parseOrThrow({ Version: '2012-10-17', Statement: [
    { Sid: 'A', Effect: 'Allow', Action: ['ecr:GetX', 'ecr:Get*', 'ecr:BatchGetImage'], Resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/a' },
    { Sid: 'B', Effect: 'Allow', Action: ['ecr:Get*', 'ecr:BatchGetImage'], Resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/b' },
    { Effect: 'Allow', Action: ['ecr:GetImage', 'ecr:PutImage'], Resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/b' },
    { Effect: 'Deny', Action: ['ecr:Put*'], Resource: '*' },
  ] }, 'identity')
  const m = minimize(doc)
  console.log(JSON.stringify(toJson(m.document), null, 1), renderMinimized(m), m.spent)
})
it('random', () => {
  let n = 0, worst = 0, engine = 0, ch = 0, ch2 = 0
  const bad: Record<string, number> = {}
  const t0 = performance.now()
  for (const doc of fc.sample(fc.oneof(arbitrary.document('identity'), arbitrary.document('ecr-repository'), arbitrary.document('resource')), { numRuns: Number(process.env['N'] ?? 200), seed: 7 })) {
    const t = performance.now()
    const m = minimize(doc)
    const dt = performance.now() - t
    if (dt > worst) { worst = dt; if (dt > 500) console.log(dt, m.spent, stringify(doc)) }
    n++; engine += m.spent
    if (documentText(doc) !== stringify(doc)) console.log('TEXT', documentText(doc), stringify(doc))
    ch += stringify(doc).length; ch2 += stringify(m.document).length
    const s = m.status === 'Proven' ? 'Proven' : m.status.reason + ' ' + m.status.detail.slice(0, 50)
    bad[s] = (bad[s] ?? 0) + 1
    if (m.status !== 'Proven' && m.status.reason === 'Unconfirmed') console.log(stringify(doc))
  }
  console.log({ n, worst, engine, ch, ch2, bad, total: performance.now() - t0 })
}, 200000)
