/**
 * The algebra on all consecutive versions of all AWS managed policies, in both directions.
 *
 * Every question is decided; the witness of a No separates the versions for the simulator and for the oracle; and a Yes
 * is true of requests drawn near the left version. An ordinary run takes every 40th policy; with ECR_POLICY_DEEP=1 all.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { isNoBroader } from '../../src/algebra/compare.js'
import type { Verdict } from '../../src/algebra/Verdict.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { Request, type Document } from '../../src/model/index.js'
import { Simulator } from '../../src/simulator/index.js'
import { managed } from '../bench/workloads.js'
import { matchDocument, type PolicyJson } from '../oracle/statements.js'
import { asJson } from './asJson.js'
import { nearRequest } from './nearRequests.js'
import { dice } from './smallUniverse.js'

const deep = process.env['ECR_POLICY_DEEP'] === '1'
const given = process.env['ECR_POLICY_SEED']
const seed = given !== undefined ? Number(given) : deep ? Math.floor(Math.random() * 2 ** 30) : 20_241_122
const step = deep ? 1 : 40
const drawn = 8

interface Version {
  readonly json: PolicyJson
  readonly document: Document.Document
}

interface Asked {
  readonly name: string
  readonly left: Version
  readonly right: Version
  readonly verdict: Verdict
}

const versionsOf = (documents: readonly object[]): readonly Version[] =>
  documents.map((json) => ({ json: json as PolicyJson, document: parseOrThrow(json, 'identity') }))

const askedOf = (name: string, left: Version, right: Version): Asked => ({
  name,
  left,
  right,
  verdict: isNoBroader(left.document, right.document),
})

const questionsOf = ([policy, documents]: readonly [string, readonly object[]]): readonly Asked[] => {
  const versions = versionsOf(documents)
  return versions.slice(1).flatMap((newer, i) => {
    const older = versions[i] ?? newer
    return [
      askedOf(`${policy} v${i + 1} in v${i + 2}`, older, newer),
      askedOf(`${policy} v${i + 2} in v${i + 1}`, newer, older),
    ]
  })
}

const asked = Array.from(managed())
  .filter((_, i) => i % step === 0)
  .flatMap(questionsOf)

const allowedByBoth = (
  { json, document }: Version,
  request: Request.Request,
): readonly [boolean, boolean] => [
  Simulator.meaning(document)(request)._tag === 'Grant',
  typeof matchDocument(json, asJson(request)) === 'object',
]

/** Requests near the left version that it allows. */
const allowedRequests = ({ left }: Asked, roll: ReturnType<typeof dice>): readonly Request.Request[] =>
  Array.from({ length: drawn }, () => nearRequest(roll, left.json)).flatMap((json) => {
    const request = json === undefined ? E.left('no Allow') : Request.make(json)
    return E.isRight(request) && Simulator.meaning(left.document)(request.right)._tag === 'Grant'
      ? [request.right]
      : []
  })

describe(`consecutive versions of managed policies (${asked.length} questions, seed ${seed})`, () => {
  const told = (tag: Verdict['_tag']): readonly Asked[] => asked.filter(({ verdict }) => verdict._tag === tag)

  it('are all decided', () => {
    expect(
      asked.flatMap(({ name, verdict }) => (verdict._tag === 'Undecided' ? [[name, verdict]] : [])),
    ).toEqual([])
  })

  it('are separated by every witness, for the simulator and for the oracle', () => {
    for (const { name, left, right, verdict } of asked) {
      if (verdict._tag !== 'No') continue
      const seen = [allowedByBoth(left, verdict.witness), allowedByBoth(right, verdict.witness)]
      expect(seen, `${name} ${JSON.stringify(asJson(verdict.witness))}`).toEqual([
        [true, true],
        [false, false],
      ])
    }
  })

  it('are ordered as proven, on requests near the left one', () => {
    const roll = dice(seed)
    const confirmed = told('Yes').flatMap((each) => {
      const requests = allowedRequests(each, roll)
      const broken = requests.filter((request) => allowedByBoth(each.right, request).includes(false))
      expect(broken.map(asJson), each.name).toEqual([])
      return requests
    })
    if (deep || process.env['ECR_POLICY_STATISTICS'] === '1')
      console.info('managed policies', {
        questions: asked.length,
        yes: told('Yes').length,
        no: told('No').length,
        undecided: told('Undecided').length,
        requests: confirmed.length,
      })
    expect(confirmed.length).toBeGreaterThan(told('Yes').length * drawn * 0.2)
  })

  it('have both answers', () => {
    expect(told('Yes').length).toBeGreaterThan(asked.length * 0.1)
    expect(told('No').length).toBeGreaterThan(asked.length * 0.1)
  })
})
