/**
 * The package in a browser: a page that imports the bundled package asks whether a role can pull, and shows the answer.
 *
 * The browser is one out of npm, with its own system libraries, unpacked into a folder of this test.
 */
import { createServer, type Server } from 'node:http'
import { spawn } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { install, pack } from './packed.js'
import { newFolder, plant, remove, root, tool } from './scratch.js'

const page = `
import { Algebra, Document, Ecr } from 'ecr-policy'

const allow = (Action) =>
  Document.parseOrThrow({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } }, 'managed')
const app = Ecr.Repository.parseOrThrow('111122223333.dkr.ecr.eu-west-1.amazonaws.com/app')
const asked = (Action) =>
  Ecr.canPull(
    Ecr.accessOrThrow({ principal: 'arn:aws:iam::111122223333:role/node', identityPolicies: [allow(Action)] }),
    app,
  )
const pulling = ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']

globalThis.answers = {
  whole: asked(pulling).allowed,
  half: Ecr.explain(asked(pulling.slice(0, 2))).split('\\n').at(-1),
  relation: Algebra.compare(allow(pulling), allow('ecr:*')).relation,
  isBrowser: navigator.userAgent.includes('Chrome'),
}
`

const bundled = async (folder: string): Promise<string> => {
  plant(folder, { 'page.js': page })
  const result = await build({
    configFile: false,
    root: folder,
    logLevel: 'silent',
    build: { write: false, lib: { entry: join(folder, 'page.js'), formats: ['es'] } },
  })
  return (Array.isArray(result) ? result : [result])
    .flatMap((built) => ('output' in built ? built.output : []))
    .map((chunk) => ('code' in chunk ? chunk.code : ''))
    .join('\n')
}

const serving = (code: string): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer(({ url }, response) => {
      const isPage = url === '/'
      response.setHeader('content-type', isPage ? 'text/html' : 'text/javascript')
      response.end(
        isPage
          ? '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>'
          : code,
      )
    }).listen(0, '127.0.0.1', () => {
      resolve(server)
    })
  })

interface Shown {
  readonly answers: unknown
  readonly complaints: readonly string[]
}

const shown = (address: string, folder: string): Promise<Shown> =>
  new Promise((resolve, reject) => {
    // Told so, the package of the browser unpacks the libraries that the browser needs as well.
    const asked = { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x', TMPDIR: folder }
    const child = spawn(tool('tsx'), [join(root, 'test', 'package', 'openPage.ts'), address], {
      cwd: root,
      env: { ...process.env, ...asked, NODE_OPTIONS: '' },
    })
    const [out, err]: [string[], string[]] = [[], []]
    child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(out.join('')) as Shown)
      else reject(new Error(err.join('')))
    })
  })

let folder = ''
let tarball = ''
let project = ''
let server: Server | undefined
beforeAll(() => {
  folder = newFolder()
  tarball = pack()
  project = install(tarball, [])
})
afterAll(() => {
  server?.close()
  ;[folder, dirname(tarball), project].forEach(remove)
})

describe('in a browser', () => {
  it('a page answers who can pull', async () => {
    server = await serving(await bundled(project))
    const { port } = server.address() as AddressInfo
    const { answers, complaints } = await shown(`http://127.0.0.1:${port}/`, folder)
    expect(complaints).toStrictEqual([])
    expect(answers).toStrictEqual({
      whole: true,
      half: '  To mend: in an identity-based policy of arn:aws:iam::111122223333:role/node, on arn:aws:ecr:eu-west-1:111122223333:repository/app, allow ecr:GetDownloadUrlForLayer',
      relation: 'Narrower',
      isBrowser: true,
    })
  })
})
