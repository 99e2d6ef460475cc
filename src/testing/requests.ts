/**
 * Requests: who, what, on which resource, in which context.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Caller, Context, Request } from '../model/index.js'
import { several, weighted, type Choices, type NonEmpty } from './Choices.js'
import { caller, partition } from './callers.js'
import { hardValues, keys, type Key } from './keys.js'
import { recased } from './nearText.js'
import type { Service, World } from './Tuning.js'

// ---- model ----

const onRepository: NonEmpty<string> = [
  'ecr:BatchGetImage',
  'ecr:BatchCheckLayerAvailability',
  'ecr:GetDownloadUrlForLayer',
  'ecr:PutImage',
  'ecr:InitiateLayerUpload',
  'ecr:ReplicateImage',
  'ecr:CreateRepository',
  'ecr:BatchImportUpstreamImage',
]

/**
 * The actions that requests to a service perform.
 *
 * @category model
 * @since 0.1.0
 */
export const actions: Readonly<Record<Service, NonEmpty<string>>> = {
  ecr: onRepository,
  s3: ['s3:GetObject', 's3:PutObject'],
  kms: ['kms:Decrypt', 'kms:RetireGrant'],
  sts: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
  iam: ['iam:GetRole', 'iam:PassRole'],
  dynamodb: ['dynamodb:GetItem'],
}

const withoutResource: NonEmpty<string> = [
  'ecr:GetAuthorizationToken',
  'ecr:DescribeRegistry',
  'ecr:CreateRepository',
]

// ---- constructors ----

/**
 * A resource of a service, as text.
 *
 * @category constructors
 * @since 0.1.0
 */
export const resourceText = (
  choices: Choices,
  world: World,
  service: Service,
  where: string,
  account: string,
): string => {
  const region = choices.one(['eu-west-1', 'us-east-1'])
  switch (service) {
    case 'ecr':
      return `arn:${where}:ecr:${region}:${account}:repository/${choices.one(world.repositories)}`
    case 's3':
      return `arn:${where}:s3:::prod-${region}-starport-layer-bucket/${choices.one(['app', 'a:b', 'red/app', 'a:b:app'])}`
    case 'kms':
      return `arn:${where}:kms:${region}:${account}:key/${choices.one(['0a1b', '0a2c'])}`
    case 'sts':
    case 'iam':
      return `arn:${where}:iam::${account}:role/${choices.one(['ci', 'team/deploy', 'app'])}`
    case 'dynamodb':
      return `arn:${where}:dynamodb:${region}:${account}:table/${choices.one(['app', 'app/index/a:b'])}`
  }
}

/**
 * An action, as text; now and then in another letter case.
 *
 * @category constructors
 * @since 0.1.0
 */
export const actionText = (choices: Choices, service: Service): string => {
  const name = choices.one(actions[service])
  return choices.chance(0.05) ? recased(choices, name) : name
}

const accountOf = (choices: Choices, world: World, who: Caller.Caller, share: number): string =>
  Caller.hasAccount(who) && choices.chance(share) ? who.account : choices.one(world.accounts)

/** The caller's partition mostly; else one that mostly is not his. */
const partitionOf = (choices: Choices, world: World, who: Caller.Caller): string => {
  if (!Caller.hasAccount(who)) return partition(choices, world)
  if (!choices.chance(world.otherPartition)) return who.partition
  return who.partition === 'aws' ? 'aws-cn' : 'aws'
}

/**
 * A request without context.
 *
 * @category constructors
 * @since 0.1.0
 */
export const bareRequest = (choices: Choices, world: World): Request.RequestInput => {
  const who = caller(choices, world)
  const service = choices.one(world.services)
  const account = accountOf(choices, world, who, 0.5)
  const bare = { principal: Caller.show(who) }
  if (service === 'ecr' && choices.chance(0.06)) {
    const action = choices.one(withoutResource)
    return { ...bare, action, resource: '*', ...(choices.chance(0.3) ? { resourceAccount: account } : {}) }
  }
  const where = partitionOf(choices, world, who)
  const given = choices.chance(service === 's3' ? 0.85 : 0.3)
  return {
    ...bare,
    action: actionText(choices, service),
    resource: resourceText(choices, world, service, where, account),
    ...(given ? { resourceAccount: choices.chance(0.05) ? choices.one(world.accounts) : account } : {}),
  }
}

/**
 * A key's name, now and then in another letter case (RC-4).
 *
 * @category constructors
 * @since 0.1.0
 */
export const spelled = (choices: Choices, name: string): string =>
  choices.chance(0.12) ? recased(choices, name) : name

const valuesOf = (choices: Choices, { values, type, many }: Key): NonEmpty<string> => {
  const value = (): string => (choices.chance(0.06) ? choices.one(hardValues[type]) : choices.one(values))
  return choices.chance(many ? 0.6 : 0.03) ? [value(), ...several(choices, 3, value)] : [value()]
}

type Entry = readonly [string, string | readonly string[]]

const entry = (choices: Choices, key: Key): Entry => [
  spelled(choices, key.name),
  choices.chance(0.02) ? [] : valuesOf(choices, key),
]

/** aws:PrincipalArn as a request to a role session gives it: with the role's path, or without (RC-5). */
const principalArn = (choices: Choices, who: Caller.Caller): readonly Entry[] => {
  if (!Caller.hasAccount(who) || !choices.chance(who._tag === 'RoleSession' ? 0.3 : 0.05)) return []
  if (who._tag !== 'RoleSession') return [['aws:PrincipalArn', Caller.show(who)]]
  const path =
    who.path ??
    weighted(choices, [
      [0, () => '/'],
      [40, () => '/team/'],
      [10, () => '/aws-service-role/replication.ecr.amazonaws.com/'],
    ])
  return [[spelled(choices, 'aws:PrincipalArn'), Caller.roleArn({ ...who, path })]]
}

/**
 * The context of a request: up to five keys.
 *
 * @category constructors
 * @since 0.1.0
 */
export const context = (choices: Choices, who: Caller.Caller): Context.Context =>
  Context.fromEntries([
    ...principalArn(choices, who),
    ...Array.from({ length: choices.below(6) }, () => entry(choices, choices.one(keys))),
  ])

const simplest: Request.Request = Request.makeOrThrow({
  principal: 'anonymous',
  action: 'ecr:BatchGetImage',
  resource: '*',
})

/**
 * A request.
 *
 * @category constructors
 * @since 0.1.0
 */
export const request = (choices: Choices, world: World): Request.Request => {
  const made = Request.make(bareRequest(choices, world))
  const bare = E.isRight(made) ? made.right : simplest
  return { ...bare, context: context(choices, bare.principal) }
}
