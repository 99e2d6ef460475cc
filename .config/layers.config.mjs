/**
 * Who may import whom: the one table of the house's layers, and the dependency-cruiser rules made from it.
 *
 * A layer is a folder of `src`; its `index.ts` is its door, and other layers come in by no other way. `types` lists
 * the layers of which only types may be imported.
 */

/** @type {Readonly<Record<string, { readonly values: readonly string[], readonly types?: readonly string[] }>>} */
const layers = {
  pattern: { values: [] },
  model: { values: ['pattern'] },
  codec: { values: ['model', 'pattern'] },
  builder: { values: ['model'], types: ['pattern'] },
  simulator: { values: ['model', 'pattern'] },
  algebra: { values: ['simulator', 'model', 'pattern'] },
  lint: { values: ['algebra', 'simulator', 'model', 'pattern'] },
  ecr: { values: ['lint', 'algebra', 'simulator', 'builder', 'codec', 'model', 'pattern'] },
  interop: { values: ['ecr', 'codec', 'model'] },
  picture: { values: ['ecr', 'algebra', 'simulator', 'model'] },
}

/** npm packages, and the part of `src` that may import each. */
const packages = [
  { name: 'io-ts', onlyFrom: '^src/codec/', why: 'JSON is decoded in one place' },
  { name: 'fast-check', onlyFrom: '^src/testing(/|\\.ts$)', why: 'the main entry must load without it' },
  { name: 'vitest', onlyFrom: '^src/testing/vitest\\.ts$', why: 'the matchers are for jest as well' },
  { name: '@jest/globals', onlyFrom: '^src/testing/jest\\.ts$', why: 'the matchers are for vitest as well' },
]
const everywhere = ['fp-ts']

const names = Object.keys(layers)
const anyOf = (/** @type {readonly string[]} */ words) => `(${words.join('|')})`
const escaped = (/** @type {string} */ text) => text.replace('.', '\\.')

const layerRules = names.flatMap((name) => {
  const { values, types = [] } = layers[name] ?? { values: [] }
  const known = [name, ...values, ...types]
  return [
    {
      name: `layer-${name}`,
      comment: `${name} may import ${values.join(', ') || 'no other layer'}`,
      severity: 'error',
      from: { path: `^src/${name}/` },
      to: { path: '^(src|test|docs)/', pathNot: `^src/${anyOf(known)}/` },
    },
    ...types.map((type) => ({
      name: `layer-${name}-types-of-${type}`,
      comment: `${name} may import types of ${type}, not values`,
      severity: 'error',
      from: { path: `^src/${name}/` },
      to: { path: `^src/${type}/`, dependencyTypesNot: ['type-only'] },
    })),
  ]
})

const packageRules = packages.map(({ name, onlyFrom, why }) => ({
  name: `package-${name}`,
  comment: `only ${onlyFrom} imports ${name}: ${why}`,
  severity: 'error',
  from: { path: '^src/', pathNot: onlyFrom },
  to: { path: `node_modules/${name}/` },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layerRules,
    ...packageRules,
    {
      name: 'folder-without-a-layer',
      comment: 'a new folder of src needs a line in the table of layers',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: `^src/(${names.join('|')}|api|testing)/|^src/(index|interop|pictures|testing)\\.ts$`,
      },
      to: {},
    },
    {
      name: 'past-the-door',
      comment: 'a layer is entered by its index.ts only',
      severity: 'error',
      // The facades of src/api gather whole modules, docstrings and all, and are not entered by anyone but src/index.ts.
      from: { path: '^src/([^/]+)(/|\\.ts$)', pathNot: '^src/api/' },
      to: { path: `^src/${anyOf(names)}/`, pathNot: `^src/$1/|^src/${anyOf(names)}/index\\.ts$` },
    },
    {
      name: 'index-imports-api-only',
      comment: 'the public surface is a list of the concepts in src/api',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { pathNot: '^src/api/' },
    },
    {
      name: 'api-is-below-the-entries',
      comment: 'the entries stand on api, never the other way round',
      severity: 'error',
      from: { path: '^src/api/' },
      to: { path: '^src/((index|interop|pictures)\\.ts$|testing(/|\\.ts$))|^(test|docs)/' },
    },
    {
      name: 'testing-imports-no-tests',
      comment: 'what users install cannot depend on what they do not get',
      severity: 'error',
      from: { path: '^src/testing(/|\\.ts$)' },
      to: { path: '^(test|docs)/' },
    },
    {
      name: 'main-entry-without-test-tools',
      comment: 'the main entry loads neither the matchers nor the arbitraries',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { path: '^src/testing(/|\\.ts$)|node_modules/(vitest|fast-check)/', reachable: true },
    },
    {
      name: 'no-built-in',
      comment: 'src runs in a browser: no fs, path or other built-in of Node',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-other-package',
      comment: 'a new dependency needs a line in the table of layers',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        path: 'node_modules/',
        pathNot: `node_modules/(@types/)?${anyOf([...everywhere, ...packages.map(({ name }) => name)].map(escaped))}/`,
      },
    },
    {
      name: 'oracle-shares-no-code',
      comment: 'oracle and solver encoding prove nothing once they lean on what they check',
      severity: 'error',
      from: { path: '^test/(oracle|z3)/' },
      to: { path: '^src/', reachable: true },
    },
    {
      name: 'one-test-tool-each',
      comment: 'who uses one test tool has not installed the others: the entries for them do not meet',
      severity: 'error',
      from: { path: '^src/testing/(vitest|jest|matchers)\\.ts$' },
      to: { path: 'node_modules/fast-check/', reachable: true },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.js', '.d.ts'],
    },
  },
}
