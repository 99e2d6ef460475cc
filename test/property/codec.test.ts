/** The codec's laws, over documents of every kind and over damaged text. */
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse, parseOrThrow, renderErrors } from '../../src/codec/index.js'
import { stringify, toJson } from '../../src/model/DocumentJson.js'
import type { PolicyError } from '../../src/codec/index.js'

// ---- documents, as JSON ----

const oneOrMore = <A>(item: fc.Arbitrary<A>): fc.Arbitrary<A | readonly A[]> =>
  fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 4 }))

const action = fc.constantFrom(
  '*',
  'ecr:*',
  'ecr:BatchGetImage',
  'ECR:batchgetimage',
  'e?r:Get*',
  's3:GetObject',
  'ecr:Nope',
)
const resource = fc.constantFrom(
  '*',
  'arn:aws:ecr:*:111122223333:repository/app',
  'arn:aws:ecr:eu-west-1:111122223333:repository/${aws:PrincipalTag/team}/*',
  'arn:aws-cn:s3:::bucket/*',
  'arn:aws:ecr:*',
)
const value = fc.oneof(
  fc.string({ unit: 'grapheme-ascii' }).filter((text) => !text.includes('${')),
  fc.constantFrom('${aws:username}', "${aws:PrincipalTag/x, 'none'}", '${*}', 'Zürich', '\ttab'),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
)
const key = fc.constantFrom(
  'aws:SourceIp',
  'aws:PrincipalTag/team',
  '__proto__',
  'constructor',
  'ecr:ResourceTag/a~b',
  'k',
)
const operator = fc.constantFrom(
  'StringEquals',
  'ForAllValues:StringLikeIfExists',
  'NumericLessThan',
  'ArnLike',
  'Null',
  'IpAddress',
)
const keys = fc
  .uniqueArray(fc.tuple(key, fc.oneof(value, fc.array(value, { maxLength: 3 }))), {
    selector: ([name]) => name,
  })
  .map((members): unknown => Object.fromEntries(members))
const block = fc
  .uniqueArray(fc.tuple(operator, keys), { selector: ([name]) => name, maxLength: 3 })
  .map((members): unknown => Object.fromEntries(members))
const aws = fc.constantFrom(
  '*',
  '111122223333',
  'arn:aws:iam::111122223333:root',
  'arn:aws:iam::111122223333:role/a/b/c',
  'arn:aws:iam::111122223333:user/alice',
  'arn:aws:sts::111122223333:assumed-role/ci/run',
  'arn:aws:sts::111122223333:federated-user/bob',
  'AIDAEXAMPLEEXAMPLEID',
)
const principal = fc.oneof(
  fc.constant('*'),
  fc
    .record(
      {
        AWS: oneOrMore(aws),
        Service: oneOrMore(fc.constantFrom('lambda.amazonaws.com', 'codebuild.amazonaws.com')),
        Federated: fc.constantFrom('accounts.google.com', 'arn:aws:iam::111122223333:saml-provider/idp'),
        CanonicalUser: fc.constantFrom('abc123'),
      },
      { requiredKeys: [] },
    )
    .filter((map) => Object.keys(map).length > 0),
)

const either = (name: string, content: fc.Arbitrary<unknown>): fc.Arbitrary<object> =>
  fc.tuple(fc.constantFrom(name, `Not${name}`), content).map(([chosen, written]) => ({ [chosen]: written }))

const statement = (attached: boolean): fc.Arbitrary<object> =>
  fc
    .tuple(
      fc.record({ Effect: fc.constantFrom('Allow', 'Deny') }),
      fc.record({ Sid: fc.constantFrom('', 'a b', 'łódź'), Condition: block }, { requiredKeys: [] }),
      either('Action', oneOrMore(action)),
      attached ? either('Principal', principal) : fc.constant({}),
      attached
        ? fc.oneof(fc.constant({}), either('Resource', oneOrMore(resource)))
        : either('Resource', oneOrMore(resource)),
    )
    .map((parts): object => Object.assign({}, ...parts) as object)
    .map((written) =>
      attached ? written : Object.fromEntries(Object.entries(written).filter(([name]) => name !== 'Sid')),
    )

const documentOf = (attached: boolean): fc.Arbitrary<object> =>
  fc
    .tuple(
      fc.record(
        { Version: fc.constantFrom('2012-10-17', '2008-10-17'), Id: fc.constantFrom('', 'id') },
        { requiredKeys: [] },
      ),
      fc.oneof(statement(attached), fc.array(statement(attached), { minLength: 1, maxLength: 4 })),
    )
    .map(([head, Statement]) => ({ ...head, Statement }))

const documents = fc.oneof(documentOf(false), documentOf(true))

// ---- damaged text ----

const edits = fc.array(
  fc.record({
    at: fc.nat(2000),
    remove: fc.nat(3),
    insert: fc.constantFrom(
      '',
      '"',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '\\',
      'x',
      '0',
      'null',
      ' ',
      '\n',
      '"k":1,',
      '\ud800',
      '\u0100',
      '${',
    ),
  }),
  { minLength: 1, maxLength: 4 },
)
type Edits = typeof edits extends fc.Arbitrary<infer A> ? A : never

const damage = (text: string, all: Edits): string =>
  all.reduce((now, { at, remove, insert }) => {
    const from = at % (now.length + 1)
    return `${now.slice(0, from)}${insert}${now.slice(from + remove)}`
  }, text)

/** How many steps of a pointer resolve, of how many. */
const steps = (input: unknown, { pointer }: PolicyError): readonly [number, number] => {
  const path = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  let [here, found] = [input, 0]
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) break
    here = (here as Record<string, unknown>)[step]
    found++
  }
  return [found, path.length]
}

describe('reading and printing', () => {
  it('parse(toJson(d)) = d', () => {
    fc.assert(
      fc.property(documents, (json) => {
        const document = parseOrThrow(json)
        expect(parseOrThrow(toJson(document))).toStrictEqual(document)
      }),
    )
  })

  it('parse(stringify(d, n)) = d', () => {
    fc.assert(
      fc.property(documents, fc.nat(4), (json, indent) => {
        const document = parseOrThrow(json)
        expect(parseOrThrow(stringify(document, indent))).toStrictEqual(document)
      }),
    )
  })

  it('toJson . parse is idempotent', () => {
    fc.assert(
      fc.property(documents, (json) => {
        const printed = toJson(parseOrThrow(json))
        return JSON.stringify(toJson(parseOrThrow(printed))) === JSON.stringify(printed)
      }),
    )
  })

  it('parse(text of o) = parse(o)', () => {
    fc.assert(
      fc.property(documents, (json) => {
        expect(parse(JSON.stringify(json, undefined, 2))).toStrictEqual(parse(json))
      }),
    )
  })
})

describe('damaged text', () => {
  it('never makes the codec throw, and every pointer resolves, or its parent does', () => {
    let [valid, invalid, broken] = [0, 0, 0]
    fc.assert(
      fc.property(documents, edits, (json, all) => {
        const text = damage(JSON.stringify(json), all)
        const read = E.tryCatch(
          (): unknown => JSON.parse(text),
          () => undefined,
        )
        const result = parse(text)
        if (E.isRight(result)) {
          valid++
          return E.isRight(read)
        }
        expect(result.left.length).toBeGreaterThan(0)
        expect(renderErrors(result.left).split('\n')).toHaveLength(result.left.length)
        expect(result.left.every(({ line, column }) => (line ?? 0) >= 1 && (column ?? 0) >= 1)).toBe(true)
        if (E.isLeft(read)) {
          broken++
          return result.left.some(({ code }) => code === 'InvalidJson')
        }
        invalid++
        return result.left.every((error) => {
          const [found, all] = steps(read.right, error)
          return found >= all - 1
        })
      }),
      { numRuns: 1000 },
    )
    expect(Math.min(valid, invalid, broken)).toBeGreaterThan(10)
  })

  it('is refused alike as text and as object, place by place', () => {
    fc.assert(
      fc.property(documents, edits, (json, all) => {
        const text = damage(JSON.stringify(json), all)
        const read = E.tryCatch(
          (): unknown => JSON.parse(text),
          () => undefined,
        )
        if (E.isLeft(read)) return E.isLeft(parse(text))
        const places = (input: unknown): readonly string[] => {
          const result = parse(input)
          const errors = E.isLeft(result) ? result.left : []
          return errors
            .filter(({ code }) => code !== 'DuplicateKey')
            .map(({ pointer, code }) => `${pointer} ${code}`)
            .sort()
        }
        expect(places(text)).toStrictEqual(places(read.right))
        return true
      }),
      { numRuns: 500 },
    )
  })
})

describe('any value whatever', () => {
  it('is read or refused, and never thrown at', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
          withSparseArray: true,
        }),
        (input) => {
          const result = parse(input)
          return E.isRight(result) || result.left.length > 0
        },
      ),
      { numRuns: 500 },
    )
  })
})
