/** Rules that are counted on the entries of Action and Resource, and of their negations. */
import { globMatches } from '../../oracle/patterns.js'
import type { Pattern } from '../observations.js'
import { ruleOn, type Rule } from './rule.js'
import { hasVariable, isUnresolved } from './variables.js'

const on = ruleOn<Pattern>(({ matches }) => matches)

const hasWildcard = (text: string): boolean => /[*?]/.test(text.replace(/\$\{[^}]*\}/g, ''))
const segments = (text: string): readonly string[] => text.split(':')
const head = (text: string): string => segments(text).slice(0, 5).join(':')
const tail = (text: string): string => segments(text).slice(5).join(':')
const prefix = (text: string): string => segments(text)[0] ?? ''

export const actionRules: readonly Rule<Pattern>[] = [
  on(
    'SM-A1',
    'an action pattern that does not fit letter for letter: matches without case / does not',
    ({ text, request }) => !globMatches(text, request.action),
  ),
  on(
    'SM-A2',
    'an action pattern with wildcards: matches / does not',
    ({ text }) => text !== '*' && hasWildcard(text),
  ),
  on(
    'SM-A3',
    'a lone `*` / another prefix than that of the request',
    ({ text, request }) =>
      text === '*' ||
      (!hasWildcard(prefix(text)) && prefix(text).toLowerCase() !== prefix(request.action).toLowerCase()),
  ),
  on(
    'SM-A4',
    'a wildcard before the colon of an action: matches / does not',
    ({ text }) => text !== '*' && hasWildcard(prefix(text)),
  ),
  on(
    'U-8',
    'a wildcard before the colon of an action: matches / does not',
    ({ text }) => text !== '*' && hasWildcard(prefix(text)),
  ),
  on(
    'SM-A5',
    'NotAction: applies / does not',
    ({ isNegated }) => isNegated,
    ({ applies }) => applies,
  ),
]

const isArn = ({ text }: Pattern): boolean => text !== '*'
const isFull = ({ text }: Pattern): boolean => segments(text).length >= 6

export const resourceRules: readonly Rule<Pattern>[] = [
  on(
    'SM-R1',
    'a lone `*`: in Resource, which applies / in NotResource, which does not',
    ({ text }) => text === '*',
    ({ applies }) => applies,
  ),
  on('SM-R2', 'an ARN pattern: matches / does not', isArn),
  on(
    'SM-R3',
    'a wildcard for the partition: matches / does not',
    (pattern) => isArn(pattern) && hasWildcard(segments(pattern.text)[1] ?? ''),
  ),
  on(
    'SM-R4',
    'a wildcard past the fifth colon: matches / does not',
    (pattern) => isArn(pattern) && hasWildcard(tail(pattern.text)),
  ),
  on(
    'SM-R5',
    'a `*` that ends one of the first five segments: matches / does not',
    (pattern) => isFull(pattern) && segments(head(pattern.text)).some((each) => each.endsWith('*')),
  ),
  on(
    'U-9',
    'a wildcard in the first five segments: matches / does not',
    (pattern) => isFull(pattern) && hasWildcard(head(pattern.text)),
  ),
  on(
    'SM-R6',
    'an ARN without wildcards, letter case aside that of the request: in its case / in another',
    ({ text, request }) => text.toLowerCase() === request.resource.toLowerCase() && text !== '*',
  ),
  on(
    'SM-R7',
    'a request without resource: a lone `*` / an ARN pattern',
    ({ request }) => request.resource === '*',
  ),
  on(
    'SM-R8',
    'NotResource: applies / does not',
    ({ isNegated }) => isNegated,
    ({ applies }) => applies,
  ),
  on(
    'SM-R10',
    'an ARN pattern of fewer than six segments: matches / does not',
    (pattern) => isArn(pattern) && !isFull(pattern),
  ),
  on(
    'U-10',
    'an ARN pattern of fewer than six segments: matches / does not',
    (pattern) => isArn(pattern) && !isFull(pattern),
  ),
  on(
    'VA-1',
    'a variable past the fifth colon of a resource: matches / does not',
    ({ text, version }) => version === '2012-10-17' && hasVariable(tail(text)),
  ),
  on(
    'VA-4',
    'a variable without a value: in NotResource, which applies / in Resource, which does not',
    ({ text, version, lookup }) => version === '2012-10-17' && isUnresolved(lookup)(text),
    ({ applies }) => applies,
  ),
]
