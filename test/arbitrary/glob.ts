/** Globs and words over a small alphabet, so that matches and misses are both frequent. */
import * as fc from 'fast-check'
import * as Glob from '../../src/pattern/Glob.js'

/** Letters that patterns name: two cased pairs, the separator; `z` is a letter that no pattern names. */
export const word = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom('a', 'b', 'A', 'B', ':', 'z'), { maxLength }).map((letters) => letters.join(''))

const tokenOver = (letters: ReadonlyArray<string>): fc.Arbitrary<Glob.Token> => {
  const text = fc
    .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 2 })
    .map((each) => each.join(''))
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ _tag: fc.constant('Text' as const), text, ignoreCase: fc.boolean() }),
    },
    { weight: 2, arbitrary: fc.constant(Glob.run) },
    { weight: 2, arbitrary: fc.constant(Glob.runWithin) },
    { weight: 1, arbitrary: fc.constant(Glob.one) },
    { weight: 1, arbitrary: fc.constant(Glob.oneWithin) },
  )
}

export const token: fc.Arbitrary<Glob.Token> = tokenOver(['a', 'b', 'A', ':'])

/** Letters that are hard to get right: lone surrogates that may fuse, a pair, a letter with three case variants. */
export const oddLetters: ReadonlyArray<string> = ['\ud83d', '\ude00', '\u{1f600}', 'k', '\u212a']

export const oddGlob = (maxLength: number): fc.Arbitrary<Glob.Glob> =>
  fc.array(tokenOver(oddLetters), { maxLength }).map(Glob.normalize)

/** Token sequences that are not in normal form. */
export const tokens = (maxLength: number): fc.Arbitrary<ReadonlyArray<Glob.Token>> =>
  fc.array(token, { maxLength })

export const glob = (maxLength: number): fc.Arbitrary<Glob.Glob> => tokens(maxLength).map(Glob.normalize)

/** All words over some letters, those of `word` unless given, shortest first. */
export const words = (
  maxLength: number,
  letters: ReadonlyArray<string> = ['a', 'b', 'A', 'B', ':', 'z'],
): ReadonlyArray<string> => {
  const all = ['']
  let from = 0
  for (let length = 1; length <= maxLength; length++) {
    const to = all.length
    for (let i = from; i < to; i++) for (const letter of letters) all.push((all[i] ?? '') + letter)
    from = to
  }
  return all
}
