// Sends an answer to the asker's own messages, where it stays: a private reply is gone when Slack is loaded anew.
import { ChannelGone, SlackRefused } from '../../errors.ts'
import type { Message } from '../../render/message.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import type { Ask, BotServices } from '../command.ts'

/**
 * Whoever calls this has built the message for this asker a moment ago. `asked`: what it is asked by, a press below one message or a command;
 * asked twice, it is sent once. Where Slack lets the bot write to nobody, the message itself is the answer.
 */
export async function sendToMessages(
  message: Message,
  asked: string,
  { viewer: { slackUserId } }: Pick<Ask, 'viewer'>,
  { outbox }: Pick<BotServices, 'outbox'>,
): Promise<Message> {
  try {
    if (!(await outbox.postOnce(`to messages ${slackUserId} ${asked}`, slackUserId, message))) return oneSentenceMessage(sentBefore)
  } catch (error) {
    if (error instanceof ChannelGone || error instanceof SlackRefused) return message
    throw error
  }
  const [title] = message.parts
  return oneSentenceMessage(`Sent to your messages${title?.type === 'heading' ? `: ${title.text}` : ''}.`)
}

const sentBefore = 'This was sent to your messages already. Look there; if it is missing, type the command again and send that.'
