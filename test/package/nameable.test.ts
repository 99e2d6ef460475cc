/** A program that emits declarations of its own can name what the library's functions return, by the namespaces it imports. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const project = mkdtempSync(join(tmpdir(), 'nameable-'))
afterAll(() => {
  rmSync(project, { recursive: true })
})

const source = `
import { Algebra, Document, Ecr, Environment, Policy, Simulator } from 'ecr-policy'

export const draft = Policy.allow({ action: 'ecr:BatchGetImage', resource: '*' })
export const pull = Policy.identityOrThrow([draft])
export const access = Ecr.accessOrThrow({ principal: 'arn:aws:iam::111122223333:role/ci' })
export const repository = Ecr.Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/app')
export const verdict = Ecr.canPull(access, repository)
export const mends = Ecr.repair('pull-tag', access, repository)
export const comparison = Algebra.compare(pull, pull)
export const change = Algebra.diff(pull, pull)
export const small = Algebra.minimize(pull)
export const environment = Environment.make({ identityPolicies: [pull] })
export const compiled = Simulator.compile(environment)
export const text = Document.stringify(pull)
`

it('without an annotation', () => {
  mkdirSync(join(project, 'node_modules'))
  symlinkSync(root, join(project, 'node_modules', 'ecr-policy'))
  const file = join(project, 'program.ts')
  writeFileSync(file, source)
  const program = ts.createProgram([file], {
    declaration: true,
    emitDeclarationOnly: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    outDir: join(project, 'out'),
    skipLibCheck: true,
    strict: true,
    target: ts.ScriptTarget.ES2022,
  })
  const found = [...program.getSemanticDiagnostics(), ...program.getDeclarationDiagnostics()]
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toStrictEqual([])
})
