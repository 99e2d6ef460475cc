/**
 * What must hold of every call, whatever it is given: it ends in a value, what it says is text, and the objects that all
 * programs share are as they were.
 */
import { inspect } from 'node:util'
import { draw, type Pools } from './Draw.js'
import { isArray, isRecord } from './shape.js'
import type { Targets } from './targets/index.js'

/** An input by its number, and what was wrong with what came of it. */
export interface Defect {
  readonly target: string
  readonly input: number
  readonly what: string
}

// ---- what all share ----

const shared: readonly object[] = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Map.prototype,
  Set.prototype,
  Promise.prototype,
  RegExp.prototype,
  Error.prototype,
  Object,
  Array,
  JSON,
  globalThis,
]

const members = (): readonly number[] => shared.map((one) => Reflect.ownKeys(one).length)

const before = members()

const isPolluted = (): boolean =>
  Reflect.get({}, 'polluted') !== undefined || members().some((count, i) => count !== before[i])

// ---- what is returned ----

const isWord = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** An error that has a message or a code has one to read. */
const isTold = (error: unknown): boolean =>
  !isRecord(error) ||
  (!('code' in error) && !('message' in error)) ||
  (isWord(error['message']) && (!('code' in error) || isWord(error['code'])))

const isWell = (result: unknown): boolean => {
  if (!isRecord(result) || result['_tag'] !== 'Left') return true
  const { left } = result
  return isArray(left) ? left.length > 0 && left.every(isTold) : isTold(left)
}

/** The twins that throw do so with a plain error, never with one of the language's own. */
const isRefusal = (name: string, thrown: unknown): boolean =>
  /OrThrow$/.test(name) && thrown instanceof Error && thrown.name === 'Error' && thrown.message !== ''

const told = (thrown: unknown): string =>
  thrown instanceof Error
    ? `${thrown.name}: ${thrown.message}\n${thrown.stack ?? ''}`.slice(0, 1_500)
    : String(thrown)

const wrong = (target: string, call: () => unknown): string | undefined => {
  try {
    const result = call()
    const all = isArray(result) ? result : [result]
    if (!all.every(isWell)) return `refused without saying why: ${inspect(result).slice(0, 500)}`
  } catch (thrown) {
    if (!isRefusal(target, thrown)) return `threw ${told(thrown)}`
  }
  return isPolluted() ? 'changed what all programs share' : undefined
}

/** Runs one input: whose turn it is follows from its number. */
export const judge =
  (targets: Targets, from: Pools, seed: number) =>
  (input: number): Defect | undefined => {
    const names = Object.keys(targets)
    const target = names[input % names.length] ?? ''
    const call = targets[target]
    const what = call === undefined ? 'is no target' : wrong(target, () => call(draw(from, seed, input)))
    return what === undefined ? undefined : { target, input, what }
  }
