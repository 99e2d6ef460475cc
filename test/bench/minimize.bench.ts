/** Minimizing a thousand statements, proof included: drawn at random, and as a tool writes them that makes one for each service. */
import { bench, describe } from 'vitest'
import { canonical } from '../../src/algebra/canonical.js'
import { fit } from '../../src/algebra/fit.js'
import { minimize } from '../../src/algebra/minimize.js'
import { dice } from '../property/smallUniverse.js'
import { identity, literals, random } from './workloads.js'

/** Few shapes, many names: what a tool writes that makes a statement for each service of each team. */
const generated = (count: number): readonly object[] => {
  const roll = dice(3)
  const shapes = [
    ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'],
    ['ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'],
    ['ecr:DescribeImages', 'ecr:ListImages'],
    ['ecr:DescribeRepositories'],
  ]
  return Array.from({ length: count }, (_, i) => ({
    Sid: `S${i}`,
    Effect: 'Allow',
    Action: shapes[roll(shapes.length)],
    Resource: `arn:aws:ecr:eu-west-1:111122223333:repository/team${roll(40)}/service${roll(60)}`,
    ...(roll(4) === 0 ? { Condition: { StringEquals: { 'aws:PrincipalOrgID': `o-${roll(2)}` } } } : {}),
  }))
}

describe('minimize, proof included', () => {
  for (const count of [10, 100, 1_000, 10_000]) {
    const [drawn, made] = [identity(...random(count)), identity(...generated(count))]
    bench(`${count} random statements`, () => void minimize(drawn), { iterations: 5 })
    bench(`${count} statements of a tool`, () => void minimize(made), { iterations: 5 })
  }
})

describe('fit', () => {
  const document = identity({ Effect: 'Allow', Action: 'ecr:BatchGetImage', Resource: literals(700) })
  bench('700 repositories into managed policies', () => void fit('managed')(document), { iterations: 5 })
})

describe('canonical', () => {
  const document = identity(...generated(300))
  bench('300 statements of a tool', () => void canonical(document), { iterations: 5 })
})
