/**
 * What callers and repositories of a fleet bring to the requests of one question: the columns by which tests tell them
 * apart, and the requests themselves, as `judge` makes them.
 *
 * @since 0.1.0
 */
import { Caller, Condition, Context, Request } from '../../model/index.js'
import { Frozen, Remember } from '../../pattern/index.js'
import { Simulator } from '../../simulator/index.js'
import { questions } from '../judge.js'
import { accessTo, targetsAt, type Fleet, type FleetPrincipal, type FleetRepository } from './matrixFleet.js'
import { byKey, refineAll, type Partition } from './matrixPartition.js'
import type { Question } from './matrixQuestion.js'
import type { Probe, Test } from './matrixTest.js'
import type { Need } from '../Operation.js'
import { isOfRegistry } from '../requestContext.js'
import { main } from '../Target.js'

// ---- model ----

/**
 * What a test, or the flow of decisions, makes of callers and repositories: those of one group are alike in all that is
 * read of them.
 *
 * `row` is asked with any caller and then any repository; 0 where the question cannot be asked. `value` is the same at once.
 *
 * @category model
 * @since 0.1.0
 */
export interface Table {
  readonly principals: Partition
  readonly repositories: Partition
  readonly row: (principal: number) => Row
  readonly value: (principal: number, repository: number) => number
}

/**
 * What a table has for one caller: a value for each repository.
 *
 * @category model
 * @since 0.1.0
 */
export type Row = (repository: number) => number

/**
 * One question put to a fleet, its policies aside.
 *
 * `situations` has a number for each situation of the decision flow; `table` has each test once.
 *
 * @category model
 * @since 0.1.0
 */
export interface Probes {
  readonly situations: Table
  readonly table: (test: Test) => Table
}

/** A fleet's columns of values by the name of what is read; the same for all questions, or of one question. */
type Columns = (name: string) => Partition

// ---- evaluation ----

/**
 * What `judge` would ask for a caller and a repository of a fleet; undefined where the question cannot be asked.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const ask = (
  fleet: Fleet,
  { required }: Question,
): ((principal: FleetPrincipal, repository: FleetRepository) => Ready | undefined) => {
  const put = questions({ required })
  const targets = Remember.ofValue((repository: FleetRepository) => targetsAt(fleet, repository))
  return (principal, repository) => put(accessTo(fleet, principal, repository), targets(repository))[0]?.[0]
}

type Ready = ReturnType<ReturnType<typeof questions>>[number][number]

// ---- constructors ----

/**
 * A caller of whom nothing is known.
 *
 * @category constructors
 * @since 0.1.0
 */
export const nobody: FleetPrincipal = /* @__PURE__ */ Frozen.deep({
  caller: { _tag: 'Anonymous' },
  context: Context.empty,
  identityPolicies: [],
  sessionPolicies: [],
  facts: { principalAccountIsManagement: false, principalIsServiceLinkedRole: false },
})

/**
 * What questions put to the callers and repositories of a fleet meet, its policies aside; questions of one way meet the
 * same.
 *
 * @category constructors
 * @since 0.1.0
 */
export const probing = (fleet: Fleet): ((question: Question) => Probes) => {
  const ofPrincipals = principalColumns(fleet)
  const known = new Map<string, Probes>() // local mutation: each way is looked at once
  return (question) => {
    const probes = known.get(question.way) ?? probesOf(fleet, question, ofPrincipals)
    known.set(question.way, probes)
    return probes
  }
}

const probesOf = (given: Fleet, question: Question, ofPrincipals: Columns): Probes => {
  const fleet: Fleet = { ...given, endpointPolicies: [], identity: [], resource: [] }
  const [need] = question.required
  const asked = ask(fleet, question)
  const own = fleet.repositories.map((repository) => asked(nobody, repository)?.request)
  const ofRepositories = repositoryColumns(fleet, own)
  const at = asking(fleet, need, asked)
  const principals = (names: readonly string[]): Partition =>
    refineAll(fleet.principals.length, names.map(ofPrincipals))
  const repositories = (names: readonly string[]): Partition =>
    refineAll(fleet.repositories.length, names.map(ofRepositories))
  const standing = standingNames(fleet, need)
  const situation = numbering()
  const texts = own.map((request) => (request === undefined ? undefined : Request.resourceText(request)))
  const known = new Map<string, Table>() // local mutation: each test has one table
  const tableOf = (test: Test): Table => {
    const isSimple = !isOnOwn(need) && repositories(keysOfOwner(test)).first.length <= 1
    const byText = isSimple ? test.ofResource : undefined
    return tabled(principals(namesOfCaller(test, need)), repositories(namesOfOwner(test)), {
      value: (principal, repository) => {
        const probe = at(principal, repository)?.probe
        return probe === undefined ? 0 : test.value(probe)
      },
      ...(byText === undefined ? {} : { row: rowByText(byText, texts, at) }),
    })
  }
  return {
    situations: tabled(principals(standing.ofCaller), repositories(standing.ofOwner), {
      value: (principal, repository) => situation(at(principal, repository)?.situation ?? ''),
    }),
    table: (test) => {
      const table = known.get(test.key) ?? tableOf(test)
      known.set(test.key, table)
      return table
    },
  }
}

/** One clause for all resources of a caller's row, where nothing but their texts makes a difference. */
const rowByText =
  (
    ofResource: NonNullable<Test['ofResource']>,
    texts: readonly (string | undefined)[],
    at: ReturnType<typeof asking>,
  ) =>
  (principal: number): Row => {
    const asked = texts.findIndex((text) => text !== undefined)
    const lookup = at(principal, asked)?.probe.lookup
    const matches = lookup === undefined ? undefined : ofResource(lookup)
    return (repository) => {
      const text = texts[repository]
      return text === undefined || matches === undefined ? 0 : matches(text)
    }
  }

interface Asked {
  readonly situation: string
  readonly probe: Probe
}

/** Requests are kept up to this number, so that memory stays bounded. */
const REQUESTS = 20_000

const asking = (
  fleet: Fleet,
  need: Need,
  asked: ReturnType<typeof ask>,
): ((principal: number, repository: number) => Asked | undefined) =>
  remembering((principal, repository): Asked | undefined => {
    const [who, what] = [fleet.principals[principal], fleet.repositories[repository]]
    const found = who === undefined || what === undefined ? undefined : asked(who, what)
    if (who === undefined || what === undefined || found === undefined) return undefined
    const { environment, request, never } = found
    const isOwn = isOfRegistry(accessTo(fleet, who, what), main(targetsAt(fleet, what)), need)
    return {
      situation: JSON.stringify([Simulator.situation(environment, request), isOwn, never?.why]),
      probe: Simulator.prepare(request, who.permissionsBoundary !== undefined),
    }
  }, fleet.repositories.length)

// ---- tables ----

/** Numbers for texts, from 1 on. */
const numbering = (): ((text: string) => number) => {
  const known = new Map<string, number>() // local mutation: grows as texts come
  return (text) => {
    const number = known.get(text) ?? known.size + 1
    known.set(text, number)
    return number
  }
}

interface Cells {
  readonly value: (principal: number, repository: number) => number
  /** In place of `value`, where there is something to prepare for each caller. */
  readonly row?: (principal: number) => Row
}

/** Asks once for each group of callers and group of repositories, and then remembers. */
const tabled = (principals: Partition, repositories: Partition, cells: Cells): Table => {
  const rows: (Row | undefined)[] = [] // local mutation: the rows asked for so far
  const rowOf = (its: number): Row => {
    const first = principals.first[its] ?? 0
    const made = remembered(repositories, cells.row?.(first) ?? ((column) => cells.value(first, column)))
    rows[its] = made
    return made
  }
  const row = (principal: number): Row => {
    const its = principals.classOf[principal] ?? 0
    return rows[its] ?? rowOf(its)
  }
  return { principals, repositories, row, value: (principal, repository) => row(principal)(repository) }
}

const remembered = ({ classOf, first }: Partition, make: Row): Row => {
  const known = new Uint16Array(first.length) // local mutation: what is known, plus one
  return (repository) => {
    const its = classOf[repository] ?? 0
    const before = known[its] ?? 0
    if (before > 0) return before - 1
    const made = make(first[its] ?? 0)
    known[its] = made + 1
    return made
  }
}

const remembering = <A>(
  make: (row: number, column: number) => A,
  width: number,
): ((row: number, column: number) => A) => {
  const known = new Map<number, A>() // local mutation: the latest results
  return (row, column) => {
    const key = row * width + column
    const before = known.get(key)
    if (before !== undefined) return before
    const made = make(row, column)
    if (known.size >= REQUESTS) known.clear()
    known.set(key, made)
    return made
  }
}

// ---- columns ----

// Names that no context key has: keys hold no control characters.
const CALLER = '\u0001caller'
const STANDING = '\u0001standing'
const ACCOUNT = '\u0001account'
const RESOURCE = '\u0001resource'
const SORT = '\u0001sort'
const HOST = '\u0001host'
const REGION = '\u0001region'

/** Keys that reach a request only where caller and registry are of one account, if he brings them himself (XA-5). */
const needsAccount = (key: string): boolean => key.startsWith('aws:resource')

/** Is something of the caller's own account asked on? */
const isOnOwn = ({ on }: Need): boolean => on.startsWith('role/')

/** U-33: what a service's requests tell of whom it works for follows from caller, registry and Region, each from the other. */
const sourceKeys: readonly string[] = ['aws:sourceaccount', 'aws:sourcearn']

/** What situations are told apart by; how far a service goes, by what it acts for as well (EX-20). */
const standingNames = ({ principals }: Fleet, { by }: Need) =>
  by !== undefined || principals.some(({ caller }) => caller._tag === 'Service')
    ? { ofCaller: [STANDING, HOST, ...sourceKeys], ofOwner: [STANDING, REGION] }
    : { ofCaller: [STANDING], ofOwner: [STANDING] }

const readsSource = ({ keys }: Test): boolean => keys.some((key) => sourceKeys.includes(key))

const namesOfCaller = (test: Test, need: Need): readonly string[] => {
  const isOfAccount = (test.readsResource && isOnOwn(need)) || test.keys.some(needsAccount)
  const isFiltered = need.by !== undefined && test.keys.length > 0 // RC-6: his own keys pass if he is that service
  return [
    ...test.keys,
    ...(readsSource(test) ? sourceKeys : []),
    ...(test.readsCaller || isFiltered || readsSource(test) ? [CALLER] : []),
    ...(isOfAccount ? [ACCOUNT] : []),
  ]
}

const namesOfOwner = (test: Test): readonly string[] => [
  SORT,
  ...keysOfOwner(test),
  ...(test.readsResource ? [RESOURCE] : []),
]

const keysOfOwner = (test: Test): readonly string[] => [
  ...test.keys,
  ...(readsSource(test) ? [...sourceKeys, 'aws:requestedregion'] : []),
  ...(test.keys.some(needsAccount) || readsSource(test) ? [ACCOUNT] : []),
]

const columns = (make: (name: string) => Partition): Columns => {
  const known = new Map<string, Partition>() // local mutation: each column is made once
  return (name) => {
    const made = known.get(name) ?? make(name)
    known.set(name, made)
    return made
  }
}

const principalColumns = ({ principals }: Fleet): Columns => {
  const known = principals.map(({ caller, context }) => [
    valuesOf(context),
    indexed(requestOf(caller, context)),
  ])
  return columns((name) => {
    switch (name) {
      case CALLER:
        return byKey(principals.map(callerText))
      case STANDING:
        return byKey(principals.map(standingOfCaller))
      case ACCOUNT:
        return byKey(principals.map(({ caller }) => accountText(caller)))
      case HOST:
        return byKey(principals.map(({ caller }) => (caller._tag === 'Service' ? caller.host : '')))
      default:
        // What he gives goes before what the repository does, what follows from him may not: they are two things.
        return byKey(known.map((two) => JSON.stringify(two.map((values) => values.get(name) ?? []))))
    }
  })
}

const repositoryColumns = (
  { repositories }: Fleet,
  own: readonly (Request.Request | undefined)[],
): Columns => {
  const contexts = own.map((request): Values => (request === undefined ? new Map() : indexed(request)))
  return columns((name) => {
    switch (name) {
      case SORT: // ECR Public cannot be asked what a private registry can
        return byKey(repositories.map(({ repository }) => repository._tag))
      case RESOURCE:
        return byKey(own.map((request) => (request === undefined ? '' : Request.resourceText(request))))
      case STANDING:
        return byKey(
          repositories.map(({ repository, facts }) =>
            JSON.stringify([repository._tag, placeOf(repository), facts]),
          ),
        )
      case ACCOUNT:
        return byKey(repositories.map(({ repository }) => placeOf(repository)))
      case REGION:
        return byKey(repositories.map(({ repository: its }) => (its._tag === 'Repository' ? its.region : '')))
      default:
        return byKey(contexts.map((context) => JSON.stringify(context.get(name) ?? [])))
    }
  })
}

type Values = ReadonlyMap<string, readonly string[]>

const valuesOf = (context: Context.Context): Values =>
  new Map(context.map(({ name, values }) => [Condition.foldKey(name), values]))

const indexed = (request: Request.Request): Values => valuesOf(Request.fullContext(request))

/** What a caller brings, be it kept out of some requests: the `*` is any resource. */
const requestOf = (principal: Caller.Caller, context: Context.Context): Request.Request => ({
  ...Request.makeOrThrow({ principal: 'anonymous', action: 'ecr:GetAuthorizationToken', resource: '*' }),
  principal,
  context,
})

const placeOf = ({ partition, account }: { readonly partition: string; readonly account: string }): string =>
  `${partition}:${account}`

const accountText = (caller: Caller.Caller): string => (Caller.hasAccount(caller) ? placeOf(caller) : '')

const callerText = ({ caller, context, permissionsBoundary }: FleetPrincipal): string =>
  JSON.stringify([caller, Context.get('aws:PrincipalArn')(context) ?? [], permissionsBoundary !== undefined])

const standingOfCaller = ({ caller, context, facts }: FleetPrincipal): string => {
  const its = Simulator.traits(requestOf(caller, context))
  const isUnsigned = caller._tag === 'Anonymous' // EX-58
  return JSON.stringify([its.caller, isUnsigned, its.serviceLinked, accountText(caller), facts])
}
