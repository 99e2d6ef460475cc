/** AWS's managed policies: a module each, and one that lists them all. */
import { tsImport } from 'tsx/esm/api'
import { doc, expression, header } from './print.mjs'

const { parse, renderErrors } = await tsImport('../../src/codec/index.ts', import.meta.url)

/** The document as the library's own codec reads it. */
const read = (name, json) => {
  const document = parse(json, 'identity')
  if (document._tag === 'Left') throw new Error(`${name}: ${renderErrors(document.left)}`)
  return document.right
}

const day = (time) => time.slice(0, 10)

const policyFile = ([name, { about, document, ...policy }]) => `${header(
  `The AWS managed policy ${name}, ${policy.version} of ${day(policy.updatedAt)}.`,
)}import { published, type ManagedPolicy } from '../../catalogue/ManagedPolicy.js'

${doc(about)}
export const ${name}: ManagedPolicy<'${name}'> = /* @__PURE__ */ published(${expression({
  name,
  ...policy,
  document: read(name, document),
})})
`

const indexFile = (policies) => `${header(
  'The AWS managed policies that bear on container images, each a constant under its own name.',
)}${policies.map(([name]) => `export { ${name} } from './managed/${name}.js'`).join('\n')}
`

export const managedFiles = ({ policies }) => {
  const entries = Object.entries(policies)
  return {
    ...Object.fromEntries(entries.map((entry) => [`managed/${entry[0]}.ts`, policyFile(entry)])),
    'managed.ts': indexFile(entries),
  }
}
