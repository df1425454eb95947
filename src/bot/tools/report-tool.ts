// What every tool about figures does: the words of its arguments are understood and allowed as a typed command's are, the report is
// written and recorded as one, and its figures are said in full besides.
import { lastDate } from '../../domain/period.ts'
import { maySee } from '../../domain/policy.ts'
import { askButton } from '../../render/ask-button.ts'
import type { Control } from '../../render/message.ts'
import type { InFull } from '../../render/text/for-a-model.ts'
import { coachingLimit, figuresInFull, type InFullShowing } from '../../reports/in-full.ts'
import { rememberingStats } from '../../reports/remembering-stats.ts'
import type { ReportContext } from '../../reports/section.ts'
import { nameOf } from '../../reports/wording/subject.ts'
import type { Asked as AskedQuestion } from '../commands/asked-again.ts'
import { type Asker, type ReportCommand, readWord, understand } from '../commands/question.ts'
import { reply, type WriteReport } from '../commands/reply.ts'
import { reportWriters } from '../commands/report-writers.ts'
import type { ToolAnswer, ToolCall } from './tool.ts'

/** How a look through Slackbot is recorded beside the command it stands for. */
const throughSlackbot = 'through Slackbot'

export interface Asked {
  readonly command: ReportCommand
  /** As a command understands it. */
  readonly who?: string | undefined
  readonly period?: string | undefined
  readonly card?: string | undefined
  readonly details?: boolean | undefined
  readonly fetch?: boolean | undefined
  /** A coaching report that rests on conversation figures too. */
  readonly isOfFigures?: true
}

/** @throws AskError as the command does */
export async function answerReport(asked: Asked, call: ToolCall, write: WriteReport = reportWriters[asked.command]): Promise<ToolAnswer> {
  const { asker, services, say } = call
  const question = await understand(asked.command, textOf(asked), asker, services)
  if ('refusal' in question) return { message: question.refusal }
  let inFull: InFull | undefined
  const writeInFull: WriteReport = async (given, chart) => {
    const context = { ...given, stats: rememberingStats(given.stats) }
    const written = await write(context, chart)
    const { shows, ...said } = await inFullOf(asked, context)
    inFull = said
    return { ...written, shows: [...new Set([...written.shows, ...shows])] }
  }
  const recording = {
    ...services,
    recordViews: (viewer: typeof asker.viewer, ids: readonly string[], detail: string) =>
      services.recordViews(viewer, ids, `${detail} ${throughSlackbot}`),
  }
  const message = await reply(question, { ...asker, channelId: '' }, recording, say, writeInFull, {
    further: (given) => nextControls(given, services),
    goesTo: 'messages',
  })
  return { message, inFull }
}

/** The question as one would type it. */
const textOf = ({ who, period, card, details, fetch }: Asked): string =>
  [card === undefined ? '' : `"${card.replaceAll('"', ' ')}"`, who, period, details ? 'details' : '', fetch ? readWord : '']
    .filter(Boolean)
    .join(' ')

/** A 1:1, and what a digest says first, rest on figures; coverage says its own. */
async function inFullOf({ command, isOfFigures }: Asked, context: ReportContext): Promise<InFullShowing> {
  if (command !== '/gong-coaching') return figuresInFull(context, command === '/gong-stats' ? 'figures' : 'cards')
  const { limits, ...said } = await figuresInFull(context, isOfFigures ? 'figures' : 'coaching')
  return { ...said, limits: [...limits, coachingLimit] }
}

/** A press to the next person of the team, for those who may see them one by one. */
async function nextControls(
  { question: { subject, command, detail, period, chart }, ask: { viewer } }: AskedQuestion<Asker>,
  services: ToolCall['services'],
): Promise<readonly Control[]> {
  if (detail !== 'by-name' || subject.type === 'org' || subject.type === 'company' || command === '/gong-scorecards') return []
  const managerId = subject.type === 'team' ? subject.managerId : chart.managerAbove(subject.personId)?.id
  if (managerId === undefined) return []
  const today = await services.today()
  const people = chart
    .team(managerId)
    .filter(({ id }) => id !== viewer.person?.id && maySee(viewer, { type: 'person', personId: id }, chart, today).allowed)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
  const at = subject.type === 'person' ? people.findIndex(({ id }) => id === subject.personId) : -1
  const next = people[(at + 1) % people.length]
  if (!next || (subject.type === 'person' && (at < 0 || people.length === 1))) return []
  return [askButton(`Next: ${nameOf({}, next)}`, `${command} gong:${next.id} ${period.from}..${lastDate(period)}`, 'next')]
}
