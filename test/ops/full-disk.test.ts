// A disk without room for the embedded database: at the very first start, and while the service runs. The disk is a small one in memory,
// mounted for the service's process alone, which takes util-linux and a kernel that lets users mount in a namespace of their own.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { startSimulators } from '../cli/simulators.ts'
import { layEmptyStore } from '../kit/empty-store.ts'
import { freePort } from '../kit/free-port.ts'

const canMount = process.platform === 'linux' && spawnSync('unshare', ['--map-root-user', '--mount', 'true']).status === 0
const start = path.resolve(import.meta.dirname, '../../src/start.mjs')
const folder = mkdtempSync(path.join(tmpdir(), 'full-disk-'))
let world: Awaited<ReturnType<typeof startSimulators>>
let service: ChildProcess | undefined
beforeAll(async () => {
  world = await startSimulators(systemClock.now())
})
afterEach(() => void service?.kill('SIGKILL'))
afterAll(async () => {
  await world?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The service with its data on a disk of so many megabytes, which ends with the process; `laid`: what is there before it starts. */
function startOn(megabytes: number, env: Record<string, string> = {}, laid = '') {
  const mounted = `mount -t tmpfs -o size="$0" tmpfs "$DATA_DIR" && ${laid && `cp -r '${laid}/.' "$DATA_DIR" && `}exec "$@"`
  const args = ['--map-root-user', '--mount', 'sh', '-c', mounted, `${megabytes}m`, process.execPath, '--max-semi-space-size=16', start]
  const child = spawn('unshare', args, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...(world.environment as Record<string, string>), DATA_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  service = child
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk
    })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return { ended, said: () => said, disk: `/proc/${child.pid}/root${folder}` }
}

/** Takes all room there is; the returned function gives it back. */
function fill(disk: string): () => void {
  const file = path.join(disk, 'filler')
  const filler = openSync(file, 'w')
  try {
    for (const size of [1_048_576, 4096]) {
      try {
        for (;;) writeSync(filler, Buffer.alloc(size, 1))
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC')
      }
    }
  } finally {
    closeSync(filler)
  }
  return () => rmSync(file)
}

describe.runIf(canMount)('a disk without room', () => {
  it('at the first start is one sentence with a remedy', async () => {
    const { ended, said } = startOn(8)
    expect(await ended).toBe(1)
    expect(said()).toMatch(
      /gong-digest cannot start\. 1 problem to fix:\n {2}· DATA_DIR: the disk has no room left for the embedded database/,
    )
    expect(said()).not.toMatch(/\n\s+at |A bug|a bug/)
  })

  it('while it runs is said at /readyz, and is over with the next room', async () => {
    const healthPort = await freePort()
    const laid = mkdtempSync(path.join(tmpdir(), 'laid-'))
    await layEmptyStore(laid)
    const { ended, said, disk } = startOn(160, { HEALTH_PORT: String(healthPort) }, laid)
    const readyz = () =>
      fetch(`http://127.0.0.1:${healthPort}/readyz`).then(
        (answer) => answer.text(),
        () => said().slice(-1500),
      )
    await expect.poll(readyz, { interval: 250 }).toBe('ready\n')
    rmSync(laid, { recursive: true })
    const giveBack = fill(disk)
    await expect.poll(readyz, { interval: 250 }).toContain('The disk of the database is full. Free some room there.')
    giveBack()
    await expect.poll(readyz, { interval: 250 }).toBe('ready\n')
    expect(said()).not.toMatch(/a bug/)
    service?.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})
