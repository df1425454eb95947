// `/gong-stats who saw me`: the access log, open to the person it is about. It leaves out the person's own looks and never shows figures.

import { askButton } from '../../render/ask-button.ts'
import type { Message } from '../../render/message.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import { plural } from '../../render/text/numbers.ts'
import { bold, line } from '../../render/text/text.ts'
import type { Ask, BotServices } from '../command.ts'
import { unmatched } from './refuse.ts'

/** In any of the ways one would ask it. */
export const isWhoSawMe = (text: string): boolean =>
  /^\s*who('?s| has| have)?\s+(saw|seen|looked|viewed|read|sees)\b.*$/i.test(text) || /^\s*seen\s+by\s*$/i.test(text)

const shownAtMost = 20

/** Who has looked at the asker's figures, newest first. */
export async function whoSawMe(ask: Pick<Ask, 'viewer' | 'email' | 'locale' | 'zone'>, services: BotServices): Promise<Message> {
  const { person } = ask.viewer
  if (ask.viewer.standing !== 'member' || !person) return unmatched(ask)
  const sightings = await services.seenBy(person.id, shownAtMost)
  const myNumbers = askButton('My numbers', '/gong-stats me', 0)
  if (sightings.length === 0) {
    return oneSentenceMessage('Nobody but you has looked at your figures so far.', [myNumbers])
  }
  const when = new Intl.DateTimeFormat(ask.locale, { timeZone: ask.zone, dateStyle: 'medium', timeStyle: 'short' })
  return {
    summary: `Others saw your figures ${sightings.length === shownAtMost ? `at least ${shownAtMost} times` : plural(sightings.length, 'time', ask.locale)}, last ${sightings[0]?.by} on ${when.format(sightings[0]?.at)}.`,
    parts: [
      { type: 'text', line: line(bold('Who has seen your figures'), ', newest first') },
      ...sightings.map(({ at, by, what, detail }) => ({
        type: 'text' as const,
        line: line(when.format(at), ' · ', bold(by), ` · ${what === 'delivery' ? `received in ${detail}` : `looked with ${detail}`}`),
      })),
      { type: 'note', line: line('Managers above you, people an admin gave a role, and admins can see your figures; nobody else.') },
      { type: 'buttons', controls: [myNumbers] },
    ],
  }
}
