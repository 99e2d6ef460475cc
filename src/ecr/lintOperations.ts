/**
 * Rules about what the actions of a document add up to: half a pull, half a push, less than was promised, or more.
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
  type Prover,
  type Subject,
} from '../lint/index.js'
import { Action, type Document, type Statement } from '../model/index.js'
import * as E from 'fp-ts/lib/Either.js'
import { actions } from './data/actions.js'
import { ptcFirstPull, pullTag } from './data/operations/pull.js'
import { push, pushExistingLayers, pushLegacy, retagApi } from './data/operations/push.js'
import { deleteImage } from './data/operations/registry.js'
import { furthest, grants, grantsNobody } from './lintGrants.js'
import type { EcrRule, LintOptions, Promised } from './lintRule.js'
import type { Operation } from './Operation.js'

const onRepository = ({ required }: Pick<Operation, 'required'>): readonly string[] =>
  required.flatMap(({ action, on }) => (on === 'repository' ? [action] : []))

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

const gapOf =
  (prover: Prover, action: string, others: readonly string[]) =>
  (document: Document.Document): Gap | undefined => {
    const gaps = others.flatMap((other) => {
      const placed = other === action ? undefined : furthest(prover, action, other)(document)
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
  check: ({ document, prover }) => {
    const half = (has: string, lacks: string, message: string): readonly Lint.Remark[] => {
      const placed = furthest(prover, has, lacks)(document)
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
      ...(furthest(prover, manifest, putImage)(document) === undefined
        ? []
        : half(manifest, layers, 'a pull gets the manifest and then no layer')),
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

const gapOfPush = ({ document, prover }: Subject<LintOptions>, begun: string): Gap | undefined =>
  gapOf(prover, begun, onRepository(pushLegacy))(document)

/** To retag, and to push what is there already, takes no upload. */
const isWholeWithoutUploads = ({ document, prover }: Subject<LintOptions>): boolean =>
  [retagApi, pushExistingLayers].some(
    (operation) => gapOf(prover, putImage, onRepository(operation))(document) === undefined,
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
    const { document, prover } = subject
    const begun = begins(subject)
    if (begun === undefined || gapOfPush(subject, begun) !== undefined) return []
    const placed = furthest(prover, begun, manifest)(document)
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

/** The words of a Sid: `AllowPushPull`, `allow-pull`, `ECRPull`. */
const wordsOf = (sid: string): readonly string[] =>
  (sid.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g) ?? []).map((word) => word.toLowerCase())

/** Words after which a Sid says what is not allowed, or speaks of something else (`PullThroughCache`). */
const others = ['no', 'not', 'non', 'deny', 'without', 'except', 'through', 'request']

const promisedBy = (sid: string): readonly Promised[] => {
  const words = wordsOf(sid)
  return words.some((word) => others.includes(word))
    ? []
    : (['pull', 'push', 'delete'] as const).filter((word) => words.includes(word))
}

/** A Sid that speaks of a pull is of a statement about images; the token may be elsewhere. */
const ofSids = ({ document, prover }: Subject<LintOptions>): readonly Lint.Remark[] =>
  document.statements.flatMap((statement, index) =>
    statement.effect === 'Deny' || statement.sid === undefined || !isOfEcr(statement)
      ? []
      : promisedBy(statement.sid).flatMap((promised) => {
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
    : replacing('leave out what a pull does not take', 'Narrower', placed, [less])
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
    const spare = names.filter((name) => !neededToPull.has(name))
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
