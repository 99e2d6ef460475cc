/**
 * `isNoBroader(l, r) = Yes  <=>  Z3 finds "l allows and r does not" unsatisfiable`
 *
 * by an encoding that shares no code with `src/`. Pairs that Z3 gives up on are counted; a disagreement is a failure.
 * An ordinary run asks of a few pairs from fixed seeds; with ECR_POLICY_DEEP=1 of many from a random seed, or from
 * ECR_POLICY_SEED.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isNoBroader } from '../../src/algebra/compare.js'
import type { Verdict } from '../../src/algebra/Verdict.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { asList, matchDocument, type PolicyJson, type RequestJson } from '../oracle/statements.js'
import { question, type Question } from '../z3/encoding.js'
import { pairOf as randomPair, type Pair } from '../z3/pairs.js'
import { requestOf } from '../z3/requests.js'
import { start, type Found, type Solver } from '../z3/solver.js'
import { asOracle, dice, edited, policyOf, type Flavour } from './smallUniverse.js'

const deep = process.env['ECR_POLICY_DEEP'] === '1'
const given = process.env['ECR_POLICY_SEED']
const first = given !== undefined ? Number(given) : deep ? Math.floor(Math.random() * 2 ** 30) : 20_241_122
/** More that the algebra says Yes to than others: a wrong Yes has no witness to give it away, and Z3 refutes quickly. */
const wanted = deep ? { yes: 200, others: 80 } : { yes: 20, others: 3 }
const runs = wanted.yes + wanted.others
/** Steps, so that a slow machine gets the same answers; the time is for the case that Z3 forgets to count. */
const limits = { work: deep ? 300_000 : 60_000, milliseconds: 20_000 }

const smallPair =
  (flavour: Flavour) =>
  (seed: number): Pair => {
    const roll = dice(seed)
    const left = policyOf(roll, 'identity', flavour)
    const right =
      roll(4) === 0 ? policyOf(roll, 'identity', flavour) : edited(roll, left, 'identity', flavour)
    const [one, other] = roll(2) === 0 ? [left, right] : [right, left]
    return { seed, left: asOracle(one), right: asOracle(other) }
  }

interface Asked extends Pair {
  readonly question: Question
  readonly verdict: Verdict
  readonly found: Found
}

const ofEffect = (policy: PolicyJson, effect: string): readonly string[] =>
  asList(policy.Statement)
    .filter(({ Effect }) => Effect === effect)
    .map((each) => JSON.stringify(each))

/** Can the answer be read off: does every Allow recur, and is no Deny new? */
const isPlain = ({ left, right }: Pair): boolean => {
  const [allows, denies] = [ofEffect(right, 'Allow'), ofEffect(left, 'Deny')]
  return (
    ofEffect(left, 'Allow').every((each) => allows.includes(each)) &&
    ofEffect(right, 'Deny').every((each) => denies.includes(each))
  )
}

/** The pairs from a seed on that are in the encoding's fragment, plain ones aside. */
function* inFragment(draw: (seed: number) => Pair): Generator<Pair & { readonly question: Question }> {
  for (let seed = first; ; seed += 1) {
    const pair = draw(seed)
    const asked = isPlain(pair) ? undefined : question(pair.left, pair.right)
    if (asked !== undefined) yield { ...pair, question: asked }
  }
}

const askAll = async (solver: Solver, draw: (seed: number) => Pair): Promise<readonly Asked[]> => {
  const done: Asked[] = []
  for (const pair of inFragment(draw)) {
    const verdict = isNoBroader(parseOrThrow(pair.left, 'identity'), parseOrThrow(pair.right, 'identity'))
    const isYes = verdict._tag === 'Yes'
    const alike = done.filter((each) => (each.verdict._tag === 'Yes') === isYes).length
    if (alike < (isYes ? wanted.yes : wanted.others))
      done.push({ ...pair, verdict, found: await solver.ask(pair.question) })
    if (done.length >= runs) break
  }
  return done
}

const isDecided = ({ verdict, found }: Asked): boolean =>
  verdict._tag !== 'Undecided' && found._tag !== 'Unknown'

const agrees = ({ verdict, found }: Asked): boolean =>
  (verdict._tag === 'Yes') === (found._tag === 'Unsatisfiable')

const shown = ({ seed, left, right, verdict, found }: Asked): string =>
  JSON.stringify({
    seed,
    left: left.Statement,
    right: right.Statement,
    verdict: verdict._tag,
    found: found._tag,
  })

const allows = (policy: PolicyJson, request: RequestJson): boolean =>
  typeof matchDocument(policy, request) === 'object'

const solvers: Solver[] = []
beforeAll(async () => {
  solvers.push(await start(limits))
})
afterAll(async () => {
  await solvers[0]?.close()
})

const sources: readonly (readonly [string, (seed: number) => Pair])[] = [
  ['of the small universe', smallPair('plain')],
  ['of the small universe, with variables', smallPair('variables')],
  ['of random patterns', randomPair],
]

describe.each(sources)(`pairs %s, from seed ${first}`, (name, draw) => {
  const asked: Asked[] = []
  beforeAll(async () => {
    for (const solver of solvers) for (const each of await askAll(solver, draw)) asked.push(each)
  }, 3_600_000)

  it('are decided alike by the algebra and by Z3', () => {
    expect(asked.filter((each) => isDecided(each) && !agrees(each)).map(shown)).toEqual([])
  })

  it('are told apart, for the oracle too, by the requests that Z3 finds', () => {
    for (const each of asked) {
      if (each.found._tag !== 'Satisfiable') continue
      const request = requestOf(each.question, each.found.constants)
      expect([allows(each.left, request), allows(each.right, request)], JSON.stringify(request)).toEqual([
        true,
        false,
      ])
    }
  })

  it('get both answers', () => {
    const share = (holds: (each: Asked) => boolean): number => asked.filter(holds).length / runs
    const statistics = {
      pairs: asked.length,
      yes: share((each) => isDecided(each) && each.verdict._tag === 'Yes'),
      no: share((each) => isDecided(each) && each.verdict._tag === 'No'),
      undecidedByUs: share(({ verdict }) => verdict._tag === 'Undecided'),
      unknownToZ3: share(({ found }) => found._tag === 'Unknown'),
    }
    if (deep || process.env['ECR_POLICY_STATISTICS'] === '1') console.info('Z3, pairs', name, statistics)
    expect(statistics.yes).toBeGreaterThan(0.6)
    expect(statistics.no).toBeGreaterThan(0)
    expect(statistics.undecidedByUs).toBeLessThan(0.1)
  })
})
