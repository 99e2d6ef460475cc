/**
 * An `Arn` is an Amazon Resource Name: `arn:partition:service:region:account:resource`. The sixth part is
 * everything after the fifth colon, colons and slashes included. Region and account may be empty.
 *
 * Laws: 1. `show(parse(s)) = s` for every `s` that parses  2. `parse(show(a))` equals `a`
 * Source: SM-R2, GR-13.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import type * as Ord_ from 'fp-ts/lib/Ord.js'
import type * as Show_ from 'fp-ts/lib/Show.js'
import type { Brand } from './Brand.js'
import { isText, notText } from './Given.js'
import { orderedBy } from './orderedBy.js'
import { getOrThrow } from './orThrow.js'
import { problem, quote, show as showProblem, type Problem } from './Problem.js'
import { Frozen } from '../pattern/index.js'

// ---- model ----

/**
 * Every AWS partition, by the name that stands in its ARNs.
 *
 * @category model
 * @since 0.1.0
 */
export const partitions: readonly [
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-eusc',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
] = /* @__PURE__ */ Frozen.deep([
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-eusc',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
])

/**
 * An AWS partition. Delegation between accounts works only inside one (XA-6).
 *
 * @category model
 * @since 0.1.0
 */
export type Partition = (typeof partitions)[number]

/**
 * The twelve digits of an AWS account. Like every brand of text it takes the `Eq`, `Ord` and `Show` of `string`.
 *
 * @category model
 * @since 0.1.0
 */
export type AccountId = Brand<string, 'AccountId'>

/**
 * An ARN, read into its parts; `text` is the whole of it.
 *
 * @category model
 * @since 0.1.0
 */
export type Arn = Brand<
  {
    readonly _tag: 'Arn'
    readonly text: string
    readonly partition: Partition
    readonly service: string
    readonly region: string
    readonly account: string
    readonly resource: string
  },
  'Arn'
>

// ---- refinements ----

/**
 * Is this the name of a partition?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isPartition = (text: string): text is Partition =>
  partitions.some((partition) => partition === text)

/**
 * Is this twelve ASCII digits?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isAccountId = (text: string): text is AccountId => /^[0-9]{12}$/.test(text)

// ---- constructors ----

/**
 * Reads an account id.
 *
 * **Errors** `InvalidAccountId`.
 *
 * @example
 * import { Arn } from 'ecr-policy'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * E.isRight(Arn.accountId('111122223333')) // => true
 * E.isRight(Arn.accountId('1111-2222-3333')) // => false
 *
 * @category constructors
 * @since 0.1.0
 */
export const accountId = (text: string): E.Either<Problem, AccountId> => {
  if (!isText(text)) return E.left(notText('an account id', text))
  return isAccountId(text)
    ? E.right(text)
    : E.left(problem('InvalidAccountId', `${quote(text)} is not a 12-digit account id`))
}

/**
 * Reads an account id, or throws.
 *
 * @category constructors
 * @since 0.1.0
 */
export const accountIdOrThrow = (text: string): AccountId => getOrThrow(showProblem)(accountId(text))

/**
 * The parts of a colon-separated name: at most six, the last holding whatever follows the fifth colon.
 *
 * @category destructors
 * @since 0.1.0
 */
export const segments = (text: string): readonly string[] => {
  const parts = text.split(':')
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')]
}

/**
 * Reads an ARN.
 *
 * **Errors** `InvalidArn`: fewer than six parts, another first part than `arn`, an unknown partition, an empty
 * service or resource, or an account that is neither empty, twelve digits nor `aws`.
 *
 * @example
 * import { Arn } from 'ecr-policy'
 *
 * Arn.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/app').resource // => 'repository/app'
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): E.Either<Problem, Arn> => {
  if (!isText(text)) return E.left(notText('an ARN', text))
  const parts = segments(text)
  const [prefix, partition = '', service = '', region = '', account = '', resource = ''] = parts
  if (parts.length !== 6 || prefix !== 'arn')
    return refuse(text, 'an ARN has six parts: arn:partition:service:region:account:resource')
  if (!isPartition(partition))
    return refuse(text, `${quote(partition)} is not a partition; known are ${partitions.join(', ')}`)
  const fields = { _tag: 'Arn', text, partition, service, region, account, resource } as const
  const fault = faultOf(fields)
  return fault === undefined ? E.right(unsafe(fields)) : refuse(text, fault)
}

type Fields = Omit<Arn, keyof Brand<unknown, 'Arn'>>

const faultOf = ({ service, account, resource }: Fields): string | undefined => {
  if (service === '') return 'its service is empty'
  if (resource === '') return 'its resource is empty'
  return account === '' || account === 'aws' || isAccountId(account)
    ? undefined
    : `${quote(account)} is not a 12-digit account id`
}

const refuse = (text: string, why: string): E.Either<Problem, never> =>
  E.left(problem('InvalidArn', `${quote(text)} is not an ARN: ${why}`))

// eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the constructor of the brand
const unsafe = (fields: Fields): Arn => Object.freeze(fields) as Arn

/**
 * Reads an ARN, or throws one error that says why not.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parseOrThrow = (text: string): Arn => getOrThrow(showProblem)(parse(text))

// ---- rendering ----

/**
 * The text of an ARN.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (arn: Arn): string => arn.text

// ---- instances ----

/**
 * Equal when their texts are.
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<Arn> = /* @__PURE__ */ Frozen.deep({ equals: (a, b) => a.text === b.text })

/**
 * By text, code unit by code unit.
 *
 * @category instances
 * @since 0.1.0
 */
export const Ord: Ord_.Ord<Arn> = /* @__PURE__ */ orderedBy((arn: Arn) => arn.text)

/**
 * The text.
 *
 * @category instances
 * @since 0.1.0
 */
export const Show: Show_.Show<Arn> = /* @__PURE__ */ Frozen.deep({ show })
