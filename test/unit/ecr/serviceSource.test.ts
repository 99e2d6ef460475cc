/** On whose behalf a service asks: what its request says of it, and what a statement for it has to test (U-33). */
import { describe, expect, it } from 'vitest'
import { isPlain, sourceKeys, sourceOf, sourceTests } from '../../../src/ecr/serviceSource.js'
import { accessOrThrow, Repository } from '../../../src/ecr/index.js'
import { Request } from '../../../src/model/index.js'

const here = '111122223333'
const there = '444455556666'
const lambda = 'lambda.amazonaws.com'
const build = 'codebuild.amazonaws.com'
const node = `arn:aws:iam::${here}:role/node`
const own = `arn:aws:ecr:eu-west-1:${here}:repository/app`
const app = Repository.parseOrThrow(own)
const site = Repository.parsePublicOrThrow(`arn:aws:ecr-public::${here}:repository/site`)
const functions = (account: string) => `arn:aws:lambda:eu-west-1:${account}:function:*`
const one = `arn:aws:lambda:eu-west-1:${there}:function:f`

type Context = Readonly<Record<string, string | readonly string[]>>

describe('the keys that follow from caller and repository', () => {
  const keys = (
    principal: string,
    context: Context = {},
    by?: typeof lambda,
    on: typeof app | typeof site = app,
  ) => sourceKeys(accessOrThrow({ principal, context }), on, by === undefined ? {} : { by })
  const of = (account: string, arn: string | undefined = functions(account)) => [
    ['aws:SourceAccount', account],
    ...(arn === undefined ? [] : [['aws:SourceArn', arn]]),
  ]

  it.each([
    ['a role, that asks himself', keys(node), []],
    ['nobody', keys('anonymous', {}, lambda), []],
    ['a login by web identity', keys('accounts.google.com', {}, lambda), []],
    ['another service', keys(build, {}, lambda), []],
    ['a role, for whom a service asks', keys(node.replace(here, there), {}, lambda), of(there)],
    ['a user', keys(`arn:aws:iam::${there}:user/bob`, {}, lambda), of(there)],
    ['a root user', keys(`arn:aws:iam::${there}:root`, {}, lambda), of(there)],
    ['a federated user', keys(`arn:aws:sts::${there}:federated-user/bob`, {}, lambda), of(there)],
    ['the service, for the owner', keys(lambda), of(here)],
    ['an account that is told', keys(lambda, { 'aws:SourceAccount': there }), of(there)],
    ['an account that an ARN tells', keys(lambda, { 'aws:SourceArn': one }), of(there)],
    ['two accounts, which is none', keys(lambda, { 'aws:SourceAccount': [here, there] }), of(here)],
    ['a text that is no ARN', keys(lambda, { 'aws:SourceArn': 'x' }), of(here)],
    ['a service of which no ARN is known', keys('x.amazonaws.com'), [['aws:SourceAccount', here]]],
    ['a repository without Region', keys(lambda, {}, undefined, site), [['aws:SourceAccount', here]]],
    [
      'CodeBuild, by its projects',
      keys(build),
      [
        ['aws:SourceAccount', here],
        ['aws:SourceArn', `arn:aws:codebuild:eu-west-1:${here}:project/*`],
      ],
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected)
  })
})

describe('the source that a request names', () => {
  const source = (principal: string, context: Context, resource = own) => {
    const found = sourceOf(Request.makeOrThrow({ principal, action: 'ecr:BatchGetImage', resource, context }))
    return found && [found.host, found.sourceArns, found.sourceAccounts]
  }
  it.each([
    ['of a role there is none', source(node, { 'aws:SourceAccount': here }), undefined],
    ['there is none where nothing is told', source(lambda, {}), undefined],
    ['an account alone is that', source(lambda, { 'aws:SourceAccount': there }), [lambda, [], [there]]],
    [
      'all functions of an account are told as a grant tells them',
      source(lambda, { 'aws:SourceAccount': there, 'aws:SourceArn': functions(there) }),
      [lambda, [functions(there)], []],
    ],
    [
      'of CodeBuild with the account beside',
      source(build, {
        'aws:SourceAccount': there,
        'aws:SourceArn': `arn:aws:codebuild:eu-west-1:${there}:project/*`,
      }),
      [build, [`arn:aws:codebuild:eu-west-1:${there}:project/*`], [there]],
    ],
    [
      'one function stands for itself',
      source(lambda, { 'aws:SourceAccount': there, 'aws:SourceArn': one }),
      [lambda, [one], []],
    ],
    ['with or without its account', source(lambda, { 'aws:SourceArn': one }), [lambda, [one], []]],
    [
      'an ARN that tells no account has it beside',
      source(lambda, { 'aws:SourceAccount': there, 'aws:SourceArn': 'arn:aws:s3:::b' }),
      [lambda, ['arn:aws:s3:::b'], [there]],
    ],
    [
      'a pattern of a request is no source, and its account is',
      source(lambda, { 'aws:SourceAccount': there, 'aws:SourceArn': functions(here) }),
      [lambda, [], [there]],
    ],
    ['an account with a wildcard is none', source(lambda, { 'aws:SourceAccount': '4*' }), undefined],
    [
      'where no repository is asked on, nothing tells the Region of the functions',
      source(lambda, { 'aws:SourceAccount': there, 'aws:SourceArn': functions(there) }, '*'),
      [lambda, [], [there]],
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected)
  })
})

describe('what a statement tests', () => {
  it('an ARN by ArnEquals, a pattern by ArnLike, any other text by StringEquals', () => {
    const sourceArns = [one, functions(there), 'x', '${aws:PrincipalArn}', 'arn:aws:s3:::b?']
    expect(sourceTests({ _tag: 'Service', host: lambda, sourceArns, sourceAccounts: [here, there] })).toEqual(
      [
        ['ArnEquals', 'aws:SourceArn', one],
        ['ArnLike', 'aws:SourceArn', functions(there)],
        ['StringEquals', 'aws:SourceArn', 'x'],
        ['ArnLike', 'aws:SourceArn', '${aws:PrincipalArn}'],
        ['ArnLike', 'aws:SourceArn', 'arn:aws:s3:::b?'],
        ['StringEquals', 'aws:SourceAccount', here],
        ['StringEquals', 'aws:SourceAccount', there],
      ],
    )
  })

  it('a text with a wildcard or a variable is not plain', () => {
    expect(['a', '', 'a*', 'a?', '${a}'].map(isPlain)).toEqual([true, true, false, false, false])
  })
})
