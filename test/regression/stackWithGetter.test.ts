import { expect, it } from 'vitest'
import { Cdk } from '../../src/interop.js'

const hostile = {
  get x(): never {
    throw new Error('boo')
  },
}

it('an app whose Region is an object that throws when looked into is read without looking', () => {
  const stack = {
    stackName: 's',
    template: { Resources: {} },
    environment: { account: '111122223333', region: hostile },
  }
  const read = Cdk.inventory({ stacks: [stack] } as unknown as Cdk.AssemblyShape)
  expect(read._tag).toBe('Right')
})

it('an app whose list of stacks has holes is refused', () => {
  const stacks = [
    ,
    { stackName: 's', template: {}, environment: { account: '111122223333', region: 'eu-west-1' } },
  ]
  expect(Cdk.inventory({ stacks } as unknown as Cdk.AssemblyShape)._tag).toBe('Left')
})
