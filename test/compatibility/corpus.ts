/** The recorded answers: a file for each topic, a line for each question, so that a change reads well in a review. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Json } from './topics.js'

export interface Recorded {
  readonly question: Json
  readonly answer: Json
}

const file = (topic: string): string => fileURLToPath(new URL(`recorded/${topic}.jsonl`, import.meta.url))

export const recorded = (topic: string): readonly Recorded[] =>
  existsSync(file(topic))
    ? readFileSync(file(topic), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Recorded)
    : []

export const record = (topic: string, entries: readonly Recorded[]): void => {
  writeFileSync(file(topic), entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
}
