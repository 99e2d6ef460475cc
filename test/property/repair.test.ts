import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Algebra } from '../../src/algebra/index.js'
import {
  can,
  operations,
  repair,
  Repository,
  within,
  type Access,
  type Edit,
  type OperationId,
} from '../../src/ecr/index.js'
import { overflow } from '../../src/ecr/repair/repairEdit.js'
import { edited } from '../../src/ecr/repair/repairPlaces.js'
import { Caller, Document, Environment, Statement } from '../../src/model/index.js'
import { doc, granting, identity } from '../unit/ecr/documents.js'
import { access, foreign, own, situation, type Lone } from './situationsOfEcr.js'

const allowed = (id: OperationId, held: Access, repository: Repository.Repository): boolean =>
  can(id as Lone, held, repository).allowed

const after = (held: Access, repository: Repository.Repository, edits: readonly Edit[]): Access =>
  edited(held, repository, edits).access

const source = Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/team/base')

// ---- smaller repairs ----

/** The edits with one action, one resource or one statement less. */
const smaller = (edits: readonly Edit[]): readonly (readonly Edit[])[] =>
  edits.flatMap((edit, i) => {
    const others = edits.filter((_, j) => j !== i)
    return [others, ...lessOf(edit).map((less) => [...others, less])]
  })

const lessOf = (edit: Edit): readonly Edit[] =>
  edit.changes.flatMap((change): readonly Edit[] => {
    if (change._tag !== 'Added' && change._tag !== 'Changed') return []
    const place = change.after
    const old = change._tag === 'Changed' ? (edit.before?.statements[place]?.action.patterns.length ?? 0) : 0
    return lessStatements(edit.after.statements[place]!, old).map((less) => withStatement(edit, place, less))
  })

const lessStatements = (statement: Statement.Statement, old: number): readonly Statement.Statement[] => {
  const { patterns } = statement.action
  const fewerActions = patterns.flatMap((_, i) => (i < old ? [] : [patterns.filter((__, j) => j !== i)]))
  const listed = statement.resource._tag === 'Attached' ? [] : statement.resource.patterns
  const fewerResources = old > 0 ? [] : listed.map((_, i) => listed.filter((__, j) => j !== i))
  return [
    ...fewerActions.flatMap(([first, ...rest]) =>
      first === undefined
        ? []
        : [{ ...statement, action: { _tag: 'Action' as const, patterns: [first, ...rest] as const } }],
    ),
    ...fewerResources.flatMap(([first, ...rest]) =>
      first === undefined
        ? []
        : [{ ...statement, resource: { _tag: 'Resource' as const, patterns: [first, ...rest] as const } }],
    ),
  ]
}

const withStatement = (edit: Edit, place: number, statement: Statement.Statement): Edit => {
  const [first, ...rest] = edit.after.statements.map((each, i) => (i === place ? statement : each))
  return { ...edit, after: { ...edit.after, statements: [first!, ...rest] } }
}

// ---- broader additions ----

const everyAction = (to: Edit['place']['_tag']) =>
  to === 'IdentityPolicy' ||
  to === 'SessionPolicy' ||
  to === 'PermissionsBoundary' ||
  to === 'ServiceControlPolicy'
    ? doc<Statement.Statement>(identity('Allow', ['*'], ['*']))
    : to === 'ResourcePolicy'
      ? doc<Statement.Statement>(granting('Allow', ['*', 'lambda.amazonaws.com'], ['*']))
      : doc<Statement.Statement>(
          granting('Allow', ['*', 'lambda.amazonaws.com'], ['*'], { resources: ['*'] }),
        )

const flooded = (
  held: Access,
  repository: Repository.Repository,
  tags: readonly Edit['place']['_tag'][],
): Access =>
  after(
    held,
    repository,
    tags.map((tag): Edit => {
      const place = placeOf(tag, repository)
      const before =
        tag === 'ResourcePolicy'
          ? held.resourcePolicy
          : tag === 'RegistryPolicy'
            ? held.registryPolicy
            : undefined
      const broad = everyAction(tag)
      const [first, ...rest] = [...(before?.statements ?? []), ...broad.statements]
      return { place, after: Document.make([first, ...rest]), changes: [], why: [], remarks: [] }
    }),
  )

const placeOf = (tag: Edit['place']['_tag'], repository: Repository.Repository): Edit['place'] => {
  if (tag === 'ResourcePolicy') return { _tag: tag, repository: Repository.show(repository) }
  if (tag === 'RegistryPolicy') return { _tag: tag, account: repository.account, region: repository.region }
  return { _tag: tag as 'IdentityPolicy' | 'SessionPolicy', principal: '' }
}

/** The places that may be edited: a repository and a registry have one policy each, which may be fixed. */
const editable = (
  held: Access,
  fixed: readonly Document.Document[] = [],
): readonly Edit['place']['_tag'][] => [
  'IdentityPolicy',
  ...(isFree(held.resourcePolicy, fixed) ? (['ResourcePolicy'] as const) : []),
  ...(isFree(held.registryPolicy, fixed) ? (['RegistryPolicy'] as const) : []),
  ...(held.sessionPolicies.length > 0 ? (['SessionPolicy'] as const) : []),
]

const isFree = (policy: Document.Document | undefined, fixed: readonly Document.Document[]): boolean =>
  policy === undefined || !fixed.some((other) => Document.Eq.equals(policy, other))

/** What a boundary or a session policy limits can be granted round it (SA-5), which is never the first advice. */
const isLimited = (held: Access): boolean =>
  held.permissionsBoundary !== undefined || held.sessionPolicies.length > 0

const subsets = <A>(items: readonly A[]): readonly (readonly A[])[] =>
  items.reduce<readonly (readonly A[])[]>(
    (sets, item) => [...sets, ...sets.map((set) => [...set, item])],
    [[]],
  )

// ---- what others allow ----

/** What was asked of those who keep boundary, endpoint and organization, whose policies a repair leaves as they are. */
const byOthers = (held: Access, { place, document, after: now }: Edit): Access => {
  const put = (all: readonly Document.Document[]): readonly never[] =>
    (document === undefined ? [...all, now] : all.map((each, i) => (i === document ? now : each))) as never
  if (place._tag === 'PermissionsBoundary')
    return { ...held, permissionsBoundary: now as Document.IdentityDocument }
  if (place._tag === 'VpcEndpointPolicy') return { ...held, endpointPolicies: put(held.endpointPolicies) }
  return place._tag === 'ServiceControlPolicy'
    ? {
        ...held,
        serviceControlPolicies: held.serviceControlPolicies?.map((all, level) =>
          level === place.level ? put(all) : all,
        ),
      }
    : held
}

// ---- removing what denies ----

const silence = identity('Allow', ['ecr:Nothing'], ['*'])

const withoutDeny = (held: Access): Access => {
  const strip = <S extends Statement.Statement>({
    statements,
    ...rest
  }: Document.Document<S>): Document.Document<S> => {
    const [first, ...others] = statements.map((statement) =>
      statement.effect === 'Allow'
        ? statement
        : { ...statement, effect: 'Allow' as const, action: silence.action },
    )
    return { ...rest, statements: [first!, ...others] }
  }
  return {
    ...held,
    identityPolicies: held.identityPolicies.map(strip),
    permissionsBoundary: held.permissionsBoundary && strip(held.permissionsBoundary),
    sessionPolicies: held.sessionPolicies.map(strip),
    resourcePolicy: held.resourcePolicy && strip(held.resourcePolicy),
    registryPolicy: held.registryPolicy && strip(held.registryPolicy),
    endpointPolicies: held.endpointPolicies.map(strip),
    serviceControlPolicies: held.serviceControlPolicies?.map((level) => level.map(strip)),
  }
}

// ---- the theorems ----

const runs = { numRuns: 200 }

describe('a repair', () => {
  it('makes the operation allowed, and so does each alternative', () => {
    fc.assert(
      fc.property(situation, ({ id, held, repository, mend }) => {
        if (mend._tag === 'Unneeded') return allowed(id, held, repository)
        if (mend._tag === 'Blocked') return !allowed(id, held, repository)
        return (
          !allowed(id, held, repository) &&
          allowed(id, mend.repaired, repository) &&
          mend.alternatives.every((edits) => allowed(id, after(held, repository, edits), repository))
        )
      }),
      runs,
    )
  })

  it('has no part that could be left out: edit, statement, action or resource', () => {
    fc.assert(
      fc.property(situation, ({ id, held, repository, mend }) =>
        mend._tag === 'Repair'
          ? [mend.edits, ...mend.alternatives]
              .flatMap(smaller)
              .every((edits) => !allowed(id, after(held, repository, edits), repository))
          : true,
      ),
      runs,
    )
  })

  it('touches the fewest policies: whatever fewer of them allowed, it would not do', () => {
    fc.assert(
      fc.property(situation, ({ id, held, repository, fixed, mend }) =>
        mend._tag === 'Repair' && !isLimited(held)
          ? subsets(editable(held, fixed))
              .filter((tags) => tags.length < mend.edits.length)
              .every((tags) => !allowed(id, flooded(held, repository, tags), repository))
          : true,
      ),
      runs,
    )
  })

  it('adds and never takes away: where there is one policy only it is that one, unless it is fixed', () => {
    fc.assert(
      fc.property(situation, ({ held, fixed, mend }) =>
        mend._tag === 'Repair'
          ? [mend.edits, ...mend.alternatives].flat().every(({ place, before, after: now }) => {
              if (place._tag === 'ResourcePolicy' && before !== held.resourcePolicy) return false
              if (place._tag === 'RegistryPolicy' && before !== held.registryPolicy) return false
              return (
                before === undefined ||
                (isFree(before, fixed) &&
                  before.statements.every((statement, i) => {
                    const kept = now.statements[i]!
                    const actions = kept.action.patterns.slice(0, statement.action.patterns.length)
                    return Statement.Eq.equals(statement, {
                      ...kept,
                      action: { ...kept.action, patterns: [actions[0]!, ...actions.slice(1)] },
                    })
                  }))
              )
            })
          : true,
      ),
      runs,
    )
  })

  it('makes no policy that is too large for AWS, which may be why it is blocked', () => {
    fc.assert(
      fc.property(situation, ({ mend }) => {
        if (mend._tag === 'Unneeded') return true
        const edits = mend._tag === 'Repair' ? mend.edits : mend.remaining
        return [edits, ...mend.alternatives].flat().every((edit) => overflow(edit) === 0)
      }),
      runs,
    )
  })

  it('grants nothing on other resources, of other actions or to others, by proof', () => {
    fc.assert(
      fc.property(situation, ({ id, held, repository, mend }) => {
        if (mend._tag !== 'Repair') return true
        const asked = can(id, held, repository).steps
        return mend.edits.flatMap(addedStatements).every((statement) => {
          const who = statement._tag === 'ResourceStatement' ? statement.principal.principals : []
          const bounds = doc<Statement.Statement>(
            ...(asked.map(({ action, resource }) =>
              statement._tag === 'ResourceStatement'
                ? {
                    ...granting(
                      'Allow',
                      ['*'],
                      [action],
                      statement.resource._tag === 'Attached' ? {} : { resources: [resource] },
                    ),
                    principal: statement.principal,
                    conditions: statement.conditions,
                  }
                : identity('Allow', [action], [resource]),
            ) as unknown as readonly [Statement.Statement]),
          )
          const single = who.length <= 1
          const tests = (prefix: string) => statement.conditions.some(({ key }) => key.startsWith(prefix))
          const narrowed =
            (who[0]?._tag !== 'Everyone' || tests('aws:PrincipalArn')) &&
            (who[0]?._tag !== 'Service' || tests('aws:Source'))
          return single && narrowed && Algebra.isNoBroader(doc(statement), bounds)._tag === 'Yes'
        })
      }),
      { numRuns: 80 },
    )
  })
})

/** What an edit adds, as statements of their own. */
const addedStatements = ({ before, after: now, changes }: Edit): readonly Statement.Statement[] =>
  changes.flatMap((change) => {
    if (change._tag !== 'Added' && change._tag !== 'Changed') return []
    const statement = now.statements[change.after]!
    const old = change._tag === 'Changed' ? before!.statements[change.before]!.action.patterns.length : 0
    const [first, ...rest] = statement.action.patterns.slice(old)
    return [{ ...statement, action: { ...statement.action, patterns: [first!, ...rest] as const } }]
  })

describe('what is blocked', () => {
  it('stays so whatever identity, session, repository and registry policies allow', () => {
    fc.assert(
      fc.property(situation, ({ id, held, repository, fixed, mend }) =>
        mend._tag === 'Blocked' &&
        mend.alternatives.length === 0 &&
        !mend.by.some((by) => by._tag === 'Hopeless' && ['NobodyToName', 'UnknownSource'].includes(by.why))
          ? !allowed(id, flooded(held, repository, editable(held, fixed)), repository)
          : true,
      ),
      runs,
    )
  })

  it('can be got round, if at all, by an alternative that says so: the first advice never does', () => {
    const goesRound = ({ remarks }: Edit): boolean => remarks.some((text) => text.includes('goes round'))
    fc.assert(
      fc.property(situation, ({ id, held, repository, mend }) => {
        if (mend._tag === 'Unneeded') return true
        if (mend._tag === 'Repair') return !mend.edits.some(goesRound)
        return mend.alternatives.every(
          (edits) => edits.some(goesRound) && allowed(id, after(held, repository, edits), repository),
        )
      }),
      runs,
    )
  })

  it('is free once the Denies are gone, others have allowed, and the rest is added', () => {
    fc.assert(
      fc.property(situation, ({ id, held, repository, mend }) => {
        if (mend._tag !== 'Blocked' || mend.by.some(({ _tag }) => _tag === 'Hopeless')) return true
        const asked = mend.by.flatMap((by) => (by._tag === 'Silent' ? [by.edit] : []))
        const all = asked.reduce(byOthers, after(held, repository, [...asked, ...mend.remaining]))
        return allowed(id, withoutDeny(all), repository)
      }),
      runs,
    )
  })

  it('is blocked for each of the reasons there are, and each sort of answer occurs', () => {
    const seen = new Set(
      fc
        .sample(situation, 600)
        .flatMap(({ mend }) => (mend._tag === 'Blocked' ? mend.by.map((by) => by._tag) : [mend._tag])),
    )
    expect(seen).toEqual(new Set(['Unneeded', 'Repair', 'Denies', 'Silent', 'Hopeless']))
  })
})

describe('a repair of an operation on two repositories', () => {
  const copies = fc
    .tuple(
      fc.constantFrom<'copy-crane' | 'copy-skopeo' | 'push-mount'>('copy-crane', 'copy-skopeo', 'push-mount'),
      access,
      access,
      fc.boolean(),
    )
    .map(([id, held, other, across]) => {
      const target = {
        source: {
          repository: across ? foreign : source,
          resourcePolicy: other.resourcePolicy,
          registryPolicy: held.registryPolicy,
        },
        destination: {
          repository: own,
          resourcePolicy: held.resourcePolicy,
          registryPolicy: held.registryPolicy,
        },
      }
      return { id, held, target, mend: repair(id, held, target) }
    })

  it('works, has no part to spare, and is free of what was in the way when blocked', () => {
    fc.assert(
      fc.property(copies, ({ id, held, target, mend }) => {
        const isAllowed = (edits: readonly Edit[], clean = (access: Access) => access): boolean => {
          const made = edited(held, target, edits)
          return can(id, clean(made.access), made.target as typeof target).allowed
        }
        if (mend._tag === 'Unneeded') return isAllowed([])
        if (mend._tag === 'Blocked') return !isAllowed([])
        return (
          can(id, mend.repaired, mend.target).allowed &&
          isAllowed(mend.edits) &&
          mend.alternatives.every((edits) => isAllowed(edits)) &&
          smaller(mend.edits).every((edits) => !isAllowed(edits))
        )
      }),
      { numRuns: 150 },
    )
  })
})

describe('every operation', () => {
  it.each(Object.keys(operations) as readonly OperationId[])(
    '%s by a caller without any policy has a repair that works, or none',
    (id) => {
      const held = within(Environment.empty)(Caller.parseOrThrow('arn:aws:iam::111122223333:role/node'))
      const publicRepository = Repository.parsePublicOrThrow(
        'arn:aws:ecr-public::111122223333:repository/app',
      )
      const everything = {
        repository: { repository: own },
        source: { repository: foreign },
        destination: { repository: own },
        publicRepository: { repository: publicRepository },
        signingProfile: undefined,
      }
      const mend = repair(id, held, everything as never)
      if (mend._tag === 'Repair') expect(can(id, mend.repaired, mend.target).allowed).toBe(true)
      else
        expect([
          ['Blocked', 'sign-managed'],
          ['Unneeded', 'public-pull'],
          ['Unneeded', 'replication-cross-account'], // into his own account
        ]).toContainEqual([mend._tag, id])
    },
  )
})
