/**
 * The way from input of any sort to a decoder: JSON text is parsed, objects are copied, and what the decoder finds
 * wrong is located.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { isNonEmpty as isNonEmptyArray } from 'fp-ts/lib/Array.js'
import * as O from 'fp-ts/lib/Option.js'
import { Problem } from '../model/index.js'
import { CodePoint, Decimal, Remember } from '../pattern/index.js'
import { checkCharacters } from './characters.js'
import { countMembers } from './Json.js'
import { path, pointer, type Place } from './Place.js'
import { fromFindings, type PolicyErrors } from './PolicyError.js'
import { lineColumns } from './position.js'
import { depthLimit, scan, type Flaw } from './scan.js'
import * as Sink from './Sink.js'
import { sizeLimit, snapshot } from './snapshot.js'
import { countBlanks, countColons, isDeep, isPlain, mayHaveLongNumbers } from './survey.js'
import * as Wanted from './Wanted.js'

// ---- model ----

/**
 * What a decoder knows of its input besides the value.
 *
 * - `length`: a number that `size` does not exceed, known at once.
 * - `size`: characters of the whole input; `blanks` says whether white space between tokens counts. Objects count as
 *   compact JSON. Undefined when the value is not JSON.
 * - `number`: the text of a number at a place, digits as written where a binary number would change them; undefined for
 *   what is no number.
 * - `checkCharacters`: see there; does nothing when the text is known to be fine.
 *
 * @category model
 * @since 0.1.0
 */
export interface Input {
  readonly sink: Sink.Sink
  readonly length: number
  readonly size: (blanks: boolean) => number | undefined
  readonly number: (value: number, place: () => Place) => string | undefined
  readonly checkCharacters: (latin: boolean, value: unknown, place: Place | undefined) => void
}

/**
 * Reads a value, reports what is wrong to the input's sink, and returns undefined if it cannot make anything of it.
 *
 * @category model
 * @since 0.1.0
 */
export type Decoder<A> = (input: Input, value: unknown, place: Place | undefined) => A | undefined

/**
 * What came of decoding: a value if there are no findings.
 *
 * @category model
 * @since 0.1.0
 */
export interface Decoded<A> {
  readonly findings: readonly Sink.Finding[]
  readonly value: A | undefined
}

// ---- constructors ----

/**
 * Decodes JSON text, if the input is a string, or else a value.
 *
 * @category codecs
 * @since 0.1.0
 */
export const read =
  <A>(decoder: Decoder<A>) =>
  (input: unknown): E.Either<PolicyErrors, A> => {
    const { findings, value } =
      typeof input === 'string' ? readText(decoder)(input) : readValue(decoder)(input)
    const errors = [...fromFindings(findings)]
    if (isNonEmptyArray(errors)) return E.left(errors)
    return value === undefined
      ? E.left([
          { pointer: '', code: 'InvalidType', message: 'the input is not valid', suggestion: undefined },
        ])
      : E.right(value)
  }

/**
 * Decodes JSON text.
 *
 * **Cost** for valid text: `JSON.parse`, a few native searches through the text and the decoder; otherwise a strict
 * scan besides.
 *
 * @category codecs
 * @since 0.1.0
 */
export const readText =
  <A>(decoder: Decoder<A>) =>
  (text: string): Decoded<A> => {
    if (text.length > sizeLimit) return { findings: [tooLarge], value: undefined }
    const parsed = parseJson(text)
    const members = E.isLeft(parsed) ? Number.NaN : countMembers(depthLimit, parsed.right)
    if (E.isLeft(parsed) || Number.isNaN(members))
      return { findings: located(text, [], scan(text, undefined).flaws), value: undefined }
    const sink = Sink.make()
    const value = decoder(textInput(text, sink), parsed.right, undefined)
    const findings = sink.findings()
    if (findings.length === 0 && members === countColons(text)) return { findings, value }
    const wanted = Wanted.make(findings.map((finding) => finding.path))
    const { flaws } = scan(text, wanted)
    return { findings: located(text, place(wanted)(findings), flaws), value }
  }

/**
 * Decodes a value that is no JSON text.
 *
 * @category codecs
 * @since 0.1.0
 */
export const readValue =
  <A>(decoder: Decoder<A>) =>
  (input: unknown): Decoded<A> => {
    const sink = Sink.make()
    const plain = snapshot(sink)(input)
    const unread = sink.findings()
    if (unread.some(({ problem }) => problem.code !== 'InvalidType') || sink.full())
      return { findings: unread, value: undefined }
    const places = new Set(unread.map((finding) => pointer(finding.path)))
    const found = Sink.make()
    const value = decoder(valueInput(plain, found), plain, undefined)
    const others = found.findings().filter((finding) => !places.has(pointer(finding.path)))
    return { findings: [...unread, ...others], value }
  }

/** Left for what is no JSON or too deep: the scan finds where. */
const parseJson = (text: string): E.Either<undefined, unknown> =>
  isDeep(depthLimit, text)
    ? E.left(undefined)
    : E.tryCatch(
        (): unknown => JSON.parse(text),
        () => undefined,
      )

const tooLarge: Sink.Finding = {
  path: [],
  problem: Problem.problem('TooLarge', `the input is too large: at most ${sizeLimit} characters are read`),
  line: 1,
  column: 1,
}

// ---- inputs ----

const textInput = (text: string, sink: Sink.Sink): Input => {
  const plain = isPlain(text)
  const numbers = Remember.once(() =>
    mayHaveLongNumbers(text) ? scan(text, undefined).numbers : new Map<string, string>(),
  )
  return {
    sink,
    length: text.length,
    size: (blanks) => (plain ? text.length : CodePoint.count(text)) - (blanks ? 0 : countBlanks(text)),
    number: (value, at) =>
      (numbers().size === 0 ? undefined : numbers().get(pointer(path(at())))) ?? plainNumber(value),
    checkCharacters: plain ? () => undefined : (latin, value, at) => checkCharacters(sink, latin, value, at),
  }
}

const valueInput = (plain: unknown, sink: Sink.Sink): Input => ({
  sink,
  length: Infinity,
  size: () =>
    E.match(
      () => undefined,
      (text: string | undefined) => (text === undefined ? undefined : CodePoint.count(text)),
    )(
      E.tryCatch(
        () => JSON.stringify(plain),
        () => undefined,
      ),
    ),
  number: plainNumber,
  checkCharacters: (latin, value, at) => checkCharacters(sink, latin, value, at),
})

/** In plain decimal notation, which JavaScript leaves for large and small numbers. */
const plainNumber = (value: number): string | undefined =>
  O.toUndefined(O.map(Decimal.show)(Decimal.parse(String(value))))

// ---- positions ----

interface Offset {
  readonly finding: Sink.Finding
  readonly offset: number
}

/** Codes that speak of a member's name rather than of its value. */
const aboutNames: readonly Problem.ProblemCode[] = [
  'ConflictingElements',
  'DuplicateConditionKey',
  'ForbiddenElement',
  'InvalidConditionKey',
  'InvalidConditionOperator',
  'UnknownElement',
]

const place =
  (wanted: Wanted.Wanted) =>
  (findings: readonly Sink.Finding[]): readonly Offset[] =>
    findings.map((finding) => ({
      finding,
      offset: Wanted.offsetOf(aboutNames.includes(finding.problem.code) ? 'key' : 'value')(
        wanted,
        finding.path,
      ),
    }))

/** All findings in the order of the text. */
const located = (text: string, found: readonly Offset[], flaws: readonly Flaw[]): readonly Sink.Finding[] => {
  const all = [
    ...found,
    ...flaws.map(({ place: at, offset, problem }) => ({ finding: { path: path(at), problem }, offset })),
  ].sort((a, b) => a.offset - b.offset)
  const positions = lineColumns(
    text,
    all.map(({ offset }) => offset),
  )
  return all.map(({ finding }, i) => ({ ...finding, ...positions[i] }))
}
