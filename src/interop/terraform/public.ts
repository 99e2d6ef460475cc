/**
 * Terraform: plans and states, as `terraform show -json` prints them.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { plain } from '../../codec/index.js'
import { concat } from '../Found.js'
import { fromErrors, gap, orThrow, type Gaps } from '../Gap.js'
import type { Inventory } from '../Inventory.js'
import { link } from '../link.js'
import { collect, type TerraformOptions } from './collect.js'
import { isPlan, plan } from './Plan.js'

export type { TerraformOptions } from './collect.js'

/**
 * The inventory of a plan or a state: JSON text or object, as `terraform show -json` prints it. Ids are addresses.
 *
 * Read are `aws_iam_role`, `_user`, `_group` and `_policy` with all resources that put policies into them or attach them,
 * `aws_ecr_repository` with its policy, and `aws_ecr_registry_policy`. Of values that are known after apply only, ARNs
 * follow from names; an argument that has to be the name or ARN of a role, user, group, policy or repository is that of the
 * one that it refers to; `aws_iam_policy_document` is put together from its blocks. All other arguments stay unknown, unless
 * `plainReferences` says that they are nothing but what they refer to. A forgotten resource counts as it was.
 *
 * **Errors** `InvalidInput`, when it is neither. All else that is not known is in the inventory's gaps.
 *
 * @example
 * import { Terraform } from 'ecr-policy/interop'
 *
 * const resource = {
 *   address: 'aws_iam_role.node',
 *   mode: 'managed',
 *   type: 'aws_iam_role',
 *   name: 'node',
 *   values: { name: 'node', arn: 'arn:aws:iam::111122223333:role/node' },
 * }
 * const state = { format_version: '1.0', values: { root_module: { resources: [resource] } } }
 * Terraform.inventoryOrThrow(state).principals[0]?.id // => 'aws_iam_role.node'
 *
 * @category codecs
 * @since 0.1.0
 */
export const inventory = (json: unknown, options: TerraformOptions = {}): E.Either<Gaps, Inventory> => {
  const read = plain(json)
  if (E.isLeft(read)) return E.left(fromErrors('InvalidInput', '', 'the plan')(read.left))
  const root = { value: read.right, pointer: '' }
  return isPlan(root)
    ? E.right(link(options)(concat(collect(plan(root, options), options))))
    : E.left([
        gap(
          'InvalidInput',
          '',
          'root_module',
          'a plan or a state is expected here',
          'print one with `terraform show -json`',
        ),
      ])
}

/**
 * The inventory of a plan or a state, or throws.
 *
 * @category codecs
 * @since 0.1.0
 */
export const inventoryOrThrow = (json: unknown, options: TerraformOptions = {}): Inventory =>
  orThrow(inventory(json, options))
