/**
 * The doors for documents: reading, throwing, percent-encoding, io-ts.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { DocumentJson, PolicyKind, Problem, type Document } from '../model/index.js'
import { documentDecoder } from './decodeDocument.js'
import { isList, isRecord, member } from './Json.js'
import { fromFindings, orThrow, type PolicyError, type PolicyErrors } from './PolicyError.js'
import { read } from './read.js'
import { decodeUrl } from './urlEncoding.js'

// ---- codecs ----

/**
 * Reads a policy: JSON text, or an object as `JSON.parse` gives it.
 *
 * Without a kind, a policy in which some statement names principals is read as `resource`, any other as `identity`.
 *
 * **Errors** everything that is wrong, up to a hundred errors, each with a JSON pointer, and for text with line and
 * column. Never throws, whatever the input.
 * **Cost** linear; input beyond 20 million characters, a million values or 64 levels is refused.
 * **Source** GR-1 to GR-17, SZ-1 to SZ-8, U-18 to U-21.
 *
 * @example
 * import { Document } from 'ecr-policy'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * const result = Document.parse('{ "Statement": { "Effect": "allow", "Action": "ecr:*", "Resource": "*" } }')
 * E.isLeft(result) ? result.left[0].suggestion : undefined // => 'did you mean `Allow`?'
 *
 * @category codecs
 * @since 0.1.0
 */
export function parse(input: unknown, kind?: undefined): E.Either<PolicyErrors, Document.Document>
export function parse<K extends PolicyKind.PolicyKind>(
  input: unknown,
  kind: K,
): E.Either<PolicyErrors, PolicyKind.DocumentOf<K>>
export function parse(
  input: unknown,
  kind?: PolicyKind.PolicyKind,
): E.Either<PolicyErrors, Document.Document> {
  return read(documentDecoder(kind, true))(input)
}

/**
 * Reads a policy, or throws one error that prints everything that is wrong with it, a line each.
 *
 * **Errors** an `Error` whose `cause` is the list of `PolicyError`s.
 *
 * @example
 * import { Document } from 'ecr-policy'
 *
 * Document.parseOrThrow({ Statement: { Effect: 'Deny', Action: '*', Resource: '*' } }, 'scp').statements.length // => 1
 *
 * @category codecs
 * @since 0.1.0
 */
export function parseOrThrow(input: unknown, kind?: undefined): Document.Document
export function parseOrThrow<K extends PolicyKind.PolicyKind>(
  input: unknown,
  kind: K,
): PolicyKind.DocumentOf<K>
export function parseOrThrow(input: unknown, kind?: PolicyKind.PolicyKind): Document.Document {
  return orThrow('the policy')(read(documentDecoder(kind, true))(input))
}

/**
 * Reads percent-encoded policy text (RFC 3986), as IAM's API returns it; `+` stays `+`.
 *
 * **Errors** those of `parse`, with positions in the decoded text, and `InvalidUrlEncoding`.
 *
 * @category codecs
 * @since 0.1.0
 */
export function fromUrlEncoded(text: string, kind?: undefined): E.Either<PolicyErrors, Document.Document>
export function fromUrlEncoded<K extends PolicyKind.PolicyKind>(
  text: string,
  kind: K,
): E.Either<PolicyErrors, PolicyKind.DocumentOf<K>>
export function fromUrlEncoded(
  text: string,
  kind?: PolicyKind.PolicyKind,
): E.Either<PolicyErrors, Document.Document> {
  const decoded = decodeUrl(text)
  return E.isLeft(decoded)
    ? E.left(one(fromFindings([decoded.left])))
    : read(documentDecoder(kind, true))(decoded.right)
}

const one = ([first, ...rest]: readonly PolicyError[]): PolicyErrors => [
  first ?? { pointer: '', ...Problem.problem('InvalidUrlEncoding', 'the text is malformed') },
  ...rest,
]

/**
 * The io-ts codec of documents of a kind, for those who compose it with codecs of their own: `decode` is `parse`,
 * `encode` is `toJson`.
 *
 * **Errors** one io-ts error for each `PolicyError`, with its message and its pointer as context.
 *
 * @category codecs
 * @since 0.1.0
 */
export const documentCodec = <K extends PolicyKind.PolicyKind>(
  kind: K,
): t.Type<PolicyKind.DocumentOf<K>, DocumentJson.JsonObject> =>
  new t.Type<PolicyKind.DocumentOf<K>, DocumentJson.JsonObject>(
    `Document<${kind}>`,
    (value): value is PolicyKind.DocumentOf<K> => isDocument(kind, value),
    (input, context) =>
      E.mapLeft((errors: PolicyErrors): t.Errors => errors.map(toIoTs(input, context)))(parse(input, kind)),
    (document) => DocumentJson.toJson(document),
  )

const isDocument = (kind: PolicyKind.PolicyKind, value: unknown): boolean => {
  if (!isRecord(value) || member(value, '_tag') !== 'Document') return false
  const statements = member(value, 'statements')
  const tag = PolicyKind.isResourceKind(kind) ? 'ResourceStatement' : 'IdentityStatement'
  return (
    isList(statements) &&
    statements.length > 0 &&
    statements.every((statement) => isRecord(statement) && member(statement, '_tag') === tag)
  )
}

const toIoTs =
  (value: unknown, context: t.Context) =>
  ({ pointer, message, suggestion, code }: PolicyError): t.ValidationError => ({
    value,
    context: [
      ...context,
      ...pointer
        .split('/')
        .slice(1)
        .map((key) => ({ key: key.replaceAll('~1', '/').replaceAll('~0', '~'), type: t.unknown })),
    ],
    message: Problem.show({ code, message, suggestion }),
  })
