/**
 * Two shortcuts that the build takes and the source does not: they change what is loaded, never what it means.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import type { Options } from 'tsup'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

const require = createRequire(import.meta.url)

/** The namespaces of a door: name and module. */
const namespacesOf = (door: string): ReadonlyMap<string, string> =>
  new Map(
    [...readFileSync(door, 'utf8').matchAll(/^export \* as (\w+) from '(.+)'$/gm)].map(
      ([, name = '', path = '']) => [name, join(dirname(door), path)],
    ),
  )

/**
 * Imports of namespaces through a door become imports of the modules behind it.
 *
 * To esbuild, a namespace that comes through another module is an object that is used as a whole; one that is imported as
 * such is so many functions, of which it leaves out those that nobody calls.
 */
export const straightThroughDoors: Plugin = {
  name: 'straight-through-doors',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({
      contents: straight(readFileSync(path, 'utf8'), dirname(path)),
      loader: 'ts',
    }))
  },
}

/** The source of a module that stands in `folder`, without namespaces that come through doors. */
const straight = (source: string, folder: string): string =>
  source.replace(/^import \{([^}]*)\} from '(\.[^']*\/index\.js)'$/gm, (_, names: string, door: string) => {
    const namespaces = namespacesOf(join(folder, door.replace(/\.js$/, '.ts')))
    const all = names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
    const direct = all.flatMap((name) => {
      const [imported = '', local = imported] = name.split(' as ')
      const module = namespaces.get(imported)
      return module === undefined ? [] : [`import * as ${local} from './${relative(folder, module)}'`]
    })
    const others = all.filter((name) => !namespaces.has(name.split(' as ')[0] ?? ''))
    return [
      ...direct,
      ...(others.length === 0 ? [] : [`import { ${others.join(', ')} } from '${door}'`]),
    ].join('\n')
  })

/**
 * fp-ts and io-ts come from their modules in the form that can be bundled function by function.
 *
 * Node would load some eighty small files for them, which takes several times as long as the whole library. The classes of
 * io-ts, of which the library uses two, are left out where nobody asks for them.
 */
export const bundledFpTs: Plugin = {
  name: 'bundled-fp-ts',
  setup: (build) => {
    build.onResolve({ filter: /^(?:fp-ts\/lib\/.*|io-ts)$/ }, ({ path }) => ({
      path:
        path === 'io-ts'
          ? join(dirname(require.resolve('io-ts/package.json')), 'es6', 'index.js')
          : join(
              dirname(require.resolve('fp-ts/package.json')),
              path.slice('fp-ts/'.length).replace('lib', 'es6'),
            ),
      sideEffects: false,
    }))
    build.onLoad({ filter: /[\\/]io-ts[\\/]es6[\\/]index\.js$/ }, ({ path }) => ({
      contents: withPureClasses(readFileSync(path, 'utf8')),
    }))
  },
}

/** A module that was compiled to old JavaScript, its classes and the values made of them marked as free of effects. */
const withPureClasses = (source: string): string =>
  source
    .replaceAll('/** @class */ (function', '/* @__PURE__ */ (function')
    .replace(/^(export var \w+|var \w+) = (new \w+\(|brand\(|refinement\()/gm, '$1 = /* @__PURE__ */ $2')
