/**
 * Which variables documents use, and the cases into which a question falls by them: a variable's key is missing, has one
 * value, or has several. Only the middle case leaves a variable whose value matters.
 *
 * Source: VA-1 to VA-11.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Condition, Operator, Variable, type Document } from '../model/index.js'

/**
 * The case of one variable's key. `Value` with a text: that very value.
 *
 * @category model
 * @since 0.1.0
 */
export type VariableCase =
  { readonly _tag: 'Missing' | 'Multivalued' | 'Opaque' } | { readonly _tag: 'Value'; readonly value: string }

/**
 * A case for each variable's key, folded.
 *
 * @category model
 * @since 0.1.0
 */
export type Assignment = ReadonlyMap<string, VariableCase>

const textsOf = (document: Document.Document): readonly string[] =>
  document.statements.flatMap(({ resource, conditions }) => [
    ...(resource._tag === 'Attached' ? [] : resource.patterns),
    ...conditions.filter(takesVariables).flatMap(({ values }) => values),
  ])

const takesVariables = ({ operator }: Condition.Condition): boolean => {
  const { type } = Operator.operators[operator.name].comparison
  return type === 'String' || type === 'Arn' // VA-2
}

/**
 * The keys, as spelled, of the variables that the documents use, each once.
 *
 * @category destructors
 * @since 0.1.0
 */
export const variablesOf = (documents: readonly Document.Document[]): readonly string[] => {
  const found = documents.flatMap((document) =>
    textsOf(document).flatMap((text) => {
      const template = Variable.parse(document.version)(text)
      return E.isLeft(template)
        ? []
        : template.right.flatMap((piece) => (piece._tag === 'Variable' ? [piece.key] : []))
    }),
  )
  return Array.from(new Map(found.map((key) => [Condition.foldKey(key), key])).values())
}

/**
 * Does a variable of the documents have a default?
 *
 * @category predicates
 * @since 0.1.0
 */
export const hasDefaults = (documents: readonly Document.Document[]): boolean =>
  documents.some((document) =>
    textsOf(document).some((text) => {
      const template = Variable.parse(document.version)(text)
      return (
        E.isRight(template) &&
        template.right.some((piece) => piece._tag === 'Variable' && piece.fallback !== undefined)
      )
    }),
  )

/**
 * Values worth trying for a variable when a difference is looked for: short fresh ones, and every piece of the literal
 * texts of the documents, since differences hide where a value happens to be one of them.
 *
 * @category destructors
 * @since 0.1.0
 */
export const candidates = (documents: readonly Document.Document[], limit: number): readonly string[] => {
  const pieces = documents.flatMap(textsOf).flatMap((text) => text.split(/[:/]/))
  const literal = pieces.filter((piece) => piece !== '' && !/[*?$]/.test(piece))
  return Array.from(new Set(['a', 'zz', '111122223333', ...literal.slice(0, limit), 'A', ''])).slice(0, limit)
}
