/**
 * Accounts and partitions as a relation between caller and resource. Boxes say nothing of two dimensions at once, so the
 * relation is taken apart: one box for each account that policies name, and one fresh account for all others.
 *
 * That is exact where policies know accounts only by whole ids: then every set of callers, and every set of resources,
 * stays the same when accounts that no policy names are renamed, in either dimension by itself. So if some request has a
 * caller of an unnamed account, one of the fresh account is there too; and the same for owners. Where a pattern cuts
 * through the digits of an account, or has a variable, renaming proves nothing: there a wider set is asked, which keeps
 * proofs sound, besides fresh accounts, which find differences.
 *
 * Source: XA-1, XA-6, RC-5, RC-6.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  Arn,
  Condition,
  Operand,
  Operator,
  Resource,
  Variable,
  type Document,
  Principal,
  type Statement,
  type Version,
} from '../model/index.js'
import { Glob, StringSet } from '../pattern/index.js'
import type { Box } from './Box.js'
import * as callerText from './callerText.js'
import * as resourceText from './resourceText.js'
import type { Relation } from './situations.js'
import type { Universe } from './Universe.js'

// ---- model ----

/**
 * What documents know of accounts and partitions.
 *
 * - `named`: account ids that occur, and some that patterns single out.
 * - `cut`: the first pattern that may tell unnamed accounts apart, undefined if none does.
 * - `partitions`: those that documents may tell apart; the others are like the last one.
 *
 * @category model
 * @since 0.1.0
 */
export interface Accounts {
  readonly named: readonly string[]
  readonly cut: string | undefined
  readonly partitions: readonly Arn.Partition[]
}

// ---- reading documents ----

/** A text of a policy that is compared with ARNs or accounts: as written, and as it is matched, if that can be said. */
interface Compared {
  readonly text: string
  readonly glob: Glob.Glob | undefined
  readonly isArn: boolean
}

const unclear = (text: string): Compared => ({ text, glob: undefined, isArn: true })

const lookup: Variable.Lookup = () => ({ _tag: 'Missing' })

const hasVariable = (text: string, version: Version.Version | undefined): boolean => {
  const template = Variable.parse(version)(text)
  return E.isRight(template) && Variable.hasVariables(template.right)
}

const accountKeys = ['aws:principalaccount', 'aws:resourceaccount']

const ofCondition =
  (version: Version.Version | undefined) =>
  ({ operator, key, values }: Condition.Condition): readonly Compared[] => {
    const folded = Condition.foldKey(key)
    const isAccount = accountKeys.includes(folded)
    const { comparison } = Operator.operators[operator.name]
    const variables = values.filter((text) => hasVariable(text, version)).map(unclear)
    if ((!isAccount && folded !== 'aws:principalarn') || comparison.type === 'Null') return variables
    return values.map((text) => {
      const operand = Operand.read(comparison, version, lookup)(text)
      if (hasVariable(text, version) || (operand._tag !== 'Strings' && operand._tag !== 'Nothing'))
        return unclear(text)
      return { text, glob: operand._tag === 'Strings' ? operand.glob : Glob.empty, isArn: !isAccount }
    })
  }

const ofStatement =
  (version: Version.Version | undefined) =>
  ({ resource, conditions }: Statement.Statement): readonly Compared[] => [
    ...(resource._tag === 'Attached'
      ? []
      : resource.patterns.map((text) =>
          hasVariable(text, version)
            ? unclear(text)
            : { text, glob: Resource.glob(version, lookup)(text), isArn: true },
        )),
    ...conditions.flatMap(ofCondition(version)),
  ]

const principalsOf = (statement: Statement.Statement): readonly Principal.Principal[] =>
  statement._tag === 'ResourceStatement' ? statement.principal.principals : []

const digitRuns = (text: string): readonly string[] => text.match(/\d+/g) ?? []

/**
 * Can the glob tell accounts apart that it does not name? Only if a literal part of it begins or ends among the digits
 * of an account: such a part begins with digits, or ends with a colon and fewer than twelve of them.
 */
const cuts = ({ glob, isArn }: Compared): boolean => {
  if (glob === undefined) return true
  if (!isArn) return cutsField(glob)
  return glob.some((token, i) => {
    if (token._tag !== 'Text') return false
    const place = placeOf(glob, i)
    if (place !== undefined && !mayHoldAccount(place, token.text)) return false
    return (i > 0 && startsInside(token.text)) || (i < glob.length - 1 && endsInside(token.text))
  })
}

const startsInside = (text: string): boolean => /^\d{1,11}(?::|$)/.test(text)

const endsInside = (text: string): boolean => /:\d{1,11}$/.test(text)

/** A whole account against a glob: named, any, or some by their digits. */
const cutsField = (glob: Glob.Glob): boolean => {
  const texts = glob.flatMap((token) => (token._tag === 'Text' ? [token.text] : []))
  return texts.length > 0 && glob.length > 1 && texts.every((text) => /^\d+$/.test(text))
}

/** The colons before a token, undefined where a wildcard before it may have crossed some. */
const placeOf = (glob: Glob.Glob, index: number): number | undefined => {
  const before = glob.slice(0, index)
  if (before.some(({ _tag }) => _tag === 'Run' || _tag === 'One')) return undefined
  return before.reduce(
    (colons, token) => colons + (token._tag === 'Text' ? token.text.split(':').length - 1 : 0),
    0,
  )
}

/** The account is the fifth part of an ARN. */
const mayHoldAccount = (place: number, text: string): boolean =>
  place <= ACCOUNT && place + text.split(':').length - 1 >= ACCOUNT

const ACCOUNT = 4

/** Two accounts that a pattern of digits and wildcards singles out. */
const singledOut = ({ text, isArn }: Compared): readonly string[] => {
  const field = isArn ? text.split(':')[ACCOUNT] : text
  if (field === undefined || !/^[0-9*?]+$/.test(field)) return []
  return ['0', '1'].flatMap((fill) => {
    const [head = '', ...tails] = field.replaceAll('?', fill).split('*')
    const tail = tails.join('')
    const made = tails.length === 0 ? head : head + tail.padStart(12 - head.length, fill)
    return Arn.isAccountId(made) ? [made] : []
  })
}

/** A partition is known where an ARN's first two parts are written out, or its second is a lone wildcard. */
const partitionOf = ({ text, glob, isArn }: Compared): Arn.Partition | 'Any' | 'Unclear' => {
  if (glob === undefined) return 'Unclear'
  if (!isArn || text === '*') return 'Any'
  const [prefix, partition = ''] = text.split(':')
  if (prefix !== 'arn' || (partition !== '*' && !Arn.isPartition(partition))) return 'Unclear'
  return partition === '*' ? 'Any' : partition
}

const partitionsOf = (
  entries: readonly Principal.Principal[],
  compared: readonly Compared[],
): readonly Arn.Partition[] => {
  const found = compared.map(partitionOf)
  if (found.includes('Unclear')) return Arn.partitions
  const named = new Set([
    ...entries.flatMap((entry) => Principal.accountOf(entry)?.partition ?? []),
    ...found.flatMap((each) => (each === 'Any' || each === 'Unclear' ? [] : [each])),
  ])
  const [other] = Arn.partitions.filter((each) => !named.has(each))
  return [...named, ...(other === undefined ? [] : [other])]
}

/**
 * What these documents know of accounts.
 *
 * @category destructors
 * @since 0.1.0
 */
export const accountsOf = (documents: readonly Document.Document[]): Accounts => {
  const compared = documents.flatMap(({ version, statements }) => statements.flatMap(ofStatement(version)))
  const entries = documents.flatMap(({ statements }) => statements.flatMap(principalsOf))
  const cutting = compared.filter(cuts)
  const named = [
    ...entries.flatMap((entry) => Principal.accountOf(entry)?.account ?? []),
    ...compared.flatMap(({ text }) => digitRuns(text).filter(Arn.isAccountId)),
    ...cutting.flatMap(singledOut),
  ]
  return {
    named: Array.from(new Set(named)),
    cut: cutting[0]?.text,
    partitions: partitionsOf(entries, compared),
  }
}

// ---- boxes ----

const is = { missing: false, present: 'One', negated: false } as const
const isNot = { missing: true, present: 'One', negated: true } as const

const operands = (accounts: readonly string[]): readonly Operand.Operand[] =>
  accounts.map((account) => ({ _tag: 'Strings', glob: Glob.literal(account) }))

const everything = StringSet.stringSet([Glob.all])

/**
 * The callers of these accounts, or with `others` all other callers.
 *
 * @category constructors
 * @since 0.1.0
 */
export const callersOf = (universe: Universe, accounts: readonly string[], others = false): Box =>
  universe.callers(
    callerText.derivedSet('aws:principalaccount', others ? isNot : is, operands(accounts)) ?? everything,
  )

/**
 * The resources of these accounts, or with `others` all other resources, those of unknown owner among them.
 *
 * @category constructors
 * @since 0.1.0
 */
export const ownedBy = (universe: Universe, accounts: readonly string[], others = false): Box =>
  universe.resources(resourceText.ownerSet(others ? isNot : is, operands(accounts)) ?? everything)

const field = Glob.normalize([Glob.runWithin])

const withinPartition = (universe: Universe, partition: Arn.Partition): readonly Box[] => [
  universe.callers(
    StringSet.stringSet(
      ['root', 'user', 'role', 'fed'].map((shape) =>
        Glob.concat([Glob.literal(`${shape}:${partition}:`), Glob.all]),
      ),
    ),
  ),
  universe.resources(
    StringSet.stringSet([Glob.concat([field, Glob.literal(`:arn:${partition}:`), Glob.all])]),
  ),
]

const readable = ['111122223333', '444455556666', '777788889999', '123456789012', '210987654321']

/**
 * An account that is not among these.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fresh = (named: readonly string[]): string => {
  const candidates = [...readable, ...named.map((_, i) => String(100_000_000_000 + i))]
  return candidates.find((each) => !named.includes(each)) ?? '999999999999'
}

/**
 * The relations of a cell as alternatives of boxes, for `Obligation.refined`; undefined where all relations are alike.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const refinement = (
  universe: Universe,
  { named, cut, partitions }: Accounts,
): ((relations: readonly Relation[]) => readonly (readonly Box[])[] | undefined) => {
  const one = fresh(named)
  const accounts = [...named, one]
  const pinned = accounts.map((account) => ({
    caller: callersOf(universe, [account]),
    owner: ownedBy(universe, [account]),
    other: ownedBy(universe, [account], true),
  }))
  const unnamed = { caller: callersOf(universe, named, true), owner: ownedBy(universe, named, true) }
  const same = [
    ...pinned.map(({ caller, owner }) => [caller, owner]),
    ...(cut === undefined ? [] : [[unnamed.caller, unnamed.owner]]),
  ]
  const cross = [
    ...pinned.map(({ caller, other }) => [caller, other]),
    ...(cut === undefined ? [] : [[unnamed.caller]]),
  ]
  const inPartition = partitions.map((partition) => withinPartition(universe, partition))
  return (relations) => {
    if (relations.includes('CrossPartition') || relations.includes('Free')) return undefined
    const pairs = [
      ...(relations.includes('SameAccount') ? same : []),
      ...(relations.includes('CrossAccount') ? cross : []),
    ]
    return inPartition.flatMap((home) => pairs.map((pair) => [...home, ...pair]))
  }
}
