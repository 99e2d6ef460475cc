/**
 * Nobody in particular was said to retag, delete and scan images where a repository policy lets everybody in. A private registry
 * turns unsigned requests away before it reads a policy (EX-58).
 */
import { describe, expect, it } from 'vitest'
import {
  accessMatrixOrThrow,
  can,
  canPull,
  canPush,
  compile,
  explain,
  failures,
  Matrix,
  operations,
  renderRepair,
  repair,
  type MatrixOperation,
} from '../../src/ecr/index.js'
import { access, app, repositoryPolicy } from './repositoryAccess.js'

const everybody = repositoryPolicy({ Principal: '*', Action: 'ecr:*' })
const nobody = access({ principal: 'anonymous', resourcePolicy: everybody })

const asked = ['retag-api', 'delete-image', 'scan-basic', 'lifecycle-preview', 'catalog', 'pull-api'] as const

describe.each(asked)('%s', (operation) => {
  it('is nothing that an unsigned request does', () => {
    const verdict = can(operation, nobody, app)
    expect(verdict.allowed).toBe(false)
    expect(verdict.missing.map(({ action, policyTypes }) => [action, policyTypes])).toEqual(
      operations[operation].required.map(({ action }) => [action, []]),
    )
    expect(explain(verdict)).toContain('[EX-58]')
    expect(compile(nobody).can(operation, app)).toBe(false)
  })

  it('is helped by no statement, and said to be refused without a reason', () => {
    for (const held of [nobody, access({ principal: 'anonymous' })])
      expect(repair(operation, held, app)).toMatchObject({
        _tag: 'Blocked',
        by: operations[operation].required.map(() => ({ _tag: 'Hopeless', why: 'Unsigned', rule: 'EX-58' })),
        remaining: [],
        alternatives: [],
      })
    expect(renderRepair(repair(operation, nobody, app))).toContain('[EX-58]')
    expect(failures(can(operation, nobody, app))[0]?.policyType).toBeUndefined()
  })
})

it('nor is a pull or a push', () => {
  expect([canPull(nobody, app).allowed, canPush(nobody, app).allowed]).toEqual([false, false])
})

it('a matrix says so, whoever else is in it', () => {
  const names: readonly MatrixOperation[] = ['pull', 'push', 'public-pull', ...asked]
  const matrix = accessMatrixOrThrow({
    principals: ['accounts.google.com', 'anonymous', 'lambda.amazonaws.com'].map((principal) => ({
      principal,
    })),
    repositories: [{ repository: app, resourcePolicy: everybody }],
    operations: names,
  })
  for (const cell of Matrix.cells(matrix)) {
    expect(cell.allowed).toBe(Matrix.verdictAt(cell)(matrix)?.allowed)
    if (cell.principal === 'anonymous')
      expect([cell.operation, cell.allowed]).toEqual([cell.operation, cell.operation === 'public-pull'])
  }
})

it('anybody who signs is let in by the same policy', () => {
  const stranger = access({
    principal: 'arn:aws:iam::111122223333:user/alice',
    resourcePolicy: everybody,
  })
  for (const operation of ['retag-api', 'delete-image'] as const)
    expect(can(operation, stranger, app).allowed).toBe(true)
})
