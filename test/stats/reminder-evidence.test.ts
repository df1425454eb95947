import { describe, expect, it } from 'vitest'
import type { ReminderItem } from '../../src/domain/coaching.ts'
import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import { evidenceOf } from '../../src/stats/coaching/reminder-evidence.ts'

const zone = 'Europe/Berlin'

/** Ben, named by Maria on Monday 16 November, 08:30 in Berlin. */
const ben: ReminderItem = {
  id: 'd1.ben',
  deliveryId: 'd1',
  managerId: 'maria',
  reportId: 'ben',
  status: 'open',
  openedAt: new Date('2026-11-16T07:30:00Z'),
}

const card = (answeredAt: string, more: Partial<AnsweredScorecard> = {}): AnsweredScorecard => ({
  id: answeredAt,
  callId: '1',
  scorecardId: '1',
  scorecardName: 'Discovery',
  reviewedId: 'ben',
  reviewerId: 'maria',
  answeredAt: new Date(answeredAt),
  method: 'human',
  visibility: 'private',
  questions: [],
  ...more,
})

const shown = (...cards: AnsweredScorecard[]) => evidenceOf([ben], cards, [], zone).map(({ evidence }) => evidence)

describe('evidenceOf', () => {
  it('is the first card from this manager after the report was named, on its local date; private ones count', () => {
    // 23:30 UTC on the 17th is the 18th in Berlin.
    expect(shown(card('2026-11-20T10:00:00Z'), card('2026-11-17T23:30:00Z'))).toEqual([{ type: 'scored', on: '2026-11-18' }])
  })

  it('is no card from before, of somebody else, about somebody else, by a machine or about oneself', () => {
    expect(
      shown(
        card('2026-11-16T07:29:59Z'),
        card('2026-11-18T10:00:00Z', { reviewerId: 'olga' }),
        card('2026-11-18T10:00:00Z', { reviewedId: 'kai' }),
        card('2026-11-18T10:00:00Z', { method: 'automatic' }),
        card('2026-11-18T10:00:00Z', { reviewerId: 'ben' }),
      ),
    ).toEqual([])
  })

  it('closes what waits: open, put off or done by word; not what is over', () => {
    const closing = (status: ReminderItem['status']) => evidenceOf([{ ...ben, status }], [card('2026-11-18T10:00:00Z')], [], zone).length
    expect((['open', 'snoozed', 'done-said'] as const).map(closing)).toEqual([1, 1, 1])
    expect((['not-mine', 'closed-by-evidence', 'named-again'] as const).map(closing)).toEqual([0, 0, 0])
  })

  it("takes Gong's counts per report of a week that was not over when it was named", () => {
    const rows = [{ managerId: 'maria', reportId: 'ben', callsListenedTo: 1 }]
    const window = (from: string, more: object = {}) => [{ managerId: 'maria', from, rows, ...more }]
    const by = (windows: Parameters<typeof evidenceOf>[2]) => evidenceOf([ben], [], windows, zone).map(({ evidence }) => evidence)
    expect(by(window('2026-11-16'))).toEqual([{ type: 'coached', on: '2026-11-16' }])
    expect(by(window('2026-11-09'))).toEqual([])
    // Named on the Wednesday instead: on that day the week had no counts yet, or Ben would not have been named.
    const onWednesday = { ...ben, openedAt: new Date('2026-11-18T07:30:00Z') }
    expect(evidenceOf([onWednesday], [], window('2026-11-16'), zone)).toHaveLength(1)
    expect(evidenceOf([onWednesday], [], window('2026-11-09'), zone)).toEqual([])
    expect(by(window('2026-11-16', { managerId: 'olga' }))).toEqual([])
    expect(by(window('2026-11-16', { rows: [{ managerId: 'maria', reportId: 'ben', callsListenedTo: 0 }] }))).toEqual([])
  })
})
