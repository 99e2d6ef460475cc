/**
 * CodeBuild was said to fetch images of other accounts in its own name, Lambda those of other Regions, and a function of one
 * account to run an image of another as if it were its own (EX-20, EX-21, EX-38).
 */
import { describe, expect, it } from 'vitest'
import {
  accessMatrixOrThrow,
  accessOrThrow,
  can,
  canPull,
  compile,
  explain,
  failures,
  grant,
  Matrix,
  renderRepair,
  repair,
  Repository,
} from '../../src/ecr/index.js'
import { doc, granting, identity } from '../unit/ecr/documents.js'

const [here, there] = ['111122223333', '444455556666']
const [lambda, build] = ['lambda.amazonaws.com', 'codebuild.amazonaws.com']
const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const deployer = `arn:aws:iam::${here}:role/deployer`
const arnIn = (account: string, region = 'eu-west-1') => `arn:aws:ecr:${region}:${account}:repository/app`
const [own, foreign] = [arnIn(here), arnIn(there)].map((arn) => Repository.parseOrThrow(arn))
if (own === undefined || foreign === undefined) throw new Error('no repository')

const resourcePolicy = doc(granting('Allow', [lambda, build, `arn:aws:iam::${here}:root`], pull))
const identityPolicies = [doc(identity('Allow', pull, ['*']))]
type Context = Readonly<Record<string, string>>
const of = (context: Context = {}, principal = deployer) =>
  accessOrThrow({ principal, context, identityPolicies, resourcePolicy })
const functionIn = (region: string, account = here): Context => ({
  'aws:SourceArn': `arn:aws:lambda:${region}:${account}:function:f`,
})

type Asked = 'codebuild-image' | 'lambda-same-account' | 'lambda-cross-account'
type Row = readonly [what: string, operation: Asked, context: Context, repository: typeof own, is: boolean]

const rows: readonly Row[] = [
  ['a build of the account', 'codebuild-image', {}, own, true],
  ['a build of another account', 'codebuild-image', {}, foreign, false],
  ['a build for another account', 'codebuild-image', { 'aws:SourceAccount': there }, own, false],
  ['a build for the owner', 'codebuild-image', { 'aws:SourceAccount': there }, foreign, true],
  [
    'a build of another Region',
    'codebuild-image',
    { 'aws:SourceArn': `arn:aws:codebuild:us-east-1:${here}:project/p` },
    own,
    true,
  ],
  ['a function of the account', 'lambda-same-account', {}, own, true],
  ['a function of the Region', 'lambda-same-account', functionIn('eu-west-1'), own, true],
  ['a function of another Region', 'lambda-same-account', functionIn('us-east-1'), own, false],
  ['a function of another account', 'lambda-same-account', {}, foreign, false],
  ['the same, told by its ARN', 'lambda-same-account', functionIn('eu-west-1', there), own, false],
  ['across accounts, as such', 'lambda-cross-account', {}, foreign, true],
  ['across accounts and Regions', 'lambda-cross-account', functionIn('us-east-1'), foreign, false],
]

describe.each(rows)('%s', (_, operation, context, repository, expected) => {
  it('is judged by what the service reaches', () => {
    expect(can(operation, of(context), repository).allowed).toBe(expected)
    expect(compile(of(context)).can(operation, repository)).toBe(expected)
  })

  it('is the same to a matrix, be it one of many', () => {
    const matrix = accessMatrixOrThrow({
      principals: [deployer, deployer.replace(here, there)].flatMap((principal) =>
        [context, {}, functionIn('us-east-1')].map((each) => ({
          principal,
          context: each,
          identityPolicies,
        })),
      ),
      repositories: [arnIn(here), arnIn(there), arnIn(here, 'us-east-1')].map((each) => ({
        repository: each,
        resourcePolicy,
      })),
      operations: [operation, 'pull'],
    })
    const column = matrix.repositories.indexOf(Repository.show(repository))
    const cells = Array.from(Matrix.cells(matrix))
    expect(cells.find((cell) => cell.row === 0 && cell.column === column)?.allowed).toBe(expected)
    for (const cell of cells) expect(Matrix.verdictAt(cell)(matrix)?.allowed).toBe(cell.allowed)
  })

  it('is repaired by no statement where it is out of reach', () => {
    const mend = repair(operation, { ...of(context), resourcePolicy: undefined }, repository)
    expect(mend._tag).toBe(expected ? 'Repair' : 'Blocked')
    if (mend._tag === 'Blocked') expect(mend.by.map(({ _tag }) => _tag)).toContain('Hopeless')
    if (mend._tag === 'Blocked' && operation !== 'lambda-cross-account') expect(mend.remaining).toEqual([])
  })
})

it('the name `lambda` means what fits the account that the service works for', () => {
  const asked = (context: Context, principal: string, repository: typeof own) =>
    can('lambda', of(context, principal), repository).operation
  expect(asked({}, deployer, own)).toBe('lambda-same-account')
  expect(asked({}, deployer, foreign)).toBe('lambda-cross-account')
  expect(asked({}, lambda, foreign)).toBe('lambda-same-account')
  expect(asked({ 'aws:SourceAccount': here }, lambda, foreign)).toBe('lambda-cross-account')
  expect(asked({ 'aws:SourceAccount': there }, deployer, own)).toBe('lambda-cross-account')
})

describe('a service that pulls by itself', () => {
  it.each<readonly [what: string, host: string, context: Context, repository: typeof own, is: boolean]>([
    ['CodeBuild, for the owner', build, {}, foreign, true],
    ['CodeBuild, for another account', build, { 'aws:SourceAccount': here }, foreign, false],
    ['Lambda, for another account', lambda, { 'aws:SourceAccount': here }, foreign, true],
    ['Lambda, for a function of the Region', lambda, functionIn('eu-west-1'), own, true],
    ['Lambda, for a function of another', lambda, functionIn('us-east-1'), own, false],
    ['a service of which nothing is known', 'robot.amazonaws.com', { 'aws:SourceAccount': here }, own, true],
  ])('%s', (_, host, context, repository, expected) => {
    const policy = doc(granting('Allow', [host], pull))
    const access = accessOrThrow({ principal: host, context, resourcePolicy: policy })
    expect(canPull(access, repository).allowed).toBe(expected)
    expect(compile(access).canPull(repository)).toBe(expected)
  })
})

describe('what is out of reach', () => {
  it('is told with its reason, and no place to allow it in', () => {
    const verdict = can('codebuild-image', of(), foreign)
    expect(verdict.missing.map(({ policyTypes }) => policyTypes)).toEqual([[], []])
    expect(explain(verdict)).toContain('the service does this within one account only [EX-38]')
    expect(explain(can('lambda-same-account', of(functionIn('us-east-1')), own))).toContain(
      'the service does this within one Region only [EX-20]',
    )
    expect(renderRepair(repair('codebuild-image', of(), foreign))).toContain(
      'ask for `pull` for the role of the project',
    )
  })

  it('fails for no lack of a permission', () => {
    const failed = (operation: Asked, context: Context, repository: typeof own) =>
      failures(can(operation, of(context), repository)).map(({ id, cause, mend }) => [id, cause.nature, mend])
    const expected = ['service-out-of-reach', 'NotIam', []]
    expect(failed('codebuild-image', {}, foreign)).toEqual([expected, expected])
    expect(failed('lambda-same-account', functionIn('us-east-1'), own)).toEqual([expected, expected])
  })

  it('stays so whatever denies it', () => {
    const access = accessOrThrow({
      principal: deployer,
      resourcePolicy: doc(granting('Deny', [build], ['ecr:*'])),
    })
    const mend = repair('codebuild-image', access, foreign)
    expect(mend._tag === 'Blocked' && mend.remaining).toEqual([])
    expect(can('codebuild-image', access, foreign).missing).toHaveLength(2)
  })

  it('is what a grant refuses, too', () => {
    const ask = (operations: Asked, principals: string | object, repositories: string) =>
      grant({ operations, principals, repositories } as Parameters<typeof grant>[0])._tag
    expect(ask('codebuild-image', deployer, arnIn(there))).toBe('Left')
    expect(ask('lambda-same-account', deployer, arnIn(there))).toBe('Left')
    expect(ask('lambda-same-account', { service: lambda, sourceAccounts: here }, arnIn(there))).toBe('Left')
    expect(
      ask(
        'lambda-same-account',
        { service: lambda, sourceArns: `arn:aws:lambda:us-east-1:${here}:function:f` },
        arnIn(here),
      ),
    ).toBe('Left')
  })
})
