/**
 * Where the cases of a proof are told to be empty: elements of statements as boxes, each element that holds or fails
 * by itself, with the variables of which a case is supposed read as that case has them.
 *
 * Source: VA-1 to VA-11.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Condition, Operator, Principal, Variable } from '../model/index.js'
import { Bits, StringSet, type Budget } from '../pattern/index.js'
import type { Strength } from '../simulator/index.js'
import type { Box } from './Box.js'
import { boundable } from './boundary.js'
import * as callerText from './callerText.js'
import type { Ending } from './certificateSteps.js'
import { boxesOf, type Group } from './guards.js'
import { opaqueLetter, resourceTrait, traitOfTest, type Trait } from './opaque.js'
import { keepValues, literalBoxes, literalKey, type Element, type Literal } from './regionElement.js'
import { ofValue } from './remember.js'
import { resourceSet, testOf } from './statementSets.js'
import { open, type Closed, type Universe } from './Universe.js'
import { caseBox } from './variableCases.js'
import { variablePart, type Assignment } from './variables.js'
import { actionsOf, type World } from './World.js'

// ---- model ----

/**
 * An element that holds or fails, with how directly a Principal has to name the caller.
 *
 * @category model
 * @since 0.1.0
 */
export interface Part extends Literal {
  readonly atLeast: Strength.Strength
}

/**
 * What all spaces of one certificate share: the parts it speaks of, either way round, the requests there are, the keys,
 * folded, that may have lists and those of which nothing but the texts of tests is to be used, and the steps left.
 *
 * @category model
 * @since 0.1.0
 */
export interface Ground {
  readonly parts: readonly Part[]
  readonly world: World
  readonly listed: ReadonlySet<string>
  readonly unread: ReadonlySet<string>
  readonly counter: Budget.Counter
}

/**
 * What a case supposes beside parts: of keys of variables how many values they have, and in a typed world which actions
 * are asked for.
 *
 * @category model
 * @since 0.1.0
 */
export interface Known {
  readonly assignment: Assignment
  readonly group: Group | undefined
}

/**
 * Why nothing is as all of these parts say; undefined where something may be.
 *
 * @category model
 * @since 0.1.0
 */
export type Refute = (path: readonly Part[]) => Ending | undefined

/**
 * `isSound`, to be asked in the end, is false when a key's classes could not all be told, so that nothing is refuted.
 *
 * @category model
 * @since 0.1.0
 */
export interface Space {
  readonly refute: Refute
  readonly isSound: () => boolean
}

// ---- parts ----

/**
 * The other way round.
 *
 * @category combinators
 * @since 0.1.0
 */
export const turned: (part: Part) => Part = ofValue((part) => ({ ...part, holds: !part.holds }))

/**
 * The name of an element, as certificates have it.
 *
 * @category destructors
 * @since 0.1.0
 */
export const nameOf = (element: Element): string => {
  switch (element._tag) {
    case 'Attached':
      return 'Resource'
    case 'Spared':
      return 'Principal'
    case 'Condition':
      return `${Operator.show(element.condition.operator)} ${element.condition.key}`
    case 'Action':
    case 'Resource':
    case 'Principal':
      return element._tag
  }
}

const templatesIn = (element: Element): readonly string[] => {
  if (element._tag === 'Resource')
    return element.patterns.some((pattern) => pattern === '*') ? [] : element.patterns // beside `*` no other counts
  if (element._tag !== 'Condition') return []
  const { type } = Operator.operators[element.condition.operator.name].comparison
  return type === 'String' || type === 'Arn' ? element.condition.values : [] // VA-2
}

/**
 * The keys, folded, of the variables in an element.
 *
 * @category destructors
 * @since 0.1.0
 */
export const variablesIn: (element: Element) => readonly string[] = ofValue((element) => {
  const version = element._tag === 'Resource' || element._tag === 'Condition' ? element.version : undefined
  const partOf = element._tag === 'Resource' ? variablePart : (text: string) => text
  return templatesIn(element).flatMap((text) => {
    const template = Variable.parse(version)(partOf(text))
    return E.isLeft(template)
      ? []
      : template.right.flatMap((piece) => (piece._tag === 'Variable' ? [Condition.foldKey(piece.key)] : []))
  })
})

/** Name and values: two elements with variables are the same sets, whatever their values, when this is the same. */
const textOf = (element: Element): string =>
  JSON.stringify([nameOf(element), ...Array.from(new Set(templatesIn(element)))])

/** The thing that an element speaks of; a part of one may contradict parts of the same only. */
const subjectOf = (element: Element): string =>
  element._tag === 'Condition' ? subjectOfKey(Condition.foldKey(element.condition.key)) : nameOf(element)

const subjectOfKey = (key: string): string => {
  if (callerText.isDerived(key)) return 'Principal'
  return key === 'aws:resourceaccount' ? 'Resource' : key
}

/**
 * Does a key (folded) follow from the caller or the resource?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isFollowing = (key: string): boolean => subjectOfKey(key) !== key

// ---- letters ----

const lookupOf =
  (assignment: Assignment): Variable.Lookup =>
  (key) => {
    const folded = Condition.foldKey(key)
    const found = assignment.get(folded)
    if (found?._tag === 'Value') return found
    if (found?._tag !== 'Opaque') return { _tag: found?._tag ?? 'Missing' }
    return { _tag: 'Value', value: opaqueLetter(Array.from(assignment.keys()).indexOf(folded)) }
  }

/**
 * The element, or more: an ARN's parts are told apart with the values of variables in place (CO-R2), so that a letter
 * hides where they end. Read as one text it has at least what it has for any value.
 */
const loosened = (element: Element): Element => {
  if (element._tag !== 'Condition' || !isArn(element.condition)) return element
  const { condition } = element
  const name = Operator.operators[condition.operator.name].negated ? 'StringNotLike' : 'StringLike'
  return { ...element, condition: { ...condition, operator: { ...condition.operator, name } } }
}

const isArn = ({ operator }: Condition.Condition): boolean =>
  Operator.operators[operator.name].comparison.type === 'Arn'

const traitOf = (element: Element, lookup: Variable.Lookup): Trait | undefined => {
  if (element._tag === 'Resource') {
    const [first, ...rest] = element.patterns
    return first === undefined
      ? undefined
      : resourceTrait(resourceSet(element.version, lookup)({ _tag: 'Resource', patterns: [first, ...rest] }))
  }
  return element._tag === 'Condition'
    ? traitOfTest(testOf(element.version, lookup)(element.condition))
    : undefined
}

/** Keys that follow from caller or resource do so from several fields, to which a letter cannot be carried back. */
const takesLetters = (element: Element): boolean =>
  element._tag === 'Resource' ||
  (element._tag === 'Condition' && !isFollowing(Condition.foldKey(element.condition.key)))

/** A part that holds of what a letter stands for exactly when it holds of the letter, or then at least. */
const asDriver = ({ element, holds }: Part, lookup: Variable.Lookup): Literal | undefined => {
  if (!holds || !takesLetters(element)) return undefined
  const loose = loosened(element)
  const trait = traitOf(loose, lookup)
  return trait?.opaque === true && trait.positive && trait.faithful
    ? { element: loose, holds: true }
    : undefined
}

/** A part that fails, as far as it fails of what a letter stands for whenever it fails of the letter. */
const asLimit = ({ element, holds }: Part, lookup: Variable.Lookup): Literal | undefined => {
  if (holds || !takesLetters(element)) return undefined
  if (element._tag !== 'Resource') {
    const trait = traitOf(element, lookup)
    return trait?.positive === true && trait.blind ? { element, holds } : undefined
  }
  const blind = keepValues(
    (place) => traitOf(keepValues((other) => other === place)(element), lookup)?.blind === true,
  )(element)
  return { element: blind, holds }
}

// ---- boxes ----

/** How a part counts: as it is; where letters are, as what is looked into, or as what is cut out of that. */
interface Forms {
  readonly plain: readonly Box[] | undefined
  readonly driver: readonly Box[] | undefined
  readonly limit: readonly Box[] | undefined
}

/** The callers whom the entries name as directly as that; or whom a Deny with NotPrincipal spares. */
const callersOf = ({ element, atLeast }: Part, boundary: boolean): StringSet.StringSet | undefined => {
  if (element._tag !== 'Principal' && element._tag !== 'Spared') return undefined
  const [first, ...rest] = element.principals
  if (first === undefined) return undefined
  const principals = Principal.list([first, ...rest])
  const options = { boundary, accountMeansRoot: false }
  return element._tag === 'Principal'
    ? callerText.clauseSet({ _tag: 'Principal', principals }, 'Allow', atLeast, options)
    : StringSet.negate(callerText.clauseSet({ _tag: 'NotPrincipal', principals }, 'Deny', atLeast, options))
}

const formsIn = (universe: Universe, assignment: Assignment, boundary: boolean) => {
  const lookup = lookupOf(assignment)
  const boxes = literalBoxes(universe, lookup)
  const hasLetters = Array.from(assignment.values()).some(({ _tag }) => _tag === 'Opaque')
  return (part: Part): Forms => {
    const callers = callersOf(part, boundary)
    const cases = variablesIn(part.element).map((key) => assignment.get(key)?._tag)
    const isRead = cases.every((each) => each !== undefined && each !== 'Opaque')
    const isLettered = hasLetters && cases.every((each) => each !== undefined)
    const [driver, limit] = isLettered ? [asDriver(part, lookup), asLimit(part, lookup)] : []
    return {
      plain:
        callers !== undefined
          ? [universe.callers(part.holds ? callers : StringSet.negate(callers))]
          : isRead
            ? boxes(part)
            : undefined,
      driver: driver && boxes(driver),
      limit: limit && boxes(limit),
    }
  }
}

// ---- refutation ----

/** Every way to take one from each. */
const choicesOf = (lists: readonly (readonly Box[])[]): readonly (readonly Box[])[] =>
  lists.reduce<readonly (readonly Box[])[]>(
    (found, each) =>
      each.length === 1
        ? found.map((taken) => [...taken, ...each])
        : found.flatMap((taken) => each.map((box) => [...taken, box])),
    [[]],
  )

/** Is there a value in all of these boxes, which are of one dimension? Where it cannot be told, yes. */
const inhabitedIn = (closed: Closed, counter: Budget.Counter): ((boxes: readonly Box[]) => boolean) => {
  const known = new Map<string, boolean>() // local mutation: the same few are asked over and over
  const within = (dimension: number, sets: readonly number[]): boolean => {
    const must = Array.from(new Set(sets)).sort((a, b) => a - b)
    const key = `${dimension}/${must.join()}`
    const before = known.get(key)
    if (before !== undefined) return before
    const found = closed.dimensions[dimension]?.search(
      { must, live: Bits.empty, prune: () => false, visit: () => true },
      counter,
    )
    const answer = found === undefined || E.isLeft(found) || found.right
    known.set(key, answer)
    return answer
  }
  return (boxes) => {
    const sets = boxes.flatMap((box) => Array.from(box.sets))
    return Array.from(new Set(sets.map(([dimension]) => dimension))).every((dimension) =>
      within(
        dimension,
        sets.flatMap(([other, each]) => (other === dimension ? each : [])),
      ),
    )
  }
}

/** The keys, folded, that are tested. */
const keysOf = ofValue((parts: readonly Part[]): readonly string[] =>
  Array.from(
    new Set(
      parts.flatMap(({ element }) =>
        element._tag === 'Condition' ? [Condition.foldKey(element.condition.key)] : [],
      ),
    ),
  ),
)

/**
 * The space of one case of the variables, for callers with or without a permissions boundary. Of a variable that has no
 * case nothing is supposed, and texts with it count as texts alone.
 *
 * @category constructors
 * @since 0.1.0
 */
export const spaceOf = (
  { parts, world, listed, unread, counter }: Ground,
  { assignment, group }: Known,
  boundary: boolean,
): Space | undefined => {
  const universe = open()
  const formsOf = formsIn(universe, assignment, boundary)
  const forms = new Map(
    parts
      .filter(
        ({ element }) =>
          element._tag !== 'Condition' || !unread.has(Condition.foldKey(element.condition.key)),
      )
      .flatMap((part) => [part, turned(part)])
      .map((part) => [literalKey(part), formsOf(part)] as const),
  )
  const given: readonly (readonly [string, Box])[] = [
    ...Array.from(assignment, ([key, each]) => [subjectOfKey(key), caseBox(universe, key, each)] as const),
    ...(boundary ? [['Principal', universe.callers(boundable)] as const] : []),
    ...(group === undefined ? [] : boxesOf(group, universe, keysOf(parts))),
  ]
  const closed = universe.close({ actions: actionsOf(world), listed }, counter)
  if (E.isLeft(closed)) return undefined
  const inhabited = inhabitedIn(closed.right, counter)
  const form = (part: Part): Forms | undefined => forms.get(literalKey(part))
  const isEmpty = (boxes: readonly (readonly Box[])[]): boolean => !choicesOf(boxes).some(inhabited)
  const emptyAt = (subject: string, own: readonly Part[]): Ending | undefined => {
    const plain = own.flatMap((part) => asList(form(part)?.plain))
    const around = given.flatMap(([of, box]) => (of === subject ? [[box]] : []))
    if (isEmpty([...around, ...plain])) return { _tag: 'Empty', subject }
    const limits = own.flatMap((part) => asList(form(part)?.limit))
    const driver = own.find((part) => asList(form(part)?.driver).some((boxes) => isEmpty([boxes, ...limits])))
    return driver && { _tag: 'Letter', subject, text: textOf(driver.element) }
  }
  return {
    refute: refuteBy(emptyAt, new Set(given.map(([subject]) => subject))),
    isSound: closed.right.searchedComplete,
  }
}

const asList = <A>(value: A | undefined): readonly A[] => (value === undefined ? [] : [value])

const refuteBy =
  (emptyAt: (subject: string, own: readonly Part[]) => Ending | undefined, given: Iterable<string>): Refute =>
  (path) => {
    const contrary = contraryIn(path)
    if (contrary !== undefined) return { _tag: 'Contrary', text: textOf(contrary.element) }
    const bySubject = new Map<string, Part[]>(Array.from(given, (subject) => [subject, []])) // local mutation: sorted into
    for (const part of path) {
      const subject = subjectOf(part.element)
      const own = bySubject.get(subject)
      if (own === undefined) bySubject.set(subject, [part])
      else own.push(part)
    }
    for (const [subject, own] of bySubject) {
      const ending = emptyAt(subject, own)
      if (ending !== undefined) return ending
    }
    return undefined
  }

/** Elements that stand in the policy as they do in a certificate. */
const isByText = ({ _tag }: Element): boolean => _tag === 'Resource' || _tag === 'Condition'

/** An element that is supposed both to hold and to fail: told by its text, whatever it means. */
const contraryIn = (path: readonly Part[]): Part | undefined => {
  const supposed = new Set(path.map(literalKey))
  return path.find((part) => isByText(part.element) && supposed.has(literalKey(turned(part))))
}
