/**
 * What is read of the answers of AWS's API, in the shapes of the AWS SDK for JavaScript v3 and of the AWS CLI. Members
 * that are not read are left out, so that the SDK's own types fit.
 *
 * A policy document is JSON, percent-encoded as IAM's API returns it, or plain text or an object as the CLI prints it.
 *
 * @since 0.1.0
 */

/**
 * A tag of a user or role.
 *
 * @category model
 * @since 0.1.0
 */
export interface TagShape {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

/**
 * An inline policy.
 *
 * @category model
 * @since 0.1.0
 */
export interface PolicyDetailShape {
  readonly PolicyName?: string | undefined
  readonly PolicyDocument?: string | object | undefined
}

/**
 * A managed policy that is attached.
 *
 * @category model
 * @since 0.1.0
 */
export interface AttachedPolicyShape {
  readonly PolicyName?: string | undefined
  readonly PolicyArn?: string | undefined
}

/**
 * A permissions boundary.
 *
 * @category model
 * @since 0.1.0
 */
export interface BoundaryShape {
  readonly PermissionsBoundaryArn?: string | undefined
}

/**
 * A role of GetAccountAuthorizationDetails.
 *
 * @category model
 * @since 0.1.0
 */
export interface RoleDetailShape {
  readonly RoleName?: string | undefined
  readonly Arn?: string | undefined
  readonly AssumeRolePolicyDocument?: string | object | undefined
  readonly RolePolicyList?: readonly PolicyDetailShape[] | undefined
  readonly AttachedManagedPolicies?: readonly AttachedPolicyShape[] | undefined
  readonly PermissionsBoundary?: BoundaryShape | undefined
  readonly Tags?: readonly TagShape[] | undefined
}

/**
 * A user of GetAccountAuthorizationDetails.
 *
 * @category model
 * @since 0.1.0
 */
export interface UserDetailShape {
  readonly UserName?: string | undefined
  readonly Arn?: string | undefined
  readonly UserPolicyList?: readonly PolicyDetailShape[] | undefined
  readonly GroupList?: readonly string[] | undefined
  readonly AttachedManagedPolicies?: readonly AttachedPolicyShape[] | undefined
  readonly PermissionsBoundary?: BoundaryShape | undefined
  readonly Tags?: readonly TagShape[] | undefined
}

/**
 * A group of GetAccountAuthorizationDetails.
 *
 * @category model
 * @since 0.1.0
 */
export interface GroupDetailShape {
  readonly GroupName?: string | undefined
  readonly Arn?: string | undefined
  readonly GroupPolicyList?: readonly PolicyDetailShape[] | undefined
  readonly AttachedManagedPolicies?: readonly AttachedPolicyShape[] | undefined
}

/**
 * A version of a managed policy.
 *
 * @category model
 * @since 0.1.0
 */
export interface PolicyVersionShape {
  readonly Document?: string | object | undefined
  readonly VersionId?: string | undefined
  readonly IsDefaultVersion?: boolean | undefined
}

/**
 * A managed policy of GetAccountAuthorizationDetails.
 *
 * @category model
 * @since 0.1.0
 */
export interface ManagedPolicyDetailShape {
  readonly PolicyName?: string | undefined
  readonly Arn?: string | undefined
  readonly DefaultVersionId?: string | undefined
  readonly PolicyVersionList?: readonly PolicyVersionShape[] | undefined
}

/**
 * One page of GetAccountAuthorizationDetails.
 *
 * @category model
 * @since 0.1.0
 */
export interface AuthorizationDetailsShape {
  readonly UserDetailList?: readonly UserDetailShape[] | undefined
  readonly GroupDetailList?: readonly GroupDetailShape[] | undefined
  readonly RoleDetailList?: readonly RoleDetailShape[] | undefined
  readonly Policies?: readonly ManagedPolicyDetailShape[] | undefined
  readonly IsTruncated?: boolean | undefined
}

/**
 * GetRepositoryPolicy's answer. One without `policyText` says that the repository has no policy, which the API tells by
 * the error RepositoryPolicyNotFoundException.
 *
 * @category model
 * @since 0.1.0
 */
export interface RepositoryPolicyShape {
  readonly registryId?: string | undefined
  readonly repositoryName?: string | undefined
  readonly policyText?: string | object | undefined
}

/**
 * GetRegistryPolicy's answer.
 *
 * @category model
 * @since 0.1.0
 */
export interface RegistryPolicyShape {
  readonly registryId?: string | undefined
  readonly policyText?: string | object | undefined
}

/**
 * One page of DescribeRepositories.
 *
 * @category model
 * @since 0.1.0
 */
export interface RepositoriesShape {
  readonly repositories?:
    | readonly {
        readonly repositoryArn?: string | undefined
        readonly registryId?: string | undefined
        readonly repositoryName?: string | undefined
      }[]
    | undefined
  readonly nextToken?: string | undefined
}

/**
 * What was asked of ECR in one Region: its answers do not name the Region.
 *
 * @category model
 * @since 0.1.0
 */
export interface RegionShape {
  readonly region: string
  readonly repositoryPolicies?: readonly RepositoryPolicyShape[] | undefined
  readonly registryPolicy?: RegistryPolicyShape | undefined
  readonly repositories?: readonly RepositoriesShape[] | undefined
}

/**
 * An account as the API tells of it: all pages of GetAccountAuthorizationDetails, and for each Region what ECR said.
 *
 * @category model
 * @since 0.1.0
 */
export interface AccountShape {
  readonly details: AuthorizationDetailsShape | readonly AuthorizationDetailsShape[]
  readonly regions?: readonly RegionShape[] | undefined
}
