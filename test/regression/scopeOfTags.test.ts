/** `HOST/app:v*` means tags, which no policy sees (EX-51); the advice was to ask for `HOST/app:v`, which is no repository's. */
import { expect, it } from 'vitest'
import { grant } from '../../src/ecr/index.js'

it('who asks for some tags of a repository is told that no policy sees them', () => {
  const app = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/app'
  const principals = 'arn:aws:iam::111122223333:role/node'
  const given = grant({ operations: 'pull', principals, repositories: `${app}:v*` })
  expect(given).toMatchObject({ left: [{ suggestion: `no policy sees tags: ask for \`${app}\`` }] })
})
