/**
 * A repair told to give as context the key of a condition, where requests of that sort never have it: resource tags of a login or
 * of a repository to be made, the user name of a role, the organization of a service. What was given all the same counted, so that
 * a grant to an organization let Lambda in (EX-25, EX-26, EX-39, RC-6).
 */
import { describe, expect, it } from 'vitest'
import {
  accessMatrixOrThrow,
  can,
  canPull,
  compile,
  Matrix,
  renderRepair,
  repair,
  type AccessInput,
  type OperationName,
} from '../../src/ecr/index.js'
import {
  access,
  app,
  identityPolicy,
  lambda,
  pullPair,
  repositoryPolicy,
  role,
  token,
} from './repositoryAccess.js'

const on = (key: string, value = 'x') => ({ Condition: { StringEquals: { [key]: value } } })
const everythingOn = (key: string) => ({
  identityPolicies: [identityPolicy({ Action: 'ecr:*', ...on(key) })],
})

const notes = (operation: OperationName, input: Partial<AccessInput>): readonly string[] =>
  renderRepair(repair(operation as 'pull', access(input), app))
    .split('\n')
    .flatMap((line) => /note: (.*)/.exec(line)?.[1] ?? [])

const user = 'arn:aws:iam::111122223333:user/alice'
const byOrganization = repositoryPolicy({
  Principal: '*',
  Action: pullPair,
  ...on('aws:PrincipalOrgID', 'o-a1b2c3d4e5'),
})
const organization = { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }

describe('a note on a condition that is not met', () => {
  it.each<readonly [string, OperationName, Partial<AccessInput>, string, boolean]>([
    ['the tag of a login', 'pull-tag', everythingOn('aws:ResourceTag/team'), token, false],
    ['the same by the key of ECR', 'pull-tag', everythingOn('ecr:ResourceTag/team'), token, false],
    ['the tag of a pull', 'pull-tag', everythingOn('aws:ResourceTag/team'), 'ecr:BatchGetImage', true],
    [
      'the tag of what is made',
      'ptc-first-pull',
      everythingOn('aws:ResourceTag/team'),
      'ecr:CreateRepository',
      false,
    ],
    [
      'the tag to be put on it',
      'ptc-first-pull',
      everythingOn('aws:RequestTag/team'),
      'ecr:CreateRepository',
      true,
    ],
    [
      'the tag to be put on it, of a pull',
      'ptc-first-pull',
      everythingOn('aws:RequestTag/team'),
      'ecr:BatchGetImage',
      false,
    ],
    ['the name of a role', 'pull-tag', everythingOn('aws:username'), 'ecr:BatchGetImage', false],
    ['the organization of a role', 'pull-tag', everythingOn('aws:PrincipalOrgID'), token, true],
    ['the address of a role', 'pull-tag', everythingOn('aws:SourceIp'), token, true],
    ['the VPC of a login', 'pull-tag', everythingOn('aws:SourceVpc'), token, true],
    ['the VPC of a login on Fargate', 'ecs-fargate', everythingOn('aws:SourceVpc'), token, false],
    [
      'the organization of a service',
      'pull',
      { principal: lambda, resourcePolicy: byOrganization },
      'ecr:BatchGetImage',
      false,
    ],
    [
      'its source organization',
      'pull',
      {
        principal: lambda,
        resourcePolicy: repositoryPolicy({ Principal: '*', Action: pullPair, ...on('aws:SourceOrgID') }),
      },
      'ecr:BatchGetImage',
      true,
    ],
    [
      'the organization of a service beside its deployer',
      'lambda-same-account',
      { resourcePolicy: byOrganization },
      'ecr:BatchGetImage',
      false,
    ],
  ])('of %s (%s)', (_, operation, input, action, could) => {
    const about = notes(operation, input).filter((note) => note.includes(`allows ${action} `))
    expect(about.length).toBeGreaterThan(0)
    for (const note of about) {
      expect(note.includes('give it as context or tags')).toBe(could)
      expect(note.includes('never have that key')).toBe(!could)
    }
  })

  it('is the same where the key was given', () => {
    const given = { ...everythingOn('aws:ResourceTag/team'), context: { 'aws:ResourceTag/team': 'x' } }
    expect(notes('pull-tag', given)).toEqual([
      'identity-based policy 1, statement 1 allows ecr:GetAuthorizationToken on a condition: StringEquals aws:ResourceTag/team wants x, and the key is missing; these requests never have that key, so that it never allows them',
    ])
  })
})

describe('a key that a caller never has', () => {
  it('is not taken from the context: services and the organization', () => {
    const service = access({ principal: lambda, context: organization, resourcePolicy: byOrganization })
    expect(canPull(service, app).allowed).toBe(false)
    expect(compile(service).canPull(app)).toBe(false)
    const member = access({ principal: user, context: organization, resourcePolicy: byOrganization })
    expect(can('pull-api', member, app).allowed).toBe(true)
  })

  it('is not taken from the context: user names', () => {
    const named = { context: { 'aws:username': 'x' }, ...everythingOn('aws:username') }
    expect(canPull(access(named), app).allowed).toBe(false)
    expect(canPull(access({ ...named, principal: user }), app).allowed).toBe(true)
  })

  it('is not taken by a matrix either, whoever stands beside', () => {
    const matrix = accessMatrixOrThrow({
      principals: [lambda, role, user, 'accounts.google.com'].map((principal) => ({
        principal,
        context: { ...organization, 'aws:username': 'x' },
        ...(principal === role || principal === user ? everythingOn('aws:username') : {}),
      })),
      repositories: [{ repository: app, resourcePolicy: byOrganization }],
      operations: ['pull', 'pull-api', 'push'],
    })
    const allowed = Array.from(Matrix.cells(matrix)).flatMap((cell) => {
      expect(cell.allowed).toBe(Matrix.verdictAt(cell)(matrix)?.allowed)
      return cell.allowed ? [`${cell.operation} ${cell.principal}`] : []
    })
    expect(allowed.sort()).toEqual([`pull ${user}`, `pull-api ${role}`, `pull-api ${user}`, `push ${user}`])
  })
})
