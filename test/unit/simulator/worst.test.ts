/** How many steps a decision takes at worst: counted, not timed. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Glob } from '../../../src/pattern/index.js'
import { fileByPath, globTest, paths } from '../../../src/simulator/compileGlob.js'

const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository'

afterEach(() => {
  vi.restoreAllMocks()
})

/** Of so many globs filed together: how many are looked at when a text is asked for, and how many are found. */
const asked = (
  globs: readonly Glob.Glob[],
  text: string,
): { readonly seen: number; readonly found: number } => {
  const seen = new Set<number>()
  let isBuilt = false
  const filed = globs.map((glob, item) => ({
    item,
    glob: new Proxy(glob, {
      get: (target, key, receiver): unknown => {
        if (isBuilt) seen.add(item)
        return Reflect.get(target, key, receiver)
      },
    }),
  }))
  const files = fileByPath(filed)
  isBuilt = true
  let found = 0
  const take = (item: number): boolean => {
    seen.add(item)
    found += 1
    return false
  }
  files(text, paths(text), take, undefined, undefined)
  return { seen: seen.size, found }
}

const named = (count: number, name: (i: number) => string): readonly Glob.Glob[] =>
  Array.from({ length: count }, (_, i) => Glob.parse(name(i)))

describe('of 10,000 resources filed together', () => {
  it.each<readonly [string, (i: number) => string]>([
    ['named in full', (i) => `${repository}/team-${i}/app`],
    ['all repositories of a team', (i) => `${repository}/team-${i}/*`],
    ['named in full, in any Region', (i) => `arn:aws:ecr:*:111122223333:repository/team-${i}/app`],
    [
      'all repositories of a team, in any Region and account',
      (i) => `arn:aws:ecr:*:*:repository/team-${i}/*`,
    ],
    ['a prefix each', (i) => `${repository}/team-${String(i).padStart(5, '0')}*`],
  ])('one is looked at, as of 10 (%s)', (_, name) => {
    const text = `${repository}/team-7/app`.replace(
      'team-7',
      name(7).includes('00007') ? 'team-00007' : 'team-7',
    )
    for (const count of [10, 10_000])
      expect(asked(named(count, name), text)).toStrictEqual({ seen: 1, found: 1 })
  })

  it('one is looked at where all are of one folder', () => {
    const text = `${repository}/team/app-7`
    for (const count of [10, 1_000]) {
      const globs = named(count, (i) => `arn:aws:ecr:*:111122223333:repository/team/app-${i}`)
      expect(asked(globs, text)).toStrictEqual({ seen: 1, found: 1 })
    }
  })

  it('none is looked at for a text of another team', () => {
    const globs = named(10_000, (i) => `${repository}/team-${i}/*`)
    expect(asked(globs, `${repository}/other/app`)).toStrictEqual({ seen: 0, found: 0 })
  })
})

describe('a glob of many stars', () => {
  it('looks for each part once, however long the text', () => {
    const test = globTest(Glob.parse('*a*a*a*b*'))
    const looks = [1_000, 10_000, 100_000].map((length) => {
      const text = 'a'.repeat(length)
      const spy = vi.spyOn(String.prototype, 'indexOf')
      expect(test(text)).toBe(false)
      const starts = spy.mock.calls.map(([, at]) => at ?? 0)
      spy.mockRestore()
      expect(starts).toStrictEqual([...starts].sort((a, b) => a - b)) // forwards only: at most one pass
      return starts.length
    })
    expect(looks).toStrictEqual([4, 4, 4])
  })
})
