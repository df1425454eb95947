// One person's figures, for those above them.
import { AskError } from '../../errors.ts'
import type { ReportCommand } from '../commands/question.ts'
import { ownNumbers } from '../words/who.ts'
import { answerReport } from './report-tool.ts'
import { defineTool, type ToolCall, takes } from './tool.ts'
import { whoseWords } from './whose.ts'

export const personNumbers = defineTool({
  name: 'person_numbers',
  title: "A person's numbers",
  description:
    'Gong call figures of one named person in a period, beside what is usual for them. Only for people the user leads or coaches; anybody else is refused with a reason to pass on. Use my_numbers for the user.',
  takes: { person: takes.person, period: takes.period, details: takes.details },
  answer: async ({ person, ...rest }, call) =>
    answerReport({ command: '/gong-stats', who: await personWords(person, '/gong-stats', call), ...rest }, call),
})

/** @throws AskError when nobody is named */
export async function personWords(given: string | undefined, command: ReportCommand, call: ToolCall): Promise<string> {
  if (!given) throw new AskError('Whom do you mean? Name one person, or mention them with @.', [ownNumbers(call.asker.viewer)])
  return whoseWords(given, command, call)
}
