// A button or list entry that stands for a typed command: pressing is typing, as the presser, with the same permission checks. The value
// is a claim like any typed text; it can name nothing that typing could not.
import { askActionId, besideActionId } from '../../render/ask-button.ts'
import type { Action, Outcome, Press } from '../action.ts'
import type { BotServices, Command, Say } from '../command.ts'
import { menu } from '../commands/help.ts'

/** Re-asks one of `commands`; in a private reply the answer takes the pressed message's place. */
export const askAgain = (commands: readonly Command[]): Action => ({
  id: askActionId(),
  handle: (press, services, waiting) => ask(commands, press, services, waiting),
})

/** The same for an entry of a list: the answer comes beside the list, which may hold more to press. */
export const askBeside = (commands: readonly Command[]): Action => ({
  id: besideActionId(),
  keepsReply: true,
  handle: (press, services, waiting) => ask(commands, press, services, waiting),
})

async function ask(commands: readonly Command[], press: Press, services: BotServices, waiting: Say): Promise<Outcome> {
  const typed = press.value?.trim() ?? ''
  const command = commands.find(({ name }) => typed === name || typed.startsWith(`${name} `))
  if (!command) return { type: 'reply', message: menu(commands) }
  const message = await command.answer(
    {
      text: typed.slice(command.name.length).trim(),
      viewer: press.viewer,
      email: press.email,
      channelId: press.channelId ?? '',
      triggerId: press.triggerId,
      now: press.now,
      locale: press.locale,
      zone: press.zone,
    },
    services,
    waiting,
  )
  return { type: 'reply', message }
}
