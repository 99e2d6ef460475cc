/** What a letter that stands for every value of a variable may prove. */
import { describe, expect, it } from 'vitest'
import { literalsOf } from '../../../src/algebra/regionElement.js'
import { spaceOf, type Part } from '../../../src/algebra/certificateSpace.js'
import type { Assignment } from '../../../src/algebra/variables.js'
import { wellFormed } from '../../../src/algebra/World.js'
import { parseOrThrow } from '../../../src/codec/document.js'
import { Budget } from '../../../src/pattern/index.js'

const repository = (name: string): string => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`

/** The elements of a statement that are no trivial ones. */
const partsOf = (holds: boolean, fields: object): readonly Part[] => {
  const { statements, version } = parseOrThrow(
    { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*', ...fields } },
    'identity',
  )
  return statements
    .flatMap((statement) => literalsOf({ statement, version }))
    .filter(({ element }) => 'condition' in element || ('Resource' in fields && element._tag === 'Resource'))
    .map(({ element }) => ({ element, holds, atLeast: 'Account' }))
}

/** How it is shown, if it is, that nothing has the one and none of the others, where `v:team` has some one value. */
const shown = (inside: object, ...outside: readonly object[]): string | undefined => {
  const parts = [...partsOf(true, inside), ...outside.flatMap((fields) => partsOf(false, fields))]
  const ground = { parts, world: wellFormed, listed: new Set<string>(), unread: new Set<string>() }
  const assignment: Assignment = new Map([['v:team', { _tag: 'Opaque' }]])
  const counter = Budget.start(Budget.standard.limit)
  return spaceOf({ ...ground, counter }, { assignment, group: undefined }, false)?.refute(parts)?._tag
}

describe('for every value of a variable nothing is', () => {
  const at = (...names: readonly string[]) => ({ Resource: names.map(repository) })
  const like = (...values: readonly string[]) => ({ Condition: { StringLike: { 'v:a': values } } })

  it.each([
    ['of it and not of `*`', at('${v:team}'), at('*')],
    ['of it and not of `*`, beside what counts letters', at('${v:team}'), at('?', '*')],
    ['of it with an end and not of `*` with the end', at('${v:team}/a'), at('*/a')],
    ['of a key that is it and not like `*`', like('${v:team}'), like('*')],
  ])('%s', (_name, inside, outside) => {
    expect(shown(inside, outside)).toBe('Letter')
  })

  it.each([
    ['of it and not of one letter', at('${v:team}'), at('?')],
    ['of it and not of some letters', at('${v:team}'), at('?*')],
    ['of it and not of another text', at('${v:team}'), at('team')],
    ['of a key that is it and not of one letter', like('${v:team}'), like('?')],
    [
      'of a key that is it and of another text',
      like('${v:team}'),
      { Condition: { StringNotLike: { 'v:a': 'q*' } } },
    ],
    [
      'of a key that is it and of another text, as a list',
      like('${v:team}'),
      { Condition: { 'ForAnyValue:StringNotLike': { 'v:a': 'q*' } } },
    ],
  ])('but that is not said %s', (_name, inside, outside) => {
    expect(shown(inside, outside)).toBeUndefined()
  })
})
