/** The compiler is a test too: does it refuse a mutant? */
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { textWith, type Mutant } from './mutants.js'

/** What is merely left over by a mutant makes it no error: those are for tests to notice. */
const tolerant = { noUnusedLocals: false, noUnusedParameters: false, allowUnreachableCode: true }

/** A question for the compiler, who reads the library once. Only the mutant's own file is looked at. */
export const refusedByTypes = (root: string): ((mutant: Mutant) => boolean) => {
  const configFile = `${root}.config/tsconfig.src.json`
  const { config } = ts.readConfigFile(configFile, ts.sys.readFile) as { readonly config: unknown }
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, `${root}.config`)
  const changed = new Map<string, { readonly version: number; readonly text: string }>()
  const service = ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => ({ ...options, ...tolerant }),
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => fileNames,
    getScriptVersion: (file) => String(changed.get(file)?.version ?? 0),
    getScriptSnapshot: (file) =>
      ts.sys.fileExists(file)
        ? ts.ScriptSnapshot.fromString(changed.get(file)?.text ?? readFileSync(file, 'utf8'))
        : undefined,
  })
  const put = (file: string, text: string): void => {
    changed.set(file, { version: (changed.get(file)?.version ?? 0) + 1, text })
  }
  return (mutant) => {
    put(mutant.fileName, textWith(mutant))
    const found = service.getSemanticDiagnostics(mutant.fileName).length
    put(mutant.fileName, readFileSync(mutant.fileName, 'utf8'))
    return found > 0
  }
}
