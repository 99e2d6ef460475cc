/** A statement is what its elements are together. */
import { describe, expect, it } from 'vitest'
import { agrees, linesOf, literalsOf, matchesLine } from '../../../src/algebra/regionElement.js'
import { parseOrThrow, parseScenarioOrThrow } from '../../../src/codec/index.js'
import type { PolicyKind } from '../../../src/model/index.js'

const repository = (name: string): string => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`
const iam = 'arn:aws:iam::111122223333'

const requests = [`${iam}:role/ci`, `${iam}:user/alice`, 'lambda.amazonaws.com', 'anonymous'].flatMap(
  (principal) =>
    ['ecr:PutImage', 's3:GetObject'].flatMap((action) =>
      [repository('alice'), repository('bob'), '*'].flatMap((resource) =>
        [{}, { 'v:team': ['alice'] }, { 'v:team': ['${v:team}'] }].map(
          (context) => parseScenarioOrThrow({ request: { principal, action, resource, context } }).request,
        ),
      ),
    ),
)

const principal = { Principal: '*' }
const statements: readonly (readonly [string, PolicyKind.PolicyKind, object])[] = [
  ['actions', 'identity', { Action: ['ecr:*', 'x:y'], Resource: '*' }],
  ['exceptions of actions', 'identity', { NotAction: ['ecr:*', 'x:y'], Resource: '*' }],
  ['resources', 'identity', { Action: '*', Resource: [repository('a*'), 'arn:aws:s3:::a'] }],
  ['a resource with a variable', 'identity', { Action: '*', Resource: repository('${v:team}') }],
  ['exceptions of resources', 'identity', { Action: '*', NotResource: repository('${v:team}') }],
  ['any resource', 'ecr-repository', { Action: 'ecr:*', ...principal }],
  ['callers', 'resource', { Action: '*', Resource: '*', Principal: { AWS: `${iam}:role/ci` } }],
  [
    'exceptions of callers',
    'resource',
    { Action: '*', Resource: '*', NotPrincipal: { AWS: `${iam}:role/ci` } },
  ],
  [
    'callers whom a Deny spares',
    'resource',
    { Effect: 'Deny', Action: '*', Resource: '*', NotPrincipal: { AWS: ['111122223333', `${iam}:role/ci`] } },
  ],
  [
    'conditions, one with a variable',
    'identity',
    {
      Action: '*',
      Resource: '*',
      Condition: { StringLike: { 'v:team': 'a*' }, StringNotEquals: { 'v:team': '${aws:username}' } },
    },
  ],
]

const linesIn = (kind: PolicyKind.PolicyKind, fields: object, Version: string) =>
  linesOf(parseOrThrow({ Version, Statement: { Effect: 'Allow', ...fields } }, kind))

describe('a request matches a statement just if it agrees with each element', () => {
  it.each(statements)('of %s', (_name, kind, fields) => {
    for (const version of ['2012-10-17', '2008-10-17'])
      for (const line of linesIn(kind, fields, version))
        expect(
          requests.filter((request) => literalsOf(line).every((literal) => agrees(literal)(request))),
        ).toEqual(requests.filter(matchesLine(line)))
  })

  it.each(statements)('and what fails of an element holds of its opposite: %s', (_name, kind, fields) => {
    for (const line of linesIn(kind, fields, '2012-10-17'))
      for (const literal of literalsOf(line)) {
        const opposite = { ...literal, holds: !literal.holds }
        expect(requests.every((each) => agrees(literal)(each) !== agrees(opposite)(each))).toBe(true)
      }
  })
})
