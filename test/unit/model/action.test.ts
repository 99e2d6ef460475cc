import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Action, ecrActions, nearest } from '../../../src/model/index.js'
import { answer, refusal } from './support.js'

describe('the name of an action (GR-11, SM-A1)', () => {
  it.each([
    ['ecr:BatchGetImage', true],
    ['ECR:batchgetimage', true],
    ['ecr-public:PutImage', true],
    ['s3:GetObject', true],
    ['x:a_b-1', true],
    ['ecr:Get*', false],
    ['ecr:Get?', false],
    ['*', false],
    ['ecr', false],
    ['ecr:', false],
    [':Get', false],
    ['ecr:Get:Image', false],
    ['e_cr:Get', false],
    ['ecr: Get', false],
    ['ecr:Gét', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(answer(Action.parse(text), Action.show) === text).toBe(expected)
    expect(Action.isAction(text)).toBe(expected)
  })
})

describe('an action pattern (SM-A2, SM-A3, SM-A4)', () => {
  it.each([
    ['*', true],
    ['ecr:*', true],
    ['ecr:Batch?etImage', true],
    ['ec?:Get*', true],
    ['*:*', true],
    ['ecr:***', true],
    ['ecr*', false],
    ['**', false],
    ['ecr:Get:*', false],
    ['ecr:Get Image', true],
    ['ecr :GetImage', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(answer(Action.parsePattern(text), Action.show) === text).toBe(expected)
  })

  it('takes no variable (VA-2)', () => {
    expect(refusal(Action.parsePattern('ecr:${aws:username}'))).toBe(
      'InvalidVariable: policy variables have no meaning in an action: `ecr:${aws:username}`',
    )
  })
})

describe('a refused action comes with a mend', () => {
  it.each([
    ['BatchGetImage', 'did you mean `ecr:BatchGetImage`?'],
    ['batchgetimages', 'did you mean `ecr:BatchGetImage`?'],
    ['nothinglikeit', 'write the service before the name, as in `ecr:BatchGetImage`'],
  ])('%s: %s', (text, mend) => {
    expect(refusal(Action.parse(text))).toBe(
      `InvalidAction: \`${text}\` is not an action: it reads \`service:Name\` (${mend})`,
    )
  })

  it('and none where a prefix stands and nothing is near', () => {
    expect(refusal(Action.parsePattern('s3:a/b'))).toBe(
      'InvalidAction: `s3:a/b` is not an action pattern: it reads `service:Name`, or `*`',
    )
  })
})

describe('parts of an action', () => {
  it('service is the prefix in lower case, fold the whole', () => {
    const action = Action.parseOrThrow('ECR:BatchGetImage')
    expect([Action.service(action), Action.fold(action)]).toStrictEqual(['ecr', 'ecr:batchgetimage'])
  })

  it('fold is idempotent', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ecrActions), (text) => {
        const folded = Action.fold(Action.parseOrThrow(text))
        return Action.fold(Action.parseOrThrow(folded)) === folded
      }),
    )
  })
})

/** By recursion on both texts, as the definition has it. */
const distance = (a: string, b: string): number => {
  if (a === '' || b === '') return Math.max(a.length, b.length)
  if (a[0] === b[0]) return distance(a.slice(1), b.slice(1))
  return 1 + Math.min(distance(a.slice(1), b), distance(a, b.slice(1)), distance(a.slice(1), b.slice(1)))
}

describe('the nearest name', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'b', 'C'), maxLength: 6 })

  it('has the fewest edits, at most a third of the letters, the first of equals', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 5 }), words, (candidates, text) => {
        const edits = candidates.map((name) => distance(text.toLowerCase(), name.toLowerCase()))
        const least = edits.reduce((a, b) => Math.min(a, b), Infinity)
        const expected = least <= Math.floor(text.length / 3) ? candidates[edits.indexOf(least)] : undefined
        return nearest(candidates)(text) === expected
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['ecr:BatchGetImages', 'ecr:BatchGetImage'],
    ['ecr:DescribeImage', 'ecr:DescribeImages'],
    ['ECR:GETAUTHORISATIONTOKEN', 'ecr:GetAuthorizationToken'],
    ['s3:GetObject', undefined],
    ['', undefined],
    ['e', undefined],
    ['x'.repeat(81), undefined],
  ])('of %s is %s', (text, expected) => {
    expect(Action.nearestEcrAction(text)).toBe(expected)
  })

  it('of no names is none', () => {
    expect(nearest([])('ecr:BatchGetImage')).toBeUndefined()
  })
})

it('every action of ECR is a pattern as it stands', () => {
  for (const name of ecrActions) expect(Action.parsePatternOrThrow(name)).toBe(Action.ofEcr(name))
})
