// `/gong-coaching`: a manager's coverage of their team, the coaching a rep received, one screen before a 1:1 with a direct report, or
// the weekly reminder.
import type { Ask, Command } from '../command.ts'
import { onlyAllowed } from './allowed-offers.ts'
import { helpOf, isHelp } from './help.ts'
import { type Question, understand } from './question.ts'
import { remind, reminderControls } from './remind.ts'
import { reply } from './reply.ts'
import { reportWriters } from './report-writers.ts'
import { sendToMessages } from './send-to-messages.ts'

/** One screen before a 1:1: about one person who is not the asker. */
const isSheet = ({ subject }: Question, { viewer }: Pick<Ask, 'viewer'>): boolean =>
  subject.type === 'person' && subject.personId !== viewer.person?.id

export const coaching: Command = {
  name: '/gong-coaching',
  description: 'Whom you coached and whom not, or the coaching you received',
  usageHint: "[me | @report | @manager's team | org | remind on] [last week | last quarter | …]",
  examples: [
    { text: '', does: 'whom of your team you have coached; for a rep: the coaching received' },
    { text: 'team last month', does: 'coverage of your team in the last month' },
    { text: '@Ana', does: 'one screen before a 1:1 with somebody who reports to you, sent to your messages' },
    { text: 'org last quarter', does: 'every manager below you' },
    { text: 'remind on', does: 'a weekly reminder of whom to hear first; remind off ends it' },
    { text: 'help', does: 'this list' },
  ],
  async answer(ask, services, say) {
    if (isHelp(ask.text)) return onlyAllowed(helpOf(coaching), ask, services)
    const reminders = await remind(ask, services)
    if (reminders) return reminders
    const question = await understand('/gong-coaching', ask.text, ask, services)
    if ('refusal' in question) return question.refusal
    const write = reportWriters[question.command]
    if (!isSheet(question, ask))
      return reply(question, ask, services, say, write, { further: (asked) => reminderControls(asked, services) })
    // It is for the talk: somebody looks at it again, perhaps on another device.
    return sendToMessages((given) => reply(question, ask, given, say, write, { goesTo: 'messages' }), ask.triggerId, ask, services)
  },
}
