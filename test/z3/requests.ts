/** A model of Z3's as the request it stands for. */
import type { RequestJson } from '../oracle/statements.js'
import { action, countOf, resource, valueOf, type Key, type Question } from './encoding.js'

type Constants = ReadonlyMap<string, string>

const address = (value: bigint, six: boolean): string => {
  const [count, base] = six ? [8, 65536n] : [4, 256n]
  const parts = Array.from({ length: count }, (_, i) => (value / base ** BigInt(count - 1 - i)) % base)
  return parts.map((part) => part.toString(six ? 16 : 10)).join(six ? ':' : '.')
}

const valueIn = (model: Constants, { sort }: Key, name: string): string => {
  const value = model.get(name) ?? ''
  if (sort === 'text') return value
  if (model.get(`${name}.readable`) !== 'true') return 'neither number nor date nor address'
  if (sort === 'instant') return value.includes('.') ? value : `${value}.0` // four digits would be a year
  return sort === 'address' ? address(BigInt(value), model.get(`${name}.six`) === 'true') : value
}

/** Nothing in the fragment depends on who calls: here a user. */
export const requestOf = ({ keys }: Question, model: Constants): RequestJson => ({
  principal: 'arn:aws:iam::111122223333:user/a',
  action: model.get(action) ?? '',
  resource: model.get(resource) ?? '',
  context: Object.fromEntries(
    keys.map((key) => [
      key.name,
      Array.from({ length: Number(model.get(countOf(key))) }, (_, at) =>
        valueIn(model, key, valueOf(key, at)),
      ),
    ]),
  ),
})
