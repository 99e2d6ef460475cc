/**
 * The house's own lint rules, where no published one says what is meant.
 */
import functional from 'eslint-plugin-functional'

const categories = [
  'model',
  'constructors',
  'refinements',
  'destructors',
  'predicates',
  'combinators',
  'instances',
  'codecs',
  'errors',
  'rendering',
  'evaluation',
  'analysis',
]

const isFunction = (node) =>
  node.type === 'FunctionDeclaration' ||
  node.type === 'FunctionExpression' ||
  node.type === 'ArrowFunctionExpression'

/** `functional/immutable-data`, silent inside a function that says `local mutation: why` before the mutation. */
const immutableData = {
  ...functional.rules['immutable-data'],
  create: (context) => {
    const marks = context.sourceCode
      .getAllComments()
      .filter((comment) => /local mutation: \S/u.test(comment.value))
    const isMarked = (node) =>
      context.sourceCode
        .getAncestors(node)
        .filter(isFunction)
        .some((owner) =>
          marks.some((mark) => mark.range[0] >= owner.range[0] && mark.loc.start.line <= node.loc.end.line),
        )
    const report = (descriptor) => {
      if (!isMarked(descriptor.node)) context.report(descriptor)
    }
    return functional.rules['immutable-data'].create(
      Object.create(context, { report: { value: report, enumerable: true } }),
    )
  },
}

const namesOf = (declaration) =>
  declaration.type === 'VariableDeclaration'
    ? declaration.declarations.map((declarator) => declarator.id.name ?? 'a pattern')
    : [declaration.id?.name ?? 'default']

/** Every export declared in `src` says what it is, in which category of the closed list, and since when. */
const exportedDocstring = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      missing: 'The export `{{name}}` has no docstring.',
      summary: 'The docstring of `{{name}}` does not begin with a sentence that says what it is.',
      category: 'The docstring of `{{name}}` needs one @category of: {{categories}}.',
      since: 'The docstring of `{{name}}` needs @since with a version such as 0.1.0.',
    },
  },
  create: (context) => {
    const documented = new Set()
    return {
      'ExportNamedDeclaration[declaration]': (node) => {
        const name = namesOf(node.declaration).join(', ')
        const kind = node.declaration.type
        const overload = kind === 'TSDeclareFunction' || kind === 'FunctionDeclaration'
        if (overload && documented.has(name)) return
        if (overload) documented.add(name)
        const comment = context.sourceCode.getCommentsBefore(node).at(-1)
        if (comment?.type !== 'Block' || !comment.value.startsWith('*')) {
          context.report({ node, messageId: 'missing', data: { name } })
          return
        }
        const text = comment.value.replace(/^\s*\*+ ?/gmu, '')
        if (!/^\s*[^\s@]/u.test(text)) context.report({ node, messageId: 'summary', data: { name } })
        const found = [...text.matchAll(/^@category[ \t]+(.*?)\s*$/gmu)].map((match) => match[1])
        if (found.length !== 1 || !categories.includes(found[0]))
          context.report({ node, messageId: 'category', data: { name, categories: categories.join(', ') } })
        if (!/^@since[ \t]+\d+\.\d+\.\d+\s*$/mu.test(text))
          context.report({ node, messageId: 'since', data: { name } })
      },
    }
  },
}

/** A suppression carries its reason: `-- why`. */
const reasonedDisable = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { reason: 'Say after ` -- ` why the rule does not hold here.' },
  },
  create: (context) => ({
    Program: () => {
      context.sourceCode
        .getAllComments()
        .filter(({ value }) => /^\s*eslint-disable/u.test(value) && !/\s--\s+\S.{7}/u.test(value))
        .forEach((comment) => {
          context.report({ loc: comment.loc, messageId: 'reason' })
        })
    },
  }),
}

export default {
  meta: { name: 'house' },
  rules: {
    'immutable-data': immutableData,
    'exported-docstring': exportedDocstring,
    'reasoned-disable': reasonedDisable,
  },
}
