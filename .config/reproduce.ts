/**
 * Builds twice, apart from each other, and fails unless both builds have the same files with the same bytes. What is
 * published can then be checked by anyone: build the tagged commit and compare.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

const build = (): ReadonlyMap<string, string> => {
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(dist, name)).isFile(),
  )
  return new Map(
    files.sort().map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(dist, name)))
        .digest('hex'),
    ]),
  )
}

const first = build()
const second = build()
const names = new Set([...first.keys(), ...second.keys()])
const different = [...names].filter((name) => first.get(name) !== second.get(name))
process.stdout.write(
  different.length === 0
    ? `${String(names.size)} files, the same bytes twice\n`
    : `not reproducible: ${different.join(', ')}\n`,
)
process.exitCode = different.length === 0 ? 0 : 1
