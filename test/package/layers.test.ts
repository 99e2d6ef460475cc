import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newProject, remove, runIn, tool, type Files } from './scratch.js'

interface Report {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[]
  }
}

const folders: string[] = []
afterAll(() => {
  folders.forEach(remove)
})

const value = 'export const value = 1\n'
const uses = (path: string): string => `import { value } from '${path}'\nexport const used = [value]\n`
const usesType = (path: string): string => `import type { T } from '${path}'\nexport type U = T\n`

/** One door for each layer, so that a planted import leads somewhere. */
const doors: Files = Object.fromEntries(
  ['pattern', 'model', 'codec', 'builder', 'simulator', 'algebra', 'lint', 'ecr'].map((name) => [
    `src/${name}/index.ts`,
    `${value}export type T = 1\n`,
  ]),
)
const sound: Files = {
  ...doors,
  'src/index.ts': "export * as Api from './api/Api.js'\n",
  'src/testing.ts': uses('./algebra/index.js'),
  'src/testing/vitest.ts': "import { expect } from 'vitest'\nexport const x = expect\n",
  'src/testing/jest.ts': "import { expect } from '@jest/globals'\nexport const x = expect\n",
  'src/testing/draw.ts': "import fc from 'fast-check'\nexport const draw = fc\n",
  'src/api/Api.ts': uses('../codec/index.js'),
  'src/codec/json.ts': `import * as t from 'io-ts'\nexport const text = t.string\n${usesType('../pattern/index.js')}`,
  'src/builder/types.ts': usesType('../pattern/index.js'),
  'src/model/arn.ts': `import * as E from 'fp-ts/lib/Either.js'\nexport const e = E\n${uses('../pattern/index.js')}`,
  'src/ecr/pull.ts': uses('../lint/index.js'),
  'src/lint/rules.ts': uses('../algebra/index.js'),
  'src/algebra/compare.ts': uses('../simulator/index.js'),
  'test/oracle/decide.ts': value,
  'test/unit/inner.ts': uses('../../src/model/index.js'),
}

/** What the tool reports of a house with these modules: the rules broken, each with the module that breaks it. */
const breaches = (planted: Files): readonly string[] => {
  const folder = newProject({ ...sound, ...planted })
  folders.push(folder)
  const args = ['--config', '.config/layers.config.mjs', '--output-type', 'json', 'src', 'test']
  const run = runIn(folder)(tool('depcruise'), ...args)
  const report = JSON.parse(run.stdout) as Report
  return report.summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`)
}

const cases: readonly (readonly [string, string, Files])[] = [
  ['pattern looks up', 'layer-pattern', { 'src/pattern/x1.ts': uses('../model/index.js') }],
  [
    'pattern takes a type from above',
    'layer-pattern',
    { 'src/pattern/x2.ts': usesType('../model/index.js') },
  ],
  ['model looks up', 'layer-model', { 'src/model/x3.ts': uses('../simulator/index.js') }],
  ['builder looks aside', 'layer-builder', { 'src/builder/x4.ts': uses('../codec/index.js') }],
  [
    'builder takes a value of pattern',
    'layer-builder-types-of-pattern',
    { 'src/builder/x5.ts': uses('../pattern/index.js') },
  ],
  ['simulator looks up', 'layer-simulator', { 'src/simulator/x7.ts': uses('../algebra/index.js') }],
  ['algebra looks aside', 'layer-algebra', { 'src/algebra/x8.ts': uses('../codec/index.js') }],
  ['lint looks up', 'layer-lint', { 'src/lint/x9.ts': uses('../ecr/index.js') }],
  ['ecr takes from the public surface', 'layer-ecr', { 'src/ecr/x10.ts': uses('../api/Api.js') }],
  ['a layer uses a test', 'layer-model', { 'src/model/x11.ts': uses('../../test/oracle/decide.js') }],
  [
    'io-ts outside codec',
    'package-io-ts',
    { 'src/model/x12.ts': "import * as t from 'io-ts'\nexport const x = t\n" },
  ],
  [
    'fast-check outside testing',
    'package-fast-check',
    { 'src/ecr/x13.ts': "import fc from 'fast-check'\nexport const x = fc\n" },
  ],
  [
    'vitest outside its entry',
    'package-vitest',
    { 'src/testing/expect.ts': "import { expect } from 'vitest'\nexport const x = expect\n" },
  ],
  [
    'jest outside its entry',
    'package-@jest/globals',
    { 'src/testing/given.ts': "import { expect } from '@jest/globals'\nexport const x = expect\n" },
  ],
  [
    'the entry of the matchers wants fast-check',
    'one-test-tool-each',
    { 'src/testing/matchers.ts': uses('./drawn.js'), 'src/testing/drawn.ts': "export * from 'fast-check'\n" },
  ],
  [
    'a package nobody listed',
    'no-other-package',
    { 'src/ecr/x15.ts': "import ts from 'typescript'\nexport const x = ts\n" },
  ],
  [
    'a module of Node',
    'no-built-in',
    { 'src/ecr/x16.ts': "import fs from 'node:fs'\nexport const x = fs\n" },
  ],
  ['past the door', 'past-the-door', { 'src/algebra/x17.ts': uses('../model/arn.js') }],
  ['past the door, from testing', 'past-the-door', { 'src/testing/door.ts': uses('../model/arn.js') }],
  ['index leaves out api', 'index-imports-api-only', { 'src/index.ts': uses('./model/index.js') }],
  ['api leans on index', 'api-is-below-the-entries', { 'src/api/Other.ts': uses('../testing.js') }],
  [
    'testing leans on tests',
    'testing-imports-no-tests',
    { 'src/testing/oracle.ts': uses('../../test/oracle/decide.js') },
  ],
  ['a folder without a layer', 'folder-without-a-layer', { 'src/utils/x23.ts': uses('../model/index.js') }],
  [
    'the oracle leans on src',
    'oracle-shares-no-code',
    { 'test/oracle/near.ts': uses('../../src/model/index.js') },
  ],
  [
    'the oracle leans on src by a detour',
    'oracle-shares-no-code',
    { 'test/oracle/far.ts': uses('../unit/inner.js') },
  ],
  [
    'a cycle',
    'no-cycles',
    { 'src/model/a.ts': uses('./b.js'), 'src/model/b.ts': `${uses('./a.js')}${value}` },
  ],
  ['an import that leads nowhere', 'unresolved', { 'src/model/x27.ts': uses('./nowhere.js') }],
]

/** All breaches stand in one house, since the tool takes longer to start than to look. */
let found: readonly string[] = []
beforeAll(() => {
  found = breaches(Object.assign({}, ...cases.map(([, , files]) => files)) as Files)
})

describe('the layers', () => {
  it('admit a house in which everybody looks down', () => {
    expect(breaches({})).toStrictEqual([])
  })

  it.each(cases)('refuse it when %s (%s)', (_, rule, planted) => {
    expect(found).toContain(`${Object.keys(planted)[0] ?? ''}: ${rule}`)
  })

  it('refuse nothing else of that house', () => {
    const planted = new Set(cases.flatMap(([, , files]) => Object.keys(files)))
    // The door that a planted api leans on is sound itself, yet what lies behind it becomes reachable from index.
    expect(found.filter((breach) => !planted.has(breach.replace(/: .*/u, '')))).toStrictEqual([])
  })
})
