/** Oracle, part 0: answers that are kept. What is asked here depends on the texts alone, so the same texts get the same answer. */

/** So many texts are kept at a time; then all are forgotten. */
const MOST = 2_000

/** Once for a text. */
export const keptForText = <A>(answer: (text: string) => A): ((text: string) => A) => {
  const known = new Map<string, A>()
  return (text) => {
    const there = known.get(text)
    if (there !== undefined || known.has(text)) return there as A
    if (known.size >= MOST) known.clear()
    const made = answer(text)
    known.set(text, made)
    return made
  }
}

/** Once for two texts. */
export const keptForTexts = <A>(
  answer: (one: string, other: string) => A,
): ((one: string, other: string) => A) => {
  const known = keptForText((one) => keptForText((other) => answer(one, other)))
  return (one, other) => known(one)(other)
}

/** Once for a record, which nobody changes. */
export const keptForRecord = <K extends object, A>(answer: (record: K) => A): ((record: K) => A) => {
  const known = new WeakMap<K, A>()
  return (record) => {
    const there = known.get(record)
    if (there !== undefined || known.has(record)) return there as A
    const made = answer(record)
    known.set(record, made)
    return made
  }
}
