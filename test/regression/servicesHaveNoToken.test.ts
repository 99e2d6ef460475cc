/**
 * A service was said to push and to pull by operations that begin with a token, by `canPush`, `canPull`, matrices and `grant`,
 * and not to by `can` and `repair`. A service has no identity policy, hence no token (EX-2, EX-38): what it does is the fetch
 * without one (EX-20), and nothing that takes one.
 */
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import {
  accessMatrixOrThrow,
  can,
  canPull,
  canPush,
  compile,
  grant,
  grantOrThrow,
  Matrix,
  operations,
  repair,
  type OperationId,
} from '../../src/ecr/index.js'
import { access, app, lambda, pullPair, repositoryPolicy, role, token } from './repositoryAccess.js'

const everything = repositoryPolicy({ Principal: { Service: lambda }, Action: 'ecr:*' })
const fetcher = access({ principal: lambda, resourcePolicy: everything })

const takesToken = (id: OperationId): boolean =>
  operations[id].required.some(({ action }) => action === token)

it('a service that may do everything pulls, and cannot push', () => {
  expect([canPull(fetcher, app).allowed, canPush(fetcher, app).allowed]).toEqual([true, false])
  expect(canPush(fetcher, app).missing.map(({ action }) => action)).toEqual([token])
  const ready = compile(fetcher)
  expect([ready.canPull(app), ready.canPush(app), ready.canPush(app, { client: 'classic' })]).toEqual([
    true,
    false,
    false,
  ])
})

it.each([undefined, { layers: 'missing' }, { layers: 'cached' }] as const)(
  'its pull is named by an operation that comes out the same: %o',
  (options) => {
    const { operation, allowed, steps } = canPull(fetcher, app, options)
    expect(takesToken(operation)).toBe(false)
    expect(steps.map(({ action }) => action)).toEqual(pullPair)
    expect(can(operation as 'pull-api', fetcher, app)).toEqual(canPull(fetcher, app, options))
    expect(can('pull', fetcher, app)).toEqual(canPull(fetcher, app))
    expect(allowed).toBe(true)
  },
)

it('what it lacks for a pull can be mended, under whichever of the names', () => {
  const bare = access({ principal: lambda })
  for (const id of ['pull', 'pull-api'] as const)
    expect(repair(id, bare, app)).toMatchObject({ _tag: 'Repair', operation: 'pull-api' })
  expect(repair('pull-tag', bare, app)._tag).toBe('Blocked')
})

it('a matrix says of it what the questions one by one do', () => {
  const matrix = accessMatrixOrThrow({
    principals: [{ principal: lambda }, { principal: role }],
    repositories: [{ repository: app, resourcePolicy: everything }],
    operations: ['pull', 'push', 'pull-tag', 'pull-warm', 'pull-api', 'retag-api'],
  })
  const cells = Array.from(Matrix.cells(matrix)).filter(({ principal }) => principal === lambda)
  expect(cells.flatMap(({ operation, allowed }) => [`${operation} ${String(allowed)}`])).toEqual([
    'pull true',
    'push false',
    'pull-tag false',
    'pull-warm false',
    'pull-api true',
    'retag-api true',
  ])
})

it('nothing is granted to it that it cannot do even so', () => {
  const granted = (Object.keys(operations) as readonly OperationId[]).filter((operation) =>
    E.isRight(grant({ operations: operation, principals: lambda, repositories: arn })),
  )
  expect(granted.filter(takesToken)).toEqual([])
  expect(granted).toContain('pull-api')
})

const arn = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'

it('`pull` is granted to services and roles alike, to each as it pulls', () => {
  const { policies, for: purpose } = grantOrThrow({
    operations: 'pull',
    principals: [lambda, role],
    repositories: arn,
  })
  expect(purpose.operations).toEqual(['pull-tag', 'pull-api'])
  const [own, owners] = policies
  expect(canPull(access({ identityPolicies: [own?.document as never] }), app).allowed).toBe(true)
  const held = access({ principal: lambda, resourcePolicy: owners?.document as never })
  expect(canPull(held, app).allowed).toBe(true)
})
