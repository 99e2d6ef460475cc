/** What the inputs of one call are drawn from. Model values come from the library's own arbitraries, made once a run. */
import fc from 'fast-check'
import { Ecr } from '../../src/index.js'
import { arbitrary } from '../../src/testing.js'
import { random, type Random } from './random.js'
import { anyText } from './texts.js'
import { anyValue, jsonText } from './values.js'

const arbitraries = {
  action: arbitrary.action(),
  actionPattern: arbitrary.actionPattern(),
  arn: arbitrary.arn(),
  resource: arbitrary.resourcePattern(),
  caller: arbitrary.caller(),
  principal: arbitrary.principal(),
  condition: arbitrary.condition(),
  block: arbitrary.conditionBlock(),
  context: arbitrary.context(),
  statement: arbitrary.statement(),
  identityStatement: arbitrary.identityStatement(),
  resourceStatement: arbitrary.resourceStatement(),
  identity: arbitrary.document('identity'),
  resourcePolicy: arbitrary.document('ecr-repository'),
  document: fc.oneof(
    arbitrary.document('identity'),
    arbitrary.document('resource'),
    arbitrary.document('ecr-repository'),
  ),
  request: arbitrary.request(),
  environment: arbitrary.environment(),
  scenario: arbitrary.scenario(),
  template: arbitrary.template(),
  kind: arbitrary.policyKind(),
  region: arbitrary.region(),
  repository: arbitrary.repository(),
  publicRepository: arbitrary.publicRepository(),
  image: arbitrary.image(),
  access: arbitrary.access(),
}

type Arbitraries = typeof arbitraries
export type Part = keyof Arbitraries
type Drawn<P extends Part> = Arbitraries[P] extends fc.Arbitrary<infer A> ? A : never

/** Enough to be different from each other, few enough to be made at once. */
const POOL = 40

export type Pools = <P extends Part>(part: P) => readonly Drawn<P>[]

/** Values of each part, the same for the same seed. */
export const pools = (seed: number): Pools => {
  const made = new Map<Part, readonly unknown[]>()
  return <P extends Part>(part: P): readonly Drawn<P>[] => {
    const before = made.get(part)
    if (before !== undefined) return before as readonly Drawn<P>[]
    const now = fc.sample<unknown>(arbitraries[part], { seed, numRuns: POOL }) as readonly Drawn<P>[]
    made.set(part, now)
    return now
  }
}

export interface Draw {
  readonly random: Random
  /** A text of any sort. */
  readonly text: () => string
  readonly texts: (most: number) => readonly string[]
  /** A value of any sort, often near one of the examples. */
  readonly value: (examples: readonly unknown[]) => unknown
  readonly json: (examples: readonly unknown[]) => string
  readonly any: <P extends Part>(part: P) => Drawn<P>
  readonly operation: () => Ecr.OperationId
}

const operations = Object.keys(Ecr.operations) as readonly Ecr.OperationId[]

export const draw = (from: Pools, seed: number, input: number): Draw => {
  const its = random(seed, input)
  return {
    random: its,
    text: () => anyText(its),
    texts: (most) => its.list(most, () => anyText(its)),
    value: (examples) => anyValue(its, examples),
    json: (examples) => jsonText(its, examples),
    any: (part) => its.pick(from(part)),
    operation: () => its.pick(operations),
  }
}
