/**
 * Which edits of a document bring about a region of what changed hands.
 *
 * @since 0.1.0
 */
import type { Document, Request, Statement } from '../model/index.js'
import { Remember } from '../pattern/index.js'
import { inverse, undoing, undone, type Change, type Undoing } from './edits.js'
import { literalsIn, type Region } from './region.js'
import { allows, linesOf, matchesLine, type Line } from './regionElement.js'
import { findOne } from './regionSearch.js'
import type { Means } from './regionSimplify.js'

type Test = (request: Request.Request) => boolean

/**
 * The places of the regions, allowed by `right` and not by `left`, that a change from left to right has a part in: it alone
 * brings about some of it, or some of it goes when the change is undone.
 *
 * **Cost** for each region a pass through both documents, once for all changes; and a question or two for each change that its
 * witness says nothing of.
 *
 * @category analysis
 * @since 0.1.0
 */
export const causing = (
  means: Means,
  [left, right]: readonly [Document.Document, Document.Document],
  regions: readonly Region[],
): ((change: Change) => readonly number[]) => {
  const [ours, theirs] = [linesOf(left), linesOf(right)]
  const [allowedByOurs, allowedByTheirs] = [allowedAfter(ours), allowedAfter(theirs)]
  return (change) => {
    const [back, forth] = [undoing(change, left, right), undoing(inverse(change), right, left)]
    const [without, alone] = [allowedByTheirs(back), allowedByOurs(forth)]
    const lines = Remember.once(() => ({ without: undone(back, theirs), alone: undone(forth, ours) }))
    const isCause = (region: Region): boolean =>
      !without(region.witness) || alone(region.witness) || isFound(means, region, lines())
    return regions.flatMap((region, place) => (isCause(region) ? [place] : []))
  }
}

const isFound = (
  means: Means,
  region: Region,
  { without, alone }: { readonly without: readonly Line[]; readonly alone: readonly Line[] },
): boolean => {
  const part = { within: literalsIn(region), outside: [] }
  return (
    findOne(means, { ...part, allowed: undefined, refused: without })._tag === 'Found' ||
    findOne(means, { ...part, allowed: alone, refused: undefined })._tag === 'Found'
  )
}

// ---- what a document allows when one statement goes or comes ----

/** Of the statements that match a request: how many allow it, and how many deny. */
interface Tally {
  readonly allows: number
  readonly denies: number
}

const one = (effect: Statement.Statement['effect']): Tally =>
  effect === 'Allow' ? { allows: 1, denies: 0 } : { allows: 0, denies: 1 }

const tally = (lines: readonly Line[], request: Request.Request): Tally =>
  lines
    .filter((line) => matchesLine(line)(request))
    .map(({ statement }) => one(statement.effect))
    .reduce((sum, each) => ({ allows: sum.allows + each.allows, denies: sum.denies + each.denies }), {
      allows: 0,
      denies: 0,
    })

/** The lines of a document are counted once for each request, and then only those that go and come. */
const allowedAfter = (lines: readonly Line[]): ((undoing: Undoing) => Test) => {
  const all = Remember.ofValue((request: Request.Request) => tally(lines, request))
  return (its) => {
    const { version, goes, comes } = its
    const isAsBefore = lines.every((line) => line.version === version)
    if (!isAsBefore) return allows(undone(its, lines))
    const gone = goes === undefined ? [] : lines.slice(goes, goes + 1)
    const come = comes === undefined ? [] : [{ statement: comes, version }]
    return (request) => {
      const [sum, less, more] = [all(request), tally(gone, request), tally(come, request)]
      return sum.allows - less.allows + more.allows > 0 && sum.denies - less.denies + more.denies === 0
    }
  }
}
