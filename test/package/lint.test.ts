import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newProject, remove, runIn, tool, type Files } from './scratch.js'

const doc = '/**\n * A thing.\n *\n * @category model\n * @since 0.1.0\n */\n'
const thing = (code: string): string => `${doc}export ${code}\n`
const lines = (count: number): string =>
  Array.from({ length: count }, (_, i) => `const x${String(i)} = 1`).join('\n')
const branches = Array.from({ length: 13 }, (_, i) => `if (n === ${String(i)}) return ${String(i)}`).join(
  '\n',
)
const property = (body: string): string =>
  `import fc from 'fast-check'\nimport { expect, it } from 'vitest'\nit('a law', () => {\n  fc.assert(fc.property(fc.integer(), (n) => ${body}))\n})\nexpect(1).toBe(1)\n`

const syntax = 'no-restricted-syntax'

/** What is refused: by which rule, where, and what. */
const refused: readonly (readonly [string, string, string, string])[] = [
  ['an export without a docstring', 'house/exported-docstring', 'src/model/a1.ts', 'export const a = 1\n'],
  [
    'a category that is not on the list',
    'house/exported-docstring',
    'src/model/a2.ts',
    thing('const a = 1').replace('model', 'misc'),
  ],
  [
    'a docstring without a version',
    'house/exported-docstring',
    'src/model/a3.ts',
    thing('const a = 1').replace('@since 0.1.0', ''),
  ],
  [
    'a docstring that says nothing',
    'house/exported-docstring',
    'src/model/a4.ts',
    thing('const a = 1').replace('A thing.', ''),
  ],
  [
    'a type in a docstring',
    'jsdoc/no-types',
    'src/model/a5.ts',
    thing('const f = (a: number): number => a').replace('@cat', '@param {number} a n\n * @cat'),
  ],
  [
    'an unknown tag',
    'jsdoc/check-tag-names',
    'src/model/a6.ts',
    thing('const a = 1').replace('@since', '@sinse 1\n * @since'),
  ],
  [
    'a mutation',
    'house/immutable-data',
    'src/model/a7.ts',
    thing('const f = (): readonly number[] => {\n  const a: number[] = []\n  a.push(1)\n  return a\n}'),
  ],
  [
    'a mutation above its mark',
    'house/immutable-data',
    'src/model/a8.ts',
    thing(
      'const f = (): readonly number[] => {\n  const a: number[] = []\n  a.push(1)\n  // local mutation: too late\n  return a\n}',
    ),
  ],
  [
    'a mutation outside of functions',
    'house/immutable-data',
    'src/model/a9.ts',
    'const a: { n: number } = { n: 1 } // local mutation: no\na.n = 2\n',
  ],
  [
    'a mutable type',
    'functional/prefer-readonly-type',
    'src/model/b1.ts',
    thing('interface A {\n  n: number\n}'),
  ],
  [
    'a mutable array inside',
    'functional/prefer-readonly-type',
    'src/model/b2.ts',
    thing('interface A {\n  readonly n: number[]\n}'),
  ],
  ['a class', 'functional/no-classes', 'src/model/b3.ts', thing('class A {\n  readonly n = 1\n}')],
  [
    'a throw',
    'functional/no-throw-statements',
    'src/model/b4.ts',
    thing("const f = (): never => {\n  throw new Error('a')\n}"),
  ],
  [
    'a throw with an excuse, in a total function',
    syntax,
    'src/model/b5.ts',
    thing(
      "const f = (): never => {\n  // eslint-disable-next-line functional/no-throw-statements -- not a good one\n  throw new Error('a')\n}",
    ),
  ],
  [
    'a suppression without a reason',
    'house/reasoned-disable',
    'src/model/b6.ts',
    thing(
      "const fOrThrow = (): never => {\n  // eslint-disable-next-line functional/no-throw-statements\n  throw new Error('a')\n}",
    ),
  ],
  [
    'an any',
    '@typescript-eslint/no-explicit-any',
    'src/model/b7.ts',
    thing('const f = (a: any): number => (a === 1 ? 1 : 2)'),
  ],
  [
    'a non-null assertion',
    '@typescript-eslint/no-non-null-assertion',
    'src/model/b8.ts',
    thing('const f = (a: readonly number[]): number => a[0]!'),
  ],
  [
    'a type assertion',
    '@typescript-eslint/consistent-type-assertions',
    'src/model/b9.ts',
    thing('const f = (a: unknown): number => a as number'),
  ],
  [
    'a switch with a case missing',
    '@typescript-eslint/switch-exhaustiveness-check',
    'src/model/c1.ts',
    thing(
      "const f = (a: 'x' | 'y'): number => {\n  switch (a) {\n    case 'x':\n      return 1\n  }\n  return 2\n}",
    ),
  ],
  [
    'a branch too many',
    'complexity',
    'src/model/c2.ts',
    thing(`const f = (n: number): number => {\n${branches}\nreturn -1\n}`),
  ],
  [
    'a function too long',
    'max-lines-per-function',
    'src/model/c3.ts',
    thing(`const f = (): void => {\n${lines(61)}\n}`),
  ],
  ['a file too long', 'max-lines', 'src/model/c4.ts', lines(401)],
  [
    'a form of import that fails in ESM',
    'no-restricted-imports',
    'src/model/c5.ts',
    `import * as O from 'fp-ts/Option'\n${thing('const a = O')}`,
  ],
  [
    'the root of fp-ts',
    'no-restricted-imports',
    'src/model/c6.ts',
    `import { option } from 'fp-ts'\n${thing('const a = option')}`,
  ],
  [
    'io-ts outside codec',
    'no-restricted-imports',
    'src/model/c7.ts',
    `import * as t from 'io-ts'\n${thing('const a = t.string')}`,
  ],
  [
    'a part of io-ts',
    'no-restricted-imports',
    'src/codec/c8.ts',
    `import * as D from 'io-ts/Decoder'\n${thing('const a = D')}`,
  ],
  [
    'a RegExp made at run time',
    syntax,
    'src/model/c9.ts',
    thing('const f = (a: string): boolean => new RegExp(a).test(a)'),
  ],
  ['`in` on an open key', syntax, 'src/model/d1.ts', thing("const f = (a: object): boolean => 'x' in a")],
  [
    'a spread argument of push',
    syntax,
    'src/model/d2.ts',
    thing(
      'const f = (a: readonly number[]): readonly number[] => {\n  const b: number[] = [] // local mutation: a list\n  b.push(...a)\n  return b\n}',
    ),
  ],
  [
    'a spread argument of Math.max',
    syntax,
    'src/model/d3.ts',
    thing('const f = (a: readonly number[]): number => Math.max(...a)'),
  ],
  ['an enum', syntax, 'src/model/d4.ts', thing('enum A {\n  B,\n}')],
  [
    'a comparison by locale',
    syntax,
    'src/model/d5.ts',
    thing('const f = (a: string): number => a.localeCompare(a)'),
  ],
  ['a clock', 'no-restricted-properties', 'src/model/d6.ts', thing('const f = (): number => Date.now()')],
  ['a clock in disguise', syntax, 'src/model/d7.ts', thing('const f = (): Date => new Date()')],
  ['chance', 'no-restricted-properties', 'src/model/d8.ts', thing('const f = (): number => Math.random()')],
  ['a global', 'no-restricted-globals', 'src/model/d9.ts', thing('const f = (): unknown => globalThis')],
  [
    'a suppression that nothing needs',
    'unused',
    'src/model/e1.ts',
    `// eslint-disable-next-line complexity -- not needed at all\n${thing('const a = 1')}`,
  ],
  [
    'an ignored type error',
    '@typescript-eslint/ban-ts-comment',
    'test/unit/e2.ts',
    '// @ts-ignore\nexport const a: number = 1\n',
  ],
  [
    'an expected type error without a reason',
    '@typescript-eslint/ban-ts-comment',
    'test/types/e3.ts',
    "// @ts-expect-error\nexport const a: number = 'a'\n",
  ],
  ['a property that cannot fail', syntax, 'test/unit/e4.test.ts', property('{\n  String(n)\n}')],
  [
    'a skipped test',
    syntax,
    'test/unit/e5.test.ts',
    "import { it } from 'vitest'\nit.skip('a', () => {\n  String(1)\n})\n",
  ],
  [
    'a lone test',
    syntax,
    'test/unit/e6.test.ts',
    "import { it } from 'vitest'\nit.only('a', () => {\n  String(1)\n})\n",
  ],
  [
    'a promise nobody waits for',
    '@typescript-eslint/no-floating-promises',
    'test/unit/e7.ts',
    'export const f = (): void => {\n  Promise.resolve(1)\n}\n',
  ],
]

/** What is not. */
const admitted: readonly (readonly [string, string, string])[] = [
  [
    'a marked local mutation',
    'src/model/g1.ts',
    thing(
      'const f = (): readonly number[] => {\n  const a: number[] = [] // local mutation: one pass\n  a.push(1)\n  return a\n}',
    ),
  ],
  [
    'a throw by name',
    'src/model/g2.ts',
    thing(
      "const fOrThrow = (): never => {\n  // eslint-disable-next-line functional/no-throw-statements -- the point of the twins\n  throw new Error('a')\n}",
    ),
  ],
  [
    'fp-ts by its files',
    'src/model/g3.ts',
    `import * as E from 'fp-ts/lib/Either.js'\n${thing('const a = E.right(1)')}`,
  ],
  ['io-ts in codec', 'src/codec/g4.ts', `import * as t from 'io-ts'\n${thing('const a = t.string')}`],
  ['a long table of data', 'src/model/data/g5.ts', thing(`const a = [\n${'1,\n'.repeat(450)}]`)],
  [
    'a brand, cast where it is made',
    'src/model/g6.ts',
    thing('type B<A, N extends string> = A & { readonly _: N }\n') +
      thing("type Id = B<string, 'Id'>\n") +
      thing(
        'const f = (a: string): Id =>\n  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the one constructor of Id\n  a as Id',
      ),
  ],
  ['const assertions', 'src/model/g7.ts', thing("const a = ['x', 'y'] as const")],
  [
    'maps and sets to read',
    'src/model/g8.ts',
    thing(
      'interface A {\n  readonly m: ReadonlyMap<string, readonly number[]>\n  readonly s: ReadonlySet<string>\n  readonly f: (a: string) => boolean\n}',
    ),
  ],
  [
    'an Either in a type',
    'src/model/g9.ts',
    `import type * as E from 'fp-ts/lib/Either.js'\n${thing('type R = E.Either<readonly string[], number>')}`,
  ],
  ['a property that returns', 'test/unit/h1.test.ts', property('n === n + 0')],
  ['a property that expects', 'test/unit/h2.test.ts', property('{\n  expect(n).toBe(n)\n}')],
  ['casts in tests', 'test/unit/h3.ts', 'export const f = (a: unknown): number => a as number\n'],
]

interface Result {
  readonly filePath: string
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[]
}

let folder = ''
let results: readonly Result[] = []
beforeAll(() => {
  const files = [
    ...refused.map(([, , file, code]) => [file, code]),
    ...admitted.map(([, file, code]) => [file, code]),
  ]
  folder = newProject(Object.fromEntries(files) as Files)
  const run = runIn(folder)(
    tool('eslint'),
    '-c',
    '.config/eslint.config.js',
    '--format',
    'json',
    'src',
    'test',
  )
  results = JSON.parse(run.stdout) as readonly Result[]
})
afterAll(() => {
  remove(folder)
})

const rulesBrokenIn = (file: string): readonly string[] =>
  results
    .filter(({ filePath }) => filePath.endsWith(file))
    .flatMap(({ messages }) =>
      messages.map(({ ruleId, message }) => ruleId ?? (/unused/iu.test(message) ? 'unused' : message)),
    )

describe('the lint', () => {
  it.each(refused)('refuses %s (%s)', (_, rule, file) => {
    expect(rulesBrokenIn(file)).toContain(rule)
  })

  it.each(admitted)('admits %s', (_, file) => {
    expect(results.some(({ filePath }) => filePath.endsWith(file))).toBe(true)
    expect(rulesBrokenIn(file)).toStrictEqual([])
  })
})
