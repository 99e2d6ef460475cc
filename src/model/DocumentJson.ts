/**
 * Documents: model to JSON, in one canonical form.
 *
 * Elements stand in the order Version, Id, Statement and Sid, Effect, Principal, Action, Resource, Condition; a list of
 * one prints as its entry, save that `Statement` is always a list; everybody prints as `"*"`.
 *
 * Laws: 1. `parse(toJson(d))` is `d`  2. `toJson(parse(toJson(d)))` is `toJson(d)`
 * Source: GR-3, GR-4, GR-16, PR-9.
 *
 * @since 0.1.0
 */
import { CodePoint } from '../pattern/index.js'
import type * as Condition from './Condition.js'
import type * as Document from './Document.js'
import * as Operator from './Operator.js'
import * as Principal from './Principal.js'
import type * as Statement from './Statement.js'

// ---- model ----

/**
 * Any JSON value.
 *
 * @category model
 * @since 0.1.0
 */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/**
 * A JSON object. Keys such as `__proto__` are ordinary ones: read it with `Object.hasOwn`.
 *
 * @category model
 * @since 0.1.0
 */
export interface JsonObject {
  readonly [key: string]: Json
}

// ---- rendering ----

/**
 * A document as JSON, in canonical form.
 *
 * @example
 * import { Document } from 'ecr-policy'
 *
 * const document = Document.parseOrThrow({
 *   Statement: { Resource: ['*'], Action: ['ecr:GetAuthorizationToken'], Effect: 'Allow' },
 * })
 * Document.toJson(document)
 * // => { Statement: [{ Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' }] }
 *
 * @category codecs
 * @since 0.1.0
 */
export const toJson = ({ version, id, statements }: Document.Document): JsonObject =>
  object([
    ['Version', version],
    ['Id', id],
    ['Statement', statements.map(statementToJson)],
  ])

/**
 * A document as canonical JSON text; `indent` as for `JSON.stringify`, compact when left out.
 *
 * @category rendering
 * @since 0.1.0
 */
export const stringify = (document: Document.Document, indent?: number | string): string =>
  JSON.stringify(toJson(document), undefined, indent)

/**
 * The characters of a document as AWS counts them when it is sent as `stringify` prints it: code points, without white
 * space between tokens, which some kinds count and others do not (SZ-2, SZ-5 to SZ-8). White space in strings counts.
 *
 * Inline policies of one user, role or group have one quota together: add up their sizes.
 *
 * @example
 * import { Document } from 'ecr-policy'
 *
 * const document = Document.parseOrThrow({
 *   Statement: { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
 * })
 * Document.size(document) // => 86
 *
 * @category destructors
 * @since 0.1.0
 */
export const size = (document: Document.Document): number => CodePoint.count(stringify(document))

/**
 * A statement as JSON, in canonical form.
 *
 * @category codecs
 * @since 0.1.0
 */
export const statementToJson = (statement: Statement.Statement): JsonObject =>
  object([
    ['Sid', statement.sid],
    ['Effect', statement.effect],
    ...(statement._tag === 'ResourceStatement'
      ? [[statement.principal._tag, principalsToJson(statement.principal.principals)] as const]
      : []),
    [statement.action._tag, oneOrMore(statement.action.patterns)],
    ...(statement.resource._tag === 'Attached'
      ? []
      : [[statement.resource._tag, oneOrMore(statement.resource.patterns)] as const]),
    ['Condition', statement.conditions.length === 0 ? undefined : conditionsToJson(statement.conditions)],
  ])

const principalsToJson = (principals: Principal.PrincipalList): Json =>
  principals.length === 1 && principals[0]._tag === 'Everyone'
    ? '*'
    : object(
        Principal.principalTypes.map((type) => {
          const entries = principals.filter((entry) => Principal.typeOf(entry) === type).map(Principal.show)
          return [type, entries.length === 0 ? undefined : oneOrMore(entries)]
        }),
      )

const conditionsToJson = (conditions: Condition.ConditionBlock): JsonObject => {
  const groups = new Map<string, (readonly [string, Json])[]>() // local mutation: in order of appearance
  for (const { operator, key, values } of conditions) {
    const name = Operator.show(operator)
    const group = groups.get(name) ?? []
    group.push([key, oneOrMore(values)])
    groups.set(name, group)
  }
  return object(Array.from(groups, ([name, members]) => [name, object(members)] as const))
}

const oneOrMore = (texts: readonly string[]): Json =>
  texts.length === 1 && texts[0] !== undefined ? texts[0] : texts

/**
 * An object of the members that have a value. `Object.fromEntries` defines own members, so that `__proto__` is one.
 *
 * @category constructors
 * @since 0.1.0
 */
export const object = (members: readonly (readonly [string, Json | undefined])[]): JsonObject =>
  Object.fromEntries(
    members.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )
