/**
 * Names of repositories: lower-case letters and digits in groups, groups joined by separators, namespaces by slashes.
 * A private registry takes `.`, `_`, `__` or any run of hyphens as one separator, ECR Public a single `.`, `_` or `-`.
 *
 * Source: EC-1, EX-47; the string constraints of the ECR API. Cost of everything here: linear in the text.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { type Brand, Given, Problem, getOrThrow } from '../model/index.js'

// ---- model ----

/**
 * The name of a repository in a private registry: 2 to 256 characters.
 *
 * @category model
 * @since 0.1.0
 */
export type RepositoryName = Brand<string, 'RepositoryName'>

/**
 * The name of a repository of ECR Public: 2 to 205 characters.
 *
 * @category model
 * @since 0.1.0
 */
export type PublicRepositoryName = Brand<string, 'PublicRepositoryName'>

interface Grammar {
  readonly longest: number
  readonly isSeparator: (run: string) => boolean
  readonly separators: string
}

const SHORTEST = 2

const privateGrammar: Grammar = {
  longest: 256,
  isSeparator: (run) => run === '.' || run === '_' || run === '__' || /^-+$/.test(run),
  separators: 'one dot, one or two underscores, or hyphens',
}

const publicGrammar: Grammar = {
  longest: 205,
  isSeparator: (run) => run.length === 1,
  separators: 'one dot, one underscore or one hyphen',
}

// ---- refinements ----

/**
 * Is this the name of a private repository?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isRepositoryName = (text: string): text is RepositoryName =>
  faultOf(privateGrammar)(text) === undefined

/**
 * Is this the name of a public repository?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isPublicRepositoryName = (text: string): text is PublicRepositoryName =>
  faultOf(publicGrammar)(text) === undefined

// ---- the scanner ----

/** What is wrong, and from which character on, counted from 1; 0 where it is the text as a whole. */
interface Fault {
  readonly at: number
  readonly why: string
}

const faultOf =
  (grammar: Grammar) =>
  (text: string): Fault | undefined => {
    if (text === '') return { at: 0, why: 'it is empty' }
    if (text.length > grammar.longest)
      return { at: 0, why: `it has ${text.length} characters, and ${grammar.longest} are the most` }
    return (
      faultOfRuns(grammar, text) ??
      (text.length < SHORTEST ? { at: 0, why: `it has fewer than ${SHORTEST} characters` } : undefined)
    )
  }

/** Maximal runs of letters and digits, of separators, of slashes, and of anything else. */
const runsOf = (text: string): readonly string[] => text.match(/[a-z0-9]+|[._-]+|\/+|[^a-z0-9._/-]+/g) ?? []

const isWord = (run: string | undefined): boolean => run !== undefined && /[a-z0-9]/.test(run)

const faultOfRuns = (grammar: Grammar, text: string): Fault | undefined => {
  const runs = runsOf(text)
  let at = 1 // local mutation: where the run begins
  for (const [i, run] of runs.entries()) {
    const why = isWord(run) ? undefined : whyNot(grammar, run, runs[i - 1], runs[i + 1])
    if (why !== undefined) return { at, why }
    at += run.length
  }
  return undefined
}

const whyNot = (
  grammar: Grammar,
  run: string,
  before: string | undefined,
  after: string | undefined,
): string | undefined => {
  const first = String.fromCodePoint(run.codePointAt(0) ?? 0)
  if (!/[._/-]/.test(run)) return badCharacter(first)
  if (before === undefined) return `it begins with \`${first}\``
  if (after === undefined) return `it ends with \`${first}\``
  if (run.startsWith('/')) return run === '/' ? undefined : 'a namespace in it is empty'
  if (before.startsWith('/') || after.startsWith('/'))
    return `\`${run}\` stands beside a slash, not between letters or digits`
  return grammar.isSeparator(run) ? undefined : `\`${run}\` is no separator: those are ${grammar.separators}`
}

const badCharacter = (char: string): string => {
  if (/[A-Z]/.test(char)) return `upper case is not allowed, as in ${Problem.quote(char)}`
  if (char === '*' || char === '?') return 'it names one repository, and wildcards belong in policies'
  return `${Problem.quote(char)} is not a lower-case letter, a digit, \`.\`, \`_\`, \`-\` or \`/\``
}

/** The nearest text that is a name, by lower case and by hyphens in place of what may not stand there. */
const mend = (grammar: Grammar, text: string): string | undefined => {
  const lower = text.toLowerCase()
  const candidates = [
    lower,
    lower
      .split('/')
      .map((part) => (part.match(/[a-z0-9]+|[._-]/g) ?? []).join(''))
      .join('/'),
    lower
      .split('/')
      .map((part) => (part.match(/[a-z0-9]+/g) ?? []).join('-'))
      .filter((part) => part !== '')
      .join('/'),
  ]
  return candidates.find((candidate) => faultOf(grammar)(candidate) === undefined)
}

// ---- constructors ----

const refusal = (grammar: Grammar, text: string): Problem.Problem => {
  const { at, why } = faultOf(grammar)(text) ?? { at: 0, why: 'it is none' }
  const mended = text.length > grammar.longest ? undefined : mend(grammar, text)
  return Problem.problem(
    'InvalidRepositoryName',
    `${Problem.quote(text)} is not the name of a repository: ${why}${at === 0 ? '' : ` (character ${at})`}`,
    mended === undefined ? undefined : `did you mean \`${mended}\`?`,
  )
}

/**
 * Reads the name of a private repository.
 *
 * **Errors** `InvalidRepositoryName`, with the first character at fault and the nearest name.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * E.isRight(Ecr.RepositoryName.parse('team/web-app')) // => true
 * E.isRight(Ecr.RepositoryName.parse('Team/App')) // => false
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): E.Either<Problem.Problem, RepositoryName> => {
  if (!Given.isText(text)) return E.left(Given.notText('the name of a repository', text))
  return isRepositoryName(text) ? E.right(text) : E.left(refusal(privateGrammar, text))
}

/**
 * Reads the name of a private repository, or throws.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parseOrThrow = (text: string): RepositoryName => getOrThrow(Problem.show)(parse(text))

/**
 * Reads the name of a public repository.
 *
 * **Errors** `InvalidRepositoryName`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parsePublic = (text: string): E.Either<Problem.Problem, PublicRepositoryName> => {
  if (!Given.isText(text)) return E.left(Given.notText('the name of a repository', text))
  return isPublicRepositoryName(text) ? E.right(text) : E.left(refusal(publicGrammar, text))
}
