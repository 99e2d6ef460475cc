import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interchangeable, isNoBroader } from '../../src/algebra/compare.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { stringify, toJson } from '../../src/model/DocumentJson.js'
import {
  accessOrThrow,
  can,
  catalogueWorld,
  fix,
  lint,
  Repository,
  type Access,
  type AccessInput,
  type LintOptions,
  type RuleId,
} from '../../src/ecr/index.js'
import { Lint } from '../../src/lint/index.js'
import { PolicyKind, type Document, type Statement } from '../../src/model/index.js'
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

// ---- documents of ECR ----

const few = <A>(...all: readonly A[]): fc.Arbitrary<readonly A[]> =>
  fc.uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: 3 })

const pair = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const pushSet = ['Initiate*', 'UploadLayerPart', 'Complete*', 'PutImage', 'Batch*'].map(
  (name) => `ecr:${name}`,
)

/** Whole pulls and pushes often, so that there is something to break; and all that a rule may speak of. */
const actionLists: fc.Arbitrary<readonly string[]> = fc.oneof(
  fc.constantFrom(['*'], ['ecr:*'], pair, [...pair, ...pushSet], ['ecr:GetAuthorizationToken']),
  few(
    'ecr:*Token',
    'ecr:GetAuthorizationToken',
    'ecr:PutImage',
    'ecr:PutImages',
    'ecr:PullImage',
    'ecr:GetAuthorisationToken',
    'ecr:CreateRepository',
    'ecr:ReplicateImage',
    'ecr:BatchGet*',
    'ecr:DescribeRegistry',
    'ecr:Quux',
  ),
)

const resourceLists: fc.Arbitrary<readonly string[]> = fc.oneof(
  fc.constantFrom(['*'], ['arn:aws:ecr:*:*:repository/*'], ['*']),
  few(
    '*',
    'arn:aws:ecr:eu-west-1:111122223333:repository/app',
    'arn:aws:ecr:eu-west-1:111122223333:repository/app:latest',
    'arn:aws:ecr:eu-west-1:111122223333:app',
    'arn:aws:ecr::111122223333:repository/app',
    'arn:aws:ecr:cn-north-1:*:repository/*',
    'arn:aws:ecr-public::111122223333:repository/app',
    'arn:aws:ecr:*:*:*',
    'arn:aws:ecr',
    'arn:aws:s3:::layers/*',
  ),
)

const conditions = fc.constantFrom<Readonly<Record<string, unknown>>>(
  {},
  {},
  {},
  { StringNotEquals: { 'aws:ResourceTag/team': 'red' } },
  { StringNotEquals: { 'aws:PrincipalTag/team': 'r*' } },
  { StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' } },
  { StringEqualsIfExists: { 'aws:SourceVpc': ['vpc-0abc1234', 'vpc-0abc1234'] } },
  { Bool: { 'aws:SecureTransport': 'true' } },
)

const principals = fc.constantFrom<unknown>(
  '*',
  { AWS: ['111122223333', 'arn:aws:iam::111122223333:role/node'] },
  { AWS: ['arn:aws:iam::111122223333:root', '444455556666'] },
  { AWS: 'arn:aws:sts::444455556666:assumed-role/node/i-0abc' },
)

const statement = (kind: PolicyKind.PolicyKind): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  fc
    .record({
      effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      clause: fc.constantFrom('Action', 'Action', 'Action', 'NotAction'),
      place: fc.constantFrom('Resource', 'Resource', 'NotResource'),
      names: actionLists,
      arns: resourceLists,
      who: principals,
      tests: conditions,
    })
    .map(({ effect, clause, place, names, arns, who, tests }) => ({
      Effect: effect,
      [clause]: names,
      ...(kind === 'ecr-repository' && !arns.includes('*') ? {} : { [place]: arns }),
      ...(kind === 'ecr-repository' ? { Principal: who } : {}),
      Condition: tests,
    }))

const ofEcr: fc.Arbitrary<Case> = fc
  .constantFrom<PolicyKind.PolicyKind>('identity', 'scp', 'boundary', 'ecr-repository')
  .chain((kind) =>
    fc
      .array(statement(kind), { minLength: 1, maxLength: 3 })
      .map((Statement) => ({ kind, document: parseOrThrow({ Version: '2012-10-17', Statement }, kind) })),
  )

// ---- pulls and pushes ----

const [own, other] = ['111122223333', '444455556666'].map((account) =>
  Repository.parseOrThrow(`arn:aws:ecr:eu-west-1:${account}:repository/app`),
)

const everything = parseOrThrow(
  { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  'identity',
)
const everybody = parseOrThrow(
  { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: '*' } },
  'ecr-repository',
)

const contexts: readonly AccessInput['context'][] = [
  {},
  {
    'aws:SecureTransport': 'true',
    'aws:PrincipalTag/team': 'r*',
    'aws:SourceVpc': 'vpc-0abc1234',
    'aws:ResourceTag/team': 'red',
  },
]

/** Where a document may stand beside what is open otherwise. */
const attachments = ({ kind, document }: Case): readonly Partial<AccessInput>[] => {
  if (PolicyKind.isResourceKind(kind)) {
    const resourcePolicy = document as Document.Document<Statement.ResourceStatement>
    return [{ resourcePolicy, identityPolicies: [everything] }, { resourcePolicy }]
  }
  const limits = document as Document.Document<Statement.IdentityStatement>
  if (kind === 'boundary') return [{ identityPolicies: [everything], permissionsBoundary: limits }]
  return kind === 'scp'
    ? [{ identityPolicies: [everything], serviceControlPolicies: [[limits]], resourcePolicy: everybody }]
    : [{ identityPolicies: [limits] }, { identityPolicies: [limits], resourcePolicy: everybody }]
}

const accesses = (each: Case): readonly Access[] =>
  attachments(each).flatMap((policies) =>
    contexts.flatMap((context) =>
      ['arn:aws:iam::111122223333:role/node', 'arn:aws:sts::444455556666:assumed-role/node/i-0abc'].map(
        (principal) => accessOrThrow({ principal, context, ...policies }),
      ),
    ),
  )

/** By operation, caller, context and repository: what is allowed. A policy of a repository is its own account's. */
const answers = (each: Case): readonly boolean[] =>
  accesses(each).flatMap((access) =>
    (PolicyKind.isResourceKind(each.kind) ? [own] : [own, other]).flatMap((repository) =>
      repository === undefined
        ? []
        : (['docker-login', 'pull-tag', 'push', 'push-legacy', 'delete-image'] as const).map(
            (id) => can(id, access, repository).allowed,
          ),
    ),
  )

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

/** That nobody asks for a misspelt action is known to the catalogue alone. */
const today = { ...BUDGET, world: catalogueWorld() }

const proof = (effect: Lint.Effect, after: Document.Document, before: Document.Document) =>
  effect === 'Equivalent'
    ? interchangeable(after, before, BUDGET)
    : isNoBroader(after, before, effect === 'Restricts' ? today : BUDGET)

/** What is put in the place of an Allow says no more than it, whatever else the document says. */
const isProvenAlone = ({ effect, edit }: Lint.Fix, document: Document.Document): boolean => {
  if (edit._tag !== 'Replace' || edit.statement.effect === 'Deny') return false
  const [first, ...rest] = edit.by
  const before = { ...document, statements: [edit.statement] as const }
  return (
    first === undefined || proof(effect, { ...document, statements: [first, ...rest] }, before)._tag === 'Yes'
  )
}

const effects: readonly Lint.Effect[] = ['Equivalent', 'Narrower', 'Restricts', 'Grants']

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
          // A rule that speaks of the worst place only goes on to the next one.
          const left = lint(after, kind, told)
          const isElsewhere = !left.some(
            ({ id, pointer }) => id === finding.id && pointer === finding.pointer,
          )
          expect([finding.id, count(left, finding) < count(found, finding) || isElsewhere]).toStrictEqual([
            finding.id,
            true,
          ])
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
        expect(
          result.left.every(
            (each) => each.fix === undefined || ['Grants', 'Restricts'].includes(each.fix.effect),
          ),
        ).toBe(true)
      }),
      { numRuns: RUNS },
    )
  }, 300_000)

  it('fixLeavesEveryPullAndPushAsItWas', () => {
    const counts = { allowed: 0, applied: 0, narrower: 0 }
    const told: LintOptions = { owner: '111122223333', region: 'eu-west-1', promises: ['pull'] }
    fc.assert(
      fc.property(fc.oneof(ofEcr, ofEcr, mixed), ({ kind, document }) => {
        const result = fix(document, kind, told)
        const before = answers({ kind, document })
        counts.allowed += before.filter(Boolean).length > 0 ? 1 : 0
        counts.applied += result.applied.length > 0 ? 1 : 0
        counts.narrower += result.applied.some((each) => each.fix?.effect === 'Narrower') ? 1 : 0
        expect(answers({ kind, document: result.document })).toStrictEqual(before)
      }),
      { numRuns: RUNS * 4 },
    )
    expect(Object.values(counts).every((count) => count > RUNS / 4)).toBe(true)
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
