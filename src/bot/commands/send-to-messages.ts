// Sends an answer to the asker's own messages, where it stays: a private reply is gone when Slack is loaded anew.
import { ChannelGone, SlackRefused } from '../../errors.ts'
import type { Message } from '../../render/message.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import type { Ask, BotServices } from '../command.ts'

/**
 * Whoever calls this has built the message for this asker a moment ago. Where Slack lets the bot write to nobody, the message itself is the
 * answer.
 */
export async function sendToMessages(
  message: Message,
  { viewer }: Pick<Ask, 'viewer'>,
  { outbox }: Pick<BotServices, 'outbox'>,
): Promise<Message> {
  try {
    await outbox.post(viewer.slackUserId, message)
  } catch (error) {
    if (error instanceof ChannelGone || error instanceof SlackRefused) return message
    throw error
  }
  const [title] = message.parts
  return oneSentenceMessage(`Sent to your messages${title?.type === 'heading' ? `: ${title.text}` : ''}.`)
}
