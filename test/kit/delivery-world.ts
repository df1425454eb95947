// The schedule joined to a real store and a Slack at some address, around people made for the test: everything that delivers is
// the real thing; only what a digest says is short. Used by delivery suites, the kill test's child and the replica test's.

import type { Clock } from '../../src/clock.ts'
import { localDateOf, weekBefore } from '../../src/domain/period.ts'
import type { Person } from '../../src/domain/person.ts'
import type { SlackMember } from '../../src/domain/slack-member.ts'
import type { Log } from '../../src/log.ts'
import { createViewers } from '../../src/people/viewers.ts'
import type { BuildDigest } from '../../src/reports/digest.ts'
import { createQueue, wakeDeliveries } from '../../src/schedule/queue.ts'
import { createSchedule, type Schedule } from '../../src/schedule/schedule.ts'
import { createServices, type ServiceDeps, type Services } from '../../src/services.ts'
import { createDirectory } from '../../src/slack/directory.ts'
import { createGate } from '../../src/slack/gate.ts'
import { type Pace, postsAtOnce } from '../../src/slack/outbox/pacer.ts'
import { createPoster } from '../../src/slack/outbox/post.ts'
import { createPostingClient } from '../../src/slack/outbox/posting-client.ts'
import { createReconciler } from '../../src/slack/outbox/reconcile.ts'
import type { Gate } from '../../src/slack-ports.ts'
import type { StatsService } from '../../src/stats/results.ts'
import type { Store } from '../../src/store/store.ts'

export const zone = 'Europe/Berlin'

export const member = (slackUserId: string, name: string, change: Partial<SlackMember> = {}): SlackMember => ({
  slackUserId,
  name,
  email: `${slackUserId.toLowerCase()}@acme.test`,
  zone,
  isBot: false,
  isGuest: false,
  isOutside: false,
  isSlackAdmin: false,
  deleted: false,
  ...change,
})

/** A manager `100` with six reps `101`…`106`; the admin `UOWNER` runs the bot. */
export function smallCompany(): { readonly people: readonly Person[]; readonly members: readonly SlackMember[] } {
  const people: Person[] = [{ id: '100', name: 'Priya Nair', emails: ['u100@acme.test'], active: true }]
  for (let rep = 101; rep <= 106; rep += 1) {
    people.push({ id: String(rep), name: `Rep ${rep}`, emails: [`u${rep}@acme.test`], managerId: '100', active: true })
  }
  return { people, members: [member('UOWNER', 'Maria'), ...people.map(({ id, name }) => member(`U${id}`, name))] }
}

/** Fills a fresh store: people, directory, and the last week's window read after it settled. */
export async function fillCompany(store: Store, now: Date, company = smallCompany()): Promise<void> {
  await store.people.replaceAll(company.people, { readAt: now, seenOn: '2026-01-05' })
  await store.directory.replaceAll(company.members, now)
  await fillWindow(store, now)
}

async function fillWindow(store: Store, now: Date): Promise<void> {
  const period = weekBefore(localDateOf(now, zone))
  await store.windows.replace('interaction', period, { rows: [], quarantinedIds: [], quarantined: 0, readAt: now, final: false })
}

/** Says which subscription and week it is, and its remarks. */
const shortDigest: BuildDigest = async (request, context) => ({
  message: {
    summary: `${request.kind} digest ${request.subscriptionId ?? 'preview'} for ${context.period.from}${request.remarks.map((remark) => ` · ${remark}`).join('')}`,
    parts: [],
  },
  isEmpty: false,
  shows: context.detail === 'by-name' && request.subjectId !== undefined ? [request.subjectId] : [],
  mentions: [],
  figures: {},
})

/** The services and the schedule over one store, as app.ts joins them. */
export interface DeliveryWorld extends Schedule, Pick<Services, 'digests' | 'coaching'> {
  readonly gate: Gate
}

export function worldOf(options: {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly slack: { readonly apiUrl: string; readonly botToken: string }
  readonly timeoutMs?: number
  readonly change?: Partial<ServiceDeps> & { readonly pace?: Pace }
}): DeliveryWorld {
  const { store, clock, log, slack } = options
  const { pace = { channelMs: 0, workspaceMs: 0 }, ...change } = options.change ?? {}
  const client = createPostingClient({ token: slack.botToken, slackApiUrl: `${slack.apiUrl}/`, timeoutMs: options.timeoutMs ?? 2000 })
  const home = async () => ({ teamId: 'T0COMPANY' })
  const directory = createDirectory({ client, store: store.directory, home, clock, log })
  const viewers = createViewers({
    directory,
    members: store.directory,
    chart: () => store.people.chart(),
    access: store.access,
    adminNames: ['UOWNER'],
    slackAdminsAreAdmins: false,
    zone: async () => zone,
  })
  const company = { zone, weekStart: 1 as const, settleMinutes: 60 }
  const queue = createQueue({ connection: store.queue, kind: store.kind, log })
  const gate = createGate({ client, members: store.directory, directory, allowGuests: false, clock })
  const services = createServices({
    store,
    clock,
    log,
    company,
    sync: { refresh: async () => undefined, ensureFetched: async () => undefined },
    // Nothing here asks for statistics: what a digest says is `shortDigest`.
    stats: {} as StatsService,
    build: shortDigest,
    render: (message) => ({
      payload: { text: message.summary, blocks: [] },
      ...(message.thread && { thread: { summary: `${message.summary} (thread)`, parts: [] } }),
    }),
    viewers,
    directory,
    gate,
    poster: createPoster(client, { clock, pace }),
    reconciler: createReconciler(client, clock),
    wake: wakeDeliveries(queue),
    nudge: queue.nudge,
    retriesInRealTime: false,
    settings: { gongAppUrl: 'https://app.gong.io', namesInChannels: 'ask', botName: 'Gong Digest' },
    ...change,
  })
  const schedule = createSchedule({
    store,
    clock,
    log,
    company,
    queue,
    work: services.work,
    postsAtOnce: postsAtOnce(pace),
    retentionMonths: 13,
  })
  return { ...schedule, digests: services.digests, coaching: services.coaching, gate }
}
