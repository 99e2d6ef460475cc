/**
 * Where the examples stand: fenced `ts` blocks of the Markdown pages, and those of the docstrings of `src`.
 *
 * A fence may say `no-run` (its types are checked, it does not run), `continue` (it goes on where the block before
 * it on the same page stopped) or `title="name"` (it is a file of the reader's project; projects.ts runs it there). In a
 * docstring, `@example` may do without a fence.
 */
import ts from 'typescript'

export interface Block {
  /** The page or module, from the root of the project. */
  readonly file: string
  /** The line of the page on which the code begins, from 1. */
  readonly line: number
  readonly code: string
  readonly runs: boolean
}

interface Fence extends Block {
  readonly continues: boolean
}

const fence = /^([ \t]*)(`{3,})(?:ts|typescript)\b([^\n`]*)\n([\s\S]*?)^[ \t]*\2[ \t]*$/gmu

/** The name of a file that a block is. */
export const title = /^title="([\w./-]+)"$/u

const linesBefore = (text: string, index: number): number => text.slice(0, index).split('\n').length - 1

const fencesOf = (file: string, text: string, firstLine: number): readonly Fence[] =>
  [...text.matchAll(fence)].map((match) => {
    const words = (match[3] ?? '').trim().split(/\s+/u)
    const isFile = words.some((word) => title.test(word))
    const unknown = words.filter((word) => !['', 'no-run', 'continue'].includes(word) && !title.test(word))
    const line = firstLine + linesBefore(text, match.index) + 1
    if (unknown.length > 0)
      throw new Error(`${file}:${String(line)}: unknown word after the fence: ${unknown.join(' ')}`)
    return {
      file,
      line,
      code: match[4] ?? '',
      runs: !isFile && !words.includes('no-run'),
      continues: words.includes('continue'),
    }
  })

const joined = (fences: readonly Fence[]): readonly Block[] =>
  fences.reduce<readonly Block[]>((blocks, { continues, ...block }) => {
    const last = blocks.at(-1)
    if (!continues) return [...blocks, block]
    if (last === undefined) throw new Error(`${block.file}:${String(block.line)}: nothing to continue`)
    return [
      ...blocks.slice(0, -1),
      { ...last, code: `${last.code}\n${block.code}`, runs: last.runs && block.runs },
    ]
  }, [])

export const blocksOfPage = (file: string, text: string): readonly Block[] => joined(fencesOf(file, text, 1))

/** The text of an `@example` without a fence, up to the next tag. */
const bareExamples = (file: string, text: string, firstLine: number): readonly Block[] =>
  [...text.matchAll(/^[ \t]*@example\b[^\n]*\n([\s\S]*?)(?=^[ \t]*@[a-z]+\b|$(?![\s\S]))/gmu)]
    .filter((match) => !/^[ \t]*```/mu.test(match[1] ?? ''))
    .map((match) => ({
      file,
      line: firstLine + linesBefore(text, match.index) + 1,
      code: match[1] ?? '',
      runs: true,
    }))

/** The docstrings of a module: comments, not strings that look like one. */
const docstrings = (source: ts.SourceFile): readonly ts.JSDoc[] => {
  const found = new Map<number, ts.JSDoc>()
  const waiting: ts.Node[] = [source]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const doc of (node as { readonly jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? []) found.set(doc.pos, doc)
    node.getChildren(source).forEach((child) => waiting.push(child))
  }
  return [...found.values()].sort((a, b) => a.pos - b.pos)
}

export const blocksOfModule = (file: string, text: string): readonly Block[] => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
  return docstrings(source).flatMap((doc) => {
    const raw = text.slice(doc.pos, doc.end)
    const bare = raw.replace(/^\/\*\*|\*\/$/gu, '').replace(/^[ \t]*\*(?: |$)/gmu, '')
    const line = source.getLineAndCharacterOfPosition(doc.pos).line + 1
    return [...joined(fencesOf(file, bare, line)), ...bareExamples(file, bare, line)]
  })
}

/** What a module exports by name, for the examples that stand in it and name their neighbours without an import. */
export const exportsOf = (
  file: string,
  text: string,
): readonly { readonly name: string; readonly isType: boolean }[] => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
  return source.statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    if (isExported && ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [{ name: name.text, isType: false }] : [],
      )
    if (isExported && ts.isFunctionDeclaration(statement) && statement.name !== undefined)
      return [{ name: statement.name.text, isType: false }]
    if (isExported && (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)))
      return [{ name: statement.name.text, isType: true }]
    if (ts.isExportDeclaration(statement) && statement.exportClause !== undefined) {
      if (ts.isNamespaceExport(statement.exportClause))
        return [{ name: statement.exportClause.name.text, isType: false }]
      return statement.exportClause.elements.map(({ name, isTypeOnly }) => ({
        name: name.text,
        isType: isTypeOnly || statement.isTypeOnly,
      }))
    }
    return []
  })
}
