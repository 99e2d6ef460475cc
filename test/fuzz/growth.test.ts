/**
 * How time grows with the input, against what docs/limits.md claims. Time is a matter of the machine, so this runs only
 * when `ECR_POLICY_DEEP` is set; it prints the exponents of that page.
 */
import { afterAll, describe, expect, it } from 'vitest'
import * as YAML from 'yaml'
import {
  Algebra,
  Condition,
  Document,
  Ecr,
  Environment,
  Lint,
  Policy,
  Request,
  Simulator,
} from '../../src/index.js'
import { Cdk, CloudFormation, Sdk, Terraform } from '../../src/interop.js'
import { Diff, Matrix, Trace } from '../../src/pictures.js'

const account = '111122223333'
const repositoryOf = (i: number | string): string =>
  `arn:aws:ecr:eu-west-1:${account}:repository/team-${i}/app`
const roleOf = (i: number): string => `arn:aws:iam::${account}:role/r-${i}`
const times = <A>(count: number, each: (i: number) => A): readonly A[] =>
  Array.from({ length: count }, (_, i) => each(i))

type Json = Readonly<Record<string, unknown>>

const statement = (more: Json = {}): Json => ({
  Effect: 'Allow',
  Action: 'ecr:BatchGetImage',
  Resource: '*',
  ...more,
})

const policy = (...statements: readonly Json[]): Json => ({ Version: '2012-10-17', Statement: statements })

const identity = (...statements: readonly Json[]): Document.IdentityDocument =>
  Document.parseOrThrow(policy(...statements), 'identity')

/** So many statements, each about a repository of its own. */
const many = (count: number, last = 'x'): Document.IdentityDocument =>
  identity(
    ...times(count, (i) => statement({ Sid: `S${i}`, Resource: repositoryOf(i === count - 1 ? last : i) })),
  )

const globs = (count: number, mark = 'x'): Document.IdentityDocument =>
  identity(statement({ Resource: times(count, (i) => repositoryOf(`${mark}*-${i}-*`)) }))

const resource = (...principals: readonly string[]): Document.ResourceDocument =>
  Document.parseOrThrow(
    policy({ Effect: 'Allow', Action: 'ecr:BatchGetImage', Principal: { AWS: principals } }),
    'resource',
  )

const request = (more: Partial<Request.RequestInput> = {}): Request.Request =>
  Request.makeOrThrow({
    principal: roleOf(1),
    action: 'ecr:BatchGetImage',
    resource: repositoryOf('x'),
    ...more,
  })

const decide = (document: Document.IdentityDocument, its = request()): (() => unknown) => {
  const environment = Environment.make({ identityPolicies: [document] })
  return () => Simulator.decide(environment, its)
}

const role = (i: number): Json => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: `r-${i}` } })

/** What is asked at a size; what is made beforehand is not measured. */
type Family = (size: number) => () => unknown

/** Near linear: four times as much takes less than twelve times as long. */
const linear: Readonly<Record<string, readonly [size: number, family: Family]>> = {
  'Document.parse, statements': [
    2_000,
    (n) =>
      (
        (text) => () =>
          Document.parse(text)
      )(JSON.stringify(policy(...times(n, (i) => statement({ Sid: `S${i}` }))))),
  ],
  'Document.parse, actions of a statement': [
    20_000,
    (n) =>
      (
        (text) => () =>
          Document.parse(text)
      )(JSON.stringify(policy(statement({ Action: times(n, (i) => `ecr:A${i}`) })))),
  ],
  'Document.parse, condition keys that differ in case': [
    5_000,
    (n) =>
      (
        (json) => () =>
          Document.parse(json)
      )(
        policy(
          statement({ Condition: { StringLike: Object.fromEntries(times(n, (i) => [`aws:K${i}`, 'a'])) } }),
        ),
      ),
  ],
  'Document.parse, levels': [
    20_000,
    (n) =>
      (
        (text) => () =>
          Document.parse(text)
      )(`${'['.repeat(n)}${']'.repeat(n)}`),
  ],
  'Document.parse, unknown elements': [
    20_000,
    (n) =>
      (
        (text) => () =>
          Document.parse(text)
      )(JSON.stringify(Object.fromEntries(times(n, (i) => [`k${i}`, i])))),
  ],
  'Document.parse, principals': [
    5_000,
    (n) =>
      (
        (json) => () =>
          Document.parse(json)
      )(policy({ Effect: 'Allow', Action: '*', Principal: { AWS: times(n, roleOf) } })),
  ],
  'Document.stringify': [
    2_000,
    (n) =>
      (
        (document) => () =>
          Document.stringify(document)
      )(many(n)),
  ],
  'Policy.identity': [
    500,
    (n) =>
      (
        (drafts) => () =>
          Policy.identity(drafts)
      )(times(n, (i) => Policy.allow({ sid: `S${i}`, action: 'ecr:*', resource: repositoryOf(i) }))),
  ],
  'Policy.allow, conditions': [
    500,
    (n) =>
      (
        (drafts) => () =>
          Policy.identity(drafts)
      )([
        Policy.allow({
          action: 'ecr:*',
          resource: '*',
          condition: times(n, (i) => Policy.stringEquals(`aws:K${i}`, 'a')),
        }),
      ]),
  ],
  'Condition.block': [
    2_000,
    (n) =>
      (
        (all) => () =>
          Condition.block(all)
      )(
        times(n, (i) => ({
          operator: { name: 'StringEquals', qualifier: 'None', ifExists: false } as const,
          key: `aws:K${i}` as Condition.ConditionKey,
          values: ['a'],
        })),
      ),
  ],
  'Simulator.decide, statements': [1_000, (n) => decide(many(n))],
  'Simulator.decide, actions': [
    10_000,
    (n) => decide(identity(statement({ Action: times(n, (i) => `ecr:B*${i}`) }))),
  ],
  'Simulator.decide, stars on a long text': [
    4_000,
    (n) =>
      decide(
        identity(statement({ Resource: repositoryOf('a*'.repeat(20) + 'b') })),
        request({ resource: repositoryOf('a'.repeat(n)) }),
      ),
  ],
  'Simulator.decide, a long glob': [
    2_000,
    (n) =>
      decide(
        identity(statement({ Resource: repositoryOf('*a'.repeat(n)) })),
        request({ resource: repositoryOf('a') }),
      ),
  ],
  'Simulator.decide, values of a condition': [
    10_000,
    (n) =>
      decide(
        identity(statement({ Condition: { StringLike: { 'aws:x': times(n, (i) => `a*${i}`) } } })),
        request({ context: { 'aws:x': 'abc' } }),
      ),
  ],
  'Simulator.decide, conditions': [
    500,
    (n) =>
      decide(
        identity(
          statement({ Condition: { StringLike: Object.fromEntries(times(n, (i) => [`aws:K${i}`, '*'])) } }),
        ),
        request({ context: Object.fromEntries(times(n, (i) => [`aws:K${i}`, 'v'])) }),
      ),
  ],
  'Simulator.decide, values of a request': [
    10_000,
    (n) =>
      decide(
        identity(statement({ Condition: { 'ForAllValues:StringLike': { 'aws:x': ['a*', 'b*'] } } })),
        request({ context: { 'aws:x': times(n, (i) => `a${i}`) } }),
      ),
  ],
  'Simulator.decide, variables': [
    300,
    (n) =>
      decide(
        identity(statement({ Resource: repositoryOf('${aws:x}'.repeat(n)) })),
        request({ context: { 'aws:x': 'v' } }),
      ),
  ],
  'Simulator.compile': [
    1_000,
    (n) => () => Simulator.compile(Environment.make({ identityPolicies: [many(n)] })).outcome(request()),
  ],
  'Simulator.explain': [
    500,
    (n) =>
      (
        (decision) => () =>
          Simulator.explain(decision)
      )(Simulator.decide(Environment.make({ identityPolicies: [many(n)] }), request())),
  ],
  'Algebra.isNoBroader, of itself': [
    500,
    (n) =>
      (
        (a, b) => () =>
          Algebra.isNoBroader(a, b)
      )(many(n), many(n)),
  ],
  'Algebra.merge': [
    2_000,
    (n) =>
      (
        (a, b) => () =>
          Algebra.merge(a, b)
      )(many(n), many(n)),
  ],
  'Algebra.merge, one Sid': [
    2_000,
    (n) =>
      (
        (a) => () =>
          Algebra.merge(a, a)
      )(
        Document.parseOrThrow(
          policy(...times(n, () => ({ ...statement({ Sid: 'S', Principal: '*' }) }))),
          'resource',
        ),
      ),
  ],
  'Algebra.isPublic, principals': [
    500,
    (n) =>
      (
        (document) => () =>
          Algebra.isPublic(document)
      )(resource(...times(n, roleOf))),
  ],
  'Algebra.minimize, one list': [
    250,
    (n) => () => Algebra.minimize(identity(statement({ Resource: times(n, repositoryOf) }))),
  ],
  'Ecr.grant': [
    25,
    (n) => () =>
      Ecr.grant({ operations: 'pull', principals: times(n, roleOf), repositories: repositoryOf(1) }),
  ],
  'Ecr.grant, repositories': [
    25,
    (n) => () =>
      Ecr.grant({ operations: 'pull', principals: roleOf(1), repositories: times(n, repositoryOf) }),
  ],
  'Ecr.diagnose': [
    50_000,
    (n) =>
      (
        (text) => () =>
          Ecr.diagnose(text)
      )('User: arn:aws:iam::1:role/x is not authorized to perform: '.repeat(n / 50)),
  ],
  'Ecr.diagnose, names': [
    50_000,
    (n) =>
      (
        (text) => () =>
          Ecr.diagnose(text)
      )(`${repositoryOf(1)} `.repeat(n / 50)),
  ],
  'Ecr.accessMatrix, classes': [
    50,
    (n) => () =>
      Ecr.accessMatrixOrThrow({
        principals: times(n, (i) => ({
          principal: roleOf(i),
          identityPolicies: [identity(statement({ Resource: repositoryOf(i) }))],
        })),
        repositories: [{ repository: repositoryOf(1) }],
        operations: ['pull'],
      }),
  ],
  'Matrix.toHtml': [
    20,
    (n) =>
      (
        (matrix) => () =>
          Matrix.toHtml(matrix)
      )(
        Ecr.accessMatrixOrThrow({
          principals: times(n, (i) => ({ principal: roleOf(i) })),
          repositories: times(10, (i) => ({ repository: repositoryOf(i) })),
          operations: ['pull'],
        }),
      ),
  ],
  'Trace.toHtml': [
    250,
    (n) =>
      (
        (decision) => () =>
          Trace.toHtml(decision)
      )(Simulator.decide(Environment.make({ identityPolicies: [many(n)] }), request())),
  ],
  'Trace.toText': [
    250,
    (n) =>
      (
        (decision) => () =>
          Trace.toText(decision)
      )(Simulator.decide(Environment.make({ identityPolicies: [many(n)] }), request())),
  ],
  'Diff.toText': [
    5,
    (n) =>
      (
        (diff) => () =>
          Diff.toText(diff)
      )(Algebra.diff(identity(statement({ Resource: repositoryOf('x') })), many(n))),
  ],
  'CloudFormation.inventory, roles': [
    250,
    (n) =>
      (
        (template) => () =>
          CloudFormation.inventory(template)
      )({ Resources: Object.fromEntries(times(n, (i) => [`R${i}`, role(i)])) }),
  ],
  'CloudFormation.inventory, policies attached': [
    100,
    (n) =>
      (
        (template) => () =>
          CloudFormation.inventory(template)
      )({
        Resources: Object.fromEntries([
          ...times(n, (i) => [`R${i}`, role(i)] as const),
          ...times(
            n,
            (i) =>
              [
                `P${i}`,
                {
                  Type: 'AWS::IAM::Policy',
                  Properties: {
                    PolicyName: 'p',
                    PolicyDocument: policy(statement()),
                    Roles: [{ Ref: `R${i}` }],
                  },
                },
              ] as const,
          ),
        ]),
      }),
  ],
  'CloudFormation.parse, aliases': [
    1_000,
    (n) =>
      (
        (text) => () =>
          CloudFormation.parse(text, { yaml: YAML })
      )(`a: &a 1\nb: [${times(n, () => '*a').join(', ')}]`),
  ],
  'CloudFormation.parse, anchors': [
    500,
    (n) =>
      (
        (text) => () =>
          CloudFormation.parse(text, { yaml: YAML })
      )(`b: [${times(n, (i) => `&a${i} 1, *a${i}`).join(', ')}]`),
  ],
  'Terraform.inventory, roles': [
    250,
    (n) =>
      (
        (plan) => () =>
          Terraform.inventory(plan)
      )({
        planned_values: {
          root_module: {
            resources: times(n, (i) => ({
              address: `aws_iam_role.r${i}`,
              mode: 'managed',
              type: 'aws_iam_role',
              name: `r${i}`,
              values: { name: `r-${i}` },
            })),
          },
        },
      }),
  ],
  'Sdk.account, roles': [
    250,
    (n) =>
      (
        (details) => () =>
          Sdk.account({ details })
      )({ RoleDetailList: times(n, (i) => ({ RoleName: `r-${i}`, Arn: roleOf(i) })) }),
  ],
}

/** No claim but the budget: what grows with the product of two inputs, or with the square of one. */
const square: typeof linear = {
  'Algebra.mergeAll': [
    250,
    (n) =>
      (
        (all) => () =>
          Algebra.mergeAll(all)
      )(times(n, () => many(2))),
  ],
  'Lint.lint, actions': [
    250,
    (n) => () => Lint.lint(identity(statement({ Action: times(n, (i) => `ecr:A${i}`) })), 'identity'),
  ],
  'Cdk.inventory, stacks': [
    50,
    (n) =>
      (
        (stacks) => () =>
          Cdk.inventory({ stacks })
      )(
        times(n, (i) => ({
          stackName: `s${i}`,
          template: { Resources: { R: role(i) } },
          environment: { account, region: 'eu-west-1' },
        })),
      ),
  ],
  'Algebra.minimize, statements': [50, (n) => () => Algebra.minimize(many(n))],
  'Algebra.canonical, statements': [25, (n) => () => Algebra.canonical(many(n))],
  'Algebra.compare, near-equal documents': [
    100,
    (n) =>
      (
        (a, b) => () =>
          Algebra.compare(a, b)
      )(many(n, 'x'), many(n, 'y')),
  ],
  'Algebra.interchangeable, globs': [
    10,
    (n) =>
      (
        (a, b) => () =>
          Algebra.interchangeable(a, b)
      )(globs(n, 'x'), globs(n, 'y')),
  ],
  'Algebra.intersect, statements': [
    20,
    (n) =>
      (
        (a, b) => () =>
          Algebra.intersect(a, b)
      )(many(n, 'x'), many(n, 'y')),
  ],
  'Algebra.subtract, statements': [
    20,
    (n) =>
      (
        (a, b) => () =>
          Algebra.subtract(a, b)
      )(many(n, 'x'), many(n, 'y')),
  ],
  'Algebra.diff, near-equal documents': [
    50,
    (n) =>
      (
        (a, b) => () =>
          Algebra.diff(a, b)
      )(many(n, 'x'), many(n, 'y')),
  ],
  'Algebra.prove, of itself': [
    50,
    (n) =>
      (
        (a, b) => () =>
          Algebra.prove(a, b)
      )(many(n), many(n)),
  ],
  'Algebra.fit': [25, (n) => () => Algebra.fit('managed')(many(n))],
  'Algebra.residual': [
    25,
    (n) =>
      (
        (environment) => () =>
          Algebra.residual(environment, { action: request().action })
      )(Environment.make({ identityPolicies: [many(n)] })),
  ],
  'Lint.lint, statements': [100, (n) => () => Lint.lint(many(n), 'identity')],
}

// ---- measuring ----

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** The least that one run takes, in milliseconds, of as many as make the clock's grain small. */
const measured = (family: Family, size: number): number => {
  const ask = family(size)
  ask()
  let least = Infinity // local mutation: the best of some runs
  for (let run = 0; run < 5; run++) {
    let [count, spent] = [0, 0]
    for (const start = cpu(); spent < 20; count++) {
      ask()
      spent = cpu() - start
    }
    least = Math.min(least, spent / count)
    if (spent > 500) break
  }
  return least
}

const report: string[] = []

const growth = (name: string, size: number, family: Family): number => {
  const [small, large] = [measured(family, size), measured(family, 4 * size)]
  report.push(
    `${name}: n=${size} ${small.toFixed(2)} ms, 4n ${large.toFixed(2)} ms, exponent ${Math.log2(large / small) / 2}`,
  )
  return large / small
}

/** Each takes seconds. */
const deeply = (families: typeof linear): readonly (readonly [string, readonly [number, Family]])[] =>
  process.env['ECR_POLICY_DEEP'] === undefined ? [] : Object.entries(families)

afterAll(() => {
  if (report.length > 0) console.log(report.join('\n'))
})

const patience = { timeout: 120_000 }

it.each(deeply(linear))(
  '%s: four times as much takes less than twelve times as long',
  patience,
  (name, [size, family]) => {
    expect(growth(name, size, family)).toBeLessThan(12)
  },
)

it.each(deeply(square))(
  '%s: four times as much takes less than forty times as long',
  patience,
  (name, [size, family]) => {
    expect(growth(name, size, family)).toBeLessThan(40)
  },
)

// ---- budgets ----

const tiny: Algebra.Options = { budget: 1 }

describe('a budget that is spent', () => {
  const [left, right] = [globs(6, 'x'), globs(6, 'y')]
  const environment = (document: Document.IdentityDocument): Environment.Environment =>
    Environment.make({ identityPolicies: [document] })

  it.each<readonly [string, () => unknown]>([
    ['isNoBroader', () => Algebra.isNoBroader(left, right, tiny)],
    ['interchangeable', () => Algebra.interchangeable(left, right, tiny)],
    ['disjoint', () => Algebra.disjoint(left, right, tiny)],
    [
      'isEnvironmentNoBroader',
      () => Algebra.isEnvironmentNoBroader(environment(left), environment(right), tiny),
    ],
    ['prove', () => Algebra.prove(left, right, tiny).verdict],
  ])('ends %s undecided', (_, ask) => {
    expect(ask()).toMatchObject({ _tag: 'Undecided', reason: 'Budget' })
  })

  it.each<readonly [string, () => unknown]>([
    ['compare', () => Algebra.compare(left, right, tiny).relation],
    [
      'compareEnvironments',
      () => Algebra.compareEnvironments(environment(left), environment(right), tiny).relation,
    ],
  ])('ends %s undecided, as a relation', (_, ask) => {
    expect(ask()).toBe('Undecided')
  })

  it.each([
    ['intersect', () => Algebra.intersect(left, right, tiny)],
    ['subtract', () => Algebra.subtract(left, right, tiny)],
  ])('ends %s without a document', (_, ask) => {
    expect(ask()).toMatchObject({ _tag: 'Left', left: { reason: 'Budget' } })
  })

  it('leaves a document to be minimized no larger', () => {
    expect(Document.size(Algebra.minimize(left, tiny).document)).toBeLessThanOrEqual(Document.size(left))
  })
})
