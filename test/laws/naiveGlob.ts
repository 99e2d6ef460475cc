/** The naive twin of glob matching: tokens against letters, by plain recursion. Exponential; for short words only. */
import type { Glob } from '../../src/pattern/Glob.js'

const lower = (letter: string): string => {
  const folded = letter.toLowerCase()
  return [...folded].length === 1 ? folded : letter
}

type Piece =
  | { readonly _tag: 'Letter'; readonly letter: string; readonly ignoreCase: boolean }
  | Exclude<Glob[number], { readonly _tag: 'Text' }>

const pieces = (glob: Glob): ReadonlyArray<Piece> =>
  glob.flatMap((token): ReadonlyArray<Piece> =>
    token._tag === 'Text'
      ? [...token.text].map((letter) => ({ _tag: 'Letter', letter, ignoreCase: token.ignoreCase }))
      : [token],
  )

const go = (rest: ReadonlyArray<Piece>, letters: ReadonlyArray<string>, place = 0, at = 0): boolean => {
  const head = rest[place]
  const first = letters[at]
  if (head === undefined) return first === undefined
  switch (head._tag) {
    case 'Run':
      return go(rest, letters, place + 1, at) || (first !== undefined && go(rest, letters, place, at + 1))
    case 'RunWithin':
      return (
        go(rest, letters, place + 1, at) ||
        (first !== undefined && first !== ':' && go(rest, letters, place, at + 1))
      )
    case 'One':
      return first !== undefined && go(rest, letters, place + 1, at + 1)
    case 'OneWithin':
      return first !== undefined && first !== ':' && go(rest, letters, place + 1, at + 1)
    case 'Letter':
      return (
        first !== undefined &&
        (head.letter === first || (head.ignoreCase && lower(head.letter) === lower(first))) &&
        go(rest, letters, place + 1, at + 1)
      )
  }
}

export const naiveMatches = (glob: Glob): ((text: string) => boolean) => {
  const all = pieces(glob)
  return (text) => go(all, [...text])
}
