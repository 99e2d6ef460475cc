/**
 * Write, test and compare AWS IAM policies for Amazon ECR.
 *
 * One namespace per concept. To write policies start from `Policy`, to read them from `Document`, to ask about them from
 * `Ecr` and `Simulator`, to calculate with them from `Algebra`.
 *
 * @module ecr-policy
 */

/**
 * Typed construction of policies: statements, principals, conditions, and edits of what is there.
 *
 * @category Write and read policies
 */
export * as Policy from './api/Policy.js'

/**
 * Policy documents: what they are, JSON to them and back, kinds and quotas.
 *
 * @category Write and read policies
 */
export * as Document from './api/Document.js'

/**
 * What only Amazon ECR knows: who can pull and push, what is missing, the policies for it, the mends, the matrix of a
 * fleet.
 *
 * @category Ask
 */
export * as Ecr from './api/Ecr.js'

/**
 * What AWS accepts and what does not do what it seems to, with fixes of proven effect; the rules of plain IAM.
 *
 * @category Ask
 */
export * as Lint from './api/Lint.js'

/**
 * One request decided in one environment, with the reason in AWS's terms and a trace of every statement.
 *
 * @category Ask
 */
export * as Simulator from './api/Simulator.js'

/**
 * One question as plain JSON: a request, the policies it meets, perhaps the outcome expected.
 *
 * @category Ask
 */
export * as Scenario from './api/Scenario.js'

/**
 * Policies as sets of requests: compared, merged and minimized by proof, never by sampling.
 *
 * @category Calculate
 */
export * as Algebra from './api/Algebra.js'

/**
 * All policies that bear on a request, and what is known of the accounts.
 *
 * @category Describe a request and its surroundings
 */
export * as Environment from './api/Environment.js'

/**
 * Who does what on which resource, in which context.
 *
 * @category Describe a request and its surroundings
 */
export * as Request from './api/Request.js'

/**
 * Who makes a request: users, sessions of roles, services, providers, the root user, nobody known.
 *
 * @category Describe a request and its surroundings
 */
export * as Caller from './api/Caller.js'

/**
 * The condition keys that a request brings.
 *
 * @category Describe a request and its surroundings
 */
export * as Context from './api/Context.js'

/**
 * One statement of a policy.
 *
 * @category Parts of a policy
 */
export * as Statement from './api/Statement.js'

/**
 * Whom a policy names.
 *
 * @category Parts of a policy
 */
export * as Principal from './api/Principal.js'

/**
 * Actions, and the patterns that policies write for them.
 *
 * @category Parts of a policy
 */
export * as Action from './api/Action.js'

/**
 * The patterns of resources that policies write.
 *
 * @category Parts of a policy
 */
export * as Resource from './api/Resource.js'

/**
 * Conditions and their operators.
 *
 * @category Parts of a policy
 */
export * as Condition from './api/Condition.js'

/**
 * Policy variables, in what policies write and in what they stand for.
 *
 * @category Parts of a policy
 */
export * as Variable from './api/Variable.js'

/**
 * Amazon Resource Names and what they are made of.
 *
 * @category Parts of a policy
 */
export * as Arn from './api/Arn.js'

/**
 * What is wrong with a text, as data with a stable code.
 *
 * @category Parts of a policy
 */
export * as Problem from './api/Problem.js'
