// The company digest: medians over everybody, and how far coaching reaches. By manager only for those who may see names.
import { leaderSections } from '../sections/index.ts'
import { seenByAdmins } from '../wording/who-sees.ts'
import { asks, changeSchedule, type DigestRecipe, firstTime, stopThese } from './digest-recipe.ts'

export const company: DigestRecipe = {
  sections: leaderSections.filter(({ id }) => id !== 'people'),
  closing: (request) => firstTime(request, seenByAdmins),
  controls: (request, context) => [
    asks('My team', 'team', '/gong-stats team', context),
    asks('My numbers', 'mine', '/gong-stats me', context),
    ...changeSchedule(request),
    ...stopThese(request, context),
  ],
}
