/**
 * CloudFormation templates: JSON, or YAML with the package `yaml`; intrinsic functions worked out from what is given, or
 * kept as unknowns with a name.
 *
 * @since 0.1.0
 */
export type { CloudFormationOptions, ParameterValue } from './Scope.js'
export { document, inventory, inventoryOfStacks, inventoryOrThrow, preview } from './template.js'
export type { Stack } from './template.js'
export { parse, parseOrThrow } from './yaml.js'
export type { YamlDocument, YamlPackage } from './yaml.js'
