// The access log, open to the person it is about.
import { whoSawMe } from '../commands/who-saw-me.ts'
import { defineTool, takes } from './tool.ts'

export const whoSawMyNumbers = defineTool({
  name: 'who_saw_my_numbers',
  title: 'Who saw my numbers',
  description:
    "Who has looked at the user's own Gong figures, when and where; looks through Slackbot are among them. Only about the user themself.",
  takes: { page: takes.page },
  answer: async ({ page }, { asker, services }) => ({
    message: await whoSawMe({ ...asker, text: `who saw me page ${page ?? 1}` }, services),
  }),
})
