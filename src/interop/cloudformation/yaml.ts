/**
 * Templates as text: JSON, or YAML with the short forms of intrinsic functions, which come out in their long forms.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { isList, isRecord, plain } from '../../codec/index.js'
import { fromErrors, gap, orThrow, type Gaps } from '../Gap.js'

// ---- model ----

/**
 * What is used of the package `yaml` (version 2): `import * as YAML from 'yaml'`. The library does not depend on it.
 *
 * @category model
 * @since 0.1.0
 */
export interface YamlPackage {
  /** Reads a text as a tree of nodes. */
  readonly parseDocument: (
    text: string,
    options: { readonly logLevel: 'silent'; readonly uniqueKeys: true },
  ) => YamlDocument
  /** Does a node stand for another one? */
  readonly isAlias: (node: unknown) => boolean
  /** Is a node a mapping? */
  readonly isMap: (node: unknown) => boolean
  /** Is a node a single value? */
  readonly isScalar: (node: unknown) => boolean
  /** Is a node a list? */
  readonly isSeq: (node: unknown) => boolean
}

/**
 * A document as the package `yaml` reads it.
 *
 * @category model
 * @since 0.1.0
 */
export interface YamlDocument {
  readonly contents: unknown
  readonly errors: readonly { readonly message: string }[]
}

interface Anchors {
  readonly get: (name: string) => unknown
  readonly set: (name: string, node: unknown) => void
}

interface Walk {
  readonly yaml: YamlPackage
  /** The nodes that have been named, the last one of each name. */
  readonly anchors: Anchors
  /** Is this the second look at a node, by an alias? What it names has been met, and may be named anew since. */
  readonly isAgain: boolean
  /** Counts a node; false when there are too many, as aliases of aliases can make them. */
  readonly spend: () => boolean
}

const NODES = 200_000
const DEPTH = 64

/**
 * The package goes one call deeper for each level, and where the stack ends, so may the process: what can have more levels
 * than this is not given to it. No text of `DEPTH` levels comes near.
 */
const SAFE = 400

const tooDeep = `more than ${SAFE} brackets are open at once, or as many blanks and dashes begin a line: it may have too many levels`

const tooMuch = `\`<<\` is not supported, nor more than ${NODES} values or ${DEPTH} levels`

// ---- codecs ----

/**
 * Reads a template's text. Without `yaml` it is JSON.
 *
 * `!Ref`, `!Condition` and `!GetAtt A.B`, `!Sub`, `!If` and all other tags of that form become `Ref`, `Condition` and
 * `Fn::...`. Numbers keep the digits that they are written with where a number would lose them, such as account ids that
 * begin with 0.
 *
 * **Errors** `InvalidInput`: what is wrong with the text.
 *
 * @example
 * import * as YAML from 'yaml'
 * import { CloudFormation } from 'ecr-policy/interop'
 *
 * CloudFormation.parseOrThrow('Value: !Sub "${A}-b"', { yaml: YAML }) // => { Value: { 'Fn::Sub': '${A}-b' } }
 *
 * @category codecs
 * @since 0.1.0
 */
export const parse = (
  text: string,
  options: { readonly yaml?: YamlPackage | undefined } = {},
): E.Either<Gaps, unknown> => {
  const { yaml } = options
  if (yaml === undefined) return E.mapLeft(fromErrors('InvalidInput', '', 'the template'))(plain(text))
  if (mayBeDeep(text)) return refuse([{ message: tooDeep }])
  const read = E.tryCatch(
    () => yaml.parseDocument(text, { logLevel: 'silent', uniqueKeys: true }),
    (thrown) => [{ message: thrown instanceof Error ? thrown.message : 'the text is not YAML' }],
  )
  if (E.isLeft(read)) return refuse(read.left)
  if (read.right.errors.length > 0) return refuse(read.right.errors)
  let left = NODES // local mutation: what is left of the budget
  const walked = E.tryCatch(
    () =>
      walk(
        { yaml, anchors: new Map<string, unknown>(), isAgain: false, spend: () => --left >= 0 },
        read.right.contents,
        0,
      ),
    () => [{ message: 'the text cannot be read' }],
  )
  if (E.isLeft(walked)) return refuse(walked.left)
  return left < 0 || walked.right === deep ? refuse([{ message: tooMuch }]) : E.right(walked.right)
}

/**
 * Reads a template's text, or throws.
 *
 * @category codecs
 * @since 0.1.0
 */
export const parseOrThrow = (
  text: string,
  options: { readonly yaml?: YamlPackage | undefined } = {},
): unknown => orThrow(parse(text, options))

const refuse = (errors: readonly { readonly message: string }[]): E.Either<Gaps, never> => {
  const [first, ...rest] = errors.map(({ message }) =>
    gap('InvalidInput', '', 'the template', `the text is not YAML: ${message.split('\n')[0] ?? ''}`),
  )
  return E.left([first ?? gap('InvalidInput', '', 'the template', 'the text is not YAML'), ...rest])
}

/** A level is opened by a bracket, by a blank more before a line, or by `-` or `?` before its text. */
const mayBeDeep = (text: string): boolean => {
  let open = 0 // local mutation: brackets that are not closed yet, those within quotes among them
  for (const character of text) {
    if (character === '[' || character === '{') open++
    else if (character === ']' || character === '}') open = Math.max(0, open - 1)
    if (open > SAFE) return true
  }
  return text
    .split(/[\r\n]/)
    .some((line) => line.trimEnd().length > SAFE && openers.test(line.slice(0, SAFE)))
}

const openers = /^[ \t]*(?:[-?][ \t]+)*[-?]?$/

const deep: unique symbol = Symbol('deep')

const memberOf = (node: unknown, name: string): unknown =>
  typeof node === 'object' && node !== null ? Reflect.get(node, name) : undefined

/** Recursion ends at `DEPTH`, and the budget at `NODES`. */
const walk = (at: Walk, node: unknown, depth: number): unknown => {
  if (!at.spend() || depth > DEPTH) return depth > DEPTH ? deep : undefined
  if (at.yaml.isAlias(node)) return walk({ ...at, isAgain: true }, target(at, node), depth + 1)
  const anchor = memberOf(node, 'anchor')
  if (typeof anchor === 'string' && !at.isAgain) at.anchors.set(anchor, node)
  const value = at.yaml.isMap(node)
    ? walkMap(at, node, depth)
    : at.yaml.isSeq(node)
      ? walkList(at, node, depth)
      : at.yaml.isScalar(node)
        ? scalar(node)
        : null
  return value === deep ? deep : tagged(memberOf(node, 'tag'), value)
}

/** The package itself goes through the whole document for each alias. */
const target = ({ anchors }: Walk, alias: unknown): unknown => {
  const name = memberOf(alias, 'source')
  return typeof name === 'string' ? anchors.get(name) : undefined
}

const walkMap = (at: Walk, node: unknown, depth: number): unknown => {
  const pairs = memberOf(node, 'items')
  const entries = (isList(pairs) ? pairs : []).map((pair) => [
    walk(at, memberOf(pair, 'key'), depth + 1),
    walk(at, memberOf(pair, 'value'), depth + 1),
  ])
  // CloudFormation does not merge mappings, and to read it as a key would lose what is merged.
  if (entries.some(([key]) => key === '<<')) return deep
  return entries.some((entry) => entry.includes(deep))
    ? deep
    : Object.fromEntries(entries.map(([key, value]) => [String(key), value]))
}

const walkList = (at: Walk, node: unknown, depth: number): unknown => {
  const nodes = memberOf(node, 'items')
  const items = (isList(nodes) ? nodes : []).map((item) => walk(at, item, depth + 1))
  return items.includes(deep) ? deep : items
}

/** A number that is not written as it would be printed is text: `012345678901` is an account. */
const scalar = (node: unknown): unknown => {
  const [value, source] = [memberOf(node, 'value'), memberOf(node, 'source')]
  if (typeof value === 'number' && typeof source === 'string' && String(value) !== source) return source
  return isRecord(value) || typeof value === 'bigint' ? String(source) : value
}

// ---- short forms ----

/** `!Sub` is `Fn::Sub`; tags of YAML itself begin otherwise. */
const tagged = (tag: unknown, value: unknown): unknown => {
  if (typeof tag !== 'string' || !/^![A-Za-z0-9]+$/.test(tag)) return value
  const name = tag.slice(1)
  if (name === 'Ref' || name === 'Condition') return { [name]: value }
  return { [`Fn::${name}`]: name === 'GetAtt' && typeof value === 'string' ? splitOnce(value) : value }
}

const splitOnce = (text: string): readonly string[] => {
  const dot = text.indexOf('.')
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)]
}
