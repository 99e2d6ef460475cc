/**
 * What is exported, and with which types. A line that goes or changes is a breaking change, a new one a minor version;
 * `npx vitest run --config .config/vitest.config.ts test/compatibility/api --update` records it.
 */
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from '../package/scratch.js'
import { apiReports } from './apiReport.js'

const entries = ['index', 'interop', 'pictures', 'testing'] as const
const fileOf = (entry: string): string => join(root, 'src', `${entry}.ts`)

let reports: ReadonlyMap<string, string> = new Map()
beforeAll(() => {
  reports = apiReports(entries.map(fileOf))
})

describe('the public surface', () => {
  it.each(entries)('of %s is the one on record', async (entry) => {
    await expect(reports.get(fileOf(entry))).toMatchFileSnapshot(`recorded/api.${entry}.txt`)
  })
})
