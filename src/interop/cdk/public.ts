/**
 * AWS CDK: `PolicyDocument` and `PolicyStatement` in and out, and whole synthesized apps.
 *
 * @since 0.1.0
 */
export { inventory, inventoryOrThrow } from './assembly.js'
export type { AssemblyOptions, AssemblyShape, StackArtifactShape } from './assembly.js'
export {
  bounds,
  fromPolicyDocument,
  fromPolicyDocumentOrThrow,
  fromPolicyStatement,
  toPolicyDocument,
  toPolicyDocumentOrThrow,
  toPolicyStatement,
} from './policy.js'
export type { CdkOptions, CdkStack } from './policy.js'
