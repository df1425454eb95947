// What a scorecard or coaching report rests on, where no conversation figures are shown: how many cards of how many people, zone,
// when read, and how averages are made.
import { instantWords, periodTitle } from '../../render/dates.ts'
import { people, plural } from '../../render/numbers.ts'
import { line } from '../../render/text.ts'
import { defineSection } from '../section.ts'
import { cardEyes, personOf } from './parts/eyes.ts'

export const cardFootnote = defineSection({
  id: 'card-footnote',
  title: 'What these averages rest on',
  async gather(context) {
    if (context.subject.type === 'person' && personOf(context) === undefined) return undefined
    return context.stats.scorecards(context.subject, context.period, cardEyes(context), context.card)
  },
  render(report, { locale, now, zone, today, subject }) {
    const { state } = report
    const n = report.tooFewPeople
      ? 'Too few people to show'
      : subject.type === 'person'
        ? plural(report.answered, 'card', locale)
        : `${plural(report.answered, 'card', locale)} of ${people(report.peopleReviewed, locale)}`
    const before = periodTitle(report.before, locale, Number(today.slice(0, 4)))
    const read = state.readAt ? `read ${instantWords(state.readAt, now, locale, zone)}` : 'not read from Gong yet'
    const aside = state.quarantined > 0 ? ` ${plural(state.quarantined, 'record')} set aside: impossible values.` : ''
    const rests = `${n.slice(0, 1).toUpperCase()}${n.slice(1)}.`
    return {
      parts: [
        {
          type: 'note',
          line: line(
            `${rests} In brackets: ${before}. Averages leave out what was not applicable and keep scales, people and machines apart. ${state.zone}, ${read}.${aside}`,
          ),
        },
      ],
      summary: rests,
    }
  },
})
