/** A byte order mark within a name is invisible, as a zero-width space is; it was read as a blank, since `\s` has it. */
import { expect, it } from 'vitest'
import { diagnose } from '../../src/ecr/index.js'

it('a name with a byte order mark in it is one name', () => {
  const caller = 'arn:aws:iam::111122223333:user/bob'
  const [{ caller: by, action }] = diagnose(
    `User: ${caller.replace('user', 'us\ufeffer')} is not authorized to perform: ecr:\ufeffPutImage`,
  )
  expect([by, action]).toEqual([caller, 'ecr:PutImage'])
})
