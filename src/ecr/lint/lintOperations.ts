/**
 * Rules about what the actions of a document add up to: half a pull, half a push, or more than a pull.
 *
 * @since 0.1.0
 */
import {
  ofStatements,
  Parts,
  Patterns,
  Place,
  replacing,
  type Lint,
  type Placed,
  type Subject,
} from '../../lint/index.js'
import { Action, type Statement } from '../../model/index.js'
import * as E from 'fp-ts/lib/Either.js'
import { actions } from '../data/actions.js'
import { pullTag } from '../data/operations/pull.js'
import { pushExistingLayers, pushLegacy, retagApi } from '../data/operations/push.js'
import { furthest, grants } from './lintGrants.js'
import { doesWithout, isPurpose, onRepository } from './lintPurpose.js'
import type { EcrRule, LintOptions } from './lintRule.js'

const pointerTo = ({ statement, index }: Placed): string =>
  Place.member(statement.action._tag)(Place.statementAt(index))

/** The same statement with those of the actions that it does not have. */
const allowToo = (placed: Placed, names: readonly string[]): Lint.Fix | undefined => {
  const { statement } = placed
  if (statement.action._tag === 'NotAction') return undefined
  const missing = names.filter((name) => !Patterns.isAbout(statement)(name))
  const more = missing.map(Action.parsePattern).flatMap((read) => (E.isRight(read) ? [read.right] : []))
  const longer = Parts.withActions([...statement.action.patterns, ...more])(statement)
  return longer === undefined || more.length === 0
    ? undefined
    : replacing(`allow ${Parts.listed(missing)} too`, 'Grants', placed, [longer])
}

/** Those of the others that are not allowed wherever an action is, and the first statement in which they are not. */
interface Gap {
  readonly lacking: readonly string[]
  readonly placed: Placed
}

const gapOf = (
  { document, options, prover }: Subject<LintOptions>,
  action: string,
  others: readonly string[],
): Gap | undefined => {
  const gaps = others.flatMap((other) => {
    const placed =
      other === action
        ? undefined
        : furthest(prover, action, [other], (each) => !doesWithout(options, action, other)(each))(document)
    return placed === undefined ? [] : [{ other, placed }]
  })
  const [first] = gaps
  return first === undefined ? undefined : { lacking: gaps.map(({ other }) => other), placed: first.placed }
}

const manifest = 'ecr:BatchGetImage'
const layers = 'ecr:GetDownloadUrlForLayer'

// ---- half of an operation ----

/**
 * A pull that breaks off half-way: the manifest without the layers, or the reverse (EX-4, EX-5). The manifest alone is
 * as it should be for those who push.
 *
 * @category analysis
 * @since 0.1.0
 */
export const partialPull: EcrRule = {
  id: 'partial-pull',
  severity: 'warning',
  title: 'half a pull: the manifest without the layers, or the layers without the manifest',
  sources: ['EX-4', 'EX-5'],
  check: ({ document, options, prover }) => {
    const half = (
      has: string,
      lacks: string,
      message: string,
      unless: readonly string[] = [],
    ): readonly Lint.Remark[] => {
      const isAsked = (each: Statement.Statement): boolean => !doesWithout(options, has, lacks)(each)
      const placed = furthest(prover, has, [lacks, ...unless], isAsked)(document)
      return placed === undefined
        ? []
        : [
            {
              pointer: pointerTo(placed),
              message: `\`${has}\` is allowed without \`${lacks}\`: ${message}`,
              source: 'EX-4',
              mend: `allow \`${lacks}\` beside it, unless another policy does`,
              fix: allowToo(placed, [lacks]),
            },
          ]
    }
    return [
      ...half(manifest, layers, 'a pull gets the manifest and then no layer', [putImage]),
      ...half(layers, manifest, 'a pull stops at the manifest, before any layer'),
    ]
  },
}

/** One that only brings in layers, without which no image is; and one that may have other uses (EX-9, EX-10). */
const uploads = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload']
const putImage = 'ecr:PutImage'

/** By which of its actions a push is begun. */
const begins = ({ document, prover }: Subject<LintOptions>): string | undefined =>
  [...uploads, putImage].find((action) => grants(prover, action)(document))

const gapOfPush = (subject: Subject<LintOptions>, begun: string): Gap | undefined =>
  gapOf(subject, begun, onRepository(pushLegacy))

/** To retag, and to push what is there already, takes no upload. */
const isWholeWithoutUploads = (subject: Subject<LintOptions>): boolean =>
  [retagApi, pushExistingLayers].some(
    (operation) => gapOf(subject, putImage, onRepository(operation)) === undefined,
  )

/**
 * A push that breaks off half-way (EX-6).
 *
 * @category analysis
 * @since 0.1.0
 */
export const partialPush: EcrRule = {
  id: 'partial-push',
  severity: 'warning',
  title: 'half a push: some of its actions without the others',
  sources: ['EX-6'],
  check: (subject) => {
    const begun = begins(subject)
    const gap = begun === undefined ? undefined : gapOfPush(subject, begun)
    if (begun === undefined || gap === undefined) return []
    if (begun === putImage && isWholeWithoutUploads(subject)) return []
    const lacking = Parts.listed(gap.lacking)
    return [
      {
        pointer: pointerTo(gap.placed),
        message: `\`${begun}\` is allowed without ${lacking}: a push of new layers fails`,
        source: 'EX-6',
        mend: `allow ${lacking} beside it, unless another policy does`,
        fix: allowToo(gap.placed, gap.lacking),
      },
    ]
  },
}

/**
 * A push that only clients without a look at the manifest get through (EX-7).
 *
 * @category analysis
 * @since 0.1.0
 */
export const pushWithoutManifest: EcrRule = {
  id: 'push-without-manifest',
  severity: 'warning',
  title: 'a push without BatchGetImage, on which containerd and BuildKit fail',
  sources: ['EX-7'],
  check: (subject) => {
    const begun = begins(subject)
    if (begun === undefined || gapOfPush(subject, begun) !== undefined) return []
    const placed = gapOf(subject, begun, [manifest])?.placed
    return placed === undefined
      ? []
      : [
          {
            pointer: pointerTo(placed),
            message: `a push is allowed without \`${manifest}\`: containerd and BuildKit fail, the classic Docker engine does not`,
            source: 'EX-7',
            mend: `allow \`${manifest}\` beside it, unless another policy does`,
            fix: allowToo(placed, [manifest]),
          },
        ]
  },
}

// ---- more than it takes ----

const neededToPull: ReadonlySet<string> = new Set(pullTag.required.map(({ action }) => action))

/** Without those that a pull does not take, by their own names; a pattern that means more than that stays. */
const onlyAPull = (placed: Placed, spare: readonly string[]): Lint.Fix | undefined => {
  const { statement } = placed
  const isSpare = (pattern: Action.ActionPattern): boolean =>
    spare.some((name) => name.toLowerCase() === Action.fold(pattern))
  const less = Parts.withActions(statement.action.patterns.filter((pattern) => !isSpare(pattern)))(statement)
  return less === undefined || less.action.patterns.length === statement.action.patterns.length
    ? undefined
    : replacing('leave out what a pull does not take', 'Restricts', placed, [less])
}

/**
 * A statement that lets one pull and read, and lists more than a pull takes (EX-4). Statements that write are of
 * another sort, and nothing is said of them. Where a pull is all that was promised, half of one is enough to be asked.
 *
 * @category analysis
 * @since 0.1.0
 */
export const moreThanAPull: EcrRule = {
  id: 'more-than-a-pull',
  severity: 'info',
  title: 'a pull with more reads than it takes',
  sources: ['EX-4'],
  check: ofStatements<LintOptions>(({ options }) => (placed) => {
    const { statement, index } = placed
    if (statement.effect !== 'Allow' || statement.action._tag === 'NotAction') return []
    const isPromised = options.promises?.length === 1 && options.promises[0] === 'pull'
    const allowed = Object.entries(actions).filter(([name]) => Patterns.isAbout(statement)(name))
    const names = allowed.map(([name]) => name)
    const pulls = pullTag.required.every(({ action, on }) => on === '*' || names.includes(action))
    const reads = allowed.every(([, { accessLevel }]) => accessLevel === 'Read' || accessLevel === 'List')
    const isNeeded = isPurpose(options, statement)
    const spare = names.filter((name) => !neededToPull.has(name) && !isNeeded(name))
    if (!(pulls || isPromised) || !reads || spare.length === 0) return []
    return [
      {
        pointer: Place.member('Action')(Place.statementAt(index)),
        message: `a pull takes none of these: ${Parts.listed(spare)}`,
        source: 'EX-4',
        mend: 'leave them out, if a pull is all that is meant',
        fix: isPromised ? onlyAPull(placed, spare) : undefined,
      },
    ]
  }),
}
