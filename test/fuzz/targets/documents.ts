/** Whole policies: read, built, printed and linted; scenarios. */
import * as E from 'fp-ts/lib/Either.js'
import { Document, Environment, Lint, Policy, Scenario, Simulator, Statement } from '../../../src/index.js'
import { policies, scenarios } from '../examples.js'
import type { Draw } from '../Draw.js'
import type { Targets } from './Target.js'

const kindOf = (draw: Draw): Document.PolicyKind | undefined =>
  draw.random.chance(0.3) ? undefined : draw.random.pick(Document.policyKinds)

/** What the overloads take one by one. */
const parse = (input: unknown, kind: Document.PolicyKind | undefined) =>
  kind === undefined ? Document.parse(input) : Document.parse(input, kind)

/** What is read is printed, and what is printed is read as the same. */
const roundTrip = (draw: Draw, input: unknown): unknown => {
  const kind = kindOf(draw)
  const read = parse(input, kind)
  if (E.isLeft(read)) return [read, Document.renderErrors(read.left)]
  const again = parse(Document.stringify(read.right), kind)
  if (E.isLeft(again)) throw new Error(`its own text is refused: ${Document.renderErrors(again.left)}`)
  if (!Document.Eq.equals(read.right, again.right)) throw new Error('its own text reads otherwise')
  return read
}

export const documentReaders: Targets = {
  'Document.parse': (draw) => roundTrip(draw, draw.value(policies)),
  'Document.parseOrThrow': (draw) => Document.parseOrThrow(draw.value(policies)),
  'Document.fromUrlEncoded': (draw) =>
    Document.fromUrlEncoded(
      draw.random.chance(0.5) ? encodeURIComponent(draw.json(policies).replace(/\p{Cs}/gu, '')) : draw.text(),
    ),
  'Document.documentCodec': (draw) =>
    Document.documentCodec(draw.random.pick(Document.policyKinds)).decode(draw.value(policies)),
  'Document.renderErrors': (draw) => {
    const read = Document.parse(draw.json(policies))
    return E.isLeft(read) ? Document.renderErrors(read.left) : undefined
  },
  'Scenario.parse': (draw) => {
    const read = Scenario.parse(draw.value(scenarios))
    return E.isLeft(read) ? [read, Document.renderErrors(read.left)] : [read, Scenario.run(read.right)]
  },
  'Scenario.parseOrThrow': (draw) => Scenario.parseOrThrow(draw.value(scenarios)),
}

const someTexts = (draw: Draw): string | readonly string[] =>
  draw.random.chance(0.5) ? draw.text() : draw.texts(3)

const statement = (draw: Draw) =>
  draw.random.pick([Policy.allow, Policy.deny])({
    sid: draw.text(),
    // The types refuse what is no action; that the value is refused too is what is asked here.
    action: draw.text() as '*',
    resource: someTexts(draw),
    condition: Policy.stringLike(draw.text(), someTexts(draw)),
  })

const granting = (draw: Draw) => Policy.allow({ principal: Policy.service(draw.text()), action: '*' })

const draft = (draw: Draw) => ({
  _tag: 'Document' as const,
  version: '2012-10-17' as const,
  id: undefined,
  statements: [statement(draw), statement(draw)],
})

export const builders: Targets = {
  'Policy.account': (draw) => Policy.account(draw.text()),
  'Policy.action': (draw) => Policy.action(draw.text()),
  'Policy.actions': (draw) => Policy.actions(draw.texts(3) as readonly '*'[]),
  'Policy.addCondition': (draw) => Policy.addCondition(Policy.bool(draw.text(), true))(statement(draw)),
  'Policy.addStatement': (draw) => Policy.addStatement(statement(draw))(draft(draw)),
  'Policy.allow': (draw) => Policy.identity([statement(draw)]),
  'Policy.deny': (draw) => Policy.identity([statement(draw), statement(draw)]),
  'Policy.arnLike': (draw) => Policy.arnLike(draw.text(), someTexts(draw)),
  'Policy.bool': (draw) => Policy.bool(draw.text(), draw.random.chance(0.5)),
  'Policy.canonicalUser': (draw) => Policy.canonicalUser(draw.text()),
  'Policy.condition': (draw) => Policy.condition(draw.text() as 'Bool', draw.text(), someTexts(draw)),
  'Policy.escape': (draw) => Policy.escape(draw.text()),
  'Policy.federatedUser': (draw) => Policy.federatedUser(draw.text(), draw.text()),
  'Policy.filterStatements': (draw) => Policy.filterStatements((_, i) => i === 0)(draft(draw)),
  'Policy.identity': (draw) => Policy.identity(draw.random.list(3, () => statement(draw))),
  'Policy.identityOrThrow': (draw) => Policy.identityOrThrow([statement(draw)]),
  'Policy.identityProvider': (draw) => Policy.identityProvider(draw.text()),
  'Policy.inOrganization': (draw) => Policy.inOrganization(someTexts(draw)),
  'Policy.ipAddress': (draw) => Policy.ipAddress(draw.text(), someTexts(draw)),
  'Policy.mapStatements': (draw) => Policy.mapStatements(() => statement(draw))(draft(draw)),
  'Policy.resource': (draw) => Policy.resource(draw.random.list(3, () => granting(draw))),
  'Policy.resourceOrThrow': (draw) => Policy.resourceOrThrow([granting(draw)]),
  'Policy.role': (draw) => Policy.role(draw.text(), draw.text(), { partition: draw.text() as 'aws' }),
  'Policy.service': (draw) => Policy.service(draw.text()),
  'Policy.session': (draw) => Policy.session(draw.text(), draw.text(), draw.text()),
  'Policy.setVersion': (draw) => Policy.setVersion(undefined)(draft(draw)),
  'Policy.showErrors': (draw) => {
    const built = Policy.identity([statement(draw)])
    return E.isLeft(built) ? Policy.showErrors(built.left) : undefined
  },
  'Policy.stringEquals': (draw) => Policy.stringEquals(draw.text(), someTexts(draw)),
  'Policy.stringLike': (draw) => Policy.stringLike(draw.text(), someTexts(draw)),
  'Policy.stringNotEquals': (draw) => Policy.stringNotEquals(draw.text(), someTexts(draw)),
  'Policy.user': (draw) => Policy.user(draw.text(), draw.text()),
  'Policy.variable': (draw) => Policy.variable(draw.text(), draw.text()),
  'Policy.withId': (draw) => Policy.withId(draw.text())(draft(draw)),
  'Policy.withSid': (draw) => Policy.withSid(draw.text())(statement(draw)),
  'Policy.withoutSid': (draw) => Policy.withoutSid(statement(draw)),
}

const decision = (draw: Draw): Simulator.Decision =>
  Simulator.decide(draw.any('environment'), draw.any('request'))

const traceEntries = (draw: Draw): readonly Simulator.StatementTrace[] => decision(draw).trace

export const documentQuestions: Targets = {
  'Document.isIdentity': (draw) => Document.isIdentity(draw.any('document')),
  'Document.isResource': (draw) => Document.isResource(draw.any('document')),
  'Document.isResourceKind': (draw) => Document.isResourceKind(draw.any('kind')),
  'Document.limit': (draw) => Document.limit(draw.any('kind')),
  'Document.make': (draw) => Document.make([draw.any('statement'), draw.any('statement')]),
  'Document.size': (draw) => Document.size(draw.any('document')),
  'Document.stringify': (draw) => Document.stringify(draw.any('document'), draw.random.pick([0, 2, '\t'])),
  'Document.toJson': (draw) => Document.toJson(draw.any('document')),
  'Statement.fold': (draw) =>
    Statement.fold(
      (one) => one,
      (one) => one as never,
    )(draw.any('statement')),
  'Statement.identity': (draw) => Statement.identity(draw.any('identityStatement')),
  'Statement.resource': (draw) => Statement.resource(draw.any('resourceStatement')),
  'Environment.make': (draw) => Environment.make({ identityPolicies: [draw.any('identity')] }),
  'Scenario.run': (draw) => Scenario.run(draw.any('scenario')),
  'Scenario.toJson': (draw) => Scenario.toJson(draw.any('scenario')),
  'Simulator.compile': (draw) => Simulator.compile(draw.any('environment')).decide(draw.any('request')),
  'Simulator.decide': decision,
  'Simulator.explain': (draw) => Simulator.explain(decision(draw)),
  'Simulator.flow': (draw) => Simulator.flow(draw.any('environment'), draw.any('request')),
  'Simulator.isAllowed': (draw) => Simulator.isAllowed(decision(draw)),
  'Simulator.layers': (draw) => {
    const environment = draw.any('environment')
    return Simulator.layers(Simulator.situation(environment, draw.any('request')), environment)
  },
  'Simulator.meaning': (draw) => Simulator.meaning(draw.any('document'))(draw.any('request')),
  'Simulator.messageName': () => Simulator.messageName('IdentityPolicy'),
  'Simulator.prepareRequest': (draw) =>
    Simulator.compile(draw.any('environment')).outcome(Simulator.prepareRequest(draw.any('request'))),
  'Simulator.requirement': (draw) => {
    const environment = draw.any('environment')
    return Simulator.requirement(Simulator.situation(environment, draw.any('request')), environment)
  },
  'Simulator.sentence': (draw) => Simulator.sentence(decision(draw)),
  'Simulator.showMismatch': (draw) =>
    traceEntries(draw).map((entry) =>
      entry._tag === 'Unmatched' ? Simulator.showMismatch(entry.mismatch) : undefined,
    ),
  'Simulator.showRef': (draw) => traceEntries(draw).map((entry) => Simulator.showRef(entry.ref)),
  'Simulator.showTrace': (draw) => traceEntries(draw).map(Simulator.showTrace),
  'Simulator.situation': (draw) => Simulator.situation(draw.any('environment'), draw.any('request')),
  'Lint.lint': (draw) => Lint.lint(draw.any('identity'), 'identity'),
  'Lint.render': (draw) => Lint.render(Lint.lint(draw.any('resourcePolicy'), 'ecr-repository')),
  'Lint.fix': (draw) => Lint.fix(draw.any('identity'), 'identity'),
  'Lint.apply': (draw) => {
    const document = draw.any('identity')
    return Lint.lint(document, 'identity').map(({ fix }) =>
      fix === undefined ? document : Lint.apply(fix)(document),
    )
  },
}
