// What a scorecard report rests on, where no conversation figures are shown: how many cards of how many people, zone, when they were fetched.
import { cutWords } from '../../domain/cut-list.ts'
import { periodTitle } from '../../render/text/dates.ts'
import { capital, listWords, people, plural, sentence } from '../../render/text/numbers.ts'
import { clip } from '../../render/text/text.ts'
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
    const { cardsThatCount } = report
    const only = cardsThatCount
      ? ` Only cards that count: ${listWords(
          cutWords(
            cardsThatCount.map((name) => clip(name.trim(), longestName) || 'unnamed'),
            namedAtMost,
          ),
        )}.`
      : ''
    return {
      parts: [],
      smallPrint: `${capital(n)}.${only} Averages leave out what was not applicable. ${sentence(`Compared with ${before}`)} ${readWords({ ...report.state, heldBack: undefined }, context)}`,
    }
  },
})
