/**
 * Oracle, part 6: certificates of "left is no broader than right" (see `src/algebra/certificate.ts`), checked without any
 * code of `src/`. Elements are read from the policies' JSON as languages over words for actions, resources and callers
 * (with automata of its own), and as sets of values for context keys. What is checked: every claim is there, cases split
 * in two, a covering statement's elements are all supposed, and where a case is said to be empty, it is.
 */
import { conditionHolds } from './conditions.js'
import type { PrincipalJson } from './principals.js'
import { readAddress } from './readers.js'
import { asList, type PolicyJson, type StatementJson } from './statements.js'

// ---- languages ----

/** `but`: one character that is none of these; `digit`: one of 0 to 9. */
type Lang =
  | { readonly text: string }
  | { readonly but: string }
  | { readonly digit: true }
  | { readonly all: readonly Lang[] }
  | { readonly any: readonly Lang[] }
  | { readonly star: Lang }

const text = (value: string): Lang => ({ text: value })
const seq = (...parts: readonly (Lang | string)[]): Lang => ({
  all: parts.map((part) => (typeof part === 'string' ? text(part) : part)),
})
const or = (...ways: readonly Lang[]): Lang => ({ any: ways })
const star = (lang: Lang): Lang => ({ star: lang })
const some = (lang: Lang): Lang => seq(lang, star(lang))
const none: Lang = or()

/** The end of one part of a word and the beginning of the next. */
const CUT = '\n'
const char: Lang = { but: CUT }
const rest = star(char)
const inField: Lang = { but: `:${CUT}` }
const field = star(inField)
const inName: Lang = { but: `:/${CUT}` }
const name = some(inName)
const account = seq(...Array.from({ length: 12 }, (): Lang => ({ digit: true })))

type Edge = { readonly fits: (c: string) => boolean; readonly to: number }
type Automaton = { readonly edges: Edge[][]; readonly jumps: number[][]; readonly end: number }

const fitsOf = (lang: { readonly but: string } | { readonly digit: true }): ((c: string) => boolean) =>
  'but' in lang ? (c) => !lang.but.includes(c) : (c) => c >= '0' && c <= '9'

const automaton = (lang: Lang): Automaton => {
  const edges: Edge[][] = []
  const jumps: number[][] = []
  const state = (): number => {
    jumps.push([])
    return edges.push([]) - 1
  }
  const build = (part: Lang, from: number): number => {
    if ('text' in part)
      return [...part.text].reduce((at, c) => {
        const to = state()
        edges[at]?.push({ fits: (other) => other === c, to })
        return to
      }, from)
    if ('all' in part) return part.all.reduce((at, each) => build(each, at), from)
    const to = state()
    if ('any' in part) for (const each of part.any) jumps[build(each, from)]?.push(to)
    else if ('star' in part) {
      const start = state()
      jumps[from]?.push(start)
      jumps[build(part.star, start)]?.push(start)
      jumps[start]?.push(to)
    } else edges[from]?.push({ fits: fitsOf(part), to })
    return to
  }
  const start = state()
  return { edges, jumps, end: build(lang, start) }
}

const closed = ({ jumps }: Automaton, states: Iterable<number>): readonly number[] => {
  const found = new Set(states)
  for (const state of found) for (const to of jumps[state] ?? []) found.add(to)
  return [...found].sort((a, b) => a - b)
}

const lettersOf = (lang: Lang): readonly string[] => {
  if ('text' in lang) return [...lang.text]
  if ('but' in lang) return [...lang.but]
  if ('digit' in lang) return [...'0123456789']
  if ('star' in lang) return lettersOf(lang.star)
  return ('all' in lang ? lang.all : lang.any).flatMap(lettersOf)
}

/** A letter that no language names; it stands for all of them. */
const FRESH = '\u{10fffd}'

type Supposed = { readonly lang: Lang; readonly holds: boolean }

/** Is there a word that is in these languages and outside those? All subsets of states, one letter at a time. */
export const hasWord = (supposed: readonly Supposed[]): boolean => {
  const machines = supposed.map(({ lang }) => automaton(lang))
  const letters = [...new Set([FRESH, ...supposed.flatMap(({ lang }) => lettersOf(lang))])]
  const queue = [machines.map((machine) => closed(machine, [0]))]
  const seen = new Set(queue.map((states) => JSON.stringify(states)))
  for (const states of queue) {
    const good = supposed.every(({ holds }, i) => states[i]?.includes(machines[i]?.end ?? -1) === holds)
    if (good) return true
    for (const letter of letters) {
      const next = machines.map((machine, i) =>
        closed(
          machine,
          (states[i] ?? []).flatMap((s) =>
            (machine.edges[s] ?? []).filter(({ fits }) => fits(letter)).map(({ to }) => to),
          ),
        ),
      )
      const isDead = supposed.some(({ holds }, i) => holds && next[i]?.length === 0)
      const key = JSON.stringify(next)
      if (isDead || seen.has(key)) continue
      seen.add(key)
      queue.push(next)
    }
  }
  return false
}

// ---- patterns ----

const glob = (pattern: string, one: Lang = char): Lang =>
  seq(...[...pattern].map((c) => (c === '*' ? star(one) : c === '?' ? one : text(c)))) // SM-A2

/** SM-R1 to SM-R10, U-9, U-10. */
const resourcePattern = (pattern: string): Lang => {
  if (pattern === '*') return seq(rest, CUT, rest)
  const segments = pattern.split(':')
  while (segments.length < 6) segments.push('*')
  const head = segments.slice(0, 5).flatMap((segment) => {
    const body = segment.endsWith('*')
      ? seq(glob(segment.slice(0, -1), inField), rest)
      : glob(segment, inField)
    return [body, text(':')]
  })
  return seq(...head, glob(segments.slice(5).join(':')), CUT, rest)
}

/** CO-R2: six parts, one by one. */
const arnPattern = (pattern: string): Lang => {
  const segments = pattern.split(':')
  if (segments.length < 6) return none
  const head = segments.slice(0, 5).flatMap((segment) => [glob(segment, inField), text(':')])
  return seq(...head, glob(segments.slice(5).join(':')))
}

const eitherCase = (value: string): Lang =>
  seq(...[...value].map((c) => or(text(c.toLowerCase()), text(c.toUpperCase()))))

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/

type Test = {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
  readonly base: string
  readonly qualifier: string | undefined
}

/** The texts that one policy value stands for, in string and ARN operators. */
const valueLang = (base: string, value: string): Lang => {
  if (/^(String|Arn)/.test(base) && /[^ -~]/.test(value)) throw new Error(`cannot check ${value}`)
  if (base.endsWith('EqualsIgnoreCase')) return eitherCase(value)
  if (base === 'StringLike' || base === 'StringNotLike') return glob(value)
  if (base.startsWith('Arn')) return arnPattern(value)
  return text(value)
}

const isText = (base: string): boolean => /^(String|Arn)/.test(base)
const isNegated = (base: string): boolean => /Not/.test(base)

// ---- words for actions, resources, callers ----

const actions: Lang = seq(some(inField), ':', some(inField))

const arnWith = (owner: Lang | string): Lang =>
  seq('arn:', some(inField), ':', some(inField), ':', field, ':', owner, ':', some(char))

/** RESOURCE, then `o` and the owner's account, `a` when the ARN names it, `u` when it is not known. */
const resources: Lang = or(
  seq('*', CUT, 'o', account),
  seq(arnWith(account), CUT, 'a'),
  seq(or(arnWith(''), arnWith('aws')), CUT, or(text('u'), seq('o', account))),
)

const path = star(seq(name, '/'))
const arnOf = (service: string, kind: string, home: Lang = account, partition: Lang = field): Lang =>
  seq('arn:', partition, `:${service}::`, home, `:${kind}`)

const kinds = {
  root: (home?: Lang, partition?: Lang): Lang => seq(arnOf('iam', 'root', home, partition), CUT, 'root'),
  user: (home?: Lang, partition?: Lang, who: Lang = name): Lang =>
    seq(arnOf('iam', 'user/', home, partition), path, who, CUT, 'user'),
  role: (home?: Lang, partition?: Lang): Lang =>
    seq(arnOf('iam', 'role/', home, partition), path, name, CUT, 'role', CUT, name),
  fed: (home?: Lang, partition?: Lang): Lang =>
    seq(arnOf('sts', 'federated-user/', home, partition), name, CUT, 'fed'),
  service: (who: Lang = some({ but: `:/${CUT}` })): Lang => seq(who, CUT, 'service'),
  provider: (who: Lang = some(char)): Lang => seq(who, CUT, 'provider'),
  anonymous: (): Lang => seq(CUT, 'anonymous'),
}

/** Partitions as AWS has them: an ARN of another one names nobody. */
const partitions = or(
  ...['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc'].map(text),
)

const callers: Lang = or(
  ...[kinds.root, kinds.user, kinds.role, kinds.fed].map((kind) => kind(account, partitions)),
  kinds.service(),
  kinds.provider(),
  kinds.anonymous(),
)

const PARTS = /^arn:([^:]*):(iam|sts)::([^:]*):(.*)$/

type Entry = { readonly lang: Lang; readonly account: string | undefined; readonly isAccount: boolean }

const entry = (type: string, value: string): Entry => {
  const of = (lang: Lang, home?: string, isAccount = false): Entry => ({ lang, account: home, isAccount })
  if (type === 'Service') return of(kinds.service(text(value)))
  if (type === 'Federated') return of(kinds.provider(text(value)))
  if (type !== 'AWS') return of(none)
  if (value === '*') return of(seq(rest, CUT, star({ but: '' })))
  const all = (home: string, partition: Lang): Lang =>
    or(...[kinds.root, kinds.user, kinds.role, kinds.fed].map((kind) => kind(text(home), partition)))
  if (/^\d{12}$/.test(value)) return of(all(value, field), value, true)
  const [, partition = '', , home = '', tail = ''] = PARTS.exec(value) ?? []
  const names = tail.split('/')
  const last = names[names.length - 1] ?? ''
  if (tail === 'root') return of(all(home, text(partition)), home, true)
  if (tail.startsWith('role/')) return of(seq(value, CUT, 'role', CUT, name), home)
  if (tail.startsWith('user/'))
    return of(
      or(seq(value, CUT, 'user'), seq(`arn:${partition}:sts::${home}:federated-user/${last}`, CUT, 'fed')),
      home,
    )
  if (tail.startsWith('federated-user/')) return of(seq(value, CUT, 'fed'), home)
  if (tail.startsWith('assumed-role/'))
    return of(
      seq(`arn:${partition}:iam::${home}:role/`, path, names[1] ?? '', CUT, 'role', CUT, names[2] ?? ''),
      home,
    )
  return of(none)
}

const entriesOf = (principal: PrincipalJson): readonly Entry[] =>
  principal === '*'
    ? [entry('AWS', '*')]
    : Object.entries(principal).flatMap(([type, values]) => asList(values).map((v) => entry(type, v)))

const isEveryone = (principal: PrincipalJson): boolean =>
  principal === '*' || asList(principal['AWS']).includes('*')

/** PR-10, U-15: those whom a Deny with NotPrincipal spares; partitions of accounts count as `entry` has them. */
const spared = (principal: PrincipalJson): Supposed => {
  if (isEveryone(principal)) return { lang: kinds.anonymous(), holds: false }
  const entries = entriesOf(principal)
  const accounts = entries.filter(({ isAccount }) => isAccount)
  if (accounts.some(({ lang }) => accounts.some((other) => other.lang !== lang)))
    throw new Error('cannot check several accounts under NotPrincipal')
  const homes = accounts.flatMap((each) => (each.account === undefined ? [] : [each.account]))
  const named = entries.filter((each) => !each.isAccount)
  const listed = named.filter((each) => each.account === undefined || homes.includes(each.account))
  return {
    lang: or(...homes.map((home) => kinds.root(text(home))), ...listed.map(({ lang }) => lang)),
    holds: true,
  }
}

// ---- keys that follow from caller or resource ----

const DERIVED = ['aws:principalarn', 'aws:principalaccount', 'aws:username', 'aws:principaltype']
const derivedOfCaller = [...DERIVED, 'aws:principalisawsservice', 'aws:principalservicename']

/** The callers that have the key with a value in `value`. */
const having = (key: string, value: (one: Lang) => Lang): Lang => {
  const [v, f] = [value(char), value(inField)]
  const cases: Readonly<Record<string, () => Lang>> = {
    'aws:principalarn': () =>
      or(...['root', 'user', 'fed'].map((kind) => seq(v, CUT, kind)), seq(v, CUT, 'role', CUT, name)),
    'aws:principalaccount': () => or(kinds.root(f), kinds.user(f), kinds.role(f), kinds.fed(f)),
    'aws:username': () => kinds.user(account, field, value(inName)),
    'aws:principalservicename': () => kinds.service(v),
  }
  return cases[key]?.() ?? none
}

const constants: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'aws:principaltype': {
    root: 'Account',
    user: 'User',
    role: 'AssumedRole',
    fed: 'FederatedUser',
    anonymous: 'Anonymous',
  },
  'aws:principalisawsservice': { root: 'false', user: 'false', role: 'false', fed: 'false', service: 'true' },
}

const kindLangs: Readonly<Record<string, Lang>> = {
  root: kinds.root(),
  user: kinds.user(),
  role: kinds.role(),
  fed: kinds.fed(),
  service: kinds.service(),
  provider: kinds.provider(),
  anonymous: kinds.anonymous(),
}

const holdsOf = ({ operator, key, values }: Test, given: readonly string[] | undefined): boolean =>
  conditionHolds(operator, key, values, given)

/** A test of a key with one value at most, as a language; `inside` has the key, `valued` has it with a listed value. */
const truthAsLang = (
  test: Test,
  present: Lang,
  valued: (values: readonly Lang[]) => Lang,
): readonly Supposed[][] => {
  const missing = holdsOf(test, undefined)
  if (test.base === 'Null') {
    const [whenMissing, whenPresent] = [missing, holdsOf(test, ['x'])]
    return [
      ...(whenMissing ? [[{ lang: present, holds: false }]] : []),
      ...(whenPresent ? [[{ lang: present, holds: true }]] : []),
    ]
  }
  if (!isText(test.base)) throw new Error(`cannot check ${test.operator} on ${test.key}`)
  const lang = valued(test.values.map((value) => valueLang(test.base, value)))
  const found: Supposed[][] = [
    [
      { lang: present, holds: true },
      { lang, holds: !isNegated(test.base) },
    ],
  ]
  if (test.values.length === 0) found.pop()
  return missing ? [...found, [{ lang: present, holds: false }]] : found
}

const within = (test: Test, one: Lang): Lang =>
  or(
    ...test.values.map((value) =>
      test.base === 'StringLike' || test.base === 'StringNotLike'
        ? glob(value, one)
        : valueLang(test.base, value),
    ),
  )

const onCaller = (test: Test): readonly Supposed[][] => {
  const fixed = constants[test.key.toLowerCase()]
  if (fixed !== undefined) {
    const good = Object.keys(kindLangs).filter((kind) =>
      holdsOf(test, fixed[kind] === undefined ? undefined : [fixed[kind]]),
    )
    return [[{ lang: or(...good.map((kind) => kindLangs[kind] ?? none)), holds: true }]]
  }
  const key = test.key.toLowerCase()
  const narrow = (one: Lang): Lang => within(test, one)
  return truthAsLang(
    test,
    having(key, (one) => star(one)),
    () => having(key, narrow),
  )
}

const ownerIs = (value: Lang): Lang =>
  or(seq(rest, CUT, 'o', value), seq('arn:', field, ':', field, ':', field, ':', value, ':', rest, CUT, 'a'))

const onOwner = (test: Test): readonly Supposed[][] =>
  truthAsLang(test, ownerIs(star(inField)), () => ownerIs(within(test, inField)))

// ---- context keys ----

const MULTIVALUED =
  /^aws:(calledvia|principalorgpaths|principalservicenameslist|resourceorgpaths|sourceorgpaths|tagkeys|vpceorgpaths)$/

/** Values that stand for all: the bounds, what lies between and beyond, and what is no value of the type. */
const representatives = (tests: readonly Test[]): readonly string[] => {
  const values = tests.flatMap((test) => test.values)
  const kind = tests[0]?.base ?? ''
  if (kind === 'Bool') return ['true', 'false', '-']
  if (kind.startsWith('Numeric')) {
    const numbers = values.map(Number).filter((n) => !Number.isNaN(n))
    const around = numbers.flatMap((n) => [n, ...numbers.map((m) => (n + m) / 2), n - 1, n + 1])
    if (around.some((n) => !Number.isSafeInteger(n * 1024))) throw new Error('cannot check these numbers')
    return [...around.map(String), '0', '-']
  }
  if (kind.endsWith('IpAddress')) return addresses(values)
  throw new Error(`cannot check ${kind}`)
}

/** First addresses of blocks, and the first ones after them: between two neighbours nothing changes. */
const addresses = (blocks: readonly string[]): readonly string[] => {
  const found = blocks.flatMap((block) => {
    const [base = '', length] = block.split('/')
    const bits = readAddress(base)
    if (bits === undefined || bits.length !== 32) throw new Error(`cannot check ${block}`)
    const prefix = bits.slice(0, Number(length ?? 32))
    const first = Number.parseInt(prefix.padEnd(32, '0'), 2)
    return [first, first + 2 ** (32 - prefix.length)].filter((n) => n < 2 ** 32)
  })
  return [
    '::1',
    '-',
    ...[0, ...found].map((n) => [24, 16, 8, 0].map((by) => Math.floor(n / 2 ** by) % 256).join('.')),
  ]
}

type KeyTest = { readonly test: Test; readonly holds: boolean }

/** Of one value: each test as languages, for text; values that stand for all, otherwise. */
const singleExists = (tests: readonly KeyTest[], wanted: (t: KeyTest) => boolean | undefined): boolean => {
  const asked = tests.flatMap((t) => {
    const value = wanted(t)
    return value === undefined || t.test.base === 'Null' ? [] : [{ test: t.test, passes: value }]
  })
  const typed = asked.filter(({ test }) => !isText(test.base))
  const passes = (test: Test, value: string): boolean =>
    conditionHolds(test.operator.replace(/^For\w+:/, ''), test.key, test.values, [value])
  if (typed.length > 0 && typed.length < asked.length) throw new Error('cannot check tests of several types')
  if (typed.length > 0)
    return representatives(typed.map(({ test }) => test)).some((value) =>
      asked.every(({ test, passes: wants }) => passes(test, value) === wants),
    )
  return hasWord([
    { lang: rest, holds: true },
    ...asked.map(({ test, passes: wants }) => ({
      lang: or(...test.values.map((value) => valueLang(test.base, value))),
      holds: test.values.length === 0 ? !wants : wants !== isNegated(test.base),
    })),
  ])
}

/** Can the key be missing, have one value or a list of values, so that all tests are as supposed? */
const keyExists = (tests: readonly KeyTest[], hasLists: boolean): boolean => {
  if (tests.every(({ test, holds }) => holdsOf(test, undefined) === holds)) return true
  const isFixed = ({ test }: KeyTest): boolean => test.base === 'Null' || test.values.length === 0
  if (!tests.filter(isFixed).every(({ test, holds }) => holdsOf(test, ['x']) === holds)) return false
  const free = tests.filter((t) => !isFixed(t))
  if (singleExists(free, ({ holds }) => holds)) return true
  if (!hasLists || free.some(({ test, holds }) => test.qualifier === undefined && holds)) return false
  const qualified = free.filter(({ test }) => test.qualifier !== undefined)
  // Every element passes what all must pass; some element of its own passes each of what some must.
  const isEvery = ({ test, holds }: KeyTest): boolean => (test.qualifier === 'ForAllValues') === holds
  const every = (t: KeyTest): boolean | undefined => (isEvery(t) ? t.holds : undefined)
  return (
    singleExists(qualified, every) &&
    qualified
      .filter((t) => !isEvery(t))
      .every((one) => singleExists(qualified, (t) => (t === one ? t.holds : every(t))))
  )
}

// ---- elements ----

type On = { readonly of: 'left' | 'right'; readonly statement: number }
type StepJson =
  | {
      readonly _tag: 'Split'
      readonly on: On
      readonly element: string
      readonly holds: number
      readonly fails: number
    }
  | { readonly _tag: 'Covered'; readonly by: On }
  | { readonly _tag: 'Empty'; readonly subject: string }
type ProofJson = {
  readonly inside: readonly On[]
  readonly outside: readonly On[]
  readonly steps: readonly StepJson[]
}
export type CertificateJson = {
  readonly claim: string
  readonly world: string
  readonly proofs: readonly ProofJson[]
}

type Policies = { readonly left: PolicyJson; readonly right: PolicyJson }

const statementAt = (policies: Policies, on: On): StatementJson => {
  const found = asList(policies[on.of].Statement)[on.statement]
  if (found === undefined) throw new Error('no such statement')
  return found
}

const testsIn = (statement: StatementJson): readonly Test[] =>
  Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => {
      const [, qualifier, base = ''] = OPERATOR.exec(operator) ?? []
      return { operator, key, values: asList(values).map(String), base, qualifier }
    }),
  )

const elementsOf = (statement: StatementJson): readonly string[] => [
  'Action',
  'Resource',
  ...(statement.Principal === undefined && statement.NotPrincipal === undefined ? [] : ['Principal']),
  ...testsIn(statement).map(({ operator, key }) => `${operator} ${key}`),
]

const nameOf = (on: On, element: string): string => `${on.of} ${on.statement} ${element}`

type Supposition = { readonly on: On; readonly element: string; readonly holds: boolean }

const subjectOf = (policies: Policies, { on, element }: Supposition): string => {
  if (['Action', 'Resource', 'Principal'].includes(element)) return element
  const key = testsIn(statementAt(policies, on))
    .find((test) => `${test.operator} ${test.key}` === element)
    ?.key.toLowerCase()
  if (key === undefined) throw new Error(`no such element: ${element}`)
  return derivedOfCaller.includes(key) ? 'Principal' : key === 'aws:resourceaccount' ? 'Resource' : key
}

/** An element as alternatives of conjunctions of languages. */
const asLangs = (policies: Policies, { on, element }: Supposition): readonly (readonly Supposed[])[] => {
  const s = statementAt(policies, on)
  const list = (
    positive: string | readonly string[] | undefined,
    negative: typeof positive,
    of: (p: string) => Lang,
  ) => [[{ lang: or(...asList(positive ?? negative).map(of)), holds: positive !== undefined }]]
  if (element === 'Action') return list(s.Action, s.NotAction, (p) => glob(p.toLowerCase()))
  if (element === 'Resource')
    return s.Resource === undefined && s.NotResource === undefined
      ? [[{ lang: seq('*', CUT, rest), holds: false }]]
      : list(s.Resource, s.NotResource, resourcePattern)
  if (element === 'Principal') {
    const principal = s.Principal ?? s.NotPrincipal ?? '*'
    if (s.Principal === undefined && s.Effect === 'Deny') {
      const { lang, holds } = spared(principal)
      return [[{ lang, holds: !holds }]]
    }
    return [[{ lang: or(...entriesOf(principal).map(({ lang }) => lang)), holds: s.Principal !== undefined }]]
  }
  const test = testsIn(s).find(({ operator, key }) => `${operator} ${key}` === element)
  if (test === undefined) throw new Error(`no such element: ${element}`)
  return test.key.toLowerCase() === 'aws:resourceaccount' ? onOwner(test) : onCaller(test)
}

/** The complement of alternatives of conjunctions: one literal of each turned over. */
const complement = (ways: readonly (readonly Supposed[])[]): readonly (readonly Supposed[])[] =>
  ways.reduce<readonly (readonly Supposed[])[]>(
    (done, way) => done.flatMap((each) => way.map(({ lang, holds }) => [...each, { lang, holds: !holds }])),
    [[]],
  )

const universes: Readonly<Record<string, Lang>> = { Action: actions, Resource: resources, Principal: callers }

const isEmpty = (policies: Policies, subject: string, path: readonly Supposition[]): boolean => {
  const own = path.filter((each) => subjectOf(policies, each) === subject)
  const universe = universes[subject]
  if (universe !== undefined) {
    const ways = own.map((each) =>
      each.holds ? asLangs(policies, each) : complement(asLangs(policies, each)),
    )
    const all = ways.reduce<readonly (readonly Supposed[])[]>(
      (done, way) => done.flatMap((each) => way.map((more) => [...each, ...more])),
      [[{ lang: universe, holds: true }]],
    )
    return !all.some(hasWord)
  }
  const tests = own.flatMap((each) =>
    testsIn(statementAt(policies, each.on))
      .filter(({ operator, key }) => `${operator} ${key}` === each.element)
      .map((test) => ({ test, holds: each.holds })),
  )
  const everywhere = [policies.left, policies.right].flatMap((p) => asList(p.Statement)).flatMap(testsIn)
  const hasLists =
    MULTIVALUED.test(subject) ||
    everywhere.some(
      ({ key, qualifier, base }) =>
        key.toLowerCase() === subject && qualifier !== undefined && base !== 'Null',
    )
  return !keyExists(tests, hasLists)
}

// ---- proofs ----

const places = (policy: PolicyJson, of: 'left' | 'right', effect: string): readonly On[] =>
  asList(policy.Statement).flatMap((s, statement) => (s.Effect === effect ? [{ of, statement }] : []))

const claimOf = ({ inside, outside }: Pick<ProofJson, 'inside' | 'outside'>): string =>
  JSON.stringify(
    [inside, outside].map((list) => list.map(({ of, statement }) => `${of} ${statement}`).sort()),
  )

/** What has to be proven: see `Certificate`. */
const claims = ({ left, right }: Policies): readonly string[] => {
  const [denies, theirs] = [places(left, 'left', 'Deny'), places(right, 'right', 'Allow')]
  return places(left, 'left', 'Allow').flatMap((allow) => [
    claimOf({ inside: [allow], outside: [...denies, ...theirs] }),
    ...places(right, 'right', 'Deny').map((deny) => claimOf({ inside: [allow, deny], outside: denies })),
  ])
}

const checkProof = (policies: Policies, { inside, outside, steps }: ProofJson): void => {
  const start = inside.flatMap((on) =>
    elementsOf(statementAt(policies, on)).map((element) => ({ on, element, holds: true })),
  )
  const queue: { readonly at: number; readonly path: readonly Supposition[] }[] = [{ at: 0, path: start }]
  for (const { at, path } of queue) {
    const step = steps[at]
    if (step === undefined) throw new Error(`no step ${at}`)
    if (queue.length > steps.length) throw new Error('steps lead back')
    if (step._tag === 'Split') {
      const { on, element } = step
      queue.push({ at: step.holds, path: [...path, { on, element, holds: true }] })
      queue.push({ at: step.fails, path: [...path, { on, element, holds: false }] })
    } else if (step._tag === 'Empty') {
      if (!isEmpty(policies, step.subject, path)) throw new Error(`step ${at}: ${step.subject} is not empty`)
    } else {
      const { by } = step
      if (!outside.some((on) => nameOf(on, '') === nameOf(by, '')))
        throw new Error(`step ${at}: covers nothing`)
      const supposed = new Set(path.map((each) => signOf(policies, each)))
      const missing = elementsOf(statementAt(policies, by)).find(
        (element) => !supposed.has(signOf(policies, { on: by, element, holds: true })),
      )
      if (missing !== undefined) throw new Error(`step ${at}: ${missing} is not supposed`)
    }
  }
}

/**
 * Elements of the same words are the same, whichever statement they stand in, and `NotAction` holds where `Action` fails;
 * principals depend on the effect, too.
 */
const signOf = (policies: Policies, { on, element, holds }: Supposition): string => {
  const s = statementAt(policies, on)
  const sign = (kind: string, values: readonly unknown[] | undefined, isPositive: boolean): string =>
    JSON.stringify([kind, values, isPositive === holds])
  if (element === 'Action') return sign(element, asList(s.Action ?? s.NotAction), s.Action !== undefined)
  if (element === 'Resource')
    return sign(element, asList(s.Resource ?? s.NotResource), s.NotResource === undefined)
  if (element === 'Principal') {
    const listed = s.Principal ?? s.NotPrincipal ?? '*'
    const entries = Object.entries(listed === '*' ? { AWS: ['*'] } : listed)
    const names = entries
      .flatMap(([type, values]) => asList(values).map((value) => `${type} ${value}`))
      .sort()
    const kind = s.NotPrincipal !== undefined && s.Effect === 'Deny' ? 'spared' : 'named'
    return sign(kind, names, s.Principal !== undefined)
  }
  return sign(element, testsIn(s).find((test) => `${test.operator} ${test.key}` === element)?.values, true)
}

/** Throws, with the place, unless the certificate proves that `left` is no broader than `right`. */
export const checkCertificate = (left: PolicyJson, right: PolicyJson, certificate: CertificateJson): void => {
  const policies = { left, right }
  if (JSON.stringify(policies).includes('${')) throw new Error('cannot check variables')
  if (certificate.claim !== 'NoBroader' || certificate.world !== 'WellFormed')
    throw new Error('another claim')
  const proven = new Set(certificate.proofs.map(claimOf))
  const missing = claims(policies).find((claim) => !proven.has(claim))
  if (missing !== undefined) throw new Error(`no proof of ${missing}`)
  for (const proof of certificate.proofs) checkProof(policies, proof)
}
