/**
 * The simulator decides one request against one environment: Allowed, ImplicitlyDenied or ExplicitlyDenied, with the
 * reason in AWS's own terms and a trace of every statement. `meaning` is what one document says by itself, `flow` the
 * decision flow as data.
 *
 * Named one by one: how a statement is matched is shared inside the library, and not promised to its users.
 *
 * @since 0.1.0
 */
export {
  compile,
  decide,
  explain,
  flow,
  isAllowed,
  layers,
  meaning,
  messageName,
  prepareRequest,
  requirement,
  sentence,
  showMismatch,
  showRef,
  showTrace,
  situation,
} from '../simulator/public.js'
export type {
  Compiled,
  Decision,
  Flow,
  Formula,
  Impossible,
  Lack,
  Layer,
  LayerId,
  Meaning,
  Mismatch,
  Outcome,
  PolicyType,
  PreparedRequest,
  Reason,
  Situation,
  StatementRef,
  StatementRefs,
  StatementTrace,
  Strength,
} from '../simulator/public.js'
