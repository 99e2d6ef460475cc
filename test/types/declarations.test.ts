/**
 * What is exported says its type where it stands: declarations can be written file by file, and what a reader sees in an
 * editor is what was meant. The compiler holds `src` to it (`.config/tsconfig.src.json`), but for the testing kit, which
 * that run leaves out for the types of Node that the test tools bring along.
 */
import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, it } from 'vitest'

const kit = new URL('../../src/testing/', import.meta.url)
const files = [
  new URL('../testing.ts', kit),
  ...readdirSync(kit).flatMap((name) => (name.endsWith('.ts') ? [new URL(name, kit)] : [])),
]

const faults = (text: string): readonly string[] =>
  ts
    .transpileDeclaration(text, {
      reportDiagnostics: true,
      compilerOptions: { declaration: true, isolatedDeclarations: true, module: ts.ModuleKind.NodeNext },
    })
    .diagnostics?.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')) ?? []

it('declarationsOfTheTestingKitStandByThemselves', () => {
  expect(files.length).toBeGreaterThan(15)
  expect(files.flatMap((file) => faults(readFileSync(file, 'utf8')))).toEqual([])
})

it('a type that the compiler has to work out from a call is a fault', () => {
  expect(faults('export const now = Object.freeze([1])')).toHaveLength(1)
})
