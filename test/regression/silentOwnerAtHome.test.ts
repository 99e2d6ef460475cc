/**
 * Of a text that misses a resource-based policy within one account it was said that the caller's own account allows him, and that
 * the policy to check is in the other one. Within one account either side does (EX-37, SA-1).
 */
import { expect, it } from 'vitest'
import { diagnose, renderDiagnosis } from '../../src/ecr/index.js'
import { account } from './repositoryAccess.js'

const refused = (owner: string, action: string, caller = `arn:aws:sts::${account}:assumed-role/node/i-0`) =>
  `User: ${caller} is not authorized to perform: ecr:${action} on resource: arn:aws:ecr:eu-west-1:${owner}:repository/app because no resource-based policy allows the ecr:${action} action`

const ids = (text: string): readonly string[] => diagnose(text)[0].causes.map(({ id }) => id)

it.each([
  ['BatchGetImage', ['pull-missing', 'manifest-read-missing-on-push', 'resource-misses']],
  ['GetDownloadUrlForLayer', ['layers-missing', 'pull-missing', 'resource-misses']],
  ['DescribeImages', ['tag-check-missing', 'resource-misses']],
])('within one account, %s is looked for on either side', (action, causes) => {
  expect(ids(refused(account, action))).toEqual(causes)
  expect(renderDiagnosis(diagnose(refused(account, action)))).not.toMatch(/(other|own) account/)
})

it('across accounts it is the owner who has not granted', () => {
  expect(ids(refused('444455556666', 'BatchGetImage'))).toEqual(['owner-has-not-granted'])
  expect(ids(refused('444455556666', 'DescribeImages'))).toEqual([
    'tag-check-missing',
    'owner-has-not-granted',
  ])
})

it('of a caller without account nothing is said otherwise than before', () => {
  expect(ids(refused(account, 'BatchGetImage', 'anonymous'))).toEqual(['owner-has-not-granted'])
  expect(ids(refused(account, 'BatchGetImage', 'lambda.amazonaws.com'))).toEqual([
    'lambda-not-granted',
    'owner-has-not-granted',
  ])
})
