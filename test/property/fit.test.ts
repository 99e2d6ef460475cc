import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fit } from '../../src/algebra/fit.js'
import { interchangeable } from '../../src/algebra/compare.js'
import { mergeAll } from '../../src/algebra/merge.js'
import { parseOrThrow } from '../../src/codec/document.js'
import { size, stringify } from '../../src/model/DocumentJson.js'
import type { Document } from '../../src/model/index.js'

const RUNS = process.env['ECR_POLICY_DEEP'] === undefined ? 25 : 500

const repo = (name: string) => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`
const element = (values: readonly string[], most: number) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most })

const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  Action: element(['ecr:PutImage', 'ecr:ListImages', 'ecr:Get*', 'ecr:BatchGetImage'], 3),
  Resource: element(
    Array.from({ length: 40 }, (_, i) => repo(`team-${i % 7}/${i % 5 === 0 ? '*' : `app-${i}`}`)),
    20,
  ),
  Condition: fc.constantFrom(undefined, undefined, { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
})

const document = fc
  .array(statement, { minLength: 1, maxLength: 8 })
  .map((Statement) => parseOrThrow({ Version: '2012-10-17', Statement }, 'identity'))

const turned = (each: Document.Document): Document.Document => {
  const [first, ...rest] = [...each.statements].reverse()
  return first === undefined ? each : { ...each, statements: [first, ...rest] }
}

describe('fit', () => {
  it('gives documents that fit, that mean the same together, few enough, in whatever order the input comes', () => {
    const seen = { one: 0, several: 0 }
    fc.assert(
      fc.property(document, fc.integer({ min: 400, max: 1200 }), (input, characters) => {
        const options = { characters, attachable: 50 }
        const result = fit('managed', options)(input)
        expect(result._tag).toBe('Fits')
        if (result._tag !== 'Fits') return
        for (const each of result.documents) expect(size(each)).toBeLessThanOrEqual(characters)
        const merged = mergeAll(result.documents)
        expect(merged._tag === 'Right' && merged.right && interchangeable(merged.right, input)._tag).toBe(
          'Yes',
        )
        expect(result.documents.length).toBeGreaterThanOrEqual(result.atLeast)
        const again = fit('managed', options)(turned(input))
        expect(again._tag === 'Fits' && again.documents.map((each) => stringify(each))).toStrictEqual(
          result.documents.map((each) => stringify(each)),
        )
        seen[result.documents.length === 1 ? 'one' : 'several']++
      }),
      { numRuns: RUNS },
    )
    expect(seen.several).toBeGreaterThan(RUNS / 10)
  })

  it('takes at most one document more than the characters ask for, where values are small beside the quota', () => {
    fc.assert(
      fc.property(document, (input) => {
        const result = fit('managed', { characters: 1500, attachable: 50 })(input)
        expect(result._tag).toBe('Fits')
        if (result._tag === 'Fits') expect(result.documents.length).toBeLessThanOrEqual(result.atLeast + 1)
      }),
      { numRuns: RUNS },
    )
  })
})
