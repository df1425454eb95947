// The generic listeners, one per kind of payload: each acknowledges first and passes the payload's facts to receive.ts. An event is
// handled once although Slack may send it again. Knows no transport.
import { randomUUID } from 'node:crypto'
import type { App } from '@slack/bolt'
import { cleanText } from '../../domain/outside-text.ts'
import type { Log } from '../../log.ts'
import type { Choice } from '../../render/modal.ts'
import { createTurns, inTurn, type Turns } from '../../turns.ts'
import type { SlackUser } from '../directory.ts'
import { pressFacts, searchFacts, submissionFacts } from './payload.ts'
import type { Receiver, WrittenWords } from './receive.ts'
import { toOptions } from './views.ts'

/** The events listened for; `manifest.yml` subscribes to the same (a test compares them). */
export const listenedEvents = ['app_home_opened', 'app_mention', 'message.im', 'team_join', 'user_change'] as const

/** Kinds of message that somebody wrote: with a file, with /me, in a thread and in the conversation too. */
const written: ReadonlySet<string> = new Set(['file_share', 'me_message', 'thread_broadcast'])

/** Answers that were begun and are not done. */
export interface UnderWay {
  add(work: Promise<void>): void
  settled(): Promise<void>
}

export interface ListenDeps {
  readonly receiver: Receiver
  readonly onUser: (user: SlackUser) => Promise<void>
  readonly underWay: UnderWay
  readonly botUserId: string
  readonly log: Log
}

/** With more at once the acknowledgements of a burst wait for each other. */
const answersAtOnce = 8
/** Of one person; two turns are always left for the others. */
const bounds = { spare: 2, waitingAtMost: 50 }

/** Registers every listener on the app. */
export function listen(app: App, deps: ListenDeps): void {
  const { log } = deps
  const turns = createTurns(answersAtOnce, bounds)
  const refusedOnce = createRefusedOnce()
  app.error(async (error) => {
    log.error({ err: error, reference: randomUUID() }, 'a payload from Slack could not be handled')
  })
  listenToCommands(app, deps, turns)
  listenToControls(app, deps, turns, refusedOnce)
  listenToEvents(app, deps, turns, refusedOnce)
}

function listenToCommands(app: App, { receiver, underWay }: ListenDeps, turns: Turns): void {
  app.command(/^\//, async ({ command, ack }) => {
    await ack()
    const typed = {
      command: command.command,
      text: cleanText(command.text ?? ''),
      slackUserId: command.user_id,
      channelId: command.channel_id,
      triggerId: command.trigger_id,
      responseUrl: command.response_url || undefined,
    }
    const { slackUserId, channelId, responseUrl } = typed
    const answer = () => receiver.command(typed)
    underWay.add(inTurn(turns, slackUserId, answer, () => receiver.refuse({ slackUserId, channelId, responseUrl })))
  })
}

/**
 * Buttons, lists, forms and what search inputs offer. Each takes its turn, wherever it was; a view that a press opens is opened before, for as
 * many as may wait.
 */
function listenToControls(app: App, { receiver, underWay }: ListenDeps, turns: Turns, refusedOnce: RefusedOnce): void {
  app.action({ type: 'block_actions' }, async ({ body, ack }) => {
    await ack()
    const facts = pressFacts(body)
    if (!facts) return
    const { slackUserId, channelId, threadTs, responseUrl } = facts
    const refuse = async () => {
      // In a view there is no place for it but their messages.
      if (facts.from !== 'message' && !refusedOnce.isFirst(slackUserId)) return
      await receiver.refuse({ slackUserId, channelId, threadTs, responseUrl, replaces: 'nothing' })
    }
    const opened = turns.isRefused(slackUserId) ? undefined : receiver.begin(facts)
    const press = async () => {
      refusedOnce.over(slackUserId)
      await receiver.press(facts, opened)
    }
    underWay.add(inTurn(turns, slackUserId, press, refuse))
  })
  app.view({ type: 'view_submission' }, async ({ body, ack }) => {
    const facts = submissionFacts(body)
    if (!facts) return ack()
    const answer = await receiver.submission(facts, (work, refuse) => inTurn(turns, facts.slackUserId, work, refuse))
    if (answer.type === 'errors') return ack({ response_action: 'errors', errors: { ...answer.errors } })
    await (answer.type === 'loading' ? ack({ response_action: 'update', view: answer.view }) : ack())
    underWay.add(answer.later())
  })
  app.view({ type: 'view_closed' }, async ({ ack }) => ack())
  app.options(/.*/, async ({ body, ack }) => {
    const search = searchFacts(body)
    if (!search) return ack({ options: [] })
    const { query, press } = search
    const found = await inTurn(turns, press.slackUserId, () => receiver.search(query, press), none)
    await ack({ options: toOptions(found) })
  })
}

/** Slack has no place for words in a search. */
const none = async (): Promise<readonly Choice[]> => []

interface EventBody {
  readonly event_id?: unknown
}

function listenToEvents(app: App, { receiver, underWay, botUserId, onUser }: ListenDeps, turns: Turns, refusedOnce: RefusedOnce): void {
  const seen = createSeenEvents()
  const once = (body: EventBody, who: string | undefined, handle: () => Promise<void>, refuse = nothing): void => {
    if (seen.isNew(body.event_id)) underWay.add(inTurn(turns, who, handle, refuse))
  }
  const wrote = (body: EventBody, words: WrittenWords): void => {
    const { slackUserId } = words.address
    const answer = async () => {
      refusedOnce.over(slackUserId)
      await receiver.words(words)
    }
    once(body, slackUserId, answer, async () => {
      if (refusedOnce.isFirst(slackUserId)) await receiver.refuse(words.address)
    })
  }
  app.event('app_home_opened', async ({ event, body }) => {
    // One that is refused is drawn by those that wait.
    if (event.tab === 'home') once(body, event.user, () => receiver.openHome(event.user))
  })
  app.event('app_mention', async ({ event, body }) => {
    const { user, channel, thread_ts: threadTs } = event
    if (!user) return
    const address = { slackUserId: user, channelId: channel, threadTs }
    wrote(body, { text: spokenTo(botUserId, event.text), eventId: eventIdOf(body, event), address })
  })
  app.event('message', async ({ event, body }) => {
    // Only what a person wrote to the bot: no edits, no joins, no bots.
    const isWritten = event.subtype === undefined || written.has(event.subtype)
    const user = 'user' in event ? event.user : undefined
    if (event.channel_type !== 'im' || !isWritten || 'bot_id' in event || typeof user !== 'string') return
    const threadTs = 'thread_ts' in event ? event.thread_ts : undefined
    const address = { slackUserId: user, channelId: event.channel, threadTs, isDirect: true }
    const text = spokenTo(botUserId, 'text' in event ? event.text : undefined)
    wrote(body, { text, eventId: eventIdOf(body, event), address })
  })
  for (const name of ['team_join', 'user_change'] as const)
    app.event(name, async ({ event, body }) => once(body, undefined, () => onUser(event.user as SlackUser)))
}

const nothing = async (): Promise<void> => undefined

/** The words without the bot's own mention. Its label ends at the next `<` at the latest: each character is looked at once. */
export const spokenTo = (botUserId: string, text: unknown): string =>
  typeof text === 'string' ? cleanText(text).replaceAll(new RegExp(`<@${botUserId}(?:\\|[^<>]*)?>`, 'g'), ' ') : ''

const eventIdOf = ({ event_id: id }: EventBody, { ts }: { readonly ts: string }): string => (typeof id === 'string' ? id : ts)

/** Answers that were begun: a stop waits for them, a failure of one is logged and stops nothing. */
export function createUnderWay(log: Log): UnderWay {
  const works = new Set<Promise<void>>()
  return {
    add(work) {
      const guarded = work
        .catch((error: unknown) => log.error({ err: error }, 'an answer failed outside its own guard'))
        .finally(() => works.delete(guarded))
      works.add(guarded)
    },
    async settled() {
      while (works.size > 0) await Promise.all(works)
    },
  }
}

interface RefusedOnce {
  isFirst(slackUserId: string): boolean
  over(slackUserId: string): void
}

/** Posts to one conversation are paced, so whoever writes too much at once reads so once, until one of their questions is answered again. */
function createRefusedOnce(): RefusedOnce {
  const refused = new Set<string>()
  return {
    isFirst(slackUserId) {
      if (refused.has(slackUserId)) return false
      refused.add(slackUserId)
      return true
    },
    over: (slackUserId) => void refused.delete(slackUserId),
  }
}

/**
 * Slack sends an event up to three times more when it is in doubt; each is handled once here. Another replica may handle a repeat again:
 * that is one private menu too many or Home drawn twice, which is not worth a stored row for every event.
 */
function createSeenEvents(): { isNew(eventId: unknown): boolean } {
  const ids = new Set<string>()
  return {
    isNew(eventId) {
      if (typeof eventId !== 'string') return true
      if (ids.has(eventId)) return false
      ids.add(eventId)
      if (ids.size > 5000) for (const id of [...ids].slice(0, 1000)) ids.delete(id)
      return true
    },
  }
}
