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

const go = (rest: ReadonlyArray<Piece>, letters: ReadonlyArray<string>): boolean => {
  const [head, ...tail] = rest
  const [first, ...others] = letters
  if (head === undefined) return first === undefined
  switch (head._tag) {
    case 'Run':
      return go(tail, letters) || (first !== undefined && go(rest, others))
    case 'RunWithin':
      return go(tail, letters) || (first !== undefined && first !== ':' && go(rest, others))
    case 'One':
      return first !== undefined && go(tail, others)
    case 'OneWithin':
      return first !== undefined && first !== ':' && go(tail, others)
    case 'Letter':
      return (
        first !== undefined &&
        (head.letter === first || (head.ignoreCase && lower(head.letter) === lower(first))) &&
        go(tail, others)
      )
  }
}

export const naiveMatches =
  (glob: Glob) =>
  (text: string): boolean =>
    go(pieces(glob), [...text])
