// A company whose key may read interaction statistics and nothing else, with a file of people: answers and Monday's digest are useful, and
// say what they lack instead of calling it none.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { movableClock, systemClock } from '../../src/clock.ts'
import { scopeOf } from '../../src/gong/check/check.ts'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import { startSimulatedGong } from '../../src/sandbox/gong/simulated-gong.ts'
import { type RunningDemo, startDemo } from '../../src/sandbox/start-demo.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { migratedDatabase } from '../kit/database.ts'
import { textOf } from '../kit/world.ts'

const today = new Date('2026-11-24T08:00:00Z')
const folder = mkdtempSync(path.join(tmpdir(), 'narrow-key-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** As somebody would export it from their own list of staff. */
async function writePeople(file: string): Promise<void> {
  const gong = await startSimulatedGong({ clock: movableClock(today), realClock: systemClock, people: 43, seed: 1 })
  const idOf = new Map(gong.company.people.map(({ index, id }) => [index, id]))
  const rows = gong.company.people.map(({ id, email, firstName, lastName, managerIndex, active }) =>
    [id, email, firstName, lastName, managerIndex === undefined ? '' : idOf.get(managerIndex), active].join(';'),
  )
  writeFileSync(file, ['gong_user_id;email;first_name;last_name;manager_gong_user_id;active', ...rows].join('\r\n'))
  await gong.stop()
}

describe.each(['documented', 'live'] as const)('over the %s contract', (contract) => {
  let demo: RunningDemo
  beforeAll(async () => {
    const peopleFile = path.join(folder, `${contract}.csv`)
    await writePeople(peopleFile)
    demo = await startDemo({
      host: '127.0.0.1',
      port: 0,
      people: 43,
      seed: 1,
      contract,
      dataDir: 'memory://',
      databaseUrl: await migratedDatabase(),
      today,
      realClock: systemClock,
      missingScopes: Object.values(scopeOf).filter((scope) => scope !== scopeOf.interaction),
      peopleFile,
    })
  })
  afterAll(() => demo?.stop())

  const answer = async (userId: string, text: string) => {
    const conversation = demo.slack.workspace.directMessageWith(userId).id
    await demo.slack.type(userId, conversation, text)
    await demo.app.idle()
    return textOf(demo.slack.messages(conversation, userId).at(-1))
  }

  it('a rep sees their own conversation figures, and that counts are not readable', async () => {
    const { rep } = demo.gong.personas
    const words = await answer(slackIdOf(rep), '/gong-stats me last week')
    expect(words).toMatch(/Talk ratio[^"]*\d+ %|talk ratio[^"]*\d+ %/i)
    expect(words).toContain('Counts of calls and comments are missing: Gong does not let the bot')
    expect(words).not.toMatch(/no calls|No scorecards|not find you/)
  })

  it('a manager sees the team, and nobody is said to be uncoached', async () => {
    const manager = slackIdOf(demo.gong.personas.manager)
    const words = await answer(manager, '/gong-stats team last week')
    expect(words).toMatch(/Medians of \d+ of \d+ people/)
    expect(words).toContain(contract === 'live' ? 'key may not read how many' : 'with 3+ calls')
    expect(words).toContain('Scorecards are missing: Gong does not let the bot')
    const coaching = await answer(manager, '/gong-coaching team last week')
    expect(coaching).not.toMatch(/\b0 of \d+ people coached/)
  })

  it("Monday's digest arrives with medians, and nothing in it is called none", async () => {
    const { slack, clock, app, workspace } = demo
    const before = slack.messages(workspace.managerChannelId, workspace.managerId).length
    await moveClock(clock, app, nextWeekday(clock.now(), 'Europe/Berlin', 1, 11))
    const posted = slack.messages(workspace.managerChannelId, workspace.managerId).slice(before)
    const digest = posted.map(textOf).find((text) => text.includes('Medians of'))
    expect(digest).toBeDefined()
    expect(digest).toMatch(/Talk ratio/)
    expect(digest).not.toMatch(/No calls by|No scorecards/)
  })
})
