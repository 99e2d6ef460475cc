/**
 * Laws of the order on documents, on random small ones: what must hold between answers, whatever the answers are.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare, interchangeable, isNoBroader } from '../../src/algebra/compare.js'
import { catalogue } from '../../src/algebra/World.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { dice, edited, policyOf, type Kind, type Policy } from './smallUniverse.js'

const numRuns = process.env['ECR_POLICY_DEEP'] === '1' ? 3_000 : 60

const parsed = (policy: Policy, kind: Kind) => parseOrThrow(policy, kind)

interface Drawn {
  readonly kind: Kind
  readonly a: Policy
  readonly b: Policy
  readonly c: Policy
}

/** Tests with a set qualifier make lists of a key count, so that one document brings them into the world of a question. */
const hasLists = ({ a, b, c }: Drawn): boolean => /For(All|Any)Value/.test(JSON.stringify([a, b, c]))

const drawn: fc.Arbitrary<Drawn> = fc.nat(2 ** 30).map((seed) => {
  const roll = dice(seed)
  const kind = roll(2) === 0 ? 'identity' : 'resource'
  const a = policyOf(roll, kind, roll(3) === 0 ? 'variables' : 'plain')
  const b = edited(roll, a, kind, 'plain')
  return { kind, a, b, c: edited(roll, b, kind, 'plain') } as const
})

const law = (holds: (drawn: Drawn) => boolean): void => {
  fc.assert(fc.property(drawn, holds), { numRuns, seed: 20_240_604 })
}

const decided = (...tags: readonly string[]): boolean => !tags.includes('Undecided')

describe('the order of documents', () => {
  it('is reflexive, and every document may stand for itself', () => {
    law(({ kind, a }) => {
      const document = parsed(a, kind)
      const again = parsed({ ...a, Statement: [...a.Statement].reverse() }, kind)
      return (
        compare(document, document).relation === 'Equivalent' &&
        interchangeable(document, again)._tag === 'Yes' &&
        compare(document, again).relation === 'Equivalent'
      )
    })
  })

  it('is transitive', () => {
    law((all) => {
      const [a, b, c] = [all.a, all.b, all.c].map((policy) => parsed(policy, all.kind))
      if (a === undefined || b === undefined || c === undefined || hasLists(all)) return true
      const steps = [isNoBroader(a, b)._tag, isNoBroader(b, c)._tag]
      return steps.includes('No') || !decided(...steps) || isNoBroader(a, c)._tag !== 'No'
    })
  })

  it('is implied by being interchangeable', () => {
    law(({ kind, a, b }) => {
      const [left, right] = [parsed(a, kind), parsed(b, kind)]
      if (interchangeable(left, right)._tag !== 'Yes') return true
      return ['Equivalent', 'Undecided'].includes(compare(left, right).relation)
    })
  })

  it('rises with an Allow and falls with a Deny', () => {
    law(({ kind, a, b }) => {
      const [one] = b.Statement
      if (one === undefined) return true
      const more = parsed({ ...a, Statement: [...a.Statement, one] }, kind)
      const plain = parsed(a, kind)
      const verdict = one.Effect === 'Allow' ? isNoBroader(plain, more) : isNoBroader(more, plain)
      return verdict._tag === 'Yes'
    })
  })

  it('does not see the letter case of actions, nor a list that is split over statements', () => {
    law(({ kind, a }) => {
      const loud = a.Statement.flatMap((statement) => {
        const { Action: actions } = statement
        const list = Array.isArray(actions) ? (actions as readonly string[]) : [actions as string]
        return actions === undefined
          ? [statement]
          : list.map((action) => ({ ...statement, Action: action.toUpperCase() }))
      })
      return interchangeable(parsed(a, kind), parsed({ ...a, Statement: loud }, kind))._tag === 'Yes'
    })
  })

  it('does not see a case distinction that leaves nothing out, or says that types or variables hinder it', () => {
    law(({ kind, a }) => {
      const split = a.Statement.flatMap((statement) => {
        if ('Condition' in statement) return [statement]
        return ['StringLike', 'StringNotLike'].map((operator) => ({
          ...statement,
          Condition: { [operator]: { 'v:fresh': 'a*' } },
        }))
      })
      const verdict = interchangeable(parsed(a, kind), parsed({ ...a, Statement: split }, kind))
      return verdict._tag === 'Undecided'
        ? ['MixedTypes', 'PolicyVariable'].includes(verdict.reason)
        : verdict._tag === 'Yes'
    })
  })

  it('holds in a narrower world where it holds in a wider one', () => {
    const world = catalogue('2024-01-01', ['s:a', 's:ab', 't:b'])
    law(({ kind, a, b }) => {
      const [left, right] = [parsed(a, kind), parsed(b, kind)]
      return isNoBroader(left, right)._tag !== 'Yes' || isNoBroader(left, right, { world })._tag === 'Yes'
    })
  })

  it('is the same when it is asked twice: the budget spent does not depend on the past', () => {
    law(({ kind, a, b }) => {
      const ask = () => JSON.stringify(isNoBroader(parsed(a, kind), parsed(b, kind)))
      return ask() === ask()
    })
  })

  it('is decided for most pairs, both ways', () => {
    const tags = fc
      .sample(drawn, { numRuns: 60, seed: 7 })
      .map(({ kind, a, b }) => isNoBroader(parsed(a, kind), parsed(b, kind))._tag)
    const share = (tag: string): number => tags.filter((each) => each === tag).length / tags.length
    expect(share('Yes')).toBeGreaterThan(0.1)
    expect(share('No')).toBeGreaterThan(0.1)
    expect(share('Undecided')).toBeLessThan(0.1)
  })
})
