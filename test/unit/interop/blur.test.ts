import { describe, expect, it } from 'vitest'
import { blur } from '../../../src/interop/blur.js'
import { fill, hole, holesIn, isHole, locate, show } from '../../../src/interop/Hole.js'

const X = hole('UnresolvedReference', 'X')
const allow = { Effect: 'Allow', Action: 'ecr:PutImage', Resource: '*' }

const resourceAtMost = (entry: string): unknown => blur({ ...allow, Resource: [entry] })?.most?.['Resource']

describe('a hole', () => {
  it('is found again', () => {
    expect(holesIn(`a${X}b${X}`)).toStrictEqual([
      { code: 'UnresolvedReference', name: 'X' },
      { code: 'UnresolvedReference', name: 'X' },
    ])
  })

  it('fills what it stands in, or only a part', () => {
    expect([isHole(X), isHole(`${X}${X}`), isHole(`a${X}`), isHole(1)]).toStrictEqual([
      true,
      false,
      false,
      false,
    ])
  })

  it('is shown by its name', () => {
    expect(show(`a${X}b`)).toBe('a${X}b')
  })

  it('leaves other text alone', () => {
    expect(fill(() => '!')('plain')).toBe('plain')
  })

  it('is located in lists, objects and keys', () => {
    expect(locate({ a: [X], [`k/${X}`]: 1 }, '/r').map(({ pointer }) => pointer)).toStrictEqual([
      '/r/a/0',
      '/r/k~1${X}',
    ])
  })
})

describe('a resource with a hole, at most', () => {
  it.each([
    ['a hole alone is anything', X, '*'],
    [
      'a hole at the end',
      `arn:aws:ecr:eu-west-1:111122223333:repository/${X}`,
      'arn:aws:ecr:eu-west-1:111122223333:repository/*',
    ],
    ['whole segments', `arn:aws:ecr:${X}:${X}:repository/app`, 'arn:aws:ecr:*:*:repository/app'],
    [
      'part of a segment, which might end in a colon',
      `arn:aws:ecr:eu-${X}-1:111122223333:repository/app`,
      '*',
    ],
    ['too few segments, since there may be more', `${X}/*`, '*'],
    ['a wildcard before the sixth segment', `arn:aws:ecr:eu-*:${X}:repository/app`, '*'],
    ['a policy variable that may be cut in two', `arn:aws:s3:::\${aws:${X}}/a`, '*'],
  ])('%s', (_, entry, expected) => {
    expect(resourceAtMost(entry)).toStrictEqual([expected])
  })
})

describe('a statement with holes', () => {
  it.each<readonly [string, object, object | undefined, object]>([
    [
      'Action loses entries, or gets wider ones',
      { ...allow, Action: ['ecr:PutImage', `ecr:${X}`] },
      { ...allow, Action: ['ecr:PutImage'] },
      { ...allow, Action: ['ecr:PutImage', 'ecr:*'] },
    ],
    [
      'with no entry left there is no statement',
      { ...allow, Action: X },
      undefined,
      { ...allow, Action: ['*'] },
    ],
    [
      'NotResource excepts more, or less',
      { Effect: 'Allow', Action: '*', NotResource: ['a', X] },
      { Effect: 'Allow', Action: '*', NotResource: ['a', '*'] },
      { Effect: 'Allow', Action: '*', NotResource: ['a'] },
    ],
    [
      'NotAction that excepts nothing is Action',
      { Effect: 'Allow', NotAction: X, Resource: '*' },
      { Effect: 'Allow', NotAction: ['*'], Resource: '*' },
      { Effect: 'Allow', Action: '*', Resource: '*' },
    ],
    [
      'a principal is anybody',
      { ...allow, Principal: { AWS: [X, 'a'] } },
      { ...allow, Principal: { AWS: ['a'] } },
      { ...allow, Principal: '*' },
    ],
    [
      'NotPrincipal is anybody',
      { ...allow, NotPrincipal: { AWS: X } },
      undefined,
      { ...allow, Principal: '*' },
    ],
    [
      'a condition may always hold',
      { ...allow, Condition: { StringEquals: { a: X, b: 'c' } } },
      undefined,
      { ...allow, Condition: { StringEquals: { b: 'c' } } },
    ],
    ['an operator with a hole goes', { ...allow, Condition: { [X]: { a: '1' } } }, undefined, allow],
    ['a Sid says nothing', { ...allow, Sid: X }, allow, allow],
    ['what has no hole stays', allow, allow, allow],
  ])('%s', (_, statement, least, most) => {
    expect(blur(statement)).toStrictEqual({ least, most })
    expect(blur({ ...statement, Effect: 'Deny' })).toStrictEqual({
      least: { ...most, Effect: 'Deny' },
      most: least === undefined ? undefined : { ...least, Effect: 'Deny' },
    })
  })

  it.each([X, { ...allow, Effect: X }, { ...allow, [X]: 1 }, 7])('is not known at all: %j', (statement) => {
    expect(blur(statement)).toBe(undefined)
  })
})
