import { Document } from 'ecr-policy'
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'

/** Each variable was once searched for a quote up to the end of the text: a megabyte of them took seconds. */
it('a resource of a hundred thousand variables is read in linear time (VA-10)', { timeout: 10_000 }, () => {
  const resource = `arn:aws:s3:::${'${a:b}'.repeat(400_000)}`
  const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: resource } }
  expect(E.isRight(Document.parse(policy, 'identity'))).toBe(true)
})

it.each([
  ["${aws:username, 'a}b'}", true],
  ["${aws:username, 'a}", false],
  ["${aws:username}'${aws:userid}", true],
  ['${aws:username', false],
])('a quote counts only inside its own variable: %s', (tail, valid) => {
  const policy = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::b/${tail}` },
  }
  expect(E.isRight(Document.parse(policy, 'identity'))).toBe(valid)
})
