// `/gong-stats definitions`: what each statistic of the contract in use means. It shows no figures, so it checks no rights.

import { askButton } from '../../render/ask-button.ts'
import type { Message, Part } from '../../render/message.ts'
import { bold, line } from '../../render/text/text.ts'
import type { MeasureDefinition } from '../../stats/figures/results.ts'
import type { StatsService } from '../../stats/results.ts'

/** Whether a command's text asks for definitions and nothing else. */
export const isDefinitions = (text: string): boolean => /^\s*(definitions?|define|meanings?)\s*$/i.test(text)

/** How a team's figures are made, once for all of them. */
function ofTeams(known: readonly MeasureDefinition[]): string {
  const sums = known.flatMap(({ ofTeam, label }) => (ofTeam === 'sum' ? [label.toLowerCase()] : []))
  const summed = sums.length === 0 ? '' : `; ${sums.join(' and ')} are added up`
  return `Of a team: the median over its people with enough calls${summed}. What would count a call twice has no figure of a team.`
}

/** Every statistic of the contract at hand, in the order reports show them. */
export async function definitions(stats: Pick<StatsService, 'measures'>): Promise<Message> {
  const known = await stats.measures()
  const group = (title: string, wanted: MeasureDefinition['group']): Part[] => {
    const members = known.filter((each) => each.group === wanted)
    return members.length === 0
      ? []
      : [
          { type: 'heading', text: title },
          ...members.map(
            ({ label, definition }): Part => ({
              type: 'text',
              line: line(bold(label), `: ${definition}`),
            }),
          ),
        ]
  }
  return {
    summary: `What the figures mean. ${known.map(({ label, definition }) => `${label}: ${definition}`).join(' ')}`,
    parts: [
      ...group('What the conversation figures mean', 'conversation'),
      ...group('What the activity figures mean', 'activity'),
      { type: 'buttons', controls: [askButton('My numbers', '/gong-stats me', 0)] },
      {
        type: 'note',
        line: line(ofTeams(known), ' For coaching, not employment decisions.'),
      },
    ],
  }
}
