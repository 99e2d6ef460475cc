/**
 * Resources as policies name them: ARN patterns, `*`, and the elements `Resource` and `NotResource`.
 *
 * How a pattern reads (SM-R1 to SM-R5, SM-R10, U-9, U-10) is `glob` here, and nowhere else.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import type * as Ord_ from 'fp-ts/lib/Ord.js'
import type * as Show_ from 'fp-ts/lib/Show.js'
import * as S from 'fp-ts/lib/string.js'
import { Frozen, Glob } from '../pattern/index.js'
import * as Arn from './Arn.js'
import { joinSegments, within } from './segment.js'
import type { Brand } from './Brand.js'
import { isText, notText } from './Given.js'
import { getOrThrow } from './orThrow.js'
import { problem, quote, show as showProblem, type Problem } from './Problem.js'
import * as Variable from './Variable.js'
import type { Lookup } from './Variable.js'
import type { Version } from './Version.js'

// ---- model ----

/**
 * What a `Resource` or `NotResource` element lists: `*`, or an ARN in which `*`, `?` and variables may stand.
 *
 * @category model
 * @since 0.1.0
 */
export type ResourcePattern = Brand<string, 'ResourcePattern'>

/**
 * The elements `Resource` and `NotResource`: one or the other, never both (GR-13).
 *
 * @category model
 * @since 0.1.0
 */
export interface ListedResources {
  readonly _tag: 'Resource' | 'NotResource'
  readonly patterns: readonly [ResourcePattern, ...(readonly ResourcePattern[])]
}

/**
 * No element at all, which only policies attached to a resource may have: it means that resource (SM-R9).
 *
 * @category model
 * @since 0.1.0
 */
export interface AttachedResource {
  readonly _tag: 'Attached'
}

/**
 * Everything a statement can say about resources.
 *
 * @category model
 * @since 0.1.0
 */
export type ResourceClause = ListedResources | AttachedResource

// ---- refinements ----

/**
 * Is this a resource pattern? Says what `parsePattern` says, without a reason.
 *
 * @category refinements
 * @since 0.1.0
 */
export const isPattern = (text: string): text is ResourcePattern =>
  text === '*' || common.test(text) || E.isRight(parsePattern(text))

/** What nearly every ARN begins with; anything may follow. IAM and buckets have rules about region and account. */
const common = /^arn:aws:(?:iam::|s3:::|(?!iam:|s3:)[a-z0-9-]+:)/

// ---- constructors ----

/**
 * The attached resource.
 *
 * @category constructors
 * @since 0.1.0
 */
export const attached: AttachedResource = /* @__PURE__ */ Frozen.deep({ _tag: 'Attached' })

/**
 * Reads a resource pattern.
 *
 * **Errors** `InvalidResource`: neither `*` nor an ARN, an unknown partition, a wildcard in the service (GR-13), a
 * region in an IAM ARN, a region or account in an S3 bucket ARN.
 *
 * @example
 * import { Resource } from 'ecr-policy'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * E.isRight(Resource.parsePattern('arn:aws:ecr:*:111122223333:repository/team/*')) // => true
 * E.isRight(Resource.parsePattern('111122223333.dkr.ecr.eu-west-1.amazonaws.com/app')) // => false
 *
 * @category constructors
 * @since 0.1.0
 */
export const parsePattern = (text: string): E.Either<Problem, ResourcePattern> => {
  if (!isText(text)) return E.left(notText('a resource', text))
  if (text === '*') return E.right(unsafe(text))
  const [prefix, partition, service, region, account] = Arn.segments(text)
  if (prefix !== 'arn') return refuse(text, 'it is neither `*` nor an ARN', uriHint(text))
  if (partition === undefined || service === undefined)
    return refuse(text, 'an ARN names at least a partition and a service')
  if (!partitionMayMatch(partition)) return refuse(text, `${quote(partition)} is not a partition`)
  if (service === '' || /[*?$]/.test(service))
    return refuse(text, 'the service of an ARN is written out, without wildcards')
  const misplaced = misplacedFields(text, service, region, account)
  return misplaced === undefined ? E.right(unsafe(text)) : refuse(text, misplaced)
}

const misplacedFields = (
  text: string,
  service: string,
  region: string | undefined,
  account: string | undefined,
): string | undefined => {
  if (service === 'iam' && !blank(region)) return 'IAM ARNs have no region'
  return service === 's3' && isBucket(text) && !(blank(region) && blank(account))
    ? 'S3 bucket ARNs have neither region nor account'
    : undefined
}

/**
 * Reads a resource pattern, or throws.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parsePatternOrThrow = (text: string): ResourcePattern =>
  getOrThrow(showProblem)(parsePattern(text))

// eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the constructor of the brand
const unsafe = (text: string): ResourcePattern => text as ResourcePattern

const refuse = (text: string, why: string, hint?: string): E.Either<Problem, never> =>
  E.left(problem('InvalidResource', `${quote(text)} is not a resource: ${why}`, hint))

const uriHint = (text: string): string | undefined =>
  text.includes('.dkr.ecr') || text.includes('.dkr-ecr')
    ? 'an image address is not an ARN: write `arn:aws:ecr:REGION:ACCOUNT:repository/NAME`'
    : undefined

/** A partition with wildcards is fine while some partition fits it (SM-R3). */
const partitionMayMatch = (text: string): boolean =>
  Arn.isPartition(text) || Arn.partitions.some(Glob.matches(Glob.parse(text)))

const blank = (segment: string | undefined): boolean =>
  segment === undefined || segment === '' || segment === '*'

/** Access points, jobs and the like do carry region and account; bare bucket names do not. */
const isBucket = (text: string): boolean => {
  const resource = Arn.segments(text)[5]
  return resource !== undefined && !/^(accesspoint|job|storage-lens|async-request|\*)/.test(resource)
}

// ---- evaluation ----

/**
 * The strings a resource pattern stands for, read as its document's version has it and with `lookup` for the values
 * of variables; undefined when a variable cannot be resolved, and then the pattern matches nothing (VA-4, U-7).
 *
 * Variables count only after the fifth colon (VA-1). `pattern` need not have been checked: a malformed variable is
 * literal text.
 *
 * **Cost** linear in the pattern.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const glob =
  (version: Version | undefined, lookup: Lookup) =>
  (pattern: string): Glob.Glob | undefined => {
    if (pattern === '*') return Glob.all
    if (freeOfBounds.test(pattern)) return Glob.parse(pattern)
    const parts = Arn.segments(pattern)
    const head = parts.slice(0, 5).map(headSegment)
    const padding = Array.from({ length: 6 - parts.length }, () => Glob.all) // SM-R10, U-10
    const tail = parts[5] === undefined ? Glob.empty : Variable.glob(version, lookup, Glob.parse)(parts[5])
    if (tail === undefined) return undefined
    return joinSegments([...head, ...(parts.length === 6 ? [tail] : padding)])
  }

/** Six segments, no variable, and in the first five no wildcard but a `*` that ends its segment: read in one go (U-9). */
const freeOfBounds = /^(?:[^:*?$]*\*?:){5}[^$]*$/

/** U-9: a `*` that ends its segment crosses colons (SM-R5), every other wildcard stays inside. */
const headSegment = (segment: string): Glob.Glob =>
  segment.endsWith('*') ? Glob.concat([within(segment.slice(0, -1)), Glob.all]) : within(segment)

// ---- rendering ----

/**
 * The text of a pattern.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (pattern: ResourcePattern): string => pattern

// ---- instances ----

/**
 * Equal when written alike (SM-R6).
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<ResourcePattern> = /* @__PURE__ */ Frozen.deep({ ...S.Eq })

/**
 * By text, code unit by code unit.
 *
 * @category instances
 * @since 0.1.0
 */
export const Ord: Ord_.Ord<ResourcePattern> = /* @__PURE__ */ Frozen.deep({ ...S.Ord })

/**
 * The text.
 *
 * @category instances
 * @since 0.1.0
 */
export const Show: Show_.Show<ResourcePattern> = /* @__PURE__ */ Frozen.deep({ show })
