// What a manager did as a coach (calls listened to, comments given, scorecards filled) is a figure of theirs: whoever else reads it is written
// down for that manager. Each manager has figures that nobody else has, and every path that can show them is walked for everybody.
import { describe, expect, it } from 'vitest'
import { commands } from '../../../src/bot/commands/index.ts'
import { home } from '../../../src/bot/home/index.ts'
import { preview, previews } from '../../../src/cli/preview/preview.ts'
import { maySee, type Viewer } from '../../../src/domain/policy.ts'
import { AskError } from '../../../src/errors.ts'
import { buildDigest } from '../../../src/reports/digests/index.ts'
import { call } from '../../mcp/calls.ts'
import { now } from '../../stats/world.ts'
import { asks, at, chart, people, type TestKit, testKit, viewers } from './company.ts'
import { cells } from './policy-table.ts'

const quiet = async () => undefined
/** Maria's (2) are 61,312, 71,312 and 81,312. */
const ofManager = (id: string) => ({
  callsListenedTo: 61_310 + Number(id),
  commentsGiven: 71_310 + Number(id),
  scorecardsFilled: 81_310 + Number(id),
})
const tables = { coaching: { [now]: people.map(({ id }) => ({ managerId: id, ...ofManager(id) })) } }
const kitOf = (by: Viewer): TestKit => testKit({ by, tables })

/** Managers other than the reader whose figures are among these words. */
const readOf = (words: string, by: Pick<Viewer, 'person'>): string[] =>
  people.flatMap(({ id }) =>
    id !== by.person?.id && Object.values(ofManager(id)).some((value) => words.includes(value.toLocaleString('en-GB'))) ? [id] : [],
  )

const recorded = ({ views }: TestKit): string[] => views.flatMap(({ personIds }) => personIds)

function expectRecorded(words: string, by: Pick<Viewer, 'person'>, shows: readonly string[]): string[] {
  const read = readOf(words, by)
  expect(read.filter((id) => !shows.includes(id))).toEqual([])
  return read
}

const everybody = Object.entries(viewers)
const asked = cells.filter(({ verdict }) => verdict !== '-')

describe('whoever reads what a manager did as a coach is written down for that manager', () => {
  it.each(['/gong-stats', '/gong-coaching', '/gong-scorecards'])('by %s, with the screen before a 1:1', async (name) => {
    const command = commands.find((one) => one.name === name)
    const read = new Set<string>()
    for (const { by, typed, role } of asked) {
      for (const text of [typed, `${typed} details`]) {
        const kit = kitOf(by)
        const answer = await command?.answer(asks(by, text), kit.services, quiet).catch(refused)
        for (const id of expectRecorded(JSON.stringify([answer, kit.posts]), by, recorded(kit))) read.add(`${role} of ${id}`)
      }
    }
    // By name, to those above Maria and Tom and nobody else.
    if (name === '/gong-coaching')
      expect([...read].toSorted()).toEqual([
        'admin of 1',
        'admin of 2',
        'admin of 7',
        'boss of 2',
        'boss of 7',
        'hr of 2',
        'orgViewer of 2',
      ])
  })

  it.each(['prepare_one_on_one', 'coaching_coverage', 'who_to_look_at'])('by Slackbot with %s', async (tool) => {
    const argument = { prepare_one_on_one: 'person', coaching_coverage: 'who', who_to_look_at: 'team' }[tool] ?? ''
    const read: string[] = []
    for (const { by, typed } of asked) {
      const { text, blocks, kit } = await call(by, tool, { [argument]: typed, details: true }, { kit: kitOf(by) })
      read.push(...expectRecorded(text + JSON.stringify(blocks), by, recorded(kit)))
    }
    // The first screen goes without totals.
    expect(read.length > 0).toBe(tool !== 'who_to_look_at')
  })

  it.each(everybody)('by Home of %s', async (_role, by) => {
    const kit = kitOf(by)
    const written = []
    for (const section of home) written.push(await section.write(by, kit.services, at))
    expectRecorded(JSON.stringify(written), by, recorded(kit))
  })

  it.each(everybody)('by a digest to %s', async (role, by) => {
    const read: string[] = []
    const { stats } = kitOf(by).services
    const subjects = [
      ...chart.managers.flatMap(({ id: managerId }) => [
        { kind: 'manager', subject: { type: 'team', managerId } } as const,
        { kind: 'org', subject: { type: 'org', managerId } } as const,
        { kind: 'team', subject: { type: 'team', managerId } } as const,
      ]),
      { kind: 'company', subject: { type: 'company' } } as const,
    ]
    for (const { kind, subject } of subjects) {
      const verdict = maySee(by, subject, chart, today)
      if (!verdict.allowed) continue
      const subjectId = subject.type === 'company' ? undefined : subject.managerId
      const audience = { type: 'person', viewer: by } as const
      const context = { subject, period, audience, detail: verdict.detail, stats, today, gongAppUrl, ...at }
      const { message, shows } = await buildDigest({ kind, subjectId, remarks: [] }, context)
      read.push(...expectRecorded(JSON.stringify(message), by, shows))
    }
    if (role === 'admin') expect(read).toContain('2')
  })

  it.each(previews)('by a preview of %s in a terminal', async (report) => {
    const { stats } = kitOf(viewers.admin).services
    const sources = { stats, chart, today, now: at.now, zone: at.zone, weekStart: 1, gongAppUrl } as const
    const { text, shows } = await preview({ report, about: report === 'one-on-one' || report === 'personal' ? '4' : '2' }, sources)
    const reader = report === 'personal' ? { person: chart.people.get('4') } : {}
    const read = expectRecorded(text, reader, shows)
    if (report === 'manager' || report === 'coaching' || report === 'one-on-one') expect(read).toEqual(['2'])
    // When a coach last coached whom is theirs too, whatever it counts.
    if (report === 'reminder') expect(shows).toContain('2')
  })
})

const today = '2026-11-23'
const period = { from: '2026-11-16', to: '2026-11-23' }
const gongAppUrl = 'https://app.gong.io'

function refused(error: unknown): undefined {
  if (!(error instanceof AskError)) throw error
}
