/**
 * What there is to know about one published document: the policies in it, as printed and as a reader would fill them
 * in, and the ways in which they may be put to use.
 */
import type { Document, Ecr } from 'ecr-policy'

/** The account of the role that pulls and pushes. */
export const home = '111122223333'
/** Another account, in the cases in which the repository belongs to it. */
export const abroad = '444455556666'

export type PolicyJson = Readonly<Record<string, unknown>>

/**
 * A policy of the document. `text`: as the page prints it, or as one would type it from the page; `filled`: with its
 * placeholders filled in, where it has any.
 */
export interface Printed {
  readonly name: string
  readonly kind: 'identity' | 'ecr-repository'
  readonly text: string
  readonly filled?: string
  readonly promises?: readonly Ecr.Promised[]
}

/** A choice of the document's policies, in force together: a column of the table of answers. */
export interface Setting {
  readonly name: string
  readonly what: string
  readonly identity: readonly Document.IdentityDocument[]
  readonly repository: Document.ResourceDocument | undefined
}

/** Something that the page says, and what has to come out if it is so. */
export interface Claim {
  readonly says: string
  readonly setting: string
  readonly operation: OperationId
}

/** The operations that are asked about, and how a person calls them. */
export const operations = {
  'pull-tag': 'pull',
  'pull-warm': 'pull, all layers cached',
  'docker-manifest-inspect': 'docker manifest inspect',
  'tag-list': 'list tags',
  push: 'push, containerd and BuildKit',
  'push-legacy': 'push, classic Docker engine',
  'push-existing-layers': 'push, all layers there',
  'delete-image': 'delete an image',
  'ptc-later-pull': 'pull through a cache',
} as const satisfies Readonly<Partial<Record<Ecr.OperationId, string>>>

export type OperationId = keyof typeof operations

export interface Seed {
  readonly id: string
  readonly title: string
  readonly from: string
  /** The role, with its placeholders filled in. */
  readonly role: string
  readonly printed: readonly Printed[]
  /** The last one is the document taken as a whole. */
  readonly settings: readonly [...(readonly Setting[]), Setting]
  readonly claims: readonly Claim[]
  /** The document that this one is an edition of. */
  readonly twinOf?: Seed
}

/** Places that stand for something in a printed text, and what a reader puts there. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  Object.entries(values).reduce((done, [place, value]) => done.replaceAll(place, value), text)
