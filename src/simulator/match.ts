/**
 * Does a statement match a request? One definition, element by element, that also says what did not match (SM-1).
 *
 * @since 0.1.0
 */
import {
  Action,
  Caller,
  Condition,
  Context,
  Operand,
  Operator,
  Request,
  Resource,
  type Statement,
  type Variable,
  type Version,
} from '../model/index.js'
import { Glob } from '../pattern/index.js'
import { clauseStrength, subject, type Subject } from './principal.js'
import type { Strength } from './Strength.js'

// ---- model ----

/**
 * The first element of a statement that does not match, as data.
 *
 * - `Condition`: `values` are the policy's, `actual` the request's, left out when the key is missing.
 * - `Resource`: `resource` is the request's; `patterns` is empty when the statement means the attached resource.
 *
 * @category model
 * @since 0.1.0
 */
export type Mismatch =
  | { readonly element: 'Principal' | 'NotPrincipal'; readonly caller: string }
  | {
      readonly element: 'Action' | 'NotAction'
      readonly action: string
      readonly patterns: readonly string[]
    }
  | {
      readonly element: 'Resource' | 'NotResource'
      readonly resource: string
      readonly patterns: readonly string[]
    }
  | {
      readonly element: 'Condition'
      readonly operator: string
      readonly key: string
      readonly values: readonly string[]
      readonly actual?: readonly string[]
    }

/**
 * What came of a statement. `strength` is how directly it names the caller; `Direct` where no principal is named.
 *
 * @category model
 * @since 0.1.0
 */
export type Match =
  | { readonly _tag: 'Matched'; readonly strength: Strength }
  | { readonly _tag: 'Unmatched'; readonly mismatch: Mismatch }

/**
 * A request made ready for many statements: its action folded, its context indexed.
 *
 * @category model
 * @since 0.1.0
 */
export interface Prepared {
  readonly request: Request.Request
  readonly action: string
  readonly resource: string
  readonly subject: Subject
  /** The values of a context key, whatever its letter case; undefined when it is missing. */
  readonly values: (key: string) => readonly string[] | undefined
  readonly lookup: Variable.Lookup
}

// ---- constructors ----

/**
 * Makes a request ready. `hasBoundary`: a permissions boundary is set on the caller (PR-11).
 *
 * @category constructors
 * @since 0.1.0
 */
export const prepare = (request: Request.Request, hasBoundary: boolean): Prepared => {
  const index = new Map(
    Request.fullContext(request).map(({ name, values }) => [Condition.foldKey(name), values] as const),
  )
  const values = (key: string): readonly string[] | undefined => index.get(Condition.foldKey(key))
  const given = Context.get('aws:PrincipalArn')(request.context)
  return {
    request,
    action: Action.fold(request.action),
    resource: Request.resourceText(request),
    subject: subject(request.principal, given?.length === 1 ? given[0] : undefined, hasBoundary),
    values,
    lookup: (key) => resolution(values(key)),
  }
}

/**
 * What the values of a key are for a variable (VA-9).
 *
 * @category destructors
 * @since 0.1.0
 */
export const resolution = (values: readonly string[] | undefined): Variable.Resolution => {
  const [value, ...more] = values ?? []
  if (value === undefined) return { _tag: 'Missing' }
  return more.length === 0 ? { _tag: 'Value', value } : { _tag: 'Multivalued' } // VA-9
}

// ---- evaluation ----

/**
 * Matches one statement: principal, action, resource, conditions, in this order, up to the first that fails.
 *
 * **Cost** linear in the statement times the length of the request's texts.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const matchStatement =
  (prepared: Prepared, version: Version.Version | undefined, accountMeansRoot: boolean) =>
  (statement: Statement.Statement): Match => {
    const named = principalMatch(prepared, accountMeansRoot)(statement)
    if (named._tag === 'Unmatched') return named
    const mismatch =
      actionMismatch(prepared)(statement) ??
      resourceMismatch(prepared, version)(statement) ??
      conditionMismatch(prepared, version)(statement)
    return mismatch === undefined ? named : unmatched(mismatch)
  }

const unmatched = (mismatch: Mismatch): Match => ({ _tag: 'Unmatched', mismatch })

/** What the statement comes to by its principal alone; one of an identity policy is about the caller himself. */
const principalMatch =
  ({ subject }: Prepared, accountMeansRoot: boolean) =>
  (statement: Statement.Statement): Match => {
    if (statement._tag === 'IdentityStatement') return { _tag: 'Matched', strength: 'Direct' }
    const { principal, effect } = statement
    const strength = clauseStrength(subject, accountMeansRoot)(principal, effect)
    return strength === undefined
      ? unmatched({ element: principal._tag, caller: Caller.show(subject.caller) })
      : { _tag: 'Matched', strength }
  }

const actionMismatch =
  ({ action, request }: Prepared) =>
  ({ action: clause }: Statement.Statement): Mismatch | undefined => {
    const listed = clause.patterns.some((pattern) => Action.fits(pattern)(action))
    return listed === (clause._tag === 'Action')
      ? undefined
      : { element: clause._tag, action: request.action, patterns: clause.patterns }
  }

/** What a resource pattern says before its first wildcard or variable: whatever it matches begins so. */
const plainStart = (pattern: string): string => {
  const wild = pattern.search(/[*?$]/)
  return wild === -1 ? pattern : pattern.slice(0, wild)
}

const resourceMismatch =
  ({ resource, lookup }: Prepared, version: Version.Version | undefined) =>
  ({ resource: clause }: Statement.Statement): Mismatch | undefined => {
    if (clause._tag === 'Attached')
      // SM-R9: some resource is attached to, so a request without one is another matter
      return resource === '*' ? { element: 'Resource', resource, patterns: [] } : undefined
    const listed = clause.patterns.some((pattern) => {
      if (!resource.startsWith(plainStart(pattern))) return false // most resources do not even begin so
      const glob = Resource.glob(version, lookup)(pattern)
      return glob !== undefined && Glob.matches(glob)(resource)
    })
    return listed === (clause._tag === 'Resource')
      ? undefined
      : { element: clause._tag, resource, patterns: clause.patterns }
  }

const conditionMismatch =
  (prepared: Prepared, version: Version.Version | undefined) =>
  ({ conditions }: Statement.Statement): Mismatch | undefined => {
    const failed = conditions.find((condition) => !conditionHolds(prepared, version)(condition))
    if (failed === undefined) return undefined
    const { operator, key, values } = failed
    const actual = prepared.values(key)
    return {
      element: 'Condition',
      operator: Operator.show(operator),
      key,
      values,
      ...(actual === undefined ? {} : { actual }),
    }
  }

/**
 * Does one condition hold in a request? Its truth table is `Operator.truth`, its reading of values `Operand.read`.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const conditionHolds =
  ({ values, lookup }: Pick<Prepared, 'values' | 'lookup'>, version: Version.Version | undefined) =>
  ({ operator, key, values: wanted }: Condition.Condition): boolean => {
    const { missing, present, negated } = Operator.truth(operator, wanted)
    const actual = values(key)
    if (actual === undefined) return missing
    if (present === 'Always' || present === 'Never') return present === 'Always'
    const { comparison } = Operator.operators[operator.name]
    const operands = wanted.map(Operand.read(comparison, version, lookup))
    const passes = (value: string): boolean =>
      operands.some((operand) => Operand.admits(operand)(value)) !== negated
    switch (present) {
      case 'One':
        return actual.length === 1 && actual.every(passes) // U-2
      case 'Any':
        return actual.some(passes)
      case 'All':
        return actual.every(passes)
    }
  }
