// The rows of a coaching reminder: two or three people to look at first, each with the reason, the call to hear and the answers as buttons.
// A reminder that comes alone and a digest that brings one are made of the same rows. What they name is handed back to be remembered.

import { type ReminderItem, reminderItemId } from '../../domain/coaching.ts'
import { addDays, weekOf } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { besideButton } from '../../render/ask-button.ts'
import type { Control, ImagelessCard, Message, ReminderHead, TextPart } from '../../render/message.ts'
import { bold, line } from '../../render/text/text.ts'
import { broughtUpToDate } from '../../stats/coaching/coverage.ts'
import { type NamedReport, planReminder } from '../../stats/coaching/reminder-plan.ts'
import type { CoachingReport, ReportCoverage } from '../../stats/coaching/results.ts'
import type { DigestRequest } from '../digest.ts'
import { type ReminderAnswer, type ReminderRows, reminderActions } from '../reminder-facts.ts'
import type { ReportContext } from '../section.ts'
import { namesAmong } from '../wording/subject.ts'
import { cardViewpoint } from '../wording/viewpoint.ts'
import { besidesWords, callToHear, headLine, whyWords } from './reminder-words.ts'

export interface NewReminderRows extends ReminderRows {
  /** Each person's row in words. */
  readonly reasons: readonly string[]
  readonly opens: readonly ReminderItem[]
  /** Of those with a row. */
  readonly named: readonly ReportCoverage[]
  readonly report: CoachingReport
}

/** Before each row of a digest, whose rows are a list among figures. */
export const rowMark = '• '

/** `inDigest`: for a digest, which calls nobody by name. */
export async function reminderRows(
  { reminder, subjectId, deliveryId }: Pick<DigestRequest, 'reminder' | 'subjectId' | 'deliveryId'>,
  context: ReportContext,
  { inDigest }: { readonly inDigest: boolean },
): Promise<NewReminderRows> {
  if (!reminder || subjectId === undefined) throw new Error('a reminder needs its coach and what was named before')
  const report = await coverageOf(subjectId, reminder.coacheeIds, context)
  const isPutOff = reminder.only === 'put-off'
  const plan = planReminder(report, reminder.goal.goal, reminder.items, context.today, report.state.zone, reminder)
  // Where a report has the coach's first name, both are called by the whole name.
  const called = namesAmong(context, [report.manager, ...report.reports.map(({ report: person }) => person)])
  const { locale } = context
  const head: ReminderHead = {
    ...(!inDigest && { coach: called(report.manager) }),
    done: plan.done,
    counted: plan.counted,
    everyWeeks: reminder.goal.goal.everyWeeks,
    ...besidesWords(plan, called, locale, isPutOff),
  }
  const back = isPutOff ? plan.named.map(({ coverage }) => called(coverage.report)) : []
  const named = plan.named.map(({ coverage }) => ({
    coverage,
    name: called(coverage.report),
    why: whyWords(coverage, report, locale),
  }))
  return {
    head,
    headPart: {
      type: 'text',
      line: headLine(head, { left: named.length, done: 0, snoozed: 0, notMine: 0 }, locale, back),
      isHead: true,
    },
    rows: named.map(({ coverage, name, why }) => ({
      type: 'item',
      line: line(inDigest ? rowMark : '', bold(name), `: ${why}`),
      controls: [
        ...callToHear(coverage, context.gongAppUrl),
        prepare(coverage.report.id),
        ...(deliveryId === undefined ? [] : answerControls(reminderItemId(deliveryId, coverage.report.id))),
      ],
    })),
    shows: [...named.map(({ coverage }) => coverage.report.id), ...(head.away ?? [])],
    reasons: named.map(({ name, why }) => `${name}: ${why}.`),
    opens: deliveryId === undefined ? [] : plan.named.map((each) => opened(each, subjectId, deliveryId, context.now)),
    named: plan.named.map(({ coverage }) => coverage),
    report,
  }
}

/** The rows a posted message has, as they were posted, of the people in `reportIds`; undefined when there are none. */
export function rowsPosted({ head, parts }: Message, reportIds: ReadonlySet<PersonId>): ReminderRows | undefined {
  const headPart = parts.find((part): part is TextPart => part.type === 'text' && part.isHead === true)
  const posted = parts.flatMap((part) => {
    const reportId = part.type === 'item' ? reportIdIn(part) : undefined
    return part.type === 'item' && reportId !== undefined && reportIds.has(reportId) ? [{ part, reportId }] : []
  })
  if (!head || !headPart || posted.length === 0) return undefined
  return { head, headPart, rows: posted.map(({ part }) => part), shows: [...posted.map(({ reportId }) => reportId), ...(head.away ?? [])] }
}

/** The item a row is about: what its *Done* names. */
export const itemIdIn = (part: ImagelessCard): string | undefined =>
  part.controls.flatMap((control) =>
    control.type === 'button' && control.value?.startsWith('done ') ? [control.value.slice('done '.length)] : [],
  )[0]

/** As {@link reminderItemId} has put it there. */
function reportIdIn(part: ImagelessCard): PersonId | undefined {
  const itemId = itemIdIn(part)
  return itemId?.slice(itemId.indexOf('.') + 1)
}

/** The last full week, with what was coached since: this week's days, and the cards of today, which alone Gong shows before the day ends. */
async function coverageOf(coachId: string, coacheeIds: readonly string[], context: ReportContext): Promise<CoachingReport> {
  const { stats, period, today } = context
  const { from } = weekOf(today, context.weekStart ?? 1)
  const periods = [period, ...(from === today ? [] : [{ from, to: today }]), { from: today, to: addDays(today, 1) }]
  const [week, ...later] = await Promise.all(periods.map((each) => stats.coaching(coachId, each, cardViewpoint(context), coacheeIds)))
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

/** The same as typing the command for the 1:1. */
const prepare = (personId: string): Control => besideButton('Prepare 1:1', `/gong-coaching gong:${personId}`, `prepare-${personId}`)

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
