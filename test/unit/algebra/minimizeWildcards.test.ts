import { describe, expect, it } from 'vitest'
import { writeWildcards } from '../../../src/algebra/minimizeWildcards.js'
import { parseOrThrow } from '../../../src/codec/document.js'

const catalogue = [
  ...['ecr:PutImage', 'ecr:PutLifecyclePolicy', 'ecr:UploadLayerPart', 'ecr:GetImage', 'ecr:GetURLForLayer'],
  ...['ecr:GetURLPart', 's3:GetObject', 's3:GetObjectTagging', 's3:PutObject'],
]

const written = (
  Action: string | readonly string[],
  more: object = {},
  known: readonly string[] = catalogue,
): readonly string[] => {
  const { statements } = parseOrThrow(
    { Statement: { Effect: 'Allow', Action, Resource: '*', ...more } },
    'identity',
  )
  return writeWildcards(known, statements, [[]]).statements.flatMap(({ action }) => action.patterns)
}

describe('actions written with wildcards', () => {
  it.each([
    ['all of a word', ['ecr:PutImage', 'ecr:PutLifecyclePolicy'], ['ecr:Put*']],
    ['all of a service', catalogue.filter((action) => action.startsWith('ecr:')), ['ecr:*']],
    ['all of two services', catalogue, ['ecr:*', 's3:*']],
    ['what other wildcards listed', ['ecr:PutI*', 'ecr:PutLifecycle*'], ['ecr:Put*']],
    ['in any letter case', ['ECR:putimage', 'ecr:PUTlifecyclepolicy'], ['ecr:Put*']],
    [
      'what is left beside',
      ['ecr:PutImage', 'ecr:PutLifecyclePolicy', 'ecr:GetImage'],
      ['ecr:GetImage', 'ecr:Put*'],
    ],
    [
      'what the catalogue does not know beside',
      ['ecr:PutImage', 'ecr:PutLifecyclePolicy', 'x:y'],
      ['ecr:Put*', 'x:y'],
    ],
  ])('%s', (_name, actions, expected) => {
    expect([...written(actions)].sort()).toEqual(expected)
  })

  it.each<[string, readonly string[], (readonly string[])?]>([
    ['a single action, though no other begins with its first word', ['ecr:UploadLayerPart']],
    ['two single actions', ['ecr:UploadLayerPart', 'ecr:GetImage']],
    ['a part of what a word begins', ['ecr:GetImage', 'ecr:GetURLPart']],
    ['names of which one begins with the other', ['s3:GetObject']],
    ['words of which a capital is the end', ['ecr:GetURLForLayer', 'ecr:GetURLPart']],
    ['up to a digit, where no word ends', ['x:Get2a', 'x:Get2b'], ['x:Put']],
    ['all actions', ['*']],
    ['unknown actions', ['x:aB', 'x:aC']],
  ])('but not %s', (_name, actions, more: readonly string[] = []) => {
    const known = more.length === 0 ? catalogue : [...actions, ...more]
    expect(written(actions, {}, known)).toEqual(actions)
  })

  it.each(['A', 'M', 'Z'])('up to a word that begins with any capital, as with %s', (first) => {
    const both = [`x:Get${first}a`, `x:Get${first}b`]
    expect(written(both, {}, [...both, 'x:Put'])).toEqual(['x:Get*'])
  })

  it('but not what is left out', () => {
    const left = ['ecr:PutImage', 'ecr:PutLifecyclePolicy']
    expect(written('*', { Action: undefined, NotAction: left })).toEqual(left)
  })

  it('each with the step that tells what stands for what', () => {
    const { statements } = parseOrThrow(
      {
        Statement: {
          Effect: 'Allow',
          Action: ['ecr:PutImage', 'ecr:PutLifecyclePolicy', 'ecr:GetImage'],
          Resource: '*',
        },
      },
      'identity',
    )
    expect(writeWildcards(catalogue, statements, [[]]).steps).toEqual([
      {
        _tag: 'Wildcards',
        statements: [],
        patterns: ['ecr:Put*'],
        values: ['ecr:PutImage', 'ecr:PutLifecyclePolicy'],
      },
    ])
  })
})
