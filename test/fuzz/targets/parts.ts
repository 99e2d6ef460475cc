/** The parts of policies and of requests. */
import {
  Action,
  Arn,
  Caller,
  Condition,
  Context,
  Principal,
  Problem,
  Request,
  Resource,
  Variable,
} from '../../../src/index.js'
import type { Draw } from '../Draw.js'
import type { Targets } from './Target.js'

const versions = [undefined, '2012-10-17', '2008-10-17'] as const

const lookup =
  ({ random }: Draw): Variable.Lookup =>
  (key) =>
    key.length % 3 === 0
      ? { _tag: 'Missing' }
      : key.length % 3 === 1
        ? { _tag: 'Multivalued' }
        : { _tag: 'Value', value: `${key}${random.pick(['*', '?', '$', '', ':', '\ud800'])}` }

const entries = (draw: Draw): readonly (readonly [string, string | readonly string[]])[] =>
  draw.random.list(5, () => [draw.text(), draw.random.chance(0.5) ? draw.text() : draw.texts(3)] as const)

export const textReaders: Targets = {
  'Action.parse': (draw) => Action.parse(draw.text()),
  'Action.parseOrThrow': (draw) => Action.parseOrThrow(draw.text()),
  'Action.parsePattern': (draw) => Action.parsePattern(draw.text()),
  'Action.parsePatternOrThrow': (draw) => Action.parsePatternOrThrow(draw.text()),
  'Action.isAction': (draw) => Action.isAction(draw.text()),
  'Action.isPattern': (draw) => Action.isPattern(draw.text()),
  'Action.ofEcr': (draw) => Action.ofEcr(draw.random.pick(['ecr:PutImage', 'ecr:GetAuthorizationToken'])),
  'Action.nearestEcrAction': (draw) => Action.nearestEcrAction(draw.text()),
  'Arn.accountId': (draw) => Arn.accountId(draw.text()),
  'Arn.accountIdOrThrow': (draw) => Arn.accountIdOrThrow(draw.text()),
  'Arn.isAccountId': (draw) => Arn.isAccountId(draw.text()),
  'Arn.isPartition': (draw) => Arn.isPartition(draw.text()),
  'Arn.parse': (draw) => Arn.parse(draw.text()),
  'Arn.parseOrThrow': (draw) => Arn.parseOrThrow(draw.text()),
  'Arn.segments': (draw) => Arn.segments(draw.text()),
  'Caller.parse': (draw) => Caller.parse(draw.text()),
  'Caller.parseOrThrow': (draw) => Caller.parseOrThrow(draw.text()),
  'Condition.foldKey': (draw) => Condition.foldKey(draw.text()),
  'Condition.isKey': (draw) => Condition.isKey(draw.text()),
  'Condition.parseKey': (draw) => Condition.parseKey(draw.text()),
  'Condition.make': (draw) => Condition.make(draw.text(), draw.text(), draw.texts(4)),
  'Context.fromEntries': (draw) => Context.fromEntries(entries(draw)),
  'Context.make': (draw) => Context.make(Object.fromEntries(entries(draw))),
  'Context.get': (draw) => Context.get(draw.text())(Context.fromEntries(entries(draw))),
  'Principal.parse': (draw) => Principal.parse(draw.random.pick(Principal.principalTypes))(draw.text()),
  'Principal.parseOrThrow': (draw) =>
    Principal.parseOrThrow(draw.random.pick(Principal.principalTypes))(draw.text()),
  'Problem.printable': (draw) => Problem.printable(draw.text()),
  'Problem.quote': (draw) => Problem.quote(draw.text()),
  'Problem.problem': (draw) => Problem.show(Problem.problem('InvalidArn', draw.text(), draw.text())),
  'Request.parseResource': (draw) => Request.parseResource(draw.text()),
  'Request.make': (draw) => Request.make(requestInput(draw)),
  'Request.makeOrThrow': (draw) => Request.makeOrThrow(requestInput(draw)),
  'Resource.isPattern': (draw) => Resource.isPattern(draw.text()),
  'Resource.parsePattern': (draw) => Resource.parsePattern(draw.text()),
  'Resource.parsePatternOrThrow': (draw) => Resource.parsePatternOrThrow(draw.text()),
  'Variable.parse': (draw) => Variable.parse(draw.random.pick(versions))(draw.text()),
}

const requestInput = (draw: Draw): Request.RequestInput => {
  const input = { principal: draw.text(), action: draw.text(), resource: draw.text() }
  const near = draw.random.chance(0.5)
    ? { ...input, principal: 'arn:aws:iam::111122223333:role/a', action: 'ecr:BatchGetImage' }
    : input
  return { ...near, resourceAccount: draw.text(), context: Object.fromEntries(entries(draw)) }
}

export const partQuestions: Targets = {
  'Action.fits': (draw) => Action.fits(draw.any('actionPattern'))(Action.fold(draw.any('action'))),
  'Action.fold': (draw) => Action.fold(draw.any('action')),
  'Action.service': (draw) => Action.service(draw.any('action')),
  'Action.show': (draw) => Action.show(draw.any('actionPattern')),
  'Arn.show': (draw) => Arn.show(draw.any('arn')),
  'Caller.hasAccount': (draw) => Caller.hasAccount(draw.any('caller')),
  'Caller.show': (draw) => Caller.show(draw.any('caller')),
  'Caller.roleArn': (draw) => {
    const caller = draw.any('caller')
    return caller._tag === 'RoleSession' ? Caller.roleArn(caller) : undefined
  },
  'Condition.block': (draw) => Condition.block(draw.random.list(4, () => draw.any('condition'))),
  'Condition.show': (draw) => Condition.show(draw.any('condition')),
  'Context.override': (draw) => Context.override(draw.any('context'))(draw.any('context')),
  'Context.show': (draw) => Context.show(draw.any('context')),
  'Principal.accountOf': (draw) => Principal.accountOf(draw.any('principal')),
  'Principal.list': (draw) => Principal.list([draw.any('principal'), draw.any('principal')]),
  'Principal.show': (draw) => Principal.show(draw.any('principal')),
  'Principal.typeOf': (draw) => Principal.typeOf(draw.any('principal')),
  'Problem.show': (draw) => {
    const read = Arn.parse(draw.text())
    return read._tag === 'Left' ? Problem.show(read.left) : undefined
  },
  'Request.fullContext': (draw) => Request.fullContext(draw.any('request')),
  'Request.ownerAccount': (draw) => Request.ownerAccount(draw.any('request')),
  'Request.principalArn': (draw) => Request.principalArn(draw.any('request')),
  'Request.resourceText': (draw) => Request.resourceText(draw.any('request')),
  'Resource.glob': (draw) => Resource.glob(draw.random.pick(versions), lookup(draw))(draw.any('resource')),
  'Resource.show': (draw) => Resource.show(draw.any('resource')),
  'Variable.glob': (draw) => Variable.glob(draw.random.pick(versions), lookup(draw), () => [])(draw.text()),
  'Variable.hasVariables': (draw) => Variable.hasVariables(draw.any('template')),
  'Variable.resolve': (draw) => Variable.resolve(lookup(draw))({ key: draw.text(), fallback: draw.text() }),
  'Variable.show': (draw) => Variable.show(draw.any('template')),
}
