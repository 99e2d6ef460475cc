/** docs/rule-coverage.md, written from a run and from the tests. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { definitionsIn, type Citing } from '../../semantics/rules.js'
import { countedRules } from '../coverage.js'
import { coverageOfAll, reportsOf, total, type Line } from './ledger.js'
import { table, type Case } from './table.js'

const testsUnder = (root: string): readonly Citing[] =>
  readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(test\.ts|json)$/u.test(name) && !/^(semantics|compatibility)/u.test(name))
    .sort()
    .map((name) => ({ file: `test/${name}`, text: readFileSync(join(root, 'test', name), 'utf8') }))

const casesIn = (root: string): readonly Case[] => {
  const read = (name: string): readonly { why: string; valid?: boolean; expect?: string }[] =>
    JSON.parse(readFileSync(join(root, 'test/cases', name), 'utf8')) as { why: string }[]
  return [...read('decisions.json'), ...read('validity.json')].map(({ why, valid, expect }) => ({
    why,
    isPositive: valid ?? expect === 'Allowed',
  }))
}

const introduction = (observed: number, dates: readonly string[]): string => `# Rules and what exercises them

Every rule of [semantics.md](semantics.md) that is modelled, in its order. The page is written by \`npm run deep -- --table\`; a test holds it to
the rules there are.

**Counted** says what is counted, with a slash between the two sides. **+** and **−** are the decisions that had a case of either side, each once
however many cases it had, out of ${observed.toLocaleString('en')} that were looked at, rule by rule, in the run of ${dates.at(-1) ?? ''}. In each of them oracle, simulator and
compiled simulator agreed ([trust.md](trust.md)). "Cannot be" stands where the rule itself leaves no such case.

Rules of grammar, of sizes and of the operations of ECR, and some choices, are not a matter of one decision. **By named tests** says so: there
the numbers are cases of \`test/cases\` that cite the rule, accepted or allowed / refused or denied, and the last column has the rest.
`

/** The page; `root` is the folder of the project. */
export const page = (root: string, lines: readonly Line[]): string => {
  const reports = reportsOf(lines, 'decisions')
  const dates = lines.map(({ date }) => date.slice(0, 10)).sort()
  const rows = table({
    definitions: definitionsIn(readFileSync(join(root, 'docs/semantics.md'), 'utf8')),
    counted: countedRules,
    coverage: coverageOfAll(reports),
    cases: casesIn(root),
    tests: testsUnder(root),
  })
  return `${introduction(
    total(reports, ({ observed }) => observed),
    dates,
  )}\n${rows}\n`
}
