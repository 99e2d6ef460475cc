import { describe, expect, it } from 'vitest'
import { Principal } from '../../../src/model/index.js'
import { answer, refusal } from './support.js'

const iam = 'arn:aws:iam::111122223333'
const sts = 'arn:aws:sts::111122223333'
const home = { partition: 'aws', account: '111122223333' }

describe('every form of principal is read, and shown as it was written (PR-1, PR-2, PR-9, GR-16)', () => {
  it.each([
    ['AWS', '*', { _tag: 'Everyone' }],
    ['AWS', '111122223333', { _tag: 'Account', partition: undefined, account: '111122223333' }],
    ['AWS', `${iam}:root`, { _tag: 'Account', ...home }],
    ['AWS', 'arn:aws-cn:iam::111122223333:root', { _tag: 'Account', ...home, partition: 'aws-cn' }],
    ['AWS', `${iam}:user/alice`, { _tag: 'User', ...home, path: '/', name: 'alice' }],
    ['AWS', `${iam}:user/a/b/alice`, { _tag: 'User', ...home, path: '/a/b/', name: 'alice' }],
    ['AWS', `${iam}:role/node`, { _tag: 'Role', ...home, path: '/', name: 'node' }],
    ['AWS', `${iam}:role/xxx-node`, { _tag: 'Role', ...home, path: '/', name: 'xxx-node' }],
    ['AWS', `${iam}:role/a+=,.@_-Z9`, { _tag: 'Role', ...home, path: '/', name: 'a+=,.@_-Z9' }],
    ['AWS', `${iam}:role/!~(x)/node`, { _tag: 'Role', ...home, path: '/!~(x)/', name: 'node' }],
    [
      'AWS',
      `${sts}:assumed-role/node/i-1`,
      { _tag: 'AssumedRoleSession', ...home, role: 'node', session: 'i-1' },
    ],
    [
      'AWS',
      `${sts}:assumed-role/sso/a.b@example.com`,
      { _tag: 'AssumedRoleSession', ...home, role: 'sso', session: 'a.b@example.com' },
    ],
    ['AWS', `${sts}:federated-user/alice`, { _tag: 'FederatedUser', ...home, name: 'alice' }],
    ['AWS', 'AIDACKCEVSQ6C2EXAMPLE', { _tag: 'UniqueId', id: 'AIDACKCEVSQ6C2EXAMPLE' }],
    ['Service', 'lambda.amazonaws.com', { _tag: 'Service', host: 'lambda.amazonaws.com' }],
    ['Service', 'ec2.amazonaws.com.cn', { _tag: 'Service', host: 'ec2.amazonaws.com.cn' }],
    ['Federated', `${iam}:saml-provider/corp`, { _tag: 'IdentityProvider', id: `${iam}:saml-provider/corp` }],
    [
      'Federated',
      `${iam}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0A`,
      { _tag: 'IdentityProvider', id: `${iam}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0A` },
    ],
    ['Federated', 'accounts.google.com', { _tag: 'IdentityProvider', id: 'accounts.google.com' }],
    ['CanonicalUser', '79a59df900b949e5', { _tag: 'CanonicalUser', id: '79a59df900b949e5' }],
  ] as const)('%s %s', (type, text, expected) => {
    const principal = Principal.parseOrThrow(type)(text)
    expect(principal).toStrictEqual(expected)
    expect([Principal.typeOf(principal), Principal.show(principal)]).toStrictEqual([type, text])
  })
})

describe('the account that an entry names', () => {
  it.each([
    ['AWS', '111122223333', { partition: undefined, account: '111122223333' }],
    ['AWS', `${iam}:root`, home],
    ['AWS', `${iam}:user/alice`, home],
    ['AWS', `${iam}:role/node`, home],
    ['AWS', `${sts}:assumed-role/node/i-1`, home],
    ['AWS', `${sts}:federated-user/alice`, home],
    ['AWS', '*', undefined],
    ['AWS', 'AIDACKCEVSQ6C2EXAMPLE', undefined],
    ['Service', 'lambda.amazonaws.com', undefined],
    ['Federated', `${iam}:saml-provider/corp`, undefined],
    ['CanonicalUser', '79a59df900b949e5', undefined],
  ] as const)('of %s %s is %o', (type, text, expected) => {
    expect(Principal.accountOf(Principal.parseOrThrow(type)(text))).toStrictEqual(expected)
  })
})

describe('what names nobody is refused, with a hint where there is one (PR-13, GR-17)', () => {
  const wildcard = 'a principal takes no partial wildcard (use `*` with a condition on `aws:PrincipalArn`)'
  const placeholder = '(it looks like a placeholder: put the real ARN in its place)'
  const notAws = 'it is neither `*`, an account id nor an IAM or STS ARN'
  const name = 'a name has letters, digits and the characters `+=,.@_-` only'
  it.each([
    ['AWS', `${iam}:role/*`, wildcard],
    ['AWS', `${iam}:role/ci-?`, wildcard],
    ['AWS', `${sts}:assumed-role/x/*`, wildcard],
    ['AWS', 'arn:aws:iam::*:root', wildcard],
    ['AWS', '**', wildcard],
    ['AWS', `${iam}:group/devs`, 'a group cannot be a principal'],
    ['AWS', `${iam}:policy/p`, 'of IAM, only root, users and roles can be principals'],
    ['AWS', `${iam}:role`, 'of IAM, only root, users and roles can be principals'],
    ['AWS', `${iam}:role/`, 'its resource has an empty part'],
    ['AWS', `${iam}:role//node`, 'its resource has an empty part'],
    ['AWS', `${iam}:role/a:b`, name],
    ['AWS', `${iam}:user/a b`, name],
    ['AWS', `${iam}:user/ünal`, name],
    ['AWS', `${iam}:role/é/node`, 'its path has a character other than visible ASCII'],
    ['AWS', `${sts}:assumed-role/node/a:b`, name],
    ['AWS', `${iam}:user/\${aws:username}`, `${name} (policy variables have no meaning in a principal)`],
    ['AWS', `${iam}:role/<your-role>`, `${name} ${placeholder}`],
    [
      'AWS',
      `${sts}:assumed-role/node`,
      'of STS, only `assumed-role/ROLE/SESSION` and `federated-user/NAME` can be principals',
    ],
    [
      'AWS',
      `${sts}:assumed-role/a/b/c`,
      'of STS, only `assumed-role/ROLE/SESSION` and `federated-user/NAME` can be principals',
    ],
    [
      'AWS',
      'arn:aws:iam:eu-west-1:111122223333:root',
      'an AWS principal is an IAM or STS ARN with an account and no region',
    ],
    [
      'AWS',
      'arn:aws:iam::aws:user/alice',
      'an AWS principal is an IAM or STS ARN with an account and no region',
    ],
    ['AWS', 'arn:aws:s3:::bucket', 'an AWS principal is an IAM or STS ARN with an account and no region'],
    ['AWS', 'arn:aws:ecs::111122223333:task/x', 'an AWS principal is an ARN of IAM or STS'],
    ['AWS', 'arn:aws:iam::ACCOUNT_ID:root', `${notAws} ${placeholder}`],
    ['AWS', 'arn:aws:iam::xxxxxxxxxxxx:root', `${notAws} ${placeholder}`],
    ['AWS', 'lambda.amazonaws.com', notAws],
    ['AWS', 'aida1234567890123456', notAws],
    ['AWS', '', notAws],
    [
      'Service',
      '*',
      'a service is named by its host, as in `lambda.amazonaws.com`; a principal takes no partial wildcard',
    ],
    [
      'Service',
      '*.amazonaws.com',
      'a service is named by its host, as in `lambda.amazonaws.com`; a principal takes no partial wildcard',
    ],
    ['Service', 'lambda', 'a service is named by its host, as in `lambda.amazonaws.com`'],
    ['Federated', `${iam}:role/node`, 'an identity provider is a SAML or OIDC provider ARN or a host name'],
    [
      'Federated',
      `${iam}:saml-provider/*`,
      'an identity provider is a SAML or OIDC provider ARN or a host name; a principal takes no partial wildcard',
    ],
    ['CanonicalUser', '79a5-9df9', 'a canonical user id is letters and digits'],
  ] as const)('%s %s', (type, text, why) => {
    expect(refusal(Principal.parse(type)(text))).toBe(
      `InvalidPrincipal: \`${text}\` is not a principal: ${why}`,
    )
  })
})

describe('a list of principals', () => {
  it('is put in order of type, each type in the order in which it was written', () => {
    const read = (type: Principal.PrincipalType, text: string) => Principal.parseOrThrow(type)(text)
    const listed = Principal.list([
      read('CanonicalUser', '79a5'),
      read('Service', 'b.amazonaws.com'),
      read('AWS', '111122223333'),
      read('Service', 'a.amazonaws.com'),
      Principal.everyone,
    ])
    expect(listed.map(Principal.show)).toStrictEqual([
      '111122223333',
      '*',
      'b.amazonaws.com',
      'a.amazonaws.com',
      '79a5',
    ])
  })

  it('tells a service from an identity provider of the same host name', () => {
    const [service, provider] = (['Service', 'Federated'] as const).map((type) =>
      answer(Principal.parse(type)('accounts.google.com'), (principal) => principal),
    ) as [Principal.Principal, Principal.Principal]
    expect(Principal.Eq.equals(service, provider)).toBe(false)
    expect(Principal.Ord.compare(service, provider)).toBe(-1)
  })
})
