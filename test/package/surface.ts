/**
 * The names that an entry exports, namespaces included, each with what it is: a type, a value or both. The roll-up of
 * declarations has been seen to lose the type of a name that is both.
 */
import { join } from 'node:path'
import ts from 'typescript'

export const compilerOptions = (module: 'nodenext' | 'bundler'): ts.CompilerOptions => ({
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  module: module === 'nodenext' ? ts.ModuleKind.NodeNext : ts.ModuleKind.ESNext,
  moduleResolution:
    module === 'nodenext' ? ts.ModuleResolutionKind.NodeNext : ts.ModuleResolutionKind.Bundler,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
  types: [],
})

const resolved = (checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol =>
  (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol)

const meaning = (symbol: ts.Symbol): string =>
  [
    ...((symbol.flags & ts.SymbolFlags.Type) === 0 ? [] : ['type']),
    ...((symbol.flags & ts.SymbolFlags.Value) === 0 ? [] : ['value']),
  ].join('+')

/** `Concept.name: type+value` for each name behind the module, sorted. */
export const surfaceOf = (file: string, options: ts.CompilerOptions): readonly string[] => {
  const program = ts.createProgram([file], { ...options, skipLibCheck: true })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source)
  if (module === undefined) throw new Error(`${file} is no module`)
  return checker
    .getExportsOfModule(module)
    .flatMap((symbol) => {
      const target = resolved(checker, symbol)
      const isNamespace = (target.flags & ts.SymbolFlags.Module) !== 0
      if (!isNamespace) return [`${symbol.name}: ${meaning(target)}`]
      return checker
        .getExportsOfModule(target)
        .map((member) => `${symbol.name}.${member.name}: ${meaning(resolved(checker, member))}`)
    })
    .sort()
}

/**
 * What the compiler says of a user's modules; of library files too, unless these are to be skipped, and then of those
 * under `within` only, when given.
 */
export const complaints = (
  folder: string,
  files: readonly string[],
  module: 'nodenext' | 'bundler',
  within?: readonly string[],
  options: ts.CompilerOptions = {},
): readonly string[] => {
  const program = ts.createProgram(
    files.map((file) => join(folder, file)),
    { ...compilerOptions(module), ...options },
  )
  return ts
    .getPreEmitDiagnostics(program)
    .filter(
      ({ file }) => within === undefined || within.some((part) => file?.fileName.includes(part) ?? true),
    )
    .map(
      ({ file, messageText }) =>
        `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    )
}
