/**
 * Versions of the policy language. `2012-10-17` has policy variables, `2008-10-17` (and no version at all) has not.
 *
 * Source: GR-7, VA-6.
 *
 * @since 0.1.0
 */

/**
 * Every version, newest first.
 *
 * @category model
 * @since 0.1.0
 */
export const versions = ['2012-10-17', '2008-10-17'] as const

/**
 * A version of the policy language.
 *
 * @category model
 * @since 0.1.0
 */
export type Version = (typeof versions)[number]

/**
 * Is this a version of the policy language?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isVersion = (text: string): text is Version => versions.some((version) => version === text)
