/**
 * From a point of the dimensions to a request that can be put to the simulator.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Action, Arn, Caller, Context, ecrActions, Request } from '../model/index.js'
import * as callerText from './callerText.js'
import type { Point } from './cover.js'
import * as resourceText from './resourceText.js'
import { place } from './Universe.js'
import { Frozen } from '../pattern/index.js'

const example = {
  action: 'ecr:BatchGetImage',
  caller: 'role:aws:111122223333:/:example:session',
  resource: '-:arn:aws:ecr:us-east-1:111122223333:repository/example',
} as const

const spelled: ReadonlyMap<string, string> = new Map(
  ecrActions.map((action) => [action.toLowerCase(), action]),
)

/** Digits put where a policy says nothing of an account's digits, the likeliest to be free first. */
const fills = Array.from('9876543210')

/**
 * The requests that a point may stand for, to be confirmed one by one: first with what is ordinary for its action and
 * caller, then as it is, for each way of filling in accounts. Empty when the point is no request after all.
 *
 * @category destructors
 * @since 0.1.0
 */
export function* requests(point: Point, keys: readonly string[]): Generator<Request.Request> {
  for (const likelier of [fit(named(point)), named(point)]) {
    const made = likelier === undefined || likelier === point ? undefined : request(likelier, keys, '9')
    if (made !== undefined) yield made
  }
  for (const fill of fills) {
    const made = request(point, keys, fill)
    if (made !== undefined) yield made
  }
}

/** The point with a service of the usual kind where some service calls. */
const named = (point: Point): Point => {
  const caller = point.get(place.caller)?.[0] ?? ''
  return caller.startsWith('service:') && !caller.endsWith('.amazonaws.com')
    ? new Map([...point, [place.caller, ['service:example.amazonaws.com']]])
    : point
}

/** Resources as the actions of some services have them; a request without one for actions that take none. */
const resources: ReadonlyMap<string, string> = new Map([
  ['ecr', example.resource],
  ['s3', ':arn:aws:s3:::example/example'],
  ['sts', '-:arn:aws:iam::111122223333:role/example'],
  ['iam', '-:arn:aws:iam::111122223333:role/example'],
  ['lambda', '-:arn:aws:lambda:us-east-1:111122223333:function:example'],
  ['sqs', '-:arn:aws:sqs:us-east-1:111122223333:example'],
  ['sns', '-:arn:aws:sns:us-east-1:111122223333:example'],
  ['kms', '-:arn:aws:kms:us-east-1:111122223333:key/example'],
  ['dynamodb', '-:arn:aws:dynamodb:us-east-1:111122223333:table/example'],
  ['ec2', '-:arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0'],
])

const withoutResource: ReadonlySet<string> = new Set([
  'ecr:createpullthroughcacherule',
  'ecr:createrepositorycreationtemplate',
  'ecr:deletepullthroughcacherule',
  'ecr:deleteregistrypolicy',
  'ecr:deleterepositorycreationtemplate',
  'ecr:deletesigningconfiguration',
  'ecr:deregisterpulltimeupdateexclusion',
  'ecr:describepullthroughcacherules',
  'ecr:describeregistry',
  'ecr:describerepositorycreationtemplates',
  'ecr:getaccountsetting',
  'ecr:getauthorizationtoken',
  'ecr:getregistrypolicy',
  'ecr:getregistryscanningconfiguration',
  'ecr:getsigningconfiguration',
  'ecr:listpulltimeupdateexclusions',
  'ecr:putaccountsetting',
  'ecr:putregistrypolicy',
  'ecr:putregistryscanningconfiguration',
  'ecr:putreplicationconfiguration',
  'ecr:putsigningconfiguration',
  'ecr:registerpulltimeupdateexclusion',
  'ecr:updatepullthroughcacherule',
  'ecr:updaterepositorycreationtemplate',
  'ecr:validatepullthroughcacherule',
  'sts:getcalleridentity',
  's3:listallmybuckets',
])

/** The point with a resource that its action is likely to have, where the resource may be any. */
const fit = (point: Point): Point | undefined => {
  const action = point.get(place.action)?.[0] ?? example.action.toLowerCase()
  const asked = point.get(place.resource)?.[0]
  if (asked !== undefined && asked !== example.resource) return undefined
  const service = action.slice(0, action.indexOf(':'))
  const resource = withoutResource.has(action)
    ? '111122223333:*'
    : (resources.get(service) ?? `-:arn:aws:${service}:us-east-1:111122223333:example`)
  return resource === asked ? undefined : new Map([...point, [place.resource, [resource]]])
}

const request = (point: Point, keys: readonly string[], fill: string): Request.Request | undefined => {
  const folded = point.get(place.action)?.[0] ?? example.action
  const action = Action.parse(spelled.get(folded) ?? folded)
  const principal = callerAt(point, fill)
  const { resource: text, owner } = resourceText.toResource(
    point.get(place.resource)?.[0] ?? example.resource,
    fill,
  )
  const resource = Request.parseResource(text)
  const account = owner === undefined ? E.right(undefined) : Arn.accountId(owner)
  if (E.isLeft(action) || principal === undefined || E.isLeft(resource) || E.isLeft(account)) return undefined
  return Frozen.deep<Request.Request>({
    _tag: 'Request',
    principal,
    action: action.right,
    resource: resource.right,
    resourceAccount: account.right,
    context: contextOf(point, keys, principal),
  })
}

/** The caller of a point, if it is one; the same one wherever the point says nothing of him. */
const callerAt = (point: Point, fill: string): Caller.Caller | undefined => {
  const word = point.get(place.caller)?.[0]
  if (word === undefined) return anyCaller
  const caller = callerText.toCaller(word, fill)
  return isReadable(caller) ? caller : undefined
}

const anyCaller = /* @__PURE__ */ Frozen.deep(callerText.toCaller(example.caller))

/** A caller who is the one that his name is read as. */
const isReadable = (caller: Caller.Caller): boolean => {
  const read = Caller.parse(Caller.show(caller))
  return E.isRight(read) && read.right._tag === caller._tag
}

/** A session's ARN does not tell its role's path, so the role's ARN is given with it (U-11). */
const contextOf = (point: Point, keys: readonly string[], principal: Caller.Caller): Context.Context =>
  Context.fromEntries([
    ...(principal._tag === 'RoleSession' ? [['aws:PrincipalArn', Caller.roleArn(principal)] as const] : []),
    ...keys.map((name, i) => [name, point.get(place.firstKey + i) ?? []] as const),
  ])
