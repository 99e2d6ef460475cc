/** Values of context keys, one sort for each type of operator: how they are declared, read and compared. */
import { and, either, no, not, OutsideFragment, type Term } from './terms.js'

export type Sort = 'text' | 'number' | 'instant' | 'truth' | 'address'

/** The constants of one value, by suffix. A value that its type cannot read is one with `readable` false. */
export const constantsOf = (sort: Sort, name: string): readonly (readonly [name: string, type: string])[] => {
  const readable = [`${name}.readable`, 'Bool'] as const
  switch (sort) {
    case 'text':
      return [[name, 'String']]
    case 'number':
    case 'instant':
      return [[name, 'Real'], readable]
    case 'truth':
      return [[name, 'Bool'], readable]
    case 'address':
      return [[name, 'Int'], [`${name}.six`, 'Bool'], readable]
  }
}

/** What holds of the constants of every value. */
export const bounds = (sort: Sort, name: string): Term =>
  sort === 'address'
    ? and(`(<= 0 ${name})`, either(`${name}.six`, `(< ${name} ${2n ** 128n})`, `(< ${name} ${2n ** 32n})`))
    : 'true'

// ---- operands ----

const relations: Readonly<Record<string, string>> = {
  Equals: '=',
  LessThan: '<',
  LessThanEquals: '<=',
  GreaterThan: '>',
  GreaterThanEquals: '>=',
}

const real = (text: string): Term => {
  const [, sign, whole = '', fraction] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  const size = `${whole}.${fraction ?? '0'}`
  return sign === '-' ? `(- ${size})` : size
}

const ordered = (name: string, operator: string, bound: Term | undefined): Term => {
  const relation = relations[operator]
  if (relation === undefined) throw new OutsideFragment(operator)
  return bound === undefined ? no : and(`${name}.readable`, `(${relation} ${name} ${bound})`)
}

/** CO-N1, CO-N2. */
export const numeric = (name: string, operator: string, operand: string): Term =>
  ordered(name, operator, /^[+-]?\d+(\.\d+)?$/.test(operand) ? real(operand) : undefined)

/** CO-D1 to CO-D3, U-24: seconds since the epoch, or a date, with a time of day in UTC or without. */
export const dated = (name: string, operator: string, operand: string): Term => {
  if (/^\d{5,}$/.test(operand)) return ordered(name, operator, real(operand))
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$/.test(operand)) throw new OutsideFragment(operand)
  return ordered(name, operator, real(String(Date.parse(operand) / 1000)))
}

/** CO-B1, U-23. */
export const isTruth = (name: string, operand: string): Term => {
  const value = operand.toLowerCase()
  if (value !== 'true' && value !== 'false') return no
  return and(`${name}.readable`, value === 'true' ? name : not(name))
}

/** CO-P1 to CO-P3. */
export const inBlock = (name: string, operand: string): Term => {
  const [address = '', length] = operand.split('/')
  const six = address.includes(':')
  const width = six ? 128 : 32
  const first = six ? sixOf(address) : fourOf(address)
  const size = 2n ** BigInt(width - Number(length ?? width))
  const start = first - (first % size)
  return and(
    `${name}.readable`,
    six ? `${name}.six` : not(`${name}.six`),
    `(<= ${start} ${name})`,
    `(< ${name} ${start + size})`,
  )
}

const fourOf = (address: string): bigint => {
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(address)) throw new OutsideFragment(address)
  return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n)
}

const sixOf = (address: string): bigint => {
  const [left = '', right = ''] = address.split('::')
  const groups = (half: string): readonly string[] => (half === '' ? [] : half.split(':'))
  const zeros = Array.from({ length: 8 - groups(left).length - groups(right).length }, () => '0')
  return [...groups(left), ...zeros, ...groups(right)].reduce(
    (sum, group) => sum * 65536n + BigInt(`0x${group}`),
    0n,
  )
}
