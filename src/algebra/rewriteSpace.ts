/**
 * The values of one sort that a document has, numbered in the order of their texts, and which of them include which.
 *
 * Inclusion is found without comparing all with all: what includes a value begins with some of its first letters, so the
 * patterns are kept by the text before their first wildcard, and a word asks for each length that occurs.
 *
 * @since 0.1.0
 */
import { Glob } from '../pattern/index.js'
import { includes, type Entry } from './rewriteCover.js'

// ---- model ----

/**
 * Values and their numbers.
 *
 * - `size`: how many values there are; their numbers are below it.
 * - `up`: the values that surely include this one, itself first.
 * - `hit`: the values that match a word of this one, itself first; all of `up` and perhaps more.
 * - `hitWord`: the values that match a word.
 * - `text`: the text of a value.
 * - `cost`: the characters of the value's text as JSON.
 *
 * @category model
 * @since 0.1.0
 */
export interface Space<A> {
  readonly size: number
  readonly id: (value: A) => number
  readonly values: (ids: readonly number[]) => readonly A[]
  readonly text: (id: number) => string
  readonly entry: (id: number) => Entry | undefined
  readonly up: (id: number) => readonly number[]
  readonly hit: (id: number) => readonly number[]
  readonly hitWord: (word: string) => readonly number[]
  readonly cost: (id: number) => number
}

// ---- memory ----

/**
 * A function of numbers below a bound that remembers its results.
 *
 * @category combinators
 * @since 0.1.0
 */
export const perId = <B>(size: number, make: (id: number) => B): ((id: number) => B) => {
  const known = new Array<B | undefined>(size).fill(undefined) // local mutation: what has been made so far
  return (id) => (known[id] ??= make(id))
}

// ---- wildcards by what stands before them ----

interface Wild {
  readonly matching: (word: string) => readonly number[]
}

const wild = (count: number, entry: (id: number) => Entry | undefined): Wild => {
  const byPrefix = new Map<string, number[]>() // local mutation: one pass, as is the next
  const open: number[] = []
  for (let id = 0; id < count; id++) {
    const read = entry(id)
    if (read === undefined || (read.isLiteral && !read.hasVariable)) continue
    const prefix = Glob.literalPrefix(read.glob)
    if (read.hasVariable) open.push(id)
    else byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), id])
  }
  const lengths = Array.from(new Set(Array.from(byPrefix.keys(), (prefix) => prefix.length)))
  return {
    matching: (word) => {
      const found = [...open] // local mutation: gathered length by length
      for (const length of lengths)
        if (length <= word.length)
          for (const id of byPrefix.get(word.slice(0, length)) ?? [])
            if (entry(id)?.matches(word) === true) found.push(id)
      return found
    },
  }
}

// ---- constructors ----

/**
 * The space of some values. Without `read` no value includes another.
 *
 * @category constructors
 * @since 0.1.0
 */
export const space = <A>(
  values: readonly A[],
  textOf: (value: A) => string,
  read?: (text: string) => Entry,
): Space<A> => {
  const byText = new Map<string, A>() // local mutation: each text once
  for (const value of values) {
    const text = textOf(value)
    if (!byText.has(text)) byText.set(text, value)
  }
  const texts = Array.from(byText.keys()).sort()
  const known = texts.map((text) => byText.get(text))
  const ids = new Map(texts.map((text, id) => [text, id]))
  const entry = perId(texts.length, (id) => read?.(texts[id] ?? ''))
  const others = wild(read === undefined ? 0 : texts.length, entry)
  const hit = perId(texts.length, (id): readonly number[] => {
    const word = entry(id)?.sample
    return word === undefined ? [id] : [id, ...others.matching(word).filter((other) => other !== id)]
  })
  return {
    size: texts.length,
    id: (value) => ids.get(textOf(value)) ?? -1,
    values: (wanted) => wanted.flatMap((id) => known[id] ?? []),
    text: (id) => texts[id] ?? '',
    entry,
    hit,
    hitWord: others.matching,
    up: perId(texts.length, (id) =>
      hit(id).filter((other) => {
        const [outer, inner] = [entry(other), entry(id)]
        return other === id || (outer !== undefined && inner !== undefined && includes(outer, inner))
      }),
    ),
    cost: perId(texts.length, (id) => JSON.stringify(texts[id] ?? '').length),
  }
}
