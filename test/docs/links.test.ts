import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pages, read, root } from './modules.js'

const withoutCode = (text: string): string => text.replace(/^(`{3,})[\s\S]*?^\1[ \t]*$/gmu, '')

const links = (text: string): readonly string[] =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/gu)]
    .map((match) => match[1] ?? '')
    .filter((target) => !/^[a-z]+:/u.test(target))

/** The anchor that a heading gets, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

const anchors = (text: string): readonly string[] =>
  [...withoutCode(text).matchAll(/^#+ (.+)$/gmu)].map((match) => anchorOf(match[1] ?? ''))

const isThere = (page: string, target: string): boolean => {
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? page : normalize(join(dirname(page), path))
  if (!existsSync(join(root, file))) return false
  return anchor === undefined || (file.endsWith('.md') && anchors(read(file)).includes(anchor))
}

/** `*` in the last part of a path. */
const matchesGlob = (path: string, pattern: string): boolean =>
  pattern.endsWith('/*.md') ? dirname(path) === dirname(pattern) && path.endsWith('.md') : path === pattern

describe('the pages', () => {
  it.each(pages)('%s links to what is there', (page) => {
    expect(links(read(page)).filter((target) => !isThere(page, target))).toStrictEqual([])
  })

  const guide = pages.filter((page) => /^docs\/(guide|examples)\//u.test(page))

  it.each(guide)('%s is in the table of contents', (page) => {
    const contents = links(read('docs/README.md')).map((target) => normalize(join('docs', target)))
    expect(contents).toContain(page)
  })

  it.each(guide)('%s is in the reference', (page) => {
    const { projectDocuments } = JSON.parse(read('typedoc.json')) as { readonly projectDocuments: string[] }
    expect(projectDocuments.some((pattern) => matchesGlob(page, pattern))).toBe(true)
  })

  it.each(guide)('%s is read in one sitting', (page) => {
    expect(read(page).split('\n').length).toBeLessThanOrEqual(220)
  })
})

describe('looking for links', () => {
  it('sees a missing page, a missing heading, and no code', () => {
    expect(links('[a](b.md) `c` [d](e.md#f) [g](https://h)\n```ts\n[i](j.md)\n```\n')).toStrictEqual([
      'b.md',
      'e.md#f',
    ])
    expect(isThere('README.md', 'docs/nothing.md')).toBe(false)
    expect(isThere('README.md', 'docs/semantics.md#choices')).toBe(true)
    expect(isThere('README.md', 'docs/semantics.md#nothing')).toBe(false)
  })
})
