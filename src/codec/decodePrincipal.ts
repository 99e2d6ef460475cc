/**
 * `Principal` and `NotPrincipal`: JSON to model.
 *
 * Source: GR-15, GR-16, GR-17, PR-1, PR-9, PR-13, RP-10, VA-2.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Principal, Problem } from '../model/index.js'
import { closedRecord, nameAt, texts, wrongType } from './elements.js'
import type { Grammar } from './grammar.js'
import { isNonEmpty, isRecord, member } from './Json.js'
import { at, type Place } from './Place.js'
import type { Input } from './read.js'

/**
 * The principals of one element.
 *
 * **Errors** `InvalidPrincipal`, `InvalidVariable`, `InvalidType`, `EmptyList`, `UnknownElement`.
 *
 * @category codecs
 * @since 0.1.0
 */
export const decodePrincipals = (
  input: Input,
  grammar: Grammar,
  value: unknown,
  place: Place,
): Principal.PrincipalList | undefined => {
  if (grammar.principal === 'Everyone' && value !== '*')
    return refuse(input, place, onlyEveryone(grammar.kind))
  if (value === '*') return Principal.list([Principal.everyone])
  if (typeof value === 'string') return refuse(input, place, bareText(value))
  return isRecord(value)
    ? decodeMap(input, value, place)
    : wrongType(input, place, nameAt(place), '`"*"` or an object', value)
}

const refuse = (
  { sink }: Input,
  place: Place,
  problem: Problem.Problem,
): Principal.PrincipalList | undefined => {
  sink.add(place, problem)
  return undefined
}

const onlyEveryone = (kind: string): Problem.Problem =>
  Problem.problem(
    'InvalidPrincipal',
    `the principal of a policy of kind ${kind} is exactly \`"*"\` (RP-10)`,
    'write `"*"` and tell callers apart by a condition',
  )

const bareText = (text: string): Problem.Problem => {
  const type = Principal.principalTypes.find((name) => E.isRight(Principal.parse(name)(text)))
  return Problem.problem(
    'InvalidPrincipal',
    `a principal without a type can only be \`"*"\`, not ${Problem.quote(text)}`,
    type === undefined || text.length > 200 ? undefined : `write {"${type}": ${JSON.stringify(text)}}`,
  )
}

const decodeMap = (
  input: Input,
  value: Readonly<Record<string, unknown>>,
  place: Place,
): Principal.PrincipalList | undefined => {
  if (Object.keys(value).length === 0)
    return refuse(input, place, Problem.problem('EmptyList', `${nameAt(place)} names nobody`))
  closedRecord(input, value, place, 'a principal map', Principal.principalTypes)
  let complete = true // local mutation: one pass, with the next
  const all: Principal.Principal[] = []
  for (const type of Principal.principalTypes) {
    const entries = member(value, type)
    if (entries === undefined) continue
    const read = texts(input, entries, at(place, type), readers[type])
    if (read === undefined) complete = false
    else for (const principal of read) all.push(principal)
  }
  return complete && isNonEmpty(all) ? Principal.list(all) : undefined
}

type Read = (text: string) => E.Either<Problem.Problem, Principal.Principal>

const readEntry =
  (type: Principal.PrincipalType): Read =>
  (text) =>
    text.includes('${')
      ? E.left(
          Problem.problem(
            'InvalidVariable',
            `policy variables have no meaning in a principal: ${Problem.quote(text)}`, // VA-2
          ),
        )
      : Principal.parse(type)(text)

const readers: Readonly<Record<Principal.PrincipalType, Read>> = {
  AWS: readEntry('AWS'),
  Service: readEntry('Service'),
  Federated: readEntry('Federated'),
  CanonicalUser: readEntry('CanonicalUser'),
}
