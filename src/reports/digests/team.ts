// The team digest: a team's medians for its channel or a DM. Without names unless they were switched on; who is behind a figure is
// found by pressing, as oneself.

import { askButton } from '../../render/ask-button.ts'
import { statsSections } from '../sections/index.ts'
import { seenByLeaders } from '../wording/who-sees.ts'
import { asks, changeSchedule, type DigestRecipe, firstTime, stopThese } from './digest-recipe.ts'

export const team: DigestRecipe = {
  sections: statsSections,
  closing: (request) => firstTime(request, seenByLeaders),
  controls: (request, context) => [
    asks('My numbers', 'mine', '/gong-stats me', context),
    ...(request.subjectId === undefined
      ? []
      : [asks('People (managers)', 'people', `/gong-stats gong:${request.subjectId} team`, context, ' details')]),
    askButton('Definitions', '/gong-stats definitions', 'definitions'),
    ...changeSchedule(request),
    ...stopThese(request, context),
  ],
}
