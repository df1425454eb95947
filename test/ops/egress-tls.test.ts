// The service in a company that lets nothing out but through its proxy, and reads its traffic under an authority of its own: Gong, the
// Web API, Socket Mode and answers over https and wss, every byte of them through CONNECT.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { startSimulators } from '../cli/simulators.ts'
import { migratedDatabase } from '../kit/database.ts'
import { connectProxy, hasOpenssl, httpsBefore, ownAuthority } from '../kit/way-out.ts'

const start = path.resolve(import.meta.dirname, '../../src/start.mjs')

describe.runIf(hasOpenssl)('behind a proxy and an own authority', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'egress-'))
  const closers: (() => unknown)[] = [() => rmSync(folder, { recursive: true })]
  let world: Awaited<ReturnType<typeof startSimulators>>
  let proxy: Awaited<ReturnType<typeof connectProxy>>
  let environment: Record<string, string>
  let fronts: { slack: string; gong: string }
  let certificateFile = ''
  beforeAll(async () => {
    world = await startSimulators(systemClock.now())
    const authority = ownAuthority()
    proxy = await connectProxy()
    const slack = await httpsBefore(new URL(world.slack.apiUrl).origin, authority)
    const gong = await httpsBefore(new URL(world.gong.baseUrl).origin, authority)
    closers.push(
      () => authority.remove(),
      () => world.stop(),
      () => proxy.close(),
      slack.close,
      gong.close,
    )
    world.slack.setAnswerOrigin(slack.origin)
    fronts = { slack: new URL(slack.origin).host, gong: new URL(gong.origin).host }
    certificateFile = authority.certificateFile
    environment = {
      ...Object.fromEntries(Object.entries(world.environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
      PATH: process.env.PATH ?? '',
      SLACK_API_URL: `${slack.origin}/api`,
      GONG_BASE_URL: `${gong.origin}${new URL(world.gong.baseUrl).pathname}`,
      HTTPS_PROXY: proxy.url,
      DATABASE_URL: await migratedDatabase(),
    }
  })
  afterAll(async () => {
    for (const close of closers.reverse()) await close()
  })

  it('starts, opens its socket and answers a command, and nothing goes beside the proxy', async () => {
    const child = spawn(process.execPath, [start], { cwd: folder, env: { ...environment, NODE_EXTRA_CA_CERTS: certificateFile } })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk
      })
    const ended = new Promise((resolve) => child.on('close', resolve))
    try {
      await expect.poll(() => output).toContain('gong-digest is ready')
      const { managerId, managerChannelId } = world.workspace
      expect(world.slack.isSocketConnected()).toBe(true)
      expect(await world.slack.type(managerId, managerChannelId, '/gong-stats nonsense')).toMatchObject({ type: 'acknowledged' })
      await world.slack.until(() => world.slack.messages(managerChannelId, managerId).length > 0)
    } finally {
      child.kill('SIGTERM')
      await ended
    }
    // All of it was asked of the proxy, the address of a command's answer included.
    expect(proxy.tunnels.filter((to) => to === fronts.slack).length).toBeGreaterThanOrEqual(3)
    expect(proxy.tunnels).toContain(fronts.gong)
    expect(new Set(proxy.tunnels)).toEqual(new Set([fronts.slack, fronts.gong]))
  })

  it('does not start, and says why, where the authority is not known', async () => {
    // Gong over plain http here, so that it is Slack's certificate which is not known.
    const child = spawn(process.execPath, [start], { cwd: folder, env: { ...environment, GONG_BASE_URL: world.gong.baseUrl } })
    let output = ''
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(1)
    expect(output).toContain('SLACK_API_URL cannot be reached')
  })
})
