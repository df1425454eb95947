// *Send to my messages*: the report of a private reply as a message to the presser, which stays. The value is the command text; it is read
// and checked as if the presser had typed it, and the report is built anew from what they may see now.
import type { Action } from '../action.ts'
import { understandValue } from '../commands/question.ts'
import { reply } from '../commands/reply.ts'
import { reportWriters } from '../commands/report-writers.ts'
import { sendToMessages } from '../commands/send-to-messages.ts'

export const sendToMe: Action = {
  id: 'send-to-me',
  keepsReply: true,
  async handle(press, services, waiting) {
    const question = await understandValue(press.value, press, services)
    if ('refusal' in question) return { type: 'reply', message: question.refusal }
    const write = (given: typeof services) =>
      reply(question, press, given, waiting, reportWriters[question.command], { goesTo: 'messages' })
    const { channelId, messageTs = press.triggerId, value } = press
    return { type: 'reply', message: await sendToMessages(write, [channelId, messageTs, value].join(' '), press, services) }
  },
}
