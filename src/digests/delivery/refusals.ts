// What happens while Slack refuses every post, or every direct message: rows wait together instead of each repeating the refusal, admins are
// notified once, and the first post that gets through ends it. A refusal that only one row meets, while others get through, is that row's.
import type { Clock } from '../../clock.ts'
import { createHolds } from '../../holds.ts'
import type { Log } from '../../log.ts'
import type { OutageKey, Outages } from '../../people/outages.ts'
import { refusalWords } from '../../reports/wording/slack-refusal.ts'
import type { SlackFailure } from '../../slack-ports.ts'

export interface Refusals {
  /** Milliseconds until a row may be tried; 0 when nothing is refused. */
  leftMs(isDirect: boolean): number
  /** Begins a pause of five minutes and returns when the refused row may be tried: a little after the others, which may get through. */
  begin(failure: SlackFailure): Promise<Date>
  /** Notifies admins that nothing gets through, without a pause. */
  report(failure: SlackFailure): Promise<void>
  /** A post got through. */
  accepted(rowId: string, isDirect: boolean): Promise<void>
  /** Since when this process has seen the row refused; remembers it from now on. */
  refusedSince(rowId: string): Date
}

const pauseMs = 300_000
const othersFirstMs = 20_000
/** Notices rest longer: digests are what is tried. */
export const noticeRestMs = 30 * 60_000

/** More rows than this are refused only when all are. */
const rememberedAtMost = 5000

type Key = Exclude<OutageKey, 'app-token'>

export function createRefusals(clock: Clock, outages: Outages, log: Log): Refusals {
  const holds = createHolds<Key>(clock)
  const refused = new Map<string, Date>()
  /** Episodes this process knows to be over; at the first post after a start none is known. */
  const over = new Set<Key>()

  async function report(failure: SlackFailure): Promise<Key> {
    const key = failure.type === 'direct-refused' ? 'direct-messages' : 'posts'
    over.delete(key)
    await outages
      .begin(key, refusalInWords(failure))
      .catch((error: unknown) => log.error({ err: error }, 'Admins could not be notified of a refusal'))
    return key
  }

  async function end(key: Key): Promise<void> {
    if (over.has(key)) return
    over.add(key)
    holds.end(key)
    await outages.end(key, endWords[key]).catch((error: unknown) => {
      over.delete(key)
      log.error({ err: error }, 'The end of a refusal could not be written down')
    })
  }

  return {
    leftMs(isDirect) {
      return Math.max(holds.leftMs('posts'), isDirect ? holds.leftMs('direct-messages') : 0)
    },
    async begin(failure) {
      const key = await report(failure)
      return new Date(holds.begin(key, pauseMs).getTime() + othersFirstMs)
    },
    report: async (failure) => void (await report(failure)),
    async accepted(rowId, isDirect) {
      refused.delete(rowId)
      await end('posts')
      if (isDirect) await end('direct-messages')
    },
    refusedSince(rowId) {
      const now = clock.now()
      const known = refused.get(rowId)
      // Written by a clock that has been set right since, it would stand after every post that gets through.
      const since = known && known <= now ? known : now
      if (refused.size >= rememberedAtMost) refused.clear()
      refused.set(rowId, since)
      return since
    },
  }
}

const waits = 'What is due waits and goes out by itself then.'

/** What admins read: the thing to switch on, by Slack's code. */
function refusalInWords(failure: SlackFailure): string {
  const { error } = failure
  if (failure.type === 'direct-refused') {
    const remedy =
      error === 'messages_tab_disabled'
        ? 'Switch on *Slack app → App Home → Messages Tab*.'
        : 'A setting of this workspace is in the way: its owner allows the app to write direct messages under *Workspace settings → Permissions*.'
    return `*Slack refuses direct messages of the bot (${error}).* ${remedy} ${waits}`
  }
  if (error === 'missing_scope' || error === 'no_permission') {
    const needed = 'needed' in failure && failure.needed !== undefined ? `: ${failure.needed}` : ''
    return `*The bot lacks a permission, so nothing can be posted (${error}${needed}).* Paste manifest.yml again under *Slack app → App Manifest*, then press *Reinstall to Workspace*. ${waits}`
  }
  const { what, remedy } = refusalWords(error)
  return `*${what} (${error}).* ${remedy} ${waits}`
}

const endWords: Readonly<Record<Key, string>> = {
  posts: 'Slack takes messages of the bot again. What waited meanwhile goes out now.',
  'direct-messages': 'Slack takes direct messages of the bot again. What waited meanwhile goes out now.',
}
