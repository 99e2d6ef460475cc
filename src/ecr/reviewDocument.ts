/**
 * Rules about documents as a whole, and the version they are written in.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Operator, Problem, Variable, type Condition, type PolicyKind } from '../model/index.js'
import { entry, member, statementAt, type Finding, type Rule, type StatementRule } from './reviewFinding.js'

/** Kinds that allow nothing by themselves and let through only what an Allow of theirs names. */
const limiting = new Map<PolicyKind.PolicyKind, string>([
  ['endpoint', 'EX-42'],
  ['boundary', 'PB-1'],
  ['session', 'SE-1'],
])

/**
 * An endpoint policy, boundary or session policy of Deny statements only: it stops everything (EX-42, PB-1, SE-1).
 *
 * @category analysis
 * @since 0.1.0
 */
export const onlyDenies: Rule = ({ document, kind }) => {
  const source = limiting.get(kind)
  return source === undefined || document.statements.some(({ effect }) => effect === 'Allow')
    ? []
    : [
        {
          id: 'only-denies',
          severity: 'error',
          pointer: '/Statement',
          message: 'nothing is allowed here, so everything is stopped and not only what is denied',
          source,
          mend: 'add a statement that allows what is to go through',
        },
      ]
}

const hasVariable = (text: string): boolean => {
  const read = Variable.parse('2012-10-17')(text)
  return E.isRight(read) && read.right.some(({ _tag }) => _tag !== 'Text')
}

const takesVariables = ({ operator }: Condition.Condition): boolean => {
  const { type } = Operator.operators[operator.name].comparison
  return type === 'String' || type === 'Arn' // U-6
}

/**
 * A policy variable in a document of a version that has none: it is taken as it stands, letter for letter (VA-6).
 *
 * @category analysis
 * @since 0.1.0
 */
export const variableWithoutVersion: StatementRule =
  ({ document }) =>
  ({ resource, conditions }, index) => {
    if (document.version === '2012-10-17') return []
    const here = statementAt(index)
    const resources = resource._tag === 'Attached' ? [] : resource.patterns
    return [
      ...resources.flatMap((text, i, all) =>
        literal(text, entry(all, i)(member(resource._tag)(here)), document.version),
      ),
      ...conditions.filter(takesVariables).flatMap((condition) =>
        condition.values.flatMap((text, i, all) => {
          const under = member(condition.key)(
            member(Operator.show(condition.operator))(member('Condition')(here)),
          )
          return literal(text, entry(all, i)(under), document.version)
        }),
      ),
    ]
  }

const literal = (text: string, pointer: string, version: string | undefined): readonly Finding[] =>
  !hasVariable(text)
    ? []
    : [
        {
          id: 'variable-without-version',
          severity: 'error',
          pointer,
          message: `${version === undefined ? 'without a Version' : `under Version ${version}`} the variable in ${Problem.quote(text)} is plain text`,
          source: 'VA-6',
          mend: 'write `"Version": "2012-10-17"`',
        },
      ]
