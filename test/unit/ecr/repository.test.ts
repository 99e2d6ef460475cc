import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ImageReference, Region, RegistryHost, Repository, RepositoryName } from '../../../src/ecr/index.js'
import { partitionHosts } from '../../../src/ecr/data/hosts.js'
import { Arn, Problem } from '../../../src/model/index.js'

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`
const host = '111122223333.dkr.ecr.eu-west-1.amazonaws.com'

const refusal = <A>(result: E.Either<Problem.Problem, A>): string =>
  E.match(Problem.show, () => 'accepted')(result)

describe('hosts of registries', () => {
  it.each([
    ['111122223333.dkr.ecr.eu-west-1.amazonaws.com', 'aws'],
    ['111122223333.dkr.ecr.us-gov-west-1.amazonaws.com', 'aws-us-gov'],
    ['111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn', 'aws-cn'],
    ['111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu', 'aws-eusc'],
    ['111122223333.dkr.ecr.us-iso-east-1.c2s.ic.gov', 'aws-iso'],
    ['111122223333.dkr.ecr.us-isob-east-1.sc2s.sgov.gov', 'aws-iso-b'],
    ['111122223333.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk', 'aws-iso-e'],
    ['111122223333.dkr.ecr.us-isof-south-1.csp.hci.ic.gov', 'aws-iso-f'],
    ['111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com', 'aws-us-gov'],
    ['111122223333.dkr.ecr-fips.us-east-1.amazonaws.com', 'aws'],
    ['111122223333.dkr-ecr.eu-west-1.on.aws', 'aws'],
    ['111122223333.dkr-ecr-fips.us-east-1.on.aws', 'aws'],
    ['111122223333.dkr-ecr.cn-northwest-1.on.amazonwebservices.com.cn', 'aws-cn'],
  ])('reads and prints %s', (text, partition) => {
    const read = RegistryHost.parse(text)
    expect(E.isRight(read) && RegistryHost.show(read.right)).toBe(text)
    expect(
      E.isRight(read) && read.right._tag === 'PrivateHost' && Region.partitionOf(read.right.region),
    ).toBe(partition)
  })

  it.each(['public.ecr.aws', 'ecr-public.aws.com'])('reads %s as ECR Public', (text) => {
    expect(RegistryHost.parse(text)).toEqual(E.right({ _tag: 'PublicHost', host: text }))
  })

  it.each([
    ['docker.io', '`ACCOUNT.dkr.ecr.REGION.amazonaws.com`'],
    ['11112222333.dkr.ecr.eu-west-1.amazonaws.com', 'not a 12-digit account id'],
    [
      '111122223333.dkr.ecr.eu-wst-1.amazonaws.cm',
      '(did you mean `111122223333.dkr.ecr.eu-wst-1.amazonaws.com`?)',
    ],
    ['111122223333.dkr.ecr.eu-west1.amazonaws.com', '(did you mean `eu-west-1`?)'],
    [
      '111122223333.dkr.ecr.cn-north-1.amazonaws.com',
      '(did you mean `111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn`?)',
    ],
    ['111122223333.dkr-ecr.us-iso-east-1.on.aws', 'has no dual-stack registry hosts'],
    ['111122223333.dkr.ecr.eu-west-1.on.aws', 'it ends in `.amazonaws.com`'],
    [
      '111122223333.DKR.ecr.eu-west-1.amazonaws.com',
      '(did you mean `111122223333.dkr.ecr.eu-west-1.amazonaws.com`?)',
    ],
    ['https://111122223333.dkr.ecr.eu-west-1.amazonaws.com', 'leave out the scheme'],
    ['111122223333.dkr.ecr.eu-west-1.amazonaws.com:443', 'it ends in'],
    ['api.ecr.eu-west-1.amazonaws.com', 'is not the host of a registry'],
    ['111122223333.dkr', 'is not the host of a registry'],
    ['', 'is not the host of a registry'],
  ])('refuses %s and says why', (text, why) => {
    expect(refusal(RegistryHost.parse(text))).toContain(why)
  })

  it('every known Region belongs to the partition that lists it', () => {
    for (const { partition, regions } of partitionHosts)
      for (const region of regions)
        expect(Region.isRegion(region) && Region.partitionOf(region)).toBe(partition)
  })

  it.each(['eu-west-9', 'us-gov-north-1', 'nz-north-1'])('takes the unknown Region %s', (region) => {
    expect(Region.isRegion(region)).toBe(true)
  })

  it.each([
    '',
    'eu',
    'eu-west',
    'eu-1',
    'e-west-1',
    'europe-west-1',
    'eu--1',
    'eu-west-1a',
    'EU-west-1',
    'eu-west-',
    'eu-west-/1',
    'eu-west-1:',
    'eu-we`t-1',
    'eu-we{t-1',
    'eu-west1-1',
  ])('does not take %j for a Region', (region) => {
    expect(Region.isRegion(region)).toBe(false)
  })
})

describe('addresses of images', () => {
  it.each([
    [`${host}/app`, 'latest'],
    [`${host}/app:1.2`, '1.2'],
    [`${host}/team/app@${digest}`, digest],
    [`${host}/app:1.2@${digest}`, digest],
    [`public.ecr.aws/docker/library/nginx:stable`, 'stable'],
  ])('%s fetches %s', (text, wanted) => {
    const image = ImageReference.parseOrThrow(text)
    expect(ImageReference.wanted(image)).toBe(wanted)
    expect(ImageReference.show(image)).toBe(text)
  })

  it('the alias of a public registry is no part of the name', () => {
    expect(ImageReference.parseOrThrow('public.ecr.aws/docker/library/nginx')).toMatchObject({
      _tag: 'PublicImage',
      alias: 'docker',
      name: 'library/nginx',
      tag: undefined,
      digest: undefined,
    })
  })

  it.each([
    ['app', 'InvalidImageReference', 'put the registry host'],
    [`https://${host}/app`, 'InvalidImageReference', 'leave out `https://`'],
    [`${host}/App`, 'InvalidRepositoryName', 'did you mean `app`?'],
    [`${host}/`, 'InvalidRepositoryName', 'it is empty'],
    [`${host}/app:`, 'InvalidImageReference', 'is not a tag'],
    [`${host}/app:-1`, 'InvalidImageReference', 'is not a tag'],
    [`${host}/app:${'x'.repeat(129)}`, 'InvalidImageReference', 'is not a tag'],
    [`${host}/app:1:2`, 'InvalidImageReference', '`1:2` is not a tag'],
    [`${host}/app@sha256:12`, 'InvalidImageReference', 'is not a digest'],
    [
      `${host}/app@${digest.toUpperCase().replace('SHA', 'sha')}`,
      'InvalidImageReference',
      'write it in lower case',
    ],
    [`${host}/app@${digest}@${digest}`, 'InvalidImageReference', 'is not a digest'],
    ['public.ecr.aws/nginx', 'InvalidImageReference', 'alias'],
    ['public.ecr.aws//nginx', 'InvalidImageReference', 'the alias of a registry stands before the name'],
    ['public.ecr.aws/Docker/nginx', 'InvalidImageReference', 'not the alias of a registry'],
    ['public.ecr.aws/docker-/nginx', 'InvalidImageReference', '`docker-` is not the alias of a registry'],
    ['public.ecr.aws/-docker/nginx', 'InvalidImageReference', '`-docker` is not the alias of a registry'],
    ['public.ecr.aws/docker/Nginx', 'InvalidRepositoryName', 'did you mean `nginx`?'],
  ])('refuses %s', (text, code, why) => {
    const read = ImageReference.parse(text)
    expect(E.isLeft(read) && read.left.code).toBe(code)
    expect(refusal(read)).toContain(why)
  })
})

describe('repositories', () => {
  const app = Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/team/app')

  it('reads from an ARN, from an address and from parts alike', () => {
    expect(app).toEqual({
      _tag: 'Repository',
      partition: 'aws',
      region: 'eu-west-1',
      account: '111122223333',
      name: 'team/app',
    })
    expect(Repository.parse(`${host}/team/app:1.2@${digest}`)).toEqual(E.right(app))
    expect(Repository.parse('111122223333.dkr-ecr-fips.eu-west-1.on.aws/team/app')).toEqual(E.right(app))
    expect(Repository.make({ account: '111122223333', region: 'eu-west-1', name: 'team/app' })).toEqual(
      E.right(app),
    )
  })

  it('prints as ARN, host and address', () => {
    expect(Repository.arn(app).text).toBe('arn:aws:ecr:eu-west-1:111122223333:repository/team/app')
    expect(Repository.registryHost(app)).toBe(host)
    expect(Repository.address(app)).toBe(`${host}/team/app`)
  })

  it.each([
    ['arn:aws:ecr:cn-north-1:111122223333:repository/app', 'arn:aws-cn:ecr:cn-north-1'],
    ['arn:aws:ecr:eu-west-1::repository/app', 'not a 12-digit account id'],
    ['arn:aws:ecr:eu-west-1:111122223333:app', 'does not begin with `repository/`'],
    ['arn:aws:ecr:eu-west-1:111122223333:repository/*', 'wildcards belong in policies'],
    ['arn:aws:ecr:*:111122223333:repository/app', '`*` is not a Region'],
    ['arn:aws:s3:::bucket', 'not `ecr`'],
    ['arn:aws:ecr-public::111122223333:repository/app', 'parsePublic'],
    ['public.ecr.aws/docker/nginx', 'does not tell the account'],
    ['', 'is not the address of an image'],
  ])('refuses %s', (text, why) => {
    expect(refusal(Repository.parse(text))).toContain(why)
  })

  it('a public repository has no Region', () => {
    const text = 'arn:aws:ecr-public::111122223333:repository/app'
    expect(Repository.show(Repository.parsePublicOrThrow(text))).toBe(text)
    expect(
      refusal(Repository.parsePublic('arn:aws:ecr-public:us-east-1:111122223333:repository/app')),
    ).toContain('ecr-public::ACCOUNT')
  })

  const word = fc.stringMatching(/^[a-z0-9]{1,5}$/)
  const name = fc
    .array(fc.tuple(word, fc.constantFrom('.', '_', '__', '-', '---', '/')), { minLength: 1, maxLength: 6 })
    .chain((parts) => word.map((last) => `${parts.flat().join('')}${last}`))
  const repository = fc
    .tuple(
      fc.stringMatching(/^[0-9]{12}$/),
      fc.constantFrom(...partitionHosts.flatMap(({ regions }): readonly string[] => regions)),
      name,
    )
    .map(([account, region, text]) => Repository.make({ account, region, name: text }))

  it('parseAfterArnIsIdentity and parseAfterAddressIsIdentity', () => {
    fc.assert(
      fc.property(repository, (made) => {
        if (E.isLeft(made)) return false
        const again = Repository.parseOrThrow(Repository.arn(made.right).text)
        const byAddress = Repository.parseOrThrow(`${Repository.address(made.right)}:x`)
        expect([again, byAddress]).toEqual([made.right, made.right])
        return Repository.Eq.equals(again, byAddress)
      }),
    )
  })

  it('nothing that is read throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((s) => `${host}/${s}`),
        ),
        (text) => {
          const all = [
            Repository.parse,
            ImageReference.parse,
            RegistryHost.parse,
            RepositoryName.parse,
            Arn.parse,
          ]
          return all.every((read) => ['Left', 'Right'].includes(read(text)._tag))
        },
      ),
    )
  })
})
