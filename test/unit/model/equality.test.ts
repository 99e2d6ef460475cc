/** Values that differ in one place only are different; values that say the same are equal, however they are written. */
import type { Eq } from 'fp-ts/lib/Eq.js'
import { describe, expect, it } from 'vitest'
import { parseOrThrow, parseScenarioOrThrow } from '../../../src/codec/index.js'
import { Context, Document, Request, Statement } from '../../../src/model/index.js'

const alike = <A>({ equals }: Eq<A>, values: readonly A[], twins: readonly A[]): void => {
  values.forEach((value, at) => {
    expect(twins.map((twin) => equals(value, twin))).toStrictEqual(values.map((_, other) => other === at))
    expect(twins.map((twin) => equals(twin, value))).toStrictEqual(values.map((_, other) => other === at))
  })
}

const condition = (operator: string, key: string, values: readonly string[]): object => ({
  Condition: { [operator]: { [key]: values } },
})

const edits: readonly object[] = [
  {},
  { Sid: 'A' },
  { Sid: 'a' },
  { Effect: 'Deny' },
  { Action: ['ecr:PutImage'] },
  { Action: ['ecr:BatchGetImage', 'ecr:PutImage'] },
  { Action: ['ecr:PutImage', 'ecr:BatchGetImage'] },
  { Action: undefined, NotAction: ['ecr:BatchGetImage'] },
  { Resource: ['arn:aws:ecr:*:*:repository/A'] },
  { Resource: ['arn:aws:ecr:*:*:repository/a', '*'] },
  { Resource: undefined, NotResource: ['arn:aws:ecr:*:*:repository/a'] },
  { Resource: undefined, NotResource: ['*'] },
  condition('StringEquals', 'aws:username', ['a']),
  condition('StringEquals', 'aws:username', ['A']),
  condition('StringEquals', 'aws:username', ['a', 'b']),
  condition('StringEquals', 'aws:username', ['b', 'a']),
  condition('StringLike', 'aws:username', ['a']),
  condition('StringEqualsIfExists', 'aws:username', ['a']),
  condition('ForAllValues:StringEquals', 'aws:username', ['a']),
  condition('StringEquals', 'aws:userid', ['a']),
]

const statement = (edit: object): object => ({
  Effect: 'Allow',
  Action: ['ecr:BatchGetImage'],
  Resource: ['arn:aws:ecr:*:*:repository/a'],
  ...edit,
})

/** The same in another letter case where that does not count. */
const recased = (text: string): string =>
  text
    .replaceAll('ecr:BatchGetImage', 'ECR:batchgetimage')
    .replaceAll('ecr:PutImage', 'ecr:putImage')
    .replaceAll('aws:user', 'AWS:User')

const principals = [
  ...['*', '111122223333', 'arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:user/a'].map(
    (AWS) => ({ AWS }),
  ),
  ...['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:user/p/a'].map((AWS) => ({ AWS })),
  { AWS: ['arn:aws:iam::111122223333:user/a', 'arn:aws:iam::111122223333:user/b'] },
  { Service: 'lambda.amazonaws.com' },
  { Federated: 'lambda.amazonaws.com' },
]

const statementsOf = (
  written: readonly object[],
  kind: 'identity' | 'ecr-repository',
  rewrite: (text: string) => string,
): readonly Statement.Statement[] =>
  written.flatMap(
    (one): readonly Statement.Statement[] =>
      parseOrThrow(rewrite(JSON.stringify({ Statement: one })), kind).statements,
  )

const same = (text: string): string => text

const documents = (): readonly Document.Document[] =>
  [
    { Statement: statement({}) },
    { Version: '2012-10-17', Statement: statement({}) },
    { Version: '2008-10-17', Statement: statement({}) },
    { Id: 'a', Statement: statement({}) },
    { Id: 'b', Statement: statement({}) },
    { Statement: statement({ Effect: 'Deny' }) },
    { Statement: [statement({}), statement({ Effect: 'Deny' })] },
    { Statement: [statement({ Effect: 'Deny' }), statement({})] },
  ].map((one) => parseOrThrow(one, 'identity'))

const contexts = (name: (written: string) => string): readonly Context.Context[] =>
  [
    {},
    { 'aws:username': ['a'] },
    { 'aws:username': ['A'] },
    { 'aws:username': ['a', 'b'] },
    { 'aws:username': ['b', 'a'] },
    { 'aws:userid': ['a'] },
    { 'aws:username': ['a'], 'aws:userid': ['a'] },
  ].map((one) => Context.fromEntries(Object.entries(one).map(([key, values]) => [name(key), values])))

const user = 'arn:aws:iam::111122223333:user/a'
const image = 'arn:aws:ecr:eu-west-1:111122223333:repository/a'
const requests = (action: string): readonly Request.Request[] =>
  [
    {},
    { principal: 'arn:aws:iam::111122223333:user/b' },
    { action: 'ecr:PutImage' },
    { resource: image.toUpperCase().replace('ARN:AWS:ECR', 'arn:aws:ecr') },
    { resource: '*' },
    { resourceAccount: '444455556666' },
    { context: { 'aws:userid': 'a' } },
  ].map(
    (edit) =>
      parseScenarioOrThrow({ request: { principal: user, action, resource: image, ...edit } }).request,
  )

describe('equality', () => {
  it('of identity statements sees each part, but no letter case of actions and key names', () => {
    const written = edits.map(statement)
    alike(Statement.Eq, statementsOf(written, 'identity', same), statementsOf(written, 'identity', recased))
  })

  it('of resource statements sees whom they name, and that they name anybody', () => {
    const written = [
      ...principals.map((Principal) => statement({ Principal })),
      ...principals.map((NotPrincipal) => statement({ NotPrincipal, Effect: 'Deny' })),
      statement({ Principal: { Service: 'lambda.amazonaws.com' }, Resource: undefined }),
      statement({ Principal: { Service: 'ec2.amazonaws.com' }, Resource: undefined }),
    ]
    const read = (rewrite: (text: string) => string): readonly Statement.Statement[] => [
      ...statementsOf([statement({}), statement({ Effect: 'Deny' })], 'identity', rewrite),
      ...statementsOf(written, 'ecr-repository', rewrite),
    ]
    alike(Statement.Eq, read(same), read(recased))
  })

  it('of documents sees version, id and statements in their order', () => {
    alike(Document.Eq, documents(), documents())
  })

  it('of contexts sees keys without letter case, and values in their order', () => {
    alike(
      Context.Eq,
      contexts(same),
      contexts((key) => key.toUpperCase()),
    )
  })

  it('of requests sees each part', () => {
    alike(Request.Eq, requests('ecr:BatchGetImage'), requests('ECR:batchgetimage'))
  })
})
