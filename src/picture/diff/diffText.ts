/**
 * A difference as text.
 *
 * @since 0.1.0
 */
import { Algebra } from '../../algebra/index.js'
import { painter, type TextOptions } from '../ansi.js'
import type { Tone } from '../mark.js'
import { visible } from '../visible.js'
import { padded, widest } from '../width.js'
import { diffView, type EditView, type RegionView } from './diffView.js'

// ---- rendering ----

const tones: Readonly<Record<EditView['sign'], Tone>> = { '+': 'good', '-': 'bad', '~': 'open' }

/**
 * A difference as text: what is gained and lost, each with a request as an example, and the edits with what they cause.
 *
 * @example
 * import { Algebra, Document } from 'ecr-policy'
 *
 * const allow = (...Action: readonly string[]) =>
 *   Document.parseOrThrow({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } })
 * const text = diffText(Algebra.diff(allow('ecr:Get*'), allow('ecr:Get*', 'ecr:PutImage')))
 * text.split('\n').slice(-2) // => ['~ Allow statement 1  causes +1', '    Action  + ecr:PutImage']
 *
 * @category rendering
 * @since 0.1.0
 */
export const diffText = (diff: Algebra.Diff, options: TextOptions = {}): string => {
  const { title, regions, edits, notes } = diffView(diff)
  const paint = painter(options)
  return [
    paint('strong', title),
    ...notes.map(visible),
    ...regions.flatMap((region) => ['', ...regionText(region, options)]),
    ...(edits.length === 0 ? [] : ['', paint('strong', 'Edits')]),
    ...edits.flatMap((edit) => editText(edit, options)),
  ].join('\n')
}

const regionText = ({ sign, name, lines, witness }: RegionView, options: TextOptions): readonly string[] => {
  const paint = painter(options)
  const [first = '', ...rest] = lines.map(visible)
  const inner = ' '.repeat(name.length + 1)
  return [
    paint(tones[sign], `${name} ${first}`),
    ...rest.map((line) => paint(tones[sign], `${inner}${line}`)),
    paint('faint', `${inner}for example ${visible(Algebra.showRequest(witness))}`),
  ]
}

const editText = (
  { sign, what, sid, changes, causes }: EditView,
  options: TextOptions,
): readonly string[] => {
  const paint = painter(options)
  const name = sid === undefined ? what : `${what} (${visible(sid)})`
  const inColumn = padded(widest(changes.map(({ element }) => visible(element))))
  return [
    `${paint(tones[sign], `${sign} ${name}`)}  ${paint('faint', effectOf(causes))}`,
    ...changes.flatMap(({ element, added, removed }) =>
      [...signed('+', added), ...signed('-', removed)].map(
        ({ sign, value }, i) =>
          `    ${inColumn(i === 0 ? visible(element) : '')}  ${paint(tones[sign], `${sign} ${visible(value)}`)}`,
      ),
    ),
  ]
}

const signed = <S extends '+' | '-'>(
  sign: S,
  values: readonly string[],
): readonly { readonly sign: S; readonly value: string }[] => values.map((value) => ({ sign, value }))

const effectOf = (causes: readonly string[]): string =>
  causes.length === 0 ? 'causes nothing that is listed' : `causes ${causes.join(' ')}`
