// Answered scorecards of a person or a group.
import { answerReport } from './report-tool.ts'
import { defineTool, takes } from './tool.ts'
import { whoseWords } from './whose.ts'

export const scorecards = defineTool({
  name: 'scorecards',
  title: 'Scorecards',
  description:
    'Answered Gong scorecards in a period: how many, the average of each card, the lowest question; every question with details. Of the user, a person they lead, a team, an org or the company. Use it for "scorecards", "scores", "Discovery card".',
  takes: { who: takes.who, period: takes.period, card: takes.card, details: takes.details, fetch: takes.fetch },
  answer: async ({ who, ...rest }, call) =>
    answerReport(
      { command: '/gong-scorecards', who: who === undefined ? undefined : await whoseWords(who, '/gong-scorecards', call), ...rest },
      call,
    ),
})
