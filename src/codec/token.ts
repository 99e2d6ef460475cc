/**
 * Where the tokens of JSON text end (RFC 8259). A negative result `~i` says that the token is broken at `i`.
 *
 * @since 0.1.0
 */

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

const isHex = (code: number): boolean => isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66)

/**
 * The first place from `from` on that is not white space.
 *
 * @category destructors
 * @since 0.1.0
 */
export const skipBlanks = (text: string, from: number): number => {
  let i = from // local mutation: cursor
  while (isBlank(text.charCodeAt(i))) i++
  return i
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09

/**
 * The end of the string whose opening quote is at `from`.
 *
 * @category destructors
 * @since 0.1.0
 */
export const stringEnd = (text: string, from: number): number => {
  let i = from + 1 // local mutation: cursor
  while (i < text.length) {
    const code = text.charCodeAt(i)
    if (code === 0x22) return i + 1
    if (code < 0x20) return ~i
    if (code === 0x5c) {
      const width = escapeWidth(text, i + 1)
      if (width === 0) return ~i
      i += width
    }
    i++
  }
  return ~i
}

const escapeWidth = (text: string, at: number): number => {
  if (text[at] !== 'u') return '"\\/bfnrt'.includes(text[at] ?? ' ') ? 1 : 0
  return [1, 2, 3, 4].every((k) => isHex(text.charCodeAt(at + k))) ? 5 : 0
}

/**
 * The end of the number that starts at `from`.
 *
 * @category destructors
 * @since 0.1.0
 */
export const numberEnd = (text: string, from: number): number => {
  const first = text.charCodeAt(from) === 0x2d ? from + 1 : from
  const whole = text.charCodeAt(first) === 0x30 ? first + 1 : digits(text, first)
  if (whole === first || isDigit(text.charCodeAt(whole))) return ~whole
  const point = text.charCodeAt(whole) === 0x2e
  const fraction = point ? digits(text, whole + 1) : whole
  if (point && fraction === whole + 1) return ~fraction
  if ((text.charCodeAt(fraction) | 0x20) !== 0x65) return fraction
  const sign = text.charCodeAt(fraction + 1)
  const power = sign === 0x2b || sign === 0x2d ? fraction + 2 : fraction + 1
  const end = digits(text, power)
  return end === power ? ~end : end
}

const digits = (text: string, from: number): number => {
  let i = from // local mutation: cursor
  while (isDigit(text.charCodeAt(i))) i++
  return i
}
