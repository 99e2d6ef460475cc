/** Nothing that is given is changed, and nothing that is returned can be changed so as to change another answer. */
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Document, Ecr, Simulator } from '../../src/index.js'
import { pools, draw, type Pools } from './Draw.js'
import { accounts, plans, policies, scenarios, templates } from './examples.js'
import { deepFreeze, reachable, spoil } from './frozen.js'
import { judge } from './judge.js'
import { publicConstants } from './surface.js'
import { questions, readers } from './targets/index.js'

const SEED = 7

const frozenPools = (): Pools => {
  const from = pools(SEED)
  return (part) => deepFreeze(from(part))
}

/** What is seen of a value; functions by their names. */
const seen = (value: unknown): string =>
  inspect(value, { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity })

const attempt = (call: () => unknown): unknown => {
  try {
    return call()
  } catch (thrown) {
    return String(thrown)
  }
}

describe('what is given', () => {
  it('may be frozen', () => {
    deepFreeze([accounts, plans, policies, scenarios, templates])
    const from = frozenPools()
    const defects = [readers, questions].flatMap((targets) => {
      const one = judge(targets, from, SEED)
      return Object.keys(targets).map((_, input) => one(input))
    })
    expect(defects.filter((found) => found !== undefined)).toStrictEqual([])
  })

  it('to a reader may change afterwards, and what was read does not', () => {
    const json = structuredClone({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['ecr:*'], Resource: ['*'], Condition: { Bool: { a: ['true'] } } },
      ],
    })
    const document = Document.parseOrThrow(json)
    const before = seen(document)
    spoil(json)
    expect(seen(document)).toBe(before)
  })
})

describe('what is returned', () => {
  const from = frozenPools()

  it.each(Object.keys(questions).concat(Object.keys(readers)))(
    '%s gives the same answer when one was spoiled',
    (name) => {
      const call = questions[name] ?? readers[name]
      const ask = (): unknown => attempt(() => call?.(draw(from, SEED, 3)))
      const first = ask()
      const before = seen(first)
      spoil(first)
      expect(seen(ask())).toBe(before)
    },
  )

  it.each(publicConstants)('%s is frozen, to its last member', (_, value) => {
    expect(reachable(value).filter((each) => !Object.isFrozen(each))).toStrictEqual([])
  })
})

describe('what is remembered', () => {
  it('is frozen where it is handed out', () => {
    const access = Ecr.accessOrThrow({ principal: 'arn:aws:iam::111122223333:role/a' })
    const [once, again] = [Simulator.compile(access), Simulator.compile(access)]
    expect([once === again, Object.isFrozen(once), Object.isFrozen(Ecr.compile(access))]).toStrictEqual([
      true,
      true,
      true,
    ])
  })
})
