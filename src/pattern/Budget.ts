/**
 * A `Budget` bounds the work of one query by a count that does not depend on the machine: automaton states, search
 * nodes and calls, never time. The same query with the same budget therefore always has the same outcome.
 *
 * @since 0.1.0
 */

// ---- model ----

/**
 * The most steps (automaton states, search nodes, calls) that a query may take.
 *
 * @category model
 * @since 0.1.0
 */
export interface Budget {
  readonly limit: number
}

/**
 * The answer of a query that ran out of budget: nothing is claimed about the question asked.
 *
 * `spent` is the count at which it stopped (at least `limit`), `during` names the part that stopped.
 *
 * @category errors
 * @since 0.1.0
 */
export interface BudgetExceeded {
  readonly _tag: 'BudgetExceeded'
  readonly limit: number
  readonly spent: number
  readonly during: string
}

/**
 * The running count of one query. `spend(n)` adds `n` and says whether the query may go on.
 *
 * Once `spend` has answered `false` it does so for ever, so a caller may check late but not miss the end.
 *
 * @category model
 * @since 0.1.0
 */
export interface Counter {
  readonly limit: number
  readonly spend: (steps: number) => boolean
  readonly spent: () => number
}

// ---- constructors ----

/**
 * The budget that suits interactive use: two hundred thousand steps, some tenths of a second at worst.
 *
 * @category constructors
 * @since 0.1.0
 */
export const standard: Budget = { limit: 200_000 }

/**
 * A counter at zero, for one query.
 *
 * @category constructors
 * @since 0.1.0
 */
export const start = (limit: number): Counter => {
  let count = 0 // local mutation: the running count
  return {
    limit,
    spend: (steps) => {
      count += steps
      return count <= limit
    },
    spent: () => count,
  }
}

/**
 * The error of a counter that has run out, `during` naming the part that stopped.
 *
 * @category errors
 * @since 0.1.0
 */
export const exceeded = (counter: Counter, during: string): BudgetExceeded => ({
  _tag: 'BudgetExceeded',
  limit: counter.limit,
  spent: counter.spent(),
  during,
})

// ---- rendering ----

/**
 * One line that says where the query stopped and after how many steps.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (error: BudgetExceeded): string =>
  `stopped during ${error.during}: ${error.spent} steps, the budget is ${error.limit}`
