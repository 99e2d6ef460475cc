/**
 * Globs taken apart: what remains of one after a literal prefix, and all ways of cutting one in two. With these a
 * constraint on a text made of fields is carried back to the fields.
 *
 * @since 0.1.0
 */
import { bounded } from '../model/index.js'
import { Glob } from '../pattern/index.js'

/** A glob together with its key, so that equal ones are told apart cheaply. */
const distinct = (globs: readonly Glob.Glob[]): readonly Glob.Glob[] =>
  Array.from(new Map(globs.map((glob) => [Glob.show(glob), glob])).values())

// ---- derivatives ----

/**
 * What may follow `prefix` in words of the glob: a union of globs, empty when no word starts so.
 *
 * **Cost** letters of the prefix times tokens of the glob.
 *
 * @category combinators
 * @since 0.1.0
 */
export const after =
  (prefix: string) =>
  (glob: Glob.Glob): readonly Glob.Glob[] =>
    Array.from(prefix).reduce<readonly Glob.Glob[]>(
      (rests, char) => distinct(rests.flatMap(afterChar(char))),
      [glob],
    )

const afterChar =
  (char: string) =>
  (glob: Glob.Glob): readonly Glob.Glob[] => {
    const [first, ...rest] = glob
    if (first === undefined) return []
    switch (first._tag) {
      case 'Text': {
        const [head = ''] = Array.from(first.text)
        const fits = Glob.matches([{ ...first, text: head }])(char)
        const tail = first.text.slice(head.length)
        return fits ? [Glob.normalize([{ ...first, text: tail }, ...rest])] : []
      }
      case 'One':
        return [rest]
      case 'OneWithin':
        return char === Glob.separator ? [] : [rest]
      case 'Run':
        return [glob, ...afterChar(char)(rest)]
      case 'RunWithin':
        return [...(char === Glob.separator ? [] : [glob]), ...afterChar(char)(rest)]
    }
  }

// ---- cuts ----

/**
 * All ways of cutting a glob in two: the union over the pairs of (words of the first)(words of the second) is the
 * glob's language, and every cut of every word is among them.
 *
 * **Cost** as many pairs as the glob has letters and wildcards, plus one.
 *
 * @category combinators
 * @since 0.1.0
 */
export const cuts = (glob: Glob.Glob): readonly (readonly [Glob.Glob, Glob.Glob])[] => [
  [Glob.empty, glob],
  ...glob.flatMap((token, i) =>
    tokenCuts(token).map(
      ([left, right]) =>
        [
          Glob.normalize([...glob.slice(0, i), ...left]),
          Glob.normalize([...right, ...glob.slice(i + 1)]),
        ] as const,
    ),
  ),
]

const tokenCuts = (token: Glob.Token): readonly (readonly [Glob.Glob, Glob.Glob])[] => {
  switch (token._tag) {
    case 'Text': {
      const chars = Array.from(token.text)
      return chars.map((_, i) => {
        const left = { ...token, text: chars.slice(0, i + 1).join('') }
        const right = chars.slice(i + 1).join('')
        return [[left], [{ ...token, text: right }]] as const
      })
    }
    case 'One':
    case 'OneWithin':
      return [[[token], []]]
    case 'Run':
    case 'RunWithin':
      return [[[token], [token]]]
  }
}

// ---- fields ----

/**
 * A glob whose words have no separator: the words of `glob` without one, or undefined when it has no such word.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withoutSeparator = (glob: Glob.Glob): Glob.Glob | undefined =>
  glob.some((token) => token._tag === 'Text' && token.text.includes(Glob.separator))
    ? undefined
    : bounded(glob)

/**
 * A piece of a text that is made of fields: fixed letters, or a field, which holds no separator.
 *
 * @category model
 * @since 0.1.0
 */
export type Part = string | typeof field

/**
 * The mark of a field.
 *
 * @category model
 * @since 0.1.0
 */
export const field = { _tag: 'Field' } as const

/**
 * Carries a constraint on a text back to its fields: all ways in which the text, put together as `parts` say, matches
 * the glob, each as one glob a field.
 *
 * @category combinators
 * @since 0.1.0
 */
export const fieldsOf =
  (parts: readonly Part[]) =>
  (glob: Glob.Glob): readonly (readonly Glob.Glob[])[] => {
    const [part, ...rest] = parts
    if (part === undefined) return Glob.matches(glob)('') ? [[]] : []
    if (typeof part === 'string') return after(part)(glob).flatMap(fieldsOf(rest))
    const ways = rest.length === 0 ? [[glob, Glob.empty] as const] : cuts(glob)
    return ways.flatMap(([left, right]) => {
      const own = withoutSeparator(left)
      return own === undefined ? [] : fieldsOf(rest)(right).map((others) => [own, ...others])
    })
  }
