import { describe, expect, it } from 'vitest'
import { proveEnvironmentNoBroader } from '../../../src/algebra/certificateEnvironment.js'
import { parseScenarioOrThrow } from '../../../src/codec/index.js'
import type { Environment } from '../../../src/model/index.js'
import { checkEnvironmentCertificate, type EnvironmentJson } from '../../oracle/certificateEnvironments.js'
import type { PolicyJson, StatementJson } from '../../oracle/statements.js'

const HERE = '111122223333'
const image = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'

const policy = (...Statement: readonly StatementJson[]): PolicyJson => ({ Version: '2012-10-17', Statement })
const allow = (Action: string, more: Partial<StatementJson> = {}): StatementJson => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
})
const deny = (Action: string, more: Partial<StatementJson> = {}): StatementJson => ({
  ...allow(Action, more),
  Effect: 'Deny',
})
const grant = (Action: string, AWS: string): StatementJson => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action,
})

const read = (json: EnvironmentJson): Environment.Environment =>
  parseScenarioOrThrow({
    ...json,
    request: { principal: `arn:aws:iam::${HERE}:user/alice`, action: 'ecr:BatchGetImage', resource: image },
  }).environment

const all = policy(allow('*'))
/** It spares nobody: of the user that it names it does not name the account (U-15). */
const sparing = policy(
  { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
  {
    Effect: 'Deny',
    NotPrincipal: { AWS: `arn:aws:iam::${HERE}:user/alice` },
    Action: 'ecr:Delete*',
    Resource: '*',
  },
)
const base: EnvironmentJson = { identityPolicies: [policy(allow('ecr:*'))] }

describe('a certificate that one environment is no broader than another', () => {
  it.each<readonly [string, EnvironmentJson, EnvironmentJson]>([
    ['an environment and itself', base, base],
    ['an identity policy less', base, { identityPolicies: [policy(allow('s3:*')), policy(allow('ecr:*'))] }],
    ['a boundary more', { ...base, permissionsBoundary: policy(allow('ecr:Get*')) }, base],
    [
      'a boundary for an identity policy',
      { ...base, permissionsBoundary: policy(allow('ecr:Get*')) },
      {
        identityPolicies: [policy(allow('ecr:Get*'))],
      },
    ],
    [
      'an SCP that denies more',
      { ...base, serviceControlPolicies: [[all, policy(deny('ecr:Delete*'))]] },
      { ...base, serviceControlPolicies: [[all]] },
    ],
    [
      'an SCP level more',
      { ...base, serviceControlPolicies: [[all], [policy(allow('ecr:*'))]] },
      { ...base, serviceControlPolicies: [[all]] },
    ],
    [
      'an RCP more',
      {
        ...base,
        resourceControlPolicies: [
          [policy({ Effect: 'Deny', Principal: '*', Action: 'ecr:*', Resource: '*' })],
        ],
      },
      base,
    ],
    [
      'a repository policy that names a role where it named the account',
      { ...base, resourcePolicy: policy(grant('ecr:BatchGetImage', `arn:aws:iam::${HERE}:role/node`)) },
      {
        identityPolicies: [policy(allow('ecr:*'))],
        resourcePolicy: policy(
          grant('ecr:*', `arn:aws:iam::${HERE}:root`),
          grant('ecr:BatchGetImage', `arn:aws:iam::${HERE}:role/node`),
        ),
      },
    ],
    [
      'a Deny in place of a narrower Allow',
      { identityPolicies: [policy(allow('ecr:*'), deny('ecr:Put*'), deny('ecr:Delete*'))] },
      { identityPolicies: [policy(allow('ecr:*'), deny('ecr:Put*'))] },
    ],
    [
      'a Deny with NotPrincipal under boundaries',
      {
        ...base,
        permissionsBoundary: all,
        resourcePolicy: policy({
          Effect: 'Deny',
          NotPrincipal: { AWS: [`arn:aws:iam::${HERE}:root`, `arn:aws:iam::${HERE}:user/alice`] },
          Action: 'ecr:*',
        }),
      },
      { ...base, permissionsBoundary: all },
    ],
    [
      'a test that all who have boundaries pass, beside a Deny with NotPrincipal',
      { ...base, permissionsBoundary: all, endpointPolicies: [sparing] },
      {
        identityPolicies: [
          policy(
            allow('ecr:*', {
              Condition: { StringEquals: { 'aws:PrincipalType': ['User', 'AssumedRole', 'FederatedUser'] } },
            }),
          ),
        ],
        permissionsBoundary: all,
        endpointPolicies: [sparing],
      },
    ],
  ])('%s: made, and accepted', (_, left, right) => {
    const { verdict, certificate } = proveEnvironmentNoBroader(read(left), read(right))
    expect(verdict._tag).toBe('Yes')
    if (certificate === undefined || !('proofs' in certificate)) throw new Error(JSON.stringify(certificate))
    checkEnvironmentCertificate(left, right, certificate)
  })

  it('is made of nothing but the statements that bear on it', () => {
    const wide = policy(...Array.from({ length: 20 }, (_, i) => allow(`s${i}:*`)), allow('ecr:*'))
    const { certificate } = proveEnvironmentNoBroader(read(base), read({ identityPolicies: [wide] }))
    expect(certificate).toMatchObject({
      claim: 'EnvironmentNoBroader',
      proofs: [
        {
          inside: [{ of: 'left', policy: { type: 'IdentityPolicy', document: 0 }, statement: 0 }],
          outside: [{ of: 'right', policy: { type: 'IdentityPolicy', document: 0 }, statement: 20 }],
        },
      ],
    })
  })

  it('is refused where a boundary stands on one side alone and a Deny with NotPrincipal minds it', () => {
    const right: EnvironmentJson = {
      ...base,
      resourcePolicy: policy({ Effect: 'Deny', NotPrincipal: { AWS: HERE }, Action: 'ecr:*' }),
    }
    const { verdict, certificate } = proveEnvironmentNoBroader(
      read({ ...right, permissionsBoundary: all }),
      read(right),
    )
    expect([verdict._tag, certificate]).toMatchObject([
      'Yes',
      { _tag: 'Undecided', reason: 'NotExpressible' },
    ])
  })

  it('is not there where the answer is No', () => {
    const { verdict, certificate } = proveEnvironmentNoBroader(read(base), read({ identityPolicies: [] }))
    expect([verdict._tag, certificate]).toEqual(['No', undefined])
  })
})
