// Digests, reminders and answers that are reviewed as texts and as pictures: every kind, and every state it can be in. A test compares the
// texts, a script draws the pictures.
import type { ReminderItem } from '../../src/domain/coaching.ts'
import { known, noData } from '../../src/domain/measured.ts'
import type { Message } from '../../src/render/message.ts'
import type { DigestRequest } from '../../src/reports/digest.ts'
import { buildDigest } from '../../src/reports/digests/index.ts'
import { redrawn } from '../../src/reports/digests/reminder-redraw.ts'
import { coachingSections, scorecardSections, statsSections } from '../../src/reports/sections/index.ts'
import { composeReport } from '../../src/reports/write-sections.ts'
import type { ReportCoverage } from '../../src/stats/coaching/results.ts'
import {
  type Answers,
  ana,
  ben,
  coachingReport,
  coverage,
  inChannel,
  kai,
  lena,
  personFigures,
  personMeasure,
  personReport,
  scorecardReport,
  teamMeasure,
  teamReport,
  toAna,
  toReader,
  viewer,
} from './report-fixtures.ts'

const people = [
  personFigures(ana),
  personFigures(ben, {
    measures: new Map([
      ['talk-ratio', personMeasure('talk-ratio', known(0.68), known(0.61))],
      ['longest-monologue', personMeasure('longest-monologue', known(254), known(201))],
      ['calls-hosted', personMeasure('calls-hosted', known(9), known(8))],
    ]),
  }),
  personFigures(kai, { isNew: true, enoughCalls: false, callCount: { calls: known(2), basis: 'exact' } }),
  personFigures(lena, { quiet: true, enoughCalls: false, callCount: { calls: known(0), basis: 'exact' }, measures: new Map() }),
]

export const named = teamReport({ people })

export const tooFew = teamReport({
  members: named.members.slice(0, 4),
  counts: { members: 4, enoughCalls: 4, tooFewCalls: 0, noCalls: 0, neverRead: 0 },
  measures: new Map([...named.measures.keys()].map((id) => [id, teamMeasure(id, noData('too-few-people'))])),
  trend: new Map(),
  daily: [],
})

export const quietWeek = teamReport({
  measures: new Map(),
  trend: new Map(),
  daily: [],
  counts: { members: 8, enoughCalls: 0, tooFewCalls: 0, noCalls: 8, neverRead: 0 },
})

const newcomer = personReport({ figures: personFigures({ ...ana, since: '2026-10-05' }, { isNew: true }), trend: new Map() })
const away = personReport({
  figures: personFigures(ana, { quiet: true, enoughCalls: false, callCount: { calls: known(0), basis: 'exact' }, measures: new Map() }),
  team: new Map(),
  trend: new Map(),
  daily: [],
})

export const noCards = scorecardReport({ answered: 0, answeredBefore: 0, cards: [], peopleReviewed: 0 })

const digest = async (...[request, context]: Parameters<typeof buildDigest>): Promise<Message> =>
  (await buildDigest(request, context)).message

/** Ben and Kai wait; Lena has had no calls and no card for long. */
const waiting = coachingReport({
  reports: coachingReport().reports.flatMap((each) => {
    if (each.report.id === lena.id) return [coverage(lena, { callsInPeriod: known(0) })]
    if (each.report.id === kai.id) return [{ ...each, report: { ...kai, since: '2026-10-05' } }]
    return each.report.name.startsWith('Tess') ? [] : [each]
  }),
})

const deliveryId = 'd1d1c2f4-0000-4000-8000-000000000001'
const reminderRequest = (more: Partial<DigestRequest['reminder']> = {}): DigestRequest => ({
  kind: 'reminder',
  subjectId: '100',
  subscriptionId,
  deliveryId,
  remarks: [],
  reminder: {
    coacheeIds: waiting.reports.map(({ report }) => report.id),
    goal: { goal: { managerId: '100', everyWeeks: 2, setBySlackId: 'U100', setAt: new Date('2026-11-02T10:00:00Z') }, setBy: 'you' },
    items: [],
    ...more,
  },
})

/** Gong names the calls of a day. */
const withCall = (each: ReportCoverage): ReportCoverage => ({ ...each, latestCall: { callId: '99', on: '2026-11-20' } })

/** A manager's digest that brings the reminder of its hour. */
const withReminder = (): DigestRequest => ({ ...reminderRequest(), kind: 'manager' })

/** Maria about everybody below her. */
const toOrg = (answers: Answers) => toReader(answers, { subject: { type: 'org', managerId: '100' } })

const itemOf = (reportId: string, more: Partial<ReminderItem> = {}): ReminderItem => ({
  id: `${deliveryId}.${reportId}`,
  deliveryId,
  managerId: '100',
  reportId,
  status: 'open',
  openedAt: new Date('2026-11-23T07:30:00Z'),
  ...more,
})

const answeredReminder = async (on: boolean, ...items: ReminderItem[]): Promise<Message> =>
  redrawn(await digest(reminderRequest(), toReader({ coaching: waiting })), {
    items,
    deliveryId,
    on,
    locale: 'en-GB',
    nameOf: (reportId) => (reportId === ben.id ? 'Ben' : 'Kai'),
  })

const subscriptionId = 'f1c1c2f4-0000-4000-8000-000000000001'

/** By the name of their fixture. */
export const reviewedReports: Readonly<Record<string, () => Promise<Message>>> = {
  'team-digest': () => digest({ kind: 'team', subjectId: '100', subscriptionId, remarks: [] }, inChannel()),
  'team-digest-late': () =>
    digest({ kind: 'team', subjectId: '100', subscriptionId, remarks: ['late by 3 h', 'sent by Maria'] }, inChannel()),
  'team-digest-by-name': () =>
    digest(
      { kind: 'team', subjectId: '100', subscriptionId, remarks: ['names shown: switched on by Maria Lind'] },
      inChannel({ team: named }, { audience: { type: 'group', byName: true }, detail: 'by-name' }),
    ),
  'team-digest-too-few-people': () =>
    digest(
      { kind: 'team', subjectId: '100', subscriptionId, remarks: [] },
      inChannel({ team: tooFew, scorecards: { ...noCards, tooFewPeople: true } }),
    ),
  'team-digest-no-calls': () =>
    digest({ kind: 'team', subjectId: '100', subscriptionId, remarks: [] }, inChannel({ team: quietWeek, scorecards: noCards })),
  'personal-digest': () => digest({ kind: 'personal', subjectId: '101', subscriptionId, remarks: [] }, toAna()),
  'personal-digest-first': () =>
    digest(
      {
        kind: 'personal',
        subjectId: '101',
        subscriptionId,
        remarks: [],
        introduction: { switchedOnBy: 'Priya Nair (Enablement)', org: 'EMEA Sales' },
      },
      toAna(),
    ),
  'personal-digest-new': () => digest({ kind: 'personal', subjectId: '101', subscriptionId, remarks: [] }, toAna({ person: newcomer })),
  'personal-digest-away': () =>
    digest({ kind: 'personal', subjectId: '101', subscriptionId, remarks: [] }, toAna({ person: away, scorecards: noCards })),
  'manager-digest': () => digest({ kind: 'manager', subjectId: '100', subscriptionId, remarks: [] }, toReader({ team: named })),
  'manager-digest-first': () =>
    digest(
      {
        kind: 'manager',
        subjectId: '100',
        subscriptionId,
        remarks: [],
        introduction: { switchedOnBy: 'Priya Nair (Enablement)', org: 'EMEA Sales' },
      },
      toReader({ team: named }),
    ),
  'manager-digest-unanswered': () =>
    digest({ kind: 'manager', subjectId: '100', subscriptionId, remarks: [], unanswered: [ben, kai] }, toReader({ team: named })),
  'manager-digest-with-reminder': () => digest(withReminder(), toReader({ team: named, coaching: waiting })),
  'reminder-live': () =>
    digest(reminderRequest(), toReader({ coaching: { ...waiting, basis: 'per-report', reports: waiting.reports.map(withCall) } })),
  'manager-digest-answered': async () =>
    redrawn(await digest(withReminder(), toReader({ team: named, coaching: waiting })), {
      items: [itemOf(ben.id, { status: 'closed-by-evidence', evidence: { type: 'scored', on: '2026-11-24' } }), itemOf(kai.id)],
      deliveryId,
      on: true,
      locale: 'en-GB',
      nameOf: (reportId) => (reportId === ben.id ? 'Ben' : 'Kai'),
    }),
  reminder: () => digest(reminderRequest(), toReader({ coaching: waiting })),
  'reminder-first': () =>
    digest(
      { ...reminderRequest(), introduction: { switchedOnBy: 'Priya Nair (Enablement)', org: 'EMEA Sales' }, remarks: ['late by 3 h'] },
      toReader({ coaching: waiting }),
    ),
  'reminder-put-off': () =>
    digest(
      reminderRequest({ only: 'put-off', items: [itemOf(ben.id, { status: 'snoozed', snoozedUntil: '2026-11-23' })] }),
      toReader({ coaching: waiting }),
    ),
  'reminder-goal-met': () =>
    digest(
      { ...reminderRequest({ goal: { goal: { everyWeeks: 8 } } }), deliveryId },
      toReader({ coaching: coachingReport({ reports: waiting.reports.slice(0, 2) }) }),
    ),
  'reminder-answered': () =>
    answeredReminder(
      true,
      itemOf(ben.id, { status: 'closed-by-evidence', evidence: { type: 'scored', on: '2026-11-24' } }),
      itemOf(kai.id, { status: 'done-said' }),
    ),
  'reminder-off': () =>
    answeredReminder(false, itemOf(ben.id, { status: 'snoozed', snoozedUntil: '2026-11-25' }), itemOf(kai.id, { status: 'not-mine' })),
  'org-digest': () => digest({ kind: 'org', subjectId: '100', subscriptionId, remarks: [] }, toOrg({})),
  'org-digest-with-reminder': () => digest({ ...withReminder(), kind: 'org' }, toOrg({ coaching: waiting })),
  'company-digest': () => digest({ kind: 'company', subscriptionId, remarks: [] }, toReader({}, { subject: { type: 'company' } })),
  'stats-live': async () => (await composeReport(toReader({ contract: 'live', team: named }), statsSections)).message,
  'stats-german': async () => (await composeReport(toReader({ team: named }, { locale: 'de-DE' }), statsSections)).message,
  'stats-report-of-ana': async () =>
    (await composeReport(toAna({}, { audience: { type: 'person', viewer: viewer() } }), statsSections)).message,
  scorecards: async () => (await composeReport(toReader(), scorecardSections)).message,
  'coaching-manager': async () => (await composeReport(toReader(), coachingSections)).message,
  'coaching-received': async () => (await composeReport(toAna(), coachingSections)).message,
}
