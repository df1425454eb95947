// One screen before a 1:1 with a direct report.
import { personWords } from './person-numbers.ts'
import { answerReport } from './report-tool.ts'
import { defineTool, takes } from './tool.ts'

export const prepareOneOnOne = defineTool({
  name: 'prepare_one_on_one',
  title: 'Prepare a 1:1',
  description:
    'One screen before a 1:1 with somebody the user leads or coaches: the call to hear first, the last scorecard, what moved from their usual, the trend. Use it for "prepare my 1:1 with Ana", "what should I talk about with Ben".',
  takes: { person: takes.person, period: takes.period },
  answer: async ({ person, period }, call) =>
    answerReport({ command: '/gong-coaching', who: await personWords(person, '/gong-coaching', call), period, isOfFigures: true }, call),
})
