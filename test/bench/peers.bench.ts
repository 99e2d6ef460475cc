/**
 * One decision against yardsticks: the same policies written by hand, a Set lookup, `JSON.parse` of the policies, the plain
 * simulator, and where it is installed `pbac`, an evaluator of identity policies under the MIT licence. It knows no
 * principals, boundaries or control policies, so it is asked the one identity policy alone.
 */
import { createRequire } from 'node:module'
import { bench, describe } from 'vitest'
import { DocumentJson, Request } from '../../src/model/index.js'
import { Simulator } from '../../src/simulator/index.js'
import { node, nodeByHand, nodeRequests } from './decisions.js'

interface Pbac {
  readonly evaluate: (request: object) => boolean
}

const policies = node.identityPolicies.map(DocumentJson.toJson)

/** It reads lists only. */
const inLists = (document: (typeof policies)[number]): object => ({
  ...document,
  Statement: [document['Statement']].flat().map((statement) => {
    const { Action, Resource, ...rest } = statement as Record<string, unknown>
    return { ...rest, Action: [Action].flat(), Resource: [Resource].flat() }
  }),
})

const peer = (): Pbac | undefined => {
  try {
    const Evaluator = createRequire(import.meta.url)('pbac') as new (policies: readonly object[]) => Pbac
    return new Evaluator(policies.map(inLists))
  } catch {
    return undefined
  }
}

describe('256 requests of a node', () => {
  const { outcome } = Simulator.compile(node)
  const few = { iterations: 3, time: 0 }
  const each = (ask: (request: Request.Request) => unknown) => (): void => {
    for (const request of nodeRequests) ask(request)
  }
  const answers = new Set(
    nodeRequests.map((request) => `${request.action} ${Request.resourceText(request)}`).slice(0, 128),
  )
  bench(
    'a Set of action and resource',
    each((request) => answers.has(`${request.action} ${Request.resourceText(request)}`)),
  )
  bench('by hand', each(nodeByHand))
  bench('compiled', each(outcome))
  bench(
    'plain',
    each((request) => Simulator.decide(node, request)),
    few,
  )
  const pbac = peer()
  if (pbac !== undefined)
    bench(
      'pbac, the identity policy alone',
      each((request) =>
        pbac.evaluate({
          action: request.action,
          resource: Request.resourceText(request),
          variables: { aws: { RequestedRegion: 'eu-west-1' } },
        }),
      ),
      few,
    )
})

describe('the policies of a node as text', () => {
  const text = JSON.stringify([...policies, node.serviceControlPolicies?.flat().map(DocumentJson.toJson)])
  bench('JSON.parse', () => void JSON.parse(text))
})
