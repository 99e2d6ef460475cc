/** The arbitraries: what they make is lawful, near what it is about, repeatable, and shrinks. */
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse, parseScenario, scenarioToJson, type Scenario } from '../../../src/codec/index.js'
import { toJson } from '../../../src/model/DocumentJson.js'
import { Action, Arn, Caller, PolicyKind, Principal, Request, Resource } from '../../../src/model/index.js'
import { Glob } from '../../../src/pattern/index.js'
import { decide } from '../../../src/simulator/decide.js'
import { read } from '../../../src/testing/Choices.js'
import { arbitrary } from '../../../src/testing/index.js'

const holds = <A>(made: fc.Arbitrary<A>, test: (value: A) => boolean, numRuns = 300): void =>
  fc.assert(fc.property(made, test), { numRuns, seed: 20_240_601 })

const share = <A>(made: fc.Arbitrary<A>, test: (value: A) => boolean): number =>
  fc.sample(made, { numRuns: 500, seed: 20_240_601 }).filter(test).length / 500

const near = Request.makeOrThrow({
  principal: 'arn:aws:sts::111122223333:assumed-role/ci/run-1',
  action: 'ecr:PutImage',
  resource: 'arn:aws:ecr:eu-west-1:444455556666:repository/team/app',
  context: { 'aws:PrincipalTag/team': 'app' },
})

describe('every document is what the grammar of its kind admits', () => {
  it.each(PolicyKind.policyKinds)('%s', (kind) => {
    holds(arbitrary.document(kind), (document) => {
      const read = parse(toJson(document), kind)
      return E.isLeft(read) ? isTooLarge(read.left) : isDeepStrictEqual(read.right, document)
    })
  })

  const isTooLarge = (errors: readonly { readonly code: string }[]): boolean =>
    errors.every(({ code }) => code === 'TooLarge')
})

describe('texts parse back to what they are', () => {
  it('account ids', () => holds(arbitrary.accountId(), Arn.isAccountId))
  it('ARNs', () => holds(arbitrary.arn(), (arn) => isDeepStrictEqual(Arn.parse(arn.text), E.right(arn))))
  it('actions', () => holds(arbitrary.action(), (action) => E.isRight(Action.parse(action))))
  it('action patterns', () =>
    holds(arbitrary.actionPattern(), (pattern) => E.isRight(Action.parsePattern(pattern))))
  it('resource patterns', () =>
    holds(arbitrary.resourcePattern(), (pattern) => E.isRight(Resource.parsePattern(pattern))))
  it('callers', () =>
    holds(arbitrary.caller(), (caller) =>
      isDeepStrictEqual(Caller.parse(Caller.show(caller)), E.right(caller)),
    ))
  it('principals', () =>
    holds(arbitrary.principal(), (principal) =>
      isDeepStrictEqual(
        Principal.parse(Principal.typeOf(principal))(Principal.show(principal)),
        E.right(principal),
      ),
    ))
  it('scenarios', () =>
    holds(arbitrary.scenario(), (scenario) =>
      isDeepStrictEqual(parseScenario(scenarioToJson(scenario)), E.right(scenario)),
    ))
})

describe('options are kept', () => {
  const options = { accounts: ['123456789012'], services: ['ecr' as const], repositories: ['only/one'] }

  it('accounts, services and repositories', () =>
    holds(
      arbitrary.arn(options),
      ({ account, service, resource }) =>
        account === '123456789012' && service === 'ecr' && resource === 'repository/only/one',
    ))

  it('unusable accounts and repositories are left out', () =>
    holds(
      arbitrary.arn({ accounts: ['12', '123456789012'], repositories: ['a*', ''], services: [] }),
      (arn) => ['123456789012', ''].includes(arn.account),
    ))

  it.each([
    ['wildcards', (scenario: Scenario) => /"(Not)?Action":"ecr:[A-Za-z]*[*?]/.test(text(scenario))],
    ['conditions', (scenario: Scenario) => text(scenario).includes('"Condition"')],
    ['negations', (scenario: Scenario) => /"Not(Action|Resource|Principal)"/.test(text(scenario))],
    ['variables', (scenario: Scenario) => text(scenario).includes('${aws:')],
  ] as const)('a share of none or all: %s', (name, found) => {
    const [none, all] = [0, 1].map((value) => share(arbitrary.scenario({ [name]: value }), found))
    expect(none).toBeLessThan(0.01)
    expect(all).toBeGreaterThan((none ?? 0) + 0.2)
  })

  const text = (scenario: Scenario): string => JSON.stringify(scenarioToJson(scenario))
})

describe('what is drawn is near the request given', () => {
  const matchesAction = (pattern: Action.ActionPattern): boolean =>
    Glob.matches(Glob.parse(Action.fold(pattern)))(Action.fold(near.action))

  const matchesResource = (pattern: Resource.ResourcePattern): boolean => {
    const glob = Resource.glob('2012-10-17', () => ({ _tag: 'Missing' }))(pattern)
    return glob !== undefined && Glob.matches(glob)(Request.resourceText(near))
  }

  it.each([
    ['action patterns', () => share(arbitrary.actionPattern({ near }), matchesAction)],
    ['resource patterns', () => share(arbitrary.resourcePattern({ near }), matchesResource)],
    [
      'principals',
      () => share(arbitrary.principal({ near }), (entry) => Principal.show(entry).includes('role/ci')),
    ],
    [
      'environments',
      () => share(arbitrary.environment({ near }), (one) => decide(one, near).outcome === 'ExplicitlyDenied'),
    ],
  ])('%s: neither never nor always', (_, measured) => {
    expect(measured()).toBeGreaterThan(0.2)
    expect(measured()).toBeLessThan(0.9)
  })

  it('the request of a scenario is the one given', () =>
    holds(arbitrary.scenario({ near }), ({ request }) => request === near))
})

describe('runs are repeatable and failures shrink', () => {
  it('the same seed makes the same scenarios', () => {
    const [first, second] = [1, 2].map(() => fc.sample(arbitrary.scenario(), { seed: 7, numRuns: 20 }))
    expect(first).toEqual(second)
  })

  it('other seeds make other scenarios', () => {
    const texts = [1, 2, 3].map((seed) =>
      JSON.stringify(fc.sample(arbitrary.scenario(), { seed, numRuns: 1 })),
    )
    expect(new Set(texts).size).toBe(3)
  })

  it('an allowed scenario shrinks to a single statement about the plainest request', () => {
    const { counterexample } = fc.check(
      fc.property(
        arbitrary.scenario(),
        ({ environment, request }) => decide(environment, request).outcome !== 'Allowed',
      ),
      { seed: 3 },
    )
    const [smallest] = counterexample ?? []
    expect(smallest && scenarioToJson(smallest)).toEqual({
      request: {
        principal: 'arn:aws:iam::111122223333:user/alice',
        action: 'ecr:BatchGetImage',
        resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
      },
      identityPolicies: [
        {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'ecr:BatchGetImage',
              Resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
            },
          ],
        },
      ],
    })
  })

  it('zeros on a tape, and its end, say the simplest', () => {
    const choices = read([0])
    expect(Array.from({ length: 6 }, () => choices.one(['first', 'second']))).toEqual(Array(6).fill('first'))
    expect(choices.chance(0.99)).toBe(false)
    expect(choices.below(10)).toBe(0)
  })

  it('a number on a tape serves four choices, its low byte first', () => {
    const choices = read([0xff_80_00_40])
    expect([choices.below(4), choices.below(4), choices.below(4), choices.below(4)]).toEqual([1, 0, 2, 3])
  })
})
