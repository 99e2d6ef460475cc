/**
 * Two comparisons: consecutive versions of managed policies, and Z3 beside the algebra on the same small questions. Z3 has
 * five seconds for each case of a question; where it gives up, the time shown is what it took to do so.
 */
import { afterAll, bench, describe } from 'vitest'
import { isNoBroader } from '../../src/algebra/compare.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { DocumentJson, type Document } from '../../src/model/index.js'
import type { PolicyJson } from '../oracle/statements.js'
import { question } from '../z3/encoding.js'
import { start } from '../z3/solver.js'
import { managed, small } from './workloads.js'

const SAMPLE = 40

const consecutive = <A>(versions: readonly A[]): readonly (readonly [A, A])[] =>
  versions.slice(1).flatMap((newer, i) => {
    const older = versions[i] ?? newer
    return [[older, newer] as const, [newer, older] as const]
  })

describe(`consecutive versions of every ${SAMPLE}th managed policy, both ways`, () => {
  const sample = Array.from(managed().values()).filter((_, i) => i % SAMPLE === 0)
  const parse = (): readonly (readonly Document.Document[])[] =>
    sample.map((versions) => versions.map((version) => parseOrThrow(version, 'identity')))
  const documents = parse()
  const pairs = documents.flatMap(consecutive)
  bench(`parsing ${documents.flat().length} versions`, () => void parse(), { iterations: 3 })
  bench(
    `deciding ${pairs.length} questions`,
    () => {
      for (const [left, right] of pairs) isNoBroader(left, right)
    },
    { iterations: 3 },
  )
})

const solver = await start({ work: 10_000_000, milliseconds: 5_000 })
afterAll(() => solver.close())

const json = (document: Document.Document): PolicyJson =>
  DocumentJson.toJson(document) as unknown as PolicyJson

describe.each([
  ['pull within read: yes', small.pull, small.read],
  ['read within pull: no', small.read, small.pull],
  ['pull within itself', small.pull, small.pull],
  ['guarded within read: no', small.guarded, small.read],
] as const)('%s', (_, left, right) => {
  const asked = question(json(left), json(right))
  bench('algebra', () => void isNoBroader(left, right))
  bench(
    'Z3',
    async () => {
      if (asked !== undefined) await solver.ask(asked)
    },
    { time: 0, iterations: 3, warmupTime: 0, warmupIterations: 1 },
  )
})
