import { App, Stack } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minimize } from '../../src/algebra/minimize.js'
import { interchangeable } from '../../src/algebra/compare.js'
import { parseOrThrow } from '../../src/codec/document.js'
import { scenarioToJson } from '../../src/codec/scenarioCodec.js'
import { stringify, toJson } from '../../src/model/DocumentJson.js'
import { Environment, type Document, type Request } from '../../src/model/index.js'
import { Simulator } from '../../src/simulator/index.js'
import { arbitrary } from '../../src/testing/index.js'
import { matchDocument, type PolicyJson, type RequestJson } from '../oracle/decide.js'

const RUNS = process.env['ECR_POLICY_DEEP'] === undefined ? 12 : 400
const budget = 1500

/** A document of several statements about one request, and requests near it. */
const situation = (kind: 'identity' | 'ecr-repository') =>
  arbitrary.request({ services: ['ecr'] }).chain((near) => {
    const one = arbitrary.document(kind, { services: ['ecr'], near })
    return fc.tuple(
      fc.array(one, { minLength: 1, maxLength: 2 }).map(joined),
      fc.array(arbitrary.request({ services: ['ecr'] }), { maxLength: 4 }).map((more) => [near, ...more]),
    )
  })

const joined = (documents: readonly Document.Document[]): Document.Document => {
  const [first, ...rest] = documents
    .flatMap(({ statements }) => statements)
    .map((each) => ({ ...each, sid: undefined }))
  if (first === undefined) throw new Error('a document has statements')
  return { _tag: 'Document', version: '2012-10-17', id: undefined, statements: [first, ...rest] }
}

const reversed = (document: Document.Document): Document.Document => {
  const [first, ...rest] = [...document.statements].reverse()
  return first === undefined ? document : { ...document, statements: [first, ...rest] }
}

const oracle = (document: Document.Document, request: Request.Request) => {
  const { request: json } = scenarioToJson({ request, environment: Environment.empty, expect: undefined })
  return matchDocument(toJson(document) as unknown as PolicyJson, json as unknown as RequestJson)
}

describe.each(['identity', 'ecr-repository'] as const)('minimize, %s documents', (kind) => {
  it('means the same to the simulator and the oracle, is idempotent, heeds no order, and is never larger', () => {
    fc.assert(
      fc.property(situation(kind), ([document, requests]) => {
        const result = minimize(document, { budget }).document
        for (const request of requests) {
          expect(Simulator.meaning(result)(request)).toStrictEqual(Simulator.meaning(document)(request))
          expect(oracle(result, request)).toStrictEqual(oracle(document, request))
        }
        expect(result.statements.length).toBeLessThanOrEqual(document.statements.length)
        expect(stringify(result).length).toBeLessThanOrEqual(stringify(document).length)
        const again = minimize(result, { budget })
        if (!again.stoppedEarly) expect(stringify(again.document)).toBe(stringify(result))
        const other = minimize(reversed(document), { budget })
        if (!other.stoppedEarly) expect(stringify(other.document)).toBe(stringify(result))
      }),
      { numRuns: RUNS },
    )
  }, 300_000)
})

// ---- side by side with the merge of another tool ----

const repo = (name: string) => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`

const plainStatement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
  Action: fc.uniqueArray(
    fc.constantFrom(
      'ecr:PutImage',
      'ecr:ListImages',
      'ecr:BatchGetImage',
      'ecr:Get*',
      'ecr:GetImage',
      'ecr:Batch*',
    ),
    { minLength: 1, maxLength: 3 },
  ),
  Resource: fc.uniqueArray(fc.constantFrom(repo('a'), repo('b'), repo('team/*'), repo('team/app'), '*'), {
    minLength: 1,
    maxLength: 2,
  }),
  Condition: fc.constantFrom(
    undefined,
    undefined,
    { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
    { StringEquals: { 'aws:PrincipalOrgID': 'o-2' } },
  ),
})

const byOther = (statements: readonly unknown[]): Document.Document =>
  parseOrThrow(
    new Stack(new App(), 'Stack').resolve(
      new PolicyDocument({
        minimize: true,
        statements: statements.map((statement) => PolicyStatement.fromJson(statement)),
      }),
    ),
  )

describe('minimize, beside the merge of the AWS CDK', () => {
  it('is at least as small on every document, smaller on most, and as faithful', () => {
    const seen = { all: 0, smaller: 0, ours: 0, theirs: 0 }
    fc.assert(
      fc.property(fc.array(plainStatement, { minLength: 2, maxLength: 6 }), (statements) => {
        const input = parseOrThrow({ Version: '2012-10-17', Statement: statements })
        const [ours, theirs] = [minimize(input).document, byOther(statements)]
        const [short, long] = [stringify(ours).length, stringify(theirs).length]
        expect(ours.statements.length).toBeLessThanOrEqual(theirs.statements.length)
        if (ours.statements.length === theirs.statements.length) expect(short).toBeLessThanOrEqual(long)
        expect(interchangeable(input, ours)._tag).toBe('Yes')
        seen.all++
        seen.ours += short
        seen.theirs += long
        if (short < long) seen.smaller++
      }),
      { numRuns: RUNS * 3 },
    )
    expect(seen.smaller).toBeGreaterThan(seen.all / 2)
    expect(seen.ours).toBeLessThan(seen.theirs)
    if (process.env['ECR_POLICY_SHOW'] !== undefined) console.log(seen)
  }, 300_000)
})
