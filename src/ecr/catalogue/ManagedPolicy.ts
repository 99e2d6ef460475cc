/**
 * A `ManagedPolicy` is a policy that AWS publishes and keeps, as it stood at one version. The policies themselves are
 * in `data/managed`, a module each: whoever uses one carries that one.
 *
 * @since 0.1.0
 */
import type { DocumentDraft, IdentityDraft } from '../../builder/index.js'
import type { Document } from '../../model/index.js'
import { Frozen } from '../../pattern/index.js'

// ---- model ----

/**
 * A managed policy. `version` is its default version when it was read; `createdAt` and `updatedAt` (ISO 8601, UTC) are
 * the days of the policy and of that version. The ARN is that of the partition `aws`; in others only the partition
 * differs.
 *
 * @category model
 * @since 0.1.0
 */
export interface ManagedPolicy<Name extends string = string> {
  readonly name: Name
  readonly arn: `arn:aws:iam::aws:policy/${string}`
  readonly version: `v${number}`
  readonly createdAt: string
  readonly updatedAt: string
  readonly document: Document.IdentityDocument
}

interface Published<Name extends string> extends Omit<ManagedPolicy<Name>, 'document'> {
  readonly document: DocumentDraft<IdentityDraft>
}

// ---- constructors ----

/**
 * A managed policy from what the generator wrote: its document was read by the codec then, and is not read again.
 *
 * @category constructors
 * @since 0.1.0
 */
export const published = <Name extends string>({
  document,
  ...policy
}: Published<Name>): ManagedPolicy<Name> =>
  Frozen.deep({
    ...policy,
    // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the texts are branded by the codec, at generation
    document: document as Document.IdentityDocument,
  })
