/** Policies where they live: templates, plans, accounts, constructs. */
import * as E from 'fp-ts/lib/Either.js'
import * as YAML from 'yaml'
import { Ecr } from '../../../src/index.js'
import { Cdk, CloudFormation, Inventory, Sdk, Terraform } from '../../../src/interop.js'
import { accounts, assemblies, deployment, plans, policies, templates } from '../examples.js'
import type { Draw } from '../Draw.js'
import type { Targets } from './Target.js'

const kind = (draw: Draw) => draw.any('kind')

/** A printer's answer may be no JSON, and so may what it holds. */
const cdkDocument = (draw: Draw): unknown => {
  const value = draw.value(policies)
  return draw.random.chance(0.5) ? value : { toJSON: () => value }
}

const stacks = (draw: Draw): readonly CloudFormation.Stack[] =>
  draw.random.list(3, () => ({ stack: draw.text(), template: draw.value(templates), ...deployment }))

export const interopReaders: Targets = {
  'Cdk.bounds': (draw) => Cdk.bounds(kind(draw))(cdkDocument(draw)),
  'Cdk.fromPolicyDocument': (draw) => Cdk.fromPolicyDocument(kind(draw))(cdkDocument(draw)),
  'Cdk.fromPolicyDocumentOrThrow': (draw) => Cdk.fromPolicyDocumentOrThrow(kind(draw))(cdkDocument(draw)),
  'Cdk.fromPolicyStatement': (draw) => Cdk.fromPolicyStatement(kind(draw))(cdkDocument(draw)),
  'Cdk.inventory': (draw) => Cdk.inventory(draw.value(assemblies) as Cdk.AssemblyShape),
  'Cdk.inventoryOrThrow': (draw) => Cdk.inventoryOrThrow(draw.value(assemblies) as Cdk.AssemblyShape),
  'CloudFormation.document': (draw) =>
    CloudFormation.document(kind(draw), deployment, draw.value(templates))(draw.value(policies)),
  'CloudFormation.inventory': (draw) => CloudFormation.inventory(draw.value(templates), deployment),
  'CloudFormation.inventoryOfStacks': (draw) => CloudFormation.inventoryOfStacks(stacks(draw)),
  'CloudFormation.inventoryOrThrow': (draw) => CloudFormation.inventoryOrThrow(draw.value(templates)),
  'CloudFormation.parse': (draw) => CloudFormation.parse(yamlText(draw), { yaml: YAML }),
  'CloudFormation.parseOrThrow': (draw) => CloudFormation.parseOrThrow(yamlText(draw), { yaml: YAML }),
  'CloudFormation.preview': (draw) =>
    CloudFormation.preview(draw.value(templates), deployment, draw.value(templates)),
  'Sdk.account': (draw) => Sdk.account(draw.value(accounts) as Sdk.AccountShape),
  'Sdk.accountOrThrow': (draw) => Sdk.accountOrThrow(draw.value(accounts) as Sdk.AccountShape),
  'Sdk.fromPolicyDocument': (draw) => Sdk.fromPolicyDocument(kind(draw))(draw.value(policies)),
  'Sdk.fromPolicyVersion': (draw) =>
    Sdk.fromPolicyVersion({ PolicyVersion: { Document: draw.json(policies) } }),
  'Sdk.fromRegistryPolicy': (draw) => Sdk.fromRegistryPolicy({ policyText: draw.json(policies) }),
  'Sdk.fromRepositoryPolicy': (draw) => Sdk.fromRepositoryPolicy({ policyText: draw.json(policies) }),
  'Terraform.inventory': (draw) => Terraform.inventory(draw.value(plans)),
  'Terraform.inventoryOrThrow': (draw) => Terraform.inventoryOrThrow(draw.value(plans)),
}

const yamlText = (draw: Draw): string => (draw.random.chance(0.5) ? draw.json(templates) : draw.text())

/** Of an inventory that can be read; else what was wrong. */
const inInventory =
  (ask: (inventory: Inventory.Inventory, draw: Draw) => unknown) =>
  (draw: Draw): unknown => {
    const read = draw.random.pick([
      () => CloudFormation.inventory(draw.value(templates), deployment),
      () => Terraform.inventory(draw.value(plans)),
      () => Sdk.account(draw.value(accounts) as Sdk.AccountShape),
    ])()
    return E.isRight(read) ? ask(read.right, draw) : read
  }

const question = (draw: Draw): Inventory.Question => ({
  principal: draw.random.pick(['Role', 'node', 'ann', draw.text()]),
  repository: draw.random.pick(['Repo', 'app', draw.text()]),
})

export const inventoryQuestions: Targets = {
  'Cdk.toPolicyDocument': (draw) => Cdk.toPolicyDocument(draw.any('document')),
  'Cdk.toPolicyDocumentOrThrow': (draw) => Cdk.toPolicyDocumentOrThrow(draw.any('document')),
  'Cdk.toPolicyStatement': (draw) => Cdk.toPolicyStatement(draw.any('statement')),
  'Sdk.toSetRepositoryPolicy': (draw) =>
    Sdk.toSetRepositoryPolicy(draw.any('repository'))(draw.any('resourcePolicy')),
  'Inventory.access': inInventory((its, draw) => Inventory.access(question(draw))(its)),
  'Inventory.accessOrThrow': inInventory((its, draw) => Inventory.accessOrThrow(question(draw))(its)),
  'Inventory.answer': inInventory((its, draw) =>
    E.map(Inventory.answer((access, repository) => Ecr.canPull(access, repository)))(
      Inventory.bounds(question(draw))(its),
    ),
  ),
  'Inventory.bounds': inInventory((its, draw) => Inventory.bounds(question(draw))(its)),
  'Inventory.canPull': inInventory((its, draw) => Inventory.canPull(question(draw))(its)),
  'Inventory.canPush': inInventory((its, draw) => Inventory.canPush(question(draw))(its)),
  'Inventory.findPrincipal': inInventory((its, draw) => Inventory.findPrincipal(draw.text())(its)),
  'Inventory.findRepository': inInventory((its, draw) => Inventory.findRepository(draw.text())(its)),
  'Inventory.fleet': inInventory((its, draw) =>
    Inventory.fleet({ bound: draw.random.pick(['least', 'most']) })(its),
  ),
  'Inventory.renderGaps': inInventory((its) => Inventory.renderGaps(its.gaps)),
}
