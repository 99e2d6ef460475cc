import { describe, expect, it } from 'vitest'
import * as Budget from '../../../src/pattern/Budget.js'

describe('Budget', () => {
  it('lets exactly the limit be spent', () => {
    const counter = Budget.start(3)
    expect([counter.spend(2), counter.spend(1), counter.spend(1)]).toStrictEqual([true, true, false])
    expect(counter.spent()).toBe(4)
  })
  it('stays spent once it is spent', () => {
    const counter = Budget.start(1)
    expect([counter.spend(2), counter.spend(0)]).toStrictEqual([false, false])
  })
  it('says where it stopped', () => {
    const counter = Budget.start(10)
    counter.spend(11)
    const error = Budget.exceeded(counter, 'emptiness')
    expect(error).toStrictEqual({ _tag: 'BudgetExceeded', limit: 10, spent: 11, during: 'emptiness' })
    expect(Budget.show(error)).toBe('stopped during emptiness: 11 steps, the budget is 10')
  })
  it('counts each query on its own', () => {
    const first = Budget.start(Budget.standard.limit)
    first.spend(5)
    expect(Budget.start(Budget.standard.limit).spent()).toBe(0)
  })
})
