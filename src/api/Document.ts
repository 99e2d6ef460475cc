/**
 * Policy documents: what they are, and JSON to them and back.
 *
 * @since 0.1.0
 */
export * from '../model/Document.js'
export * from '../model/PolicyKind.js'
export { size, stringify, toJson } from '../model/DocumentJson.js'
export { limit } from '../model/Quota.js'
export type { Version } from '../model/Version.js'
export { documentCodec, fromUrlEncoded, parse, parseOrThrow, renderErrors } from '../codec/index.js'
export type { Json, JsonObject } from '../model/DocumentJson.js'
export type { PolicyError, PolicyErrors } from '../codec/index.js'
