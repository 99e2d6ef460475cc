/**
 * What a user of a part pays for: modules bundled as users bundle them, and which data are left in the bundle.
 *
 * Vite sees through the namespaces of the main entry; esbuild (by tsup) does not, and is given the names themselves.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build as buildByTsup } from 'tsup'
import { build as buildByVite } from 'vite'
import { afterAll, describe, expect, it } from 'vitest'
import { Ecr } from '../../src/index.js'
import { newFolder, plant, remove, root } from './scratch.js'

const folder = newFolder()
afterAll(() => {
  remove(folder)
})

const byVite = async (name: string, code: string): Promise<string> => {
  plant(folder, { [`${name}.ts`]: code })
  const result = await buildByVite({
    configFile: false,
    root: folder,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(folder, `${name}.ts`), formats: ['es'] },
      rolldownOptions: { external: /^(?:fp-ts|io-ts)/u },
    },
  })
  return (Array.isArray(result) ? result : [result])
    .flatMap((built) => ('output' in built ? built.output : []))
    .map((chunk) => ('code' in chunk ? chunk.code : ''))
    .join('\n')
}

const byEsbuild = async (name: string, code: string): Promise<string> => {
  plant(folder, { [`${name}.ts`]: code })
  const outDir = join(folder, name)
  await buildByTsup({
    config: false,
    entry: [join(folder, `${name}.ts`)],
    outDir,
    format: 'esm',
    platform: 'neutral',
    external: [/^(?:fp-ts|io-ts)/u],
    silent: true,
    dts: false,
  })
  return readdirSync(outDir)
    .map((file) => readFileSync(join(outDir, file), 'utf8'))
    .join('\n')
}

const source = (path: string): string => JSON.stringify(join(root, 'src', path))

/** The managed policies whose ARN is in the bundle. */
const policiesIn = (bundle: string): readonly string[] =>
  Ecr.managedPolicyNames().filter((name) => bundle.includes(Ecr.managedPolicy(name).arn))

/** The other data, by a text that stands nowhere else. */
const marks = {
  httpRoutes: '/v2/<name>/tags/list',
  dependencies: 'secret/ecr-pullthroughcache/',
  wrongNames: 'ecr:InitialLayerUpload',
  actions: 'registryPolicyV1',
  publicActions: 'ecr-public:GetRegistryCatalogData',
}
const marksIn = (bundle: string): readonly string[] =>
  Object.entries(marks)
    .filter(([, mark]) => bundle.includes(mark))
    .map(([name]) => name)

const use = (expression: string): string =>
  `import { Ecr } from ${source('index.ts')}\nexport const used = ${expression}\n`

describe('through the main entry, Vite leaves in', () => {
  it('no managed policy and no route for who asks about pulling', async () => {
    const bundle = await byVite('canPull', use('Ecr.canPull'))
    expect(bundle).toContain('ecr:GetDownloadUrlForLayer')
    expect(policiesIn(bundle)).toStrictEqual([])
    expect(marksIn(bundle)).toStrictEqual([])
  })

  it('one managed policy for who takes its constant', async () => {
    const bundle = await byVite('one', use('Ecr.Managed.AmazonEC2ContainerRegistryPullOnly'))
    expect(policiesIn(bundle)).toStrictEqual(['AmazonEC2ContainerRegistryPullOnly'])
    expect(bundle.length).toBeLessThan(3000)
  })

  it('all of them for who takes one by its name', async () => {
    const bundle = await byVite('all', use("Ecr.managedPolicy('AmazonEC2ContainerRegistryPullOnly')"))
    expect(policiesIn(bundle)).toHaveLength(31)
  })

  it('the routes alone for who asks about routes', async () => {
    const bundle = await byVite('routes', use('Ecr.actionsForRoute'))
    expect(policiesIn(bundle)).toStrictEqual([])
    expect(marksIn(bundle)).toStrictEqual(['httpRoutes'])
  })

  it('the actions alone for who asks about actions', async () => {
    expect(marksIn(await byVite('actions', use('Ecr.isAction')))).toStrictEqual(['actions', 'publicActions'])
  })
})

describe('from named imports, esbuild leaves in', () => {
  const named = (name: string, path: string): string =>
    `import { ${name} } from ${source(path)}\nexport const used = ${name}\n`

  it('no managed policy for who asks about pulling', async () => {
    const bundle = await byEsbuild('canPull-esbuild', named('canPull', 'ecr/index.ts'))
    expect(bundle).toContain('ecr:GetDownloadUrlForLayer')
    expect(policiesIn(bundle)).toStrictEqual([])
    expect(marksIn(bundle)).toStrictEqual([])
  })

  it('one managed policy for who takes its constant', async () => {
    const name = 'AmazonEC2ContainerRegistryPullOnly'
    expect(policiesIn(await byEsbuild('one-esbuild', named(name, 'ecr/data/managed.ts')))).toStrictEqual([
      name,
    ])
  })

  it('all of them for who takes one by its name', async () => {
    expect(policiesIn(await byEsbuild('all-esbuild', named('managedPolicy', 'ecr/index.ts')))).toHaveLength(
      31,
    )
  })
})
