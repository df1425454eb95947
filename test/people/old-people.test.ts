// Rights rest on the list of people. Where it is older than two days every answer, file and digest by name says so; answers without
// names, which rest on no rights over persons, do not. Admins read in Home and in the doctor what could not be refreshed for a day.
import { afterEach, describe, expect, it } from 'vitest'
import { csv } from '../../src/bot/actions/csv.ts'
import { commands } from '../../src/bot/commands/index.ts'
import { readingState } from '../../src/bot/home/admin-reading.ts'
import { home } from '../../src/bot/home/index.ts'
import { AskError } from '../../src/errors.ts'
import { buildDigest } from '../../src/reports/digests/index.ts'
import type { ReportContext } from '../../src/reports/section.ts'
import { asks, at, presses, testKit, viewers, wordsOf } from '../bot/commands/company.ts'
import { cells } from '../bot/commands/policy-table.ts'
import { week } from '../stats/world.ts'
import { type SyncWorld, syncWorld } from '../sync/world.ts'

const quiet = async () => undefined
const old = 'Who reports to whom is as of Fri 09:59'
/** Read on Friday at 09:59 or 10:01; asked on Sunday or Monday at 10:00 Berlin time. */
const readOn = (instant: string) => testKit({ tables: { tenant: { peopleReadAt: new Date(instant) } } })
const friday = () => readOn('2026-11-20T08:59:00Z')

describe.each(['/gong-stats', '/gong-scorecards', '/gong-coaching'] as const)('%s', (name) => {
  const command = commands.find((one) => one.name === name)
  /** A sheet for a 1:1 is in the asker's own messages; the reply only says so. */
  const answer = async (kit: ReturnType<typeof testKit>, by: (typeof viewers)[keyof typeof viewers], typed: string) => {
    try {
      const reply = await command?.answer(asks(by, typed), kit.services, quiet)
      return kit.posts.at(-1)?.message ?? reply ?? { summary: '', parts: [] }
    } catch (error) {
      if (error instanceof AskError) return undefined
      throw error
    }
  }

  it.each(cells.filter(({ verdict }) => verdict === 'N'))('of $typed for $role says so', async ({ by, typed }) => {
    const message = await answer(friday(), by, typed)
    if (message) expect(wordsOf(message)).toContain(old)
  })

  it.each(cells.filter(({ verdict }) => verdict === 'M'))('of $typed for $role, without names, does not', async ({ by, typed }) => {
    const message = await answer(friday(), by, typed)
    if (message) expect(wordsOf(message)).not.toContain('Who reports to whom')
  })

  it('says nothing of a list two days old', async () => {
    const message = await answer(readOn('2026-11-21T09:00:00Z'), viewers.boss, 'gong:3')
    expect(message && wordsOf(message)).not.toContain('Who reports to whom')
  })
})

describe('a file', () => {
  it.each(['/gong-stats', '/gong-scorecards'])('of %s by name says so in every row', async (name) => {
    for (const typed of ['gong:3', 'team']) {
      const kit = friday()
      await csv.handle(presses(viewers.manager, 'csv', `${name} ${typed}`), kit.services, quiet)
      const [head, ...rows] = (kit.files[0]?.content ?? '').trim().split('\r\n')
      expect(head).toContain('"people as of (UTC)"')
      expect(rows.length).toBeGreaterThan(0)
      for (const row of rows) expect(row).toContain('"2026-11-20T08:59:00.000Z"')
    }
  })
})

describe('Home', () => {
  it.each(['manager', 'rep'] as const)('of a %s says so once, below the week it opens with', async (role) => {
    const kit = friday()
    const written = await Promise.all(home.map((section) => section.write(viewers[role], kit.services, at)))
    // Both as Slack's text and as plain text.
    expect(JSON.stringify(written).split(old)).toHaveLength(1 + 2)
  })
})

describe('a digest', () => {
  const kit = friday()
  const common = { period: week, stats: kit.services.stats, today: '2026-11-23', gongAppUrl: 'https://app.gong.io', ...at }
  const toMaria: ReportContext = {
    ...common,
    subject: { type: 'team', managerId: '2' },
    audience: { type: 'person', viewer: viewers.manager },
    detail: 'by-name',
  }
  const reminder = { goal: { goal: { everyWeeks: 2 } }, items: [], coacheeIds: ['3', '4', '5', '6'] }
  const words = async (request: Parameters<typeof buildDigest>[0], context: ReportContext) =>
    wordsOf((await buildDigest(request, context)).message)

  it('of a manager, of a team by name and a reminder say so; a team without names does not', async () => {
    expect(await words({ kind: 'manager', subjectId: '2', remarks: [] }, toMaria)).toContain(old)
    expect(await words({ kind: 'reminder', subjectId: '2', remarks: [], reminder }, toMaria)).toContain(old)
    const inChannel = (byName: boolean): ReportContext => ({
      ...toMaria,
      audience: { type: 'group', byName },
      detail: byName ? 'by-name' : 'medians',
    })
    expect(await words({ kind: 'team', subjectId: '2', remarks: [] }, inChannel(true))).toContain(old)
    expect(await words({ kind: 'team', subjectId: '2', remarks: [] }, inChannel(false))).not.toContain('Who reports to whom')
  })
})

describe('admins', () => {
  let world: SyncWorld
  afterEach(() => world.stop())

  it('read in Home what could not be refreshed for a day, and nothing before', async () => {
    world = await syncWorld({ people: 12 })
    const { store, sync, clock } = world
    const readAt = clock.now()
    await store.people.replaceAll([{ id: '1', name: 'Ana', emails: [], active: true }], { readAt, seenOn: '2026-11-25' })
    await store.directory.replaceAll([], readAt)
    await store.windows.replace('interaction', week, { rows: [], quarantinedIds: [], quarantined: 0, readAt, final: false })
    const { services } = testKit()
    const written = async () =>
      JSON.stringify(
        await readingState.write(viewers.admin, { ...services, admin: { ...services.admin, reading: () => sync.reading() } }, at),
      )
    clock.moveTo(new Date(readAt.getTime() + 24 * 3_600_000))
    expect(await written()).not.toContain('could not be refreshed')
    clock.moveTo(new Date(readAt.getTime() + 25 * 3_600_000))
    for (const what of ["Gong's list of people", "Slack's directory", "Gong's figures"])
      expect(await written()).toContain(`${what} could not be refreshed for 25 h.`)
  })
})
