/**
 * Statements, element by element, with all that does not depend on the request settled beforehand. How a pattern reads is
 * `Resource.glob`, whom a principal names is `clauseStrength`, as for the plain evaluator.
 *
 * @since 0.1.0
 */
import { Principal, Resource, type Statement, type Version } from '../model/index.js'
import { Glob } from '../pattern/index.js'
import { conditionTest, reading, type Reading } from './compileCondition.js'
import { fileByPath, globTest } from './compileGlob.js'
import { entryName, type Identity } from './compileRequest.js'
import { allOf, always, anyOf, never, whenAsked, type Test } from './compileTest.js'
import { clauseStrength } from './principal.js'
import type { Strength } from './Strength.js'

// ---- model ----

/**
 * What a statement is asked for, the same for all requests: by which layer of which environment, and how directly its
 * Allow must name the caller.
 *
 * @category model
 * @since 0.1.0
 */
export interface Bearing {
  readonly hasBoundary: boolean
  readonly accountMeansRoot: boolean
  readonly suffices: (strength: Strength) => boolean
}

/**
 * A statement but for its action. Where it names resources without variables, `globs` are theirs, and `test` is that one
 * of them matches and the `rest` holds.
 *
 * @category model
 * @since 0.1.0
 */
export interface CompiledStatement {
  readonly globs: readonly Glob.Glob[] | undefined
  readonly rest: Test<Bearing>
  readonly test: Test<Bearing>
}

// ---- constructors ----

/**
 * Takes a statement of a document of this version apart.
 *
 * **Cost** about that of one plain evaluation.
 *
 * @category constructors
 * @since 0.1.0
 */
export const compileStatement =
  (version: Version.Version | undefined) =>
  (statement: Statement.Statement): CompiledStatement => {
    const readings = readResources(version, statement.resource)
    const globs = fixedGlobs(readings)
    const conditions = statement.conditions.map((one) =>
      whenAsked<Bearing>(() => conditionTest(version)(one)),
    )
    const principal =
      statement._tag === 'IdentityStatement' || namesEverybody(statement.principal)
        ? always
        : whenAsked<Bearing>(() => principalTest(statement.principal, statement.effect))
    const rest = allOf<Bearing>([principal, ...conditions])
    return {
      globs: statement.resource._tag === 'Resource' && globs.length === readings.length ? globs : undefined,
      rest,
      test: allOf([covers(statement.resource, readings), rest]),
    }
  }

// ---- resources ----

type ReadGlob = Reading<Glob.Glob | undefined>

const readResources = (
  version: Version.Version | undefined,
  clause: Resource.ResourceClause,
): readonly ReadGlob[] =>
  clause._tag === 'Attached'
    ? []
    : clause.patterns.map((pattern) => reading(pattern, (lookup) => Resource.glob(version, lookup)(pattern)))

const fixedGlobs = (readings: readonly ReadGlob[]): readonly Glob.Glob[] =>
  readings.flatMap((one) => (one._tag === 'Fixed' && one.value !== undefined ? [one.value] : []))

const covers = (clause: Resource.ResourceClause, readings: readonly ReadGlob[]): Test<Bearing> => {
  if (clause._tag === 'Attached') return ({ resource }) => resource !== '*' // SM-R9
  const listed = anyOf([anyFixed(fixedGlobs(readings)), ...readings.map(varying)])
  if (clause._tag === 'Resource') return listed
  return listed === always ? never : (request, bearing) => !listed(request, bearing)
}

const anyFixed = (globs: readonly Glob.Glob[]): Test<Bearing> => {
  const [first, ...more] = globs
  if (first === undefined) return never
  if (globs.some((glob) => Glob.sameTokens(glob, Glob.all))) return always
  return whenAsked<Bearing>(() => {
    if (more.length === 0) {
      const test = globTest(first)
      return ({ resource }) => test(resource)
    }
    const files = fileByPath(globs.map((glob) => ({ glob, item: undefined })))
    return ({ resource, paths }) => files(resource, paths(), always, undefined, undefined)
  })
}

/** U-7: a pattern whose variable cannot be resolved matches nothing. */
const varying = (one: ReadGlob): Test<Bearing> =>
  one._tag === 'Fixed'
    ? never
    : (request) => {
        const glob = one.value(request)
        return glob !== undefined && Glob.matches(glob)(request.resource)
      }

// ---- principals ----

/** PR-9: Direct, the strongest. */
const namesEverybody = ({ _tag, principals }: Principal.PrincipalClause): boolean =>
  _tag === 'Principal' && principals.some((one) => one._tag === 'Everyone')

/**
 * Whom a clause names is asked of the few entries that may name the caller: everybody, his account, and himself. Where
 * there is none any other entry will do, as it names somebody else.
 */
const principalTest = (clause: Principal.PrincipalClause, effect: Statement.Effect): Test<Bearing> => {
  const asked = (principals: Principal.PrincipalList): Asked => {
    const about = { ...clause, principals }
    return ({ subject, bounded }, { hasBoundary, accountMeansRoot, suffices }) => {
      const strength = clauseStrength(hasBoundary ? bounded : subject, accountMeansRoot)(about, effect)
      return strength !== undefined && suffices(strength)
    }
  }
  const [whole, nobody] = [asked(clause.principals), asked(named(clause, []))]
  const byName = new Map(
    Array.from(groups(clause), ([name, entries]) => [name, asked(named(clause, entries))]),
  )
  return (request, bearing) => {
    const identity = request.identity()
    const { name, account } = identity
    const ask = name === undefined ? whole : (byName.get(name) ?? byName.get(account) ?? nobody)
    return ask(identity, bearing)
  }
}

type Asked = (identity: Identity, bearing: Bearing) => boolean

const named = (
  { principals }: Principal.PrincipalClause,
  entries: readonly Principal.Principal[],
): Principal.PrincipalList => {
  const [first, ...more] = [...principals.filter(({ _tag }) => _tag === 'Everyone'), ...entries]
  return first === undefined ? Principal.list([principals[0]]) : Principal.list([first, ...more])
}

/** The entries under their names; those of a caller's account are with his own. */
const groups = ({
  principals,
}: Principal.PrincipalClause): ReadonlyMap<string, readonly Principal.Principal[]> => {
  const found = new Map<string, Principal.Principal[]>() // local mutation: filled here, as is the next
  for (const entry of principals) {
    const name = entryName(entry)
    if (name === undefined) continue
    const there = found.get(name)
    if (there === undefined) found.set(name, [entry])
    else there.push(entry)
  }
  return new Map(
    Array.from(found, ([name, entries]) => {
      const slash = name.indexOf('/')
      const account = slash === -1 ? undefined : found.get(name.slice(0, slash))
      return [name, account === undefined ? entries : [...account, ...entries]]
    }),
  )
}
