import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { Algebra } from '../../src/algebra/index.js'
import { accessMatrixOrThrow, Matrix, type MatrixInput, type Verdict } from '../../src/ecr/index.js'
import { Caller } from '../../src/model/index.js'
import { documentsAt } from '../../src/ecr/matrix/matrixFleet.js'
import { fleets, oneByOne } from './fleets.js'

const numRuns = Number(process.env['FLEETS'] ?? 24)

const at = <A>(items: readonly A[], i: number): A => {
  const item = items[i]
  if (item === undefined) throw new Error(`nothing at ${i}`)
  return item
}

const refusalsOf = ({ steps }: Verdict) =>
  steps.flatMap(({ action, decision: { outcome } }) =>
    outcome === 'Allowed' ? [] : [{ action, answer: outcome }],
  )

const where = ({ row, column, operation }: Pick<Matrix.Cell, 'row' | 'column' | 'operation'>) => ({
  row,
  column,
  operation,
})

const shown = ({ row, column, operation, allowed }: Matrix.Cell): string =>
  `${row} ${column} ${operation} ${String(allowed)}`

const sorted = (input: MatrixInput): readonly string[] =>
  Array.from(Matrix.cells(accessMatrixOrThrow(input)), shown).sort()

describe('a matrix', () => {
  it('answers every cell as can, canPull and canPush do', () => {
    const seen = { allowed: 0, refused: 0, shared: 0 }
    fc.assert(
      fc.property(fleets, (input) => {
        const matrix = accessMatrixOrThrow(input)
        const all = Array.from(Matrix.cells(matrix))
        expect(all).toHaveLength(
          input.principals.length * input.repositories.length * matrix.operations.length,
        )
        const answered = all.map(({ allowed, refusals, ...cell }) => ({
          ...where(cell),
          allowed,
          refusals: refusals.filter(({ answer }) => answer !== 'NotAsked'),
        }))
        expect(answered).toEqual(
          all.map((cell) => {
            const verdict = oneByOne(
              input,
              cell.operation,
              at(input.principals, cell.row),
              at(input.repositories, cell.column),
            )
            return { ...where(cell), allowed: verdict.allowed, refusals: refusalsOf(verdict) }
          }),
        )
        seen.allowed += all.filter(({ allowed }) => allowed).length
        seen.refused += all.filter(({ allowed }) => !allowed).length
        const { principals, repositories } = Matrix.classCounts(matrix)
        if (principals < input.principals.length || repositories < input.repositories.length) seen.shared++
      }),
      { numRuns, ...(process.env['FLEETS'] === undefined ? { seed: 20_261_122 } : {}) },
    )
    expect([seen.allowed, seen.refused, seen.shared].every((count) => count > 0)).toBe(true)
  })

  it('is the same put together from shards that went through JSON, in any order', () => {
    fc.assert(
      fc.property(fleets, fc.integer({ min: 1, max: 5 }), (input, count) => {
        const matrix = accessMatrixOrThrow(input)
        const parts = JSON.parse(JSON.stringify(Matrix.shards(count)(matrix))) as readonly Matrix.Shard[]
        const results = JSON.parse(
          JSON.stringify([...parts].reverse().map(Matrix.runShard)),
        ) as readonly Matrix.ShardResult[]
        const merged = Matrix.mergeShards(results)(matrix)
        expect(E.isRight(merged)).toBe(true)
        if (E.isRight(merged))
          expect(Array.from(Matrix.cells(merged.right))).toEqual(Array.from(Matrix.cells(matrix)))
      }),
      { numRuns: numRuns / 2 },
    )
  })

  it('does not depend on the order of callers and repositories', () => {
    fc.assert(
      fc.property(fleets, (input) => {
        const [rows, columns] = [input.principals.length - 1, input.repositories.length - 1]
        const turned = accessMatrixOrThrow({
          ...input,
          principals: [...input.principals].reverse(),
          repositories: [...input.repositories].reverse(),
        })
        const back = Array.from(Matrix.cells(turned), (cell) =>
          shown({ ...cell, row: rows - cell.row, column: columns - cell.column }),
        ).sort()
        expect(back).toEqual(sorted(input))
        expect(Matrix.classCounts(turned)).toEqual(Matrix.classCounts(accessMatrixOrThrow(input)))
      }),
      { numRuns: numRuns / 2 },
    )
  })

  it('has one caller and repository more in no more classes when they were there before', () => {
    fc.assert(
      fc.property(fleets, (input) => {
        const doubled = accessMatrixOrThrow({
          ...input,
          principals: [...input.principals, ...structuredClone(input.principals)],
          repositories: [...structuredClone(input.repositories), ...input.repositories],
        })
        expect(Matrix.classCounts(doubled)).toEqual(Matrix.classCounts(accessMatrixOrThrow(input)))
      }),
      { numRuns: numRuns / 2 },
    )
  })

  it('says the same by caller, by repository, in numbers and as a table', () => {
    fc.assert(
      fc.property(fleets, (input) => {
        const matrix = accessMatrixOrThrow(input)
        const allowed = Array.from(Matrix.cells(matrix)).filter((cell) => cell.allowed)
        for (const { operation, allowed: count } of Matrix.summary(matrix).operations)
          expect(count).toBe(allowed.filter((cell) => cell.operation === operation).length)
        for (const cell of allowed) {
          const who = O.toUndefined(Matrix.whoCan(cell.operation, cell.repository)(matrix)) ?? []
          const isFirst = matrix.repositories.indexOf(cell.repository) === cell.column
          expect(!isFirst || who.includes(cell.principal)).toBe(true)
          const caller = at(matrix.fleet.principals, cell.row).caller
          const what = O.toUndefined(Matrix.whatCan(caller)(matrix)) ?? []
          expect(
            what.some(
              ({ row, repository, operations }) =>
                row === cell.row && repository === cell.repository && operations.includes(cell.operation),
            ),
          ).toBe(true)
          expect(Matrix.verdictAt(cell)(matrix)?.allowed).toBe(true)
        }
      }),
      { numRuns: numRuns / 2 },
    )
  })

  it('lets in, by the exact set of callers, whom it lets in by name', () => {
    const seen = { met: 0, unmet: 0 }
    const ofCallers = /^aws:Principal(Tag|OrgPaths)|^toString/
    fc.assert(
      fc.property(fleets, (input) => {
        const matrix = accessMatrixOrThrow({ ...input, operations: ['pull', 'push'] })
        for (const [row, who] of input.principals.entries()) {
          const { caller, facts } = at(matrix.fleet.principals, row)
          const isPlain = Object.keys(who.context ?? {}).every((key) => ofCallers.test(key))
          const isCommon = !facts.principalAccountIsManagement && !facts.principalIsServiceLinkedRole
          if (!isPlain || !isCommon) continue
          const account = Caller.hasAccount(caller) ? input.accounts?.[caller.account] : undefined
          const { serviceControlPolicies } = account ?? {}
          const policies = {
            ...who,
            identityPolicies: who.identityPolicies ?? [],
            sessionPolicies: who.sessionPolicies ?? [],
          }
          const column = 0
          const operation = row % 2 === 0 ? 'pull' : 'push'
          const needs = Matrix.whoeverCan(operation, at(matrix.repositories, column), {
            identityPolicies: policies.identityPolicies,
            permissionsBoundary: who.permissionsBoundary,
            sessionPolicies: policies.sessionPolicies,
            serviceControlPolicies,
          })(matrix)
          const steps = oneByOne(input, operation, who, at(input.repositories, column)).steps
          for (const { action, residual } of O.toUndefined(needs) ?? []) {
            const step = steps.find((each) => each.action === action)
            if (step === undefined || residual._tag === 'Undecided') continue
            const isMet = Algebra.meets(residual)(step.decision.request)
            expect(`${action} ${String(isMet)}`).toBe(
              `${action} ${String(step.decision.outcome === 'Allowed')}`,
            )
            if (isMet === true) seen.met++
            else seen.unmet++
          }
        }
      }),
      { numRuns: Math.max(10, numRuns / 6), seed: 20_261_122 },
    )
    expect(seen.met > 0 && seen.unmet > 0).toBe(true)
  })

  it('lets a caller, by the exact set of repositories, at those that it lets him at by name', () => {
    const seen = { met: 0, unmet: 0 }
    fc.assert(
      fc.property(fleets, (input) => {
        const operation = 'push-existing-layers'
        const matrix = accessMatrixOrThrow({ ...input, operations: [operation] })
        for (const [column, what] of input.repositories.entries()) {
          const { repository, facts, resourceControlPolicies } = at(matrix.fleet.repositories, column)
          if (repository._tag !== 'Repository') continue
          const row = column % input.principals.length
          const who = at(input.principals, row)
          const isPlain = Object.keys(who.context ?? {}).every((key) => !/^aws:resource/i.test(key))
          if (!isPlain) continue
          const needs = Matrix.whateverCan(operation, at(matrix.fleet.principals, row).caller, {
            resourcePolicy: what.resourcePolicy,
            registryPolicy: what.registryPolicy,
            resourceControlPolicies: resourceControlPolicies.map(documentsAt(matrix.fleet.resource)),
            facts,
          })(matrix)
          const { steps } = oneByOne(input, operation, who, what)
          for (const need of O.toUndefined(needs) ?? []) {
            const step = steps.find(({ action }) => action === need.action)
            if (step === undefined || need.row !== row || need.residual._tag === 'Undecided') continue
            const isMet = Algebra.meets(need.residual)(step.decision.request)
            expect(isMet).toBe(step.decision.outcome === 'Allowed')
            if (isMet === true) seen.met++
            else seen.unmet++
          }
        }
      }),
      { numRuns: Math.max(10, numRuns / 6), seed: 20_261_122 },
    )
    expect(seen.met > 0 && seen.unmet > 0).toBe(true)
  })
})
