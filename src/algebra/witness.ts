/**
 * From a point of the dimensions to a request that can be put to the simulator.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Action, Caller, Context, ecrActions, Request } from '../model/index.js'
import * as callerText from './callerText.js'
import type { Point } from './cover.js'
import * as resourceText from './resourceText.js'
import { place } from './Universe.js'

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
 * The requests that a point stands for: one for each way of filling in accounts. A dimension that was not asked has an
 * ordinary value. Empty when the point is no request after all.
 *
 * @category destructors
 * @since 0.1.0
 */
export const requests = (point: Point, keys: readonly string[]): readonly Request.Request[] =>
  fills.flatMap((fill) => {
    const made = request(point, keys, fill)
    return made === undefined ? [] : [made]
  })

const request = (point: Point, keys: readonly string[], fill: string): Request.Request | undefined => {
  const folded = point.get(place.action)?.[0] ?? example.action
  const action = Action.parse(spelled.get(folded) ?? folded)
  const principal = callerText.toCaller(point.get(place.caller)?.[0] ?? example.caller, fill)
  const { resource: text, owner } = resourceText.toResource(
    point.get(place.resource)?.[0] ?? example.resource,
    fill,
  )
  const made = Request.make({
    principal: 'anonymous',
    action: 'ecr:BatchGetImage',
    resource: text,
    resourceAccount: owner,
  })
  if (E.isLeft(action) || E.isLeft(made) || !isReadable(principal)) return undefined
  return { ...made.right, action: action.right, principal, context: contextOf(point, keys, principal) }
}

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
