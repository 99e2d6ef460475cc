/** How far apart the parts of one message may lie, and what of the text around belongs to it. */
import { describe, expect, it } from 'vitest'
import { causesOf } from '../../../src/ecr/diagnose/diagnoseCauses.js'
import { repositoryNear } from '../../../src/ecr/diagnose/diagnosePlace.js'
import { refusals } from '../../../src/ecr/diagnose/diagnoseSentence.js'
import { squeeze } from '../../../src/ecr/diagnose/diagnoseText.js'
import { diagnose } from '../../../src/ecr/index.js'

const caller = 'arn:aws:iam::111122223333:user/bob'
const own = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
const host = '111122223333.dkr.ecr.eu-west-1.amazonaws.com'
const refused = (action: string): string =>
  `User: ${caller} is not authorized to perform: ${action} on resource: ${own} because no identity-based policy allows the ${action} action`
const filler = (length: number): string => ' -'.repeat(length)

const ids = (text: string) => diagnose(text).map(({ causes }) => causes[0]?.id)
const offsets = Array.from({ length: 25 }, (_, i) => 50 * i)

describe('a clue beside a sentence of AWS', () => {
  const weak = `pull access denied for ${host}/app`

  it.each(offsets)('says nothing more, wherever both stand in a text (%i)', (offset) => {
    const at = (...parts: readonly string[]) => ids(filler(offset) + parts.join(' '))
    expect(at(weak, refused('ecr:PutImage'))).toEqual(['image-put-refused'])
    expect(at(refused('ecr:PutImage'), filler(200), weak)).toEqual(['image-put-refused'])
    expect(at(weak, filler(300), refused('ecr:PutImage'))).toEqual(['image-put-refused'])
  })

  it('says what it does on its own where the sentence is far away', () => {
    expect(ids([weak, filler(1300), refused('ecr:PutImage')].join(' '))).toEqual([
      'not-logged-in',
      'image-put-refused',
    ])
    expect(ids([refused('ecr:PutImage'), filler(1000), weak].join(' '))).toEqual([
      'image-put-refused',
      'not-logged-in',
    ])
  })

  it('that is no weak one tells another cause beside it, and not the same one', () => {
    const immutable = 'ImageTagAlreadyExistsException'
    expect(ids([refused('ecr:PutImage'), immutable].join(' '))).toEqual([
      'image-put-refused',
      'tag-immutable',
    ])
    expect(ids([refused('ecr:CreateRepository'), 'NAME_UNKNOWN'].join(' '))).toEqual(['repository-unknown'])
  })
})

describe('the words of a clue', () => {
  const words = (gap: number) => `toomanyrequests${filler(gap - 1)} repository`
  it('lie within 600 characters of it, blanks aside, on either side', () => {
    expect([560, 650].map((gap) => ids(words(gap)))).toEqual([['throttled'], [undefined]])
    const turned = (gap: number) => `repository${filler(gap)} toomanyrequests`
    expect([560, 650].map((gap) => ids(turned(gap)))).toEqual([['throttled'], [undefined]])
  })

  it('go along with another clue up to 600 characters away, whichever stands first', () => {
    const [strong, weak] = ['nobasicauthcredentials', 'novpcendpointpolicyallows']
    const between = (a: string, b: string, distance: number) => `${a}${'-'.repeat(distance - a.length)}${b}`
    expect([600, 601].map((distance) => ids(between(strong, weak, distance)))).toEqual([
      ['not-logged-in'],
      ['not-logged-in', 'endpoint-silent'],
    ])
    expect([600, 601].map((distance) => ids(between(weak, strong, distance)))).toEqual([
      ['not-logged-in'],
      ['endpoint-silent', 'not-logged-in'],
    ])
  })

  it.each(offsets)('tell one message once, wherever it begins (%i)', (offset) => {
    const twice = `${filler(offset)} no basic auth credentials${filler(500)} no basic auth credentials`
    expect(diagnose(twice)).toHaveLength(1)
    const both = `${filler(offset)} ThrottlingException: Rate exceeded for repository`
    expect(diagnose(both)).toHaveLength(1)
  })
})

describe('the parts of a sentence', () => {
  const only = (text: string) => {
    const [found] = refusals(squeeze(text))
    return [found?.what.caller, found?.what.action, found?.what.resource, found?.what.policyType]
  }
  const begun = `User: ${caller} is not authorized to perform: ecr:PutImage`

  it('the resource is named soon after the action', () => {
    expect(only(`${begun}${filler(60)} on resource: ${own}`)[2]).toBe(own)
    expect(only(`${begun}${filler(170)} on resource: ${own}`)).toEqual([
      caller,
      'ecr:PutImage',
      undefined,
      undefined,
    ])
  })

  it('are not those of the next sentence, nor of the one before', () => {
    const all = refusals(
      squeeze(`${begun}. is not authorized to perform: ecr:ListImages on resource: ${own}`),
    )
    expect(all.map(({ what }) => [what.caller, what.action, what.resource])).toEqual([
      [caller, 'ecr:PutImage', undefined],
      [undefined, 'ecr:ListImages', own],
    ])
  })

  it('the caller is named in each of several, by whatever name', () => {
    const all = ['anonymous', `"${caller}" (bob)`, `<${caller}`].map(
      (name) => `User: ${name} is not authorized to perform: ecr:PutImage`,
    )
    expect(refusals(squeeze(all.join('. '))).map(({ what }) => what.caller)).toEqual([
      'anonymous',
      caller,
      caller,
    ])
  })

  it('the caller stands right before it', () => {
    expect(only(`User: ${caller}${filler(2000)} is not authorized to perform: ecr:PutImage`)[0]).toBe(caller)
    expect(only(`User: ${caller}${filler(2100)} is not authorized to perform: ecr:PutImage`)[0]).toBe(
      undefined,
    )
    expect(only(`${caller} is not authorized to perform: ecr:PutImage`)[0]).toBe(caller)
    expect(only(`${caller} said: this is not authorized to perform: ecr:PutImage`)[0]).toBe(undefined)
  })

  it('the reason follows a whole name', () => {
    const on = `${begun} on resource: ${own}`
    expect(only(`${on} because no session policy allows it`)[3]).toBe('SessionPolicy')
    expect(only(`${on} and more because no session policy allows it`).slice(2)).toEqual([own, undefined])
    expect(only(`${begun} because no session policy allows it`)).toEqual([
      ...[caller, 'ecr:PutImage'],
      ...[undefined, 'SessionPolicy'],
    ])
  })

  it.each(['in a', 'in an', 'in the', 'in', ''])('an explicit deny may stand %s policy', (article) => {
    const [found] = refusals(
      squeeze(
        `${begun} on resource: ${own} with an explicit deny ${article} identity-based policy: arn:aws:iam::aws:policy/x`,
      ),
    )
    expect(found?.what).toMatchObject({
      policyType: 'IdentityPolicy',
      explicit: true,
      policy: 'arn:aws:iam::aws:policy/x',
    })
  })

  it('a trust policy is a policy of the resource', () => {
    const [found] = refusals(squeeze(`${begun} because no role trust policy allows it`))
    expect(found?.what).toMatchObject({ policyType: 'ResourcePolicy', explicit: false, policy: undefined })
  })

  it('begins with its caller, and ends with the reason', () => {
    const text = `denied: ${refused('ecr:PutImage')}`
    const { squeezed } = squeeze(text)
    const [found] = refusals(squeeze(text))
    expect(found && squeezed.slice(found.from, found.to)).toBe(
      `${caller}isnotauthorizedtoperform:ecr:PutImageonresource:${own}becausenoidentity-basedpolicy`,
    )
    const [bare] = refusals(squeeze(`it is not authorized to perform: ecr:PutImage, alas`))
    expect(bare && [bare.from, bare.to]).toEqual([2, 40])
  })
})

describe('what is said around a sentence', () => {
  const first = (text: string) => {
    const ready = squeeze(text)
    const [found] = refusals(ready)
    return found && causesOf(ready, found)[0]
  }
  const said = (gap: number, phrase: string) => `${phrase}${filler(gap)} ${refused('ecr:BatchGetImage')}`

  it('counts within 600 characters before and 300 behind', () => {
    expect([500, 600].map((gap) => first(said(gap, 'docker push')))).toEqual([
      'manifest-read-missing-on-push',
      'pull-missing',
    ])
    const behind = (gap: number) => `${refused('ecr:BatchGetImage')}${filler(gap)} failed to push`
    expect([150, 320].map((gap) => first(behind(gap)))).toEqual([
      'manifest-read-missing-on-push',
      'pull-missing',
    ])
  })

  it.each([
    ...['/blobs/uploads/x', 'checking push', 'crane', 'bazel', 'docker push', 'error pushing'],
    ...['failed to push', 'podman push', 'pushing', 'pushing image', 'rules_oci', 'the push refers to'],
  ])('tells of a push: %s', (phrase) => {
    expect(first(said(1, phrase))).toBe('manifest-read-missing-on-push')
  })

  it.each([
    ...['CannotPullContainerError', 'crane pull', 'docker pull', 'error pulling', 'failed to pull'],
    ...['failed to resolve', 'fetching manifest', 'initializing source', 'podman pull'],
    ...['pull access denied', 'pull image', 'pulling', 'pulling from', 'pulling image'],
  ])('tells of a pull, nearer than a push: %s', (phrase) => {
    expect(first(`docker push ${said(1, phrase)}`)).toBe('pull-missing')
    expect(first(`${phrase} ${said(1, 'docker push')}`)).toBe('manifest-read-missing-on-push')
  })

  it.each(['ResourceInitializationError', 'unable to pull secrets'])('tells of a task: %s', (phrase) => {
    expect(first(`${phrase}: ${refused('ecr:GetAuthorizationToken')}`)).toBe('task-start-failed')
  })

  it.each(['AWS Lambda Internal', 'CreateFunction', 'Lambda does not have permission', 'UpdateFunctionCode'])(
    'tells of Lambda: %s',
    (phrase) => {
      const text = refused('ecr:BatchGetImage').replace('identity-based', 'resource-based')
      expect(first(`${phrase}: ${text}`)).toBe('lambda-not-granted')
    },
  )
})

describe('the repository near a place', () => {
  const near = (text: string, reach = 100): string | undefined =>
    repositoryNear(squeeze(text), squeeze(text).folded.indexOf('here'), reach)

  it('is the next one, else the last one, and none that is further away', () => {
    expect(near(`${host}/other here ${host}/app ${host}/more`)).toBe(own)
    expect(near(`${host}/other ${host}/app here`)).toBe(own)
    expect(near(`${host}/app${filler(90)} here`)).toBe(undefined)
    expect(near(`here${filler(50)} ${host}/app`)).toBe(own)
    expect(near(`here${filler(90)} ${host}/app`)).toBe(undefined)
  })

  it.each([
    ...[`${host}/app`, `https://${host}/v2/app/manifests/1`, `${host}/v2/app/blobs/x`],
    ...[`${host}/v2/app/tags/list`, `${host}/v2/app/referrers/x`, `${host}/app:1`, `${host}/app@sha256:12`],
    '111122223333.dkr-ecr.eu-west-1.on.aws/app',
  ])('is read out of %s', (address) => {
    expect(near(`here ${address}`)).toBe(own)
  })

  it.each([
    ...[host, `${host}/App`, '22223333.dkr.ecr.eu-west-1.amazonaws.com/app', '.dkr.ecr/app'],
    ...[`with name 'app' in the registry with id '42'`, `in the registry with id '111122223333'`],
    `with name '${'x'.repeat(301)}' in the registry with id '111122223333'`,
  ])('is not read out of %s', (text) => {
    expect(near(`here ${text}`, 1000)).toBe(undefined)
  })

  it('may be told by its name and the id of its registry', () => {
    const named = (name: string): string => `with name '${name}' in the registry with id '111122223333'`
    expect(near(`here ${named('team/app')}`, 1000)).toBe('arn:aws:ecr:*:111122223333:repository/team/app')
    expect(near(`with name 'x1' here ${named('team/app')}`, 1000)).toBe(
      'arn:aws:ecr:*:111122223333:repository/team/app',
    )
  })
})
