import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RepositoryName } from '../../../src/ecr/index.js'
import { Problem } from '../../../src/model/index.js'

// The patterns of the ECR API, with their lengths: what the scanners must agree with.
const privatePattern = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/
const publicPattern = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/

const refusal = (text: string): string => E.match(Problem.show, () => 'accepted')(RepositoryName.parse(text))

describe('names of private repositories', () => {
  it.each([
    'ab',
    '0a',
    'app',
    'team/app',
    'a/b',
    'a.b',
    'a_b',
    'a__b',
    'a-b',
    'a----b',
    'a.b_c__d--e/f0',
    'a/b/c/d',
    'x'.repeat(256),
  ])('accepts %s', (name) => {
    expect(RepositoryName.isRepositoryName(name)).toBe(true)
  })

  it.each([
    ['', 'it is empty'],
    ['a', 'fewer than 2'],
    ['x'.repeat(257), '256 are the most'],
    ['App', 'upper case is not allowed, as in `A` (character 1) (did you mean `app`?)'],
    ['a..b', '`..` is no separator'],
    ['a___b', '`___` is no separator'],
    ['a.-b', '(character 2)'],
    ['-ab', 'it begins with `-` (character 1) (did you mean `ab`?)'],
    ['ab-', 'it ends with `-` (character 3)'],
    ['/ab', 'it begins with `/`'],
    ['ab/', 'it ends with `/`'],
    ['a//b', 'a namespace in it is empty (character 2) (did you mean `a/b`?)'],
    ['a/-b', 'beside a slash'],
    ['a-/b', 'beside a slash'],
    ['app:1', '`:` is not a lower-case letter'],
    ['team/*', 'wildcards belong in policies (character 6)'],
    ['te?m', 'wildcards belong in policies (character 3)'],
    ['my app', 'did you mean `myapp`?'],
    ['a-_b', 'did you mean `a-b`?'],
    ['é', '(character 1)'],
    ['\ud800a', '`\\ud800`'],
    ['ab\n', '(character 3)'],
  ])('refuses %j and says why', (name, why) => {
    expect(RepositoryName.isRepositoryName(name)).toBe(false)
    expect(refusal(name)).toContain(why)
  })

  it.each([
    ['', '`` is not the name of a repository: it is empty'],
    [
      'team/:x',
      '`team/:x` is not the name of a repository: `:` is not a lower-case letter, a digit, `.`, `_`, `-` or `/` (character 6) (did you mean `team/x`?)',
    ],
    [
      'a./b',
      '`a./b` is not the name of a repository: `.` stands beside a slash, not between letters or digits (character 2) (did you mean `a/b`?)',
    ],
    [
      'x_-_y',
      '`x_-_y` is not the name of a repository: `_-_` is no separator: those are one dot, one or two underscores, or hyphens (character 2) (did you mean `x-y`?)',
    ],
    ['__', '`__` is not the name of a repository: it begins with `_` (character 1)'],
    ['A', '`A` is not the name of a repository: upper case is not allowed, as in `A` (character 1)'],
  ])('says of %j no more than that', (name, sentence) => {
    expect(refusal(name)).toBe(sentence)
  })

  it('a public name takes single separators only, and 205 characters', () => {
    const refusalOf = (text: string): string =>
      E.match(Problem.show, () => 'accepted')(RepositoryName.parsePublic(text))
    expect(['a.b', 'a_b', 'a-b', 'x'.repeat(205)].map(refusalOf)).toEqual(Array(4).fill('accepted'))
    expect(refusalOf('a--b')).toBe(
      '`a--b` is not the name of a repository: `--` is no separator: those are one dot, one underscore or one hyphen (character 2) (did you mean `a-b`?)',
    )
    expect(refusalOf('x'.repeat(206))).toContain('it has 206 characters, and 205 are the most')
  })

  it('throws in one well-printed sentence', () => {
    expect(() => RepositoryName.parseOrThrow('App')).toThrow(/did you mean `app`/)
    expect(RepositoryName.parseOrThrow('app')).toBe('app')
  })
})

describe('the scanners and the patterns of the API', () => {
  const near = fc
    .array(fc.constantFrom('a', 'b', '0', '.', '_', '__', '-', '--', '/', 'A', ':', 'a', 'a'), {
      maxLength: 12,
    })
    .map((parts) => parts.join(''))
  const repeat = fc
    .tuple(near, fc.integer({ min: 1, max: 60 }))
    .map(([text, times]) => text.repeat(times).slice(0, 300))
  const word = fc.constantFrom('a', 'b0', '0')
  const joint = fc.constantFrom('.', '_', '__', '-', '---', '/', '-', '_', '..', '-.')
  const regular = fc
    .tuple(
      fc.array(
        fc.tuple(word, joint).map((pair) => pair.join('')),
        { maxLength: 6 },
      ),
      word,
    )
    .map(([parts, last]) => parts.join('') + last)
  const samples = fc.oneof(near, repeat, regular, regular, fc.string())

  it('scannerAgreesWithPattern (private)', () => {
    fc.assert(
      fc.property(
        samples,
        (text) =>
          RepositoryName.isRepositoryName(text) ===
          (text.length >= 2 && text.length <= 256 && privatePattern.test(text)),
      ),
      { numRuns: 2000 },
    )
  })

  it('scannerAgreesWithPattern (public)', () => {
    fc.assert(
      fc.property(
        samples,
        (text) =>
          RepositoryName.isPublicRepositoryName(text) ===
          (text.length >= 2 && text.length <= 205 && publicPattern.test(text)),
      ),
      { numRuns: 2000 },
    )
  })

  it('both outcomes occur among the samples', () => {
    const all = fc.sample(samples, 2000).map(RepositoryName.isRepositoryName)
    expect(all.filter(Boolean).length).toBeGreaterThan(200)
    expect(all.filter((accepted) => !accepted).length).toBeGreaterThan(200)
  })

  it('a suggestion is itself a name', () => {
    fc.assert(
      fc.property(samples, (text) => {
        const read = RepositoryName.parse(text)
        if (E.isRight(read) || read.left.suggestion === undefined) return true
        const name = read.left.suggestion.slice('did you mean `'.length, -'`?'.length)
        return RepositoryName.isRepositoryName(name)
      }),
    )
  })

  it('a long hostile name is read in linear time', () => {
    const started = performance.now()
    expect(RepositoryName.isRepositoryName(`${'a-'.repeat(200_000)}!`)).toBe(false)
    expect(RepositoryName.isRepositoryName(`${'a'.repeat(255)}!`)).toBe(false)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
