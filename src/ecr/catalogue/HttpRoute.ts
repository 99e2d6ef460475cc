/**
 * An `HttpRoute` is one kind of request of the registry HTTP API, which container clients speak, and the actions that
 * ECR checks for it. Every request takes a token besides (EX-1).
 *
 * Source: EX-22.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { Problem, type EcrAction } from '../../model/index.js'
import { httpRoutes } from '../data/httpRoutes.js'
import { isDigest, isTag } from '../ImageReference.js'
import type { Certainty } from '../Operation.js'
import * as RepositoryName from '../RepositoryName.js'

// ---- model ----

/**
 * The id of a route.
 *
 * @category model
 * @since 0.1.0
 */
export type HttpRouteId = keyof typeof httpRoutes

/**
 * One action that a route takes.
 *
 * @category model
 * @since 0.1.0
 */
export interface RouteNeed {
  readonly action: EcrAction
  readonly on: 'repository' | 'repository/*'
}

/**
 * A route. In `path`, `<name>` is the name of a repository, slashes and all, `<reference>` a tag or a digest, and
 * `<upload>` whatever id the registry gave; `query` lists the parameters that tell it from another route.
 *
 * @category model
 * @since 0.1.0
 */
export interface HttpRoute {
  readonly id: HttpRouteId
  readonly methods: readonly string[]
  readonly path: `/v2/${string}`
  readonly query: readonly string[]
  readonly required: readonly RouteNeed[]
  readonly optional: readonly RouteNeed[]
  readonly certainty: Certainty
  readonly rules: readonly string[]
  readonly notes?: string
}

/**
 * A request that has a route. `actions` are those that it takes always; `route.optional` has those that it takes at
 * times. `repository` is undefined where no repository is named, and `mountedFrom` where no layer is mounted.
 *
 * @category model
 * @since 0.1.0
 */
export interface RoutedRequest {
  readonly _tag: 'RoutedRequest'
  readonly route: HttpRoute
  readonly repository: RepositoryName.RepositoryName | undefined
  readonly mountedFrom: RepositoryName.RepositoryName | undefined
  readonly actions: readonly EcrAction[]
  readonly certainty: Certainty
}

/**
 * A request that has none: no path of the API, a path that is not asked for by this method, or a path with something
 * in it that is no repository name, tag or digest.
 *
 * @category model
 * @since 0.1.0
 */
export interface UnknownRequest {
  readonly _tag: 'UnknownRequest'
  readonly reason: 'path' | 'method' | 'name' | 'reference'
  readonly message: string
}

const unknown = (reason: UnknownRequest['reason'], message: string): UnknownRequest => ({
  _tag: 'UnknownRequest',
  reason,
  message,
})

// ---- reading a request ----

interface Target {
  readonly segments: readonly string[]
  readonly query: ReadonlyMap<string, string>
}

/** Characters in percent-encoding stay as they are where they are not well encoded. */
const decoded = (text: string): string => O.getOrElse(() => text)(O.tryCatch(() => decodeURIComponent(text)))

const parameters = (query: string): ReadonlyMap<string, string> =>
  new Map(
    query.split('&').map((pair) => {
      const equals = pair.indexOf('=')
      return equals === -1 ? [pair, ''] : [pair.slice(0, equals), decoded(pair.slice(equals + 1))]
    }),
  )

/** The path without the host before it, if there is one, with its scheme or without; slashes in front count as one. */
const withoutHost = (url: string): string => {
  const rest = url.replace(/^https?:\/\//i, '')
  if (rest === url && url.startsWith('/')) return `/${url.replace(/^\/+/, '')}`
  const slash = rest.indexOf('/')
  return slash === -1 ? '' : rest.slice(slash)
}

/** What follows `/v2`; a slash at the end is an empty segment, and counts for nothing. */
const segmentsOf = (path: string): readonly string[] | undefined => {
  const [before, version, ...segments] = path.split('/')
  if (before !== '' || version !== 'v2') return undefined
  return segments.at(-1) === '' ? segments.slice(0, -1) : segments
}

const targetOf = (url: string): Target | undefined => {
  const [text = ''] = withoutHost(url).split('#')
  const mark = text.indexOf('?')
  const segments = segmentsOf(mark === -1 ? text : text.slice(0, mark))
  return segments === undefined
    ? undefined
    : { segments, query: parameters(mark === -1 ? '' : text.slice(mark + 1)) }
}

// ---- matching ----

interface Match {
  readonly route: HttpRoute
  readonly name: string | undefined
  /** What stands for `<reference>` or `<digest>`, and which it is. */
  readonly reference: { readonly text: string; readonly kind: '<reference>' | '<digest>' } | undefined
}

const NAME = '<name>'

/** Names have slashes, so a path is read from its end. */
const matchPath =
  (segments: readonly string[]) =>
  (route: HttpRoute): readonly Match[] => {
    const [first, ...others] = segmentsOf(route.path) ?? []
    const tail = first === undefined || first === NAME ? others : [first, ...others]
    const named = segments.length - tail.length
    if (first === NAME ? named < 1 : named !== 0) return []
    const given = segments.slice(named)
    if (!tail.every((wanted, i) => (wanted.startsWith('<') ? given[i] !== '' : given[i] === wanted)))
      return []
    const last = tail.at(-1)
    return [
      {
        route,
        name: first === NAME ? segments.slice(0, named).join('/') : undefined,
        reference:
          last === '<reference>' || last === '<digest>'
            ? { text: decoded(given.at(-1) ?? ''), kind: last }
            : undefined,
      },
    ]
  }

const isReference = ({ text, kind }: NonNullable<Match['reference']>): boolean =>
  isDigest(text) || (kind === '<reference>' && isTag(text))

const routed = ({ route, name, reference }: Match, { query }: Target): RoutedRequest | UnknownRequest => {
  const repository = name === undefined ? undefined : RepositoryName.parse(name)
  if (repository !== undefined && E.isLeft(repository)) return unknown('name', Problem.show(repository.left))
  if (reference !== undefined && !isReference(reference))
    return unknown(
      'reference',
      `${Problem.quote(reference.text)} is no ${reference.kind === '<digest>' ? 'digest' : 'tag and no digest'}`,
    )
  const from = route.query.includes('from') ? query.get('from') : undefined
  return {
    _tag: 'RoutedRequest',
    route,
    repository: repository?.right,
    mountedFrom: from !== undefined && RepositoryName.isRepositoryName(from) ? from : undefined,
    actions: route.required.map(({ action }) => action),
    certainty: route.certainty,
  }
}

/** Of two routes on one path, the one that asks for parameters stands first. */
const routes = (): readonly HttpRoute[] => Object.values(httpRoutes)

// ---- analysis ----

/**
 * The actions that ECR checks for a request of the registry HTTP API.
 *
 * `method` in any letter case; `url` a path such as `/v2/app/tags/list`, with or without parameters, or a whole URL, with
 * or without scheme, whose host and fragment are not looked at. Any text is answered; what is no text is read as none.
 *
 * **Cost** linear in the text.
 * **Source** EX-22; the certainty is that of the route.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * const pull = Ecr.actionsForRoute('GET', '/v2/team/app/manifests/latest')
 * pull._tag === 'RoutedRequest' ? [pull.repository, pull.actions, pull.certainty] : []
 * // => ['team/app', ['ecr:BatchGetImage'], 'observed']
 * Ecr.actionsForRoute('POST', '/v2/app/manifests/latest')._tag // => 'UnknownRequest'
 *
 * @category analysis
 * @since 0.1.0
 */
export const actionsForRoute = (method: string, url: string): RoutedRequest | UnknownRequest =>
  routeOf(textOf(method), textOf(url))

/** Callers without types send anything. */
const textOf = (given: unknown): string => (typeof given === 'string' ? given : '')

const routeOf = (method: string, url: string): RoutedRequest | UnknownRequest => {
  const target = targetOf(url)
  const onPath = target === undefined ? [] : routes().flatMap(matchPath(target.segments))
  if (target === undefined || onPath.length === 0)
    return unknown('path', `${Problem.quote(url)} is no path of the registry HTTP API`)
  const wanted = method.toUpperCase()
  const match = onPath.find(
    ({ route }) => route.methods.includes(wanted) && route.query.every((name) => target.query.has(name)),
  )
  return match === undefined
    ? unknown(
        'method',
        `${Problem.quote(url)} is asked for by ${methodsOf(onPath)}, not by ${Problem.quote(method)}`,
      )
    : routed(match, target)
}

const methodsOf = (matches: readonly Match[]): string =>
  [...new Set(matches.flatMap(({ route }) => route.methods))].join(', ')
