import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  can,
  diagnose,
  failures,
  operations,
  within,
  type Failure,
  type OperationId,
} from '../../src/ecr/index.js'
import { Simulator } from '../../src/simulator/index.js'
import { arbitrary } from '../../src/testing/index.js'
import { foreign, own, situation } from './situationsOfEcr.js'

const generated = fc
  .tuple(
    fc.constantFrom(...(Object.keys(operations) as readonly OperationId[])),
    arbitrary.environment({ services: ['ecr'] }),
    arbitrary.caller(),
    fc.constantFrom(own, foreign),
  )
  .map(([id, environment, caller, repository]) => can(id as 'push', within(environment)(caller), repository))

const verdict = fc.oneof(
  situation.map(({ id, held, repository }) => can(id, held, repository)),
  generated,
)

const named = (type: Simulator.PolicyType | undefined): string | undefined =>
  type === undefined ? undefined : Simulator.messageName(type)

/** Breaks the lines of a text after so many letters. */
const broken = (text: string, width: number): string =>
  Array.from({ length: Math.ceil(text.length / width) }, (_, i) =>
    text.slice(i * width, (i + 1) * width),
  ).join('\n')

/** A message without a reason ends with the resource, and a line break there ends the name. */
const texts = ({ api, explicit }: Failure, width: number): readonly string[] => [
  api,
  JSON.stringify(`denied: ${api}\n`),
  ...(explicit === undefined ? [] : [broken(api, width)]),
]

describe('explaining and diagnosing', () => {
  it('there is a failure for each refused step, and none for the others', () => {
    fc.assert(
      fc.property(verdict, (answer) => {
        const refused = answer.steps.filter(({ decision }) => !Simulator.isAllowed(decision))
        expect(failures(answer).map(({ action, resource }) => [action, resource])).toEqual(
          refused.map(({ action, resource }) => [action, resource]),
        )
      }),
      { numRuns: 100 },
    )
  })

  it('what the API says gives caller, action, resource, policy type and cause back, however its lines are broken', () => {
    fc.assert(
      fc.property(verdict, fc.integer({ min: 9, max: 120 }), (answer, width) => {
        for (const failure of failures(answer))
          for (const text of texts(failure, width)) {
            const [first, ...more] = diagnose(text)
            expect(more).toEqual([])
            expect(first).toMatchObject({
              caller: failure.caller,
              action: failure.action,
              resource: failure.resource,
              explicit: failure.explicit,
            })
            expect(named(first.policyType)).toBe(named(failure.policyType))
            // That a service does not go so far stands in no text: it reads as if the policies were silent.
            if (failure.id !== 'service-out-of-reach')
              expect(first.causes.map(({ id }) => id)).toContain(failure.id)
          }
      }),
      { numRuns: 200 },
    )
  })

  it('what a client prints gives its cause, or one of the same action', () => {
    fc.assert(
      fc.property(verdict, (answer) =>
        failures(answer).every(({ client, id, action }) => {
          if (client === undefined) return true
          const found = diagnose(client).flatMap(({ causes }) => causes)
          return found.some((cause) => cause.id === id || cause.actions.includes(action))
        }),
      ),
      { numRuns: 200 },
    )
  })

  it('any text has a diagnosis', () => {
    const pieces = fc.constantFrom(
      'User: ',
      ' is not authorized to perform: ',
      ' on resource: ',
      ' because no ',
      'policy',
      '\\',
      '\u001b[',
      'arn:aws:',
      '403 ',
      '.dkr.ecr.',
      'no basic auth credentials',
      '"Resource": "',
      '\n',
      ' ',
    )
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 40 }),
        (parts) =>
          diagnose(parts.join('')).every(
            ({ _tag, causes }) => (_tag === 'Unknown') === (causes.length === 0),
          ),
      ),
      { numRuns: 500 },
    )
  })
})
