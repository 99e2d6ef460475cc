/**
 * Globs of colon-separated names, segment by segment.
 *
 * @since 0.1.0
 */
import { Glob } from '../pattern/index.js'

/**
 * The glob of one segment, whose wildcards never match a colon (CO-R2, U-9).
 *
 * @category constructors
 * @since 0.1.0
 */
export const within = (segment: string): Glob.Glob => bounded(Glob.parse(segment))

/**
 * A glob with its wildcards bound to their segment.
 *
 * @category combinators
 * @since 0.1.0
 */
export const bounded = (glob: Glob.Glob): Glob.Glob => Glob.normalize(glob.map(bind))

const bind = (token: Glob.Token): Glob.Token => {
  switch (token._tag) {
    case 'One':
      return Glob.oneWithin
    case 'Run':
      return Glob.runWithin
    case 'Text':
    case 'OneWithin':
    case 'RunWithin':
      return token
  }
}

/**
 * Segments, with colons between them.
 *
 * @category combinators
 * @since 0.1.0
 */
export const joinSegments = (globs: readonly Glob.Glob[]): Glob.Glob =>
  Glob.concat(globs.flatMap((glob, i) => (i === 0 ? [glob] : [Glob.literal(Glob.separator), glob])))
