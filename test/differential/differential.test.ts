/**
 * One small batch of each kind that `npm run deep` does by the thousand, and the table that the last run left behind.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { ScenarioJson } from '../oracle/decide.js'
import { dice } from '../property/smallUniverse.js'
import { definitionsIn } from '../semantics/rules.js'
import { batch, type Order } from './batch.js'
import { comparisonBatch } from './comparisons.js'
import { countedRules, touched } from './coverage.js'
import { decisionBatch } from './decisions.js'
import { nearby } from './nearby.js'
import { nameOf, summary, type Line } from './report/ledger.js'
import { proofBatch } from './proofs.js'
import { impossible, seldom } from './report/unreachable.js'
import { rowsOf, table } from './report/table.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const definitions = definitionsIn(readFileSync(`${root}docs/semantics.md`, 'utf8'))
const decisions = decisionBatch(20_261_122, 200, { edits: 1, oddOf: 5, observedOf: 1 })

describe('a batch of decisions', () => {
  it('has thousands, with every outcome, and no disagreement', () => {
    expect(decisions.disagreements).toStrictEqual([])
    expect(decisions.decisions).toBeGreaterThan(5_000)
    for (const count of Object.values(decisions.outcomes))
      expect(count / decisions.decisions).toBeGreaterThan(0.15)
  })

  it('has many ways through the statements of its environments', () => {
    expect(decisions.environments).toBeGreaterThan(200)
    expect(decisions.ways / decisions.decisions).toBeGreaterThan(0.3)
  })

  const polarities = Array.from(countedRules.keys()).flatMap((id) =>
    (['holds', 'fails'] as const).map((polarity) => ({
      name: `${id} ${polarity}`,
      count: decisions.coverage[id]?.[polarity] ?? 0,
    })),
  )
  const exempt = new Set([...Object.keys(impossible), ...seldom])

  it('exercises every counted rule both ways, the seldom and the impossible aside', () => {
    expect(
      polarities.filter(({ name, count }) => count === 0 && !exempt.has(name)).map(({ name }) => name),
    ).toEqual([])
  })

  it('never has what cannot be', () => {
    expect(polarities.filter(({ name, count }) => count > 0 && Object.hasOwn(impossible, name))).toEqual([])
  })

  it('is the same when it is made again', () => {
    expect(decisionBatch(7, 5)).toStrictEqual(decisionBatch(7, 5))
  })
})

describe('a batch of comparisons', () => {
  it('has both answers, seldom none, and no disagreement', () => {
    const { pairs, comparisons, answers, points, certificates, disagreements } = comparisonBatch(
      20_261_122,
      36,
    )
    expect(disagreements).toStrictEqual([])
    expect(comparisons).toBe(3 * pairs)
    expect(pairs).toBeGreaterThan(30)
    expect(points).toBeGreaterThan(120)
    expect(certificates.accepted).toBeGreaterThan(3)
    expect(Math.min(answers.Yes, answers.No)).toBeGreaterThan(7)
    expect(answers.Undecided).toBeLessThan(7)
  })
})

describe('a batch of comparisons with Z3', () => {
  it('has both answers and no disagreement', async () => {
    const { answers, disagreements } = await proofBatch(20_261_122, 12)
    expect(disagreements).toStrictEqual([])
    expect(Math.min(answers.Yes, answers.No)).toBeGreaterThan(0)
  })
})

describe('requests near a scenario', () => {
  const own = {
    principal: 'arn:aws:iam::111122223333:user/alice',
    action: 'ecr:PutImage',
    resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
  }
  const scenario: ScenarioJson = {
    request: own,
    resourcePolicy: {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Deny',
        Principal: { AWS: 'arn:aws:iam::444455556666:role/team/ci' },
        Action: 'ecr:Batch*',
        Resource: 'arn:aws:ecr:us-east-1:444455556666:repository/red',
        Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0' } },
      },
    },
  }
  const other = {
    ...own,
    principal: 'lambda.amazonaws.com',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::a',
  }
  const drawn = (isRepetitive: boolean) =>
    nearby(dice(1), { scenario, others: [other] }, 300, isRepetitive).map(({ json }) => json)
  const all = drawn(false)

  it('are many, and none is there twice', () => {
    expect(all.length).toBeGreaterThan(30)
    expect(new Set(all.map((json) => JSON.stringify(json))).size).toBe(all.length)
  })

  it('take parts from the scenario, from what its policies speak of, and from others', () => {
    expect(new Set(all.map(({ principal }) => principal))).toEqual(
      new Set([
        own.principal,
        other.principal,
        'arn:aws:iam::444455556666:role/team/ci',
        'arn:aws:sts::444455556666:assumed-role/ci/run-1',
      ]),
    )
    expect(new Set(all.map(({ action }) => action.slice(0, 9)))).toEqual(
      new Set(['ecr:PutIm', 'ecr:Batch', 's3:GetObj']),
    )
    expect(all.some(({ context }) => String(context?.['aws:sourcevpce']) === 'vpce-0')).toBe(true)
  })

  it('are of one caller and one action where one way is to be met often', () => {
    const often = drawn(true)
    expect(often.length).toBeGreaterThan(5)
    expect(new Set(often.map(({ principal, action }) => `${principal} ${action}`)).size).toBe(1)
  })
})

describe('what a rule is counted on', () => {
  const scenario = (action: string, Action: string): ScenarioJson => ({
    request: { principal: 'arn:aws:iam::111122223333:user/a', action, resource: '*' },
    identityPolicies: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } }],
  })

  it.each([
    ['ecr:putimage', 'ecr:PutImage', ['SM-A1 holds'], ['SM-A1 fails', 'SM-A2 holds']],
    ['ecr:PutImage', 'ecr:Put*', ['SM-A2 holds'], ['SM-A1 holds', 'SM-A1 fails', 'SM-A2 fails']],
    ['ecr:PutImage', 'ecr:Get*', ['SM-A1 fails', 'SM-A2 fails', 'DE-1 holds'], ['SM-A2 holds', 'DE-1 fails']],
    ['ecr:PutImage', 's3:*', ['SM-A3 fails', 'CO-1 fails'], ['SM-A3 holds', 'CO-2 holds', 'CO-2 fails']],
    ['ecr:PutImage', '*', ['SM-A3 holds', 'SM-R1 holds', 'SM-R7 holds'], ['SM-A3 fails', 'SM-A4 holds']],
  ])('%s under %s', (action, pattern, some, none) => {
    const outcome = some.includes('DE-1 holds') ? 'ImplicitlyDenied' : 'Allowed'
    const found = touched(scenario(action, pattern), outcome)
    expect(found).toEqual(expect.arrayContaining(some))
    expect(found.filter((name) => none.includes(name))).toEqual([])
  })
})

describe('docs/rule-coverage.md', () => {
  const rows = rowsOf(readFileSync(`${root}docs/rule-coverage.md`, 'utf8'))

  it('has a row for every rule that is modelled, in order', () => {
    expect(rows.map(({ id }) => id)).toEqual(
      definitions.filter(({ isModelled }) => isModelled).map(({ id }) => id),
    )
  })

  it('says of every rule what is counted, as it is counted now', () => {
    for (const { id, counted } of rows) expect(counted, id).toBe(countedRules.get(id) ?? 'by named tests')
  })

  it('has every counted rule exercised both ways, or tells that it cannot be', () => {
    for (const { id, holds, fails } of rows.filter((row) => countedRules.has(row.id)))
      for (const [polarity, count] of [
        ['holds', holds],
        ['fails', fails],
      ] as const)
        expect(count, `${id} ${polarity}`).toMatch(
          Object.hasOwn(impossible, `${id} ${polarity}`) ? /^cannot be$/ : /^[\d,]+$/,
        )
  })
})

describe('the ledger of a deep run', () => {
  const order: Order = { kind: 'decisions', seed: 3, size: 10 }

  it('sums up batches and counts disagreements', async () => {
    const report = await batch(order)
    const line: Line = { order, code: 'c', date: '2026-11-22T00:00:00.000Z', seconds: 2, report }
    const wrong: Line = { ...line, report: { ...report, disagreements: [{ answers: {}, question: {} }] } }
    expect(nameOf(order)).toBe('decisions 3 10')
    expect(summary([line])).toContain('seeds 3 to 3, 2 s of processor time: 0 disagreements')
    expect(summary([line, wrong])).toContain('4 s of processor time: 1 disagreements')
  })

  it('makes a table with the cases and the tests that cite a rule', () => {
    const text = table({
      definitions: definitionsIn('- **SM-A2** one\n- **GR-1** two\n## Not modelled\n- **SE-2** three'),
      counted: new Map([['SM-A2', 'wildcards: match / do not']]),
      coverage: { 'SM-A2': { holds: 1_234, fails: 0 } },
      cases: [{ why: 'GR-1: no', isPositive: false }],
      tests: [{ file: 'test/unit/codec/a.test.ts', text: 'GR-1 and SM-A2' }],
    })
    expect(rowsOf(text)).toEqual([
      { id: 'SM-A2', counted: 'wildcards: match / do not', holds: '1,234', fails: '–' },
      { id: 'GR-1', counted: 'by named tests', holds: '–', fails: '1' },
    ])
    expect(text).toContain('unit/codec/a')
  })
})
