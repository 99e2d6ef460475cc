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

/** A policy of the document. `text`: as the page prints it, or as one would type it from the page. */
export interface Printed {
  readonly name: string
  readonly kind: 'identity' | 'ecr-repository'
  readonly text: string
  readonly promises?: readonly Ecr.Promised[]
}

/** A choice of the document's policies, in force together: one column of the table of answers. */
export interface Setting {
  readonly name: string
  readonly identity: readonly Document.IdentityDocument[]
  readonly repository: Document.ResourceDocument | undefined
}

/** Something that the page says, and what has to come out if it is so. */
export interface Claim {
  readonly says: string
  readonly setting: string
  readonly operation: 'pull-tag' | 'push' | 'delete-image'
}

export interface Seed {
  readonly id: string
  readonly title: string
  readonly from: string
  /** The role, with its placeholders filled in. */
  readonly role: string
  readonly printed: readonly Printed[]
  /** The last one is the document taken as a whole. */
  readonly settings: readonly Setting[]
  readonly claims: readonly Claim[]
}

/** Places that stand for something in a printed text, and what a reader puts there. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  Object.entries(values).reduce((done, [place, value]) => done.replaceAll(place, value), text)
