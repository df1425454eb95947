// The process of the reminder quarter: the real store, queue, schedule, builder and Slack client on a clock it moves through the weeks,
// fed by one JSON argument. The clock's place is written to a file, from which the next process goes on. With `killAfter` it ends itself
// by SIGKILL at that step of a delivery; nothing is flushed, closed or handed back.
import { readFileSync, writeFileSync } from 'node:fs'
import { movableClock } from '../../src/clock.ts'
import { localDateOf, weekBefore } from '../../src/domain/period.ts'
import { nextRun } from '../../src/domain/recurrence.ts'
import { createLog } from '../../src/log.ts'
import { buildDigest } from '../../src/reports/digests/index.ts'
import { moveClock } from '../../src/sandbox/demo-stage.ts'
import { renderForSlack } from '../../src/slack/outbox/render-for-slack.ts'
import { openStore } from '../../src/store/database/connect.ts'
import { coachedCompany, coachedStats, firstMonday, isAway, managerIdOf, skipDatesOf, zoneOfManager } from '../kit/coached-company.ts'
import { worldOf, zone } from '../kit/delivery-world.ts'
import { teamDigest } from '../kit/team-digest.ts'

export interface ReminderChildOptions {
  readonly databaseUrl: string
  readonly slack: { readonly apiUrl: string; readonly botToken: string }
  readonly managers: number
  /** Holds the simulated instant. */
  readonly clockFile: string
  readonly until: string
  /** Turns everybody's reminders on. */
  readonly fill?: boolean
  /** Steps of deliveries until the end by SIGKILL. */
  readonly killAfter?: number
}

const options = JSON.parse(process.argv[2] ?? '{}') as ReminderChildOptions
const clock = movableClock(new Date(readFileSync(options.clockFile, 'utf8')))
const log = createLog('error', { write: (line) => void process.stderr.write(line) })
const company = coachedCompany(options.managers)
const store = await openStore({
  databaseUrl: options.databaseUrl,
  dataDir: 'memory://',
  clock,
  // One process after the other lives through weeks in minutes: the leases of those killed end in simulated time too.
  realTime: clock,
  log,
  budget: { perSecond: 1000, perDay: 1_000_000 },
})
if (options.fill) {
  await store.people.replaceAll(company.people, { readAt: clock.now(), seenOn: firstMonday })
  await store.directory.replaceAll(company.members, clock.now())
  for (let index = 0; index < options.managers; index += 1) {
    const rule = { weekdays: [1], time: '08:30', zone: zoneOfManager(index) } as const
    const slackUserId = `U${managerIdOf(index)}`
    await store.subscriptions.insert({
      ...teamDigest({ kind: 'reminder', subjectId: managerIdOf(index), destination: { type: 'dm', slackUserId }, recurrence: rule }),
      ownerSlackId: slackUserId,
      whenEmpty: 'skip',
      skipDates: skipDatesOf(index),
      nextAt: nextRun(rule, clock.now()).at,
    })
  }
}

// The queue notices a dead process's wake-ups ten seconds of real time later and drops them; rows decide, so nothing hangs on them. What is done is cleared too: counting it takes longer every week.
if (!options.fill) await store.queue.executeSql("DELETE FROM gong_digest_queue.job WHERE state IN ('active', 'completed')")

/** Gong was read and had nothing but what the statistics say. */
async function readLastWeek(): Promise<void> {
  const readAt = clock.now()
  const period = weekBefore(localDateOf(readAt, zone))
  const empty = { rows: [], quarantinedIds: [], quarantined: 0, readAt, final: false }
  await store.windows.replace('interaction', period, empty)
  await store.windows.replace('activity', period, empty)
  const range = { period, scope: 'all' as const, readAt, final: false, quarantined: 0, quarantinedIds: [] }
  await store.records.keepScorecards(range, [])
  await store.records.keepDailyActivity(range, [])
}

let steps = 0
const schedule = worldOf({
  store,
  clock,
  log,
  slack: options.slack,
  change: {
    stats: coachedStats(company.people, zone),
    sync: { refresh: readLastWeek, ensureFetched: async () => undefined },
    build: buildDigest,
    render: renderForSlack(),
    directory: {
      refresh: async () => company.members.length,
      // The status as Slack would have it on that day, wherever the manager is.
      async whoIs(slackUserId) {
        const found = await store.directory.find(slackUserId)
        const index = Number(slackUserId.slice(1)) - 1000
        return found && isAway(index, localDateOf(clock.now(), zoneOfManager(index))) ? { ...found, statusText: 'OOO' } : found
      },
    },
    step() {
      steps += 1
      if (steps === options.killAfter) process.kill(process.pid, 'SIGKILL')
    },
  },
})
await schedule.start()
await schedule.tick()
await schedule.idle()
await moveClock(clock, schedule, new Date(options.until), (at) => writeFileSync(options.clockFile, at.toISOString()))
await schedule.stop()
await store.close()
process.exit(0)
