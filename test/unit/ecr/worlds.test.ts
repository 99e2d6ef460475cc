import { describe, expect, it } from 'vitest'
import { Algebra } from '../../../src/algebra/index.js'
import { actionNames, catalogueWorld, typedWorld } from '../../../src/ecr/index.js'
import { catalogueDate } from '../../../src/ecr/data/catalogue.js'

const typed = (wanted: string) => {
  const world = typedWorld()
  return world._tag === 'Typed' ? world.actions.find(({ action }) => action === wanted) : undefined
}

describe('the worlds of ECR (EC-1, EC-7)', () => {
  it('are named after the day of the catalogue, and hold its actions', () => {
    expect(catalogueWorld()).toEqual(Algebra.catalogue(`ecr ${catalogueDate}`, actionNames()))
    expect(typedWorld()).toMatchObject({ _tag: 'Typed', name: `Typed ecr ${catalogueDate}` })
  })

  it.each([
    ['ecr:BatchGetImage', 'arn:*:ecr:*:*:repository/*'],
    ['ecr:GetAuthorizationToken', '*'],
    ['ecr-public:PutImage', 'arn:*:ecr-public::*:repository/*'],
    ['ecr-public:GetAuthorizationToken', '*'],
  ])('%s is asked on %s alone', (action, resource) => {
    expect(typed(action)?.resources).toEqual([resource])
  })

  it('every action has the keys that AWS publishes for it', () => {
    expect(typed('ecr:BatchGetImage')?.keys).toContain('aws:ResourceTag/${TagKey}')
    expect(typed('ecr:GetAuthorizationToken')?.keys).toEqual([])
    expect(typed('ecr:CreateRepository')?.keys).toContain('aws:RequestTag/${TagKey}')
  })
})
