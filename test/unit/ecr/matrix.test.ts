import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import {
  accessMatrix,
  accessMatrixOrThrow,
  Matrix,
  type MatrixInput,
  type MatrixPrincipal,
  type MatrixRepository,
} from '../../../src/ecr/index.js'
import { Algebra } from '../../../src/algebra/index.js'
import type { Document } from '../../../src/model/index.js'
import { doc, granting, identity } from './documents.js'

const account = '111122223333'
const admin = doc(identity('Allow', ['*'], ['*']))
const roles = (count: number, policy: Document.IdentityDocument = admin): readonly MatrixPrincipal[] =>
  Array.from({ length: count }, (_, i) => ({
    principal: `arn:aws:iam::${account}:role/r${i}`,
    identityPolicies: [structuredClone(policy)],
  }))
const repositories = (count: number, rest: Partial<MatrixRepository> = {}): readonly MatrixRepository[] =>
  Array.from({ length: count }, (_, i) => ({
    repository: `arn:aws:ecr:eu-west-1:${account}:repository/app-${i}`,
    ...structuredClone(rest),
  }))

const matrixOf = (input: Partial<MatrixInput>) =>
  accessMatrixOrThrow({
    principals: roles(10),
    repositories: repositories(10),
    operations: ['pull', 'push'],
    ...input,
  })

const counts = (input: Partial<MatrixInput>): readonly [number, number] => {
  const { principals, repositories: columns } = Matrix.classCounts(matrixOf(input))
  return [principals, columns]
}

const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const arn = (i: number): string => `arn:aws:iam::${account}:role/r${i}`

describe('layers', () => {
  const pulling = doc(identity('Allow', [...pull, 'ecr:GetAuthorizationToken'], ['*']))
  const idle = doc(identity('Allow', ['s3:*'], ['*']))
  const allowed = (input: Partial<MatrixInput>): readonly boolean[] =>
    [
      ...Matrix.cells(
        matrixOf({ principals: roles(1), repositories: repositories(1), operations: ['pull'], ...input }),
      ),
    ]
      .sort((a, b) => a.row - b.row)
      .map((cell) => cell.allowed)

  it.each<readonly [string, readonly (readonly Document.IdentityDocument[])[], boolean]>([
    ['every level allows', [[admin], [pulling]], true],
    [
      'one document of each level allows',
      [
        [idle, admin],
        [pulling, idle],
      ],
      true,
    ],
    ['the first level is silent', [[idle], [admin]], false],
    ['the second level is silent', [[admin], [idle]], false],
    ['a level has no document', [[admin], []], false],
    ['there is no level', [], true],
  ])('service control policies: %s', (_, serviceControlPolicies, expected) => {
    expect(allowed({ accounts: { [account]: { serviceControlPolicies } } })).toEqual([expected])
  })

  it('roles with layers of the same sorts are decided by what stands in their own', () => {
    const [role] = roles(1)
    const all = [
      [admin, pulling, admin],
      [idle, admin, admin],
      [pulling, idle, admin],
      [pulling, admin, idle],
      [admin, admin, pulling],
    ] as const
    const principals = all.map(([own, permissionsBoundary, session], i) => ({
      ...role,
      principal: arn(i),
      identityPolicies: [own],
      permissionsBoundary,
      sessionPolicies: [session],
    }))
    expect(allowed({ principals })).toEqual([true, false, false, false, true])
  })
})

describe('classes', () => {
  it.each<readonly [string, Partial<MatrixInput>, readonly [number, number]]>([
    ['equal roles and equal repositories are one class each', {}, [1, 1]],
    [
      'a policy about other services tells nobody apart',
      {
        principals: roles(10).map((role, i) => ({
          ...role,
          identityPolicies: [admin, doc(identity('Allow', ['s3:GetObject'], [`arn:aws:s3:::b${i}/*`]))],
        })),
      },
      [1, 1],
    ],
    [
      'a repository policy about other actions tells nothing apart',
      {
        repositories: [
          ...repositories(5),
          ...repositories(10, { resourcePolicy: doc(granting('Deny', ['*'], ['ecr:Delete*'])) }).slice(5),
        ],
      },
      [1, 1],
    ],
    [
      'a boundary tells apart even if it says nothing of the action',
      {
        principals: roles(10).map((role, i) => ({
          ...role,
          permissionsBoundary: i === 0 ? doc(identity('Allow', ['s3:*'], ['*'])) : undefined,
        })),
      },
      [2, 1],
    ],
    [
      'a repository policy tells apart whom it names, by role',
      { repositories: repositories(10, { resourcePolicy: doc(granting('Deny', [arn(3)], pull)) }) },
      [2, 1],
    ],
    [
      'a condition on aws:PrincipalArn tells apart whom it fits',
      {
        principals: roles(10, doc(identity('Allow', ['*'], ['*'], ['ArnLike', 'aws:PrincipalArn', arn(1)]))),
      },
      [2, 1],
    ],
    [
      'a tag tells apart where a condition reads it',
      {
        principals: roles(
          10,
          doc(identity('Allow', ['*'], ['*'], ['StringEquals', 'aws:ResourceTag/team', 'a'])),
        ),
        repositories: repositories(10).map((one, i) => ({ ...one, tags: { team: i < 5 ? 'a' : `b${i}` } })),
      },
      [1, 2],
    ],
    [
      'a tag that no condition reads tells nothing apart',
      { repositories: repositories(10).map((one, i) => ({ ...one, tags: { team: `${i}` } })) },
      [1, 1],
    ],
    [
      'a list of repositories tells apart those on it',
      {
        principals: roles(
          10,
          doc(
            identity(
              'Allow',
              ['*'],
              [0, 1, 2].map((i) => `arn:aws:ecr:eu-west-1:${account}:repository/app-${i}`),
            ),
          ),
        ),
      },
      [1, 2],
    ],
    [
      'a variable groups callers and repositories by what it stands for',
      {
        principals: roles(
          10,
          doc(identity('Allow', ['*'], ['arn:aws:ecr:*:*:repository/app-${aws:PrincipalTag/n}'])),
        ).map((role, i) => ({ ...role, context: { 'aws:PrincipalTag/n': `${i % 3}` } })),
      },
      [3, 4],
    ],
    [
      'what a service asks in its own name has none of the caller’s policies in it',
      {
        principals: roles(10).map((role, i) =>
          i < 5 ? role : { ...role, identityPolicies: [doc(identity('Deny', ['*'], ['*']))] },
        ),
        repositories: repositories(10, {
          resourcePolicy: doc(granting('Allow', ['lambda.amazonaws.com'], pull)),
        }),
        operations: ['lambda-same-account'],
      },
      [1, 1],
    ],
    [
      'accounts that own nothing are alike',
      {
        principals: ['444455556666', '777788889999'].map((id) => ({
          principal: `arn:aws:iam::${id}:role/r`,
          identityPolicies: [admin],
        })),
      },
      [1, 1],
    ],
  ])('%s', (_, input, expected) => {
    expect(counts(input)).toEqual(expected)
  })

  it('are made of documents that are held once, be they equal by value only', () => {
    const resourcePolicy = doc(granting('Allow', [account], pull))
    const { identity: own, resource } = matrixOf({ repositories: repositories(3, { resourcePolicy }) }).fleet
    expect([own, resource]).toEqual([[admin], [resourcePolicy]])
  })

  it('tell nobody from a service, who is not asked for a token (EX-20)', () => {
    const principals = ['anonymous', 'lambda.amazonaws.com'].map((principal) => ({ principal }))
    const cells = Array.from(Matrix.cells(matrixOf({ principals, operations: ['pull'] })))
    expect(cells.filter(({ column }) => column === 0).map(({ refusals }) => refusals.length)).toEqual([3, 2])
  })

  it('follow NotResource', () => {
    const statement = identity('Allow', ['*'], [`arn:aws:ecr:eu-west-1:${account}:repository/app-4`])
    const policy = doc({ ...statement, resource: { ...statement.resource, _tag: 'NotResource' as const } })
    expect(counts({ principals: roles(10, policy) })).toEqual([1, 2])
    const matrix = matrixOf({ principals: roles(1, policy) })
    expect(
      Array.from(Matrix.cells(matrix))
        .filter((cell) => !cell.allowed)
        .map(({ column }) => column),
    ).toEqual([4, 4])
  })
})

describe('a key that a caller gives', () => {
  it('is not taken for one that follows from him: his account is not that of the resource', () => {
    const foreign = 'arn:aws:ecr:eu-west-1:444455556666:repository/app'
    const own = doc(identity('Allow', ['*'], ['*'], ['StringEquals', 'aws:ResourceAccount', account]))
    const [role] = roles(1, own)
    const matrix = matrixOf({
      principals: role === undefined ? [] : [{ ...role, context: { 'aws:ResourceAccount': account } }, role],
      repositories: [
        {
          repository: foreign,
          resourcePolicy: doc(
            granting('Allow', [account], ['ecr:*'], {
              tests: [['StringEquals', 'aws:ResourceAccount', '444455556666']],
            }),
          ),
        },
      ],
      operations: ['tag-list'],
    })
    expect(Matrix.classCounts(matrix).principals).toBe(2)
    for (const cell of Matrix.cells(matrix))
      expect(Matrix.verdictAt(cell)(matrix)?.allowed).toBe(cell.allowed)
  })
})

describe('cells', () => {
  it('come one by one, and stop when nobody pulls', () => {
    const first = Matrix.cells(matrixOf({})).next().value
    expect(first).toEqual({
      principal: arn(0),
      repository: `arn:aws:ecr:eu-west-1:${account}:repository/app-0`,
      operation: 'pull',
      row: 0,
      column: 0,
      allowed: true,
      refusals: [],
    })
  })

  it('tell how far they are', () => {
    const seen: Matrix.Progress[] = []
    const matrix = matrixOf({ principals: roles(2) })
    Array.from(Matrix.cells(matrix, { onProgress: (progress) => seen.push(progress) }))
    const classes = { principals: 1, repositories: 1, decisions: 2 }
    expect(seen).toEqual([
      { done: 20, total: 40, classes },
      { done: 40, total: 40, classes },
    ])
  })

  it('end when cancelled', () => {
    let asked = 0
    expect(Array.from(Matrix.cells(matrixOf({}), { isCancelled: () => asked++ === 3 }))).toHaveLength(6)
  })

  it('end when a signal says so, as that of an AbortController does', () => {
    const controller = new AbortController()
    const taken: Matrix.Cell[] = []
    for (const cell of Matrix.cells(matrixOf({}), { signal: controller.signal })) {
      taken.push(cell)
      if (taken.length === 7) controller.abort()
    }
    expect(taken).toHaveLength(8)
  })

  it('say what is refused, and the verdict says why', () => {
    const matrix = matrixOf({ principals: roles(1, doc(identity('Allow', ['ecr:Get*'], ['*']))) })
    const cell = Array.from(Matrix.cells(matrix))[0]
    expect(cell?.refusals).toEqual([{ action: 'ecr:BatchGetImage', answer: 'ImplicitlyDenied' }])
    expect(cell && Matrix.verdictAt(cell)(matrix)?.missing.map(({ action }) => action)).toEqual([
      'ecr:BatchGetImage',
    ])
  })
})

describe('replication', () => {
  const other = '444455556666'
  const registry = (who: string) =>
    doc(granting('Allow', [who], ['ecr:ReplicateImage'], { resources: ['*'] }))
  const replicated = (who: string, policy: Document.IdentityDocument): readonly (boolean | undefined)[] => {
    const matrix = matrixOf({
      principals: roles(2, policy),
      repositories: [
        { repository: `arn:aws:ecr:eu-west-1:${other}:repository/app`, registryPolicy: registry(who) },
      ],
      operations: ['replication-cross-account'],
    })
    return Array.from(Matrix.cells(matrix), (cell) => {
      expect(Matrix.verdictAt(cell)(matrix)?.allowed).toBe(cell.allowed)
      return cell.allowed
    })
  }

  it('is up to the registry policy alone, whatever the caller may do himself (EC-5)', () => {
    expect(replicated(account, doc(identity('Deny', ['*'], ['*'])))).toEqual([true, true])
    expect(replicated('777788889999', admin)).toEqual([false, false])
  })

  it('is decided in shards as in one place', () => {
    const matrix = matrixOf({
      principals: [...roles(1), { principal: `arn:aws:iam::${other}:role/x` }],
      repositories: [account, other].map((owner) => ({
        repository: `arn:aws:ecr:eu-west-1:${owner}:repository/app`,
        registryPolicy: registry(account),
      })),
      operations: ['replication-cross-account', 'pull'],
    })
    const results = Matrix.shards(3)(matrix).map(Matrix.runShard)
    const merged = Matrix.mergeShards(results)(matrix)
    expect(E.isRight(merged) && Array.from(Matrix.cells(merged.right))).toEqual(
      Array.from(Matrix.cells(matrix)),
    )
  })
})

describe('questions to a matrix', () => {
  const matrix = matrixOf({
    principals: [
      ...roles(2),
      ...roles(4, doc(identity('Allow', ['ecr:Get*', 'ecr:BatchGetImage'], ['*']))).slice(2),
    ],
    repositories: repositories(2),
  })

  it('whoCan names callers, and is none where the matrix cannot tell', () => {
    const repository = `${account}.dkr.ecr.eu-west-1.amazonaws.com/app-1`
    expect(Matrix.whoCan('push', repository)(matrix)).toEqual(O.some([arn(0), arn(1)]))
    expect(Matrix.whoCan('pull', repository)(matrix)).toEqual(O.some([0, 1, 2, 3].map(arn)))
    expect(Matrix.whoCan('catalog', repository)(matrix)).toEqual(O.none)
    expect(Matrix.whoCan('pull', `arn:aws:ecr:eu-west-1:${account}:repository/other`)(matrix)).toEqual(O.none)
    expect(Matrix.whoCan('pull', 'x')(matrix)).toEqual(O.none)
  })

  it('whatCan lists repositories, and is none where the matrix cannot tell', () => {
    const granted = matrix.repositories.map((repository) => ({ row: 2, repository, operations: ['pull'] }))
    expect(Matrix.whatCan(arn(2))(matrix)).toEqual(O.some(granted))
    expect(Matrix.whatCan(arn(9))(matrix)).toEqual(O.none)
    const ofOne = identity('Allow', ['*'], [`arn:aws:ecr:eu-west-1:${account}:repository/app-1`])
    const narrow = matrixOf({ principals: roles(1, doc(ofOne)), operations: ['delete-image'] })
    const [one] = O.toUndefined(Matrix.whatCan(arn(0))(narrow)) ?? []
    expect(O.toUndefined(Matrix.whatCan(arn(0))(narrow))).toHaveLength(1)
    expect(one?.repository).toBe(narrow.repositories[1])
    expect(Matrix.whatCan('x')(matrix)).toEqual(O.none)
  })

  it('summary counts, toTable groups', () => {
    expect(Matrix.summary(matrix).operations).toEqual([
      { operation: 'pull', cells: 8, allowed: 8 },
      { operation: 'push', cells: 8, allowed: 4 },
    ])
    expect(Matrix.toTable(matrix)).toEqual({
      columns: [matrix.repositories],
      rows: [
        { principals: [arn(0), arn(1)], cells: [['pull', 'push']] },
        { principals: [arn(2), arn(3)], cells: [['pull']] },
      ],
    })
  })

  it('an empty fleet has no cells', () => {
    const empty = matrixOf({ principals: [], repositories: [] })
    expect(Array.from(Matrix.cells(empty))).toEqual([])
    expect(Matrix.summary(empty).operations.map(({ cells }) => cells)).toEqual([0, 0])
  })
})

describe('reading', () => {
  it.each<readonly [string, Partial<MatrixInput>, string]>([
    ['a caller', { principals: [{ principal: 'nobody' }] }, 'InvalidCaller'],
    ['a repository', { repositories: [{ repository: 'arn:aws:s3:::b' }] }, 'InvalidArn'],
    ['an account', { accounts: { '42': {} } }, 'InvalidAccountId'],
  ])('refuses %s that is none', (_, input, code) => {
    const read = accessMatrix({ principals: [], repositories: [], operations: [], ...input })
    expect(E.isLeft(read) && read.left.code).toBe(code)
  })
})

describe('shards', () => {
  const matrix = matrixOf({})
  const results = Matrix.shards(3)(matrix).map(Matrix.runShard)

  it('are refused when one is missing', () => {
    expect(Matrix.mergeShards(results.slice(1))(matrix)).toEqual(E.left({ _tag: 'Missing', indices: [0] }))
    expect(Matrix.mergeShards([])(matrix)).toEqual(E.left({ _tag: 'Missing', indices: [0] }))
  })

  it('are refused when they are of another matrix', () => {
    const other = matrixOf({ principals: roles(10, doc(identity('Allow', ['ecr:*'], ['*']))) })
    expect(Matrix.mergeShards(results)(other)).toEqual(E.left({ _tag: 'OtherMatrix', index: 0 }))
  })

  it('are told from those of another matrix by the least difference', () => {
    const other = matrixOf({ repositories: repositories(10, { tags: { a: 'b' } }) })
    const alike = matrixOf({ repositories: repositories(10, { tags: { b: 'a' } }) })
    const parts = Matrix.shards(2)(other).map(Matrix.runShard)
    expect(E.isRight(Matrix.mergeShards(parts)(other))).toBe(true)
    expect(Matrix.mergeShards(parts)(alike)).toEqual(E.left({ _tag: 'OtherMatrix', index: 0 }))
  })

  it('leave nothing to decide', () => {
    const policies = [admin, doc(identity('Allow', ['ecr:*'], ['*'])), doc(identity('Allow', pull, ['*']))]
    const whole = matrixOf({
      principals: policies.map((policy, i) => ({ principal: arn(i), identityPolicies: [policy] })),
      operations: ['pull', 'push', 'lambda-same-account'],
    })
    const undecided = {
      ...whole,
      questions: whole.questions.map((question) => ({
        ...question,
        decide: () => () => {
          throw new Error('decided again')
        },
      })),
    }
    const merged = Matrix.mergeShards(Matrix.shards(2)(whole).map(Matrix.runShard))(undecided)
    expect(E.isRight(merged) && Array.from(Matrix.cells(merged.right))).toEqual(
      Array.from(Matrix.cells(whole)),
    )
  })

  it('are plain data, and so is what they come to: JSON and structured cloning lose nothing', () => {
    for (const data of [...Matrix.shards(2)(matrix), ...results]) {
      expect(structuredClone(data)).toStrictEqual(data)
      expect(JSON.parse(JSON.stringify(data))).toEqual(data)
    }
    const cloned = structuredClone(Matrix.shards(3)(matrix)).map(Matrix.runShard)
    expect(cloned).toEqual(results)
  })

  it('come together to what one would come to, and nothing is left to ask', () => {
    const many = matrixOf({
      principals: [
        admin,
        doc(identity('Allow', ['ecr:*'], ['*'])),
        doc(identity('Allow', pull, ['*'])),
      ].flatMap((policy, i) => roles(1, policy).map((one) => ({ ...one, principal: arn(i) }))),
    })
    const rows = (count: number): readonly (readonly string[])[] => {
      const parts = Matrix.shards(count)(many).map(Matrix.runShard)
      return many.questions.map((_, i) => parts.flatMap(({ questions }) => questions[i] ?? []).sort())
    }
    expect(rows(3)).toEqual(rows(1))
    expect(rows(7)).toEqual(rows(1))
    expect(rows(1).flat().length).toBeGreaterThan(0)
    expect(
      rows(1)
        .flat()
        .every((row) => row.length > 0),
    ).toBe(true)
  })

  it('hold one caller of a class only', () => {
    expect(Matrix.shards(1)(matrix).map(({ fleet }) => fleet.principals.length)).toEqual([1])
  })
})

describe('beside the callers and repositories that a matrix knows', () => {
  const other = '444455556666'
  const root = 'the caller is of kind RootUser and caller and resource are of SameAccount'
  const anybody =
    'the caller is of kind User or RoleSession or ServiceLinkedRole and caller and resource are of SameAccount'
  const anything = 'the resource is of kind Other or Role and caller and resource are of SameAccount'
  const nothing = 'the resource is of kind None'
  const tagged = identity('Allow', ['*'], ['*'], ['StringEquals', 'aws:ResourceTag/team', 'a'])
  const shown = (needs: O.Option<readonly Matrix.CallerNeed[]>): readonly (readonly string[])[] | undefined =>
    O.toUndefined(needs)?.map(({ residual }) =>
      Algebra.showResidual(residual)
        .split(/^allowed if and only if (?:one of these holds:\n {2}- )?|\n {2}- /)
        .filter((way) => way !== ''),
    )

  it.each<readonly [string, Partial<MatrixRepository>, Matrix.CallerPolicies, readonly string[]]>([
    [
      'whom a policy names, and the root user',
      { resourcePolicy: doc(granting('Allow', [arn(1)], ['ecr:*'])) },
      {},
      [`${anybody} and Principal is ${arn(1)}, named himself`, root],
    ],
    [
      'everybody with such policies',
      { tags: { team: 'a' } },
      { identityPolicies: [doc(tagged)] },
      [anybody, root],
    ],
    ['the root user where it has not the tag', {}, { identityPolicies: [doc(tagged)] }, [root]],
  ])('whoever can is: %s', (_, rest, policies, ways) => {
    const matrix = matrixOf({ operations: ['delete-image'], repositories: repositories(1, rest) })
    expect(shown(Matrix.whoeverCan('delete-image', matrix.repositories[0] ?? '', policies)(matrix))).toEqual([
      ways,
    ])
  })

  it('whoever can replicate is: whose account the registry policy names, whatever he may do himself (EC-5)', () => {
    const registryPolicy = doc(granting('Allow', [other], ['ecr:ReplicateImage'], { resources: ['*'] }))
    const id = 'replication-cross-account'
    const matrix = matrixOf({ operations: [id], repositories: repositories(1, { registryPolicy }) })
    const [ways] = shown(Matrix.whoeverCan(id, matrix.repositories[0] ?? '')(matrix)) ?? []
    expect(ways).toContain(`${anybody.replace('SameAccount', 'CrossAccount')} and Principal is ${other}`)
  })

  it.each<readonly [string, Partial<MatrixPrincipal>, Partial<MatrixInput>, readonly string[]]>([
    [
      'he brings himself is known, whatever the name of a tag',
      {
        context: { 'aws:PrincipalTag/aws:resource': 'a' },
        identityPolicies: [
          doc(identity('Allow', ['*'], ['*'], ['StringEquals', 'aws:PrincipalTag/aws:resource', 'a'])),
        ],
      },
      {},
      [anything, nothing],
    ],
    [
      'follows from the repository is not, whatever he says of it',
      {
        context: { 'aws:RequestedRegion': 'eu-west-1' },
        identityPolicies: [
          doc(identity('Allow', ['*'], ['*'], ['StringEquals', 'aws:RequestedRegion', 'us-east-1'])),
        ],
      },
      {},
      [anything, nothing].map((way) => `${way} and aws:RequestedRegion StringEquals us-east-1`),
    ],
    [
      'the endpoint lets through is all',
      {},
      { endpointPolicies: [doc(granting('Allow', ['*'], ['s3:*'], { resources: ['*'] }))] },
      ['never allowed'],
    ],
  ])('whatever a caller can: what %s', (_, rest, input, ways) => {
    const principals = roles(1).map((role) => ({ ...role, ...rest }))
    const matrix = matrixOf({ operations: ['delete-image'], principals, ...input })
    expect(shown(Matrix.whateverCan('delete-image', arn(0))(matrix))).toEqual([ways])
  })

  it('nothing is told of what a matrix does not have', () => {
    const matrix = matrixOf({ operations: ['delete-image'] })
    const repository = matrix.repositories[0] ?? ''
    expect([
      Matrix.whoeverCan('push', repository)(matrix),
      Matrix.whoeverCan('delete-image', `${repository}-x`)(matrix),
      Matrix.whateverCan('push', arn(0))(matrix),
      Matrix.whateverCan('delete-image', arn(99))(matrix),
    ]).toEqual([O.none, O.none, O.none, O.none])
  })
})
