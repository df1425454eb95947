// Where everything people type, press, submit or open arrives after Bolt has acknowledged it: finds who asks, hands it to the one
// list entry that handles it, and turns errors into words. Knows no statistic and no wording of a report.

import type { ModalView } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import type { Action, HomeSection, Outcome, Press } from '../../bot/action.ts'
import type { BotServices, Command } from '../../bot/command.ts'
import { menu } from '../../bot/commands/help.ts'
import type { Clock } from '../../clock.ts'
import { AskError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { Viewers } from '../../people/viewers.ts'
import type { Message } from '../../render/message.ts'
import type { Choice } from '../../render/modal.ts'
import { markedSentenceMessage } from '../../render/one-sentence-message.ts'
import type { RenderForSlack } from '../../slack-ports.ts'
import { type Answerer, type Asked, createAnswerer } from './answer.ts'
import { createTeller, type OnAnswered } from './error-boundary.ts'
import { type PressFacts, unescaped } from './payload.ts'
import type { Views } from './views.ts'

export interface ReceiveParts {
  readonly client: Pick<WebClient, 'apiCall'>
  readonly commands: readonly Command[]
  readonly actions: readonly Action[]
  readonly home: readonly HomeSection[]
  readonly services: BotServices
  readonly viewers: Viewers
  readonly render: RenderForSlack
  /** Slack refused these blocks, at these JSON pointers. */
  readonly onRefused?: (blocks: readonly unknown[], pointers: readonly string[]) => Promise<void>
  readonly views: Views
  readonly fetch: typeof globalThis.fetch
  readonly clock: Clock
  readonly log: Log
  /** For the metrics: how one command or press ended and how long it took. */
  readonly onAnswered?: OnAnswered
}

export interface TypedCommand {
  readonly command: string
  readonly text: string
  readonly slackUserId: string
  readonly channelId: string
  readonly triggerId: string
  readonly responseUrl?: string
}

/** What Slack is to be told about a submission within its three seconds. `later` goes on after that. */
export type SubmissionAck =
  | { readonly type: 'close'; readonly later: () => Promise<void> }
  | { readonly type: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly type: 'loading'; readonly view: ModalView; readonly later: () => Promise<void> }

export interface Receiver {
  command(typed: TypedCommand): Promise<void>
  press(facts: PressFacts): Promise<void>
  submission(facts: PressFacts): Promise<SubmissionAck>
  search(query: string, facts: PressFacts): Promise<readonly Choice[]>
  openHome(slackUserId: string): Promise<void>
  /** A direct message to the bot or a mention: what one can ask, in private. */
  showMenu(asked: Asked): Promise<void>
}

/** Slack waits 3 s for a submission; what takes longer goes on behind a loading view. */
const submissionMs = 2000

export function createReceiver(parts: ReceiveParts): Receiver {
  const { client, commands, actions, services, viewers, render, views, clock, log } = parts
  const telling = createTeller({ services, viewers, log, ...(parts.onAnswered && { onAnswered: parts.onAnswered }) })

  const answererFor = (asked: Asked): Answerer =>
    createAnswerer(asked, { client, render, fetch: parts.fetch, clock, log, ...(parts.onRefused && { onRefused: parts.onRefused }) })

  async function pressOf(facts: PressFacts): Promise<Press> {
    const reader = await viewers.readerOf(facts.slackUserId)
    const { slackUserId: _id, responseUrl: _url, threadTs: _thread, viewId: _view, viewHash: _hash, isLink: _link, ...press } = facts
    return { ...press, ...reader, now: clock.now() }
  }

  /** The entry whose id is the longest match: `digest:edit` before `digest`. */
  const handlerOf = (actionId: string): Action | undefined =>
    actions.filter(({ id }) => actionId === id || actionId.startsWith(`${id}:`)).toSorted((a, b) => b.id.length - a.id.length)[0]

  async function drawHome(slackUserId: string): Promise<void> {
    const { viewer, locale, zone } = await viewers.readerOf(slackUserId)
    await views.publishHome(slackUserId, parts.home, viewer, services, { now: clock.now(), locale, zone })
  }

  /** Carries out what a handler decided. `viewId`: the view pressed in, or the loading view opened for this press. */
  async function carryOut(outcome: Outcome, facts: PressFacts, answer: Answerer, viewId: string | undefined): Promise<void> {
    switch (outcome.type) {
      case 'reply':
        if (viewId !== undefined && facts.viewId !== viewId) await views.update(viewId, views.saying(outcome.message))
        else await answer.say(outcome.message)
        return
      case 'replace':
        if (facts.from === 'message' && !facts.inPrivateReply && facts.channelId !== undefined && facts.messageTs !== undefined) {
          await views.replaceMessage(facts.channelId, facts.messageTs, outcome.message)
        } else await answer.say(outcome.message)
        return
      case 'modal':
        if (viewId !== undefined) await views.update(viewId, outcome.modal)
        else await views.open(facts.triggerId, outcome.modal)
        return
      case 'redraw':
        if (viewId !== undefined) await views.update(viewId, outcome.modal, facts.viewId === viewId ? facts.viewHash : undefined)
        else await views.open(facts.triggerId, outcome.modal)
        return
      case 'errors':
        await answer.say(markedSentenceMessage(Object.values(outcome.errors).join(' ')))
        return
      case 'done':
        if (outcome.home) await drawHome(facts.slackUserId)
    }
  }

  return {
    async command(typed) {
      const answer = answererFor({
        slackUserId: typed.slackUserId,
        channelId: typed.channelId,
        ...(typed.responseUrl !== undefined && { responseUrl: typed.responseUrl }),
      })
      const text = unescaped(typed.text)
      const again = `${typed.command} ${text}`.trim()
      await telling({ name: typed.command, slackUserId: typed.slackUserId, again }, answer.say, async () => {
        const command = commands.find(({ name }) => name === baseName(typed.command, commands))
        if (!command) return answer.say(menu(commands))
        const reader = await viewers.readerOf(typed.slackUserId)
        const ask = { text, ...reader, channelId: typed.channelId, triggerId: typed.triggerId, now: clock.now() }
        await answer.say(await command.answer(ask, services, answer.say))
      })
    },

    async press(facts) {
      const handler = handlerOf(facts.actionId)
      if (!handler && facts.isLink) return
      const answer = answererFor({
        slackUserId: facts.slackUserId,
        ...(facts.responseUrl !== undefined && { responseUrl: facts.responseUrl }),
        ...(facts.channelId !== undefined && { channelId: facts.channelId }),
        ...(facts.threadTs !== undefined && { threadTs: facts.threadTs }),
        replaces: facts.inPrivateReply && !handler?.keepsReply ? 'pressed' : 'nothing',
      })
      let loading: string | undefined
      const say = async (message: Message): Promise<void> => {
        if (loading !== undefined) await views.update(loading, views.saying(message))
        else await answer.say(message)
      }
      const again = handler?.id === 'ask' && facts.value?.startsWith('/') ? { again: facts.value } : {}
      await telling({ name: handler?.id ?? 'unknown', slackUserId: facts.slackUserId, ...again }, say, async () => {
        if (!handler) return answer.add(menu(commands, 'This button belongs to an older message and does nothing any more.'))
        // The trigger lives three seconds, so the view comes first and its content after.
        if (handler.opensModal) loading = await views.openLoading(facts.triggerId, facts.from === 'modal')
        const outcome = await handler.handle(await pressOf(facts), services, say)
        await carryOut(outcome, facts, answer, loading ?? facts.viewId)
      })
    },

    async submission(facts) {
      const handler = handlerOf(facts.actionId)
      const answer = answererFor({ slackUserId: facts.slackUserId })
      const decided: Promise<Outcome | { readonly type: 'failed'; readonly error: unknown }> = (async () => {
        try {
          if (!handler) throw new AskError('This form belongs to an older version of the bot. Open it again.')
          return await handler.handle(await pressOf(facts), services, (message) => answer.say(message))
        } catch (error) {
          return { type: 'failed' as const, error }
        }
      })()
      const finish = async (): Promise<void> => {
        const say = (message: Message) =>
          facts.viewId === undefined ? answer.say(message) : views.update(facts.viewId, views.saying(message))
        await telling({ name: handler?.id ?? 'unknown', slackUserId: facts.slackUserId }, say, async () => {
          const outcome = await decided
          if (outcome.type === 'failed') throw outcome.error
          if (outcome.type === 'done' && facts.viewId !== undefined)
            await views.update(facts.viewId, views.saying(markedSentenceMessage('Done.')))
          if (outcome.type === 'errors' && facts.viewId !== undefined)
            return say(markedSentenceMessage(Object.values(outcome.errors).join(' ')))
          // A reply is a message of its own; the form that waited says where it went.
          if (outcome.type === 'reply' && facts.viewId !== undefined)
            await views.update(facts.viewId, views.saying(markedSentenceMessage('Done. See the message from the bot.')))
          await carryOut(outcome, facts, answer, facts.viewId)
        })
      }
      const quick = await Promise.race([decided, new Promise<undefined>((resolve) => setTimeout(resolve, submissionMs, undefined).unref())])
      if (quick?.type === 'errors') return { type: 'errors', errors: quick.errors }
      if (quick?.type === 'done' || quick?.type === 'reply') {
        const at = { name: handler?.id ?? 'unknown', slackUserId: facts.slackUserId }
        return { type: 'close', later: () => telling(at, answer.say, () => carryOut(quick, facts, answer, undefined)) }
      }
      return { type: 'loading', view: views.loading, later: finish }
    },

    async search(query, facts) {
      const handler = handlerOf(facts.actionId)
      if (!handler?.options) return []
      try {
        return await handler.options(query, await pressOf(facts), services)
      } catch (error) {
        log.error({ err: error, name: handler.id }, 'a search could not be answered')
        return []
      }
    },

    async openHome(slackUserId) {
      const say = async (message: Message): Promise<void> => views.publishWords(slackUserId, message)
      await telling({ name: 'home', slackUserId }, say, () => drawHome(slackUserId))
    },

    async showMenu(asked) {
      const answer = answererFor(asked)
      await telling({ name: 'menu', slackUserId: asked.slackUserId }, answer.say, () => answer.say(menu(commands)))
    },
  }
}

/** `/gong-stats-staging` is `/gong-stats` of an app installed under another name. */
const baseName = (typed: string, commands: readonly Command[]): string =>
  commands.find(({ name }) => typed === name || typed.startsWith(`${name}-`))?.name ?? typed
