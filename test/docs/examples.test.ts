import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allBlocks, root, typeErrors, writeExamples } from './modules.js'

const written = writeExamples(allBlocks(), join(root, 'reports', 'examples'))
const programs = readdirSync(join(root, 'docs', 'examples')).filter((name) => name.endsWith('.ts'))

describe('examples in the pages and docstrings', () => {
  it('are found', () => {
    expect(written.length).toBeGreaterThan(0)
    expect(written.reduce((sum, { claims }) => sum + claims, 0)).toBeGreaterThan(0)
  })

  it('have types that check', { timeout: 180_000 }, () => {
    expect(typeErrors(written)).toStrictEqual([])
  })

  it.each(written.filter(({ runs }) => runs))('$name holds', async ({ path }) => {
    await import(/* @vite-ignore */ path)
  })
})

describe('programs in docs/examples', () => {
  it.each(programs)('%s runs', (name) => {
    const run = spawnSync(join(root, 'node_modules/.bin/tsx'), [join('docs', 'examples', name)], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(run.status, run.stderr).toBe(0)
  })
})
