/** `compile(access).can(id, target) === can(id, access, target).allowed`, and so for pulls and pushes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessOrThrow, can, canPull, canPush, compile, Repository } from '../../../src/ecr/index.js'
import type { Document } from '../../../src/model/index.js'
import { access, foreign, lone, own } from '../../property/situationsOfEcr.js'
import { doc, granting, identity } from './documents.js'

const elsewhere = Repository.parseOrThrow('arn:aws:ecr:us-east-1:111122223333:repository/team/web')
const repositories = [own, foreign, elsewhere]
const verdicts = { allowed: 0, refused: 0 }

const count = (allowed: boolean): boolean => {
  verdicts[allowed ? 'allowed' : 'refused'] += 1
  return allowed
}

describe('a compiled access', () => {
  it('answers as the plain verdicts do, whatever was asked before', () => {
    fc.assert(
      fc.property(access, fc.shuffledSubarray([...repositories, ...repositories]), (held, asked) => {
        const compiled = compile(held)
        return asked.every(
          (repository) =>
            count(compiled.canPull(repository)) === canPull(held, repository).allowed &&
            compiled.canPull(repository, { layers: 'cached' }) ===
              canPull(held, repository, { layers: 'cached' }).allowed &&
            compiled.canPush(repository) === canPush(held, repository).allowed &&
            compiled.canPush(repository, { client: 'classic' }) ===
              canPush(held, repository, { client: 'classic' }).allowed &&
            lone.every((id) => compiled.can(id, repository) === can(id, held, repository).allowed),
        )
      }),
      { numRuns: 60, seed: 7 },
    )
    expect(Math.min(verdicts.allowed, verdicts.refused)).toBeGreaterThan(10)
  })

  it('answers for repositories that have policies of their own', () => {
    fc.assert(
      fc.property(access, access, (held, other) => {
        const compiled = compile(held)
        const source = { repository: own, resourcePolicy: other.resourcePolicy }
        const destination = { repository: foreign, registryPolicy: other.registryPolicy }
        const targets = [
          { source, destination },
          { source: destination, destination: source },
          { source: { repository: own }, destination: { repository: elsewhere } },
        ]
        return targets.every(
          (target) => compiled.can('copy-crane', target) === can('copy-crane', held, target).allowed,
        )
      }),
      { numRuns: 60, seed: 8 },
    )
  })

  const all = doc(granting('Allow', ['*'], ['*'], { resources: ['*'] }))
  const none = doc(granting('Deny', ['*'], ['*'], { resources: ['*'] }))
  const full = [doc(identity('Allow', ['*'], ['*']))]
  const principal = 'arn:aws:iam::111122223333:role/node'

  it.each<readonly [string, (policy: Document.ResourceDocument) => object]>([
    ['registry policies', (registryPolicy) => ({ registryPolicy })],
    ['RCPs, as many on each side', (policy) => ({ resourceControlPolicies: [[policy]] })],
  ])('keeps apart two repositories that differ in their %s alone', (_, under) => {
    const compiled = compile(accessOrThrow({ principal, identityPolicies: full }))
    const [open, closed] = [
      { repository: own, ...under(all) },
      { repository: elsewhere, ...under(none) },
    ]
    for (const [source, destination] of [
      [open, closed],
      [closed, open],
      [open, open],
    ] as const)
      expect(compiled.can('copy-crane', { source, destination })).toBe(
        source === open && destination === open,
      )
  })

  it.each([
    ['endpoint', { endpointPolicies: [all] }, true],
    ['endpoint that lets nothing through', { endpointPolicies: [none] }, false],
    ['service-linked role', { facts: { principalIsServiceLinkedRole: true } }, true],
  ])('tells a caller with a %s from the service that asks beside him', (_, held, allowed) => {
    const given = accessOrThrow({ principal, identityPolicies: full, resourcePolicy: all, ...held })
    const served = accessOrThrow({ ...given, resourceControlPolicies: [[none]] })
    expect(compile(given).can('lambda-cross-account', own)).toBe(allowed)
    expect(compile(served).can('lambda-cross-account', own)).toBe(false)
    expect(can('lambda-cross-account', given, own).allowed).toBe(allowed)
  })
})
