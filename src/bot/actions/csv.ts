// *CSV*: sends the figures behind a reply as a file to the presser alone, by direct message. The value is the command text; it is read
// and checked as if the presser had typed it.
import type { PersonId } from '../../domain/person.ts'
import { AskError } from '../../errors.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import { bold, line } from '../../render/text/text.ts'
import { personRows, scorecardRows, teamRows } from '../../reports/csv/rows.ts'
import { type CsvCell, csvText } from '../../reports/csv/text.ts'
import type { Action, Press } from '../action.ts'
import type { BotServices } from '../command.ts'
import { type Question, understandValue } from '../commands/question.ts'
import { readFirst } from '../commands/reply.ts'

export const csv: Action = {
  id: 'csv',
  keepsReply: true,
  async handle(press, services, waiting) {
    const question = await understandValue(press.value, press, services)
    if ('refusal' in question) return { type: 'reply', message: question.refusal }
    await readFirst(question, press, services, waiting)
    const { rows, shows } = await rowsOf(question, press, services)
    const name = `${question.command.slice(1)}-${question.period.from}.csv`
    // Written down before it is sent: a file that left must be in the log.
    if (shows.length > 0) await services.recordViews(press.viewer, shows, `${question.command} csv`)
    const outcome = await services.outbox.sendFile(press.viewer.slackUserId, { name, title: name, content: csvText(rows) })
    if (outcome === 'missing-scope') {
      throw new AskError(
        'Slack does not let the bot send files here: it lacks the scope files:write. Whoever runs it can add that scope under OAuth & Permissions and reinstall; everything else works without.',
      )
    }
    const message = oneSentenceMessage(`Sent ${name} to you by direct message.`)
    return {
      type: 'reply',
      message: { ...message, parts: [{ type: 'text', line: line('Sent ', bold(name), ' to you by direct message.') }] },
    }
  },
}

interface Rows {
  readonly rows: readonly (readonly CsvCell[])[]
  /** Whose own figures are in it. */
  readonly shows: readonly PersonId[]
}

async function rowsOf({ command, subject, period, detail, card }: Question, press: Press, services: BotServices): Promise<Rows> {
  const own = press.viewer.person?.id
  if (command === '/gong-scorecards') {
    const isAbove = subject.type !== 'person' || subject.personId !== own
    const viewpoint =
      detail === 'medians' ? { type: 'group' as const } : { type: 'person' as const, isAbove, ...(own !== undefined && { personId: own }) }
    const report = await services.stats.scorecards(subject, period, viewpoint, card)
    return {
      rows: scorecardRows(report),
      shows: subject.type === 'person' ? [subject.personId] : report.single.map(({ reviewedId }) => reviewedId),
    }
  }
  const measures = await services.stats.measures()
  if (subject.type === 'person') {
    return { rows: personRows(await services.stats.person(subject.personId, period), measures), shows: [subject.personId] }
  }
  const report = await services.stats.team(subject, period, detail)
  return { rows: teamRows(report, measures, detail), shows: detail === 'by-name' ? report.people.map(({ person }) => person.id) : [] }
}
