import { describe, expect, it } from 'vitest'
import type { ReminderItem } from '../../src/domain/coaching.ts'
import { defaultGoal, goalOf } from '../../src/domain/coaching.ts'
import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import { known, noData } from '../../src/domain/measured.ts'
import { planReminder, unansweredOf } from '../../src/stats/coaching/reminder-plan.ts'
import type { CoachingReport, ReportCoverage } from '../../src/stats/coaching/results.ts'

const zone = 'Europe/Berlin'
const today = '2026-11-23'
const unknownTotals = {
  callsListenedTo: noData('not-read'),
  commentsGiven: noData('not-read'),
  scorecardsFilled: noData('not-read'),
  callsScored: noData('not-read'),
  othersCallsListenedTo: noData('not-read'),
}

const card = (answeredAt: string): AnsweredScorecard => ({
  id: `card-${answeredAt}`,
  callId: '1',
  scorecardId: '1',
  scorecardName: 'Discovery',
  reviewedId: 'ben',
  reviewerId: 'maria',
  answeredAt: new Date(answeredAt),
  method: 'human',
  visibility: 'unmarked',
  questions: [],
})

const coverage = (name: string, more: Partial<ReportCoverage> = {}): ReportCoverage => ({
  report: { id: name.toLowerCase(), name, emails: [], active: true, managerId: 'maria' },
  weeksSince: noData('not-given'),
  scorecardsInPeriod: 0,
  isNew: false,
  callsInPeriod: known(6),
  ...more,
})

const reportOf = (...reports: ReportCoverage[]): CoachingReport => ({
  manager: { id: 'maria', name: 'Maria', emails: [], active: true },
  period: { from: '2026-11-16', to: '2026-11-23' },
  before: { from: '2026-11-09', to: '2026-11-16' },
  totals: unknownTotals,
  totalsBefore: unknownTotals,
  reports,
  coachedIn2Weeks: 0,
  coachedIn4Weeks: 0,
  basis: 'scorecards',
  state: { contract: 'documented', zone, mayMove: false, quarantined: 0, neverRead: 0 },
})

const item = (reportId: string, more: Partial<ReminderItem> = {}): ReminderItem => ({
  id: `item-${reportId}`,
  deliveryId: 'd1',
  managerId: 'maria',
  reportId,
  status: 'open',
  openedAt: new Date('2026-11-16T07:30:00Z'),
  ...more,
})

const names = (plan: { named: readonly { coverage: ReportCoverage }[] }) => plan.named.map(({ coverage: { report } }) => report.name)

describe('planReminder', () => {
  it('names those longest without coaching first and at most three', () => {
    // Goal 2 weeks before 23 Nov = since 9 Nov. Ana 10 Nov: coached. Ben 23 Oct, Cy 1 Nov, Dee never, Eve never and new, Flo 8 Nov.
    const plan = planReminder(
      reportOf(
        coverage('Ana', { lastScorecard: card('2026-11-10T10:00:00Z') }),
        coverage('Ben', { lastScorecard: card('2026-10-23T10:00:00Z') }),
        coverage('Cy', { lastScorecard: card('2026-11-01T10:00:00Z') }),
        coverage('Dee'),
        coverage('Eve', { isNew: true }),
        coverage('Flo', { lastScorecard: card('2026-11-08T10:00:00Z') }),
      ),
      defaultGoal,
      [],
      today,
      zone,
    )
    expect(names(plan)).toEqual(['Dee', 'Ben', 'Cy'])
    expect(plan).toMatchObject({ more: 2, done: 1, counted: 6 })
  })

  it('never names a report without calls: away is not neglected', () => {
    const plan = planReminder(
      reportOf(coverage('Lena', { callsInPeriod: known(0) }), coverage('Kai', { callsInPeriod: noData('not-given') })),
      defaultGoal,
      [],
      today,
      zone,
    )
    expect(names(plan)).toEqual(['Kai'])
    expect(plan.away.map(({ name }) => name)).toEqual(['Lena'])
    expect(plan.counted).toBe(1)
  })

  it('names nobody when the goal is met', () => {
    expect(
      names(planReminder(reportOf(coverage('Ana', { lastScorecard: card('2026-11-09T08:00:00Z') })), defaultGoal, [], today, zone)),
    ).toEqual([])
  })

  it('counts coaching Gong gives per report in weeks that reach into the goal', () => {
    const done = (everyWeeks: number, ...coachedWeeks: string[]) =>
      planReminder(reportOf(coverage('Ana', { coachedWeeks })), { everyWeeks }, [], today, zone).done
    // Two weeks before 23 November reach back to the 9th: the week from the 9th lies within, that from the 2nd is over.
    expect(done(2, '2026-11-09')).toBe(1)
    expect(done(2, '2026-11-02')).toBe(0)
    expect(done(3, '2026-11-02')).toBe(1)
    // One week reaches back to the 16th.
    expect(done(1, '2026-11-16')).toBe(1)
    expect(done(1, '2026-11-09')).toBe(0)
  })

  it('leaves a snoozed report alone until its day', () => {
    const snoozed = item('ben', { status: 'snoozed', snoozedUntil: '2026-11-24' })
    expect(names(planReminder(reportOf(coverage('Ben')), defaultGoal, [snoozed], today, zone))).toEqual([])
    expect(names(planReminder(reportOf(coverage('Ben')), defaultGoal, [snoozed], '2026-11-24', zone))).toEqual(['Ben'])
    // Its reader's day may have begun before the company's, or begin after it.
    const on = (date: string) => names(planReminder(reportOf(coverage('Ben')), defaultGoal, [snoozed], '2026-11-24', zone, { date }))
    expect(on('2026-11-23')).toEqual([])
    expect(names(planReminder(reportOf(coverage('Ben')), defaultGoal, [snoozed], today, zone, { date: '2026-11-24' }))).toEqual(['Ben'])
  })

  it('remembers "not mine" whatever came later', () => {
    const items = [item('ben', { status: 'not-mine' }), item('ben', { openedAt: new Date('2026-11-20T07:30:00Z') })]
    expect(planReminder(reportOf(coverage('Ben')), defaultGoal, items, today, zone)).toMatchObject({ named: [], counted: 0 })
  })

  it('counts "done" for as long as the goal', () => {
    const said = item('ben', { status: 'done-said', closedAt: new Date('2026-11-17T09:00:00Z') })
    expect(planReminder(reportOf(coverage('Ben')), defaultGoal, [said], today, zone)).toMatchObject({ done: 1, named: [] })
    // Said on 17 Nov, two weeks on is 1 Dec: on 2 Dec the word no longer counts.
    expect(names(planReminder(reportOf(coverage('Ben')), defaultGoal, [said], '2026-12-02', zone))).toEqual(['Ben'])
  })

  it('names who was put off until today before everybody else, or alone when asked for', () => {
    // Ben was put off until today; Dee was never coached and would come first.
    const back = item('ben', { status: 'snoozed', snoozedUntil: today })
    const report = reportOf(coverage('Ben', { lastScorecard: card('2026-10-23T10:00:00Z') }), coverage('Dee'))
    expect(names(planReminder(report, defaultGoal, [back], today, zone))).toEqual(['Ben', 'Dee'])
    const alone = planReminder(report, defaultGoal, [back], today, zone, { only: 'put-off' })
    expect(names(alone)).toEqual(['Ben'])
    expect(alone.named[0]?.item?.id).toBe('item-ben')
  })

  it('goes by the newest message that names somebody', () => {
    const older = item('ben', { id: 'old', status: 'named-again' })
    const newer = item('ben', { id: 'new', openedAt: new Date('2026-11-16T07:30:00Z') })
    const plan = planReminder(reportOf(coverage('Ben')), defaultGoal, [newer, older], today, zone)
    expect(plan.named[0]?.item?.id).toBe('new')
  })

  it('names what stayed unanswered for two weeks', () => {
    const old = item('ben', { openedAt: new Date('2026-11-09T07:30:00Z') })
    expect(unansweredOf([old], today, zone)).toEqual([old])
    expect(unansweredOf([old], '2026-11-22', zone)).toEqual([])
    expect(unansweredOf([{ ...old, status: 'done-said' }], today, zone)).toEqual([])
  })
})

describe('goalOf', () => {
  it("prefers the manager's own goal, then the company's, then every two weeks", () => {
    const own = { managerId: 'maria', everyWeeks: 1 }
    const company = { everyWeeks: 4 }
    expect(goalOf('maria', [company, own])).toBe(own)
    expect(goalOf('omar', [company, own])).toBe(company)
    expect(goalOf('omar', [own]).everyWeeks).toBe(2)
  })
})
