/**
 * That accounts are made of digits. The words of callers and resources let an account be any twelve letters, since globs
 * have no class of digits, and most questions never notice. One that does, by a point that no request shows, is asked
 * again without the words in whose accounts the letters of that point stand.
 *
 * @since 0.1.0
 */
import { Glob, StringSet } from '../pattern/index.js'
import type { Box } from './Box.js'
import type { Point } from './cover.js'
import { place, type Universe } from './Universe.js'

const any = Glob.normalize([Glob.runWithin])
const some = Glob.normalize([Glob.oneWithin, Glob.runWithin])

const fields = (...parts: readonly Glob.Glob[]): Glob.Glob =>
  Glob.concat(parts.flatMap((part, i) => (i === 0 ? [part] : [Glob.literal(Glob.separator), part])))

const text = Glob.literal

/** An account with this letter in it: more than one letter, which tells it from an owner written `-`. */
const accountsWith = (letter: string): readonly Glob.Glob[] => [
  Glob.concat([some, text(letter), any]),
  Glob.concat([any, text(letter), some]),
]

const callersWith = (account: Glob.Glob): readonly Glob.Glob[] => [
  fields(text('root'), any, account),
  ...['user', 'role', 'fed'].map((shape) => fields(text(shape), any, account, Glob.all)),
]

const resourcesWith = (account: Glob.Glob): readonly Glob.Glob[] => [
  fields(account, Glob.all),
  fields(text('-'), text('arn'), any, any, any, account, Glob.all),
]

/**
 * The letters, other than digits, in the accounts of a point that was found where no letter stands for a variable's value.
 *
 * @category destructors
 * @since 0.1.0
 */
export const strangeLetters = (point: Point): readonly string[] => {
  const words = [point.get(place.caller)?.[0] ?? '', point.get(place.resource)?.[0] ?? '']
  const accounts = words
    .flatMap((word) => word.split(Glob.separator))
    .filter((part) => Array.from(part).length === 12)
  return Array.from(new Set(accounts.flatMap((part) => Array.from(part)))).filter(
    (letter) => !/[0-9]/.test(letter),
  )
}

const without = (
  letters: readonly string[],
  words: (account: Glob.Glob) => readonly Glob.Glob[],
): StringSet.StringSet => StringSet.stringSet(letters.flatMap(accountsWith).flatMap(words), true)

/**
 * Boxes that every request lies in: none of these letters is in an account of caller or resource.
 *
 * @category constructors
 * @since 0.1.0
 */
export const digitBoxes = (universe: Universe, letters: readonly string[]): readonly Box[] =>
  letters.length === 0
    ? []
    : [universe.callers(without(letters, callersWith)), universe.resources(without(letters, resourcesWith))]
