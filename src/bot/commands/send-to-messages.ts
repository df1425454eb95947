// Sends an answer to the asker's own messages, where it stays: a private reply is gone when Slack is loaded anew.
import { ChannelGone, SlackRefused } from '../../errors.ts'
import type { Message } from '../../render/message.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import type { Ask, BotServices } from '../command.ts'
import { keepingLooks, recorded } from './looks.ts'

/**
 * `write`: builds the message for this asker now. `asked`: what it is asked by, a press below one message or a command; asked twice, it is sent
 * once. Where Slack lets the bot write to nobody, the message itself is the answer.
 */
export async function sendToMessages(
  write: (services: BotServices) => Promise<Message>,
  asked: string,
  { viewer: { slackUserId } }: Pick<Ask, 'viewer'>,
  services: BotServices,
): Promise<Message> {
  const kept = keepingLooks(services)
  const message = await write(kept.services)
  const outcome = await recorded(
    kept.looks,
    services,
    () => sendOnce(message, `to messages ${slackUserId} ${asked}`, slackUserId, services),
    (came) => came !== 'sent-before',
  )
  if (outcome === 'sent-before') return oneSentenceMessage(sentBefore)
  if (outcome === 'nobody-can-be-written-to') return message
  const [title] = message.parts
  return oneSentenceMessage(`Sent to your messages${title?.type === 'heading' ? `: ${title.text}` : ''}.`)
}

async function sendOnce(message: Message, key: string, slackUserId: string, { outbox }: Pick<BotServices, 'outbox'>) {
  try {
    return (await outbox.postOnce(key, slackUserId, message)) ? 'sent' : 'sent-before'
  } catch (error) {
    if (error instanceof ChannelGone || error instanceof SlackRefused) return 'nobody-can-be-written-to'
    throw error
  }
}

const sentBefore = 'This was sent to your messages already. Look there; if it is missing, type the command again and send that.'
