/** What comes along with the package, and what a user would have to trust. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { manifest } from './packed.js'
import { root } from './scratch.js'

interface Installed {
  readonly version?: string
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
}

interface Locked {
  readonly version?: string
  readonly integrity?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly inBundle?: boolean
  readonly link?: boolean
  readonly hasInstallScript?: boolean
}

const json = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'))
const lock = json('package-lock.json') as { readonly packages: Readonly<Record<string, Locked>> }
const locked = Object.entries(lock.packages).filter(([path]) => path !== '')
const installed = (name: string): Installed => json(`node_modules/${name}/package.json`) as Installed

/** The packages that an installation of ecr-policy brings: its dependencies, theirs, and the peers that these want. */
const runtime = (): readonly string[] => {
  const seen = new Set<string>()
  const waiting = Object.keys(manifest.dependencies)
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    Object.keys(installed(name).dependencies ?? {}).forEach((inner) => waiting.push(inner))
  }
  return [...seen].sort()
}

const permissive = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0']

describe('the packages that come along', () => {
  it('are two, and bring no others', () => {
    expect(runtime()).toStrictEqual(['fp-ts', 'io-ts'])
  })

  it('are permissively licensed', () => {
    const others = runtime().filter((name) => !permissive.includes(installed(name).license ?? 'none'))
    expect(others).toStrictEqual([])
  })

  it('run nothing when they are installed', () => {
    const hooks = ['preinstall', 'install', 'postinstall']
    const running = runtime().filter((name) =>
      hooks.some((hook) => Object.hasOwn(installed(name).scripts ?? {}, hook)),
    )
    expect(running).toStrictEqual([])
  })
})

describe('the lock file', () => {
  it('names a hash for all that is used at run time', () => {
    const without = locked.filter(([, entry]) => entry.dev !== true && entry.integrity === undefined)
    expect(without.map(([path]) => path)).toStrictEqual([])
  })

  it('leaves without a hash only bindings for other machines, and what lies inside of another package', () => {
    const without = locked.filter(
      ([, { integrity, inBundle, optional }]) =>
        integrity === undefined && inBundle !== true && optional !== true,
    )
    expect(without.map(([path]) => path)).toStrictEqual([])
  })

  it('says the versions that are installed', () => {
    const other = locked.filter(([path, { version }]) => {
      const file = join(path, 'package.json')
      return existsSync(join(root, file)) && (json(file) as Installed).version !== version
    })
    expect(other.map(([path]) => path)).toStrictEqual([])
  })

  it('has no copyleft among the tools either', () => {
    const strong = locked.filter(([path]) => {
      const file = join(path, 'package.json')
      if (!existsSync(join(root, file))) return false
      const license = JSON.stringify((json(file) as Installed).license ?? '')
      return /\b(A?GPL|SSPL|BUSL)/u.test(license) && !/\bMIT OR\b/u.test(license)
    })
    expect(strong.map(([path]) => path)).toStrictEqual([])
  })
})

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort()

describe('the build', () => {
  it('contains no path of the machine', () => {
    const dist = join(root, 'dist')
    const telling = filesBelow(dist).filter((file) => readFileSync(file, 'utf8').includes(root))
    expect(telling).toStrictEqual([])
  })
})
