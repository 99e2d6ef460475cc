/** The shapes that are read, against the SDK's own types. */
import type {
  GetRegistryPolicyCommandOutput,
  GetRepositoryPolicyCommandOutput,
  DescribeRepositoriesCommandOutput,
  SetRepositoryPolicyCommandInput,
} from '@aws-sdk/client-ecr'
import type {
  GetAccountAuthorizationDetailsCommandOutput,
  GetPolicyVersionCommandOutput,
  GetRolePolicyCommandOutput,
} from '@aws-sdk/client-iam'
import { describe, expectTypeOf, it } from 'vitest'
import type { Sdk } from '../../src/interop.js'

describe("the SDK's own types", () => {
  it('are what is read', () => {
    expectTypeOf<GetAccountAuthorizationDetailsCommandOutput>().toExtend<Sdk.AuthorizationDetailsShape>()
    expectTypeOf<GetRepositoryPolicyCommandOutput>().toExtend<Sdk.RepositoryPolicyShape>()
    expectTypeOf<GetRegistryPolicyCommandOutput>().toExtend<Sdk.RegistryPolicyShape>()
    expectTypeOf<DescribeRepositoriesCommandOutput>().toExtend<Sdk.RepositoriesShape>()
    expectTypeOf<GetPolicyVersionCommandOutput>().toExtend<Parameters<typeof Sdk.fromPolicyVersion>[0]>()
    expectTypeOf<GetRolePolicyCommandOutput['PolicyDocument']>().toExtend<
      Sdk.PolicyDetailShape['PolicyDocument']
    >()
  })

  it('are what is written', () => {
    expectTypeOf<
      ReturnType<ReturnType<typeof Sdk.toSetRepositoryPolicy>>
    >().toExtend<SetRepositoryPolicyCommandInput>()
  })
})
