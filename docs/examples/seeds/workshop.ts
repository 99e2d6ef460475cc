/** A page of a workshop that clicks two policies together in the IAM console. */
import { Document } from 'ecr-policy'
import { home, type PolicyJson, type Printed, type Seed } from './Seed.js'

/** "Any in this account": the console keeps actions without resource apart, under `*`. */
const clicked = (onRepositories: readonly string[], onEverything: readonly string[]): PolicyJson => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'VisualEditor0',
      Effect: 'Allow',
      Action: onRepositories,
      Resource: `arn:aws:ecr:*:${home}:repository/*`,
    },
    { Sid: 'VisualEditor1', Effect: 'Allow', Action: onEverything, Resource: '*' },
  ],
})

const reading = (describeImages: string): PolicyJson =>
  clicked(
    [describeImages, 'ecr:ListImages', 'ecr:BatchGetImage', 'ecr:DescribeRepositories'],
    ['ecr:DescribeRegistry', 'ecr:GetAccountSetting', 'ecr:GetAuthorizationToken'],
  )

const writing = (initiateLayerUpload: string): PolicyJson =>
  clicked(
    [
      'ecr:BatchCheckLayerAvailability',
      'ecr:CompleteLayerUpload',
      initiateLayerUpload,
      'ecr:PutImage',
      'ecr:UploadLayerPart',
    ],
    ['ecr:GetAuthorizationToken'],
  )

const pages = { read: reading('ecr:DescribeImage'), write: writing('ecr:InitialLayerUpload') }
const real = { read: reading('ecr:DescribeImages'), write: writing('ecr:InitiateLayerUpload') }

const identity = (...policies: readonly PolicyJson[]): readonly Document.IdentityDocument[] =>
  policies.map((policy) => Document.parseOrThrow(policy, 'managed'))

const printed = (name: string, json: PolicyJson, promises: NonNullable<Printed['promises']>): Printed => ({
  name,
  kind: 'identity',
  text: JSON.stringify(json, undefined, 2),
  promises,
})

export const workshop: Seed = {
  id: '003',
  title: 'Create IAM Roles for ECR Access',
  from: 'a workshop',
  role: `arn:aws:iam::${home}:role/CustomRWECRRole`,
  printed: [
    printed('ReadECRRepositoryContent, names typed as the page prints them', pages.read, ['pull']),
    printed('WriteECRRepositoryContent, names typed as the page prints them', pages.write, [
      'push',
      'delete',
    ]),
    printed('ReadECRRepositoryContent, as clicked in the console', real.read, ['pull']),
    printed('WriteECRRepositoryContent, as clicked in the console', real.write, ['push', 'delete']),
  ],
  settings: [
    {
      name: 'write',
      what: 'WriteECRRepositoryContent alone, as clicked',
      identity: identity(real.write),
      repository: undefined,
    },
    {
      name: 'typed',
      what: 'both policies, names typed as printed',
      identity: identity(pages.read, pages.write),
      repository: undefined,
    },
    {
      name: 'clicked',
      what: 'both policies, as clicked',
      identity: identity(real.read, real.write),
      repository: undefined,
    },
  ],
  claims: [
    { says: 'allows to pull images', setting: 'clicked', operation: 'pull-tag' },
    { says: 'allows to push images', setting: 'clicked', operation: 'push' },
    { says: 'allows to delete images', setting: 'clicked', operation: 'delete-image' },
  ],
}
