/**
 * Works out intrinsic functions as CloudFormation does; what it takes more than is given for becomes a hole, which keeps
 * its name. `undefined` is `AWS::NoValue`: it takes what it stands in with it.
 *
 * Recursion follows the nesting of the template, which is bounded when it is read, and references between conditions,
 * parameters and names, which are followed `HOPS` times.
 *
 * @since 0.1.0
 */
import { isList, isRecord, member } from '../../codec/index.js'
import { clean, hasHole } from '../Hole.js'
import { field } from '../read.js'
import { attributeOf, refTo } from './named.js'
import { given, pseudo, unresolved, type Scope } from './Scope.js'

/** Texts longer than this are not resolved: names that hold names twice over would grow beyond measure. */
const LONGEST = 100_000

const short = (at: At, text: string, written: unknown): string =>
  text.length > LONGEST ? lost(at, written) : text

/** References that lead further than this are not resolved; CloudFormation's own limits are lower. */
const HOPS = 40

interface At {
  readonly its: Scope
  readonly hops: number
}

// ---- codecs ----

/**
 * A value with its intrinsic functions worked out; what is not known are holes.
 *
 * **Cost** linear in the value and in what it refers to.
 *
 * @category codecs
 * @since 0.1.0
 */
export const resolve = (its: Scope, value: unknown): unknown => work({ its, hops: 0 }, value)

/**
 * Does a condition of the template hold? Undefined when that is not known.
 *
 * @category codecs
 * @since 0.1.0
 */
export const holds = (its: Scope, name: string): boolean | undefined => namedCondition({ its, hops: 0 }, name)

const work = (at: At, value: unknown): unknown => {
  if (typeof value === 'string') return dynamic(at, clean(value))
  if (isList(value)) return value.map((item) => work(at, item)).filter((item) => item !== undefined)
  if (!isRecord(value)) return value
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length === 1 && only !== undefined) {
    const [name, argument] = only
    const way = functions.get(name)
    if (way !== undefined) return way(at, argument)
    if (name.startsWith('Fn::')) return lost(at, value)
  }
  return Object.fromEntries(
    entries.flatMap(([name, item]) => {
      const worked = work(at, item)
      return worked === undefined ? [] : [[clean(name), worked] as const]
    }),
  )
}

/** Named by what is written, so that two that are written alike are alike. */
const lost = ({ its }: At, value: unknown): string => unresolved(its, JSON.stringify(value))

/** Values that are looked up in Parameter Store or Secrets Manager at deployment. */
const dynamic = ({ its }: At, text: string): string =>
  text.includes('{{resolve:')
    ? text.replaceAll(/\{\{resolve:[^}]*\}\}/gu, (all) => unresolved(its, all))
    : text

/** What is referred to is worked out once; what refers to itself is not resolved. */
const further = (at: At, go: (next: At) => unknown, name: string): unknown =>
  at.hops >= HOPS
    ? unresolved(at.its, name)
    : at.its.once(name, unresolved(at.its, name), () => go({ ...at, hops: at.hops + 1 }))

/** Names work out their own properties; they count as hops. */
const hopping =
  ({ hops }: At) =>
  (its: Scope, value: unknown): unknown =>
    work({ its, hops: hops + 1 }, value)

// ---- references ----

const ref = (at: At, name: unknown): unknown => {
  if (typeof name !== 'string') return lost(at, { Ref: name })
  if (name === 'AWS::NoValue') return undefined
  if (name === 'AWS::NotificationARNs') return unresolved(at.its, name)
  if (name.startsWith('AWS::')) return pseudo(at.its, name)
  const resource = at.its.section('Resources').get(name)
  if (resource === undefined) return parameter(at.its, name)
  return further(at, (next) => refTo(hopping(next))(next.its, name, resource), name)
}

const parameter = (its: Scope, name: string): unknown => {
  const declared = its.section('Parameters').get(name) ?? { value: undefined, pointer: '' }
  const written = field('Type')(declared).value
  const type = typeof written === 'string' ? written : ''
  const isDefaulted = its.options.defaults === true && !type.startsWith('AWS::SSM::Parameter::Value')
  const value =
    given(its.options.parameters, name) ?? (isDefaulted ? field('Default')(declared).value : undefined)
  if (value === undefined) return unresolved(its, name)
  if (isList(value)) return value.map((item) => clean(String(item)))
  const text = clean(asText(value) ?? JSON.stringify(value))
  return isOfList(type) ? text.split(',').map((item) => item.trim()) : text
}

const isOfList = (type: string): boolean => type.includes('CommaDelimitedList') || type.includes('List<')

const getAtt = (at: At, argument: unknown): unknown => {
  const parts = typeof argument === 'string' ? split(argument) : isList(argument) ? argument : []
  const [id, written] = parts
  const attribute = work(at, written)
  if (typeof id !== 'string' || typeof attribute !== 'string' || hasHole(attribute))
    return lost(at, { 'Fn::GetAtt': argument })
  return further(at, (next) => attributeOf(hopping(next))(next.its, id, attribute), `${id}.${attribute}`)
}

/** `Id.Attribute`, where the attribute may have dots itself. */
const split = (text: string): readonly [string, string] => {
  const dot = text.indexOf('.')
  return dot < 0 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)]
}

const importValue = (at: At, argument: unknown): unknown => {
  const name = work(at, argument)
  const value = typeof name === 'string' ? given(at.its.options.exports, name) : undefined
  if (value !== undefined) return value
  return typeof name === 'string' && !hasHole(name)
    ? unresolved(at.its, `Fn::ImportValue ${name}`)
    : lost(at, { 'Fn::ImportValue': argument })
}

// ---- text and lists ----

const asText = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined

const sub = (at: At, argument: unknown): unknown => {
  const [text, own] = isList(argument) ? argument : [argument]
  if (typeof text !== 'string') return lost(at, { 'Fn::Sub': argument })
  const filled = clean(text).replaceAll(/\$\{([^{}]*)\}/gu, (_, written: string) => {
    if (written.startsWith('!')) return `\${${written.slice(1)}}`
    const name = written.trim()
    const value =
      isRecord(own) && Object.hasOwn(own, name)
        ? work(at, member(own, name))
        : name.includes('.')
          ? getAtt(at, name)
          : ref(at, name)
    return asText(value) ?? unresolved(at.its, name)
  })
  return short(at, dynamic(at, filled), { 'Fn::Sub': argument })
}

const join = (at: At, argument: unknown): unknown => {
  const [delimiter, list] = isList(argument) ? argument : []
  const pieces = work(at, list)
  const texts = isList(pieces) ? pieces.map(asText) : [undefined]
  return typeof delimiter === 'string' && texts.every((text) => text !== undefined)
    ? short(at, texts.join(clean(delimiter)), { 'Fn::Join': argument })
    : lost(at, { 'Fn::Join': argument })
}

/** A hole may hold the delimiter, so that a text with holes is not split. */
const splitText = (at: At, argument: unknown): unknown => {
  const [delimiter, text] = isList(argument) ? argument.map((item) => work(at, item)) : []
  const isClear =
    typeof delimiter === 'string' && delimiter !== '' && typeof text === 'string' && !hasHole(text)
  return isClear ? text.split(delimiter) : lost(at, { 'Fn::Split': argument })
}

const select = (at: At, argument: unknown): unknown => {
  const [index, list] = isList(argument) ? argument.map((item) => work(at, item)) : []
  const place = typeof index === 'string' && /^\d+$/.test(index) ? Number(index) : index
  const item = isList(list) && typeof place === 'number' ? list[place] : undefined
  return item ?? lost(at, { 'Fn::Select': argument })
}

const findInMap = (at: At, argument: unknown): unknown => {
  const [map, top, second, options] = isList(argument) ? argument.map((item) => work(at, item)) : []
  const fallback = isRecord(options) ? member(options, 'DefaultValue') : undefined
  if (typeof map !== 'string' || typeof top !== 'string' || typeof second !== 'string')
    return lost(at, { 'Fn::FindInMap': argument })
  const mapping = at.its.section('Mappings').get(map)
  const found = mapping === undefined ? undefined : field(second)(field(top)(mapping)).value
  const isClear = ![map, top, second].some(hasHole)
  return isClear
    ? (work(at, found) ?? fallback ?? lost(at, { 'Fn::FindInMap': argument }))
    : lost(at, { 'Fn::FindInMap': argument })
}

/** As JSON; what is not there is empty. */
const textOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value))

const toJsonString = (at: At, argument: unknown): unknown =>
  short(at, textOf(work(at, argument)), { 'Fn::ToJsonString': argument })

// ---- conditions ----

const choose = (at: At, argument: unknown): unknown => {
  const [condition, then, otherwise] = isList(argument) ? argument : []
  const truth = typeof condition === 'string' ? namedCondition(at, condition) : undefined
  if (truth !== undefined) return work(at, truth ? then : otherwise)
  const both = [work(at, then), work(at, otherwise)].map((value) => JSON.stringify(value))
  return both[0] === both[1] ? work(at, then) : lost(at, { 'Fn::If': argument })
}

const namedCondition = (at: At, name: string): boolean | undefined => {
  const written = at.its.section('Conditions').get(name)
  if (written === undefined || at.hops >= HOPS) return undefined
  const truth = at.its.once(`Condition ${name}`, undefined, () =>
    test({ ...at, hops: at.hops + 1 }, written.value),
  )
  return typeof truth === 'boolean' ? truth : undefined
}

const test = (at: At, value: unknown): boolean | undefined => {
  if (!isRecord(value)) return undefined
  const [only, ...others] = Object.entries(value)
  if (only === undefined || others.length > 0) return undefined
  const [name, argument] = only
  const list = isList(argument) ? argument : []
  switch (name) {
    case 'Condition':
      return typeof argument === 'string' ? namedCondition(at, argument) : undefined
    case 'Fn::Equals':
      return equal(at, list)
    case 'Fn::Not':
      return negated(list.length === 1 ? test(at, list[0]) : undefined)
    case 'Fn::And':
      return every(list.map((item) => test(at, item)))
    case 'Fn::Or':
      return negated(every(list.map((item) => negated(test(at, item)))))
    default:
      return undefined
  }
}

const negated = (truth: boolean | undefined): boolean | undefined =>
  truth === undefined ? undefined : !truth

const every = (truths: readonly (boolean | undefined)[]): boolean | undefined =>
  truths.includes(false) ? false : truths.includes(undefined) ? undefined : true

const equal = (at: At, [left, right]: readonly unknown[]): boolean | undefined => {
  const [a, b] = [asText(work(at, left)), asText(work(at, right))]
  if (a === undefined || b === undefined) return undefined
  return hasHole(a) || hasHole(b) ? (a === b ? true : undefined) : a === b
}

const functions: ReadonlyMap<string, (at: At, argument: unknown) => unknown> = new Map([
  ['Ref', ref],
  ['Fn::GetAtt', getAtt],
  ['Fn::ImportValue', importValue],
  ['Fn::Sub', sub],
  ['Fn::Join', join],
  ['Fn::Split', splitText],
  ['Fn::Select', select],
  ['Fn::FindInMap', findInMap],
  ['Fn::ToJsonString', toJsonString],
  ['Fn::If', choose],
])
