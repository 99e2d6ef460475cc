/** The page of Anyscale on Amazon ECR. */
import { Document } from 'ecr-policy'
import { readOnly } from './managed.js'
import { filled, home, type Seed } from './Seed.js'

const role = `arn:aws:iam::${home}:role/cld-1a2b3c-cluster_node_role`
const session = `arn:aws:sts::${home}:assumed-role/cld-1a2b3c-cluster_node_role/i-0123456789abcdef0`

const repositoryPolicy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "AllowPull",
      "Effect": "Allow",
      "Principal": {
        "AWS": "<REPLACE_WITH_ARN>"
      },
      "Action": [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:DescribeImageScanFindings",
        "ecr:DescribeImages",
        "ecr:DescribeRepositories",
        "ecr:GetAuthorizationToken",
        "ecr:GetDownloadUrlForLayer",
        "ecr:GetLifecyclePolicy",
        "ecr:GetLifecyclePolicyPreview",
        "ecr:GetRepositoryPolicy",
        "ecr:ListImages",
        "ecr:ListTagsForResource"
      ]
    }
  ]
}`

const forPrincipal = (arn: string): string => filled(repositoryPolicy, { '<REPLACE_WITH_ARN>': arn })
const identity = [Document.parseOrThrow(readOnly, 'managed')]
const repository = Document.parseOrThrow(forPrincipal(role), 'ecr-repository')

export const anyscale: Seed = {
  id: '002',
  title: 'Access Amazon ECR',
  from: 'Anyscale',
  role,
  printed: [
    {
      name: 'the repository policy',
      kind: 'ecr-repository',
      text: repositoryPolicy,
      filled: forPrincipal(role),
      promises: ['pull'],
    },
    {
      name: 'the same with the ARN that `aws sts get-caller-identity` prints, as the tip has it',
      kind: 'ecr-repository',
      text: forPrincipal(session),
    },
    {
      name: 'AmazonEC2ContainerRegistryReadOnly, version 3',
      kind: 'identity',
      text: JSON.stringify(readOnly, undefined, 2),
    },
  ],
  settings: [
    { name: 'I', what: 'ReadOnly on the role alone', identity, repository: undefined },
    { name: 'R', what: 'the repository policy alone', identity: [], repository },
    { name: 'I + R', what: 'both, as the page has it', identity, repository },
  ],
  claims: [
    {
      says: 'with ReadOnly attached to the role, nothing else is needed',
      setting: 'I',
      operation: 'pull-tag',
    },
    {
      says: 'the repository has to let the role in as well, and then it can pull',
      setting: 'I + R',
      operation: 'pull-tag',
    },
  ],
}
