// A report command's private reply: has read what was never read, builds the message, records who saw whom and adds the buttons.
import type { Onlookers } from '../../domain/onlookers.ts'
import type { PersonId } from '../../domain/person.ts'
import type { OrgChart } from '../../domain/team.ts'
import type { Control, Message, Part } from '../../render/message.ts'
import { line } from '../../render/text/text.ts'
import type { ReportContext } from '../../reports/section.ts'
import type { BotServices, Say } from '../command.ts'
import { type Asked, mustSeeTheSame } from './asked-again.ts'
import type { Asker, Question } from './question.ts'
import { readFirst } from './read-first.ts'
import { beginning, controlsFor, lastFullWeek } from './reply-controls.ts'

/** Puts a report together for a context; the message's `thread` is what *Details* shows. */
export type WriteReport = (
  context: ReportContext,
  chart: OrgChart,
) => Promise<{ readonly message: Message; readonly shows: readonly PersonId[]; readonly isThin?: boolean }>

/**
 * `further`: controls of this command alone, for who asks once it is written. `messages`: it stays in the asker's messages, so that it need
 * not be sent there.
 */
interface Shown {
  readonly further?: (asked: Asked<Asker>) => Promise<readonly Control[]>
  readonly goesTo?: 'reply' | 'messages'
}

/** The private reply to `question`. */
export async function reply(
  asked: Question,
  asker: Asker & { readonly channelId?: string | undefined },
  services: BotServices,
  say: Say,
  write: WriteReport,
  { further, goesTo = 'reply' }: Shown = {},
): Promise<Message> {
  const { question, ask } = await readFirst(asked, asker, services, say)
  const { message, shows, isThin } = await write(
    await contextOf(question, ask, services, { type: 'person', viewer: ask.viewer }),
    question.chart,
  )
  await mustSeeTheSame({ question, ask }, services)
  if (question.detail === 'by-name' && shows.length > 0) await services.recordViews(ask.viewer, shows, question.command)
  const parts = withPeriodNote(question.wantsDetails ? withDetails(message) : message.parts, question.periodNote)
  const today = await services.today()
  const hasDetails = !question.wantsDetails && (message.thread?.length ?? 0) > 0
  const controls = controlsFor(question, goesTo === 'reply' ? ask.channelId : undefined, goesTo, {
    hasDetails,
    begins: beginning(today, services.settings.weekStart),
  })
  const fuller = isThin ? lastFullWeek(question, today, services.settings.weekStart) : []
  const own = further ? await further({ question, ask }) : []
  return { summary: message.summary, parts: withControls(parts, [...fuller, ...controls, ...own]) }
}

/** Group figures only, as a channel with these onlookers may read them; the asker is named as the one who shared. */
export async function groupMessage(
  asked: Question,
  asker: Asker,
  onlookers: Onlookers,
  services: BotServices,
  write: WriteReport,
): Promise<Message> {
  const { question, ask } = await readFirst(asked, asker, services, async () => undefined)
  const { message } = await write(
    await contextOf({ ...question, detail: 'medians' }, ask, services, { type: 'group', byName: false, onlookers }),
    question.chart,
  )
  return message
}

async function contextOf(
  question: Question,
  asker: Asker,
  services: BotServices,
  audience: ReportContext['audience'],
): Promise<ReportContext> {
  return {
    subject: question.subject,
    period: question.period,
    audience,
    detail: question.detail,
    stats: services.stats,
    today: await services.today(),
    now: asker.now,
    locale: asker.locale,
    zone: asker.zone,
    gongAppUrl: services.settings.gongAppUrl,
    card: question.card,
  }
}

/** The thread's parts under the message's own; its small print stays the last line. */
function withDetails({ parts, thread = [] }: Message): readonly Part[] {
  const last = parts.at(-1)
  return last?.type === 'note' ? [...parts.slice(0, -1), ...thread, last] : [...parts, ...thread]
}

/** Says under the title that a period was cut at yesterday, and to what. */
function withPeriodNote(parts: readonly Part[], note: string | undefined): readonly Part[] {
  if (note === undefined) return parts
  const [title, first, ...rest] = parts
  const said: Part = {
    type: 'note',
    // How many days there are so far may stand in the title.
    line: line(`Gong counts whole days; today's calls appear tomorrow.${inTitle(title, note) ? '' : ` ${soFar(note)}.`}`),
  }
  // After the first sentence, which stands in one block with the title.
  return title?.type === 'heading' && first ? [title, first, said, ...rest] : [said, ...parts]
}

const soFar = (note: string): string => (note.startsWith('Here') ? note : `So far: ${note}`)

const inTitle = (title: Part | undefined, note: string): boolean => title?.type === 'heading' && title.text.includes(note)

/** The message with its own buttons and ours, five to a row, before the small print. */
function withControls(parts: readonly Part[], controls: readonly Control[]): readonly Part[] {
  if (controls.length === 0) return parts
  const buttons: Part = { type: 'buttons', controls }
  const noteAt = parts.findLastIndex(({ type }) => type !== 'note') + 1
  return [...parts.slice(0, noteAt), buttons, ...parts.slice(noteAt)]
}
