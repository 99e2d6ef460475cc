/**
 * What a document grants of an action, and whether it grants one action wherever it grants another: questions to the
 * algebra, so that conditions, resources and Denies count in full.
 *
 * The trick is to leave of the document only the statements about one action and to call that action by one name
 * throughout; two actions are then compared like two documents.
 *
 * @since 0.1.0
 */
import { Patterns, restricted, silenced, type Placed, type Prover } from '../../lint/index.js'
import { Action, Arn, Resource, type Document, type Statement } from '../../model/index.js'
import { actions } from '../data/actions.js'
import { publicActions } from '../data/publicActions.js'

// ---- model ----

/**
 * The action that logs in: it has no resource, and a repository policy is never asked about it (EX-2).
 *
 * @category model
 * @since 0.1.0
 */
export const token = 'ecr:GetAuthorizationToken'

// ---- predicates ----

const withoutResource: ReadonlySet<string> = new Set(
  [...Object.entries(actions), ...Object.entries(publicActions)].flatMap(([name, { resourceless }]) =>
    resourceless ? [name] : [],
  ),
)

/**
 * Has this action no resource, so that a statement needs `*` to reach it? (EC-1, SM-R7)
 *
 * @category predicates
 * @since 0.1.0
 */
export const isWithoutResource = (action: string): boolean => withoutResource.has(action)

/**
 * Do the resources of a statement include `*` itself, which requests for actions without resource name? (SM-R7)
 *
 * @category predicates
 * @since 0.1.0
 */
export const takesInNoResource = (statement: Statement.Statement): boolean =>
  Patterns.isOnResource(statement)('*')

/**
 * May a document allow this action to somebody, by a proof with a request?
 *
 * @category analysis
 * @since 0.1.0
 */
export const grants =
  (prover: Prover, action: string) =>
  (document: Document.Document): boolean => {
    const left = about(action)(document)
    return left !== undefined && prover.isBroader(left, silenced(left))
  }

/**
 * Is it proven that the document allows this action to nobody?
 *
 * @category analysis
 * @since 0.1.0
 */
export const grantsNobody =
  (prover: Prover, action: string) =>
  (document: Document.Document): boolean => {
    const left = about(action)(document)
    return left === undefined || prover.isNoBroader(left, silenced(left))
  }

/**
 * The first Allow of an action that reaches, by a proof with a request, where no Allow of any of the others does. All are
 * actions on repositories; `where` picks the statements that are asked about. Denies are left out: who denies half of an
 * operation means to.
 *
 * @category analysis
 * @since 0.1.0
 */
export const furthest =
  (
    prover: Prover,
    action: string,
    others: readonly string[],
    where: (statement: Statement.Statement) => boolean = () => true,
  ) =>
  (document: Document.Document): Placed | undefined => {
    const right = together(others.flatMap((other) => about(other)(document, allows) ?? []))
    const index = document.statements.findIndex((statement) => {
      const left = where(statement)
        ? about(action)(document, (each) => each === statement && allows(each))
        : undefined
      return left !== undefined && prover.isBroader(left, right ?? silenced(left))
    })
    const statement = document.statements[index]
    return statement === undefined ? undefined : { statement, index }
  }

/** All that the documents say, in one; they are parts of one document. */
const together = ([first, ...rest]: readonly Document.Document[]): Document.Document | undefined => {
  if (first === undefined) return undefined
  const [head, ...tail] = first.statements
  return { ...first, statements: [head, ...tail, ...rest.flatMap(({ statements }) => statements)] }
}

// ---- combinators ----

/**
 * The document with its Allows held to requests without these keys; undefined where an Allow speaks of that by itself, or
 * where nothing is allowed.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withoutKeys =
  (keys: readonly string[]) =>
  (document: Document.Document): Document.Document | undefined => {
    const limited = document.statements.map((statement) =>
      statement.effect === 'Deny' ? statement : isMissing(keys)(statement),
    )
    const [first, ...rest] = limited.flatMap((statement) => statement ?? [])
    return first === undefined || rest.length + 1 < limited.length
      ? undefined
      : { ...document, statements: [first, ...rest] }
  }

const isMissing =
  (keys: readonly string[]) =>
  (statement: Statement.Statement): Statement.Statement | undefined =>
    keys.reduce<Statement.Statement | undefined>(
      (limited, key) => (limited === undefined ? undefined : restricted('Null', key, ['true'])(limited)),
      statement,
    )

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
      const kept = Patterns.isAbout(statement)(action) ? reaching(action)(statement) : undefined
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
