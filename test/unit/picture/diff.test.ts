import { describe, expect, it } from 'vitest'
import { Algebra } from '../../../src/algebra/index.js'
import { parseOrThrow } from '../../../src/codec/index.js'
import { Diff } from '../../../src/pictures.js'
import { after, before, diff } from './subjects.js'

const fences = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^```diff\n([\s\S]*?)^```$/gmu)].map(([, inside = '']) => inside)

describe('a difference', () => {
  it('has a line of its sign for all that came and went, so that a reader of diffs colours it', () => {
    const [inside = '', ...others] = fences(Diff.toMarkdown(diff))
    expect(others).toStrictEqual([])
    expect(
      inside
        .trimEnd()
        .split('\n')
        .every((line) => /^[+-]/u.test(line)),
    ).toBe(true)
    expect(inside).toContain('+2 allows ecr:PutImage')
    expect(inside).toContain('-2 no longer allows ecr:StartImageScan')
  })

  it('of equal documents says so, and no more', () => {
    const none = Algebra.diff(before, before)
    expect(Diff.toText(none)).toBe('Access gained: 0, lost: 0\nBoth allow the same requests.')
    expect(Diff.toMarkdown(none)).toBe('**Access gained: 0, lost: 0**\n\nBoth allow the same requests.')
  })

  it('that was cut short says so', () => {
    const cut = Algebra.diff(before, after, { limit: 1 })
    expect(Diff.toText(cut)).toContain('There is more than is listed.')
    expect(Diff.toMarkdown(cut)).toContain('There is more than is listed.')
  })

  it('that is undecided says why', () => {
    const unsure = Algebra.diff(before, after, { budget: 1 })
    expect(Diff.toText(unsure)).toMatch(/^The rest is undecided: .+\.$/mu)
    expect(Diff.toMarkdown(unsure)).toContain('The rest is undecided: ')
  })

  it('tells a change of the version', () => {
    const old = parseOrThrow({
      Version: '2008-10-17',
      Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
    })
    const now = parseOrThrow({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
    })
    expect(Diff.toText(Algebra.diff(old, now))).toContain(
      '~ Version 2008-10-17 becomes 2012-10-17  causes nothing that is listed',
    )
  })

  it('has colours only when they are asked for', () => {
    expect(Diff.toText(diff)).not.toContain('\u001b')
    expect(Diff.toText(diff, { colour: true })).toContain('\u001b[32m+2 allows ecr:PutImage\u001b[0m')
  })
})
