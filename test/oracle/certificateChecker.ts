/**
 * Oracle, part 6: certificates (see `src/algebra/certificate.ts`) that "left is no broader than right", or that each may
 * stand for the other, checked without any code of `src/`. Elements are read from the policies' JSON as languages over
 * words for actions, resources and callers, and as sets of values for context keys. What is checked: every claim is
 * there, cases split in two (or, of a variable, in three), a covering statement's elements are all supposed, and where a
 * case is said to be empty, it is. What cannot be checked is refused with an error that begins `cannot check`.
 */
import {
  holdsOf,
  isNegated,
  isText,
  keyExists,
  letterExists,
  testOf,
  type Case,
  type Test,
} from './certificateCheckerKeys.js'
import * as Words from './certificateCheckerWords.js'
import type { Lang, Reading, Supposed } from './certificateCheckerWords.js'
import type { Strength } from './principals.js'
import { asList, type PolicyJson, type StatementJson } from './statements.js'

const { CUT, field, glob, having, hasWord, inField, none, or, rest, seq, star, valueLang } = Words

// ---- certificates ----

/** A statement: of one of two documents, or of one of the policies of two environments. */
export type On = {
  readonly of: 'left' | 'right'
  readonly policy?: {
    readonly type: string
    readonly level: number
    readonly document: number
    readonly atLeast: Strength
  }
  readonly statement: number
}
type StepJson =
  | {
      readonly _tag: 'Split'
      readonly on: On
      readonly element: string
      readonly holds: number
      readonly fails: number
    }
  | {
      readonly _tag: 'Cases'
      readonly key: string
      readonly missing: number
      readonly value: number
      readonly several: number
    }
  | {
      readonly _tag: 'Types'
      readonly cases: readonly { readonly actions: readonly string[]; readonly next: number }[]
    }
  | { readonly _tag: 'Covered'; readonly by: On }
  | { readonly _tag: 'Empty'; readonly subject: string }
  | { readonly _tag: 'Contrary'; readonly text: string }
  | { readonly _tag: 'Letter'; readonly subject: string; readonly text: string }
export type Claim = {
  readonly inside: readonly On[]
  readonly outside: readonly On[]
  readonly atLeast: Strength
  readonly boundary: boolean
}
export type ProofJson = Claim & { readonly steps: readonly StepJson[] }
export type CertificateJson = {
  readonly claim: string
  readonly world: string
  readonly proofs: readonly ProofJson[]
}

// ---- worlds ----

/** What an action takes; one of a catalogue, of which only the name is known, takes anything. */
export type ActionJson = {
  readonly action: string
  readonly resources?: readonly string[]
  readonly keys?: readonly string[]
}

/** The list that a certificate's world stands for. */
export type WorldJson = { readonly name: string; readonly actions: readonly ActionJson[] }

const folded = (texts: readonly string[]): readonly string[] => texts.map((each) => each.toLowerCase())

const sameTypes = (one: ActionJson, other: ActionJson): boolean =>
  JSON.stringify([one.resources, one.keys]) === JSON.stringify([other.resources, other.keys])

/** Of the global keys those of tags have to be listed. */
const takesKey = ({ keys = [] }: ActionJson, key: string): boolean =>
  (key.startsWith('aws:') && !/^aws:(requesttag\/|resourcetag\/|tagkeys)/.test(key)) ||
  folded(keys).some((each) =>
    each.includes('${') ? key.startsWith(each.split('${')[0] ?? '') : each === key,
  )

/** `*` is the request without a resource here, and no pattern. */
const takenResources = ({ resources = [] }: ActionJson): Lang =>
  or(
    ...resources.map((pattern) =>
      pattern === '*'
        ? seq('*', CUT, rest)
        : Words.resourcePattern({ version: undefined, lookup: () => undefined })(pattern),
    ),
  )

/** The cases of a `Types` step, once it is plain that they are all there are, and each of one type. */
const typesOf = (
  { actions }: WorldJson,
  cases: readonly { readonly actions: readonly string[]; readonly next: number }[],
) => {
  const named = new Set(cases.flatMap((each) => each.actions))
  if (actions.some(({ action, keys, resources }) => !named.has(action.toLowerCase()) || !keys || !resources))
    throw new Error('an action is in no case')
  return cases.map((each) => {
    const own = actions.filter(({ action }) => each.actions.includes(action.toLowerCase()))
    const [first] = own
    if (first === undefined || !own.every((other) => sameTypes(first, other)))
      throw new Error('actions of several types in one case')
    return { next: each.next, sort: { actions: own, takes: first } }
  })
}

// ---- elements ----

/** All policies that are compared, and which of them a statement stands in. */
export type Policies = {
  readonly all: readonly PolicyJson[]
  readonly holding: (on: On) => PolicyJson | undefined
}

/** The policies, as one proof reads them in one case of the variables. */
type Scene = Policies & {
  readonly atLeast: Strength
  readonly boundary: boolean
  readonly cases: ReadonlyMap<string, Case>
  readonly world: WorldJson | undefined
  /** Of a case of types: the actions that are asked for, and what they take. */
  readonly sort?: { readonly actions: readonly ActionJson[]; readonly takes: ActionJson }
}

type Supposition = { readonly on: On; readonly element: string; readonly holds: boolean }

const statementAt = ({ holding }: Policies, on: On): StatementJson => {
  const found = asList(holding(on)?.Statement)[on.statement]
  if (found === undefined) throw new Error('no such statement')
  return found
}

/** A variable is missing, or has two values, or one, which is a letter; of one without a case nothing may be asked. */
const readingOf = (scene: Scene, version: string | undefined): Reading => ({
  version,
  lookup: (key) => {
    const known = scene.cases.get(key.toLowerCase())
    if (known === undefined || known === 'missing') return undefined
    return known === 'several'
      ? ['a', 'b']
      : [Words.letterOf([...scene.cases.keys()].indexOf(key.toLowerCase()))]
  },
})

const versionAt = ({ holding }: Policies, on: On): string | undefined => holding(on)?.Version

const testsOf = (scene: Scene, { Condition }: StatementJson, version: string | undefined): readonly Test[] =>
  Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) =>
      testOf(operator, key, asList(values).map(String), readingOf(scene, version)),
    ),
  )

const testsIn = (scene: Scene, on: On): readonly Test[] =>
  testsOf(scene, statementAt(scene, on), versionAt(scene, on))

/** How directly an Allow has to name the caller. */
const strengthAt = ({ atLeast }: Scene, { policy }: On): Strength => policy?.atLeast ?? atLeast

const elementName = ({ operator, key }: Test): string => `${operator} ${key}`

const elementsOf = (scene: Scene, on: On): readonly string[] => {
  const s = statementAt(scene, on)
  const hasPrincipal = s.Principal !== undefined || s.NotPrincipal !== undefined
  return [
    'Action',
    'Resource',
    ...(hasPrincipal ? ['Principal'] : []),
    ...testsIn(scene, on).map(elementName),
  ]
}

const testAt = (scene: Scene, { on, element }: Supposition): Test => {
  const found = testsIn(scene, on).find((test) => elementName(test) === element)
  if (found === undefined) throw new Error(`no such element: ${element}`)
  return found
}

const isCondition = ({ element }: Supposition): boolean =>
  !['Action', 'Resource', 'Principal'].includes(element)

const subjectOfKey = (key: string): string =>
  Words.derivedOfCaller.includes(key) ? 'Principal' : key === 'aws:resourceaccount' ? 'Resource' : key

const subjectOf = (scene: Scene, each: Supposition): string =>
  isCondition(each) ? subjectOfKey(testAt(scene, each).key.toLowerCase()) : each.element

// ---- texts and variables ----

/** The texts in which variables may stand: VA-2. */
const templatesOf = (scene: Scene, each: Supposition): readonly string[] => {
  const { Resource, NotResource } = statementAt(scene, each.on)
  if (each.element === 'Resource') {
    const patterns = asList(Resource ?? NotResource)
    return patterns.includes('*') ? [] : patterns // beside `*` no other counts
  }
  if (!isCondition(each)) return []
  const { base, values } = testAt(scene, each)
  return isText(base) ? values : []
}

/** The keys, folded, of the variables in an element; none in a version without variables (VA-6), nor before the fifth colon (VA-1). */
const variablesOf = (scene: Scene, each: Supposition): readonly string[] =>
  versionAt(scene, each.on) !== '2012-10-17'
    ? []
    : templatesOf(scene, each).flatMap((text) =>
        [
          ...(each.element === 'Resource' ? text.split(':').slice(5).join(':') : text).matchAll(
            /\$\{([^{}\s,']+)/g,
          ),
        ].flatMap(([, key = '']) => (['*', '?', '$'].includes(key) ? [] : [key.toLowerCase()])),
      )

const casesOf = (scene: Scene, each: Supposition): readonly (Case | undefined)[] =>
  variablesOf(scene, each).map((key) => scene.cases.get(key))

/** Is nothing left open by a variable's value? */
const isRead = (scene: Scene, each: Supposition): boolean =>
  casesOf(scene, each).every((known) => known === 'missing' || known === 'several')

const isLettered = (scene: Scene, each: Supposition): boolean =>
  casesOf(scene, each).every((known) => known !== undefined)

const nameWithValues = (scene: Scene, each: Supposition): string =>
  JSON.stringify([each.element, ...new Set(templatesOf(scene, each))])

/**
 * What an element is, in words, and whether the supposition is that it is so. Elements of the same words are the same,
 * whichever statement they stand in, and `NotAction` holds where `Action` fails; principals depend on the effect, too.
 */
const signOf = (scene: Scene, each: Supposition): { readonly words: string; readonly isSo: boolean } => {
  const { on, element, holds } = each
  const s = statementAt(scene, on)
  const hasVariables = variablesOf(scene, each).length > 0
  const sign = (kind: string, values: readonly unknown[], isPositive: boolean) => ({
    words: JSON.stringify([kind, values, hasVariables]),
    isSo: isPositive === holds,
  })
  if (element === 'Action') return sign(element, asList(s.Action ?? s.NotAction), s.Action !== undefined)
  if (element === 'Resource')
    return sign(element, asList(s.Resource ?? s.NotResource), s.NotResource === undefined)
  if (element === 'Principal') {
    const listed = s.Principal ?? s.NotPrincipal ?? '*'
    const entries = Object.entries(listed === '*' ? { AWS: ['*'] } : listed)
    const names = entries
      .flatMap(([type, values]) => asList(values).map((value) => `${type} ${value}`))
      .sort()
    const how = s.Principal === undefined || s.Effect === 'Deny' ? 'Account' : strengthAt(scene, on)
    const kind = s.NotPrincipal !== undefined && s.Effect === 'Deny' ? 'spared' : `named ${how}`
    return sign(kind, names, s.Principal !== undefined)
  }
  return sign(element, testAt(scene, each).values, true)
}

// ---- elements as languages ----

/** A test of a key with one value at most; `present` has the key, `valued` has it with a listed value. */
const truthAsLang = (test: Test, present: Lang, valued: Lang): readonly Supposed[][] => {
  const missing = holdsOf(test, undefined)
  if (test.base === 'Null')
    return [
      ...(missing ? [[{ lang: present, holds: false }]] : []),
      ...(holdsOf(test, ['x']) ? [[{ lang: present, holds: true }]] : []),
    ]
  if (!isText(test.base)) throw new Error(`cannot check ${test.operator} on ${test.key}`)
  const found: Supposed[][] = [
    [
      { lang: present, holds: true },
      { lang: valued, holds: !isNegated(test.base) },
    ],
  ]
  if (test.values.length === 0) found.pop()
  return missing ? [...found, [{ lang: present, holds: false }]] : found
}

const within = ({ base, values, reading }: Test, one: Lang): Lang =>
  or(...values.map((value) => valueLang(base, value, reading, one)))

const kindsWhere = (holds: (value: string | undefined) => boolean, key: string): Lang =>
  or(
    ...Object.entries(Words.kindLangs).flatMap(([kind, lang]) =>
      holds(Words.constantOf(key)?.[kind]) ? [lang] : [],
    ),
  )

const onCaller = (test: Test): readonly Supposed[][] => {
  const key = test.key.toLowerCase()
  if (Words.constantOf(key) !== undefined)
    return [
      [
        {
          lang: kindsWhere((value) => holdsOf(test, value === undefined ? undefined : [value]), key),
          holds: true,
        },
      ],
    ]
  return truthAsLang(
    test,
    having(key, (one) => star(one)),
    having(key, (one) => within(test, one)),
  )
}

const ownerIs = (value: Lang): Lang =>
  or(seq(rest, CUT, 'o', value), seq('arn:', field, ':', field, ':', field, ':', value, ':', rest, CUT, 'a'))

const onOwner = (test: Test): readonly Supposed[][] =>
  truthAsLang(test, ownerIs(star(inField)), ownerIs(within(test, inField)))

/** An element as alternatives of conjunctions of languages. */
const asLangs = (scene: Scene, each: Supposition): readonly (readonly Supposed[])[] => {
  const { on, element } = each
  const s = statementAt(scene, on)
  const list = (positive: StatementJson['Action'], negative: typeof positive, of: (p: string) => Lang) => [
    [{ lang: or(...asList(positive ?? negative).map(of)), holds: positive !== undefined }],
  ]
  if (element === 'Action') return list(s.Action, s.NotAction, (p) => glob(p.toLowerCase()))
  if (element === 'Resource')
    return s.Resource === undefined && s.NotResource === undefined
      ? [[{ lang: seq('*', CUT, rest), holds: false }]]
      : list(s.Resource, s.NotResource, Words.resourcePattern(readingOf(scene, versionAt(scene, on))))
  if (element === 'Principal') {
    if (s.NotPrincipal === undefined)
      return [
        [
          {
            lang: Words.named(s.Principal ?? '*', s.Effect === 'Deny' ? 'Account' : strengthAt(scene, on)),
            holds: true,
          },
        ],
      ]
    if (s.Effect === 'Allow') return [[{ lang: Words.named(s.NotPrincipal, 'Account'), holds: false }]]
    const { lang, holds } = Words.spared(s.NotPrincipal, scene.boundary)
    return [[{ lang, holds: !holds }]]
  }
  const test = testAt(scene, each)
  return test.key.toLowerCase() === 'aws:resourceaccount' ? onOwner(test) : onCaller(test)
}

/** The complement of alternatives of conjunctions: one literal of each turned over. */
const complement = (ways: readonly (readonly Supposed[])[]): readonly (readonly Supposed[])[] =>
  ways.reduce<readonly (readonly Supposed[])[]>(
    (done, way) => done.flatMap((each) => way.map(({ lang, holds }) => [...each, { lang, holds: !holds }])),
    [[]],
  )

/** The words for which a variable is as its case has it. */
const caseLang = (key: string, known: Case): Supposed => {
  if (known === 'several') return { lang: none, holds: true }
  const isConstant = Words.constantOf(key) !== undefined
  const present = isConstant
    ? kindsWhere((value) => value !== undefined, key)
    : key === 'aws:resourceaccount'
      ? ownerIs(star(inField))
      : having(key, (one) => star(one))
  return { lang: present, holds: known === 'value' }
}

const boundable = or(Words.kinds.user(), Words.kinds.role(), Words.kinds.fed())

const universeOf = (scene: Scene, subject: string): readonly Supposed[] | undefined => {
  const listed = scene.sort?.actions ?? scene.world?.actions
  const actions =
    listed === undefined ? Words.actions : or(...folded(listed.map(({ action }) => action)).map(Words.text))
  const universe = new Map([
    ['Action', actions],
    ['Resource', Words.resources],
    ['Principal', Words.callers],
  ]).get(subject) // a key may be called `constructor`
  if (universe === undefined) return undefined
  const taken =
    scene.sort !== undefined && subject === 'Resource'
      ? [{ lang: takenResources(scene.sort.takes), holds: true }]
      : []
  const cases = [...scene.cases].flatMap(([key, known]) =>
    subjectOfKey(key) === subject ? [caseLang(key, known)] : [],
  )
  const bound = scene.boundary && subject === 'Principal' ? [{ lang: boundable, holds: true }] : []
  return [{ lang: universe, holds: true }, ...taken, ...bound, ...cases]
}

// ---- what is empty ----

const MULTIVALUED =
  /^aws:(calledvia|principalorgpaths|principalservicenameslist|resourceorgpaths|sourceorgpaths|tagkeys|vpceorgpaths)$/

/** U-30. */
const hasLists = (scene: Scene, key: string): boolean =>
  MULTIVALUED.test(key) ||
  scene.all.some(({ Statement, Version }) =>
    asList(Statement).some((s) =>
      testsOf(scene, s, Version).some(
        (test) => test.key.toLowerCase() === key && test.qualifier !== undefined,
      ),
    ),
  )

const isEmpty = (scene: Scene, subject: string, path: readonly Supposition[]): boolean => {
  const own = path.filter((each) => subjectOf(scene, each) === subject && isRead(scene, each))
  const universe = universeOf(scene, subject)
  if (universe === undefined) {
    const tests = own.map((each) => ({ test: testAt(scene, each), holds: each.holds }))
    const known = scene.cases.get(subject)
    const supposed: readonly Case[] =
      known === undefined
        ? ['missing', 'value', 'several']
        : known === 'value'
          ? ['value', 'several']
          : [known]
    const isTaken = scene.sort === undefined || takesKey(scene.sort.takes, subject)
    const only = supposed.filter((each) => isTaken || each === 'missing')
    return !keyExists(tests, hasLists(scene, subject), only)
  }
  const ways = own.map((each) => (each.holds ? asLangs(scene, each) : complement(asLangs(scene, each))))
  const all = ways.reduce<readonly (readonly Supposed[])[]>(
    (done, way) => done.flatMap((each) => way.map((more) => [...each, ...more])),
    [universe],
  )
  return !all.some(hasWord)
}

/** Certificates' side conditions: see `Letter` there. Dropping what does not meet them leaves more, never less. */
const isEmptyByLetter = (
  scene: Scene,
  { subject, text }: { readonly subject: string; readonly text: string },
  path: readonly Supposition[],
): boolean => {
  const own = path.filter((each) => isLettered(scene, each) && subjectOf(scene, each) === subject)
  const isSo = (each: Supposition): boolean => signOf(scene, each).isSo
  const driver = own.find((each) => isSo(each) && nameWithValues(scene, each) === text)
  if (driver === undefined) throw new Error(`${text} is not supposed`)
  if (subject !== 'Resource') {
    if (universeOf(scene, subject) !== undefined) return false
    const others = own.map((each) => ({ test: testAt(scene, each), holds: each.holds }))
    return !letterExists(testAt(scene, driver), others)
  }
  if (driver.element !== 'Resource') return false
  const patternsOf = ({ on }: Supposition): readonly string[] => {
    const { Resource, NotResource } = statementAt(scene, on)
    return asList(Resource ?? NotResource)
  }
  const langOf = (each: Supposition, counts: (pattern: string, reading: Reading) => boolean): Lang => {
    const reading = readingOf(scene, versionAt(scene, each.on))
    const patterns = patternsOf(each).filter((pattern) => counts(pattern, reading))
    return or(...patterns.map(Words.resourcePattern(reading)))
  }
  const limits = own.filter(
    (each) => each.element === 'Resource' && !isSo(each) && patternsOf(each).length > 0,
  )
  return !hasWord([
    { lang: Words.resources, holds: true },
    { lang: langOf(driver, () => true), holds: true },
    ...limits.map((each) => ({ lang: langOf(each, Words.isBlindResource), holds: false })),
  ])
}

// ---- proofs ----

const nameOf = ({ of, policy, statement }: On): string =>
  `${of} ${policy === undefined ? '' : JSON.stringify(policy)} ${statement}`

type State = { readonly at: number; readonly path: readonly Supposition[]; readonly scene: Scene }

const isContrary = (scene: Scene, text: string, path: readonly Supposition[]): boolean => {
  const signs = path.filter((each) => nameWithValues(scene, each) === text).map((each) => signOf(scene, each))
  return signs.some(({ words, isSo }) => isSo && signs.some((other) => other.words === words && !other.isSo))
}

const checkCovered = ({ scene, path }: State, by: On, outside: readonly On[]): void => {
  if (!outside.some((on) => nameOf(on) === nameOf(by))) throw new Error('covers nothing')
  const key = (each: Supposition): string => JSON.stringify(signOf(scene, each))
  const supposed = new Set(path.map(key))
  const missing = elementsOf(scene, by).find(
    (element) => !supposed.has(key({ on: by, element, holds: true })),
  )
  if (missing !== undefined) throw new Error(`${missing} is not supposed`)
}

/** What is left to check after a step. */
const after = (state: State, step: StepJson, { outside }: ProofJson): readonly State[] => {
  const { scene, path } = state
  const refuse = (why: string): never => {
    throw new Error(why)
  }
  switch (step._tag) {
    case 'Split': {
      const { on, element } = step
      if (!elementsOf(scene, on).includes(element)) return refuse(`no such element: ${element}`)
      return [true, false].map((holds) => ({
        scene,
        at: holds ? step.holds : step.fails,
        path: [...path, { on, element, holds }],
      }))
    }
    case 'Cases':
      if (scene.cases.has(step.key) || step.key !== step.key.toLowerCase()) return refuse('no new case')
      return (['missing', 'value', 'several'] as const).map((known) => ({
        path,
        at: step[known],
        scene: { ...scene, cases: new Map([...scene.cases, [step.key, known]]) },
      }))
    case 'Types': {
      const { world } = scene
      if (world === undefined || scene.sort !== undefined) return refuse('no new types')
      return typesOf(world, step.cases).map(({ next, sort }) => ({
        path,
        at: next,
        scene: { ...scene, sort },
      }))
    }
    case 'Empty':
      return isEmpty(scene, step.subject, path) ? [] : refuse(`${step.subject} is not empty`)
    case 'Letter':
      return isEmptyByLetter(scene, step, path) ? [] : refuse(`${step.subject} is not empty for every value`)
    case 'Contrary':
      return isContrary(scene, step.text, path) ? [] : refuse(`${step.text} does not contradict itself`)
    case 'Covered':
      checkCovered(state, step.by, outside)
      return []
  }
}

/** Throws, with the place, unless the proof proves that what is in all of `inside` is in one of `outside`. */
export const checkProof = (policies: Policies, proof: ProofJson, world: WorldJson | undefined): void => {
  const { inside, atLeast, boundary, steps } = proof
  const scene = { ...policies, atLeast, boundary, world, cases: new Map<string, Case>() }
  const path = inside.flatMap((on) => elementsOf(scene, on).map((element) => ({ on, element, holds: true })))
  const queue: State[] = [{ at: 0, path, scene }]
  for (const state of queue) {
    const step = steps[state.at]
    if (step === undefined) throw new Error(`no step ${state.at}`)
    if (queue.length > steps.length) throw new Error('steps lead back')
    for (const next of after(state, step, proof)) queue.push(next)
  }
}

// ---- claims ----

/** The two documents. */
type Pair = { readonly left: PolicyJson; readonly right: PolicyJson }

const places = (policies: Pair, of: 'left' | 'right', effect: string): readonly On[] =>
  asList(policies[of].Statement).flatMap((s, statement) => (s.Effect === effect ? [{ of, statement }] : []))

const forAll = { atLeast: 'Account', boundary: false } as const

const noBroader = (policies: Pair): readonly Claim[] => {
  const denies = places(policies, 'left', 'Deny')
  return places(policies, 'left', 'Allow').flatMap((allow) => [
    { inside: [allow], outside: [...denies, ...places(policies, 'right', 'Allow')], ...forAll },
    ...places(policies, 'right', 'Deny').map((deny) => ({
      inside: [allow, deny],
      outside: denies,
      ...forAll,
    })),
  ])
}

/** PR-3: grants of every strength; PR-11: Denies with NotPrincipal once more, for callers with a boundary. */
const noDifferent = (policies: Pair, one: 'left' | 'right', other: 'left' | 'right'): readonly Claim[] => {
  const all = [policies.left, policies.right].flatMap(({ Statement }) => asList(Statement))
  const denies = places(policies, one, 'Deny')
  const hasPrincipals = all.some((s) => s.Principal !== undefined || s.NotPrincipal !== undefined)
  const spares = all.some((s) => s.Effect === 'Deny' && s.NotPrincipal !== undefined)
  const strengths = hasPrincipals ? (['Account', 'Entity', 'Direct'] as const) : (['Account'] as const)
  return [
    ...(spares ? [false, true] : [false]).flatMap((boundary) =>
      denies.map((deny): Claim => ({
        inside: [deny],
        outside: places(policies, other, 'Deny'),
        atLeast: 'Account',
        boundary,
      })),
    ),
    ...strengths.flatMap((atLeast) =>
      places(policies, one, 'Allow').map((allow): Claim => ({
        inside: [allow],
        outside: [...denies, ...places(policies, other, 'Allow')],
        atLeast,
        boundary: false,
      })),
    ),
  ]
}

const claimed: Readonly<Record<string, (policies: Pair) => readonly Claim[]>> = {
  NoBroader: noBroader,
  Interchangeable: (policies) => [
    ...noDifferent(policies, 'left', 'right'),
    ...noDifferent(policies, 'right', 'left'),
  ],
}

const textOfClaim = ({ inside, outside, atLeast, boundary }: Claim): string =>
  JSON.stringify([[inside, outside].map((list) => list.map(nameOf).sort()), atLeast, boundary])

/** Throws unless the certificate speaks of the world that is given, and the policies are such as can be checked. */
export const checkGround = (
  policies: readonly PolicyJson[],
  certificate: CertificateJson,
  world: WorldJson | undefined,
): void => {
  if (Words.hasLetters(JSON.stringify(policies))) throw new Error('cannot check letters of a private plane')
  if (certificate.world !== (world?.name ?? 'WellFormed')) throw new Error('another world')
}

/** Throws, with the place, unless the certificate proves what it claims of these policies, in the world that is given. */
export const checkCertificate = (
  left: PolicyJson,
  right: PolicyJson,
  certificate: CertificateJson,
  world?: WorldJson,
): void => {
  const pair = { left, right }
  checkGround([left, right], certificate, world)
  const proven = new Set(certificate.proofs.map(textOfClaim))
  const missing = claimed[certificate.claim]?.(pair).map(textOfClaim)
  if (missing === undefined) throw new Error('another claim')
  const open = missing.find((claim) => !proven.has(claim))
  if (open !== undefined) throw new Error(`no proof of ${open}`)
  const policies: Policies = {
    all: [left, right],
    holding: ({ of, policy }) => (policy === undefined ? pair[of] : undefined),
  }
  for (const proof of certificate.proofs) checkProof(policies, proof, world)
}

/** The kind of what the checker could not check, undefined where it accepts; anything else is thrown on. */
export const skippedBy = (
  left: PolicyJson,
  right: PolicyJson,
  certificate: CertificateJson,
  world?: WorldJson,
): string | undefined => {
  try {
    checkCertificate(left, right, certificate, world)
    return undefined
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('cannot check')) return error.message
    throw error
  }
}

export { hasWord } from './certificateCheckerWords.js'
