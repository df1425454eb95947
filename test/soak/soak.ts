// Simulated weeks of a company with a digest per team, while both simulators fail now and then. The app runs in a process of its own;
// in the end every channel has to hold one digest per Monday.
import { movableClock } from '../../src/clock.ts'
import { addDays, startOfLocalDate } from '../../src/domain/period.ts'
import { createLog } from '../../src/log.ts'
import { type MovedApp, moveClock } from '../../src/sandbox/demo-stage.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { openStore } from '../../src/store/database/connect.ts'
import { driveApp } from '../bench/drive.ts'
import { memoryOf } from '../bench/process-figures.ts'
import { type SimulatedCompany, simulatedCompany } from '../bench/simulated-company.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { faultOf } from './faults.ts'

export interface SoakReport {
  readonly teams: number
  readonly weeks: number
  readonly posted: number
  /** Digests beyond one per channel and Monday. */
  readonly duplicates: number
  /** Digests that are in no channel. */
  readonly lost: number
  /** Resident memory of the app at the end of each week, in MB. */
  readonly memoryMb: readonly number[]
  readonly gongRequests: number
}

/** Draws each day's fault. */
const seed = 17
const zone = 'Europe/Berlin'
/** A Sunday. */
const firstDay = '2026-08-30'
const at = (days: number, hours: number): Date => new Date(startOfLocalDate(addDays(firstDay, days), zone).getTime() + hours * 3_600_000)

interface TeamChannel {
  readonly channelId: string
  readonly managerId: string
  readonly ownerSlackId: string
}

function teamChannels(company: SimulatedCompany, most: number): readonly TeamChannel[] {
  const { people, reportsOf } = company.gong.company
  const nameOf = (team: string): string => team.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return (
    people
      .flatMap((person) => {
        const channel = company.workspace.channels.find(
          ({ name, id }) => person.team && id.startsWith('C0TEAM') && name === nameOf(person.team),
        )
        const leads = (reportsOf.get(person.index)?.length ?? 0) > 0
        return channel && leads ? [{ channelId: channel.id, managerId: person.id, ownerSlackId: slackIdOf(person) }] : []
      })
      // Two leaders may share a channel; one digest in each is what is counted.
      .filter(({ channelId }, index, all) => all.findIndex((other) => other.channelId === channelId) === index)
      .slice(0, most)
  )
}

async function orderDigests(databaseUrl: string, channels: readonly TeamChannel[]): Promise<void> {
  const clock = movableClock(at(0, 12))
  const store = await openStore({
    databaseUrl,
    dataDir: 'memory://',
    clock,
    realTime: 'database',
    log: createLog('fatal'),
    budget: { perSecond: 1000, perDay: 1_000_000 },
  })
  for (const { channelId, managerId, ownerSlackId } of channels) {
    await store.subscriptions.insert(
      teamDigest({
        subjectId: managerId,
        destination: { type: 'channel', channelId },
        recurrence: { weekdays: [1], time: '09:00', zone },
        ownerSlackId,
        nextAt: at(1, 9),
        createdAt: at(0, 12),
      }),
    )
  }
  await store.close()
}

/** Each Monday some posts go wrong in each of the ways Slack has; Gong fails all the time. */
function failOnMonday(company: SimulatedCompany): void {
  const { faults } = company.slack
  faults.add({ type: 'lost-answer', method: 'chat.postMessage' }, 2)
  faults.add({ type: 'error', method: 'chat.postMessage', error: 'internal_error' }, 2)
  faults.add({ type: 'down', status: 503 }, 2)
}

export async function soak(options: { readonly databaseUrl: string; readonly teams: number; readonly weeks: number }): Promise<SoakReport> {
  const { databaseUrl, teams, weeks } = options
  const clock = movableClock(at(0, 12))
  const company = await simulatedCompany(teams * 12, clock)
  try {
    const app = await driveApp(
      { now: at(0, 12).toISOString(), requestsPerSecond: 5000 },
      { ...company.environment, DATABASE_URL: databaseUrl },
    )
    try {
      await app.tell({ type: 'refresh' })
      const channels = teamChannels(company, teams)
      await orderDigests(databaseUrl, channels)
      company.gong.faults.add({ type: 'server-error' }, { share: 0.01 })
      company.gong.faults.add({ type: 'reset' }, { share: 0.01 })
      const memoryMb: number[] = []
      // One clock for all three: a Slack that stamps posts hours ahead of the app would hide them from its second look.
      const moved: MovedApp = {
        tick: async () => void (await app.tell({ type: 'tick', now: clock.now().toISOString() })),
        idle: async () => void (await app.tell({ type: 'idle' })),
        nextDueAfter: async (now) => {
          const { nextDueAt } = await app.tell({ type: 'next', now: now.toISOString() })
          return nextDueAt === undefined ? undefined : new Date(nextDueAt)
        },
      }
      for (let week = 0; week < weeks; week += 1) {
        failOnMonday(company)
        for (let day = 1; day <= 7; day += 1) {
          const number = week * 7 + day
          await moveClock(clock, moved, at(number, 8))
          const end = faultOf(seed, number).begin(company)
          await moveClock(clock, moved, at(number, 10))
          end()
          await moveClock(clock, moved, at(number, 12))
        }
        memoryMb.push(Math.round(memoryOf(app.pid).residentMb))
      }
      const counts = channels.map(
        ({ channelId }) => (company.slack.workspace.messages.get(channelId) ?? []).filter(({ threadTs }) => threadTs === undefined).length,
      )
      const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
      return {
        teams: channels.length,
        weeks,
        posted: sum(counts),
        duplicates: sum(counts.map((count) => Math.max(0, count - weeks))),
        lost: sum(counts.map((count) => Math.max(0, weeks - count))),
        memoryMb,
        gongRequests: company.gong.log.count(),
      }
    } finally {
      await app.stop()
    }
  } finally {
    await company.stop()
  }
}
