// The manager digest: the team's figures, whom to coach and which call to hear first, by direct message.
import { leaderSections } from '../sections/index.ts'
import { asks, changeSchedule, type DigestRecipe } from './digest-recipe.ts'

export const manager: DigestRecipe = {
  sections: leaderSections,
  controls: (request, context) => {
    const team = request.subjectId === undefined ? 'team' : `gong:${request.subjectId} team`
    return [
      asks('People', 'people', `/gong-stats ${team}`, context, ' details'),
      asks('Coaching', 'coaching', `/gong-coaching ${team}`, context),
      asks('Scorecards', 'scorecards', `/gong-scorecards ${team}`, context),
      ...changeSchedule(request),
    ]
  },
}
