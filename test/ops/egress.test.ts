// The way out: everything to Slack and Gong through a CONNECT proxy when one is set, and an own certificate authority where a company
// reads its traffic. All on loopback.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { openEgress } from '../../src/gong/pool.ts'
import { createLog } from '../../src/log.ts'
import { startSimulators } from '../cli/simulators.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

/** A proxy that tunnels and remembers where to. */
async function connectProxy(): Promise<{ readonly url: string; readonly tunnels: string[] }> {
  const tunnels: string[] = []
  // Gong over plain http, as here, is asked by its whole address instead of a tunnel; over https it is a tunnel too.
  const server = createServer((incoming, response) => {
    tunnels.push(new URL(incoming.url ?? '').host)
    const { method, headers } = incoming
    const onward = request(incoming.url ?? '', { ...(method !== undefined && { method }), headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    incoming.pipe(onward)
  })
  server.on('connect', (asked, client, head) => {
    tunnels.push(asked.url ?? '')
    const [host, port] = (asked.url ?? '').split(':')
    const upstream = connect({ host: host ?? '', port: Number(port) }, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      upstream.write(head)
      upstream.pipe(client)
      client.pipe(upstream)
    })
    upstream.on('error', () => client.destroy())
    client.on('error', () => upstream.destroy())
  })
  return { url: `http://127.0.0.1:${await listening(server)}`, tunnels }
}

describe('HTTPS_PROXY', () => {
  it('carries the Web API, Socket Mode and Gong', async () => {
    const world = await startSimulators()
    closers.push(() => world.stop())
    const proxy = await connectProxy()
    const config = readConfig({ ...world.environment, HTTPS_PROXY: proxy.url })
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
  }, 60_000)

  it('leaves out the hosts of NO_PROXY, and carries forms with files', async () => {
    const seen: string[] = []
    const port = await listening(
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
    const proxy = await connectProxy()
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
    expect(openEgress({}).fetch).toBeUndefined()
    expect(openEgress({}).dispatcher).toBeUndefined()
  })
})

const openssl = (() => {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8' }).startsWith('OpenSSL')
  } catch {
    return false
  }
})()

describe.runIf(openssl)('NODE_EXTRA_CA_CERTS', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ca-'))
  const file = (name: string) => path.join(folder, name)
  beforeAll(() => {
    const run = (args: string) => execFileSync('openssl', args.split(' '), { cwd: folder, stdio: 'ignore' })
    run('req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=own-authority')
    run('req -newkey rsa:2048 -nodes -keyout host.key -out host.csr -subj /CN=localhost -addext subjectAltName=DNS:localhost')
    run('x509 -req -in host.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out host.pem -days 2 -copy_extensions copy')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('lets Gong and Slack be reached behind an own authority, and nothing else does', async () => {
    const server = createTlsServer({ key: readFileSync(file('host.key')), cert: readFileSync(file('host.pem')) }, (_request, response) =>
      response.end('answered'),
    )
    const port = await listening(server as unknown as Server)
    const root = path.resolve(import.meta.dirname, '../..')
    const script = `
      import { request } from 'undici'
      import { openPool } from ${JSON.stringify(path.join(root, 'src/gong/pool.ts'))}
      const told = (work) => work.then((text) => text, () => 'refused')
      const gong = await told(request('https://localhost:${port}/', { dispatcher: openPool() }).then(({ body }) => body.text()))
      const slack = await told(fetch('https://localhost:${port}/').then((answer) => answer.text()))
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
    expect(await run({ NODE_EXTRA_CA_CERTS: file('ca.pem') })).toBe('answered answered')
    expect(await run({})).toBe('refused refused')
  }, 30_000)
})
