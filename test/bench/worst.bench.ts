/** Much of one thing: ARNs, statements, stars. Each against a yardstick that does only the unavoidable. */
import { bench, describe } from 'vitest'
import { Environment, type Request } from '../../src/model/index.js'
import { Simulator } from '../../src/simulator/index.js'
import { account, manyStars, ofArns, ofStatements, requestFor } from './decisions.js'

const brief = { time: 200 }
const size = 256

const asked = (count: number): readonly Request.Request[] =>
  Array.from({ length: size }, (_, i) =>
    requestFor('ecr:BatchGetImage', `team-${(i * 37) % (2 * count)}/app`),
  )

const each =
  <A>(items: readonly A[], ask: (item: A) => unknown): (() => void) =>
  () => {
    for (const item of items) ask(item)
  }

describe.each([1, 100, 10_000])('256 requests, %i of one thing', (count) => {
  const requests = asked(count)
  const prepared = requests.map(Simulator.prepareRequest)
  const texts = new Set(
    Array.from({ length: count }, (_, i) => `arn:aws:ecr:eu-west-1:${account}:repository/team-${i}/app`),
  )
  bench(
    'a Set asked for the resource',
    each(prepared, ({ resource }) => texts.has(resource)),
    brief,
  )
  bench('ARNs in a statement', each(prepared, Simulator.compile(ofArns(count)).outcome), brief)
  bench('statements', each(prepared, Simulator.compile(ofStatements(count)).outcome), brief)
})

describe.each([1_000, 10_000, 100_000])('*a*a*a*b on %i characters', (length) => {
  const name = 'a'.repeat(length)
  const { outcome } = Simulator.compile(Environment.make({ identityPolicies: [manyStars] }))
  const prepared = Simulator.prepareRequest(requestFor('ecr:BatchGetImage', name))
  bench('the text read once', () => void name.indexOf('b'), brief)
  bench('compiled', () => void outcome(prepared), brief)
})
