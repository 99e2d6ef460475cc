/**
 * An `ImageReference` is an image's address as container clients write it: `HOST/NAME[:TAG][@DIGEST]`. With a digest
 * the digest decides what is fetched, with neither the tag is `latest`. No policy sees tag or digest (EX-51).
 *
 * Laws: 1. `show(parse(s)) = s` for every `s` that parses
 * Cost: linear in the text.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Given, Problem, getOrThrow } from '../model/index.js'
import * as RegistryHost from './RegistryHost.js'
import * as RepositoryName from './RepositoryName.js'
import type { Brand } from '../model/index.js'

// ---- model ----

/**
 * The tag of an image, as container clients admit it: up to 128 letters, digits, `_`, `.` and `-`, not beginning with
 * one of the latter two.
 *
 * @category model
 * @since 0.1.0
 */
export type ImageTag = Brand<string, 'ImageTag'>

/**
 * `sha256:` and 64 hexadecimal digits in lower case.
 *
 * @category model
 * @since 0.1.0
 */
export type ImageDigest = Brand<string, 'ImageDigest'>

interface Which {
  readonly tag: ImageTag | undefined
  readonly digest: ImageDigest | undefined
}

/**
 * An image in a private registry.
 *
 * @category model
 * @since 0.1.0
 */
export interface PrivateImage extends Which {
  readonly _tag: 'PrivateImage'
  readonly host: RegistryHost.PrivateHost
  readonly name: RepositoryName.RepositoryName
}

/**
 * An image of ECR Public. `alias` is its registry's; which account that is the address does not tell.
 *
 * @category model
 * @since 0.1.0
 */
export interface PublicImage extends Which {
  readonly _tag: 'PublicImage'
  readonly host: RegistryHost.PublicHost
  readonly alias: string
  readonly name: RepositoryName.PublicRepositoryName
}

/**
 * The address of an image.
 *
 * @category model
 * @since 0.1.0
 */
export type ImageReference = PrivateImage | PublicImage

// ---- refinements ----

/**
 * Is this a tag?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isTag = (text: string): text is ImageTag => /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(text)

/**
 * Is this a digest?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isDigest = (text: string): text is ImageDigest => /^sha256:[a-f0-9]{64}$/.test(text)

// ---- constructors ----

/**
 * Reads the address of an image.
 *
 * **Errors** `InvalidImageReference` for host, tag and digest, `InvalidRepositoryName` for the name between them.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * Ecr.ImageReference.parseOrThrow('111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app:1.2').tag // => '1.2'
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): E.Either<Problem.Problem, ImageReference> => {
  if (!Given.isText(text)) return E.left(Given.notText('the address of an image', text))
  if (/^[A-Za-z]+:\/\//.test(text)) return refuse(text, 'an image address has no scheme', mendScheme(text))
  const slash = text.indexOf('/')
  if (slash === -1)
    return refuse(
      text,
      'it reads `HOST/NAME[:TAG][@DIGEST]`',
      'put the registry host and a slash before the name',
    )
  const host = RegistryHost.parse(text.slice(0, slash))
  if (E.isLeft(host)) return host
  const { path, tag, digest } = cut(text.slice(slash + 1))
  if (tag !== undefined && !isTag(tag)) return E.left(badTag(tag))
  if (digest !== undefined && !isDigest(digest)) return E.left(badDigest(digest))
  return host.right._tag === 'PublicHost'
    ? publicImage(text, host.right, path, { tag, digest })
    : privateImage(host.right, path, { tag, digest })
}

/** Names hold neither `@` nor `:`, so the first of each ends the part before it. */
const cut = (rest: string) => {
  const at = rest.indexOf('@')
  const named = at === -1 ? rest : rest.slice(0, at)
  const colon = named.indexOf(':')
  return {
    path: colon === -1 ? named : named.slice(0, colon),
    tag: colon === -1 ? undefined : named.slice(colon + 1),
    digest: at === -1 ? undefined : rest.slice(at + 1),
  }
}

const privateImage = (
  host: RegistryHost.PrivateHost,
  path: string,
  which: Which,
): E.Either<Problem.Problem, ImageReference> => {
  const name = RepositoryName.parse(path)
  return E.isLeft(name) ? name : E.right({ _tag: 'PrivateImage', host, name: name.right, ...which })
}

const publicImage = (
  text: string,
  host: RegistryHost.PublicHost,
  path: string,
  which: Which,
): E.Either<Problem.Problem, ImageReference> => {
  const slash = path.indexOf('/')
  if (slash <= 0) return refuse(text, 'on ECR Public the alias of a registry stands before the name')
  const alias = path.slice(0, slash)
  const name = RepositoryName.parsePublic(path.slice(slash + 1))
  if (E.isLeft(name)) return name
  return /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(alias)
    ? E.right({ _tag: 'PublicImage', host, alias, name: name.right, ...which })
    : refuse(text, `${Problem.quote(alias)} is not the alias of a registry`)
}

/**
 * Reads the address of an image, or throws.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parseOrThrow = (text: string): ImageReference => getOrThrow(Problem.show)(parse(text))

const refuse = (text: string, why: string, suggestion?: string): E.Either<Problem.Problem, never> =>
  E.left(
    Problem.problem(
      'InvalidImageReference',
      `${Problem.quote(text)} is not the address of an image: ${why}`,
      suggestion,
    ),
  )

const mendScheme = (text: string): string =>
  `leave out ${Problem.quote(text.slice(0, text.indexOf('/') + 2))}`

const badTag = (tag: string): Problem.Problem =>
  Problem.problem(
    'InvalidImageReference',
    `${Problem.quote(tag)} is not a tag: a tag is 1 to 128 letters, digits, \`_\`, \`.\` and \`-\`, and begins with neither of the last two`,
  )

const badDigest = (digest: string): Problem.Problem => {
  const lower = digest.toLowerCase()
  return Problem.problem(
    'InvalidImageReference',
    `${Problem.quote(digest)} is not a digest: a digest is \`sha256:\` and 64 hexadecimal digits in lower case`,
    isDigest(lower) ? 'write it in lower case' : undefined,
  )
}

// ---- destructors ----

/**
 * What of the image is asked for: its digest if one is given, else its tag, `latest` by default.
 *
 * @category destructors
 * @since 0.1.0
 */
export const wanted = ({ tag, digest }: ImageReference): string => digest ?? tag ?? 'latest'

// ---- rendering ----

/**
 * The address, as it was written.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (image: ImageReference): string => {
  const alias = image._tag === 'PublicImage' ? `${image.alias}/` : ''
  const tag = image.tag === undefined ? '' : `:${image.tag}`
  const digest = image.digest === undefined ? '' : `@${image.digest}`
  return `${RegistryHost.show(image.host)}/${alias}${image.name}${tag}${digest}`
}
