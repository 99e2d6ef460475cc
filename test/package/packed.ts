/**
 * The package as users get it: packed, unpacked into the `node_modules` of a project of theirs, with only the packages
 * beside it that it declares.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { newFolder, root, runIn } from './scratch.js'

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, unknown>>
}

export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest

const mustRun = (folder: string, command: string, ...args: readonly string[]): string => {
  const { status, stdout, stderr } = runIn(folder)(command, ...args)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`)
  return stdout
}

/** Packs `dist`, which is built first unless the caller (`npm test`) has just done so. */
export const pack = (): string => {
  const isBuilt = process.env['ECR_POLICY_BUILT'] === '1' && existsSync(join(root, 'dist', 'index.js'))
  if (!isBuilt) mustRun(root, 'npm', 'run', 'build', '--silent')
  const folder = newFolder()
  mustRun(root, 'npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder)
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'))
  if (name === undefined) throw new Error('npm pack made no file')
  return join(folder, name)
}

/** A user's project that installed the package, and the peers named. */
export const install = (tarball: string, peers: readonly string[]): string => {
  const folder = newFolder()
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, 'ecr-policy'), { recursive: true })
  mustRun(folder, 'tar', '-xzf', tarball, '--strip-components=1', '-C', join(modules, 'ecr-policy'))
  ;[...Object.keys(manifest.dependencies), ...peers].forEach((name) => {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(modules, name))
  })
  return folder
}
