// Any message as a person reads it and as Block Kit JSON, of the last full week, over whatever statistics are handed in. Sends
// nothing; knows neither Slack nor where the figures come from. Sees what an admin sees.
import type { Config } from '../../config/config.ts'
import { type LocalDate, type Period, type Weekday, weekBefore } from '../../domain/period.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import type { Subject, Viewer } from '../../domain/policy.ts'
import { leadsLeaders, type OrgChart } from '../../domain/team.ts'
import { AskError } from '../../errors.ts'
import { threadToSlack, toSlack } from '../../render/blocks/blocks.ts'
import type { Message } from '../../render/message.ts'
import { asRead } from '../../render/text/as-read.ts'
import { buildDigest } from '../../reports/digests/index.ts'
import { oneOnOne } from '../../reports/one-on-one/one-on-one.ts'
import type { ReportContext } from '../../reports/section.ts'
import { coachingSections, scorecardSections, statsSections } from '../../reports/sections/index.ts'
import { composeReport } from '../../reports/write-sections.ts'
import type { StatsService } from '../../stats/results.ts'
import type { Store } from '../../store/store.ts'
import type { Surroundings } from '../workbench.ts'

/** What can be previewed: the digests and the reminder, then the answers of the commands and the screen before a 1:1. */
export const previews = [
  'team',
  'personal',
  'manager',
  'org',
  'company',
  'reminder',
  'stats',
  'scorecards',
  'coaching',
  'one-on-one',
] as const

export type PreviewName = (typeof previews)[number]

export interface PreviewAsk {
  readonly report: string
  /** E-mail, Gong id or part of a name; default: the first manager with reports, or the first of their people. */
  readonly about?: string
  readonly locale?: string
  /** Default: the last full week. */
  readonly period?: Period
}

export interface PreviewSources {
  readonly stats: StatsService
  readonly chart: OrgChart
  readonly today: LocalDate
  readonly now: Date
  readonly zone: string
  readonly weekStart: Weekday
  readonly gongAppUrl: string
}

/** @throws AskError with the names that exist. */
export function previewNamed(report: string): PreviewName {
  const name = previews.find((one) => one === report)
  if (!name) throw new AskError(`There is no report named ${report || '(nothing)'}. There are: ${previews.join(', ')}.`)
  return name
}

/** What is done with a store once it is open. */
export type PreviewWork = (config: Config, store: Store, around: Surroundings, zone: string) => Promise<void>

/** What is printed, and whose own figures are in it. */
export interface Preview {
  readonly text: string
  readonly shows: readonly PersonId[]
}

/** The message, then its blocks and its thread's as JSON. @throws AskError with the names that exist. */
export async function preview(ask: PreviewAsk, sources: PreviewSources): Promise<Preview> {
  const { message, shows } = await previewMessage(ask, sources)
  const thread = threadToSlack(message)
  const text = [
    asRead(message),
    '--- Block Kit ---',
    JSON.stringify(toSlack(message), undefined, 2),
    ...(thread ? ['--- Block Kit, in the thread ---', JSON.stringify(thread, undefined, 2)] : []),
    '',
  ].join('\n')
  return { text, shows }
}

interface Previewed {
  readonly message: Message
  readonly shows: readonly PersonId[]
}

/** The message itself. @throws AskError for a report or person nobody knows. */
async function previewMessage(ask: PreviewAsk, sources: PreviewSources): Promise<Previewed> {
  const name = previewNamed(ask.report)
  const subject = subjectOf(name, ask.about, sources.chart)
  const context = contextOf(name, subject, ask, sources)
  if (name === 'stats') return composeReport(context, statsSections)
  if (name === 'scorecards') return composeReport(context, scorecardSections)
  if (name === 'coaching') return composeReport(context, coachingSections)
  if (name === 'one-on-one' && subject.type === 'person')
    return oneOnOne(subject.personId, sources.chart.managerAbove(subject.personId)?.id, context)
  if (name === 'reminder' && subject.type === 'team') return reminderOf(subject.managerId, context, sources)
  const subjectId = subject.type === 'person' ? subject.personId : subject.type === 'company' ? undefined : subject.managerId
  const kind = name === 'one-on-one' ? 'personal' : name
  return buildDigest({ kind, subjectId, remarks: ['preview'] }, context)
}

/** As it would be the first time, with the goal nobody has changed. */
async function reminderOf(managerId: string, context: ReportContext, { chart }: PreviewSources): Promise<Previewed> {
  const reminder = { coacheeIds: chart.team(managerId).map(({ id }) => id), goal: { goal: { everyWeeks: 2 } }, items: [] }
  const { message, shows } = await buildDigest({ kind: 'reminder', subjectId: managerId, remarks: ['preview'], reminder }, context)
  // Its coach is not the one who reads it here, and when they last coached whom is theirs.
  return { message, shows: [managerId, ...shows] }
}

function subjectOf(name: PreviewName, about: string | undefined, chart: OrgChart): Subject {
  if (name === 'company') return { type: 'company' }
  const wanted = about === undefined ? undefined : personCalled(about, chart)
  if (name === 'personal' || name === 'one-on-one') {
    const person = wanted ?? chart.team(firstManager(chart).id)[0] ?? chart.active[0]
    if (!person) throw new AskError('Gong shows nobody to preview this for.')
    return { type: 'person', personId: person.id }
  }
  const manager = wanted ?? (name === 'org' ? chart.managers.find(({ id }) => leadsLeaders(id, chart)) : undefined) ?? firstManager(chart)
  if (chart.team(manager.id).length === 0) throw new AskError(`Nobody reports to ${manager.name} in Gong.`)
  return { type: name === 'org' ? 'org' : 'team', managerId: manager.id }
}

function firstManager(chart: OrgChart): Person {
  const [manager] = chart.managers
  if (!manager) throw new AskError('Gong shows no manager with reports, so there is no team to preview.')
  return manager
}

/** Whoever has this Gong id, address or part of a name. @throws AskError */
export function personCalled(about: string, chart: OrgChart): Person {
  const wanted = about.trim().toLowerCase()
  const found =
    chart.people.get(wanted) ??
    chart.active.find(({ emails }) => emails.includes(wanted)) ??
    chart.active.find(({ name }) => name.toLowerCase().includes(wanted))
  if (!found) throw new AskError(`Gong shows nobody called ${about}. Try an e-mail address.`)
  return found
}

/** A team digest is read by its channel, a personal one by its person, everything else by an admin. */
function contextOf(name: PreviewName, subject: Subject, ask: PreviewAsk, sources: PreviewSources): ReportContext {
  const { stats, chart, today, now, zone, weekStart, gongAppUrl } = sources
  const person = subject.type === 'person' && name !== 'one-on-one' ? chart.people.get(subject.personId) : undefined
  const viewer: Viewer = { slackUserId: 'UPREVIEW', person, standing: 'member', isAdmin: !person, grants: [] }
  return {
    subject,
    period: ask.period ?? weekBefore(today, weekStart),
    ...(name === 'team'
      ? { audience: { type: 'group', byName: false }, detail: 'medians' }
      : { audience: { type: 'person', viewer }, detail: 'by-name' }),
    stats,
    today,
    now,
    locale: ask.locale ?? 'en-GB',
    zone,
    gongAppUrl,
  }
}
