/** Z3, compiled to WebAssembly, behind three functions. It runs on threads of its own, which `close` ends. */
import {
  init,
  killThreads,
  Z3_lbool,
  type Z3_ast,
  type Z3_context,
  type Z3_model,
  type Z3_sort,
} from 'z3-solver'
import { constants, type Question } from './encoding.js'

/** `Unknown`: Z3 gave up within its limits. The constants of a model are read by name. */
export type Found =
  | { readonly _tag: 'Unsatisfiable' }
  | { readonly _tag: 'Unknown' }
  | { readonly _tag: 'Satisfiable'; readonly constants: ReadonlyMap<string, string> }

export interface Solver {
  readonly ask: (question: Question) => Promise<Found>
  readonly close: () => Promise<void>
}

/** `work` counts steps of Z3, the same on every machine; `milliseconds` bounds the time. */
export interface Limits {
  readonly work: number
  readonly milliseconds: number
}

type Z3 = Awaited<ReturnType<typeof init>>['Z3']

const unescaped = (text: string): string =>
  text.replace(/\\u\{([0-9a-f]+)\}/gi, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)))

const sortOf = (Z3: Z3, context: Z3_context, type: string): Z3_sort => {
  switch (type) {
    case 'String':
      return Z3.mk_string_sort(context)
    case 'Bool':
      return Z3.mk_bool_sort(context)
    case 'Int':
      return Z3.mk_int_sort(context)
    default:
      return Z3.mk_real_sort(context)
  }
}

const read = (Z3: Z3, context: Z3_context, value: Z3_ast, type: string): string => {
  if (type === 'String') return unescaped(Z3.get_string(context, value))
  return type === 'Real'
    ? Z3.get_numeral_decimal_string(context, value, 12)
    : Z3.ast_to_string(context, value)
}

const modelOf = (
  Z3: Z3,
  context: Z3_context,
  model: Z3_model,
  { keys }: Question,
): ReadonlyMap<string, string> =>
  new Map(
    constants(keys).map(([name, type]) => {
      const constant = Z3.mk_const(context, Z3.mk_string_symbol(context, name), sortOf(Z3, context, type))
      const value = Z3.model_eval(context, model, constant, true)
      return [name, value === null ? '' : read(Z3, context, value, type)]
    }),
  )

/** Each case has a context of its own, so that no answer depends on what was asked before. */
const askedCase = async (Z3: Z3, limits: Limits, text: string, question: Question): Promise<Found> => {
  const settings = Z3.mk_config()
  Z3.set_param_value(settings, 'rlimit', String(limits.work))
  Z3.set_param_value(settings, 'timeout', String(limits.milliseconds))
  const context = Z3.mk_context(settings)
  Z3.del_config(settings)
  try {
    const solver = Z3.mk_solver(context)
    Z3.solver_inc_ref(context, solver)
    Z3.solver_from_string(context, solver, text)
    const answer = await Z3.solver_check(context, solver)
    if (answer === Z3_lbool.Z3_L_FALSE) return { _tag: 'Unsatisfiable' }
    if (answer === Z3_lbool.Z3_L_UNDEF) return { _tag: 'Unknown' }
    return {
      _tag: 'Satisfiable',
      constants: modelOf(Z3, context, Z3.solver_get_model(context, solver), question),
    }
  } finally {
    Z3.del_context(context)
  }
}

const asked = async (Z3: Z3, limits: Limits, question: Question): Promise<Found> => {
  const answers: Found[] = []
  for (const text of question.cases) {
    const answer = await askedCase(Z3, limits, text, question)
    if (answer._tag === 'Satisfiable') return answer
    answers.push(answer)
  }
  return { _tag: answers.every(({ _tag }) => _tag === 'Unsatisfiable') ? 'Unsatisfiable' : 'Unknown' }
}

/** Limits are those of one case. */
export const start = async (limits: Limits): Promise<Solver> => {
  const { Z3, em } = await init()
  return { ask: (question) => asked(Z3, limits, question), close: () => killThreads(em) }
}
