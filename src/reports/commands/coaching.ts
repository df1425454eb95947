// `/gong-coaching`: whom a manager has coached and whom not, what a rep has received, or everything worth knowing before a 1:1 with
// one report.
import type { Command } from '../command.ts'
import { understand } from './asked.ts'
import { helpOf, isHelp } from './help.ts'
import { reply } from './reply.ts'
import { writers } from './writers.ts'

export const coaching: Command = {
  name: '/gong-coaching',
  description: 'Whom you coached and whom not, or the coaching you received',
  usageHint: "[me | @report | @manager's team | org] [last week | last quarter | …]",
  examples: [
    { text: '', does: 'whom of your team you have coached; for a rep: the coaching received' },
    { text: 'team last month', does: 'coverage of your team in the last month' },
    { text: '@Ana', does: 'one screen before a 1:1 with somebody who reports to you' },
    { text: 'org last quarter', does: 'every manager below you' },
    { text: 'help', does: 'this list' },
  ],
  async answer(ask, desk, say) {
    if (isHelp(ask.text)) return helpOf(coaching)
    const asked = await understand('/gong-coaching', ask.text, ask, desk)
    return 'refusal' in asked ? asked.refusal : reply(asked, ask, desk, say, writers[asked.command])
  },
}
