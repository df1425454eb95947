// A typed slash command: finds it in the list, answers as the person who typed it. Something unknown gets the menu.

import type { Command } from '../../bot/command.ts'
import { menu } from '../../bot/commands/help.ts'
import { mustBeMember } from '../../bot/strangers.ts'
import { answererFor } from './answer.ts'
import { unescaped } from './payload.ts'
import type { ReceiveDeps } from './receive-deps.ts'

export interface TypedCommand {
  readonly command: string
  readonly text: string
  readonly slackUserId: string
  readonly channelId: string
  readonly triggerId: string
  readonly responseUrl?: string | undefined
}

export async function receiveCommand(typed: TypedCommand, deps: ReceiveDeps): Promise<void> {
  const { commands, services, viewers, clock } = deps
  const { slackUserId, channelId, triggerId, responseUrl } = typed
  const answer = answererFor({ slackUserId, channelId, responseUrl }, deps)
  const text = unescaped(typed.text)
  const again = `${typed.command} ${text}`.trim()
  await deps.guard({ name: typed.command, slackUserId, again }, answer.say, async () => {
    const reader = await viewers.readerOf(slackUserId)
    mustBeMember(reader.viewer)
    const command = commands.find(({ name }) => name === baseName(typed.command, commands))
    if (!command) return answer.say(menu(commands))
    await answer.say(await command.answer({ text, ...reader, channelId, triggerId, now: clock.now() }, services, answer.say))
  })
}

/** `/gong-stats-staging` is `/gong-stats` of an app installed under another name. */
const baseName = (typed: string, commands: readonly Command[]): string =>
  commands.find(({ name }) => typed === name || typed.startsWith(`${name}-`))?.name ?? typed
