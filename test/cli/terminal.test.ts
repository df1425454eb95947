// The commands as an operator starts them: a process of its own, words on the terminal, an exit code.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { forget, forgettingInWords } from '../../src/cli/forget/forget.ts'
import { movableClock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import { openStore } from '../../src/store/database/connect.ts'
import { lockFolder } from '../../src/store/database/folder-lock.ts'
import { layEmptyStore } from '../kit/empty-store.ts'
import { memoryStore } from '../kit/store.ts'
import { runCommand } from '../kit/terminal.ts'

const folders: string[] = []
const folder = () => {
  const made = mkdtempSync(path.join(tmpdir(), 'terminal-'))
  folders.push(made)
  return made
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true })
})

const run = (args: readonly string[], env: Record<string, string> = {}) => runCommand(args, folder(), env)

const enough = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: 'signing-secret-of-slack',
  GONG_ACCESS_KEY: 'k',
  GONG_ACCESS_KEY_SECRET: 's',
}
const clock = movableClock(new Date('2026-11-23T09:00:00Z'))
const options = { clock, realTime: 'database', log: createLog('silent'), budget: { perSecond: 2, perDay: 4000 } } as const
const ana = { id: '7', name: 'Ana Diaz', emails: ['ana@x.example', 'a.diaz@x.example'], active: true }

describe('npm run preview', () => {
  it('prints a message of the simulated company with nothing set up, of the period asked for', async () => {
    const { code, out } = await run(['preview', 'stats', '--demo', '--period', 'last week'])
    expect(code).toBe(0)
    expect(out).toContain('--- Block Kit ---')
    expect(out).toContain('Talk ratio')
  })

  it('says what there is when asked for a report or period nobody knows', async () => {
    const wrong = await run(['preview', 'yearly', '--demo'])
    expect(wrong.code).toBe(1)
    expect(wrong.err).toContain('There are: team, personal')
    const help = await run(['preview'])
    expect(help.out).toContain('--period')
  })
})

describe('npm run preview, over what the service has read', () => {
  it('writes down whose figures it showed, for everybody to see who looked', async () => {
    const cwd = folder()
    await layEmptyStore(path.join(cwd, 'data'))
    const store = await openStore({ ...options, dataDir: path.join(cwd, 'data') })
    const readAt = clock.now()
    await store.people.replaceAll(
      [
        { ...ana, managerId: '9' },
        { ...ana, id: '9', name: 'Maria Lind', emails: [] },
      ],
      { readAt, seenOn: '2026-11-23' },
    )
    await store.close()
    const env = { ...enough, DATA_DIR: 'data', GONG_TIME_ZONE: 'Europe/Berlin' }
    // Without names nothing is written.
    expect((await runCommand(['preview', 'team', 'Maria'], cwd, env)).err).toBe('')
    const { code, out } = await runCommand(['preview', 'one-on-one', 'Ana'], cwd, env)
    expect([code, out]).toEqual([0, expect.stringContaining('Ana Diaz')])
    const after = await openStore({ ...options, dataDir: path.join(cwd, 'data') })
    const { rows } = await after.access.seenBy(['7'], { limit: 5 })
    await after.close()
    expect(rows).toMatchObject([{ bySlackId: 'whoever runs the bot, in a terminal', detail: 'npm run preview', what: 'view', times: 1 }])
  })
})

describe('npm run forget', () => {
  it('deletes a person by any of their addresses and says what went and what stays', async () => {
    const store = await memoryStore({ clock })
    await store.people.replaceAll([ana], { readAt: clock.now(), seenOn: '2026-11-23' })
    const words = forgettingInWords(await forget('A.Diaz@x.example', store))
    expect(words).toMatch(/people +1/)
    expect(words).toContain('stays in Slack')
    expect((await store.people.chart()).people.size).toBe(0)
    await store.people.replaceAll([ana], { readAt: clock.now(), seenOn: '2026-11-23' })
    expect((await store.people.chart()).people.size).toBe(0)
    await expect(forget('a.diaz@x.example', store)).rejects.toThrow('Nobody with this e-mail')
    await store.close()
  })

  it('asks for the id where two people carry the address', async () => {
    const store = await memoryStore({ clock })
    await store.people.replaceAll([ana, { ...ana, id: '8' }], { readAt: clock.now(), seenOn: '2026-11-23' })
    await expect(forget('ana@x.example', store)).rejects.toThrow('Use the Gong id instead: 7, 8.')
    expect((await store.people.chart()).people.size).toBe(2)
    await store.close()
  })

  it('refuses in words while the running service holds the database, and without an address', async () => {
    const held = folder()
    const lock = lockFolder(held)
    const refused = await run(['forget', 'ana@x.example'], { ...enough, DATA_DIR: held })
    lock.release()
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('The running service holds the database. Stop it')
    const bare = await run(['forget'], enough)
    expect(bare.err).toContain('Say whom')
  })
})
