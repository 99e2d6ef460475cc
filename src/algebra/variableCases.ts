/**
 * The cases of a variable as boxes: the requests whose context has its key missing, with one value, or with several.
 *
 * Source: VA-4 to VA-8.
 *
 * @since 0.1.0
 */
import { Glob } from '../pattern/index.js'
import type { Box } from './Box.js'
import * as callerText from './callerText.js'
import { missingTest, type Test } from './keyPoints.js'
import * as resourceText from './resourceText.js'
import { everyString } from './statementSets.js'
import type { Universe } from './Universe.js'
import type { VariableCase } from './variables.js'

const severalTest: Test = {
  truth: { missing: false, present: 'Never', negated: false },
  operands: [],
  listsOnly: true,
}
const presentTest: Test = { truth: { missing: false, present: 'Always', negated: false }, operands: [] }

const testOf = (each: VariableCase): Test => {
  switch (each._tag) {
    case 'Missing':
      return missingTest
    case 'Multivalued':
      return severalTest
    case 'Opaque':
      return presentTest
    case 'Value':
      return {
        truth: { missing: false, present: 'One', negated: false },
        operands: [{ _tag: 'Strings', glob: Glob.literal(each.value) }],
      }
  }
}

/**
 * The requests of a case of a key, folded. `Opaque`: the key has a value; that it has but one may be left out of a proof.
 *
 * @category constructors
 * @since 0.1.0
 */
export const caseBox = (universe: Universe, key: string, each: VariableCase): Box => {
  const { truth, operands } = testOf(each)
  if (callerText.isDerived(key))
    return universe.callers(callerText.derivedSet(key, truth, operands) ?? everyString)
  if (key === 'aws:resourceaccount')
    return universe.resources(resourceText.ownerSet(truth, operands) ?? everyString)
  return universe.key(key, testOf(each))
}
