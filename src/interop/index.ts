/**
 * Other tools' policies: accounts as the AWS SDK tells of them, CloudFormation templates, CDK apps and Terraform plans.
 *
 * @since 0.1.0
 */
export * as Cdk from './cdk/public.js'
export * as CloudFormation from './cloudformation/public.js'
export * as Inventory from './public.js'
export * as Sdk from './sdk/public.js'
export * as Terraform from './terraform/public.js'
