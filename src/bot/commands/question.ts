// Turns what was typed (or what a button stands for) into subject, period and detail, with the permission check included. Every report
// command, and every button, share and file that asks one again, gets its subject here. words/ understands text; domain/policy decides
// rights.
import type { LocalDate, Period } from '../../domain/period.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import { coachedByRole, maySee, type Subject, type Viewer, viewedOrgs } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'
import type { Message } from '../../render/message.ts'
import { managersOf } from '../../stats/groups/subject-people.ts'
import type { Ask, BotServices } from '../command.ts'
import { noPeopleYet } from '../no-people-yet.ts'
import { defaultSubject } from '../words/default-subject.ts'
import { type ParsedAsk, parseAsk } from '../words/parse-ask.ts'
import { defaultPeriod } from '../words/period.ts'
import { resolveWho } from '../words/who.ts'
import { rejectUnknownCard } from './known-card.ts'
import { refuse, unmatched } from './refuse.ts'

export type ReportCommand = '/gong-stats' | '/gong-scorecards' | '/gong-coaching'

const reportCommands: readonly ReportCommand[] = ['/gong-stats', '/gong-scorecards', '/gong-coaching']

export type Asker = Pick<Ask, 'viewer' | 'email' | 'now' | 'locale' | 'zone'>

/** A question that may be answered. */
export interface Question {
  readonly command: ReportCommand
  readonly subject: Subject
  readonly period: Period
  /** What the asker may see of the subject. */
  readonly detail: 'by-name' | 'medians'
  /** Everybody whose figures the answer rests on, for reading. */
  readonly personIds: readonly PersonId[] | 'all'
  /** Managers whose coaching the answer shows, for reading. */
  readonly managerIds: readonly PersonId[]
  /** Says what of the period was left out: "Mon–Wed, 3 days". */
  readonly periodNote?: string | undefined
  /** The subject as it can be typed by this asker; ids instead of mentions, so that it is short. */
  readonly who: string
  /** Name of a scorecard, when the command takes one. */
  readonly card?: string | undefined
  readonly wantsDetails: boolean
  /** The asker has seen what reading the whole company costs. */
  readonly wantsReading: boolean
  readonly chart: OrgChart
}

const details = 'details'

/** Goes on although the whole company is to be read for this question. */
export const readWord = 'read'

const besidesWho = ({ period, rest }: ParsedAsk): string => [period?.words, ...rest].filter(Boolean).join(' ')

/**
 * Understands and allows in one step; nothing else may make a `Question`. `refusal`: an answer for somebody without a match.
 * @throws AskError for what is not understood or not allowed, with the next step; for a scorecard that the asker may not know of, too.
 */
export async function understand(
  command: ReportCommand,
  text: string,
  asker: Asker,
  services: BotServices,
): Promise<Question | { readonly refusal: Message }> {
  const { viewer } = asker
  const chart = await services.chart()
  const today = await services.today()
  // Before any word is read: whoever may see nothing learns no name from a suggestion.
  if (viewer.standing !== 'member') return { refusal: refuse(viewer.standing, { type: 'company' }, asker, chart, today) }
  const unread = await noPeopleYet(viewer, chart, services, `${command} ${text}`.trim())
  if (unread) return { refusal: unread }
  const isViewer = viewer.person === undefined && viewedOrgs(viewer, today).length > 0
  if (!viewer.isAdmin && !viewer.person?.active && !isViewer) return { refusal: unmatched(asker) }
  const calendar = { today, weekStart: services.settings.weekStart }
  const takesName = command === '/gong-scorecards'
  const parsed = parseAsk(text, { ...calendar, command, keywords: [details, readWord], takesName })
  const subject = parsed.who
    ? await resolveWho(
        parsed.who,
        viewer,
        { chart, personOfSlackUser: services.personOfSlackUser, membersOfUserGroup: services.membersOfUserGroup },
        { command, besidesWho: besidesWho(parsed) },
        today,
      )
    : defaultSubject(viewer, chart, command === '/gong-coaching' ? 'coaching' : 'figures', today)
  if (!subject) return { refusal: unmatched(asker) }
  const verdict = maySee(viewer, subject, chart, today)
  if (!verdict.allowed) return { refusal: refuse(verdict.reason, subject, asker, chart, today) }
  const { period, note } = parsed.period ?? defaultPeriod(calendar)
  const named = parsed.rest.filter((word) => word !== details && word !== readWord).join(' ')
  const card = takesName && named !== '' ? named : undefined
  const who = typedAs(subject, viewer, chart)
  if (card !== undefined) await rejectUnknownCard({ card, who, period, chart }, viewer, services)
  return {
    command,
    subject,
    period,
    periodNote: note,
    detail: verdict.detail,
    personIds: peopleOf(subject, chart, period),
    managerIds: command === '/gong-coaching' && verdict.detail === 'by-name' ? coachesOf(subject, viewer, chart, today) : [],
    who,
    card,
    wantsDetails: parsed.rest.includes(details),
    wantsReading: parsed.rest.includes(readWord),
    chart,
  }
}

/** The same for a button's value: a command and its text. Undefined command: the value is no command of ours. */
export async function understandValue(
  value: string | undefined,
  asker: Asker,
  services: BotServices,
): Promise<Question | { readonly refusal: Message }> {
  const command = reportCommands.find((name) => value === name || value?.startsWith(`${name} `))
  return understand(command ?? '/gong-stats', command === undefined ? 'help' : (value ?? '').slice(command.length), asker, services)
}

/** Figures without names are of those who were in the group then: movers and leavers are read with it. */
function peopleOf(subject: Subject, chart: OrgChart, { to }: Period): readonly PersonId[] | 'all' {
  const idsOf = (people: readonly { readonly id: PersonId }[]): PersonId[] => people.map(({ id }) => id)
  const then = chart.asOf(to)
  switch (subject.type) {
    case 'person':
      return [subject.personId]
    case 'team':
      return [...new Set([subject.managerId, ...idsOf(chart.team(subject.managerId)), ...idsOf(then.team(subject.managerId))])]
    case 'org':
      return [...new Set([subject.managerId, ...idsOf(chart.org(subject.managerId)), ...idsOf(then.org(subject.managerId))])]
    case 'company':
      return 'all'
  }
}

function coachesOf(subject: Subject, viewer: Viewer, chart: OrgChart, today: LocalDate): readonly PersonId[] {
  const coach = subject.type === 'person' ? coachFor(subject.personId, viewer, chart, today) : undefined
  if (subject.type === 'person') return coach && subject.personId !== viewer.person?.id ? [coach.id] : []
  return subject.type === 'team' ? [subject.managerId] : managersOf(subject, chart).map(({ id }) => id)
}

/**
 * Whose coaching counts before a 1:1: the asker's own when they lead the person, else the person's manager's where the asker may see what
 * that manager did for their team, else the asker's own when they coach the person. None without a Gong user.
 */
export function coachFor(personId: PersonId, viewer: Viewer, chart: OrgChart, today: LocalDate): Person | undefined {
  const above = chart.above(personId)
  const leader = above.find(({ id }) => id === viewer.person?.id)
  if (leader) return leader
  const [manager] = above
  if (manager && seesByName(viewer, { type: 'team', managerId: manager.id }, chart, today)) return manager
  return coachedByRole(viewer, today).includes(personId) ? viewer.person : undefined
}

function seesByName(viewer: Viewer, subject: Subject, chart: OrgChart, today: LocalDate): boolean {
  const verdict = maySee(viewer, subject, chart, today)
  return verdict.allowed && verdict.detail === 'by-name'
}

function typedAs(subject: Subject, viewer: Viewer, chart: OrgChart): string {
  const self = viewer.person?.id
  switch (subject.type) {
    case 'person':
      return subject.personId === self ? 'me' : `gong:${subject.personId}`
    case 'team': {
      const isOwn = self !== undefined && (chart.team(self).length > 0 ? self : chart.managerAbove(self)?.id) === subject.managerId
      return isOwn ? 'team' : `gong:${subject.managerId} team`
    }
    case 'org':
      return subject.managerId === self ? 'org' : `gong:${subject.managerId} org`
    case 'company':
      return 'company'
  }
}
