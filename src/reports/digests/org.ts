// The org digest: one row per team below a manager of managers, which teams to look at, whether coaching takes place and works, by direct
// message. People by name are one press further, in each team.
import { oneOrMany, people } from '../../render/text/numbers.ts'
import { leaderSections } from '../sections/index.ts'
import { seenByLeaders } from '../wording/who-sees.ts'
import { asks, changeSchedule, type DigestRecipe, firstTime, stopThese } from './digest-recipe.ts'
import { unansweredReminders } from './manager.ts'

export const org: DigestRecipe = {
  sections: leaderSections.filter(({ id }) => id !== 'people'),
  async subtitle({ subject, stats, period, locale }) {
    if (subject.type !== 'org') return undefined
    const [{ managers }, { members }] = await Promise.all([stats.coachingOverview(subject, period), stats.team(subject, period, 'by-name')])
    return `${managers.length} ${oneOrMany(managers.length, 'team', 'teams')}, ${people(members.length, locale)}`
  },
  closing: (request, context) => [...unansweredReminders(request, context), ...firstTime(request, seenByLeaders)],
  controls: (request, context) => {
    const whose = request.subjectId === undefined ? 'org' : `gong:${request.subjectId} org`
    return [
      asks('Coaching', 'coaching', `/gong-coaching ${whose}`, context),
      asks('Scorecards', 'scorecards', `/gong-scorecards ${whose}`, context),
      ...changeSchedule(request),
      ...stopThese(request, context),
    ]
  },
}
