/**
 * Policy documents: what they are, and JSON to them and back.
 *
 * @since 0.1.0
 */
export * from '../model/Document.js'
export * from '../model/PolicyKind.js'
export { limit } from '../model/Quota.js'
export type { Version } from '../model/Version.js'
export {
  documentCodec,
  fromUrlEncoded,
  parse,
  parseOrThrow,
  renderErrors,
  size,
  stringify,
  toJson,
} from '../codec/index.js'
export type { Json, JsonObject, PolicyError, PolicyErrors } from '../codec/index.js'
