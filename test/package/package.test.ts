import { readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { install, manifest, pack } from './packed.js'
import { plant, remove, root, runIn, tool } from './scratch.js'
import { compilerOptions, complaints, surfaceOf } from './surface.js'

let tarball = ''
let bare = ''
let full = ''
beforeAll(() => {
  tarball = pack()
  bare = install(tarball, [])
  full = install(tarball, Object.keys(manifest.peerDependencies))
})
afterAll(() => {
  ;[dirname(tarball), bare, full].forEach(remove)
})

/** The entries that can be imported and required. */
const twofold = Object.keys(manifest.exports).filter(
  (name) => !['./vitest', './*', './package.json'].includes(name),
)

const home = (folder: string): string => join(folder, 'node_modules', 'ecr-policy')

const node = (folder: string, file: string, code: string): unknown => {
  plant(folder, { [file]: code })
  const { status, stdout, stderr } = runIn(folder)(process.execPath, file)
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

/** The names of each export, and of each namespace among them. */
const listing = `const list = (it) => Object.keys(it).filter((name) => name !== 'default' && name !== 'module.exports').sort().flatMap((name) =>
  typeof it[name] === 'object' && it[name] !== null && /^[A-Z]/.test(name) ? Object.keys(it[name]).sort().map((inner) => name + '.' + inner) : [name])
console.log(JSON.stringify(list(entry)))`
const imported = (name: string): string => `import * as entry from '${name}'\n${listing}`
const required = (name: string): string => `const entry = require('${name}')\n${listing}`

const values = (surface: readonly string[]): readonly string[] =>
  surface.filter((line) => line.endsWith('value')).map((line) => line.replace(/: .*/u, ''))

describe('the tarball', () => {
  it('holds what is built, the licences and the two pages, and nothing else', () => {
    const others = readdirSync(home(bare), { recursive: true, encoding: 'utf8' }).filter(
      (name) => !/^dist(\/[\w-]+\.(js|cjs|d\.ts|d\.cts)|\/esm(\/[\w-]+)*(\.(js|d\.ts))?)?$/u.test(name),
    )
    expect(others.sort()).toStrictEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/THIRD-PARTY-LICENSES.txt',
      'package.json',
    ])
  })

  it('runs nothing when it is installed', () => {
    const { scripts } = JSON.parse(readFileSync(join(home(bare), 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>
    }
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/u.test(name))).toStrictEqual(
      [],
    )
  })

  it('satisfies publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: home(bare), strict: true, pack: false })
    expect(messages.map((message) => formatMessage(message, pkg))).toStrictEqual([])
  })

  it.each([
    ['imported and required', 'node16', twofold],
    ['imported, as vitest can only be', 'esm-only', ['./vitest']],
  ])('has the right types for each way to resolve what is %s', (_, profile, entries) => {
    const run = runIn(root)(
      tool('attw'),
      tarball,
      '--profile',
      profile,
      '--no-emoji',
      '--entrypoints',
      ...entries,
    )
    expect(run.status, run.stdout).toBe(0)
  })
})

describe('at run time', () => {
  it('gives the same names imported, required and declared', () => {
    const names = values(surfaceOf(join(root, 'src', 'index.ts'), compilerOptions('nodenext')))
    expect(names.length).toBeGreaterThan(0)
    const declared = [...names].sort()
    expect([...(node(bare, 'main.mjs', imported('ecr-policy')) as string[])].sort()).toStrictEqual(declared)
    expect([...(node(bare, 'main.cjs', required('ecr-policy')) as string[])].sort()).toStrictEqual(declared)
  })

  it('gives the names of the entry for other tools, imported, required and declared', () => {
    const names = values(surfaceOf(join(root, 'src', 'interop.ts'), compilerOptions('nodenext')))
    const declared = [...names].sort()
    expect(declared.length).toBeGreaterThan(0)
    expect([...(node(bare, 'interop.mjs', imported('ecr-policy/interop')) as string[])].sort()).toStrictEqual(
      declared,
    )
    expect([...(node(bare, 'interop.cjs', required('ecr-policy/interop')) as string[])].sort()).toStrictEqual(
      declared,
    )
  })

  it('gives the same names in the second entry', () => {
    const declared = node(full, 'testing.mjs', imported('ecr-policy/testing')) as string[]
    expect(declared.length).toBeGreaterThan(0)
    expect(node(full, 'testing.cjs', required('ecr-policy/testing'))).toStrictEqual(declared)
  })

  it('gives the matchers where neither a test tool nor fast-check is installed', () => {
    const use = (matchers: string): string =>
      `${matchers}\nconsole.log(JSON.stringify(matchers.toAllowPull.call({}, { principal: 'arn:aws:iam::111122223333:root' }, '111122223333.dkr.ecr.eu-west-1.amazonaws.com/app')))`
    expect(node(bare, 'match.mjs', use("import { matchers } from 'ecr-policy/matchers'"))).toStrictEqual({
      pass: true,
    })
    expect(node(bare, 'match.cjs', use("const { matchers } = require('ecr-policy/matchers')"))).toStrictEqual(
      { pass: true },
    )
  })

  it('gives each namespace by itself, for bundlers, with the names it has in the main entry', () => {
    const whole = node(bare, 'main.mjs', imported('ecr-policy')) as string[]
    const parts = Array.from(new Set(whole.map((name) => name.replace(/\..*/u, ''))))
    expect(parts).toContain('Ecr')
    for (const part of parts) {
      const inWhole = whole
        .filter((name) => name.startsWith(`${part}.`))
        .map((name) => name.slice(part.length + 1))
      const own = node(
        bare,
        'part.mjs',
        `import * as entry from 'ecr-policy/${part}'\nconsole.log(JSON.stringify(Object.keys(entry)))`,
      )
      expect([part, new Set(own as string[])]).toStrictEqual([part, new Set(inWhole)])
    }
  })

  const watch = (load: string): string => `
    const owners = [globalThis, Object, Array, String, Number, Function, RegExp, Map, Set, Symbol, Promise, JSON, Math]
      .flatMap((it) => [it, ...(typeof it === 'function' ? [it.prototype] : [])])
    const names = () => owners.map((it) => Reflect.ownKeys(it).map((key) => {
      const own = Object.getOwnPropertyDescriptor(it, key)
      return [String(key), own.value, own.get]
    }))
    const same = (a, b) => a.length === b.length && a.every((row, i) => row.length === b[i].length &&
      row.every((cell, j) => cell.every((part, k) => Object.is(part, b[i][j][k]))))
    const before = names()
    ${load}
    console.log(JSON.stringify(same(before, names())))`

  it('changes no global when it loads', () => {
    expect(node(bare, 'globals.mjs', watch("await import('ecr-policy')"))).toBe(true)
    expect(node(bare, 'globals.cjs', watch("require('ecr-policy')"))).toBe(true)
  })

  it('would notice a changed global', () => {
    expect(node(bare, 'changed.mjs', watch('Array.prototype.at = () => 1'))).toBe(false)
    expect(node(bare, 'added.mjs', watch('globalThis.mine = 1'))).toBe(false)
  })

  it('names neither fast-check nor vitest in the code of the main entry', () => {
    const waiting = ['index.js', 'index.cjs']
    const seen = new Set<string>()
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (seen.has(name)) continue
      seen.add(name)
      const code = readFileSync(join(home(bare), 'dist', name), 'utf8')
      expect([name, /(?:from|import|require\()\s*["'](?:vitest|fast-check)/u.test(code)]).toStrictEqual([
        name,
        false,
      ])
      for (const match of code.matchAll(/["']\.\/([\w-]+\.c?js)["']/gu)) waiting.push(match[1] ?? '')
    }
  })
})

describe('for the compiler', () => {
  const use = (name: string): string =>
    `import * as entry from '${name}'\nexport const names: readonly string[] = Object.keys(entry)\n`
  const wrong = "import { noSuchThing } from 'ecr-policy'\nexport const it = noSuchThing\n"

  it.each([
    ['an ES module', 'main.mts', 'nodenext'],
    ['a CommonJS module', 'main.cts', 'nodenext'],
    ['a bundled module', 'main.ts', 'bundler'],
  ] as const)('the main entry type-checks in %s, its declarations included', (_, file, module) => {
    plant(bare, { [file]: use('ecr-policy') })
    expect(complaints(bare, [file], module)).toStrictEqual([])
  })

  it.each([
    ['an ES module', 'testing.mts', 'nodenext'],
    ['a CommonJS module', 'testing.cts', 'nodenext'],
    ['a bundled module', 'testing.ts', 'bundler'],
  ] as const)('the second entry type-checks in %s', (_, file, module) => {
    plant(full, { [file]: use('ecr-policy/testing') })
    expect(complaints(full, [file], module, [file, 'node_modules/ecr-policy/'])).toStrictEqual([])
  })

  it.each(['nodenext', 'bundler'] as const)('a namespace by itself type-checks under %s', (module) => {
    plant(bare, { 'part.mts': use('ecr-policy/Ecr') })
    expect(complaints(bare, ['part.mts'], module)).toStrictEqual([])
  })

  it('a wrong use does not compile', () => {
    plant(bare, { 'wrong.mts': wrong })
    expect(complaints(bare, ['wrong.mts'], 'nodenext')).toHaveLength(1)
  })

  it.each(['index', 'interop', 'pictures', 'testing', 'testing/matchers'])(
    'the declarations of %s lose no type and no value',
    (entry) => {
      const options = compilerOptions('nodenext')
      const own = surfaceOf(join(root, 'src', `${entry}.ts`), options)
      const built = join(home(full), 'dist', basename(entry))
      expect(surfaceOf(`${built}.d.ts`, options)).toStrictEqual(own)
      expect(surfaceOf(`${built}.d.cts`, options)).toStrictEqual(own)
    },
  )
})
