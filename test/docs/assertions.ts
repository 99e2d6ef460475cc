/**
 * Makes a test of an example: `expression // => value` (also `const x = expression // => value`, also with the value on
 * several comment lines) becomes an equality, and `expression // throws "text"` an expected exception.
 */
import ts from 'typescript'

interface Claim {
  readonly kind: 'equals' | 'throws'
  readonly text: string
}

const parse = (code: string): ts.SourceFile =>
  ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true)

const isExpression = (text: string): boolean => {
  const source = parse(`(${text}\n)`)
  const broken =
    (source as unknown as { readonly parseDiagnostics: readonly unknown[] }).parseDiagnostics.length > 0
  return !broken && source.statements.length === 1
}

const lead = /^[ \t]*(?:;[ \t]*)?(?:\r?\n[ \t]*)?\/\/[ \t]*(=>|throws\b)[ \t]?([^\n]*)(?:\n|$)/u
const more = /^[ \t]*\/\/ ?([^\n]*)(?:\n|$)/u

/** The claim that stands behind a statement: on its line, or on the lines right below. */
const claimAfter = (rest: string): Claim | undefined => {
  const match = lead.exec(rest)
  if (match === null) return undefined
  const kind = match[1] === '=>' ? 'equals' : 'throws'
  let text = match[2] ?? ''
  let below = rest.slice(match[0].length)
  while (!isExpression(text)) {
    const next = more.exec(below)
    if (next === null) throw new Error(`this is not a value: ${text}`)
    text = `${text}\n${next[1] ?? ''}`
    below = below.slice(next[0].length)
  }
  return { kind, text }
}

/** In `console.log(x) // => value` the claim is about x. */
const subject = (expression: ts.Expression): ts.Expression => {
  if (!ts.isCallExpression(expression)) return expression
  const [argument, ...others] = expression.arguments
  const isLog = expression.expression.getText() === 'console.log'
  return isLog && argument !== undefined && others.length === 0 ? argument : expression
}

const declared = (statement: ts.VariableStatement): string => {
  const [declaration, ...others] = statement.declarationList.declarations
  if (declaration === undefined || others.length > 0 || !ts.isIdentifier(declaration.name))
    throw new Error('a claim about a declaration needs one plain name')
  return declaration.name.text
}

const asserted = (statement: ts.Statement, claim: Claim): string => {
  const value = `(${claim.text}\n)`
  if (ts.isVariableStatement(statement) && claim.kind === 'equals')
    return `${statement.getText()}\n;expect__(${declared(statement)}).toStrictEqual(${value});`
  if (!ts.isExpressionStatement(statement))
    throw new Error(`a claim stands behind no expression: ${statement.getText()}`)
  const actual = subject(statement.expression).getText()
  return claim.kind === 'equals'
    ? `;expect__(${actual}).toStrictEqual(${value});`
    : `;expect__(() => ${actual}).toThrow(${value});`
}

export interface Example {
  readonly code: string
  /** How many claims it makes. */
  readonly claims: number
}

/** The code with its claims as assertions of `expect__`, which the caller has in scope. */
export const withAssertions = (code: string): Example => {
  const source = parse(code)
  const parts = source.statements.map((statement) => {
    const claim = claimAfter(code.slice(statement.end))
    const text = code.slice(statement.getFullStart(), statement.end)
    if (claim === undefined) return { text, claims: 0 }
    const before = code.slice(statement.getFullStart(), statement.getStart())
    return { text: `${before}${asserted(statement, claim)}`, claims: 1 }
  })
  const written = code.match(/\/\/[ \t]*(?:=>|throws\b)/gu)?.length ?? 0
  const claims = parts.reduce((sum, part) => sum + part.claims, 0)
  if (claims !== written)
    throw new Error(
      `${String(written - claims)} claim(s) stand where they are not seen, such as inside a statement`,
    )
  return { code: parts.map(({ text }) => text).join('\n'), claims }
}

/** The names that a piece of code uses, and those that it declares or imports itself. */
export const namesIn = (
  code: string,
): { readonly used: ReadonlySet<string>; readonly own: ReadonlySet<string> } => {
  const used = new Set<string>()
  const own = new Set<string>()
  const waiting: ts.Node[] = [parse(code)]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const isMember =
      ts.isIdentifier(node) &&
      ((ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) ||
        (ts.isPropertyAssignment(node.parent) && node.parent.name === node))
    if (ts.isIdentifier(node) && !isMember) used.add(node.text)
    const name = (node as { readonly name?: ts.Node }).name
    const declares =
      ts.isImportSpecifier(node) ||
      ts.isNamespaceImport(node) ||
      ts.isImportClause(node) ||
      ts.isVariableDeclaration(node) ||
      ts.isBindingElement(node) ||
      ts.isParameter(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isInterfaceDeclaration(node)
    if (declares && name !== undefined && ts.isIdentifier(name)) own.add(name.text)
    node.forEachChild((child) => {
      waiting.push(child)
    })
  }
  return { used, own }
}
