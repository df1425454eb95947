// A button or list entry that stands for a typed command: pressing is typing, as the presser, with the same permission checks. The value
// is a claim like any typed text; it can name nothing that typing could not.
import type { Action } from '../action.ts'
import type { Command } from '../command.ts'
import { menu } from '../commands/help.ts'

/** Re-asks one of `commands`; in a private reply the answer takes the pressed message's place. */
export function askAgain(commands: readonly Command[]): Action {
  return {
    id: 'ask',
    async handle(press, services, waiting) {
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
    },
  }
}
