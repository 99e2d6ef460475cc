import fc from 'fast-check'
import { it } from 'vitest'
import { diff } from '../../../src/algebra/diff.js'
import { prove } from '../../../src/algebra/certificate.js'
import { parseOrThrow } from '../../../src/codec/index.js'
import { pair } from '../../property/diffPolicies.js'
it('speed', () => {
  const made = fc.sample(pair, { numRuns: 60, seed: 5 }).map(({ left, right }) => [parseOrThrow(left), parseOrThrow(right)] as const)
  for (const f of [diff, prove] as const) {
    made.slice(0, 10).forEach(([l, r]) => f(l, r))
    const t = made.map(([l, r]) => { const s = performance.now(); f(l, r); return performance.now() - s }).sort((a, b) => a - b)
    console.log(t[30]!.toFixed(1), t[54]!.toFixed(1), t[59]!.toFixed(1))
  }
})
