import { fileURLToPath } from 'node:url'
import functional from 'eslint-plugin-functional'
import jsdoc from 'eslint-plugin-jsdoc'
import tseslint from 'typescript-eslint'
import house from './eslint.rules.js'

const root = fileURLToPath(new URL('..', import.meta.url))

const data = ['src/**/data/**/*.ts', 'src/**/*.generated.ts']
const testing = ['test/**/*.ts', 'docs/examples/**/*.ts', '.config/**/*.ts']

/** `fp-ts/Option` type-checks, and then crashes in Node's ESM loader. */
const fpTs = {
  regex: '^fp-ts(?!/lib/[A-Za-z]+\\.js$)',
  message:
    "Write `import * as O from 'fp-ts/lib/Option.js'`: the other forms fail in ESM or load everything.",
}
const ioTsParts = { regex: '^io-ts/', message: "Write `import * as t from 'io-ts'`." }
const ioTs = { regex: '^io-ts(/|$)', message: 'Only src/codec knows io-ts.' }

const everywhere = [
  {
    selector: 'CallExpression[callee.property.name=/^(push|unshift)$/] > SpreadElement',
    message: 'A spread argument overflows the stack when the list is long: append in a loop, or concatenate.',
  },
  {
    selector: 'CallExpression[callee.object.name="Math"] > SpreadElement',
    message: 'A spread argument overflows the stack when the list is long: fold it.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^from(CharCode|CodePoint)$/] > SpreadElement',
    message: 'A spread argument overflows the stack when the list is long: join the pieces.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(property|asyncProperty)$/] > ArrowFunctionExpression > BlockStatement:not(:has(ReturnStatement)):not(:has(CallExpression[callee.name=/^(expect|assert)/]))',
    message: 'This property cannot fail: return a boolean, or use expect.',
  },
]

const inTests = [
  {
    selector:
      'MemberExpression[object.name=/^(describe|it|test|bench|suite)$/][property.name=/^(skip|only|todo|skipIf|runIf|fails)$/]',
    message: 'No test is skipped, and none runs alone.',
  },
]

const inSource = [
  {
    selector: ':matches(NewExpression, CallExpression)[callee.name="RegExp"]',
    message: 'No RegExp is built at run time: text of users must never become one.',
  },
  {
    selector:
      'ThrowStatement:not(VariableDeclarator[id.name=/OrThrow$/] *, FunctionDeclaration[id.name=/OrThrow$/] *)',
    message: 'Only a function named ...OrThrow throws.',
  },
  {
    selector: 'BinaryExpression[operator="in"]',
    message: '`in` sees inherited keys such as `constructor`: use Object.hasOwn, a Map, or the `_tag`.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^(localeCompare|toLocale)/]',
    message: "The answer would depend on the machine's locale.",
  },
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'The library has no clock: time comes in with the request.',
  },
  { selector: 'TSEnumDeclaration', message: 'A union of literals instead of an enum.' },
]

const impure = [
  'process',
  'console',
  'globalThis',
  'window',
  'self',
  'global',
  'fetch',
  'performance',
  'crypto',
]

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'docs/api/', 'reports/', 'node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    plugins: { house, functional, jsdoc },
    settings: {
      jsdoc: { mode: 'typescript' },
      immutability: {
        overrides: {
          keepDefault: true,
          values: [
            // They have no readonly form; writing to one is still a mutation to be marked.
            {
              type: { from: 'lib', name: ['Uint8Array', 'Uint16Array', 'Uint32Array', 'Int32Array'] },
              to: 'ReadonlyDeep',
            },
          ],
        },
      },
    },
    rules: {
      'no-restricted-syntax': ['error', ...everywhere, ...inTests],
      'no-restricted-imports': ['error', { patterns: [fpTs, ioTsParts] }],
      'house/reasoned-disable': 'error',
      eqeqeq: 'error',
      'no-param-reassign': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 1000, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        {
          'ts-expect-error': 'allow-with-description',
          'ts-ignore': true,
          'ts-nocheck': true,
          minimumDescriptionLength: 8,
        },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Here are no enums and hardly a class to guard, and the two take half of all the time.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...everywhere, ...inSource],
      'no-restricted-imports': ['error', { patterns: [fpTs, ioTs] }],
      'no-restricted-globals': ['error', ...impure],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'The library has no randomness.' },
        { object: 'Date', property: 'now', message: 'The library has no clock.' },
      ],
      'no-console': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true, IIFEs: true }],
      complexity: ['error', { max: 12, variant: 'modified' }], // a fold over a closed union is one decision
      'max-depth': ['error', 4],
      'functional/no-classes': 'error',
      'functional/no-throw-statements': 'error',
      // By syntax: the rule that infers immutability from types takes readonly tuples of type parameters for mutable.
      'functional/prefer-readonly-type': [
        'error',
        { allowLocalMutation: true, ignoreInterface: false, ignorePattern: '^mutable' },
      ],
      'house/immutable-data': 'error',
      'house/exported-docstring': 'error',
      'jsdoc/check-tag-names': ['error', { definedTags: ['category', 'since'], typed: false }],
      'jsdoc/check-param-names': 'error',
      'jsdoc/check-alignment': 'error',
      'jsdoc/no-types': 'error',
      'jsdoc/empty-tags': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    files: ['src/codec/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [fpTs, ioTsParts] }] },
  },
  {
    // Types of vitest and fast-check are not readonly, and not ours.
    files: ['src/testing.ts', 'src/testing/**/*.ts'],
    rules: { 'functional/prefer-readonly-type': 'off' },
  },
  {
    files: data,
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
  {
    files: testing,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
  {
    files: ['test/types/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
)
