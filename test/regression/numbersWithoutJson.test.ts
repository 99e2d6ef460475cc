import { describe, expect, it } from 'vitest'
import { CloudFormation } from '../../src/interop.js'
import { plain } from '../../src/codec/index.js'
import * as E from 'fp-ts/lib/Either.js'

describe('what JSON has no form for', () => {
  it.each([[1n], [Symbol('x')], [(): number => 1]])('is refused where it stands: %s', (value) => {
    const read = plain({ Resources: { a: [0, value] } })
    expect(E.isLeft(read) && read.left.map(({ code, pointer }) => [code, pointer])).toStrictEqual([
      ['InvalidType', '/Resources/a/1'],
    ])
  })

  it('is shown by a preview as nothing', () => {
    expect(CloudFormation.preview({ 'Fn::Nope': [1n] })).toBeUndefined()
  })
})
