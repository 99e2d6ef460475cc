/** What the errors of the `...OrThrow` twins look like: in a terminal, in the output of a test, in JSON. */
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Arn, Caller, Document, Ecr, Policy, Request, Scenario } from '../../../src/index.js'

const refused = (run: () => unknown): Error => {
  try {
    run()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('nothing was refused')
}

const unreadable: readonly (readonly [string, () => unknown, string])[] = [
  [
    'Document.parseOrThrow',
    () => Document.parseOrThrow({ Statement: { Effect: 'allow', Action: 'ecr:*', Resource: '*' } }),
    'the policy is not valid: 1 error\n  /Statement/Effect: `allow` is not an effect: it is `Allow` or `Deny` (did you mean `Allow`?) [InvalidEffect]',
  ],
  [
    'Scenario.parseOrThrow',
    () => Scenario.parseOrThrow({}),
    'the scenario is not valid: 1 error\n  (whole input): a scenario needs `request` [MissingElement]',
  ],
  [
    'Policy.identityOrThrow',
    () => Policy.identityOrThrow([Policy.allow({ action: 'ecr:PutImage', resource: 'app' })]),
    'the policy is not valid: 1 error\n  /Statement/0/Resource/0: `app` is not a resource: it is neither `*` nor an ARN [InvalidResource]',
  ],
  [
    'Ecr.Repository.parseOrThrow',
    () => Ecr.Repository.parseOrThrow('app'),
    '`app` is not the address of an image: it reads `HOST/NAME[:TAG][@DIGEST]` (put the registry host and a slash before the name)',
  ],
  ['Arn.parseOrThrow', () => Arn.parseOrThrow('arn'), '`arn` is not an ARN'],
  ['Caller.parseOrThrow', () => Caller.parseOrThrow('node'), '`node` cannot make a request'],
  ['Ecr.accessOrThrow', () => Ecr.accessOrThrow({ principal: 'node' }), '`node` cannot make a request'],
  [
    'Request.makeOrThrow',
    () => Request.makeOrThrow({ principal: 'anonymous', action: 'PutImage', resource: '*' }),
    '`PutImage` is not an action: it reads `service:Name` (did you mean `ecr:PutImage`?)',
  ],
  [
    'Ecr.grantOrThrow',
    () => Ecr.grantOrThrow({ operations: ['pull'], principals: 'node', repositories: 'app' }),
    'this cannot be granted: 2 errors\n  /principals: `node` is not a principal',
  ],
]

describe.each(unreadable)('the error of %s', (_, run, message) => {
  it('says all that is wrong in its message', () => {
    expect(refused(run).message).toContain(message)
  })

  it('begins with it in a terminal, and holds the data below', () => {
    const printed = inspect(refused(run), { colors: false })
    expect(printed.startsWith(`Error: ${message}`)).toBe(true)
    expect(printed).toContain('code: ')
    expect(printed).not.toContain('toJSON')
    expect(printed).not.toContain('[Object]')
  })

  it('is whole in JSON', () => {
    const error = refused(run)
    const json = JSON.parse(JSON.stringify({ error })) as { readonly error: Error }
    expect(json.error).toStrictEqual({
      name: 'Error',
      message: error.message,
      cause: JSON.parse(JSON.stringify(error.cause)) as unknown,
    })
    expect(JSON.stringify(error.cause)).toContain('"code":')
  })

  it('has nothing but what errors have to be copied or compared', () => {
    expect(Object.keys(refused(run))).toStrictEqual([])
  })
})
