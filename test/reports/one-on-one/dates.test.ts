import { describe, expect, it } from 'vitest'
import { known } from '../../../src/domain/measured.ts'
import { asRead } from '../../../src/render/text/as-read.ts'
import { buildDigest } from '../../../src/reports/digests/index.ts'
import { oneOnOne } from '../../../src/reports/one-on-one/one-on-one.ts'
import { coachingSections, statsSections } from '../../../src/reports/sections/index.ts'
import { composeReport } from '../../../src/reports/write-sections.ts'
import { ana, answered, coachingReceived, coachingReport, coverage, maria, scorecardReport, toReader } from '../../kit/report-fixtures.ts'

/** 04:00 on 17 November in Berlin, where the company is; 22:00 on 16 November in New York, where the reader is. */
const nightly = answered({ answeredAt: new Date('2026-11-17T03:00:00Z') })

const answers = {
  scorecards: scorecardReport({ single: [nightly] }),
  coaching: coachingReport({
    reports: [
      coverage(ana, {
        lastScorecard: nightly,
        weeksSince: known(0),
        lowest: { card: nightly, questionText: 'Agreed next step', score: 2 },
      }),
    ],
  }),
  coachingReceived: coachingReceived({ lastCard: nightly, cards: [nightly] }),
}

describe('a card filled in the night', () => {
  const inNewYork = (personId?: string) =>
    toReader(answers, { zone: 'America/New_York', ...(personId !== undefined && { subject: { type: 'person', personId } }) })

  it.each([
    ['the 1:1', async () => (await oneOnOne(ana.id, maria.id, inNewYork(ana.id))).message],
    ['a report about the person', async () => (await composeReport(inNewYork(ana.id), statsSections)).message],
    ['the team view', async () => (await composeReport(inNewYork(), statsSections)).message],
    ['coaching of the team', async () => (await composeReport(inNewYork(), coachingSections)).message],
    ['coaching received', async () => (await composeReport(inNewYork(ana.id), coachingSections)).message],
    [
      'a reminder',
      async () => {
        const goal = { goal: { everyWeeks: 2, managerId: maria.id, setAt: new Date('2026-11-17T03:00:00Z') }, setBy: 'you' }
        const reminder = { coacheeIds: [ana.id], goal, items: [] }
        return (await buildDigest({ kind: 'reminder', subjectId: maria.id, remarks: [], reminder }, inNewYork())).message
      },
    ],
  ] as const)('has one date, the company’s, in %s', async (_name, make) => {
    const text = asRead(await make())
    expect(text).toContain('17 Nov')
    expect(text.replaceAll(/\b16[–-]22 Nov/g, '')).not.toContain('16 Nov')
  })
})
