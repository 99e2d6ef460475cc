/**
 * A difference as Markdown, for a comment on a change.
 *
 * @since 0.1.0
 */
import type { Algebra } from '../../algebra/index.js'
import { Caller, Request } from '../../model/index.js'
import { details, table } from '../markdown.js'
import { code, fenced } from '../visible.js'
import { diffView, type EditView, type RegionView } from './diffView.js'

// ---- rendering ----

/**
 * A difference as Markdown, for a comment on a change: what is gained and lost as a block of changed lines, and behind folds
 * a request of each region and the edits.
 *
 * @category rendering
 * @since 0.1.0
 */
export const diffMarkdown = (diff: Algebra.Diff): string => {
  const { title, regions, edits, notes } = diffView(diff)
  return [
    `**${title}**`,
    ...notes.flatMap((note) => ['', plain(note)]),
    ...(regions.length === 0
      ? []
      : [
          '',
          ...fenced('diff', regions.flatMap(changedLines)),
          '',
          ...details('A request that changed hands, for each', table(requestHead, regions.map(requestRow))),
        ]),
    ...(edits.length === 0
      ? []
      : ['', ...details(`The edits (${edits.length})`, table(editHead, edits.flatMap(editRows)))]),
  ].join('\n')
}

/** Notes are the library's words, but for names of actions or keys that they may quote. */
const plain = (note: string): string => (/^[A-Za-z0-9 .,:'()-]*$/u.test(note) ? note : code(note))

const changedLines = ({ sign, name, lines }: RegionView): readonly string[] =>
  lines.map((line, i) => (i === 0 ? `${name} ${line}` : `${sign}${' '.repeat(name.length)}${line}`))

const requestHead = ['', 'caller', 'action', 'resource', 'context']

const requestRow = ({ name, witness }: RegionView): readonly string[] => [
  name,
  code(Caller.show(witness.principal)),
  code(witness.action),
  code(Request.resourceText(witness)),
  witness.context.map(({ name: key, values }) => code(`${key} = ${JSON.stringify(values)}`)).join('<br>'),
]

const editHead = ['edit', 'element', 'change', 'causes']

const editRows = ({ sign, what, sid, changes, causes }: EditView): readonly (readonly string[])[] => {
  const name = [`${sign} ${what}`, ...(sid === undefined ? [] : [code(sid)])].join(' ')
  const effect = causes.length === 0 ? 'nothing that is listed' : causes.join(' ')
  return changes.length === 0
    ? [[name, '', '', effect]]
    : changes.map(({ element, added, removed }, i) => [
        i === 0 ? name : '',
        code(element),
        [...added.map((value) => `+ ${code(value)}`), ...removed.map((value) => `- ${code(value)}`)].join(
          '<br>',
        ),
        i === 0 ? effect : '',
      ])
}
