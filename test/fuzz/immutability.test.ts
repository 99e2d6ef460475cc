/** Nothing that is given is changed, and nothing that is returned can be changed so as to change another answer. */
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Algebra, Document, Ecr, Environment, Lint, Request, Simulator } from '../../src/index.js'
import { pools, draw, type Part, type Pools } from './Draw.js'
import { accounts, plans, policies, scenarios, templates } from './examples.js'
import { become, deepFreeze, loose, reachable, spoil } from './frozen.js'
import { judge } from './judge.js'
import { publicConstants } from './surface.js'
import { questions, readers } from './targets/index.js'

const SEED = 7

/** Few of each part, so that they are copied in no time. */
const FEW = 6

const all = pools(SEED)
const original: Pools = (part) => all(part).slice(0, FEW)

const frozenPools: Pools = (part) => deepFreeze(original(part))

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Pools of values as a program writes them by hand, which become others of their kind, in their places, when told. */
const handmadePools = (): { readonly from: Pools; readonly change: () => void } => {
  const made = new Map<Part, readonly unknown[]>()
  const from: Pools = <P extends Part>(part: P) => {
    const known = made.get(part) ?? structuredClone(original(part))
    made.set(part, known)
    return known as ReturnType<typeof original<P>>
  }
  const change = (): void => {
    for (const values of made.values()) {
      const others = structuredClone([...values.slice(1), values[0]])
      values.forEach((value, i) => {
        const other = others[i]
        if (isObject(value) && isObject(other)) become(value, other)
      })
    }
  }
  return { from, change }
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
    const defects = [readers, questions].flatMap((targets) => {
      const one = judge(targets, frozenPools, SEED)
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

const names = [...Object.keys(questions), ...Object.keys(readers)]

/** Inputs by their numbers: enough to meet answers of every sort. */
const INPUTS = [3, 4]

const asker =
  (name: string, from: Pools) =>
  (input: number): unknown =>
    attempt(() => (questions[name] ?? readers[name])?.(draw(from, SEED, input)))

describe('what was given to', () => {
  it.each(names)('%s by hand may change, and the next answer is of what it is then', (name) => {
    const { from, change } = handmadePools()
    const ask = asker(name, from)
    INPUTS.forEach(ask)
    change()
    const anew: Pools = (part) => structuredClone(from(part))
    expect(INPUTS.map((input) => seen(ask(input)))).toStrictEqual(
      INPUTS.map((input) => seen(asker(name, anew)(input))),
    )
  })
})

/** What is remembered about, where a function gives it. */
const remembered: readonly unknown[] = [
  'Document',
  'Environment',
  'Request',
  'Repository',
  'PublicRepository',
]

/** Drafts, which `Policy.identity` and `Policy.resource` make documents of. */
const isDraft = (name: string): boolean => name.startsWith('Policy.')

describe('what is returned', () => {
  it.each(names)('by %s has frozen policies and requests, and may be spoiled otherwise', (name) => {
    const ask = asker(name, frozenPools)
    const first = INPUTS.map(ask)
    const whole = reachable(first).filter((each) => remembered.includes(Reflect.get(each, '_tag')))
    expect(isDraft(name) ? [] : whole.flatMap(loose)).toStrictEqual([])
    const before = first.map(seen)
    first.forEach(spoil)
    expect(INPUTS.map((input) => seen(ask(input)))).toStrictEqual(before)
  })

  it.each(publicConstants)('%s is frozen, to its last member', (_, value) => {
    expect(reachable(value).filter((each) => !Object.isFrozen(each))).toStrictEqual([])
  })
})

describe('what is remembered', () => {
  const pull = Document.parseOrThrow(
    { Statement: { Effect: 'Allow', Action: 'ecr:BatchGetImage', Resource: '*' } },
    'identity',
  )
  const request = Request.makeOrThrow({
    principal: 'arn:aws:iam::111122223333:role/a',
    action: 'ecr:PutImage',
    resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
  })

  it.each<readonly [string, (document: Document.IdentityDocument) => unknown, unknown, unknown]>([
    [
      'a compiled environment',
      (document) => Simulator.compile(Environment.make({ identityPolicies: [document] })).outcome(request),
      'ImplicitlyDenied',
      'Allowed',
    ],
    ['a comparison', (document) => Algebra.isNoBroader(document, pull)._tag, 'Yes', 'No'],
    ['a lint', (document) => Lint.lint(document, 'identity').length > 0, false, true],
  ])('of a document by hand is not asked by %s, once it has changed', (_, ask, before, after) => {
    const document = structuredClone(pull)
    expect(ask(document)).toBe(before)
    Reflect.set(document.statements[0].action.patterns, 0, 'ecr:*')
    Reflect.set(document.statements[0].action.patterns, 1, 'ecr:Put*')
    expect(ask(document)).toBe(after)
    expect(reachable(document).some(Object.isFrozen)).toBe(false)
  })

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
