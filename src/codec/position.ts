/**
 * Offsets in a text as lines and columns.
 *
 * @since 0.1.0
 */

/**
 * Line and column, both from 1; columns count UTF-16 units. A line ends with LF, CR or CR LF.
 *
 * @category model
 * @since 0.1.0
 */
export interface LineColumn {
  readonly line: number
  readonly column: number
}

/**
 * The positions of offsets that are in ascending order.
 *
 * **Cost** one pass up to the last offset.
 *
 * @category destructors
 * @since 0.1.0
 */
export const lineColumns = (text: string, ascending: readonly number[]): readonly LineColumn[] => {
  let [line, start, i] = [1, 0, 0] // local mutation: one pass for all offsets
  return ascending.map((offset) => {
    for (; i < offset; i++) {
      const code = text.charCodeAt(i)
      if (code === 0x0a || (code === 0x0d && text.charCodeAt(i + 1) !== 0x0a)) {
        line++
        start = i + 1
      }
    }
    return { line, column: offset - start + 1 }
  })
}
