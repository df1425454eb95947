// Finds the digest meant by `/gong-digest pause EMEA`, and until when; words where a digest goes for its reader.

import type { DigestEntry } from '../../../digests/service.ts'
import { addDays, type LocalDate } from '../../../domain/period.ts'
import { AskError } from '../../../errors.ts'
import type { Message } from '../../../render/message.ts'
import { channel, clip, type Line, line, mention } from '../../../render/text/text.ts'
import type { Ask, BotServices, Say } from '../../command.ts'
import { titleOf } from '../../wording/digest-entry.ts'
import { recurrenceInWords } from '../../wording/runs.ts'

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
  throw new AskError(
    found.length === 0 ? `None of your digests is called "${wanted.slice(0, 60)}". Which one?` : 'Which one?',
    (found.length === 0 ? all : found).slice(0, 5).map((entry) => ({
      label: clip(`${all.indexOf(entry) + 1}. ${titleOf(entry)}, ${recurrenceInWords(entry.subscription.recurrence)}`, 75),
      command: '/gong-digest',
      text: `${verb} ${entry.subscription.id} ${further}`.trim(),
    })),
  )
}

/** `until 2026-12-24`, `for 2 weeks`. @throws AskError for a day that is past or cannot be read. */
export function untilIn(text: string, today: LocalDate): { readonly rest: string; readonly until?: LocalDate } {
  const weeks = /\bfor (\d{1,2}) weeks?\b/i.exec(text)
  if (weeks) return { rest: text.replace(weeks[0], ''), until: addDays(today, Number(weeks[1]) * 7) }
  const said = /\b(?:until|till|to) (\S+)/i.exec(text)
  if (!said) return { rest: text }
  const date = said[1] ?? ''
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date)) || date <= today) {
    throw new AskError('Until which day? For example /gong-digest pause until 2026-12-31.', [
      { label: 'My digests', command: '/gong-digest', text: '' },
    ])
  }
  return { rest: text.replace(said[0], ''), until: date }
}

/** The channel, the person, or *you*. */
export function whereOf({ subscription }: DigestEntry, ask: Ask): Line {
  const { destination } = subscription
  if (destination.type === 'channel') return channel(destination.channelId)
  return destination.slackUserId === ask.viewer.slackUserId ? line('you') : mention(destination.slackUserId)
}
