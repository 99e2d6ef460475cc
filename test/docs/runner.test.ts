import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { withAssertions } from './assertions.js'
import { blocksOfModule, blocksOfPage, exportsOf } from './blocks.js'
import { root, typeErrors, writeExamples } from './modules.js'

const folder = join(root, 'reports', 'runner')
let count = 0

const written = (code: string) => {
  count += 1
  return writeExamples([{ file: 'README.md', line: 1, code, runs: true }], join(folder, String(count)))
}
const outcome = async (code: string): Promise<string> => {
  try {
    await import(/* @vite-ignore */ written(code)[0]?.path ?? '')
    return 'holds'
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown'
  }
}

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('running an example', () => {
  it.each([
    ['a right value', '1 + 1 // => 2', 'holds'],
    ['a wrong value', '1 + 1 // => 3', 'AssertionError'],
    ['a wrong value of a declaration', 'const x = 1 // => 2', 'AssertionError'],
    ['a right value of a declaration', 'const x: number = 1 // => 1', 'holds'],
    ['a claim on the next line', '1 + 1\n// => 3', 'AssertionError'],
    ['a wrong value on several lines', '({ a: [1, 2] })\n// => {\n//   a: [1, 3],\n// }', 'AssertionError'],
    ['a right value on several lines', '({ a: [1, 2] }) // => {\n//   a: [1, 2],\n// }\n// so much', 'holds'],
    ['a wrong value in the log', 'console.log(1) // => 2', 'AssertionError'],
    ['an undefined member too many', '({ a: 1, b: undefined }) // => { a: 1 }', 'AssertionError'],
    [
      'an expected exception',
      "null__() // throws 'no'\nfunction null__() { throw new Error('no') }",
      'holds',
    ],
    ['an exception that does not come', "String(1) // throws 'no'", 'AssertionError'],
    ['an exception nobody expects', "throw new TypeError('no')", 'TypeError'],
    ['two claims, the second wrong', '1 // => 1\n2 // => 1', 'AssertionError'],
  ])('%s: %s', async (_, code, expected) => {
    expect(await outcome(code)).toBe(expected)
  })

  it('refuses a claim that it would not see', () => {
    expect(() => withAssertions('if (1 > 0) {\n  1 // => 2\n}')).toThrow('claim')
  })

  it('refuses a claim that is no value', () => {
    expect(() => withAssertions('1 // => one, of course it is')).toThrow('not a value')
  })
})

describe('checking the types of an example', () => {
  it(
    'reports a wrong type, an unknown name and a missing module, each with its place',
    { timeout: 120_000 },
    () => {
      const all = [
        ...written("const x: number = 'a'"),
        ...written('nobody()'),
        ...written("import { x } from 'nowhere'\nx()"),
        ...written('// @ts-expect-error a number is no string\nconst y: string = 1\nconst z: number = 1'),
      ]
      expect(typeErrors(all).map((error) => error.replace(/ near .*/su, ''))).toStrictEqual([
        "README.md:1: Type 'string' is not assignable to type 'number'.",
        "README.md:1: Cannot find name 'nobody'.",
        expect.stringContaining("Cannot find module 'nowhere'"),
      ])
    },
  )
})

describe('finding examples', () => {
  it('reads the fences of a page, with what they say', () => {
    const page = 'a\n```ts\n1\n```\n```json\n{}\n```\n```ts continue\n2\n```\n```ts no-run\n3\n```\n'
    expect(blocksOfPage('p.md', page)).toStrictEqual([
      { file: 'p.md', line: 3, code: '1\n\n2\n', runs: true },
      { file: 'p.md', line: 12, code: '3\n', runs: false },
    ])
  })

  it('refuses a word that it does not know after a fence', () => {
    expect(() => blocksOfPage('p.md', '```ts norun\n1\n```\n')).toThrow('p.md:2')
  })

  it('reads docstrings, fenced or not, and no strings', () => {
    const module = [
      '/**',
      ' * One.',
      ' * @example',
      ' * one // => 1',
      ' * @since 0.1.0',
      ' */',
      "export const one = '/** @example */'",
      '/**',
      ' * ```ts',
      ' * two',
      ' * ```',
      ' */',
      'export type Two = 2',
    ].join('\n')
    expect(blocksOfModule('src/m.ts', module)).toStrictEqual([
      { file: 'src/m.ts', line: 4, code: 'one // => 1\n', runs: true },
      { file: 'src/m.ts', line: 10, code: 'two\n', runs: true },
    ])
    expect(exportsOf('src/m.ts', module)).toStrictEqual([
      { name: 'one', isType: false },
      { name: 'Two', isType: true },
    ])
  })
})
