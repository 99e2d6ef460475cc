/** A policy is compiled once, whatever number of environments it stands in; how often one is read shows it. */
import { describe, expect, it } from 'vitest'
import { parseOrThrow } from '../../../src/codec/index.js'
import { Document, Environment, Request } from '../../../src/model/index.js'
import { Simulator } from '../../../src/simulator/index.js'

interface Watched {
  readonly document: Document.IdentityDocument
  readonly reads: () => number
}

/** A policy of which every look at a statement is counted. */
const watched = (...teams: readonly string[]): Watched => {
  const made = parseOrThrow(
    {
      Version: '2012-10-17',
      Statement: teams.map((team) => ({
        Effect: 'Allow',
        Action: ['ecr:BatchGetImage', 'ecr:Describe*'],
        Resource: `arn:aws:ecr:*:*:repository/${team}/*`,
        Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      })),
    },
    'identity',
  )
  let reads = 0
  const watch = <S extends object>(statement: S): S =>
    new Proxy(statement, {
      get: (target, key, receiver): unknown => {
        reads += 1
        return Reflect.get(target, key, receiver)
      },
    })
  const [first, ...more] = made.statements
  return { document: Document.make([watch(first), ...more.map(watch)]), reads: () => reads }
}

const request = (team: string): Request.Request =>
  Request.makeOrThrow({
    principal: 'arn:aws:iam::111122223333:role/node',
    action: 'ecr:BatchGetImage',
    resource: `arn:aws:ecr:eu-west-1:111122223333:repository/${team}/app`,
    context: { 'aws:RequestedRegion': 'eu-west-1' },
  })

const outcome = (team: string, ...policies: readonly Watched[]): Simulator.Outcome =>
  Simulator.compile(Environment.make({ identityPolicies: policies.map(({ document }) => document) })).outcome(
    request(team),
  )

describe('a policy that many environments share', () => {
  it('is compiled once for a thousand of them', () => {
    const shared = watched('a', 'b', 'c', 'd', 'e')
    expect(outcome('a', shared)).toBe('Allowed')
    const before = shared.reads()
    expect(before).toBeGreaterThan(0)
    const outcomes = Array.from({ length: 1_000 }, (_, i) => outcome('e', shared, watched(`own-${i}`)))
    expect(new Set(outcomes)).toStrictEqual(new Set(['Allowed']))
    expect(shared.reads()).toBe(before)
  })

  it('is not compiled again when another one changes, and the changed one is compiled alone', () => {
    const policies = ['a', 'b', 'c'].map((team) => watched(team, `${team}-too`))
    expect(outcome('b', ...policies)).toBe('Allowed')
    const before = policies.map(({ reads }) => reads())
    const changed = watched('z')
    expect(outcome('b', ...policies.map((one, i) => (i === 1 ? changed : one)))).toBe('ImplicitlyDenied')
    expect(policies.map(({ reads }) => reads())).toStrictEqual(before)
    expect(changed.reads()).toBeGreaterThan(0)
  })

  it('is not compiled again when requests come so often that all policies get one index', () => {
    const policies = ['a', 'b', 'c', 'd'].map((team) => watched(team, `${team}-too`))
    const { outcome: asked } = Simulator.compile(
      Environment.make({ identityPolicies: policies.map(({ document }) => document) }),
    )
    for (const team of ['a', 'b', 'c', 'd', 'e']) asked(request(team))
    const before = policies.map(({ reads }) => reads())
    for (let i = 0; i < 200; i++) asked(request(['a', 'b', 'c', 'd', 'e'][i % 5] ?? ''))
    expect(policies.map(({ reads }) => reads())).toStrictEqual(before)
  })
})
