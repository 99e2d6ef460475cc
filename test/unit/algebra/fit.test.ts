import { describe, expect, it } from 'vitest'
import { fit, renderFit } from '../../../src/algebra/fit.js'
import { interchangeable } from '../../../src/algebra/compare.js'
import { mergeAll } from '../../../src/algebra/merge.js'
import { parse, parseOrThrow } from '../../../src/codec/document.js'
import { size, stringify, toJson } from '../../../src/model/DocumentJson.js'
import { Quota, PolicyKind } from '../../../src/model/index.js'

const repo = (name: string) => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`
const names = (count: number, length = 12) =>
  Array.from({ length: count }, (_, i) => repo(`service-${String(i).padStart(length, '0')}`))
const identity = (...statements: readonly object[]) =>
  parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'identity')
const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
})
const fitting = (result: ReturnType<ReturnType<typeof fit>>) => {
  if (result._tag !== 'Fits') throw new Error(renderFit(result))
  return result
}
const own = (statements: readonly object[]) =>
  parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'resource')

describe('size, limit and number (U-32)', () => {
  it.each<[PolicyKind.PolicyKind, number | undefined, number | undefined]>([
    ['managed', 6144, 10],
    ['inline-user', 2048, 1],
    ['inline-role', 10_240, 1],
    ['inline-group', 5120, 1],
    ['boundary', 6144, 1],
    ['session', 2048, 1],
    ['scp', 10_240, 5],
    ['rcp', 5120, 5],
    ['trust', 2048, 1],
    ['endpoint', 20_480, 1],
    ['ecr-repository', 10_240, 1],
    ['ecr-registry', 10_240, 1],
    ['identity', undefined, undefined],
    ['resource', undefined, undefined],
    ['s3-bucket', undefined, undefined],
  ])('%s: %s characters, %s of them', (kind, limit, attachable) => {
    expect(Quota.limit(kind)).toBe(limit)
    expect(Quota.of(kind)?.attachable).toBe(attachable)
  })

  it('there is a row for every kind', () => {
    expect(PolicyKind.policyKinds).toHaveLength(15)
  })

  it('a character beyond the first plane counts once', () => {
    const document = own([{ Sid: '\u{1f600}', Effect: 'Allow', Principal: '*', Action: 'ecr:PutImage' }])
    expect(size(document)).toBe(stringify(document).length - 1)
  })

  it('is what a decoder counts: one more than the limit is refused', () => {
    const text = (length: number) =>
      stringify(own([{ Sid: 'x'.repeat(length), Effect: 'Allow', Principal: '*', Action: 'ecr:PutImage' }]))
    const most = 10_240 - text(1).length + 1
    expect(text(most)).toHaveLength(10_240)
    expect(parse(text(most), 'ecr-repository')._tag).toBe('Right')
    expect(parse(text(most + 1), 'ecr-repository')._tag).toBe('Left')
  })
})

describe('fit', () => {
  it('minimizes first, and leaves it at that where it fits then', () => {
    const document = identity(...names(300).map((name) => allow('ecr:PutImage', name)), allow('ecr:*', '*'))
    const { documents } = fitting(fit('managed')(document))
    expect(documents.map(toJson)).toStrictEqual([toJson(identity(allow('ecr:*', '*')))])
  })

  it('a kind without quota is never shared out', () => {
    expect(fitting(fit('identity')(identity(allow('ecr:PutImage', names(2000))))).documents).toHaveLength(1)
  })

  it.each([2, 3, 6, 10])('shares out a list over %s documents', (parts) => {
    const document = identity(allow(['ecr:ListImages', 'ecr:PutImage'], names(Math.floor(80 * parts) - 8)))
    const { documents, atLeast } = fitting(fit('managed')(document))
    expect(documents).toHaveLength(parts)
    expect(atLeast).toBeGreaterThanOrEqual(parts - 1)
    for (const each of documents) expect(size(each)).toBeLessThanOrEqual(6144)
    const merged = mergeAll(documents)
    expect(merged._tag === 'Right' && merged.right && interchangeable(merged.right, document)._tag).toBe(
      'Yes',
    )
  })

  it('shares out two lists where one value of the longer one is too much', () => {
    const actions = Array.from({ length: 120 }, (_, i) => `ecr:Action${String(i).padStart(30, '0')}`)
    const { documents } = fitting(fit('managed', { characters: 2500 })(identity(allow(actions, names(4)))))
    for (const each of documents) expect(size(each)).toBeLessThanOrEqual(2500)
  })

  it('a Sid stays with one part only', () => {
    const document = identity({ Sid: 'Names', ...allow('ecr:PutImage', names(150)) })
    const sids = fitting(fit('managed')(document)).documents.flatMap((each) =>
      each.statements.map(({ sid }) => sid),
    )
    expect(sids.filter((sid) => sid === 'Names')).toHaveLength(1)
  })

  it('a raised limit counts', () => {
    const document = parseOrThrow(
      {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: {
            AWS: Array.from({ length: 50 }, (_, i) => `arn:aws:iam::111122223333:role/role-number-${i}`),
          },
          Action: 'sts:AssumeRole',
        },
      },
      'resource',
    )
    expect(fit('trust')(document)).toMatchObject({ _tag: 'OnlyOne', limit: 2048 })
    expect(fit('trust', { characters: Quota.raised.trust ?? 0 })(document)._tag).toBe('Fits')
  })

  it('an SCP is shared out, Denies and all', () => {
    const document = identity({ Effect: 'Deny', Action: 'ecr:*', Resource: names(160) }, allow('*', '*'), {
      Effect: 'Deny',
      NotAction: 'ecr:*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    })
    expect(fitting(fit('scp')(document)).documents).toHaveLength(2)
  })
})

describe('fit says why not', () => {
  const large = identity(allow('ecr:PutImage', names(300)))
  it.each<[string, ReturnType<ReturnType<typeof fit>>, object, string]>([
    [
      'only one boundary may be set',
      fit('boundary')(large),
      { _tag: 'OnlyOne', limit: 6144 },
      'only one policy',
    ],
    [
      'inline policies share one quota',
      fit('inline-role')(large),
      { _tag: 'Shared', limit: 10_240 },
      'all inline policies of one identity share',
    ],
    [
      'a repository has one policy',
      fit('ecr-repository')(
        own([
          {
            Effect: 'Allow',
            Principal: { AWS: Array.from({ length: 400 }, (_, i) => `arn:aws:iam::111122223333:role/r${i}`) },
            Action: 'ecr:BatchGetImage',
          },
        ]),
      ),
      { _tag: 'OnlyOne', limit: 10_240 },
      'only one policy',
    ],
    [
      'exceptions cannot be shared out',
      fit('managed')(identity({ Effect: 'Deny', Action: 'ecr:PutImage', NotResource: names(300) })),
      { _tag: 'StatementTooLarge' },
      'no list that can be shared out',
    ],
    [
      'more would be needed than may be attached',
      fit('managed', { attachable: 2 })(large),
      { _tag: 'TooMany', needed: 4, attachable: 2 },
      'at most 2 may be attached',
    ],
  ])('%s', (_, result, why, words) => {
    expect(result).toMatchObject(why)
    expect(renderFit(result)).toContain(words)
  })

  it('a list of exceptions beside another list that can be cut is no obstacle', () => {
    const document = identity({ Effect: 'Deny', NotAction: ['ecr:Get*', 'ecr:Put*'], Resource: names(150) })
    expect(fitting(fit('managed')(document)).documents).toHaveLength(2)
  })
})
