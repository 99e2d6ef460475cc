/**
 * Replication into another account: nobody's own deed. A service-linked role of the source account does it under a policy
 * of AWS's own, so that all turns on the registry policy of the destination.
 *
 * Source: EC-5, EX-30, SC-6.
 *
 * @since 0.1.0
 */
import { Action, Condition, Context, Document, Resource, Statement } from '../model/index.js'
import { Remember } from '../pattern/index.js'
import type { Access } from './Access.js'
import type { Need } from './Operation.js'
import { ownAccount } from './requestContext.js'

// ---- refinements ----

/**
 * Is an action that of replication?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isReplication = ({ action }: Pick<Need, 'action'>): boolean =>
  action.toLowerCase() === 'ecr:replicateimage'

const PATH = '/aws-service-role/replication.ecr.amazonaws.com/'

// ---- constructors ----

/**
 * Who asks for these needs: the replication role of the caller's account where they replicate, else the caller. The role
 * has AWS's policy and takes no other.
 *
 * @category constructors
 * @since 0.1.0
 */
export const asReplicator =
  (required: readonly Need[]) =>
  (access: Access): Access => {
    const own = ownAccount(access)
    if (own === undefined || !required.some(isReplication)) return access
    const { partition, account } = own
    const role = 'AWSServiceRoleForECRReplication'
    return {
      ...access,
      principal: { _tag: 'RoleSession', partition, account, path: PATH, role, session: undefined },
      context: Context.fromEntries(
        access.context.flatMap(({ name, values }) => (isOfCaller(name) ? [] : [[name, values] as const])),
      ),
      identityPolicies: [replicationPolicy()],
      permissionsBoundary: undefined,
      sessionPolicies: [],
      endpointPolicies: [],
      facts: { ...access.facts, principalIsServiceLinkedRole: true },
    }
  }

/** Keys that tell who and how somebody is; where he belongs holds for the role of his account as well. */
const isOfCaller = (name: string): boolean =>
  /^aws:(principal(arn|tag|type|is|service)|user|source|via|calledvia|multifactor|token|federated|ec2)/i.test(
    name,
  )

/**
 * What ECRReplicationServiceRolePolicy says: the one policy of the role that replicates, always the same value.
 *
 * @category constructors
 * @since 0.1.0
 */
export const replicationPolicy: () => Document.IdentityDocument = Remember.once(() =>
  Document.make([
    Statement.identity({
      sid: undefined,
      effect: 'Allow',
      action: {
        _tag: 'Action',
        patterns: [Action.ofEcr('ecr:CreateRepository'), Action.ofEcr('ecr:ReplicateImage')],
      },
      resource: { _tag: 'Resource', patterns: [Resource.parsePatternOrThrow('*')] },
      conditions: Condition.none,
    }),
  ]),
)
