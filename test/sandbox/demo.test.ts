// `npm run demo` as a process: what it prints, which port it takes, and that a second start with `--data` goes on where the first was left.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layEmptyStore } from '../kit/empty-store.ts'

const root = path.resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(path.join(os.tmpdir(), 'gong-digest-two-starts-'))
const started = new Set<ChildProcess>()
afterAll(async () => {
  for (const child of started) if (child.exitCode === null) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

interface Started {
  readonly url: string
  readonly said: { out: string; err: string }
  stop(): Promise<number | null>
}

function run(words: readonly string[]): { child: ChildProcess; said: { out: string; err: string } } {
  const child = spawn(process.execPath, ['src/start.mjs', 'demo', ...words], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  started.add(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    said.out += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    said.err += String(chunk)
  })
  return { child, said }
}

async function startDemo(...words: string[]): Promise<Started> {
  const { child, said } = run(words)
  const ended = once(child, 'exit')
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', () => said.out.includes('Ctrl-C stops it') && resolve())
    child.once('exit', () => resolve())
  })
  const url = /Open (\S+)/.exec(said.out)?.[1]
  if (url === undefined) throw new Error(said.err)
  return {
    url,
    said,
    async stop() {
      child.kill('SIGTERM')
      const [code] = await ended
      return code
    },
  }
}

describe('npm run demo', () => {
  const taken = createServer()
  const portOf = () => (taken.address() as AddressInfo).port
  const data = path.join(folder, 'data')
  let first: Started
  beforeAll(async () => {
    await once(taken.listen(0, '127.0.0.1'), 'listening')
    await layEmptyStore(data)
    first = await startDemo('--people', '14', '--port', String(portOf()), '--data', data)
  })
  afterAll(() => void taken.close())

  it('answers under the names of this machine alone, so that no foreign page can be made to lead here', async () => {
    const { port } = new URL(first.url)
    const statusFor = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        request({ port, host: '127.0.0.1', path: '/regions', headers: { host } }, (answer) => resolve(answer.resume().statusCode))
          .once('error', reject)
          .end()
      })
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example'])
      expect([host, await statusFor(host)]).toEqual([host, 421])
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
      expect([host, await statusFor(host)]).toEqual([host, 200])
  })

  it('says what it does, takes the next free port, is quiet on stderr, and goes on where it was left', async () => {
    expect(first.said.out).toMatch(/^Starting: a company with its calls … the app … .*Monday's digest … ready in [\d.]+ s\n\n {2}Open http/)
    expect(Number(new URL(first.url).port)).toBeGreaterThan(portOf())
    const seen = await (await fetch(first.url)).text()
    const manager = /data-as="([^"]+)" data-in="([^"]+)"/.exec(seen)
    const [, as = '', channelId = ''] = manager ?? []
    const act = (body: object) => fetch(new URL('/act', first.url), { method: 'POST', body: JSON.stringify({ as, ...body }) })
    await act({ type: 'say', channelId, text: 'See you at the fair' })
    const later = /data-jump="([^"]+)" data-jump-id="day"/.exec(seen)?.[1]
    await act({ type: 'clock', to: later })
    expect([await first.stop(), first.said.err]).toEqual([0, ''])

    const second = await startDemo('--people', '14', '--port', '0', '--data', data)
    const again = await (await fetch(second.url)).text()
    expect(second.said.out).not.toContain("Monday's digest")
    expect(again).toContain('See you at the fair')
    // The digest's first words, in the message itself.
    const digest = />([^<>]+ team · \d[^<>]+)</.exec(seen)?.[1] ?? 'no digest'
    expect(again.split(digest)).toHaveLength(2)
    // Tuesday and a day.
    expect(/id="clock"[^>]*>([^<]+)</.exec(again)?.[1]).toMatch(/^Wed .*, 09:40$/)
    expect([await second.stop(), second.said.err]).toEqual([0, ''])

    const other = run(['--people', '15', '--port', '0', '--data', data])
    await once(other.child, 'exit')
    expect(other.said.err).toContain('keeps the company of --people 14 --seed 3 --contract documented')
    expect(other.child.exitCode).toBe(1)
  })
})
