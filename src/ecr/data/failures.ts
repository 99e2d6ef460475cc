/**
 * Why requests to ECR fail, as people meet it.
 *
 * @since 0.1.0
 */
import type { Cause } from '../diagnose/failureCause.js'
import { Frozen } from '../../pattern/index.js'

const token = 'ecr:GetAuthorizationToken'
const manifest = 'ecr:BatchGetImage'
const layer = 'ecr:GetDownloadUrlForLayer'
const layerCheck = 'ecr:BatchCheckLayerAvailability'
const upload = 'ecr:InitiateLayerUpload'

const cause = (
  nature: Cause['nature'],
  certainty: Cause['certainty'],
  rules: readonly string[],
  actions: readonly string[],
  [title, check, mend]: readonly [title: string, check: string, mend: string],
): Cause => ({ nature, certainty, title, check, mend, actions, rules })

// ---- data ----

/**
 * Every known cause by its id, which stays what it is from one version to the next.
 *
 * @category model
 * @since 0.1.0
 */
export const causes: Readonly<Record<FailureId, Cause>> = /* @__PURE__ */ Frozen.deep({
  'token-missing': cause(
    'Permission',
    'documented',
    ['EX-1', 'EX-2', 'EX-41'],
    [token],
    [
      'no identity policy of the caller allows fetching a registry token',
      'which role really calls: of the node, the task, the function or the build',
      'allow ecr:GetAuthorizationToken on `*` in an identity policy',
    ],
  ),
  'token-scoped': cause(
    'Permission',
    'observed',
    ['EC-1', 'SM-R7'],
    [token],
    [
      'the token is allowed in a statement that names repositories, and the action has no resource',
      'the Resource of each statement that lists ecr:GetAuthorizationToken',
      'give ecr:GetAuthorizationToken a statement of its own with Resource `*`',
    ],
  ),
  'token-from-repository-policy': cause(
    'Permission',
    'documented',
    ['EX-2'],
    [token],
    [
      'the token is allowed in the repository policy, which is not asked about it',
      'whether ecr:GetAuthorizationToken stands in the repository policy only',
      'allow it on `*` in an identity policy of the caller',
    ],
  ),
  'pull-missing': cause(
    'Permission',
    'documented',
    ['EX-4', 'EX-37'],
    [manifest, layer],
    [
      'the caller may not read this repository, or the ARN in his policy is not its ARN',
      'the two pull actions, and account, Region and name in Resource',
      'allow ecr:BatchGetImage and ecr:GetDownloadUrlForLayer on the ARN of the repository; within one account its policy will do as well',
    ],
  ),
  'owner-has-not-granted': cause(
    'Permission',
    'documented',
    ['EX-32', 'EX-37', 'EX-41', 'XA-1'],
    [],
    [
      'the caller is allowed by his own account, and the account that owns the repository has not granted it',
      'the policy of the repository and of its registry, in the other account',
      'there, allow the action to the role or to its account',
    ],
  ),
  'caller-side-missing': cause(
    'Permission',
    'documented',
    ['EX-37', 'XA-1', 'XA-3'],
    [],
    [
      'the repository is in another account and the caller’s own policies do not reach it, whatever is granted there',
      'whether Resource in the identity policy stops at the own account',
      'allow the action on the foreign ARN in an identity policy of the caller',
    ],
  ),
  'layers-missing': cause(
    'Permission',
    'observed',
    ['EX-4', 'EX-5'],
    [layer],
    [
      'the manifest may be read and the layers may not; where all are cached it goes unnoticed',
      'whether ecr:GetDownloadUrlForLayer stands wherever ecr:BatchGetImage does, on both sides',
      'add ecr:GetDownloadUrlForLayer where it is missing',
    ],
  ),
  'layer-check-missing': cause(
    'Permission',
    'observed',
    ['EX-6', 'EX-22'],
    [layerCheck],
    [
      'the client asked by HEAD whether a layer is there and was refused; such an answer has no body to read',
      'whether the push set has ecr:BatchCheckLayerAvailability',
      'add ecr:BatchCheckLayerAvailability',
    ],
  ),
  'manifest-head-refused': cause(
    'Permission',
    'observed',
    ['EX-7', 'EX-22'],
    [manifest],
    [
      'a client of the containerd family looks for the manifest before it pushes, and was refused',
      'whether the push set has ecr:BatchGetImage',
      'add ecr:BatchGetImage to what the pusher may do',
    ],
  ),
  'manifest-read-missing-on-push': cause(
    'Permission',
    'observed',
    ['EX-7'],
    [manifest],
    [
      'the tool that pushes reads the manifest first',
      'whether this happened on a push, as with crane or Bazel',
      'add ecr:BatchGetImage, or take a later release of the tool',
    ],
  ),
  'upload-missing': cause(
    'Permission',
    'observed',
    ['EX-6', 'EX-57'],
    [upload],
    [
      'the caller may not upload, or is not the one meant: a pod that fell back to the role of its node, say',
      'the ARN of the caller in the message, and then the push set',
      'grant the push set on the repository, or mend where the credentials come from',
    ],
  ),
  'push-ends-in-eof': cause(
    'Permission',
    'observed',
    ['EX-6'],
    [upload, 'ecr:PutImage'],
    [
      'a classic client tries again after a refusal and reports no more than the end of the stream',
      'CloudTrail, for the action that was refused',
      'add ecr:InitiateLayerUpload or ecr:PutImage, whichever it was',
    ],
  ),
  'image-put-refused': cause(
    'Permission',
    'observed',
    ['EX-6', 'EX-53'],
    ['ecr:PutImage'],
    [
      'the layers are there and the manifest was refused: no ecr:PutImage, or the repository is full',
      'whether the caller may ecr:PutImage, and how many images there are',
      'add ecr:PutImage, or delete images',
    ],
  ),
  'not-logged-in': cause(
    'NotIam',
    'observed',
    ['EX-1', 'EX-50'],
    [],
    [
      'the client sent no password to this host',
      'host, account and Region of the login against those of the image, and where the credential store keeps them',
      'log in to the very host of the image',
    ],
  ),
  'login-rejected': cause(
    'NotIam',
    'observed',
    ['EX-1', 'EX-50'],
    [],
    [
      'the registry did not take the password of the login: it was empty, changed on the way, or fetched for another Region',
      'that the user name is `AWS`, that the token goes from one command to the next unchanged, and Region and host of both',
      'fetch a token for the Region of the host and pipe it into the login with `--password-stdin`',
    ],
  ),
  'token-expired': cause(
    'NotIam',
    'observed',
    ['EX-50'],
    [],
    [
      'the registry token is older than its twelve hours',
      'where a token was stored: the client’s configuration, a pull secret, an image of a machine',
      'log in again, or use a credential helper that does',
    ],
  ),
  'repository-unknown': cause(
    'NotIam',
    'observed',
    ['EX-17', 'EX-19'],
    ['ecr:CreateRepository'],
    [
      'there is no such repository in that registry; behind a pull-through cache it could not be made',
      'name, account and Region of the address; for a cache, whether the caller may ecr:CreateRepository',
      'create the repository, mend the address, or allow ecr:CreateRepository',
    ],
  ),
  'image-unknown': cause(
    'NotIam',
    'observed',
    ['EX-17'],
    ['ecr:BatchImportUpstreamImage'],
    [
      'the repository has no such tag; behind a pull-through cache it could not be fetched',
      'the tag; for a cache, whether the caller may ecr:BatchImportUpstreamImage',
      'push the image, mend the tag, or allow ecr:BatchImportUpstreamImage',
    ],
  ),
  'node-not-authenticated': cause(
    'NotIam',
    'observed',
    ['EX-1', 'EX-57'],
    [token],
    [
      'the node asked without a password: no credential plugin, one that does not know this host, or a role without token',
      'the kubelet’s credential provider and its host patterns, then the node role',
      'set the plugin up for this host, and let the node role pull',
    ],
  ),
  'task-start-failed': cause(
    'Permission',
    'inferred',
    ['EX-1', 'EX-42', 'EX-57'],
    [token],
    [
      'the task execution role may not fetch a token, or the task has no route to the ECR API',
      'policies of the execution role; then subnets, NAT and the ecr.api endpoint',
      'attach the task execution policy, or add the endpoint or a route',
    ],
  ),
  'no-connection': cause(
    'NotIam',
    'observed',
    ['EX-54'],
    [],
    [
      'the registry, its API or the bucket of layers could not be reached: this is the network, and no policy',
      'routes, VPC endpoints for ecr.api, ecr.dkr and S3, security groups, DNS',
      'open the way',
    ],
  ),
  'layer-bucket-refused': cause(
    'Permission',
    'observed',
    ['EC-8', 'EX-54'],
    ['s3:GetObject'],
    [
      'the layer was to come from S3, and S3 refused',
      'the policy of the S3 endpoint, and bucket policies of the organization',
      'allow s3:GetObject on arn:aws:s3:::prod-REGION-starport-layer-bucket/*',
    ],
  ),
  'endpoint-silent': cause(
    'Permission',
    'documented',
    ['EX-42', 'VE-1'],
    [],
    [
      'the policy of the VPC endpoint on the way does not allow it; one made of Denies alone allows nothing',
      'the policies of the ecr.api and ecr.dkr endpoints',
      'allow the actions there, and the token on `*`',
    ],
  ),
  'repository-policy-refused': cause(
    'PolicyText',
    'observed',
    ['EX-28', 'EX-29', 'EX-55'],
    [],
    [
      'ECR does not take this text for a repository policy',
      'JSON, Resource elements, actions of other services, principals',
      'drop Resource, and check actions and principals',
    ],
  ),
  'principal-not-found': cause(
    'PolicyText',
    'observed',
    ['EX-55'],
    [],
    [
      'a user or role that the policy names does not exist, or not yet everywhere',
      'placeholders, misspelt or deleted roles, roles made a moment ago',
      'create it first and try again, or name the account and narrow it by a condition',
    ],
  ),
  'registry-policy-refused': cause(
    'PolicyText',
    'observed',
    ['EC-6', 'EX-34', 'EX-36'],
    [],
    [
      'ECR does not take this text for a registry policy: no Resource, or an action beyond scope V1',
      'Resource of each statement, and the scope of the registry',
      'add Resource with repository ARNs, or change to scope V2',
    ],
  ),
  'lambda-not-granted': cause(
    'Permission',
    'inferred',
    ['EX-20', 'EX-21', 'EX-40'],
    [manifest, layer],
    [
      'the repository does not let Lambda read it, or its condition on the source misses; across accounts the deployer counts too',
      'the statement for lambda.amazonaws.com, aws:SourceArn in it, and the rights of the deployer',
      'grant both pull actions to lambda.amazonaws.com, and across accounts to the deployer as well',
    ],
  ),
  'lambda-image-unfit': cause(
    'NotIam',
    'inferred',
    ['EX-20', 'EX-21'],
    [],
    [
      'Lambda cannot use this image: there is no such tag, or it is in another Region, on a FIPS host, or for several architectures at once',
      'the address letter by letter, its Region against that of the function, and the media type of the manifest',
      'give the ordinary address of an image for one architecture in the Region of the function',
    ],
  ),
  'service-out-of-reach': cause(
    'NotIam',
    'documented',
    ['EX-20', 'EX-38'],
    [],
    [
      'the service does not fetch from there in its own name: the repository is in another account or Region than what it works for',
      'account and Region of the repository against those of the function or project',
      'across accounts let the role of the project pull, or the deployer of a function too; across Regions have the image replicated',
    ],
  ),
  'public-login-refused': cause(
    'Permission',
    'observed',
    ['EX-45'],
    ['sts:GetServiceBearerToken'],
    [
      'logging in to ECR Public takes an action of STS too, and goes to us-east-1 only',
      'sts:GetServiceBearerToken, the Region of the command, and Region guard rails',
      'allow sts:GetServiceBearerToken and ecr-public:GetAuthorizationToken on `*`, and log in with us-east-1',
    ],
  ),
  'public-login-elsewhere': cause(
    'NotIam',
    'observed',
    ['EX-45'],
    [],
    [
      'logging in to ECR Public was tried in another Region than us-east-1, the only one in which it goes',
      'the Region of the command, of the profile, and in AWS_REGION',
      'log in with `--region us-east-1`',
    ],
  ),
  'tag-list-missing': cause(
    'Permission',
    'observed',
    ['EX-14', 'EX-22'],
    ['ecr:ListImages'],
    [
      'the tool, a scanner or skopeo, lists tags, and pulling does not include that',
      'whether the caller may ecr:ListImages',
      'add ecr:ListImages',
    ],
  ),
  'tag-check-missing': cause(
    'Permission',
    'observed',
    ['XA-1', 'EX-37'],
    ['ecr:DescribeImages'],
    [
      'a build asks whether a tag is there already, and may not',
      'ecr:DescribeImages in the caller’s policy, and across accounts on both sides',
      'add ecr:DescribeImages to the caller’s policy, and across accounts to the repository policy as well',
    ],
  ),
  'listing-all-repositories': cause(
    'Permission',
    'observed',
    ['EX-15', 'EX-31'],
    ['ecr:DescribeRepositories'],
    [
      'a listing without names is checked on all repositories at once, and the policy is for one',
      'whether the tool names the repository it is after',
      'name it, or allow ecr:DescribeRepositories on `repository/*`',
    ],
  ),
  'tool-reads-back': cause(
    'Permission',
    'observed',
    ['EX-37'],
    ['ecr:ListTagsForResource', 'ecr:GetLifecyclePolicy', 'ecr:GetRepositoryPolicy'],
    [
      'Terraform and its like read all settings of a repository back',
      'the reading actions of the role that the tool runs as',
      'add ecr:ListTagsForResource, ecr:GetLifecyclePolicy and ecr:GetRepositoryPolicy',
    ],
  ),
  'organization-guard-rail': cause(
    'Permission',
    'documented',
    ['EX-41', 'SC-1'],
    [],
    [
      'a service control policy of the organization forbids it, by Region or registry perhaps, or is silent on it',
      'the SCPs from the root to the account',
      'have the SCP changed: nothing in the account can',
    ],
  ),
  'tag-immutable': cause(
    'NotIam',
    'observed',
    ['EX-53'],
    [],
    [
      'the repository keeps its tags as they are',
      'whether this tag was pushed before',
      'push under a new tag, or except the tag from immutability',
    ],
  ),
  'resource-misses': cause(
    'Permission',
    'observed',
    ['EX-27'],
    [],
    [
      'there is a statement, and its Resource is an image address or a wildcard that does not reach the repository',
      'Resource against the ARN in the message, letter by letter: `repository/app/*` is not `repository/app`',
      'write the ARN of the repository',
    ],
  ),
  'action-not-allowed': cause(
    'Permission',
    'documented',
    ['DE-1', 'DE-5'],
    [],
    [
      'no policy of the type named allows the action',
      'who calls, and what his policies say of action and resource',
      'allow the action on the resource in a policy of that type',
    ],
  ),
  'explicit-deny': cause(
    'Permission',
    'documented',
    ['DE-3', 'DE-5'],
    [],
    [
      'a statement denies it, and no Allow outweighs that',
      'the Deny statements of policies of the type named, and their conditions',
      'narrow that statement',
    ],
  ),
  'boundary-silent': cause(
    'Permission',
    'documented',
    ['DE-5', 'PB-1'],
    [],
    [
      'the permissions boundary of the caller does not include the action',
      'the boundary, which limits and grants nothing',
      'have the action added to the boundary',
    ],
  ),
  'session-silent': cause(
    'Permission',
    'documented',
    ['DE-5', 'SE-1'],
    [],
    [
      'the session was opened with a policy that does not include the action',
      'what AssumeRole was given as policy',
      'add the action there, or open the session without a policy',
    ],
  ),
  'resource-guard-rail': cause(
    'Permission',
    'documented',
    ['RP-1', 'EX-48'],
    [],
    [
      'a resource control policy of the owner’s organization forbids it',
      'the RCPs from the root to the account that owns the repository',
      'have the RCP changed: nothing in the account can',
    ],
  ),
  'quota-reached': cause(
    'NotIam',
    'observed',
    ['EX-53'],
    [],
    [
      'a quota of the registry or the repository is used up',
      'the number of images and repositories against the quotas',
      'delete images, or ask for more',
    ],
  ),
  throttled: cause(
    'NotIam',
    'documented',
    ['EX-53'],
    [],
    [
      'too many requests in a short time',
      'how many clients ask at once, and how often',
      'try again more slowly, or ask for a higher rate',
    ],
  ),
  'credentials-expired': cause(
    'NotIam',
    'documented',
    ['EX-1'],
    [],
    [
      'the AWS credentials themselves are missing, expired or wrong; no policy was asked',
      'where the credentials come from, and the clock of the machine',
      'renew the credentials',
    ],
  ),
})

/**
 * The id of a cause.
 *
 * @category model
 * @since 0.1.0
 */
export type FailureId =
  | 'token-missing'
  | 'token-scoped'
  | 'token-from-repository-policy'
  | 'pull-missing'
  | 'owner-has-not-granted'
  | 'caller-side-missing'
  | 'layers-missing'
  | 'layer-check-missing'
  | 'manifest-head-refused'
  | 'manifest-read-missing-on-push'
  | 'upload-missing'
  | 'push-ends-in-eof'
  | 'image-put-refused'
  | 'not-logged-in'
  | 'login-rejected'
  | 'token-expired'
  | 'repository-unknown'
  | 'image-unknown'
  | 'node-not-authenticated'
  | 'task-start-failed'
  | 'no-connection'
  | 'layer-bucket-refused'
  | 'endpoint-silent'
  | 'repository-policy-refused'
  | 'principal-not-found'
  | 'registry-policy-refused'
  | 'lambda-not-granted'
  | 'lambda-image-unfit'
  | 'service-out-of-reach'
  | 'public-login-refused'
  | 'public-login-elsewhere'
  | 'tag-list-missing'
  | 'tag-check-missing'
  | 'listing-all-repositories'
  | 'tool-reads-back'
  | 'organization-guard-rail'
  | 'tag-immutable'
  | 'resource-misses'
  | 'action-not-allowed'
  | 'explicit-deny'
  | 'boundary-silent'
  | 'session-silent'
  | 'resource-guard-rail'
  | 'quota-reached'
  | 'throttled'
  | 'credentials-expired'
