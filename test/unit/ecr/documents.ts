import * as E from 'fp-ts/lib/Either.js'
import { Action, Condition, Document, Principal, Resource, Statement } from '../../../src/model/index.js'

type Test = readonly [operator: string, key: string, ...values: readonly string[]]

const get = <L, A>(result: E.Either<L, A>): A =>
  E.getOrElse<L, A>((left) => {
    throw new Error(JSON.stringify(left))
  })(result)

const nonEmpty = <A>(items: readonly A[]): readonly [A, ...(readonly A[])] => {
  const [first, ...rest] = items
  if (first === undefined) throw new Error('nothing given')
  return [first, ...rest]
}

const common = (effect: Statement.Effect, actions: readonly string[], tests: readonly Test[]) => ({
  sid: undefined,
  effect,
  action: {
    _tag: 'Action' as const,
    patterns: nonEmpty(actions.map((action) => get(Action.parsePattern(action)))),
  },
  conditions: get(Condition.block(tests.map(([op, key, ...values]) => get(Condition.make(op, key, values))))),
})

const listed = (resources: readonly string[]) => ({
  _tag: 'Resource' as const,
  patterns: nonEmpty(resources.map((resource) => get(Resource.parsePattern(resource)))),
})

/** A statement of an identity policy. */
export const identity = (
  effect: Statement.Effect,
  actions: readonly string[],
  resources: readonly string[],
  ...tests: readonly Test[]
): Statement.IdentityStatement =>
  Statement.identity({ ...common(effect, actions, tests), resource: listed(resources) })

/** A statement of a repository policy, or with `resources` of a registry policy. */
export const granting = (
  effect: Statement.Effect,
  principals: readonly string[],
  actions: readonly string[],
  options: { readonly resources?: readonly string[]; readonly tests?: readonly Test[] } = {},
): Statement.ResourceStatement =>
  Statement.resource({
    ...common(effect, actions, options.tests ?? []),
    principal: {
      _tag: 'Principal',
      principals: Principal.list(
        nonEmpty(
          principals.map((text) =>
            Principal.parseOrThrow(text.endsWith('.amazonaws.com') ? 'Service' : 'AWS')(text),
          ),
        ),
      ),
    },
    resource: options.resources === undefined ? Resource.attached : listed(options.resources),
  })

export const doc = <S extends Statement.Statement>(first: S, ...rest: readonly S[]): Document.Document<S> =>
  Document.make<S>([first, ...rest])
