/**
 * How to attach a policy: the file to save it in, the commands of the AWS CLI, and the place in the console.
 *
 * Source: EX-34, EX-47, EX-56, SZ-1.
 *
 * @since 0.1.0
 */
import { Arn, type Document, type PolicyKind } from '../../model/index.js'
import type { Place } from '../Place.js'

// ---- model ----

/**
 * How to attach one policy. `commands` take the policy from `file`; words in capitals are to be filled in. `console`: the
 * way there, step by step.
 *
 * @category model
 * @since 0.1.0
 */
export interface Attachment {
  readonly file: string
  readonly commands: readonly string[]
  readonly console: string
}

/** The places that a grant has policies for, with the kind of policy. */
interface Spot {
  readonly place: Extract<
    Place,
    { readonly _tag: 'IdentityPolicy' | 'ResourcePolicy' | 'RegistryPolicy' | 'VpcEndpointPolicy' }
  >
  readonly kind: PolicyKind.PolicyKind
  readonly document: Document.Document
}

// ---- rendering ----

/**
 * How to attach a policy that stands `number`th in its grant.
 *
 * @category rendering
 * @since 0.1.0
 */
export const attachment = ({ place, kind, document: policy }: Spot, number: number): Attachment => {
  switch (place._tag) {
    case 'IdentityPolicy':
      return toIdentity(holderOf(place.principal, policy), kind, number)
    case 'ResourcePolicy':
      return toRepository(place.repository, number)
    case 'RegistryPolicy':
      return toRegistry(place.account, place.region, number)
    case 'VpcEndpointPolicy':
      return toEndpoint(place.region, number)
  }
}

const fileOf = (number: number, ...words: readonly string[]): string =>
  `${[number.toString(), ...words].join('-').replace(/[^A-Za-z0-9.-]+/g, '-')}.json`

const document = (file: string): string => `file://${file}`

/** As one word of a shell, whatever is in it. */
const word = (text: string): string =>
  /^[A-Za-z0-9_+=,.@/:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

const command = (...words: readonly string[]): string => ['aws', ...words.map(word)].join(' ')

// ---- places ----

const toIdentity = (
  { sort, name, label, account, partition }: Holder,
  kind: PolicyKind.PolicyKind,
  number: number,
): Attachment => {
  const file = fileOf(number, label, 'policy')
  const policy = `ecr-${label}`
  const holder = sort === 'user' ? 'Users' : 'Roles'
  return kind === 'managed'
    ? {
        file,
        commands: [
          command('iam', 'create-policy', '--policy-name', policy, '--policy-document', document(file)),
          command(
            'iam',
            `attach-${sort}-policy`,
            `--${sort}-name`,
            name,
            '--policy-arn',
            `arn:${partition}:iam::${account}:policy/${policy}`,
          ),
        ],
        console: `IAM > Policies > Create policy > JSON; then ${holder} > ${name} > Add permissions > Attach policies`,
      }
    : {
        file,
        commands: [
          command(
            'iam',
            `put-${sort}-policy`,
            `--${sort}-name`,
            name,
            '--policy-name',
            policy,
            '--policy-document',
            document(file),
          ),
        ],
        console: `IAM > ${holder} > ${name} > Add permissions > Create inline policy > JSON`,
      }
}

interface Holder {
  readonly sort: 'user' | 'role'
  readonly name: string
  readonly label: string
  readonly account: string
  readonly partition: string
}

/** Who holds an identity policy; of an account or an organization nobody is named, and a role is the rule. */
const holderOf = (principal: string, policy: Document.Document): Holder => {
  if (!principal.startsWith('arn:'))
    return {
      sort: 'role',
      name: 'ROLE',
      label: principal,
      account: Arn.isAccountId(principal) ? principal : 'ACCOUNT',
      partition: partitionIn(policy),
    }
  const [, partition = '', , , account = '', resource = ''] = Arn.segments(principal)
  const name = resource.slice(resource.lastIndexOf('/') + 1)
  return { sort: resource.startsWith('user/') ? 'user' : 'role', name, label: name, account, partition }
}

/** That of what the policy is about: an account is in one partition (XA-6). */
const partitionIn = ({ statements }: Document.Document): string =>
  statements
    .flatMap(({ resource }) => (resource._tag === 'Attached' ? [] : resource.patterns))
    .flatMap((pattern) => Arn.segments(pattern)[1] ?? [])[0] ?? 'aws'

/** A repository of ECR Public has no Region; its API is in us-east-1. */
const toRepository = (repository: string, number: number): Attachment => {
  const [, , service = '', region = '', account = '', resource = ''] = Arn.segments(repository)
  const name = resource.slice('repository/'.length)
  const file = fileOf(number, name, 'repository-policy')
  const isPublic = service === 'ecr-public'
  return {
    file,
    commands: [
      command(
        service,
        'set-repository-policy',
        '--region',
        isPublic ? 'us-east-1' : region,
        '--registry-id',
        account,
        '--repository-name',
        name,
        '--policy-text',
        document(file),
      ),
    ],
    console: `ECR > ${isPublic ? 'Public' : 'Private'} registry > Repositories > ${name} > Permissions > Edit policy JSON`,
  }
}

const toRegistry = (account: string, region: string, number: number): Attachment => {
  const file = fileOf(number, 'registry', account, region)
  return {
    file,
    commands: [command('ecr', 'put-registry-policy', '--region', region, '--policy-text', document(file))],
    console: `in account ${account}, Region ${region}: ECR > Private registry > Settings > Permissions > Edit JSON`,
  }
}

/** Only endpoints made for them bear on `ecr.api` and `ecr.dkr`, each with a policy of its own. */
const toEndpoint = (region: string | undefined, number: number): Attachment => {
  const file = fileOf(number, 'endpoint', ...(region === undefined ? [] : [region]))
  return {
    file,
    commands: [
      command(
        'ec2',
        'modify-vpc-endpoint',
        '--region',
        region ?? 'REGION',
        '--vpc-endpoint-id',
        'ENDPOINT',
        '--policy-document',
        document(file),
      ),
    ],
    console: 'VPC > Endpoints, those of ecr.api and ecr.dkr each > Actions > Manage policy',
  }
}
