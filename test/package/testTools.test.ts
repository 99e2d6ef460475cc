/**
 * The matchers in projects of users: in jest as CommonJS and as ES module, in vitest, and for the compiler. Each project
 * has its own test tool beside the package, and neither the other one nor fast-check.
 */
import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { install, pack } from './packed.js'
import { plant, remove, root, runIn } from './scratch.js'
import { complaints } from './surface.js'

const packages = join(root, 'node_modules')

let tarball = ''
let withJest = ''
let withVitest = ''
beforeAll(() => {
  tarball = pack()
  withJest = install(tarball, ['jest'])
  withVitest = install(tarball, ['vitest'])
})
afterAll(() => {
  ;[dirname(tarball), withJest, withVitest].forEach(remove)
})

// ---- the user's tests ----

const image = "'111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1.0'"

/** One test that holds, of every matcher and of an asymmetric one; one that fails. */
const tests = `
const allow = (Action) => ({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } })
const pulling = ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const node = { principal: 'arn:aws:iam::111122223333:role/node', identityPolicies: [allow(pulling)] }

test('the node pulls, and no more', () => {
  expect(node).toAllowPull(${image})
  expect(node).not.toAllowPush(${image})
  expect(node).toAllow({ action: 'ecr:GetAuthorizationToken', resource: '*' })
  expect(allow(pulling)).toBeNoBroaderThan(allow('ecr:*'))
  expect(allow(pulling)).toBeInterchangeableWith(JSON.stringify(allow([...pulling, 'ecr:BatchGetImage'])))
  expect(allow(pulling)).toHaveNoFindings({ severity: 'error' })
  expect({ node }).toEqual({ node: expect.toAllowPull(${image}) })
  expect({ node }).not.toEqual({ node: expect.toAllowPush(${image}) })
})

test('the node pushes', () => {
  expect(node).toAllowPush(${image})
})

test('the policy can be read', () => {
  Document.parseOrThrow({ Statement: { Effect: 'allow', Action: '*', Resource: '*' } })
})
`

interface Outcome {
  readonly name: string
  readonly passed: boolean
  readonly messages: string
}

/** Jest's report in JSON, which is vitest's too. */
interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string
      readonly status: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

const outcomes = (output: string): readonly Outcome[] =>
  (JSON.parse(output.slice(output.indexOf('{'))) as Report).testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ title, status, failureMessages }) => ({
      name: title,
      passed: status === 'passed',
      messages: failureMessages.join('\n'),
    })),
  )

const judged = (found: readonly Outcome[], times: number): void => {
  const of = (name: string) => found.filter((outcome) => outcome.name === name)
  const [holding, failing, unread] = [
    of('the node pulls, and no more'),
    of('the node pushes'),
    of('the policy can be read'),
  ]
  expect(holding.map(({ messages }) => messages)).toStrictEqual(Array.from({ length: times }, () => ''))
  expect(holding.every(({ passed }) => passed)).toBe(true)
  expect(failing).toHaveLength(times)
  failing.forEach(({ passed, messages }) => {
    expect(passed).toBe(false)
    expect(messages).toContain('is not authorized to perform: ecr:PutImage')
    expect(messages).toContain('The smallest mend:')
  })
  expect(unread).toHaveLength(times)
  unread.forEach(({ passed, messages }) => {
    expect(passed).toBe(false)
    expect(messages).toContain('/Statement/Effect: `allow` is not an effect: it is `Allow` or `Deny`')
  })
}

// ---- at run time ----

describe('jest', () => {
  it('runs the matchers in CommonJS, in ES modules, and given by a set-up file', () => {
    plant(withJest, {
      'package.json': '{ "name": "user", "private": true }',
      'jest.config.json': JSON.stringify({
        transform: {},
        testMatch: ['**/*.test.cjs', '**/*.test.mjs'],
        moduleFileExtensions: ['js', 'cjs', 'mjs', 'json'],
        projects: [
          { displayName: 'alone', testMatch: ['**/alone/*.test.*'], transform: {} },
          {
            displayName: 'set up',
            testMatch: ['**/setUp/*.test.*'],
            transform: {},
            setupFilesAfterEnv: ['ecr-policy/jest'],
          },
        ],
      }),
      'alone/required.test.cjs': `require('ecr-policy/jest')\nconst { Document } = require('ecr-policy')\n${tests}`,
      'alone/extended.test.cjs': `const { matchers } = require('ecr-policy/matchers')\nconst { Document } = require('ecr-policy')\nexpect.extend(matchers)\n${tests}`,
      'alone/imported.test.mjs': `import { expect, test } from '@jest/globals'\nimport 'ecr-policy/jest'\nimport { Document } from 'ecr-policy'\n${tests}`,
      'setUp/required.test.cjs': `const { Document } = require('ecr-policy')\n${tests}`,
      'setUp/imported.test.mjs': `import { Document } from 'ecr-policy'\n${tests}`,
    })
    const { stdout, stderr } = runIn(withJest)(
      process.execPath,
      '--experimental-vm-modules',
      join(packages, 'jest', 'bin', 'jest.js'),
      '--config',
      'jest.config.json',
      '--runInBand',
      '--json',
    )
    expect(stdout, stderr).toContain('{')
    judged(outcomes(stdout), 5)
  })
})

describe('vitest', () => {
  it('runs the matchers, imported by a test, extended by hand, and given by a set-up file', () => {
    const head = "import { expect, test } from 'vitest'\nimport { Document } from 'ecr-policy'\n"
    plant(withVitest, {
      'package.json': '{ "name": "user", "private": true, "type": "module" }',
      'vitest.config.mjs': `export default { test: { projects: [
        { test: { name: 'alone', include: ['alone/*.test.js'] } },
        { test: { name: 'set up', include: ['setUp/*.test.js'], setupFiles: ['ecr-policy/vitest'] } },
      ] } }`,
      'alone/imported.test.js': `import 'ecr-policy/vitest'\n${head}${tests}`,
      'alone/extended.test.js': `import { matchers } from 'ecr-policy/matchers'\n${head}expect.extend(matchers)\n${tests}`,
      'setUp/given.test.js': `${head}${tests}`,
    })
    const { stdout, stderr } = runIn(withVitest)(
      process.execPath,
      join(packages, 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=json',
    )
    expect(stdout, stderr).toContain('{')
    judged(outcomes(stdout), 3)
  })
})

// ---- for the compiler ----

/** Uses that compile, and uses that do not. */
const typed = `
const node = { principal: 'arn:aws:iam::111122223333:role/node' }
expect(node).toAllowPull(${image}, { layers: 'cached' })
expect(node).toAllowPull(Ecr.Repository.parseOrThrow(${image}))
expect(node).not.toAllowPush(${image}, { client: 'classic' })
expect(node).toAllow({ action: 'ecr:PutImage', resource: '*', context: { 'aws:SourceVpc': ['vpc-1'] } })
expect('{}').toBeNoBroaderThan({ Statement: [] }, { budget: 10, world: Ecr.typedWorld() })
expect('{}').toBeInterchangeableWith(Document.parseOrThrow('{}'))
expect('{}').toHaveNoFindings({ kind: 'ecr-repository', severity: 'error', except: ['partial-pull'], owner: '111122223333' })
expect({ node }).toEqual({ node: expect.toAllowPull(${image}) })
expect({ node }).toEqual({ node: expect.not.toAllow({ action: 'ecr:PutImage', resource: '*' }) })
// @ts-expect-error -- a repository is needed
expect(node).toAllowPull()
// @ts-expect-error -- there is no such option
expect(node).toAllowPull(${image}, { layers: 'some' })
// @ts-expect-error -- a repository is text or a value
expect(node).toAllowPush(42)
// @ts-expect-error -- a request has a resource
expect(node).toAllow({ action: 'ecr:PutImage' })
// @ts-expect-error -- there is no such rule
expect('{}').toHaveNoFindings({ except: ['no-such-rule'] })
// @ts-expect-error -- there is no such kind
expect('{}').toHaveNoFindings({ kind: 'role' })
// @ts-expect-error -- asymmetric ones take the same
expect({ node }).toEqual({ node: expect.toAllowPull() })
`
const own = "import { Document, Ecr } from 'ecr-policy'\n"
const within = ['/node_modules/ecr-policy/', '/typed']

/** The globals of \`@types/jest\`, as far as they matter here. */
const typesOfJest = `
declare namespace jest {
  interface Matchers<R, T = {}> { toEqual(expected: unknown): R }
  type JestMatchers<T> = Matchers<void, T> & { not: Matchers<void, T> }
  interface Expect { <T = any>(actual: T): JestMatchers<T>; not: Omit<Expect, 'not'> }
}
declare const expect: jest.Expect
`

describe.each(['nodenext', 'bundler'] as const)('under %s the matchers are typed', (module) => {
  // Once is enough for what the declarations of the test tools say about each other.
  const options = { skipLibCheck: module === 'bundler' }

  it.each([
    ['after', `import { expect } from 'vitest'\nimport 'ecr-policy/vitest'`],
    ['before', `import 'ecr-policy/vitest'\nimport { expect } from 'vitest'`],
  ])('for vitest, imported %s it', (order, imports) => {
    plant(withVitest, { [`typed/${order}.mts`]: `${imports}\n${own}${typed}` })
    expect(complaints(withVitest, [`typed/${order}.mts`], module, within, options)).toStrictEqual([])
  })

  it('for @jest/globals', () => {
    ;['@jest/globals', 'expect'].forEach((name) => {
      mkdirSync(dirname(join(withJest, 'node_modules', name)), { recursive: true })
      symlinkSync(join(packages, name), join(withJest, 'node_modules', name))
    })
    try {
      plant(withJest, {
        'typed/jest.mts': `import { expect } from '@jest/globals'\nimport 'ecr-policy/jest'\n${own}${typed}`,
        'typed/jest.cts': `import { expect } from '@jest/globals'\nimport 'ecr-policy/jest'\n${own}${typed}`,
      })
      expect(
        complaints(withJest, ['typed/jest.mts', 'typed/jest.cts'], module, within, options),
      ).toStrictEqual([])
    } finally {
      ;['@jest/globals', 'expect'].forEach((name) => remove(join(withJest, 'node_modules', name)))
    }
  })

  it('for the globals of @types/jest', () => {
    plant(withJest, {
      'types/jest.d.ts': typesOfJest,
      'typed/globals.mts': `import 'ecr-policy/jest'\n${own}${typed}`,
    })
    const found = complaints(withJest, ['types/jest.d.ts', 'typed/globals.mts'], module, ['/typed'], options)
    expect(found).toStrictEqual([])
  })
})
