/** The workloads of docs/benchmarks.md. */
import { bench, describe } from 'vitest'
import { interchangeable, isNoBroader } from '../../src/algebra/compare.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { identity, literals, managed, random, small, stars } from './workloads.js'

const allow = (resources: readonly string[]) =>
  identity({ Effect: 'Allow', Action: 'ecr:*', Resource: resources })

describe('small documents', () => {
  bench('pull within read: yes', () => void isNoBroader(small.pull, small.read))
  bench('read within pull: no', () => void isNoBroader(small.read, small.pull))
  bench('pull within itself', () => void isNoBroader(small.pull, small.pull))
  bench('guarded within read: no', () => void isNoBroader(small.guarded, small.read))
})

describe('managed policies', () => {
  const policies = managed()
  const latest = (name: string): object => policies.get(name)?.at(-1) ?? {}
  const [readOnly, audit] = [latest('ReadOnlyAccess'), latest('SecurityAudit')]
  const [left, right] = [parseOrThrow(readOnly, 'identity'), parseOrThrow(audit, 'identity')]
  bench('ReadOnlyAccess within SecurityAudit', () => void isNoBroader(left, right))
  bench('SecurityAudit within ReadOnlyAccess', () => void isNoBroader(right, left))
  bench('both ways, parsed anew', () => {
    const [one, other] = [parseOrThrow(readOnly, 'identity'), parseOrThrow(audit, 'identity')]
    isNoBroader(one, other)
    isNoBroader(other, one)
  })
})

describe('large documents', () => {
  const statements = random(1_000)
  const [forward, backward] = [identity(...statements), identity(...[...statements].reverse())]
  bench('1,000 random statements, turned round', () => void interchangeable(forward, backward), {
    iterations: 3,
  })
  const names = literals(10_000)
  const [few, many] = [allow(names.slice(1)), allow(names)]
  bench('10,000 repositories and one fewer', () => void isNoBroader(many, few), { iterations: 3 })
  bench('10,000 repositories but one, and all', () => void isNoBroader(few, many), { iterations: 3 })
})

describe('patterns with many stars', () => {
  const [left, right] = [allow(stars('fghijkl')), allow(stars('fghijkm'))]
  bench('seven patterns of seven stars', () => void isNoBroader(left, right), { iterations: 5 })
})
