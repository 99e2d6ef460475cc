/**
 * AWS services as callers of ECR: those that fetch images in their own name, and those that assume a role for it.
 *
 * @since 0.1.0
 */

/**
 * Services that fetch images in their own name (EX-38). What they ask for is in the operations that are done `by` them.
 *
 * `source`: what they act for, as an ARN has it: service, and the part after the account (EX-40). `account`: AWS has
 * `aws:SourceAccount` beside that ARN. `reach`: whether they fetch from other accounts too (EX-21), and from other Regions;
 * `rule` says so.
 *
 * @category model
 * @since 0.1.0
 */
export const imageServices = {
  'lambda.amazonaws.com': {
    source: ['lambda', 'function:*'],
    account: false,
    reach: { otherAccounts: true, otherRegions: false, rule: 'EX-20' },
  },
  'codebuild.amazonaws.com': {
    source: ['codebuild', 'project/*'],
    account: true,
    reach: { otherAccounts: false, otherRegions: true, rule: 'EX-38' },
  },
} as const

/**
 * The roles that these services assume besides, which do what they do not in their own name.
 *
 * @category model
 * @since 0.1.0
 */
export const rolesOfImageServices = {
  'lambda.amazonaws.com': 'the role that the function runs as',
  'codebuild.amazonaws.com': 'the role of the project',
} as const

/**
 * Services that fetch or write images as a role only, which is what to grant to (EX-57): the role, by the service that its
 * trust policy names.
 *
 * @category model
 * @since 0.1.0
 */
export const roleServices = {
  'ecs-tasks.amazonaws.com': 'the task execution role',
  'ecs.amazonaws.com': 'the task execution role, or the container instance role',
  'ec2.amazonaws.com': 'the role of the instance or node',
  'eks.amazonaws.com': 'the node role',
  'eks-fargate-pods.amazonaws.com': 'the pod execution role',
  'build.apprunner.amazonaws.com': 'the access role',
  'pullthroughcache.ecr.amazonaws.com': 'the role of the cache rule',
  'replication.ecr.amazonaws.com': 'the source account, whose service-linked role replicates',
  'ecr.amazonaws.com': 'the role of the creation template',
} as const
