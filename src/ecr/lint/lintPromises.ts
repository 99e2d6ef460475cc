/**
 * The rule about what is promised in words and not kept.
 *
 * @since 0.1.0
 */
import { Parts, Patterns, Place, type Lint, type Subject } from '../../lint/index.js'
import { Action, type Statement } from '../../model/index.js'
import { actions } from '../data/actions.js'
import { ptcFirstPull, pullTag } from '../data/operations/pull.js'
import { push } from '../data/operations/push.js'
import { deleteImage } from '../data/operations/registry.js'
import { grantsNobody } from './lintGrants.js'
import { onRepository, wordsOf } from './lintPurpose.js'
import type { EcrRule, LintOptions, Promised } from './lintRule.js'
import type { Operation } from '../Operation.js'

// ---- promises ----

const kept: Readonly<Record<Promised, Operation>> = {
  pull: pullTag,
  push,
  delete: deleteImage,
  'pull-through': ptcFirstPull,
}

const sources: Readonly<Record<Promised, string>> = {
  pull: 'EX-4',
  push: 'EX-7',
  delete: 'EX-16',
  'pull-through': 'EX-17',
}

const broken = (promised: Promised, lacking: readonly string[], pointer: string): readonly Lint.Remark[] =>
  lacking.length === 0
    ? []
    : [
        {
          pointer,
          message: `it is said to allow a ${promised}, which also takes ${Parts.listed(lacking)}`,
          source: sources[promised],
          mend: `allow ${Parts.listed(lacking)}, or say what it does allow`,
          fix: undefined,
        },
      ]

/** Tokens are asked of policies of the caller alone (EX-2). */
const ofOptions = ({ document, options, prover }: Subject<LintOptions>): readonly Lint.Remark[] =>
  (options.promises ?? []).flatMap((promised) => {
    const isAttached = document.statements[0]._tag === 'ResourceStatement'
    const lacking = kept[promised].required
      .filter(({ on }) => !(isAttached && on === '*'))
      .map(({ action }) => action)
      .filter((action) => grantsNobody(prover, action)(document))
    return broken(promised, lacking, '')
  })

/** Words with which a Sid speaks of something else (`PullThroughCache`), or says what is not allowed. */
const elsewhere = 'no not non deny without except through request lifecycle preview'.split(' ')

/** Words before which a promise is the name of an event: `ScanOnPush`. */
const ofEvents = 'on after before when per during'.split(' ')

/** What may follow a promise of images; another word is what is really pulled, pushed or deleted: `DeletePolicies`. */
const ofImages =
  'pull push delete and or image images ecr docker container containers access only permission permissions to from for'.split(
    ' ',
  )

const spoken = ['pull', 'push', 'delete'] as const

const promisedBy = (sid: string): readonly Promised[] => {
  const words = wordsOf(sid)
  const isMeant = (i: number): boolean => {
    const [before, after] = [words[i - 1], words[i + 1]]
    return (
      (before === undefined || !ofEvents.includes(before)) &&
      (after === undefined || /^[0-9]/.test(after) || ofImages.includes(after))
    )
  }
  return words.some((word) => elsewhere.includes(word))
    ? []
    : spoken.filter((word) => words.some((each, i) => each === word && isMeant(i)))
}

const deletions = Object.keys(actions).filter((name) => name.startsWith('ecr:Delete'))

/** Who may delete repositories or policies was promised no more than that, perhaps. */
const isKeptOtherwise = (statement: Statement.Statement, promised: Promised): boolean =>
  promised === 'delete' && deletions.some(Patterns.isAbout(statement))

/** A Sid that speaks of a pull is of a statement about images; the token may be elsewhere. */
const ofSids = ({ document, prover }: Subject<LintOptions>): readonly Lint.Remark[] =>
  document.statements.flatMap((statement, index) =>
    statement.effect === 'Deny' || statement.sid === undefined || !isOfEcr(statement)
      ? []
      : promisedBy(statement.sid).flatMap((promised) => {
          if (isKeptOtherwise(statement, promised)) return []
          const lacking = onRepository(kept[promised]).filter((action) =>
            grantsNobody(prover, action)(document),
          )
          return broken(promised, lacking, Place.member('Sid')(Place.statementAt(index)))
        }),
  )

const isOfEcr = ({ action }: Statement.Statement): boolean =>
  action._tag === 'Action' && action.patterns.some((pattern) => Action.fold(pattern).startsWith('ecr:'))

/**
 * A promise of the policy's name or description, or of a Sid, that the document does not keep by itself.
 *
 * @category analysis
 * @since 0.1.0
 */
export const brokenPromise: EcrRule = {
  id: 'broken-promise',
  severity: 'warning',
  title: 'a name, a description or a Sid that promises what is not allowed',
  sources: ['EX-4', 'EX-7', 'EX-16', 'EX-17'],
  check: (subject) => [...ofOptions(subject), ...ofSids(subject)],
}
