import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { parseOrThrow } from '../../../src/codec/index.js'
import {
  accessMatrixOrThrow,
  Matrix,
  type MatrixInput,
  type MatrixPrincipal,
  type MatrixRepository,
} from '../../../src/ecr/index.js'
import { oneByOne } from '../../property/fleets.js'
import { doc, granting, identity } from './documents.js'

const [here, there] = ['111122223333', '444455556666']
const admin = doc(identity('Allow', ['*'], ['*']))
const role = (name: string, account = here): string => `arn:aws:iam::${account}:role/${name}`
const who = (principal: string, rest: Partial<MatrixPrincipal> = {}): MatrixPrincipal => ({
  principal,
  identityPolicies: [admin],
  ...rest,
})
const what = (
  name: string,
  rest: Partial<MatrixRepository> = {},
  account = here,
  region = 'eu-west-1',
): MatrixRepository => ({
  repository: `arn:aws:ecr:${region}:${account}:repository/${name}`,
  ...rest,
})
const publicApp = `arn:aws:ecr-public::${here}:repository/app`

const only = (...test: readonly [string, string, ...string[]]) => doc(identity('Allow', ['*'], ['*'], test))
const everybody = doc(granting('Allow', ['*'], ['ecr:*']))
const resource = (statement: object) =>
  parseOrThrow(
    { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ecr:*', ...statement } },
    'ecr-repository',
  )
const lambdaFor = (test: object) =>
  resource({ Principal: { Service: 'lambda.amazonaws.com' }, Condition: test })
const registry = (...actions: readonly string[]) =>
  doc(granting('Allow', [there], actions, { resources: ['*'] }))

/** The cells as rows of signs, repository by repository, after each was found to be what the verdict on it is. */
const table = (input: MatrixInput): readonly string[] => {
  const matrix = accessMatrixOrThrow(input)
  const cells = Array.from(Matrix.cells(matrix)).sort((a, b) => a.row - b.row)
  const signs = input.principals.map((principal, row) =>
    cells
      .filter((cell) => cell.row === row)
      .map(({ operation, column, allowed, refusals }) => {
        const repository = input.repositories[column]
        const verdict = repository && oneByOne(input, operation, principal, repository)
        expect([operation, row, column, allowed]).toEqual([operation, row, column, verdict?.allowed])
        const its = Matrix.verdictAt({ row, column, operation })(matrix)
        expect([its?.operation, its?.steps]).toEqual([verdict?.operation, verdict?.steps])
        expect(refusals.filter(({ answer }) => answer !== 'NotAsked')).toEqual(
          verdict?.steps.flatMap(({ action, decision: { outcome } }) =>
            outcome === 'Allowed' ? [] : [{ action, answer: outcome }],
          ),
        )
        return allowed ? '+' : '-'
      })
      .join(''),
  )
  return signs
}

describe('callers and repositories that differ in one thing only are told apart by it:', () => {
  it.each<readonly [string, MatrixInput, readonly string[]]>([
    [
      'the account of the repository, which a request for a token has only if it is the caller’s',
      {
        principals: [here, there].map((account) =>
          who(role('r', account), { identityPolicies: [only('StringEquals', 'aws:ResourceAccount', here)] }),
        ),
        repositories: [here, there].map((account) => what('app', { resourcePolicy: everybody }, account)),
        operations: ['delete-image', 'pull'],
      },
      ['++--', '+-+-'],
    ],
    [
      'its Region',
      {
        principals: [
          who(role('r'), { identityPolicies: [only('StringEquals', 'aws:RequestedRegion', 'us-east-1')] }),
        ],
        repositories: ['eu-west-1', 'us-east-1'].map((region) => what('app', {}, here, region)),
        operations: ['delete-image', 'pull'],
      },
      ['--++'],
    ],
    [
      'its tags, which are no matter to a token',
      {
        principals: [
          who(role('r'), { identityPolicies: [only('StringEqualsIfExists', 'ecr:ResourceTag/team', 'a')] }),
          who(role('s'), { identityPolicies: [only('StringEquals', 'aws:ResourceTag/team', 'a')] }),
        ],
        repositories: ['a', 'b'].map((team) => what(`app-${team}`, { tags: { team } })),
        operations: ['delete-image', 'docker-login'],
      },
      ['++-+', '+---'],
    ],
    [
      'the role that a repository policy names, each its own',
      {
        principals: ['r', 's'].map((name) => who(role(name), { identityPolicies: [] })),
        repositories: ['r', 's', 't'].map((name) =>
          what(`app-${name}`, { resourcePolicy: doc(granting('Allow', [role(name)], ['ecr:*'])) }),
        ),
        operations: ['delete-image'],
      },
      ['+--', '-+-'],
    ],
    [
      'the path of a role, as far as the request tells it',
      {
        principals: [{}, { 'aws:PrincipalArn': role('team/r') }].map((context) =>
          who(`arn:aws:sts::${here}:assumed-role/r/i`, { identityPolicies: [], context }),
        ),
        repositories: [role('r'), role('team/r')].map((name, i) =>
          what(`app-${i}`, { resourcePolicy: doc(granting('Allow', [name], ['ecr:*'])) }),
        ),
        operations: ['delete-image'],
      },
      ['++', '-+'],
    ],
    [
      'a boundary, which no NotPrincipal of a Deny spares (PR-11)',
      {
        principals: [undefined, admin].map((permissionsBoundary) => who(role('r'), { permissionsBoundary })),
        repositories: [
          what('app', {
            resourcePolicy: resource({ Effect: 'Deny', NotPrincipal: { AWS: [role('r'), here] } }),
          }),
        ],
        operations: ['delete-image'],
      },
      ['+', '-'],
    ],
    [
      'whether a statement names everybody or nobody',
      {
        principals: [who(role('r', there))],
        repositories: [{ Principal: '*' }, { NotPrincipal: '*' }, { Principal: { AWS: [here, '*'] } }].map(
          (element, i) => what(`app-${i}`, { resourcePolicy: resource(element) }),
        ),
        operations: ['delete-image'],
      },
      ['+-+'],
    ],
    [
      'a variable of the version that knows it',
      {
        principals: (['2012-10-17', '2008-10-17'] as const).map((version) => {
          const policy = doc(
            identity('Allow', ['*'], ['arn:aws:ecr:*:*:repository/app-${aws:PrincipalTag/team}']),
          )
          return who(role('r'), {
            identityPolicies: [{ ...policy, version }],
            context: { 'aws:PrincipalTag/team': 'a' },
          })
        }),
        repositories: [what('app-a'), what('app-b')],
        operations: ['delete-image'],
      },
      ['+-', '--'],
    ],
    [
      'the sort of repository, whichever stands first',
      {
        principals: [
          who(role('r'), {
            identityPolicies: [
              doc(
                identity('Allow', ['ecr-public:*', 'sts:*'], [publicApp, '*']),
                identity('Allow', ['ecr:*'], [`arn:aws:ecr:eu-west-1:${here}:repository/app`]),
              ),
            ],
          }),
          who(role('s'), { identityPolicies: [doc(identity('Allow', ['ecr-public:Get*', 'sts:*'], ['*']))] }),
        ],
        repositories: [{ repository: publicApp }, what('app'), what('web')],
        operations: ['delete-image', 'pull', 'push', 'public-pull', 'public-push'],
      },
      ['-+++++--+----+-', '-+-+----+----+-'],
    ],
  ])('%s', (_, input, signs) => {
    expect(table(input)).toEqual(signs)
  })
})

describe('where a service asks', () => {
  it.each<readonly [string, MatrixInput, readonly string[]]>([
    [
      'on its own, it needs no token, and is told apart by whom it works for',
      {
        principals: [here, there].map((account) => ({
          principal: 'lambda.amazonaws.com',
          context: { 'aws:SourceAccount': account },
        })),
        repositories: [
          what('any', { resourcePolicy: lambdaFor({}) }),
          what('own', { resourcePolicy: lambdaFor({ StringEquals: { 'aws:SourceAccount': here } }) }),
        ],
        operations: ['pull', 'push', 'pull-tag', 'lambda-same-account'],
      },
      ['+--++--+', '+-------'],
    ],
    [
      'on its own, for whom the owner of the repository is taken to let it work',
      {
        principals: [{ principal: 'lambda.amazonaws.com' }, { principal: 'anonymous' }],
        repositories: [here, there].flatMap((account) =>
          [here, there].map((other) =>
            what(
              `app-${other}`,
              {
                resourcePolicy: lambdaFor({
                  ArnLike: {
                    'aws:SourceArn': `arn:aws:lambda:\${aws:RequestedRegion}:${other}:function:*`,
                  },
                }),
              },
              account,
            ),
          ),
        ),
        operations: ['pull'],
      },
      ['+--+', '----'],
    ],
    [
      'for a caller, it has none of his policies, and names his account and the Region of the repository (U-33)',
      {
        principals: [
          who(role('r')),
          who(role('s'), { identityPolicies: [doc(identity('Deny', ['*'], ['*']))] }),
          who(role('r', there)),
          who(role('r'), { context: { 'aws:SourceAccount': there } }),
          who(role('r'), {
            context: { 'aws:SourceAccount': here },
            identityPolicies: [only('StringEquals', 'aws:SourceAccount', here)],
          }),
        ],
        repositories: [
          lambdaFor({ StringEquals: { 'aws:SourceAccount': here } }),
          lambdaFor({ ArnLike: { 'aws:SourceArn': `arn:aws:lambda:us-east-1:${here}:function:*` } }),
          lambdaFor({ ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:${aws:RequestedRegion}:*:function:*' } }),
        ].flatMap((resourcePolicy, i) =>
          ['eu-west-1', 'us-east-1'].map((region) => what(`app-${i}`, { resourcePolicy }, here, region)),
        ),
        operations: ['lambda-same-account', 'lambda-cross-account'],
      },
      ['++++--++++++', '+-+---+-+-+-', '------------', '---------+-+', '+-+---+-+-+-'],
    ],
  ])('%s', (_, input, signs) => {
    expect(table(input)).toEqual(signs)
  })
})

describe('the flow of decisions', () => {
  it('looks at a registry policy of scope V1 for some actions only (U-14)', () => {
    const input = (registryPolicyScope: 'V1' | 'V2'): MatrixInput => ({
      principals: [who(role('r', there))],
      repositories: [what('app', { registryPolicy: registry('ecr:*') })],
      operations: ['create-on-push', 'delete-image'],
      accounts: { [here]: { registryPolicyScope } },
    })
    expect([table(input('V1')), table(input('V2'))]).toEqual([['--'], ['++']])
  })

  it('has no SCP in the way of the role that replicates (SC-6)', () => {
    const input: MatrixInput = {
      principals: [who(role('r', there), { identityPolicies: [] })],
      repositories: [what('app', { registryPolicy: registry('ecr:ReplicateImage') })],
      operations: ['replication-cross-account'],
      accounts: { [there]: { serviceControlPolicies: [[doc(identity('Deny', ['*'], ['*']))]] } },
    }
    expect(table(input)).toEqual(['+'])
  })
})

describe('what is looked at once for many', () => {
  const team = (principal: string, its: string, ...more: readonly ReturnType<typeof doc>[]) =>
    who(role(principal), {
      identityPolicies: [only('StringEquals', 'aws:PrincipalTag/team', 'a'), ...more] as never,
      context: { 'aws:PrincipalTag/team': its },
    })
  const unrelated = doc(identity('Deny', ['ecr:*'], ['arn:aws:ecr:us-east-1:*:*']))
  const layer = doc(identity('Allow', ['s3:*'], ['*']))

  it.each<readonly [string, MatrixInput, readonly string[]]>([
    [
      'one of a group of callers has policies of his own, the others have not',
      {
        principals: [team('r', 'a', unrelated), team('s', 'a'), team('t', 'b')],
        repositories: [what('app')],
        operations: ['delete-image'],
      },
      ['+', '+', '-'],
    ],
    [
      'one of two callers has a boundary',
      {
        principals: [who(role('r')), who(role('s'), { permissionsBoundary: layer })],
        repositories: [what('app')],
        operations: ['delete-image'],
      },
      ['+', '-'],
    ],
    [
      'one of two callers has a session policy, the first',
      {
        principals: [who(role('r'), { sessionPolicies: [layer] }), who(role('s'))],
        repositories: [what('app')],
        operations: ['delete-image'],
      },
      ['-', '+'],
    ],
    [
      'a last policy that takes in all actions',
      {
        principals: [
          who(role('r'), {
            identityPolicies: [doc(identity('Allow', ['ecr:BatchDeleteImage', 'ecr:GetAuth*'], ['*']))],
          }),
          who(role('s'), { identityPolicies: [doc(identity('Allow', ['ecr:*'], ['*']))] }),
        ],
        repositories: [what('app')],
        operations: ['delete-image', 'tag-list'],
      },
      ['+-', '++'],
    ],
  ])('%s', (_, input, signs) => {
    expect(table(input)).toEqual(signs)
  })

  it('statements in another order make no other class', () => {
    const [one, other] = [identity('Allow', ['ecr:*'], ['*']), identity('Deny', ['ecr:PutImage'], ['*'])]
    const matrix = accessMatrixOrThrow({
      principals: [doc(one, other), doc(other, one)].map((policy, i) =>
        who(role(`r-${i}`), { identityPolicies: [policy] }),
      ),
      repositories: [what('app')],
      operations: ['push'],
    })
    expect(Matrix.classCounts(matrix)).toMatchObject({ principals: 1, repositories: 1 })
  })

  it('what a caller can anywhere is told of what he asks on repositories himself', () => {
    const matrix = accessMatrixOrThrow({
      principals: [who(role('r'), { identityPolicies: [] })],
      repositories: [what('app')],
      operations: ['pull', 'lambda-cross-account'],
    })
    const actions = (operation: 'pull' | 'lambda-cross-account') =>
      O.toUndefined(Matrix.whateverCan(operation, role('r'))(matrix))?.map(({ action }) => action)
    const pair = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
    expect([actions('pull'), actions('lambda-cross-account')]).toEqual([pair, pair])
  })
})

describe('a large fleet', () => {
  it('keeps apart more combinations of policies than there are situations', () => {
    const few = Array.from({ length: 2 ** 8 }, (_, i) => i)
    const others = few.slice(1).map((i) =>
      who(role(`r-${i}`), {
        identityPolicies: [doc(identity('Allow', ['ecr:*'], [`arn:aws:ecr:*:*:x-${i}`]))],
      }),
    )
    const input: MatrixInput = {
      principals: [
        who(role('r')),
        who(role('r', there)),
        ...others,
        who(role('s'), { identityPolicies: [] }),
      ],
      repositories: few.map((i) =>
        what(`app-${i}`, {
          resourcePolicy: doc(granting('Allow', [here, there, role(`x-${i}`)], ['ecr:*'])),
        }),
      ),
      operations: ['delete-image'],
    }
    const at = Matrix.outcomesAt(accessMatrixOrThrow(input))
    const allowed = [0, 1, input.principals.length - 1].map((row) => at(row)(0)[0]?.allowed)
    expect(allowed).toEqual([true, true, false])
  })
})
