/**
 * Reading the texts of a draft: actions, resources, principals, conditions. Each reader takes the place it reads at
 * and reports everything that is wrong there. All reading is the model's; only what depends on the sort of policy or
 * on the version is added.
 *
 * Source: GR-6, GR-11, GR-13, GR-14, VA-1, VA-2, VA-6, VA-10, U-3, U-6, U-18.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  Action,
  Arn,
  Condition,
  Operand,
  Operator,
  Principal,
  Problem,
  Resource,
  Variable,
  type Version,
} from '../model/index.js'
import { at, below, collect, refuse, type Checked } from './BuildError.js'
import type { ConditionDraft, PrincipalEntry, StatementDraft } from './Draft.js'

// ---- model ----

/**
 * What the reading of a text depends on.
 *
 * @category model
 * @since 0.1.0
 */
export interface Surroundings {
  readonly sort: StatementDraft['_tag']
  readonly version: Version.Version | undefined
}

type Reader<A, B> = (path: string) => (input: A) => Checked<B>

type NonEmpty<A> = readonly [A, ...(readonly A[])]

// ---- combinators ----

/**
 * A list with its head told apart, or the refusal of an empty one.
 *
 * @category combinators
 * @since 0.1.0
 */
export const nonEmpty =
  (path: string) =>
  <A>(list: readonly A[]): Checked<NonEmpty<A>> => {
    const [head, ...tail] = list
    return head === undefined
      ? refuse(path, Problem.problem('EmptyList', 'the list is empty', 'give at least one'))
      : E.right([head, ...tail])
  }

/**
 * Reads every entry of a list that must not be empty.
 *
 * @category combinators
 * @since 0.1.0
 */
export const listOf =
  <A, B>(read: Reader<A, B>): Reader<readonly A[], NonEmpty<B>> =>
  (path) =>
  (list) => {
    const entries = collect(list.map((entry, i) => read(below(path, i))(entry)))
    return E.isLeft(entries) ? entries : nonEmpty(path)(entries.right)
  }

const andThen =
  <A, B>(first: (input: A) => Checked<unknown>, then: (input: A) => Checked<B>) =>
  (input: A): Checked<B> => {
    const checked = first(input)
    return E.isLeft(checked) ? checked : then(input)
  }

// ---- constructors ----

/** GR-6, U-18: tab, line feed, carriage return and U+0020 to U+00FF. */
const isLatin = (char: string): boolean =>
  (char >= ' ' && char <= '\u00ff') || char === '\t' || char === '\n' || char === '\r'

const isSurrogate = (char: string): boolean => char.length === 1 && char >= '\ud800' && char <= '\udfff'

/**
 * A text whose characters AWS can store (GR-6, U-18).
 *
 * **Errors** `InvalidCharacter`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const text =
  ({ sort }: Surroundings): Reader<string, string> =>
  (path) =>
  (input) => {
    const bad = Array.from(input).find(
      (char) => isSurrogate(char) || (sort === 'IdentityStatement' && !isLatin(char)),
    )
    return bad === undefined
      ? E.right(input)
      : refuse(
          path,
          Problem.problem(
            'InvalidCharacter',
            `${Problem.quote(input)} has the character ${codePoint(bad)}, ${
              isSurrogate(bad) ? 'half of a pair' : 'and IAM stores none beyond U+00FF and few below U+0020'
            }`,
          ),
        )
  }

const codePoint = (char: string): string =>
  `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/**
 * An action pattern.
 *
 * @category constructors
 * @since 0.1.0
 */
export const action: Reader<string, Action.ActionPattern> = (path) => (input) =>
  at(path)(Action.parsePattern(input))

/**
 * A resource pattern, with its variables where variables count (VA-1).
 *
 * @category constructors
 * @since 0.1.0
 */
export const resource =
  (around: Surroundings): Reader<string, Resource.ResourcePattern> =>
  (path) =>
    andThen(text(around)(path), (input) => {
      const pattern = Resource.parsePattern(input)
      if (around.version !== '2012-10-17') return at(path)(pattern)
      const open = input.indexOf('${')
      const tail = Arn.segments(input)[5] ?? ''
      if (open !== -1 && open < input.length - tail.length)
        return refuse(path, Problem.problem('InvalidVariable', `${Problem.quote(input)}: ${TOO_EARLY}`))
      const template = Variable.parse(around.version)(tail)
      return E.isLeft(template) ? refuse(path, template.left) : at(path)(pattern)
    })

const TOO_EARLY = 'policy variables have no meaning before the fifth colon of an ARN'

/**
 * An entry of a principal map. `path` is the place of the whole element, `index` counts within one type.
 *
 * @category constructors
 * @since 0.1.0
 */
export const principals =
  (around: Surroundings): Reader<readonly PrincipalEntry[], Principal.PrincipalList> =>
  (path) =>
  (entries) => {
    const seen = new Map<string, number>() // local mutation: one pass that counts each type
    const results = entries.map((entry) => {
      const { type, text: written } = asText(entry)
      const index = seen.get(type) ?? 0
      seen.set(type, index + 1)
      return principal(around, type)(below(below(path, type), index))(written)
    })
    const all = collect(results)
    if (E.isLeft(all)) return all
    const list = nonEmpty(path)(all.right)
    return E.isLeft(list) ? list : E.right(Principal.list(list.right))
  }

const asText = (entry: PrincipalEntry): { readonly type: Principal.PrincipalType; readonly text: string } => {
  if (typeof entry === 'string') return { type: 'AWS', text: entry }
  return entry._tag === 'PrincipalText'
    ? entry
    : { type: Principal.typeOf(entry), text: Principal.show(entry) }
}

const principal = (
  around: Surroundings,
  type: Principal.PrincipalType,
): Reader<string, Principal.Principal> => {
  return (path) =>
    andThen(text(around)(path), (input) => {
      const read = Principal.parse(type)(input)
      if (E.isRight(read)) return read
      const hint = type === 'AWS' ? otherType(input) : undefined
      return refuse(path, { ...read.left, suggestion: read.left.suggestion ?? hint })
    })
}

/** What an `AWS` entry would have been under another type. */
const otherType = (input: string): string | undefined => {
  if (E.isRight(Principal.parse('Service')(input))) return `a service is \`service('${input}')\``
  return E.isRight(Principal.parse('Federated')(input))
    ? `an identity provider is \`identityProvider('${input}')\``
    : undefined
}

/**
 * The conditions of a statement. `path` is the place of the `Condition` element.
 *
 * **Errors** `DuplicateConditionKey`, `InvalidConditionOperator`, `InvalidConditionKey`, `InvalidConditionValue`,
 * `InvalidVariable`, `EmptyList` for a condition without values, which could never mean what it says (U-4).
 *
 * @category constructors
 * @since 0.1.0
 */
export const conditions =
  (around: Surroundings): Reader<readonly ConditionDraft[], Condition.ConditionBlock> =>
  (path) =>
  (drafts) => {
    const read = collect([...drafts.map(condition(around)(path)), ...repeated(path)(drafts)])
    return E.isLeft(read) ? read : at(path)(Condition.block(read.right))
  }

const operatorText = ({ operator }: ConditionDraft): string =>
  typeof operator === 'string' ? operator : Operator.show(operator)

const place = (path: string, draft: ConditionDraft): string =>
  below(below(path, operatorText(draft)), draft.key)

/** CO-5, each repetition at its own place; the words are those of `Condition.block`. */
const repeated =
  (path: string) =>
  (drafts: readonly ConditionDraft[]): readonly Checked<never>[] => {
    const seen = new Map<string, Condition.Condition>() // local mutation: one pass
    return drafts.flatMap((draft) => {
      const made = Condition.make(operatorText(draft), draft.key, draft.values)
      if (E.isLeft(made)) return []
      const name = `${operatorText(draft)} ${Condition.foldKey(draft.key)}`
      const first = seen.get(name)
      if (first === undefined) {
        seen.set(name, made.right)
        return []
      }
      const block = Condition.block([first, made.right])
      return E.isLeft(block) ? [refuse(place(path, draft), block.left)] : []
    })
  }

const condition =
  (around: Surroundings): Reader<ConditionDraft, Condition.Condition> =>
  (path) =>
  (draft) => {
    const here = place(path, draft)
    const made = Condition.make(operatorText(draft), draft.key, [...draft.values])
    if (E.isLeft(made))
      return refuse(
        made.left.code === 'InvalidConditionOperator' ? below(path, operatorText(draft)) : here,
        made.left,
      )
    const key = text(around)(here)(draft.key)
    const values = listOf(value(around, made.right.operator))(here)(draft.values)
    const read = collect<unknown>([key, values])
    return E.isLeft(read) ? read : E.right(made.right)
  }

const value =
  (around: Surroundings, operator: Operator.ConditionOperator): Reader<string, string> =>
  (path) =>
    andThen(text(around)(path), (input) => {
      const { comparison } = Operator.operators[operator.name]
      if (comparison.type === 'Null') return truthOfNull(path, input)
      if (comparison.type === 'String' || comparison.type === 'Arn') {
        const template = Variable.parse(around.version)(input)
        if (E.isLeft(template)) return refuse(path, template.left)
      }
      const operand = Operand.read(comparison, around.version, anyValue)(input)
      return operand._tag === 'Nothing'
        ? refuse(path, unreadable(input, operator, WANTED[comparison.type], comparison.type))
        : E.right(input)
    })

/** Every variable has a value: what is asked is whether the text around it can be read. */
const anyValue: Variable.Lookup = () => ({ _tag: 'Value', value: 'x' })

const truthOfNull = (path: string, input: string): Checked<string> =>
  ['true', 'false'].includes(input.toLowerCase())
    ? E.right(input)
    : refuse(
        path,
        Problem.problem(
          'InvalidConditionValue',
          `${Problem.quote(input)} is not true or false, as Null wants`,
        ),
      )

const WANTED = {
  String: 'a text',
  Numeric: 'a number',
  Date: 'a date, written as in ISO 8601 or as seconds since 1970',
  Bool: 'true or false',
  Binary: 'base64',
  IpAddress: 'an IP address or CIDR block',
  Arn: 'an ARN of six parts, wildcards allowed',
} as const

const unreadable = (
  input: string,
  operator: Operator.ConditionOperator,
  wanted: string,
  type: keyof typeof WANTED,
): Problem.Problem =>
  Problem.problem(
    'InvalidConditionValue',
    `${Problem.quote(input)} is not ${wanted}, as ${operator.name} wants`,
    input.includes('${') && type !== 'Arn'
      ? 'policy variables work under String and ARN operators only'
      : undefined,
  )
