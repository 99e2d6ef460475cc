/** A program may keep documents in classes of its own, and change them: what they say is read anew each time. */
import { expect, it } from 'vitest'
import { Algebra, Document, Simulator } from '../../src/index.js'
import { parseScenarioOrThrow } from '../../src/codec/index.js'

const documentOf = (action: string): Document.IdentityDocument =>
  Document.parseOrThrow(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] },
    'identity',
  )
const [narrow, wide] = [documentOf('ecr:GetDownloadUrlForLayer'), documentOf('ecr:*')]

const { environment, request } = parseScenarioOrThrow({
  identityPolicies: [],
  request: {
    principal: 'arn:aws:iam::111122223333:user/alice',
    action: 'ecr:PutImage',
    resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
  },
})

/** The same members, in an object of a class. */
const held = <A extends object>(value: A): A =>
  Object.assign(
    new (class Held {
      readonly isHeld = true
    })(),
    value,
  )

const answers = (document: Document.IdentityDocument): readonly string[] => [
  Algebra.isNoBroader(document, narrow)._tag,
  Simulator.decide({ ...environment, identityPolicies: [document] }, request).outcome,
]

it.each([
  ['a document', held, (statement: object) => statement],
  ['the statement of a document', (document: object) => document, held],
  ['the statement of a frozen document', Object.freeze, held],
  ['a frozen document, and its statement too,', (document: object) => Object.freeze(held(document)), held],
])('%s that is an instance of a class can change, and the answers with it', (_, around, inside) => {
  const statements = narrow.statements.map(inside) as unknown as typeof narrow.statements
  const document = around({ ...narrow, statements }) as typeof narrow
  expect(answers(document)).toEqual(['Yes', 'ImplicitlyDenied'])
  if (Object.isFrozen(statements[0])) Object.assign(document, { statements: wide.statements })
  else Object.assign(statements[0] as object, wide.statements[0])
  expect(answers(document)).toEqual(['No', 'Allowed'])
})
