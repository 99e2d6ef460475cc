/** What a statement says of every request is known when it is compiled. */
import { describe, expect, it } from 'vitest'
import { parseOrThrow } from '../../../src/codec/index.js'
import { Glob } from '../../../src/pattern/index.js'
import { compileStatement } from '../../../src/simulator/compileStatement.js'
import { always, never } from '../../../src/simulator/compileTest.js'
import { own } from './support.js'

const compiled = (fields: object, kind: 'identity' | 'resource' = 'identity') => {
  const { version, statements } = parseOrThrow(
    { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ecr:*', ...fields } },
    kind,
  )
  return compileStatement(version)(statements[0])
}
const known: readonly unknown[] = [always, never]
const condition = { Condition: { StringEquals: { 'aws:username': 'alice' } } }

describe('a statement', () => {
  it('that covers everything, with no condition, always holds', () => {
    expect(compiled({ Resource: '*' }).test).toBe(always)
    expect(compiled({ Resource: [own, '*'] }).test).toBe(always)
    expect(compiled({ Resource: '*', Principal: { AWS: ['111122223333', '*'] } }, 'resource').test).toBe(
      always,
    )
  })
  it('that leaves everything out never does', () => {
    expect(compiled({ NotResource: '*', ...condition }).test).toBe(never)
    expect(compiled({ NotResource: [own, '*'] }).test).toBe(never)
  })
  it('is open else, and what must hold besides its resources may be known', () => {
    const named = { Resource: '*', Principal: { AWS: '111122223333' } }
    const open = [
      compiled({ Resource: own }),
      compiled({ Resource: '*', ...condition }),
      compiled(named, 'resource'),
    ]
    expect(open.map(({ test }) => known.includes(test))).toEqual([false, false, false])
    expect(open.map(({ rest }) => rest === always)).toEqual([true, false, false])
  })
  it('tells its globs where they are the same for all requests', () => {
    expect(compiled({ Resource: [own, '*'] }).globs?.map(Glob.show)).toEqual([own, '*'])
    expect(compiled({ Resource: [own, 'arn:aws:ecr:*:*:repository/${aws:username}'] }).globs).toBeUndefined()
    expect(compiled({ NotResource: own }).globs).toBeUndefined()
    expect(compiled({ Principal: '*' }, 'resource').globs).toBeUndefined()
  })
})
