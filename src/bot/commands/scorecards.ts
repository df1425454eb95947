// `/gong-scorecards [card]`: answered scorecards by card and by question, of a person, a team, an org or the company.
import type { Command } from '../command.ts'
import { onlyAllowed } from './allowed-offers.ts'
import { helpOf, isHelp } from './help.ts'
import { understand } from './question.ts'
import { reply } from './reply.ts'
import { reportWriters } from './report-writers.ts'

export const scorecards: Command = {
  name: '/gong-scorecards',
  description: 'Scorecards answered, by card and by question',
  usageHint: '[card] [me | @person | team | all] [last week | November | …]',
  examples: [
    { text: '', does: 'your own cards, your team’s if you lead one, the company’s for admins; of the last full week' },
    { text: 'me last quarter', does: 'cards of your calls in the last quarter' },
    { text: '"Discovery" team last month', does: 'one card, question by question, for your team' },
    { text: '@Ana last 30 days', does: 'cards of somebody who reports to you' },
    { text: 'help', does: 'this list' },
  ],
  async answer(ask, services, say) {
    if (isHelp(ask.text)) return onlyAllowed(helpOf(scorecards), ask, services)
    const question = await understand('/gong-scorecards', ask.text, ask, services)
    if ('refusal' in question) return question.refusal
    return reply(question, ask, services, say, reportWriters[question.command])
  },
}
