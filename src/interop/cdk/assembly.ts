/**
 * A synthesized app becomes an inventory.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Arn } from '../../model/index.js'
import type { CloudFormationOptions } from '../cloudformation/Scope.js'
import { inventory as ofTemplate, inventoryOfStacks, type Stack } from '../cloudformation/template.js'
import { gap, orThrow, type Gaps } from '../Gap.js'
import type { Inventory } from '../Inventory.js'

// ---- model ----

/**
 * What is used of a stack of a cloud assembly.
 *
 * @category model
 * @since 0.1.0
 */
export interface StackArtifactShape {
  readonly stackName: string
  readonly template: unknown
  readonly environment: { readonly account: string; readonly region: string }
}

/**
 * What is used of the cloud assembly that `app.synth()` returns.
 *
 * @category model
 * @since 0.1.0
 */
export interface AssemblyShape {
  readonly stacks: readonly StackArtifactShape[]
  readonly stacksRecursively?: readonly StackArtifactShape[]
}

/**
 * What is given about the deployment of every stack, and in `stacks`, by name, about single ones.
 *
 * @category model
 * @since 0.1.0
 */
export interface AssemblyOptions extends Omit<CloudFormationOptions, 'stack'> {
  readonly stacks?: Readonly<Record<string, Omit<CloudFormationOptions, 'stack'>>> | undefined
}

// ---- codecs ----

/**
 * The inventory of all stacks of a synthesized app. Account and Region are those of each stack's environment. Ids are
 * logical ids, of an app with several stacks `STACK/LogicalId`, and where two are called alike `STACK@ACCOUNT/REGION/LogicalId`.
 *
 * **Errors** `InvalidInput`.
 *
 * @example
 * import { Cdk } from 'ecr-policy/interop'
 *
 * const environment = { account: '111122223333', region: 'eu-west-1' }
 * const template = { Resources: { Node: { Type: 'AWS::IAM::Role' } } }
 * const inventory = Cdk.inventoryOrThrow({ stacks: [{ stackName: 's', template, environment }] }, { names: 'logical' })
 * inventory.principals[0]?.arn // => 'arn:aws:iam::111122223333:role/Node'
 *
 * @category codecs
 * @since 0.1.0
 */
export const inventory = (
  assembly: AssemblyShape,
  options: AssemblyOptions = {},
): E.Either<Gaps, Inventory> => {
  const read = E.tryCatch(
    () => {
      const all = [...(assembly.stacksRecursively ?? assembly.stacks)] // a list of one's own has no holes and no `map` of its own
      const counts = new Map<string, number>() // local mutation: one pass
      for (const { stackName } of all) counts.set(stackName, (counts.get(stackName) ?? 0) + 1)
      return all.map((one) => stackOf(options, (counts.get(one.stackName) ?? 0) > 1)(one))
    },
    (thrown): Gaps => [
      gap(
        'InvalidInput',
        '',
        'the assembly',
        `its stacks cannot be read: ${thrown instanceof Error ? thrown.message : 'reading them throws'}`,
      ),
    ],
  )
  if (E.isLeft(read)) return read
  const [first, ...others] = read.right
  if (first === undefined || others.length > 0) return inventoryOfStacks(read.right)
  const { stack: _, template, ...rest } = first
  return ofTemplate(template, rest)
}

/**
 * The inventory of a synthesized app, or throws.
 *
 * @category codecs
 * @since 0.1.0
 */
export const inventoryOrThrow = (assembly: AssemblyShape, options: AssemblyOptions = {}): Inventory =>
  orThrow(inventory(assembly, options))

/** CDK writes `unknown-account` and `unknown-region` for a stack without environment. */
const stackOf =
  ({ stacks = {}, ...common }: AssemblyOptions, isTwice: boolean) =>
  ({ stackName, template, environment: { account, region } }: StackArtifactShape): Stack => {
    const own = Object.hasOwn(stacks, stackName) ? stacks[stackName] : undefined
    return {
      ...common,
      ...own,
      stack: isTwice ? `${stackName}@${account}/${region}` : stackName,
      template,
      parameters: {
        'AWS::StackName': stackName,
        ...(Arn.isAccountId(account) ? { 'AWS::AccountId': account } : {}),
        ...(region === 'unknown-region' ? {} : { 'AWS::Region': region }),
        ...common.parameters,
        ...own?.parameters,
      },
    }
  }
