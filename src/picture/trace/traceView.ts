/**
 * What a picture of a decision shows, whatever it is drawn with: the layers in the order in which AWS looks at them, what
 * each says of the request, and the one at which the request stopped.
 *
 * @since 0.1.0
 */
import { Caller, Environment, Request } from '../../model/index.js'
import { Simulator } from '../../simulator/index.js'
import type { Mark } from '../mark.js'

// ---- model ----

/**
 * What a layer says of a request.
 *
 * - `Denies`: a Deny of it matches.
 * - `Lacks`: it must allow, and does not.
 * - `Grants`: an Allow of it matches.
 * - `Silent`: it has statements, and none matches.
 * - `Absent`: there is no policy.
 *
 * @category model
 * @since 0.1.0
 */
export type Standing = 'Denies' | 'Lacks' | 'Grants' | 'Silent' | 'Absent'

/**
 * A statement: its place in its layer, and what came of it.
 *
 * @category model
 * @since 0.1.0
 */
export interface StatementView {
  readonly name: string
  readonly effect: 'Allow' | 'Deny'
  readonly matches: boolean
  readonly says: string
}

/**
 * A layer. `stops`: the layer that AWS names as the reason of a denial.
 *
 * @category model
 * @since 0.1.0
 */
export interface LayerView {
  readonly name: string
  readonly standing: Standing
  readonly says: string
  readonly stops: boolean
  readonly statements: readonly StatementView[]
}

/**
 * A decision to be drawn.
 *
 * @category model
 * @since 0.1.0
 */
export interface TraceView {
  readonly outcome: Simulator.Outcome
  readonly action: string
  readonly caller: string
  readonly resource: string
  readonly sentence: string
  readonly layers: readonly LayerView[]
}

// ---- constructors ----

/**
 * What to draw of a decision.
 *
 * @category constructors
 * @since 0.1.0
 */
export const traceView = (decision: Simulator.Decision): TraceView => ({
  outcome: decision.outcome,
  action: decision.request.action,
  caller: Caller.show(decision.request.principal),
  resource: Request.resourceText(decision.request),
  sentence: Simulator.sentence(decision),
  layers: layersOf(decision).map((id) => layerView(decision, id)),
})

/** Those of which the trace or the reason speaks, and those that are looked at in any environment (DE-4). */
const layersOf = (decision: Simulator.Decision): readonly Simulator.LayerId[] => {
  const spoken = [...decision.trace.map(({ ref }) => ref).map(layerOf), ...lacksOf(decision).map(layerOf)]
  const levels = (type: Simulator.PolicyType): readonly Simulator.LayerId[] =>
    Array.from(new Set(spoken.filter((id) => id.type === type).map(({ level }) => level)))
      .sort((a, b) => a - b)
      .map((level) => ({ type, level }))
  const always = Simulator.layers(decision.situation, Environment.empty).map(({ id }) => id)
  return [
    ...levels('ResourceControlPolicy'),
    ...levels('ServiceControlPolicy'),
    ...always.filter((id) => isWorthARow(id) || spoken.some(isSame(id))),
  ]
}

/** A missing policy of these is news, as AWS would have looked for an Allow there; any other has nothing to say. */
const isWorthARow = ({ type }: Simulator.LayerId): boolean =>
  type === 'IdentityPolicy' || type === 'ResourcePolicy'

const layerOf = ({ policyType, level }: Pick<Simulator.Lack, 'policyType' | 'level'>): Simulator.LayerId => ({
  type: policyType,
  level,
})

const isSame =
  (a: Simulator.LayerId) =>
  (b: Simulator.LayerId): boolean =>
    a.type === b.type && a.level === b.level

const lacksOf = ({ reason }: Simulator.Decision): readonly Simulator.Lack[] =>
  reason._tag === 'NoAllow' ? reason.lacking : []

const layerView = (decision: Simulator.Decision, id: Simulator.LayerId): LayerView => {
  const entries = decision.trace.filter(({ ref }) => isSame(id)(layerOf(ref)))
  const lack = lacksOf(decision).find((one) => isSame(id)(layerOf(one)))
  const standing = standingOf(entries, lack)
  return {
    name: layerName(id),
    standing,
    says:
      lack === undefined || standing !== 'Lacks' ? meanings[standing] : `${meanings.Lacks} [${lack.rule}]`,
    stops: stopsAt(decision, id),
    statements: entries.map(statementView),
  }
}

const standingOf = (
  entries: readonly Simulator.StatementTrace[],
  lack: Simulator.Lack | undefined,
): Standing => {
  const matches = (effect: string): boolean =>
    entries.some((entry) => entry._tag === 'Matched' && entry.effect === effect)
  if (matches('Deny')) return 'Denies'
  if (lack !== undefined) return 'Lacks'
  if (matches('Allow')) return 'Grants'
  return entries.length > 0 ? 'Silent' : 'Absent'
}

const stopsAt = ({ reason }: Simulator.Decision, id: Simulator.LayerId): boolean => {
  switch (reason._tag) {
    case 'NoAllow':
      return isSame(id)(layerOf(reason))
    case 'DeniedBy':
      return isSame(id)(layerOf(reason.statements[0]))
    case 'AllowedBy':
    case 'RootUser':
    case 'Impossible':
      return false
  }
}

const statementView = (entry: Simulator.StatementTrace): StatementView => ({
  name: placeOf(entry.ref),
  effect: entry.effect,
  matches: entry._tag === 'Matched',
  says: entry._tag === 'Matched' ? 'matches' : Simulator.showMismatch(entry.mismatch),
})

const placeOf = ({ document, statement, sid }: Simulator.StatementRef): string =>
  `${document + 1}.${statement + 1}${sid === undefined || sid === '' ? '' : ` ${sid}`}`

const layerName = ({ type, level }: Simulator.LayerId): string => {
  const name = type === 'RegistryPolicy' ? 'registry policy' : Simulator.messageName(type)
  return type === 'ServiceControlPolicy' || type === 'ResourceControlPolicy'
    ? `${name}, level ${level + 1}`
    : name
}

// ---- words and marks ----

/**
 * What a layer says, in words.
 *
 * @category rendering
 * @since 0.1.0
 */
export const meanings: Readonly<Record<Standing, string>> = {
  Denies: 'denies',
  Lacks: 'must allow, and no Allow counts',
  Grants: 'allows',
  Silent: 'says nothing',
  Absent: 'is not there',
}

/**
 * What a layer says, as one letter and a tone.
 *
 * @category rendering
 * @since 0.1.0
 */
export const marks: Readonly<Record<Standing, Mark>> = {
  Denies: { letter: '✗', tone: 'bad' },
  Lacks: { letter: '○', tone: 'open' },
  Grants: { letter: '✓', tone: 'good' },
  Silent: { letter: '·', tone: 'faint' },
  Absent: { letter: '–', tone: 'faint' },
}

/**
 * What became of a request, as a letter, a tone and words.
 *
 * @category rendering
 * @since 0.1.0
 */
export const outcomes: Readonly<Record<Simulator.Outcome, Mark & { readonly words: string }>> = {
  Allowed: { ...marks.Grants, words: 'allowed' },
  ImplicitlyDenied: { ...marks.Lacks, words: 'denied, as nothing allows it' },
  ExplicitlyDenied: { ...marks.Denies, words: 'denied by a statement' },
}

/**
 * The mark of a statement: the layer's where it matches, a faint one where it does not.
 *
 * @category rendering
 * @since 0.1.0
 */
export const markOf = ({ matches, effect }: StatementView): Mark =>
  matches ? marks[effect === 'Allow' ? 'Grants' : 'Denies'] : marks.Silent
