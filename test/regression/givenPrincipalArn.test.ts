/**
 * U-11: a role is told by the `aws:PrincipalArn` that the request gives, also where a list of principals is looked up and
 * not gone through. Random requests hardly ever come by it.
 */
import { describe, expect, it } from 'vitest'
import { Scenario, Simulator } from '../../src/index.js'

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`
const listed = ['team/a', 'team/b', 'c', 'd', 'e'].map(role)

const scenario = (session: string, given: string | undefined, AWS: readonly string[]) =>
  Scenario.parseOrThrow({
    request: {
      principal: `arn:aws:sts::111122223333:assumed-role/${session}/s`,
      action: 'ecr:BatchGetImage',
      resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
      ...(given === undefined ? {} : { context: { 'aws:PrincipalArn': given } }),
    },
    resourcePolicy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'ecr:BatchGetImage' }],
    },
  })

describe.each([1, 2, 5])('of %i roles', (count) => {
  it.each([
    ['a', role('team/a'), 'Allowed'],
    ['a', role('other/a'), 'ImplicitlyDenied'],
    ['a', undefined, 'Allowed'],
    ['x', role('team/a'), 'Allowed'],
    ['x', undefined, 'ImplicitlyDenied'],
  ] as const)('a session of %s that gives %s: %s', (session, given, outcome) => {
    const { environment, request } = scenario(session, given, listed.slice(0, count))
    expect(Simulator.decide(environment, request).outcome).toBe(outcome)
    expect(Simulator.compile(environment).outcome(request)).toBe(outcome)
  })

  it('a session of another name that gives the last of them: Allowed', () => {
    const roles = listed.slice(0, count)
    const { environment, request } = scenario('x', roles[count - 1], roles)
    expect(Simulator.decide(environment, request).outcome).toBe('Allowed')
    expect(Simulator.compile(environment).outcome(request)).toBe('Allowed')
  })
})
