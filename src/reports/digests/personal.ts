// The personal digest: one person's week beside their own past and the team's median, by direct message. Says each time who else can
// see it; the first time also who switched it on.

import { askButton } from '../../render/ask-button.ts'
import { statsSections } from '../sections/index.ts'
import { firstName, possessive } from '../wording/subject.ts'
import { isOwn, readerOf } from '../wording/viewpoint.ts'
import { whoSees } from '../wording/who-sees.ts'
import { asks, changeSchedule, type DigestRecipe, firstTime, stopThese } from './digest-recipe.ts'

export const personal: DigestRecipe = {
  sections: statsSections,
  async title(context) {
    if (context.subject.type !== 'person' || context.audience.type !== 'person') return 'Personal figures'
    const { figures } = await context.stats.person(context.subject.personId, context.period, readerOf(context))
    const name = firstName(context, figures.person)
    return isOwn(context) ? `Your week, ${name}` : `${possessive(name)} week`
  },
  subtitle: (context) => (isOwn(context) ? `you, ${whoSees('above you')} can see this` : undefined),
  // Who can see it stands on top, each time.
  closing: (request) => firstTime(request),
  controls: (request, context) => [
    asks('Details', 'details', '/gong-stats me', context, ' details'),
    askButton('Who has seen my numbers', '/gong-stats who saw me', 'seen'),
    ...changeSchedule(request),
    ...stopThese(request, context),
  ],
}
