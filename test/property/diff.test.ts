/**
 * `⋃ diff(l, r).gained = allowed(r) \ allowed(l)` and `⋃ diff(l, r).lost = allowed(l) \ allowed(r)`
 *
 * Checked by the oracle on every request of a small universe, with regions read by the oracle, too.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare } from '../../src/algebra/compare.js'
import { diff } from '../../src/algebra/diff.js'
import { isInRegion, literalsIn, type Region, type Shape } from '../../src/algebra/region.js'
import type { Element } from '../../src/algebra/regionElement.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { Caller, Operator, Principal, Request } from '../../src/model/index.js'
import { matchDocument, type PolicyJson, type RequestJson, type StatementJson } from '../oracle/statements.js'
import { pair, requests } from './diffPolicies.js'

const deep = process.env['ECR_POLICY_DEEP'] === '1'
const numRuns = deep ? 4_000 : 60

/** Each pair is tried on its own part of the universe in an ordinary run, and on all of it in a deep one. */
const stride = deep ? 1 : 11

const allowedBy =
  (policy: PolicyJson) =>
  (request: RequestJson): boolean =>
    typeof matchDocument(policy, request) === 'object'

// ---- regions, read by the oracle ----

const principalsOf = (principals: readonly Principal.Principal[]): Record<string, string[]> => {
  const groups: Record<string, string[]> = {}
  for (const each of principals) (groups[Principal.typeOf(each)] ??= []).push(Principal.show(each))
  return groups
}

const statementOf = (element: Element): StatementJson => {
  const any = { Effect: 'Allow', Action: '*', Resource: '*' } as const
  switch (element._tag) {
    case 'Action':
      return { ...any, Action: element.patterns }
    case 'Resource':
      return { ...any, Resource: element.patterns }
    case 'Attached':
      return { Effect: 'Allow', Action: '*' }
    case 'Principal':
      return { ...any, Principal: principalsOf(element.principals) }
    case 'Spared':
      return { ...any, Effect: 'Deny', NotPrincipal: principalsOf(element.principals) }
    case 'Condition': {
      const { operator, key, values } = element.condition
      return { ...any, Condition: { [Operator.show(operator)]: { [key]: values } } }
    }
  }
}

const isInByOracle =
  (shape: Shape) =>
  (request: RequestJson): boolean =>
    literalsIn(shape).every(({ element, holds }) => {
      const matched =
        matchDocument({ Version: '2012-10-17', Statement: statementOf(element) }, request) !== 'Silent'
      return (element._tag === 'Spared' ? !matched : matched) === holds
    })

const jsonOf = (request: Request.Request): RequestJson => {
  const account = Request.ownerAccount(request)
  return {
    principal: Caller.show(request.principal),
    action: request.action,
    resource: Request.resourceText(request),
    ...(account === undefined ? {} : { resourceAccount: account }),
    context: Object.fromEntries(request.context.map(({ name, values }) => [name, values])),
  }
}

const modelOf = (request: RequestJson): Request.Request =>
  Request.makeOrThrow({
    principal: request.principal,
    action: request.action,
    resource: request.resource,
    context: request.context ?? {},
  })

// ---- the properties ----

interface Case {
  readonly left: PolicyJson
  readonly right: PolicyJson
}

const made = fc.sample(pair, { numRuns, seed: deep ? Math.floor(Math.random() * 2 ** 31) : 20_241_122 })

const answers = made.map((each) => ({
  ...each,
  found: diff(parseOrThrow(each.left), parseOrThrow(each.right)),
}))

const directions = (each: (typeof answers)[number]): readonly (readonly [readonly Region[], Case])[] => [
  [each.found.gained, { left: each.left, right: each.right }],
  [each.found.lost, { left: each.right, right: each.left }],
]

const show = (each: Case): string => JSON.stringify([each.left, each.right])

describe('diff', () => {
  it('is decided for every pair', () => {
    for (const each of answers) expect(each.found.status, show(each)).toBe('Complete')
  })

  it('has exactly the requests that changed hands in its regions', () => {
    for (const [place, each] of answers.entries())
      for (const [regions, { left, right }] of directions(each)) {
        const [before, after] = [allowedBy(left), allowedBy(right)]
        const isIn = regions.map(isInByOracle)
        for (const request of requests.filter((_, i) => i % stride === place % stride)) {
          const isGained = after(request) && !before(request)
          const isListed = isIn.some((test) => test(request))
          if (isListed !== isGained)
            expect.fail(`${show({ left, right })}\n${JSON.stringify({ request, isGained })}`)
        }
      }
  })

  it('reads its regions as the oracle does', () => {
    const sampled = requests.filter((_, i) => i % 41 === 0).map((json) => [json, modelOf(json)] as const)
    for (const each of answers)
      for (const region of [...each.found.gained, ...each.found.lost])
        for (const [json, model] of sampled)
          if (isInRegion(region)(model) !== isInByOracle(region)(json))
            expect.fail(JSON.stringify({ region, json }))
  })

  it('gives each region a witness that changed hands and is in no other region', () => {
    for (const each of answers)
      for (const [regions, { left, right }] of directions(each))
        regions.forEach((region, place) => {
          const json = jsonOf(region.witness)
          expect(allowedBy(right)(json) && !allowedBy(left)(json), show({ left, right })).toBe(true)
          const holders = regions.flatMap((other, i) => (isInByOracle(other)(json) ? [i] : []))
          expect(holders, show({ left, right })).toStrictEqual([place])
        })
  })

  it('is empty exactly where compare finds no difference', () => {
    for (const each of answers) {
      const { relation } = compare(parseOrThrow(each.left), parseOrThrow(each.right))
      const [gained, lost] = [each.found.gained.length > 0, each.found.lost.length > 0]
      const wanted = gained ? (lost ? 'Incomparable' : 'Narrower') : lost ? 'Broader' : 'Equivalent'
      expect(wanted, show(each)).toBe(relation)
    }
  })

  it('finds a cause for every region, among edits that turn the one policy into the other', () => {
    for (const { found, ...each } of answers) {
      const gained = new Set(found.edits.flatMap((edit) => edit.gained))
      const lost = new Set(found.edits.flatMap((edit) => edit.lost))
      if (found.edits.length === 1) {
        expect(gained.size, show(each)).toBe(found.gained.length)
        expect(lost.size, show(each)).toBe(found.lost.length)
      }
    }
  })

  it('is asked of pairs that differ in all ways', () => {
    const relations = answers.map(({ found }) => `${found.gained.length > 0}/${found.lost.length > 0}`)
    const share = (relation: string): number =>
      relations.filter((each) => each === relation).length / relations.length
    for (const relation of ['true/true', 'true/false', 'false/true', 'false/false'])
      expect(share(relation), relation).toBeGreaterThan(0.04)
    expect(answers.filter(({ found }) => found.gained.length > 2).length).toBeGreaterThan(0)
    expect(answers.filter(({ found }) => found.edits.length === 1).length).toBeGreaterThan(numRuns / 20)
  })
})
