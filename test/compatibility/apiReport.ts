/**
 * The public surface as text: under each entry every exported name with its type, without the docstrings. Which names
 * there are comes from `surfaceOf`'s way of looking; this adds what they promise.
 */
import ts from 'typescript'
import { compilerOptions } from '../package/surface.js'

const flags: ts.TypeFormatFlags =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.WriteArrayAsGenericType |
  ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope |
  ts.TypeFormatFlags.InTypeAlias

const printer = ts.createPrinter({ removeComments: true, omitTrailingSemicolon: true })

const onOneLine = (text: string): string =>
  text.replaceAll(/\s+/gu, ' ').replaceAll(/import\("[^"]*"\)\./gu, '')

const aliased = (checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol =>
  (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol)

const printed = (node: ts.Node): string =>
  onOneLine(printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()))

/** As it is written, which keeps the names of types: the signature of a function, else the annotation, unless it is the type of a constant. */
const written = (node: ts.Node | undefined): string | undefined => {
  if (node === undefined || !ts.isVariableDeclaration(node)) return undefined
  if (node.type !== undefined) return ts.isTypeQueryNode(node.type) ? undefined : printed(node.type)
  const made = node.initializer
  if (made === undefined || !ts.isArrowFunction(made) || made.type === undefined) return undefined
  const generics = made.typeParameters?.map(printed).join(', ')
  const parameters = made.parameters.map(printed).join(', ')
  return `${generics === undefined ? '' : `<${generics}>`}(${parameters}) => ${printed(made.type)}`
}

/** A table of constants says with its keys all that is promised; their values are data. */
const LONGEST = 1_000

const valueLine = (checker: ts.TypeChecker, name: string, symbol: ts.Symbol): string => {
  const type = checker.getTypeOfSymbol(symbol)
  const text = written(symbol.valueDeclaration) ?? onOneLine(checker.typeToString(type, undefined, flags))
  if (text.length <= LONGEST) return `const ${name}: ${text}`
  if (checker.isTupleType(type))
    return `const ${name}: a list of ${String(checker.getTypeArguments(type as ts.TypeReference).length)}`
  const keys = type.getProperties().map((property) => property.name)
  return `const ${name}: { ${keys.join(', ')} }`
}

const typeLines = (name: string, symbol: ts.Symbol): readonly string[] =>
  (symbol.declarations ?? [])
    .filter((node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
    .map((node) =>
      printed(node)
        .replace(/^export /u, '')
        .replace(/^(type|interface) \w+/u, `$1 ${name}`),
    )

const linesOf = (checker: ts.TypeChecker, name: string, symbol: ts.Symbol): readonly string[] => [
  ...typeLines(name, symbol),
  ...((symbol.flags & ts.SymbolFlags.Value) === 0 ? [] : [valueLine(checker, name, symbol)]),
]

const indented = (line: string): string => `  ${line}`
const byName = (a: ts.Symbol, b: ts.Symbol): number => (a.name < b.name ? -1 : Number(a.name > b.name))

const section = (checker: ts.TypeChecker, name: string, symbol: ts.Symbol): readonly string[] => {
  const target = aliased(checker, symbol)
  if ((target.flags & ts.SymbolFlags.Module) === 0) return linesOf(checker, name, target)
  const members = checker.getExportsOfModule(target)
  const lines = [...members].sort(byName).flatMap((member) => section(checker, member.name, member))
  return ['', `namespace ${name}`, ...lines.map(indented)]
}

/** One report for each of the modules, made by one program. */
export const apiReports = (files: readonly string[]): ReadonlyMap<string, string> => {
  const program = ts.createProgram(files, compilerOptions('nodenext'))
  const checker = program.getTypeChecker()
  return new Map(
    files.map((file) => {
      const source = program.getSourceFile(file)
      const module = source === undefined ? undefined : checker.getSymbolAtLocation(source)
      if (module === undefined) throw new Error(`${file} is no module`)
      const exported = [...checker.getExportsOfModule(module)].sort(byName)
      return [
        file,
        `${exported
          .flatMap((symbol) => section(checker, symbol.name, symbol))
          .join('\n')
          .trim()}\n`,
      ]
    }),
  )
}
