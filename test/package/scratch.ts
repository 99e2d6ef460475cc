/**
 * Folders that live as long as a test file: copies of the project's settings with planted modules, and what the
 * project's tools say of them.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'ecr-policy-'))

export const remove = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true })
}

export type Files = Readonly<Record<string, string>>

export const plant = (folder: string, files: Files): void => {
  Object.entries(files).forEach(([name, text]) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  })
}

/** A project with our settings and packages and no modules but these. */
export const newProject = (files: Files): string => {
  const folder = newFolder()
  ;['.config', 'package.json', 'tsconfig.json'].forEach((name) => {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  plant(folder, files)
  return folder
}

export interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export const runIn =
  (folder: string) =>
  (command: string, ...args: readonly string[]): Run => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', NODE_OPTIONS: '' },
    })
    return { status, stdout, stderr }
  }

export const tool = (name: string): string => join(root, 'node_modules', '.bin', name)
