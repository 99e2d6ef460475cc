import * as fc from 'fast-check'
import { it } from 'vitest'
import { isEnvironmentNoBroader } from '../../src/algebra/environment.js'
import { parseScenarioOrThrow } from '../../src/codec/index.js'
import { decide } from '../oracle/decide.js'
import { Simulator } from '../../src/simulator/index.js'
import { scenarioToJson } from '../../src/codec/index.js'
import { pair, requests } from './environmentPairs.js'

it('probe', () => {
  const request = requests[0]
  const all = requests.map((r) => parseScenarioOrThrow({ request: r }).request)
  const times: number[] = []
  const tally: Record<string, number> = {}
  let shown = 0
  for (const [a, b] of fc.sample(pair, { numRuns: Number(process.env['N'] ?? 100), seed: Number(process.env['SEED'] ?? 1) })) {
    const [x, y] = [a, b].map((e) => parseScenarioOrThrow({ ...e, request }).environment)
    if (x === undefined || y === undefined) continue
    const t = performance.now()
    const v = isEnvironmentNoBroader(x, y)
    times.push(performance.now() - t)
    const key = v._tag === 'Undecided' ? `${v.reason} ${v.detail}` : v._tag
    const brute = all.find((r) => Simulator.isAllowed(Simulator.decide(x, r)) && !Simulator.isAllowed(Simulator.decide(y, r)))
    const k = `${key} / brute ${brute ? 'sep' : 'none'}`
    tally[k] = (tally[k] ?? 0) + 1
    if (((v._tag === 'Yes' && brute) || v._tag === 'Undecided') && shown++ < 3)
      console.log(k, JSON.stringify(a), JSON.stringify(b), brute && JSON.stringify(scenarioToJson({ request: brute, environment: x, expect: undefined }).request))
    if (v._tag === 'No') {
      const w = scenarioToJson({ request: v.witness, environment: x, expect: undefined }).request as never
      if (decide({ ...a, request: w }) !== 'Allowed' || decide({ ...b, request: w }) === 'Allowed') console.log('ORACLE', JSON.stringify(w), JSON.stringify(a), JSON.stringify(b))
    }
  }
  times.sort((p, q) => p - q)
  console.log(tally, 'p50', times[times.length >> 1], 'p90', times[Math.floor(times.length * 0.9)], 'max', times[times.length - 1])
}, 100000)
