/**
 * Policies that ask for tags which are not known: conditions on such a tag, and texts in which it is a variable, are
 * holes like others.
 *
 * @since 0.1.0
 */
import { isList, isRecord } from '../codec/index.js'
import { DocumentJson, type Context, type Document } from '../model/index.js'
import { identity, resource, type Bounded, type BoundedIdentity, type BoundedResource } from './Bounded.js'
import type { Tags } from './Found.js'
import type { Gap } from './Gap.js'
import { hole } from './Hole.js'

// ---- model ----

/**
 * What is not known of the tags that some policies ask for: `isDoubtful` says so of a condition key, `gaps` why.
 *
 * @category model
 * @since 0.1.0
 */
export interface TagDoubts {
  readonly isDoubtful: (key: string) => boolean
  readonly gaps: readonly Gap[]
}

type Asking = Document.Document | undefined

// ---- constructors ----

/** A key ends where text or variable do, or earlier: then it is taken to be another one, which nobody told. */
const tagKeys = /(?:aws:principaltag|(?:aws|ecr):resourcetag)\/[^"},]*/gu

const keysIn = (text: string): readonly string[] =>
  Array.from(text.toLowerCase().matchAll(tagKeys), ([key]) => key)

/**
 * The doubts about the tags that documents ask for. A tag that the context has is not in doubt.
 *
 * @category constructors
 * @since 0.1.0
 */
export const tagDoubts = (
  documents: readonly Asking[],
  context: Context.Context,
  principal: Tags,
  repository: Tags,
): TagDoubts => {
  const told = new Set(context.map(({ name }) => name.toLowerCase()))
  const gapsOf = (key: string): readonly Gap[] =>
    told.has(key) ? [] : key.startsWith('aws:principaltag/') ? principal.gaps : repository.gaps
  const doubtful = new Map(
    documents
      .flatMap((document) => (document === undefined ? [] : keysIn(DocumentJson.stringify(document))))
      .map((key) => [key, gapsOf(key)] as const)
      .filter(([, gaps]) => gaps.length > 0),
  )
  return {
    isDoubtful: (key) => doubtful.has(key.toLowerCase()),
    gaps: Array.from(new Set(Array.from(doubtful.values()).flat())),
  }
}

// ---- combinators ----

/**
 * A policy without principals, at its bounds whatever the tags in doubt are.
 *
 * @category combinators
 * @since 0.1.0
 */
export const identityInDoubt =
  (doubts: TagDoubts) =>
  (policy: BoundedIdentity): BoundedIdentity =>
    inDoubt(doubts, policy, identity('identity'))

/**
 * A policy that names principals, at its bounds whatever the tags in doubt are.
 *
 * @category combinators
 * @since 0.1.0
 */
export const resourceInDoubt =
  (doubts: TagDoubts, kind: 'ecr-registry' | 'ecr-repository' | 'resource') =>
  (policy: BoundedResource): BoundedResource =>
    inDoubt(doubts, policy, resource(kind))

const inDoubt = <P extends Bounded>(
  { isDoubtful }: TagDoubts,
  policy: P,
  bound: (written: { readonly name: string; readonly pointer: string; readonly json: unknown }) => P,
): P => {
  const { name, pointer } = policy
  const isAsking = (document: Asking): document is Document.Document =>
    document !== undefined && keysIn(DocumentJson.stringify(document)).some(isDoubtful)
  const around = (document: Document.Document): P =>
    bound({ name, pointer, json: cut(isDoubtful, DocumentJson.toJson(document)) })
  return {
    ...policy,
    least: isAsking(policy.least) ? around(policy.least).least : policy.least,
    most: isAsking(policy.most) ? around(policy.most).most : policy.most,
  }
}

/** Recursion is bounded: a document is but a few levels deep. */
const cut = (isDoubtful: TagDoubts['isDoubtful'], value: unknown): unknown => {
  if (typeof value === 'string') {
    const key = keysIn(value).find(isDoubtful)
    return key === undefined ? value : hole('UnresolvedReference', key)
  }
  if (isList(value)) return value.map((item) => cut(isDoubtful, item))
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          key,
          isDoubtful(key) ? hole('UnresolvedReference', key) : cut(isDoubtful, item),
        ]),
      )
    : value
}
