import { describe, expect, it } from 'vitest'
import { Document, Lint } from '../../../src/index.js'

const github = 'token.actions.githubusercontent.com'
const aud = { [`${github}:aud`]: 'sts.amazonaws.com' }
const byArn = (host: string): string => `arn:aws:iam::111122223333:oidc-provider/${host}`

const trust = (Federated: unknown, Condition: object, ...more: readonly object[]): Document.Document =>
  Document.parseOrThrow(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated },
          Action: 'sts:AssumeRoleWithWebIdentity',
          ...(Object.keys(Condition).length === 0 ? {} : { Condition }),
        },
        ...more,
      ],
    },
    'trust',
  )

const found = (document: Document.Document): readonly string[] =>
  Lint.lint(document, 'trust')
    .filter(({ id }) => id === 'shared-provider')
    .map(({ pointer, mend }) => `${pointer} ${mend}`)

const at = (key: string): readonly string[] => [
  `/Statement/0/Principal/Federated add a condition on \`${key}\` that only your own tokens meet`,
]

describe('a provider that gives tokens to everybody (U-35)', () => {
  it.each<readonly [string, object]>([
    ['nothing', {}],
    ['the audience, which is the same for all', { StringEquals: aud }],
    ['any subject', { StringEquals: aud, StringLike: { [`${github}:sub`]: '*' } }],
    ['any repository', { StringEquals: aud, StringLike: { [`${github}:sub`]: 'repo:*:ref:refs/heads/*' } }],
    [
      'a subject, if there is one and it is another',
      { StringNotLike: { [`${github}:sub`]: 'repo:other/*' } },
    ],
  ])('is open to strangers when asked for %s', (_, condition) => {
    expect(found(trust(byArn(github), condition))).toStrictEqual(at(`${github}:sub`))
  })

  it.each<readonly [string, object]>([
    ['a subject', { StringEquals: { [`${github}:sub`]: 'repo:example-org/app:ref:refs/heads/main' } }],
    ['subjects of an organization', { StringLike: { [`${github}:sub`]: 'repo:example-org/*' } }],
    [
      'another claim that tells whose it is',
      { StringEquals: { [`${github}:repository_owner`]: 'example-org' } },
    ],
  ])('is closed to them when asked for %s', (_, condition) => {
    expect(found(trust(byArn(github), condition))).toStrictEqual([])
  })

  it('is closed by a Deny for all other subjects', () => {
    const deny = {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringNotLike: { [`${github}:sub`]: 'repo:example-org/*' } },
    }
    expect(found(trust(byArn(github), { StringEquals: aud }, deny))).toStrictEqual([])
  })

  it.each(['gitlab.com', 'app.terraform.io', 'agent.buildkite.com', 'oidc.codefresh.io'])(
    'may be %s, told by its subject',
    (host) => {
      expect(found(trust(byArn(host), { StringLike: { [`${host}:sub`]: '*:*' } }))).toStrictEqual(
        at(`${host}:sub`),
      )
    },
  )

  it('may be Cognito by its host, told by its audience', () => {
    const cognito = 'cognito-identity.amazonaws.com'
    const pool = { StringEquals: { [`${cognito}:aud`]: 'eu-west-1:0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f' } }
    const signedIn = { 'ForAnyValue:StringLike': { [`${cognito}:amr`]: 'authenticated' } }
    expect(found(trust(cognito, signedIn))).toStrictEqual(at(`${cognito}:aud`))
    expect(found(trust(cognito, { ...pool, ...signedIn }))).toStrictEqual([])
  })

  it('is not a provider of one’s own', () => {
    expect(found(trust(byArn('oidc.eks.eu-west-1.amazonaws.com/id/0123456789'), {}))).toStrictEqual([])
    expect(found(trust('arn:aws:iam::111122223333:saml-provider/gitlab.com', {}))).toStrictEqual([])
  })
})
