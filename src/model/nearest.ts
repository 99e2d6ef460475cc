/**
 * Suggestions for misspelt names.
 *
 * @since 0.1.0
 */

/** Beyond this length no name of AWS's comes near, and the table below would cost more than it is worth. */
const LONGEST = 80

/**
 * The candidate with the fewest edits (insert, delete, replace; letter case free) from `text`, when there are at most
 * a third as many edits as letters; the first one on a tie.
 *
 * **Cost** candidates × text length × candidate length; texts past 80 characters get no suggestion.
 *
 * @category analysis
 * @since 0.1.0
 */
export const nearest =
  <A extends string>(candidates: readonly A[]) =>
  (text: string): A | undefined => {
    if (text.length > LONGEST) return undefined
    const wanted = text.toLowerCase()
    return candidates.reduce<{ readonly name: A | undefined; readonly edits: number }>(
      (best, name) => {
        const edits = distance(wanted, name.toLowerCase())
        return edits < best.edits ? { name, edits } : best
      },
      { name: undefined, edits: Math.floor(text.length / 3) + 1 },
    ).name
  }

const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j) // local mutation: hostile input makes this hot
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1)
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, replaced))
    }
    row = next
  }
  return row[b.length] ?? a.length
}
