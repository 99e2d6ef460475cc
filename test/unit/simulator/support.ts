/** Scenarios written small, and decisions in one line. */
import { expect } from 'vitest'
import { parseScenarioOrThrow } from '../../../src/codec/index.js'
import { Simulator } from '../../../src/simulator/index.js'

export const iam = 'arn:aws:iam::111122223333'
export const sts = 'arn:aws:sts::111122223333'
export const own = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
export const foreign = 'arn:aws:ecr:eu-west-1:444455556666:repository/app'

export const callers = {
  root: `${iam}:root`,
  user: `${iam}:user/alice`,
  role: `${iam}:role/node`,
  session: `${sts}:assumed-role/node/i-1`,
  federated: `${sts}:federated-user/alice`,
  service: 'lambda.amazonaws.com',
  provider: 'accounts.google.com',
  anonymous: 'anonymous',
} as const

/** Policies without principals. */
export const allow = (action = 'ecr:*', more: object = {}): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: '*', ...more }],
})
export const deny = (action = 'ecr:*', more: object = {}): object =>
  allow(action, { Effect: 'Deny', ...more })
export const silent = allow('s3:ListBucket')

/** Policies of resources, endpoints and the like. */
export const grant = (principal: unknown, more: object = {}): object =>
  allow('ecr:*', { Principal: principal, ...more })
export const refuse = (principal: unknown, more: object = {}): object =>
  grant(principal, { Effect: 'Deny', ...more })

/** The decision, of which the compiled environment must give the same outcome. */
export const decide = (request: object, policies: object = {}): Simulator.Decision => {
  const scenario = parseScenarioOrThrow({
    request: { principal: callers.user, action: 'ecr:BatchGetImage', resource: own, ...request },
    ...policies,
  })
  const decision = Simulator.decide(scenario.environment, scenario.request)
  expect(Simulator.compile(scenario.environment).outcome(scenario.request)).toBe(decision.outcome)
  return decision
}

/** `Allowed by IdentityPolicy`, `no PermissionsBoundary [PB-1]`, `denied by ServiceControlPolicy`, ... */
export const brief = ({ reason, outcome }: Simulator.Decision): string => {
  switch (reason._tag) {
    case 'AllowedBy':
      return `${outcome} by ${reason.statements.map(({ policyType }) => policyType).join(' and ')}`
    case 'RootUser':
      return `${outcome}, root user [${reason.rule}]`
    case 'NoAllow':
      return `no ${reason.lacking.map(({ policyType, rule }) => `${policyType} [${rule}]`).join(', no ')}`
    case 'Impossible':
      return `never: ${reason.why} [${reason.rule}]`
    case 'DeniedBy':
      return `denied by ${reason.statements.map(({ policyType }) => policyType).join(' and ')}`
  }
}

export const decided = (request: object, policies: object = {}): string => brief(decide(request, policies))
