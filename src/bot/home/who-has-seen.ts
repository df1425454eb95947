// Home: who looked at the viewer's own figures last.

import { askButton } from '../../render/ask-button.ts'
import { line } from '../../render/text/text.ts'
import type { HomeSection } from '../action.ts'
import { sightingLine } from '../wording/sighting.ts'

const shownAtMost = 3

export const whoHasSeen: HomeSection = {
  id: 'who-has-seen',
  async write(viewer, services, at) {
    if (viewer.standing !== 'member' || !viewer.person?.active) return undefined
    const { sightings } = await services.seenBy(viewer.person.id, { limit: shownAtMost })
    return [
      { type: 'heading', text: 'Who has seen my numbers' },
      ...(sightings.length === 0
        ? [{ type: 'text' as const, line: line('Nobody but you so far.') }]
        : sightings.map((seen) => ({ type: 'text' as const, line: sightingLine(seen, at) }))),
      { type: 'buttons', controls: [askButton('See all', '/gong-stats who saw me', 'seen')] },
    ]
  },
}
