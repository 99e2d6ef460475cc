/**
 * Policies where they live: in the answers of the AWS SDK, in CloudFormation templates, CDK apps and Terraform plans.
 * Each is read as an `Inventory` of users, roles and repositories, to which `Inventory.canPull` puts its question. What
 * an input does not tell is reported, never guessed.
 *
 * @module ecr-policy/interop
 */
export * from './interop/index.js'
