// The process from outside: what a wrong environment looks like to the person who starts it.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { migratedDatabase } from './kit/database.ts'

const start = path.resolve(import.meta.dirname, '../src/start.mjs')
const run = (args: readonly string[], env: Record<string, string>) =>
  spawnSync(process.execPath, [start, ...args], {
    cwd: import.meta.dirname,
    env: { PATH: process.env.PATH ?? '', ...env },
    encoding: 'utf8',
    timeout: 300_000,
  })

describe('npm start', () => {
  it('names every missing variable, no values, and ends with exit code 1', () => {
    const { status, stderr } = run([], { MINIMUM_GROUP: 'hush-one', SLACK_BOT_TOKEN: 'hush-two' })
    expect(status).toBe(1)
    expect(stderr).toContain('4 problems to fix')
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'MINIMUM_GROUP', 'GONG_ACCESS_KEY']) expect(stderr).toContain(name)
    expect(stderr).not.toContain('hush')
  })

  it('does not read a .env that is something else', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'long-env-'))
    writeFileSync(path.join(folder, '.env'), 'A=1\n'.repeat(300_000))
    const { status, stderr } = spawnSync(process.execPath, [start], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '' },
      encoding: 'utf8',
    })
    rmSync(folder, { recursive: true })
    expect({ status, stderr }).toEqual({ status: 1, stderr: '.env is longer than 1 MB, so it holds something else than settings.\n' })
  })

  it('says in words that Gong refuses the key at the first start', async () => {
    const gong = createServer((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"requestId":"r1","errors":["Invalid access key"]}')
    })
    await new Promise<void>((resolve) => gong.listen(0, '127.0.0.1', resolve))
    const databaseUrl = await migratedDatabase()
    const child = spawn(process.execPath, [start], {
      cwd: import.meta.dirname,
      env: {
        PATH: process.env.PATH ?? '',
        SLACK_BOT_TOKEN: 'xoxb-1',
        SLACK_APP_TOKEN: 'xapp-1',
        GONG_ACCESS_KEY: 'k',
        GONG_ACCESS_KEY_SECRET: 's',
        GONG_BASE_URL: `http://127.0.0.1:${(gong.address() as AddressInfo).port}/v2`,
        DATABASE_URL: databaseUrl,
      },
    })
    let said = ''
    let logged = ''
    child.stdout.on('data', (chunk) => {
      logged += chunk
    })
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(1)
    expect(said).toContain('Gong refused')
    const { version } = JSON.parse(readFileSync(path.resolve(start, '../../package.json'), 'utf8')) as { version: string }
    expect(JSON.parse(logged.split('\n')[0] ?? '')).toMatchObject({ msg: 'gong-digest starts', version })
    expect(said).toContain('npm run doctor shows what to do')
    expect(said).not.toContain('a bug ended')
    gong.closeAllConnections()
    await new Promise((resolve) => gong.close(resolve))
  })
})

describe('a word after start.mjs', () => {
  const usages = [
    'npm start',
    'npm run demo',
    'npm run setup',
    'npm run doctor',
    'npm run preview',
    'npm run forget',
    'npm run move-to-postgres',
  ]

  it.each(['help', '--help', '-h'])('%s lists every command with a line of its own', (word) => {
    const { status, stdout } = run([word], {})
    expect(status).toBe(0)
    for (const usage of usages) expect(stdout).toMatch(new RegExp(`^  ${usage}.*  [A-Z].*\\.$`, 'm'))
  })

  it.each([
    ['dmeo', 'demo'],
    ['docter', 'doctor'],
    ['move-to-postgre', 'move-to-postgres'],
    ['--hlep', '--help'],
  ])('%s is unknown: the nearest command is %s, and all are listed', (word, meant) => {
    const { status, stderr } = run([word], {})
    expect(status).toBe(1)
    expect(stderr).toContain(`no command ${word}. Did you mean ${meant}?`)
    for (const usage of usages) expect(stderr).toContain(usage)
  })

  it('that is near to nothing gets the list alone', () => {
    const { status, stderr } = run(['constructor'], {})
    expect(status).toBe(1)
    expect(stderr).not.toContain('Did you mean')
    expect(stderr).toContain('npm run demo')
  })

  it('every script of package.json that starts a command names one there is', () => {
    const { scripts } = JSON.parse(readFileSync(path.resolve(start, '../../package.json'), 'utf8')) as { scripts: Record<string, string> }
    const started = Object.values(scripts).flatMap((script) => /src\/start\.mjs(?: ([\w-]+))?$/.exec(script)?.[1] ?? [])
    const { stdout } = run(['help'], {})
    expect(started.length).toBeGreaterThan(5)
    for (const command of started) expect(stdout).toMatch(new RegExp(`^  npm run ${command}\\b`, 'm'))
  })

  it.each(['setup', 'doctor', 'forget', 'gong-login', 'move-to-postgres', 'start'])(
    '%s --help explains that command and starts nothing',
    (command) => {
      const { status, stdout, stderr } = run([command, '--help'], {})
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(stdout.trim().split('\n')).toHaveLength(1)
      expect(stdout).toContain(command)
    },
  )
})

describe('packages that are not there', () => {
  const { dependencies } = JSON.parse(readFileSync(path.resolve(start, '../../package.json'), 'utf8')) as { dependencies: object }

  it('after npm ci --omit=dev the demo says in words what to do', () => {
    const folder = installed(Object.keys(dependencies))
    const { status, stderr } = runIn(folder, 'demo')
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /^The package \S+ is not installed: npm ci --omit=dev leaves it out\. Run npm ci without --omit=dev, then try again\.\n$/,
    )
  })

  it.each(['start', 'doctor', 'demo'])('before npm ci %s says to run it', (command) => {
    const { status, stderr } = runIn(installed([]), command)
    expect(status).toBe(1)
    expect(stderr).toBe('The packages are not installed. Run npm ci first.\n')
  })
})

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A copy of the source that sees these packages only. */
function installed(packages: readonly string[]): string {
  const root = path.resolve(start, '../..')
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gong-digest-start-'))
  folders.push(folder)
  cpSync(path.join(root, 'src'), path.join(folder, 'src'), { recursive: true })
  cpSync(path.join(root, 'package.json'), path.join(folder, 'package.json'))
  for (const name of packages) {
    mkdirSync(path.dirname(path.join(folder, 'node_modules', name)), { recursive: true })
    symlinkSync(path.join(root, 'node_modules', name), path.join(folder, 'node_modules', name))
  }
  return folder
}

const runIn = (folder: string, command: string) =>
  spawnSync(process.execPath, ['src/start.mjs', command], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '' },
    encoding: 'utf8',
    timeout: 300_000,
  })
