/** Inputs that stand for exponentially more than they are written with end in an answer of ordinary size. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { Cdk, CloudFormation, Terraform } from '../../src/interop.js'
import { isArray } from './shape.js'

const shared = (levels: number): unknown => {
  let now: unknown = [1]
  for (let level = 0; level < levels; level++) now = [now, now]
  return now
}

const role = (name: unknown): object => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: name } })

/** Roles of which each takes its name from the one before, twice. */
const chain = (nameFrom: (before: string) => unknown): object => ({
  Resources: Object.fromEntries([
    ['R0', role('name')],
    ...Array.from({ length: 40 }, (_, i) => [`R${i + 1}`, role(nameFrom(`R${i}`))]),
  ]),
})

describe('what doubles at every step ends', () => {
  it.each<readonly [string, (before: string) => unknown]>([
    ['Fn::Join', (before) => ({ 'Fn::Join': ['', [{ Ref: before }, { Ref: before }]] })],
    ['Fn::Sub', (before) => ({ 'Fn::Sub': `\${${before}}\${${before}}` })],
    ['Fn::ToJsonString', (before) => ({ 'Fn::ToJsonString': [{ Ref: before }, { Ref: before }] })],
  ])('names by %s', (_, nameFrom) => {
    const read = CloudFormation.inventory(chain(nameFrom))
    const longest = E.isRight(read)
      ? read.right.principals.reduce((most, { name }) => Math.max(most, name.length), 0)
      : 0
    expect(longest).toBeGreaterThan(0)
    expect(longest).toBeLessThan(1_000_000)
  })

  it('lists that CDK shares', () => {
    expect(E.isLeft(Cdk.fromPolicyDocument('identity')({ Statement: shared(60) }))).toBe(true)
  })

  it('lists in a template', () => {
    expect(E.isLeft(CloudFormation.inventory({ Resources: shared(60) }))).toBe(true)
  })

  it('modules of Terraform, too deep', () => {
    let module: object = { resources: [] }
    for (let level = 0; level < 10_000; level++) module = { child_modules: [module], resources: [] }
    const read = Terraform.inventory({ planned_values: { root_module: module } })
    expect(E.isLeft(read) && isArray(read.left)).toBe(true)
  })
})
