/** Values of any sort: data spoiled at a place or two, and objects that are more than data. */
import { memberNames } from './words.js'
import type { Random } from './random.js'
import { isArray, isRecord } from './shape.js'
import { anyText, edited } from './texts.js'

// ---- objects that are more than data ----

const boo = (): never => {
  throw new Error('boo')
}

class Holder {
  Version = '2012-10-17'
  readonly Statement = [this]
  get Effect(): string {
    return 'Allow'
  }
}

const cycle = (): object => {
  const round: Record<string, unknown> = { Statement: [], a: {} }
  round['Statement'] = [round]
  return round
}

const revoked = (target: object): object => {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

const everything = { enumerable: true, configurable: true, writable: true, value: 1 }

const endless = (): object =>
  new Proxy({}, { ownKeys: () => ['Statement'], getOwnPropertyDescriptor: () => everything, get: endless })

const named = (name: string, value: unknown): object =>
  Object.defineProperty({}, name, { value, enumerable: true, configurable: true, writable: true })

const shared = (levels: number): object => {
  let now: object = [1]
  for (let level = 0; level < levels; level++) now = [now, now]
  return now
}

const nested = (levels: number, wrap: (inner: unknown) => object): object => {
  let now: object = {}
  for (let level = 0; level < levels; level++) now = wrap(now)
  return now
}

const throwing = (trap: 'get' | 'ownKeys' | 'getOwnPropertyDescriptor' | 'getPrototypeOf' | 'has'): object =>
  new Proxy({ Statement: [], Effect: 'Allow' }, { [trap]: boo })

const primitives: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -0,
  1,
  -1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.MAX_SAFE_INTEGER,
  1e308,
  10n,
  Symbol('s'),
  Symbol.iterator,
]

const oddities: readonly (() => unknown)[] = [
  () => boo,
  () => new Date(Number.NaN),
  () => new Map([['Statement', []]]),
  () => new Set([1]),
  () => new Uint8Array(8),
  () => new Float64Array(3),
  () => new ArrayBuffer(8),
  () => new WeakMap(),
  () => new Error('boo'),
  () => /x/u,
  () => Promise.resolve(1),
  () => new Holder(),
  () => Holder,
  () => Object('text'),
  () => Object(1n),
  () => Object.create(null),
  () => Object.create({ Statement: [], Effect: 'Allow' }),
  () => Object.create(new Proxy({}, { get: boo })),
  cycle,
  () => revoked({}),
  () => revoked([]),
  endless,
  () => throwing('get'),
  () => throwing('ownKeys'),
  () => throwing('getOwnPropertyDescriptor'),
  () => throwing('getPrototypeOf'),
  () => throwing('has'),
  () => new Proxy([1], { get: boo }),
  () => new Proxy([1, 2], { get: (_, key) => (key === 'length' ? 1e9 : 0) }),
  () => new Proxy([1], { get: () => -1 }),
  () => new Proxy({}, { ownKeys: () => ['a', 'b'] }),
  () =>
    new Proxy({}, { ownKeys: () => ['Statement'], getOwnPropertyDescriptor: () => everything, get: () => 7 }),
  () => Object.defineProperty({}, 'Statement', { get: boo, enumerable: true }),
  () => ({ toJSON: boo, toString: boo, valueOf: boo, [Symbol.toPrimitive]: boo, Statement: 1 }),
  () => ({ toJSON: () => ({ Statement: [] }) }),
  () => ({ [Symbol.iterator]: boo, length: 3 }),
  () => ({ length: 1e9, 0: 'a' }),
  () => ({ then: boo }),
  () => named('__proto__', { polluted: true }),
  () =>
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as unknown,

  () => [, , 1],
  () => new Array(1_000),
  () => Object.assign([1], { extra: 1, polluted: true }),
  () => nested(70, (inner) => [inner]),
  () => nested(70, (inner) => ({ a: inner })),
  () => shared(12),
]

/** Each takes some milliseconds, so they are rare. */
const large: readonly (() => unknown)[] = [
  () => nested(10_000, (inner) => [inner]),
  () => nested(10_000, (inner) => ({ Statement: inner })),
  () => nested(10_000, (inner) => ({ 'Fn::Sub': inner })),
  () => shared(60),
  () => Array.from({ length: 100_000 }, () => ({})),
  () => new Array(3_000_000_000 >>> 1),
  () => Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`key${i}`, i])),
  () => 'x'.repeat(1_000_000),
  () => ({
    Statement: Array.from({ length: 20_000 }, () => ({ Effect: 'Allow', Action: 'ecr:*', Resource: '*' })),
  }),
]

const strange = (random: Random): unknown => {
  const way = random.int(1_000)
  if (way < 2) return random.pick(large)()
  if (way < 350) return random.pick(primitives)
  if (way < 650) return anyText(random)
  return random.pick(oddities)()
}

// ---- data, spoiled ----

/** All own members; a name such as `__proto__` is a name as any other. */
const withMember = (record: object, name: string, value: unknown): object =>
  Object.defineProperty({ ...record }, name, { value, enumerable: true, configurable: true, writable: true })

const without = (record: Readonly<Record<string, unknown>>, name: string): object =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))

const spoiledRecord = (random: Random, record: Readonly<Record<string, unknown>>): unknown => {
  const names = Object.keys(record)
  const name = names.length === 0 ? '' : random.pick(names)
  const way = random.int(10)
  if (way < 6 && names.length > 0) return withMember(record, name, spoiled(random, record[name]))
  if (way < 7) return withMember(record, random.pick(memberNames), strange(random))
  if (way < 8) return withMember(without(record, name), random.pick(memberNames), record[name])
  if (way < 9) return without(record, name)
  return withMember(record, name, [record[name], record[name]])
}

const spoiledList = (random: Random, items: readonly unknown[]): unknown => {
  const at = random.int(items.length + 1)
  const way = random.int(10)
  if (way < 6 && at < items.length) return items.map((item, i) => (i === at ? spoiled(random, item) : item))
  if (way < 8) return [...items.slice(0, at), strange(random), ...items.slice(at)]
  if (way < 9) return [...items, ...items]
  return items[at]
}

/** Longer lists, some of them without end, stay as they are. */
const LONGEST = 1_000

const inside = (random: Random, value: unknown): unknown => {
  if (isArray(value)) return value.length > LONGEST ? value : spoiledList(random, value)
  if (isRecord(value)) return spoiledRecord(random, value)
  return typeof value === 'string' && random.chance(0.6) ? edited(random, value) : strange(random)
}

const attempt = <A, B>(make: () => A, otherwise: B): A | B => {
  try {
    return make()
  } catch {
    return otherwise
  }
}

/** The value with something wrong at one place; what cannot be read stays as it is. */
export const spoiled = (random: Random, value: unknown): unknown =>
  random.chance(0.12) ? strange(random) : attempt(() => inside(random, value), value)

const spoiledOften = (random: Random, value: unknown): unknown => {
  let now = value
  for (let left = random.int(4); left > 0; left--) now = spoiled(random, now)
  return now
}

const MOST = 100_000

/** Undefined for what is no JSON, or has no end. */
const asText = (value: unknown): string | undefined => {
  let left = MOST
  const counted = (_: string, member: unknown): unknown => (left-- > 0 ? member : boo())
  return attempt(() => JSON.stringify(value, counted), undefined)
}

const opened = (random: Random): string =>
  random.pick(['[', '{"a":', '{"Statement":[', '"\\u', '[1,']).repeat(random.pick([3, 100, 10_000]))

const repeatedKey = (random: Random, text: string): string => {
  const name = random.pick(memberNames)
  return text.replace('{', `{${JSON.stringify(name)}:1,${JSON.stringify(name)}:{},`)
}

/** JSON text, or nearly. */
export const jsonText = (random: Random, examples: readonly unknown[]): string => {
  if (random.chance(0.02)) return opened(random)
  const text = asText(spoiledOften(random, random.pick(examples)))
  if (text === undefined) return anyText(random)
  const way = random.int(10)
  if (way < 4) return text
  if (way < 8) return edited(random, text)
  if (way < 9) return repeatedKey(random, text)
  return text.replace(/:\d+|:"/, `:${random.pick(['1e999', '-0', '9'.repeat(400), '01', '1.', 'NaN'])},"x":"`)
}

/** Anything: nearly right data, JSON text of it, or something else altogether. */
export const anyValue = (random: Random, examples: readonly unknown[]): unknown => {
  const way = random.int(10)
  if (way < 5) return spoiledOften(random, random.pick(examples))
  if (way < 8) return jsonText(random, examples)
  return strange(random)
}
