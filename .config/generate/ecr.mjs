/**
 * Writes the data modules of `src/ecr/data` from the JSON files in `sources/`.
 *
 *   node .config/generate/ecr.mjs           writes them, and takes away those that it wrote once
 *   node .config/generate/ecr.mjs --check   fails when one of them is not what would be written
 */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { catalogueFiles } from './catalogue.mjs'
import { managedFiles } from './managed.mjs'
import { operationFiles } from './operations.mjs'
import { header, literalConst, mark } from './print.mjs'

const source = async (name) => JSON.parse(await readFile(new URL(`sources/${name}`, import.meta.url), 'utf8'))

const data = new URL('../../src/ecr/data/', import.meta.url)
const pathOf = (name) => fileURLToPath(new URL(name, data))

const hostsFile = ({ partitions, publicHosts }) => `${header(
  'Partitions, their Regions, and the host names of their registries.',
)}
${literalConst(
  'Per partition: how its Regions begin (empty: all others), how its registry hosts end, and the Regions known.',
  'partitionHosts',
  partitions,
)}

${literalConst('The host names of ECR Public; the second one is dual-stack.', 'publicHosts', publicHosts)}
`

const [{ operations }, actions, catalogue, routes, policies, hosts] = await Promise.all(
  [
    'ecr-operations.json',
    'ecr-actions.json',
    'ecr-catalogue.json',
    'ecr-routes.json',
    'ecr-managed-policies.json',
    'ecr-hosts.json',
  ].map(source),
)

const files = {
  ...operationFiles(operations),
  ...catalogueFiles(actions, catalogue, routes),
  ...managedFiles(policies),
  'hosts.ts': hostsFile(hosts),
}

const textOf = async ([name, text]) => {
  const filepath = pathOf(name)
  return [name, await format(text, { ...(await resolveConfig(filepath)), filepath })]
}

const found = (name) => readFile(pathOf(name), 'utf8').catch(() => undefined)

const isStale = async ([name, wanted]) => (await found(name)) !== wanted

const isStray = async (name) => !Object.hasOwn(files, name) && (await found(name))?.includes(mark) === true

/** Those of the items of which the promised predicate holds. */
const those = async (holds, items) => {
  const held = await Promise.all(items.map(holds))
  return items.filter((_, i) => held[i])
}

const write = async ([name, text]) => {
  await mkdir(dirname(pathOf(name)), { recursive: true })
  await writeFile(pathOf(name), text)
}

const wanted = await Promise.all(Object.entries(files).map(textOf))
const stale = await those(isStale, wanted)
const strays = await those(isStray, await readdir(data, { recursive: true }))
const differing = [...stale.map(([name]) => name), ...strays]

const check = process.argv.includes('--check')
if (!check) {
  await Promise.all(stale.map(write))
  await Promise.all(strays.map((name) => rm(pathOf(name))))
}

console.log(differing.length === 0 ? 'up to date' : `${check ? 'stale' : 'written'}: ${differing.join(', ')}`)
if (check && differing.length > 0) process.exitCode = 1
