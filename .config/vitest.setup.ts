/**
 * How long the properties run. A property that names its own `numRuns` keeps it; the rest make 100 runs, 1,000 on CI
 * and 10,000 in `npm run test:deep`. `ECR_POLICY_SEED` replays the seed that a failure printed.
 */
import fc from 'fast-check'

const seed = process.env['ECR_POLICY_SEED']
const numRuns = process.env['ECR_POLICY_DEEP'] === '1' ? 10_000 : process.env['CI'] === 'true' ? 1_000 : 100

fc.configureGlobal({ numRuns, ...(seed === undefined ? {} : { seed: Number(seed) }) })
