/**
 * From a wish to a grant: what to attach, and where, so that every asked principal can do every asked operation on
 * every asked repository, and nothing beyond that.
 *
 * Laws: 1. sufficient: with the grant each asked operation is allowed, or the service's part of it where only a service is
 *          named (EX-21)
 *       2. minimal: without any one action, resource, principal, condition value, statement or policy one is not
 *       3. tight: what a document of the grant allows was asked for
 *       4. the order in which things are asked does not matter
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { parse, type PolicyErrors } from '../../codec/index.js'
import { DocumentJson, getOrThrow, type Document } from '../../model/index.js'
import { Frozen } from '../../pattern/index.js'
import type { Grant, GrantedPolicy } from './Grant.js'
import { asksOf } from './grantAsks.js'
import { collect, grantError, show as showErrors, unless, type Checked } from './GrantError.js'
import * as Grantee from './Grantee.js'
import { read, type GrantInput, type Wish } from './grantInput.js'
import { postsOf, type CallerPost, type NamingPost, type Post } from './grantPlaces.js'
import { notesOf, whyOf } from './grantRemarks.js'
import { doneIn } from './grantShare.js'
import { callerDocument, namingDocument } from './grantStatements.js'
import * as GrantTarget from './GrantTarget.js'
import { show as showPlace } from '../Place.js'

// ---- constructors ----

/**
 * The policies to attach, and where, for every given principal to do every given operation on every given repository.
 *
 * Within one account that is an identity policy. From account to account the policy of the repository has to allow as
 * well; of the registry instead for scopes (`team/*`), and for what makes repositories or replicates into them.
 * Organizations and services get in by the policy of the repository. A service acts for accounts or for things that are
 * named: for the repository's own account unless given otherwise, for the account of who deploys in `lambda`. Where it acts for
 * another account together with somebody there, it is given its own part: `for.inPart`, and a note, say so (EX-21).
 *
 * A scope `team/*` has neither `team` nor `teamwork` in it; ask for `team` beside it if both are wanted.
 *
 * **Errors** see `GrantErrorCode`: all of them, each with its place in the input; `TooLarge`, last, for a policy over
 * AWS's quota.
 * **Cost** operations x principals x repositories.
 * **Source** EX-1 to EX-21, EX-30, EX-34, EX-37 to EX-46, EC-4 to EC-6, XA-1 to XA-6, SZ-1, SZ-7, SZ-8.
 *
 * @example
 * import { Document, Ecr } from 'ecr-policy'
 *
 * const grant = Ecr.grantOrThrow({
 *   operations: ['pull'],
 *   principals: ['arn:aws:iam::111122223333:role/node'],
 *   repositories: ['arn:aws:ecr:eu-west-1:444455556666:repository/app'],
 * })
 * grant.policies.map(({ place }) => Ecr.Place.show(place))
 * // => ['identity-based policy of arn:aws:iam::111122223333:role/node', 'repository policy of arn:aws:ecr:eu-west-1:444455556666:repository/app']
 * grant.policies.map(({ document }) => Document.toJson(document))[1]
 * // => { Version: '2012-10-17', Statement: [{ Sid: 'Pull', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:role/node' }, Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] }] }
 *
 * @category constructors
 * @since 0.1.0
 */
export const grant = (input: GrantInput): Checked<Grant> => Frozen.deep(granted(Frozen.own(input)))

const granted = (input: GrantInput): Checked<Grant> => {
  const wish = read(input)
  if (E.isLeft(wish)) return wish
  const asks = asksOf(wish.right)
  if (E.isLeft(asks)) return asks
  const posts = postsOf(input)(asks.right)
  if (E.isLeft(posts)) return posts
  return E.map((policies: readonly GrantedPolicy[]) => ({
    _tag: 'Grant' as const,
    policies,
    for: purposeOf(wish.right),
    notes: notesOf(wish.right, posts.right, input.registryPolicyScope),
  }))(collect(posts.right.map(policyOf)))
}

/**
 * The policies to attach, and where, or throws one error that lists every problem.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * const forFunctions = Ecr.grantOrThrow({
 *   operations: 'pull',
 *   principals: 'lambda.amazonaws.com',
 *   repositories: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
 * })
 * forFunctions.policies[0]?.document.statements[0].conditions[0]?.values
 * // => ['arn:aws:lambda:eu-west-1:111122223333:function:*']
 *
 * @category constructors
 * @since 0.1.0
 */
export const grantOrThrow = (input: GrantInput): Grant => getOrThrow(showErrors)(grant(input))

const purposeOf = (wish: Wish): Grant['for'] => ({
  ...doneIn(wish),
  principals: wish.grantees.map(({ value }) => Grantee.show(value)),
  repositories: wish.repositories.map(({ value }) => GrantTarget.arn(value)),
  sources: wish.sources.map(({ value }) => GrantTarget.arn(value)),
})

// ---- one policy ----

const policyOf = (post: Post): Checked<GrantedPolicy> => {
  const drafted = post._tag === 'Caller' ? ofCaller(post) : ofNaming(post)
  return E.isLeft(drafted) ? drafted : withinQuota(drafted.right)
}

const ofCaller = (post: CallerPost): Checked<GrantedPolicy> =>
  E.map((document: Document.IdentityDocument) => ({ ...partsOf(post), document }))(callerDocument(post))

const ofNaming = (post: NamingPost): Checked<GrantedPolicy> =>
  E.map((document: Document.ResourceDocument) => ({ ...partsOf(post), document }))(namingDocument(post))

const partsOf = <P extends Post>(
  post: P,
): { readonly place: P['place']; readonly kind: P['kind']; readonly why: GrantedPolicy['why'] } => ({
  place: post.place,
  kind: post.kind,
  why: whyOf(post),
})

/** The policy, if it is one that AWS takes: the only thing known to stand against it is its size. */
const withinQuota = (policy: GrantedPolicy): Checked<GrantedPolicy> => {
  const read: E.Either<PolicyErrors, unknown> = parse(DocumentJson.toJson(policy.document), policy.kind)
  const errors = E.isRight(read)
    ? []
    : read.left.map(({ code, message }) =>
        grantError(
          '',
          code,
          `${showPlace(policy.place)}: ${message}`,
          code === 'TooLarge'
            ? 'ask for a scope such as `team/*`, or for less in each of several grants'
            : undefined,
        ),
      )
  return unless(errors)(policy)
}
