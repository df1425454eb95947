// The digests of the soak and what became of them: one a week for each team, spread over the days of the week, every second as a direct
// message to the team's leader. Found again in Slack by the ids they carry.
import type { Clock } from '../../src/clock.ts'
import { deliveryIdOf } from '../../src/domain/delivery-id.ts'
import { addDays, type LocalDate, startOfLocalDate, type Weekday, weekdayOf } from '../../src/domain/period.ts'
import { occurrenceOf, runOn } from '../../src/domain/recurrence.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import { createLog } from '../../src/log.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { openStore } from '../../src/store/database/connect.ts'
import type { SimulatedCompany } from '../bench/simulated-company.ts'
import { teamDigest } from '../kit/team-digest.ts'

const zone = 'Europe/Berlin'

/** So many hours after the local day began. */
export const hoursInto = (date: LocalDate, hours: number): Date => new Date(startOfLocalDate(date, zone).getTime() + hours * 3_600_000)

/** At most so many; their first run comes after `start`, the day before the first. */
export function soakedDigests(company: SimulatedCompany, most: number, start: LocalDate): readonly Subscription[] {
  const { people, reportsOf } = company.gong.company
  const nameOf = (team: string): string => team.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  const leaders = people.flatMap((person) => {
    const channel = company.workspace.channels.find(
      ({ name, id }) => person.team && id.startsWith('C0TEAM') && name === nameOf(person.team),
    )
    const leads = (reportsOf.get(person.index)?.length ?? 0) > 0
    return channel && leads && person.active ? [{ channelId: channel.id, person }] : []
  })
  // Two leaders may share a channel; one digest in each is enough.
  const once = leaders.filter(({ channelId }, index) => leaders.findIndex((other) => other.channelId === channelId) === index)
  return once.slice(0, most).map(({ channelId, person }, index) => {
    const weekday = ((index % 7) + 1) as Weekday
    const slackUserId = slackIdOf(person)
    const recurrence = { weekdays: [weekday], time: '09:00', zone }
    const first = Array.from({ length: 7 }, (_, days) => addDays(start, days + 1)).find((date) => weekdayOf(date) === weekday) ?? start
    return teamDigest({
      subjectId: person.id,
      destination: index % 2 === 1 ? { type: 'dm', slackUserId } : { type: 'channel', channelId },
      recurrence,
      ownerSlackId: slackUserId,
      nextAt: hoursInto(first, 9),
      createdAt: hoursInto(start, 12),
    })
  })
}

export async function insertDigests(databaseUrl: string, clock: Clock, digests: readonly Subscription[]): Promise<void> {
  const budget = { perSecond: 1000, perDay: 1_000_000 }
  const store = await openStore({ databaseUrl, dataDir: '', clock, realTime: 'database', log: createLog('fatal'), budget })
  for (const digest of digests) await store.subscriptions.insert(digest)
  await store.close()
}

export interface DueDigest {
  readonly id: string
  readonly isDirect: boolean
}

/** Those due on a day. */
export const dueOn = (date: LocalDate, digests: readonly Subscription[]): readonly DueDigest[] =>
  digests.flatMap(({ id: subscriptionId, recurrence, destination }) => {
    const run = runOn(recurrence, date)
    return run ? [{ id: deliveryIdOf({ subscriptionId, occurrence: occurrenceOf(run) }), isDirect: destination.type === 'dm' }] : []
  })

/** How often each delivery is in Slack, by its id: digests, notices and their threads. */
export function postedBy({ slack }: SimulatedCompany): ReadonlyMap<string, number> {
  const posted = new Map<string, number>()
  for (const { metadata } of [...slack.workspace.messages.values()].flat()) {
    const { event_payload: payload } = (metadata ?? {}) as { readonly event_payload?: { readonly id?: unknown } }
    const id = payload?.id
    if (typeof id === 'string') posted.set(id, (posted.get(id) ?? 0) + 1)
  }
  return posted
}
