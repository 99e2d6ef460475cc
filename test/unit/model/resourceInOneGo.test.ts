/** A resource read in one go is the same, token by token, as one read segment by segment (U-9, SM-R5). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Resource } from '../../../src/model/index.js'
import { joinSegments, within } from '../../../src/model/segment.js'
import { Glob } from '../../../src/pattern/index.js'

const segment = fc
  .array(fc.constantFrom('a', 'b', '*', '*', '?', '/'), { maxLength: 4 })
  .map((parts) => parts.join(''))

const bySegments = (head: readonly string[], tail: string): Glob.Glob =>
  joinSegments([
    ...head.map((text) =>
      text.endsWith('*') ? Glob.concat([within(text.slice(0, -1)), Glob.all]) : within(text),
    ),
    Glob.parse(tail),
  ])

describe('the glob of a resource pattern', () => {
  it('is that of its segments, joined', () => {
    const seen = { free: 0, bound: 0 }
    fc.assert(
      fc.property(
        fc.array(segment, { minLength: 4, maxLength: 4 }),
        fc.array(segment, { minLength: 1, maxLength: 3 }),
        (fields, rest) => {
          const [head, tail] = [['arn', ...fields], rest.join(':')]
          const read = Resource.glob('2012-10-17', () => ({ _tag: 'Missing' }))([...head, tail].join(':'))
          const expected = bySegments(head, tail)
          if (expected.some(({ _tag }) => _tag === 'RunWithin' || _tag === 'OneWithin')) seen.bound++
          else seen.free++
          expect(read).toStrictEqual(expected)
        },
      ),
      { numRuns: 1_000 },
    )
    expect(Math.min(seen.free, seen.bound)).toBeGreaterThan(50)
  })
})
