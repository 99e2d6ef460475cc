/**
 * Templates become inventories, and values with intrinsic functions documents.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { isList, isRecord, plain } from '../../codec/index.js'
import { PolicyKind } from '../../model/index.js'
import { identity, resource, type Bounded } from '../Bounded.js'
import { concat } from '../Found.js'
import { fromErrors, gap, orThrow, type Gap, type Gaps } from '../Gap.js'
import { hasHole, show } from '../Hole.js'
import type { Inventory } from '../Inventory.js'
import { link } from '../link.js'
import { field, type Located } from '../read.js'
import { collect } from './collect.js'
import { holds, resolve } from './resolve.js'
import { given, scope, type CloudFormationOptions, type Scope } from './Scope.js'

// ---- codecs ----

/**
 * The inventory of a template: JSON text, or an object with intrinsic functions in their long form, as `parse` gives it
 * for YAML. Resources whose condition does not hold are left out; ids are logical ids.
 *
 * Read are users, roles, groups and their policies (`AWS::IAM::Policy`, `ManagedPolicy`, `RolePolicy` and its like),
 * repositories and registry policies.
 *
 * **Errors** `InvalidInput`, when it is no template. All else that is not known is in the inventory's gaps.
 *
 * @example
 * import { CloudFormation, Inventory } from 'ecr-policy/interop'
 *
 * const template = {
 *   Resources: {
 *     App: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'app' } },
 *     Node: {
 *       Type: 'AWS::IAM::Role',
 *       Properties: {
 *         RoleName: 'node',
 *         ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly' }],
 *       },
 *     },
 *   },
 * }
 * const inventory = CloudFormation.inventoryOrThrow(template, {
 *   parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'eu-west-1' },
 * })
 * const answer = Inventory.canPull({ principal: 'Node', repository: 'App' })(inventory)
 * answer._tag === 'Right' && answer.right._tag === 'Known' && answer.right.verdict.allowed // => true
 *
 * @category codecs
 * @since 0.1.0
 */
export const inventory = (
  template: unknown,
  options: CloudFormationOptions = {},
): E.Either<Gaps, Inventory> =>
  E.map((its: Scope) => link(options)(concat(collect(its))))(readTemplate(template, options, ''))

/**
 * The inventory of a template, or throws.
 *
 * @category codecs
 * @since 0.1.0
 */
export const inventoryOrThrow = (template: unknown, options: CloudFormationOptions = {}): Inventory =>
  orThrow(inventory(template, options))

/**
 * A stack: its template and what is given about its deployment.
 *
 * @category model
 * @since 0.1.0
 */
export interface Stack extends CloudFormationOptions {
  readonly stack: string
  readonly template: unknown
}

/**
 * The inventory of several stacks together: what one exports, the others import. Ids are `STACK/LogicalId`.
 *
 * **Errors** `InvalidInput`, when one of them is no template.
 *
 * @example
 * import { CloudFormation } from 'ecr-policy/interop'
 *
 * const stacks = CloudFormation.inventoryOfStacks([{ stack: 'a', template: { Resources: {} } }])
 * stacks._tag // => 'Right'
 *
 * @category codecs
 * @since 0.1.0
 */
export const inventoryOfStacks = (stacks: readonly Stack[]): E.Either<Gaps, Inventory> => {
  const scopes: Scope[] = [] // local mutation: read until one of them is no template
  for (const [i, { template, ...options }] of stacks.entries()) {
    if (stacks.findIndex(({ stack }) => stack === options.stack) < i)
      return E.left([calledAlike(options.stack, i)])
    const read = readTemplate(template, options, `/${i}/template`)
    if (E.isLeft(read)) return read
    scopes.push(read.right)
  }
  const exported = new Map(
    Array.from(new Set(scopes.map(placeOf)), (place) => [
      place,
      exportsOf(scopes.filter((its) => placeOf(its) === place)),
    ]),
  )
  const managedPolicies = Object.fromEntries(
    stacks.flatMap(({ managedPolicies: given = {} }) => Object.entries(given)),
  )
  return E.right(
    link({ managedPolicies })(
      concat(
        scopes.flatMap((its) =>
          collect(
            scope(its.root, {
              ...its.options,
              exports: { ...exported.get(placeOf(its)), ...its.options.exports },
            }),
          ),
        ),
      ),
    ),
  )
}

const calledAlike = (stack: string, i: number): Gap =>
  gap(
    'InvalidInput',
    `/${i}/stack`,
    stack,
    `an earlier stack is called \`${stack}\`, too`,
    'tell stacks of different accounts or Regions apart, as in `stack@eu-west-1`',
  )

/** Exports are known in their own account and Region only. */
const placeOf = ({ options: { parameters } }: Scope): string =>
  JSON.stringify(['AWS::AccountId', 'AWS::Region'].map((name) => String(given(parameters, name))))

const readTemplate = (
  template: unknown,
  options: CloudFormationOptions,
  pointer: string,
): E.Either<Gaps, Scope> => {
  const read = plain(template)
  if (E.isLeft(read)) return E.left(fromErrors('InvalidInput', pointer, 'the template')(read.left))
  const root: Located = { value: read.right, pointer }
  return isRecord(field('Resources')(root).value)
    ? E.right(scope(root, options))
    : E.left([
        gap(
          'InvalidInput',
          pointer,
          'Resources',
          'a template is expected here: an object with `Resources`',
          'read YAML with `CloudFormation.parse` first',
        ),
      ])
}

/** Exports may be made of imports: as often as there are stacks, a further one may become known. */
const exportsOf = (scopes: readonly Scope[]): Readonly<Record<string, string>> =>
  scopes.reduce<Readonly<Record<string, string>>>(
    (known) => Object.fromEntries(scopes.flatMap((its) => exportsOfOne(its, known))),
    {},
  )

const exportsOfOne = (
  { root, options }: Scope,
  known: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] => {
  const its = scope(root, { ...options, exports: { ...known, ...options.exports } })
  return Array.from(its.section('Outputs').values()).flatMap((output) => {
    const condition = field('Condition')(output).value
    if (typeof condition === 'string' && holds(its, condition) !== true) return []
    const name = resolve(its, field('Name')(field('Export')(output)).value)
    const value = resolve(its, field('Value')(output).value)
    return typeof name === 'string' && !hasHole(name) && typeof value === 'string'
      ? [[name, value] as const]
      : []
  })
}

/**
 * A policy document of a template by itself: what it grants at least and at most, with its intrinsic functions worked
 * out as far as is given. Without gaps both are the document.
 *
 * @example
 * import { CloudFormation } from 'ecr-policy/interop'
 *
 * const written = {
 *   Statement: { Effect: 'Allow', Action: 'ecr:*', Resource: { 'Fn::Sub': 'arn:aws:ecr:*:${AWS::AccountId}:*' } },
 * }
 * CloudFormation.document('identity')(written).gaps.length // => 1
 * CloudFormation.document('identity', { parameters: { 'AWS::AccountId': '111122223333' } })(written).gaps // => []
 *
 * @category codecs
 * @since 0.1.0
 */
export const document =
  (kind: PolicyKind.PolicyKind, options: CloudFormationOptions = {}, template: unknown = {}) =>
  (written: unknown): Bounded => {
    const json = worked(written, options, template)
    const policy = { name: 'the document', pointer: '', json }
    return PolicyKind.isResourceKind(kind) ? resource(kind)(policy) : identity(kind)(policy)
  }

/**
 * A value of a template with its intrinsic functions worked out; what is not known stands in it as `${name}`.
 *
 * @example
 * import { CloudFormation } from 'ecr-policy/interop'
 *
 * CloudFormation.preview({ 'Fn::Join': ['/', ['a', { Ref: 'B' }]] }) // => 'a/${B}'
 *
 * @category rendering
 * @since 0.1.0
 */
export const preview = (
  value: unknown,
  options: CloudFormationOptions = {},
  template: unknown = {},
): unknown => shown(worked(value, options, template))

/** A value that stands in no template by itself; text is itself, not JSON. */
const worked = (value: unknown, options: CloudFormationOptions, template: unknown): unknown => {
  const [read, around] = [plain([value]), plain(template)]
  const root: Located = { value: E.isLeft(around) ? {} : around.right, pointer: '' }
  const [plainValue] = E.isRight(read) && isList(read.right) ? read.right : []
  return resolve(scope(root, options), plainValue)
}

const shown = (value: unknown): unknown => {
  if (typeof value === 'string') return show(value)
  if (Array.isArray(value)) return value.map(shown)
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [show(key), shown(item)]))
    : value
}
