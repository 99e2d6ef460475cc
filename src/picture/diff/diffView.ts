/**
 * What a picture of a difference shows: the regions gained and lost, the edits behind them, and how sure it is.
 *
 * @since 0.1.0
 */
import { Algebra } from '../../algebra/index.js'
import type { Request } from '../../model/index.js'

// ---- model ----

/**
 * Gained or lost.
 *
 * @category model
 * @since 0.1.0
 */
export type Sign = '+' | '-'

/**
 * A region in lines, and one of its requests. `name` is `+1` for the first one gained.
 *
 * @category model
 * @since 0.1.0
 */
export interface RegionView {
  readonly sign: Sign
  readonly name: string
  readonly lines: readonly string[]
  readonly witness: Request.Request
}

/**
 * An edit: its sign (`~` for a statement that changed), the statement, and which values came and went, element by element.
 * `causes` are the names of the regions that it has a part in.
 *
 * @category model
 * @since 0.1.0
 */
export interface EditView {
  readonly sign: Sign | '~'
  readonly what: string
  readonly sid: string | undefined
  readonly changes: readonly Algebra.ElementChange[]
  readonly causes: readonly string[]
}

/**
 * A difference to be drawn. `notes`: what else is to be known of it.
 *
 * @category model
 * @since 0.1.0
 */
export interface DiffView {
  readonly title: string
  readonly regions: readonly RegionView[]
  readonly edits: readonly EditView[]
  readonly notes: readonly string[]
}

// ---- constructors ----

/**
 * What to draw of a difference.
 *
 * @category constructors
 * @since 0.1.0
 */
export const diffView = ({ gained, lost, edits, status }: Algebra.Diff): DiffView => ({
  title: `Access gained: ${gained.length}, lost: ${lost.length}`,
  regions: [...gained.map(regionView('+')), ...lost.map(regionView('-'))],
  edits: edits.map(editView),
  notes: notesOf(status, gained.length + lost.length),
})

const verbs: Readonly<Record<Sign, string>> = { '+': 'allows', '-': 'no longer allows' }

const regionView =
  (sign: Sign) =>
  (region: Algebra.Region, place: number): RegionView => {
    const [first = '', ...rest] = Algebra.regionLines(region)
    return {
      sign,
      name: nameOf(sign)(place),
      lines: [`${verbs[sign]} ${first}`, ...rest],
      witness: region.witness,
    }
  }

const nameOf =
  (sign: Sign) =>
  (place: number): string =>
    `${sign}${place + 1}`

const editView = ({ change, gained, lost }: Algebra.Edit): EditView => ({
  ...editOf(change),
  causes: [...gained.map(nameOf('+')), ...lost.map(nameOf('-'))],
})

const editOf = (change: Algebra.Change): Omit<EditView, 'causes'> => {
  switch (change._tag) {
    case 'Version':
      return {
        sign: '~',
        what: `Version ${change.before ?? 'none'} becomes ${change.after ?? 'none'}`,
        sid: undefined,
        changes: [],
      }
    case 'Added':
      return { sign: '+', ...statement(change, change.after), changes: [] }
    case 'Removed':
      return { sign: '-', ...statement(change, change.before, 'former '), changes: [] }
    case 'Changed':
      return { sign: '~', ...statement(change, change.after), changes: change.changes }
  }
}

type OfStatement = Exclude<Algebra.Change, { readonly _tag: 'Version' }>

const statement = (
  { statement: { effect, sid } }: OfStatement,
  place: number,
  lead = '',
): Pick<EditView, 'what' | 'sid'> => ({
  what: `${lead}${effect} statement ${place + 1}`,
  sid: sid === '' ? undefined : sid,
})

// ---- certainty ----

const notesOf = (status: Algebra.Diff['status'], regions: number): readonly string[] => {
  if (status === 'Complete') return regions === 0 ? ['Both allow the same requests.'] : []
  return isMore(status) ? ['There is more than is listed.'] : [`The rest is undecided: ${status.detail}.`]
}

const isMore = (
  status: Exclude<Algebra.Diff['status'], 'Complete'>,
): status is Extract<typeof status, { readonly more: true }> => Object.hasOwn(status, 'more')
