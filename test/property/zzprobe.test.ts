import * as fc from 'fast-check'
import { it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { arbitrary } from '../../src/testing/index.js'
import { parseScenario, scenarioToJson, renderErrors } from '../../src/codec/index.js'
import { decide } from '../../src/simulator/decide.js'
import { decide as oracle } from '../oracle/decide.js'
import { isDeepStrictEqual } from 'node:util'

it('probe', () => {
  const N = Number(process.env['N'] ?? 5000)
  let t = performance.now()
  const all = fc.sample(arbitrary.scenario(), { numRuns: N, seed: Number(process.env['SEED'] ?? 1) })
  console.log('gen ms each', (performance.now() - t) / N)
  t = performance.now()
  const jsons = all.map(scenarioToJson)
  console.log('json', (performance.now() - t) / N)
  t = performance.now()
  const ours = all.map((s) => decide(s.environment, s.request).outcome)
  console.log('decide', (performance.now() - t) / N)
  t = performance.now()
  const errs = new Map<string, number>()
  const theirs = jsons.map((j) => {
    try {
      return oracle(j as never)
    } catch (e) {
      const m = String(e)
      errs.set(m.slice(0, 60), (errs.get(m.slice(0, 60)) ?? 0) + 1)
      return 'throw'
    }
  })
  console.log('oracle', (performance.now() - t) / N, [...errs].slice(0, 10))
  const count = new Map<string, number>()
  theirs.forEach((o, i) => {
    const k = `${ours[i]} ${o}`
    count.set(k, (count.get(k) ?? 0) + 1)
  })
  console.log(count)
  let refused = 0,
    differs = 0,
    shown = 0
  all.forEach((s, i) => {
    if (i >= 2000) return
    const p = parseScenario(jsons[i])
    if (E.isLeft(p)) {
      refused++
      if (shown++ < 5) console.log(renderErrors(p.left))
    } else if (!isDeepStrictEqual(p.right, s)) {
      differs++
      if (differs < 3) console.log(JSON.stringify(p.right), '\n', JSON.stringify(s))
    }
  })
  console.log({ refused, differs })
})
