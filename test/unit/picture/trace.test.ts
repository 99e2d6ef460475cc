import { describe, expect, it } from 'vitest'
import { parseOrThrow } from '../../../src/codec/index.js'
import { Environment, Request } from '../../../src/model/index.js'
import { traceView } from '../../../src/picture/trace/traceView.js'
import { verdictView } from '../../../src/picture/verdict/verdictView.js'
import { Trace, Verdict } from '../../../src/pictures.js'
import { accessOrThrow, can, Repository } from '../../../src/ecr/index.js'
import { Simulator } from '../../../src/simulator/index.js'
import { allowed, denied, unallowed, verdict } from './subjects.js'

const document = (...Statement: readonly object[]) =>
  parseOrThrow({ Version: '2012-10-17', Statement }, 'identity')
const all = { Effect: 'Allow', Action: '*', Resource: '*' }

const request = (principal: string, resource = '*') =>
  Request.makeOrThrow({ principal, action: 'ecr:GetAuthorizationToken', resource })
const role = 'arn:aws:iam::111122223333:role/node'

const layersOf = (decision: Simulator.Decision): readonly string[] =>
  traceView(decision).layers.map(
    ({ name, standing, stops }) => `${name}: ${standing}${stops ? ', stops' : ''}`,
  )

describe('the layers of a trace', () => {
  it.each([
    [
      'come in the order in which AWS looks at them',
      unallowed,
      [
        'service control policy, level 1: Grants',
        'resource-based policy: Lacks, stops',
        'identity-based policy: Grants',
      ],
    ],
    [
      'stop at a Deny',
      denied,
      [
        'service control policy, level 1: Grants',
        'resource-based policy: Denies, stops',
        'identity-based policy: Grants',
      ],
    ],
    [
      'stop nowhere when all is allowed, and leave out those that are not looked at',
      allowed,
      ['service control policy, level 1: Grants', 'identity-based policy: Grants'],
    ],
    [
      'are there by name when no policy is, if one has to allow',
      Simulator.decide(Environment.empty, request(role)),
      ['identity-based policy: Lacks, stops'],
    ],
    [
      'have SCPs level by level, those without an Allow too',
      Simulator.decide(
        Environment.make({
          serviceControlPolicies: [[document(all)], []],
          identityPolicies: [document(all)],
          permissionsBoundary: document(all),
          sessionPolicies: [document(all)],
        }),
        request(role),
      ),
      [
        'service control policy, level 1: Grants',
        'service control policy, level 2: Lacks, stops',
        'identity-based policy: Grants',
        'permissions boundary: Grants',
        'session policy: Grants',
      ],
    ],
    [
      'are none for the root user where nothing is attached',
      Simulator.decide(Environment.empty, request('arn:aws:iam::111122223333:root')),
      [],
    ],
  ])('%s', (_, decision, layers) => {
    expect(layersOf(decision)).toStrictEqual(layers)
  })

  it('are drawn even when there are none', () => {
    const decision = Simulator.decide(Environment.empty, request('arn:aws:iam::111122223333:root'))
    expect(Trace.toText(decision)).toMatch(/^✓ ecr:GetAuthorizationToken {2}allowed\n/u)
    expect(Trace.toMermaid(decision)).toContain('request ==> outcome')
    expect(Trace.toSvg(decision)).toContain('allowed')
  })

  it('hold every statement of the trace', () => {
    for (const { decision } of verdict.steps)
      expect(traceView(decision).layers.flatMap(({ statements }) => statements)).toHaveLength(
        decision.trace.length,
      )
  })

  it('say that they are silent when no statement of theirs matches and none has to', () => {
    const resource = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
    const asked = Request.makeOrThrow({ principal: role, action: 'ecr:PutImage', resource })
    const other = parseOrThrow(
      {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' },
      },
      'ecr-repository',
    )
    const environment = Environment.make({ identityPolicies: [document(all)], resourcePolicy: other })
    expect(layersOf(Simulator.decide(environment, asked))).toStrictEqual([
      'resource-based policy: Silent',
      'identity-based policy: Grants',
    ])
    const without = Environment.make({ identityPolicies: [document(all)] })
    expect(layersOf(Simulator.decide(without, asked))).toStrictEqual([
      'resource-based policy: Absent',
      'identity-based policy: Grants',
    ])
  })
})

describe('text', () => {
  it('is aligned by the width of letters', () => {
    const named = (sid: string): object => ({ ...all, Sid: sid, Action: 'ecr:PutImage' })
    const policy = parseOrThrow({ Version: '2012-10-17', Statement: [named('aa'), named('b')] }, 'identity')
    const [first, ...rest] = policy.statements
    const wide = { ...policy, statements: [{ ...first, sid: '拉取' }, ...rest] as const }
    const decision = Simulator.decide(Environment.make({ identityPolicies: [wide] }), request(role))
    expect(Trace.toText(decision).split('\n').slice(-2)).toStrictEqual([
      '    · Allow  1.1 拉取  its Action does not list ecr:GetAuthorizationToken',
      '    · Allow  1.2 b     its Action does not list ecr:GetAuthorizationToken',
    ])
  })

  it('has colours only when they are asked for', () => {
    expect(Trace.toText(denied)).not.toContain('\u001b')
    expect(Trace.toText(denied, { colour: true })).toContain('\u001b[31m✗\u001b[0m')
    expect(Trace.toText(denied, { colour: true }).replace(/\u001b\[\d+m/gu, '')).toBe(Trace.toText(denied))
  })
})

const app = Repository.parseOrThrow('111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app')

describe('a verdict', () => {
  it('has a cell for each action and layer, empty where the layer is not looked at', () => {
    const { layers, steps } = verdictView(verdict)
    expect(layers).toStrictEqual([
      'service control policy, level 1',
      'resource-based policy',
      'identity-based policy',
    ])
    expect(steps.map(({ cells }) => cells.map((layer) => layer?.standing))).toStrictEqual([
      ['Grants', undefined, 'Grants'],
      ['Grants', 'Lacks', 'Grants'],
      ['Grants', 'Denies', 'Grants'],
    ])
  })

  it('of which nothing could be asked is drawn in every format', () => {
    const nothing = can('push-replicated' as 'pull-tag', accessOrThrow({ principal: role }), app)
    expect(nothing.steps).toStrictEqual([])
    for (const draw of Object.values(Verdict)) expect(draw(nothing)).toContain('nothing could be asked')
  })
})
