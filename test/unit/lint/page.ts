/**
 * docs/lint.md, written from the rules and their examples.
 */
import { lintRules } from '../../../src/ecr/index.js'
import { examples, type Example, type Fields } from './examples.js'

export const document = (version: string, statements: readonly Fields[]): Fields => ({
  Version: version,
  Statement: statements,
})

export const badOf = ({ bad, badVersion }: Example): Fields => document(badVersion ?? '2012-10-17', bad)
export const goodOf = ({ good }: Example): Fields => document('2012-10-17', good)

const json = (value: unknown, indent = ''): string => {
  const flat = flatJson(value)
  if (indent.length + flat.length <= 100 || typeof value !== 'object' || value === null) return flat
  const inner = `${indent}  `
  const lines = Array.isArray(value)
    ? value.map((each) => `${inner}${json(each, inner)}`)
    : Object.entries(value).map(([key, each]) => `${inner}"${key}": ${json(each, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open ?? ''}\n${lines.join(',\n')}\n${indent}${close ?? ''}`
}

const flatJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(flatJson).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([key, each]) => `"${key}": ${flatJson(each)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

const block = (fields: Fields): string => ['```json', json(fields), '```'].join('\n')

const example = ({ id, severity, title, sources }: (typeof lintRules)[number]): string => {
  const found = examples.get(id)
  if (found === undefined) throw new Error(`no example of ${id}`)
  const told = found.options === undefined ? '' : `, told \`${flatJson(found.options)}\``
  return [
    `### ${id}`,
    `${severity}: ${title} (${sources.join(', ')}).`,
    `Bad, as a policy of kind \`${found.kind}\`${told}:`,
    block(badOf(found)),
    'Good:',
    block(goodOf(found)),
  ].join('\n\n')
}

const introduction = `# Lint

\`Document.parse\` refuses what AWS would refuse: a resource that is no ARN (an image address among them), a principal that is
none, a registry policy without Resource, text over the quota of its kind. What is listed here can be saved, and does not do
what it seems to, or does more.

\`Lint.lint(document, kind, options)\` runs the rules of plain IAM, \`Ecr.lint\` those and the rules of Amazon ECR. Each finding
has the id of its rule, a severity, a JSON pointer into what \`Document.toJson\` prints, a message, what mends it, and the rule
of [semantics.md](semantics.md) behind it. Findings are plain data; \`Lint.render\` prints them.

- **error**: something written there cannot do what it says.
- **warning**: it does something, and likely not all that was meant, or more.
- **info**: it works, and could do with less.

Whatever a rule says of the meaning of statements is proven by the algebra. Where a proof is not to be had within
\`options.budget\`, the rule is silent. \`options.rules\` switches rules off or gives them another severity.

A finding may bring a fix, with its effect on what the document does:

- \`Equivalent\` changes nothing.
- \`Narrower\` takes away what nobody can ask for: an action that is not there, or one on a resource that it is never
  asked on.
- \`Restricts\` may refuse what works: a Deny reaches further, an Allow gets one more test.
- \`Grants\` may allow more.

\`Lint.apply(fix)\` applies one to a document; \`Lint.fix\` and \`Ecr.fix\` apply all of the first two sorts until none is
left, so that whatever could be pulled and pushed before can be afterwards, and nothing else can. The others are applied only
if they are asked for by \`effects\`: a Deny with a misspelt action denies nothing until its fix, which \`Restricts\`, is applied.

This page is written from the rules and from examples that run as tests.`

const row = ({ id, severity, title, sources }: (typeof lintRules)[number]): string =>
  `| [${id}](#${id}) | ${severity} | ${title} | ${sources.join(', ')} |`

export const page = (): string =>
  [
    introduction,
    '## The rules',
    ['| Rule | Severity | Finds | Source |', '| --- | --- | --- | --- |', ...lintRules.map(row)].join('\n'),
    '## Examples',
    ...lintRules.map(example),
  ].join('\n\n') + '\n'
