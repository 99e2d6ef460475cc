/**
 * The pages, followed as a new user does: the packed tarball in an empty project, each block pasted into a file of its
 * own and run, each command typed.
 */
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withAssertions } from '../docs/assertions.js'
import { blocksOfPage } from '../docs/blocks.js'
import { pages, read } from '../docs/modules.js'
import { notPrinted, projectOf, type Command } from '../docs/projects.js'
import { install, manifest, pack } from './packed.js'
import { plant, remove, runIn, tool } from './scratch.js'

const followed = pages
  .filter((page) => page === 'README.md' || /^docs\/(guide|examples)\//u.test(page))
  .map((page) => ({ page, text: read(page), folder: page.replace(/\W+/gu, '-') }))

const blocks = followed.flatMap(({ page, text, folder }) =>
  blocksOfPage(page, text)
    .filter(({ runs }) => runs)
    .map(({ line, code }) => ({
      name: `${page}:${String(line)}`,
      file: `${folder}/block${String(line)}.ts`,
      code,
    })),
)

const projects = followed
  .map(({ page, text, folder }) => ({ page, folder, ...projectOf(text) }))
  .filter(({ commands }) => commands.length > 0)

/** The packages that a reader installs beside ours, by what the code imports: `node:` names have a colon. */
const packagesIn = (codes: readonly string[]): readonly string[] => {
  const names = codes.flatMap((code) =>
    [...code.matchAll(/\bfrom\s+'((?:@[\w-]+\/)?[\w.-]+)[^']*'/gu)].map((match) => match[1] ?? ''),
  )
  const ours = new Set(['ecr-policy', ...Object.keys(manifest.dependencies)])
  return [...new Set(names)].filter((name) => !ours.has(name) && !name.startsWith('.'))
}

const head = `import { deepStrictEqual, throws } from 'node:assert'
const expect__ = (actual: any) => ({
  toStrictEqual: (expected: unknown) => deepStrictEqual(actual, expected),
  toThrow: (text: string) => throws(actual, (error: Error) => error.message.includes(text)),
})
`

/** One process runs all blocks; what a block throws is said by its file. */
const runner = `const outcomes = {}
console.log = () => undefined
for (const file of ${JSON.stringify(blocks.map(({ file }) => file))})
  outcomes[file] = await import('./' + file).then(() => 'holds', (error) => String(error))
process.stdout.write(JSON.stringify(outcomes))
`

let tarball = ''
let home = ''
let outcomes: Readonly<Record<string, string>> = {}
beforeAll(() => {
  tarball = pack()
  const codes = [...blocks.map(({ code }) => code), ...projects.flatMap(({ files }) => Object.values(files))]
  home = install(tarball, packagesIn(codes))
  plant(home, { 'package.json': '{ "type": "module" }', 'blocks.mjs': runner })
  plant(home, Object.fromEntries(blocks.map(({ file, code }) => [file, head + withAssertions(code).code])))
  projects.forEach(({ folder, files }) => {
    mkdirSync(join(home, folder), { recursive: true })
    plant(join(home, folder), files)
  })
  const { status, stdout, stderr } = runIn(home)(tool('tsx'), 'blocks.mjs')
  if (status !== 0) throw new Error(stderr)
  outcomes = JSON.parse(stdout) as Readonly<Record<string, string>>
}, 300_000)
afterAll(() => {
  ;[dirname(tarball), home].forEach(remove)
})

describe('in an empty project with the packed tarball', () => {
  it.each(blocks)('$name holds', ({ file }) => {
    expect(outcomes[file]).toBe('holds')
  })
})

/** `npx x` without a look at the registry. */
const typed = (command: string): string =>
  command.replace(/^npx ([\w-]+)/gmu, (_, name: string) => JSON.stringify(tool(name)))

const outcomeOf = (folder: string, { text, fails, prints }: Command) => {
  const { status, stdout, stderr } = runIn(join(home, folder))('sh', '-e', '-c', typed(text))
  const output = stdout + stderr
  return { succeeds: fails ? status !== 0 : status === 0, missing: notPrinted(prints, output), output }
}

describe('commands typed there', () => {
  it.each(projects)('$page: they do what the page says', { timeout: 120_000 }, ({ folder, commands }) => {
    commands.forEach((command) => {
      const { succeeds, missing, output } = outcomeOf(folder, command)
      expect({ succeeds, missing }, output).toStrictEqual({ succeeds: true, missing: [] })
    })
  })
})
