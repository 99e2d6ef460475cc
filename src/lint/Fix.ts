/**
 * A `Fix` is a change of a document as data: statements put in the place of others, or another version.
 *
 * Edits name the statement that they replace by what it says and not by where it stands alone, so that fixes of one and
 * the same report can be applied one after the other, and one that comes too late changes nothing.
 *
 * @since 0.1.0
 */
import { type Document, Frozen, Statement, type Version, withStatements } from '../model/index.js'

// ---- model ----

/**
 * What a fix does to the document's meaning.
 *
 * - `Equivalent`: nothing, by proof (`Algebra.interchangeable`).
 * - `Narrower`: it allows nothing new, by proof (`Algebra.isNoBroader`), and takes away only what nobody can ask for: an
 *   action that is not there, or one on a resource that it is never asked on.
 * - `Restricts`: it allows nothing new, and may refuse what works now: a Deny that is to reach further, an Allow under one
 *   more test. Where a service's list of actions bears on it, the proof is for the actions in that list.
 * - `Grants`: it may allow what was not allowed.
 *
 * The last two are never applied unless asked for by name.
 *
 * @category model
 * @since 0.1.0
 */
export type Effect = 'Equivalent' | 'Narrower' | 'Restricts' | 'Grants'

/**
 * One change. `Replace`: `by` stands where `statement` stood, which was at `index` (from 0) when it was found; no
 * statements in `by` take it out. `SetVersion` sets the version of the document.
 *
 * @category model
 * @since 0.1.0
 */
export type Edit =
  | {
      readonly _tag: 'Replace'
      readonly index: number
      readonly statement: Statement.Statement
      readonly by: readonly Statement.Statement[]
    }
  | { readonly _tag: 'SetVersion'; readonly version: Version.Version }

/**
 * A change with its title, one phrase in the imperative, and its effect.
 *
 * @category model
 * @since 0.1.0
 */
export interface Fix {
  readonly title: string
  readonly effect: Effect
  readonly edit: Edit
}

// ---- constructors ----

/**
 * A fix that puts other statements, or none, in the place of one.
 *
 * @category constructors
 * @since 0.1.0
 */
export const replacing = (
  title: string,
  effect: Effect,
  { statement, index }: { readonly statement: Statement.Statement; readonly index: number },
  by: readonly Statement.Statement[],
): Fix => ({ title, effect, edit: { _tag: 'Replace', index, statement, by } })

// ---- evaluation ----

/**
 * The document with the fix applied; the document itself when what the fix is about is no longer there, when nothing
 * would be left, or when the fix is for a document of the other sort.
 *
 * @example
 * import { Document, Ecr, Lint } from 'ecr-policy'
 *
 * const policy = Document.parseOrThrow({
 *   Version: '2012-10-17',
 *   Statement: { Effect: 'Allow', Action: 'ecr:DescribeImage', Resource: 'arn:aws:ecr:*:*:repository/app' },
 * }, 'identity')
 * const [fix] = Ecr.lint(policy, 'identity').map((finding) => finding.fix)
 * fix?.effect // => 'Grants'
 * const fixed = fix === undefined ? policy : Lint.apply(fix)(policy)
 * Document.stringify(fixed).includes('"ecr:DescribeImages"') // => true
 *
 * @category evaluation
 * @since 0.1.0
 */
export const apply =
  ({ edit }: Fix) =>
  <D extends Document.Document>(document: D): D => {
    if (edit._tag === 'SetVersion') return Frozen.own({ ...document, version: edit.version })
    const place = placeOf(edit)(document)
    if (place === -1) return document
    const { statements } = document
    return Frozen.own(
      withStatements(document, [...statements.slice(0, place), ...edit.by, ...statements.slice(place + 1)]),
    )
  }

const placeOf =
  ({ index, statement }: Extract<Edit, { readonly _tag: 'Replace' }>) =>
  ({ statements }: Document.Document): number => {
    const there = statements[index]
    return there !== undefined && Statement.Eq.equals(there, statement)
      ? index
      : statements.findIndex((each) => Statement.Eq.equals(each, statement))
  }
