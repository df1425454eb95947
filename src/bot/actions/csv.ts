// *CSV*: sends the figures behind a reply as a file to the presser alone, by direct message. The value is the command text; it is read
// and checked as if the presser had typed it.
import { lastDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { selfOf } from '../../domain/policy.ts'
import { AskError } from '../../errors.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import { bold, clip, line } from '../../render/text/text.ts'
import { personRows, scorecardRows, teamRows } from '../../reports/csv/rows.ts'
import { type CsvCell, csvText, separatorFor } from '../../reports/csv/text.ts'
import { soleContributors } from '../../reports/wording/viewpoint.ts'
import type { ScorecardReport } from '../../stats/scorecards/results.ts'
import type { Action, Press } from '../action.ts'
import type { BotServices } from '../command.ts'
import { mustSeeTheSame } from '../commands/asked-again.ts'
import { type Look, recorded } from '../commands/looks.ts'
import { type Question, understandValue } from '../commands/question.ts'
import { readFirst } from '../commands/read-first.ts'

export const csv: Action = {
  id: 'csv',
  keepsReply: true,
  async handle(press, services, waiting) {
    const asked = await understandValue(press.value, press, services)
    if ('refusal' in asked) return { type: 'reply', message: asked.refusal }
    const { question, ask } = await readFirst(asked, press, services, waiting)
    const { rows, shows, about } = await rowsOf(question, ask, services)
    await mustSeeTheSame({ question, ask }, services)
    const name = fileName(question, about)
    const looks: readonly Look[] = shows.length > 0 ? [[press.viewer, shows, `${question.command} csv`]] : []
    const file = { name, title: name, content: csvText(rows, separatorFor(press.locale)) }
    const send = () => services.outbox.sendFile(press.viewer.slackUserId, file)
    const outcome = await recorded(looks, services, send, (came) => came === 'sent')
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
  /** What it is about, for its name. Foreign text. */
  readonly about: string
}

/** `gong-stats-maria-lind-team-2026-11-16-to-2026-11-22.csv`: whose, and of when. */
function fileName({ command, period }: Question, about: string): string {
  const words = about
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return `${[command.slice(1), clip(words, 60).replace('…', ''), period.from, 'to', lastDate(period)].filter(Boolean).join('-')}.csv`
}

/** `Maria Lind team`, `Ana Diaz`, `company`. */
function aboutOf(subject: Question['subject'], chart: Question['chart']): string {
  if (subject.type === 'company') return 'company'
  const id = subject.type === 'person' ? subject.personId : subject.managerId
  return `${chart.people.get(id)?.name ?? id}${subject.type === 'person' ? '' : ` ${subject.type}`}`
}

/** Whose cards may be seen one by one, and whose own an average is; the one before stands in the file also where there is none now. */
function reviewedIn({ single, cards }: ScorecardReport, viewer: Press['viewer']): readonly PersonId[] {
  const averages = cards.flatMap((card) => [card, ...card.questions]).map(({ average }) => average)
  const given = averages.flatMap(({ value, before, of }) => [value.known ? of?.value : undefined, before.known ? of?.before : undefined])
  return [...new Set([...single.map(({ reviewedId }) => reviewedId), ...soleContributors(given, { audience: { type: 'person', viewer } })])]
}

async function rowsOf({ command, subject, period, detail, card, chart }: Question, press: Press, services: BotServices): Promise<Rows> {
  const about = aboutOf(subject, chart)
  if (command === '/gong-scorecards') {
    const isAbove = subject.type !== 'person' || subject.personId !== press.viewer.person?.id
    const viewpoint =
      detail === 'medians'
        ? { type: 'group' as const, reader: press.viewer }
        : { type: 'person' as const, isAbove, ...selfOf(press.viewer) }
    const report = await services.stats.scorecards(subject, period, viewpoint, card)
    return {
      rows: scorecardRows(report),
      about,
      shows: subject.type === 'person' ? [subject.personId] : reviewedIn(report, press.viewer),
    }
  }
  const measures = await services.stats.measures()
  if (subject.type === 'person') {
    return {
      rows: personRows(await services.stats.person(subject.personId, period, press.viewer), measures),
      about,
      shows: [subject.personId],
    }
  }
  const report = await services.stats.team(subject, period, detail, press.viewer)
  return {
    rows: teamRows(report, measures, detail),
    about,
    shows: detail === 'by-name' ? report.people.map(({ person }) => person.id) : [],
  }
}
