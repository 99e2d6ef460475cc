/**
 * What only Amazon ECR knows: repositories and image addresses, operations and the actions they take, and whether a
 * caller can pull or push.
 *
 * @since 0.1.0
 */
export * from '../ecr/index.js'
