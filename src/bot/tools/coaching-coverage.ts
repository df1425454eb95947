// Whom a manager has coached and whom not; for a rep the coaching they received.
import { answerReport } from './report-tool.ts'
import { defineTool, takes } from './tool.ts'
import { whoseWords } from './whose.ts'

export const coachingCoverage = defineTool({
  name: 'coaching_coverage',
  title: 'Coaching coverage',
  description:
    'Who of a team was coached lately by answered scorecards and who was not, longest without first; for somebody without direct reports the coaching they received. Use it for "who have I not coached", "coaching of my team last quarter". Use prepare_one_on_one for one person.',
  takes: { who: takes.who, period: takes.period, details: takes.details },
  answer: async ({ who, ...rest }, call) =>
    answerReport(
      { command: '/gong-coaching', who: who === undefined ? undefined : await whoseWords(who, '/gong-coaching', call), ...rest },
      call,
    ),
})
