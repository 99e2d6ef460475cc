/**
 * Policy variables and escapes, as text to put into resources and condition values. They work in documents of version
 * 2012-10-17 only (VA-6), which is the version that builders give.
 *
 * Source: VA-1, VA-2, VA-5, VA-6, VA-8, VA-10.
 *
 * @since 0.1.0
 */

// ---- constructors ----

/**
 * The value of a context key, and `fallback` for the case that the key is missing (VA-5).
 *
 * The name is checked when the policy is built; a fallback cannot hold a single quote.
 *
 * @example
 * import { Policy } from 'ecr-policy'
 *
 * Policy.variable('aws:username') // => '${aws:username}'
 * Policy.variable('aws:PrincipalTag/team', 'none') // => "${aws:PrincipalTag/team, 'none'}"
 *
 * @category constructors
 * @since 0.1.0
 */
export const variable = (key: string, fallback?: string): string =>
  fallback === undefined ? `\${${key}}` : `\${${key}, '${fallback}'}`

/**
 * A text that stands for itself wherever variables work: `*`, `?` and `$` are escaped (VA-8).
 *
 * @example
 * import { Policy } from 'ecr-policy'
 *
 * Policy.escape('what?') // => 'what${?}'
 *
 * @category constructors
 * @since 0.1.0
 */
export const escape = (text: string): string => text.replace(/[*?$]/g, (char) => `\${${char}}`)
