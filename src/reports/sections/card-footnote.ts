// What a scorecard report rests on, where no conversation figures are shown: how many cards of how many people, zone, when they were fetched.
import { cutList } from '../../domain/cut-list.ts'
import { periodTitle } from '../../render/text/dates.ts'
import { capital, listWords, people, plural, sentence } from '../../render/text/numbers.ts'
import { clip } from '../../render/text/text.ts'
import type { ScorecardReport } from '../../stats/scorecards/results.ts'
import { defineSection } from '../section.ts'
import { readWords } from '../wording/data-read.ts'
import { cardViewpoint, personOf } from '../wording/viewpoint.ts'

const namedAtMost = 4
const longestName = 40

export const cardFootnote = defineSection({
  id: 'card-footnote',
  title: 'What these averages rest on',
  speaksAlways: true,
  async gather(context) {
    if (context.subject.type === 'person' && personOf(context) === undefined) return undefined
    return context.stats.scorecards(context.subject, context.period, cardViewpoint(context), context.card)
  },
  render(report, context) {
    const { locale, today, subject } = context
    const n = report.tooFewPeople
      ? 'nothing is shown'
      : subject.type === 'person'
        ? plural(report.answered, 'card', locale)
        : `${plural(report.answered, 'card', locale)} of ${people(report.peopleReviewed, locale)}`
    const before = periodTitle(report.before, locale, Number(today.slice(0, 4)))
    const only = report.cardsThatCount ? ` ${countingWords(report.cardsThatCount, locale)}` : ''
    return {
      parts: [],
      smallPrint: `${capital(n)}.${only} Averages leave out what was not applicable. ${sentence(`Compared with ${before}`)} ${readWords({ ...report.state, heldBack: undefined }, context)}`,
    }
  },
})

/** `Only cards that count: Discovery and 2 more.`: others are named to nobody here. */
function countingWords({ named, others }: NonNullable<ScorecardReport['cardsThatCount']>, locale: string): string {
  if (named.length === 0) return `Only ${plural(others, 'scorecard', locale)} chosen by an admin ${others === 1 ? 'counts' : 'count'}.`
  const { shown, more } = cutList(named, namedAtMost)
  const rest = more + others
  const words = shown.map((name) => clip(name.trim(), longestName) || 'unnamed')
  return `Only cards that count: ${listWords([...words, ...(rest > 0 ? [`${rest} more`] : [])])}.`
}
