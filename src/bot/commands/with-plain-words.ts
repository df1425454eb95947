// Gives a command cleaned text whoever asks it: typed, pressed or called by another program.
import { AskError } from '../../errors.ts'
import type { Command } from '../command.ts'
import { plainWords, whyTooLong } from '../words/plain-words.ts'

export const withPlainWords = (command: Command): Command => ({
  ...command,
  async answer(ask, services, say) {
    const why = whyTooLong(ask.text)
    if (why) throw new AskError(why, [{ label: 'Help', command: command.name, text: 'help' }])
    return command.answer({ ...ask, text: plainWords(ask.text) }, services, say)
  },
})
