// Buttons on digests, lists and notices. Most of them are a command pressed; the ones that decide about a single delivery are
// here. Values name rows; the digest desk checks them against the presser.
import type { Message } from '../../render/message.ts'
import { line } from '../../render/text.ts'
import type { Desk } from '../command.ts'
import { digest } from '../commands/digest.ts'
import { digestActions } from '../digest-desk.ts'
import { recurrenceInWords } from '../editor/runs-in-words.ts'
import type { Interaction, Press } from '../interaction.ts'

const words = (text: string): Message => ({ summary: text, parts: [{ type: 'text', line: line(text) }] })

type Act = (value: string, press: Press, desk: Desk) => Promise<string>

const acts: Readonly<Record<string, Act>> = {
  async [digestActions.send](value, press, desk) {
    const [id = '', asked = press.triggerId] = value.split(' ')
    await desk.digests.sendNow(press.viewer, id, asked)
    return 'On its way. It is an extra one; the planned one still comes.'
  },
  async [digestActions.remove](value, press, desk) {
    await desk.digests.remove(press.viewer, value)
    return 'Deleted. What was posted stays in Slack.'
  },
  async [digestActions.stopProgramme](value, press, desk) {
    await desk.digests.stopProgramme(press.viewer, value)
    return 'The programme has ended: nobody gets anything by it any more. What was posted stays in Slack.'
  },
  async [digestActions.arrived](value, press, desk) {
    await desk.digests.arrived(press.viewer, value)
    return 'Thank you. It is marked as sent.'
  },
  async [digestActions.takeOver](value, press, desk) {
    const { subscription } = await desk.digests.takeOver(press.viewer, value)
    return `It is yours now, ${recurrenceInWords(subscription.recurrence)}; what was held back is on its way.`
  },
  async [digestActions.post](value, press, desk) {
    await desk.digests.postAgain(press.viewer, value)
    return 'On its way.'
  },
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

export const digestButtons: Interaction = {
  id: 'digest',
  async handle(press, desk, waiting) {
    const value = press.value ?? ''
    const act = acts[press.actionId]
    if (act) return { type: 'reply', message: words(await act(value, press, desk)) }
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
    return { type: 'reply', message: await digest.answer(ask, desk, waiting) }
  },
}
