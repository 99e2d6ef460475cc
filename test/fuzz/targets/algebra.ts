/** Policies as sets of requests. The budget is small, so that hard questions end undecided rather than late. */
import * as E from 'fp-ts/lib/Either.js'
import { Algebra, Environment, type Document } from '../../../src/index.js'
import type { Draw } from '../Draw.js'
import type { Targets } from './Target.js'

const options: Algebra.Options = { budget: 5_000 }

type Pair = readonly [left: Document.Document, right: Document.Document]

const pair = (draw: Draw): Pair => {
  const part = draw.random.pick(['identity', 'resourcePolicy'] as const)
  return [draw.any(part), draw.any(part)]
}

const set = (draw: Draw): Algebra.RequestSet => ({
  principals: [draw.any('principal')],
  actions: [draw.any('actionPattern')],
  resources: [draw.any('resource')],
})

const partial = (draw: Draw): Algebra.PartialRequest => {
  const { principal, action, resource, context } = draw.any('request')
  return draw.random.pick<Algebra.PartialRequest>([
    { principal, action },
    { action, resource, context },
    { principal, absent: draw.texts(2) },
    {},
  ])
}

/** Of few policies: what pairs of large environments cost at least is a matter of the tests of bounds. */
const surroundings = (draw: Draw): Environment.Environment =>
  Environment.make({ identityPolicies: [draw.any('identity')], resourcePolicy: draw.any('resourcePolicy') })

const residual = (draw: Draw): Algebra.Residual =>
  Algebra.residual(surroundings(draw), partial(draw), options)

export const algebraQuestions: Targets = {
  'Algebra.canonical': (draw) => Algebra.canonical(draw.any('document'), options),
  'Algebra.catalogue': (draw) =>
    Algebra.compare(...pair(draw), { ...options, world: Algebra.catalogue('1', draw.texts(4)) }),
  'Algebra.compare': (draw) => Algebra.compare(...pair(draw), options),
  'Algebra.compareEnvironments': (draw) =>
    Algebra.compareEnvironments(surroundings(draw), surroundings(draw), options),
  'Algebra.diff': (draw) => Algebra.diff(...pair(draw), options),
  'Algebra.disjoint': (draw) => Algebra.disjoint(...pair(draw), options),
  'Algebra.fit': (draw) => Algebra.fit('identity', { ...options, characters: 300 })(draw.any('identity')),
  'Algebra.grantsBeyond': (draw) => Algebra.grantsBeyond(draw.any('document'), set(draw), options),
  'Algebra.hash': (draw) => Algebra.hash(draw.any('document'), options),
  'Algebra.interchangeable': (draw) => Algebra.interchangeable(...pair(draw), options),
  'Algebra.intersectOrThrow': (draw) => Algebra.intersectOrThrow(...pair(draw), options),
  'Algebra.mergeOrThrow': (draw) => Algebra.mergeOrThrow(...pair(draw)),
  'Algebra.mergeAllOrThrow': (draw) =>
    Algebra.mergeAllOrThrow(draw.random.list(3, () => draw.any('document'))),
  'Algebra.subtractOrThrow': (draw) => Algebra.subtractOrThrow(...pair(draw), options),
  'Algebra.intersect': (draw) => Algebra.intersect(...pair(draw), options),
  'Algebra.isEnvironmentNoBroader': (draw) =>
    Algebra.isEnvironmentNoBroader(surroundings(draw), surroundings(draw), options),
  'Algebra.isInRegion': (draw) => {
    const { gained, lost } = Algebra.diff(...pair(draw), options)
    return [...gained, ...lost].map((region) => Algebra.isInRegion(region)(draw.any('request')))
  },
  'Algebra.isNoBroader': (draw) => Algebra.isNoBroader(...pair(draw), options),
  'Algebra.isPublic': (draw) => Algebra.isPublic(draw.any('resourcePolicy'), options),
  'Algebra.meets': (draw) => Algebra.meets(residual(draw))(draw.any('request')),
  'Algebra.merge': (draw) => Algebra.merge(...pair(draw)),
  'Algebra.mergeAll': (draw) => Algebra.mergeAll(draw.random.list(4, () => draw.any('identity'))),
  'Algebra.minimize': (draw) => Algebra.minimize(draw.any('document'), options),
  'Algebra.prove': (draw) => Algebra.prove(...pair(draw), options),
  'Algebra.proveEnvironmentNoBroader': (draw) =>
    Algebra.proveEnvironmentNoBroader(surroundings(draw), surroundings(draw), options),
  'Algebra.proveInterchangeable': (draw) => Algebra.proveInterchangeable(...pair(draw), options),
  'Algebra.regionLines': (draw) => {
    const { gained, lost } = Algebra.diff(...pair(draw), options)
    return [...gained, ...lost].map((region) => Algebra.regionLines(region))
  },
  'Algebra.renderDiff': (draw) => Algebra.renderDiff(Algebra.diff(...pair(draw), options)),
  'Algebra.renderFit': (draw) => Algebra.renderFit(Algebra.fit('managed', options)(draw.any('identity'))),
  'Algebra.renderMinimized': (draw) =>
    Algebra.renderMinimized(Algebra.minimize(draw.any('document'), options)),
  'Algebra.residual': residual,
  'Algebra.showNeed': (draw) => {
    const found = residual(draw)
    return 'needs' in found ? Algebra.showResidual(found) : found
  },
  'Algebra.showRequest': (draw) => Algebra.showRequest(draw.any('request')),
  'Algebra.showResidual': (draw) => Algebra.showResidual(residual(draw)),
  'Algebra.subtract': (draw) => Algebra.subtract(...pair(draw), options),
  'Algebra.typed': (draw) =>
    Algebra.compare(...pair(draw), {
      ...options,
      world: Algebra.typed('1', [{ action: draw.text(), resources: draw.texts(2), keys: draw.texts(2) }]),
    }),
  'Algebra.upgrade': (draw) => {
    const merged = Algebra.merge(...pair(draw))
    return E.isRight(merged) ? Algebra.upgrade(merged.right) : merged
  },
}
