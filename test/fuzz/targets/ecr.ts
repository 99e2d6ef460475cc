/** What only ECR knows. */
import * as E from 'fp-ts/lib/Either.js'
import { Ecr, Environment } from '../../../src/index.js'
import type { Draw } from '../Draw.js'
import type { Targets } from './Target.js'

const { ImageReference, Matrix, Place, Region, RegistryHost, Repository, RepositoryName } = Ecr

// ---- texts ----

export const ecrReaders: Targets = {
  'Ecr.ImageReference.isDigest': (draw) => ImageReference.isDigest(draw.text()),
  'Ecr.ImageReference.isTag': (draw) => ImageReference.isTag(draw.text()),
  'Ecr.ImageReference.parse': (draw) => ImageReference.parse(draw.text()),
  'Ecr.ImageReference.parseOrThrow': (draw) => ImageReference.parseOrThrow(draw.text()),
  'Ecr.Region.isRegion': (draw) => Region.isRegion(draw.text()),
  'Ecr.Region.parse': (draw) => Region.parse(draw.text()),
  'Ecr.Region.parseOrThrow': (draw) => Region.parseOrThrow(draw.text()),
  'Ecr.RegistryHost.parse': (draw) => RegistryHost.parse(draw.text()),
  'Ecr.Repository.make': (draw) =>
    Repository.make({
      account: draw.random.pick(['111122223333', draw.text()]),
      region: draw.text(),
      name: draw.text(),
    }),
  'Ecr.Repository.parse': (draw) => Repository.parse(draw.text()),
  'Ecr.Repository.parseOrThrow': (draw) => Repository.parseOrThrow(draw.text()),
  'Ecr.Repository.parsePublic': (draw) => Repository.parsePublic(draw.text()),
  'Ecr.Repository.parsePublicOrThrow': (draw) => Repository.parsePublicOrThrow(draw.text()),
  'Ecr.RepositoryName.isPublicRepositoryName': (draw) => RepositoryName.isPublicRepositoryName(draw.text()),
  'Ecr.RepositoryName.isRepositoryName': (draw) => RepositoryName.isRepositoryName(draw.text()),
  'Ecr.RepositoryName.parse': (draw) => RepositoryName.parse(draw.text()),
  'Ecr.RepositoryName.parseOrThrow': (draw) => RepositoryName.parseOrThrow(draw.text()),
  'Ecr.RepositoryName.parsePublic': (draw) => RepositoryName.parsePublic(draw.text()),
  'Ecr.access': (draw) => Ecr.access(accessInput(draw)),
  'Ecr.accessOrThrow': (draw) => Ecr.accessOrThrow(accessInput(draw)),
  'Ecr.actionsForRoute': (draw) => Ecr.actionsForRoute(draw.text(), draw.text()),
  'Ecr.dependenciesOf': (draw) => Ecr.dependenciesOf(draw.text()),
  'Ecr.diagnose': (draw) => Ecr.diagnose(draw.text()),
  'Ecr.renderDiagnosis': (draw) => Ecr.renderDiagnosis(Ecr.diagnose(draw.text())),
  'Ecr.expand': (draw) => Ecr.expand(draw.text()),
  'Ecr.findAction': (draw) => Ecr.findAction(draw.text()),
  'Ecr.findManagedPolicy': (draw) => Ecr.findManagedPolicy(draw.text()),
  'Ecr.isAction': (draw) => Ecr.isAction(draw.text()),
  'Ecr.isManagedPolicyName': (draw) => Ecr.isManagedPolicyName(draw.text()),
  'Ecr.meant': (draw) => Ecr.meant(draw.text()),
  'Ecr.grant': (draw) => Ecr.grant(wish(draw)),
  'Ecr.grantOrThrow': (draw) => Ecr.grantOrThrow(wish(draw)),
  'Ecr.explainGrant': (draw) => {
    const granted = Ecr.grant(wish(draw))
    return E.isRight(granted) ? Ecr.explainGrant(granted.right) : granted
  },
  'Ecr.showGrantErrors': (draw) => {
    const granted = Ecr.grant({ ...wish(draw), principals: draw.text() })
    return E.isLeft(granted) ? Ecr.showGrantErrors(granted.left) : granted
  },
}

const accessInput = (draw: Draw): Ecr.AccessInput => ({
  principal: draw.text(),
  context: Object.fromEntries(draw.random.list(4, () => [draw.text(), draw.texts(2)])),
})

const roles = ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::444455556666:role/b', '444455556666']
const repositories = [
  'arn:aws:ecr:eu-west-1:111122223333:repository/app',
  '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/*',
]

const wish = (draw: Draw): Ecr.GrantInput => ({
  // The types refuse most texts here; that the value is refused too is what is asked.
  operations: (draw.random.chance(0.3)
    ? draw.text()
    : draw.random.pick(Object.keys(Ecr.shortNames))) as 'pull',
  principals: draw.random.list(3, () =>
    draw.random.chance(0.3)
      ? draw.random.chance(0.5)
        ? draw.text()
        : { service: draw.text(), sourceArns: draw.texts(2), sourceAccounts: draw.texts(2) }
      : draw.random.pick(roles),
  ),
  repositories: draw.random.list(3, () =>
    draw.random.chance(0.3) ? draw.text() : draw.random.pick(repositories),
  ),
  ...(draw.random.chance(0.2) ? { signingProfile: draw.text(), optional: draw.texts(2) } : {}),
})

// ---- questions ----

const targetOf = (draw: Draw): unknown =>
  draw.random.pick([draw.any('repository'), draw.any('publicRepository'), draw.any('repository')])

const verdict = (draw: Draw): Ecr.Verdict => Ecr.canPull(draw.any('access'), draw.any('repository'))

const fleet = (draw: Draw): Ecr.MatrixInput => ({
  principals: draw.random.list(4, () => ({
    principal: draw.random.chance(0.1) ? draw.text() : draw.any('caller'),
    identityPolicies: [draw.any('identity')],
  })),
  repositories: draw.random.list(4, () => ({
    repository: draw.random.chance(0.1) ? draw.text() : draw.any('repository'),
    resourcePolicy: draw.any('resourcePolicy'),
    tags: { [draw.text()]: draw.text() },
  })),
  operations: ['pull', 'push'],
})

/** Of a fleet that can be read; else what was wrong with it. */
const inMatrix =
  (ask: (matrix: Ecr.AccessMatrix, draw: Draw) => unknown) =>
  (draw: Draw): unknown => {
    const matrix = Ecr.accessMatrix(fleet(draw))
    return E.isRight(matrix) ? ask(matrix.right, draw) : matrix
  }

const repaired = (draw: Draw): Ecr.Repair => Ecr.repair('pull', draw.any('access'), draw.any('repository'))

export const ecrQuestions: Targets = {
  'Ecr.ImageReference.show': (draw) => ImageReference.show(draw.any('image')),
  'Ecr.ImageReference.wanted': (draw) => ImageReference.wanted(draw.any('image')),
  'Ecr.Place.show': (draw) =>
    repaired(draw) && Place.show({ _tag: 'ResourcePolicy', repository: draw.text() }),
  'Ecr.Region.hostSuffix': (draw) => Region.hostSuffix(draw.any('region'), draw.random.chance(0.5)),
  'Ecr.Region.partitionOf': (draw) => Region.partitionOf(draw.any('region')),
  'Ecr.RegistryHost.of': (draw) => RegistryHost.of(draw.any('repository').account, draw.any('region')),
  'Ecr.RegistryHost.show': (draw) =>
    RegistryHost.show(RegistryHost.of(draw.any('repository').account, draw.any('region'))),
  'Ecr.Repository.address': (draw) => Repository.address(draw.any('repository')),
  'Ecr.Repository.arn': (draw) => Repository.arn(draw.any('publicRepository')),
  'Ecr.Repository.fromImage': (draw) => {
    const read = ImageReference.parse(`${Repository.address(draw.any('repository'))}:x`)
    return E.isRight(read) && read.right._tag === 'PrivateImage' ? Repository.fromImage(read.right) : read
  },
  'Ecr.Repository.of': (draw) => {
    const { account, region, name } = draw.any('repository')
    return Repository.of(account, region, name)
  },
  'Ecr.Repository.registryHost': (draw) => Repository.registryHost(draw.any('repository')),
  'Ecr.Repository.show': (draw) => Repository.show(draw.any('publicRepository')),
  'Ecr.accessMatrix': inMatrix((matrix) => matrix),
  'Ecr.accessMatrixOrThrow': (draw) => Ecr.accessMatrixOrThrow(fleet(draw)),
  'Ecr.Matrix.cells': inMatrix((matrix) => [...Matrix.cells(matrix)]),
  'Ecr.Matrix.classCounts': inMatrix((matrix) => Matrix.classCounts(matrix)),
  'Ecr.Matrix.mergeShards': inMatrix((matrix) =>
    Matrix.mergeShards(Matrix.shards(2)(matrix).map(Matrix.runShard))(matrix),
  ),
  'Ecr.Matrix.outcomesAt': inMatrix((matrix, draw) =>
    Matrix.outcomesAt(matrix)(draw.random.pick([0, -1, 1]))(draw.random.pick([0, -1, 1])),
  ),
  'Ecr.Matrix.runShard': inMatrix((matrix) => Matrix.shards(3)(matrix).map(Matrix.runShard)),
  'Ecr.Matrix.shards': inMatrix((matrix, draw) =>
    Matrix.shards(draw.random.pick([0, -1, 1, 7, Number.NaN]))(matrix),
  ),
  'Ecr.Matrix.summary': inMatrix((matrix) => Matrix.summary(matrix)),
  'Ecr.Matrix.toTable': inMatrix((matrix) => Matrix.toTable(matrix)),
  'Ecr.Matrix.verdictAt': inMatrix((matrix, draw) =>
    Matrix.verdictAt({ row: draw.random.int(5), column: draw.random.int(5), operation: 'pull' })(matrix),
  ),
  'Ecr.Matrix.whatCan': inMatrix((matrix, draw) => Matrix.whatCan(draw.text())(matrix)),
  'Ecr.Matrix.whateverCan': inMatrix((matrix, draw) =>
    Matrix.whateverCan('pull', draw.any('caller'))(matrix),
  ),
  'Ecr.Matrix.whoCan': inMatrix((matrix, draw) => Matrix.whoCan('pull', draw.text())(matrix)),
  'Ecr.Matrix.whoeverCan': inMatrix((matrix, draw) =>
    Matrix.whoeverCan('pull', draw.any('repository'))(matrix),
  ),
  'Ecr.actionFacts': (draw) => Ecr.actionFacts(draw.random.pick(Ecr.actionNames())),
  'Ecr.actionNames': () => Ecr.actionNames(),
  'Ecr.actionsOfLevel': (draw) => Ecr.actionsOfLevel(draw.random.pick(['Read', 'Write', 'List'] as const)),
  'Ecr.actionsWithKey': () => Ecr.actionsWithKey('aws:ResourceTag/${TagKey}'),
  'Ecr.can': (draw) => Ecr.can(draw.operation(), draw.any('access'), targetOf(draw) as never),
  'Ecr.canPull': verdict,
  'Ecr.canPush': (draw) => Ecr.canPush(draw.any('access'), draw.any('repository')),
  'Ecr.catalogueWorld': () => Ecr.catalogueWorld(),
  'Ecr.typedWorld': () => Ecr.typedWorld(),
  'Ecr.compile': (draw) => Ecr.compile(draw.any('access')).canPull(draw.any('repository')),
  'Ecr.explain': (draw) => Ecr.explain(verdict(draw)),
  'Ecr.failures': (draw) => Ecr.failures(verdict(draw)),
  'Ecr.fix': (draw) => Ecr.fix(draw.any('resourcePolicy'), 'ecr-repository'),
  'Ecr.lint': (draw) => Ecr.lint(draw.any('identity'), 'identity'),
  'Ecr.managedPolicy': (draw) => Ecr.managedPolicy(draw.random.pick(Ecr.managedPolicyNames())),
  'Ecr.managedPolicyNames': () => Ecr.managedPolicyNames(),
  'Ecr.mendOf': (draw) => verdict(draw).steps.map(Ecr.mendOf),
  'Ecr.renderRepair': (draw) => Ecr.renderRepair(repaired(draw)),
  'Ecr.repair': repaired,
  'Ecr.resourcelessActions': () => Ecr.resourcelessActions(),
  'Ecr.within': (draw) => Ecr.within(Environment.empty, draw.any('context'))(draw.any('caller')),
}
