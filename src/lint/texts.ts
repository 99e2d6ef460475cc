/**
 * Rules about what is written in values and resources: operands that cannot be read, wildcards and variables where they
 * are plain letters, ARNs that name nothing.
 *
 * @since 0.1.0
 */
import {
  Arn,
  Operand,
  Operator,
  Principal,
  Problem,
  Resource,
  Variable,
  type Condition,
  type Document,
} from '../model/index.js'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Remark } from './Finding.js'
import { replacing, type Effect, type Fix } from './Fix.js'
import { withCondition, withResources, withoutValue } from './parts.js'
import { hasVariables, isTemplate } from './patterns.js'
import { principalAt, resourceAt, valueAt } from './place.js'
import { ofStatements, type Options, type Placed, type Rule, type Subject } from './Rule.js'

type Said = Omit<Remark, 'pointer'>

/** A check of every value of every test. */
const ofValues = (
  look: (
    subject: Subject<Options>,
    placed: Placed,
    condition: Condition.Condition,
  ) => (value: string, i: number) => Said | undefined,
): Rule<string>['check'] =>
  ofStatements<Options>(
    (subject) => (placed) =>
      placed.statement.conditions.flatMap((condition) =>
        condition.values.flatMap((value, i) => {
          const said = look(subject, placed, condition)(value, i)
          return said === undefined ? [] : [{ ...said, pointer: valueAt(placed.index, condition, i) }]
        }),
      ),
  )

/** A check of every entry of Resource and NotResource. */
const ofResources = (
  look: (
    subject: Subject<Options>,
    placed: Placed,
  ) => (pattern: Resource.ResourcePattern, i: number) => Said | undefined,
): Rule<string>['check'] =>
  ofStatements<Options>((subject) => (placed) => {
    const { resource } = placed.statement
    if (resource._tag === 'Attached') return []
    return resource.patterns.flatMap((pattern, i) => {
      const said = look(subject, placed)(pattern, i)
      return said === undefined ? [] : [{ ...said, pointer: resourceAt(placed.index, placed.statement, i) }]
    })
  })

// ---- operands ----

const wanted: Readonly<Record<Operator.Comparison['type'], readonly [what: string, source: string]>> = {
  String: ['a text', 'CO-S1'],
  Numeric: ['a number', 'CO-N2'],
  Date: ['a date such as `2026-01-31T00:00:00Z`, or seconds since 1970', 'CO-D2'],
  IpAddress: ['an address or a CIDR block', 'CO-P1'],
  Bool: ['`true` or `false`', 'CO-B1'],
  Binary: ['base64', 'CO-Y1'],
  Arn: ['an ARN of six parts', 'CO-R2'],
  Null: ['`true` or `false`', 'CO-U1'],
}

/** Any value will do for a variable, unless colons in it would make the parts of an ARN. */
const isReadable = (
  comparison: Operator.Comparison,
  { version }: Document.Document,
  value: string,
): boolean => {
  if (comparison.type === 'Null') return ['true', 'false'].includes(value.toLowerCase())
  if (comparison.type === 'Arn' && hasVariables(version) && value.includes('${')) return true
  const read = Operand.read(comparison, version, () => ({ _tag: 'Value', value: 'x' }))
  return read(value)._tag !== 'Nothing'
}

/**
 * A value that cannot be read as the operator's type, and so matches nothing (U-3, U-10).
 *
 * @category analysis
 * @since 0.1.0
 */
export const unreadableValue: Rule<'unreadable-value'> = {
  id: 'unreadable-value',
  severity: 'error',
  title: "a value that is not of the operator's type, such as `10.0.0.0/33`",
  sources: ['U-3', 'CO-N2', 'CO-D2', 'CO-P1', 'CO-B1', 'CO-Y1', 'CO-R2', 'CO-U1'],
  check: ofValues(({ document }, placed, condition) => (value, i) => {
    const { comparison } = Operator.operators[condition.operator.name]
    if (isReadable(comparison, document, value)) return undefined
    const [what, source] = wanted[comparison.type]
    const less = withoutValue(condition, i)(placed.statement)
    return {
      message: `${Problem.quote(value)} is not ${what}, so it matches nothing`,
      source,
      mend: `write ${what}`,
      fix:
        less === undefined
          ? undefined
          : replacing(`remove ${Problem.quote(value)}`, 'Equivalent', placed, [less]),
    }
  }),
}

/** The pattern operator for an operator on whole texts, if it has one. */
const likeOf = (name: Operator.OperatorName): 'StringLike' | 'StringNotLike' | undefined =>
  name === 'StringEquals' ? 'StringLike' : name === 'StringNotEquals' ? 'StringNotLike' : undefined

const asPattern = (placed: Placed, condition: Condition.Condition): Fix | undefined => {
  const { operator } = condition
  const like = likeOf(operator.name)
  if (like === undefined) return undefined
  const { negated } = Operator.operators[operator.name]
  const effect: Effect = (placed.statement.effect === 'Allow') === negated ? 'Restricts' : 'Grants'
  const patterned = withCondition(condition, {
    ...condition,
    operator: { name: like, qualifier: operator.qualifier, ifExists: operator.ifExists },
  })(placed.statement)
  return patterned === undefined
    ? undefined
    : replacing(`write \`${Operator.show({ ...operator, name: like })}\``, effect, placed, [patterned])
}

/** An escaped wildcard is meant as a letter (VA-8). */
const hasAsterisk = (document: Document.Document, value: string): boolean => {
  const template = Variable.parse(document.version)(value)
  return E.isLeft(template)
    ? value.includes('*')
    : template.right.some((piece) => piece._tag === 'Text' && piece.text.includes('*'))
}

/**
 * A `*` under an operator that compares whole texts, where it is a letter like others (CO-S3).
 *
 * @category analysis
 * @since 0.1.0
 */
export const literalWildcard: Rule<'literal-wildcard'> = {
  id: 'literal-wildcard',
  severity: 'warning',
  title: '`*` in a value of `StringEquals` and its like, where it is no wildcard',
  sources: ['CO-S3'],
  check: ofValues(({ document }, placed, condition) => (value) => {
    const { comparison } = Operator.operators[condition.operator.name]
    if (comparison.type !== 'String' || comparison.pattern || !hasAsterisk(document, value)) return undefined
    const like = likeOf(condition.operator.name)
    return {
      message: `\`${Operator.show(condition.operator)}\` takes the \`*\` in ${Problem.quote(value)} for a letter`,
      source: 'CO-S3',
      mend: like === undefined ? 'write the whole value' : `write \`${like}\`, or \`\${*}\` for an asterisk`,
      fix: asPattern(placed, condition),
    }
  }),
}

// ---- variables ----

const HEAD = 5

/**
 * A variable before the fifth colon of a Resource, where none is read (VA-1).
 *
 * @category analysis
 * @since 0.1.0
 */
export const variableInHead: Rule<'variable-in-head'> = {
  id: 'variable-in-head',
  severity: 'error',
  title: 'a policy variable before the fifth colon of an ARN, where it is plain text',
  sources: ['VA-1'],
  check: ofResources(
    ({ document }) =>
      (pattern) =>
        hasVariables(document.version) &&
        !isTemplate(pattern) &&
        Arn.segments(pattern)
          .slice(0, HEAD)
          .some((segment) => segment.includes('${'))
          ? {
              message: `the variable in ${Problem.quote(pattern)} stands before the fifth colon and is plain text there, so this matches nothing`,
              source: 'VA-1',
              mend: 'write `*` there, and test the key in a condition',
              fix: undefined,
            }
          : undefined,
  ),
}

const isVariable = (text: string): boolean => {
  const read = Variable.parse('2012-10-17')(text)
  return E.isRight(read) && read.right.some(({ _tag }) => _tag !== 'Text')
}

/** VA-2, U-6. */
const takesVariables = ({ operator }: Condition.Condition): boolean => {
  const { type } = Operator.operators[operator.name].comparison
  return type === 'String' || type === 'Arn'
}

/** With variables read, each text must be one that can be read (VA-10). */
const newVersion = ({ statements }: Document.Document): Fix | undefined =>
  statements
    .flatMap(({ resource, conditions }) => [
      ...(resource._tag === 'Attached' ? [] : resource.patterns),
      ...conditions.filter(takesVariables).flatMap(({ values }) => values),
    ])
    .every((text) => E.isRight(Variable.parse('2012-10-17')(text)))
    ? {
        title: 'set the version to 2012-10-17',
        effect: 'Grants',
        edit: { _tag: 'SetVersion', version: '2012-10-17' },
      }
    : undefined

const literalVariable = (document: Document.Document, text: string): Said | undefined =>
  hasVariables(document.version) || !isVariable(text)
    ? undefined
    : {
        message: `${document.version === undefined ? 'without a Version' : `under Version ${document.version}`} the variable in ${Problem.quote(text)} is plain text`,
        source: 'VA-6',
        mend: 'write `"Version": "2012-10-17"`',
        fix: newVersion(document),
      }

const inResources = ofResources(
  ({ document }) =>
    (pattern) =>
      literalVariable(document, pattern),
)
const inValues = ofValues(
  ({ document }, _, condition) =>
    (value) =>
      takesVariables(condition) ? literalVariable(document, value) : undefined,
)

/**
 * A policy variable in a document of a version that has none: it is taken as it stands, letter for letter (VA-6).
 *
 * @category analysis
 * @since 0.1.0
 */
export const variableWithoutVersion: Rule<'variable-without-version'> = {
  id: 'variable-without-version',
  severity: 'error',
  title: 'a policy variable in a document that is not of version 2012-10-17',
  sources: ['VA-6'],
  check: (subject) => [...inResources(subject), ...inValues(subject)],
}

// ---- ARNs ----

const names = ['partition', 'service', 'Region', 'account', 'resource']

const padded = (parts: readonly string[]): Resource.ResourcePattern | undefined => {
  const whole = [...parts, ...Array.from({ length: HEAD + 1 - parts.length }, () => '*')].join(':')
  return O.toUndefined(O.fromEither(Resource.parsePattern(whole)))
}

/**
 * An ARN with fewer than six parts, which IAM fills with `*` (SM-R10).
 *
 * @category analysis
 * @since 0.1.0
 */
export const shortArn: Rule<'short-arn'> = {
  id: 'short-arn',
  severity: 'warning',
  title: 'an ARN with fewer than six parts: the missing ones are read as `*`',
  sources: ['SM-R10'],
  check: ofResources((_, placed) => (pattern, i) => {
    const parts = Arn.segments(pattern)
    if (pattern === '*' || parts.length > HEAD) return undefined
    const whole = padded(parts)
    const { resource } = placed.statement
    const patterns = resource._tag === 'Attached' ? [] : resource.patterns
    const longer =
      whole === undefined
        ? undefined
        : withResources(patterns.map((each, j) => (j === i ? whole : each)))(placed.statement)
    return {
      message: `${Problem.quote(pattern)} names no ${names.slice(parts.length - 1).join(', ')}: every one is meant`,
      source: 'SM-R10',
      mend: whole === undefined ? 'write all six parts' : `write \`${whole}\` if so`,
      fix:
        longer === undefined
          ? undefined
          : replacing(`write \`${whole ?? ''}\``, 'Equivalent', placed, [longer]),
    }
  }),
}

const isAccountLike = (text: string): boolean =>
  /[*?]/.test(text) || (/^[0-9]+$/.test(text) ? Arn.isAccountId(text) : /^[a-z-]*$/.test(text))

const oddPart = (pattern: string): string | undefined => {
  const [, partition = '', , region, account] = Arn.segments(pattern)
  if (region === undefined || partition.endsWith('*') || pattern.includes('${')) return undefined
  if (!/^[a-z0-9*?-]*$/.test(region)) return `${Problem.quote(region)} is not a Region`
  return account === undefined || region.endsWith('*') || isAccountLike(account)
    ? undefined
    : `${Problem.quote(account)} is not an account id of twelve digits`
}

/**
 * A Region or an account that there cannot be, in a Resource (GR-13).
 *
 * @category analysis
 * @since 0.1.0
 */
export const impossibleArn: Rule<'impossible-arn'> = {
  id: 'impossible-arn',
  severity: 'error',
  title: 'an ARN whose Region or account there cannot be',
  sources: ['GR-13'],
  check: ofResources(() => (pattern) => {
    const odd = oddPart(pattern)
    return odd === undefined
      ? undefined
      : {
          message: `${odd}, so ${Problem.quote(pattern)} matches nothing`,
          source: 'GR-13',
          mend: 'write the real one, or `*`',
          fix: undefined,
        }
  }),
}

// ---- placeholders ----

const isPlaceholder = (text: string): boolean =>
  /<[^<>]+>|\{\{|x{3}|\bREPLACE|CHANGE_?ME|PLACEHOLDER|\b(YOUR|MY)_|\b(ACCOUNT|REGION|REPOSITORY|ROLE)(_?(ID|NAME))?\b/.test(
    text,
  )

const placeholder = (text: string): Said | undefined => {
  const unfilled = isTemplate(text)
    ? 'is a template that nobody filled in'
    : isPlaceholder(text)
      ? 'looks like a placeholder'
      : undefined
  return unfilled === undefined
    ? undefined
    : {
        message: `${Problem.quote(text)} ${unfilled}`,
        source: 'EX-55',
        mend: 'put the real name in its place',
        fix: undefined,
      }
}

const principalPlaceholders = ofStatements<Options>(() => ({ statement, index }) => {
  if (statement._tag === 'IdentityStatement') return []
  const clause = statement.principal
  return clause.principals.flatMap((principal, i) => {
    const said = placeholder(Principal.show(principal))
    return said === undefined ? [] : [{ ...said, pointer: principalAt(index, clause, i) }]
  })
})

/**
 * A text that was to be filled in: principals, resources and values. A principal that does not exist keeps ECR from saving
 * the policy (EX-55); anything else just does not match.
 *
 * @category analysis
 * @since 0.1.0
 */
export const unfilledPlaceholder: Rule<'placeholder'> = {
  id: 'placeholder',
  severity: 'warning',
  title: 'a principal, a resource or a value that looks like a placeholder',
  sources: ['EX-55'],
  check: (subject) => [
    ...principalPlaceholders(subject),
    ...ofResources(() => placeholder)(subject),
    ...ofValues(() => placeholder)(subject),
  ],
}
