import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { citationsIn, definitionsIn, duplicates, undefinedCitations, untested, type Citing } from './rules.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

const filesUnder = (folder: string, pattern: RegExp): readonly Citing[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => pattern.test(name) && !name.startsWith(join('test', 'semantics')))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

const page = readFileSync(join(root, 'docs', 'semantics.md'), 'utf8')
const definitions = definitionsIn(page)
const source = filesUnder('src', /\.ts$/u)
const tests = filesUnder('test', /\.(ts|json)$/u)

describe('docs/semantics.md', () => {
  it('defines rules', () => {
    expect(definitions.length).toBeGreaterThan(100)
  })

  it('defines each rule once', () => {
    expect(duplicates(definitions)).toStrictEqual([])
  })

  it('defines every rule that the code cites', () => {
    expect(undefinedCitations(definitions, source)).toStrictEqual([])
  })

  it('defines every rule that the tests cite', () => {
    expect(undefinedCitations(definitions, tests)).toStrictEqual([])
  })

  it('defines every rule that it and the other pages cite', () => {
    const pages = filesUnder('docs', /\.md$/u).filter(({ file }) => !file.startsWith(join('docs', 'api')))
    expect(undefinedCitations(definitions, pages)).toStrictEqual([])
  })

  it('states no modelled rule that no test cites', () => {
    expect(untested(definitions, tests)).toStrictEqual([])
  })
})

describe('the checker of rule ids', () => {
  const sample = [
    '# Rules',
    '- **SM-R5** a rule',
    '### **CO-M6** another',
    '| **U-3** | a choice |',
    '* **EC-1** (ECR) one more, see CO-M6',
    'text that mentions **VA-1** is no definition',
    '```',
    '- **VA-2** an example',
    '```',
    '## Not modelled',
    '- **KM-1** left out',
    '### deeper',
    '- **KM-2** left out',
    '## Modelled again',
    '- **GR-10** a rule',
  ].join('\n')

  it('finds definitions in lists, headings and tables, and knows which are modelled', () => {
    expect(definitionsIn(sample).map(({ id, isModelled }) => [id, isModelled])).toStrictEqual([
      ['SM-R5', true],
      ['CO-M6', true],
      ['U-3', true],
      ['EC-1', true],
      ['KM-1', false],
      ['KM-2', false],
      ['GR-10', true],
    ])
  })

  it('finds citations of every shape, and nothing that only looks like one', () => {
    const text = '(CO-S1, SM-A4), RP-11; U-3. AES-128 EU-1 U+0041 SC-x arn:US-1 VA-2-b GR-1'
    expect([...citationsIn(text)]).toStrictEqual(['CO-S1', 'SM-A4', 'RP-11', 'U-3', 'GR-1'])
  })

  it('reports a second definition, an undefined citation and a rule without a test', () => {
    const defined = definitionsIn(`${sample}\n- **U-3** again`)
    const files = [{ file: 'a.ts', text: 'SM-R5, CO-M6, EC-1, GR-10, GR-11' }]
    expect(duplicates(defined)).toStrictEqual(['U-3 again on line 16'])
    expect(undefinedCitations(defined, files)).toStrictEqual(['a.ts cites GR-11'])
    expect(untested(definitionsIn(sample), files)).toStrictEqual(['U-3'])
  })
})
