// A company of nine for the tests of commands, with real statistics over plain tables and services that record what they were asked to
// do. `watched` notes every statistic asked for, so that a test can hold each against the policy.

import { isDeepStrictEqual } from 'node:util'
import type { Press } from '../../../src/bot/action.ts'
import type { Ask, BotServices } from '../../../src/bot/command.ts'
import type { CoachingService } from '../../../src/coaching/service.ts'
import type { InteractionFigures } from '../../../src/domain/gong-figures.ts'
import type { GateReason } from '../../../src/domain/hold-reason.ts'
import type { ChannelOnlookers } from '../../../src/domain/onlookers.ts'
import type { Person } from '../../../src/domain/person.ts'
import type { Subject, Viewer } from '../../../src/domain/policy.ts'
import { orgChart } from '../../../src/domain/team.ts'
import { AskError } from '../../../src/errors.ts'
import type { Message } from '../../../src/render/message.ts'
import type { StatsService } from '../../../src/stats/results.ts'
import type { Tables } from '../../stats/fake-reads.ts'
import { card, now, stats } from '../../stats/world.ts'

/** 9–15 November 2026, as the tables name it. */
const weekBefore = '2026-11-09..2026-11-15'

const person = (id: string, name: string, managerId?: string, more: Partial<Person> = {}): Person => ({
  id,
  name,
  emails: [`${name.split(' ')[0]?.toLowerCase()}@acme.com`],
  active: true,
  ...(managerId !== undefined && { managerId }),
  ...more,
})

/** Olga leads Maria and Tom; Maria leads a team of four, Tom one of one. Lee has left. */
export const people: readonly Person[] = [
  person('1', 'Olga Boss'),
  person('2', 'Maria Lead', '1'),
  person('3', 'Ana Diaz', '2'),
  person('4', 'Ben Okoye', '2'),
  person('5', 'Kai Lund', '2'),
  person('6', 'Lena Ito', '2'),
  person('7', 'Tom Lead', '1'),
  person('8', 'Eve Far', '7'),
  person('9', 'Lee Gone', '2', { active: false }),
]

export const chart = orgChart(people)

const viewer = (slackUserId: string, personId?: string, more: Partial<Viewer> = {}): Viewer => {
  const matched = people.find(({ id }) => id === personId)
  return { slackUserId, ...(matched && { person: matched }), standing: 'member', isAdmin: false, grants: [], ...more }
}

export const viewers = {
  boss: viewer('U1', '1'),
  manager: viewer('U2', '2'),
  rep: viewer('U3', '3'),
  coach: viewer('U8', '8', { grants: [{ type: 'coach', personId: '4' }] }),
  formerCoach: viewer('U8', '8', { grants: [{ type: 'coach', personId: '4', until: '2026-11-20' }] }),
  /** Tom stands in as Ben's coach until the end of November. */
  standIn: viewer('U7', '7', { grants: [{ type: 'coach', personId: '4', until: '2026-12-01' }] }),
  orgViewer: viewer('U7', '7', { grants: [{ type: 'viewer', orgOf: '2' }] }),
  /** Not in Gong. */
  hr: viewer('U95', undefined, { grants: [{ type: 'viewer', orgOf: '2' }] }),
  admin: viewer('U90', undefined, { isAdmin: true }),
  unmatched: viewer('U91'),
  leaver: viewer('U9', '9'),
  guest: viewer('U92', undefined, { standing: 'guest' }),
  outsider: viewer('U93', undefined, { standing: 'outside' }),
  bot: viewer('U94', undefined, { standing: 'outside' }),
} as const

const figuresOf = (personId: string, talkShare: number): InteractionFigures => ({
  personId,
  callsCount: 10,
  talkShare,
  longestMonologueSeconds: 100 + Number(personId),
  interactivity: 6,
  patience: 1,
  questionRate: 12,
})
const ids = ['1', '2', '3', '4', '5', '6', '7', '8']

export interface Watched {
  readonly subject: Subject
  /** What of it was asked for. */
  readonly detail: 'by-name' | 'medians'
}

export interface TestKit {
  readonly services: BotServices
  readonly watched: Watched[]
  /** The teams whose figures were given beside a person's. */
  readonly beside: Subject[]
  readonly views: { readonly by: string; readonly personIds: readonly string[]; readonly detail: string }[]
  readonly reads: {
    readonly from: string
    readonly personIds: readonly string[] | 'all'
    readonly managerIds?: readonly string[]
    readonly asker: string
  }[]
  readonly posts: { readonly channelId: string; readonly message: Message }[]
  readonly files: { readonly to: string; readonly name: string; readonly content: string }[]
  readonly adminNotices: Message[]
  readonly acts: string[]
}

/** Maria (2) has her reminders on, and one about Ben (4) waiting; everybody else's are off. */
function fakeCoaching(acts: string[]): CoachingService {
  const goal = { goal: { everyWeeks: 2 } }
  const isOn = (by: Viewer) => by.person?.id === '2'
  return {
    coachees: async (by) => (by.person ? chart.team(by.person.id) : []),
    async mustCoach(by) {
      if (!by.person || chart.team(by.person.id).length === 0) throw new AskError('Reminders are for those who coach.')
    },
    goal: async () => goal,
    companyGoal: async () => goal,
    async setGoal(by, everyWeeks, scope) {
      acts.push(`goal ${everyWeeks} ${scope} by ${by.slackUserId}`)
      return { goal: { everyWeeks, setBySlackId: by.slackUserId, setAt: at.now }, setBy: 'you' }
    },
    state: async (by) => (isOn(by) ? { on: true, subscriptionId: 's1' } : { on: false }),
    async turnOn(by) {
      acts.push(`reminders on by ${by.slackUserId}`)
      return { on: true, subscriptionId: 's1' }
    },
    turnOff: async (by) => void acts.push(`reminders off by ${by.slackUserId}`),
    async answer(by, itemId, answer) {
      acts.push(`${answer} ${itemId} by ${by.slackUserId}`)
      return { summary: 'as it is now', parts: [] }
    },
    message: async () => ({ summary: 'as it is now', parts: [] }),
    show: async (itemId) => void acts.push(`show ${itemId}`),
    waiting: async (by) =>
      isOn(by)
        ? [{ id: 'd1.4', deliveryId: 'd1', managerId: '2', reportId: '4', status: 'open', openedAt: new Date('2026-11-16T07:30:00Z') }]
        : [],
  }
}

export function testKit(
  more: {
    unread?: boolean
    readers?: readonly string[]
    isPublic?: boolean
    readonly onlookers?: () => ChannelOnlookers
    closed?: GateReason
    noFiles?: boolean
    today?: string
    /** Who presses or types, where several here are one Slack user. */
    by?: Viewer
    /** Figures other than the usual. */
    tables?: Partial<Tables>
  } = {},
): TestKit {
  const base = stats({
    people,
    interaction: { [now]: ids.map((id) => figuresOf(id, 0.4 + Number(id) / 100)), [weekBefore]: ids.map((id) => figuresOf(id, 0.5)) },
    activity: {
      [now]: ids.map((personId) => ({ personId, callsAsHost: 11 })),
      [weekBefore]: ids.map((personId) => ({ personId, callsAsHost: 9 })),
    },
    scorecards: ids.map((id) => card(id, chart.managerAbove(id)?.id ?? '1', '2026-11-18T10:00:00Z', { overallScore: 3 })),
    ...more.tables,
  })
  const watched: Watched[] = []
  const beside: Subject[] = []
  const watch: StatsService = {
    ...base,
    async person(personId, ...rest) {
      watched.push({ subject: { type: 'person', personId }, detail: 'by-name' })
      const report = await base.person(personId, ...rest)
      const manager = chart.managerAbove(personId)
      if (manager && report.team.size > 0) beside.push({ type: 'team', managerId: manager.id })
      return report
    },
    team: (subject, period, detail) => {
      watched.push({ subject, detail })
      return base.team(subject, period, detail)
    },
    scorecards: (subject, period, eyes, name) => {
      watched.push({ subject, detail: eyes.type === 'person' ? 'by-name' : 'medians' })
      return base.scorecards(subject, period, eyes, name)
    },
    coaching: (managerId, period, eyes, reportIds) => {
      for (const personId of reportIds ?? []) watched.push({ subject: { type: 'person', personId }, detail: 'by-name' })
      if (!reportIds) watched.push({ subject: { type: 'team', managerId }, detail: 'by-name' })
      return base.coaching(managerId, period, eyes, reportIds)
    },
    coachingOverview: (subject, period) => {
      watched.push({ subject, detail: 'by-name' })
      return base.coachingOverview(subject, period)
    },
    coachingEffect: (subject, period, eyes) => {
      watched.push({ subject, detail: 'by-name' })
      return base.coachingEffect(subject, period, eyes)
    },
    coachingReceived: (personId, period) => {
      watched.push({ subject: { type: 'person', personId }, detail: 'by-name' })
      return base.coachingReceived(personId, period)
    },
  }
  const views: TestKit['views'] = []
  const reads: TestKit['reads'] = []
  const posts: TestKit['posts'] = []
  const tried = new Set<string>()
  const files: TestKit['files'] = []
  const adminNotices: Message[] = []
  const acts: string[] = []
  const everybody = [...(more.by ? [more.by] : []), ...Object.values(viewers)]
  const bySlackId = (id: string): Viewer =>
    everybody.find(({ slackUserId }) => slackUserId === id) ??
    people.flatMap((each) => (`U${each.id}` === id ? [viewer(id, each.id)] : []))[0] ?? {
      slackUserId: id,
      standing: 'outside',
      isAdmin: false,
      grants: [],
    }
  const services: BotServices = {
    stats: watch,
    chart: async () => chart,
    today: async () => more.today ?? '2026-11-23',
    personOfSlackUser: async (id) => bySlackId(id).person?.id,
    membersOfUserGroup: async () => ({ type: 'unknown' }),
    slackUserOfPerson: async (id) => (chart.people.has(id) ? `U${id}` : undefined),
    async ensureFetched(need, wait) {
      reads.push({
        from: need.period.from,
        personIds: need.personIds,
        ...(need.managerIds?.length && { managerIds: need.managerIds }),
        asker: need.asker,
      })
      if (more.unread) await wait(12)
    },
    recordViews: async (by, personIds, detail) => void views.push({ by: by.slackUserId, personIds, detail }),
    async takeBackViews({ slackUserId }, personIds, detail) {
      const at = views.findLastIndex((view) => isDeepStrictEqual(view, { by: slackUserId, personIds, detail }))
      if (at >= 0) views.splice(at, 1)
    },
    seenBy: async (personId) =>
      personId === '3'
        ? {
            total: 1,
            sightings: [
              {
                at: new Date('2026-11-20T10:00:00Z'),
                week: '2026-11-16',
                times: 1,
                by: 'Maria <!channel>',
                what: 'view',
                detail: '/gong-stats',
              },
            ],
          }
        : { total: 0, sightings: [] },
    digests: { mine: async () => ({ receives: [], sends: [] }), namedInChannels: async () => [] } as unknown as BotServices['digests'],
    coaching: fakeCoaching(acts),
    outbox: {
      shareGate: async () =>
        more.closed === undefined
          ? {
              open: true,
              channelName: 'emea',
              isPublic: more.isPublic === true,
              readerIds: more.readers ?? ['U2', 'U3', 'U4', 'U5', 'U6'],
              onlookers: more.onlookers?.() ?? { viewers: [], everyLeader: false, readBy: () => 'nobody' },
            }
          : { open: false, reason: more.closed, botName: 'gong-digest' },
      async postOnce(key, channelId, message) {
        if (tried.has(key)) return false
        tried.add(key)
        posts.push({ channelId, message })
        return true
      },
      sendFile: async (to, { name, content }) => {
        if (more.noFiles) return 'missing-scope'
        files.push({ to, name, content })
        return 'sent'
      },
      notifyAdmins: async (_about, message) => void adminNotices.push(message),
      askAdmins: async (_slackUserId, message) => adminNotices.push(message),
      viewerOf: async (id) => bySlackId(id),
    },
    admin: {
      changes: async () => [
        { at: new Date('2026-11-22T16:00:00Z'), by: 'Maria <!channel>', detail: 'digest team created', about: '*Omar*' },
        { at: new Date('2026-11-20T10:00:00Z'), by: 'Omar Haddad', detail: 'cards that count: all' },
      ],
      unmatched: async () => people.slice(7, 8).map((each) => ({ person: each, why: 'no-slack-user' as const })),
      answerShrunkList: async (decision, by) => acts.push(`shrunk list: ${decision} by ${by}`) > 0,
      link: async (personId, slackUserId, by) => {
        acts.push(`link ${personId} ${slackUserId} by ${by}`)
        return {
          ended: slackUserId === 'U6' ? people.filter(({ id }) => id === '6') : [],
          again: slackUserId === null ? people.filter(({ id }) => id === '5').map((person) => ({ person, slackUserId: 'U6' })) : [],
        }
      },
      links: async () => new Map([['6', 'U6']]),
      move: async (personId, managerId, by) => void acts.push(`move ${personId} ${managerId} by ${by}`),
      roles: async () => [
        { id: 'r1', slackUserId: 'U8', grant: { type: 'coach', personId: '4' }, bySlackId: 'U90', at: new Date('2026-11-01T00:00:00Z') },
      ],
      searchRoles: async () => [
        {
          id: 'r1',
          slackUserId: 'U8',
          grant: { type: 'coach', personId: '4' },
          bySlackId: 'U90',
          at: new Date('2026-11-01T00:00:00Z'),
          holder: 'Eve Far',
          subject: 'Ben Okoye',
        },
      ],
      grant: async (slackUserId, grant, by) => void acts.push(`grant ${slackUserId} ${JSON.stringify(grant)} by ${by}`),
      revoke: async (id, by) => void acts.push(`revoke ${id} by ${by}`),
      cards: async () => ({
        known: [
          { id: 'c1', name: 'Discovery' },
          { id: 'c2', name: '<@U1> Demo' },
        ],
        counted: [],
      }),
      cardNamesFor: async () => ['Discovery', '<@U1> Demo'],
      countCards: async (ids, by) => void acts.push(`count ${ids.join('+') || 'all'} by ${by}`),
      reading: async () => ({
        windowsReady: 9,
        windowsWanted: 13,
        secondsLeft: 60,
        readAt: new Date('2026-11-23T07:41:00Z'),
        problems: [
          { at: new Date('2026-11-23T07:00:00Z'), endpoint: 'POST /stats/interaction', words: 'Gong refused', requestId: 'req-7' },
        ],
      }),
      firstReading: async () => ({}),
      outages: async () => [],
      budget: async () => ({ used: 40, perDay: 4000, perSecond: 2 }),
    },
    settings: {
      gongAppUrl: 'https://app.gong.io',
      minimumGroup: 5,
      minimumCalls: 3,
      weekStart: 1,
      zone: 'Europe/Berlin',
      version: '1.2.3',
      admins: 'the admins',
    },
  }
  return { services, watched, beside, views, reads, posts, files, adminNotices, acts }
}

export const at = { now: new Date('2026-11-23T09:00:00Z'), locale: 'en-GB', zone: 'Europe/Berlin' } as const

export const asks = (by: Viewer, text: string, more: Partial<Ask> = {}): Ask => ({
  text,
  viewer: by,
  channelId: 'C1',
  triggerId: 't',
  ...at,
  ...more,
})

export const presses = (by: Viewer, actionId: string, value?: string, more: Partial<Press> = {}): Press => ({
  actionId,
  ...(value !== undefined && { value }),
  inputs: {},
  from: 'message',
  viewer: by,
  channelId: 'C1',
  triggerId: 't',
  ...at,
  ...more,
})

/** Everything a message says, buttons and their values included. */
export const wordsOf = (message: Message): string => JSON.stringify(message)
