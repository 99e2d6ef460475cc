/** The table of docs/rule-coverage.md: every rule, what counts as exercising it, how often, and the tests that cite it. */
import { citationsIn, type Citing, type Definition } from '../../semantics/rules.js'
import type { Coverage } from '../coverage.js'
import { impossible } from './unreachable.js'

/** A case of test/cases, which says in `why` which rules it follows from. */
export interface Case {
  readonly why: string
  readonly isPositive: boolean
}

export interface Sources {
  readonly definitions: readonly Definition[]
  readonly counted: ReadonlyMap<string, string>
  readonly coverage: Coverage
  readonly cases: readonly Case[]
  readonly tests: readonly Citing[]
}

const number = (count: number): string => (count === 0 ? '–' : count.toLocaleString('en'))

const shown = 3

const shortName = (file: string): string => file.replace(/^test\//, '').replace(/(\.test)?\.(ts|json)$/, '')

const citing = (id: string, tests: readonly Citing[]): string => {
  const names = tests.filter(({ text }) => citationsIn(text).has(id)).map(({ file }) => shortName(file))
  const more = names.length - shown
  return names.slice(0, shown).join(', ') + (more > 0 ? ` and ${String(more)} more` : '')
}

const casesOf = (id: string, isPositive: boolean, cases: readonly Case[]): number =>
  cases.filter((one) => one.isPositive === isPositive && citationsIn(one.why).has(id)).length

const cell = (id: string, polarity: 'holds' | 'fails', count: number): string =>
  count === 0 && impossible[`${id} ${polarity}`] !== undefined ? 'cannot be' : number(count)

const row = ({ id }: Definition, { counted, coverage, cases, tests }: Sources): string => {
  const what = counted.get(id)
  const cells =
    what === undefined
      ? ['by named tests', number(casesOf(id, true, cases)), number(casesOf(id, false, cases))]
      : [what, cell(id, 'holds', coverage[id]?.holds ?? 0), cell(id, 'fails', coverage[id]?.fails ?? 0)]
  return `| ${[id, ...cells, citing(id, tests)].join(' | ')} |`
}

export const table = (sources: Sources): string =>
  [
    '| Rule | Counted | + | − | Cited in test/ |',
    '| --- | --- | ---: | ---: | --- |',
    ...sources.definitions.filter(({ isModelled }) => isModelled).map((one) => row(one, sources)),
  ].join('\n')

export interface Row {
  readonly id: string
  readonly counted: string
  readonly holds: string
  readonly fails: string
}

/** The rows of a page with such a table. */
export const rowsOf = (page: string): readonly Row[] =>
  page.split('\n').flatMap((line) => {
    const [, id = '', counted = '', holds = '', fails = ''] = line.split('|').map((text) => text.trim())
    return /^[A-Z]+-[A-Z]*\d+$/.test(id) ? [{ id, counted, holds, fails }] : []
  })
