/**
 * The order of values by a text each of them has.
 *
 * @since 0.1.0
 */
import { contramap, type Ord } from 'fp-ts/lib/Ord.js'
import * as S from 'fp-ts/lib/string.js'
import { Frozen } from '../pattern/index.js'

/**
 * By this text of a value, code unit by code unit. One call, so that a bundler leaves out an order that nobody uses.
 *
 * @category instances
 * @since 0.1.0
 */
export const orderedBy = <A>(text: (value: A) => string): Ord<A> => Frozen.deep(contramap(text)(S.Ord))
