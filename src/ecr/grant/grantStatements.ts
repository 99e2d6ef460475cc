/**
 * From the asks of one place to its document.
 *
 * Law: the requests of a document are those of its asks, no more and no fewer.
 * Source: EC-3, EX-39, EX-40, GR-10, SA-5.
 *
 * @since 0.1.0
 */
import * as Policy from '../../builder/index.js'
import type { Document } from '../../model/index.js'
import type { Ask } from './grantAsks.js'
import type { Checked } from './GrantError.js'
import type { Grantee } from './Grantee.js'
import { byActions, groupsOf, inOrder, type Group } from './grantGroups.js'
import type { CallerPost, NamingPost } from './grantPlaces.js'
import { sid, uniquely } from './grantSid.js'

// ---- constructors ----

/**
 * The identity policy that answers the asks of a place.
 *
 * **Errors** none are known: what the builder checks was checked before.
 *
 * @category constructors
 * @since 0.1.0
 */
export const callerDocument = ({ asks }: CallerPost): Checked<Document.IdentityDocument> => {
  const groups = byActions('', asks)
  const sids = uniquely(groups.map(sid))
  return Policy.identity(groups.map((group, i) => Policy.allow(common(group, sids[i]))))
}

/**
 * The policy with principals that answers the asks of a place; that of a repository says nothing of resources (EC-3).
 *
 * **Errors** none are known.
 *
 * @category constructors
 * @since 0.1.0
 */
export const namingDocument = ({ place, asks }: NamingPost): Checked<Document.ResourceDocument> => {
  const groups = groupsOf(asks)
  const [partition = 'aws'] = asks.flatMap(partitionOf) // XA-6: an account is in one
  const sids = uniquely(groups.map(sid))
  return Policy.resource(
    groups.map((group, i) => {
      const { resource, ...rest } = common(group, sids[i])
      const granted = { ...rest, principal: principals(group, partition), condition: conditions(group) }
      return place._tag === 'ResourcePolicy' ? Policy.allow(granted) : Policy.allow({ ...granted, resource })
    }),
  )
}

const common = ({ actions, resources }: Group, name: string | undefined) => ({
  sid: name,
  action: actions.map(Policy.action),
  resource: resources,
})

// ---- principals and conditions ----

const principals = ({ grantees }: Group, partition: string): readonly Policy.PrincipalEntry[] => {
  const entries = grantees.map((grantee) => principalOf(grantee, partition))
  return Array.from(new Map(entries.map((entry) => [`${entry.type} ${entry.text}`, entry])).values()).sort(
    (a, b) => (a.text < b.text ? -1 : 1),
  )
}

const principalOf = (grantee: Grantee, partition: string): Policy.PrincipalText => {
  switch (grantee._tag) {
    case 'Identity':
      return { _tag: 'PrincipalText', type: 'AWS', text: grantee.arn }
    case 'Account':
      return {
        _tag: 'PrincipalText',
        type: 'AWS',
        text: `arn:${grantee.partition ?? partition}:iam::${grantee.account}:root`,
      }
    case 'Organization':
      return Policy.everyone
    case 'Service':
      return Policy.service(grantee.host)
  }
}

const partitionOf = ({ on }: Ask) => (typeof on === 'string' ? [] : [on.partition])

const conditions = ({ grantees }: Group): readonly Policy.ConditionDraft[] => {
  const services = grantees.flatMap((grantee) => (grantee._tag === 'Service' ? [grantee] : []))
  const given = (draft: (values: readonly string[]) => Policy.ConditionDraft, values: readonly string[]) =>
    values.length === 0 ? [] : [draft(inOrder(values))]
  return [
    ...given(
      Policy.inOrganization,
      grantees.flatMap((grantee) => (grantee._tag === 'Organization' ? [grantee.id] : [])),
    ),
    ...given(
      (values) => Policy.arnLike('aws:SourceArn', values),
      services.flatMap(({ sourceArns }) => sourceArns),
    ),
    ...given(
      (values) => Policy.stringEquals('aws:SourceAccount', values),
      services.flatMap(({ sourceAccounts }) => sourceAccounts),
    ),
  ]
}
