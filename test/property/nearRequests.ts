/** Requests drawn near a document: its actions and resources with the wildcards filled in, and the keys it asks for. */
import { asList, type PolicyJson, type RequestJson, type StatementJson } from '../oracle/statements.js'
import type { dice } from './smallUniverse.js'

type Dice = ReturnType<typeof dice>

const account = '111122223333'

const pick = <A>(roll: Dice, from: readonly A[]): A | undefined => from[roll(from.length)]

/** A text that the pattern matches, mostly: stars become nothing, a word or several, variables the value `known`. */
const filled = (roll: Dice, pattern: string): string =>
  pattern
    .replace(/\$\{aws:(Principal|Resource)Account\}/g, account)
    .replace(/\$\{([*?$])\}/g, '$1')
    .replace(/\$\{[^}]*\}/g, 'known')
    .replace(/\*/g, () => pick(roll, ['', 'example', 'a/b-c']) ?? '')
    .replace(/\?/g, 'x')

const actionOf = (roll: Dice, { Action, NotAction }: StatementJson): string => {
  const pattern = pick(roll, asList(Action)) ?? (roll(2) === 0 ? pick(roll, asList(NotAction)) : undefined)
  if (pattern === undefined || pattern === '*') return pick(roll, ['ecr:PutImage', 'iam:PassRole']) ?? ''
  const [prefix = '', name = ''] = filled(roll, pattern).split(':')
  return `${prefix === '' ? 'ecr' : prefix.replace('/', '')}:${name === '' ? 'Get' : name}`
}

const segment = (roll: Dice, text: string, at: number): string => {
  if (at === 1) return text === '*' ? 'aws' : filled(roll, text)
  if (at === 3) return text === '*' ? 'us-east-1' : filled(roll, text)
  return at === 4 && /[*?]/.test(text) ? account : filled(roll, text)
}

const resourceOf = (roll: Dice, { Resource, NotResource }: StatementJson): string => {
  const pattern =
    pick(roll, asList(Resource)) ?? (roll(2) === 0 ? pick(roll, asList(NotResource)) : undefined)
  if (pattern === undefined || pattern === '*')
    return (
      pick(roll, ['*', `arn:aws:ecr:us-east-1:${account}:repository/example`, 'arn:aws:s3:::example']) ?? '*'
    )
  const segments = pattern.split(':')
  const head = Array.from({ length: 5 }, (_, at) => segment(roll, segments[at] ?? '*', at))
  const tail = filled(roll, segments.slice(5).join(':') || '*')
  return [...head, tail === '' ? 'example' : tail].join(':')
}

/** Keys that follow from caller or resource, which a request has without being told. */
const following =
  /^aws:(principal(arn|account|type|isawsservice|servicename)|userid|username|resourceaccount)/i

const valuesOf = (roll: Dice, operator: string, operands: readonly string[]): readonly string[] => {
  if (operator === 'Null') return operands.includes('true') ? [] : ['known']
  if (/Not/.test(operator)) return roll(2) === 0 ? [] : ['another']
  const value = (): string => filled(roll, pick(roll, operands) ?? 'known')
  return /^For/.test(operator) && roll(2) === 0 ? Array.from(new Set([value(), value()])) : [value()]
}

const contextOf = (roll: Dice, { Condition }: StatementJson): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(Condition ?? {})
      .flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => [operator, key, values] as const),
      )
      .filter(([, key]) => !following.test(key))
      .map(([operator, key, values]) => [
        key.toLowerCase(),
        roll(12) === 0 ? [] : valuesOf(roll, operator, asList(values).map(String)),
      ]),
  )

/** What variables of the document refer to, so that they have a value. */
const known = (policy: PolicyJson): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Array.from(
      JSON.stringify(policy).matchAll(/\$\{([^{}',*?$]+)/g),
      ([, key = '']) => [key.toLowerCase(), ['known']] as const,
    ).filter(([key]) => !following.test(key)),
  )

/** A request near one statement of the document. */
export const nearStatement = (roll: Dice, policy: PolicyJson, statement: StatementJson): RequestJson => ({
  principal: `arn:aws:iam::${account}:user/example`,
  action: actionOf(roll, statement),
  resource: resourceOf(roll, statement),
  context: { ...known(policy), ...contextOf(roll, statement) },
})

/** A request near one Allow of the document. */
export const nearRequest = (roll: Dice, policy: PolicyJson): RequestJson | undefined => {
  const allow = pick(
    roll,
    asList(policy.Statement).filter(({ Effect }) => Effect === 'Allow'),
  )
  return allow === undefined ? undefined : nearStatement(roll, policy, allow)
}
