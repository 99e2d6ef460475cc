/** The answers as text for a terminal. */
import { Algebra, Document, Ecr, Simulator, type Lint } from 'ecr-policy'
import * as E from 'fp-ts/lib/Either.js'
import { ask, asked, mend, places, repositoryIn, wholeOf, type Mend, type Where } from './answers.js'
import {
  home,
  operations,
  type Claim,
  type OperationId,
  type Printed,
  type Seed,
  type Setting,
} from './Seed.js'

const width = 112

/** A text broken into lines at spaces; all lines but the first are indented by so many spaces. */
const wrapped = (text: string, indent: number): string => {
  const start = text.search(/\S/u)
  const lines = text
    .slice(start)
    .split(' ')
    .reduce<readonly string[]>((done, word) => {
      const last = done.at(-1)
      if (last === undefined) return [`${' '.repeat(start)}${word}`]
      return last.length + 1 + word.length <= width
        ? [...done.slice(0, -1), `${last} ${word}`]
        : [...done, `${' '.repeat(indent)}${word}`]
    }, [])
  return lines.join('\n')
}

const heading = ({ id, title, from }: Seed): string =>
  ['='.repeat(width), `${id}  ${title}`, `     ${from}`, '='.repeat(width)].join('\n')

// ---- the policies by themselves ----

interface Remark {
  readonly head: string
  readonly message: string
  readonly mend: string | undefined
}

const fromError = ({ pointer, line, column, message, suggestion, code }: Document.PolicyError): Remark => ({
  head: `invalid  ${pointer}, line ${line ?? 0}, column ${column ?? 0}  [${code}]`,
  message,
  mend: suggestion,
})

const fromFinding = ({ severity, pointer, message, mend, source }: Lint.Finding): Remark => ({
  head: `${severity.padEnd(9)}${pointer === '' ? 'the whole policy' : pointer}  [${source}]`,
  message,
  mend,
})

const remarks = ({ kind, promises }: Printed, text: string): readonly Remark[] => {
  const result = Document.parse(text, kind)
  return E.isLeft(result)
    ? result.left.map(fromError)
    : Ecr.lint(result.right, kind, { owner: home, promises }).map(fromFinding)
}

const remarkLines = (found: readonly Remark[]): readonly string[] =>
  found.length === 0
    ? ['    nothing to say against it']
    : found.flatMap(({ head, message, mend }) => [
        `    ${head}`,
        wrapped(`        ${message}`, 8),
        ...(mend === undefined ? [] : [wrapped(`        mend: ${mend}`, 14)]),
      ])

const policies = ({ printed }: Seed): string =>
  [
    'The policies by themselves',
    ...printed.flatMap((one) => [
      `  ${one.name}${one.filled === undefined ? '' : ', as printed'}`,
      ...remarkLines(remarks(one, one.text)),
      ...(one.filled === undefined
        ? []
        : ['  the same, with the placeholder filled in', ...remarkLines(remarks(one, one.filled))]),
    ]),
  ].join('\n')

// ---- who can pull, who can push ----

const yesNo = (allowed: boolean): string => (allowed ? 'yes' : 'no')

const answer = (seed: Seed, where: Where, operation: OperationId): readonly string[] => {
  const setting = wholeOf(seed)
  const { allowed, steps } = ask(seed, setting, where, operation)
  const head = `  ${operations[operation].padEnd(31)}${where.padEnd(15)}${yesNo(allowed)}`
  const refused = steps.find(({ decision }) => !Simulator.isAllowed(decision))
  return refused === undefined
    ? [head]
    : [
        head,
        wrapped(`      AWS     ${Simulator.sentence(refused.decision)}`, 14),
        ...mendLines(mend(seed, setting, where, operation)),
      ]
}

const mendLines = ({ identity, repository, after }: Mend): readonly string[] => [
  ...identity.map(({ resource, actions }) =>
    wrapped(
      `      mend    identity policy of the role: allow ${actions.join(', ')} on ${resource === '*' ? '*' : 'the repository'}`,
      14,
    ),
  ),
  ...(repository.length === 0
    ? []
    : [wrapped(`      mend    repository policy: allow ${repository.join(', ')} to the role`, 14)]),
  `      mended  ${yesNo(after.allowed)}`,
]

/** Pull and push always; the rest where the page speaks of it. */
const questions = ({ claims }: Seed): readonly OperationId[] => [
  ...new Set(['pull-tag', 'push', ...claims.map(({ operation }) => operation)] as const),
]

const answers = (seed: Seed): string =>
  [
    'Who can pull and push, with everything from the page in place',
    ...questions(seed).flatMap((operation) => places.flatMap((where) => answer(seed, where, operation))),
  ].join('\n')

// ---- twins ----

const twin = ({ settings, twinOf }: Seed): string => {
  const [mine, theirs] = [settings, twinOf?.settings ?? []].map((all) =>
    all.flatMap(({ identity, repository }) => [
      ...identity,
      ...(repository === undefined ? [] : [repository]),
    ]),
  )
  const proven = (mine ?? []).every((document, i) => {
    const other = theirs?.[i]
    return other !== undefined && Algebra.interchangeable(document, other)._tag === 'Yes'
  })
  return `Its policies are ${proven ? 'interchangeable with' : 'not known to mean the same as'} those of ${twinOf?.id ?? ''}${proven ? ', by proof; so the answers are the same' : ''}.`
}

// ---- per API action ----

const short = ({ policyType, document, statement }: Simulator.StatementRef): string =>
  policyType === 'IdentityPolicy' ? `I${document + 1}.${statement + 1}` : `R.${statement + 1}`

const sides = new Map<Simulator.PolicyType, string>([
  ['IdentityPolicy', 'I'],
  ['ResourcePolicy', 'R'],
])

const cell = ({ reason }: Simulator.Decision): string => {
  switch (reason._tag) {
    case 'AllowedBy':
      return reason.statements.map(short).join(' + ')
    case 'DeniedBy':
      return `x ${reason.statements.map(short).join(' + ')}`
    case 'NoAllow':
      return `- ${[...new Set(reason.lacking.map(({ policyType }) => sides.get(policyType) ?? policyType))].join(', ')}`
    case 'RootUser':
      return 'root'
    case 'Impossible':
      return '-'
  }
}

interface Column {
  readonly where: Where
  readonly setting: Setting
}

const row = (label: string, cells: readonly string[]): string =>
  `  ${label.padEnd(37)}${cells.map((text, i) => `${i === cells.length / 2 ? '  ' : ''}${text.padEnd(12)}`).join('')}`.trimEnd()

/** An operation, and below it those of its actions that no operation before it had. */
const rows = (
  seed: Seed,
  columns: readonly Column[],
  operation: OperationId,
  shown: ReadonlySet<string>,
): readonly string[] => {
  const verdicts = columns.map(({ where, setting }) => ask(seed, setting, where, operation))
  const [first] = verdicts
  const fresh = (first?.steps ?? []).flatMap(({ action }, i) => (shown.has(action) ? [] : [{ action, i }]))
  return [
    row(
      operations[operation],
      verdicts.map(({ allowed }) => (allowed ? 'YES' : 'no')),
    ),
    ...fresh.map(({ action, i }) =>
      row(
        `  ${action}`,
        verdicts.map(({ steps }) => {
          const step = steps[i]
          return step === undefined ? '' : cell(step.decision)
        }),
      ),
    ),
  ]
}

const actionsOf = (operation: OperationId): readonly string[] =>
  Ecr.operations[operation].required.map(({ action }) => action)

const table = (seed: Seed): string => {
  const columns = places.flatMap((where) => seed.settings.map((setting) => ({ where, setting })))
  return [
    'Per operation and API action',
    ...seed.settings.map(({ name, what }) => `  ${name.padEnd(9)}${what}`),
    '',
    row(
      '',
      columns.map(({ where }, i) => (i % seed.settings.length === 0 ? where : '')),
    ),
    row(
      '',
      columns.map(({ setting }) => setting.name),
    ),
    ...asked.flatMap((operation, i) =>
      rows(seed, columns, operation, new Set(asked.slice(0, i).flatMap(actionsOf))),
    ),
  ].join('\n')
}

// ---- what the page says ----

const judged = (seed: Seed, { says, setting, operation }: Claim): string => {
  const chosen = seed.settings.find(({ name }) => name === setting) ?? wholeOf(seed)
  const held = places.map((where) => `${where} ${yesNo(ask(seed, chosen, where, operation).allowed)}`)
  return `  ${says}\n      ${held.join(', ')}`
}

const claims = (seed: Seed): string =>
  ['What the page says, and whether it is so', ...seed.claims.map((claim) => judged(seed, claim))].join('\n')

// ---- all of it ----

export const report = (seed: Seed): string =>
  [
    heading(seed),
    ...(seed.twinOf === undefined ? [] : [twin(seed)]),
    policies(seed),
    answers(seed),
    table(seed),
    claims(seed),
  ].join('\n\n')

export const introduction = [
  'Five published documents tell their readers how to let somebody pull from, or push to, Amazon ECR.',
  'For each: what is wrong with its policies by themselves, who can pull and push with them, and why.',
  '',
  `  same account    role and repository in one account: ${Ecr.Repository.show(repositoryIn('same account'))}`,
  `  cross account   the repository in another account:  ${Ecr.Repository.show(repositoryIn('cross account'))}`,
  '',
  'In the tables:',
  '  I2.1            allowed by statement 1 of the second identity policy',
  '  R.1             allowed by statement 1 of the repository policy',
  '  I1.1 + R.1      both say so; across accounts both have to',
  '  - I, R          no: an Allow is missing in an identity policy, and one in the repository policy',
  '  - I             no: an Allow is missing in an identity policy; in one account R can give all but the token',
  '',
  'What stands in brackets, such as [EX-2], is a rule of docs/semantics.md, or the code of an error.',
].join('\n')
