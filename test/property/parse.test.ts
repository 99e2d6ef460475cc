/**
 * The quick way through valid text and the strict way come to the same: a text is accepted exactly when the strict scan finds
 * no flaw in it and its value is accepted, and how its strings are written does not matter.
 */
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse, type PolicyErrors } from '../../src/codec/index.js'
import { scan } from '../../src/codec/scan.js'
import {
  Action,
  Condition,
  DocumentJson,
  PolicyKind,
  Principal,
  Resource,
  type Document,
} from '../../src/model/index.js'
import { document } from '../../src/testing/arbitrary.js'

const documents: fc.Arbitrary<Document.Document> = fc.oneof(
  document('identity'),
  document('resource'),
  document('managed'),
  document('ecr-repository'),
)
const kinds = fc.constantFrom(...PolicyKind.policyKinds)

const written = fc
  .tuple(documents, fc.constantFrom(0, 2, '\t'))
  .map(([document, indent]) => DocumentJson.stringify(document, indent))

/** What breaks a text, or only what it says: repeated names, odd blanks, numbers, colons where no name ends. */
const pieces = [
  '"',
  '{',
  ']',
  ',',
  ':',
  ' ',
  '\n',
  '\\',
  '"Sid":"a",',
  '"Effect" :"Deny",',
  '":',
  ' :',
  '::',
  '1e9',
  '[[',
  'Ā',
  '${',
]
const damaged = fc
  .tuple(written, fc.array(fc.tuple(fc.nat(5000), fc.nat(2), fc.constantFrom(...pieces)), { maxLength: 3 }))
  .map(([text, edits]) =>
    edits.reduce((now, [place, remove, piece]) => {
      const at = place % (now.length + 1)
      return now.slice(0, at) + piece + now.slice(at + remove)
    }, text),
  )

const valueOf = (text: string): E.Either<unknown, unknown> =>
  E.tryCatch((): unknown => JSON.parse(text), E.toError)

const outline = (result: E.Either<PolicyErrors, unknown>): readonly string[] =>
  E.isRight(result) ? [] : result.left.map(({ pointer, code, message }) => `${pointer} ${code} ${message}`)

/** The same text with each letter of its strings as an escape. */
const escaped = (text: string): string =>
  text.replace(/"[^"\\]*"/g, (string) =>
    string.replace(/[A-Za-z]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )

describe('parse(text)', () => {
  it('accepts(text) = (no flaw in scan(text)) and accepts(value of text), with the same document', () => {
    let [accepted, refused] = [0, 0]
    fc.assert(
      fc.property(damaged, kinds, (text, kind) => {
        const [quick, strict, value] = [parse(text, kind), scan(text, undefined), valueOf(text)]
        expect(E.isRight(value)).toBe(!strict.flaws.some(({ problem }) => problem.code === 'InvalidJson'))
        if (E.isLeft(value)) return E.isLeft(quick)
        const slow = parse(value.right, kind)
        const limited = outline(quick)
          .concat(outline(slow))
          .some((line) => line.includes('TooLarge'))
        if (limited || strict.numbers.size > 0) return true
        if (E.isRight(quick)) accepted++
        else refused++
        expect(E.isRight(quick)).toBe(strict.flaws.length === 0 && E.isRight(slow))
        if (E.isRight(quick)) expect(quick).toStrictEqual(slow)
        return true
      }),
      { numRuns: 600 },
    )
    expect(Math.min(accepted, refused)).toBeGreaterThan(20)
  })

  it('parse(text) = parse(text with its strings written as escapes), but for the columns', () => {
    fc.assert(
      fc.property(written, kinds, (text, kind) => {
        const [plain, other] = [parse(text, kind), parse(escaped(text), kind)]
        const sizes = [plain, other].some((result) =>
          outline(result).some((line) => line.includes('TooLarge')),
        )
        if (E.isRight(plain) && !sizes) expect(other).toStrictEqual(plain)
        return sizes || outline(plain).join('\n') === outline(other).join('\n')
      }),
      { numRuns: 200 },
    )
  })

  it('a name that is repeated anywhere is found', () => {
    fc.assert(
      fc.property(written, fc.nat(), fc.constantFrom('', ' ', '\n\t'), (text, pick, blank) => {
        const members = [...text.matchAll(/[{,]\s*("[^"\\]*")\s*:/g)]
        const chosen = members[pick % members.length]
        if (chosen?.[1] === undefined) return true
        const at = chosen.index + 1
        const result = parse(`${text.slice(0, at)}${chosen[1]}${blank}:0,${text.slice(at)}`)
        return outline(result).some((line) => line.includes('DuplicateKey'))
      }),
      { numRuns: 200 },
    )
  })
})

const near = (...parts: readonly (readonly string[])[]): fc.Arbitrary<string> =>
  fc.tuple(...parts.map((choices) => fc.constantFrom(...choices))).map((chosen) => chosen.join(''))

const resources = near(
  ['', 'arn:', 'arn:arn:', 'ARN:'],
  ['aws:', 'aws-cn:', 'aws*:', 'AWS:', ''],
  ['iam:', 's3:', 'ecr:', 'e?r:', 'iam', ':', '*', 'ecr-public:', 'S3:'],
  ['', ':', 'eu-west-1:', '*:'],
  ['', ':', '111122223333:', '*:'],
  ['', '*', 'bucket', 'role/x', 'accesspoint/x', '${aws:username}'],
)

const principals = near(
  ['arn:aws:iam::', 'arn:aws-cn:iam::', 'arn:aws:iam:eu:', 'arn:aws:sts::', ''],
  ['111122223333', '1111', ''],
  [':', ''],
  ['role/', 'user/', 'root', 'group/', 'assumed-role/', 'role', 'root/', 'role/path/'],
  ['', 'name', 'a b', 'x/y', 'n\n', 'ü', 'role/name'],
)

describe('the cheap questions', () => {
  it.each([
    ['Resource.isPattern', resources, Resource.isPattern, Resource.parsePattern],
    [
      'Action.isPattern',
      near(['ecr', 'e*', 'é', ''], [':', ''], ['Get*', 'a b', '', '${x}', '\n']),
      Action.isPattern,
      Action.parsePattern,
    ],
    [
      'Condition.isKey',
      fc.string({ unit: fc.constantFrom('a', ':', ' ', '\t', '\u00a0', '\u0000') }),
      Condition.isKey,
      Condition.parseKey,
    ],
  ] as const)('%s says what the reader says', (_, texts, is, read) => {
    fc.assert(
      fc.property(texts, (text) => is(text) === E.isRight(read(text) as E.Either<unknown, unknown>)),
      { numRuns: 5000 },
    )
  })

  it('a principal without a path is read as one with a path is, piece by piece', () => {
    fc.assert(
      fc.property(principals, (text) => {
        const read = Principal.parse('AWS')(text)
        const longer = Principal.parse('AWS')(text.replace(/:(role|user)\//, ':$1/p/'))
        if (E.isRight(read)) expect(Principal.show(read.right)).toBe(text)
        return E.isRight(read) === E.isRight(longer)
      }),
    )
  })
})
