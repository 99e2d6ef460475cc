/**
 * Types of namespaces that other programs can name in declarations of their own.
 *
 * The roll-up of declarations writes `type Ecr_Access = Access` and lets the namespace export the alias. A program whose
 * own declarations are emitted can then not say what `Ecr.access` returns (TS4023): the type is `Access`, which nobody
 * exports. Here the types behind such aliases get names of their own (`Access$0`), and the namespaces export these.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import ts from 'typescript'

const files = ['index', 'interop', 'pictures', 'testing'].flatMap((name) =>
  ['d.ts', 'd.cts'].map((ending) => `dist/${name}.${ending}`),
)

/** From where to where, and what instead. */
type Edit = readonly [from: number, to: number, by: string]

/** What namespaces export, as it is called outside of them. */
const exportedNames = (file: ts.SourceFile): ReadonlySet<string> =>
  new Set(
    file.statements.flatMap((statement) =>
      ts.isModuleDeclaration(statement) && statement.body && ts.isModuleBlock(statement.body)
        ? statement.body.statements.flatMap((inner) =>
            ts.isExportDeclaration(inner) && inner.exportClause && ts.isNamedExports(inner.exportClause)
              ? inner.exportClause.elements.map(({ propertyName, name }) => (propertyName ?? name).text)
              : [],
          )
        : [],
    ),
  )

/** `type Namespace_Name<A> = Name<A>` that a namespace exports: the alias, and what it stands for. */
const aliasesIn = (file: ts.SourceFile): ReadonlyMap<ts.Node, readonly [alias: string, target: string]> => {
  const exported = exportedNames(file)
  return new Map(
    file.statements.flatMap((statement) => {
      if (!ts.isTypeAliasDeclaration(statement) || !exported.has(statement.name.text)) return []
      const { name, type, typeParameters = [] } = statement
      if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return []
      const given = (type.typeArguments ?? []).map((each) => each.getText(file)).join()
      const isAlias =
        name.text.endsWith(`_${type.typeName.text}`) &&
        typeParameters.map((each) => each.name.text).join() === given
      return isAlias ? [[statement, [name.text, type.typeName.text]] as const] : []
    }),
  )
}

const infers = (node: ts.Node, name: string): boolean =>
  (ts.isInferTypeNode(node) && node.typeParameter.name.text === name) ||
  ts.forEachChild(node, (child) => infers(child, name) || undefined) === true

/** Is the name that of a type parameter where it stands? */
const isParameter = (name: ts.Identifier): boolean => {
  for (let node: ts.Node | undefined = name.parent; node !== undefined; node = node.parent) {
    const { typeParameters } = node as { readonly typeParameters?: readonly ts.TypeParameterDeclaration[] }
    if (typeParameters?.some((each) => each.name.text === name.text) === true) return true
    if (ts.isMappedTypeNode(node) && node.typeParameter.name.text === name.text) return true
    if (ts.isConditionalTypeNode(node) && infers(node.extendsType, name.text)) return true
  }
  return false
}

const isTypeName = (name: ts.Identifier): boolean => {
  const { parent } = name
  if (ts.isTypeReferenceNode(parent)) return parent.typeName === name
  if (ts.isInterfaceDeclaration(parent) || ts.isTypeAliasDeclaration(parent)) return parent.name === name
  return ts.isExpressionWithTypeArguments(parent)
}

const editsOf = (file: ts.SourceFile): readonly Edit[] => {
  const aliases = aliasesIn(file)
  const targetOf = new Map(aliases.values())
  const renamed = new Map(Array.from(targetOf.values(), (target) => [target, `${target}$0`]))
  const edits: Edit[] = []
  const replace = (node: ts.Node, by: string | undefined): void => {
    if (by !== undefined) edits.push([node.getStart(file), node.getEnd(), by])
  }
  const inExport = (name: ts.Identifier, specifier: ts.ExportSpecifier): void => {
    if (specifier.propertyName !== undefined && specifier.name === name) return
    if (ts.isModuleBlock(specifier.parent.parent.parent))
      replace(name, renamed.get(targetOf.get(name.text) ?? ''))
    else if (renamed.has(name.text))
      replace(
        name,
        `${renamed.get(name.text)}${specifier.propertyName === undefined ? ` as ${name.text}` : ''}`,
      )
  }
  const visit = (node: ts.Node): void => {
    if (aliases.has(node)) edits.push([node.getFullStart(), node.getEnd(), ''])
    else if (!ts.isIdentifier(node)) ts.forEachChild(node, visit)
    else if (ts.isExportSpecifier(node.parent)) inExport(node, node.parent)
    else if (isTypeName(node) && !isParameter(node)) replace(node, renamed.get(node.text))
  }
  visit(file)
  return edits
}

for (const path of files) {
  const text = readFileSync(path, 'utf8')
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const edits = Array.from(editsOf(file)).sort(([a], [b]) => b - a)
  writeFileSync(
    path,
    edits.reduce((done, [from, to, by]) => done.slice(0, from) + by + done.slice(to), text),
  )
}
