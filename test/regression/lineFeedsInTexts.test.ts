import { Algebra, Document } from 'ecr-policy'
import { expect, it } from 'vitest'

/**
 * Sets of texts were told apart by their members, one a line: a resource with a line feed in it stood for two resources, so
 * that documents with no request in common were called equivalent.
 */
const [a, b] = ['arn:aws:ecr:eu-west-1:111122223333:a', 'arn:aws:ecr:eu-west-1:111122223333:b']

it.each([`${a}\n${b}`, `${a}\n-:${b}`, `${a}","-:${b}`, `${a},-:${b}`])(
  'one resource with a separator in it is not two resources: %j',
  (strange) => {
    const [one, two] = [strange, [a, b]].map((Resource) =>
      Document.parseOrThrow({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 's:a', Resource },
      }),
    )
    expect(one !== undefined && two !== undefined && Algebra.compare(one, two).relation).toBe('Incomparable')
  },
)
