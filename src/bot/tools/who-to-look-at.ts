// What Monday's digest says first: the changes that matter, whom to coach, which call to hear. For a rep what their own week says first.
import { AskError } from '../../errors.ts'
import type { Message } from '../../render/message.ts'
import { leaderSections, statsSections } from '../../reports/sections/index.ts'
import { composeReport } from '../../reports/write-sections.ts'
import type { WriteReport } from '../commands/reply.ts'
import { answerReport } from './report-tool.ts'
import { groupWords } from './team-numbers.ts'
import { defineTool, takes } from './tool.ts'

export const whoToLookAt = defineTool({
  name: 'who_to_look_at',
  title: 'Who to look at',
  description:
    'What the weekly digest says first about a team the user leads: the changes that matter, who has gone longest without coaching, which call to hear first. For somebody who leads nobody: what their own last week says first. Use it for "who needs my attention", "what should I look at this week".',
  takes: { team: takes.team, period: takes.period },
  answer: async ({ team, period }, call) => {
    const who =
      team === undefined && leadsNobody(call.asker.viewer.person?.id, await call.services.chart())
        ? 'me'
        : await groupWords(team, '/gong-coaching', call)
    return answerReport({ command: '/gong-coaching', who, period, isOfFigures: true }, call, firstScreen)
  },
})

const leadsNobody = (personId: string | undefined, chart: { team(id: string): readonly unknown[] }): boolean =>
  personId !== undefined && chart.team(personId).length === 0

const firstScreen: WriteReport = async (context) => {
  if (context.detail === 'medians') {
    throw new AskError('Whom to look at is for those who lead the team. You can see its medians.', [
      { label: 'My team', command: '/gong-stats', text: 'team' },
      { label: 'My numbers', command: '/gong-stats', text: 'me' },
    ])
  }
  const { message, shows } = await composeReport(context, context.subject.type === 'person' ? statsSections : leaderSections)
  return { message: upToTheFirstPicture(message), shows }
}

/** Charts and tables are a press away; the small print stays. */
function upToTheFirstPicture(message: Message): Message {
  const picture = (type: string): boolean => type === 'chart' || type === 'table'
  const parts = message.parts.filter(({ type }) => !picture(type))
  return { summary: message.summary, parts }
}
