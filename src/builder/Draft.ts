/**
 * Drafts: statements and documents as a program writes them, before their texts are checked. A draft has the shape of
 * the finished thing, with plain text where the model has branded text, so that every finished statement or document
 * is also a draft and can be edited by the same functions.
 *
 * `identity` and `resource` check a draft and make it a document; nothing else does.
 *
 * Laws: 1. a function of this folder never changes its arguments, and keeps no array of theirs
 *       2. order of statements, actions, resources, principals of one type and condition values is kept
 * Source: GR-9, GR-11, GR-13, GR-15, SM-R9.
 *
 * @since 0.1.0
 */
import type { Action, Arn, Brand, Operator, Principal, Statement, Version } from '../model/index.js'

// ---- model ----

/**
 * One thing or a list of such things.
 *
 * @category model
 * @since 0.1.0
 */
export type OneOrMore<A> = A | readonly A[]

/**
 * An action text that the compiler did not check; `action` and `actions` make it.
 *
 * @category model
 * @since 0.1.0
 */
export type ActionText = Brand<string, 'ActionText'>

/**
 * The type-level check of what stands in `action` and `notAction`: as `CheckedAction`, and texts that were marked by
 * `action`, `actions` or `Action.parsePattern`.
 *
 * @category model
 * @since 0.1.0
 */
export type ActionEntry<A extends string> = A extends ActionText | Action.ActionPattern
  ? A
  : Action.CheckedAction<A>

/**
 * A principal that is still text, with the key it will have in the principal map.
 *
 * @category model
 * @since 0.1.0
 */
export interface PrincipalText {
  readonly _tag: 'PrincipalText'
  readonly type: Principal.PrincipalType
  readonly text: string
}

/**
 * What stands in `principal` and `notPrincipal`. A bare string is an `AWS` principal: an ARN, an account id or `*`.
 *
 * @category model
 * @since 0.1.0
 */
export type PrincipalEntry = string | PrincipalText | Principal.Principal

/**
 * One value of a condition. Numbers and booleans are written in the usual way (`String`).
 *
 * @category model
 * @since 0.1.0
 */
export type ConditionValue = string | number | boolean

/**
 * One condition: an operator, a context key and values, not yet checked. Every `Condition` is one.
 *
 * @category model
 * @since 0.1.0
 */
export interface ConditionDraft {
  readonly operator: string | Operator.ConditionOperator
  readonly key: string
  readonly values: readonly string[]
}

/**
 * Conditions as IAM's JSON writes them: operator, then key, then value or values.
 *
 * @category model
 * @since 0.1.0
 */
export type ConditionMap = {
  readonly [O in Operator.OperatorText]?: Readonly<Record<string, OneOrMore<ConditionValue>>>
}

/**
 * What stands in `condition`: a map as in JSON, or conditions made by `condition`, `stringEquals` and their like.
 *
 * @category model
 * @since 0.1.0
 */
export type ConditionInput = ConditionMap | OneOrMore<ConditionDraft>

interface CommonDraft {
  readonly sid: string | undefined
  readonly effect: Statement.Effect
  readonly action: { readonly _tag: 'Action' | 'NotAction'; readonly patterns: readonly string[] }
  readonly conditions: readonly ConditionDraft[]
}

/**
 * Resources of a draft.
 *
 * @category model
 * @since 0.1.0
 */
export interface ListedResourcesDraft {
  readonly _tag: 'Resource' | 'NotResource'
  readonly patterns: readonly string[]
}

/**
 * A statement without principals, not yet checked. Every `IdentityStatement` is one.
 *
 * @category model
 * @since 0.1.0
 */
export interface IdentityDraft extends CommonDraft {
  readonly _tag: 'IdentityStatement'
  readonly resource: ListedResourcesDraft
}

/**
 * A statement that names principals, not yet checked. Every `ResourceStatement` is one.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResourceDraft extends CommonDraft {
  readonly _tag: 'ResourceStatement'
  readonly principal: {
    readonly _tag: 'Principal' | 'NotPrincipal'
    readonly principals: readonly PrincipalEntry[]
  }
  readonly resource: ListedResourcesDraft | { readonly _tag: 'Attached' }
}

/**
 * A statement of either sort, not yet checked.
 *
 * @category model
 * @since 0.1.0
 */
export type StatementDraft = IdentityDraft | ResourceDraft

/**
 * The draft type of a statement's sort.
 *
 * @category model
 * @since 0.1.0
 */
export type DraftOf<D extends StatementDraft> = D extends { readonly _tag: 'IdentityStatement' }
  ? IdentityDraft
  : ResourceDraft

/**
 * A policy, not yet checked. Every `Document` is one.
 *
 * @category model
 * @since 0.1.0
 */
export interface DocumentDraft<D extends StatementDraft = StatementDraft> {
  readonly _tag: 'Document'
  readonly version: Version.Version | undefined
  readonly id: string | undefined
  readonly statements: readonly D[]
}

// ---- model: what allow and deny take ----

/** One action or a list: `A` is the type of the whole, since the compiler infers that one safely. */
type ActionInput<A extends OneOrMore<string>> = A extends readonly string[]
  ? readonly ActionEntry<A[number]>[]
  : A extends string
    ? ActionEntry<A>
    : never

type ActionFields<A extends OneOrMore<string>> =
  | { readonly action: ActionInput<A> | ActionText | Action.ActionPattern; readonly notAction?: never }
  | { readonly notAction: ActionInput<A> | ActionText | Action.ActionPattern; readonly action?: never }

type ResourceFields =
  | { readonly resource: OneOrMore<string>; readonly notResource?: never }
  | { readonly notResource: OneOrMore<string>; readonly resource?: never }

/** The type argument that stands for a statement without principals; an empty list of principals infers `never`. */
interface Absent {
  readonly _tag: 'Absent'
}

type PrincipalFields<P> =
  | { readonly principal: OneOrMore<P>; readonly notPrincipal?: never }
  | { readonly notPrincipal: OneOrMore<P>; readonly principal?: never }

interface NoResource {
  readonly resource?: never
  readonly notResource?: never
}

interface NoPrincipal {
  readonly principal?: never
  readonly notPrincipal?: never
}

interface OptionalFields {
  readonly sid?: string | undefined
  readonly condition?: ConditionInput | undefined
}

/**
 * The elements of a statement, named as IAM names them.
 *
 * - `action` or `notAction`, one of the two (GR-11). ECR's action names are checked by the compiler.
 * - `resource` or `notResource`, at most one of the two (GR-13). A statement without principals must have it; one with
 *   principals may leave it out and then means the resource that the policy is attached to (SM-R9).
 * - `principal` or `notPrincipal`, at most one of the two (GR-15).
 * - `condition`: all of them must hold.
 * - `sid`: letters and digits in an identity policy, any text in a resource policy (GR-10, U-20).
 *
 * @category model
 * @since 0.1.0
 */
export type StatementFields<
  A extends OneOrMore<string>,
  P extends PrincipalEntry | Absent,
> = ActionFields<A> &
  OptionalFields &
  ((PrincipalFields<P> & (ResourceFields | NoResource)) | (NoPrincipal & ResourceFields))

/** The same elements without their exclusions: what the implementation reads. */
interface LooseFields extends OptionalFields {
  readonly action?: OneOrMore<string>
  readonly notAction?: OneOrMore<string>
  readonly resource?: OneOrMore<string>
  readonly notResource?: OneOrMore<string>
  readonly principal?: OneOrMore<PrincipalEntry>
  readonly notPrincipal?: OneOrMore<PrincipalEntry>
}

/**
 * With a principal it is a statement of a resource policy, without one of an identity policy.
 *
 * @category model
 * @since 0.1.0
 */
export type DraftFor<P> = readonly [P] extends readonly [never]
  ? ResourceDraft
  : readonly [P] extends readonly [Absent]
    ? IdentityDraft
    : ResourceDraft

// ---- constructors ----

/**
 * A statement that allows. Its texts are checked when the policy is built.
 *
 * @example
 * import { Policy } from 'ecr-policy'
 *
 * Policy.allow({ action: 'ecr:GetAuthorizationToken', resource: '*' }).effect // => 'Allow'
 *
 * @category constructors
 * @since 0.1.0
 */
export function allow<A extends OneOrMore<string>, P extends PrincipalEntry | Absent = Absent>(
  fields: StatementFields<A, P>,
): DraftFor<P>
export function allow(fields: LooseFields): StatementDraft {
  return draft('Allow', fields)
}

/**
 * A statement that denies. Its texts are checked when the policy is built.
 *
 * @example
 * import { Policy } from 'ecr-policy'
 *
 * Policy.deny({
 *   notPrincipal: Policy.account('111122223333'),
 *   action: 'ecr:*',
 *   condition: { Bool: { 'aws:SecureTransport': false } },
 * }).effect // => 'Deny'
 *
 * @category constructors
 * @since 0.1.0
 */
export function deny<A extends OneOrMore<string>, P extends PrincipalEntry | Absent = Absent>(
  fields: StatementFields<A, P>,
): DraftFor<P>
export function deny(fields: LooseFields): StatementDraft {
  return draft('Deny', fields)
}

const draft = (effect: Statement.Effect, fields: LooseFields): StatementDraft => {
  const common = {
    sid: fields.sid,
    effect,
    action: listed('Action', 'NotAction', fields.action, fields.notAction),
    conditions: conditions(fields.condition ?? []),
  }
  const named = fields.principal ?? fields.notPrincipal
  const resource = listed('Resource', 'NotResource', fields.resource, fields.notResource)
  return named === undefined
    ? { _tag: 'IdentityStatement', ...common, resource }
    : {
        _tag: 'ResourceStatement',
        ...common,
        principal: {
          _tag: fields.principal === undefined ? 'NotPrincipal' : 'Principal',
          principals: toList(named),
        },
        resource:
          fields.resource === undefined && fields.notResource === undefined ? { _tag: 'Attached' } : resource,
      }
}

const listed = <Plain extends string, Negated extends string>(
  plain: Plain,
  negated: Negated,
  value: OneOrMore<string> | undefined,
  notValue: OneOrMore<string> | undefined,
): { readonly _tag: Plain | Negated; readonly patterns: readonly string[] } => ({
  _tag: value === undefined && notValue !== undefined ? negated : plain,
  patterns: toList(value ?? notValue ?? []),
})

/**
 * A list of its own, whether one thing or several were given.
 *
 * @category destructors
 * @since 0.1.0
 */
export const toList = <A>(given: OneOrMore<A>): readonly A[] => (isList(given) ? [...given] : [given])

const isList = <A>(given: OneOrMore<A>): given is readonly A[] => Array.isArray(given)

/**
 * An action whose text is known at run time only; it is checked when the policy is built.
 *
 * @category constructors
 * @since 0.1.0
 */
export const action = (text: string): ActionText =>
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the one place where the brand is given
  text as ActionText

/**
 * A list of actions to be used in several statements, checked by the compiler here.
 *
 * @example
 * import { Policy } from 'ecr-policy'
 *
 * const pull = Policy.actions(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'])
 * Policy.allow({ action: pull, resource: '*' }).action.patterns.length // => 2
 *
 * @category constructors
 * @since 0.1.0
 */
export const actions = <A extends string>(list: readonly ActionEntry<A>[]): readonly ActionText[] =>
  list.map(action)

/**
 * The conditions that a `condition` element stands for, in its order.
 *
 * @category destructors
 * @since 0.1.0
 */
export const conditions = (input: ConditionInput): readonly ConditionDraft[] =>
  isDrafts(input) ? toList(input) : fromMap(input)

const isDrafts = (input: ConditionInput): input is OneOrMore<ConditionDraft> =>
  Array.isArray(input) || Object.hasOwn(input, 'operator')

const fromMap = (map: ConditionMap): readonly ConditionDraft[] =>
  Object.entries(map).flatMap(([operator, tests]) =>
    Object.entries(tests).map(([key, values]) => ({ operator, key, values: toList(values).map(String) })),
  )

/**
 * The parts of ARNs that helpers take beside account and name.
 *
 * @category model
 * @since 0.1.0
 */
export interface ArnOptions {
  /** `aws` when left out. */
  readonly partition?: Arn.Partition
}
