// `/gong-stats`: talk ratio, interaction, activity and trend of a person, a team, an org or the company; and who looked at the asker's
// own figures.
import type { Command } from '../command.ts'
import { onlyAllowed } from './allowed-offers.ts'
import { definitions, isDefinitions } from './definitions.ts'
import { helpOf, isHelp } from './help.ts'
import { understand } from './question.ts'
import { reply } from './reply.ts'
import { reportWriters } from './report-writers.ts'
import { isWhoSawMe, whoSawMe } from './who-saw-me.ts'

export const stats: Command = {
  name: '/gong-stats',
  description: 'Talk ratio, questions, calls and trend of you, a person or a team',
  usageHint: "[me | @person | team | @manager's team | org | all] [last week | November | …]",
  examples: [
    { text: '', does: 'your own figures, your team’s or your org’s if you lead one, the company’s for admins; of the last full week' },
    { text: 'me last 30 days', does: 'your own figures of the last 30 days' },
    { text: 'team this week', does: 'your team so far this week' },
    { text: '@Ana November', does: 'somebody who reports to you, in November' },
    { text: "@Priya's team last quarter", does: 'another manager’s team, if you may see it' },
    { text: 'who saw me', does: 'who has looked at your figures' },
    { text: 'definitions', does: 'what each figure means' },
    { text: 'help', does: 'this list' },
  ],
  async answer(ask, services, say) {
    if (isHelp(ask.text)) return onlyAllowed(helpOf(stats), ask, services)
    if (isDefinitions(ask.text)) return onlyAllowed(await definitions(services.stats), ask, services)
    if (isWhoSawMe(ask.text)) return onlyAllowed(await whoSawMe(ask, services), ask, services)
    const question = await understand('/gong-stats', ask.text, ask, services)
    return 'refusal' in question ? question.refusal : reply(question, ask, services, say, reportWriters[question.command])
  },
}
