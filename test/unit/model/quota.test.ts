/** How large a policy of each kind may be, and how many of them there may be (SZ-1 to SZ-8). */
import { describe, expect, it } from 'vitest'
import { PolicyKind, Quota } from '../../../src/model/index.js'

const shown = (quota: Quota.Quota | undefined): string => {
  if (quota === undefined) return 'no limit'
  const { characters, blanks, shares, attachable, rule } = quota
  const counted = `${String(characters)} characters${blanks ? ', blanks too' : ''}`
  return `${rule}: ${counted}, ${shares === 'All' ? 'of all together' : `of each of ${String(attachable)}`}`
}

describe('the quota', () => {
  it('of each kind', () => {
    expect(Object.fromEntries(PolicyKind.policyKinds.map((kind) => [kind, shown(Quota.of(kind))]))).toEqual({
      identity: 'no limit',
      managed: 'SZ-1: 6144 characters, of each of 10',
      'inline-user': 'SZ-1: 2048 characters, of all together',
      'inline-role': 'SZ-1: 10240 characters, of all together',
      'inline-group': 'SZ-1: 5120 characters, of all together',
      boundary: 'SZ-1: 6144 characters, of each of 1',
      session: 'SZ-3: 2048 characters, blanks too, of each of 1',
      scp: 'SZ-5: 10240 characters, blanks too, of each of 5',
      rcp: 'SZ-6: 5120 characters, blanks too, of each of 5',
      trust: 'SZ-4: 2048 characters, of each of 1',
      endpoint: 'SZ-8: 20480 characters, blanks too, of each of 1',
      resource: 'no limit',
      's3-bucket': 'no limit',
      'ecr-repository': 'SZ-7: 10240 characters, blanks too, of each of 1',
      'ecr-registry': 'SZ-7: 10240 characters, blanks too, of each of 1',
    })
    expect(Quota.raised).toEqual({ trust: 4096 })
  })
})
