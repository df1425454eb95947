// The asker's own figures.
import { answerReport } from './report-tool.ts'
import { defineTool, takes } from './tool.ts'

export const myNumbers = defineTool({
  name: 'my_numbers',
  title: 'My numbers',
  description:
    'The user\'s own Gong call figures in a period: talk ratio, longest monologue, interactivity, patience, questions, calls, scorecards; beside their usual and the team\'s median. Use it for "my talk ratio", "how did I do last month". Not for other people and not for teams.',
  takes: { period: takes.period, details: takes.details },
  answer: ({ period, details }, call) => answerReport({ command: '/gong-stats', who: 'me', period, details }, call),
})
