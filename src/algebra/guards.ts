/**
 * A typed world in boxes: which actions go with which resources and keys. Requests that no action takes are told from
 * those that it does here, for the search by boxes and for the request that it finds.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Action, Condition, Request, Resource } from '../model/index.js'
import { Glob, Remember, StringSet } from '../pattern/index.js'
import type { Box } from './Box.js'
import { missingTest } from './keyPoints.js'
import * as resourceText from './resourceText.js'
import type { Universe } from './Universe.js'
import type { TypedAction, World } from './World.js'

// ---- groups ----

/**
 * Actions, folded, that take the same resources and keys.
 *
 * @category model
 * @since 0.1.0
 */
export interface Group {
  readonly actions: readonly string[]
  readonly resources: readonly Glob.Glob[]
  readonly supports: (key: string) => boolean
}

/**
 * The actions of a typed world by what they take; none for other worlds.
 *
 * @category destructors
 * @since 0.1.0
 */
export const groupsIn = (world: World): readonly Group[] =>
  world._tag === 'Typed' ? groupsOf(world.actions) : []

const groupsOf = Remember.ofGiven((actions: readonly TypedAction[]): readonly Group[] => {
  const found = new Map<string, readonly TypedAction[]>() // local mutation: gathered once
  for (const action of actions) {
    const text = JSON.stringify([action.resources, action.keys])
    found.set(text, [...(found.get(text) ?? []), action])
  }
  return Array.from(found.values(), (alike) => ({
    actions: alike.map(({ action }) => action.toLowerCase()),
    resources: (alike[0]?.resources ?? []).flatMap(globsOf),
    supports: supporting(alike[0]?.keys ?? []),
  }))
})

/** `*` alone is the resource of a request without one, and no pattern; what is no pattern has no resources. */
const globsOf = (pattern: string): readonly Glob.Glob[] => {
  if (pattern === '*') return [Glob.literal('*')]
  const read = Resource.parsePattern(pattern)
  const glob = E.isRight(read) ? Resource.glob(undefined, noVariables)(read.right) : undefined
  return glob === undefined ? [] : [glob]
}

const noVariables = (): { readonly _tag: 'Missing' } => ({ _tag: 'Missing' })

const ofTags = ['aws:requesttag/', 'aws:resourcetag/', 'aws:tagkeys']

const supporting = (keys: readonly string[]): ((key: string) => boolean) => {
  const folded = keys.map(Condition.foldKey)
  const exact = new Set(folded)
  const prefixes = folded.flatMap((key) => (key.includes('${') ? [key.slice(0, key.indexOf('${'))] : []))
  return (key) =>
    exact.has(key) ||
    prefixes.some((prefix) => key.startsWith(prefix)) ||
    (key.startsWith('aws:') && !ofTags.some((prefix) => key.startsWith(prefix)))
}

// ---- constructors ----

/**
 * The requests for actions of a group, as boxes, each with what it speaks of: `Action`, `Resource`, or one of `keys`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const boxesOf = (
  { actions, resources, supports }: Group,
  universe: Universe,
  keys: readonly string[],
): readonly (readonly [subject: string, box: Box])[] => [
  ['Action', universe.actions(StringSet.ofLiterals(actions))],
  ['Resource', universe.resources(StringSet.stringSet(resources.map(resourceText.matching)))],
  ...keys
    .filter((key) => !supports(key))
    .map((key): readonly [string, Box] => [key, universe.key(key, missingTest)]),
]

/**
 * The requests of a world, as alternatives of boxes; undefined where boxes have nothing to add to its actions. `keys`:
 * those of the question, folded.
 *
 * @category constructors
 * @since 0.1.0
 */
export const guardsOf = (
  world: World,
  universe: Universe,
  keys: readonly string[],
): readonly (readonly Box[])[] | undefined =>
  world._tag === 'Typed'
    ? groupsIn(world).map((group) => boxesOf(group, universe, keys).map(([, box]) => box))
    : undefined

// ---- predicates ----

/**
 * Is the request one of the world? Its action is taken to be.
 *
 * @category predicates
 * @since 0.1.0
 */
export const isOf =
  (world: World) =>
  (request: Request.Request): boolean => {
    if (world._tag !== 'Typed') return true
    const action = Action.fold(request.action)
    return groupsOf(world.actions).some(
      (group) =>
        group.actions.includes(action) &&
        group.resources.some((glob) => Glob.matches(glob)(Request.resourceText(request))) &&
        request.context.every(({ name }) => group.supports(Condition.foldKey(name))),
    )
  }
