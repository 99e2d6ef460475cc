/**
 * Which repository a message without ARN speaks of: by the address of an image, or by its name and that of its registry.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Arn } from '../../model/index.js'
import { placesOf, wordEnd, type Squeezed } from './diagnoseText.js'
import { parse as parseRepository, show as showRepository } from '../Repository.js'
import { isRepositoryName } from '../RepositoryName.js'

// ---- evaluation ----

/**
 * The ARN of the repository that is named nearest: after the place in most messages, else before it. Where the text tells
 * name and account only, the Region of the ARN is `*`.
 *
 * **Cost** of `reach`.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const repositoryNear = (text: Squeezed, at: number, reach: number): string | undefined => {
  const start = Math.max(0, at - reach)
  const around = text.folded.slice(start, at + reach)
  const closest = (phrases: readonly string[]): number | undefined => {
    const places = phrases.flatMap((phrase) => placesOf(phrase, around).map((place) => start + place))
    return places.find((place) => place >= at) ?? places.at(-1)
  }
  const address = closest(['.dkr.ecr', '.dkr-ecr'])
  const byAddress = address === undefined ? undefined : repositoryAt(text, address)
  if (byAddress !== undefined) return byAddress
  const registry = closest([registryWithId])
  return registry === undefined ? undefined : repositoryNamed(text, start, registry)
}

// ---- addresses ----

const accountLength = 12

const repositoryAt = (text: Squeezed, mark: number): string | undefined => {
  const from = mark - accountLength
  const [host = '', ...path] = text.squeezed
    .slice(Math.max(0, from), wordEnd(text, Math.max(0, from)))
    .split('/')
  const names = path[0] === 'v2' ? path.slice(1) : path
  const route = names.findIndex((part) => routes.includes(part))
  const name = (route === -1 ? names : names.slice(0, route)).join('/').split(/[:@]/)[0] ?? ''
  const repository = parseRepository(`${host}/${name}`)
  return E.isRight(repository) ? showRepository(repository.right) : undefined
}

const routes = ['manifests', 'blobs', 'tags', 'referrers']

// ---- names ----

const registryWithId = "registrywithid'"
const repositoryWithName = "withname'"

/** `repository with name 'app' ... registry with id '111122223333'`. */
const repositoryNamed = ({ squeezed, folded }: Squeezed, start: number, at: number): string | undefined => {
  const before = folded.slice(start, at).lastIndexOf(repositoryWithName)
  const quoted = (from: number): string => squeezed.slice(from, from + 300).split("'")[0] ?? ''
  const name = before === -1 ? '' : quoted(start + before + repositoryWithName.length)
  const account = quoted(at + registryWithId.length)
  return isRepositoryName(name) && Arn.isAccountId(account)
    ? `arn:aws:ecr:*:${account}:repository/${name}`
    : undefined
}
