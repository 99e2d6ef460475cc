/**
 * What answers cost, in steps, which no machine makes more or fewer of: for each of these questions little more than it takes
 * today. A shortcut that is lost is seen here first.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { prove } from '../../../src/algebra/certificate.js'
import { proveEnvironmentNoBroader } from '../../../src/algebra/certificateEnvironment.js'
import type { Proven } from '../../../src/algebra/certificateProofs.js'
import { isNoBroader } from '../../../src/algebra/compare.js'
import { diff } from '../../../src/algebra/diff.js'
import { isEnvironmentNoBroader } from '../../../src/algebra/environment.js'
import { intersect } from '../../../src/algebra/intersect.js'
import { disjoint } from '../../../src/algebra/isPublic.js'
import { minimize } from '../../../src/algebra/minimize.js'
import { residual } from '../../../src/algebra/residual.js'
import { parseOrThrow, parseScenarioOrThrow } from '../../../src/codec/index.js'
import { Caller, type Document, type Environment } from '../../../src/model/index.js'

type Json = Readonly<Record<string, unknown>>
type Values = string | readonly string[]

const here = '111122223333'
const alice = `arn:aws:iam::${here}:user/alice`
const repository = (name: string): string => `arn:aws:ecr:*:${here}:repository/${name}`
const when = (operator: string, key: string, values: Values): Json => ({
  Condition: { [operator]: { [key]: values } },
})
const may = (Action: Values, more: Json = {}): Json => ({ Effect: 'Allow', Action, Resource: '*', ...more })
const mayNot = (Action: Values, more: Json = {}): Json => ({ ...may(Action, more), Effect: 'Deny' })
const grant = (AWS: Values, Action: Values, more: Json = {}): Json => ({
  Effect: 'Allow',
  Principal: AWS === '*' ? '*' : { AWS },
  Action,
  ...more,
})
const policy = (...Statement: readonly Json[]): Json => ({ Version: '2012-10-17', Statement })

const letters = Array.from('abcdefgh')
const blocks = ['10.0.0.0/8', '192.168.0.0/16']
const regions = ['eu-west-1', 'us-east-1']

const team = policy(
  may(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], { Resource: repository('team/*') }),
  may('ecr:GetAuthorizationToken'),
  may('ecr:Put*', {
    Resource: repository('team/${aws:PrincipalTag/team}/*'),
    ...when('Bool', 'aws:SecureTransport', 'true'),
  }),
  may('ecr:*', {
    Resource: repository('sandbox-*'),
    ...when('StringEquals', 'aws:PrincipalOrgID', 'o-example'),
  }),
  mayNot('ecr:Delete*', when('StringNotEquals', 'aws:PrincipalTag/team', 'ops')),
  mayNot('ecr:*', when('NotIpAddress', 'aws:SourceIp', blocks)),
  may(['s3:GetObject', 's3:List*'], { Resource: 'arn:aws:s3:::layers-*' }),
)
const widerTeam = policy(
  may(['ecr:BatchGet*', 'ecr:Get*'], { Resource: repository('*') }),
  may('ecr:GetAuthorizationToken'),
  may(['ecr:Put*', 'ecr:Get*'], { Resource: repository('team/*') }),
  may('ecr:*', { Resource: repository('sandbox-*'), ...when('StringLike', 'aws:PrincipalOrgID', 'o-*') }),
  mayNot('ecr:DeleteRepository', when('StringNotEquals', 'aws:PrincipalTag/team', ['ops', 'admin'])),
  mayNot('ecr:*', when('NotIpAddress', 'aws:SourceIp', [...blocks, '172.16.0.0/12'])),
  may('s3:*', { Resource: 'arn:aws:s3:::layers-*' }),
)
const byLetter = policy(...letters.map((letter) => may('ecr:*', { Resource: repository(`${letter}*`) })), {
  Effect: 'Allow',
  Action: 'ecr:*',
  NotResource: letters.map((letter) => repository(`${letter}*`)),
})

const ops = policy(
  may(['ecr:BatchGet*', 'ecr:*Policy', 'ecr:Put*'], {
    Resource: [repository('team/*'), repository('*-prod')],
  }),
  may(['s3:Get*', 'sts:*']),
  mayNot('ecr:*Policy', when('StringNotEquals', 'aws:PrincipalOrgID', 'o-example')),
)
const widerOps = policy(
  may(['ecr:*Get*', 'ecr:Set*', 'ecr:P*'], { Resource: [repository('team/*'), repository('*')] }),
  may(['s3:*', 'sts:AssumeRole']),
  mayNot(
    ['ecr:*Policy', 'ecr:Delete*'],
    when('StringNotEquals', 'aws:PrincipalOrgID', ['o-example', 'o-other']),
  ),
)
const reads = policy(
  may(['ecr:*Get*', 'ecr:P*', 'ecr:List*'], { Resource: [repository('team/*-prod'), repository('a*')] }),
  may('s*:Get*', { Resource: '*', ...when('StringEquals', 'aws:PrincipalOrgID', ['o-example', 'o-other']) }),
)
const images = policy(
  may(['ecr:Batch*Image*', 'ecr:*Put*', 'ecr:L*s'], { Resource: [repository('team/a*'), repository('*b')] }),
  may('*3:*Object', { Resource: '*', ...when('StringEquals', 'aws:PrincipalOrgID', 'o-example') }),
)
const services = letters.map((letter) => `s${letter}`)
const crowd = policy(
  may('ecr:*', when('Bool', 'aws:SecureTransport', 'true')),
  may('ecr:G*', when('Null', 'aws:SecureTransport', 'true')),
  may('ecr:*Image', when('BoolIfExists', 'aws:SecureTransport', 'false')),
  may('ecr:Get*', when('StringNotEquals', 'aws:SecureTransport', 'true')),
  ...services.map((service) => may(`${service}:*`, when('StringLike', `v:${service}`, `${service}*`))),
  ...services.map((service) => may([`${service}:*`, 'ec2:*'], when('StringNotLike', 'v:all', `${service}*`))),
)

const shared = policy(
  grant([`arn:aws:iam::${here}:role/ci`, '444455556666'], 'ecr:BatchGetImage'),
  grant('*', 'ecr:Get*', when('StringEquals', 'aws:PrincipalOrgID', ['o-a', 'o-b'])),
  grant('*', 'ecr:Put*', when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')),
  {
    ...grant('*', 'ecr:*', when('StringNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/ci')),
    Effect: 'Deny',
  },
  { Effect: 'Deny', NotPrincipal: { AWS: [here, alice] }, Action: 'ecr:Delete*' },
)
const widerShared = policy(
  grant([here, '444455556666'], ['ecr:BatchGet*', 'ecr:Get*']),
  grant('*', 'ecr:Get*', when('StringLike', 'aws:PrincipalOrgID', 'o-*')),
  grant('*', 'ecr:P*', when('IpAddress', 'aws:SourceIp', ['10.0.0.0/9', '10.128.0.0/9'])),
  {
    ...grant('*', 'ecr:Put*', when('StringNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/c?')),
    Effect: 'Deny',
  },
)
const manyShared = policy(
  grant(
    letters.map((letter) => `arn:aws:iam::${here}:role/${letter}`),
    'ecr:Get*',
    when('StringEquals', 'v:a', 'x'),
  ),
  grant(here, 'ecr:Get*', when('StringLike', 'v:a', '?')),
  ...letters.map((letter) => grant('*', `ecr:${letter}*`, when('StringLike', 'v:a', `${letter}*`))),
  { Effect: 'Deny', NotPrincipal: { AWS: here }, Action: ['ecr:a*', 'ecr:b*'] },
)

const everything = policy(may('*'))
const account: Json = {
  identityPolicies: [
    policy(
      may(['ecr:Get*', 'ecr:BatchGet*', 'ecr:List*'], { Resource: repository('team/*') }),
      may('s3:*'),
      may('ecr:Put*', when('Bool', 'aws:SecureTransport', 'true')),
    ),
    policy(may('ecr:Describe*'), mayNot('ecr:Delete*')),
  ],
  permissionsBoundary: policy(
    may(['ecr:*', 's3:Get*']),
    mayNot('ecr:*', when('StringNotEquals', 'aws:RequestedRegion', regions)),
  ),
  serviceControlPolicies: [[everything], [policy(may(['ecr:*', 's3:*', 'sts:*'])), everything]],
  resourcePolicy: policy(
    grant([`arn:aws:iam::${here}:role/ci`, '444455556666'], ['ecr:BatchGetImage', 'ecr:Get*']),
    grant('*', 'ecr:Put*', when('StringEquals', 'aws:PrincipalOrgID', 'o-example')),
  ),
}
const widerAccount: Json = {
  ...account,
  identityPolicies: [
    policy(
      may(['ecr:Get*', 'ecr:BatchGet*', 'ecr:List*', 'ecr:Describe*']),
      may('s3:*'),
      may('ecr:*', when('Bool', 'aws:SecureTransport', 'true')),
    ),
  ],
  permissionsBoundary: policy(
    may(['ecr:*', 's3:*']),
    mayNot('ecr:*', when('StringNotEquals', 'aws:RequestedRegion', [...regions, 'us-west-2'])),
  ),
  resourcePolicy: policy(
    grant([here, '444455556666'], ['ecr:BatchGet*', 'ecr:Get*']),
    grant('*', 'ecr:P*', when('StringLike', 'aws:PrincipalOrgID', 'o-*')),
  ),
}

const variable: Json = {
  identityPolicies: [
    policy(
      may('ecr:Get*', { Resource: letters.slice(0, 5).map((letter) => repository(`\${v:${letter}}/*`)) }),
    ),
  ],
  permissionsBoundary: policy(may('ecr:*', { Resource: repository('team/*') })),
}
const widerVariable: Json = { identityPolicies: [policy(may('ecr:*', { Resource: repository('team/*') }))] }

const document = (json: Json): Document.Document => parseOrThrow(json)
const environment = (json: Json): Environment.Environment =>
  parseScenarioOrThrow({
    ...json,
    request: {
      principal: alice,
      action: 'ecr:BatchGetImage',
      resource: `arn:aws:ecr:eu-west-1:${here}:repository/app`,
    },
  }).environment

/** A question that may spend so much, and what it spent: nothing sure where that was too little. */
type Question = (budget: number) => number | undefined

const compared =
  (left: Json, right: Json): Question =>
  (budget) => {
    const verdict = isNoBroader(document(left), document(right), { budget })
    return verdict._tag === 'Undecided' ? undefined : verdict.spent
  }

const comparedEnvironments =
  (left: Json, right: Json): Question =>
  (budget) => {
    const verdict = isEnvironmentNoBroader(environment(left), environment(right), { budget })
    return verdict._tag === 'Undecided' ? undefined : verdict.spent
  }

const overlap =
  (left: Json, right: Json): Question =>
  (budget) => {
    const verdict = disjoint(document(left), document(right), { budget })
    return verdict._tag === 'Undecided' ? undefined : verdict.spent
  }

const minimized =
  (json: Json): Question =>
  (budget) => {
    const { stoppedEarly, spent } = minimize(document(json), { budget })
    return stoppedEarly ? undefined : spent
  }

/** It does not say what it spent, only whether that was enough. */
const within =
  (isMade: (budget: number) => boolean): Question =>
  (budget) =>
    isMade(budget) ? budget : undefined

const isProven = ({ certificate }: Proven): boolean => certificate !== undefined && 'proofs' in certificate

const certified = (left: Json, right: Json): Question =>
  within((budget) => isProven(prove(document(left), document(right), { budget })))

const certifiedEnvironments = (left: Json, right: Json): Question =>
  within((budget) => isProven(proveEnvironmentNoBroader(environment(left), environment(right), { budget })))

const common = (left: Json, right: Json): Question =>
  within((budget) => E.isRight(intersect(document(left), document(right), { budget })))

const changed = (before: Json, after: Json): Question =>
  within((budget) => diff(document(before), document(after), { budget }).status === 'Complete')

const principal = Caller.parseOrThrow(alice)
const left = (json: Json): Question =>
  within((budget) => residual(environment(json), { principal }, { budget })._tag !== 'Undecided')

describe('how many steps it takes', () => {
  it.each<readonly [string, number, Question]>([
    ['to see that a team may do no more than before', 84, compared(team, widerTeam)],
    ['to find what it may do more', 36, compared(widerTeam, team)],
    [
      'to see that many statements cover one together',
      870,
      compared(policy(may('ecr:*', { Resource: repository('*') })), byLetter),
    ],
    ['to see that a shared repository is shared with no more', 155, compared(shared, widerShared)],
    ['to find with whom it is', 5, compared(widerShared, shared)],
    ['to compare whole accounts', 11_100, comparedEnvironments(account, widerAccount)],
    ['to find what an account may do more', 1_915, comparedEnvironments(widerAccount, account)],
    ['to compare an account with itself', 0, comparedEnvironments(account, account)],
    ['to find what two policies both allow', 3_090, overlap(team, widerTeam)],
    ['to tell what one team may that another may as well', 24_750, common(reads, images)],
    ['to tell what has changed for a team', 6_720, changed(ops, widerOps)],
    ['to see a statement among many of other services', 8, compared(policy(may('ecr:Get*')), crowd)],
    ['to minimize a team', 370, minimized(team)],
    ['to minimize another', 530, minimized(widerTeam)],
    ['to minimize what is shared', 1_230, minimized(shared)],
    ['to minimize what is shared in many ways', 2_520, minimized(manyShared)],
    ['to certify a team', 3_340, certified(team, widerTeam)],
    ['to certify a team by itself', 2_365, certified(team, team)],
    ['to certify what is shared', 570, certified(shared, widerShared)],
    ['to certify an account', 11_100, certifiedEnvironments(account, widerAccount)],
    ['to certify an account by itself', 1_880, certifiedEnvironments(account, account)],
    ['to certify an account of many variables', 45, certifiedEnvironments(variable, widerVariable)],
    ['to tell what is left to a user', 40_500, left(account)],
  ])('%s', (_, most, question) => {
    const spent = question(most) ?? Infinity
    expect(spent).toBeGreaterThanOrEqual(0)
    expect(spent).toBeLessThanOrEqual(most)
  })
})
