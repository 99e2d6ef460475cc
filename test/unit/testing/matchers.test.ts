/** The matchers under vitest: what they accept, and what a developer reads when one of them fails. */
import '../../../src/testing/vitest.js'
import fc from 'fast-check'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Algebra, Document, Ecr, Environment, Request, Simulator } from '../../../src/index.js'
import { arbitrary, matchers } from '../../../src/testing/index.js'

const node = 'arn:aws:iam::111122223333:role/node'
const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
const image = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1.0'

type Words = string | readonly string[]
const statement = (effect: string, action: Words, resource: Words = '*', more: object = {}) => ({
  Effect: effect,
  Action: action,
  Resource: resource,
  ...more,
})
const policy = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements })
const allow = (action: Words, resource: Words = '*', more: object = {}) =>
  policy(statement('Allow', action, resource, more))

const pulling = ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const puller = { principal: node, identityPolicies: [allow(pulling)] }
const warm = { principal: node, identityPolicies: [allow(pulling.slice(0, 2))] }
const barred = {
  principal: node,
  identityPolicies: [
    policy(
      statement('Allow', 'ecr:*'),
      statement('Deny', 'ecr:BatchGetImage', repository, { Sid: 'NoPull' }),
    ),
  ],
}

/** What a test prints that fails so. */
const failure = (run: () => void): string => {
  try {
    run()
  } catch (error) {
    return stripVTControlCharacters(error instanceof Error ? error.message : String(error))
  }
  return 'it passed'
}

describe('an access may be given', () => {
  const document = Document.parseOrThrow(allow(pulling), 'identity')
  const app = Ecr.Repository.parseOrThrow(repository)

  it.each([
    ['as a value', Ecr.accessOrThrow({ principal: node, identityPolicies: [document] })],
    ['as parts with documents', { principal: node, identityPolicies: [document] }],
    ['as parts with objects', puller],
    ['as parts with JSON text', { principal: node, identityPolicies: [JSON.stringify(allow(pulling))] }],
    ['as a value with another caller', { ...Ecr.accessOrThrow({ principal: 'anonymous' }), ...puller }],
    [
      'with levels of SCPs',
      { ...puller, serviceControlPolicies: [[document], [JSON.stringify(allow('*'))]] },
    ],
    [
      'as a row of a table of scenarios',
      { ...puller, request: {}, expect: 'Allowed', note: 'the usual node' },
    ],
  ])('%s', (_, access) => {
    expect(access).toAllowPull(image)
    expect(access).toAllowPull(repository)
    expect(access).toAllowPull(app)
    expect(access).not.toAllowPush(image)
  })

  it('with a context, which conditions see', () => {
    const conditional = {
      principal: node,
      identityPolicies: [allow(pulling, '*', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } })],
    }
    expect({ ...conditional, context: { 'aws:SourceVpc': 'vpc-1' } }).toAllowPull(image)
    expect({ ...conditional, context: { 'aws:SourceVpc': ['vpc-2'] } }).not.toAllowPull(image)
    expect(conditional).not.toAllowPull(image)
  })

  it('and options say how the pull or the push goes', () => {
    const legacy = Ecr.operations['push-legacy'].required.map(({ action }) => action)
    const access = { principal: node, identityPolicies: [allow(legacy)] }
    expect(warm).toAllowPull(image, { layers: 'cached' })
    expect(warm).not.toAllowPull(image, { layers: 'missing' })
    expect(access).toAllowPush(image, { client: 'classic' })
    expect(access).not.toAllowPush(image)
  })
})

describe('a request may be given', () => {
  const texts = { principal: node, action: 'ecr:BatchGetImage', resource: repository }

  it('as texts, as a value, and without what the received value has', () => {
    expect(puller).toAllow({ action: 'ecr:BatchGetImage', resource: repository })
    expect({ identityPolicies: puller.identityPolicies }).toAllow(texts)
    expect({ identityPolicies: puller.identityPolicies }).toAllow(Request.makeOrThrow(texts))
    expect(Environment.empty).not.toAllow(texts)
    expect(Ecr.accessOrThrow({ principal: `${node}:root`.replace('role/node:root', 'root') })).toAllow({
      action: 'ecr:BatchGetImage',
      resource: repository,
    })
  })

  it('and its context is added to that of the access', () => {
    const both = { StringEquals: { 'aws:SourceVpc': 'vpc-1', 'aws:RequestedRegion': 'eu-west-1' } }
    const access = {
      principal: node,
      context: { 'aws:SourceVpc': 'vpc-1' },
      identityPolicies: [allow('ecr:BatchGetImage', '*', { Condition: both })],
    }
    const request = { action: 'ecr:BatchGetImage', resource: repository }
    expect(access).toAllow({ ...request, context: { 'aws:RequestedRegion': 'eu-west-1' } })
    expect(access).not.toAllow(request)
  })

  it('toAllow is Simulator.decide, for every scenario', () => {
    fc.assert(
      fc.property(arbitrary.scenario(), ({ environment, request }) => {
        const isAllowed = Simulator.isAllowed(Simulator.decide(environment, request))
        return matchers.toAllow.call({}, environment, request).pass === isAllowed
      }),
      { numRuns: 200 },
    )
  })

  it('toAllow of the parts as JSON is toAllow of the values, for every scenario', () => {
    fc.assert(
      fc.property(arbitrary.scenario(), ({ environment, request }) => {
        const { _tag, ...parts } = environment
        const ask = (received: unknown) => matchers.toAllow.call({}, received, request).pass
        return ask(parts) === ask(environment)
      }),
      { numRuns: 200 },
    )
  })
})

describe('policies compare', () => {
  it('by what they allow', () => {
    expect(allow('ecr:Batch*')).toBeNoBroaderThan(allow('ecr:*'))
    expect(allow('ecr:*')).not.toBeNoBroaderThan(allow('ecr:Batch*'))
    expect(JSON.stringify(allow('ecr:Batch*'))).toBeNoBroaderThan(Document.parseOrThrow(allow('ecr:*')))
  })

  it('by what they mean', () => {
    expect(allow(['ecr:Put*', 'ecr:PutImage'])).toBeInterchangeableWith(allow('ecr:Put*'))
    expect(allow('ecr:Put*')).not.toBeInterchangeableWith(
      policy(statement('Allow', 'ecr:Put*'), statement('Deny', 's3:*')),
    )
  })

  it('in the world that is asked for', () => {
    const repositories = allow('ecr:PutImage', 'arn:aws*:ecr:*:*:repository/*')
    expect(allow('ecr:PutImage')).not.toBeNoBroaderThan(repositories)
    expect(allow('ecr:PutImage')).toBeNoBroaderThan(repositories, { world: Ecr.typedWorld() })
  })

  it('as Algebra.isNoBroader and Algebra.interchangeable say, for every pair', () => {
    const pair = fc.tuple(arbitrary.document('identity'), arbitrary.document('identity'))
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const options = { budget: 100_000 }
        const broader = Algebra.isNoBroader(a, b, options)._tag
        const same = Algebra.interchangeable(a, b, options)._tag
        const passes = (isNot: boolean) => [
          matchers.toBeNoBroaderThan.call({ isNot }, a, b, options).pass,
          matchers.toBeInterchangeableWith.call({ isNot }, a, b, options).pass,
        ]
        const expected = (isNot: boolean) =>
          [broader, same].map((tag) => (tag === 'Undecided' ? isNot : tag === 'Yes'))
        expect([passes(false), passes(true)]).toStrictEqual([expected(false), expected(true)])
      }),
      { numRuns: 25 },
    )
  })
})

describe('findings', () => {
  const redundant = allow(['ecr:Put*', 'ecr:PutImage'], repository)

  it('count by severity and by rule', () => {
    expect(allow(pulling.slice(1), repository)).toHaveNoFindings()
    expect(redundant).not.toHaveNoFindings()
    expect(redundant).toHaveNoFindings({ severity: 'error' })
    expect(redundant).not.toHaveNoFindings({ except: ['redundant-entry'] })
    expect(redundant).toHaveNoFindings({ except: ['redundant-entry', 'partial-push'] })
    expect(redundant).toHaveNoFindings({ except: ['redundant-entry'], rules: { 'partial-push': 'off' } })
  })

  it('are not passed over for an option that is misspelt', () => {
    for (const options of [{ severity: 'warn' }, { except: ['redundant'] }] as readonly object[])
      for (const expected of [expect(redundant), expect(redundant).not])
        expect(failure(() => expected.toHaveNoFindings(options))).toMatch(
          /`severity` is one of|there is no rule/u,
        )
  })

  it('are those of the kind that is told', () => {
    const forAll = policy({ Effect: 'Allow', Principal: '*', Action: ['ecr:GetAuthorizationToken'] })
    expect(failure(() => expect(forAll).toHaveNoFindings({ kind: 'ecr-repository' }))).toContain('EX-')
    expect(failure(() => expect(forAll).toHaveNoFindings({ kind: 'scp' }))).toContain('cannot be read')
  })
})

describe('used asymmetrically', () => {
  it('each matches within a value', () => {
    const fleet = { node: puller, nobody: { principal: node }, policy: allow(pulling) }
    expect(fleet).toEqual({
      node: expect.toAllowPull(image),
      nobody: expect.not.toAllowPull(image),
      policy: expect.toBeNoBroaderThan(allow('ecr:*')),
    })
    expect([puller]).toStrictEqual([expect.not.toAllowPush(image)])
    expect(fleet).toMatchObject({ policy: expect.toBeInterchangeableWith(allow(pulling)) })
    expect(fleet).toMatchObject({ policy: expect.not.toHaveNoFindings() })
    expect(fleet).toMatchObject({
      node: expect.toAllow({ action: 'ecr:BatchGetImage', resource: repository }),
    })
  })

  it('and what cannot be read matches neither way', () => {
    expect(() => expect({ node: 1 }).toEqual({ node: expect.toAllowPull(image) })).toThrow()
    expect(() => expect({ node: 1 }).toEqual({ node: expect.not.toAllowPull(image) })).toThrow()
  })
})

describe('what fails prints, when', () => {
  it('an action is not allowed', () => {
    expect(failure(() => expect(warm).toAllowPull(image))).toMatchInlineSnapshot(`
      "expect(access).toAllowPull(repository)

      pull-tag on arn:aws:ecr:eu-west-1:111122223333:repository/app by arn:aws:iam::111122223333:role/node: 1 of 3 actions refused

        yes arn:aws:iam::111122223333:role/node may perform ecr:GetAuthorizationToken on *: identity-based policy 1, statement 1
        yes arn:aws:iam::111122223333:role/node may perform ecr:BatchGetImage on arn:aws:ecr:eu-west-1:111122223333:repository/app: identity-based policy 1, statement 1
        no  User: arn:aws:iam::111122223333:role/node is not authorized to perform: ecr:GetDownloadUrlForLayer on resource: arn:aws:ecr:eu-west-1:111122223333:repository/app because no identity-based policy allows the ecr:GetDownloadUrlForLayer action

      The smallest mend:
        pull-tag by arn:aws:iam::111122223333:role/node: add 1 action in 1 statement of 1 policy
          identity-based policy of arn:aws:iam::111122223333:role/node, policy 1: [DE-1]
            + statement 2: {"Effect":"Allow","Action":"ecr:GetDownloadUrlForLayer","Resource":"arn:aws:ecr:eu-west-1:111122223333:repository/app"}"
    `)
  })

  it('an Allow comes near', () => {
    const conditional = {
      principal: node,
      context: { 'aws:SourceVpc': 'vpc-2' },
      identityPolicies: [
        allow('ecr:PutImage', `${repository}s`),
        allow('ecr:PutImage', '*', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
      ],
    }
    const request = { action: 'ecr:PutImage', resource: repository }
    expect(failure(() => expect(conditional).toAllow(request))).toMatchInlineSnapshot(`
      "expect(environment).toAllow(request)

      ImplicitlyDenied: User: arn:aws:iam::111122223333:role/node is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:eu-west-1:111122223333:repository/app because no identity-based policy allows the ecr:PutImage action

      Allows that come near:
        ecr:PutImage: identity-based policy 1, statement 1: Allow does not match: its Resource does not cover arn:aws:ecr:eu-west-1:111122223333:repository/app
        ecr:PutImage: identity-based policy 2, statement 1: Allow does not match: StringEquals aws:SourceVpc wants vpc-1, and the key is vpc-2

      The smallest mend:
        in an identity-based policy of arn:aws:iam::111122223333:role/node, on arn:aws:ecr:eu-west-1:111122223333:repository/app, allow ecr:PutImage"
    `)
  })

  it('a statement denies', () => {
    expect(failure(() => expect(barred).toAllowPull(image))).toMatchInlineSnapshot(`
      "expect(access).toAllowPull(repository)

      pull-tag on arn:aws:ecr:eu-west-1:111122223333:repository/app by arn:aws:iam::111122223333:role/node: 1 of 3 actions refused

        yes arn:aws:iam::111122223333:role/node may perform ecr:GetAuthorizationToken on *: identity-based policy 1, statement 1
        no  User: arn:aws:iam::111122223333:role/node is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:111122223333:repository/app with an explicit deny in an identity-based policy
        yes arn:aws:iam::111122223333:role/node may perform ecr:GetDownloadUrlForLayer on arn:aws:ecr:eu-west-1:111122223333:repository/app: identity-based policy 1, statement 1

      Denied by:
        identity-based policy 1, statement 2 (NoPull): {"Sid":"NoPull","Effect":"Deny","Action":"ecr:BatchGetImage","Resource":"arn:aws:ecr:eu-west-1:111122223333:repository/app"}

      The smallest mend:
        pull-tag by arn:aws:iam::111122223333:role/node: nothing added to the caller's or the repository's policies helps
          narrow identity-based policy 1, statement 2 (NoPull), which denies ecr:BatchGetImage [DE-3]
            ! {"Sid":"NoPull","Effect":"Deny","Action":"ecr:BatchGetImage","Resource":"arn:aws:ecr:eu-west-1:111122223333:repository/app"}"
    `)
  })

  it('it was not to be allowed', () => {
    expect(failure(() => expect(puller).not.toAllowPull(image))).toMatchInlineSnapshot(`
      "expect(access).not.toAllowPull(repository)

      pull-tag on arn:aws:ecr:eu-west-1:111122223333:repository/app by arn:aws:iam::111122223333:role/node: allowed

        yes arn:aws:iam::111122223333:role/node may perform ecr:GetAuthorizationToken on *: identity-based policy 1, statement 1
        yes arn:aws:iam::111122223333:role/node may perform ecr:BatchGetImage on arn:aws:ecr:eu-west-1:111122223333:repository/app: identity-based policy 1, statement 1
        yes arn:aws:iam::111122223333:role/node may perform ecr:GetDownloadUrlForLayer on arn:aws:ecr:eu-west-1:111122223333:repository/app: identity-based policy 1, statement 1

      Allowed by:
        identity-based policy 1, statement 1: {"Effect":"Allow","Action":["ecr:GetAuthorizationToken","ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],"Resource":"*"}"
    `)
  })

  it('a request was not to be allowed', () => {
    const request = { action: 'ecr:BatchGetImage', resource: repository }
    expect(failure(() => expect(puller).not.toAllow(request))).toMatchInlineSnapshot(`
      "expect(environment).not.toAllow(request)

      Allowed: arn:aws:iam::111122223333:role/node may perform ecr:BatchGetImage on arn:aws:ecr:eu-west-1:111122223333:repository/app: identity-based policy 1, statement 1

      Allowed by:
        identity-based policy 1, statement 1: {"Effect":"Allow","Action":["ecr:GetAuthorizationToken","ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],"Resource":"*"}"
    `)
  })

  it('a policy is broader', () => {
    const received = policy(statement('Allow', 'ecr:*', repository), statement('Deny', 'ecr:Delete*'))
    expect(failure(() => expect(received).toBeNoBroaderThan(allow(pulling)))).toMatchInlineSnapshot(`
      "expect(policy).toBeNoBroaderThan(policy)

      It allows what the expected policy does not.

      For example
        arn:aws:sts::111122223333:assumed-role/example/session: ecr:example on arn:aws:ecr:eu-west-1:111122223333:repository/app with aws:PrincipalArn = ["arn:aws:iam::111122223333:role/example"]

      the received policy allows it
        statement 1: {"Effect":"Allow","Action":"ecr:*","Resource":"arn:aws:ecr:eu-west-1:111122223333:repository/app"}

      the expected policy is silent
        no statement matches it

      Beyond the expected policy it
        + 1 allows ecr:* except ecr:Delete*, ecr:GetAuthorizationToken, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer
        +   on arn:aws:ecr:eu-west-1:111122223333:repository/app
        +   for example arn:aws:sts::111122223333:assumed-role/example/session: ecr:example on arn:aws:ecr:eu-west-1:111122223333:repository/app with aws:PrincipalArn = ["arn:aws:iam::111122223333:role/example"]

      What both allow, as a policy:
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": [
                "ecr:BatchGetImage",
                "ecr:GetAuthorizationToken",
                "ecr:GetDownloadUrlForLayer"
              ],
              "Resource": "arn:aws:ecr:eu-west-1:111122223333:repository/app"
            },
            {
              "Effect": "Deny",
              "Action": "ecr:Delete*",
              "Resource": "*"
            }
          ]
        }"
    `)
  })

  it('a policy is broader by requests that nobody makes today', () => {
    const other = allow('ecr:PutImage', 'arn:aws*:ecr:*:*:repository/*')
    expect(failure(() => expect(allow('ecr:PutImage')).toBeNoBroaderThan(other))).toMatchInlineSnapshot(`
      "expect(policy).toBeNoBroaderThan(policy)

      It allows what the expected policy does not.

      For example
        arn:aws:sts::111122223333:assumed-role/example/session: ecr:PutImage on arn:aws:s3:::example/example with aws:PrincipalArn = ["arn:aws:iam::111122223333:role/example"]

      the received policy allows it
        statement 1: {"Effect":"Allow","Action":"ecr:PutImage","Resource":"*"}

      the expected policy is silent
        no statement matches it

      Beyond the expected policy it
        + 1 allows ecr:PutImage
        +   on * except arn:aws*:ecr:*:*:repository/*
        +   for example arn:aws:sts::111122223333:assumed-role/example/session: ecr:PutImage on arn:aws:s3:::example/example with aws:PrincipalArn = ["arn:aws:iam::111122223333:role/example"]

      In the world \`Typed ecr 2026-09-26\` it holds: no request that is made today tells the two apart. To ask about those alone, pass \`{ world: Ecr.typedWorld() }\`.

      What both allow, as a policy:
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": "ecr:PutImage",
              "Resource": "arn:aws*:ecr:*:*:repository/*"
            }
          ]
        }"
    `)
  })

  it('a policy was to be broader', () => {
    expect(failure(() => expect(allow(pulling)).not.toBeNoBroaderThan(allow('ecr:*'))))
      .toMatchInlineSnapshot(`
      "expect(policy).not.toBeNoBroaderThan(policy)

      It allows nothing that the expected policy does not: proven for every request of the world WellFormed."
    `)
  })

  it('policies differ in a Deny', () => {
    const received = policy(statement('Allow', 'ecr:*'), statement('Deny', 'ecr:PutImage'))
    expect(failure(() => expect(received).toBeInterchangeableWith(allow('ecr:*')))).toMatchInlineSnapshot(`
      "expect(policy).toBeInterchangeableWith(policy)

      The two do not mean the same.

      For example
        arn:aws:sts::111122223333:assumed-role/example/session: ecr:PutImage on arn:aws:ecr:us-east-1:111122223333:repository/example with aws:PrincipalArn = ["arn:aws:iam::111122223333:role/example"]

      the received policy denies it
        statement 2: {"Effect":"Deny","Action":"ecr:PutImage","Resource":"*"}

      the expected policy allows it
        statement 1: {"Effect":"Allow","Action":"ecr:*","Resource":"*"}

      From the expected to the received policy:
        - 1 no longer allows ecr:PutImage
        -   on *
        -   for example arn:aws:sts::111122223333:assumed-role/example/session: ecr:PutImage on arn:aws:ecr:us-east-1:111122223333:repository/example with aws:PrincipalArn = ["arn:aws:iam::111122223333:role/example"]
        Edits:
          added Deny statement #2 (see -1)"
    `)
  })

  it('policies differ in how they name the caller', () => {
    const naming = (principal: string) =>
      policy({ Effect: 'Allow', Principal: { AWS: principal }, Action: 'ecr:PutImage' })
    const [role, session] = [node, 'arn:aws:sts::111122223333:assumed-role/node/i-1']
    expect(failure(() => expect(naming(session)).toBeInterchangeableWith(naming(role))))
      .toMatchInlineSnapshot(`
      "expect(policy).toBeInterchangeableWith(policy)

      The two do not mean the same.

      For example
        arn:aws:sts::111122223333:assumed-role/node/i-1: ecr:PutImage on arn:aws:ecr:us-east-1:111122223333:repository/example with aws:PrincipalArn = ["arn:aws:iam::111122223333:role/zq/node"]

      the received policy allows it
        statement 1: {"Effect":"Allow","Principal":{"AWS":"arn:aws:sts::111122223333:assumed-role/node/i-1"},"Action":"ecr:PutImage"}

      the expected policy is silent
        no statement matches it

      From the expected to the received policy:
        + 1 allows ecr:PutImage
        +   on the resource that the policy is attached to
        +   by AWS arn:aws:sts::111122223333:assumed-role/node/i-1 except AWS arn:aws:iam::111122223333:role/node
        +   for example arn:aws:sts::111122223333:assumed-role/node/i-1: ecr:PutImage on arn:aws:ecr:us-east-1:111122223333:repository/example with aws:PrincipalArn = ["arn:aws:iam::111122223333:role/zq/node"]
        - 1 no longer allows ecr:PutImage
        -   on the resource that the policy is attached to
        -   by AWS arn:aws:iam::111122223333:role/node except AWS arn:aws:sts::111122223333:assumed-role/node/i-1
        -   for example arn:aws:sts::111122223333:assumed-role/node/session: ecr:PutImage on arn:aws:ecr:us-east-1:111122223333:repository/example with aws:PrincipalArn = ["arn:aws:iam::111122223333:role/node"]
        Edits:
          changed Allow statement #1: Principal +"AWS arn:aws:sts::111122223333:assumed-role/node/i-1" -"AWS arn:aws:iam::111122223333:role/node" (see +1 -1)"
    `)
  })

  it('policies were to differ', () => {
    expect(
      failure(() => expect(allow('ecr:*')).not.toBeInterchangeableWith(allow(['ecr:*', 'ecr:PutImage']))),
    ).toMatchInlineSnapshot(`
      "expect(policy).not.toBeInterchangeableWith(policy)

      The two mean the same: proven for every request of the world WellFormed."
    `)
  })

  it('the algebra has no answer, under .not as well', () => {
    const [left, right] = [policy(statement('Allow', 'ecr:*'), statement('Deny', 'ecr:P*')), allow(pulling)]
    const text = failure(() => expect(left).toBeNoBroaderThan(right, { budget: 1 }))
    expect(text).toMatchInlineSnapshot(`
      "expect(policy).toBeNoBroaderThan(policy)

      Undecided (Budget): stopped during cover: 2 steps, the budget is 1
      Neither answer is proven, so neither this matcher nor its opposite passes. 2 steps were spent; \`budget\` in the options allows for more."
    `)
    const opposite = failure(() => expect(left).not.toBeNoBroaderThan(right, { budget: 1 }))
    expect(opposite.split('\n').slice(1)).toStrictEqual(text.split('\n').slice(1))
    expect(failure(() => expect(left).toBeInterchangeableWith(right, { budget: 1 }))).toContain('Undecided')
    expect(failure(() => expect(left).not.toBeInterchangeableWith(right, { budget: 1 }))).toContain(
      'Undecided',
    )
  })

  it('what is undecided for another reason than the budget is not helped by a larger one', () => {
    const world = Algebra.typed('of nothing', [{ action: 'ecr:*', resources: ['*'], keys: [] }])
    const text = failure(() => expect(allow('ecr:Get*')).toBeNoBroaderThan(allow('ecr:Put*'), { world }))
    expect(text).toContain(
      'Undecided (InvalidWorld): the world lists what is no action: `ecr:*` is not an action',
    )
    expect(text).not.toContain('budget')
  })

  it('a policy by itself, which does not say whose it is', () => {
    const request = { action: 'ecr:BatchGetImage', resource: repository }
    for (const given of [allow('ecr:*'), Document.parseOrThrow(allow('ecr:*'))])
      for (const fails of [
        () => expect(given).toAllow(request),
        () => expect(given).not.toAllowPull(repository),
      ])
        expect(failure(fails)).toContain(
          'this is a policy by itself: give `{ principal, identityPolicies: [policy] }`',
        )
  })

  it.each([null, 5, 'cached'])('options that are %j', (options) => {
    const received = { principal: 'arn:aws:iam::111122223333:root' }
    const policy = allow('ecr:*')
    const given = options as never
    for (const fails of [
      () => expect(received).toAllowPull(repository, given),
      () => expect(received).not.toAllowPush(repository, given),
      () => expect(policy).toBeNoBroaderThan(policy, given),
      () => expect(policy).not.toBeInterchangeableWith(policy, given),
      () => expect(policy).toHaveNoFindings(given),
    ])
      expect(failure(fails)).toContain('the options are to be a record, and this is')
  })

  it('lint finds something', () => {
    const received = allow(
      ['ecr:GetAuthorizationToken', 'ecr:DescribeImage', 'ecr:Put*', 'ecr:PutImage'],
      repository,
    )
    expect(failure(() => expect(received).toHaveNoFindings())).toMatchInlineSnapshot(`
      "expect(policy).toHaveNoFindings()

      4 findings in this policy, read as \`identity\`

        info at /Statement/0/Action/3: \`ecr:putimage\` is covered by \`ecr:put*\` in the same list (take it out) [SM-1]
        error at /Statement/0/Action/1: there is no action \`ecr:DescribeImage\`, so this matches nothing (did you mean \`ecr:DescribeImages\`?) [EX-23]
        error at /Statement/0/Action/0: \`ecr:GetAuthorizationToken\` has no resource, so under an ARN it matches nothing (put it into a statement of its own with \`"Resource": "*"\`) [SM-R7]
        warning at /Statement/0/Action: \`ecr:PutImage\` is allowed without \`ecr:BatchCheckLayerAvailability\`, \`ecr:InitiateLayerUpload\`, \`ecr:UploadLayerPart\`, \`ecr:CompleteLayerUpload\`: a push of new layers fails (allow \`ecr:BatchCheckLayerAvailability\`, \`ecr:InitiateLayerUpload\`, \`ecr:UploadLayerPart\`, \`ecr:CompleteLayerUpload\` beside it, unless another policy does) [EX-6]

      \`Ecr.fix\` mends:
        redundant-entry: remove \`ecr:putimage\`
      and gives
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": [
                "ecr:GetAuthorizationToken",
                "ecr:DescribeImage",
                "ecr:Put*"
              ],
              "Resource": "arn:aws:ecr:eu-west-1:111122223333:repository/app"
            }
          ]
        }

      Fixes that change what is allowed, for you to choose:
        unknown-action: write \`ecr:DescribeImages\` [Grants]
        resource-on-account-action: allow \`ecr:GetAuthorizationToken\` on \`*\` [Grants]
        partial-push: allow \`ecr:BatchCheckLayerAvailability\`, \`ecr:InitiateLayerUpload\`, \`ecr:UploadLayerPart\`, \`ecr:CompleteLayerUpload\` too [Grants]"
    `)
  })

  it('lint was to find something', () => {
    const received = allow(pulling.slice(1), repository)
    expect(failure(() => expect(received).not.toHaveNoFindings())).toMatchInlineSnapshot(`
      "expect(policy).not.toHaveNoFindings()

      There are no findings in this policy, read as \`identity\`."
    `)
  })
})

describe('what cannot be read fails with its place, under .not as well:', () => {
  const told = (run: (positive: boolean) => void): string => {
    const [text, opposite] = [failure(() => run(true)), failure(() => run(false))]
    expect(opposite.split('\n').slice(1)).toStrictEqual(text.split('\n').slice(1))
    return text.split('\n').slice(2).join('\n')
  }
  const pull =
    (received: unknown, target: unknown = image) =>
    (positive: boolean): void => {
      const assertion = expect(received)
      ;(positive ? assertion : assertion.not).toAllowPull(target as string)
    }

  it('a misspelt part and a misspelt effect', () => {
    const received = {
      principal: node,
      identityPolicy: [],
      identityPolicies: [{ Statement: statement('allow', '*') }],
    }
    expect(told(pull(received))).toMatchInlineSnapshot(`
      "the access cannot be read: 2 errors
        /identityPolicy: \`identityPolicy\` is no element of a scenario (did you mean \`identityPolicies\`?) [UnknownElement]
        /identityPolicies/0/Statement/Effect: \`allow\` is not an effect: it is \`Allow\` or \`Deny\` (did you mean \`Allow\`?) [InvalidEffect]"
    `)
  })

  it('JSON text with a mistake', () => {
    const received = { principal: node, identityPolicies: ['{ "Statement": [ }'] }
    expect(told(pull(received))).toMatchInlineSnapshot(`
      "the access cannot be read: 1 error
        /identityPolicies/0/Statement/0 (line 1, column 18): the text is not JSON: a value is expected, found \`}\` [InvalidJson]"
    `)
  })

  it('a policy of another sort', () => {
    expect(told(pull({ principal: node, resourcePolicy: allow('ecr:*') }))).toMatchInlineSnapshot(`
      "the access cannot be read: 1 error
        /resourcePolicy/Statement/0: a statement of a policy of kind resource needs \`Principal\` or \`NotPrincipal\` [MissingElement]"
    `)
  })

  it('a caller that is none', () => {
    expect(told(pull({ principal: 'node' }))).toMatchInlineSnapshot(`
      "the access cannot be read: 1 error
        /principal: \`node\` cannot make a request: a caller is a user, a role or a session of it, a root user, a federated user, a service, an identity provider or \`anonymous\` [InvalidCaller]"
    `)
    expect(told(pull({ identityPolicies: [] }))).toMatchInlineSnapshot(
      `"the access has no \`principal\`: give the ARN of who asks, beside the policies"`,
    )
    expect(told(pull({ principal: { name: 'node' } }))).toMatchInlineSnapshot(`
      "the access cannot be read: 1 error
        /principal: \`principal\` is a string, not an object [InvalidType]"
    `)
  })

  it.each([[undefined], [null], [1], ['text'], [[puller]], [() => puller]])('no access: %s', (received) => {
    expect(told(pull(received))).toContain('an access is expected, not')
  })

  it('a repository that is none', () => {
    expect(told(pull(puller, 'app'))).toMatchInlineSnapshot(
      `"\`app\` is not the address of an image: it reads \`HOST/NAME[:TAG][@DIGEST]\` (put the registry host and a slash before the name)"`,
    )
    expect(told(pull(puller, null))).toMatchInlineSnapshot(
      `"a repository is its ARN or the address of an image in it, as text, not null"`,
    )
  })

  it('a request that is none', () => {
    const ask = (request: unknown) => (positive: boolean) => {
      const assertion = expect(puller)
      ;(positive ? assertion : assertion.not).toAllow(request as { action: string; resource: string })
    }
    expect(told(ask({ action: 'PutImage', ressource: repository }))).toMatchInlineSnapshot(`
      "the question cannot be read: 3 errors
        /request/ressource: \`ressource\` is no element of a request (did you mean \`resource\`?) [UnknownElement]
        /request: a request needs \`resource\` [MissingElement]
        /request/action: \`PutImage\` is not an action: it reads \`service:Name\` (did you mean \`ecr:PutImage\`?) [InvalidAction]"
    `)
    expect(told(ask('ecr:PutImage'))).toMatchInlineSnapshot(
      `"a request is an object with \`action\` and \`resource\`, not \`ecr:PutImage\`"`,
    )
    expect(failure(() => expect([]).toAllow({ action: 'ecr:PutImage', resource: '*' }))).toContain(
      'policies to ask are expected, not a list',
    )
  })

  it('policies that are none', () => {
    const compare = (received: unknown, expected: unknown) => (positive: boolean) => {
      const assertion = expect(received)
      ;(positive ? assertion : assertion.not).toBeNoBroaderThan(expected as string)
    }
    expect(told(compare('{', allow('*')))).toMatchInlineSnapshot(`
      "the received policy cannot be read: 1 error
        (whole input) (line 1, column 2): the text is not JSON: a member name in double quotes is expected, the text ends [InvalidJson]"
    `)
    expect(told(compare(allow('*'), 42))).toMatchInlineSnapshot(`
      "the expected policy cannot be read: 1 error
        (whole input): a policy is an object, not a number [InvalidType]"
    `)
    expect(failure(() => expect({}).toHaveNoFindings())).toContain('the policy cannot be read')
    expect(failure(() => expect(allow('*')).toHaveNoFindings({ kind: 'role' as 'scp' }))).toContain(
      '`kind` is one of',
    )
  })
})

describe('a failure', () => {
  it('is plain text without the colours of a test tool', () => {
    const { message } = matchers.toAllowPull.call({}, warm, image)
    expect(message().split('\n')[0]).toBe('expect(access).toAllowPull(repository)')
    expect(matchers.toAllowPull.call({ isNot: true }, warm, image).message().split('\n')[0]).toBe(
      'expect(access).not.toAllowPull(repository)',
    )
  })

  it('is coloured where the test tool has colours', () => {
    const utils = {
      RECEIVED_COLOR: (text: string) => `<${text}>`,
      EXPECTED_COLOR: (text: string) => `{${text}}`,
    }
    const text = matchers.toAllowPull.call({ utils }, warm, image).message()
    expect(text).toContain('{The smallest mend:')
    expect(text).toContain('<  yes ')
  })

  it('keeps each text of a policy on its line', () => {
    const forged = { principal: node, identityPolicies: [allow('ecr:x\u2028y\u001b[2J', repository)] }
    const text = failure(() => expect(forged).toAllow({ action: 'ecr:x', resource: repository }))

    expect(text).not.toMatch(/[\u2028\u001b]/u)
  })
})
