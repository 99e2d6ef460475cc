import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  actions,
  operations,
  publicActions,
  type Operation,
  type OperationId,
} from '../../../src/ecr/index.js'
import { Action, ecrActions } from '../../../src/model/index.js'

const all: readonly Operation[] = Object.values(operations)

const needs = all.flatMap(({ id, required, optional }) =>
  [...required, ...optional].map((need) => ({ id, need })),
)

const known = new Set<string>([
  ...ecrActions,
  ...Object.keys(publicActions),
  'sts:GetServiceBearerToken',
  'signer:SignPayload',
  'iam:CreateServiceLinkedRole',
  'inspector2:Enable',
  'inspector2:Disable',
  'inspector2:ListFindings',
  'inspector2:ListAccountPermissions',
  'inspector2:ListCoverage',
])

describe('the data', () => {
  it('is what the generator writes from its sources', () => {
    const script = fileURLToPath(new URL('../../../.config/generate/ecr.mjs', import.meta.url))
    expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('up to date\n')
  })
})

describe('operations', () => {
  it('there are 44, each under its own id', () => {
    expect(all).toHaveLength(44)
    for (const [id, operation] of Object.entries(operations)) expect(operation.id).toBe(id)
  })

  it('every action exists', () => {
    expect(needs.filter(({ need }) => !known.has(need.action))).toEqual([])
    expect(needs.every(({ need }) => Action.parse(need.action)._tag === 'Right')).toBe(true)
  })

  it('an action without resource is asked on `*`, a repository action is not', () => {
    for (const { id, need } of needs) {
      const facts = Object.entries({ ...actions, ...publicActions }).find(
        ([name]) => name === need.action,
      )?.[1]
      if (facts !== undefined)
        expect([id, need.action, need.on === '*']).toEqual([id, need.action, facts.resourceless])
    }
  })

  it('no action is listed twice for one thing', () => {
    for (const { required, optional } of all) {
      const keys = [...required, ...optional].map(({ action, on, by }) => `${action} ${on} ${by ?? ''}`)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  it('each cites rules, and a title begins in lower case or with a name', () => {
    for (const { rules, title } of all) {
      expect(rules.length).toBeGreaterThan(0)
      expect(rules.every((rule) => /^E[CX]-[0-9]+$/.test(rule))).toBe(true)
      expect(title).not.toMatch(/\.$/)
    }
  })

  it('services ask in their own name for Lambda and CodeBuild only', () => {
    const ids = new Set(needs.filter(({ need }) => need.by !== undefined).map(({ id }) => id))
    expect([...ids].sort()).toEqual(['codebuild-image', 'lambda-cross-account', 'lambda-same-account'])
  })

  it('is literal all the way', () => {
    expectTypeOf(operations['pull-tag'].required[1].action).toEqualTypeOf<'ecr:BatchGetImage'>()
    expectTypeOf<'pull-tag'>().toExtend<OperationId>()
    expect(operations['pull-tag'].required[1].action).toBe('ecr:BatchGetImage')
  })
})

describe('actions', () => {
  it('are the 60 of the model, 25 of them without resource (EX-23)', () => {
    expect(Object.keys(actions).sort()).toEqual([...ecrActions].sort())
    expect(Object.values(actions).filter(({ resourceless }) => resourceless)).toHaveLength(25)
    expect(Object.keys(actions)).toHaveLength(60)
  })

  it.each([
    ['Read', 21],
    ['List', 4],
    ['Write', 29],
    ['Permissions management', 4],
    ['Tagging', 2],
  ])('of access level %s there are %i', (level, count) => {
    expect(Object.values(actions).filter(({ accessLevel }) => accessLevel === level)).toHaveLength(count)
  })

  it('three are permissions without an operation (EX-23)', () => {
    const names = Object.entries(actions).filter(([, { permissionOnly }]) => permissionOnly)
    expect(names.map(([name]) => name)).toEqual([
      'ecr:BatchImportUpstreamImage',
      'ecr:GetImageCopyStatus',
      'ecr:ReplicateImage',
    ])
  })

  it('repository actions carry the tags of the repository as keys, the others no resource key', () => {
    for (const { resourceless, conditionKeys } of Object.values(actions))
      expect((conditionKeys as readonly string[]).includes('ecr:ResourceTag/${TagKey}')).toBe(!resourceless)
  })

  it('a registry policy of scope V1 reaches three (EC-6)', () => {
    expect(Object.entries(actions).filter(([, { registryPolicyV1 }]) => registryPolicyV1)).toHaveLength(3)
  })

  it('ECR Public has 23, and pulling is not among them (EX-44)', () => {
    expect(Object.keys(publicActions)).toHaveLength(23)
    expect(Object.keys(publicActions)).not.toContain('ecr-public:BatchGetImage')
    expect(publicActions['ecr-public:DescribeRepositories'].resourceRequired).toBe(false)
  })
})
