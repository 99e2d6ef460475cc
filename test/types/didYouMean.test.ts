/** What the compiler and the editor say while a policy is being written; asked of TypeScript itself. */
import { describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { options } = ts.convertCompilerOptionsFromJson(
  (
    ts.readConfigFile(`${root}tsconfig.json`, (path) => readFileSync(path, 'utf8')).config as {
      compilerOptions: object
    }
  ).compilerOptions,
  root,
)

const CURSOR = '/*here*/'

const name = `${root}test/types/snippet.virtual.ts`

/** The one open file: its text, and a version that grows with each change. */
let file = { content: '', version: 0 }

const read = (path: string): string | undefined => (path === name ? file.content : ts.sys.readFile(path))

const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [name],
  getScriptVersion: (path) => (path === name ? file.version.toString() : '0'),
  getScriptSnapshot: (path) => {
    const text = read(path)
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
  },
  getCurrentDirectory: () => root,
  getDefaultLibFileName: (of) => ts.getDefaultLibFilePath(of),
  fileExists: (path) => path === name || ts.sys.fileExists(path),
  readFile: read,
  directoryExists: (path) => ts.sys.directoryExists(path),
})

const HEAD = `import * as Policy from '../../src/builder/index.js'\nexport const it = `

const open = (body: string): void => {
  file = { content: `${HEAD}${body.replace(CURSOR, '')}\n`, version: file.version + 1 }
}

const diagnostics = (body: string): readonly string[] => {
  open(body)
  return service
    .getSemanticDiagnostics(name)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

const completions = (body: string): readonly string[] => {
  open(body)
  const position = HEAD.length + body.indexOf(CURSOR)
  return service.getCompletionsAtPosition(name, position, {})?.entries.map((entry) => entry.name) ?? []
}

describe('a misspelt action', () => {
  it.each([
    ['alone', `Policy.allow({ action: 'ecr:DescribeImage', resource: '*' })`, 'ecr:DescribeImages'],
    [
      'in a list',
      `Policy.deny({ notAction: ['ecr:PutImage', 'ecr:ListImage'], principal: '*' })`,
      'ecr:ListImages',
    ],
    [
      'beside another service',
      `Policy.allow({ action: ['s3:Get*', 'ecr:BatchGetImages'], resource: '*' })`,
      'ecr:BatchGetImage',
    ],
    ['in a shared list', `Policy.actions(['ecr:GetAuthorisationToken'])`, 'ecr:GetAuthorizationToken'],
    [
      'without its service',
      `Policy.allow({ action: 'DescribeImages', resource: '*' })`,
      'ecr:DescribeImages',
    ],
  ])('%s: the compiler offers the right one, and says nothing else', (_, body, meant) => {
    const messages = diagnostics(body)
    expect(messages).toHaveLength(1)
    expect(messages[0]).toContain(`Did you mean '"${meant}"'?`)
  })

  it('spelt right, the compiler is content', () => {
    expect(diagnostics(`Policy.allow({ action: 'ecr:DescribeImages', resource: '*' })`)).toStrictEqual([])
  })

  it('a misspelt operator is pointed out', () => {
    const body = `Policy.allow({ action: 'ecr:*', resource: '*', condition: { StringEqual: { a: 'b' } } })`
    expect(diagnostics(body)).toStrictEqual([expect.stringContaining("'StringEqual' does not exist")])
  })
})

describe('the editor completes', () => {
  it('action names', () => {
    const names = completions(`Policy.allow({ action: ['ecr:PutImage', '${CURSOR}'], resource: '*' })`)
    expect(names).toContain('ecr:BatchGetImage')
  })

  it('a single action name', () => {
    expect(completions(`Policy.allow({ action: '${CURSOR}', resource: '*' })`)).toContain('ecr:BatchGetImage')
  })

  it('elements of a statement', () => {
    const names = completions(`Policy.allow({ action: 'ecr:*', ${CURSOR} })`)
    expect(names).toEqual(expect.arrayContaining(['resource', 'principal', 'condition', 'sid']))
  })

  it('condition operators', () => {
    const names = completions(`Policy.allow({ action: 'ecr:*', resource: '*', condition: { ${CURSOR} } })`)
    expect(names.map((name) => name.replaceAll('"', ''))).toEqual(
      expect.arrayContaining(['StringEquals', 'ForAllValues:StringLike']),
    )
  })
})
