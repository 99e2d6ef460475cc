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
 * **Cost** candidates × text length × candidate length at worst; candidates whose length alone rules them out, or of which
 * a prefix does, cost less. Texts past 80 characters get no suggestion.
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
        const edits = distanceBelow(best.edits, wanted, name.toLowerCase())
        return edits < best.edits ? { name, edits } : best
      },
      { name: undefined, edits: Math.floor(text.length / 3) + 1 },
    ).name
  }

/** Levenshtein's distance where it is below `limit`; some number that is not below it otherwise. */
const distanceBelow = (limit: number, a: string, b: string): number => {
  if (Math.abs(a.length - b.length) >= limit) return limit
  // local mutation: two rows of the table, taken in turn; hostile input makes this hot
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  let next = row.slice()
  for (let i = 0; i < a.length; i++) {
    let least = (next[0] = i + 1)
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1)
      const edits = Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, replaced)
      next[j + 1] = edits
      least = Math.min(least, edits)
    }
    if (least >= limit) return limit // rows never fall below the least of an earlier one
    ;[row, next] = [next, row]
  }
  return row[b.length] ?? a.length
}
