/**
 * Languages of strings and sets of values, with their Boolean algebra and budgets.
 *
 * @since 0.1.0
 */
export * as Budget from './Budget.js'
export * as Bytes from './Bytes.js'
export * as Decimal from './Decimal.js'
export * as Glob from './Glob.js'
export * as Instant from './Instant.js'
export * as IpAddress from './IpAddress.js'
export * as Truth from './Truth.js'
