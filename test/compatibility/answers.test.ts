/**
 * Answers given once and kept. When one of them changes, that is a breaking change: say in the changelog which rule was
 * read otherwise before, and only then record it anew (`npm run record`).
 */
import { describe, expect, it } from 'vitest'
import { recorded } from './corpus.js'
import { topics } from './topics.js'

describe.each(Object.entries(topics))('%s', (name, { answer }) => {
  const kept = recorded(name)

  it('has questions whose answers are not all alike', () => {
    expect(new Set(kept.map((entry) => JSON.stringify(entry.answer))).size).toBeGreaterThan(2)
  })

  it('are answered as they were', () => {
    const changed = kept.flatMap((entry) => {
      const now = answer(entry.question)
      return JSON.stringify(now) === JSON.stringify(entry.answer) ? [] : [{ ...entry, now }]
    })
    expect(changed).toStrictEqual([])
  })
})
