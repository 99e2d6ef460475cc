/**
 * Oracle, part 6a: languages over words for actions, resources and callers, with automata of its own; and elements of
 * statements as such languages. A policy's texts are read as the case of their variables has it.
 */
import { expandGlob, expandLiteral, type Lookup, type Token } from './patterns.js'
import { readCaller, type PrincipalJson, type Strength } from './principals.js'
import { asList } from './statements.js'

// ---- languages ----

/** `but`: one character that is none of these; `digit`: one of 0 to 9. */
export type Lang =
  | { readonly text: string }
  | { readonly but: string }
  | { readonly digit: true }
  | { readonly all: readonly Lang[] }
  | { readonly any: readonly Lang[] }
  | { readonly star: Lang }

export const text = (value: string): Lang => ({ text: value })
export const seq = (...parts: readonly (Lang | string)[]): Lang => ({
  all: parts.map((part) => (typeof part === 'string' ? text(part) : part)),
})
export const or = (...ways: readonly Lang[]): Lang => ({ any: ways })
export const star = (lang: Lang): Lang => ({ star: lang })
export const some = (lang: Lang): Lang => seq(lang, star(lang))
export const none: Lang = or()

/** The end of one part of a word and the beginning of the next. */
export const CUT = '\n'
export const char: Lang = { but: CUT }
export const rest = star(char)
export const inField: Lang = { but: `:${CUT}` }
export const field = star(inField)
const inName: Lang = { but: `:/${CUT}` }
export const name = some(inName)
export const account = seq(...Array.from({ length: 12 }, (): Lang => ({ digit: true })))

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

export type Supposed = { readonly lang: Lang; readonly holds: boolean }

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

/** How texts are read: the version of the document, and the values of variables. */
export type Reading = { readonly version: string | undefined; readonly lookup: Lookup }

/** SM-A2, CO-S3: `one` is what a wildcard that stops at colons, or does not, may take. */
const spelled = (tokens: readonly Token[], free: Lang = char): Lang =>
  seq(
    ...tokens.map((token) => {
      if ('char' in token) return text(token.char)
      return token.many ? star(token.colon ? free : inField) : token.colon ? free : inField
    }),
  )

export const glob = (pattern: string, one: Lang = char): Lang =>
  spelled(expandGlob(pattern, () => undefined, undefined) ?? [], one)

/** SM-R1 to SM-R10, U-9, U-10; VA-1: variables stand in the last part only. */
export const resourcePattern =
  ({ version, lookup }: Reading) =>
  (pattern: string): Lang => {
    if (pattern === '*') return seq(rest, CUT, rest)
    const segments = pattern.split(':')
    while (segments.length < 6) segments.push('*')
    const head = segments.slice(0, 5).flatMap((segment) => {
      const body = segment.endsWith('*')
        ? seq(glob(segment.slice(0, -1), inField), rest)
        : glob(segment, inField)
      return [body, text(':')]
    })
    const tail = expandGlob(segments.slice(5).join(':'), lookup, version)
    return tail === undefined ? none : seq(...head, spelled(tail), CUT, rest)
  }

/** CO-R2: six parts, one by one, told apart with the values of variables in place. */
const arnPattern = (tokens: readonly Token[]): Lang => {
  let colons = 0
  const bounded = tokens.map((token): Token => {
    if ('char' in token) {
      if (token.char === ':') colons += 1
      return token
    }
    return { ...token, colon: colons >= 5 }
  })
  return colons < 5 ? none : spelled(bounded)
}

/** Latin letters without accents: of other letters the upper and the lower case are no single characters for sure. */
const eitherCase = (value: string): Lang => {
  if (/[^\x20-\x7e\u{100000}-\u{10ffff}]/u.test(value))
    throw new Error(`cannot check the letter case of ${value}`)
  return seq(...[...value].map((c) => or(text(c.toLowerCase()), text(c.toUpperCase()))))
}

/** The texts that one policy value stands for, in string and ARN operators. */
export const valueLang = (
  base: string,
  value: string,
  { version, lookup }: Reading,
  free: Lang = char,
): Lang => {
  if (/Like$|^Arn/.test(base)) {
    const tokens = expandGlob(value, lookup, version)
    if (tokens === undefined) return none
    return base.startsWith('Arn') ? arnPattern(tokens) : spelled(tokens, free)
  }
  const literal = expandLiteral(value, lookup, version)
  if (literal === undefined) return none
  return base.endsWith('EqualsIgnoreCase') ? eitherCase(literal) : text(literal)
}

// ---- letters for the values of variables ----

/** Characters of a private plane, one for each variable. */
export const letterOf = (variable: number): string => String.fromCodePoint(0x100000 + variable)

/** Do texts use such characters themselves? */
export const hasLetters = (json: string): boolean => /[\u{100000}-\u{10fffc}]/u.test(json)

/** A text that has all that the value has for any values of its variables: wildcards that stop nowhere. */
export const atLeastValue = (base: string, value: string, { version, lookup }: Reading): Lang =>
  base.startsWith('Arn')
    ? spelled(expandGlob(value, lookup, version) ?? [])
    : valueLang(base, value, { version, lookup })

/** VA-6, VA-8: what is in braces is no wildcard, in the version that has variables. */
const withoutVariables = (value: string, { version }: Reading): string =>
  version === '2012-10-17' ? value.replaceAll(/\$\{[^}]*\}/g, '') : value

/** Is what a value matches with a letter matched with whatever the letter stands for? `?` counts, a bounded `*` stops. */
export const isBlindValue = (base: string, value: string, reading: Reading): boolean => {
  if (base === 'StringEquals' || base === 'StringEqualsIgnoreCase') return true
  const bare = withoutVariables(value, reading)
  if (bare.includes('?')) return false
  return base === 'StringLike' || !bare.split(':').slice(0, 5).join('').includes('*')
}

/** The same of a resource: a `*` that stops at colons does so before the variables, unless a free one comes first. */
export const isBlindResource = (pattern: string, reading: Reading): boolean => {
  const segments = pattern.split(':')
  const [head, tail] = [segments.slice(0, 5), withoutVariables(segments.slice(5).join(':'), reading)]
  if (head.join('').includes('?') || tail.includes('?')) return false
  const firstFree = head.findIndex((segment) => segment.endsWith('*'))
  return head.every((segment, i) => firstFree === -1 || i <= firstFree || !segment.slice(0, -1).includes('*'))
}

// ---- words for actions, resources, callers ----

export const actions: Lang = seq(some(inField), ':', some(inField))

const arnWith = (owner: Lang | string): Lang =>
  seq('arn:', some(inField), ':', some(inField), ':', field, ':', owner, ':', some(char))

/** RESOURCE, then `o` and the owner's account, `a` when the ARN names it, `u` when it is not known. */
export const resources: Lang = or(
  seq('*', CUT, 'o', account),
  seq(arnWith(account), CUT, 'a'),
  seq(or(arnWith(''), arnWith('aws')), CUT, or(text('u'), seq('o', account))),
)

export const path = star(seq(name, '/'))
const arnOf = (service: string, kind: string, home: Lang = account, partition: Lang = field): Lang =>
  seq('arn:', partition, `:${service}::`, home, `:${kind}`)

export const kinds = {
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

export const callers: Lang = or(
  ...[kinds.root, kinds.user, kinds.role, kinds.fed].map((kind) => kind(account, partitions)),
  kinds.service(),
  kinds.provider(),
  kinds.anonymous(),
)

const PARTS = /^arn:([^:]*):(iam|sts)::([^:]*):(.*)$/

type Way = readonly [strength: Strength, lang: Lang]
type Entry = {
  readonly ways: readonly Way[]
  readonly account?: string
  readonly partition?: string | undefined
  readonly isAccount?: boolean
}

/** PR-2 to PR-7, SA-2 to SA-8. */
const entry = (type: string, value: string): Entry => {
  if (type === 'Service' && readCaller(value).kind !== 'Service') return { ways: [] } // PR-7: no service is called so
  if (type === 'Service') return { ways: [['Direct', kinds.service(text(value))]] }
  if (type === 'Federated') return { ways: [['Direct', kinds.provider(text(value))]] }
  if (type !== 'AWS') return { ways: [] }
  if (value === '*') return { ways: [['Direct', seq(rest, CUT, star({ but: '' }))]] }
  const all = (home: string, partition: Lang): Way => [
    'Account',
    or(...[kinds.root, kinds.user, kinds.role, kinds.fed].map((kind) => kind(text(home), partition))),
  ]
  if (/^\d{12}$/.test(value)) return { ways: [all(value, field)], account: value, isAccount: true }
  const [, partition = '', , account = '', tail = ''] = PARTS.exec(value) ?? []
  const home = { account, partition }
  const names = tail.split('/')
  const last = names[names.length - 1] ?? ''
  if (tail === 'root') return { ways: [all(account, field)], ...home, isAccount: true } // U-34
  if (tail.startsWith('role/')) return { ways: [['Entity', seq(value, CUT, 'role', CUT, name)]], ...home }
  if (tail.startsWith('user/')) {
    const session = seq(`arn:${partition}:sts::${account}:federated-user/${last}`, CUT, 'fed')
    return {
      ways: [
        ['Direct', seq(value, CUT, 'user')],
        ['Entity', session],
      ],
      ...home,
    }
  }
  if (tail.startsWith('federated-user/')) return { ways: [['Direct', seq(value, CUT, 'fed')]], ...home }
  if (!tail.startsWith('assumed-role/')) return { ways: [] }
  const role = `arn:${partition}:iam::${account}:role/`
  return { ways: [['Direct', seq(role, path, names[1] ?? '', CUT, 'role', CUT, names[2] ?? '')]], ...home }
}

const entriesOf = (principal: PrincipalJson): readonly Entry[] =>
  principal === '*'
    ? [entry('AWS', '*')]
    : Object.entries(principal).flatMap(([type, values]) => asList(values).map((v) => entry(type, v)))

const RANK = { Account: 0, Entity: 1, Direct: 2 } as const

/** Those whom the entries name at least so directly. */
export const named = (principal: PrincipalJson, atLeast: Strength): Lang =>
  or(
    ...entriesOf(principal).flatMap(({ ways }) =>
      ways.flatMap(([strength, lang]) => (RANK[strength] >= RANK[atLeast] ? [lang] : [])),
    ),
  )

const isEveryone = (principal: PrincipalJson): boolean =>
  principal === '*' || asList(principal['AWS']).includes('*')

/** PR-10, U-15: those whom a Deny with NotPrincipal spares; PR-11: with a permissions boundary, none of its callers. */
export const spared = (principal: PrincipalJson, boundary: boolean): Supposed => {
  if (boundary) return { lang: none, holds: true }
  if (isEveryone(principal)) return { lang: kinds.anonymous(), holds: false }
  const entries = entriesOf(principal)
  const accounts = entries.filter(({ isAccount }) => isAccount === true)
  const isListed = (each: Entry): boolean =>
    each.account === undefined || accounts.some((home) => home.account === each.account)
  const roots = accounts.map((home) => kinds.root(text(home.account ?? ''), field))
  const others = entries.filter((each) => each.isAccount !== true && isListed(each))
  return { lang: or(...roots, ...others.flatMap(({ ways }) => ways.map(([, lang]) => lang))), holds: true }
}

// ---- keys that follow from caller or resource ----

const DERIVED = ['aws:principalarn', 'aws:principalaccount', 'aws:username', 'aws:principaltype']
export const derivedOfCaller = [...DERIVED, 'aws:principalisawsservice', 'aws:principalservicename']

/** The callers that have the key with a value in `value`. */
export const having = (key: string, value: (one: Lang) => Lang): Lang => {
  const [v, f] = [value(char), value(inField)]
  const cases: Readonly<Record<string, () => Lang>> = {
    'aws:principalarn': () =>
      or(...['root', 'user', 'fed'].map((kind) => seq(v, CUT, kind)), seq(v, CUT, 'role', CUT, name)),
    'aws:principalaccount': () => or(kinds.root(f), kinds.user(f), kinds.role(f), kinds.fed(f)),
    'aws:username': () => kinds.user(account, field, value(inName)),
    'aws:principalservicename': () => kinds.service(v),
  }
  return (Object.hasOwn(cases, key) ? cases[key]?.() : undefined) ?? none
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

/** What the key is for each kind of caller, where the kind decides it; `__proto__` is a key like any other. */
export const constantOf = (key: string): Readonly<Record<string, string>> | undefined =>
  Object.hasOwn(constants, key) ? constants[key] : undefined

export const kindLangs: Readonly<Record<string, Lang>> = {
  root: kinds.root(),
  user: kinds.user(),
  role: kinds.role(),
  fed: kinds.fed(),
  service: kinds.service(),
  provider: kinds.provider(),
  anonymous: kinds.anonymous(),
}
