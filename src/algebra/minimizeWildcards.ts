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

/** The shortest beginning of a listed action that only listed ones have, if it stands for two or more. */
const prefixOf =
  (catalogue: readonly string[], listed: ReadonlySet<string>) =>
  (action: string): string | undefined =>
    [action.indexOf(':') + 1, ...wordEnds(action)]
      .map((end) => action.slice(0, end))
      .find((prefix) => {
        const under = catalogue.filter((each) => each.startsWith(fold(prefix)))
        return under.length > 1 && under.every((each) => listed.has(each))
      })

const rewrite = (
  catalogue: readonly string[],
  patterns: readonly Action.ActionPattern[],
): readonly Action.ActionPattern[] => {
  const folded = catalogue.map(fold)
  const matchers = patterns.map((pattern) => Glob.compile(Glob.parse(fold(pattern))))
  const listed = new Set(folded.filter((action) => matchers.some((matches) => matches(action))))
  const covers = catalogue
    .filter((action) => listed.has(fold(action)))
    .flatMap((action) => {
      const prefix = prefixOf(folded, listed)(action)
      const parsed = Action.parsePattern(prefix === undefined ? action : `${prefix}*`)
      return E.isRight(parsed) ? [parsed.right] : []
    })
  const unknown = patterns.filter((_, i) => !folded.some((action) => matchers[i]?.(action)))
  return Array.from(new Set([...covers, ...unknown])).sort(compareText)
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
