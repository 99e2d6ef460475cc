/**
 * A `Question` of a fleet: actions that no statement of it tells apart, asked in the same way. What becomes of one of
 * them becomes of all, so one is asked for all.
 *
 * @since 0.1.0
 */
import { Action, type Document, type Statement } from '../../model/index.js'
import { Simulator } from '../../simulator/index.js'
import { operations } from '../data/operations.js'
import { publicPull, publicPush } from '../data/operations/public.js'
import { pullApi, pullTag } from '../data/operations/pull.js'
import type { Fleet, FleetPrincipal, FleetRepository } from './matrixFleet.js'
import type { Need, Operation, OperationId, RequiredOn } from '../Operation.js'

// ---- model ----

/**
 * The operations that work on one repository alone. `pull` and `push` are those of `canPull` and `canPush`, on a public
 * repository `public-pull` and `public-push`.
 *
 * @category model
 * @since 0.1.0
 */
export type MatrixOperation = 'pull' | 'push' | LoneOperationId

type LoneOperationId = {
  readonly [Id in OperationId]: RequiredOn<Id> extends LoneOn ? Id : never
}[OperationId]

type LoneOn =
  '*' | 'repository' | 'repository/*' | 'destination-repository' | 'public-repository' | `role/${string}`

/**
 * `required` has the need that is asked first; a second one, of a service, is there where one takes part beside the
 * caller (RC-6). Questions of one `way` make the same requests, but for the action.
 *
 * @category model
 * @since 0.1.0
 */
export interface Question {
  readonly way: string
  readonly required: readonly [Need, ...(readonly Need[])]
}

/**
 * One action of an operation, and the place of its question among all questions.
 *
 * @category model
 * @since 0.1.0
 */
export interface Asked {
  readonly action: string
  readonly question: number
}

/**
 * All questions of a fleet, and what an operation asks for a caller of a sort on a repository of a sort.
 *
 * @category model
 * @since 0.1.0
 */
export interface Questions {
  readonly all: readonly Question[]
  readonly asks: (operation: MatrixOperation, sort: Sort) => readonly Asked[]
}

/**
 * What decides which actions an operation takes: whether a service asks (EX-20), and whether ECR Public is asked.
 *
 * @category model
 * @since 0.1.0
 */
export interface Sort {
  readonly isService: boolean
  readonly isPublic: boolean
}

// ---- destructors ----

/**
 * The sort of a caller and a repository.
 *
 * @category destructors
 * @since 0.1.0
 */
export const sortOf = ({ caller }: FleetPrincipal, { repository }: FleetRepository): Sort => ({
  isService: caller._tag === 'Service',
  isPublic: repository._tag === 'PublicRepository',
})

/** The sorts that a fleet has, or could have together. */
const sortsOf = ({ principals, repositories }: Fleet): readonly Sort[] =>
  distinct(principals.map(({ caller }) => caller._tag === 'Service')).flatMap((isService) =>
    distinct(repositories.map(({ repository }) => repository._tag === 'PublicRepository')).map(
      (isPublic) => ({ isService, isPublic }),
    ),
  )

const distinct = <A>(items: readonly A[]): readonly A[] => Array.from(new Set(items))

/**
 * The id of an operation for a caller of a sort on a repository of a sort.
 *
 * @category destructors
 * @since 0.1.0
 */
export const operationOf = (operation: MatrixOperation, { isPublic, isService }: Sort): OperationId => {
  if (operation === 'pull') return isPublic ? publicPull.id : isService ? pullApi.id : pullTag.id
  return operation === 'push' && isPublic ? publicPush.id : operation
}

/**
 * The actions that an operation takes.
 *
 * @category destructors
 * @since 0.1.0
 */
export const requiredBy = (operation: MatrixOperation, sort: Sort): readonly Need[] => {
  const { required }: Pick<Operation, 'required'> = operations[operationOf(operation, sort)]
  return required
}

// ---- constructors ----

/**
 * The questions that operations ask of a fleet.
 *
 * **Cost** actions times distinct action elements of the fleet's statements.
 *
 * @category constructors
 * @since 0.1.0
 */
export const questionsOf = (fleet: Fleet, asked: readonly MatrixOperation[]): Questions => {
  const fitsOf = actionSignature([...fleet.identity, ...fleet.resource])
  const places = new Map<string, number>() // local mutation: questions are numbered as they come, as in `all`
  const all: Question[] = []
  const placeOf = (required: readonly Need[], need: Need): number => {
    const helper = need.by === undefined ? required.find(({ by }) => by !== undefined) : undefined
    const way = JSON.stringify([wayOf(need), helper?.by])
    const key = `${way} ${fitsOf(need.action)}`
    const place = places.get(key) ?? all.length
    places.set(key, place)
    if (place === all.length) all.push({ way, required: helper === undefined ? [need] : [need, helper] })
    return place
  }
  const known = new Map(
    asked.flatMap((operation) =>
      sortsOf(fleet).map((sort) => {
        const required = requiredBy(operation, sort)
        const needs = required.map((need) => ({ action: need.action, question: placeOf(required, need) }))
        return [askKey(operation, sort), needs] as const
      }),
    ),
  )
  return { all, asks: (operation, sort) => known.get(askKey(operation, sort)) ?? [] }
}

const askKey = (operation: MatrixOperation, { isService, isPublic }: Sort): string =>
  `${operation} ${String(isService)} ${String(isPublic)}`

/** All but the statements that makes two actions differ: what they are asked on, by whom, and what the flow tells apart. */
const wayOf = ({ on, by, within, outsideVpc, action }: Need): readonly unknown[] => {
  const folded = action.toLowerCase()
  const isTold = Simulator.telling.actions.some((told) => told === folded)
  return [on, by, within, outsideVpc, isTold ? folded : folded.slice(0, folded.indexOf(':'))]
}

/** Which of the distinct action elements take an action. */
const actionSignature = (documents: readonly Document.Document[]): ((action: string) => string) => {
  const clauses = new Map(
    documents.flatMap(({ statements }) =>
      statements.map(({ action }) => [clauseText(action), action] as const),
    ),
  )
  return (action) => {
    const folded = action.toLowerCase()
    return Array.from(clauses.values(), (clause) => (takes(clause)(folded) ? '1' : '0')).join('')
  }
}

/** As JSON, since a pattern may have a blank in it (U-31): two clauses that differ must not read alike. */
const clauseText = ({ _tag, patterns }: Action.ActionClause): string => JSON.stringify([_tag, patterns])

/**
 * Does an action element take a folded action?
 *
 * @category predicates
 * @since 0.1.0
 */
export const takes =
  ({ _tag, patterns }: Statement.Statement['action']) =>
  (folded: string): boolean =>
    patterns.some((pattern) => Action.fits(pattern)(folded)) === (_tag === 'Action')
