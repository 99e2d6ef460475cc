/**
 * Names of the statements that a grant makes: what is done, and by whom where that is not a user or role. Letters and
 * digits only, as IAM wants them (GR-10, U-20).
 *
 * @since 0.1.0
 */
import { tokenAction, type OperationId } from '../Operation.js'
import type { Group } from './grantGroups.js'

// ---- rendering ----

/**
 * Operations whose ids do not read well in a name, or would promise a whole pull or push where they are part of one; so
 * would what makes repositories, whose actions may be divided between two policies.
 */
const plainNames: ReadonlyMap<OperationId, string> = new Map([
  ['pull-tag', 'Pull'],
  ['pull-api', 'Pull'],
  ['pull-warm', 'FetchManifest'],
  ['push-legacy', 'UploadImage'],
  ['push-existing-layers', 'AddImage'],
  ['push-mount', 'MountLayers'],
  ['push-index', 'AddIndex'],
  ['create-on-push', 'CreateAndUpload'],
  ['ptc-first-pull', 'PullThroughCache'],
  ['ptc-later-pull', 'RefreshCache'],
  ['replication-cross-account', 'Replicate'],
  ['lambda-same-account', 'RunImage'],
  ['lambda-cross-account', 'RunImage'],
  ['codebuild-image', 'RunImage'],
])

/**
 * A name for the statement of a group, not yet told from others.
 *
 * @category rendering
 * @since 0.1.0
 */
export const sid = (group: Group): string => {
  const [first = ''] = group.actions
  if (first === tokenAction) return `LogIn${by(group)}`
  if (/:(GetAuthorizationToken|GetServiceBearerToken)$/.test(first)) return `LogInToPublic${by(group)}`
  if (!/^ecr(-public)?:/.test(first)) return `${first.slice(first.indexOf(':') + 1)}${by(group)}`
  return `${what(group)}${group.asks.every(({ isSource }) => isSource) ? 'Source' : ''}${by(group)}`
}

const NAMED = 3

const what = ({ asks }: Group): string => {
  const names = Array.from(new Set(asks.flatMap(({ operations }) => operations).map(nameOf)))
  const shown = names.slice(0, NAMED).join('And')
  return names.length > NAMED ? `${shown}AndMore` : shown
}

const nameOf = (id: OperationId): string => plainNames.get(id) ?? pascal(id.split('-'))

const pascal = (words: readonly string[]): string =>
  words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join('')

const by = ({ audience, grantees: [grantee] }: Group): string => {
  if (audience === '') return ''
  if (grantee?._tag === 'Organization') return 'ByOrganization'
  return grantee?._tag === 'Service' ? `By${pascal(grantee.host.split('.').slice(0, 1))}` : ''
}

/**
 * Names with a number to each but the first of its kind.
 *
 * @category combinators
 * @since 0.1.0
 */
export const uniquely = (names: readonly string[]): readonly string[] => {
  const seen = new Map<string, number>() // local mutation: how often each name stood so far
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name}${count}`
  })
}
