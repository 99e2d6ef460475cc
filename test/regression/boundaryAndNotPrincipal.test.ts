import { Algebra, Document, Environment, Simulator } from 'ecr-policy'
import { describe, expect, it } from 'vitest'

const document = (...statements: readonly object[]) =>
  Document.parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'resource')

const user = 'arn:aws:iam::111122223333:user/alice'
const account = 'arn:aws:iam::111122223333:root'
const all = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }

describe('a Deny with NotPrincipal says more of callers with a permissions boundary (PR-11)', () => {
  const spared = document({
    Effect: 'Deny',
    NotPrincipal: { AWS: [user, account] },
    Action: 'ecr:*',
    Condition: { StringEquals: { 'aws:PrincipalArn': user } },
  })
  const never = document({
    Effect: 'Deny',
    Principal: '*',
    Action: 'ecr:*',
    Condition: { Null: { 'aws:PrincipalArn': ['true'] }, StringEquals: { 'aws:PrincipalArn': user } },
  })

  it('so documents that are one without a boundary are not interchangeable', () => {
    const verdict = Algebra.interchangeable(spared, never)
    expect(verdict._tag).toBe('No')
    if (verdict._tag !== 'No') return
    const meanings = [spared, never].map((each) => Simulator.meaning(each, true)(verdict.witness)._tag)
    expect(meanings).toStrictEqual(['Deny', 'Silent'])
  })

  it('and the root user, on whom none can be set, stays spared by his account (PR-8, U-15)', () => {
    const lists = document(all, {
      Effect: 'Deny',
      NotPrincipal: { AWS: account },
      Action: '*',
      Resource: '*',
    })
    const boundary = Document.parseOrThrow(
      { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
      'identity',
    )
    const environment = (resourcePolicy: typeof lists) =>
      Environment.make({ resourcePolicy, permissionsBoundary: boundary })
    const answer = Algebra.isEnvironmentNoBroader(environment(lists), environment(document(all)))
    expect(answer._tag).toBe('Yes')
    const back = Algebra.isEnvironmentNoBroader(environment(document(all)), environment(lists))
    expect(back._tag === 'No' && back.witness.principal._tag).not.toBe('RootUser')
    const toRootOnly = document({ ...all, Principal: { AWS: account } })
    expect(Algebra.disjoint(lists, toRootOnly)._tag).toBe('No')
  })
})

describe('in a gateway endpoint policy a listed account is its root user (U-22)', () => {
  it('so Deny with NotPrincipal spares nobody else of it, as the simulator has it', () => {
    const endpoint = document(all, {
      Effect: 'Deny',
      NotPrincipal: { AWS: [user, account] },
      Action: 's3:*',
      Resource: '*',
    })
    const open = Document.parseOrThrow(
      { Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } },
      'identity',
    )
    const guarded = Environment.make({ identityPolicies: [open], endpointPolicies: [endpoint] })
    const onlyRoot = Environment.make({
      identityPolicies: [open],
      endpointPolicies: [document({ ...all, Principal: { AWS: account } })],
    })
    const answer = Algebra.isEnvironmentNoBroader(guarded, onlyRoot)
    expect(answer._tag).not.toBe('Undecided')
    if (answer._tag === 'No') expect(Simulator.decide(guarded, answer.witness).outcome).toBe('Allowed')
  })
})
