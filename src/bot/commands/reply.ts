// A report command's private reply: fetches a period that was never fetched (and says so), builds the message, records who saw whom and
// adds the buttons. Every button carries a command text, so a press is checked like typing.
import type { LookBack } from '../../domain/look-back.ts'
import type { Onlookers } from '../../domain/onlookers.ts'
import { type LocalDate, type Period, samePeriod, type Weekday, weekBefore, weekOf } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { maySee } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'
import { AskError } from '../../errors.ts'
import { askActionId, askButton } from '../../render/ask-button.ts'
import type { Control, Message, Part } from '../../render/message.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import { periodTitle } from '../../render/text/dates.ts'
import { decimal } from '../../render/text/numbers.ts'
import { line } from '../../render/text/text.ts'
import type { ReportContext } from '../../reports/section.ts'
import { coachingAnswerLookBack, figuresLookBack } from '../../stats/look-back.ts'
import type { BotServices, Say } from '../command.ts'
import { periodAsTyped } from '../words/period.ts'
import { type Asker, type Question, readWord } from './question.ts'

/** Puts a report together for a context; the message's `thread` is what *Details* shows. */
export type WriteReport = (
  context: ReportContext,
  chart: OrgChart,
) => Promise<{ readonly message: Message; readonly shows: readonly PersonId[]; readonly isThin?: boolean }>

/** `further`: controls of this command alone. `messages`: it stays in the asker's messages, so that it need not be sent there. */
interface Shown {
  readonly further?: readonly Control[]
  readonly goesTo?: 'reply' | 'messages'
}

/** The private reply to `question`. */
export async function reply(
  asked: Question,
  asker: Asker & { readonly channelId?: string | undefined },
  services: BotServices,
  say: Say,
  write: WriteReport,
  { further = [], goesTo = 'reply' }: Shown = {},
): Promise<Message> {
  const { question, ask } = await readFirst(asked, asker, services, say)
  const { message, shows, isThin } = await write(
    await contextOf(question, ask, services, { type: 'person', viewer: ask.viewer }),
    question.chart,
  )
  if (question.detail === 'by-name' && shows.length > 0) await services.recordViews(ask.viewer, shows, question.command)
  const own = question.wantsDetails ? withDetails(message) : message.parts
  const parts = withPeriodNote(own, question.periodNote)
  const today = await services.today()
  const hasDetails = !question.wantsDetails && (message.thread?.length ?? 0) > 0
  const controls = controlsFor(question, goesTo === 'reply' ? ask.channelId : undefined, goesTo, {
    hasDetails,
    begins: beginning(today, services.settings.weekStart),
  })
  const fuller = isThin ? lastFullWeek(question, today, services.settings.weekStart) : []
  return { summary: message.summary, parts: withControls(parts, [...fuller, ...controls, ...further]) }
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

/**
 * Reads the period, and the one it is compared with, when either was never read. Returns the question and who asks it as they stand then: a
 * wait for Gong takes up to minutes.
 * @throws AskError before the whole company is read for one question: the cost is shown first, and a button goes on.
 */
export async function readFirst<Who extends Asker>(
  question: Question,
  asker: Who,
  services: BotServices,
  say: Say,
): Promise<{ readonly question: Question; readonly ask: Who }> {
  const { period, personIds, managerIds } = question
  const lookBack = lookBackOf(question, services.settings.weekStart)
  let hasWaited = false
  await services.ensureFetched({ period, personIds, managerIds, asker: asker.viewer.slackUserId, lookBack }, async (seconds) => {
    hasWaited = true
    if (personIds === 'all' && !question.wantsReading) throw await costFirst(question, seconds, asker, services)
    await say(readingMessage(period, seconds, asker))
  })
  if (!hasWaited) return { question, ask: asker }
  const { viewer, chart } = await mustStillSee(question, asker, services)
  return { question: { ...question, chart }, ask: { ...asker, viewer } }
}

/** @throws AskError where the asker's rights ended meanwhile */
async function mustStillSee(
  { subject, detail }: Question,
  asker: Asker,
  services: BotServices,
): Promise<Pick<Asker, 'viewer'> & Pick<Question, 'chart'>> {
  const [viewer, chart, today] = await Promise.all([services.outbox.viewerOf(asker.viewer.slackUserId), services.chart(), services.today()])
  const verdict = maySee(viewer, subject, chart, today)
  if (!verdict.allowed || (detail === 'by-name' && verdict.detail !== 'by-name'))
    throw new AskError('What you may see has changed while I was fetching. Ask again.')
  return { viewer, chart }
}

/** What the answer is held against; a 1:1 shows both kinds. */
function lookBackOf({ command, subject, period }: Question, weekStart: Weekday): LookBack | undefined {
  if (command === '/gong-scorecards') return undefined
  if (command === '/gong-stats') return figuresLookBack(period, weekStart)
  const coaching = coachingAnswerLookBack(period, weekStart)
  return subject.type === 'person' ? { ...figuresLookBack(period, weekStart), ...coaching } : coaching
}

async function costFirst(question: Question, expectedSeconds: number, asker: Asker, services: BotServices): Promise<AskError> {
  const { used, perDay, perSecond, perAsker } = await services.admin.budget()
  const said = (count: number): string => decimal(count, asker.locale)
  const requests = Math.max(1, Math.round(expectedSeconds * perSecond))
  return new AskError(
    `${periodTitle(question.period, asker.locale)} was never fetched for the whole company. Fetching it takes about ${said(requests)} of today's ${said(perDay)} Gong requests (${said(used)} used${perAsker === undefined ? '' : `; one person's questions may take ${said(perAsker)} a day`}) and ${Math.max(1, Math.round(expectedSeconds))} s.`,
    [
      {
        label: 'Fetch it',
        command: question.command,
        text: `${retype(question, periodAsTyped(question.period)).slice(question.command.length + 1)} ${readWord}`,
      },
      { label: 'Last week', command: question.command, text: 'company last week' },
    ],
  )
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

/** `Fetching 1–15 Nov from Gong, about 12 s …` */
function readingMessage(period: Period, expectedSeconds: number, reader: { readonly locale: string }): Message {
  return oneSentenceMessage(
    `Fetching ${periodTitle(period, reader.locale)} from Gong, about ${Math.max(1, Math.round(expectedSeconds))} s …`,
  )
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

/** Where there is too little to speak of: [Last week], unless it is what was asked for. */
const lastFullWeek = (question: Question, today: LocalDate, weekStart: Weekday): readonly Control[] =>
  samePeriod(question.period, weekBefore(today, weekStart)) ? [] : [askButton('Last week', retype(question, 'last week'), 'last-week')]

interface Offering {
  readonly hasDetails: boolean
  /** What has no complete day yet: today is its first. */
  readonly begins: readonly string[]
}

function controlsFor(question: Question, channelId: string | undefined, goesTo: 'reply' | 'messages', has: Offering): readonly Control[] {
  const current = retype(question, periodAsTyped(question.period))
  return [
    periodControl(question, has.begins),
    ...(has.hasDetails ? [askButton('Details', `${current} details`, 'details')] : []),
    ...(question.subject.type !== 'person' && /^[CG]/.test(channelId ?? '') && question.command !== '/gong-coaching'
      ? [{ type: 'button' as const, label: 'Share here', actionId: 'share', value: current }]
      : []),
    ...(question.command !== '/gong-coaching' ? [{ type: 'button' as const, label: 'CSV', actionId: 'csv', value: current }] : []),
    ...(goesTo === 'reply'
      ? [
          {
            type: 'button' as const,
            label: 'Send to my messages',
            actionId: 'send-to-me',
            value: question.wantsDetails ? `${current} details` : current,
          },
        ]
      : []),
  ]
}

/** Periods offered for a change, as one would type them. */
const offered = ['last week', 'this week', 'last 30 days', 'this month', 'last month', 'last quarter'] as const
/** Without names only whole weeks and months that have ended are shown. */
const offeredWithoutNames = ['last week', '2 weeks ago', '3 weeks ago', 'last month', 'last quarter'] as const

/** Slack's limit for an option's value, to be safe. */
const longestOption = 75

/** `this week` on its first day, `this month` on its first. */
const beginning = (today: LocalDate, weekStart: Weekday): readonly string[] => [
  ...(weekOf(today, weekStart).from === today ? ['this week'] : []),
  ...(today.endsWith('-01') ? ['this month'] : []),
]

function periodControl(question: Question, begins: readonly string[]): Control {
  const periods = (question.detail === 'medians' ? offeredWithoutNames : offered).filter((period) => !begins.includes(period))
  const options = periods.map((period) => ({ label: `${period[0]?.toUpperCase()}${period.slice(1)}`, value: retype(question, period) }))
  if (options.every(({ value }) => value.length <= longestOption)) {
    return { type: 'select', placeholder: 'Change period', actionId: askActionId('period'), options }
  }
  return askButton('Last month', retype(question, 'last month'), 'period')
}

/** The question as one would type it, for another period. */
const retype = (question: Pick<Question, 'command' | 'who' | 'card'>, period: string): string =>
  [question.command, question.card === undefined ? '' : `"${question.card}"`, question.who, period].filter(Boolean).join(' ')
