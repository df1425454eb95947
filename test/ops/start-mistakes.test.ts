// What an operator can get wrong about a start: one sentence that names the thing and the remedy. That a process prints just that and ends
// with exit code 1 is the same for all of them, and is shown once for each database.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config/config.ts'
import { problemsOf } from '../../src/problems.ts'
import { isDiskFull, isPassing, postgresProblem } from '../../src/store/database/opening-problems.ts'
import { startSimulators, unpaced } from '../cli/simulators.ts'
import { migratedDatabase } from '../kit/database.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { runCommand } from '../kit/terminal.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'start-mistakes-'))
let world: Awaited<ReturnType<typeof startSimulators>>
const taken = createServer()
/** None of the mistakes but the last is one of the database: any that opens will do. */
let databaseUrl = ''
beforeAll(async () => {
  world = await startSimulators(systemClock.now())
  databaseUrl = await migratedDatabase()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await new Promise((resolve) => taken.close(resolve))
  await world?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const port = () => String((taken.address() as AddressInfo).port)
const signed = () => ({ SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: world.slack.signingSecret, HOST: '127.0.0.1' })

/** What the operator is told of a start in this process. */
async function toldAtStart(changes: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const starting = async () =>
    startApp(readConfig({ ...world.environment, ...changes }), { clock: systemClock, log: keptLog().log, ...unpaced })
  const app = await starting().catch((error: unknown) => {
    const problems = problemsOf(error)
    if (!problems) throw error
    return problems
  })
  if ('stop' in app) await app.stop()
  return 'stop' in app ? ['it started'] : app
}

describe('npm start', () => {
  it.each<[string, () => Record<string, string>, RegExp]>([
    [
      'an app token Slack does not know',
      () => ({ SLACK_APP_TOKEN: 'xapp-wrong' }),
      /SLACK_APP_TOKEN: Slack does not accept it \(invalid_auth\)\. Create an app-level token with the scope connections:write/,
    ],
    ['a taken PORT', () => ({ ...signed(), PORT: port() }), /PORT: another program listens at port \d+ already\. Set another PORT/],
    [
      'a taken HEALTH_PORT',
      () => ({ ...signed(), PORT: '0', HEALTH_PORT: port() }),
      /HEALTH_PORT: another program listens at port \d+ already/,
    ],
    ['a HOST of another machine', () => ({ ...signed(), PORT: '0', HOST: '192.0.2.1' }), /HOST: this machine has no such address/],
    [
      'a Postgres nobody runs',
      () => ({ DATABASE_URL: `postgres://u:hush@127.0.0.1:9/d` }),
      /DATABASE_URL: the database could not be opened \(ECONNREFUSED\): nobody answers at that host and port/,
    ],
  ])('says in one sentence what is wrong: %s', async (_what, changes, words) => {
    const told = await toldAtStart({ DATABASE_URL: databaseUrl, ...changes() })
    expect(told).toEqual([expect.stringMatching(words)])
    expect(told.join()).not.toMatch(/\n|hush|A bug/)
  })

  it('prints it without a stack and ends with exit code 1, whatever is open by then', async () => {
    const env = { ...world.environment, DATABASE_URL: databaseUrl, ...signed(), PORT: port() }
    const { code, err } = await runCommand(['start'], folder, env)
    expect(err).toMatch(/^gong-digest cannot start\. 1 problem to fix:\n {2}· PORT: another program listens at port \d+ already/)
    expect(err).not.toMatch(/\n\s+at |A bug/)
    expect(code).toBe(1)
  })
})

describe('a DATA_DIR that will not do', () => {
  const at = (name: string) => path.join(folder, name)
  const fileAt = (name: string): string => {
    writeFileSync(at(name), '')
    return at(name)
  }
  const oldDatabase = (name: string): string => {
    mkdirSync(at(`${name}/database`), { recursive: true })
    writeFileSync(at(`${name}/database/PG_VERSION`), '15\n')
    return at(name)
  }
  it.each<[string, () => string, RegExp]>([
    ['a file', () => fileAt('file'), /DATA_DIR: .*file cannot be used \(it is a file, not a folder\)\. Give a folder/],
    ['below a file', () => path.join(fileAt('file'), 'data'), /cannot be used \(it is a file, not a folder\)/],
    ['where the system makes no folder', () => '/proc/nowhere/data', /DATA_DIR: \/proc\/nowhere\/data cannot be used/],
    [
      'with a file in the place of the database',
      () => {
        mkdirSync(at('odd'))
        fileAt('odd/database')
        return at('odd')
      },
      /DATA_DIR: what is in .*database cannot be opened as the embedded database: it is damaged.* npm run restore, or give another folder/,
    ],
    ['with a database of another version', () => oldDatabase('old'), /cannot be opened as the embedded database \(made by Postgres 15\)/],
  ])('is refused in one sentence: %s', async (_what, dataDir, words) => {
    const told = await toldAtStart({ DATA_DIR: dataDir() })
    expect(told).toEqual([expect.stringMatching(words)])
    expect(told.join()).not.toMatch(/\n|A bug/)
  })

  it('ends the process with that sentence and exit code 1', async () => {
    const { code, err } = await runCommand(['start'], folder, { ...world.environment, DATA_DIR: oldDatabase('printed') })
    expect(err).toMatch(/^gong-digest cannot start\. 1 problem to fix:\n {2}· DATA_DIR: what is in .* \(made by Postgres 15\)/)
    expect(err).not.toMatch(/\n\s+at |A bug/)
    expect(code).toBe(1)
  })
})

describe('a token for a whole Enterprise Grid organization', () => {
  it('is refused in words, before anything else is asked of Slack', async () => {
    world.slack.workspace.isOrgWide = true
    try {
      const asked = world.slack.requestLog.all().length
      const told = await toldAtStart({ DATABASE_URL: databaseUrl, ...signed(), PORT: '0' })
      expect(told).toEqual([
        expect.stringMatching(/^SLACK_BOT_TOKEN: this token belongs to an app installed for a whole Enterprise Grid organization/),
      ])
      expect(told.join()).toContain('Install the app into one workspace')
      expect(told.join()).not.toMatch(/\n|A bug/)
      expect(
        world.slack.requestLog
          .all()
          .slice(asked)
          .map(({ name }) => name),
      ).toEqual(['auth.test'])
    } finally {
      world.slack.workspace.isOrgWide = false
    }
  })
})

describe('a command that asks questions', () => {
  it.each(['setup', 'gong-login'])('%s says that it needs a terminal', async (command) => {
    const { code, err, out } = await runCommand([command], folder, {})
    expect(err).toMatch(new RegExp(`^npm run ${command} asks questions, so it needs a terminal\\. .*docker run -it`))
    expect({ code, out }).toEqual({ code: 1, out: '' })
  })
})

describe('a database that does not open', () => {
  it.each([
    [
      { code: '28P01', message: 'password authentication failed for user "ana"' },
      /\(28P01\): the server does not accept the user or the password\. Check both/,
    ],
    [{ code: '3D000' }, /there is no database of that name\. Create it/],
    [
      { message: 'The server does not support SSL connections' },
      /\(no TLS\): the server has no TLS, which sslmode asks for\. Switch TLS on/,
    ],
    [{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, /certificate is not trusted\. Add &sslrootcert/],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, /certificate is not trusted/],
    [{ code: 'ENOTFOUND', hostname: 'db.example' }, /no machine of that name is known/],
    [{ code: '28000' }, /pg_hba\.conf; where that asks for TLS, add \?sslmode=verify-full/],
    [{ code: '53300' }, /all connections of the server are taken/],
    [{ code: '53200' }, /the server has no memory left\. Give it some/],
    [{ code: '57P01' }, /starting up or shutting down\. Start again/],
    [{ code: '55P03' }, /somebody else holds a lock on its tables\. End what holds it/],
    [{ code: 'ERR_INVALID_URL', input: 'postgres://ana' }, /\(ERR_INVALID_URL\): it is no address\. Write signs such as # .* as %23/],
    [{ code: 'ENOENT', syscall: 'open', path: '/ana.pem' }, /a file that it names \(sslrootcert, sslcert or sslkey\) cannot be read/],
    [{ code: 'EACCES', syscall: 'open' }, /cannot be read\. Check its path/],
    [{ code: 'ENOENT', syscall: 'connect' }, /nobody answers at that host and port/],
    [{ code: 'EHOSTUNREACH' }, /the network leads nowhere\. Check host and port/],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, /certificate is not trusted/],
    [{ code: 'CERT_HAS_EXPIRED' }, /certificate is not trusted/],
    [new Error('Failed query: ana', { cause: { code: '25006' } }), /\(25006\): the server is read-only\. Use the address of the primary/],
    [new Error('what nobody foresaw'), /\(unknown reason\): the server did not say why\. Check that the server runs/],
  ])('is reported by its reason and never by its words: %o', (cause, words) => {
    expect(postgresProblem(cause)).toMatch(words)
    expect(postgresProblem(cause)).toMatch(/^DATABASE_URL: /)
    expect(postgresProblem(cause)).not.toMatch(/ana|foresaw|db\.example/)
  })

  it('because the server starts up, shuts down or ends sessions is tried again, and nothing else', () => {
    const ended = new Error('Connection terminated unexpectedly')
    for (const cause of [{ code: '57P01' }, { code: '57P02' }, { code: '57P03' }, ended, new Error('Failed query', { cause: ended })])
      expect(isPassing(cause)).toBe(true)
    for (const cause of [{ code: '28P01' }, { code: 'ECONNREFUSED' }, new Error('timeout expired'), undefined])
      expect(isPassing(cause)).toBe(false)
  })

  it('for want of room is known by what WebAssembly, SQLite, Node and Postgres call it', () => {
    for (const error of [
      { name: 'ErrnoError', errno: 51 },
      { errno: 19 },
      { errcode: 13 },
      { code: 'ENOSPC' },
      { code: 'EDQUOT' },
      { code: '53100' },
    ])
      expect(isDiskFull(error)).toBe(true)
    for (const error of [{ errno: 44 }, { code: 'ENOENT' }, new Error('full'), undefined, 'ENOSPC']) expect(isDiskFull(error)).toBe(false)
  })
})
