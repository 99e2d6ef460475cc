/** What the pictures of these tests are of: a pull from another account that a condition stops, a fleet, and a change. */
import { Algebra } from '../../../src/algebra/index.js'
import { parseOrThrow } from '../../../src/codec/index.js'
import {
  accessMatrixOrThrow,
  accessOrThrow,
  canPull,
  Repository,
  type AccessMatrix,
} from '../../../src/ecr/index.js'
import type { Simulator } from '../../../src/simulator/index.js'

const version = '2012-10-17'
const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const repositories = 'arn:aws:ecr:eu-west-1:444455556666:repository'

/** Stands in the subjects where tests put other texts. */
export const marker = 'MARKER'

const scp = parseOrThrow(
  { Version: version, Statement: { Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' } },
  'scp',
)

const ofTheRole = parseOrThrow(
  {
    Version: version,
    Statement: [
      { Sid: 'Login', Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      { Sid: 'Pull', Effect: 'Allow', Action: pull, Resource: `${repositories}/team/*` },
    ],
  },
  'identity',
)

const ofTheRepository = parseOrThrow(
  {
    Version: version,
    Statement: [
      {
        Sid: `Team ${marker}`,
        Effect: 'Allow',
        Principal: '*',
        Action: pull,
        Condition: { StringEquals: { 'aws:PrincipalTag/team': `team ${marker}` } },
      },
      {
        Sid: 'OnlyTagged',
        Effect: 'Deny',
        Principal: '*',
        Action: 'ecr:GetDownloadUrlForLayer',
        Condition: { Null: { 'aws:PrincipalTag/team': 'true' } },
      },
    ],
  },
  'ecr-repository',
)

export const verdict = canPull(
  accessOrThrow({
    principal: 'arn:aws:iam::111122223333:role/node',
    identityPolicies: [ofTheRole],
    resourcePolicy: ofTheRepository,
    serviceControlPolicies: [[scp]],
  }),
  Repository.parseOrThrow(`${repositories}/team/app`),
)

const decisionOf = (action: string): Simulator.Decision => {
  const step = verdict.steps.find((one) => one.action === action)
  if (step === undefined) throw new Error(`${action} is not asked`)
  return step.decision
}

export const allowed = decisionOf('ecr:GetAuthorizationToken')
export const unallowed = decisionOf('ecr:BatchGetImage')
export const denied = decisionOf('ecr:GetDownloadUrlForLayer')

export const before = parseOrThrow({
  Version: version,
  Statement: [
    {
      Sid: 'Pull',
      Effect: 'Allow',
      Action: [...pull, 'ecr:DescribeImages'],
      Resource: `${repositories}/team/*`,
    },
    { Sid: 'Scan', Effect: 'Allow', Action: 'ecr:StartImageScan', Resource: '*' },
  ],
})

export const after = parseOrThrow({
  Version: version,
  Statement: [
    {
      Sid: 'Pull',
      Effect: 'Allow',
      Action: pull,
      Resource: [`${repositories}/team/*`, `${repositories}/base/*`],
    },
    {
      Sid: `Push${marker}`,
      Effect: 'Allow',
      Action: 'ecr:PutImage',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalTag/team': `team ${marker}` } },
    },
  ],
})

export const diff = Algebra.diff(before, after)

/** A fleet of teams, of which each pulls from all and pushes to its own repositories. */
export const fleet = (teams: readonly string[], each: number): AccessMatrix =>
  accessMatrixOrThrow({
    principals: teams.flatMap((team) =>
      Array.from({ length: each }, (_, i) => ({
        principal: `arn:aws:iam::444455556666:role/${team}-${i + 1}`,
        identityPolicies: [
          parseOrThrow(
            {
              Version: version,
              Statement: [
                { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
                { Effect: 'Allow', Action: pull, Resource: '*' },
                { Effect: 'Allow', Action: 'ecr:*', Resource: `${repositories}/${team}/*` },
              ],
            },
            'identity',
          ),
        ],
      })),
    ),
    repositories: teams.flatMap((team) =>
      Array.from({ length: each }, (_, i) => ({ repository: `${repositories}/${team}/service-${i + 1}` })),
    ),
    operations: ['pull', 'push'],
  })

export const matrix = fleet(['search', 'mobile'], 4)

/** Two callers who pull and do not push: the builder by a Deny, the reader for want of an Allow. */
export const guarded = accessMatrixOrThrow({
  principals: [
    {
      principal: 'arn:aws:iam::444455556666:role/builder',
      identityPolicies: [
        parseOrThrow(
          {
            Version: version,
            Statement: [
              { Effect: 'Allow', Action: 'ecr:*', Resource: '*' },
              { Effect: 'Deny', Action: 'ecr:PutImage', Resource: '*' },
            ],
          },
          'identity',
        ),
      ],
    },
    {
      principal: 'arn:aws:iam::444455556666:role/reader',
      identityPolicies: [
        parseOrThrow(
          {
            Version: version,
            Statement: { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken', ...pull], Resource: '*' },
          },
          'identity',
        ),
      ],
    },
  ],
  repositories: [{ repository: `${repositories}/app` }, { repository: `${repositories}/base` }],
  operations: ['pull', 'push'],
})

/** The same data with another text in place of the marker, wherever it stands. */
export const withText = <A>(subject: A, text: string): A => replaced(subject, text) as A

const replaced = (value: unknown, text: string): unknown => {
  if (typeof value === 'string') return value.split(marker).join(text)
  if (Array.isArray(value)) return value.map((item) => replaced(item, text))
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, text)]))
    : value
}

/** The same matrix with a text in the names of a caller and a repository. */
export const matrixWithText = (text: string): AccessMatrix => ({
  ...matrix,
  principals: matrix.principals.map((name, i) => (i === 1 ? `${name}${text}` : name)),
  repositories: matrix.repositories.map((name, i) => (i === 1 ? `${name}${text}` : name)),
})
