/** The public functions, as the modules export them now. */
import * as main from '../../src/index.js'
import * as interop from '../../src/interop.js'
import * as pictures from '../../src/pictures.js'
import { matchers } from '../../src/testing.js'
import { isRecord } from './shape.js'

/** Instances of fp-ts and tables of data are records too; modules are what has `Module` for its tag. */
const isModule = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isRecord(value) && Reflect.get(value, Symbol.toStringTag) === 'Module'

type Named = readonly [name: string, value: unknown]

const members = (name: string, module: object): readonly Named[] =>
  Object.entries(module).flatMap(([key, value]): readonly Named[] => {
    const full = name === '' ? key : `${name}.${key}`
    return isModule(value) ? members(full, value) : [[full, value]]
  })

const everything: readonly Named[] = [
  ...[main, interop, pictures].flatMap((entry) => members('', entry)),
  ...members('matchers', matchers),
]

export const publicFunctions: readonly string[] = everything.flatMap(([name, value]) =>
  typeof value === 'function' ? [name] : [],
)

/** Tables, instances, sets: whatever is exported and is not called. */
export const publicConstants: readonly Named[] = everything.filter(([, value]) => typeof value === 'object')
