// Whoever may be the person a card is about, by their link or by the address they carry, is read nothing of a card for managers alone, in
// whatever is said of coaching.
import { describe, expect, it } from 'vitest'
import type { Viewer } from '../../../src/domain/policy.ts'
import { reminderRows } from '../../../src/reports/digests/reminder-rows.ts'
import { oneOnOne } from '../../../src/reports/one-on-one/one-on-one.ts'
import type { ReportContext } from '../../../src/reports/section.ts'
import { coaching } from '../../../src/reports/sections/coaching.ts'
import { coachingFootnote } from '../../../src/reports/sections/coaching-footnote.ts'
import { lookFirst } from '../../../src/reports/sections/look-first.ts'
import { toReader } from '../../kit/report-fixtures.ts'
import { card, now, person, stats, teamOf, week } from '../../stats/world.ts'

const people = [...teamOf('ana', 'ben', 'cem').map((each) => (each.id === 'maria' ? { ...each, managerId: 'boss' } : each)), person('boss')]
const of = (id: string) => people.find((each) => each.id === id)
const service = stats({
  people,
  interaction: { [now]: ['ana', 'ben', 'cem'].map((personId) => ({ personId, callsCount: 9, talkShare: 0.5 })) },
  scorecards: [
    card('ana', 'boss', '2026-11-18T10:00:00Z', {
      visibility: 'managers',
      scorecardName: 'Secret card',
      overallScore: 1.3,
      questions: [{ questionId: 'q', text: 'Is fit for the job', score: 1.3, notApplicable: false }],
    }),
  ],
})

const reader = (personId: string | undefined, more: Partial<Viewer> = {}): Viewer => ({
  slackUserId: 'U1',
  person: personId === undefined ? undefined : of(personId),
  standing: 'member',
  isAdmin: false,
  grants: [],
  ...more,
})
const contextOf = (viewer: Viewer, change: Partial<ReportContext> = {}): ReportContext => ({
  ...toReader({}, { subject: { type: 'team', managerId: 'maria' }, period: week, audience: { type: 'person', viewer } }),
  detail: 'by-name',
  today: '2026-11-23',
  now: new Date('2026-11-23T08:00:00Z'),
  stats: service,
  ...change,
})
const reminder = { coacheeIds: ['ana', 'ben', 'cem'], goal: { goal: { everyWeeks: 2 } }, items: [] }

const ways: Readonly<Record<string, (viewer: Viewer) => Promise<unknown>>> = {
  coaching: (viewer) => coaching.write(contextOf(viewer)),
  'its small print': (viewer) => coachingFootnote.write(contextOf(viewer)),
  'whom to look at first': (viewer) => lookFirst.write(contextOf(viewer)),
  'a reminder': async (viewer) => {
    const { rows, reasons } = await reminderRows({ reminder, subjectId: 'maria', deliveryId: 'd1' }, contextOf(viewer), { inDigest: false })
    return { rows, reasons }
  },
  'the sheet for a 1:1': (viewer) => oneOnOne('ana', 'maria', contextOf(viewer, { subject: { type: 'person', personId: 'ana' } })),
}
const secret = /Secret card|Is fit for the job|1\.3|no scale/g
const readOf = async (way: string, viewer: Viewer) => [...new Set(JSON.stringify(await ways[way]?.(viewer))?.match(secret) ?? [])]

describe.each(Object.keys(ways))('%s', (way) => {
  it.each<[string, Viewer]>([
    ["the team's leader who carries Ana's address", reader('maria', { ownIds: ['ana'] })],
    ['an admin who is Ana', reader('ana', { isAdmin: true })],
    ["an admin who carries Ana's address", reader(undefined, { isAdmin: true, ownIds: ['ana'] })],
  ])('says nothing of the card about Ana to %s', async (_who, viewer) => {
    expect(await readOf(way, viewer)).toEqual([])
  })

  it("says something of it to the team's leader", async () => {
    expect(await readOf(way, reader('maria'))).not.toEqual([])
  })
})
