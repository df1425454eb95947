// A pressed button or a chosen list entry: opens a loading view where the handler needs one, asks the handler, carries out what it
// decided.

import { setTimeout as wait } from 'node:timers/promises'
import { menu } from '../../bot/commands/help.ts'
import { mustBeMember } from '../../bot/strangers.ts'
import type { Message } from '../../render/message.ts'
import { answererFor } from './answer.ts'
import { mustFit } from './bounds.ts'
import { carryOut, handlerOf, pressOf } from './outcome.ts'
import type { PressFacts } from './payload.ts'
import type { ReceiveDeps } from './receive-deps.ts'

const knownWithinMs = 1000

export async function receivePress(facts: PressFacts, deps: ReceiveDeps): Promise<void> {
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
    mustFit(facts)
    const pressed = pressOf(facts, deps)
    pressed.catch(() => undefined)
    // The trigger lives three seconds: whoever is not known within one gets the view first, and its content after.
    const known = await Promise.race([pressed, wait(knownWithinMs, undefined, { ref: false })])
    if (known) mustBeMember(known.viewer)
    if (handler?.opensModal) loading = await views.openLoading(facts.triggerId, facts.from === 'modal')
    const press = await pressed
    mustBeMember(press.viewer)
    if (!handler) return answer.add(menu(commands, 'This button belongs to an older message and does nothing any more.'))
    const outcome = await handler.handle(press, services, say)
    await carryOut(outcome, { facts, answer, viewId: loading ?? facts.viewId }, deps)
  })
}
