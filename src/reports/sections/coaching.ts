// Coaching: whom a manager has reached and whom not yet, which call to hear first; for a person, what they received. For leaders see
// wording/coaching-of-leader.ts. Always between people: never in a channel.
import { cutList } from '../../domain/cut-list.ts'
import { localDateOf } from '../../domain/period.ts'
import type { Part } from '../../render/message.ts'
import { dateLong, dateShort, weeksWords } from '../../render/text/dates.ts'
import { decimal, listWords, measuredWords, percent, plural, score } from '../../render/text/numbers.ts'
import { bold, clip, joined, type Line, line } from '../../render/text/text.ts'
import type { CoachingOverview, CoachingReceived, CoachingReport, ReportCoverage } from '../../stats/coaching/results.ts'
import { defineSection, foldTitle, type ReportContext, type SectionOutput } from '../section.ts'
import { callLink } from '../wording/call-link.ts'
import { byNeed, isCounted, isLongWithout } from '../wording/coaching-need.ts'
import { coachingOfLeader } from '../wording/coaching-of-leader.ts'
import { coachedBeforeWords, coachedUnknown, noneFurther, sinceKnown } from '../wording/coverage.ts'
import { beforeWords } from '../wording/measure.ts'
import { firstName, nameOf, namesAmong, possessive } from '../wording/subject.ts'
import { cardViewpoint, isCoach, isOwn, personOf, seesNames } from '../wording/viewpoint.ts'

type Gathered =
  | { readonly type: 'team'; readonly report: CoachingReport }
  | { readonly type: 'overview'; readonly report: CoachingOverview }
  | { readonly type: 'received'; readonly report: CoachingReceived }

export const coaching = defineSection({
  id: 'coaching',
  title: 'Coaching',
  async gather(context): Promise<Gathered | undefined> {
    const { audience, subject, stats, period } = context
    if (audience.type === 'group') return undefined
    const personId = personOf(context)
    if (personId !== undefined) {
      const report = await stats.coachingReceived(personId, period)
      return report.lastCard || (report.commentsReceived.known && report.commentsReceived.value > 0)
        ? { type: 'received', report }
        : undefined
    }
    if (subject.type === 'person' || !seesNames(context)) return undefined
    if (subject.type === 'team') {
      const report = await stats.coaching(subject.managerId, period, cardViewpoint(context))
      return report.reports.length > 0 ? { type: 'team', report } : undefined
    }
    const report = await stats.coachingOverview(subject, period)
    return report.managers.length > 0 ? { type: 'overview', report } : undefined
  },
  render(gathered, context) {
    switch (gathered.type) {
      case 'team':
        return ofTeam(gathered.report, context)
      case 'overview':
        return coachingOfLeader(gathered.report, context)
      case 'received':
        return received(gathered.report, context)
    }
  },
})

const named = 3
const mostByPerson = 40
const longestQuestion = 90

function ofTeam(report: CoachingReport, context: ReportContext): SectionOutput {
  const { locale } = context
  const sorted = report.reports.toSorted(byNeed)
  const called = namesAmong(
    context,
    report.reports.map(({ report: person }) => person),
  )
  const byPerson = cutList(sorted, mostByPerson)
  const waiting = sorted.filter(isLongWithout)
  const reached = reachedWords(report, locale)
  // Its coach has these people under "look at first", with what to press.
  const isRead = isCoach(context)
  const hear = isRead
    ? undefined
    : (sorted.find((coverage) => coverage.lowest && isCounted(coverage)) ?? sorted.find((coverage) => coverage.lowest))
  const gaps =
    waiting.length === 0 || isRead
      ? ''
      : ` Longest without${report.basis === 'scorecards' ? '' : ' a scorecard'}: ${listWords(waiting.slice(0, named).map((coverage) => `${called(coverage.report)} (${sinceWords(coverage, report, locale)})`))}.`
  return {
    parts: [
      { type: 'text', line: line(bold('Coaching:'), ` ${reached}${gaps}`) },
      ...(hear
        ? [
            {
              type: 'text' as const,
              line: line('To hear first: ', bold(nameOf(context, hear.report)), ', ', lowestLine(hear, report.state.zone, context)),
            },
          ]
        : []),
    ],
    thread: [
      { type: 'text', line: line(bold('Coaching by person'), ' · ', totalsLine(report, locale)) },
      ...byPerson.shown.map((coverage): Part => ({ type: 'text', line: coverageLine(coverage, report, context) })),
      ...(byPerson.more > 0 ? [{ type: 'note' as const, line: line(`and ${byPerson.more} more people`) }] : []),
      { type: 'note', line: line(basisWords(report)), foldedUnder: foldTitle },
    ],
    summary: reached,
    // What the manager did as a coach is theirs.
    shows: [report.manager.id, ...report.reports.map(({ report: person }) => person.id)],
    ...(report.coachedIn2Weeks !== undefined && { figures: { 'people coached in 2 weeks': report.coachedIn2Weeks } }),
  }
}

/** `4 of 7 people coached in the last 2 weeks (5 a week before); 6 of 7 in the last 4 weeks.` */
function reachedWords(
  { coachedIn2Weeks: in2, coachedIn4Weeks: in4, coachedBefore, reports, period, before }: CoachingReport,
  locale: string,
): string {
  if (in2 === undefined) return coachedUnknown
  const longer =
    in2 === reports.length || in4 === undefined ? '' : `; ${decimal(in4, locale)} of ${decimal(reports.length, locale)} in the last 4 weeks`
  return `${in2} of ${plural(reports.length, 'person', locale, 'people')} coached in the last 2 weeks${coachedBeforeWords(coachedBefore?.in2Weeks, { period, before }, locale)}${longer}.`
}

const sinceWords = ({ weeksSince }: ReportCoverage, { state }: CoachingReport, locale: string): string =>
  weeksSince.known ? weeksWords(weeksSince.value) : `none ${noneFurther(state, locale)}`

/** `Discovery, 12 Nov, "Agreed next step" 2 · Open call` */
function lowestLine({ lowest }: ReportCoverage, companyZone: string, context: ReportContext): Line {
  if (!lowest) return line('')
  const { card, questionText, score: value, range } = lowest
  const date = dateShort(localDateOf(card.answeredAt, companyZone), context.locale)
  const question = questionText === undefined ? 'lowest answer' : `"${clip(questionText.trim(), longestQuestion)}"`
  return line(
    `${clip(card.scorecardName.trim(), 60) || 'Unnamed card'}, ${date}, ${question} ${score(value, context.locale, range)} · `,
    callLink(context.gongAppUrl, card.callId),
  )
}

function coverageLine(coverage: ReportCoverage, report: CoachingReport, context: ReportContext): Line {
  const { locale } = context
  const { lastScorecard, lastByOthers, isNew, callsInPeriod, counts, attention } = coverage
  const dated = (at: Date): string => dateShort(localDateOf(at, report.state.zone), locale)
  return joined([
    line(bold(nameOf(context, coverage.report)), isNew ? ' (new)' : ''),
    lastScorecard
      ? line(`last scorecard ${dated(lastScorecard.answeredAt)}, `, callLink(context.gongAppUrl, lastScorecard.callId))
      : line(`no scorecard ${noneFurther(report.state, locale)}`),
    line(lastByOthers ? `somebody else's ${dated(lastByOthers.answeredAt)}` : ''),
    line(callsInPeriod.known ? plural(callsInPeriod.value, 'call', locale) : ''),
    line(counts?.callsListenedTo.known ? `${decimal(counts.callsListenedTo.value, locale)} listened to` : ''),
    line(attention?.known ? `${percent(attention.value, locale)} of the cards of 4 weeks` : ''),
    coverage.lowest ? line('lowest since: ', lowestLine(coverage, report.state.zone, context)) : line(''),
  ])
}

function totalsLine(report: CoachingReport, locale: string): Line {
  const one = (label: string, of: keyof CoachingReport['totals']): Line => {
    const now = report.totals[of]
    if (!now.known) return line('')
    return line(`${decimal(now.value, locale)} ${label}${beforeWords(report.totalsBefore[of], 'count', report, locale)}`)
  }
  const known = joined(
    [one('calls listened to', 'callsListenedTo'), one('comments given', 'commentsGiven'), one('scorecards filled', 'scorecardsFilled')],
    ', ',
  )
  return known.plain === '' ? line(`totals: ${measuredWords(report.totals.scorecardsFilled, 'count', locale)}`) : known
}

const basisWords = ({ basis }: CoachingReport): string =>
  basis === 'scorecards'
    ? "Coverage rests on answered scorecards; Gong's coaching totals do not say for whom."
    : 'Coverage rests on answered scorecards and on what Gong counts per report.'

function received(report: CoachingReceived, context: ReportContext): SectionOutput {
  const { locale } = context
  const whose = isOwn(context) ? 'You' : firstName(context, report.person)
  const cards = report.cards.length
  const comments = report.commentsReceived.known ? ` and comments on ${plural(report.commentsReceived.value, 'call', locale)}` : ''
  const since = sinceKnown(report.state, report.period, locale)
  const got =
    report.state.cardsKnown === 'none'
      ? `Scorecards ${whose === 'You' ? 'you' : whose} received are not yet fetched.`
      : `${whose} received ${plural(cards, 'scorecard', locale)}${since === undefined ? '' : ` ${since}`}${comments}.`
  const { lastCard } = report
  const last = lastCard
    ? line(
        ` The last card: ${dateLong(localDateOf(lastCard.answeredAt, report.state.zone), locale)}, `,
        bold(clip(lastCard.scorecardName.trim(), 60) || 'Unnamed card'),
        lastCard.overallScore === undefined ? '' : ` ${score(lastCard.overallScore, locale, lastCard.overallRange)}`,
        ' · ',
        callLink(context.gongAppUrl, lastCard.callId),
      )
    : line('')
  return {
    parts: [
      {
        type: 'text',
        line: line(bold(isOwn(context) ? 'Coaching:' : `${possessive(firstName(context, report.person))} coaching:`), ` ${got}`, last),
      },
    ],
    summary: got,
    shows: [report.person.id],
  }
}
