/**
 * Rules about what a document as a whole can do.
 *
 * @since 0.1.0
 */
import { DocumentJson, Quota, type PolicyKind } from '../model/index.js'
import { member, statementAt } from './place.js'
import { ofStatements, type Options, type Rule } from './Rule.js'

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
export const onlyDenies: Rule<'only-denies'> = {
  id: 'only-denies',
  severity: 'error',
  title: 'an endpoint policy, boundary or session policy that allows nothing',
  sources: ['EX-42', 'PB-1', 'SE-1'],
  check: ({ document, kind }) => {
    const source = limiting.get(kind)
    return source === undefined || document.statements.some(({ effect }) => effect === 'Allow')
      ? []
      : [
          {
            pointer: '/Statement',
            message: 'nothing is allowed here, so everything is stopped and not only what is denied',
            source,
            mend: 'add a statement that allows what is to go through',
            fix: undefined,
          },
        ]
  },
}

/**
 * NotAction with Allow allows everything else, of every service (SM-A5).
 *
 * @category analysis
 * @since 0.1.0
 */
export const allowWithNotAction: Rule<'allow-with-not-action'> = {
  id: 'allow-with-not-action',
  severity: 'warning',
  title: '`NotAction` with Allow, which allows all the rest of every service',
  sources: ['SM-A5'],
  check: ofStatements<Options>(
    () =>
      ({ statement: { action, effect }, index }) =>
        effect !== 'Allow' || action._tag !== 'NotAction'
          ? []
          : [
              {
                pointer: member('NotAction')(statementAt(index)),
                message:
                  'this allows every action of every service but the ones listed, and denies none of those',
                source: 'SM-A5',
                mend: 'list under `Action` what is to be allowed, or deny what is listed',
                fix: undefined,
              },
            ],
  ),
}

/**
 * More characters than AWS saves for the kind, or than there is room for where policies share a quota (SZ-1 to SZ-8).
 * `Document.parse` refuses such a text; one that was built is found here.
 *
 * @category analysis
 * @since 0.1.0
 */
export const tooLarge: Rule<'too-large'> = {
  id: 'too-large',
  severity: 'error',
  title: 'a document with more characters than its kind may have',
  sources: ['SZ-1', 'SZ-3', 'SZ-4', 'SZ-5', 'SZ-6', 'SZ-7', 'SZ-8'],
  check: ({ document, kind, options }) => {
    const quota = Quota.of(kind)
    const room = options.characters ?? quota?.characters
    const size = DocumentJson.size(document)
    return room === undefined || size <= room
      ? []
      : [
          {
            pointer: '',
            message: `${size} characters, and there is room for ${room}`,
            source: quota?.rule ?? 'SZ-1',
            mend: '`Algebra.minimize` makes it shorter, and `Algebra.fit` cuts it where more than one may be attached',
            fix: undefined,
          },
        ]
  },
}
