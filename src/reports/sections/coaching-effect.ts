// "Is coaching working?": of the people coached on a scorecard question five to eight weeks ago, how many answer it better now. For leaders
// who see their people by name: without names, the counts of two weeks would reveal one person.
import type { PersonId } from '../../domain/person.ts'
import { decimal, listWords, oneOrMany, people } from '../../render/text/numbers.ts'
import { bold, line } from '../../render/text/text.ts'
import { effectWeeks } from '../../stats/coaching/effect.ts'
import type { QuestionsSince } from '../../stats/coaching/results.ts'
import { defineSection } from '../section.ts'
import { cardViewpoint, concludedBy, seesNames } from '../wording/viewpoint.ts'

export const coachingEffect = defineSection({
  id: 'coaching-effect',
  title: 'Is coaching working?',
  async gather(context) {
    const { subject, audience, stats, period } = context
    if (audience.type !== 'person' || !seesNames(context) || (subject.type !== 'org' && subject.type !== 'company')) return undefined
    const { since } = await stats.coachingEffect(subject, period, cardViewpoint(context))
    return since && counted(since).length > 0 ? since : undefined
  },
  render(since, { locale, audience }) {
    const of = counted(since)
    const some = ({ length }: readonly PersonId[]): string => (length === 0 ? 'none' : decimal(length, locale))
    const ways = [
      `${some(since.rose)} rose`,
      `${some(since.unchanged)} ${oneOrMany(since.unchanged.length, 'was', 'were')} unchanged`,
      `${some(since.fell)} fell`,
    ]
    const others = since.notScoredSince.length
    const rest =
      others === 0 ? '' : ` ${decimal(others, locale)} more ${oneOrMany(others, 'person was', 'people were')} not scored on it since.`
    const who = `${people(of.length, locale)} coached ${effectWeeks.to}–${effectWeeks.from} weeks ago on a scorecard question`
    return {
      parts: [{ type: 'text', line: line(bold('Is coaching working?'), ` ${who}: ${listWords(ways)}.${rest}`) }],
      shows: concludedBy(audience, (isOwn) => concluded(since, isOwn)),
    }
  },
})

/**
 * Whose outcome the counts give away to somebody who can find out who was coached: everybody's where all went one way, and the others' where
 * the reader, who knows their own, is the only one who went another.
 */
function concluded({ rose, unchanged, fell }: QuestionsSince, isOwn: (id: PersonId) => boolean): readonly PersonId[] {
  const ways = [rose, unchanged, fell].map((ids) => ids.filter((id) => !isOwn(id))).filter((ids) => ids.length > 0)
  return ways.length === 1 ? ways.flat() : []
}

const counted = ({ rose, unchanged, fell }: QuestionsSince) => [...rose, ...unchanged, ...fell]
