/**
 * The resources of IAM and ECR by name: what `Ref` and `Fn::GetAtt` give of them.
 *
 * @since 0.1.0
 */
import { clean, hasHole } from '../Hole.js'
import { field, type Located } from '../read.js'
import { given, pseudo, unnamed, unresolved, type Scope } from './Scope.js'

// ---- model ----

/**
 * A resource's name and ARN, as texts that may have holes.
 *
 * @category model
 * @since 0.1.0
 */
export interface Named {
  readonly name: string
  readonly arn: string
}

interface Naming {
  readonly property: string
  /** What `Ref` gives. */
  readonly ref: keyof Named
  readonly arn: (its: Scope, path: string, name: string) => string
  readonly standIn: (logicalId: string) => string
}

const inIam =
  (type: string): Naming['arn'] =>
  (its, path, name) =>
    `arn:${pseudo(its, 'AWS::Partition')}:iam::${pseudo(its, 'AWS::AccountId')}:${type}${path}${name}`

const same = (id: string): string => id

const namings: ReadonlyMap<string, Naming> = new Map<string, Naming>([
  ['AWS::IAM::Role', { property: 'RoleName', ref: 'name', arn: inIam('role'), standIn: same }],
  ['AWS::IAM::User', { property: 'UserName', ref: 'name', arn: inIam('user'), standIn: same }],
  ['AWS::IAM::Group', { property: 'GroupName', ref: 'name', arn: inIam('group'), standIn: same }],
  [
    'AWS::IAM::ManagedPolicy',
    { property: 'ManagedPolicyName', ref: 'arn', arn: inIam('policy'), standIn: same },
  ],
  [
    'AWS::ECR::Repository',
    {
      property: 'RepositoryName',
      ref: 'name',
      arn: (its, _, name) =>
        `arn:${pseudo(its, 'AWS::Partition')}:ecr:${pseudo(its, 'AWS::Region')}:${pseudo(its, 'AWS::AccountId')}:repository/${name}`,
      standIn: (id) => id.toLowerCase(),
    },
  ],
])

// ---- destructors ----

/**
 * Works out a value of the template: what `resolve` does.
 *
 * @category model
 * @since 0.1.0
 */
export type Resolve = (its: Scope, value: unknown) => unknown

/**
 * The name and ARN of a resource; undefined when it is of another sort.
 *
 * @category destructors
 * @since 0.1.0
 */
export const named =
  (resolve: Resolve) =>
  (its: Scope, id: string, resource: Located): (Named & { readonly ref: string }) | undefined => {
    const naming = namings.get(typeOf(resource))
    if (naming === undefined) return undefined
    const told = givenArn(its, id, naming)
    const properties = field('Properties')(resource)
    const path = textOr(resolve(its, field('Path')(properties).value), '/')
    const name = told === undefined ? nameOf(resolve)(its, id, naming, properties) : lastOf(told)
    const both = { name, arn: told ?? naming.arn(its, path, name) }
    return { ...both, ref: both[naming.ref] }
  }

const textOr = (value: unknown, other: string): string => (typeof value === 'string' ? value : other)

/**
 * The type of a resource; empty when it says none.
 *
 * @category destructors
 * @since 0.1.0
 */
export const typeOf = (resource: Located): string => textOr(field('Type')(resource).value, '')

const givenArn = ({ options }: Scope, id: string, { ref, property }: Naming): string | undefined => {
  const attribute = property === 'ManagedPolicyName' ? 'PolicyArn' : 'Arn'
  return (
    given(options.attributes, `${id}.${attribute}`) ??
    (ref === 'arn' ? given(options.physicalIds, id) : undefined)
  )
}

/** The name at the end of an ARN; that of a repository may have slashes. */
const lastOf = (arn: string): string => {
  const resource = arn.split(':').slice(5).join(':')
  return resource.startsWith('repository/')
    ? resource.slice('repository/'.length)
    : resource.slice(resource.lastIndexOf('/') + 1)
}

const nameOf =
  (resolve: Resolve) =>
  (its: Scope, id: string, { property, ref, standIn }: Naming, properties: Located): string => {
    const written = resolve(its, field(property)(properties).value)
    if (typeof written === 'string' && written !== '' && !hasHole(written)) return written
    const physical = ref === 'name' ? given(its.options.physicalIds, id) : undefined
    if (physical !== undefined) return physical
    if (typeof written === 'string' && written !== '') return written
    if (its.options.names !== 'logical') return unnamed(its, id)
    return standIn(its.options.stack === undefined ? id : `${its.options.stack}-${id}`)
  }

/**
 * What `Ref` gives of a resource.
 *
 * @category destructors
 * @since 0.1.0
 */
export const refTo =
  (resolve: Resolve) =>
  (its: Scope, id: string, resource: Located): string => {
    const own = named(resolve)(its, id, resource)
    const physical = given(its.options.physicalIds, id)
    return own?.ref ?? (physical === undefined ? unresolved(its, id) : clean(physical))
  }

/**
 * What `Fn::GetAtt` gives of a resource.
 *
 * @category destructors
 * @since 0.1.0
 */
export const attributeOf =
  (resolve: Resolve) =>
  (its: Scope, id: string, attribute: string): string => {
    const told = given(its.options.attributes, `${id}.${attribute}`)
    if (told !== undefined) return clean(told)
    const resource = its.section('Resources').get(id)
    const own = resource === undefined ? undefined : named(resolve)(its, id, resource)
    const isArn = attribute === 'Arn' || attribute === 'PolicyArn'
    return own !== undefined && isArn ? own.arn : unresolved(its, `${id}.${attribute}`)
  }
