/**
 * An `Operand` is one value of a condition, read as its operator's type: a set of request values. This is the only
 * place where policy values and request values are read (numbers, dates, addresses, ARNs, wildcards); the simulator
 * asks it for membership, the algebra takes it as a set.
 *
 * Source: CO-S1 to CO-R3, VA-2, VA-6, VA-7, U-3, U-6, U-7, U-10.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { Bytes, Decimal, Glob, Instant, IpAddress, Truth } from '../pattern/index.js'
import type { Comparison, Relation } from './Operator.js'
import { bounded, joinSegments } from './segment.js'
import * as Variable from './Variable.js'
import type { Version } from './Version.js'

// ---- model ----

/**
 * The set of request values that one policy value stands for. `Nothing`: it cannot be read, or a variable in it
 * cannot be resolved (U-3, U-7).
 *
 * @category model
 * @since 0.1.0
 */
export type Operand =
  | { readonly _tag: 'Strings'; readonly glob: Glob.Glob }
  | { readonly _tag: 'Numbers'; readonly relation: Relation; readonly bound: Decimal.Decimal }
  | { readonly _tag: 'Instants'; readonly relation: Relation; readonly bound: Instant.Instant }
  | { readonly _tag: 'Addresses'; readonly block: IpAddress.Block }
  | { readonly _tag: 'Truths'; readonly value: boolean }
  | { readonly _tag: 'Octets'; readonly value: Bytes.Bytes }
  | { readonly _tag: 'Nothing' }

const nothing: Operand = { _tag: 'Nothing' }

// ---- constructors ----

/**
 * Reads a policy value for a comparison, as its document's version has it and with `lookup` for variables.
 *
 * @category constructors
 * @since 0.1.0
 */
export const read =
  (comparison: Comparison, version: Version | undefined, lookup: Variable.Lookup) =>
  (text: string): Operand => {
    switch (comparison.type) {
      case 'String':
        return strings(
          Variable.glob(version, lookup, comparison.pattern ? Glob.parse : Glob.literal)(text),
          comparison.ignoreCase,
        )
      case 'Arn':
        return strings(arnGlob(version, lookup)(text), false)
      case 'Numeric':
        return orNothing(Decimal.parse(text), (bound) => ({
          _tag: 'Numbers',
          relation: comparison.relation,
          bound,
        }))
      case 'Date':
        return orNothing(Instant.parse(text), (bound) => ({
          _tag: 'Instants',
          relation: comparison.relation,
          bound,
        }))
      case 'IpAddress':
        return orNothing(IpAddress.parseBlock(text), (block) => ({ _tag: 'Addresses', block }))
      case 'Bool':
        return orNothing(Truth.parse(text), (value) => ({ _tag: 'Truths', value }))
      case 'Binary':
        return orNothing(Bytes.parse(text), (value) => ({ _tag: 'Octets', value }))
      case 'Null':
        return nothing
    }
  }

const orNothing = <A>(parsed: O.Option<A>, make: (value: A) => Operand): Operand =>
  O.isSome(parsed) ? make(parsed.value) : nothing

const strings = (glob: Glob.Glob | undefined, ignoreCase: boolean): Operand =>
  glob === undefined ? nothing : { _tag: 'Strings', glob: ignoreCase ? ignoringCase(glob) : glob }

const ignoringCase = (glob: Glob.Glob): Glob.Glob =>
  Glob.concat(glob.map((token) => (token._tag === 'Text' ? Glob.literalIgnoreCase(token.text) : [token])))

const HEAD = 5

/** CO-R2: six parts matched one by one, the sixth free. Values of variables are in place before the parts are told apart. */
const arnGlob =
  (version: Version | undefined, lookup: Variable.Lookup) =>
  (text: string): Glob.Glob | undefined => {
    const template = Variable.parse(version)(text)
    if (E.isLeft(template)) return undefined
    const parts: Glob.Glob[][] = [[]] // local mutation: the parts read so far, each a list of globs
    for (const piece of template.right) {
      const [read, written] = arnPiece(lookup)(piece)
      if (written === undefined) return undefined
      const [first, ...more] = splitHead(written, HEAD + 1 - parts.length).map(read)
      if (first !== undefined) parts[parts.length - 1]?.push(first)
      for (const glob of more) parts.push([glob])
    }
    if (parts.length <= HEAD) return undefined // U-10
    return joinSegments(
      parts.map((globs, i) => (i < HEAD ? bounded(Glob.concat(globs)) : Glob.concat(globs))),
    )
  }

const arnPiece =
  (lookup: Variable.Lookup) =>
  (piece: Variable.Piece): readonly [(text: string) => Glob.Glob, string | undefined] => {
    switch (piece._tag) {
      case 'Text':
        return [Glob.parse, piece.text]
      case 'Character':
        return [Glob.literal, piece.char]
      case 'Variable':
        return [Glob.literal, Variable.resolve(lookup)(piece)]
    }
  }

/** A text cut at its first `cuts` colons. */
const splitHead = (text: string, cuts: number): readonly string[] => {
  const parts = text.split(':')
  return parts.length <= cuts + 1 ? parts : [...parts.slice(0, cuts), parts.slice(cuts).join(':')]
}

// ---- predicates ----

/**
 * Is a request value in the set? A value that cannot be read as the set's type is not (U-3).
 *
 * @category predicates
 * @since 0.1.0
 */
export const admits =
  (operand: Operand) =>
  (value: string): boolean => {
    switch (operand._tag) {
      case 'Strings':
        return Glob.matches(operand.glob)(value)
      case 'Numbers':
        return holds(Decimal.parse(value), (number) =>
          stands(operand.relation, Decimal.compare(number, operand.bound)),
        )
      case 'Instants':
        return holds(Instant.parse(value), (instant) =>
          stands(operand.relation, Instant.Ord.compare(instant, operand.bound)),
        )
      case 'Addresses':
        return holds(IpAddress.parseAddress(value), IpAddress.contains(operand.block))
      case 'Truths':
        return holds(Truth.parse(value), (truth) => truth === operand.value)
      case 'Octets':
        return holds(Bytes.parse(value), (bytes) => Bytes.Eq.equals(bytes, operand.value))
      case 'Nothing':
        return false
    }
  }

const holds = <A>(parsed: O.Option<A>, test: (value: A) => boolean): boolean =>
  O.isSome(parsed) && test(parsed.value)

const stands = (relation: Relation, order: -1 | 0 | 1): boolean => {
  switch (relation) {
    case 'Equals':
      return order === 0
    case 'LessThan':
      return order < 0
    case 'LessThanEquals':
      return order <= 0
    case 'GreaterThan':
      return order > 0
    case 'GreaterThanEquals':
      return order >= 0
  }
}
