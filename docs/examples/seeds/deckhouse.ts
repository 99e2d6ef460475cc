/** The page of the Deckhouse Kubernetes Platform on Amazon ECR, in its English and its Russian edition. */
import { Document } from 'ecr-policy'
import { filled, home, type Seed } from './Seed.js'

const role = `arn:aws:iam::${home}:role/prod-node`

const repositoryPolicy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "RepositoryRead",
      "Effect": "Allow",
      "Principal": {
        "AWS": "arn:aws:iam::xxx:role/xxx-node"
      },
      "Action": [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:DescribeImages",
        "ecr:DescribeRepositories",
        "ecr:GetAuthorizationToken",
        "ecr:GetDownloadUrlForLayer",
        "ecr:ListImages",
        "ecr:ListTagsForResource"
      ]
    }
  ]
}`

/** `additionalRolePolicies` takes names of actions; the platform allows them on `*`, beside its own two. */
const rolePolicy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "ec2:DescribeTags",
        "ec2:DescribeInstances",
        "ecr:GetAuthorizationToken",
        "ecr:BatchGetImage",
        "ecr:DescribeRepositories"
      ],
      "Resource": "*"
    }
  ]
}`

const identity = [Document.parseOrThrow(rolePolicy, 'identity')]
const filledIn = filled(repositoryPolicy, { 'arn:aws:iam::xxx:role/xxx-node': role })
const repository = Document.parseOrThrow(filledIn, 'ecr-repository')

export const deckhouse: Seed = {
  id: '000',
  title: 'Integration with Amazon Web Services',
  from: 'Deckhouse Kubernetes Platform, English edition',
  role,
  printed: [
    {
      name: 'the repository policy',
      kind: 'ecr-repository',
      text: repositoryPolicy,
      filled: filledIn,
      promises: ['pull'],
    },
    { name: 'additionalRolePolicies of the node role', kind: 'identity', text: rolePolicy },
  ],
  settings: [
    { name: 'I', what: 'additionalRolePolicies alone', identity, repository: undefined },
    { name: 'R', what: 'the repository policy alone', identity: [], repository },
    { name: 'I + R', what: 'both, as the page has it', identity, repository },
  ],
  claims: [
    {
      says: 'after these steps the nodes can pull from the repository',
      setting: 'I + R',
      operation: 'pull-tag',
    },
  ],
}

/** The prose differs, and in one point for the better: it says that the role has to exist. The policies are the same. */
export const deckhouseRussian: Seed = {
  ...deckhouse,
  id: '001',
  title: 'Интеграция со службами Amazon Web Services',
  from: 'Deckhouse Kubernetes Platform, Russian edition',
  twinOf: deckhouse,
}
