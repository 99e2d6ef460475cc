/**
 * Which of the two pulls a grantee does: a service gets no token, and fetches without (EX-2, EX-20, EX-38).
 *
 * @since 0.1.0
 */
import type { Grantee } from './Grantee.js'
import type { OperationId } from '../Operation.js'

type Pull = 'pull-tag' | 'pull-api'

/**
 * The pull that a grantee does.
 *
 * @category destructors
 * @since 0.1.0
 */
export const pullOf = ({ _tag }: Pick<Grantee, '_tag'>): Pull =>
  _tag === 'Service' ? 'pull-api' : 'pull-tag'

/**
 * Is it one of the two?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isPull = (id: OperationId): id is Pull => id === 'pull-tag' || id === 'pull-api'
