/**
 * A `Scope` is a template together with what is given about its deployment: what its intrinsic functions are worked out
 * in.
 *
 * @since 0.1.0
 */
import { Region } from '../../ecr/index.js'
import { clean, hole } from '../Hole.js'
import type { LinkOptions } from '../link.js'
import { field, members, type Located } from '../read.js'

// ---- model ----

/**
 * What is given about a deployment. All that is left out stays unknown.
 *
 * - `parameters`: values of parameters and pseudo parameters by name. `AWS::Partition` and `AWS::URLSuffix` follow from
 *   `AWS::Region`. For a parameter of an SSM type, the value that stands in the parameter store.
 * - `defaults`: take the template's defaults for parameters that are not given.
 * - `physicalIds`: what `Ref` gives of a resource, by logical id, as DescribeStackResources lists it.
 * - `attributes`: what `Fn::GetAtt` gives, by `LogicalId.Attribute`; of an IAM or ECR resource, `Arn` tells its name too.
 * - `exports`: what `Fn::ImportValue` gives, by name of the export.
 * - `names`: `logical` takes the logical id for the name of a user, role, group, managed policy or repository that has
 *   none (of a repository in lower case), where AWS will make one up.
 * - `ignore`: logical ids of resources that are left out.
 * - `stack`: the name of the stack; marks what is unknown in one of several templates, and stands before logical ids
 *   that serve as names.
 *
 * @category model
 * @since 0.1.0
 */
export interface CloudFormationOptions extends LinkOptions {
  readonly parameters?: Readonly<Record<string, ParameterValue>> | undefined
  readonly defaults?: boolean | undefined
  readonly physicalIds?: Readonly<Record<string, string>> | undefined
  readonly attributes?: Readonly<Record<string, string>> | undefined
  readonly exports?: Readonly<Record<string, string>> | undefined
  readonly names?: 'logical' | undefined
  readonly ignore?: readonly string[] | undefined
  readonly stack?: string | undefined
}

/**
 * The value of a parameter; a list may be given as text, separated by commas.
 *
 * @category model
 * @since 0.1.0
 */
export type ParameterValue = string | number | boolean | readonly string[]

/**
 * A template and its deployment. `section` is the members of one of its sections by name; `once` works something out
 * the first time that it is asked for, and while it does, gives `meanwhile` to whoever asks again.
 *
 * @category model
 * @since 0.1.0
 */
export interface Scope {
  readonly root: Located
  readonly options: CloudFormationOptions
  readonly section: (name: Section) => ReadonlyMap<string, Located>
  readonly once: (key: string, meanwhile: unknown, make: () => unknown) => unknown
}

/**
 * The sections of a template that are read.
 *
 * @category model
 * @since 0.1.0
 */
export type Section = 'Conditions' | 'Mappings' | 'Outputs' | 'Parameters' | 'Resources'

// ---- constructors ----

/**
 * A scope.
 *
 * @category constructors
 * @since 0.1.0
 */
export const scope = (root: Located, options: CloudFormationOptions): Scope => {
  const sectionOf = (name: Section): ReadonlyMap<string, Located> =>
    new Map(members(field(name)(root)).map((one) => [one.name, { value: one.value, pointer: one.pointer }]))
  const sections: Readonly<Record<Section, ReadonlyMap<string, Located>>> = {
    Conditions: sectionOf('Conditions'),
    Mappings: sectionOf('Mappings'),
    Outputs: sectionOf('Outputs'),
    Parameters: sectionOf('Parameters'),
    Resources: sectionOf('Resources'),
  }
  const worked = new Map<string, unknown>() // local mutation: a memory, of which nothing shows but the time saved
  const once: Scope['once'] = (key, meanwhile, make) => {
    if (worked.has(key)) return worked.get(key)
    worked.set(key, meanwhile)
    const made = make()
    worked.set(key, made)
    return made
  }
  return { root, options, section: (name) => sections[name], once }
}

// ---- destructors ----

/**
 * What is given under a name in a record of the options.
 *
 * @category destructors
 * @since 0.1.0
 */
export const given = <A>(record: Readonly<Record<string, A>> | undefined, name: string): A | undefined =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined

/**
 * The hole that stands for what this scope cannot tell.
 *
 * @category constructors
 * @since 0.1.0
 */
export const unresolved = ({ options: { stack } }: Scope, name: string): string =>
  hole('UnresolvedReference', stack === undefined ? name : `${stack}/${name}`)

/**
 * The hole that stands for a name that AWS makes up.
 *
 * @category constructors
 * @since 0.1.0
 */
export const unnamed = ({ options: { stack } }: Scope, id: string): string =>
  hole('UnknownName', stack === undefined ? id : `${stack}/${id}`)

/**
 * A pseudo parameter.
 *
 * @category destructors
 * @since 0.1.0
 */
export const pseudo = (its: Scope, name: string): string => {
  const value = given(its.options.parameters, name)
  if (typeof value === 'string' || typeof value === 'number') return clean(String(value))
  const region = given(its.options.parameters, 'AWS::Region')
  if (name === 'AWS::Partition' && typeof region === 'string' && Region.isRegion(region))
    return Region.partitionOf(region)
  if (name === 'AWS::URLSuffix') {
    const partition = pseudo(its, 'AWS::Partition')
    if (partition === 'aws' || partition === 'aws-us-gov') return 'amazonaws.com'
    if (partition === 'aws-cn') return 'amazonaws.com.cn'
  }
  return unresolved(its, name)
}
