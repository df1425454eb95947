// *CSV*: the figures behind a reply as a file, to the presser alone by direct message. The value is the command text, understood
// and checked as if the presser had typed it.
import { AskError } from '../../errors.ts'
import { bold, line } from '../../render/text.ts'
import { understandValue } from '../commands/asked.ts'
import { readFirst } from '../commands/reply.ts'
import type { Interaction } from '../interaction.ts'
import { personRows, scorecardRows, teamRows } from './csv-rows.ts'
import { csvText } from './csv-text.ts'
import { said } from './link.ts'

export const csv: Interaction = {
  id: 'csv',
  async handle(press, desk, waiting) {
    const asked = await understandValue(press.value, press, desk)
    if ('refusal' in asked) return { type: 'reply', message: asked.refusal }
    const { subject, period, detail, chart } = asked
    await readFirst(asked, press, desk, waiting)
    const measures = await desk.stats.measures()
    const own = press.viewer.person?.id
    const isAbove = subject.type !== 'person' || subject.personId !== own
    const rows =
      asked.command === '/gong-scorecards'
        ? scorecardRows(
            await desk.stats.scorecards(
              subject,
              period,
              detail === 'medians' ? { type: 'group' } : { type: 'person', isAbove, ...(own !== undefined && { personId: own }) },
              asked.card,
            ),
          )
        : subject.type === 'person'
          ? personRows(await desk.stats.person(subject.personId, period), measures)
          : teamRows(await desk.stats.team(subject, period, detail), measures, detail)
    const name = `${asked.command.slice(1)}-${period.from}.csv`
    if (detail === 'by-name') {
      const shown =
        subject.type === 'person' ? [subject.personId] : asked.personIds === 'all' ? chart.active.map(({ id }) => id) : asked.personIds
      await desk.recordViews(press.viewer, shown, `${asked.command} csv`)
    }
    const outcome = await desk.reach.sendFile(press.viewer.slackUserId, { name, title: name, content: csvText(rows) })
    if (outcome === 'missing-scope') {
      throw new AskError(
        'Slack does not let the bot send files here: it lacks the scope files:write. Whoever runs it can add that scope under OAuth & Permissions and reinstall; everything else works without.',
      )
    }
    return {
      type: 'reply',
      message: {
        ...said(`Sent ${name} to you by direct message.`),
        parts: [{ type: 'text', line: line('Sent ', bold(name), ' to you by direct message.') }],
      },
    }
  },
}
