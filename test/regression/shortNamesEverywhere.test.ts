/**
 * The short names that `grant` takes were unknown to `can` and `repair`, which answered a program without types that nothing
 * could be asked.
 */
import { expect, it } from 'vitest'
import { can, compile, operations, repair, Repository, shortNames } from '../../src/ecr/index.js'
import { access, app, identityPolicy } from './repositoryAccess.js'

const admin = access({ identityPolicies: [identityPolicy({ Action: '*' })] })
const nobody = access({})
const other = Repository.parseOrThrow(`arn:aws:ecr:eu-west-1:444455556666:repository/app`)

type Name = Exclude<keyof typeof shortNames, 'copy'>
const names = Object.keys(shortNames).filter((name): name is Name => name !== 'copy')

it.each(names)('`%s` is asked about by that name, and mended', (name) => {
  const [first] = shortNames[name]
  for (const held of [nobody, admin]) {
    expect(can(name, held, app)).toEqual(can(first, held, app))
    expect(can(name, app)(held)).toEqual(can(first, held, app))
    expect(repair(name, held, app)).toEqual(repair(first, held, app))
    expect(compile(held).can(name, app)).toBe(can(first, held, app).allowed)
  }
  expect(can(name, nobody, app).steps).toHaveLength(operations[first].required.length)
})

it('so is a copy, from where and to where', () => {
  const both = { source: { repository: app }, destination: { repository: other } }
  expect(can('copy', admin, both)).toEqual(can('copy-crane', admin, both))
  expect(can('copy', admin, both).steps).toHaveLength(operations['copy-crane'].required.length)
})

it('a function runs an image of its own account or of another, as the repository is', () => {
  expect(can('lambda', nobody, app).operation).toBe('lambda-same-account')
  expect(can('lambda', nobody, other).operation).toBe('lambda-cross-account')
  const held = access({ principal: 'lambda.amazonaws.com' })
  expect(repair('lambda', held, app)).toMatchObject({ _tag: 'Repair', operation: 'lambda-same-account' })
})

it('what is no name is none', () => {
  for (const name of ['toString', '__proto__', 'pul']) {
    expect(can(name as 'pull', admin, app)).toMatchObject({ allowed: false, steps: [] })
    expect(compile(admin).can(name as 'pull', app)).toBe(false)
    expect(repair(name as 'pull', admin, app)).toMatchObject({
      _tag: 'Blocked',
      by: [{ why: 'NoOperation' }],
    })
  }
})
