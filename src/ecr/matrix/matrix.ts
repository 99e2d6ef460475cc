/**
 * What a matrix of access can be asked: `Ecr.accessMatrix` makes one.
 *
 * @since 0.1.0
 */
export { cells, classCounts, summary, toTable, verdictAt, whatCan, whoCan } from './matrixCells.js'
export type {
  Cell,
  CellsOptions,
  ClassCounts,
  Granted,
  MatrixSummary,
  MatrixTable,
  Progress,
} from './matrixCells.js'
export { outcomesAt } from './matrixCore.js'
export type { Outcome, Refusal } from './matrixCore.js'
export type { Answer } from './matrixDecide.js'
export { whateverCan, whoeverCan } from './matrixExact.js'
export type { CallerNeed, CallerPolicies, OwnerNeed, OwnerPolicies } from './matrixExact.js'
export { mergeShards, runShard, shards } from './matrixShards.js'
export type { Shard, ShardProblem, ShardResult } from './matrixShards.js'
