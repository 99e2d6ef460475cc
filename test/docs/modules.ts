/**
 * Writes each example as a module of its own, and checks the types of all of them in one go.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { namesIn, withAssertions } from './assertions.js'
import { blocksOfModule, blocksOfPage, exportsOf, type Block } from './blocks.js'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a docstring may use without an import, besides the exports of its own module. */
const usual: Readonly<Record<string, string>> = {
  E: "import * as E from 'fp-ts/lib/Either.js'",
  O: "import * as O from 'fp-ts/lib/Option.js'",
  pipe: "import { pipe } from 'fp-ts/lib/function.js'",
  fc: "import fc from 'fast-check'",
}

export interface Written {
  readonly name: string
  readonly path: string
  readonly runs: boolean
  readonly claims: number
}

const filesUnder = (folder: string, pattern: RegExp): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => pattern.test(name))
    .sort()

export const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** A program runs as it stands; when it makes claims, it also runs once more to have them checked. */
const programWithClaims = (file: string, code: string): readonly Block[] =>
  /\/\/[ \t]*(?:=>|throws\b)/u.test(code) ? [{ file, line: 1, code, runs: true }] : []

/** Every page of prose, from the root of the project. */
export const pages: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  ...filesUnder('.github', /\.md$/u),
  ...filesUnder('docs', /\.md$/u).filter((name) => !name.startsWith(join('docs', 'api'))),
]

export const allBlocks = (): readonly Block[] => [
  ...pages.flatMap((file) => blocksOfPage(file, read(file))),
  ...filesUnder('src', /\.ts$/u).flatMap((file) => blocksOfModule(file, read(file))),
  ...filesUnder(join('docs', 'examples'), /\.ts$/u).flatMap((file) => programWithClaims(file, read(file))),
]

const importsOf = (block: Block, folder: string): readonly string[] => {
  if (!block.file.endsWith('.ts')) return []
  const { used, own } = namesIn(block.code)
  const isFree = (name: string): boolean => used.has(name) && !own.has(name)
  const neighbours = exportsOf(block.file, read(block.file)).filter(({ name }) => isFree(name))
  const path = (file: string): string => relative(folder, join(root, file)).replace(/\.ts$/u, '.js')
  const taken = new Set(neighbours.map(({ name }) => name))
  const concepts = exportsOf('src/index.ts', read('src/index.ts')).filter(
    ({ name }) => isFree(name) && !taken.has(name) && !Object.hasOwn(usual, name),
  )
  const line = (
    names: readonly { readonly name: string; readonly isType: boolean }[],
    from: string,
  ): string =>
    `import { ${names.map(({ name, isType }) => `${isType ? 'type ' : ''}${name}`).join(', ')} } from '${from}'`
  return [
    ...Object.entries(usual).flatMap(([name, text]) => (isFree(name) && !taken.has(name) ? [text] : [])),
    ...(neighbours.length > 0 ? [line(neighbours, path(block.file))] : []),
    ...(concepts.length > 0 ? [line(concepts, 'ecr-policy')] : []),
  ]
}

/** The relative imports of a docstring are those of its module. */
const moved = (block: Block, folder: string): string =>
  block.code.replace(
    /(\bfrom\s+')(\.{1,2}\/[^']+)'/gu,
    (_, before: string, path: string) =>
      `${before}${relative(folder, join(root, dirname(block.file), path))}'`,
  )

const attempt = <A>(block: Block, make: () => A): A => {
  try {
    return make()
  } catch (error) {
    throw new Error(
      `${block.file}:${String(block.line)}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/** Writes the examples into a folder of the project, so that its packages are found from there. */
export const writeExamples = (blocks: readonly Block[], folder: string): readonly Written[] => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return blocks.map((block, index) => {
    const { code, claims } = attempt(block, () => withAssertions(moved(block, folder)))
    const name = `${block.file}:${String(block.line)}`
    const file = `${String(index).padStart(4, '0')}-${block.file.replace(/\W+/gu, '-')}-${String(block.line)}.ts`
    const path = join(folder, file)
    const head = [`// ${name}`, "import { expect as expect__ } from 'vitest'", ...importsOf(block, folder)]
    writeFileSync(path, `${head.join('\n')}\n${code}\nexport const expectations__ = [expect__]\n`)
    return { name, path, runs: block.runs, claims }
  })
}

const options = (): ts.CompilerOptions => {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path))
  const parsed = ts.parseJsonConfigFileContent(config.config, { ...ts.sys, readDirectory: () => [] }, root)
  return {
    ...parsed.options,
    lib: ['lib.es2022.d.ts'],
    types: ['node'],
    noEmit: true,
    noUnusedLocals: false,
    noUnusedParameters: false,
    verbatimModuleSyntax: false,
  }
}

/** The type errors of the examples themselves (those of `src` are reported elsewhere), each with its place. */
export const typeErrors = (written: readonly Written[]): readonly string[] => {
  const program = ts.createProgram(
    written.map(({ path }) => path),
    options(),
  )
  return written.flatMap(({ name, path }) => {
    const source = program.getSourceFile(path)
    if (source === undefined) return [`${name}: not compiled`]
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) =>
        `${name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')} near \`${source.text.slice(start, start + 40)}\``,
    )
  })
}
