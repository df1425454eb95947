// A report command's private reply: reads what was never read (saying so), gathers the message, notes who saw whom, and adds the
// buttons. Every button carries a command text, so a press is checked like typing.
import type { Period } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { OrgChart } from '../../domain/team.ts'
import { AskError } from '../../errors.ts'
import { askActionId, askButton } from '../../render/ask-button.ts'
import type { Control, Message, Part } from '../../render/message.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import { periodTitle } from '../../render/text/dates.ts'
import { decimal } from '../../render/text/numbers.ts'
import { line } from '../../render/text/text.ts'
import type { ReportContext } from '../../reports/section.ts'
import type { Ask, BotServices, Say } from '../command.ts'
import { periodAsTyped } from '../words/period.ts'
import { type Asked, type Asker, readWord } from './asked.ts'

/** Puts a report together for a context; the message's `thread` is what *Details* shows. */
export type Write = (context: ReportContext, chart: OrgChart) => Promise<{ readonly message: Message; readonly shows: readonly PersonId[] }>

/** The private reply to `asked`. `further`: controls of this command alone. */
export async function reply(
  asked: Asked,
  ask: Asker & Pick<Ask, 'channelId'>,
  services: BotServices,
  say: Say,
  write: Write,
  further: readonly Control[] = [],
): Promise<Message> {
  await readFirst(asked, ask, services, say)
  const { message, shows } = await write(await contextOf(asked, ask, services, { type: 'person', viewer: ask.viewer }), asked.chart)
  if (asked.detail === 'by-name' && shows.length > 0) await services.recordViews(ask.viewer, shows, asked.command)
  const own = asked.wantsDetails ? [...message.parts, ...(message.thread ?? [])] : message.parts
  const parts = withPeriodNote(own, asked.periodNote)
  const controls = controlsFor(asked, ask.channelId, { hasDetails: !asked.wantsDetails && (message.thread?.length ?? 0) > 0 })
  return { summary: message.summary, parts: withControls(parts, [...controls, ...further]) }
}

/** Group figures only, as a channel may read them; the asker is named as the one who shared. */
export async function groupMessage(asked: Asked, asker: Asker, services: BotServices, write: Write): Promise<Message> {
  await readFirst(asked, asker, services, async () => undefined)
  const { message } = await write(
    await contextOf({ ...asked, detail: 'medians' }, asker, services, { type: 'group', byName: false }),
    asked.chart,
  )
  return message
}

/**
 * Reads the period, and the one it is compared with, when either was never read.
 * @throws AskError before the whole company is read for one question: the cost is shown first, and a button goes on.
 */
export async function readFirst(asked: Asked, asker: Asker, services: BotServices, say: Say): Promise<void> {
  const { period, personIds, managerIds } = asked
  await services.ensureFetched({ period, personIds, managerIds, asker: asker.viewer.slackUserId }, async (seconds) => {
    if (personIds === 'all' && !asked.wantsReading) throw await costFirst(asked, seconds, asker, services)
    await say(readingMessage(period, seconds, asker))
  })
}

async function costFirst(asked: Asked, expectedSeconds: number, asker: Asker, services: BotServices): Promise<AskError> {
  const { used, perDay, perSecond } = await services.admin.budget()
  const said = (count: number): string => decimal(count, asker.locale)
  const requests = Math.max(1, Math.round(expectedSeconds * perSecond))
  return new AskError(
    `${periodTitle(asked.period, asker.locale)} was never read for the whole company. That takes about ${said(requests)} of today's ${said(perDay)} Gong requests (${said(used)} used) and ${Math.max(1, Math.round(expectedSeconds))} s.`,
    [
      {
        label: 'Read it',
        command: asked.command,
        text: `${retype(asked, periodAsTyped(asked.period)).slice(asked.command.length + 1)} ${readWord}`,
      },
      { label: 'Last week', command: asked.command, text: 'company last week' },
    ],
  )
}

async function contextOf(asked: Asked, asker: Asker, services: BotServices, audience: ReportContext['audience']): Promise<ReportContext> {
  return {
    subject: asked.subject,
    period: asked.period,
    audience,
    detail: asked.detail,
    stats: services.stats,
    today: await services.today(),
    now: asker.now,
    locale: asker.locale,
    zone: asker.zone,
    gongAppUrl: services.settings.gongAppUrl,
    ...(asked.card !== undefined && { card: asked.card }),
  }
}

/** `Reading Gong for 1–15 Nov, about 12 s …` */
function readingMessage(period: Period, expectedSeconds: number, reader: { readonly locale: string }): Message {
  return oneSentenceMessage(`Reading Gong for ${periodTitle(period, reader.locale)}, about ${Math.max(1, Math.round(expectedSeconds))} s …`)
}

/** Says under the title that a period was cut at yesterday, and to what. */
function withPeriodNote(parts: readonly Part[], note: string | undefined): readonly Part[] {
  if (note === undefined) return parts
  const said: Part = { type: 'note', line: line(`Gong counts whole days; today's calls appear tomorrow. So far: ${note}.`) }
  const [title, ...rest] = parts
  return title?.type === 'heading' ? [title, said, ...rest] : [said, ...parts]
}

/** The message with its own buttons and ours, five to a row, before the small print. */
function withControls(parts: readonly Part[], controls: readonly Control[]): readonly Part[] {
  if (controls.length === 0) return parts
  const buttons: Part = { type: 'buttons', controls }
  const noteAt = parts.findLastIndex(({ type }) => type !== 'note') + 1
  return [...parts.slice(0, noteAt), buttons, ...parts.slice(noteAt)]
}

function controlsFor(asked: Asked, channelId: string, has: { readonly hasDetails: boolean }): readonly Control[] {
  const current = retype(asked, periodAsTyped(asked.period))
  return [
    periodControl(asked),
    ...(has.hasDetails ? [askButton('Details', `${current} details`, 'details')] : []),
    ...(asked.subject.type !== 'person' && /^[CG]/.test(channelId) && asked.command !== '/gong-coaching'
      ? [{ type: 'button' as const, label: 'Share here', actionId: 'share', value: current }]
      : []),
    ...(asked.command !== '/gong-coaching' ? [{ type: 'button' as const, label: 'CSV', actionId: 'csv', value: current }] : []),
  ]
}

/** Periods offered for a change, as one would type them. */
const offered = ['last week', 'this week', 'last 30 days', 'this month', 'last month', 'last quarter'] as const
/** Without names only whole weeks and months that have ended are shown. */
const offeredWithoutNames = ['last week', '2 weeks ago', '3 weeks ago', 'last month', 'last quarter'] as const

/** Slack's limit for an option's value, to be safe. */
const longestOption = 75

function periodControl(asked: Asked): Control {
  const periods = asked.detail === 'medians' ? offeredWithoutNames : offered
  const options = periods.map((period) => ({ label: `${period[0]?.toUpperCase()}${period.slice(1)}`, value: retype(asked, period) }))
  if (options.every(({ value }) => value.length <= longestOption)) {
    return { type: 'select', placeholder: 'Change period', actionId: askActionId('period'), options }
  }
  return askButton('Last month', retype(asked, 'last month'), 'period')
}

/** The question as one would type it, for another period. */
const retype = (asked: Pick<Asked, 'command' | 'who' | 'card'>, period: string): string =>
  [asked.command, asked.card === undefined ? '' : `"${asked.card}"`, asked.who, period].filter(Boolean).join(' ')
