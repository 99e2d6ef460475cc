/** The exact set of requests that a wish asks for at one place, a statement for each action of each principal. */
import {
  operations,
  type GrantedPolicy,
  type GranteeInput,
  type Grant,
  type Need,
  type Operation,
  type ServiceInput,
} from '../../src/ecr/index.js'
import type { Document, Statement } from '../../src/model/index.js'
import { doc, granting, identity } from '../unit/ecr/documents.js'
import type { Situation } from './grantSituations.js'

type Test = readonly [operator: string, key: string, ...values: readonly string[]]

const accountIn = (text: string): string => /\d{12}/.exec(text)?.[0] ?? ''
const textOf = (input: GranteeInput): string => (typeof input === 'string' ? input : input.service)
const isHost = (text: string): boolean => text.endsWith('.amazonaws.com')
const isIdentity = (text: string): boolean => /:(role|user)\//.test(text)
const isOwn = (input: GranteeInput, arn: string): boolean =>
  !isHost(textOf(input)) && !textOf(input).startsWith('o-') && accountIn(textOf(input)) === accountIn(arn)

const list = <A>(given: A | readonly A[] | undefined): readonly A[] =>
  given === undefined ? [] : Array.isArray(given) ? (given as readonly A[]) : [given as A]

const needsOf = (wish: Situation, operation: Operation): readonly Need[] => [
  ...operation.required,
  ...operation.optional.filter(({ action }) => list(wish.optional).includes(action)),
]

/** What a need is asked on, as Resource has it. */
const resourcesOf = (wish: Situation, { on }: Need, input: GranteeInput): readonly string[] => {
  const own = wish.repositories.filter((arn) => !arn.includes(':ecr-public:'))
  switch (on) {
    case '*':
      return ['*']
    case 'repository/*':
      return own.map((arn) => arn.replace(/repository\/.*/, 'repository/*'))
    case 'repository':
    case 'destination-repository':
      return own
    case 'source-repository':
      return wish.sources
    case 'public-repository':
      return wish.repositories.filter((arn) => arn.includes(':ecr-public:'))
    case 'signing-profile':
      return list(wish.signingProfile)
    case 'cache-repository':
    default:
      return [`arn:aws:iam::${accountIn(textOf(input)) || '*'}:${on}`]
  }
}

const fits = ({ id }: Operation, input: GranteeInput, arn: string): boolean =>
  !id.startsWith('lambda-') || (id === 'lambda-same-account') === (isHost(textOf(input)) || isOwn(input, arn))

interface Asked {
  readonly input: GranteeInput
  readonly need: Need
  readonly resource: string
}

const askedOf = (wish: Situation, { for: { operations: ids } }: Grant): readonly Asked[] =>
  ids.flatMap((id) =>
    needsOf(wish, operations[id]).flatMap((need) =>
      wish.principals.flatMap((input) =>
        resourcesOf(wish, need, input)
          .filter((resource) => fits(operations[id], input, resource))
          .map((resource) => ({ input, need, resource })),
      ),
    ),
  )

/** Whom a request is asked for, and what tells that it is he. */
const named = ({
  input,
  need,
  resource,
}: Asked): readonly (readonly [principal: string, ...tests: readonly Test[]])[] => {
  const text = textOf(input)
  if (need.by !== undefined && !isHost(text))
    return bySource({ service: need.by, sourceAccounts: accountIn(text) }, resource)
  if (isHost(text)) return bySource(typeof input === 'string' ? { service: input } : input, resource)
  if (text.startsWith('o-')) return [['*', ['StringEquals', 'aws:PrincipalOrgID', text]]]
  return [[isIdentity(text) ? text : `arn:aws:iam::${accountIn(text)}:root`]]
}

const bySource = (input: ServiceInput, arn: string): ReturnType<typeof named> => {
  const arns = list(input.sourceArns)
  const accounts = list(input.sourceAccounts)
  const form = new Map([
    ['lambda.amazonaws.com', 'function:*'],
    ['codebuild.amazonaws.com', 'project/*'],
  ]).get(input.service)
  if (arns.length > 0)
    return [
      [
        input.service,
        ['ArnLike', 'aws:SourceArn', ...arns],
        ...(accounts.length === 0 ? [] : [['StringEquals', 'aws:SourceAccount', ...accounts] as const]),
      ],
    ]
  const its = accounts.length > 0 ? accounts : [accountIn(arn)]
  const [service, region] = [input.service.split('.')[0] ?? '', arn.split(':')[3] ?? '']
  return its.map((account) => [
    input.service,
    form === undefined
      ? ['StringEquals', 'aws:SourceAccount', account]
      : ['ArnLike', 'aws:SourceArn', `arn:aws:${service}:${region}:${account}:${form}`],
  ])
}

const documentOf = <S extends Statement.Statement>(statements: readonly S[]): Document.Document<S> => {
  const [first, ...rest] = statements
  if (first === undefined) throw new Error('nothing was asked here')
  return doc(first, ...rest)
}

/** What is asked of a policy of a grant. */
export const asked = (wish: Situation, grant: Grant, { place }: GrantedPolicy): Document.Document => {
  const all = askedOf(wish, grant)
  if (place._tag === 'IdentityPolicy')
    return documentOf(
      all
        .filter(({ input, need }) => need.by === undefined && principalOf(input) === place.principal)
        .map(({ need, resource }) => identity('Allow', [need.action], [resource])),
    )
  return documentOf(
    all.filter(isAt(place)).flatMap((one) =>
      named(one).map(([principal, ...tests]) =>
        granting('Allow', [principal], [one.need.action], {
          tests,
          ...(place._tag === 'ResourcePolicy' ? {} : { resources: [one.resource] }),
        }),
      ),
    ),
  )
}

const principalOf = (input: GranteeInput): string => {
  const text = textOf(input)
  return isIdentity(text) || text.startsWith('o-') ? text : accountIn(text)
}

const isAt =
  (place: Exclude<GrantedPolicy['place'], { readonly _tag: 'IdentityPolicy' }>) =>
  ({ input, need, resource }: Asked): boolean => {
    const isByService = isHost(textOf(input)) || need.by !== undefined
    const [, , service, region, account] = resource.split(':')
    switch (place._tag) {
      case 'ResourcePolicy':
        return resource === place.repository && (isByService || !isOwn(input, resource))
      case 'RegistryPolicy':
        return (
          service === 'ecr' &&
          region === place.region &&
          account === place.account &&
          (isByService || !isOwn(input, resource))
        )
      case 'VpcEndpointPolicy':
        return !isByService && need.action.startsWith('ecr:')
    }
  }
