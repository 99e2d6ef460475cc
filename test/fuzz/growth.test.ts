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
import { matchers } from '../../src/testing.js'
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

/** Roles by the patterns of their ARNs, which are compared as sets. */
const arns = (count: number, end: string): Document.IdentityDocument =>
  identity(
    statement({
      Condition: { ArnLike: { 'aws:PrincipalArn': times(count, (i) => `${roleOf(i)}*/${end}`) } },
    }),
  )

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

/** A role with so many statements, none of which suffices. */
const holding = (count: number): Ecr.Access =>
  Ecr.accessOrThrow({ principal: roleOf(1), identityPolicies: [many(count)] })

const role = (i: number): Json => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: `r-${i}` } })

/** What is asked at a size; what is made beforehand is not measured. */
type Family = (size: number) => () => unknown

const over =
  <A>(make: (size: number) => A, ask: (made: A) => unknown): Family =>
  (size) => {
    const made = make(size)
    return () => ask(made)
  }

/** Near linear: four times as much takes less than twelve times as long. */
const linear: Readonly<Record<string, readonly [size: number, family: Family]>> = {
  'Document.parse, statements': [
    2_000,
    over(
      (n) => JSON.stringify(policy(...times(n, (i) => statement({ Sid: `S${i}` })))),
      (text) => Document.parse(text),
    ),
  ],
  'Document.parse, actions of a statement': [
    20_000,
    over(
      (n) => JSON.stringify(policy(statement({ Action: times(n, (i) => `ecr:A${i}`) }))),
      (text) => Document.parse(text),
    ),
  ],
  'Document.parse, condition keys that differ in case': [
    5_000,
    over(
      (n) =>
        policy(
          statement({ Condition: { StringLike: Object.fromEntries(times(n, (i) => [`aws:K${i}`, 'a'])) } }),
        ),
      (json) => Document.parse(json),
    ),
  ],
  'Document.parse, levels': [
    20_000,
    over(
      (n) => `${'['.repeat(n)}${']'.repeat(n)}`,
      (text) => Document.parse(text),
    ),
  ],
  'Document.parse, unknown elements': [
    20_000,
    over(
      (n) => JSON.stringify(Object.fromEntries(times(n, (i) => [`k${i}`, i]))),
      (text) => Document.parse(text),
    ),
  ],
  'Document.parse, principals': [
    5_000,
    over(
      (n) => policy({ Effect: 'Allow', Action: '*', Principal: { AWS: times(n, roleOf) } }),
      (json) => Document.parse(json),
    ),
  ],
  'Document.stringify': [
    2_000,
    over(
      (n) => many(n),
      (document) => Document.stringify(document),
    ),
  ],
  'Policy.identity': [
    500,
    over(
      (n) => times(n, (i) => Policy.allow({ sid: `S${i}`, action: 'ecr:*', resource: repositoryOf(i) })),
      (drafts) => Policy.identity(drafts),
    ),
  ],
  'Policy.allow, conditions': [
    500,
    over(
      (n) => [
        Policy.allow({
          action: 'ecr:*',
          resource: '*',
          condition: times(n, (i) => Policy.stringEquals(`aws:K${i}`, 'a')),
        }),
      ],
      (drafts) => Policy.identity(drafts),
    ),
  ],
  'Condition.block': [
    2_000,
    over(
      (n) =>
        times(n, (i) => ({
          operator: { name: 'StringEquals', qualifier: 'None', ifExists: false } as const,
          key: `aws:K${i}` as Condition.ConditionKey,
          values: ['a'],
        })),
      (all) => Condition.block(all),
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
    over(
      (n) => Simulator.decide(Environment.make({ identityPolicies: [many(n)] }), request()),
      (decision) => Simulator.explain(decision),
    ),
  ],
  'Algebra.isNoBroader, of itself': [
    500,
    over(
      (n) => [many(n), many(n)] as const,
      ([a, b]) => Algebra.isNoBroader(a, b),
    ),
  ],
  'Algebra.merge': [
    2_000,
    over(
      (n) => [many(n), many(n)] as const,
      ([a, b]) => Algebra.merge(a, b),
    ),
  ],
  'Algebra.merge, one Sid': [
    2_000,
    over(
      (n) =>
        Document.parseOrThrow(
          policy(...times(n, () => ({ ...statement({ Sid: 'S', Principal: '*' }) }))),
          'resource',
        ),
      (a) => Algebra.merge(a, a),
    ),
  ],
  'Algebra.isPublic, principals': [
    500,
    over(
      (n) => resource(...times(n, roleOf)),
      (document) => Algebra.isPublic(document),
    ),
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
    over(
      (n) => 'User: arn:aws:iam::1:role/x is not authorized to perform: '.repeat(n / 50),
      (text) => Ecr.diagnose(text),
    ),
  ],
  'Ecr.diagnose, names': [
    50_000,
    over(
      (n) => `${repositoryOf(1)} `.repeat(n / 50),
      (text) => Ecr.diagnose(text),
    ),
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
  'Ecr.Matrix.cells, classes': [
    25,
    over(
      (n) => ({
        principals: times(n, (i) => ({
          principal: roleOf(i),
          identityPolicies: [identity(statement({ Resource: repositoryOf(i) }))],
        })),
        repositories: times(4, (i) => ({ repository: repositoryOf(i) })),
        operations: ['pull' as const],
      }),
      (fleet) => Array.from(Ecr.Matrix.cells(Ecr.accessMatrixOrThrow(fleet))),
    ),
  ],
  'Ecr.repair, statements': [
    50,
    over(holding, (access) => Ecr.repair('pull-tag', access, Ecr.Repository.parseOrThrow(repositoryOf('y')))),
  ],
  'matchers.toAllowPull, the message': [
    50,
    over(holding, (access) => matchers.toAllowPull.call({}, access, repositoryOf('y')).message()),
  ],
  'matchers.toBeNoBroaderThan': [
    500,
    over(
      (n) => [many(n), many(n)] as const,
      ([a, b]) => matchers.toBeNoBroaderThan.call({}, a, b).pass,
    ),
  ],
  'Matrix.toHtml': [
    20,
    over(
      (n) =>
        Ecr.accessMatrixOrThrow({
          principals: times(n, (i) => ({ principal: roleOf(i) })),
          repositories: times(10, (i) => ({ repository: repositoryOf(i) })),
          operations: ['pull'],
        }),
      (matrix) => Matrix.toHtml(matrix),
    ),
  ],
  'Trace.toHtml': [
    250,
    over(
      (n) => Simulator.decide(Environment.make({ identityPolicies: [many(n)] }), request()),
      (decision) => Trace.toHtml(decision),
    ),
  ],
  'Trace.toText': [
    250,
    over(
      (n) => Simulator.decide(Environment.make({ identityPolicies: [many(n)] }), request()),
      (decision) => Trace.toText(decision),
    ),
  ],
  'Diff.toText': [
    5,
    over(
      (n) => Algebra.diff(identity(statement({ Resource: repositoryOf('x') })), many(n)),
      (diff) => Diff.toText(diff),
    ),
  ],
  'CloudFormation.inventory, roles': [
    250,
    over(
      (n) => ({ Resources: Object.fromEntries(times(n, (i) => [`R${i}`, role(i)])) }),
      (template) => CloudFormation.inventory(template),
    ),
  ],
  'CloudFormation.inventory, policies attached': [
    100,
    over(
      (n) => ({
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
      (template) => CloudFormation.inventory(template),
    ),
  ],
  'CloudFormation.parse, aliases': [
    1_000,
    over(
      (n) => `a: &a 1\nb: [${times(n, () => '*a').join(', ')}]`,
      (text) => CloudFormation.parse(text, { yaml: YAML }),
    ),
  ],
  'CloudFormation.parse, anchors': [
    500,
    over(
      (n) => `b: [${times(n, (i) => `&a${i} 1, *a${i}`).join(', ')}]`,
      (text) => CloudFormation.parse(text, { yaml: YAML }),
    ),
  ],
  'Terraform.inventory, roles': [
    250,
    over(
      (n) => ({
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
      (plan) => Terraform.inventory(plan),
    ),
  ],
  'Sdk.account, roles': [
    250,
    over(
      (n) => ({ RoleDetailList: times(n, (i) => ({ RoleName: `r-${i}`, Arn: roleOf(i) })) }),
      (details) => Sdk.account({ details }),
    ),
  ],
}

/** No claim but the budget: what grows with the product of two inputs, or with the square of one. */
const square: typeof linear = {
  'Algebra.mergeAll': [
    250,
    over(
      (n) => times(n, () => many(2)),
      (all) => Algebra.mergeAll(all),
    ),
  ],
  'Lint.lint, actions': [
    250,
    (n) => () => Lint.lint(identity(statement({ Action: times(n, (i) => `ecr:A${i}`) })), 'identity'),
  ],
  'Cdk.inventory, stacks': [
    50,
    over(
      (n) =>
        times(n, (i) => ({
          stackName: `s${i}`,
          template: { Resources: { R: role(i) } },
          environment: { account, region: 'eu-west-1' },
        })),
      (stacks) => Cdk.inventory({ stacks }),
    ),
  ],
  'Algebra.minimize, statements': [50, (n) => () => Algebra.minimize(many(n))],
  'Algebra.canonical, statements': [25, (n) => () => Algebra.canonical(many(n))],
  'Algebra.compare, near-equal documents': [
    100,
    over(
      (n) => [many(n, 'x'), many(n, 'y')] as const,
      ([a, b]) => Algebra.compare(a, b),
    ),
  ],
  'Algebra.interchangeable, globs': [
    10,
    over(
      (n) => [globs(n, 'x'), globs(n, 'y')] as const,
      ([a, b]) => Algebra.interchangeable(a, b),
    ),
  ],
  'Algebra.intersect, statements': [
    20,
    over(
      (n) => [many(n, 'x'), many(n, 'y')] as const,
      ([a, b]) => Algebra.intersect(a, b),
    ),
  ],
  'Algebra.subtract, statements': [
    20,
    over(
      (n) => [many(n, 'x'), many(n, 'y')] as const,
      ([a, b]) => Algebra.subtract(a, b),
    ),
  ],
  'Algebra.diff, near-equal documents': [
    50,
    over(
      (n) => [many(n, 'x'), many(n, 'y')] as const,
      ([a, b]) => Algebra.diff(a, b),
    ),
  ],
  'Algebra.prove, of itself': [
    50,
    over(
      (n) => [many(n), many(n)] as const,
      ([a, b]) => Algebra.prove(a, b),
    ),
  ],
  'Algebra.diff, many statements and few globs': [
    250,
    over(
      (n) => [many(n), globs(15)] as const,
      ([a, b]) => Algebra.diff(a, b),
    ),
  ],
  'Algebra.isNoBroader, names of roles in conditions': [
    50,
    over(
      (n) => [arns(n, 'x'), arns(n, '*')] as const,
      ([a, b]) => Algebra.isNoBroader(a, b),
    ),
  ],
  'Algebra.fit': [25, (n) => () => Algebra.fit('managed')(many(n))],
  'Algebra.residual': [
    25,
    over(
      (n) => Environment.make({ identityPolicies: [many(n)] }),
      (environment) => Algebra.residual(environment, { action: request().action }),
    ),
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
