import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { describe, expect, it } from 'vitest'
import { parseOrThrow } from '../../../src/codec/index.js'
import { fix, lint, lintRules } from '../../../src/ecr/index.js'
import { examples } from './examples.js'
import { badOf, goodOf, page } from './page.js'

const cases = Array.from(examples, ([id, example]) => ({ id, ...example, example }))
const file = fileURLToPath(new URL('../../../docs/lint.md', import.meta.url))

describe('docs/lint.md', () => {
  it('has an example of every rule, and of nothing else', () => {
    expect(Array.from(examples.keys())).toStrictEqual(lintRules.map(({ id }) => id))
  })

  it('says what the rules and the examples say (write it anew with `vitest -u`)', async () => {
    const written = await format(page(), { ...(await resolveConfig(file)), filepath: file })
    await expect(written).toMatchFileSnapshot(file)
  })

  it.each(cases)('$id: the rule speaks of the bad example', ({ id, kind, options, example }) => {
    const found = lint(parseOrThrow(badOf(example), kind), kind, options)
    expect(found.map((finding) => finding.id)).toContain(id)
  })

  it.each(cases)('$id: no rule speaks of the good example', ({ kind, options, example }) => {
    expect(lint(parseOrThrow(goodOf(example), kind), kind, options)).toStrictEqual([])
  })

  it.each(cases)('$id: what mends the bad example leaves nothing to mend', ({ kind, options, example }) => {
    const bad = parseOrThrow(badOf(example), kind)
    const everything = { ...options, effects: ['Equivalent', 'Narrower', 'Restricts', 'Grants'] } as const
    const { document } = fix(bad, kind, everything)
    expect(lint(document, kind, options).filter((finding) => finding.fix !== undefined)).toStrictEqual([])
  })
})

describe('rules', () => {
  it('have ids of their own', () => {
    expect(new Set(lintRules.map(({ id }) => id)).size).toBe(lintRules.length)
  })

  it.each(lintRules.map(({ id }) => id))('%s can be switched off, and given another severity', (id) => {
    const example = examples.get(id)
    if (example === undefined) throw new Error('no example')
    const bad = parseOrThrow(badOf(example), example.kind)
    const severities = (rules: Readonly<Record<string, 'off' | 'info'>>) =>
      lint(bad, example.kind, { ...example.options, rules }).flatMap((finding) =>
        finding.id === id ? [finding.severity] : [],
      )
    expect(severities({ [id]: 'off' })).toStrictEqual([])
    expect(new Set(severities({ [id]: 'info' }))).toStrictEqual(new Set(['info']))
  })

  it.each(cases)('$id: findings of the bad example are JSON', ({ kind, options, example }) => {
    const found = lint(parseOrThrow(badOf(example), kind), kind, options)
    expect(JSON.parse(JSON.stringify(found))).toMatchObject(
      found.map(({ id, pointer, message }) => ({ id, pointer, message })),
    )
  })
})
