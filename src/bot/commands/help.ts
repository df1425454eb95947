// What can be asked, made from the list of commands: the answer to `help`, to a message to the bot, to a mention, and to text that was
// not understood. It is typed nowhere else, so it cannot drift from what works.

import { askButton } from '../../render/ask-button.ts'
import type { Message, Part } from '../../render/message.ts'
import { bold, code, line } from '../../render/text/text.ts'
import type { Command } from '../command.ts'

/** Whether a command's text asks for help and nothing else. */
export const isHelp = (text: string): boolean => /^\s*(help|hilfe|\?|how|usage)\s*$/i.test(text)

/** The examples of one command, each with a button that asks it. */
export function helpOf(command: Pick<Command, 'name' | 'description' | 'usageHint' | 'examples'>, because?: string): Message {
  return {
    summary: `${because ? `${because} ` : ''}${command.name}: ${command.description}. For example ${command.examples
      .map(({ text }) => `${command.name} ${text}`.trim())
      .join(', ')}.`,
    parts: [
      ...(because ? [{ type: 'text' as const, line: line(because) }] : []),
      { type: 'text', line: line(bold(command.name), ' — ', command.description) },
      ...command.examples.map(
        ({ text, does }, index): Part => ({
          type: 'text',
          line: line(code(`${command.name} ${text}`.trim()), ' — ', does),
          // A placeholder such as @Ana is for typing, not for pressing.
          ...(!text.includes('@') && { control: askButton('Ask', `${command.name} ${text}`.trim(), index) }),
        }),
      ),
      ...(command.usageHint?.includes('last week') ? [periodsNote] : []),
    ],
  }
}

/** Every command with what it is for, and a button that asks it bare. */
export function menu(commands: readonly Pick<Command, 'name' | 'description' | 'usageHint'>[], because?: string): Message {
  const opening = because ?? 'Here is what you can ask. Answers are private: only you see them.'
  return {
    summary: `${opening} ${commands.map(({ name, description }) => `${name}: ${description}`).join('. ')}.`,
    parts: [
      { type: 'text', line: line(opening) },
      ...commands.map(
        ({ name, description, usageHint }, index): Part => ({
          type: 'text',
          line: line(bold(name), usageHint ? ' ' : '', usageHint ? code(usageHint) : '', ' — ', description),
          control: askButton('Ask', name, index),
        }),
      ),
      periodsNote,
    ],
  }
}

const periodsNote: Part = {
  type: 'note',
  line: line(
    'Periods: yesterday, this or last week, month, quarter, last 7 / 30 / 90 days, 2026-W46, November, 1-15 Nov, 2026-11-01..2026-11-15. Without one: the last full week.',
  ),
}
