/**
 * What a document grants of an action, and whether it grants one action wherever it grants another: questions to the
 * algebra, so that conditions, resources and Denies count in full.
 *
 * The trick is to leave of the document only the statements about one action and to call that action by one name
 * throughout; two actions are then compared like two documents.
 *
 * @since 0.1.0
 */
import { Algebra } from '../algebra/index.js'
import { Action, Arn, Resource, type Document, type Statement } from '../model/index.js'
import { Glob } from '../pattern/index.js'
import { actions } from './data/actions.js'
import { isAbout } from './reviewFinding.js'

// ---- predicates ----

/**
 * Has this action no resource, so that a statement needs `*` to reach it? (EC-1, SM-R7)
 *
 * @category predicates
 * @since 0.1.0
 */
export const isWithoutResource = (action: string): boolean =>
  Object.entries(actions).some(([name, { resourceless }]) => resourceless && name === action)

/**
 * Do the resources of a statement include `*` itself, which requests for actions without resource name? (SM-R7)
 *
 * @category predicates
 * @since 0.1.0
 */
export const takesInNoResource = ({ resource }: Statement.Statement): boolean =>
  resource._tag !== 'Attached' &&
  resource.patterns.some((pattern) => {
    const glob = Resource.glob(undefined, () => ({ _tag: 'Missing' }))(pattern)
    return glob !== undefined && Glob.matches(glob)('*')
  }) ===
    (resource._tag === 'Resource')

/**
 * May a document allow this action to somebody? A question that exceeds the budget is answered with yes.
 *
 * @category analysis
 * @since 0.1.0
 */
export const grants =
  (action: string) =>
  (document: Document.Document): boolean => {
    const left = about(action)(document)
    return left !== undefined && Algebra.isNoBroader(left, silenced(left))._tag !== 'Yes'
  }

/**
 * Does an Allow of the second action reach wherever one of the first does? Both are actions on repositories. Denies are
 * left out: who denies half of an operation means to. A question that exceeds the budget is answered with yes, so that
 * nothing is said that is not proven.
 *
 * @category analysis
 * @since 0.1.0
 */
export const covers =
  (first: string, second: string) =>
  (document: Document.Document): boolean => {
    const left = about(first)(document, allows)
    if (left === undefined) return true
    const right = about(second)(document, allows) ?? silenced(left)
    return Algebra.isNoBroader(left, right)._tag !== 'No'
  }

// ---- parts of documents ----

const commonName = Action.parsePattern('ecr:BatchGetImage')

/** What a document says about one action, that action called by the common name; undefined when it says nothing. */
const about =
  (action: string) =>
  (
    document: Document.Document,
    keep: (statement: Statement.Statement) => boolean = () => true,
  ): Document.Document | undefined => {
    const [first, ...rest] = document.statements.filter(keep).flatMap((statement) => {
      const kept = isAbout(statement)(action) ? reaching(action)(statement) : undefined
      return kept === undefined ? [] : renamed(kept)
    })
    return first === undefined ? undefined : { ...document, statements: [first, ...rest] }
  }

const allows = ({ effect }: Statement.Statement): boolean => effect === 'Allow'

const renamed = (statement: Statement.Statement): readonly Statement.Statement[] =>
  commonName._tag === 'Right'
    ? [{ ...statement, action: { _tag: 'Action', patterns: [commonName.right] } }]
    : []

/** A statement with those of its resources that the action can be asked on. */
const reaching =
  (action: string) =>
  (statement: Statement.Statement): Statement.Statement | undefined => {
    const { resource } = statement
    if (isWithoutResource(action))
      return takesInNoResource(statement)
        ? { ...statement, resource: { _tag: 'Resource', patterns: [everything] } }
        : undefined
    if (resource._tag !== 'Resource') return statement
    const [first, ...rest] = resource.patterns.filter(isOfEcr)
    return first === undefined
      ? undefined
      : { ...statement, resource: { _tag: 'Resource', patterns: [first, ...rest] } }
  }

const everything = Resource.parsePatternOrThrow('*')

/** The service of a pattern is written out (GR-13). */
const isOfEcr = (pattern: Resource.ResourcePattern): boolean =>
  pattern === '*' || Arn.segments(pattern)[2] === 'ecr'

/** The same document with nothing allowed. */
const silenced = (document: Document.Document): Document.Document => {
  const [first] = document.statements
  return { ...document, statements: [{ ...first, effect: 'Deny' }] }
}
