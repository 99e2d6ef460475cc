/**
 * Policy documents as AWS's API hands them out.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { fromUrlEncoded, parse, type PolicyErrors } from '../../codec/index.js'
import { DocumentJson, type Document, type PolicyKind } from '../../model/index.js'
import type { Repository } from '../../ecr/index.js'
import type { PolicyVersionShape, RepositoryPolicyShape } from './shapes.js'

/** Percent-encoded text has no brace left; JSON text begins with one. */
const isEncoded = (text: string): boolean => /^\s*%/.test(text)

/**
 * Percent-encoded text as plain text, where it is that; anything else as it is. What is malformed is left to the codec.
 *
 * @category codecs
 * @since 0.1.0
 */
export const decoded = (document: unknown): unknown =>
  typeof document === 'string' && isEncoded(document)
    ? E.getOrElse(() => document)(
        E.tryCatch(
          () => decodeURIComponent(document),
          () => document,
        ),
      )
    : document

/**
 * Reads a policy document as the API returns it, percent-encoded, or as text or object as the CLI prints it: what
 * GetRolePolicy, GetUserPolicy and GetGroupPolicy have in `PolicyDocument`, GetRole in `AssumeRolePolicyDocument`, and
 * GetPolicyVersion in `PolicyVersion.Document`.
 *
 * **Errors** those of `Document.parse`.
 *
 * @example
 * import { Sdk } from 'ecr-policy/interop'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * const PolicyDocument = encodeURIComponent(
 *   '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}',
 * )
 * E.isRight(Sdk.fromPolicyDocument('inline-role')(PolicyDocument)) // => true
 *
 * @category codecs
 * @since 0.1.0
 */
export const fromPolicyDocument =
  <K extends PolicyKind.PolicyKind>(kind: K) =>
  (document: unknown): E.Either<PolicyErrors, PolicyKind.DocumentOf<K>> =>
    typeof document === 'string' && isEncoded(document)
      ? fromUrlEncoded(document, kind)
      : parse(document, kind)

/**
 * Reads GetPolicyVersion's answer.
 *
 * **Errors** those of `Document.parse`.
 *
 * @category codecs
 * @since 0.1.0
 */
export const fromPolicyVersion = (output: {
  readonly PolicyVersion?: PolicyVersionShape | undefined
}): E.Either<PolicyErrors, Document.IdentityDocument> =>
  fromPolicyDocument('identity')(output.PolicyVersion?.Document)

/**
 * Reads GetRepositoryPolicy's answer.
 *
 * **Errors** those of `Document.parse`.
 *
 * @example
 * import { Sdk } from 'ecr-policy/interop'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * const policyText = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"ecr:PutImage"}}'
 * E.isRight(Sdk.fromRepositoryPolicy({ registryId: '111122223333', repositoryName: 'app', policyText })) // => true
 *
 * @category codecs
 * @since 0.1.0
 */
export const fromRepositoryPolicy = ({
  policyText,
}: RepositoryPolicyShape): E.Either<PolicyErrors, Document.ResourceDocument> =>
  fromPolicyDocument('ecr-repository')(policyText)

/**
 * Reads GetRegistryPolicy's answer.
 *
 * **Errors** those of `Document.parse`.
 *
 * @category codecs
 * @since 0.1.0
 */
export const fromRegistryPolicy = ({
  policyText,
}: Pick<RepositoryPolicyShape, 'policyText'>): E.Either<PolicyErrors, Document.ResourceDocument> =>
  fromPolicyDocument('ecr-registry')(policyText)

/**
 * What SetRepositoryPolicy takes.
 *
 * @example
 * import { Document, Ecr } from 'ecr-policy'
 * import { Sdk } from 'ecr-policy/interop'
 *
 * const app = Ecr.Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/app')
 * const policy = Document.parseOrThrow(
 *   { Statement: { Effect: 'Deny', Principal: '*', Action: 'ecr:PutImage' } },
 *   'ecr-repository',
 * )
 * Sdk.toSetRepositoryPolicy(app)(policy).repositoryName // => 'app'
 *
 * @category codecs
 * @since 0.1.0
 */
export const toSetRepositoryPolicy =
  (repository: Repository.Repository) =>
  (
    policy: Document.ResourceDocument,
  ): { readonly registryId: string; readonly repositoryName: string; readonly policyText: string } => ({
    registryId: repository.account,
    repositoryName: repository.name,
    policyText: DocumentJson.stringify(policy),
  })
