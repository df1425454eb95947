// Coaching: whom a manager has reached and whom not yet, which call to hear first; for leaders, each manager's coverage; for a
// person, what they received. Always between people: never in a channel.
import { cutList } from '../../domain/cut-list.ts'
import { localDateOf, periodBefore } from '../../domain/period.ts'
import type { Cell, Part, TablePart } from '../../render/message.ts'
import { dateLong, dateShort, weeksWords } from '../../render/text/dates.ts'
import { decimal, listWords, measuredWords, missingWords, percent, plural, score } from '../../render/text/numbers.ts'
import { bold, clip, joined, type Line, line } from '../../render/text/text.ts'
import type { CoachingOverview, CoachingReceived, CoachingReport, ReportCoverage } from '../../stats/coaching/results.ts'
import { defineSection, foldTitle, type ReportContext, type SectionOutput } from '../section.ts'
import { callLink } from '../wording/call-link.ts'
import { byNeed, isCounted, isLongWithout } from '../wording/coaching-need.ts'
import { coachedBeforeWords, coachedUnknown, noneFurther, sinceKnown } from '../wording/coverage.ts'
import { beforeWords } from '../wording/measure.ts'
import { firstName, nameOf, namesAmong, possessive } from '../wording/subject.ts'
import { isCoach, isOwn, personOf, seesNames, withoutOwnAnswer } from '../wording/viewpoint.ts'

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
      const report = await stats.coaching(subject.managerId, period)
      return report.reports.length > 0 ? { type: 'team', report: withoutOwnAnswer(report, context) } : undefined
    }
    const report = await stats.coachingOverview(subject, period)
    return report.managers.length > 0 ? { type: 'overview', report } : undefined
  },
  render(gathered, context) {
    switch (gathered.type) {
      case 'team':
        return ofTeam(gathered.report, context)
      case 'overview':
        return ofLeader(gathered.report, context)
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
  const called = namesAmong(report.reports.map(({ report: person }) => person))
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
              line: line('To hear first: ', bold(nameOf(hear.report)), ', ', lowestLine(hear, report.state.zone, context)),
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
    line(bold(nameOf(coverage.report)), isNew ? ' (new)' : ''),
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

function ofLeader(report: CoachingOverview, { locale }: ReportContext): SectionOutput {
  const { managers } = report
  /** Unknown as soon as one manager's is. */
  const sum = (of: (manager: CoachingOverview['managers'][number]) => number | undefined): number | undefined =>
    managers.reduce<number | undefined>((all, one) => {
      const more = of(one)
      return all === undefined || more === undefined ? undefined : all + more
    }, 0)
  const reports = sum((manager) => manager.reports) ?? 0
  const [in4Weeks, in2Weeks] = [sum((manager) => manager.coachedIn4Weeks), sum((manager) => manager.coachedIn2Weeks)]
  const idle = managers.filter(({ coachedIn4Weeks, reports: under }) => under > 0 && coachedIn4Weeks === 0)
  const before = managers.every(({ coachedBefore }) => coachedBefore) ? sum(({ coachedBefore }) => coachedBefore?.in4Weeks) : undefined
  const sentence =
    in4Weeks === undefined
      ? coachedUnknown
      : `${in4Weeks} of ${plural(reports, 'person', locale, 'people')} coached in the last 4 weeks${coachedBeforeWords(before, { period: report.period, before: periodBefore(report.period) }, locale)}${in2Weeks === undefined ? '' : `, ${decimal(in2Weeks, locale)} of ${decimal(reports, locale)} in the last 2 weeks`}; ${idleWords(
          idle.map(({ manager }) => nameOf(manager)),
          managers.length,
          locale,
        )}.`
  const table: TablePart = {
    type: 'table',
    caption: 'Coaching by manager',
    columns: [
      { title: 'Manager', align: 'left' },
      { title: 'Reports', align: 'right' },
      { title: 'Coached in 2 weeks', align: 'right' },
      { title: 'In 4 weeks', align: 'right' },
      { title: 'Scorecards', align: 'right' },
    ],
    rows: managers.map(({ manager, reports: under, coachedIn2Weeks, coachedIn4Weeks, scorecardsFilled }): Cell[] => [
      { type: 'text', text: nameOf(manager) },
      count(under, locale),
      count(coachedIn2Weeks, locale),
      count(coachedIn4Weeks, locale),
      scorecardsFilled.known
        ? count(scorecardsFilled.value, locale)
        : { type: 'empty', why: measuredWords(scorecardsFilled, 'count', locale) },
    ]),
  }
  return {
    parts: [{ type: 'text', line: line(bold('Coaching:'), ` ${sentence}`) }],
    thread: [table],
    summary: sentence,
    shows: managers.map(({ manager }) => manager.id),
    ...(in4Weeks !== undefined && { figures: { 'people coached in 4 weeks': in4Weeks } }),
  }
}

/** Managers who coached nobody, by name while they are few. */
function idleWords(idle: readonly string[], managers: number, locale: string): string {
  if (idle.length === 0) return 'every manager coached somebody'
  const who = idle.length <= named ? ` (${listWords(idle)})` : ''
  return `${decimal(idle.length, locale)} of ${plural(managers, 'manager', locale)} coached nobody${who}`
}

const count = (value: number | undefined, locale: string): Cell =>
  value === undefined ? { type: 'empty', why: missingWords('not-read') } : { type: 'number', value, shown: decimal(value, locale) }

function received(report: CoachingReceived, context: ReportContext): SectionOutput {
  const { locale } = context
  const whose = isOwn(context) ? 'You' : firstName(report.person)
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
        line: line(bold(isOwn(context) ? 'Coaching:' : `${possessive(firstName(report.person))} coaching:`), ` ${got}`, last),
      },
    ],
    summary: got,
    shows: [report.person.id],
  }
}
