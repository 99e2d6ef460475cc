/**
 * A strict reading of JSON text (RFC 8259) for what `JSON.parse` keeps to itself: where a syntax error is, which keys
 * stand twice, what the digits of a long number were, and where a place starts. It keeps its own stack, so deep
 * nesting is no danger.
 *
 * @since 0.1.0
 */
import { Decimal } from '../pattern/index.js'
import { Problem } from '../model/index.js'
import * as O from 'fp-ts/lib/Option.js'
import { at, path, pointer, type Place } from './Place.js'
import { findingsLimit } from './Sink.js'
import { numberEnd, skipBlanks, stringEnd } from './token.js'
import type { Wanted } from './Wanted.js'

// ---- model ----

/**
 * A problem of the text itself, with the offset at which it shows.
 *
 * @category model
 * @since 0.1.0
 */
export interface Flaw {
  readonly place: Place | undefined
  readonly offset: number
  readonly problem: Problem.Problem
}

/**
 * What a scan found: repeated keys and at most one error of syntax or depth, which ends it; by pointer, the tokens of
 * numbers whose digits a binary number does not hold.
 *
 * @category model
 * @since 0.1.0
 */
export interface Scan {
  readonly flaws: readonly Flaw[]
  readonly numbers: ReadonlyMap<string, string>
}

/**
 * Nesting beyond this many levels is refused; a valid policy has six.
 *
 * @category model
 * @since 0.1.0
 */
export const depthLimit = 64

type Expecting = 'Value' | 'FirstItem' | 'FirstKey' | 'Key' | 'After'

interface Frame {
  readonly parent: Frame | undefined
  readonly depth: number
  readonly place: Place | undefined
  /** Notes a member name, and says whether it is the first of its name; undefined for lists. */
  readonly meet: ((name: string) => boolean) | undefined
  readonly key: string | number
  readonly wanted: Wanted | undefined
}

interface State {
  readonly offset: number
  readonly expecting: Expecting
  readonly frame: Frame | undefined
  readonly wanted: Wanted | undefined
}

interface Notes {
  readonly text: string
  readonly report: (flaw: Flaw) => void
  readonly keep: (place: Place | undefined, token: string) => void
}

// ---- constructors ----

/**
 * Scans a text, and marks the offsets of the wanted places.
 *
 * **Cost** linear in the text.
 *
 * @category constructors
 * @since 0.1.0
 */
export const scan = (text: string, wanted: Wanted | undefined): Scan => {
  const flaws: Flaw[] = [] // local mutation: filled token by token
  const numbers = new Map<string, string>() // local mutation: as above
  const notes: Notes = {
    text,
    report: (flaw) => {
      if (flaws.length <= findingsLimit || flaw.problem.code !== 'DuplicateKey') flaws.push(flaw)
    },
    keep: (place, token) => {
      numbers.set(pointer(path(place)), token)
    },
  }
  let state: State | undefined = { offset: 0, expecting: 'Value', frame: undefined, wanted }
  while (state !== undefined) {
    const offset = skipBlanks(text, state.offset)
    state = advance(notes, offset === state.offset ? state : moved(state, offset, state.expecting))
  }
  return { flaws, numbers }
}

/** Written out, since a spread would make this the slowest line of the scan. */
const moved = ({ frame, wanted }: State, offset: number, expecting: Expecting): State => ({
  offset,
  expecting,
  frame,
  wanted,
})

const advance = (notes: Notes, state: State): State | undefined => {
  switch (state.expecting) {
    case 'Value':
      return value(notes, state)
    case 'FirstItem':
      return notes.text[state.offset] === ']' ? close(state) : value(notes, state)
    case 'FirstKey':
      return notes.text[state.offset] === '}' ? close(state) : key(notes, state)
    case 'Key':
      return key(notes, state)
    case 'After':
      return after(notes, state)
  }
}

const placeOf = ({ frame }: State): Place | undefined =>
  frame === undefined ? undefined : at(frame.place, frame.key)

const flaw = (
  notes: Notes,
  state: State,
  offset: number,
  message: string,
  suggestion?: string,
): State | undefined => {
  const { text } = notes
  const found = offset >= text.length ? 'the text ends' : `found ${Problem.quote(charAt(text, offset))}`
  const problem = Problem.problem('InvalidJson', `the text is not JSON: ${message}, ${found}`, suggestion)
  notes.report({ place: placeOf(state), offset, problem })
  return undefined
}

const charAt = (text: string, offset: number): string => String.fromCodePoint(text.codePointAt(offset) ?? 0)

// ---- values ----

const value = (notes: Notes, state: State): State | undefined => {
  const { text } = notes
  const { offset, wanted } = state
  wanted?.mark('value', offset)
  switch (text.charAt(offset)) {
    case '"':
      return string(notes, state)
    case '{':
      return open(notes, state, 'FirstKey')
    case '[':
      return open(notes, state, 'FirstItem')
    case 't':
      return literal(notes, state, 'true')
    case 'f':
      return literal(notes, state, 'false')
    case 'n':
      return literal(notes, state, 'null')
    default:
      return /^[-0-9]$/.test(text[offset] ?? '')
        ? number(notes, state)
        : flaw(notes, state, offset, 'a value is expected', valueHint(notes, state))
  }
}

const valueHint = ({ text }: Notes, { offset, frame }: State): string | undefined => {
  switch (text.charAt(offset)) {
    case '\uFEFF':
      return 'the text begins with a byte order mark: leave it out'
    case "'":
      return 'strings stand in double quotes'
    case '/':
      return 'JSON has no comments'
    case ']':
      return frame === undefined ? undefined : 'leave out the comma before `]`'
    default:
      return undefined
  }
}

const string = (notes: Notes, state: State): State | undefined => {
  const end = stringEnd(notes.text, state.offset)
  return end < 0 ? brokenString(notes, state, ~end) : moved(state, end, 'After')
}

const brokenString = (notes: Notes, state: State, offset: number): State | undefined =>
  notes.text[offset] === '\\'
    ? flaw(notes, state, offset, 'a string has an escape that does not exist')
    : flaw(
        notes,
        state,
        offset,
        offset < notes.text.length ? 'a string has a raw control character' : 'a string is not closed',
      )

const literal = (notes: Notes, state: State, word: string): State | undefined =>
  notes.text.startsWith(word, state.offset)
    ? moved(state, state.offset + word.length, 'After')
    : flaw(notes, state, state.offset, 'a value is expected')

const number = (notes: Notes, state: State): State | undefined => {
  const end = numberEnd(notes.text, state.offset)
  if (end < 0) return flaw(notes, state, ~end, 'a number is malformed')
  const token = notes.text.slice(state.offset, end)
  if (token.length > 15 || /[eE]/.test(token)) {
    if (!isExact(token)) notes.keep(placeOf(state), token)
  }
  return moved(state, end, 'After')
}

const isExact = (token: string): boolean => {
  const [written, held] = [Decimal.parse(token), Decimal.parse(String(Number(token)))]
  return O.isSome(written) && O.isSome(held) && written.value === held.value
}

// ---- containers ----

const open = (notes: Notes, state: State, expecting: 'FirstItem' | 'FirstKey'): State | undefined => {
  const depth = (state.frame?.depth ?? 0) + 1
  if (depth > depthLimit) {
    const problem = Problem.problem('TooDeep', `the input is nested more than ${depthLimit} levels deep`)
    notes.report({ place: placeOf(state), offset: state.offset, problem })
    return undefined
  }
  const isList = expecting === 'FirstItem'
  const frame: Frame = {
    parent: state.frame,
    depth,
    place: placeOf(state),
    meet: isList ? undefined : meeting(),
    key: isList ? 0 : '',
    wanted: state.wanted,
  }
  return {
    offset: state.offset + 1,
    expecting,
    frame,
    wanted: isList ? state.wanted?.below.get('0') : undefined,
  }
}

const meeting = (): ((name: string) => boolean) => {
  const names = new Set<string>() // local mutation: the names met so far
  return (name) => {
    const first = !names.has(name)
    names.add(name)
    return first
  }
}

const keyed = ({ parent, depth, place, meet, wanted }: Frame, key: string | number): Frame => ({
  parent,
  depth,
  place,
  meet,
  key,
  wanted,
})

const close = ({ offset, frame }: State): State => ({
  offset: offset + 1,
  expecting: 'After',
  frame: frame?.parent,
  wanted: undefined,
})

const key = (notes: Notes, state: State): State | undefined => {
  const { text } = notes
  const { offset, frame } = state
  if (frame?.meet === undefined || text[offset] !== '"')
    return flaw(
      notes,
      { ...state, frame: frame?.parent },
      offset,
      'a member name in double quotes is expected',
      text[offset] === '}' ? 'leave out the comma before `}`' : undefined,
    )
  const end = stringEnd(text, offset)
  if (end < 0) return brokenString(notes, { ...state, frame: frame.parent }, ~end)
  const name = unescape(text.slice(offset, end))
  const inside = keyed(frame, name)
  const wanted = frame.wanted?.below.get(name)
  wanted?.mark('key', offset)
  if (!frame.meet(name)) repeated(notes, inside, offset, name)
  const colon = skipBlanks(text, end)
  return text[colon] === ':'
    ? { offset: colon + 1, expecting: 'Value', frame: inside, wanted }
    : flaw(notes, { ...state, frame: inside }, colon, 'a colon is expected after a member name')
}

/** `quoted` has passed `stringEnd`, so it parses. */
const unescape = (quoted: string): string =>
  quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1)

const repeated = (notes: Notes, frame: Frame, offset: number, name: string): void => {
  const problem = Problem.problem('DuplicateKey', `${Problem.quote(name)} stands twice in one object`) // GR-2
  notes.report({ place: at(frame.place, name), offset, problem })
}

const after = (notes: Notes, state: State): State | undefined => {
  const { text } = notes
  const { offset, frame } = state
  if (frame === undefined)
    return offset >= text.length ? undefined : flaw(notes, state, offset, 'nothing may follow the document')
  const char = text[offset]
  if (frame.meet !== undefined) {
    if (char === ',') return moved(state, offset + 1, 'Key')
    return char === '}' ? close(state) : flaw(notes, state, offset, '`,` or `}` is expected')
  }
  if (char === ']') return close(state)
  if (char !== ',') return flaw(notes, state, offset, '`,` or `]` is expected')
  const next = keyed(frame, Number(frame.key) + 1)
  return {
    offset: offset + 1,
    expecting: 'Value',
    frame: next,
    wanted: frame.wanted?.below.get(String(next.key)),
  }
}
