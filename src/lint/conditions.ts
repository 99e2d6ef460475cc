/**
 * Rules about tests of context keys: what they make of a missing key, of lists, of the empty list.
 *
 * @since 0.1.0
 */
import { Condition, Operator, withStatements, type Document, type Statement } from '../model/index.js'
import type { Remark } from './Finding.js'
import { replacing } from './Fix.js'
import { isOnKey, withCondition } from './parts.js'
import { conditionAt } from './place.js'
import { restricted, silenced, type Prover } from './Prover.js'
import { ofStatements, type Options, type Placed, type Rule, type Subject } from './Rule.js'

/** A check of every test of every statement. */
const ofConditions = (
  look: (
    subject: Subject<Options>,
    placed: Placed,
  ) => (condition: Condition.Condition) => Omit<Remark, 'pointer'> | undefined,
): Rule<string>['check'] =>
  ofStatements<Options>(
    (subject) => (placed) =>
      placed.statement.conditions.flatMap((condition) => {
        const found = look(subject, placed)(condition)
        return found === undefined ? [] : [{ ...found, pointer: conditionAt(placed.index, condition) }]
      }),
  )

// ---- missing keys ----

/** Keys that every request has (RC-6, U-26). */
const always = [
  'aws:currenttime',
  'aws:epochtime',
  'aws:principalisawsservice',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:viaawsservice',
]

/** Is it proven that the statement matches a request without the key? */
const matchesWithout = (
  { key }: Condition.Condition,
  statement: Statement.Statement,
  document: Document.Document,
  prover: Prover,
): boolean => {
  const without = restricted('Null', key, ['true'])(statement)
  if (without === undefined) return false // the statement says itself what is to be of a missing key
  const alone = withStatements(document, [without])
  return prover.isBroader(alone, silenced(alone))
}

/** The same statement for requests that have the key. */
const whenPresent = ({ key }: Condition.Condition, placed: Placed): Remark['fix'] => {
  const present = restricted('Null', key, ['false'])(placed.statement)
  return present === undefined
    ? undefined
    : replacing(`ask that \`${key}\` be there`, 'Restricts', placed, [present])
}

const passesWithout =
  ({ document, prover }: Subject<Options>, { statement }: Placed) =>
  (condition: Condition.Condition): boolean =>
    statement.effect === 'Allow' &&
    !isOnKey(always)(condition) &&
    matchesWithout(condition, statement, document, prover)

/**
 * A negated test in an Allow, which a request without the key passes (CO-4). With IfExists that is said in as many words.
 *
 * @category analysis
 * @since 0.1.0
 */
export const negatedWithoutKey: Rule<'negated-without-key'> = {
  id: 'negated-without-key',
  severity: 'warning',
  title: 'a negated test in an Allow, which requests without the key pass',
  sources: ['CO-4'],
  check: ofConditions((subject, placed) => (condition) => {
    const { operator, key } = condition
    const isNegated = operator.qualifier === 'None' && Operator.operators[operator.name].negated
    return !isNegated || operator.ifExists || !passesWithout(subject, placed)(condition)
      ? undefined
      : {
          message: `a request without \`${key}\` passes \`${Operator.show(operator)}\` and is allowed`,
          source: 'CO-4',
          mend: `add \`"Null": { "${key}": "false" }\`, or name the values that are to be allowed`,
          fix: whenPresent(condition, placed),
        }
  }),
}

/**
 * ForAllValues in an Allow, which a request without the key passes (CO-M4).
 *
 * @category analysis
 * @since 0.1.0
 */
export const forAllWithoutNull: Rule<'for-all-without-null'> = {
  id: 'for-all-without-null',
  severity: 'warning',
  title: '`ForAllValues` in an Allow without a `Null` test, which requests without the key pass',
  sources: ['CO-M4'],
  check: ofConditions((subject, placed) => (condition) => {
    const { operator, key } = condition
    return operator.qualifier !== 'ForAllValues' ||
      operator.name === 'Null' ||
      !passesWithout(subject, placed)(condition)
      ? undefined
      : {
          message: `a request without \`${key}\`, or with an empty list of it, passes \`${Operator.show(operator)}\` and is allowed`,
          source: 'CO-M4',
          mend: `add \`"Null": { "${key}": "false" }\``,
          fix: whenPresent(condition, placed),
        }
  }),
}

// ---- suffixes and qualifiers ----

/**
 * IfExists on a test that answers a missing key as it does anyway (CO-I2, CO-M6).
 *
 * @category analysis
 * @since 0.1.0
 */
export const idleIfExists: Rule<'idle-if-exists'> = {
  id: 'idle-if-exists',
  severity: 'info',
  title: '`IfExists` on an operator that answers a missing key the same without it',
  sources: ['CO-I2', 'CO-M6'],
  check: ofConditions((_, placed) => (condition) => {
    const { operator, key, values } = condition
    if (!operator.ifExists) return undefined
    const plain: Operator.ConditionOperator = { ...operator, ifExists: false }
    const { missing } = Operator.truth(operator, values)
    if (Operator.truth(plain, values).missing !== missing) return undefined
    const shorter = withCondition(condition, { ...condition, operator: plain })(placed.statement)
    return {
      message: `\`IfExists\` changes nothing here: a request without \`${key}\` ${missing ? 'passes' : 'fails'} this test either way`,
      source: operator.qualifier === 'None' ? 'CO-I2' : 'CO-M6',
      mend: `write \`${Operator.show(plain)}\``,
      fix:
        shorter === undefined
          ? undefined
          : replacing(`write \`${Operator.show(plain)}\``, 'Equivalent', placed, [shorter]),
    }
  }),
}

/**
 * A set qualifier on Null, which makes it always true or always false (CO-U2).
 *
 * @category analysis
 * @since 0.1.0
 */
export const qualifiedNull: Rule<'qualified-null'> = {
  id: 'qualified-null',
  severity: 'error',
  title: '`Null` with a set qualifier, which is always true or always false',
  sources: ['CO-U2'],
  check: ofConditions(
    () =>
      ({ operator }) =>
        operator.name !== 'Null' || operator.qualifier === 'None'
          ? undefined
          : {
              message: `\`${Operator.show(operator)}\` is always ${operator.qualifier === 'ForAllValues' ? 'true' : 'false'}, whatever the request has`,
              source: 'CO-U2',
              mend: 'write `Null`',
              fix: undefined,
            },
  ),
}

/**
 * A plain operator on a key with lists of values, which fails on two of them (U-2).
 *
 * @category analysis
 * @since 0.1.0
 */
export const unqualifiedList: Rule<'unqualified-list'> = {
  id: 'unqualified-list',
  severity: 'warning',
  title: 'a key with lists of values under an operator without set qualifier',
  sources: ['U-2'],
  check: ofConditions(() => (condition) => {
    const { operator, key } = condition
    return operator.name === 'Null' ||
      operator.qualifier !== 'None' ||
      !isOnKey(Array.from(Condition.multivaluedKeys))(condition)
      ? undefined
      : {
          message: `\`${key}\` has a list of values, and \`${Operator.show(operator)}\` fails on more than one`,
          source: 'U-2',
          mend: `write \`ForAnyValue:${Operator.show(operator)}\`, or \`ForAllValues:\` with a \`Null\` test`,
          fix: undefined,
        }
  }),
}

/**
 * A test without values, which no key that is there can pass (U-4, CO-M7).
 *
 * @category analysis
 * @since 0.1.0
 */
export const noValues: Rule<'no-values'> = {
  id: 'no-values',
  severity: 'error',
  title: 'a test with an empty list of values',
  sources: ['U-4'],
  check: ofConditions(
    () =>
      ({ key, values }) =>
        values.length > 0
          ? undefined
          : {
              message: `the list of values is empty: no request that has \`${key}\` passes`,
              source: 'U-4',
              mend: 'list the values, or take the test out',
              fix: undefined,
            },
  ),
}

// ---- keys of other actions ----

/**
 * What a service's catalogue says of condition keys: its name, as in `ecr:PutImage`, and the keys that each of its
 * actions knows, a variable part written `${...}`.
 *
 * @category model
 * @since 0.1.0
 */
export interface KeyCatalogue {
  readonly service: string
  readonly actions: Readonly<Record<string, { readonly conditionKeys: readonly string[] }>>
  readonly source: string
}

/** Global by name, and yet there only where an action has tags. */
const tagKeys = ['aws:resourcetag/', 'aws:requesttag/', 'aws:tagkeys']

const isJudged = (key: string, service: string): boolean =>
  key.startsWith(`${service}:`) || tagKeys.some((known) => key.startsWith(known))

const knows =
  ({ actions }: KeyCatalogue, key: string) =>
  (name: string): boolean =>
    actions[name]?.conditionKeys.some((known) => {
      const [start = ''] = Condition.foldKey(known).split('${')
      return known.includes('${') ? key.startsWith(start) : key === start
    }) === true

/**
 * A test of a key that is never there when the statement's actions are called.
 *
 * The rule is one of lint's, the catalogue is the service's own; patterns of other services, and those that take in
 * actions with the key, are left alone.
 *
 * @category constructors
 * @since 0.1.0
 */
export const unsupportedKey = (
  catalogue: KeyCatalogue,
  named: (pattern: Statement.Statement['action']['patterns'][number]) => readonly string[],
): Rule<'unsupported-key'>['check'] =>
  ofStatements<Options>(
    () =>
      ({ statement, index }) =>
        statement.conditions.flatMap((condition) => {
          const key = Condition.foldKey(condition.key)
          if (statement.action._tag === 'NotAction' || !isJudged(key, catalogue.service)) return []
          const without = statement.action.patterns.filter((pattern) => {
            const names = named(pattern).filter((name) => Object.hasOwn(catalogue.actions, name))
            return names.length > 0 && !names.some(knows(catalogue, key))
          })
          return without.length === 0 ? [] : [remarkOnKey(condition, index, without, catalogue.source)]
        }),
  )

const remarkOnKey = (
  condition: Condition.Condition,
  index: number,
  patterns: readonly string[],
  source: string,
): Remark => {
  const { missing } = Operator.truth(condition.operator, condition.values)
  const names = patterns.map((pattern) => `\`${pattern}\``).join(', ')
  return {
    pointer: conditionAt(index, condition),
    message: `a request for ${names} never has \`${condition.key}\`, so this test always ${missing ? 'passes' : 'fails'} there`,
    source,
    mend: 'put those actions into a statement without it',
    fix: undefined,
  }
}
