/** Oracle, part 2: how numbers, dates, addresses and bytes are read. `undefined` = not of that type (U-3). */

/** A decimal as a sign and two strings of digits; compared by padding them to one length. */
export type Decimal = { readonly negative: boolean; readonly whole: string; readonly fraction: string }

/** CO-N1: integers and decimals, with or without a power of ten. */
export const readDecimal = (text: string): Decimal | undefined => {
  const found = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text)
  if (found === null) return undefined
  const power = Number(found[4] ?? 0)
  const zeros = '0'.repeat(Math.abs(power)) // room on the side towards which the point moves
  const before = (power < 0 ? zeros : '') + (found[2] ?? '')
  const after = (found[3] ?? '') + (power > 0 ? zeros : '')
  const point = before.length + power
  const digits = before + after
  return { negative: found[1] === '-', whole: digits.slice(0, point), fraction: digits.slice(point) }
}

/** -1, 0 or 1. */
export const compareDecimals = (a: Decimal, b: Decimal): number => {
  const fractionLength = Math.max(a.fraction.length, b.fraction.length)
  const padded = (d: Decimal): bigint =>
    BigInt(d.whole + d.fraction.padEnd(fractionLength, '0')) * (d.negative ? -1n : 1n)
  const [x, y] = [padded(a), padded(b)]
  return x < y ? -1 : x > y ? 1 : 0
}

const DATE =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|([+-])(\d\d):(\d\d)))?)?)?$/

/** CO-D2 (the W3C forms; four digits are a year) and CO-D3 (epoch seconds), as seconds since the epoch. */
export const readDate = (text: string): Decimal | undefined => {
  const found = DATE.exec(text)
  if (found === null) return /e/i.test(text) ? undefined : readDecimal(text) // CO-D3: a plain count of seconds
  const n = (i: number, missing: number): number => (found[i] === undefined ? missing : Number(found[i]))
  const [year, month, day] = [n(1, 0), n(2, 1), n(3, 1)]
  const [hour, minute, second, zoneHour, zoneMinute] = [n(4, 0), n(5, 0), n(6, 0), n(9, 0), n(10, 0)]
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined // no such day
  if (hour > 23 || minute > 59 || second > 59 || zoneHour > 23 || zoneMinute > 59) return undefined
  const zone = (zoneHour * 3600 + zoneMinute * 60) * (found[8] === '-' ? -1 : 1)
  const seconds = BigInt(date.getTime() / 1000 + hour * 3600 + minute * 60 + second - zone)
  const fraction = found[7] ?? ''
  // A fraction counts upwards also before 1970: -5 s and .25 is -4.75 s.
  const units = seconds * 10n ** BigInt(fraction.length) + BigInt(fraction === '' ? '0' : fraction)
  const digits = (units < 0n ? -units : units).toString().padStart(fraction.length + 1, '0')
  const cut = digits.length - fraction.length
  return { negative: units < 0n, whole: digits.slice(0, cut), fraction: digits.slice(cut) }
}

const bits = (value: number, width: number): string => value.toString(2).padStart(width, '0')

const fourBits = (text: string): string | undefined => {
  const octets = text.split('.')
  const good = octets.length === 4 && octets.every((o) => /^(0|[1-9]\d{0,2})$/.test(o) && Number(o) <= 255)
  return good ? octets.map((o) => bits(Number(o), 8)).join('') : undefined
}

const sixBits = (text: string): string | undefined => {
  const dotted = /^(.*:)([^:]*\.[^:]*)$/.exec(text) // a dotted tail stands for the last two groups
  const four = fourBits(dotted?.[2] ?? '0.0.0.0')
  if (four === undefined) return undefined
  const group = (from: number): string => parseInt(four.slice(from, from + 16), 2).toString(16)
  const plain = dotted === null ? text : `${dotted[1]}${group(0)}:${group(16)}`
  const halves = plain.split('::')
  if (halves.length > 2) return undefined
  const [left, right] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const given = [...(left ?? []), ...(right ?? [])]
  if (right === undefined ? given.length !== 8 : given.length > 7) return undefined
  if (!given.every((g) => /^[0-9a-f]{1,4}$/i.test(g))) return undefined
  const zeros = Array.from({ length: 8 - given.length }, () => '0')
  return [...(left ?? []), ...zeros, ...(right ?? [])].map((g) => bits(parseInt(g, 16), 16)).join('')
}

/** CO-P3: an address as its 32 or 128 bits, so spellings do not matter and the families never meet. */
export const readAddress = (text: string): string | undefined => fourBits(text) ?? sixBits(text)

/** CO-P1, CO-P2: is the address inside the block? No prefix length = one host; bits after it are not looked at. */
export const inBlock = (block: string, address: string): boolean => {
  const [base = '', length, ...more] = block.split('/')
  const network = readAddress(base)
  const host = readAddress(address)
  if (network === undefined || host === undefined || more.length > 0) return false // U-3
  if (length !== undefined && !/^(0|[1-9]\d{0,2})$/.test(length)) return false
  const prefix = length === undefined ? network.length : Number(length)
  if (prefix > network.length || network.length !== host.length) return false
  return host.startsWith(network.slice(0, prefix))
}

/** CO-Y1: the bytes that a base64 text stands for, in hexadecimal. Only the text that those bytes are written as is read (U-3). */
export const readBytes = (text: string): string | undefined => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes.toString('hex') : undefined
}
