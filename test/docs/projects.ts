/**
 * What a page has its reader do in a project of their own: files to write (a fence with `title="name"`), commands to run
 * there (`sh run`, or `sh fails` where failing is the point), and what a command prints (`text output` behind it).
 */
import { title } from './blocks.js'

export interface Command {
  /** The line of the page on which it stands, from 1. */
  readonly line: number
  readonly text: string
  readonly fails: boolean
  /** Lines that are printed, in this order, among others. */
  readonly prints: readonly string[]
}

export interface Project {
  readonly files: Readonly<Record<string, string>>
  readonly commands: readonly Command[]
}

const fence = /^(`{3,})([a-z]*)([^\n`]*)\n([\s\S]*?)^\1[ \t]*$/gmu

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '')

const nameIn = (words: readonly string[]): string | undefined =>
  words.flatMap((word) => title.exec(word)?.[1] ?? []).at(0)

const withOutput = (commands: readonly Command[], prints: readonly string[]): readonly Command[] => {
  const last = commands.at(-1)
  if (last === undefined) throw new Error('an output stands behind no command')
  return [...commands.slice(0, -1), { ...last, prints }]
}

export const projectOf = (text: string): Project =>
  [...text.matchAll(fence)].reduce<Project>(
    ({ files, commands }, match) => {
      const [, , language = '', rest = '', code = ''] = match
      const words = rest.trim().split(/\s+/u)
      const name = nameIn(words)
      if (name !== undefined) return { files: { ...files, [name]: code }, commands }
      if (language === 'text' && words.includes('output'))
        return { files, commands: withOutput(commands, lines(code)) }
      if (language !== 'sh' || !words.some((word) => ['run', 'fails'].includes(word)))
        return { files, commands }
      const line = text.slice(0, match.index).split('\n').length + 1
      return {
        files,
        commands: [...commands, { line, text: code, fails: words.includes('fails'), prints: [] }],
      }
    },
    { files: {}, commands: [] },
  )

/** The lines that are not printed where they should be. */
export const notPrinted = (prints: readonly string[], output: string): readonly string[] => {
  const printed = output.split('\n').map((line) => line.trim())
  let next = 0 // where the search for the next line begins
  return prints.filter((wanted) => {
    const found = printed.findIndex((line, index) => index >= next && line.includes(wanted.trim()))
    if (found >= 0) next = found + 1
    return found < 0
  })
}
