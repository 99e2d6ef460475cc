/** Texts of any sort: words of policies near and far from right, characters that break readers, depth and length. */
import { actionNames, operationIds, regions } from './words.js'
import type { Random } from './random.js'

const words: readonly string[] = [
  '',
  '*',
  '?',
  'arn:aws:ecr:eu-west-1:111122223333:repository/app',
  'arn:aws:iam::111122223333:role/path/node',
  'arn:aws:sts::111122223333:assumed-role/node/session',
  'arn:aws:iam::111122223333:root',
  'arn:aws-cn:iam::444455556666:user/ann',
  'arn:aws:s3:::bucket/key',
  '111122223333',
  '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app:1.0',
  '111122223333.dkr-ecr.eu-west-1.on.aws/app@sha256:' + 'a'.repeat(64),
  'public.ecr.aws/alias/name:latest',
  'https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/app/manifests/1.0',
  '/v2/app/blobs/uploads/?mount=sha256:' + '0'.repeat(64) + '&from=b',
  'AROAEXAMPLE',
  'o-a1b2c3d4e5',
  'lambda.amazonaws.com',
  'anonymous',
  'ecr:BatchGetImage',
  'ecr:Get*',
  'StringEquals',
  'ForAllValues:StringLikeIfExists',
  'aws:PrincipalTag/team',
  'aws:sourceIp',
  '10.0.0.0/8',
  '2001:db8::/32',
  '2026-01-01T00:00:00Z',
  '-1e400',
  '${aws:username}',
  "${aws:username, 'x'}",
  '${',
  '${${a}}',
  '${*}${?}${$}',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'denied: User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:111122223333:repository/app because no identity-based policy allows the ecr:BatchGetImage action',
  'no basic auth credentials',
  'GET',
  'sha256:' + 'f'.repeat(64),
  '%7B%22Statement%22%3A%5B%5D%7D',
  '%',
  '%ff%fe',
  '{"Statement":[]}',
  'Resources:\n  A: &a [*a]\n',
  ...actionNames,
  ...operationIds,
  ...regions,
]

const characters: readonly string[] = [
  '\ud800',
  '\udc00',
  '\udbff\udfff',
  '\u0000',
  '\u001b[31m',
  '\u2028',
  '\ufeff',
  '\u202e',
  '\uffff',
  'İ',
  'ß',
  'ſ',
  '\u0301',
  '👩‍👩‍👧',
  '\n',
  '\r',
  '\t',
  '\u00a0',
  '\\',
  '"',
  "'",
  '`',
  '<',
  '&',
  '%',
  '$',
  '{',
  '}',
  '[',
  ']',
  '(',
  ':',
  '::::::',
  '/',
  '//',
  '..',
  '*',
  '?',
  ',',
  '-',
  '_',
  '0',
  '9'.repeat(40),
  'a',
  'Z',
  ' ',
]

const anyUnit = (random: Random): string => String.fromCharCode(random.int(0x10000))

const noise = (random: Random): string =>
  random.list(40, () => (random.chance(0.3) ? anyUnit(random) : random.pick(characters))).join('')

/** A few edits: pieces put in, taken out, doubled. */
export const edited = (random: Random, text: string): string => {
  let now = text
  for (let left = 1 + random.int(4); left > 0; left--) {
    const at = random.int(now.length + 1)
    const piece = random.chance(0.2) ? random.pick(words) : random.pick(characters)
    const until = random.chance(0.5) ? at : at + random.int(6)
    now = now.slice(0, at) + (random.chance(0.8) ? piece : now.slice(at, at + 20)) + now.slice(until)
  }
  return now
}

const joined = (random: Random): string =>
  random.list(6, () => random.pick(words)).join(random.pick([':', '/', '*', ' ', '', ',', '\n', '@', '${']))

const long = (random: Random): string =>
  random.pick([...words.slice(1), ...characters]).repeat(1 + random.int(random.chance(0.02) ? 20_000 : 300))

/** Any text; now and then long. */
export const anyText = (random: Random): string => {
  const way = random.int(100)
  if (way < 25) return random.pick(words)
  if (way < 60) return edited(random, random.pick(words))
  if (way < 75) return joined(random)
  if (way < 95) return noise(random)
  return long(random)
}
