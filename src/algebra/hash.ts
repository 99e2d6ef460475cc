/**
 * A number for a text: two 32-bit lanes of FNV-1a over its UTF-16 code units, the second with another start and mixed at
 * the end. It tells texts apart in tables and logs; it is no protection against those who look for collisions.
 *
 * Source: FNV-1a as its authors describe it (draft-eastlake-fnv); the final mixing is that of MurmurHash3.
 *
 * @since 0.1.0
 */
const PRIME = 0x01000193
const FIRST = 0x811c9dc5
const SECOND = 0xcbf29ce4

const lane = (text: string, start: number): number => {
  let state = start // local mutation: one pass
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    state = Math.imul(state ^ (unit & 0xff), PRIME)
    state = Math.imul(state ^ (unit >>> 8), PRIME)
  }
  return mixed(state)
}

const mixed = (state: number): number => {
  const a = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  const b = Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  return (b ^ (b >>> 16)) >>> 0
}

/**
 * Sixteen hexadecimal digits that depend on the whole text.
 *
 * **Cost** linear.
 *
 * @category destructors
 * @since 0.1.0
 */
export const hashText = (text: string): string =>
  [FIRST, SECOND].map((start) => lane(text, start).toString(16).padStart(8, '0')).join('')
