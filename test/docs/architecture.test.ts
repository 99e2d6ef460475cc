import { describe, expect, it } from 'vitest'
// @ts-expect-error the settings of dependency-cruiser are plain JavaScript
import settings from '../../.config/layers.config.mjs'
import { read } from './modules.js'

const { forbidden } = settings as {
  readonly forbidden: readonly { readonly name: string; readonly comment?: string }[]
}

const enforced = forbidden.flatMap(({ comment }) => {
  const [, layer = '', allowed = ''] = /^(\w+) may import (?!types )(.*)$/u.exec(comment ?? '') ?? []
  return layer === '' ? [] : [[layer, allowed === 'no other layer' ? '' : allowed]]
})

/** Layer and imports of each row; what is imported for its types alone is not enforced by these rules. */
const told = [...read('docs/architecture.md').matchAll(/^\| `(\w+)` +\| ([^|]+)\|/gmu)].map(
  ([, layer, imports = '']) => [
    layer,
    [...imports.replace(/and types of.*/u, '').matchAll(/`(\w+)`/gu)].map((match) => match[1]).join(', '),
  ],
)

describe('the page on architecture', () => {
  it('tells the layers that are enforced', () => {
    expect(told).toStrictEqual(enforced)
  })
})
