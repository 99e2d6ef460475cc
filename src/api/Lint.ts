/**
 * Findings about policies that AWS accepts and that do not do what they seem to, and fixes that are proven not to widen
 * them. `Ecr.lint` adds the rules of Amazon ECR.
 *
 * @since 0.1.0
 */
export * from '../lint/public.js'
