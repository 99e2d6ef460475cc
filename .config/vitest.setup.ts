/**
 * How long the properties run, and on what. A property that names its own `numRuns` keeps it; the rest make 100 runs, and
 * 10,000 in `npm run test:deep`. Only the deep run draws seeds of its own, so that an ordinary one tells of a
 * change and of nothing else; `ECR_POLICY_SEED` replays the seed that a failure printed.
 */
import fc from 'fast-check'

const deep = process.env['ECR_POLICY_DEEP'] === '1'
const seed = process.env['ECR_POLICY_SEED'] ?? (deep ? undefined : '20261122')
const numRuns = deep ? 10_000 : 100

fc.configureGlobal({ numRuns, ...(seed === undefined ? {} : { seed: Number(seed) }) })
