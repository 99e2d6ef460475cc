/**
 * Policy variables put into texts, and escapes.
 *
 * @since 0.1.0
 */
import { orElse, weighted, type Choices } from './Choices.js'
import type { Context } from '../model/index.js'
import { spelled } from './requests.js'

// ---- model ----

/**
 * The context of the request that a policy is written about.
 *
 * @category model
 * @since 0.1.0
 */
export type Known = readonly Context.Entry[]

// ---- combinators ----

interface Occurrence {
  readonly name: string
  readonly value: string
  readonly at: number
  readonly several: boolean
}

/** The first values of keys, where they stand in the text; those of several-valued keys too, which must not count (VA-9). */
const occurrences = (text: string, known: Known, least: number): readonly Occurrence[] =>
  known.flatMap(({ name, values: [value, ...more] }) => {
    const at = value === '' || !isName(name) ? -1 : text.indexOf(value, least)
    return at === -1 ? [] : [{ name, value, at, several: more.length > 0 }]
  })

const isName = (name: string): boolean => !/[{}'\s,*?$]/.test(name)

const quotable = (text: string): boolean => !/[{}'$*?]/.test(text)

/**
 * The text with a variable or an escape in it, at `least` or later. In a `hit` it mostly expands to the text itself:
 * a value that stands in the text gives way to its key, or a default says it for a missing key (VA-5).
 *
 * @category combinators
 * @since 0.1.0
 */
export const withVariable = (
  choices: Choices,
  text: string,
  hit: boolean,
  known: Known,
  least: number,
): string => {
  const put = (at: number, length: number, inner: string): string =>
    `${text.slice(0, at)}\${${inner}}${text.slice(at + length)}`
  const at = least + choices.below(Math.max(1, text.length - least))
  const tail = text.slice(at)
  const fallback = (): string =>
    quotable(tail) ? put(at, tail.length, `${spelled(choices, 'aws:PrincipalTag/none')}, '${tail}'`) : text
  const found = occurrences(text, known, least)
  const [there] = found
  if (hit)
    return there !== undefined && choices.chance(0.75) ? substituted(choices, put, found, there) : fallback()
  return weighted(choices, [
    [0, () => put(at, choices.below(2), choices.one(['*', '?', '$']))],
    [25, () => put(at, choices.below(4), 'aws:PrincipalTag/none')],
    [15, () => put(at, choices.below(4), choices.one(['aws:TagKeys', 'aws:PrincipalOrgPaths']))],
    [20, () => put(at, choices.below(4), choices.one(['aws:username', 'aws:PrincipalTag/team']))],
    [10, () => put(at, choices.below(4), "aws:PrincipalTag/team, 'x'")],
  ])
}

const substituted = (
  choices: Choices,
  put: (at: number, length: number, inner: string) => string,
  found: readonly Occurrence[],
  first: Occurrence,
): string => {
  const unusable = choices.chance(0.4) ? found.filter(({ several }) => several) : []
  const { name, value, at } = choices.one(orElse(unusable, orElse(found, [first])))
  const fallback = choices.chance(0.25) ? ", 'x'" : ''
  return put(at, value.length, `${spelled(choices, name)}${fallback}`)
}
