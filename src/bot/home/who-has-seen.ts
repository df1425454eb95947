// Home: who looked at the viewer's own figures last, in one line; all of them are one press away.

import { askButton } from '../../render/ask-button.ts'
import { bold, line } from '../../render/text/text.ts'
import type { HomeSection } from '../action.ts'
import { sightingLine } from '../wording/sighting.ts'

export const whoHasSeen: HomeSection = {
  id: 'who-has-seen',
  async write(viewer, services, at) {
    if (viewer.standing !== 'member' || !viewer.person?.active) return undefined
    const [last] = (await services.seenBy(viewer.person.id, { limit: 1 })).sightings
    return [
      {
        type: 'text',
        line: line(bold('Who has seen my numbers:'), ' ', last ? sightingLine(last, at) : 'nobody but you so far.'),
        control: askButton('See all', '/gong-stats who saw me', 'seen'),
      },
    ]
  },
}
