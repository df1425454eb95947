// Asked to stop before it is ready, at the point where starts take longest: while Slack's socket is being opened. It ends well, and has closed
// what it had opened.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config/config.ts'
import { startSimulators, unpaced } from '../cli/simulators.ts'
import { between } from '../kit/between.ts'
import { layEmptyStore } from '../kit/empty-store.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { usualDatabaseSetting } from '../kit/store.ts'

const main = path.resolve(import.meta.dirname, '../../src/start.mjs')
const closers: (() => Promise<unknown>)[] = []
let world: Awaited<ReturnType<typeof startSimulators>>
let folder = ''
beforeAll(async () => {
  world = await startSimulators(systemClock.now())
  folder = await mkdtemp(path.join(tmpdir(), 'gong-digest-stop-'))
  closers.push(
    () => world.stop(),
    () => rm(folder, { recursive: true, force: true }),
  )
})
afterAll(async () => {
  for (const close of closers.reverse()) await close()
})

/** The simulated Slack, which never answers who opens a socket from the `from`th time on. `asked` resolves when one is kept waiting. */
async function slackThatKeepsSocketsWaiting(from: number) {
  const asked = Promise.withResolvers<ServerResponse>()
  let opens = 0
  const { origin, close } = await between(world.slack.apiUrl, (path) => {
    if (!path.endsWith('/apps.connections.open')) return undefined
    opens += 1
    return opens < from ? undefined : (response) => asked.resolve(response)
  })
  closers.push(close)
  return { asked: asked.promise, apiUrl: `${origin}/api` }
}

it.each([
  ['its token is checked', 1],
  ['it is opened', 2],
])('ends with 0 and closes the database when it is stopped while %s', async (_when, from) => {
  const { asked, apiUrl } = await slackThatKeepsSocketsWaiting(from)
  const dataDir = path.join(folder, `data-${from}`)
  await layEmptyStore(dataDir)
  const child = spawn(process.execPath, [main], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...world.environment, SLACK_API_URL: apiUrl, DATA_DIR: dataDir },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (words: Buffer) => {
      said += words
    })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  await Promise.race([asked, ended.then((code) => Promise.reject(new Error(`ended with ${code}: ${said}`)))])
  expect(existsSync(path.join(dataDir, 'running'))).toBe(true)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(said).not.toMatch(/"level":(50|60)|is ready/)
  // The mark of a process that has the database open goes as the last thing.
  expect(existsSync(path.join(dataDir, 'running'))).toBe(false)
})

/** A start in this process, while Slack keeps it waiting. */
async function startKeptWaiting(from: number) {
  const { asked, apiUrl } = await slackThatKeepsSocketsWaiting(from)
  const { log, lines } = keptLog()
  const stopping = new AbortController()
  const config = readConfig({ ...world.environment, ...(await usualDatabaseSetting()), SLACK_API_URL: apiUrl })
  const starting = startApp(config, { clock: world.clock, log, stopSignal: stopping.signal, ...unpaced })
  const waiting = await Promise.race([asked, starting.then(() => Promise.reject(new Error('it started')))])
  const errors = () => lines.filter((line) => JSON.parse(line).level >= 50)
  return { starting, waiting, errors, stop: () => stopping.abort(new Error('asked to stop')) }
}

describe.each([
  ['its token is checked', 1],
  ['it is opened', 2],
])('stopped while %s', (_when, from) => {
  it('waits for no answer of Slack', async () => {
    const { starting, waiting, errors, stop } = await startKeptWaiting(from)
    stop()
    await expect(starting).rejects.toThrow('asked to stop')
    // Slack has not answered, and nobody has given it up either: that would be ten seconds later.
    expect([waiting.writableEnded, waiting.destroyed]).toEqual([false, false])
    expect(errors()).toEqual([])
  })

  it('ends as one that was stopped, whatever fails for want of the database that is closed', async () => {
    const { starting, waiting, errors, stop } = await startKeptWaiting(from)
    stop()
    waiting.destroy()
    await expect(starting).rejects.toThrow('asked to stop')
    expect(errors()).toEqual([])
  })
})
