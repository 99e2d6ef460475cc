/**
 * What is known of users, roles and repositories once an input is read, and questions to it. Every source of
 * `ecr-policy/interop` comes down to an inventory.
 *
 * @since 0.1.0
 */
export {
  access,
  accessOrThrow,
  answer,
  bounds,
  canPull,
  canPush,
  findPrincipal,
  findRepository,
} from './ask.js'
export { fleet } from './fleet.js'
export type { Answer, Assumption, Bounds, Question } from './ask.js'
export type { Bounded, BoundedIdentity, BoundedResource } from './Bounded.js'
export type { Tags } from './Found.js'
export { render as renderGaps } from './Gap.js'
export type { Gap, GapCode, Gaps } from './Gap.js'
export type { Inventory, InventoryPrincipal, InventoryRegistry, InventoryRepository } from './Inventory.js'
export type { LinkOptions } from './link.js'
