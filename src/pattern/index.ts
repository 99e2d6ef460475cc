/**
 * Languages of strings and sets of values, with their Boolean algebra and budgets.
 *
 * @since 0.1.0
 */
export * as Bits from './Bits.js'
export * as Budget from './Budget.js'
export * as Bytes from './Bytes.js'
export * as CodePoint from './CodePoint.js'
export * as Decimal from './Decimal.js'
export * as FiniteSet from './FiniteSet.js'
export * as Frozen from './Frozen.js'
export * as Glob from './Glob.js'
export * as Groups from './Groups.js'
export * as Instant from './Instant.js'
export * as Intervals from './Intervals.js'
export * as IpAddress from './IpAddress.js'
export * as IpSet from './IpSet.js'
export * as Language from './Language.js'
export * as Remember from './Remember.js'
export * as SetAlgebra from './SetAlgebra.js'
export * as SignatureSearch from './SignatureSearch.js'
export * as StringSet from './StringSet.js'
export * as Truth from './Truth.js'
export * as ValueSet from './ValueSet.js'
