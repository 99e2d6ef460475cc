/**
 * Callers as words of one language, so that whatever policies say of a caller (principals, and every context key that
 * follows from the caller) is a set of words and exact.
 *
 * A word is colon-separated fields: `root:P:A`, `user:P:A:PATH:NAME`, `role:P:A:PATH:NAME:SESSION`, `fed:P:A:NAME`,
 * `service:HOST`, `provider:ID`, `anonymous:`, with P the partition and A the account.
 *
 * The account is any twelve letters here, since globs have no class of digits: a wider world than AWS's, so that what
 * is proven holds; a witness's account is made digits again and the witness confirmed.
 *
 * Source: RC-5, RC-6, PR-1 to PR-9, SA-2 to SA-8.
 *
 * @since 0.1.0
 */
import { Arn, Operand, type Caller, type Operator, type Principal, type Statement } from '../model/index.js'
import { Glob, Remember, StringSet } from '../pattern/index.js'
import type { Strength } from '../simulator/index.js'
import type { Ordinary } from './Dimension.js'
import { field, fieldsOf, type Part } from './globCalculus.js'

// ---- words ----

const any = Glob.normalize([Glob.runWithin])
const some = Glob.normalize([Glob.oneWithin, Glob.runWithin])
const account = Glob.normalize(Array.from({ length: 12 }, () => Glob.oneWithin))

const word = (...fields: readonly (string | Glob.Glob)[]): Glob.Glob =>
  Glob.concat(
    fields.flatMap((each, i) => [
      ...(i === 0 ? [] : [Glob.literal(Glob.separator)]),
      typeof each === 'string' ? Glob.literal(each) : each,
    ]),
  )

const paths: readonly Glob.Glob[] = [
  Glob.literal('/'),
  Glob.concat([Glob.literal('/'), some, Glob.literal('/')]),
]

/**
 * Every word that is a caller, but for those in `malformed`.
 *
 * @category model
 * @since 0.1.0
 */
export const universe: () => StringSet.StringSet = Remember.once(() =>
  StringSet.stringSet([
    ...Arn.partitions.flatMap((partition) => [
      word('root', partition, account),
      word('fed', partition, account, some),
      ...paths.map((path) => word('user', partition, account, path, some)),
      ...paths.map((path) => word('role', partition, account, path, some, some)),
    ]),
    ...['.amazonaws.com', '.amazonaws.com.cn', '.amazon.com', '.amazonaws.eu', '.aws.internal'].map(
      (suffix) => word('service', Glob.concat([some, Glob.literal(suffix)])),
    ),
    Glob.concat([Glob.literal('provider:'), [Glob.one, Glob.run]]),
    word('anonymous', ''),
  ]),
)

/**
 * Some callers that are like most.
 *
 * @category model
 * @since 0.1.0
 */
export const ordinary: Ordinary = {
  words: [
    'user:aws:111122223333:/:example',
    'role:aws:999999999999:/:zq:zq',
    'service:zq.amazonaws.com',
    'provider:arn:aws:iam::111122223333:saml-provider/Example',
    'anonymous:',
  ],
  fillings: [
    ['role', 'aws', '111122223333', '/', 'example', 'session'],
    ['role', 'aws', '999999999999', '/zq/', 'zq0', 'zq'],
  ],
}

const slashed = Glob.concat([any, Glob.literal('/'), any])
const doubleSlashed = Glob.concat([any, Glob.literal('//'), any])

/**
 * Words of the universe that are no caller: an empty element in a path, a slash in a name.
 *
 * @category model
 * @since 0.1.0
 */
export const malformed: () => StringSet.StringSet = Remember.once(() =>
  StringSet.stringSet([
    word('user', any, any, doubleSlashed, any),
    word('role', any, any, doubleSlashed, any, any),
    word('user', any, any, any, slashed),
    word('role', any, any, any, slashed, any),
    word('role', any, any, any, any, slashed),
    word('fed', any, any, slashed),
    word('service', slashed),
    word('service', 'cognito-identity.amazonaws.com'), // an identity provider
  ]),
)

// ---- principals ----

/** What an entry of a principal list stands for, strength by strength. */
const entryWords = (entry: Principal.Principal): readonly (readonly [Strength.Strength, Glob.Glob])[] => {
  switch (entry._tag) {
    case 'Everyone':
      return [['Direct', Glob.all]]
    case 'Account': {
      const [p, a] = [any, entry.account] // U-34
      return [
        word('root', p, a),
        word('user', p, a, any, any),
        word('role', p, a, any, any, any),
        word('fed', p, a, any),
      ].map((glob) => ['Account', glob])
    }
    case 'User':
      return [
        ['Direct', word('user', entry.partition, entry.account, entry.path, entry.name)],
        ['Entity', word('fed', entry.partition, entry.account, entry.name)],
      ]
    case 'Role':
      return [['Entity', word('role', entry.partition, entry.account, entry.path, entry.name, any)]]
    case 'AssumedRoleSession':
      return [['Direct', word('role', entry.partition, entry.account, any, entry.role, entry.session)]]
    case 'FederatedUser':
      return [['Direct', word('fed', entry.partition, entry.account, entry.name)]]
    case 'Service':
      return [['Direct', word('service', entry.host)]]
    case 'IdentityProvider':
      return [['Direct', word('provider', entry.id)]]
    case 'CanonicalUser':
    case 'UniqueId':
      return []
  }
}

const rank = { Account: 0, Entity: 1, Direct: 2 } as const

/** Every caller who has an account. */
const withAccount: readonly Glob.Glob[] = [
  word('root', any, any),
  word('user', any, any, any, any),
  word('role', any, any, any, any, any),
  word('fed', any, any, any),
]

/**
 * Callers with an account.
 *
 * @category model
 * @since 0.1.0
 */
export const affiliated: StringSet.StringSet = StringSet.stringSet(withAccount)

/** What the layer of a statement says of its principals: PR-11, U-22. */
interface Readings {
  readonly boundary: boolean
  readonly accountMeansRoot: boolean
}

/**
 * The callers that a principal element applies to at least this directly; undefined when that is everybody.
 *
 * `boundary`: a permissions boundary is set on callers with an account (PR-11). `accountMeansRoot`: U-22.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const clauseSet = (
  clause: Principal.PrincipalClause,
  effect: Statement.Effect,
  atLeast: Strength.Strength,
  options: Readings,
): StringSet.StringSet => {
  const entries = clause.principals.flatMap((entry) =>
    options.accountMeansRoot && entry._tag === 'Account'
      ? [['Account', word('root', any, entry.account)] as const]
      : entryWords(entry),
  )
  if (clause._tag === 'Principal')
    return StringSet.stringSet(
      entries.filter(([strength]) => rank[strength] >= rank[atLeast]).map(([, glob]) => glob),
    )
  if (effect === 'Allow')
    return StringSet.stringSet(
      entries.map(([, glob]) => glob),
      true,
    ) // U-16
  return StringSet.stringSet(spared(clause.principals, options), true)
}

type Named = Principal.UserOrRole | Principal.AssumedRoleSession | Principal.FederatedUser

const isNamed = (entry: Principal.Principal): entry is Named =>
  ['User', 'Role', 'AssumedRoleSession', 'FederatedUser'].includes(entry._tag)

/** U-15: those whom Deny with NotPrincipal surely spares. */
const spared = (
  entries: readonly Principal.Principal[],
  { boundary, accountMeansRoot }: Readings,
): readonly Glob.Glob[] => {
  const everybody = entries.some(({ _tag }) => _tag === 'Everyone')
  const accounts = entries.flatMap((entry) => (entry._tag === 'Account' ? [entry] : []))
  const listed = ({ account }: Named): boolean => accounts.some((entry) => entry.account === account)
  const outsiders = entries.flatMap((entry) =>
    entry._tag === 'Service' || entry._tag === 'IdentityProvider'
      ? entryWords(entry).map(([, glob]) => glob)
      : [],
  )
  const all = everybody
    ? [word('service', any), Glob.concat([Glob.literal('provider:'), Glob.all])]
    : outsiders
  const roots = everybody
    ? [word('root', any, any)]
    : accounts.map((entry) => word('root', any, entry.account))
  if (boundary) return [...all, ...roots] // PR-11, and PR-8: no boundary can be set on the root user
  if (everybody) return [...all, ...withAccount]
  if (accountMeansRoot) return [...all, ...roots] // U-22: the account of nobody else counts as listed
  const named = entries.flatMap((entry) =>
    isNamed(entry) && listed(entry) ? entryWords(entry).map(([, glob]) => glob) : [],
  )
  return [...all, ...roots, ...named]
}

// ---- keys that follow from the caller ----

/** How a key's value is put together, shape by shape; a shape that is not listed has not the key. */
interface Derivation {
  readonly shape: readonly (string | typeof field | Glob.Glob)[]
  readonly value: readonly Part[]
}

const perPartition = (make: (partition: string) => readonly Derivation[]): readonly Derivation[] =>
  Arn.partitions.flatMap(make)

const derivations: ReadonlyMap<string, readonly Derivation[]> = new Map([
  [
    'aws:principalarn',
    perPartition((p) => [
      { shape: ['root', p, field], value: [`arn:${p}:iam::`, field, ':root'] },
      { shape: ['user', p, field, field, field], value: [`arn:${p}:iam::`, field, ':user', field, field] },
      {
        shape: ['role', p, field, field, field, any],
        value: [`arn:${p}:iam::`, field, ':role', field, field],
      },
      { shape: ['fed', p, field, field], value: [`arn:${p}:sts::`, field, ':federated-user/', field] },
    ]),
  ],
  [
    'aws:principalaccount',
    [
      { shape: ['root', any, field], value: [field] },
      { shape: ['user', any, field, any, any], value: [field] },
      { shape: ['role', any, field, any, any, any], value: [field] },
      { shape: ['fed', any, field, any], value: [field] },
    ],
  ],
  ['aws:username', [{ shape: ['user', any, any, any, field], value: [field] }]],
  [
    'aws:principaltype',
    [
      { shape: ['root', any, any], value: ['Account'] },
      { shape: ['user', any, any, any, any], value: ['User'] },
      { shape: ['role', any, any, any, any, any], value: ['AssumedRole'] },
      { shape: ['fed', any, any, any], value: ['FederatedUser'] },
      { shape: ['anonymous', ''], value: ['Anonymous'] },
    ],
  ],
  [
    'aws:principalisawsservice',
    [
      { shape: ['root', any, any], value: ['false'] },
      { shape: ['user', any, any, any, any], value: ['false'] },
      { shape: ['role', any, any, any, any, any], value: ['false'] },
      { shape: ['fed', any, any, any], value: ['false'] },
      { shape: ['service', any], value: ['true'] },
    ],
  ],
  ['aws:principalservicename', [{ shape: ['service', field], value: [field] }]],
])

/**
 * Does the key (folded) follow from the caller?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isDerived = (key: string): boolean => derivations.has(key)

const isField = (each: Derivation['shape'][number]): each is typeof field => each === field

const shapeWord = ({ shape }: Derivation, fields: readonly Glob.Glob[]): Glob.Glob => {
  const places = shape.flatMap((each, i) => (isField(each) ? [i] : []))
  return word(...shape.map((each, i) => (isField(each) ? (fields[places.indexOf(i)] ?? any) : each)))
}

const present = (key: string): readonly Glob.Glob[] =>
  (derivations.get(key) ?? []).map((each) => shapeWord(each, []))

/** The callers for whom the key's value is in the operand, or undefined when that cannot be said in globs. */
const within = (key: string, operand: Operand.Operand): readonly Glob.Glob[] | undefined => {
  const ways = derivations.get(key) ?? []
  const found = ways.map((each): readonly Glob.Glob[] | undefined => {
    if (each.value.every((part) => typeof part === 'string'))
      return Operand.admits(operand)(each.value.join('')) ? [shapeWord(each, [])] : []
    if (operand._tag === 'Nothing') return []
    return operand._tag === 'Strings'
      ? fieldsOf(each.value)(operand.glob).map((fields) => shapeWord(each, fields))
      : undefined
  })
  return found.every((globs) => globs !== undefined) ? found.flat() : undefined
}

/**
 * The callers for whom a test of a derived key holds; undefined when it cannot be said exactly (a number or date test
 * of a name).
 *
 * @category evaluation
 * @since 0.1.0
 */
export const derivedSet = (
  key: string,
  truth: Operator.Truth,
  operands: readonly Operand.Operand[],
): StringSet.StringSet | undefined => {
  switch (truth.present) {
    case 'Always':
      return truth.missing ? StringSet.stringSet([Glob.all]) : StringSet.stringSet(present(key))
    case 'Never':
      return truth.missing ? StringSet.stringSet(present(key), true) : StringSet.stringSet([])
    case 'One':
    case 'Any':
    case 'All': {
      const found = operands.map((operand) => within(key, operand))
      if (!found.every((globs) => globs !== undefined)) return undefined
      const inside = found.flat()
      const outside = present(key)
      if (truth.negated)
        return truth.missing ? StringSet.stringSet(inside, true) : intersectComplement(outside, inside)
      return truth.missing ? unionAbsent(outside, inside) : StringSet.stringSet(inside)
    }
  }
}

const absentShapes = (having: readonly Glob.Glob[]): readonly Glob.Glob[] => {
  const shapes = new Set(having.map((glob) => (glob[0]?._tag === 'Text' ? glob[0].text.split(':')[0] : '')))
  const all: Readonly<Record<string, Glob.Glob>> = {
    root: word('root', any, any),
    user: word('user', any, any, any, any),
    role: word('role', any, any, any, any, any),
    fed: word('fed', any, any, any),
    service: word('service', any),
    provider: Glob.concat([Glob.literal('provider:'), Glob.all]),
    anonymous: word('anonymous', ''),
  }
  return Object.keys(all).flatMap((shape) => (shapes.has(shape) ? [] : [all[shape] ?? Glob.empty]))
}

const unionAbsent = (having: readonly Glob.Glob[], inside: readonly Glob.Glob[]): StringSet.StringSet =>
  StringSet.stringSet([...inside, ...absentShapes(having)])

/** Having the key with another value: not inside, and not without the key. */
const intersectComplement = (
  having: readonly Glob.Glob[],
  inside: readonly Glob.Glob[],
): StringSet.StringSet => StringSet.stringSet([...inside, ...absentShapes(having)], true)

// ---- back to callers ----

/** A fresh account for letters that no policy names. */
const asAccount = (text: string, fill: string): Arn.AccountId => {
  const digits = Array.from(text, (char) => (char >= '0' && char <= '9' ? char : fill)).join('')
  return Arn.isAccountId(digits) ? digits : freshAccount
}

const freshAccount: Arn.AccountId = Arn.accountIdOrThrow('999999999999')

/**
 * The caller that a word stands for; letters of the account that are no digits become `fill`.
 *
 * @category destructors
 * @since 0.1.0
 */
export const toCaller = (text: string, fill = '9'): Caller.Caller => {
  const [shape, p = 'aws', a = '', first = '', second = '', third = ''] = text.split(':')
  const home = { partition: Arn.isPartition(p) ? p : 'aws', account: asAccount(a, fill) } as const
  switch (shape) {
    case 'root':
      return { _tag: 'RootUser', ...home }
    case 'user':
      return { _tag: 'User', ...home, path: first, name: second }
    case 'role':
      return { _tag: 'RoleSession', ...home, path: first, role: second, session: third }
    case 'fed':
      return { _tag: 'FederatedUser', ...home, name: first }
    case 'service':
      return { _tag: 'Service', host: text.slice('service:'.length) }
    case 'provider':
      return { _tag: 'IdentityProvider', id: text.slice('provider:'.length) }
    case undefined:
    default:
      return { _tag: 'Anonymous' }
  }
}
