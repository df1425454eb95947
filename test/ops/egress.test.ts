// The way out: everything to Slack and Gong through a CONNECT proxy when one is set, and an own certificate authority where a company
// reads its traffic. All on loopback.
import { spawn } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config/config.ts'
import { openEgress } from '../../src/egress.ts'
import { createLog } from '../../src/log.ts'
import { startSimulators } from '../cli/simulators.ts'
import { listening } from '../kit/listening.ts'
import { usualDatabaseSetting } from '../kit/store.ts'
import { connectProxy, hasOpenssl, type OwnAuthority, ownAuthority } from '../kit/way-out.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const proxied = async () => {
  const proxy = await connectProxy()
  closers.push(proxy.close)
  return proxy
}
const listeningOn = async (server: Server): Promise<number> => {
  const { port, close } = await listening(server)
  closers.push(close)
  return port
}

describe('HTTPS_PROXY', () => {
  it('carries the Web API, Socket Mode and Gong', async () => {
    const world = await startSimulators(systemClock.now())
    closers.push(() => world.stop())
    const proxy = await proxied()
    const config = readConfig({ ...world.environment, ...(await usualDatabaseSetting()), HTTPS_PROXY: proxy.url })
    const app = await startApp(config, { clock: world.clock, log: createLog('silent'), heartbeat: false })
    closers.push(() => app.stop())
    const { managerId, managerChannelId } = world.workspace
    await world.slack.type(managerId, managerChannelId, '/gong-stats nonsense')
    await app.idle()
    expect(world.slack.messages(managerChannelId, managerId).length).toBe(1)
    expect(world.slack.isSocketConnected()).toBe(true)
    const [slackHost, gongHost] = [new URL(world.slack.apiUrl).host, new URL(world.gong.baseUrl).host]
    expect(proxy.tunnels.filter((to) => to === slackHost).length).toBeGreaterThanOrEqual(2)
    expect(proxy.tunnels).toContain(gongHost)
  })

  it('leaves out the hosts of NO_PROXY, and carries forms with files', async () => {
    const seen: string[] = []
    const port = await listeningOn(
      createServer((request, response) => {
        let body = ''
        request.on('data', (chunk) => {
          body += chunk
        })
        request.on('end', () => {
          seen.push(body)
          response.end('ok')
        })
      }),
    )
    const proxy = await proxied()
    const form = new FormData()
    form.set('file', new Blob(['a;b']), 'figures.csv')
    const through = openEgress({ httpsProxy: proxy.url })
    closers.push(() => through.close())
    expect(await (await through.fetch?.(`http://127.0.0.1:${port}/`, { method: 'POST', body: form }))?.text()).toBe('ok')
    expect(seen[0]).toContain('figures.csv')
    expect(proxy.tunnels).toEqual([`127.0.0.1:${port}`])
    const direct = openEgress({ httpsProxy: proxy.url, noProxy: '127.0.0.1' })
    closers.push(() => direct.close())
    expect(await (await direct.fetch?.(`http://127.0.0.1:${port}/`))?.text()).toBe('ok')
    expect(proxy.tunnels.length).toBe(1)
  })

  it('is nothing of its own without a proxy', () => {
    expect(openEgress({}).dispatcher).toBeUndefined()
    expect(openEgress({}).dispatcher).toBeUndefined()
  })
})

describe.runIf(hasOpenssl)('NODE_EXTRA_CA_CERTS', () => {
  let authority: OwnAuthority
  beforeAll(() => {
    authority = ownAuthority()
  })
  afterAll(() => authority.remove())

  it('lets Gong and Slack be reached behind an own authority, and nothing else does', async () => {
    const server = createTlsServer(authority.host, (_request, response) => response.end('answered'))
    const port = await listeningOn(server as unknown as Server)
    const root = path.resolve(import.meta.dirname, '../..')
    const script = `
      import { request } from 'undici'
      import { openPool } from ${JSON.stringify(path.join(root, 'src/egress.ts'))}
      const textOf = (work) => work.then((text) => text, () => 'refused')
      const gong = await textOf(request('https://localhost:${port}/', { dispatcher: openPool() }).then(({ body }) => body.text()))
      const slack = await textOf(fetch('https://localhost:${port}/').then((answer) => answer.text()))
      console.log(gong, slack)
      process.exit(0)`
    const run = (env: Record<string, string>) =>
      new Promise<string>((resolve) => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
          cwd: root,
          env: { PATH: process.env.PATH ?? '', ...env },
        })
        let out = ''
        child.stdout.on('data', (chunk) => {
          out += chunk
        })
        child.on('close', () => resolve(out.trim()))
      })
    expect(await run({ NODE_EXTRA_CA_CERTS: authority.certificateFile })).toBe('answered answered')
    expect(await run({})).toBe('refused refused')
  })
})
