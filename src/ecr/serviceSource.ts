/**
 * On whose behalf a service asks: what its requests say of it, and what a statement for it has to test.
 *
 * A service that works for somebody names him in `aws:SourceAccount` and what it works for in `aws:SourceArn`. Who deploys
 * a function is known when a verdict is asked for, the function as a rule is not: some one of his is meant (U-33).
 *
 * What it works for also tells how far it goes: some fetch within one account, or one Region, only.
 *
 * Law: a grant to `sourceOf(request)`, made as `grant` makes it, is met by the request
 * Source: EX-20, EX-21, EX-38, EX-40, RC-6, U-33.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Arn, Caller, Context, type Request } from '../model/index.js'
import type { Access } from './Access.js'
import { imageService, serviceAt, type ServiceGrantee } from './grant/Grantee.js'
import { fromRepository, type GrantTarget } from './grant/GrantTarget.js'
import type { Need } from './Operation.js'
import type { PublicRepository, Repository } from './Repository.js'

type Pair = readonly [key: string, value: string]

// ---- evaluation ----

/**
 * The keys that tell for whom a service asks, as far as they follow from caller and repository (U-33). None where
 * somebody else asks, or where nothing tells an account.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const sourceKeys = (
  access: Access,
  repository: Repository | PublicRepository,
  { by }: Pick<Need, 'by'>,
): readonly Pair[] => {
  const { principal } = access
  const host = by ?? (principal._tag === 'Service' ? principal.host : undefined)
  if (host === undefined) return []
  const account = sourceAccount(access, repository, host)
  if (account === undefined) return []
  const { sourceArns } = actingFor(host, account)(fromRepository(repository))
  return [['aws:SourceAccount', account], ...sourceArns.map((arn): Pair => ['aws:SourceArn', arn])]
}

/**
 * The account that a service works for, as far as it follows from caller and repository (U-33).
 *
 * @category evaluation
 * @since 0.1.0
 */
export const sourceAccount = (
  { principal, context }: Access,
  repository: Repository | PublicRepository,
  host: string,
): string | undefined => toldAccount(context) ?? deployer(principal, host, repository)

/** The account that the context names, by itself or in the ARN of what the service works for. */
const toldAccount = (context: Context.Context): string | undefined =>
  single(context, 'aws:SourceAccount') ?? accountIn(single(context, 'aws:SourceArn'))

/** Whoever sets the service to work; where the service itself is the caller, the owner (EX-20). */
const deployer = (
  caller: Caller.Caller,
  host: string,
  repository: Repository | PublicRepository,
): string | undefined => {
  if (Caller.hasAccount(caller)) return caller.account
  return caller._tag === 'Service' && caller.host === host ? repository.account : undefined
}

const actingFor = (host: string, account: string): ((target: GrantTarget) => ServiceGrantee) =>
  serviceAt({ _tag: 'Service', host, sourceArns: [], sourceAccounts: [account] })

// ---- destructors ----

/**
 * The service that makes a request together with the source that it names, told as narrowly as a statement has to; undefined
 * if it names none, or somebody else asks.
 *
 * A source known by account alone is told as `grant` tells it. One known by its ARN stands for itself, its account beside
 * it where the ARN leaves that open (EX-40).
 *
 * @category destructors
 * @since 0.1.0
 */
export const sourceOf = ({ principal, resource, context }: Request.Request): ServiceGrantee | undefined => {
  if (principal._tag !== 'Service') return undefined
  const account = plain(single(context, 'aws:SourceAccount'))
  const arn = single(context, 'aws:SourceArn')
  const acting = account === undefined ? undefined : actingFor(principal.host, account)
  const target = resource === '*' ? undefined : registryOf(resource)
  const general = target === undefined ? undefined : acting?.(target)
  if (general?.sourceArns.includes(arn ?? '') === true) return general
  return namely(principal.host, plain(arn), account)
}

const namely = (
  host: string,
  arn: string | undefined,
  account: string | undefined,
): ServiceGrantee | undefined => {
  if (arn === undefined && account === undefined) return undefined
  const sourceArns = arn === undefined ? [] : [arn]
  const sourceAccounts = account === undefined || accountIn(arn) !== undefined ? [] : [account]
  return { _tag: 'Service', host, sourceArns, sourceAccounts }
}

/**
 * What a statement tests so that it lets a service in on behalf of these sources only.
 *
 * @category destructors
 * @since 0.1.0
 */
export const sourceTests = ({
  sourceArns,
  sourceAccounts,
}: ServiceGrantee): readonly (readonly [operator: string, key: string, value: string])[] => [
  ...sourceArns.map((arn) => [operatorFor(arn), 'aws:SourceArn', arn] as const),
  ...sourceAccounts.map((account) => ['StringEquals', 'aws:SourceAccount', account] as const),
]

const operatorFor = (arn: string): string => {
  if (!isPlain(arn)) return 'ArnLike'
  return E.isRight(Arn.parse(arn)) ? 'ArnEquals' : 'StringEquals'
}

/** The registry that an ARN lies in, repositories of ECR Public having no Region. */
const registryOf = ({ partition, region, account }: Arn.Arn): GrantTarget | undefined =>
  Arn.isAccountId(account)
    ? { _tag: 'Scope', partition, region: region === '' ? undefined : region, account, name: '' }
    : undefined

const single = (context: Context.Context, key: string): string | undefined => {
  const values = Context.get(key)(context)
  return values?.length === 1 ? values[0] : undefined
}

const accountIn = (arn: string | undefined): string | undefined => {
  const account = Arn.segments(arn ?? '')[4]
  return account !== undefined && Arn.isAccountId(account) ? account : undefined
}

const regionsIn = (arn: string): readonly string[] =>
  [Arn.segments(arn)[3] ?? ''].filter((region) => region !== '' && isPlain(region))

// ---- reach ----

/**
 * For whom and for what a service acts.
 *
 * @category model
 * @since 0.1.0
 */
export type Sources = Pick<ServiceGrantee, 'host' | 'sourceArns' | 'sourceAccounts'>

/**
 * Why a service does not fetch an image in its own name, by which rule, and the account or Region that it acts for.
 *
 * @category model
 * @since 0.1.0
 */
export interface OutOfReach {
  readonly why: 'OtherAccount' | 'OtherRegion'
  readonly rule: string
  readonly source: string
}

/**
 * Does a service not go so far?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isOutOfReach = (why: string): why is OutOfReach['why'] =>
  why === 'OtherAccount' || why === 'OtherRegion'

/**
 * Why a service that acts for these never fetches from there, as far as is known of it and of them (EX-20, EX-38).
 *
 * @category evaluation
 * @since 0.1.0
 */
export const outOfReach = (
  { host, sourceArns, sourceAccounts }: Sources,
  { account, region }: { readonly account: string; readonly region: string | undefined },
  { within }: Pick<Need, 'within'> = {},
): OutOfReach | undefined => {
  const reach = imageService(host)?.reach
  if (reach === undefined) return undefined
  const accounts =
    reach.otherAccounts && within === undefined ? [] : accountsOf({ sourceArns, sourceAccounts })
  const regions = reach.otherRegions ? [] : sourceArns.flatMap(regionsIn)
  const stranger = accounts.find((other) => other !== account)
  const source = stranger ?? regions.find((other) => other !== region)
  const why = stranger === undefined ? 'OtherRegion' : 'OtherAccount'
  return source === undefined ? undefined : { why, rule: reach.rule, source }
}

/**
 * The same of a request to a private registry.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const requestOutOfReach = (
  { principal, resource, context }: Request.Request,
  need: Need,
): OutOfReach | undefined => {
  if (principal._tag !== 'Service' || resource === '*' || resource.service !== 'ecr') return undefined
  const told = (key: string): readonly string[] => Context.get(key)(context) ?? []
  const sources = { sourceArns: told('aws:SourceArn'), sourceAccounts: told('aws:SourceAccount') }
  return outOfReach({ host: principal.host, ...sources }, resource, need)
}

/**
 * The accounts that a service acts for, as far as they are told.
 *
 * @category destructors
 * @since 0.1.0
 */
export const accountsOf = ({
  sourceArns,
  sourceAccounts,
}: Pick<Sources, 'sourceArns' | 'sourceAccounts'>): readonly string[] => [
  ...sourceAccounts,
  ...sourceArns.flatMap((arn) => accountIn(arn) ?? []),
]

// ---- predicates ----

/**
 * Would a condition take this text for itself, and not for a pattern or a variable?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isPlain = (text: string): boolean => !/[*?$]/.test(text)

const plain = (text: string | undefined): string | undefined =>
  text !== undefined && isPlain(text) ? text : undefined
