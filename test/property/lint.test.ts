import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interchangeable, isNoBroader } from '../../src/algebra/compare.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { stringify, toJson } from '../../src/model/DocumentJson.js'
import { fix, lint, type LintOptions, type RuleId } from '../../src/ecr/index.js'
import { Lint } from '../../src/lint/index.js'
import { PolicyKind, type Document } from '../../src/model/index.js'
import { arbitrary } from '../../src/testing/index.js'
import { examples } from '../unit/lint/examples.js'

const RUNS = process.env['ECR_POLICY_DEEP'] === undefined ? 40 : 600
const BUDGET = { budget: 100_000 }

const told: LintOptions = {
  owner: '111122223333',
  principal: 'arn:aws:iam::444455556666:role/node',
  partition: 'aws',
  region: 'eu-west-1',
  repositories: ['app'],
  promises: ['pull'],
}

// ---- documents ----

/** Statements of the examples, bad and good, thrown together: rules meet in one document. */
const thrown = (isResource: boolean): fc.Arbitrary<Document.Document> => {
  const pool = Array.from(examples.values())
    .filter(({ kind }) => PolicyKind.isResourceKind(kind) === isResource)
    .flatMap(({ bad, good }) => [...bad, ...good])
  return fc
    .record({
      Version: fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17'),
      Statement: fc.array(fc.constantFrom(...pool), { minLength: 1, maxLength: 3 }),
    })
    .map((json) => parseOrThrow(withoutSids(json), isResource ? 'resource' : 'identity'))
}

interface Json {
  readonly Version: string
  readonly Statement: readonly Readonly<Record<string, unknown>>[]
}

/** In an identity policy a Sid stands once (GR-10). */
const withoutSids = ({ Version, Statement }: Json) => ({
  Version,
  Statement: Statement.map(({ Sid: _, ...rest }) => rest),
})

interface Case {
  readonly kind: PolicyKind.PolicyKind
  readonly document: Document.Document
}

const generated: fc.Arbitrary<Case> = fc
  .constantFrom(...PolicyKind.policyKinds)
  .chain((kind) =>
    arbitrary.document(kind, { services: ['ecr', 's3'] }).map((document) => ({ kind, document })),
  )

const mixed: fc.Arbitrary<Case> = fc
  .constantFrom('identity', 'ecr-repository', 'resource')
  .chain((kind) => thrown(PolicyKind.isResourceKind(kind)).map((document): Case => ({ kind, document })))

const cases = fc.oneof({ arbitrary: mixed, weight: 2 }, { arbitrary: generated, weight: 1 })

// ---- reading ----

const at = (pointer: string, json: unknown): unknown =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Readonly<Record<string, unknown>>)[key]
          : undefined,
      json,
    )

const count = (findings: readonly Lint.Finding<RuleId>[], wanted: Lint.Finding<RuleId>): number =>
  findings.filter(({ id }) => id === wanted.id).length

const proof = (effect: Lint.Effect, after: Document.Document, before: Document.Document) =>
  effect === 'Equivalent' ? interchangeable(after, before, BUDGET) : isNoBroader(after, before, BUDGET)

/** What is put in the place of an Allow says no more than it, whatever else the document says. */
const isProvenAlone = ({ effect, edit }: Lint.Fix, document: Document.Document): boolean => {
  if (edit._tag !== 'Replace' || edit.statement.effect === 'Deny') return false
  const [first, ...rest] = edit.by
  const before = { ...document, statements: [edit.statement] as const }
  return (
    first === undefined || proof(effect, { ...document, statements: [first, ...rest] }, before)._tag === 'Yes'
  )
}

const effects: readonly Lint.Effect[] = ['Equivalent', 'Narrower', 'Grants']

describe('lint', () => {
  it('neverThrows, everyPointerLeadsToSomething, sourcesAreThoseOfTheRule, theSameAgain', () => {
    const spoke = new Map<string, number>()
    fc.assert(
      fc.property(cases, ({ kind, document }) => {
        const found = lint(document, kind, told)
        const json = toJson(document)
        for (const { id, pointer, message } of found) {
          spoke.set(id, (spoke.get(id) ?? 0) + 1)
          expect([pointer, at(pointer, json) === undefined]).toStrictEqual([pointer, false])
          expect(message).not.toMatch(/\n|undefined/u)
        }
        expect(lint(document, kind, told)).toStrictEqual(found)
      }),
      { numRuns: RUNS * 3 },
    )
    expect(spoke.size).toBeGreaterThan(20)
  }, 300_000)
})

describe('fixes', () => {
  it('equivalentFixesAreInterchangeable, narrowerFixesAllowNothingNew, aFixRemovesItsFinding', () => {
    const proven = new Map<string, number>()
    let undecided = 0
    fc.assert(
      fc.property(cases, ({ kind, document }) => {
        const found = lint(document, kind, told)
        for (const finding of found) {
          if (finding.fix === undefined) continue
          const { effect } = finding.fix
          const after = Lint.apply(finding.fix)(document)
          expect(stringify(after)).not.toBe(stringify(document))
          expect([finding.id, count(lint(after, kind, told), finding) < count(found, finding)]).toStrictEqual(
            [finding.id, true],
          )
          if (effect === 'Grants') continue
          const verdict = proof(effect, after, document)
          if (verdict._tag === 'Undecided' && !isProvenAlone(finding.fix, document)) undecided += 1
          expect([finding.id, effect, verdict._tag]).not.toStrictEqual([finding.id, effect, 'No'])
          proven.set(`${finding.id} ${effect}`, (proven.get(`${finding.id} ${effect}`) ?? 0) + 1)
        }
      }),
      { numRuns: RUNS },
    )
    const all = Array.from(proven.values()).reduce((sum, each) => sum + each, 0)
    expect(undecided).toBeLessThanOrEqual(all * 0.1)
    expect(proven.size).toBeGreaterThan(5)
  }, 300_000)

  it('fixEnds, fixIsIdempotent, fixWidensNothing, whatIsLeftHasNoSuchFix', () => {
    fc.assert(
      fc.property(cases, ({ kind, document }) => {
        const result = fix(document, kind, told)
        expect(fix(result.document, kind, told)).toStrictEqual({ ...result, applied: [] })
        expect(isNoBroader(result.document, document, BUDGET)._tag).not.toBe('No')
        expect(result.left.every((each) => each.fix === undefined || each.fix.effect === 'Grants')).toBe(true)
      }),
      { numRuns: RUNS },
    )
  }, 300_000)

  it('equivalentFixesAloneKeepTheMeaning', () => {
    fc.assert(
      fc.property(cases, ({ kind, document }) => {
        const result = fix(document, kind, { ...told, effects: ['Equivalent'] })
        expect(interchangeable(result.document, document, BUDGET)._tag).not.toBe('No')
      }),
      { numRuns: RUNS },
    )
  }, 300_000)

  it('allFixesTogetherEnd', () => {
    fc.assert(
      fc.property(cases, ({ kind, document }) => {
        const { left } = fix(document, kind, { ...told, effects })
        expect(left.filter((each) => each.fix !== undefined)).toStrictEqual([])
      }),
      { numRuns: RUNS },
    )
  }, 300_000)

  it('aFixThatComesTooLateChangesNothing', () => {
    fc.assert(
      fc.property(cases, cases, ({ kind, document }, other) => {
        const missing = lint(document, kind, told).filter(
          (each) =>
            each.fix?.edit._tag === 'Replace' && !other.document.statements.includes(each.fix.edit.statement),
        )
        return missing.every((each) => {
          if (each.fix?.edit._tag !== 'Replace') return true
          const { statement } = each.fix.edit
          const isThere = other.document.statements.some(
            (s) => JSON.stringify(s) === JSON.stringify(statement),
          )
          return isThere || Lint.apply(each.fix)(other.document) === other.document
        })
      }),
      { numRuns: RUNS },
    )
  }, 300_000)
})
