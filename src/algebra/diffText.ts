/**
 * A difference as plain text, for a terminal or a comment on a change.
 *
 * @since 0.1.0
 */
import { Caller, Operator, Principal, Request } from '../model/index.js'
import type { Condition } from '../model/index.js'
import { isUndecided, type Diff, type Edit } from './diff.js'
import type { Change, ElementChange } from './edits.js'
import type { Region, Sides } from './region.js'
import type { ConditionElement, PrincipalElement, ResourceElement } from './regionElement.js'

// ---- texts ----

/** Letters that move the cursor, break the line or turn the direction of writing are written as numbers. */
const plain = (text: string): string =>
  Array.from(text, (char) => (isUnsafe(char) ? escaped(char) : char)).join('')

const isUnsafe = (char: string): boolean => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Co}]/u.test(char)

const escaped = (char: string): string => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`

const list = (texts: readonly string[]): string => texts.map(plain).join(', ')

const quoted = (texts: readonly string[]): string => plain(JSON.stringify(texts))

const principals = (entries: readonly Principal.Principal[]): string =>
  list(
    entries.map((entry) =>
      entry._tag === 'Everyone' ? '*' : `${Principal.typeOf(entry)} ${Principal.show(entry)}`,
    ),
  )

// ---- regions ----

const sided = <L>(
  { include, exclude }: { readonly include: readonly L[]; readonly exclude: readonly L[] },
  any: string,
  show: (element: L) => string,
): string => {
  const inside = include.length === 0 ? any : include.map(show).join(' that are also ')
  return exclude.length === 0 ? inside : `${inside} except ${exclude.map(show).join(', ')}`
}

const showResource = (element: ResourceElement): string =>
  element._tag === 'Attached' ? 'the resource that the policy is attached to' : list(element.patterns)

const showPrincipal = (element: PrincipalElement): string =>
  element._tag === 'Principal'
    ? principals(element.principals)
    : `those whom NotPrincipal ${principals(element.principals)} spares`

const showCondition = ({ operator, key, values }: Condition.Condition): string =>
  `${Operator.show(operator)} ${plain(key)} ${quoted(values)}`

const conditionLines = ({ include, exclude }: Sides<ConditionElement>): readonly string[] => [
  ...include.map(({ condition }) => `when ${showCondition(condition)}`),
  ...exclude.map(({ condition }) => `unless ${showCondition(condition)}`),
]

const says = ({ include, exclude }: Sides<PrincipalElement>): boolean =>
  include.length > 0 || exclude.length > 0

/**
 * A region in lines: actions; resources; callers, if it speaks of them; conditions.
 *
 * @category rendering
 * @since 0.1.0
 */
export const regionLines = (region: Omit<Region, 'witness'>): readonly string[] => [
  sided(region.actions, 'any action', ({ patterns }) => list(patterns)),
  `on ${sided(region.resources, 'any resource', showResource)}`,
  ...(says(region.principals) ? [`by ${sided(region.principals, 'any caller', showPrincipal)}`] : []),
  ...conditionLines(region.conditions),
]

/**
 * A request in one line: who, what, on which resource, and the context that was given.
 *
 * @example
 * import { Algebra, Request } from 'ecr-policy'
 *
 * Algebra.showRequest(Request.makeOrThrow({
 *   principal: 'lambda.amazonaws.com',
 *   action: 'ecr:BatchGetImage',
 *   resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
 *   context: { 'aws:SourceAccount': '111122223333' },
 * }))
 * // => 'lambda.amazonaws.com: ecr:BatchGetImage on arn:aws:ecr:eu-west-1:111122223333:repository/app with aws:SourceAccount = ["111122223333"]'
 *
 * @category rendering
 * @since 0.1.0
 */
export const showRequest = (request: Request.Request): string => {
  const context = request.context.map(({ name, values }) => `${plain(name)} = ${quoted(values)}`)
  return [
    `${plain(Caller.show(request.principal))}: ${plain(request.action)} on ${plain(Request.resourceText(request))}`,
    ...(context.length === 0 ? [] : [`with ${context.join(', ')}`]),
  ].join(' ')
}

const regionText = (mark: string, verb: string, region: Region): string => {
  const [first = '', ...rest] = regionLines(region)
  return [
    `${mark} ${verb} ${first}`,
    ...rest.map((line) => `${mark}   ${line}`),
    `${mark}   for example ${showRequest(region.witness)}`,
  ].join('\n')
}

// ---- edits ----

const changeText = ({ element, added, removed }: ElementChange): string =>
  [
    plain(element),
    ...added.map((value) => `+${quoted([value]).slice(1, -1)}`),
    ...removed.map((value) => `-${quoted([value]).slice(1, -1)}`),
  ].join(' ')

const nameOf = (change: Exclude<Change, { readonly _tag: 'Version' }>): string => {
  const { sid, effect } = change.statement
  const place = change._tag === 'Removed' ? change.before : change.after
  return `${effect} statement ${sid === undefined || sid === '' ? `#${place + 1}` : quoted([sid]).slice(1, -1)}`
}

const editText = ({ change, gained, lost }: Edit, diff: Diff): string => {
  const what =
    change._tag === 'Version'
      ? `changed Version ${change.before ?? 'none'} to ${change.after ?? 'none'}`
      : change._tag === 'Changed'
        ? `changed ${nameOf(change)}: ${change.changes.map(changeText).join('; ')}`
        : `${change._tag === 'Added' ? 'added' : 'removed'} ${nameOf(change)}`
  const causes = [...gained.map((place) => `+${place + 1}`), ...lost.map((place) => `-${place + 1}`)]
  const isTold = diff.status === 'Complete'
  const effect =
    causes.length > 0 ? ` (see ${causes.join(' ')})` : isTold ? ' (changes nothing by itself)' : ''
  return `  ${what}${effect}`
}

// ---- the whole ----

const statusText = ({ status, gained, lost }: Diff): readonly string[] => {
  if (status === 'Complete') return gained.length + lost.length === 0 ? ['Both allow the same requests.'] : []
  return isUndecided(status)
    ? [`The rest is undecided: ${plain(status.detail)}.`]
    : ['There is more than is listed.']
}

/**
 * A difference as plain text, one block a region, with an example each, and the edits behind them.
 *
 * No letter of a policy can move the cursor or forge a line: control and formatting characters are written as numbers.
 *
 * @example
 * import { Algebra, Document } from 'ecr-policy'
 *
 * const allow = (...Action: readonly string[]) =>
 *   Document.parseOrThrow({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } })
 * const text = Algebra.renderDiff(Algebra.diff(allow('ecr:Get*'), allow('ecr:PutImage')))
 * text.split('\n')[0] // => '+ 1 allows ecr:PutImage'
 *
 * @category rendering
 * @since 0.1.0
 */
export const renderDiff = (diff: Diff): string =>
  [
    ...diff.gained.map((region, i) => regionText('+', `${i + 1} allows`, region)),
    ...diff.lost.map((region, i) => regionText('-', `${i + 1} no longer allows`, region)),
    ...statusText(diff),
    ...(diff.edits.length === 0 ? [] : ['Edits:', ...diff.edits.map((edit) => editText(edit, diff))]),
  ].join('\n')
