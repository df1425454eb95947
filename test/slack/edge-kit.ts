// The whole edge against the simulated workspace: real Bolt, real services, viewers, directory, gate and rendering; figures from plain
// tables; the store's parts in memory.

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { actions } from '../../src/bot/actions/index.ts'
import type { BotServices } from '../../src/bot/command.ts'
import { commands } from '../../src/bot/commands/index.ts'
import { home } from '../../src/bot/home/index.ts'
import { createBotServices } from '../../src/bot/services.ts'
import { type MovableClock, movableClock, systemClock } from '../../src/clock.ts'
import type { AccessRecord } from '../../src/domain/access-record.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Grant } from '../../src/domain/policy.ts'
import type { SlackMember } from '../../src/domain/slack-member.ts'
import { type OrgChart, orgChart } from '../../src/domain/team.ts'
import { createAdminService } from '../../src/people/create-admin-service.ts'
import { createSightings } from '../../src/people/sightings.ts'
import { createViewers } from '../../src/people/viewers.ts'
import { toHomeView } from '../../src/render/home.ts'
import { toModalView } from '../../src/render/modal-view.ts'
import { botUserId, type SimulatedSlack, startSimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import { createSlackClient, readIdentity, startSlack } from '../../src/slack/bolt.ts'
import { createDirectory } from '../../src/slack/directory.ts'
import { createGate } from '../../src/slack/gate.ts'
import { createOutbox } from '../../src/slack/outbox/outbox.ts'
import { createPostingClient } from '../../src/slack/outbox/posting-client.ts'
import { createRefusedBlocks, renderForSlack } from '../../src/slack/outbox/render-for-slack.ts'
import { createUploadClient } from '../../src/slack/outbox/send-file.ts'
import { createReceiver } from '../../src/slack/receive/receive.ts'
import { createViews } from '../../src/slack/receive/views.ts'
import { readUserGroup } from '../../src/slack/user-groups.ts'
import type { PeopleStore } from '../../src/store/people/people.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { submissionsInMemory } from '../kit/submissions.ts'
import { card, now, stats } from '../stats/world.ts'

/** 9–15 November 2026, as the tables name it. */
const weekBefore = '2026-11-09..2026-11-15'

const person = (id: string, name: string, managerId?: string): Person => ({
  id,
  name,
  emails: [`${name.split(' ')[0]?.toLowerCase()}@acme.com`],
  active: true,
  ...(managerId !== undefined && { managerId }),
})

/** Maria leads six; Nora is in Slack but not in Gong; Pia administers the bot. */
const team = ['Ana Diaz', 'Ben Okoye', 'Kai Lund', 'Lena Ito', 'Omar Ali', 'Sue Ray'].map((name, index) =>
  person(String(11 + index), name, '1'),
)
const user = (id: string, realName: string, more: object = {}) => ({
  id,
  name: realName.toLowerCase().replace(' ', '.'),
  realName,
  email: `${realName.split(' ')[0]?.toLowerCase()}@acme.com`,
  zone: 'Europe/Berlin',
  locale: 'en-GB',
  ...more,
})

export interface Edge {
  /** Of signed HTTP; 0 in Socket Mode. */
  readonly port: number
  readonly slack: SimulatedSlack
  readonly clock: MovableClock
  readonly log: readonly string[]
  readonly access: AccessRecord[]
  readonly links: Map<string, string>
  readonly settings: Map<string, string>
  idle(): Promise<void>
  /** The bot alone, not the simulated Slack. */
  stopSlack(): Promise<void>
  stop(): Promise<void>
}

export async function startEdge(transport: 'http' | 'socket' = 'http', more: { manifest?: (text: string) => string } = {}): Promise<Edge> {
  const clock = movableClock(new Date('2026-11-23T09:00:00Z'))
  const { log, lines } = keptLog()
  const text = readFileSync(path.resolve(import.meta.dirname, '../../manifest.yml'), 'utf8')
  const slack = await startSimulatedSlack({
    clock,
    realClock: systemClock,
    manifest: more.manifest ? more.manifest(text) : text,
    rateLimits: false,
    users: [
      user('U0MARIA', 'Maria Lead'),
      ...team.map(({ name }) => user(`U0${name.split(' ')[0]?.toUpperCase()}`, name)),
      user('U0NORA', 'Nora New'),
      user('U0PIA', 'Pia Admin'),
      user('U0GUS', 'Gus Guest', { isGuest: true }),
    ],
    userGroups: [
      { id: 'S0REPS', handle: 'emea-reps', memberIds: ['U0ANA', 'U0BEN', 'U0GUS'] },
      { id: 'S0EMPTY', handle: 'nobody-in-gong', memberIds: ['U0GUS'] },
    ],
    channels: [
      {
        id: 'C0EMEA',
        name: 'emea',
        memberIds: ['U0MARIA', 'U0ANA', 'U0BEN', 'U0NORA', 'U0PIA', 'U0GUS', botUserId].filter((id) => id !== 'U0GUS' && id !== 'U0NORA'),
      },
      { id: 'C0GUESTS', name: 'with-guests', memberIds: ['U0MARIA', 'U0GUS', botUserId] },
      { id: 'C0OPEN', name: 'open', memberIds: ['U0MARIA', 'U0ANA', 'U0NORA', 'U0PIA', 'U0GUS'] },
    ],
  })
  const members = new Map<string, SlackMember>()
  const links = new Map<string, string>()
  const access: AccessRecord[] = []
  const settings = new Map<string, string>()
  const base = [person('1', 'Maria Lead'), ...team, person('30', 'Zoe Gong')]
  let chart: OrgChart = orgChart(base)
  const relink = () => {
    chart = orgChart(base.map((each) => ({ ...each, ...(links.has(each.id) && { slackUserId: String(links.get(each.id)) }) })))
  }
  const ids = base.map(({ id }) => id)
  const share = (id: string) => 0.3 + Number(id) / 100
  const statistics = stats({
    people: base,
    interaction: {
      [now]: ids.map((personId) => ({
        personId,
        callsCount: 10,
        talkShare: share(personId),
        longestMonologueSeconds: 100,
        interactivity: 6,
        patience: 1,
        questionRate: 12,
      })),
      [weekBefore]: ids.map((personId) => ({
        personId,
        callsCount: 9,
        talkShare: 0.5,
        longestMonologueSeconds: 90,
        interactivity: 6,
        patience: 1,
        questionRate: 9,
      })),
    },
    activity: { [now]: ids.map((personId) => ({ personId, callsAsHost: 11 })) },
    scorecards: team.map(({ id }) => card(id, '1', '2026-11-18T10:00:00Z', { overallScore: 3 })),
  })
  const client = createSlackClient({ botToken: slack.botToken, apiUrl: slack.apiUrl, log })
  const posting = createPostingClient({ token: slack.botToken, slackApiUrl: slack.apiUrl })
  const identity = await readIdentity(client)
  const memberStore = {
    replaceAll: async (all: readonly SlackMember[]) => {
      members.clear()
      for (const each of all) members.set(each.slackUserId, each)
      return []
    },
    async upsert(member: SlackMember) {
      members.set(member.slackUserId, member)
      return member
    },
    find: async (id: string) => members.get(id),
    findMany: async (wanted: readonly string[]) => new Map([...members].filter(([id]) => wanted.includes(id))),
    findByEmail: async (email: string) => [...members.values()].find((each) => each.email === email),
    all: async () => [...members.values()],
    readAt: async () => clock.now(),
    wantedSince: async () => undefined,
    want: async () => undefined,
  }
  const accessStore = {
    record: async (entries: readonly AccessRecord[]) => void access.push(...entries),
    takeBackViews: async () => undefined,
    seenBy: async (personIds: readonly string[], page: { readonly limit: number }) => {
      const seen = access.filter((each) => each.personId !== undefined && personIds.includes(each.personId)).toReversed()
      return { total: seen.length, rows: seen.slice(0, page.limit).map((each) => ({ ...each, week: '2026-11-23', times: 1 })) }
    },
    changes: async () => [],
    grant: async () => 'r1',
    revoke: async () => undefined,
    grantsOf: async (): Promise<readonly Grant[]> => [],
    roleHolders: async () => new Set<string>(),
    shown: async () => [],
    shownAmong: async () => new Set<string>(),
    keepAdmin: async () => undefined,
    allGrants: async () => [],
    pruneRoles: async () => undefined,
    prune: async () => 0,
  }
  const directory = createDirectory({ client, store: memberStore, home: async () => identity, clock, log })
  await directory.refresh()
  const zone = async () => 'Europe/Berlin'
  const viewers = createViewers({
    directory,
    members: memberStore,
    chart: async () => chart,
    access: accessStore,
    adminNames: ['pia@acme.com'],
    slackAdminsAreAdmins: false,
    zone,
  })
  const refused = createRefusedBlocks(
    { setting: async (key) => settings.get(key), saveSetting: async (key, value) => void settings.set(key, value) },
    clock,
  )
  const render = renderForSlack(refused)
  const tenant = {
    setting: async (key: string) => settings.get(key),
    saveSetting: async (key: string, value: string) => void settings.set(key, value),
  }
  const submissions = submissionsInMemory()
  const gate = createGate({ client, members: memberStore, directory, allowGuests: false, clock })
  const nameOf = async (slackUserId: string) => (await memberStore.find(slackUserId))?.name ?? slackUserId
  const services = createBotServices({
    stats: statistics,
    chart: async () => chart,
    ensureFetched: async (need, wait) => {
      if (need.period.from === '2026-11-01') await wait(12)
    },
    membersOfUserGroup: (groupId) => readUserGroup(client, groupId),
    outbox: createOutbox({
      client: createUploadClient({ botToken: slack.botToken, apiUrl: slack.apiUrl }),
      posting,
      render,
      gate,
      viewers,
      store: { tenant, submissions },
      clock,
      log,
      botName: 'gong-digest',
    }),
    admin: createAdminService({
      wake: async () => undefined,
      nudge: () => undefined,
      outages: { open: async () => [] },
      store: {
        deliveries: { reserve: async () => true } as never,
        people: {
          chart: async () => chart,
          async link(personId, slackUserId, records) {
            if (slackUserId === null) links.delete(personId)
            else links.set(personId, slackUserId)
            relink()
            const changed = { ended: [], again: [] }
            await accessStore.record(records?.(changed) ?? [])
            return changed
          },
          links: async () => new Map(links),
          forgottenAmong: async () => new Set(),
          move: async () => undefined,
        } satisfies Partial<PeopleStore> as never,
        access: accessStore,
        budget: { today: async () => ({ used: 1, perDay: 4000, perSecond: 2 }) } as never,
        cards: {
          known: async () => [],
          namesFor: async () => [],
          counted: async () => [],
          changedOn: async () => undefined,
          choose: async () => [],
        },
        listWatch: { problems: async () => ({}), save: async () => undefined, decide: async () => false },
        recorded: async () => {
          throw new Error('nothing here is written with a record')
        },
      },
      viewers,
      reading: async () => ({ windowsReady: 1, windowsWanted: 1, problems: [] }),
      firstReading: async () => ({}),
      clock,
      zone: 'Europe/Berlin',
      nameOf,
    }),
    sightings: createSightings({ store: { access: accessStore }, viewers, clock, nameOf }),
    digests: { mine: async () => ({ receives: [], sends: [] }), namedInChannels: async () => [] } as unknown as BotServices['digests'],
    coaching: { state: async () => ({ on: false }), waiting: async () => [] } as unknown as BotServices['coaching'],
    viewers,
    clock,
    zone: 'Europe/Berlin',
    settings: { gongAppUrl: 'https://app.gong.io', minimumGroup: 5, minimumCalls: 3, weekStart: 1, version: '1.2.3' },
    adminNames: ['pia@acme.com'],
  })
  const receiver = createReceiver({
    submissions,
    posting,
    commands,
    actions,
    home,
    services,
    viewers,
    render,
    onRefused: refused.remember,
    views: createViews({ client, shapes: { modal: toModalView, home: toHomeView }, render }),
    fetch: globalThis.fetch,
    slackApiUrl: slack.apiUrl,
    clock,
    log,
  })
  const running = await startSlack({
    transport:
      transport === 'http'
        ? { type: 'http', signingSecret: slack.signingSecret, port: 0 }
        : { type: 'socket', appToken: slack.appToken, times: { retryMs: [200], attemptMs: 5000, lookMs: 50 } },
    botToken: slack.botToken,
    apiUrl: slack.apiUrl,
    identity,
    receiver,
    onUser: directory.heard,
    log,
  })
  if (transport === 'socket') await slack.until(() => slack.socketCount() === 2)
  if (running.port !== undefined) slack.setRequestUrl(`http://127.0.0.1:${running.port}/slack/events`)
  return {
    port: running.port ?? 0,
    slack,
    clock,
    log: lines,
    access,
    links,
    settings,
    idle: running.idle,
    stopSlack: running.stop,
    async stop() {
      await running.stop()
      await slack.stop()
    },
  }
}
