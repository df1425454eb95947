// A pressed button or a chosen list entry. Where the handler needs a view a loading one is opened at once, before the press has its turn;
// then the handler is asked, and what it decided is carried out. Who pressed is asked at the turn: rights can end while a press waits for it.

import { setTimeout as wait } from 'node:timers/promises'
import type { Press } from '../../bot/action.ts'
import { menu } from '../../bot/commands/help.ts'
import { mustBeMember } from '../../bot/strangers.ts'
import type { Message } from '../../render/message.ts'
import { answererFor } from './answer.ts'
import { mustFit } from './bounds.ts'
import { carryOut, handlerOf, pressOf } from './outcome.ts'
import type { PressFacts } from './payload.ts'
import type { ReceiveDeps } from './receive-deps.ts'

const knownWithinMs = 1000

/** The id of the loading view that was opened for a press. */
export type OpenedView = Promise<string>

/**
 * Opens the loading view where the press is to open one: its trigger lives three seconds, so that is done before it has its turn. Whoever may
 * see nothing gets none. What its failure is, the press itself says.
 */
export function beginPress(facts: PressFacts, deps: ReceiveDeps): OpenedView | undefined {
  if (!handlerOf(facts.actionId, deps)?.opensModal) return undefined
  const opened = openLoading(presserOf(facts, deps), facts, deps)
  opened.catch(() => undefined)
  return opened
}

async function presserOf(facts: PressFacts, deps: ReceiveDeps): Promise<Press> {
  mustFit(facts)
  const press = await pressOf(facts, deps)
  mustBeMember(press.viewer)
  return press
}

/** Whoever is not known within a second gets the view first, and its content, or a refusal, after. */
async function openLoading(press: Promise<Press>, facts: PressFacts, { views }: ReceiveDeps): Promise<string> {
  await Promise.race([press, wait(knownWithinMs, undefined, { ref: false })])
  return views.openLoading(facts.triggerId, facts.from === 'modal')
}

export async function receivePress(facts: PressFacts, deps: ReceiveDeps, opened = beginPress(facts, deps)): Promise<void> {
  const { commands, services, views } = deps
  const { slackUserId, responseUrl, channelId, threadTs } = facts
  const handler = handlerOf(facts.actionId, deps)
  if (!handler && facts.isLink) return
  const replaces = facts.inPrivateReply && !handler?.keepsReply ? 'pressed' : 'nothing'
  const answer = answererFor({ slackUserId, responseUrl, channelId, threadTs, replaces }, deps)
  let loading: string | undefined
  const say = async (message: Message): Promise<void> => {
    if (loading !== undefined) await views.update(loading, views.showing(message))
    else await answer.say(message)
  }
  const again = handler?.id.split(':')[0] === 'ask' && facts.value?.startsWith('/') ? facts.value : undefined
  await deps.guard({ name: handler?.id ?? 'unknown', slackUserId, again }, say, async () => {
    loading = await opened
    const press = await presserOf(facts, deps)
    if (!handler) return answer.add(menu(commands, 'This button belongs to an older message and does nothing any more.'))
    const outcome = await handler.handle(press, services, say)
    await carryOut(outcome, { facts, answer, viewId: loading ?? facts.viewId }, deps)
  })
}
