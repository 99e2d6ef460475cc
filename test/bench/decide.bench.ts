/** Decisions: by hand, compiled, and plain; how the cost grows with the policies. */
import { bench, describe } from 'vitest'
import {
  canPull,
  canPush,
  compile as compileAccess,
  type Repository,
  type Verdict,
} from '../../src/ecr/index.js'
import type { Environment } from '../../src/model/index.js'
import { Simulator } from '../../src/simulator/index.js'
import {
  checkByHand,
  large,
  largeRequests,
  node,
  nodeByHand,
  nodeRequests,
  repositoriesAsked,
} from './decisions.js'

/** Asks for each item once, so that no answer is the same one over and over. */
const each =
  <A>(items: readonly A[], ask: (item: A) => unknown): (() => void) =>
  () => {
    for (const item of items) ask(item)
  }

const brief = { time: 200 }

describe('256 requests of a node', () => {
  const { outcome } = Simulator.compile(node)
  const prepared = nodeRequests.map(Simulator.prepareRequest)
  bench('by hand', each(nodeRequests, nodeByHand))
  bench('compiled', each(nodeRequests, outcome))
  bench('compiled, requests made ready', each(prepared, outcome))
  bench(
    'compiled, requests never seen before',
    each(nodeRequests, (request) => outcome({ ...request })),
  )
  bench(
    'plain',
    each(nodeRequests, (request) => Simulator.decide(node, request)),
    { iterations: 3, time: 0 },
  )
})

describe.each(['pull', 'push'] as const)('64 checks of a whole %s', (operation) => {
  const compiled = compileAccess(node)
  const fast = operation === 'pull' ? compiled.canPull : compiled.canPush
  const plain = (repository: Repository.Repository): Verdict =>
    operation === 'pull' ? canPull(node, repository) : canPush(node, repository)
  bench(
    'by hand',
    each(repositoriesAsked, (repository) => checkByHand(operation, repository)),
  )
  bench(
    'compiled',
    each(repositoriesAsked, (repository) => fast(repository)),
  )
  bench('plain', each(repositoriesAsked, plain), { iterations: 3, time: 0 })
})

describe('256 requests in a large environment', () => {
  for (const scale of [1, 10, 100]) {
    const { outcome } = Simulator.compile(large(scale))
    const requests = largeRequests(scale)
    bench(`${110 * scale} statements, compiled`, each(requests, outcome), brief)
  }
  const [first] = largeRequests(1)
  const environment = large(1)
  if (first !== undefined)
    bench('one request, 110 statements, plain', () => void Simulator.decide(environment, first), {
      iterations: 5,
      time: 0,
    })
})

describe('the first decision in an environment never seen before, 110 statements', () => {
  const [request] = largeRequests(1)
  const environment = large(1)
  const fresh = (): Environment.Environment => structuredClone(environment)
  if (request === undefined) return
  bench('making the environment alone', () => void fresh(), brief)
  bench('plain', () => void Simulator.decide(fresh(), request), brief)
  bench('compiled', () => void Simulator.compile(fresh()).outcome(request), brief)
})
