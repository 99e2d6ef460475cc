/**
 * A `Region` is the name of an AWS Region. Its first letters tell the partition, and so how the host names of its
 * registries end. Names that are built like a Region but are not known yet are accepted.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { type Arn, type Brand, Given, Problem, getOrThrow, nearest } from '../model/index.js'
import { partitionHosts } from './data/hosts.js'

// ---- model ----

/**
 * The name of a Region, such as `eu-west-1`.
 *
 * @category model
 * @since 0.1.0
 */
export type Region = Brand<string, 'Region'>

// ---- refinements ----

const isLower = (char: string): boolean => char >= 'a' && char <= 'z'

const isDigit = (char: string): boolean => char >= '0' && char <= '9'

const isAll =
  (test: (char: string) => boolean) =>
  (text: string): boolean =>
    text !== '' && Array.from(text).every(test)

/**
 * Is this built like the name of a Region: two to four letters, more words of letters, a number, joined by hyphens?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isRegion = (text: string): text is Region => {
  const words = text.split('-')
  const [first = '', ...middle] = words.slice(0, -1)
  return (
    first.length >= 2 &&
    first.length <= 4 &&
    middle.length > 0 &&
    [first, ...middle].every(isAll(isLower)) &&
    isAll(isDigit)(words[words.length - 1] ?? '')
  )
}

// ---- constructors ----

const known = (): readonly string[] => partitionHosts.flatMap(({ regions }): readonly string[] => regions)

/**
 * Reads the name of a Region.
 *
 * **Errors** `InvalidArn`, with the nearest Region there is.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): E.Either<Problem.Problem, Region> => {
  if (!Given.isText(text)) return E.left(Given.notText('a Region', text))
  if (isRegion(text)) return E.right(text)
  const near = nearest(known())(text)
  return E.left(
    Problem.problem(
      'InvalidArn',
      `${Problem.quote(text)} is not a Region`,
      near === undefined ? undefined : `did you mean \`${near}\`?`,
    ),
  )
}

/**
 * Reads the name of a Region, or throws.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parseOrThrow = (text: string): Region => getOrThrow(Problem.show)(parse(text))

// ---- destructors ----

interface Hosts {
  readonly partition: Arn.Partition
  readonly regionPrefix: string
  readonly suffix: string
  readonly dualStackSuffix: string | null
}

/** The entry whose beginning is empty stands for all other Regions. */
const hosts = (region: Region): Hosts => {
  const [commercial, ...others]: readonly [Hosts, ...(readonly Hosts[])] = partitionHosts
  return others.find(({ regionPrefix }) => region.startsWith(regionPrefix)) ?? commercial
}

/**
 * The partition that a Region belongs to.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * Ecr.Region.partitionOf(Ecr.Region.parseOrThrow('us-gov-west-1')) // => 'aws-us-gov'
 *
 * @category destructors
 * @since 0.1.0
 */
export const partitionOf = (region: Region): Arn.Partition => hosts(region).partition

/**
 * How the registry hosts of a Region end; for dual-stack hosts undefined where none are known.
 *
 * @category destructors
 * @since 0.1.0
 */
export const hostSuffix = (region: Region, dualStack: boolean): string | undefined => {
  const { suffix, dualStackSuffix } = hosts(region)
  return dualStack ? (dualStackSuffix ?? undefined) : suffix
}
