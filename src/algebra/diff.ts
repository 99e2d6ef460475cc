/**
 * What changed hands between two documents: the requests gained and lost, as regions with a witness each, and the edits
 * that caused them.
 *
 * @since 0.1.0
 */
import type { Document } from '../model/index.js'
import { Frozen } from '../pattern/index.js'
import { standardBudget, type Options } from './Verdict.js'
import { causing } from './causes.js'
import { changesBetween, inverse, type Change } from './edits.js'
import type { Region } from './region.js'
import { linesOf } from './regionElement.js'
import { meansFor, regionsOf, type Found } from './regionSearch.js'
import type { Undecided } from './Undecided.js'
import { wellFormed } from './World.js'

// ---- model ----

/**
 * `limit`: regions gained, and regions lost, at most; 20 unless given.
 *
 * @category model
 * @since 0.1.0
 */
export interface DiffOptions extends Options {
  readonly limit?: number
}

/**
 * An edit and the regions that it causes, by place in `gained` and `lost`: those of which it alone brings about a part, or
 * of which a part goes when it is undone. Where that cannot be told within the budget the region is not listed.
 *
 * @category model
 * @since 0.1.0
 */
export interface Edit {
  readonly change: Change
  readonly gained: readonly number[]
  readonly lost: readonly number[]
}

/**
 * The difference of two documents by what each allows.
 *
 * - `gained`: what right allows and left does not; the regions may overlap, none is covered by the others.
 * - `lost`: what left allows and right does not.
 * - `status`: `Complete` when the regions are all there is, by proof; `{ more: true }` when the limit was reached;
 *   `Undecided` when the rest cannot be told. What is listed is right in any case.
 *
 * @category model
 * @since 0.1.0
 */
export interface Diff {
  readonly gained: readonly Region[]
  readonly lost: readonly Region[]
  readonly edits: readonly Edit[]
  readonly status: Found['status']
  readonly world: string
}

const standardLimit = 20

/**
 * Is the rest of a difference undecided?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isUndecided = (status: Diff['status']): status is Undecided =>
  status !== 'Complete' && Object.hasOwn(status, '_tag')

// ---- operations ----

/**
 * What changed hands from `left` to `right`.
 *
 * **Cost** a few questions for each region; each takes from the one budget.
 *
 * @example
 * import { Algebra, Document } from 'ecr-policy'
 *
 * const before = Document.parseOrThrow({
 *   Version: '2012-10-17',
 *   Statement: { Effect: 'Allow', Action: 'ecr:Get*', Resource: '*' },
 * })
 * const after = Document.parseOrThrow({
 *   Version: '2012-10-17',
 *   Statement: { Effect: 'Allow', Action: ['ecr:Get*', 'ecr:PutImage'], Resource: '*' },
 * })
 * const { gained, lost } = Algebra.diff(before, after)
 * gained[0]?.actions.include[0]?.patterns // => ['ecr:PutImage']
 * lost // => []
 *
 * @category analysis
 * @since 0.1.0
 */
export const diff = (left: Document.Document, right: Document.Document, options: DiffOptions = {}): Diff =>
  Frozen.deep(diffOf(Frozen.own(left), Frozen.own(right), options))

const diffOf = (left: Document.Document, right: Document.Document, options: DiffOptions): Diff => {
  const world = options.world ?? wellFormed
  const [old, now] = [linesOf(left), linesOf(right)]
  const means = meansFor([...old, ...now], world, options.budget ?? standardBudget)
  const limit = options.limit ?? standardLimit
  const gained = regionsOf(means, now, old, limit)
  const lost = regionsOf(means, old, now, limit)
  const gains = causing(means, [left, right], gained.regions)
  const losses = causing(means, [right, left], lost.regions)
  return {
    gained: gained.regions,
    lost: lost.regions,
    edits: changesBetween(left, right).map((change) => ({
      change,
      gained: gains(change),
      lost: losses(inverse(change)),
    })),
    status: joined(gained.status, lost.status),
    world: world.name,
  }
}

/** What is unsure tells more than what is cut short. */
const joined = (a: Found['status'], b: Found['status']): Found['status'] =>
  [a, b].find(isUndecided) ?? (a === 'Complete' ? b : a)
