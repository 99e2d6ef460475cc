/** A login to ECR Public in another Region than the one it knows was put down to a missing permission of STS (EX-45). */
import { describe, expect, it } from 'vitest'
import { diagnose, renderDiagnosis } from '../../src/ecr/index.js'

const text = 'GetAuthorizationToken command is only supported in us-east-1'
const wrapped = `An error occurred (UnsupportedCommandException) when calling the GetAuthorizationToken operation:
  ${text}`

describe.each([text, wrapped])('%s', (said) => {
  it('is about the Region, and lacks nothing', () => {
    const [found, ...more] = diagnose(said)
    expect(more).toEqual([])
    expect(found.mayLack).toEqual([])
    expect(found.causes.map(({ id, nature }) => [id, nature])).toEqual([['public-login-elsewhere', 'NotIam']])
    expect(found.causes[0]?.mend).toContain('--region us-east-1')
    expect(renderDiagnosis([found])).not.toContain('sts:')
  })
})

it('a login that STS refuses is about the permission still', () => {
  const [found] = diagnose(
    'User: arn:aws:iam::111122223333:role/ci is not authorized to perform: sts:GetServiceBearerToken on resource: * because no identity-based policy allows the sts:GetServiceBearerToken action',
  )
  expect(found.causes[0]?.id).toBe('public-login-refused')
})
