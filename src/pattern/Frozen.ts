/**
 * Values that nobody can change: what is exported as a constant, or handed out by a function that remembers it.
 *
 * @since 0.1.0
 */

/** What `own` has found to be frozen with all its members, or has made so. */
const immutable = new WeakSet() // local mutation: remembers what never changes again

/**
 * The same value, frozen with all its members. Functions stay as they are.
 *
 * **Cost** linear. Recursion is as deep as the value, which is one of the library's own, never a user's.
 *
 * @category constructors
 * @since 0.1.0
 */
export const deep = <A>(value: A): A => {
  const met = new Set<object>() // local mutation: what is frozen may have members that are not, so each is looked at
  const freeze = (part: unknown): void => {
    if (typeof part !== 'object' || part === null || immutable.has(part) || met.has(part)) return
    met.add(part)
    Object.freeze(part)
    Object.values(part).forEach(freeze)
  }
  freeze(value)
  return value
}

/** Model values have fewer levels; what lies deeper is none of theirs, and stays as it is. */
const LEVELS = 64

/** What has fewer parts is sooner looked through again than remembered. */
const MANY = 16

/**
 * An equal value that nobody can change: the value itself where it is frozen with all its members, or else a copy in
 * which such members are shared. What is given stays as it is. An instance of a class becomes a plain record of what can
 * be read of it now. What is neither list nor record, such as a `Map`, is left alone, and what holds it is copied every
 * time, since nobody knows what it will be later.
 *
 * Whoever remembers something about a value that a caller may have made asks for this first, and for `isData`.
 *
 * **Cost** linear; what is large and was found frozen is not looked through again.
 *
 * @category constructors
 * @since 0.1.0
 */
export const own = <A>(value: A): A => (fixed(value, MANY) >= 0 ? value : ownAll(value))

/** How many parts may still be looked at after these few, all frozen; negative where one is not, or where they are more. */
const fixed = (part: unknown, few: number): number => {
  if (typeof part !== 'object' || part === null) return few
  if (few === 0 || !Object.isFrozen(part)) return -1
  if (immutable.has(part)) return few - 1
  let left = few - 1 // local mutation: countdown
  if (isPlainRecord(part)) for (const name in part) left = left < 0 ? left : fixed(part[name], left)
  else if (Array.isArray(part)) for (let i = 0; left >= 0 && i < part.length; i++) left = fixed(part[i], left)
  else return -1
  return left
}

/** Asked member by member, which is much faster than by a list of them. */
const isPlainRecord = (part: object): part is Readonly<Record<string, unknown>> =>
  !Array.isArray(part) && isPlain(part)

const ownAll = <A>(value: A): A => {
  let isOpen = false // local mutation: whether a part was met that is no data, or too deep
  const met = new Map<object, unknown>() // local mutation: each is looked at once, though it stand in many places, or in itself
  const ownPart = (part: unknown, levels: number): unknown => {
    if (typeof part !== 'object' || part === null || immutable.has(part)) return part
    if (met.has(part)) return met.get(part)
    if (!isData(part) || levels === 0) {
      isOpen = true
      return part
    }
    const before = met.size
    met.set(part, part)
    const inside = (member: unknown): unknown => ownPart(member, levels - 1)
    const stays = (member: unknown): boolean => inside(member) === member && !isOpen
    const owned = Array.isArray(part) ? ownList(part, inside, stays) : ownRecord(part, inside, stays)
    met.set(part, owned)
    if (met.size - before > MANY && !isOpen) immutable.add(owned)
    return owned
  }
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the smart constructor of copies: equal values have one type
  return ownPart(value, LEVELS) as A
}

/**
 * Is it a list, a record, or an instance of a class that is one, and none of those that keep their content elsewhere?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isData = (value: object): boolean => {
  if (Array.isArray(value)) return true
  return isPlain(value) || Object.prototype.toString.call(value) === '[object Object]'
}

/** Plain records of other realms count too: their prototype is not this one's, but it has none of its own either. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null
}

type Inside = (member: unknown) => unknown
type Stays = (member: unknown) => boolean

const ownList = (list: readonly unknown[], inside: Inside, stays: Stays): readonly unknown[] =>
  Object.isFrozen(list) && list.every(stays) ? list : Object.freeze(list.map(inside))

const ownRecord = (record: object, inside: Inside, stays: Stays): object => {
  const isOfClass = !isPlain(record)
  const members = isOfClass ? readable(record) : Object.entries(record)
  return !isOfClass && Object.isFrozen(record) && members.every(([, member]) => stays(member))
    ? record
    : Object.freeze(Object.fromEntries(members.map(([name, member]) => [name, inside(member)])))
}

/** The members of an instance with those that it inherits, methods aside: what its getters give now, too. */
const readable = (instance: object): readonly (readonly [string, unknown])[] => {
  const inherited = classesOf(instance).flatMap((each) =>
    Object.entries(Object.getOwnPropertyDescriptors(each))
      .filter(([, its]) => its.enumerable === true || Object.hasOwn(its, 'get'))
      .map(([name]): readonly [string, unknown] => [name, Reflect.get(instance, name)]),
  )
  return [...inherited, ...Object.entries(instance)]
}

/** The prototypes of an instance, but for the one that all objects have. */
const classesOf = (instance: object): readonly object[] => {
  const classes: object[] = [] // local mutation: filled by the loop
  for (
    let each: unknown = Object.getPrototypeOf(instance);
    typeof each === 'object' && each !== null && Object.getPrototypeOf(each) !== null;
    each = Object.getPrototypeOf(each)
  )
    classes.push(each)
  return classes
}

/**
 * A set of which only the reading half exists. Freezing a `Set` does not keep anyone from adding to it.
 *
 * @category constructors
 * @since 0.1.0
 */
export const set = <A>(items: readonly A[]): ReadonlySet<A> => {
  const known: ReadonlySet<A> = new Set(items)
  const shown: ReadonlySet<A> = {
    size: known.size,
    has: (item) => known.has(item),
    forEach: (visit, self) => {
      known.forEach((item) => {
        visit.call(self, item, item, shown)
      })
    },
    entries: () => known.entries(),
    keys: () => known.keys(),
    values: () => known.values(),
    [Symbol.iterator]: () => known.values(),
  }
  return Object.freeze(shown)
}
