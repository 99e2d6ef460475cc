/**
 * What to say of a hole.
 *
 * @since 0.1.0
 */
import { gap, type Gap } from './Gap.js'
import type { HoleCode, LocatedHole } from './Hole.js'

const said: Readonly<Record<HoleCode, readonly [string, string]>> = {
  InvalidInput: ['cannot be read here', 'write what is meant as plain text'],
  KnownAfterApply: [
    'is known after apply only',
    'read the state after apply, or say what it will be with `values`',
  ],
  UnknownName: [
    'is a name that AWS makes up when it creates the resource',
    "name the resource, give `physicalIds`, or take its logical id as its name with `names: 'logical'`",
  ],
  UnresolvedReference: ['is not resolved: its value is not given', 'give it in `parameters` or `attributes`'],
  UnresolvedToken: [
    'is an unresolved token',
    'give the stack as `stack`, so that it is resolved, or read the synthesized template',
  ],
}

/**
 * A hole as a gap.
 *
 * @category constructors
 * @since 0.1.0
 */
export const holeGap = ({ code, name, pointer }: LocatedHole): Gap => {
  const [is, mend] = said[code]
  return gap(code, pointer, name, `\`${name}\` ${is}`, mend)
}
