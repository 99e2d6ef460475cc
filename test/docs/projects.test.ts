import { describe, expect, it } from 'vitest'
import { notPrinted, projectOf } from './projects.js'

const page = [
  '# A page',
  '```json title="policies/a.json"',
  '{}',
  '```',
  '```ts title="a.test.ts"',
  'f()',
  '```',
  '```sh',
  'npm install',
  '```',
  '```sh fails',
  'npx vitest run',
  '```',
  '```text output',
  '1 failed',
  '',
  'of 2',
  '```',
  '```sh run',
  'npx tsx a.ts',
  '```',
].join('\n')

describe('what a page has its reader do', () => {
  it('is read off its fences', () => {
    expect(projectOf(page)).toStrictEqual({
      files: { 'policies/a.json': '{}\n', 'a.test.ts': 'f()\n' },
      commands: [
        { line: 12, text: 'npx vitest run\n', fails: true, prints: ['1 failed', 'of 2'] },
        { line: 20, text: 'npx tsx a.ts\n', fails: false, prints: [] },
      ],
    })
  })

  it('needs a command before an output', () => {
    expect(() => projectOf('```text output\n1\n```\n')).toThrow('no command')
  })

  it.each([
    ['the lines, among others', ['a', 'b'], 'x\n  a!\ny\nb', []],
    ['lines in another order', ['a', 'b'], 'b\na', ['b']],
    ['one line for two', ['a', 'a'], 'a a', ['a']],
    ['nothing', ['a'], '', ['a']],
  ] as const)('prints %s', (_, prints, output, missing) => {
    expect(notPrinted(prints, output)).toStrictEqual(missing)
  })
})
