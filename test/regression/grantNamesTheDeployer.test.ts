/**
 * A grant to Lambda across accounts claimed to be all that `lambda-cross-account` takes, and said nothing of the deployer, who
 * has to be allowed as well (EX-21).
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  accessOrThrow,
  can,
  explainGrant,
  grant,
  grantOrThrow,
  Repository,
  type GrantInput,
} from '../../src/ecr/index.js'
import { Document } from '../../src/model/index.js'

const [here, there, third] = ['111122223333', '444455556666', '777788889999']
const service = 'lambda.amazonaws.com'
const own = `arn:aws:ecr:eu-west-1:${here}:repository/app`
const foreign = own.replace(here, there)
const deployer = `arn:aws:iam::${here}:role/deployer`
const forHere = { service, sourceAccounts: here }

const plan = (principals: GrantInput['principals'], repositories: GrantInput['repositories'] = foreign) =>
  grantOrThrow({ operations: 'lambda', principals, repositories })
const title = (...args: Parameters<typeof plan>) => explainGrant(plan(...args)).split('\n')[0]
const ofDeployer = (...args: Parameters<typeof plan>) =>
  plan(...args).notes.filter(({ rules }) => rules.includes('EX-21'))

describe('a grant to Lambda', () => {
  it('across accounts is the part of the service, and says what the deployer needs', () => {
    expect(title(forHere)).toBe(
      'To let lambda.amazonaws.com for 111122223333 do its part of lambda-cross-account',
    )
    expect(plan(forHere).for).toMatchObject({
      operations: ['lambda-cross-account'],
      inPart: ['lambda-cross-account'],
    })
    const [note, ...more] = ofDeployer(forHere)
    expect(more).toEqual([])
    expect(note?.text).toMatch(/whoever deploys/i)
    expect(note?.text).toContain('`ecr:BatchGetImage` and `ecr:GetDownloadUrlForLayer`')
  })

  it('within the account is whole', () => {
    for (const principals of [service, { service, sourceAccounts: there }]) {
      expect(plan(principals).for).toMatchObject({ operations: ['lambda-same-account'], inPart: [] })
      expect(ofDeployer(principals)).toEqual([])
    }
  })

  it('for some accounts, of which one is the owner, is both', () => {
    const principals = { service, sourceAccounts: [there, third ?? ''] }
    expect(plan(principals).for).toMatchObject({
      operations: ['lambda-same-account', 'lambda-cross-account'],
      inPart: ['lambda-cross-account'],
    })
    expect(title(principals)).toMatch(/do lambda-same-account, its part of lambda-cross-account$/)
    expect(ofDeployer(principals)).toHaveLength(1)
  })

  it('tells an account by the ARN of a function as well', () => {
    const principals = { service, sourceArns: `arn:aws:lambda:eu-west-1:${here}:function:f` }
    expect(ofDeployer(principals)).toHaveLength(1)
    expect(ofDeployer(principals, own)).toEqual([])
  })

  it('says so of a pull in its name too', () => {
    const asked = grantOrThrow({ operations: 'pull', principals: forHere, repositories: foreign })
    expect(asked.notes.some(({ rules }) => rules.includes('EX-21'))).toBe(true)
  })

  it('beside the deployer is whole, and so is one to the deployer', () => {
    for (const principals of [deployer, [deployer, forHere]]) {
      const { policies, for: purpose } = plan(principals)
      expect(purpose).toMatchObject({ operations: ['lambda-cross-account'], inPart: [] })
      const access = accessOrThrow({
        principal: deployer,
        identityPolicies: policies.flatMap(({ document }) =>
          Document.isIdentity(document) ? [document] : [],
        ),
        resourcePolicy: policies.flatMap(({ document }) =>
          Document.isResource(document) ? [document] : [],
        )[0],
      })
      expect(can('lambda-cross-account', access, Repository.parseOrThrow(foreign)).allowed).toBe(true)
    }
  })

  it('is refused for the one of the two operations that does not fit', () => {
    const refused = (operations: GrantInput['operations'], repositories: string) =>
      E.match(
        (errors: readonly { readonly code: string }[]) => errors.map(({ code }) => code),
        () => [] as readonly string[],
      )(grant({ operations, principals: forHere, repositories }))
    expect(refused('lambda-same-account', foreign)).toEqual(['UnsuitableTarget'])
    expect(refused('lambda-same-account', own)).toEqual([])
    expect(refused('lambda-cross-account', foreign)).toEqual([])
    expect(refused('lambda-cross-account', own)).toEqual(['UnsuitableTarget'])
  })
})
