/** Accesses to one repository, as regressions of questions about ECR ask for them. */
import { parseOrThrow } from '../../src/codec/index.js'
import { accessOrThrow, Repository, type AccessInput } from '../../src/ecr/index.js'
import type { Document, PolicyKind } from '../../src/model/index.js'

export const account = '111122223333'
export const role = `arn:aws:iam::${account}:role/node`
export const lambda = 'lambda.amazonaws.com'
export const token = 'ecr:GetAuthorizationToken'
export const pullPair: readonly string[] = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']

export const app: Repository.Repository = Repository.parseOrThrow(
  `arn:aws:ecr:eu-west-1:${account}:repository/app`,
)

const policy = <K extends PolicyKind.PolicyKind>(kind: K, statement: object) =>
  parseOrThrow({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...statement } }, kind)

export const identityPolicy = (statement: object): Document.IdentityDocument =>
  policy('identity', { Resource: '*', ...statement })

export const repositoryPolicy = (statement: object): Document.ResourceDocument =>
  policy('ecr-repository', statement)

/** The role's access unless told otherwise. */
export const access = (input: Partial<AccessInput>) => accessOrThrow({ principal: role, ...input })
