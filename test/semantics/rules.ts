/**
 * The rule ids of docs/semantics.md: where each is defined, and where code and tests cite it.
 */

/** `RC-1`, `SM-A4`, `CO-M6`, `U-3`: an area, a dash, perhaps a letter or two for the part, a number. */
const shape = String.raw`(?:RC|PR|DE|SA|XA|PB|SE|SC|RP|VE|ST|KM|SM|VA|CO|GR|SZ|EC|EX|U)-[A-Z]{0,2}\d+`
const citation = new RegExp(String.raw`(?<![\w-])${shape}(?![\w-]*\w)`, 'gu')
const definition = new RegExp(
  String.raw`^[ \t]*(?:[-*+][ \t]+|\d+\.[ \t]+|#{1,6}[ \t]+|\|[ \t]*)?(?:<a[^>]*>(?:</a>)?)?\*\*(${shape})\b[^*]*\*\*`,
  'u',
)

export interface Definition {
  readonly id: string
  readonly line: number
  /** False in the sections headed "Not modelled". */
  readonly isModelled: boolean
}

interface Reading {
  readonly definitions: readonly Definition[]
  readonly fenced: boolean
  /** The depth of the heading "Not modelled" that holds here. */
  readonly exemptFrom: number | undefined
}

const step = (reading: Reading, text: string, index: number): Reading => {
  if (/^[ \t]*```/u.test(text)) return { ...reading, fenced: !reading.fenced }
  if (reading.fenced) return reading
  const depth = /^(#{1,6})[ \t]/u.exec(text)?.[1]?.length
  const isOver = depth !== undefined && reading.exemptFrom !== undefined && depth <= reading.exemptFrom
  const kept = isOver ? undefined : reading.exemptFrom
  const exemptFrom = depth !== undefined && kept === undefined && /not modelled/iu.test(text) ? depth : kept
  const id = definition.exec(text)?.[1]
  return {
    ...reading,
    exemptFrom,
    definitions:
      id === undefined
        ? reading.definitions
        : [...reading.definitions, { id, line: index + 1, isModelled: exemptFrom === undefined }],
  }
}

export const definitionsIn = (page: string): readonly Definition[] =>
  page.split('\n').reduce(step, { definitions: [], fenced: false, exemptFrom: undefined }).definitions

export const citationsIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(citation)].map(([id]) => id))

export interface Citing {
  readonly file: string
  readonly text: string
}

export const duplicates = (definitions: readonly Definition[]): readonly string[] =>
  definitions
    .filter(({ id }, index) => definitions.findIndex((other) => other.id === id) !== index)
    .map(({ id, line }) => `${id} again on line ${String(line)}`)

export const undefinedCitations = (
  definitions: readonly Definition[],
  files: readonly Citing[],
): readonly string[] => {
  const known = new Set(definitions.map(({ id }) => id))
  return files.flatMap(({ file, text }) =>
    [...citationsIn(text)].filter((id) => !known.has(id)).map((id) => `${file} cites ${id}`),
  )
}

export const untested = (definitions: readonly Definition[], tests: readonly Citing[]): readonly string[] => {
  const cited = new Set(tests.flatMap(({ text }) => [...citationsIn(text)]))
  return definitions.filter(({ id, isModelled }) => isModelled && !cited.has(id)).map(({ id }) => id)
}
