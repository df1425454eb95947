// `/gong-stats who saw me`: the access log, open to the person it is about. It leaves out the person's own looks and never shows figures.

import { accessKeptMonths } from '../../domain/access-record.ts'
import { askButton } from '../../render/ask-button.ts'
import type { Message } from '../../render/message.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import { bold, line } from '../../render/text/text.ts'
import { whoSeesYours } from '../../reports/wording/who-sees.ts'
import type { Ask, BotServices } from '../command.ts'
import { noPeopleYet } from '../no-people-yet.ts'
import { sightingLine } from '../wording/sighting.ts'
import { unmatched } from './refuse.ts'

/** In any of the ways one would ask it. */
export const isWhoSawMe = (text: string): boolean =>
  /^\s*who('?s| has| have)?\s+(saw|seen|looked|viewed|read|sees)\b.*$/i.test(text) || /^\s*seen\s+by\s*$/i.test(text)

const shownAtMost = 20

/** Longest list anybody needs: 20 pages of 20 are more than a year of weeks holds for most people, and a number typed must have an end. */
const mostPages = 500

/** `who saw me page 3` → 3. */
function pageOf(text: string): number {
  const page = Number(/\bpage\s+(\d{1,4})\b/i.exec(text)?.[1] ?? 1)
  return Math.min(Math.max(1, page), mostPages)
}

/** Who has seen the asker's figures, newest first, by reader and week; every page of it is one press away. */
export async function whoSawMe(
  ask: Pick<Ask, 'viewer' | 'email' | 'locale' | 'zone'> & { readonly text?: string },
  services: BotServices,
): Promise<Message> {
  const { person } = ask.viewer
  if (ask.viewer.standing !== 'member' || !person)
    return (await noPeopleYet(ask.viewer, await services.chart(), services, '/gong-stats who saw me')) ?? unmatched(ask)
  const page = pageOf(ask.text ?? '')
  const offset = (page - 1) * shownAtMost
  const { total, sightings } = await services.seenBy(person.id, { limit: shownAtMost, offset })
  const myNumbers = askButton('My numbers', '/gong-stats me', 0)
  const [latest] = sightings
  if (!latest) {
    return page === 1
      ? oneSentenceMessage(`Nobody but you has looked at your figures in the last ${accessKeptMonths} months; older looks are not kept.`, [
          myNumbers,
        ])
      : oneSentenceMessage('There is nothing older.', [askButton('Newest', '/gong-stats who saw me', 1)])
  }
  const older = total > offset + sightings.length ? [askButton('Older', `/gong-stats who saw me page ${page + 1}`, 2)] : []
  const newest = page > 1 ? [askButton('Newest', '/gong-stats who saw me', 1)] : []
  const channels = await services.digests.namedInChannels(ask.viewer)
  const lines = sightings.map((seen) => sightingLine(seen, ask))
  return {
    summary: `Who has seen your figures: ${lines.map(({ plain }) => plain).join(' · ')}`,
    parts: [
      { type: 'text', line: line(bold('Who has seen your figures'), ', newest first, by reader and week') },
      ...lines.map((each) => ({ type: 'text' as const, line: each })),
      {
        type: 'note',
        line: line(
          whoSeesYours(
            channels,
            sightings.some(({ channel }) => channel !== undefined),
          ),
        ),
      },
      { type: 'buttons', controls: [myNumbers, ...newest, ...older] },
    ],
  }
}
