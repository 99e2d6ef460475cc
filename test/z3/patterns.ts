/** Texts of policies as patterns: actions, resources, ARNs and plain globs, with policy variables. */
import {
  and,
  colon,
  notColon,
  OutsideFragment,
  pattern,
  spelledBy,
  text,
  type Pattern,
  type Piece,
  type Term,
} from './terms.js'

/** `*` and `?` as wildcards, by what each may cross; everything else as it is. */
const globbed = (glob: string, crosses: (at: number) => boolean = () => true): readonly Piece[] =>
  Array.from(glob, (char, at) =>
    char === '*' || char === '?' ? { many: char === '*', colon: crosses(at) } : { text: char },
  )

/** What a variable stands for in the request: whether it has a text, and which. */
export type Variables = (
  key: string,
  fallback: string | undefined,
) => { readonly known: Term; readonly value: Term }

const variable = /\$\{(?:([*?$])|([^{}',]+)(?:, '([^']*)')?)\}/g

/** VA-3 to VA-9: a text with variables, its other parts read by `plain`. */
const expanded = (
  source: string,
  variables: Variables,
  plain: (part: string) => readonly Piece[],
): Pattern => {
  const found = Array.from(source.matchAll(variable))
  const ends = [0, ...found.map(({ index, 0: whole }) => index + whole.length)]
  const parts = ends.map((end, i) => plain(source.slice(end, found[i]?.index)))
  const inserted = found.map(([, character, key, fallback]): Pattern => {
    if (key === undefined) return pattern([{ text: character ?? '' }])
    const { known, value } = variables(key, fallback)
    return { known, pieces: [{ term: value }] }
  })
  return {
    known: and(...inserted.map(({ known }) => known)),
    pieces: parts.flatMap((part, i) => [...part, ...(inserted[i]?.pieces ?? [])]),
  }
}

/** CO-S1. */
export const exact = (operand: string, variables: Variables): Pattern =>
  expanded(operand, variables, (part) => (part === '' ? [] : [{ text: part }]))

/** CO-S3. */
export const like = (operand: string, variables: Variables): Pattern => expanded(operand, variables, globbed)

/** CO-S2, for letters whose only other case is the ASCII one. */
export const ignoringCase = (operand: string): Pattern => {
  if (operand.includes('${') || /[^ -~]|[ks]/i.test(operand))
    throw new OutsideFragment('letter case beyond ASCII')
  const bothCases = (char: string): Term =>
    `(re.union (str.to_re ${text(char.toLowerCase())}) (str.to_re ${text(char.toUpperCase())}))`
  return pattern(Array.from(operand, (char) => ({ expression: bothCases(char) })))
}

/** CO-R1, CO-R2, U-10: wildcards of the first five segments stay in theirs; fewer than six match nothing. */
export const arnLike = (operand: string): readonly Pattern[] => {
  if (operand.includes('${')) throw new OutsideFragment('a variable in an ARN operand')
  const segments = operand.split(':')
  if (segments.length < 6) return []
  const head = segments.slice(0, 5).flatMap((segment) => [...globbed(segment, () => false), { text: ':' }])
  return [pattern([...head, ...globbed(segments.slice(5).join(':'))])]
}

/** SM-A1 to SM-A4, for actions in lower case. */
export const ofAction = (source: string): Pattern => pattern(globbed(source.toLowerCase()))

/** SM-R1 to SM-R10, U-9, U-10, VA-1. The resource `*` has no colons and so is matched by `*` only (SM-R7). */
export const ofResource = (source: string, variables: Variables): Pattern => {
  if (source === '*') return pattern(globbed('*'))
  const segments = source.split(':')
  const filled = [...segments, ...Array.from({ length: Math.max(0, 6 - segments.length) }, () => '*')]
  const head = filled
    .slice(0, 5)
    .flatMap((segment) => [
      ...globbed(segment, (at) => segment[at] === '*' && at === segment.length - 1),
      { text: ':' },
    ])
  const tail = expanded(filled.slice(5).join(':'), variables, globbed)
  return { known: tail.known, pieces: [...head, ...tail.pieces] }
}

// ---- requests that could be ----

const partitions = [
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
]
const union = (...of: readonly string[]): Term =>
  `(re.union ${of.map((each) => `(str.to_re ${text(each)})`).join(' ')})`

/** `prefix:name` in lower case, without blanks (U-31). */
export const isAction = (subject: Term): Term => {
  const letter = ['"!" "9"', '";" "@"', '"[" "\\u{2ffff}"'].map((range) => `(re.range ${range})`)
  const name = `(re.+ (re.union ${letter.join(' ')}))`
  return spelledBy(subject, `(re.++ ${name} ${colon} ${name})`)
}

/** `*`, or an ARN of six parts with a known partition, a service, a resource, and an account of digits, `aws` or none. */
export const isResource = (subject: Term): Term => {
  const account = '(re.union (str.to_re "") (str.to_re "aws") ((_ re.loop 12 12) (re.range "0" "9")))'
  const parts = [
    '(str.to_re "arn:")',
    union(...partitions),
    colon,
    `(re.+ ${notColon})`,
    colon,
    `(re.* ${notColon})`,
    colon,
    account,
    colon,
    '(re.+ re.allchar)',
  ]
  return spelledBy(subject, `(re.union (str.to_re "*") (re.++ ${parts.join(' ')}))`)
}
