/**
 * In more than 24 statements wildcards that a catalogue allows were found and then not proven, as though the budget had run out: of a
 * wildcard a word was tried that is no action of the catalogue.
 */
import { expect, it } from 'vitest'
import { minimize } from '../../src/algebra/minimize.js'
import { catalogue } from '../../src/algebra/World.js'
import { parseOrThrow } from '../../src/codec/index.js'

it('wildcards are proven in many statements as well', () => {
  const services = Array.from({ length: 30 }, (_, i) => `t${i}`)
  const actionsOf = (service: string): readonly string[] => [`${service}:GetA`, `${service}:GetB`]
  const { document, status } = minimize(
    parseOrThrow({
      Version: '2012-10-17',
      Statement: services.map((service) => ({
        Effect: 'Allow',
        Action: actionsOf(service),
        Resource: `arn:aws:${service}:eu-west-1:111122223333:a`,
      })),
    }),
    { world: catalogue('2026-11-01', services.flatMap(actionsOf)), wildcards: true },
  )
  expect(status).toBe('Proven')
  expect(document.statements.map(({ action }) => action.patterns)).toEqual(
    services.map((service) => [`${service}:*`]).sort(),
  )
})
