/** Rules that are counted on principals and on whole statements. */
import type { Entry, Stated } from '../observations.js'
import { ruleOn, type Rule } from './rule.js'

const onEntry = ruleOn<Entry>(({ strength }) => strength !== undefined)

const isAccount = (text: string): boolean => /^\d{12}$|:root$/.test(text)
const isRole = (text: string): boolean => text.includes(':role/')
const isSession = (text: string): boolean => text.includes(':assumed-role/')
const isNamed = (text: string): boolean => /:(user|role|assumed-role|federated-user)\//.test(text)

export const entryRules: readonly Rule<Entry>[] = [
  onEntry('PR-1', 'an entry of a principal: matches / does not', () => true),
  onEntry('PR-2', 'an account as principal: matches / does not', ({ text }) => isAccount(text)),
  onEntry(
    'PR-4',
    'a role before a session, a user before a federated session: matches / does not',
    ({ text, caller }) =>
      (caller.kind === 'Session' && isRole(text)) ||
      (caller.kind === 'FederatedUser' && text.includes(':user/')),
  ),
  onEntry(
    'PR-5',
    'a session before a session: matches / does not',
    ({ text, caller }) => caller.kind === 'Session' && isSession(text),
  ),
  onEntry(
    'PR-6',
    'a user, role or session named as the caller, letter case aside: in its case / in another',
    ({ text, caller }) => isNamed(text) && text.toLowerCase() === caller.text.toLowerCase(),
  ),
  onEntry('PR-14', 'CanonicalUser: matches / does not', ({ type }) => type === 'CanonicalUser'),
  onEntry(
    'ST-4',
    'a Federated entry before an identity provider: matches / does not',
    ({ type, caller }) => type === 'Federated' && caller.kind === 'Provider',
  ),
  onEntry(
    'U-11',
    'a role with a path before a session: matches / does not',
    ({ text, caller }) => caller.kind === 'Session' && /:role\/.+\//.test(text),
  ),
  onEntry(
    'U-21',
    'a unique id: matches / does not',
    ({ type, text }) => type === 'AWS' && /^A[IR]/.test(text),
  ),
  onEntry(
    'U-22',
    'an account in the policy of a gateway endpoint: matches / does not',
    ({ text, layer, gateway }) => layer === 'endpoint' && gateway && isAccount(text),
  ),
  onEntry(
    'VE-3',
    'an account or role in an endpoint policy: matches / does not',
    ({ text, layer }) => layer === 'endpoint' && (isAccount(text) || isRole(text)),
  ),
]

const on = ruleOn<Stated>(({ applies }) => applies)

const isDenyAside = ({ statement }: Stated): boolean =>
  statement.Effect === 'Deny' && statement.NotPrincipal !== undefined
const isAllowAside = ({ statement }: Stated): boolean =>
  statement.Effect === 'Allow' && statement.NotPrincipal !== undefined
const isForAll = ({ statement, entries }: Stated): boolean =>
  statement.Principal !== undefined && entries.some(({ text }) => text === '*')
const isWithoutAccount = ({ caller }: Stated): boolean => caller.account === undefined
const isWithoutResource = ({ statement }: Stated): boolean =>
  statement.Resource === undefined && statement.NotResource === undefined

/** Deny with NotPrincipal whose Action, Resource and Condition match, so that the list decides. */
const isListDecisive = (stated: Stated): boolean => {
  const { statement, actions, resources, tests } = stated
  const fits = (patterns: Stated['actions']): boolean => patterns.every(({ applies }) => applies)
  return (
    statement.NotPrincipal !== undefined &&
    fits(actions) &&
    fits(resources) &&
    tests.every(({ holds }) => holds)
  )
}

export const statementRules: readonly Rule<Stated>[] = [
  on('SM-1', 'a statement: matches / does not', () => true),
  on(
    'PR-3',
    'a principal of several entries: some matches / none does',
    ({ entries, statement }) => statement.Principal !== undefined && entries.length > 1,
    ({ entries }) => entries.some(({ strength }) => strength !== undefined),
  ),
  on('PR-9', 'a statement for `*`: matches / fails by another part', isForAll),
  on(
    'PR-10',
    'a Deny with NotPrincipal that all but its list fits: strikes / spares',
    (stated) => isDenyAside(stated) && isListDecisive(stated),
  ),
  on(
    'PR-11',
    'a caller on the list of such a Deny: struck, for he has a boundary / spared, without one',
    (stated) => isDenyAside(stated) && isListDecisive(stated) && stated.spared,
  ),
  on(
    'U-15',
    'such a Deny before a caller that some entry matches: strikes / spares',
    (stated) =>
      isDenyAside(stated) &&
      isListDecisive(stated) &&
      !stated.boundarySet &&
      stated.entries.some(({ strength }) => strength !== undefined),
  ),
  on('PR-12', 'an Allow with NotPrincipal: matches / does not', isAllowAside),
  on(
    'U-16',
    'an Allow with NotPrincipal that all but its list fits: grants / does not',
    (stated) => isAllowAside(stated) && isListDecisive(stated),
  ),
  on(
    'U-12',
    'a statement for `*` before a service, a provider or anybody unsigned: matches / does not',
    (stated) => isForAll(stated) && isWithoutAccount(stated),
  ),
  on('SM-R9', 'a statement without Resource: matches / does not', isWithoutResource),
  on(
    'U-27',
    'a statement without Resource in an endpoint policy: matches / does not',
    (stated) => stated.layer === 'endpoint' && isWithoutResource(stated),
  ),
  on('CO-1', 'a statement without conditions: matches / does not', ({ tests }) => tests.length === 0),
  on(
    'CO-2',
    'a statement with several tests: all hold / one fails',
    ({ tests }) => tests.length > 1,
    ({ tests }) => tests.every(({ holds }) => holds),
  ),
  on(
    'SC-8',
    'an SCP with conditions, NotResource or an Allow of some resources: matches / does not',
    ({ layer, statement, tests }) =>
      layer === 'scp' &&
      (tests.length > 0 ||
        statement.NotResource !== undefined ||
        (statement.Effect === 'Allow' && statement.Resource !== '*')),
  ),
  on(
    'RP-8',
    'an RCP with conditions, NotResource or some resources: matches / does not',
    ({ layer, statement, tests }) =>
      layer === 'rcp' &&
      (tests.length > 0 || statement.NotResource !== undefined || statement.Resource !== '*'),
  ),
]
