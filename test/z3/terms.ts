/** SMT-LIB by text: terms of truth, of strings and of regular expressions. */

export type Term = string

export const yes: Term = 'true'
export const no: Term = 'false'

const joined = (operator: string, unit: Term, terms: readonly Term[]): Term =>
  terms.length === 0 ? unit : terms.length === 1 ? (terms[0] ?? unit) : `(${operator} ${terms.join(' ')})`

export const and = (...terms: readonly Term[]): Term => joined('and', yes, terms)
export const or = (...terms: readonly Term[]): Term => joined('or', no, terms)
export const not = (term: Term): Term => `(not ${term})`
export const either = (condition: Term, then: Term, otherwise: Term): Term =>
  `(ite ${condition} ${then} ${otherwise})`

export const text = (value: string): Term =>
  `"${Array.from(value, (char) =>
    /[A-Za-z0-9 !#-[\]-~]/.test(char) ? char : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  ).join('')}"`

export const concat = (terms: readonly Term[]): Term => joined('str.++', text(''), terms)

/** A wildcard: one character or any run, with the colon among them or without. */
export interface Wildcard {
  readonly many: boolean
  readonly colon: boolean
}

/** A piece of a pattern: text, a wildcard, a regular expression, or the text of a term, which is not known beforehand. */
export type Piece =
  { readonly text: string } | Wildcard | { readonly expression: Term } | { readonly term: Term }

/** Pieces one after the other; `known` holds where all their terms have a text. */
export interface Pattern {
  readonly known: Term
  readonly pieces: readonly Piece[]
}

export const pattern = (pieces: readonly Piece[]): Pattern => ({ known: yes, pieces })

export const colon = '(str.to_re ":")'
/** Any character but the colon, by ranges, which Z3 takes more easily than a difference. */
export const notColon = '(re.union (re.range "\\u{0}" "9") (re.range ";" "\\u{2ffff}"))'

type Known = Exclude<Piece, { readonly term: Term }>

const regular = (piece: Known): Term => {
  if ('expression' in piece) return piece.expression
  if ('text' in piece) return `(str.to_re ${text(piece.text)})`
  if (piece.many) return piece.colon ? 're.all' : `(re.* ${notColon})`
  return piece.colon ? 're.allchar' : notColon
}

/** Texts side by side as one: the fewer parts, the faster Z3. */
const gathered = (pieces: readonly Known[]): readonly Known[] =>
  pieces.reduce<readonly Known[]>((done, piece) => {
    const last = done.at(-1)
    return last !== undefined && 'text' in last && 'text' in piece
      ? [...done.slice(0, -1), { text: last.text + piece.text }]
      : [...done, piece]
  }, [])

const sequence = (pieces: readonly Known[]): Term =>
  joined('re.++', '(str.to_re "")', gathered(pieces).map(regular))

export const spelledBy = (subject: Term, expression: Term): Term => `(str.in_re ${subject} ${expression})`

/** Thrown for what this encoding leaves out. */
export class OutsideFragment extends Error {}

const isRun = (piece: Piece | undefined): boolean => piece !== undefined && 'many' in piece && piece.many

const isKnown = (piece: Piece): piece is Known => !('term' in piece)

/** Where terms are among the pieces, wildcards may stand at the ends only, so that no quantifier is needed. */
const spellsWithTerms = (pieces: readonly Piece[], subject: Term): Term => {
  const [before, after] = [isRun(pieces[0]), isRun(pieces.at(-1))]
  const body = concat(
    pieces.slice(before ? 1 : 0, after ? -1 : undefined).map((piece) => {
      if ('term' in piece) return piece.term
      if ('text' in piece) return text(piece.text)
      throw new OutsideFragment('a wildcard inside a pattern with variables')
    }),
  )
  if (before && after) return `(str.contains ${subject} ${body})`
  if (before) return `(str.suffixof ${body} ${subject})`
  return after ? `(str.prefixof ${body} ${subject})` : `(= ${subject} ${body})`
}

/** Is the subject spelled by one of the patterns? Those without terms make one regular expression. */
export const spelledByOne = (patterns: readonly Pattern[], subject: Term): Term => {
  const plain = patterns.filter(({ pieces }) => pieces.every(isKnown))
  const others = patterns.filter((each) => !plain.includes(each))
  return or(
    ...(plain.length === 0
      ? []
      : [
          spelledBy(
            subject,
            joined(
              're.union',
              're.none',
              plain.map(({ pieces }) => sequence(pieces.filter(isKnown))),
            ),
          ),
        ]),
    ...others.map(({ known, pieces }) => and(known, spellsWithTerms(pieces, subject))),
  )
}
