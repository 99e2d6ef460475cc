import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, hash } from '../../src/algebra/canonical.js'
import { interchangeable } from '../../src/algebra/compare.js'
import { parseOrThrow } from '../../src/codec/document.js'
import { stringify } from '../../src/model/DocumentJson.js'

const RUNS = process.env['ECR_POLICY_DEEP'] === undefined ? 40 : 1000

// ---- statements, and other ways to write the same ----

type Tests = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

interface Written {
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal?: unknown
  readonly Action?: readonly string[]
  readonly NotAction?: readonly string[]
  readonly Resource?: readonly string[]
  readonly Condition?: Tests | undefined
}

const repo = (name: string) => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`
const list = (values: readonly string[], most: number) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most })

const actions = list(['ecr:PutImage', 'ecr:ListImages', 'ecr:Get*', 'ecr:GetImage', 'ecr:*Image'], 3)
const resources = (variables: boolean) =>
  list(
    [
      repo('a'),
      repo('b'),
      repo('team/*'),
      repo('team/app'),
      '*',
      ...(variables ? [repo('${aws:username}')] : []),
    ],
    2,
  )
const plainTests: readonly (Tests | undefined)[] = [
  undefined,
  undefined,
  { StringEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } },
  { StringLike: { 'aws:PrincipalTag/team': ['a*'] } },
  { Bool: { 'aws:SecureTransport': ['true'] } },
]
const oddTests: readonly Tests[] = [
  { StringNotEquals: { 'aws:PrincipalOrgID': ['o-1'] } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } },
  { StringEqualsIfExists: { 'aws:PrincipalOrgID': ['o-1'] } },
]

const plain: fc.Arbitrary<Written> = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  Action: actions,
  Resource: resources(false),
  Condition: fc.constantFrom(...plainTests),
})
const odd: fc.Arbitrary<Written> = fc.oneof(
  fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: actions,
    Resource: resources(true),
    Condition: fc.constantFrom(...plainTests, ...oddTests),
  }),
  fc.record({ Effect: fc.constantFrom('Allow', 'Deny'), NotAction: actions, Resource: resources(true) }),
)

type Rewriting = (statements: readonly Written[]) => readonly Written[]

const narrowest: Rewriting = ([first]) =>
  first?.Action === undefined ? [] : [{ ...first, Action: first.Action.slice(0, 1) }]

/** Each leaves the meaning as it is. */
const rewritings: Readonly<Record<string, Rewriting>> = {
  reversed: (all) => [...all].reverse(),
  repeated: (all) => [...all, ...all.slice(0, 1)],
  splitByAction: (all) =>
    all.flatMap(({ Action, ...each }) =>
      Action === undefined ? [each] : Action.map((action) => ({ ...each, Action: [action] })),
    ),
  splitByResource: (all) =>
    all.flatMap(({ Resource, ...each }) => (Resource ?? []).map((one) => ({ ...each, Resource: [one] }))),
  shouting: (all) =>
    all.map(({ Action, ...each }) => ({
      ...each,
      ...(Action === undefined ? {} : { Action: Action.map((action) => action.toUpperCase()) }),
    })),
  withSubsumed: (all) => [...narrowest(all), ...all],
  withSubsumedValue: (all) =>
    all.map(({ Action, ...each }) => ({
      ...each,
      ...(Action === undefined
        ? {}
        : { Action: [...Action, ...(Action.includes('ecr:Get*') ? ['ecr:GetManifest'] : [])] }),
    })),
  otherCaseOfKeys: (all) =>
    all.map((each) => ({
      ...each,
      ...(each.Condition === undefined
        ? {}
        : {
            Condition: Object.fromEntries(
              Object.entries(each.Condition).map(([operator, tests]) => [
                operator,
                Object.fromEntries(Object.entries(tests).map(([key, values]) => [key.toLowerCase(), values])),
              ]),
            ),
          }),
    })),
}

/** Each mostly changes the meaning. */
const edits: readonly Rewriting[] = [
  (all) => (all.length > 1 ? all.slice(1) : all),
  ([first, ...rest]) =>
    first === undefined ? rest : [{ ...first, Effect: first.Effect === 'Allow' ? 'Deny' : 'Allow' }, ...rest],
  ([first, ...rest]) => (first === undefined ? rest : [{ ...first, Resource: [repo('other')] }, ...rest]),
  ([first, ...rest]) => {
    if (first === undefined) return rest
    const { Condition: _, ...free } = first
    return [free, ...rest]
  },
  (all) => [...all, { Effect: 'Allow', Action: ['ecr:GetImage'], Resource: [repo('a')] }],
  (all) => all.map((each) => ({ ...each, ...(each.Action && { Action: ['ecr:GetI*', ...each.Action] }) })),
]

const document = (Statement: readonly Written[]) => parseOrThrow({ Version: '2012-10-17', Statement })

const several = (one: fc.Arbitrary<Written>) => fc.array(one, { minLength: 1, maxLength: 4 })
const rewriting = fc
  .uniqueArray(fc.constantFrom(...Object.values(rewritings)), { minLength: 1, maxLength: 4 })
  .map(
    (steps): Rewriting =>
      (all) =>
        steps.reduce((done, step) => step(done), all),
  )

// ---- the laws ----

describe('hash', () => {
  it('is one for documents that say the same in other words, and their form is reached', () => {
    fc.assert(
      fc.property(several(plain), rewriting, (statements, rewrite) => {
        const [one, other] = [document(statements), document(rewrite(statements))]
        expect(interchangeable(one, other)._tag).toBe('Yes')
        expect(canonical(one).reached).toBe(true)
        expect(stringify(canonical(other).document)).toBe(stringify(canonical(one).document))
        expect(hash(other)).toStrictEqual(hash(one))
      }),
      { numRuns: RUNS },
    )
  }, 120_000)

  it('is one for near misses that turn out to say the same, and another for those that do not', () => {
    const seen = { same: 0, different: 0 }
    fc.assert(
      fc.property(several(plain), fc.constantFrom(...edits), rewriting, (statements, edit, rewrite) => {
        const [one, other] = [document(statements), document(rewrite(edit(statements)))]
        const verdict = interchangeable(one, other)
        if (verdict._tag === 'Undecided') return
        const isSame = verdict._tag === 'Yes'
        expect(hash(one).hash === hash(other).hash).toBe(isSame)
        seen[isSame ? 'same' : 'different']++
      }),
      { numRuns: RUNS * 2 },
    )
    expect(seen.same).toBeGreaterThan(0)
    expect(seen.different).toBeGreaterThan(RUNS / 4)
  }, 120_000)

  it('holds the same with exceptions, variables and odd tests, where it says that the form is reached', () => {
    fc.assert(
      fc.property(several(fc.oneof(plain, odd)), rewriting, (statements, rewrite) => {
        const [one, other] = [document(statements), document(rewrite(statements))]
        const forms = [one, other].map((each) => canonical(each))
        const verdict = interchangeable(one, other)
        if (verdict._tag === 'Yes' && forms.every(({ reached }) => reached))
          expect(hash(other).hash).toBe(hash(one).hash)
        if (verdict._tag === 'No') expect(hash(other).hash).not.toBe(hash(one).hash)
        for (const [i, form] of forms.entries())
          expect(interchangeable(form.document, i === 0 ? one : other)._tag).not.toBe('No')
      }),
      { numRuns: RUNS },
    )
  }, 120_000)
})
