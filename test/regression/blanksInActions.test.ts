/** A pattern with a blank matches no action (U-31), and must not be taken for two patterns. */
import { describe, expect, it } from 'vitest'
import { Algebra, Document, Ecr } from '../../src/index.js'

const policy = (Action: readonly string[]): Document.IdentityDocument =>
  Document.parseOrThrow(
    {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action, Resource: '*' },
        { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      ],
    },
    'identity',
  )

describe('a blank in an action', () => {
  it('does not make one question of two in the access matrix', () => {
    const matrix = Ecr.accessMatrixOrThrow({
      operations: ['pull'],
      repositories: [{ repository: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/app' }],
      principals: [
        {
          principal: 'arn:aws:iam::111122223333:role/one',
          identityPolicies: [policy(['ecr:x *', 'ecr:Batch*'])],
        },
        {
          principal: 'arn:aws:iam::111122223333:role/two',
          identityPolicies: [policy(['ecr:x', '*', 'ecr:Batch*'])],
        },
      ],
    })
    expect([...Ecr.Matrix.cells(matrix)].map(({ allowed }) => allowed)).toStrictEqual([false, true])
  })

  it('keeps a document from a canonical form, since its cell can be said in many ways', () => {
    const [one, other] = [policy(['ecr:x *']), policy(['ecr:y *'])]
    expect(Algebra.interchangeable(one, other)._tag).toBe('Yes')
    expect([one, other].map((each) => Algebra.canonical(each).reached)).toStrictEqual([false, false])
  })
})
