// What somebody wrote to the bot or beside its name: answered as the command it asks for; what is not understood gets the list of commands,
// with the nearest question first.
import { askButton } from '../../render/ask-button.ts'
import type { Message } from '../../render/message.ts'
import { line } from '../../render/text/text.ts'
import type { Ask, BotServices, Command, Say } from '../command.ts'
import { namesIn } from '../words/names-in.ts'
import { plainName } from '../words/plain-name.ts'
import { type AskInWords, readSentence } from '../words/sentence.ts'
import { onlyAllowed } from './allowed-offers.ts'
import { menu } from './help.ts'

/** @throws AskError as the command does */
export async function answerInWords(ask: Ask, services: BotServices, say: Say, commands: readonly Command[]): Promise<Message> {
  const [today, chart] = [await services.today(), await services.chart()]
  const names = namesIn(chart)
  const isName = (words: string): boolean => names.has(plainName(words))
  const reading = readSentence(ask.text, { today, weekStart: services.settings.weekStart, isName })
  if (reading.type === 'unknown') return onlyAllowed(menu(commands), ask, services)
  const command = commands.find(({ name }) => name === reading.ask.command)
  if (!command || reading.type === 'near') return onlyAllowed(nearestFirst(reading.ask, commands), ask, services)
  return command.answer({ ...ask, text: reading.ask.text }, services, say)
}

function nearestFirst({ command, text }: AskInWords, commands: readonly Command[]): Message {
  const typed = `${command} ${text}`.trim()
  const opening = `I did not understand all of that. The nearest question I know is ${typed}`
  const { summary, parts } = menu(commands, 'Everything you can ask:')
  return {
    summary: `${opening}. ${summary}`,
    parts: [{ type: 'text', line: line(`${opening}.`), control: askButton('Ask that', typed, 'nearest') }, ...parts],
  }
}
