// Home: who looked at the viewer's own figures last, in one line; all of them are one press away.

import { accessKeptMonths } from '../../domain/access-record.ts'
import { askButton } from '../../render/ask-button.ts'
import { bold, line } from '../../render/text/text.ts'
import type { HomeSection } from '../action.ts'
import { sightingLine } from '../wording/sighting.ts'

/** So many looks are read back for the names before the last one. */
const looksRead = 10
const namedBefore = 2

export const whoHasSeen: HomeSection = {
  id: 'who-has-seen',
  async write(viewer, services, at) {
    if (viewer.standing !== 'member' || !viewer.person?.active) return undefined
    const [last, ...others] = (await services.seenBy(viewer.person.id, { limit: looksRead })).sightings
    const before = [...new Set(others.flatMap((seen) => (seen.by === last?.by || seen.channel ? [] : [seen.by])))].slice(0, namedBefore)
    return [
      {
        type: 'text',
        line: line(
          bold('Who has seen my numbers:'),
          ' ',
          last ? sightingLine(last, at) : `nobody but you in the last ${accessKeptMonths} months.`,
          ...before.flatMap((by, index) => [index === 0 ? '; before that ' : ', ', bold(by)]),
        ),
        control: askButton('See all', '/gong-stats who saw me', 'seen'),
      },
    ]
  },
}
