import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  actionsForRoute,
  httpRoutes,
  RepositoryName,
  resourceTypes,
  type HttpRoute,
  type HttpRouteId,
} from '../../../src/ecr/index.js'
import { ecrActions } from '../../../src/model/index.js'

const digest = `sha256:${'0a'.repeat(32)}`
const routes: readonly HttpRoute[] = Object.values(httpRoutes)

const seen = (method: string, url: string) => {
  const result = actionsForRoute(method, url)
  return result._tag === 'RoutedRequest'
    ? [result.route.id, result.repository, ...result.actions, result.certainty]
    : [result.reason]
}

describe('the actions of a request (EX-22)', () => {
  it.each([
    ['GET', '/v2/', 'base', undefined, [], 'documented'],
    ['GET', '/v2', 'base', undefined, [], 'documented'],
    ['GET', '/v2/_catalog?n=100', 'catalog', undefined, ['ecr:DescribeRepositories'], 'inferred'],
    ['GET', '/v2/app/tags/list', 'tag-list', 'app', ['ecr:ListImages'], 'observed'],
    ['GET', '/v2/app/tags/list?n=2&last=b', 'tag-list', 'app', ['ecr:ListImages'], 'observed'],
    [
      'GET',
      '/v2/team/web/app/manifests/latest',
      'manifest-read',
      'team/web/app',
      ['ecr:BatchGetImage'],
      'observed',
    ],
    ['HEAD', `/v2/app/manifests/${digest}`, 'manifest-read', 'app', ['ecr:BatchGetImage'], 'observed'],
    ['PUT', '/v2/app/manifests/1.2', 'manifest-write', 'app', ['ecr:PutImage'], 'observed'],
    ['DELETE', `/v2/app/manifests/${digest}`, 'manifest-delete', 'app', ['ecr:BatchDeleteImage'], 'inferred'],
    ['HEAD', `/v2/app/blobs/${digest}`, 'blob-check', 'app', ['ecr:BatchCheckLayerAvailability'], 'observed'],
    ['GET', `/v2/app/blobs/${digest}`, 'blob-read', 'app', ['ecr:GetDownloadUrlForLayer'], 'documented'],
    ['POST', '/v2/app/blobs/uploads/', 'upload-begin', 'app', ['ecr:InitiateLayerUpload'], 'observed'],
    ['POST', '/v2/app/blobs/uploads', 'upload-begin', 'app', ['ecr:InitiateLayerUpload'], 'observed'],
    ['PATCH', '/v2/app/blobs/uploads/8f-1', 'upload-part', 'app', ['ecr:UploadLayerPart'], 'documented'],
    [
      'PUT',
      `/v2/app/blobs/uploads/8f-1?digest=${digest}`,
      'upload-end',
      'app',
      ['ecr:CompleteLayerUpload'],
      'inferred',
    ],
    [
      'GET',
      `/v2/app/referrers/${digest}?artifactType=a`,
      'referrers',
      'app',
      ['ecr:BatchGetImage'],
      'documented',
    ],
    ['get', '/v2/app/manifests/latest', 'manifest-read', 'app', ['ecr:BatchGetImage'], 'observed'],
  ] as const)('%s %s: %s of %s', (method, url, id, repository, actions, certainty) => {
    expect(seen(method, url)).toStrictEqual([id, repository, ...actions, certainty])
  })

  it.each([
    ['names that hold words of the API', '/v2/team/manifests/app/manifests/blobs', 'team/manifests/app'],
    ['a name that ends in one', '/v2/team/blobs/manifests/latest', 'team/blobs'],
    ['a name with a word of uploads', '/v2/blobs/uploads/manifests/latest', 'blobs/uploads'],
    ['a digest in percent-encoding', `/v2/app/manifests/${encodeURIComponent(digest)}`, 'app'],
    ['a whole URL', 'https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/a1/b1/manifests/x', 'a1/b1'],
  ])('reads %s', (_, url, repository) => {
    expect(seen('GET', url)).toStrictEqual(['manifest-read', repository, 'ecr:BatchGetImage', 'observed'])
  })

  it('a mount names the repository that it mounts from (EX-18)', () => {
    const query = `mount=${encodeURIComponent(digest)}&from=${encodeURIComponent('team/base')}`
    expect(actionsForRoute('POST', `/v2/app/blobs/uploads/?${query}`)).toMatchObject({
      route: { id: 'blob-mount', certainty: 'inferred' },
      repository: 'app',
      mountedFrom: 'team/base',
      actions: ['ecr:InitiateLayerUpload'],
    })
  })

  it.each([
    ['without a source', `?mount=${digest}`, 'upload-begin'],
    ['from what is no name', `?mount=${digest}&from=Team`, 'blob-mount'],
    ['from a text in broken encoding', `?mount=${digest}&from=%E0%A4%A`, 'blob-mount'],
  ])('a mount %s names none', (_, query, id) => {
    expect(actionsForRoute('POST', `/v2/app/blobs/uploads/${query}`)).toMatchObject({
      route: { id },
      mountedFrom: undefined,
    })
  })

  it('the last request of an upload may carry bytes, and then takes UploadLayerPart', () => {
    expect(httpRoutes['upload-end'].optional).toStrictEqual([
      { action: 'ecr:UploadLayerPart', on: 'repository' },
    ])
  })
})

describe('a request without route', () => {
  it.each([
    ['GET', '', 'path'],
    ['GET', '/', 'path'],
    ['GET', '/v1/app/tags/list', 'path'],
    ['GET', 'v2/app/tags/list', 'path'],
    ['GET', '/v2/app', 'path'],
    ['GET', '/v2/tags/list', 'path'],
    ['GET', '/v2/_catalog/more', 'path'],
    ['GET', '/v2/manifests/latest', 'path'],
    ['GET', '/V2/app/tags/list', 'path'],
    ['GET', 'https://111122223333.dkr.ecr.eu-west-1.amazonaws.com', 'path'],
    ['PATCH', '/v2/app/blobs/uploads//', 'path'],
    ['POST', '/v2/app/manifests/latest', 'method'],
    ['', '/v2/app/tags/list', 'method'],
    ['DELETE', `/v2/app/blobs/${digest}`, 'method'],
    ['GET', '/v2/app/blobs/uploads/8f-1', 'method'],
    ['GET', '/v2/Team/App/manifests/latest', 'name'],
    ['GET', '/v2/a//b/manifests/latest', 'name'],
    ['GET', '/v2/team%2Fapp/manifests/latest', 'name'],
    ['GET', '/v2/__proto__/tags/list', 'name'],
    ['GET', '/v2/app/manifests/-x', 'reference'],
    ['GET', '/v2/app/manifests/%E0%A4%A', 'reference'],
    ['GET', '/v2/app/blobs/latest', 'reference'],
    ['GET', '/v2/app/referrers/latest', 'reference'],
    ['HEAD', '/v2/app/blobs/uploads', 'reference'],
  ])('%s %s: the %s', (method, url, reason) => {
    expect(seen(method, url)).toStrictEqual([reason])
  })

  it.each([null, undefined, 7, {}, [['GET']]])('what is no text has no route: %j', (given) => {
    expect(seen(given as never, given as never)).toStrictEqual(['path'])
    expect(seen('GET', given as never)).toStrictEqual(['path'])
    expect(seen(given as never, '/v2/app/tags/list')).toStrictEqual(['method'])
  })

  it('says what is wrong, and by which methods the path is asked for', () => {
    expect(actionsForRoute('POST', '/v2/app/manifests/latest')).toMatchObject({
      message: '`/v2/app/manifests/latest` is asked for by GET, HEAD, PUT, DELETE, not by `POST`',
    })
    expect(actionsForRoute('GET', '/v2/app/blobs/latest')).toMatchObject({
      message: '`latest` is no digest',
    })
  })
})

describe('routes', () => {
  const name = fc
    .array(fc.stringMatching(/^[a-z0-9]{2,5}(?:[-._][a-z0-9]{1,3})?$/), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.join('/'))
    .filter(RepositoryName.isRepositoryName)
  const word = fc.constantFrom('manifests', 'blobs', 'uploads', 'tags', 'list', 'referrers', 'v2')
  const hardName = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))

  it('each has its id, actions that exist, and rules', () => {
    for (const [id, route] of Object.entries(httpRoutes)) {
      expect(route.id).toBe(id)
      expect(route.rules).toContain('EX-22')
    }
    const used = routes.flatMap(({ required, optional }) => [...required, ...optional])
    expect(used.filter(({ action }) => !ecrActions.includes(action))).toStrictEqual([])
    expect(Object.keys(resourceTypes.ecr)).toStrictEqual(['repository'])
  })

  it('ids are literal', () => {
    expectTypeOf(httpRoutes['tag-list'].required[0].action).toEqualTypeOf<'ecr:ListImages'>()
    expectTypeOf<'blob-mount'>().toExtend<HttpRouteId>()
  })

  it.each(routes.map((route) => [route.id, route] as const))(
    'a request filled into the path of %s has that route, whatever the name',
    (id, route) => {
      const fill = (repository: string) =>
        route.path
          .replace('<name>', repository)
          .replace('<digest>', digest)
          .replace('<reference>', digest)
          .replace('<upload>', '8f-1') + (route.query.length === 0 ? '' : `?mount=${digest}&from=a1`)
      fc.assert(
        fc.property(fc.oneof(name, hardName), fc.constantFrom(...route.methods), (repository, method) => {
          const result = actionsForRoute(method, fill(repository))
          return (
            result._tag === 'RoutedRequest' &&
            result.route.id === id &&
            result.repository === (route.path.includes('<name>') ? repository : undefined)
          )
        }),
      )
    },
  )

  it('every text has an answer', () => {
    const part = fc.oneof(word, fc.string(), fc.constantFrom('%', '?', '=', '&', '//', digest, '__proto__'))
    fc.assert(
      fc.property(fc.string(), fc.array(part), (method, parts) =>
        ['RoutedRequest', 'UnknownRequest'].includes(actionsForRoute(method, `/v2/${parts.join('/')}`)._tag),
      ),
    )
    expect(actionsForRoute('GET', '/v2/' + 'a/'.repeat(200_000))._tag).toBe('UnknownRequest')
    expect(actionsForRoute('GET', `/v2/${'a/'.repeat(200_000)}tags/list`)).toMatchObject({ reason: 'name' })
  })
})

describe('a URL is read as people paste it', () => {
  const host = '111122223333.dkr.ecr.eu-west-1.amazonaws.com'
  it.each([
    ['with its host and no scheme', `${host}/v2/team/app/manifests/1`],
    ['with a port', `localhost:5000/v2/team/app/manifests/1`],
    ['with a fragment behind it', `https://${host}/v2/team/app/manifests/1#top`],
    ['with a fragment behind parameters', '/v2/team/app/manifests/1?a=b#c?d'],
    ['with two slashes in front', '//v2/team/app/manifests/1'],
    ['with a scheme in capitals', `HTTPS://${host}/v2/team/app/manifests/1`],
    ['over plain HTTP', `http://${host}/v2/team/app/manifests/1`],
  ])('%s', (_, url) => {
    const read = actionsForRoute('GET', url)
    expect(read._tag === 'RoutedRequest' && [read.repository, read.actions]).toEqual([
      'team/app',
      ['ecr:BatchGetImage'],
    ])
  })

  it.each([
    ['behind another scheme', `ftp://${host}/v2/app/manifests/1`],
    ['in a parameter of another', `/?to=https://${host}/v2/app/manifests/1`],
    ['behind more of a path', `https://${host}/mirror/v2/app/manifests/1`],
  ])('a path of the API %s is none', (_, url) => {
    expect(seen('GET', url)).toStrictEqual(['path'])
  })
})
