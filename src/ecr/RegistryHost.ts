/**
 * Host names of registries. A private registry is (account, Region), and its host name says both:
 * `ACCOUNT.dkr.ecr[-fips].REGION.SUFFIX`, or dual-stack `ACCOUNT.dkr-ecr[-fips].REGION.SUFFIX`.
 *
 * Laws: 1. `show(parse(s)) = s` for every `s` that parses
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Arn, type Brand, Given, Problem } from '../model/index.js'
import { publicHosts } from './data/hosts.js'
import * as Region from './Region.js'

// ---- model ----

/**
 * The host of a private registry. Only Regions with dual-stack hosts have `dualStack` true.
 *
 * @category model
 * @since 0.1.0
 */
export type PrivateHost = Brand<
  {
    readonly _tag: 'PrivateHost'
    readonly account: Arn.AccountId
    readonly region: Region.Region
    readonly fips: boolean
    readonly dualStack: boolean
  },
  'PrivateHost'
>

/**
 * A host of ECR Public.
 *
 * @category model
 * @since 0.1.0
 */
export interface PublicHost {
  readonly _tag: 'PublicHost'
  readonly host: (typeof publicHosts)[number]
}

/**
 * The host of a registry.
 *
 * @category model
 * @since 0.1.0
 */
export type RegistryHost = PrivateHost | PublicHost

const unsafe = (fields: Omit<PrivateHost, keyof Brand<unknown, 'PrivateHost'>>): PrivateHost =>
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the one place where the brand is given
  Object.freeze(fields) as PrivateHost

// ---- constructors ----

/**
 * The ordinary host of an account's registry in a Region: not FIPS, not dual-stack.
 *
 * @category constructors
 * @since 0.1.0
 */
export const of = (account: Arn.AccountId, region: Region.Region): PrivateHost =>
  unsafe({ _tag: 'PrivateHost', account, region, fips: false, dualStack: false })

/**
 * Reads the host name of a registry.
 *
 * **Errors** `InvalidImageReference`, with the host name that was probably meant.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): E.Either<Problem.Problem, RegistryHost> => {
  if (!Given.isText(text)) return E.left(Given.notText('the host of a registry', text))
  const known = publicHosts.find((host) => host === text)
  if (known !== undefined) return E.right({ _tag: 'PublicHost', host: known })
  const parts = privateParts(text)
  if (parts === undefined)
    return refuse(text, 'that reads `ACCOUNT.dkr.ecr.REGION.amazonaws.com` or `public.ecr.aws`', mend(text))
  const { account, kind, region, suffix } = parts
  if (!Arn.isAccountId(account))
    return refuse(text, `${Problem.quote(account)} is not a 12-digit account id`, mend(text))
  const read = Region.parse(region)
  if (E.isLeft(read)) return refuse(text, read.left.message, read.left.suggestion)
  const host = unsafe({
    _tag: 'PrivateHost',
    account,
    region: read.right,
    fips: kind.endsWith('-fips'),
    dualStack: kind.startsWith('dkr-ecr'),
  })
  return suffix === Region.hostSuffix(host.region, host.dualStack) ? E.right(host) : refuseSuffix(text, host)
}

const kinds: readonly string[] = ['dkr.ecr', 'dkr.ecr-fips', 'dkr-ecr', 'dkr-ecr-fips']

const privateParts = (text: string) => {
  const [account = '', first = '', ...rest] = text.split('.')
  const labels = kinds.includes(first) ? rest : rest.slice(1)
  const kind = kinds.includes(first) ? first : `${first}.${rest[0] ?? ''}`
  const [region, ...suffix] = labels
  return kinds.includes(kind) && region !== undefined
    ? { account, kind, region, suffix: suffix.join('.') }
    : undefined
}

const refuse = (text: string, why: string, suggestion?: string): E.Either<Problem.Problem, never> =>
  E.left(
    Problem.problem(
      'InvalidImageReference',
      `${Problem.quote(text)} is not the host of a registry: ${why}`,
      suggestion,
    ),
  )

const refuseSuffix = (text: string, host: PrivateHost): E.Either<Problem.Problem, never> => {
  const partition = Region.partitionOf(host.region)
  const suffix = Region.hostSuffix(host.region, host.dualStack)
  return suffix === undefined
    ? refuse(
        text,
        `partition ${partition} has no dual-stack registry hosts`,
        `did you mean \`${show(of(host.account, host.region))}\`?`,
      )
    : refuse(text, `in partition ${partition} it ends in \`.${suffix}\``, `did you mean \`${show(host)}\`?`)
}

const mend = (text: string): string | undefined => {
  if (text.includes('://')) return 'leave out the scheme'
  const lower = text.toLowerCase()
  return lower !== text && E.isRight(parse(lower)) ? `did you mean \`${lower}\`?` : undefined
}

// ---- rendering ----

/**
 * The host name.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (host: RegistryHost): string => {
  if (host._tag === 'PublicHost') return host.host
  const service = `${host.dualStack ? 'dkr-ecr' : 'dkr.ecr'}${host.fips ? '-fips' : ''}`
  return `${host.account}.${service}.${host.region}.${Region.hostSuffix(host.region, host.dualStack) ?? ''}`
}
