/**
 * What is wrong with the five documents as far as the text of their policies shows it, and which rule tells. What only
 * the prose around them gets wrong is for the answers of seeds.test.ts to say.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { Algebra, Document, Ecr } from '../../src/index.js'
import { anyscale } from '../../docs/examples/seeds/anyscale.js'
import { deckhouse, deckhouseRussian } from '../../docs/examples/seeds/deckhouse.js'
import { ecs } from '../../docs/examples/seeds/ecs.js'
import { abroad, home, type Seed } from '../../docs/examples/seeds/Seed.js'
import { workshop } from '../../docs/examples/seeds/workshop.js'

const policy = ({ printed }: Seed, index: number) => {
  const found = printed[index]
  if (found === undefined) throw new Error('no such policy')
  return found
}

const read = (seed: Seed, index: number): Document.Document => {
  const { kind, text, filled } = policy(seed, index)
  return Document.parseOrThrow(filled ?? text, kind)
}

/** The ids found, each with its pointer. */
const tells = (
  document: Document.Document,
  kind: Document.PolicyKind,
  options: Ecr.LintOptions = {},
): readonly string[] => Ecr.lint(document, kind, options).map(({ id, pointer }) => `${id} ${pointer}`)

type Defect = readonly [defect: string, seed: Seed, index: number, told: string, options?: Ecr.LintOptions]

const deckhouseDefects = (seed: Seed): readonly Defect[] => {
  const across: Ecr.LintOptions = { owner: abroad, principal: seed.role, otherSide: [read(seed, 1)] }
  return [
    [
      'the token in the repository policy does nothing',
      seed,
      0,
      'no-effect-in-repository-policy /Statement/0/Action/4',
    ],
    ['the role has the manifest and no layers', seed, 1, 'partial-pull /Statement/0/Action'],
    [
      'layers on one side only, so that a pull across accounts fails',
      seed,
      0,
      'half-missing /Statement',
      across,
    ],
    ['a node needs two of these actions', seed, 0, 'more-than-a-pull /Statement/0/Action'],
    ['no pull through a cache', seed, 0, 'broken-promise ', { promises: ['pull-through'] }],
    ['pulls are allowed on every repository', seed, 1, 'all-repositories /Statement/0/Resource'],
  ]
}

const defects: readonly Defect[] = [
  ...deckhouseDefects(deckhouse),
  ...deckhouseDefects(deckhouseRussian),
  ['the ARN that the tip prints is one session', anyscale, 1, 'session-principal /Statement/0/Principal/AWS'],
  [
    'the token in the repository policy does nothing',
    anyscale,
    0,
    'no-effect-in-repository-policy /Statement/0/Action/5',
  ],
  ['AllowPull hands over ten more actions', anyscale, 0, 'more-than-a-pull /Statement/0/Action'],
  ['so does ReadOnly', anyscale, 2, 'more-than-a-pull /Statement/0/Action'],
  ['ReadOnly cannot pull through a cache', anyscale, 2, 'broken-promise ', { promises: ['pull-through'] }],
  ['no layers: it cannot pull', workshop, 2, 'partial-pull /Statement/0/Action'],
  ['"allow pull images" is not kept', workshop, 2, 'broken-promise ', { promises: ['pull'] }],
  ['DescribeImage is no action', workshop, 0, 'unknown-action /Statement/0/Action/0'],
  ['InitialLayerUpload is no action', workshop, 1, 'unknown-action /Statement/0/Action/2'],
  ['typed so, a push of new layers fails', workshop, 1, 'partial-push /Statement/0/Action'],
  ['"push and delete" has no delete', workshop, 3, 'broken-promise ', { promises: ['delete'] }],
  [
    'containerd cannot push with the second policy alone',
    workshop,
    3,
    'push-without-manifest /Statement/0/Action',
  ],
  [
    "its own account's repositories only",
    workshop,
    2,
    'wrong-place /Statement/0/Resource',
    { owner: abroad },
  ],
  [
    'a reader has no use for DescribeRegistry and GetAccountSetting',
    workshop,
    2,
    'more-than-a-pull /Statement/1/Action',
    { promises: ['pull'] },
  ],
  ['`*` for the pair too', ecs, 0, 'all-repositories /Statement/0/Resource'],
  ['BatchCheckLayerAvailability beyond the minimum, EC2', ecs, 1, 'more-than-a-pull /Statement/0/Action'],
  ['BatchCheckLayerAvailability beyond the minimum, Fargate', ecs, 2, 'more-than-a-pull /Statement/0/Action'],
]

describe('every defect that the text of a policy shows is told', () => {
  it.each(defects.map(([defect, seed, index, told, options]) => ({ defect, seed, index, told, options })))(
    '$seed.id: $defect',
    ({ seed, index, told, options }) => {
      expect(tells(read(seed, index), policy(seed, index).kind, options)).toContain(told)
    },
  )

  it.each([
    [deckhouse, '000'],
    [deckhouseRussian, '001'],
    [anyscale, '002'],
  ] as const)('the placeholder of %# is refused when it is read', (seed, id) => {
    const { text, kind } = policy(seed, 0)
    const result = Document.parse(text, kind)
    expect([seed.id, E.isLeft(result) ? result.left.map(({ code }) => code) : []]).toStrictEqual([
      id,
      ['InvalidPrincipal'],
    ])
  })

  it('what 000 lacks across accounts is named, and half of it is the pull', () => {
    const [finding] = Ecr.lint(read(deckhouse, 0), 'ecr-repository', {
      owner: abroad,
      principal: deckhouse.role,
      otherSide: [read(deckhouse, 1)],
    }).filter(({ id }) => id === 'half-missing')
    expect(finding?.message).toContain('`ecr:GetDownloadUrlForLayer`')
    expect(finding?.message).not.toContain('`ecr:BatchGetImage`')
  })

  it('in its own account no half is missing', () => {
    const options = { owner: home, principal: deckhouse.role, otherSide: [] }
    expect(tells(read(deckhouse, 0), 'ecr-repository', options)).not.toContain('half-missing /Statement')
  })

  it('the token of 003 stands in both policies', () => {
    const both = Algebra.merge(read(workshop, 2), read(workshop, 3))
    if (E.isLeft(both)) throw new Error('they merge')
    expect(tells(both.right, 'managed')).toContain('shadowed-statement /Statement/3')
  })

  it('003 written by hand as one statement on the ARN loses the token', () => {
    const [first, second] = read(workshop, 2).statements
    const [one, ...more] = [...first.action.patterns, ...(second?.action.patterns ?? [])]
    if (one === undefined) throw new Error('it has actions')
    const document = Document.make([
      { ...first, action: { _tag: 'Action' as const, patterns: [one, ...more] as const } },
    ])
    expect(tells(document, 'managed')).toContain('resource-on-account-action /Statement/0/Action/6')
  })
})
