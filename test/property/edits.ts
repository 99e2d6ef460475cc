/** All environments one edit away from an environment: an effect turned over, an element widened, a statement gone. */
import { Action, Condition, Resource, getOrThrow, Problem } from '../../src/model/index.js'
import type { Document, Environment, Statement } from '../../src/model/index.js'

const everyAction = getOrThrow(Problem.show)(Action.parsePattern('*'))
const everyResource = Resource.parsePatternOrThrow('*')

const variants = <S extends Statement.Statement>(statement: S): readonly S[] => [
  { ...statement, effect: statement.effect === 'Allow' ? 'Deny' : 'Allow' },
  { ...statement, action: { _tag: 'Action', patterns: [everyAction] } },
  { ...statement, resource: { _tag: 'Resource', patterns: [everyResource] } },
  ...(statement.conditions.length > 0 ? [{ ...statement, conditions: Condition.none }] : []),
]

const documentEdits = <S extends Statement.Statement>(
  document: Document.Document<S>,
): readonly Document.Document<S>[] => {
  const { statements } = document
  const made = statements.flatMap((statement, i) => [
    ...variants(statement).map((edited) => statements.map((other, j) => (i === j ? edited : other))),
    statements.filter((_, j) => j !== i),
  ])
  return made.flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{ ...document, statements: [first, ...rest] }],
  )
}

const listEdits = <S extends Statement.Statement>(
  documents: readonly Document.Document<S>[],
): readonly (readonly Document.Document<S>[])[] =>
  documents.flatMap((document, i) => [
    ...documentEdits(document).map((edited) => documents.map((other, j) => (i === j ? edited : other))),
    documents.filter((_, j) => j !== i),
  ])

const maybeEdits = <S extends Statement.Statement>(
  document: Document.Document<S> | undefined,
): readonly (Document.Document<S> | undefined)[] =>
  document === undefined ? [] : [undefined, ...documentEdits(document)]

export const edits = (environment: Environment.Environment): readonly Environment.Environment[] => {
  const { serviceControlPolicies: scps = [] } = environment
  return [
    ...listEdits(environment.identityPolicies).map((identityPolicies) => ({
      ...environment,
      identityPolicies,
    })),
    ...maybeEdits(environment.permissionsBoundary).map((permissionsBoundary) => ({
      ...environment,
      permissionsBoundary,
    })),
    ...listEdits(environment.sessionPolicies).map((sessionPolicies) => ({ ...environment, sessionPolicies })),
    ...maybeEdits(environment.resourcePolicy).map((resourcePolicy) => ({ ...environment, resourcePolicy })),
    ...maybeEdits(environment.registryPolicy).map((registryPolicy) => ({ ...environment, registryPolicy })),
    ...listEdits(environment.endpointPolicies).map((endpointPolicies) => ({
      ...environment,
      endpointPolicies,
    })),
    ...scps.flatMap((level, i) =>
      listEdits(level).map((edited) => ({
        ...environment,
        serviceControlPolicies: scps.map((other, j) => (i === j ? edited : other)),
      })),
    ),
  ]
}
