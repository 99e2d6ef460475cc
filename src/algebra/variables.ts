/**
 * Which variables documents use, and the cases into which a question falls by them: a variable's key is missing, has one
 * value, or has several. Only the middle case leaves a variable whose value matters.
 *
 * Source: VA-1 to VA-11.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  Arn,
  Operator,
  Condition,
  Variable,
  type Document,
  type Statement,
  type Version,
} from '../model/index.js'
import { ofValue } from './remember.js'

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

/**
 * What of a resource pattern may have variables: all past the fifth colon (VA-1).
 *
 * @category destructors
 * @since 0.1.0
 */
export const variablePart = (pattern: string): string => Arn.segments(pattern)[5] ?? ''

const textsIn = ({ resource, conditions }: Statement.Statement): readonly string[] => [
  ...(resource._tag === 'Attached' ? [] : resource.patterns.map(variablePart)),
  ...conditions.filter(takesVariables).flatMap(({ values }) => values),
]

const textsOf = (document: Document.Document): readonly string[] => document.statements.flatMap(textsIn)

const takesVariables = ({ operator }: Condition.Condition): boolean => {
  const { type } = Operator.operators[operator.name].comparison
  return type === 'String' || type === 'Arn' // VA-2
}

type Used = Extract<Variable.Piece, { readonly _tag: 'Variable' }>

const readVariables = ofValue((statement: Statement.Statement): readonly Used[] =>
  textsIn(statement)
    .filter((text) => text.includes('${'))
    .flatMap((text) => {
      const template = Variable.parse('2012-10-17')(text)
      return E.isLeft(template) ? [] : template.right.filter((piece) => piece._tag === 'Variable')
    }),
)

/** Only documents of this version have variables (VA-6). */
const variablesIn =
  (version: Version.Version | undefined) =>
  (statement: Statement.Statement): readonly Used[] =>
    version === '2012-10-17' ? readVariables(statement) : []

const usedBy = (documents: readonly Document.Document[]): readonly Used[] =>
  documents.flatMap(({ version, statements }) => statements.flatMap(variablesIn(version)))

/**
 * Does a statement of a document of a version use variables?
 *
 * @category predicates
 * @since 0.1.0
 */
export const usesVariables =
  (version: Version.Version | undefined) =>
  (statement: Statement.Statement): boolean =>
    variablesIn(version)(statement).length > 0

/**
 * The keys, as spelled, of the variables that the documents use, each once.
 *
 * @category destructors
 * @since 0.1.0
 */
export const variablesOf = (documents: readonly Document.Document[]): readonly string[] =>
  Array.from(new Map(usedBy(documents).map(({ key }) => [Condition.foldKey(key), key])).values())

/**
 * Does a variable of the documents have a default?
 *
 * @category predicates
 * @since 0.1.0
 */
export const hasDefaults = (documents: readonly Document.Document[]): boolean =>
  usedBy(documents).some(({ fallback }) => fallback !== undefined)

/**
 * Values worth trying for a variable when a difference is looked for: short fresh ones, and every piece of the literal
 * texts of the documents, since differences hide where a value happens to be one of them.
 *
 * @category destructors
 * @since 0.1.0
 */
export const candidates = (documents: readonly Document.Document[], limit: number): readonly string[] => {
  const pieces = documents.flatMap(textsOf).flatMap((text) => text.split(/[:/]/))
  const literal = pieces.filter((piece) => piece !== '' && !/[*?$}]/.test(piece))
  const whole = documents.some(comparesArns) ? ['arn:aws:iam::111122223333:role/example'] : []
  return Array.from(
    new Set(['a', ...whole, 'zz', '111122223333', ...literal.slice(0, limit), 'A', '']),
  ).slice(0, limit)
}

/** Is a variable part of what is compared as an ARN? Its value may be the better part of one, or all of it. */
const comparesArns = ({ statements }: Document.Document): boolean =>
  statements.some(({ conditions }) =>
    conditions.some(
      ({ operator, values }) =>
        Operator.operators[operator.name].comparison.type === 'Arn' &&
        values.some((text) => text.includes('${')),
    ),
  )
