/**
 * Which characters policies may hold.
 *
 * Source: GR-6, U-18.
 *
 * @since 0.1.0
 */
import { Problem } from '../model/index.js'
import { isList } from './Json.js'
import { at, type Place } from './Place.js'
import type { Sink } from './Sink.js'

/**
 * Reports every string and member name in a value that holds a character it may not: a lone surrogate, and with
 * `latin` also what is neither tab, line feed, carriage return nor in U+0020 to U+00FF. `value` is plain data of
 * bounded depth.
 *
 * **Errors** `InvalidCharacter`, one for each string.
 *
 * @category analysis
 * @since 0.1.0
 */
export const checkCharacters = (
  sink: Sink,
  latin: boolean,
  value: unknown,
  place: Place | undefined,
): void => {
  if (sink.full()) return
  if (typeof value === 'string') checkText(sink, latin, value, place)
  else if (isList(value)) value.forEach((item, i) => checkCharacters(sink, latin, item, at(place, i)))
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) {
      const here = at(place, key)
      checkText(sink, latin, key, here)
      checkCharacters(sink, latin, item, here)
    }
}

const checkText = (sink: Sink, latin: boolean, text: string, place: Place | undefined): void => {
  const index = firstWrong(latin, text)
  if (index === -1) return
  const code = text.codePointAt(index) ?? 0
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  const message = isSurrogate(code)
    ? `${Problem.quote(text)} holds ${name}, half of a surrogate pair, which has no UTF-8 form`
    : `${Problem.quote(text)} holds ${name}; this kind of policy takes tab, line feed, carriage return and U+0020 to U+00FF`
  sink.add(place, Problem.problem('InvalidCharacter', message))
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff

const firstWrong = (latin: boolean, text: string): number => {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x20 && code <= 0xff) continue
    if (latin && code !== 9 && code !== 10 && code !== 13) return i
    if (!isSurrogate(code)) continue
    if (isSurrogate(text.codePointAt(i) ?? 0)) return i
    i++ // the second half of a pair
  }
  return -1
}
