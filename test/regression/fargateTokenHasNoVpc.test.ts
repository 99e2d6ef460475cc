/**
 * The token of a task on Fargate was decided with the VPC and the endpoint that the access tells, though that call leaves from
 * elsewhere and carries neither (EX-43).
 */
import { describe, expect, it } from 'vitest'
import {
  accessMatrixOrThrow,
  accessOrThrow,
  can,
  canPull,
  compile,
  Matrix,
  repair,
  Repository,
} from '../../src/ecr/index.js'
import { doc, identity } from '../unit/ecr/documents.js'

const token = 'ecr:GetAuthorizationToken'
const all = [token, 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const task = 'arn:aws:iam::111122223333:role/task'
const arn = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
const app = Repository.parseOrThrow(arn)

const told = {
  'aws:SourceVpc': 'vpc-1',
  'aws:SourceVpce': 'vpce-1',
  'aws:VpcSourceIp': '10.0.0.1',
  'aws:SourceVpcArn': 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1',
  'aws:VpceAccount': '111122223333',
  'aws:VpceOrgID': 'o-a1b2c3d4e5',
  'aws:VpceOrgPaths': 'o-a1b2c3d4e5/r-ab12/',
}

type Identity = ReturnType<typeof identity>

const given = (first: Identity, ...rest: readonly Identity[]) => ({
  principal: task,
  context: told,
  identityPolicies: [doc(first, ...rest)],
})

const refused = (input: ReturnType<typeof given>) =>
  can('ecs-fargate', accessOrThrow(input), app)
    .steps.filter(({ decision }) => decision.outcome !== 'Allowed')
    .map(({ action, decision }) => `${action} ${decision.outcome}`)

const held = given(identity('Allow', all, ['*'], ['StringEquals', 'aws:SourceVpce', 'vpce-1']))

describe('the token of a task on Fargate', () => {
  it.each(Object.entries(told))('is not allowed by a statement that asks for %s', (key, value) => {
    expect(refused(given(identity('Allow', all, ['*'], ['StringEquals', key, value])))).toEqual([
      `${token} ImplicitlyDenied`,
    ])
  })

  it('is denied to whoever is not in the VPC', () => {
    expect(
      refused(
        given(
          identity('Allow', all, ['*']),
          identity('Deny', ['ecr:*'], ['*'], ['StringNotEquals', 'aws:SourceVpc', 'vpc-1']),
        ),
      ),
    ).toEqual([`${token} ExplicitlyDenied`])
  })

  it('is asked for with every other key', () => {
    const input = given(identity('Allow', all, ['*'], ['StringEquals', 'aws:PrincipalTag/team', 'a']))
    expect(refused({ ...input, context: { ...told, 'aws:PrincipalTag/team': 'a' } as typeof told })).toEqual(
      [],
    )
  })

  it('is that of the repair, of the compiled access and of the matrix as well', () => {
    const access = accessOrThrow(held)
    const mend = repair('ecs-fargate', access, app)
    expect(mend._tag === 'Repair' && can('ecs-fargate', mend.repaired, app).allowed).toBe(true)
    expect(compile(access).can('ecs-fargate', app)).toBe(false)
    const matrix = accessMatrixOrThrow({
      principals: [held],
      repositories: [{ repository: arn }],
      operations: ['ecs-fargate', 'ecs-ec2', 'pull'],
    })
    const cells = Array.from(Matrix.cells(matrix), ({ operation, allowed }) => [operation, allowed])
    expect(cells).toEqual([
      ['ecs-fargate', false],
      ['ecs-ec2', true],
      ['pull', true],
    ])
  })

  it('is no matter of others, who come from the VPC', () => {
    expect(canPull(accessOrThrow(held), app).allowed).toBe(true)
    expect(can('ecs-ec2', accessOrThrow(held), app).allowed).toBe(true)
  })
})
