/** The operations on ECR: a module a group, and one that lists them all. */
import { capital, doc, frozenImport, header, literalConst } from './print.mjs'

const groups = {
  pull: 'Operations that read images from a private repository.',
  push: 'Operations that write images to a private repository.',
  platform: 'Pulls by AWS services that run containers.',
  registry: 'Operations that look after repositories and registries.',
  public: 'Operations on ECR Public.',
}

const camel = (id) => id.replace(/-([a-z0-9])/g, (_, char) => char.toUpperCase())

const operationConst = ({ group: _, ...operation }) =>
  literalConst(`${capital(operation.title)} (${operation.rules.join(', ')}).`, camel(operation.id), operation)

const groupFile = (operations, group) =>
  [header(groups[group]), ...operations.filter((o) => o.group === group).map(operationConst)].join('\n\n')

const indexFile = (operations) => {
  const imports = Object.keys(groups).map((group) => {
    const names = operations.filter((o) => o.group === group).map((o) => camel(o.id))
    return `import { ${names.join(', ')} } from './operations/${group}.js'`
  })
  const types = operations.map(({ id }) => `  readonly '${id}': typeof ${camel(id)}`)
  const entries = operations.map(({ id }) => `  '${id}': ${camel(id)},`)
  return `${header('Every operation on ECR that is known, by its id.')}${frozenImport}${imports.join('\n')}

${doc('The id of an operation.')}
export type OperationId =
${operations.map(({ id }) => `  | '${id}'`).join('\n')}

interface Operations {
${types.join('\n')}
}

${doc('What a person or a platform does with ECR, and the API actions it takes.')}
export const operations: { readonly [Id in OperationId]: Operations[Id] } = /* @__PURE__ */ Frozen.deep({
${entries.join('\n')}
})
`
}

export const operationFiles = (operations) => ({
  ...Object.fromEntries(
    Object.keys(groups).map((group) => [`operations/${group}.ts`, groupFile(operations, group)]),
  ),
  'operations.ts': indexFile(operations),
})
