/**
 * What the documents and requests of a small universe say where ARNs and variables meet: variables in every part of a
 * resource, ARN conditions whose value is a variable or has one in any part, parts left out, defaults, and variables whose
 * key is tested in the same statement.
 */

const home = '111122223333'

export const actions = ['s:a', 's:*', 's:b']

export const resources = [
  '*',
  'arn:aws:s:::a',
  'arn:aws:s:::${v:k}',
  'arn:aws:s:::${v:k}*',
  'arn:aws:s:::b/${aws:username}',
  "arn:aws:s:::${v:k, 'a'}",
  'arn:aws:s:${v:k}:*:a',
  `arn:aws:s:eu:\${v:k}:a`,
  'arn:aws:s:*:${aws:PrincipalAccount}:*',
  `arn:aws:s:eu:${home}:*`,
  'arn:aws:s:*:*:a',
  'arn:aws:s:eu*',
  'arn:*:s:::?',
]

const values = [
  'arn:aws:s:::a',
  'arn:aws:s:::b/a',
  'arn:aws:s:::*',
  'arn:aws:s:::?',
  'arn:*:s:*:*:a*',
  `arn:aws:s:eu:${home}:a`,
  '${v:k}',
  '${v:k}*',
  '*${v:k}',
  '${v:k}:a',
  'arn:${v:k}',
  'arn:aws:s:::${v:k}',
  'arn:aws:s:::${v:k}*',
  'arn:aws:s:::?${v:k}',
  'arn:aws:s:::b/${aws:username}',
  'arn:aws:s:${v:k}:111122223333:a',
  'arn:aws:s:eu:${v:k}:*',
  'arn:aws:s:*:${aws:PrincipalAccount}:*',
  "arn:aws:s:::${v:k, 'a'}",
  "${v:k, 'arn:aws:s:::a'}",
  '${v:r}',
  'a',
  'arn:aws:s',
  '*',
]

const callerValues = [
  'arn:aws:iam::*:user/${aws:username}',
  'arn:aws:iam::${v:k}:user/*',
  `arn:aws:iam::${home}:\${v:k}`,
  'arn:aws:iam::*:user/${v:k}',
  '${v:k}',
  'arn:*:iam::*:user/a',
  'arn:aws:iam::${aws:PrincipalAccount}:*',
]

const one = ['ArnLike', 'ArnEquals', 'ArnNotLike', 'ArnNotEquals', 'ArnLikeIfExists', 'ArnNotEqualsIfExists']
const many = [
  'ForAnyValue:ArnLike',
  'ForAllValues:ArnEquals',
  'ForAnyValue:ArnNotEquals',
  'ForAllValues:ArnNotLike',
  'ForAllValues:ArnLikeIfExists',
  'ForAnyValue:ArnNotLikeIfExists',
]
const strings = [
  'StringEquals',
  'StringLike',
  'StringNotLike',
  'StringNotEqualsIfExists',
  'StringLikeIfExists',
]

interface Choices {
  readonly pick: <A>(from: readonly A[]) => A
  readonly some: <A>(from: readonly A[], most: number) => A | A[]
}

/** A test: operator, key, values. */
export const test = ({ pick, some }: Choices): readonly [string, string, unknown] =>
  pick<() => readonly [string, string, unknown]>([
    () => [pick(one), 'v:r', some(values, 2)],
    () => [pick(one), 'v:r', some(values, 2)],
    () => [pick(many), 'v:l', some(values, 2)],
    () => [pick([...one, ...strings]), 'aws:PrincipalArn', some(callerValues, 2)],
    () => [pick(strings), 'v:r', some(values, 2)],
    () => [pick(strings), 'v:k', some(['a', 'eu', home, '*', 'a*', 'arn:*', '${aws:username}'], 2)],
    () => [pick(strings), 'aws:username', some(['a', 'b', '*', '${v:k}', "${v:k, 'a'}"], 2)],
    () => ['Null', pick(['v:k', 'v:r', 'v:l', 'aws:username']), pick(['true', 'false'])],
  ])()

export const requestActions = ['s:a', 's:b']

export const requestResources = [
  '*',
  'arn:aws:s:::a',
  'arn:aws:s:::b/a',
  'arn:aws:s:::eu',
  'arn:aws:s:::ab',
  'arn:aws:s:::*',
  `arn:aws:s:eu:${home}:a`,
  'arn:aws:s:a:444455556666:a',
  'arn:aws:eu:us:444455556666:a',
]

export const valuesOf: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'v:k': [[], ['a'], ['eu'], [home], ['arn:aws:s:::a'], [`arn:aws:s:eu:${home}`], [''], ['*']],
  'v:r': [
    [],
    ['arn:aws:s:::a'],
    ['arn:aws:s:::b/a'],
    ['arn:aws:s:::xa'],
    [`arn:aws:s:eu:${home}:a`],
    [`arn:aws:s:a:${home}:a`],
    ['arn:aws:s:::'],
    ['a'],
    ['arn:aws:s'],
  ],
  'v:l': [
    [],
    ['arn:aws:s:::a'],
    ['arn:aws:s:::a', 'arn:aws:s:::b/a'],
    [`arn:aws:s:eu:${home}:a`, 'arn:aws:s:::a'],
    ['a'],
    ['a', 'arn:aws:s:::a'],
    ['arn:aws:s:::eu', 'arn:aws:s:::eu'],
  ],
}
