// Buttons on digests, lists and notices. Most stand for a typed command; those that decide about a single delivery are here. Values name
// rows; the digest service checks them against the presser.

import { AskError } from '../../errors.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import { digestActions } from '../../reports/digest-actions.ts'
import type { Action, Press } from '../action.ts'
import type { BotServices } from '../command.ts'
import { digest } from '../commands/digest.ts'
import { recurrenceInWords } from '../wording/runs.ts'

type Act = (value: string, press: Press, services: BotServices) => Promise<string>

const acts: Readonly<Record<string, Act>> = {
  async [digestActions.send](value, press, services) {
    const [id = '', asked = press.triggerId] = value.split(' ')
    await services.digests.sendNow(press.viewer, id, asked)
    return 'On its way. It is an extra one; the planned one still comes.'
  },
  async [digestActions.remove](value, press, services) {
    await services.digests.remove(press.viewer, value)
    return 'Deleted. What was posted stays in Slack.'
  },
  async [digestActions.stopProgramme](value, press, services) {
    await services.digests.stopProgramme(press.viewer, value)
    return 'The programme has ended: nobody gets anything by it any more. What was posted stays in Slack.'
  },
  async [digestActions.arrived](value, press, services) {
    await services.digests.arrived(press.viewer, value)
    return 'Thank you. It is marked as sent.'
  },
  async [digestActions.takeOver](value, press, services) {
    const [first = '', ...others] = value.split(' ')
    const { subscription, namesOff } = await services.digests.takeOver(press.viewer, first)
    if (others.length === 0) {
      const then =
        subscription.status === 'paused'
          ? 'It is paused: move or delete it in your list, /gong-digest list.'
          : 'What was held back is on its way.'
      const names = namesOff ? ' It shows nobody by name any more, unless you switch that on with Change in your list.' : ''
      return `It is yours now, ${recurrenceInWords(subscription.recurrence)}. ${then}${names}`
    }
    // One that is gone meanwhile does not keep the others.
    let taken = 1
    for (const id of others) taken += await services.digests.takeOver(press.viewer, id).then(one, none)
    return `${taken} digests are yours now. Move or delete those that are paused in your list, /gong-digest list.`
  },
  async [digestActions.post](value, press, services) {
    await services.digests.postAgain(press.viewer, value)
    return 'On its way.'
  },
}

const one = (): number => 1

function none(error: unknown): number {
  if (error instanceof AskError) return 0
  throw error
}

/** Buttons that stand for a typed command with the subscription's id. */
const commands: Readonly<Record<string, string>> = {
  [digestActions.preview]: 'preview',
  [digestActions.pause]: 'pause',
  [digestActions.resume]: 'resume',
  [digestActions.skip]: 'skip',
  [digestActions.history]: 'history',
  [digestActions.stop]: 'stop',
}

export const digestButtons: Action = {
  id: 'digest',
  async handle(press, services, waiting) {
    const value = press.value ?? ''
    const act = acts[press.actionId]
    if (act) return { type: 'reply', message: oneSentenceMessage(await act(value, press, services)) }
    const { viewer, triggerId, now, locale, zone } = press
    const ask = {
      text: `${commands[press.actionId] ?? ''} ${value}`.trim(),
      viewer,
      channelId: press.channelId ?? '',
      triggerId,
      now,
      locale,
      zone,
    }
    return { type: 'reply', message: await digest.answer(ask, services, waiting) }
  },
}
