/** A call of a public function with inputs drawn for it. */
import type { Draw } from '../Draw.js'

/** The keys are the names of the public functions, as `Namespace.name`. */
export type Targets = Readonly<Record<string, (draw: Draw) => unknown>>
