/** Rules that are counted on the tests of conditions. */
import { readBytes, readAddress, readDate, readDecimal } from '../../oracle/readers.js'
import type { Test } from '../observations.js'
import { ruleOn, type Rule } from './rule.js'
import {
  bringsWildcard,
  hasEscape,
  hasList,
  hasVariable,
  isRespelt,
  isUnresolved,
  usesDefault,
} from './variables.js'

const on = ruleOn<Test>(({ holds }) => holds)

const isPresent = ({ given }: Test): boolean => given.length > 0
const isMissing = (test: Test): boolean => !isPresent(test)
const isPlain = ({ qualifier }: Test): boolean => qualifier === ''
const isAny = ({ qualifier, base }: Test): boolean => qualifier === 'ForAnyValue' && base !== 'Null'
const isAll = ({ qualifier, base }: Test): boolean => qualifier === 'ForAllValues' && base !== 'Null'
const isOf =
  (family: RegExp) =>
  ({ base }: Test): boolean =>
    family.test(base)

const isTextual = isOf(/^(String|Arn)/)
const isNumeric = isOf(/^Numeric/)
const isDate = isOf(/^Date/)
const isAddress = isOf(/IpAddress$/)
const isArn = isOf(/^Arn/)
const isNull = isOf(/^Null$/)
const isCurrent = ({ version }: Test): boolean => version === '2012-10-17'

/** The tests of a present key by one family of operators. */
const present =
  (family: RegExp) =>
  (test: Test): boolean =>
    family.test(test.base) && isPresent(test)

/** Can the operator read the text? */
const isReadable =
  ({ base }: Test) =>
  (text: string): boolean => {
    if (base.startsWith('Numeric')) return readDecimal(text) !== undefined
    if (base.startsWith('Date')) return readDate(text) !== undefined
    if (base === 'Bool') return /^(true|false)$/i.test(text)
    if (base.startsWith('Binary')) return readBytes(text) !== undefined
    return !base.endsWith('IpAddress') || readAddress(text.split('/')[0] ?? '') !== undefined
  }

const hasUnreadable = (test: Test): boolean =>
  isPresent(test) && !isTextual(test) && ![...test.values, ...test.given].every(isReadable(test))

const hasValue =
  (like: (text: string) => boolean) =>
  ({ values }: Test): boolean =>
    values.some(like)

const hasAny =
  (like: (text: string) => boolean) =>
  ({ values, given }: Test): boolean =>
    [...values, ...given].some(like)

const isIsoDate = (text: string): boolean => /^\d{4}(-|$)/.test(text)
const isIpv6 = (text: string): boolean => text.includes(':')

const namesOf = ({ request }: Test): readonly string[] => Object.keys(request.context ?? {})

const followsFromCaller = ({ key }: Test): boolean =>
  /^aws:(username|userid|principal(type|account|isawsservice))$/i.test(key)

const withVariable = (test: Test): boolean =>
  isTextual(test) && isCurrent(test) && isPresent(test) && hasValue(hasVariable)(test)

const ofContext: readonly Rule<Test>[] = [
  on('RC-2', 'a tested key: there / not there', () => true, isPresent),
  on('RC-3', 'a tested key: one value / several', isPresent, ({ given }) => given.length === 1),
  on('RC-4', 'a test whose key is spelt otherwise in the request: true / false', (test) =>
    namesOf(test).some((name) => name !== test.key && name.toLowerCase() === test.key.toLowerCase()),
  ),
  on(
    'RC-5',
    'a test of `aws:PrincipalArn` when a session calls: true / false',
    ({ key, caller }) => caller.kind === 'Session' && key.toLowerCase() === 'aws:principalarn',
  ),
  on(
    'RC-6',
    'a test of a key that follows from the caller: the key is there / is not',
    followsFromCaller,
    isPresent,
  ),
]

const ofMissingKeys: readonly Rule<Test>[] = [
  on(
    'CO-3',
    'a negated operator with several values, key there: true / false',
    (test) => isPresent(test) && isPlain(test) && test.negated && test.values.length > 1,
  ),
  on(
    'CO-4',
    'a plain operator, key not there: true (negated) / false',
    (test) => isMissing(test) && isPlain(test) && !test.ifExists && !isNull(test),
  ),
  on('CO-I1', 'IfExists: true / false', ({ ifExists }) => ifExists),
  on('CO-I2', 'IfExists on a negated operator: true / false', ({ ifExists, negated }) => ifExists && negated),
  on('U-1', 'a key with an empty list of values: true / false', (test) =>
    namesOf(test).some(
      (name) => name.toLowerCase() === test.key.toLowerCase() && test.request.context?.[name]?.length === 0,
    ),
  ),
  on(
    'U-2',
    'several values without qualifier: true / false',
    (test) => isPlain(test) && !isNull(test) && test.given.length > 1,
  ),
  on('U-4', 'an empty list of policy values: true / false', ({ values }) => values.length === 0),
  on(
    'CO-M7',
    'a qualifier over an empty list of policy values: true / false',
    (test) => (isAny(test) || isAll(test)) && test.values.length === 0,
  ),
]

const ofOperators: readonly Rule<Test>[] = [
  on('CO-S1', 'StringEquals, StringNotEquals, key there: true / false', present(/^String(Not)?Equals$/)),
  on(
    'CO-S2',
    'StringEqualsIgnoreCase, StringNotEqualsIgnoreCase, key there: true / false',
    present(/^String(Not)?EqualsIgnoreCase$/),
  ),
  on('CO-S3', 'StringLike, StringNotLike, key there: true / false', present(/^String(Not)?Like$/)),
  on(
    'CO-N1',
    'a numeric operator, all numbers: true / false',
    (test) => isNumeric(test) && isPresent(test) && !hasUnreadable(test),
  ),
  on(
    'CO-N2',
    'a numeric operator, some operand no number: true / false',
    (test) => isNumeric(test) && hasUnreadable(test),
  ),
  on('CO-D1', 'a date operator, key there: true / false', present(/^Date/)),
  on(
    'CO-D2',
    'a date operator with a date of ISO 8601: true / false',
    (test) => isDate(test) && isPresent(test) && hasAny(isIsoDate)(test),
  ),
  on(
    'CO-D3',
    'a date operator with a count of seconds: true / false',
    (test) =>
      isDate(test) &&
      isPresent(test) &&
      hasAny((text) => !isIsoDate(text) && readDecimal(text) !== undefined)(test),
  ),
  on('CO-B1', 'Bool, key there: true / false', present(/^Bool$/)),
  on('CO-Y1', 'BinaryEquals, key there: true / false', present(/^BinaryEquals$/)),
  on(
    'CO-P1',
    'an address operator with a block: true / false',
    (test) => isAddress(test) && isPresent(test) && hasValue((text) => text.includes('/'))(test),
  ),
  on(
    'CO-P2',
    'an address operator with a lone address: true / false',
    (test) => isAddress(test) && isPresent(test) && hasValue((text) => !text.includes('/'))(test),
  ),
  on(
    'CO-P3',
    'an address of the other family than every block: true (negated) / false',
    (test) =>
      isAddress(test) &&
      isPresent(test) &&
      !hasUnreadable(test) &&
      test.values.length > 0 &&
      test.given.every((one) => test.values.every((block) => isIpv6(block) !== isIpv6(one))),
  ),
  on('CO-R1', 'an ARN operator, key there: true / false', present(/^Arn/)),
  on(
    'CO-R2',
    'an ARN operator with a wildcard, key there: true / false',
    (test) => isArn(test) && isPresent(test) && hasValue((text) => /[*?]/.test(text))(test),
  ),
  on(
    'CO-R3',
    'a String operator on a key that holds an ARN: true / false',
    (test) => /^String/.test(test.base) && test.given.some((text) => text.startsWith('arn:')),
  ),
  on('CO-U1', 'Null: true / false', (test) => isNull(test) && isPlain(test)),
  on(
    'CO-U2',
    'Null with ForAllValues: true / with ForAnyValue: false',
    (test) => isNull(test) && !isPlain(test),
  ),
  on('U-3', 'an operand that its operator cannot read: true (negated) / false', hasUnreadable),
  on(
    'U-6',
    'a variable where none is replaced: true / false',
    (test) => !isTextual(test) && isPresent(test) && isCurrent(test) && hasValue(hasVariable)(test),
  ),
  on(
    'U-23',
    '`true` or `false` under Bool or Null in other letter case: true / false',
    (test) =>
      /^(Bool|Null)$/.test(test.base) &&
      (isNull(test) || isPresent(test)) &&
      hasAny((text) => /^(true|false)$/i.test(text) && text !== text.toLowerCase())(test),
  ),
  on(
    'U-24',
    'a number with sign, fraction or exponent, or a bare year: true / false',
    (test) =>
      (isNumeric(test) || isDate(test)) &&
      isPresent(test) &&
      hasAny((text) => /^(\d{4}|[+-]?\d+(\.\d+)?(e[+-]?\d+)?)$/i.test(text) && !/^\d{5,}$/.test(text))(test),
  ),
]

const ofQualifiers: readonly Rule<Test>[] = [
  on('CO-M1', 'ForAnyValue, key there: true / false', (test) => isAny(test) && isPresent(test)),
  on('CO-M2', 'ForAnyValue, key not there: true / false', (test) => isAny(test) && isMissing(test)),
  on('CO-M3', 'ForAllValues, key there: true / false', (test) => isAll(test) && isPresent(test)),
  on('CO-M4', 'ForAllValues, key not there: true / false', (test) => isAll(test) && isMissing(test)),
  on(
    'CO-M5',
    'a qualifier over a negated operator, key there: true / false',
    (test) => (isAny(test) || isAll(test)) && test.negated && isPresent(test),
  ),
  on(
    'CO-M6',
    'IfExists, key not there: true with ForAllValues / false with ForAnyValue',
    (test) => (isAny(test) || isAll(test)) && test.ifExists && isMissing(test),
  ),
  on(
    'U-5',
    'ForAnyValue with IfExists, key not there: true / false',
    (test) => isAny(test) && test.ifExists && isMissing(test),
  ),
]

const ofVariables: readonly Rule<Test>[] = [
  on('VA-2', 'a String or ARN value with a variable: true / false', withVariable),
  on(
    'VA-3',
    'a variable whose key is spelt otherwise in the request: true / false',
    (test) => withVariable(test) && hasValue(isRespelt(namesOf(test)))(test),
  ),
  on(
    'VA-5',
    'a variable that takes its default: true / false',
    (test) => withVariable(test) && hasValue(usesDefault(test.lookup))(test),
  ),
  on(
    'VA-6',
    'a variable in a document without variables: true / false',
    (test) => isTextual(test) && isPresent(test) && !isCurrent(test) && hasValue(hasVariable)(test),
  ),
  on(
    'VA-7',
    'a variable without a value: true (negated) / false',
    (test) => withVariable(test) && hasValue(isUnresolved(test.lookup))(test),
  ),
  on(
    'VA-8',
    'a value with `${*}`, `${?}` or `${$}`: true / false',
    (test) => isTextual(test) && isPresent(test) && isCurrent(test) && hasValue(hasEscape)(test),
  ),
  on(
    'VA-9',
    'a variable whose key has several values: true (negated) / false',
    (test) => withVariable(test) && hasValue(hasList(test.lookup))(test),
  ),
  on(
    'VA-11',
    'a variable that brings in a wildcard: true / false',
    (test) => withVariable(test) && hasValue(bringsWildcard(test.lookup))(test),
  ),
  on(
    'U-7',
    'a value without meaning among several: true / false',
    (test) => withVariable(test) && test.values.length > 1 && hasValue(isUnresolved(test.lookup))(test),
  ),
]

export const testRules: readonly Rule<Test>[] = [
  ...ofContext,
  ...ofMissingKeys,
  ...ofOperators,
  ...ofQualifiers,
  ...ofVariables,
]
