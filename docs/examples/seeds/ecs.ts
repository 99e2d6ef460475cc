/** The page of the Amazon ECR user guide on Amazon ECS. */
import { Document } from 'ecr-policy'
import { forEc2, taskExecution } from './managed.js'
import { home, type Seed } from './Seed.js'

const minimum = `{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": [ "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:GetAuthorizationToken" ], "Resource": "*" } ] }`

export const ecs: Seed = {
  id: '004',
  title: 'Using Amazon ECR images with Amazon ECS',
  from: 'Amazon ECR user guide',
  role: `arn:aws:iam::${home}:role/ecsTaskExecutionRole`,
  printed: [
    { name: 'the minimum that the page prints', kind: 'identity', text: minimum, promises: ['pull'] },
    {
      name: 'AmazonEC2ContainerServiceforEC2Role, version 10',
      kind: 'identity',
      text: JSON.stringify(forEc2, undefined, 2),
      promises: ['pull'],
    },
    {
      name: 'AmazonECSTaskExecutionRolePolicy, version 1',
      kind: 'identity',
      text: JSON.stringify(taskExecution, undefined, 2),
      promises: ['pull'],
    },
  ],
  settings: [
    {
      name: 'EC2',
      what: 'AmazonEC2ContainerServiceforEC2Role',
      identity: [Document.parseOrThrow(forEc2, 'managed')],
      repository: undefined,
    },
    {
      name: 'Fargate',
      what: 'AmazonECSTaskExecutionRolePolicy',
      identity: [Document.parseOrThrow(taskExecution, 'managed')],
      repository: undefined,
    },
    {
      name: 'minimum',
      what: 'the statement that the page prints',
      identity: [Document.parseOrThrow(minimum, 'identity')],
      repository: undefined,
    },
  ],
  claims: [
    { says: 'this is the least that a task needs to pull', setting: 'minimum', operation: 'pull-tag' },
  ],
}
