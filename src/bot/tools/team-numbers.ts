// A team's, an org's or the company's figures: medians, and people by name for those who lead them.

import type { ReportCommand } from '../commands/question.ts'
import { defaultSubject } from '../words/default-subject.ts'
import { answerReport } from './report-tool.ts'
import { defineTool, type ToolCall, takes } from './tool.ts'
import { whoseWords } from './whose.ts'

export const teamNumbers = defineTool({
  name: 'team_numbers',
  title: 'Team numbers',
  description:
    'Gong call figures of a group in a period: a manager\'s team, everybody below a manager (org), or the company. Medians with the change of the same people; each person by name only where the user leads them. Use it for "how did my team do", "Priya\'s team in November". Not for one person.',
  takes: { team: takes.team, period: takes.period, details: takes.details, fetch: takes.fetch },
  answer: async ({ team, ...rest }, call) =>
    answerReport({ command: '/gong-stats', who: await groupWords(team, '/gong-stats', call), ...rest }, call),
})

/** A manager alone stands for their team; without one it is the group a bare command would answer for, or the team one is in. */
export async function groupWords(given: string | undefined, command: ReportCommand, call: ToolCall): Promise<string> {
  if (given === undefined || given === '') return usualGroup(call)
  const words = await whoseWords(given, command, call)
  return /^(?:gong:\d+|<@[UW][A-Z0-9]+(?:\|[^>]*)?>|\S+@\S+)$/i.test(words) ? `${words} team` : words
}

async function usualGroup({ asker: { viewer }, services }: ToolCall): Promise<string> {
  const subject = defaultSubject(viewer, await services.chart(), 'figures', await services.today())
  return subject?.type === 'person' ? 'team' : ''
}
