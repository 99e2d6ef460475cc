/** The page on cost and limits names every public function, once, and nothing that there is not. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { publicFunctions } from '../fuzz/surface.js'

const page = readFileSync(new URL('../../docs/limits.md', import.meta.url), 'utf8')

/** `Name.name`, `Name.Name.name` or `Name.*`; not what is said of values, such as `{ budget }`. */
const named = Array.from(
  page.matchAll(/`([A-Za-z]\w+(?:\.\w+)*\.(?:\w+|\*))`/g),
  ([, name = '']) => name,
).filter((name) => name !== 'Algebra.standardBudget')

const isNamedBy = (entry: string, name: string): boolean =>
  entry.endsWith('.*') ? name.slice(0, name.lastIndexOf('.')) === entry.slice(0, -2) : name === entry

describe('docs/limits.md', () => {
  it('has each public function just once', () => {
    const places = publicFunctions.map(
      (name) => [name, named.filter((entry) => isNamedBy(entry, name)).length] as const,
    )
    expect(places.filter(([, count]) => count !== 1)).toStrictEqual([])
  })

  it('has nothing else', () => {
    expect(named.filter((entry) => !publicFunctions.some((name) => isNamedBy(entry, name)))).toStrictEqual([])
  })
})
