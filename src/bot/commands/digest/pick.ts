// Finds the digest meant by `/gong-digest pause EMEA`, and until when; words where a digest goes for its reader.

import type { DigestEntry } from '../../../digests/service.ts'
import { addDays, type LocalDate } from '../../../domain/period.ts'
import { isCalendarDate, isPlausibleDate, latestDate } from '../../../domain/plausible-date.ts'
import { AskError } from '../../../errors.ts'
import { limits } from '../../../render/limits.ts'
import type { Message } from '../../../render/message.ts'
import { channel, clip, type Line, line, mention } from '../../../render/text/text.ts'
import type { Ask, BotServices, Say } from '../../command.ts'
import { titleOf } from '../../wording/digest-entry.ts'
import { weekdayName } from '../../wording/runs.ts'

/** One word after `/gong-digest`; `which`: what follows it. */
export type Verb = (which: string, ask: Ask, services: BotServices, say: Say) => Promise<Message>

/**
 * The digest meant: by id (buttons), by its number in the list, by a part of its name; the only one when nothing is said. `further`: what
 * else was typed, kept by the buttons that ask which one. @throws AskError with those buttons
 */
export async function pick(verb: string, which: string, ask: Ask, services: BotServices, further = ''): Promise<DigestEntry> {
  const wanted = which.trim()
  if (/^[0-9a-f-]{36}$/i.test(wanted)) return services.digests.entry(ask.viewer, wanted)
  const { receives, sends } = await services.digests.mine(ask.viewer)
  const all = [...receives, ...sends]
  if (all.length === 0)
    throw new AskError('You neither receive nor send a digest yet. Set one up with /gong-digest new.', [
      { label: 'Set one up', command: '/gong-digest', text: 'new' },
    ])
  const byNumber = /^\d+$/.test(wanted) ? all[Number(wanted) - 1] : undefined
  const found = byNumber ? [byNumber] : all.filter((entry) => titleOf(entry).toLowerCase().includes(wanted.toLowerCase()))
  const [only] = found
  if (only && found.length === 1) return only
  const offered = (found.length === 0 ? all : found).slice(0, mostOffered)
  throw new AskError(
    found.length === 0 ? `None of your digests is called "${wanted.slice(0, 60)}". Which one?` : 'Which one?',
    await Promise.all(
      offered.map(async (entry) => ({
        label: labelOf(entry, all.indexOf(entry) + 1, await services.digests.placeOf(ask.viewer, entry.subscription)),
        command: '/gong-digest',
        text: `${verb} ${entry.subscription.id} ${further}`.trim(),
      })),
    ),
  )
}

const mostOffered = 5

/** `2. Team digest of Maria Lind's team → #emea, Mon 09:00`: what tells digests apart stays when the title is long. */
function labelOf(entry: DigestEntry, number: number, named: string | undefined): string {
  const { recurrence, destination } = entry.subscription
  const { weekdays, time } = recurrence
  const place = named ?? (destination.type === 'channel' ? 'a channel' : 'you')
  const where = ` → ${clip(place, 24)}, ${weekdays.length === 7 ? 'daily' : weekdays.map(weekdayName).join(' ')} ${time}`
  return `${number}. ${clip(titleOf(entry), limits.buttonText - `${number}. `.length - where.length)}${where}`
}

/** `until 2026-12-24`, `for 2 weeks`. @throws AskError for a day that is past, too far off or cannot be read. */
export function untilIn(text: string, today: LocalDate): { readonly rest: string; readonly until?: LocalDate } {
  const weeks = /\bfor (\d{1,9}) weeks?\b/i.exec(text)
  const day = /\b(?:until|till|to) (\S+)/i.exec(text)
  const until = weeks ? weeksAfter(today, Number(weeks[1])) : day?.[1]
  if (until === undefined) return { rest: text }
  if (!isCalendarDate(until) || until <= today) throw noSuchDay('Until which day? For example /gong-digest pause until 2026-12-31.')
  if (!isPlausibleDate(until, today))
    throw noSuchDay(
      `That is too far off: I can pause until ${latestDate(today)} at the latest. Without a day it stays paused until you resume it.`,
    )
  return { rest: text.replace((weeks ?? day)?.[0] ?? '', ''), until }
}

/** The last day of the year 9999 stands for everything later: it is refused either way. */
const weeksAfter = (today: LocalDate, weeks: number): LocalDate => (weeks > 1000 ? '9999-12-31' : addDays(today, weeks * 7))

const noSuchDay = (why: string): AskError => new AskError(why, [{ label: 'My digests', command: '/gong-digest', text: '' }])

/** The channel, the person, or *you*. */
export function whereOf({ subscription }: DigestEntry, ask: Ask): Line {
  const { destination } = subscription
  if (destination.type === 'channel') return channel(destination.channelId)
  return destination.slackUserId === ask.viewer.slackUserId ? line('you') : mention(destination.slackUserId)
}
