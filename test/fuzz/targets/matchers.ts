/** Matchers given what they do not expect: they say so in a message, and throw nothing. */
import { matchers } from '../../../src/testing.js'
import { policies, scenarios } from '../examples.js'
import type { Draw } from '../Draw.js'
import type { Targets } from './Target.js'

const utils = {
  matcherHint: (name: string) => name,
  RECEIVED_COLOR: (text: string) => text,
  EXPECTED_COLOR: (text: string) => text,
}

const contexts = [
  { isNot: false, promise: '', utils },
  { isNot: true, promise: '', utils },
] as const

type Result = { readonly pass: boolean; readonly message: () => string }

const judged =
  (name: keyof typeof matchers) =>
  (draw: Draw): unknown => {
    const matcher = matchers[name] as (...given: readonly unknown[]) => Result
    const received = draw.value(draw.random.pick([policies, scenarios]))
    const expected = name === 'toHaveNoFindings' ? { kind: draw.text() } : draw.value(policies)
    const { pass, message } = matcher.call(draw.random.pick(contexts), received, expected)
    return [pass, message()]
  }

export const matcherTargets: Targets = Object.fromEntries(
  (Object.keys(matchers) as readonly (keyof typeof matchers)[]).map((name) => [
    `matchers.${name}`,
    judged(name),
  ]),
)
