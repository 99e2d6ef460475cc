/** What a thread of the pool does with one shard. */
import { Ecr } from 'ecr-policy'

export default (shard: Ecr.Matrix.Shard): Ecr.Matrix.ShardResult => Ecr.Matrix.runShard(shard)
