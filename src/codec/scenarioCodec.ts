/**
 * The doors for scenarios: reading, throwing, printing.
 *
 * Laws: 1. `parseScenario(scenarioToJson(s))` is `s`, for every `s` that was parsed
 *
 * @since 0.1.0
 */
import type * as E from 'fp-ts/lib/Either.js'
import { Caller, DocumentJson, Environment, Request } from '../model/index.js'
import { decodeScenario } from './decodeScenario.js'
import { orThrow, type PolicyErrors } from './PolicyError.js'
import { read } from './read.js'
import type { Scenario } from './Scenario.js'

// ---- codecs ----

/**
 * Reads a scenario: an object, or its JSON text. Policies in it are objects or JSON text; their size limits do not
 * apply. The elements `id`, `topic`, `why`, `note`, `confidence` and `description` are for the reader and not kept.
 *
 * **Errors** everything that is wrong, with pointers through to the policies (`/identityPolicies/0/Statement/1/Effect`).
 *
 * @category codecs
 * @since 0.1.0
 */
export const parseScenario: (input: unknown) => E.Either<PolicyErrors, Scenario> = read(decodeScenario)

/**
 * Reads a scenario, or throws one error that prints everything that is wrong with it, a line each.
 *
 * @category codecs
 * @since 0.1.0
 */
export const parseScenarioOrThrow = (input: unknown): Scenario =>
  orThrow('the scenario')(parseScenario(input))

/**
 * A scenario as JSON, without what is absent or common.
 *
 * @category codecs
 * @since 0.1.0
 */
export const scenarioToJson = ({ request, environment, expect }: Scenario): DocumentJson.JsonObject => {
  const { permissionsBoundary, resourcePolicy, registryPolicy, serviceControlPolicies } = environment
  return DocumentJson.object([
    ['request', requestToJson(request)],
    ['identityPolicies', policies(environment.identityPolicies)],
    ['permissionsBoundary', permissionsBoundary && DocumentJson.toJson(permissionsBoundary)],
    ['sessionPolicies', policies(environment.sessionPolicies)],
    ['resourcePolicy', resourcePolicy && DocumentJson.toJson(resourcePolicy)],
    ['registryPolicy', registryPolicy && DocumentJson.toJson(registryPolicy)],
    ['endpointPolicies', policies(environment.endpointPolicies)],
    ['serviceControlPolicies', serviceControlPolicies?.map((level) => level.map(DocumentJson.toJson))],
    ['resourceControlPolicies', levels(environment.resourceControlPolicies)],
    ['facts', factsToJson(environment.facts)],
    ['expect', expect],
  ])
}

const requestToJson = (request: Request.Request): DocumentJson.JsonObject =>
  DocumentJson.object([
    ['principal', Caller.show(request.principal)],
    ['action', request.action],
    ['resource', Request.resourceText(request)],
    ['resourceAccount', request.resourceAccount],
    [
      'context',
      request.context.length === 0
        ? undefined
        : DocumentJson.object(request.context.map(({ name, values }) => [name, values])),
    ],
  ])

const policies = (
  documents: readonly Parameters<typeof DocumentJson.toJson>[0][],
): DocumentJson.Json | undefined => (documents.length === 0 ? undefined : documents.map(DocumentJson.toJson))

const levels = (all: Environment.Environment['resourceControlPolicies']): DocumentJson.Json | undefined =>
  all.length === 0 ? undefined : all.map((level) => level.map(DocumentJson.toJson))

const factsToJson = (facts: Environment.Facts): DocumentJson.Json | undefined => {
  const common = Environment.commonFacts
  const json = DocumentJson.object([
    ['principalAccountIsManagement', unlessCommon(facts, common, 'principalAccountIsManagement')],
    ['resourceAccountIsManagement', unlessCommon(facts, common, 'resourceAccountIsManagement')],
    ['principalIsServiceLinkedRole', unlessCommon(facts, common, 'principalIsServiceLinkedRole')],
    ['registryPolicyScope', unlessCommon(facts, common, 'registryPolicyScope')],
  ])
  return Object.keys(json).length === 0 ? undefined : json
}

const unlessCommon = (
  facts: Environment.Facts,
  common: Environment.Facts,
  name: keyof Environment.Facts,
): DocumentJson.Json | undefined => (facts[name] === common[name] ? undefined : facts[name])
