/**
 * What a plan does not have, or has and is not read.
 *
 * @since 0.1.0
 */
import { gap, type Gap } from '../Gap.js'
import { field, items } from '../read.js'
import type { Instance, Plan } from './Plan.js'

/**
 * A plan for some targets only, one that failed, or one that puts changes off, does not have all resources.
 *
 * @category errors
 * @since 0.1.0
 */
export const incomplete = ({ root }: Plan): readonly Gap[] =>
  [
    field('errored')(root).value === true ? 'errored' : undefined,
    field('complete')(root).value === false ? 'complete' : undefined,
    items(field('deferred_changes')(root)).length > 0 ? 'deferred_changes' : undefined,
  ].flatMap((name) =>
    name === undefined
      ? []
      : [
          gap(
            'Truncated',
            field(name)(root).pointer,
            name,
            'the plan is not complete: resources may be missing',
            'make a plan without targets, or read the state after apply',
          ),
        ],
  )

/**
 * A resource that may hold policies, and is not read.
 *
 * @category errors
 * @since 0.1.0
 */
export const notRead = ({ address, values }: Instance, why: string): Gap =>
  gap(
    'NotRead',
    values.pointer,
    address,
    `\`${address}\` may hold policies: ${why}`,
    'name it in `ignore` when it does not',
  )
