/** AWS saves a bare account id as the ARN of the account: a policy read back must not differ from the one written. */
import { describe, expect, it } from 'vitest'
import { Algebra, Document, Scenario } from '../../src/index.js'

const grant = (AWS: string | readonly string[], more: object = {}) =>
  Document.parseOrThrow(
    {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS }, Action: 'ecr:BatchGetImage', ...more },
    },
    'ecr-repository',
  )

const bare = grant('111122223333')
const arn = grant('arn:aws:iam::111122223333:root')

describe('PR-2, U-34: an id and the ARN of an account are the same entry', () => {
  it('to compare and to hash', () => {
    expect(Algebra.compare(bare, arn).relation).toBe('Equivalent')
    expect(Algebra.interchangeable(bare, arn)._tag).toBe('Yes')
    expect(Algebra.hash(bare)).toEqual(Algebra.hash(arn))
    expect(Algebra.hash(bare).reached).toBe(true)
  })

  it('to minimize, which keeps one of the two', () => {
    const { document } = Algebra.minimize(grant(['111122223333', 'arn:aws:iam::111122223333:root']))
    expect(document.statements[0]).toMatchObject({ principal: { principals: [{ account: '111122223333' }] } })
    expect(document.statements[0]?.principal.principals).toHaveLength(1)
  })

  it('to intersect and to subtract', () => {
    expect(Algebra.intersect(bare, arn)).toMatchObject({ _tag: 'Right' })
    expect(Algebra.subtract(bare, arn)).toMatchObject({ left: { reason: 'NotExpressible' } })
  })

  it.each(['111122223333', 'arn:aws:iam::111122223333:root', 'arn:aws-cn:iam::111122223333:root'])(
    'to the simulator: %s',
    (AWS) => {
      const request = {
        principal: 'arn:aws:iam::111122223333:user/alice',
        action: 'ecr:BatchGetImage',
        resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
      }
      const denies = {
        Version: '2012-10-17',
        Statement: { Effect: 'Deny', Principal: { AWS }, Action: 'ecr:*' },
      }
      const scenario = Scenario.parseOrThrow({ request, resourcePolicy: denies })
      expect(Scenario.run(scenario).outcome).toBe('ExplicitlyDenied')
    },
  )
})
