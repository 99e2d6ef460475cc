/**
 * Resources as words of one language: `OWNER:RESOURCE`, where RESOURCE is an ARN or `*`, and OWNER is `-` when the ARN
 * names its account, else the account that owns the resource, or nothing when that is not known.
 *
 * So aws:ResourceAccount is a function of the word, as it is of a request. Accounts are any twelve letters here, as in
 * `callerText`.
 *
 * Source: SM-R1 to SM-R10, RC-6.
 *
 * @since 0.1.0
 */
import { Arn, type Operand, type Operator } from '../model/index.js'
import { Glob, Remember, StringSet } from '../pattern/index.js'
import type { Ordinary } from './Dimension.js'
import { withoutSeparator } from './globCalculus.js'

const any = Glob.normalize([Glob.runWithin])
const some = Glob.normalize([Glob.oneWithin, Glob.runWithin])
const account = Glob.normalize(Array.from({ length: 12 }, () => Glob.oneWithin))
const rest = Glob.normalize([Glob.one, Glob.run])

const text = (value: string): Glob.Glob => Glob.literal(value)

const arn = (partition: Glob.Glob, owner: Glob.Glob, named: Glob.Glob, tail: Glob.Glob): Glob.Glob =>
  Glob.concat([
    owner,
    text(':arn:'),
    partition,
    text(':'),
    some,
    text(':'),
    any,
    text(':'),
    named,
    text(':'),
    tail,
  ])

/**
 * Every word that is a resource.
 *
 * @category model
 * @since 0.1.0
 */
export const universe: () => StringSet.StringSet = Remember.once(() =>
  StringSet.stringSet([
    Glob.concat([account, text(':*')]),
    text(':*'),
    ...Arn.partitions.flatMap((partition) => [
      arn(text(partition), text('-'), account, rest),
      arn(text(partition), Glob.empty, Glob.empty, rest),
      arn(text(partition), account, Glob.empty, rest),
      arn(text(partition), Glob.empty, text('aws'), rest),
      arn(text(partition), account, text('aws'), rest),
    ]),
  ]),
)

/**
 * Some resources that are like most.
 *
 * @category model
 * @since 0.1.0
 */
export const ordinary: Ordinary = {
  words: [
    '-:arn:aws:ecr:us-east-1:111122223333:repository/example',
    ':arn:aws:s3:::example/example',
    '-:arn:aws:zq:zq:999999999999:zq',
    '111122223333:*',
  ],
  fillings: [
    ['-', 'arn', 'aws', 'ecr', 'us-east-1', '111122223333', 'example'],
    ['', 'arn', 'aws', 's3', '', '', 'example'],
    ['-', 'arn', 'aws', 'zq', 'zq', '999999999999', 'zq0'],
    ['', 'arn', 'aws', 'zq', 'zq', '', 'zq0'],
    ['111122223333', 'arn', 'aws', 's3', '', '', 'example'],
  ],
}

/**
 * The words whose resource matches a glob.
 *
 * @category constructors
 * @since 0.1.0
 */
export const matching = (glob: Glob.Glob): Glob.Glob => {
  const named = Arn.segments(Glob.literalPrefix(glob))
  return named.length === 6 && named[4]?.length === account.length // such an ARN names its owner
    ? Glob.concat([text('-:'), glob])
    : Glob.concat([any, text(':'), glob])
}

/**
 * The words of requests with a resource: those that the attached resource may be (SM-R9).
 *
 * @category model
 * @since 0.1.0
 */
export const withResource: StringSet.StringSet = StringSet.stringSet([matching(text('*'))], true)

/**
 * The word of requests without a resource of a caller without an account: only there is the owner unknown.
 *
 * @category model
 * @since 0.1.0
 */
export const ownerless: StringSet.StringSet = StringSet.stringSet([text(':*')])

// ---- aws:ResourceAccount ----

/** An owner that is written has twelve letters, which tells it from `-` and from nothing: what is not known is no text. */
const ownerIs = (owner: Glob.Glob): readonly Glob.Glob[] => [
  arn(any, text('-'), owner, Glob.all),
  ...nonEmpty(owner).flatMap((known) => [
    Glob.concat([known, text(':*')]),
    arn(any, known, Glob.empty, Glob.all),
    arn(any, known, text('aws'), Glob.all),
  ]),
]

/** The words of a glob that are not empty. If it has the empty one, it is nothing but runs. */
const nonEmpty = (glob: Glob.Glob): readonly Glob.Glob[] =>
  Glob.matches(glob)('')
    ? glob.map((_, i) => Glob.concat([glob.slice(0, i), [Glob.oneWithin], glob.slice(i)]))
    : [glob]

const ownerUnknown: readonly Glob.Glob[] = [
  text(':*'),
  arn(any, Glob.empty, Glob.empty, Glob.all),
  arn(any, Glob.empty, text('aws'), Glob.all),
]

/**
 * The words for which a test of aws:ResourceAccount holds; undefined when it cannot be said exactly.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const ownerSet = (
  truth: Operator.Truth,
  operands: readonly Operand.Operand[],
): StringSet.StringSet | undefined => {
  if (truth.present === 'Always' || truth.present === 'Never')
    return truth.missing === (truth.present === 'Always')
      ? StringSet.stringSet([Glob.all], !truth.missing)
      : StringSet.stringSet(ownerUnknown, !truth.missing)
  const globs = operands.map((operand) => {
    if (operand._tag === 'Nothing') return []
    const own = operand._tag === 'Strings' ? withoutSeparator(operand.glob) : undefined
    return operand._tag === 'Strings' ? (own === undefined ? [] : ownerIs(own)) : undefined
  })
  if (!globs.every((found) => found !== undefined)) return undefined
  const inside = globs.flat()
  if (truth.negated) return StringSet.stringSet(truth.missing ? inside : [...inside, ...ownerUnknown], true)
  return StringSet.stringSet(truth.missing ? [...inside, ...ownerUnknown] : inside)
}

// ---- back to resources ----

/**
 * The resource and its owner that a word stands for; letters of accounts that are no digits become `fill`.
 *
 * @category destructors
 * @since 0.1.0
 */
export const toResource = (
  word: string,
  fill = '9',
): { readonly resource: string; readonly owner: string | undefined } => {
  const colon = word.indexOf(':')
  const [owner, resource] = [word.slice(0, colon), word.slice(colon + 1)]
  const parts = Arn.segments(resource)
  const named = parts[4] ?? ''
  const repaired =
    named.length === 12 ? parts.map((part, i) => (i === 4 ? digits(named, fill) : part)).join(':') : resource
  return { resource: repaired, owner: owner === '-' || owner === '' ? undefined : digits(owner, fill) }
}

const digits = (account: string, fill: string): string =>
  Array.from(account, (char) => (char >= '0' && char <= '9' ? char : fill)).join('')
