/**
 * Wildcards for lists of actions, in a world where all actions are known: a prefix that ends where a word of the name
 * ends, and that no action but the listed ones begins with.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Action, type Statement } from '../model/index.js'
import { Glob } from '../pattern/index.js'
import type { StatementRef, Step } from './minimizeSteps.js'
import { compareText } from './rewriteForm.js'

/** SM-A1; catalogues list names as plain text. */
const fold = (text: string): string => text.toLowerCase()

// ---- words of a name ----

const isUpper = (char: string | undefined): boolean => char !== undefined && char >= 'A' && char <= 'Z'

/** Where words of a CamelCase name end, the whole name left out. */
const wordEnds = (action: string): readonly number[] => {
  const start = action.indexOf(':') + 1
  return Array.from({ length: action.length - start }, (_, i) => start + i).filter(
    (at) => at > start && isUpper(action[at]) && !isUpper(action[at - 1]),
  )
}

// ---- covers ----

interface Listing {
  readonly folded: ReadonlySet<string>
  /** How many listed and how many unlisted actions begin with a folded prefix. */
  readonly counts: ReadonlyMap<string, readonly [number, number]>
}

const listing = (catalogue: readonly string[], folded: ReadonlySet<string>): Listing => {
  const counts = new Map<string, readonly [number, number]>() // local mutation: one pass over the catalogue
  for (const action of catalogue)
    for (const end of [action.indexOf(':') + 1, ...wordEnds(action)]) {
      const prefix = fold(action.slice(0, end))
      const listed = prefixCount(catalogue, prefix, folded, counts)
      counts.set(prefix, listed)
    }
  return { folded, counts }
}

const prefixCount = (
  catalogue: readonly string[],
  prefix: string,
  folded: ReadonlySet<string>,
  known: ReadonlyMap<string, readonly [number, number]>,
): readonly [number, number] => {
  const found = known.get(prefix)
  if (found !== undefined) return found
  const under = catalogue.map(fold).filter((action) => action.startsWith(prefix))
  const inside = under.filter((action) => folded.has(action)).length
  return [inside, under.length - inside]
}

/** The shortest prefix under which only listed actions are, if it stands for two or more. */
const patternOf = ({ counts }: Listing, action: string): string | undefined =>
  [action.indexOf(':') + 1, ...wordEnds(action)]
    .map((end) => action.slice(0, end))
    .find((prefix) => {
      const [inside = 0, outside = 1] = counts.get(fold(prefix)) ?? []
      return inside > 1 && outside === 0
    })

const rewrite = (
  catalogue: readonly string[],
  patterns: readonly Action.ActionPattern[],
): readonly Action.ActionPattern[] => {
  const matchers = patterns.map((pattern) => Glob.compile(Glob.parse(fold(pattern))))
  const matched = catalogue.filter((action) => matchers.some((matches) => matches(fold(action))))
  const list = listing(catalogue, new Set(matched.map(fold)))
  const known = new Set(catalogue.map(fold))
  const unknown = patterns.filter((_, i) => !catalogue.some((action) => matchers[i]?.(fold(action))))
  const covers = matched.flatMap((action) => {
    const prefix = patternOf(list, action)
    const parsed = Action.parsePattern(prefix === undefined ? action : `${prefix}*`)
    return E.isRight(parsed) ? [parsed.right] : []
  })
  const outside = unknown.filter((pattern) => !known.has(fold(pattern)))
  return Array.from(new Set([...covers, ...outside])).sort(compareText)
}

/**
 * Actions written with wildcards where that is shorter. Patterns that match nothing in the catalogue stay as they are:
 * that an action is not listed does not mean that there is none. `refs`: where each statement comes from.
 *
 * @category combinators
 * @since 0.1.0
 */
export const writeWildcards = (
  catalogue: readonly string[],
  statements: readonly Statement.Statement[],
  refs: readonly (readonly StatementRef[])[],
): { readonly statements: readonly Statement.Statement[]; readonly steps: readonly Step[] } => {
  const sorted = [...catalogue].sort(compareText)
  const steps: Step[] = [] // local mutation: one for each list rewritten
  const rewritten = statements.map((statement, i) => {
    const { action } = statement
    if (action._tag !== 'Action' || action.patterns.some((pattern) => pattern === '*')) return statement
    const [first, ...rest] = rewrite(sorted, action.patterns)
    const isShorter = JSON.stringify([first, ...rest]).length < JSON.stringify(action.patterns).length
    if (first === undefined || !isShorter) return statement
    const patterns = [first, ...rest] as const
    steps.push({
      _tag: 'Wildcards',
      statements: refs[i] ?? [],
      patterns: patterns.filter((pattern) => !action.patterns.includes(pattern)),
      values: action.patterns.filter((pattern) => !patterns.includes(pattern)),
    })
    return { ...statement, action: { _tag: 'Action' as const, patterns } }
  })
  return { statements: rewritten, steps }
}
