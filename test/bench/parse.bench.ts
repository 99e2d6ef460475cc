/**
 * Reading policies, beside `JSON.parse` of the same text, which is the yardstick: up to 4 times as long to a checked
 * document, up to 6 times to a first decision with it.
 */
import { bench, describe } from 'vitest'
import { parseOrThrow } from '../../src/codec/index.js'
import { Environment, Request } from '../../src/model/index.js'
import { Simulator } from '../../src/simulator/index.js'
import { managed } from './workloads.js'

const names = ['app', 'web', 'api', 'worker', 'batch', 'cache', 'queue', 'edge', 'auth', 'mail']
const actions = [
  'BatchGetImage',
  'GetDownloadUrlForLayer',
  'BatchCheckLayerAvailability',
  'PutImage',
  'ListImages',
]

const nameAt = (i: number): string => names[i % names.length] ?? ''

const statementAt = (i: number): object => ({
  Sid: `Repository${i}`,
  Effect: i % 7 === 6 ? 'Deny' : 'Allow',
  Action: actions.filter((_, k) => k <= i % actions.length).map((name) => `ecr:${name}`),
  Resource: [
    `arn:aws:ecr:eu-west-1:111122223333:repository/${nameAt(i)}/${nameAt(i * 3)}-${i}`,
    `arn:aws:ecr:eu-central-1:111122223333:repository/${nameAt(i * 7)}-${i}/*`,
  ],
  ...(i % 3 === 0
    ? {
        Condition: {
          StringEquals: { 'aws:PrincipalTag/team': [`team-${i}`, nameAt(i)] },
          Bool: { 'aws:SecureTransport': 'true' },
        },
      }
    : {}),
})

const principalAt = (i: number): object => ({
  Principal:
    i % 3 === 0
      ? { Service: 'codebuild.amazonaws.com' }
      : { AWS: [`arn:aws:iam::111122223333:role/ci-${i}`] },
})

/** A policy of so many characters and a few more. */
const textOf = (size: number, member: (i: number) => object): string => {
  const statements: string[] = [] // local mutation: until it is long enough
  for (let length = 0; length < size; length += (statements.at(-1) ?? '').length)
    statements.push(JSON.stringify({ ...statementAt(statements.length), ...member(statements.length) }))
  return `{"Version":"2012-10-17","Statement":[${statements.join(',')}]}`
}

const caller = 'arn:aws:iam::111122223333:role/node'
const request = Request.makeOrThrow({
  principal: caller,
  action: 'ecr:BatchGetImage',
  resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app/app-0',
})

const decide = (text: string): unknown =>
  Simulator.decide(Environment.make({ identityPolicies: [parseOrThrow(text, 'identity')] }), request)

const each = (texts: readonly string[], work: (text: string) => unknown) => (): void => {
  for (const text of texts) work(text)
}

const brief = { time: 300 }

describe.each([
  ['1 kB', 1_000],
  ['10 kB', 10_000],
  ['100 kB', 100_000],
  ['1 MB', 1_000_000],
])('a policy of %s', (_, size) => {
  const text = textOf(size, () => ({}))
  const indented = JSON.stringify(JSON.parse(text), undefined, 2)
  const attached = textOf(size, principalAt)
  bench(
    'JSON.parse',
    each([text], (json) => JSON.parse(json)),
    brief,
  )
  bench(
    'parse',
    each([text], (json) => parseOrThrow(json)),
    brief,
  )
  bench('parse and decide', each([text], decide), brief)
  bench(
    'JSON.parse, indented',
    each([indented], (json) => JSON.parse(json)),
    brief,
  )
  bench(
    'parse, indented',
    each([indented], (json) => parseOrThrow(json)),
    brief,
  )
  bench(
    'JSON.parse, with principals',
    each([attached], (json) => JSON.parse(json)),
    brief,
  )
  bench(
    'parse, with principals',
    each([attached], (json) => parseOrThrow(json)),
    brief,
  )
})

describe('the latest version of every managed policy of 1 kB and more', () => {
  const texts = Array.from(managed().values())
    .map((versions) => JSON.stringify(versions.at(-1), undefined, 4))
    .filter((text) => text.length >= 1_000)
  bench(
    'JSON.parse',
    each(texts, (json) => JSON.parse(json)),
    brief,
  )
  bench(
    'parse',
    each(texts, (json) => parseOrThrow(json)),
    brief,
  )
  bench('parse and decide', each(texts, decide), brief)
})
