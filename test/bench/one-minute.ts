// 5,000 personal digests that are due in the same minute, posted to a Slack without limits, by one process on either database and by three
// replicas: each exactly once, commands acknowledged meanwhile, and the memory it takes.
import path from 'node:path'
import { movableClock } from '../../src/clock.ts'
import type { Weekday } from '../../src/domain/period.ts'
import { createLog } from '../../src/log.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { openStore } from '../../src/store/database/connect.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { sendCommands, sendCommandsDuring } from './commands-per-second.ts'
import { type DrivenApp, driveApp } from './drive.ts'
import type { Done } from './driven-app.ts'
import type { BenchContext, Measurement } from './measure.ts'
import { memoryOf } from './process-figures.ts'
import { type SimulatedCompany, simulatedCompany } from './simulated-company.ts'
import { quantile, type Row } from './table.ts'

const zone = 'Europe/Berlin'
const startsAt = new Date('2026-11-24T08:00:00Z')
/** Half past twelve in Berlin, three and a half hours later: what the start brings along is done. */
const dueAt = new Date('2026-11-24T11:30:00Z')
const justBefore = new Date('2026-11-24T10:00:00Z')

type Where = { readonly databaseUrl: string } | { readonly dataDir: string }

/** One digest a person, before the service is started. */
async function orderDigests(company: SimulatedCompany, where: Where, many: number): Promise<void> {
  const store = await openStore({
    dataDir: '',
    ...where,
    clock: movableClock(startsAt),
    realTime: 'database',
    log: createLog('fatal'),
    budget: { perSecond: 1000, perDay: 1_000_000 },
  })
  const readers = company.gong.company.people.filter(({ active }) => active).slice(0, many)
  for (const reader of readers) {
    const slackUserId = slackIdOf(reader)
    const recurrence = { weekdays: [2 as Weekday], time: '12:30', zone }
    const destination = { type: 'dm' as const, slackUserId }
    await store.subscriptions.insert(
      teamDigest({
        kind: 'personal',
        subjectId: reader.id,
        destination,
        recurrence,
        ownerSlackId: slackUserId,
        nextAt: dueAt,
        createdAt: startsAt,
      }),
    )
  }
  await store.close()
}

/** How often each digest is there, by the id it carries. */
function postsOf({ slack }: SimulatedCompany): ReadonlyMap<string, number> {
  const marks = [...slack.workspace.messages.values()]
    .flat()
    .flatMap(({ metadata, threadTs }) => (metadata && !threadTs ? [JSON.stringify(metadata)] : []))
  return new Map([...Map.groupBy(marks, (mark) => mark)].map(([mark, all]) => [mark, all.length]))
}

/** Commands at a steady rate to the first of them while they all work. */
async function deliver(
  company: SimulatedCompany,
  apps: readonly DrivenApp[],
): Promise<{ readonly wallMs: number; readonly cpuMs: number; readonly times: readonly number[] }> {
  const [{ port } = { port: 0 }] = await Promise.all(apps.map((app) => app.tell({ type: 'idle' })))
  const load = {
    port,
    signingSecret: company.slack.signingSecret,
    userId: company.workspace.managerId,
    teamId: company.slack.workspace.teamId,
    responseUrl: `${company.slack.origin}/nobody`,
    perSecond: 20,
  }
  // The sender's own first steps are not the app's.
  await sendCommands({ ...load, seconds: 2 })
  let done: readonly Done[] = []
  const times = await sendCommandsDuring(load, async () => {
    done = await Promise.all(apps.map((app) => app.tell({ type: 'move', to: dueAt.toISOString() })))
  })
  const cpuMs = done.reduce((sum, each) => sum + each.cpuMs, 0)
  return { wallMs: Math.max(...done.map((each) => each.wallMs)), cpuMs, times }
}

async function measure({ quick }: BenchContext, name: string, where: Where, replicas: number): Promise<readonly Row[]> {
  const many = quick ? 300 : 5000
  const company = await simulatedCompany(Math.ceil(many * 1.1), movableClock(startsAt))
  const apps: DrivenApp[] = []
  try {
    await orderDigests(company, where, many)
    const database: Record<string, string> = 'dataDir' in where ? { DATA_DIR: where.dataDir } : { DATABASE_URL: where.databaseUrl }
    for (let nth = 0; nth < replicas; nth += 1)
      apps.push(await driveApp({ now: startsAt.toISOString(), requestsPerSecond: 5000 }, { ...company.environment, ...database }))
    await apps[0]?.tell({ type: 'refresh' })
    for (const app of apps) await app.tell({ type: 'move', to: justBefore.toISOString() })
    const before = postsOf(company)
    const { wallMs, cpuMs, times } = await deliver(company, apps)
    const posts = [...postsOf(company)].filter(([mark]) => !before.has(mark))
    const twice = posts.filter(([, count]) => count > 1).length
    const peakMb = Math.max(...apps.map(({ pid }) => memoryOf(pid).peakMb))
    return [
      {
        name: `${many} digests in one minute, ${name}: lost or twice`,
        target: 0,
        result: Math.abs(many - posts.length) + twice,
        unit: '×',
        note: `${posts.length} posted, ${twice} more than once; ${(wallMs / 1000).toFixed(1)} s, ${(posts.length / (wallMs / 1000)).toFixed(0)} a second; ${(cpuMs / many).toFixed(1)} ms of CPU each in the app, commands included, the simulators on the same cores`,
      },
      {
        name: `acknowledgement p99 meanwhile, ${name}`,
        target: 100,
        targetNote: '< 100',
        result: quantile(times, 0.99),
        unit: 'ms',
        note: `p50 ${quantile(times, 0.5).toFixed(1)} ms, ${times.length} commands`,
      },
      {
        name: `most memory, ${name}`,
        target: 512,
        result: peakMb,
        unit: 'MB',
        note: 'the largest of the processes, its first reading of everybody included',
      },
    ]
  } finally {
    for (const app of apps) await app.kill()
    await company.stop()
  }
}

export const minuteOnPostgres: Measurement = {
  name: 'minute',
  run: async (context) => measure(context, 'Postgres', { databaseUrl: await context.postgres.createDatabase() }, 1),
}

export const minuteEmbedded: Measurement = {
  name: 'minute-embedded',
  run: (context) => measure(context, 'embedded', { dataDir: path.join(context.folder(), 'data') }, 1),
}

export const minuteOnReplicas: Measurement = {
  name: 'minute-replicas',
  run: async (context) => measure(context, 'three replicas', { databaseUrl: await context.postgres.createDatabase() }, 3),
}
