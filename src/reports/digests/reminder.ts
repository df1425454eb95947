// The coaching reminder: two or three people to look at first, each with the reason, the call to hear and the answers as buttons. Built
// for the coach alone. What it names is handed back to be remembered; the store is the schedule's.

import { type ReminderItem, reminderItemId } from '../../domain/coaching.ts'
import { addDays, weekOf } from '../../domain/period.ts'
import { askButton } from '../../render/ask-button.ts'
import type { Control, Message, Part, ReminderHead } from '../../render/message.ts'
import { bold, line } from '../../render/text/text.ts'
import { broughtUpToDate } from '../../stats/coaching/coverage.ts'
import { type NamedReport, planReminder } from '../../stats/coaching/reminder-plan.ts'
import type { CoachingReport } from '../../stats/coaching/results.ts'
import type { BuiltDigest, DigestRequest } from '../digest.ts'
import { type ReminderAnswer, reminderActions } from '../reminder-facts.ts'
import type { ReportContext } from '../section.ts'
import { callUrl } from '../wording/call-link.ts'
import { oldPeopleWords } from '../wording/data-read.ts'
import { firstName, namesAmong } from '../wording/subject.ts'
import {
  type Answered,
  backWords,
  basisWords,
  besidesWords,
  callToHear,
  goalWords,
  openingWords,
  progressWords,
  whyWords,
} from './reminder-words.ts'

/** @throws Error when the request carries no reminder: a reminder is built by the schedule for one coach. */
export async function buildReminder(request: DigestRequest, context: ReportContext): Promise<BuiltDigest> {
  const { reminder, subjectId, deliveryId } = request
  if (!reminder || subjectId === undefined) throw new Error('a reminder needs its coach and what was named before')
  const report = await coverageOf(subjectId, reminder.coacheeIds, context)
  const isPutOff = reminder.only === 'put-off'
  const plan = planReminder(report, reminder.goal.goal, reminder.items, context.today, report.state.zone, reminder.only)
  // A report with the first name of the coach, who is spoken to by it, is called by the whole name.
  const called = namesAmong([report.manager, ...report.reports.map(({ report: person }) => person)])
  const opens = deliveryId === undefined ? [] : plan.named.map((named) => opened(named, subjectId, deliveryId, context.now))
  const { locale } = context
  const head: ReminderHead = {
    coach: firstName(report.manager),
    done: plan.done,
    counted: plan.counted,
    everyWeeks: reminder.goal.goal.everyWeeks,
    besides: besidesWords(plan, called, locale, isPutOff),
  }
  const now: Answered = { left: plan.named.length, done: 0, snoozed: 0, notMine: 0 }
  const back = plan.named.map(({ coverage }) => called(coverage.report))
  const opening = isPutOff && back.length > 0 ? backWords(head.coach, back) : openingWords(head, now, locale)
  const progress = progressWords(head, now, locale)
  const reasons = plan.named.map(({ coverage }) => ({
    coverage,
    name: called(coverage.report),
    why: whyWords(coverage, report, locale),
  }))
  const goal = goalWords(reminder.goal, report.basis, locale, report.state.zone)
  const message: Message = {
    head,
    // The first line as it stands in the message, so that nobody hears it twice.
    summary: [opening, progress, ...reasons.map(({ name, why }) => `${name}: ${why}.`)].filter(Boolean).join(' '),
    parts: [
      { type: 'text', line: line(bold(opening), progress === '' ? '' : ` ${progress}`) },
      ...reasons.map(({ coverage, name, why }): Part => {
        const itemId = deliveryId === undefined ? undefined : reminderItemId(deliveryId, coverage.report.id)
        return {
          type: 'item',
          line: line(bold(name), `: ${why}`),
          controls: [
            ...openCall(callToHear(coverage), context.gongAppUrl),
            prepare(coverage.report.id),
            ...(itemId === undefined ? [] : answerControls(itemId)),
          ],
        }
      }),
      ...introduction(request),
      { type: 'text', line: line(`${goal} Closes itself when Gong shows ${report.basis === 'scorecards' ? 'the card' : 'it'}.`) },
      ...(deliveryId === undefined ? [] : [{ type: 'buttons' as const, controls: standingControls(true, deliveryId) }]),
      {
        type: 'note',
        line: line([basisWords(report.basis), ...request.remarks.map(capital)].join(' · '), oldPeopleWords(report.state, context)),
      },
    ],
  }
  return { message, isEmpty: plan.named.length === 0, shows: plan.named.map(({ coverage }) => coverage.report.id), figures: {}, opens }
}

/** The last full week, with what was coached since: this week's days, and the cards of today, which alone Gong shows before the day ends. */
async function coverageOf(coachId: string, coacheeIds: readonly string[], context: ReportContext): Promise<CoachingReport> {
  const { stats, period, today } = context
  const { from } = weekOf(today, context.weekStart ?? 1)
  const periods = [period, ...(from === today ? [] : [{ from, to: today }]), { from: today, to: addDays(today, 1) }]
  const [week, ...later] = await Promise.all(periods.map((each) => stats.coaching(coachId, each, coacheeIds)))
  if (!week) throw new Error('a reminder has a week')
  return later.reduce(broughtUpToDate, week)
}

/** Named for the first time, or again: without an answer the date of the first time stays. */
const opened = ({ coverage, item }: NamedReport, managerId: string, deliveryId: string, now: Date): ReminderItem => ({
  id: reminderItemId(deliveryId, coverage.report.id),
  deliveryId,
  managerId,
  reportId: coverage.report.id,
  status: 'open',
  openedAt: item?.status === 'open' ? item.openedAt : now,
})

const openCall = (callId: string | undefined, gongAppUrl: string): readonly Control[] =>
  callId === undefined ? [] : [{ type: 'button', label: 'Open call', actionId: 'open-call', url: callUrl(gongAppUrl, callId) }]

/** The same as typing the command for the 1:1. */
const prepare = (personId: string): Control => askButton('Prepare 1:1', `/gong-coaching gong:${personId}`, `prepare-${personId}`)

/** Values name the answer first: action ids are made unique within a message. */
const valueFor = (answer: ReminderAnswer, itemId: string): string => `${answer} ${itemId}`

export const answerControls = (itemId: string): readonly Control[] => [
  { type: 'button', label: 'Done', actionId: `${reminderActions.answer}:done`, value: valueFor('done', itemId) },
  {
    type: 'overflow',
    actionId: `${reminderActions.answer}:more`,
    options: [
      { label: 'Snooze 2 days', value: valueFor('snooze-2', itemId) },
      { label: 'Snooze to next week', value: valueFor('snooze-week', itemId) },
      { label: 'Not mine', value: valueFor('not-mine', itemId) },
    ],
  },
]

export const undoControl = (itemId: string): Control => ({
  type: 'button',
  label: 'Undo',
  actionId: `${reminderActions.answer}:undo`,
  value: valueFor('undo', itemId),
})

/** [Change goal] [Turn off], or the way back. `deliveryId`: the message to redraw; none for other replies. */
export const standingControls = (on: boolean, deliveryId = ''): readonly Control[] => [
  { type: 'button', label: 'Change goal', actionId: reminderActions.goal },
  {
    type: 'button',
    label: on ? 'Turn off' : 'Turn on again',
    actionId: `${reminderActions.answer}:${on ? 'off' : 'on'}`,
    value: `${on ? 'off' : 'on'} ${deliveryId}`.trim(),
  },
]

const introduction = ({ introduction: first }: DigestRequest): readonly Part[] =>
  first
    ? [
        {
          type: 'text',
          line: line(
            bold('First time?'),
            ` ${first.switchedOnBy} switched this on for ${first.org}. Only you get it, once a week at most; [Turn off] ends it for good.`,
          ),
        },
      ]
    : []

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
