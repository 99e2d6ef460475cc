import { it } from 'vitest'
import { parseOrThrow } from '/work/main/src/codec/document.js'
import { interchangeable } from '/work/main/src/algebra/compare.js'
it('speed', () => {
  let seed = 1
  const rnd = (n: number) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % n }
  const acts = ['BatchGetImage','GetDownloadUrlForLayer','PutImage','InitiateLayerUpload','DescribeImages','ListImages','Get*','Batch*','Describe*']
  for (const n of [50, 200, 1000]) {
    const st = Array.from({ length: n }, () => ({ Effect: rnd(10) === 0 ? 'Deny' : 'Allow', Action: Array.from({ length: 1 + rnd(3) }, () => 'ecr:' + acts[rnd(acts.length)]), Resource: Array.from({ length: 1 + rnd(3) }, () => `arn:aws:ecr:eu-west-1:111122223333:repository/team${rnd(40)}/${['*', 'app', 'web', 'x' + rnd(100)][rnd(4)]}`), ...(rnd(5) === 0 ? { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-' + rnd(3) } } } : {}) }))
    const a = parseOrThrow({ Version: '2012-10-17', Statement: st }, 'identity')
    const b = parseOrThrow({ Version: '2012-10-17', Statement: [...st].reverse() }, 'identity')
    const t = performance.now()
    const v = interchangeable(a, b)
    console.log(n, v._tag, performance.now() - t, 'spent' in v ? v.spent : '')
  }
}, 100000)
