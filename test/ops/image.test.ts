// The Dockerfile's steps without a Docker engine: the same copies into a clean folder, production packages only, a read-only source, and
// the started service answers /readyz. Set IMAGE_TEST=install to fetch the packages anew (npm ci, as the Dockerfile does; needs the
// registry); otherwise those of the lockfile's production part are copied from node_modules.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { startSimulators } from '../cli/simulators.ts'
import { layEmptyStore } from '../kit/empty-store.ts'

const root = path.resolve(import.meta.dirname, '../..')
const ignored = readFileSync(path.join(root, '.dockerignore'), 'utf8').split('\n').filter(Boolean)
/** As Docker leaves it out of what COPY can see: by whole paths from the top, with `*` within a name. */
const isIgnored = (file: string): boolean => ignored.some((pattern) => path.matchesGlob(path.relative(root, file), pattern))
const dockerfile = readFileSync(path.join(root, 'Dockerfile'), 'utf8')
const image = mkdtempSync(path.join(tmpdir(), 'image-'))
const app = path.join(image, 'app')
const data = path.join(image, 'data')
let world: Awaited<ReturnType<typeof startSimulators>>

beforeAll(async () => {
  world = await startSimulators(systemClock.now())
  mkdirSync(app)
  mkdirSync(data)
  chmodSync(image, 0o755)
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) (\S+)$/gm)].flatMap(([, files]) => (files ?? '').split(' '))
  for (const file of copied) cpSync(path.join(root, file), path.join(app, file), { recursive: true, filter: (from) => !isIgnored(from) })
  if (process.env.IMAGE_TEST === 'install') {
    const [, command = ''] = /^RUN (npm ci [^&]+)/m.exec(dockerfile) ?? []
    const done = spawnSync(command, { cwd: app, shell: true, encoding: 'utf8', timeout: 300_000 })
    if (done.status !== 0) throw new Error(`${command}: ${done.stderr.slice(-2000)}`)
  } else installFromHere()
})
afterAll(async () => {
  await world?.stop()
  spawnSync('chmod', ['-R', 'u+w', image])
  rmSync(image, { recursive: true, force: true })
})

/** Copies what the lockfile marks as needed in production. */
function installFromHere(): void {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean; optional?: boolean }>
  }
  for (const [where, { dev, devOptional, optional }] of Object.entries(packages)) {
    const isNested = where.split('node_modules/').length > 2
    if (!where.startsWith('node_modules/') || dev || devOptional || optional || isNested || !existsSync(path.join(root, where))) continue
    cpSync(path.join(root, where), path.join(app, where), { recursive: true })
  }
}

const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('the image', () => {
  it('is small, runs as an ordinary user on a read-only folder, answers /readyz and stops at SIGTERM', async () => {
    const megabytes = Number(spawnSync('du', ['-sm', app], { encoding: 'utf8' }).stdout.split('\t')[0])
    const said = Number(/(\d+) MB on disk, on top of/.exec(readFileSync(path.join(root, 'README.md'), 'utf8'))?.[1])
    expect(Math.abs(megabytes - said)).toBeLessThan(said / 10)
    expect(existsSync(path.join(app, 'node_modules/typescript'))).toBe(false)
    const isRoot = process.getuid?.() === 0
    const nobody = 65_534
    await layEmptyStore(data)
    if (isRoot) spawnSync('chown', ['-R', `${nobody}:${nobody}`, data])
    spawnSync('chmod', ['-R', 'a-w,a+rX', app])
    const healthPort = await freePort()
    const [, command = ''] = /^CMD (\[.+\])$/m.exec(dockerfile) ?? []
    const [, ...args] = JSON.parse(command) as string[]
    const { DATA_DIR: _memory, ...environment } = world.environment
    const child = spawn(process.execPath, args, {
      cwd: app,
      env: {
        ...(environment as Record<string, string>),
        NODE_ENV: 'production',
        DATA_DIR: data,
        HEALTH_PORT: String(healthPort),
        HOME: data,
        TMPDIR: data,
      },
      ...(isRoot && { uid: nobody, gid: nobody }),
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    try {
      await expect
        .poll(
          () =>
            fetch(`http://127.0.0.1:${healthPort}/readyz`).then(
              (answer) => answer.text(),
              () => output.slice(-1500),
            ),
          { interval: 250 },
        )
        .toBe('ready\n')
    } finally {
      child.kill('SIGTERM')
    }
    expect(await ended).toBe(0)
  })

  it('is asked whether it lives, not whether Slack does, at whatever port health has; without one it counts as alive', async () => {
    const [, check = ''] = /^HEALTHCHECK .*? CMD (\[.+\])$/m.exec(dockerfile) ?? []
    const [, ...args] = JSON.parse(check) as string[]
    const asked: (string | undefined)[] = []
    const server = createHttpServer((request, response) => {
      asked.push(request.url)
      response.writeHead(request.url === '/healthz' ? 200 : 503).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const run = (env: Record<string, string>) =>
      new Promise<number | null>((resolve) => {
        spawn(process.execPath, args, { env: { PATH: process.env.PATH ?? '', ...env } }).on('close', resolve)
      })
    expect(await run({ HEALTH_PORT: String(port), HEALTH_HOST: '0.0.0.0' })).toBe(0)
    expect(await run({ HEALTH_PORT: String(port), HEALTH_HOST: '127.0.0.1' })).toBe(0)
    expect(asked).toEqual(['/healthz', '/healthz'])
    await new Promise((resolve) => server.close(resolve))
    expect(await run({ HEALTH_PORT: String(port) })).toBe(1)
    expect(await run({ HEALTH_PORT: '' })).toBe(0)
  })

  it.each([['demo'], ['preview', 'team', '--demo']])('leaves the sandbox out and says so in words: %s', (...args) => {
    const { status, stderr, stdout } = spawnSync(process.execPath, ['src/start.mjs', ...args], {
      cwd: app,
      env: { PATH: process.env.PATH ?? '' },
      encoding: 'utf8',
      timeout: 300_000,
    })
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: 'The simulated Gong and Slack are not part of the container image. Run this in a clone of the repository, after npm ci.\n',
    })
  })

  it('keeps out what does not belong: secrets, tests, data, the repository itself', () => {
    for (const entry of ['.env', '.env.*', 'data', 'test', 'src/sandbox', 'node_modules', '.git']) expect(ignored).toContain(entry)
    expect(dockerfile).toMatch(/^USER node$/m)
    expect(dockerfile).toMatch(/^HEALTHCHECK /m)
    expect(dockerfile).toMatch(/^VOLUME \/data$/m)
  })
})
