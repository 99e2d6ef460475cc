/** Values that cannot change, and attempts to change those that can. */

import * as O from 'fp-ts/lib/Option.js'

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Everything that can be reached by own members. */
export const reachable = (value: unknown): readonly object[] => {
  const seen = new Set<object>()
  const open: unknown[] = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (!isObject(next) || seen.has(next)) continue
    seen.add(next)
    for (const key of Reflect.ownKeys(next)) open.push(Reflect.get(next, key))
  }
  return [...seen]
}

export const deepFreeze = <A>(value: A): A => {
  for (const each of reachable(value)) Object.freeze(each)
  return value
}

const spoilOne = (one: object): void => {
  if (one instanceof Map || one instanceof Set) one.clear()
  for (const key of Reflect.ownKeys(one)) if (key !== 'length') Reflect.set(one, key, 'spoiled')
  Reflect.set(one, Array.isArray(one) ? one.length : 'spoiled', 'spoiled')
}

/** Data of this library's: not what belongs to fp-ts and io-ts, such as the one `None` that there is. */
const isOurs = (one: object): boolean => {
  const prototype: unknown = Reflect.getPrototypeOf(one)
  const isPlain = [Object.prototype, Array.prototype, Map.prototype, Set.prototype, null].some(
    (its) => its === prototype,
  )
  return isPlain && one !== O.none
}

/** Spoils whatever can be spoiled; what is frozen stays as it is. */
export const spoil = (value: unknown): void => {
  for (const each of reachable(value)) if (isOurs(each)) spoilOne(each)
}

/** What a program could still change in a value: objects of this library's that are not frozen. */
export const loose = (value: unknown): readonly object[] =>
  reachable(value).filter((each) => isOurs(each) && !Object.isFrozen(each))

/** Makes one object the same as another, member by member, in its own place. */
export const become = (one: object, other: object): void => {
  for (const key of Reflect.ownKeys(one)) if (key !== 'length') Reflect.deleteProperty(one, key)
  if (Array.isArray(one)) one.length = 0
  Object.assign(one, other)
}
