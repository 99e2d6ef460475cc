/**
 * Records answers for `test/compatibility`. What is recorded keeps its questions: only the answers are made anew, and each
 * that changed is printed, to be explained in the changelog. A topic without a record gets questions drawn for it.
 */
import { record, recorded } from '../test/compatibility/corpus.js'
import { topics } from '../test/compatibility/topics.js'

for (const [name, { draw, answer }] of Object.entries(topics)) {
  const before = recorded(name)
  const entries =
    before.length > 0
      ? before.map(({ question }) => ({ question, answer: answer(question) }))
      : draw().map((question) => ({ question, answer: answer(question) }))
  const changed = entries.filter(
    (entry, i) => before.length > 0 && JSON.stringify(entry.answer) !== JSON.stringify(before[i]?.answer),
  )
  record(name, entries)
  changed.forEach((entry) => {
    process.stdout.write(`${name}: ${JSON.stringify(entry)}\n`)
  })
  process.stdout.write(`${name}: ${String(entries.length)} answers, ${String(changed.length)} changed\n`)
}
