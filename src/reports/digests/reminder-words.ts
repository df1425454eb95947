// The sentences of a coaching reminder: why somebody is named, how far the goal is met, who set it, and what became of each row.
// Pure; which people are named is decided in stats/coaching/reminder-plan.ts.

import type { ReminderItem } from '../../domain/coaching.ts'
import { cutList } from '../../domain/cut-list.ts'
import type { AnsweredScorecard } from '../../domain/gong-figures.ts'
import { localDateOf } from '../../domain/period.ts'
import type { Person } from '../../domain/person.ts'
import type { Control, ReminderHead } from '../../render/message.ts'
import { dateLong, dateShort, weekdayLong, weeksWords } from '../../render/text/dates.ts'
import { capital, decimal, listWords, oneOrMany, people, plural, score } from '../../render/text/numbers.ts'
import { bold, clip, type Line, line } from '../../render/text/text.ts'
import { lookBackWeeks } from '../../stats/coaching/coverage.ts'
import type { ReminderPlan } from '../../stats/coaching/reminder-plan.ts'
import type { CoachingReport, ReportCoverage } from '../../stats/coaching/results.ts'
import type { GoalInForce } from '../reminder-facts.ts'
import { callUrl } from '../wording/call-link.ts'
import { noneFurther } from '../wording/coverage.ts'

const longestQuestion = 90
/** What became of the people a reminder names, as far as it is known. */
export interface Answered {
  /** Named and not answered. */
  readonly left: number
  readonly done: number
  readonly snoozed: number
  readonly notMine: number
}

/** `Maria, 2 people to hear this week.` or, when nothing is left, that it is so. */
function openingWords(head: ReminderHead, { left, done, snoozed, notMine }: Answered, locale: string): string {
  if (left > 0) return to(head, `${people(left, locale)} to hear this week.`)
  const counted = head.counted - notMine
  if (head.done + done >= counted)
    return counted === 0 ? to(head, 'nobody is left to coach.') : `${allWords(counted, locale)} coached. See you next week.`
  return to(head, `nobody is left to hear this week${snoozed > 0 ? `; ${decimal(snoozed, locale)} snoozed` : ''}.`)
}

const allWords = (count: number, locale: string): string => (count === 1 ? 'All' : count === 2 ? 'Both' : `All ${decimal(count, locale)}`)

/** A reminder that comes alone speaks to its coach. */
const to = ({ coach }: ReminderHead, words: string): string => (coach === undefined ? capital(words) : `${coach}, ${words}`)

/** The head of the rows. `back`: names of those who were snoozed until today, where it is about them alone. */
export function headLine(head: ReminderHead, answered: Answered, locale: string, back: readonly string[] = []): Line {
  const opening = back.length > 0 ? to(head, `back as you asked: ${listWords(back)}.`) : openingWords(head, answered, locale)
  if (head.coach === undefined) {
    // How many were coached is among the digest's figures, counted at the end of its week.
    const [first, then] = answered.left > 0 ? ['Look at first:', ` ${opening}`] : [opening, '']
    return line(bold(first), `${then}${head.besides}`)
  }
  const progress = progressWords(head, answered, locale)
  return line(bold(opening), progress === '' ? '' : ` ${progress}`)
}

/** `5 of 8 coached in the last 2 weeks. Lena is away. 2 more are due after them.` It follows every answer and every card. */
function progressWords(head: ReminderHead, { left, done, notMine }: Answered, locale: string): string {
  // That all are coached stands before it already.
  if (left === 0 && head.done + done >= head.counted - notMine) return head.besides.trim()
  const weeks = head.everyWeeks === 1 ? 'in the last week' : `in the last ${decimal(head.everyWeeks, locale)} weeks`
  return `${decimal(head.done + done, locale)} of ${decimal(head.counted - notMine, locale)} coached ${weeks}.${head.besides}`
}

const awayAtMost = 4

/** ` Lena is away. 2 more are due after them.` And who it names. */
export function besidesWords(
  plan: ReminderPlan,
  called: (person: Person) => string,
  locale: string,
  isPutOff: boolean,
): Pick<ReminderHead, 'besides' | 'away'> {
  const { shown, more: others } = cutList(plan.away, awayAtMost)
  const who = [...shown.map(called), ...(others > 0 ? [`${others} more`] : [])]
  const isAway = who.length === 0 ? '' : ` ${listWords(who)} ${oneOrMany(plan.away.length, 'is', 'are')} away.`
  const more = plan.more === 0 || isPutOff ? '' : ` ${decimal(plan.more, locale)} more ${oneOrMany(plan.more, 'is', 'are')} due after them.`
  return { besides: `${isAway}${more}`, away: shown.map(({ id }) => id) }
}

/** `no scorecard from you for 4 weeks (last 23 Oct). Lowest since: Discovery, 12 Nov, "Agreed next step" 2` */
export function whyWords(coverage: ReportCoverage, { state }: CoachingReport, locale: string): string {
  const { zone } = state
  const dated = (at: Date): string => dateShort(localDateOf(at, zone), locale)
  const { lastScorecard, weeksSince, isNew, report, callsInPeriod, lowest, lastByOthers } = coverage
  const calls = callsInPeriod.known ? `; ${plural(callsInPeriod.value, 'call', locale)} last week` : ''
  const last = lastScorecard
    ? `no scorecard from you for ${weeksWords(weeksSince.known ? Math.max(1, weeksSince.value) : 1)} (last ${dated(lastScorecard.answeredAt)})`
    : isNew && report.since !== undefined
      ? `joined ${dateShort(report.since, locale)}, none yet${calls}`
      : `no scorecard from you ${state.cardsKnown ? noneFurther(state, locale) : `in the last ${lookBackWeeks} weeks`}${calls}`
  if (lowest) return `${last}. ${lastScorecard ? 'Lowest since' : 'Lowest'}: ${lowestWords(lowest, dated, locale)}`
  return isNewer(lastByOthers, lastScorecard) ? `${last}. Scored by somebody else on ${dated(lastByOthers.answeredAt)}` : last
}

/** Somebody else's card is news only after the coach's own last one. */
const isNewer = (card: AnsweredScorecard | undefined, than: AnsweredScorecard | undefined): card is AnsweredScorecard =>
  card !== undefined && (than === undefined || card.answeredAt > than.answeredAt)

function lowestWords(lowest: NonNullable<ReportCoverage['lowest']>, dated: (at: Date) => string, locale: string): string {
  const card = clip(lowest.card.scorecardName.trim(), 60) || 'Unnamed card'
  const question = lowest.questionText === undefined ? 'an answer' : `"${clip(lowest.questionText.trim(), longestQuestion)}"`
  return `${card}, ${dated(lowest.card.answeredAt)}, ${question} ${score(lowest.score, locale, lowest.range)}`
}

/** [Open call] for the call the reason is about, else [Open a call] for a late one of theirs; none where no call is known. */
export function callToHear({ lowest, lastByOthers, lastScorecard, latestCall }: ReportCoverage, gongAppUrl: string): readonly Control[] {
  const about = lowest?.card.callId ?? (isNewer(lastByOthers, lastScorecard) ? lastByOthers.callId : undefined)
  const callId = about ?? latestCall?.callId
  if (callId === undefined) return []
  const label = about === undefined ? 'Open a call' : 'Open call'
  return [{ type: 'button', label, actionId: 'open-call', url: callUrl(gongAppUrl, callId) }]
}

/** `Goal: one scored call per person every 2 weeks (you, 2 Nov).` */
export function goalWords({ goal, setBy }: GoalInForce, basis: CoachingReport['basis'], locale: string, zone: string): string {
  const what = basis === 'per-report' ? 'one scored or coached call' : 'one scored call'
  const often = goal.everyWeeks === 1 ? 'every week' : `every ${goal.everyWeeks} weeks`
  const whose = goal.managerId === undefined ? ' for the company' : ''
  const by =
    setBy === undefined || goal.setAt === undefined
      ? 'the default'
      : `${setBy}${whose}, ${dateShort(localDateOf(goal.setAt, zone), locale)}`
  return `Goal: ${what} per person ${often} (${by}).`
}

/** How far back scorecards are looked for is said here once: where one is said to be missing, that is as far as is known. */
export function basisWords({ basis, state }: Pick<CoachingReport, 'basis' | 'state'>): string {
  const back = state.cardsKnown === undefined ? ` of the last ${lookBackWeeks} weeks` : ''
  return basis === 'scorecards'
    ? `Rests on scorecards${back} only; Gong's coaching totals do not say for whom.`
    : `Rests on scorecards${back} and on what Gong counts per person.`
}

/** What became of a row: `**Ben**: done, you said. Gong does not show it yet.` Undefined while it is open. */
export function outcomeLine(item: ReminderItem, name: string, locale: string): Line | undefined {
  const said = outcomeWords(item, locale)
  return said === undefined ? undefined : line(bold(name), ': ', said)
}

function outcomeWords({ status, snoozedUntil, evidence }: ReminderItem, locale: string): string | undefined {
  switch (status) {
    case 'open':
      return undefined
    case 'done-said':
      return 'done, you said. Gong does not show it yet.'
    case 'closed-by-evidence':
      if (!evidence) return 'done, Gong shows.'
      return evidence.type === 'scored'
        ? `Gong shows: scored ${weekdayLong(evidence.on, locale)}, ${dateShort(evidence.on, locale)}.`
        : `Gong shows: coached in the week of ${dateShort(evidence.on, locale)}.`
    case 'snoozed':
      return snoozedUntil === undefined ? 'snoozed.' : `snoozed until ${dateLong(snoozedUntil, locale)}.`
    case 'not-mine':
      return "marked not yours. I won't suggest them again."
    case 'named-again':
      return 'named again in a later message; answer there.'
  }
}
