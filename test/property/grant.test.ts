import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { Algebra } from '../../src/algebra/index.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { stringify, toJson } from '../../src/model/DocumentJson.js'
import { grant, lint, type Grant, type GrantedPolicy } from '../../src/ecr/index.js'
import { Document, PolicyKind, type Statement } from '../../src/model/index.js'
import { asked } from './grantBounds.js'
import { checksOf, isAllowed, situation, type Check, type Situation } from './grantSituations.js'

/** What there is to say against a policy of a grant; the one place to change when another judge is to be asked. */
const findings =
  ({ for: { operations } }: Grant) =>
  ({ document, kind }: GrantedPolicy): readonly { readonly id: string }[] =>
    lint(document, kind, { operations })

const granted = (wish: Situation): Grant | undefined => {
  const result = grant(wish)
  return E.isRight(result) ? result.right : undefined
}

const samples = fc
  .sample(situation, {
    numRuns: Number(process.env['GRANTS'] ?? 60),
    seed: Number(process.env['SEED'] ?? 20_261_122),
  })
  .map((wish) => ({ wish, grant: granted(wish) }))

const grants = samples.flatMap(({ wish, grant: made }) => (made === undefined ? [] : [{ wish, grant: made }]))

// ---- less of a grant ----

const without = <A>(list: readonly A[]): readonly (readonly [A, ...(readonly A[])])[] =>
  list.flatMap((_, i) => {
    const [first, ...rest] = list.filter((__, j) => j !== i)
    return first === undefined ? [] : [[first, ...rest] as const]
  })

const lessOfStatement = <S extends Statement.Statement>(statement: S): readonly S[] => [
  ...without(statement.action.patterns).map((patterns) => ({
    ...statement,
    action: { ...statement.action, patterns },
  })),
  ...(statement.resource._tag === 'Attached'
    ? []
    : without(statement.resource.patterns).map((patterns) => ({
        ...statement,
        resource: { ...statement.resource, patterns },
      }))),
  ...(statement._tag === 'IdentityStatement'
    ? []
    : without(statement.principal.principals).map((principals) => ({
        ...statement,
        principal: { ...statement.principal, principals },
      }))),
  ...statement.conditions.flatMap((condition, i) =>
    without(condition.values).map((values) => ({
      ...statement,
      conditions: statement.conditions.map((other, j) => (i === j ? { ...other, values } : other)),
    })),
  ),
]

const lessOfDocument = <S extends Statement.Statement>(
  document: Document.Document<S>,
): readonly Document.Document<S>[] => [
  ...without(document.statements).map((statements) => ({ ...document, statements })),
  ...document.statements.flatMap((statement, i) =>
    lessOfStatement(statement).map((less) => {
      const [first, ...rest] = document.statements.map((other, j) => (i === j ? less : other))
      return { ...document, statements: [first ?? less, ...rest] as const }
    }),
  ),
]

const less = ({ policies }: Grant): readonly (readonly GrantedPolicy[])[] => [
  ...policies.map((_, i) => policies.filter((__, j) => i !== j)),
  ...policies.flatMap((policy, i) =>
    lessOfDocument<Statement.Statement>(policy.document).map((document) =>
      policies.map((other, j) => (i === j ? ({ ...other, document } as GrantedPolicy) : other)),
    ),
  ),
]

const shown = (wish: Situation, policies: readonly GrantedPolicy[]): string =>
  [
    JSON.stringify(wish),
    ...policies.map(({ place, document }) => `${JSON.stringify(place)} ${stringify(document)}`),
  ].join('\n')

// ---- properties ----

describe('grant, in generated situations', () => {
  it('grants most wishes, of every sort, and refuses only scopes that V1 keeps closed', () => {
    const refused = samples.filter((sample) => sample.grant === undefined)
    expect(refused.length / samples.length).toBeLessThan(0.25)
    for (const { wish } of refused) expect(wish.registryPolicyScope).toBe('V1')
    const places = new Set(
      grants.flatMap(({ grant: { policies } }) => policies.map(({ place }) => place._tag)),
    )
    expect(places).toEqual(
      new Set(['IdentityPolicy', 'ResourcePolicy', 'RegistryPolicy', 'VpcEndpointPolicy']),
    )
    expect(new Set(grants.flatMap(({ grant: made }) => made.for.operations)).size).toBeGreaterThan(20)
    const principals = grants.flatMap(({ grant: made }) => made.for.principals)
    for (const sort of [/:role\//, /:user\//, /^\d+$/, /^o-/, /^lambda/, /^codebuild/, /^scanner/, /^robot/])
      expect(
        principals.some((text) => sort.test(text)),
        String(sort),
      ).toBe(true)
  })

  it('is sufficient: everybody can do everything that was asked', () => {
    for (const { wish, grant: made } of grants) {
      const checks = checksOf(wish, made)
      const failed = checks.filter((check) => !isAllowed(wish, made)(check))
      expect(failed.map(describeCheck), shown(wish, made.policies)).toEqual([])
      expect(checks.length).toBeGreaterThan(0)
    }
  })

  it('is minimal: no policy, statement, action, resource, principal or condition value can go', () => {
    for (const { wish, grant: made } of grants) {
      const checks = checksOf(wish, made)
      const spare = less(made).find((policies) => checks.every(isAllowed(wish, { policies })))
      expect(spare === undefined ? undefined : shown(wish, spare), shown(wish, made.policies)).toBeUndefined()
    }
  })

  it('is tight: no policy allows a request that was not asked for', () => {
    for (const { wish, grant: made } of grants)
      for (const policy of made.policies) {
        const verdict = Algebra.isNoBroader(policy.document, asked(wish, made, policy))
        expect(verdict, shown(wish, [policy])).toMatchObject({ _tag: 'Yes' })
      }
  })

  it('is complete: an identity policy allows every request that was asked for, in scopes too', () => {
    for (const { wish, grant: made } of grants)
      for (const policy of made.policies.filter(({ place }) => place._tag === 'IdentityPolicy')) {
        const verdict = Algebra.isNoBroader(asked(wish, made, policy), policy.document)
        expect(verdict, shown(wish, [policy])).toMatchObject({ _tag: 'Yes' })
      }
  })

  it('makes documents that are valid for their kind and print as they parse', () => {
    for (const { grant: made } of grants)
      for (const { document, kind } of made.policies) {
        const read: Document.Document = PolicyKind.isResourceKind(kind)
          ? parseOrThrow(toJson(document), kind)
          : parseOrThrow(toJson(document), kind)
        expect(Document.Eq.equals(read, document)).toBe(true)
        expect(stringify(read)).toBe(stringify(document))
      }
  })

  it('leaves nothing to find for who knows what it is for', () => {
    for (const { wish, grant: made } of grants) {
      const found = made.policies.flatMap((policy) => findings(made)(policy).map(({ id }) => id))
      expect(found, shown(wish, made.policies)).toEqual([])
    }
  })

  it('does not depend on the order in which things are asked', () => {
    fc.assert(
      fc.property(
        situation.chain((wish) =>
          fc.tuple(
            fc.constant(wish),
            fc.record({
              operations: shuffled(wish.operations),
              principals: shuffled(wish.principals),
              repositories: shuffled(wish.repositories),
              sources: shuffled(wish.sources),
            }),
          ),
        ),
        ([wish, order]) => {
          expect(granted({ ...wish, ...order })).toEqual(granted(wish))
        },
      ),
      { numRuns: 60 },
    )
  })
})

const shuffled = <A>(list: readonly A[]): fc.Arbitrary<readonly A[]> =>
  fc.shuffledSubarray([...list], { minLength: list.length })

const describeCheck = ({ operation, caller, repository, source }: Check): string =>
  [operation.id, caller, repository, source].join(' ')
