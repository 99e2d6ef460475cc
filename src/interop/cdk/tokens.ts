/**
 * The tokens of AWS CDK: stand-ins, in text, lists, numbers and objects, for what is only known once an app is
 * synthesized. They come out as holes.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { isList, isRecord, plain } from '../../codec/index.js'
import { fromErrors, gap, type Gaps } from '../Gap.js'
import { clean, hole } from '../Hole.js'

// ---- codecs ----

/**
 * A construct of CDK as plain JSON, its tokens as holes.
 *
 * **Errors** `InvalidInput`, when it cannot be printed as JSON, or has more than a million values in it.
 * **Cost** linear.
 *
 * @category codecs
 * @since 0.1.0
 */
export const withHoles = (construct: unknown): E.Either<Gaps, unknown> => {
  const text = E.tryCatch(
    () => JSON.stringify(construct, replacer()),
    (thrown) => (thrown instanceof Error ? thrown.message : 'it cannot be printed'),
  )
  if (E.isLeft(text))
    return E.left([gap('InvalidInput', '', 'the document', `this is not JSON: ${text.left}`)])
  const read = plain(text.right)
  return E.isLeft(read)
    ? E.left(fromErrors('InvalidInput', '', 'the document')(read.left))
    : E.right(holes(read.right))
}

/** So many values are printed: objects that share their parts can stand for more than there is room for. */
const MOST = 1_000_000

/** No JSON has a bigint, so that printing ends here. */
const endless = 0n

/** What `JSON.stringify` is about to print; `this` still has the object whose `toJSON` was called. */
const replacer = (): ((this: unknown, key: string, value: unknown) => unknown) => {
  let left = MOST // local mutation: counted down, value by value
  return function (key, value) {
    left -= 1
    if (left < 0) return endless
    const original: unknown = isRecord(this) || isList(this) ? Reflect.get(this, key) : undefined
    return key !== '' && isResolvable(original)
      ? hole('UnresolvedToken', 'a value that is worked out later')
      : value
  }
}

const isResolvable = (value: unknown): boolean =>
  isRecord(value) && typeof Reflect.get(value, 'resolve') === 'function'

/** Recursion is bounded: the value was read by the codec. */
const holes = (value: unknown): unknown => {
  if (typeof value === 'string') return inText(value)
  if (typeof value === 'number') return isNumberToken(value) ? hole('UnresolvedToken', 'a number') : value
  if (isList(value)) return value.map(holes)
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [inText(key), holes(item)]))
    : value
}

const inText = (text: string): string =>
  text.includes('{Token[')
    ? text.replaceAll(/[$#]\{Token\[([^\]]*)\]\}/gu, (_, name: string) => hole('UnresolvedToken', name))
    : text

/** CDK keeps tokens that are numbers in a range of doubles that nobody uses. */
const isNumberToken = (value: number): boolean => value < -1e288 && value > -1e290

/**
 * What a construct of CDK prints itself as, tokens and all; what does not print itself is itself.
 *
 * **Errors** `InvalidInput`, when it throws.
 *
 * @category codecs
 * @since 0.1.0
 */
export const printed = (construct: unknown): E.Either<Gaps, unknown> =>
  E.tryCatch(
    () => {
      const print: unknown = isRecord(construct) ? Reflect.get(construct, 'toJSON') : undefined
      if (typeof print !== 'function') return construct
      const json: unknown = Reflect.apply(print, construct, [])
      return json
    },
    (): Gaps => [gap('InvalidInput', '', 'the statement', 'printing it as JSON throws')],
  )

/**
 * A construct of CDK, resolved by its stack, as JSON of CloudFormation.
 *
 * **Errors** `InvalidInput`, with what the stack says.
 *
 * @category codecs
 * @since 0.1.0
 */
export const resolvedBy = (
  stack: { readonly resolve: (value: unknown) => unknown },
  construct: unknown,
): E.Either<Gaps, unknown> =>
  E.tryCatch(
    () => stack.resolve(construct),
    (thrown): Gaps => [
      gap(
        'InvalidInput',
        '',
        'the document',
        `the stack does not resolve it: ${clean(thrown instanceof Error ? thrown.message : 'it throws').split('\n')[0] ?? ''}`,
      ),
    ],
  )
