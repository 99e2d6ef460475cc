/**
 * Reading plain data of which nothing is known yet, member by member.
 *
 * @since 0.1.0
 */
import { isList, isRecord, member, type UnknownRecord } from '../codec/index.js'
import { gap, type Gap } from './Gap.js'
import { at } from './pointer.js'

// ---- model ----

/**
 * A value and where it stands.
 *
 * @category model
 * @since 0.1.0
 */
export interface Located<A = unknown> {
  readonly value: A
  readonly pointer: string
}

// ---- destructors ----

/**
 * A member, or undefined when it is not there or `null`.
 *
 * @category destructors
 * @since 0.1.0
 */
export const field =
  (name: string) =>
  ({ value, pointer }: Located): Located => ({
    value: isRecord(value) ? (member(value, name) ?? undefined) : undefined,
    pointer: at(pointer, name),
  })

/**
 * The text of a member; undefined when it is none.
 *
 * @category destructors
 * @since 0.1.0
 */
export const text =
  (name: string) =>
  (located: Located): string | undefined => {
    const { value } = field(name)(located)
    return typeof value === 'string' ? value : undefined
  }

/**
 * The items of a list, each with its place; of what is no list, none.
 *
 * @category destructors
 * @since 0.1.0
 */
export const items = ({ value, pointer }: Located): readonly Located[] =>
  isList(value) ? value.map((item, i) => ({ value: item, pointer: at(pointer, i) })) : []

/**
 * The members of an object, each with its name and place; of what is no object, none.
 *
 * @category destructors
 * @since 0.1.0
 */
export const members = ({ value, pointer }: Located): readonly (Located & { readonly name: string })[] =>
  isRecord(value)
    ? Object.entries(value).map(([name, item]) => ({ name, value: item, pointer: at(pointer, name) }))
    : []

/**
 * Is the value an object?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isObject = (located: Located): located is Located<UnknownRecord> => isRecord(located.value)

// ---- constructors ----

/**
 * A value is not what it should be.
 *
 * @category errors
 * @since 0.1.0
 */
export const wrong = ({ pointer }: Located, subject: string, expected: string): Gap =>
  gap('InvalidInput', pointer, subject, `${expected} is expected here`)

/**
 * A list, if there is a value, or else it is wrong.
 *
 * @category errors
 * @since 0.1.0
 */
export const wrongList = (located: Located, subject: string): readonly Gap[] =>
  located.value === undefined || isList(located.value) ? [] : [wrong(located, subject, 'a list')]
