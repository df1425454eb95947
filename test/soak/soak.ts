// Simulated weeks of a company with a digest per team, and something that goes wrong every day: with Slack, Gong, the database, the machine
// or its clock. In the end every digest is in Slack exactly once, what admins had to know was said once and taken back once, and the log
// holds no error that was not caused.
import { setTimeout as wait } from 'node:timers/promises'
import { movableClock } from '../../src/clock.ts'
import { addDays } from '../../src/domain/period.ts'
import type { OutageKey } from '../../src/people/outages.ts'
import { type SimulatedCompany, simulatedCompany } from '../bench/simulated-company.ts'
import { faultsOf, type SoakFault, type SoakWorld } from './faults.ts'
import { soakedApp } from './soaked-app.ts'
import { type SoakedDatabase, soakedDatabase } from './soaked-database.ts'
import { type DueDigest, dueOn, hoursInto, insertDigests, postedBy, soakedDigests } from './soaked-digests.ts'

export interface SoakReport {
  readonly teams: number
  readonly days: number
  readonly posted: number
  /** What is in Slack more than once, notices too: occurrence, times, when it was sent. */
  readonly twice: readonly string[]
  /** Digests that are not there, by their day's fault. */
  readonly lost: readonly string[]
  /** Outages that were not ended exactly once, or said more than once. */
  readonly outagesToldWrong: readonly string[]
  /** How often Slack refused the bot as a whole. */
  readonly outages: number
  /** Days on which `/readyz` did not say what was wrong, or was not ready a minute after. */
  readonly unreadyWrong: readonly string[]
  /** Lines of the log that nothing explains. */
  readonly unexplained: readonly string[]
  /** Deliveries that were given up or held. */
  readonly givenUp: number
  /** Of the app at the end of each week: what its heap needs, and what it has. */
  readonly memory: readonly { readonly heapMb: number; readonly residentMb: number }[]
  readonly gongRequests: number
}

/** Deals each day's fault. */
const seed = 17
/** A Sunday. */
const start = '2026-08-30'

/** One request in fifty to Gong fails all the time. */
const always = /a reading of Gong failed/

export async function soak(options: {
  /** An empty database, as the server's administrator. */
  readonly databaseUrl: string
  readonly teams: number
  readonly days: number
  /** Called at the end of each day. */
  readonly onDay?: (words: string) => void
}): Promise<SoakReport> {
  const clock = movableClock(hoursInto(start, 12))
  const database = await soakedDatabase(options.databaseUrl)
  const company = await simulatedCompany(options.teams * 12, clock)
  try {
    const app = await soakedApp(clock, { ...company.environment, DATABASE_URL: database.url })
    try {
      await app.refresh()
      const digests = soakedDigests(company, options.teams, start)
      await insertDigests(database.url, clock, digests)
      company.gong.faults.add({ type: 'server-error' }, { share: 0.01 })
      company.gong.faults.add({ type: 'reset' }, { share: 0.01 })
      const days: SoakedDay[] = []
      const memory: { heapMb: number; residentMb: number }[] = []
      for (const [index, fault] of faultsOf(seed, options.days).entries()) {
        const date = addDays(start, index + 1)
        const due = dueOn(date, digests)
        const day = await oneDay(date, fault, due, { company, database, app, clock, nine: hoursInto(date, 9) })
        days.push(day)
        if ((index + 1) % 7 === 0) memory.push(await app.memory())
        options.onDay?.(`${date} ${fault.name}: ${due.length} due`)
      }
      return await reportOf(days, { company, database, memory, teams: digests.length })
    } finally {
      await app.stop()
    }
  } finally {
    await company.stop()
    await database.close()
  }
}

interface SoakedDay {
  readonly name: string
  readonly due: readonly DueDigest[]
  /** The outage that its digests met. */
  readonly outage: OutageKey | undefined
  readonly unreadyWrong: readonly string[]
  readonly unexplained: readonly string[]
}

async function oneDay(date: string, fault: SoakFault, due: readonly DueDigest[], world: SoakWorld): Promise<SoakedDay> {
  const { app, nine } = world
  const name = `${date}, ${fault.name}`
  // A move goes on for ten minutes while something is due there.
  await app.moveTo(hoursInto(date, 8.75))
  const unreadyWrong = fault.lasts === 'a beat' ? await aBeat(fault, world) : await anHour(date, fault, world)
  await settled(world)
  await app.moveTo(hoursInto(date, 12))
  const isExplained = (text: string): boolean => always.test(text) || fault.explains?.test(text) === true
  const met = fault.outage === 'direct-messages' ? due.some(({ isDirect }) => isDirect) : due.length > 0
  return {
    name,
    due,
    outage: met ? fault.outage : undefined,
    unreadyWrong: unreadyWrong.map((words) => `${name}: ${words}`),
    unexplained: app
      .takeErrors()
      .filter(({ text }) => !isExplained(text))
      .map(({ text }) => `${nine.toISOString().slice(0, 10)}, ${fault.name}: ${text}`),
  }
}

async function anHour(date: string, fault: SoakFault, world: SoakWorld): Promise<readonly string[]> {
  const end = await fault.begin(world)
  await world.app.moveTo(hoursInto(date, 10))
  await end()
  return []
}

/** What was under way when it began may need as long as this to fail. */
const beatMs = 1500

async function aBeat(fault: SoakFault, world: SoakWorld): Promise<readonly string[]> {
  const { app, clock, nine } = world
  const wrong: string[] = []
  clock.moveTo(nine)
  const end = await fault.begin(world)
  const beat = app.beat()
  await wait(beatMs)
  if (fault.unready) {
    await beat
    const { isReady, text } = await app.readyz()
    if (isReady || !fault.unready.test(text)) wrong.push(`/readyz said ${text}`)
  }
  await end()
  await beat
  const readyAfterMs = await app.msUntilReady()
  if (readyAfterMs >= 60_000) wrong.push(`not ready after a minute: ${(await app.readyz()).text}`)
  return wrong
}

/** Lets what was cut off be taken up: half a minute, by which its leases run out. */
async function settled({ app, database }: SoakWorld): Promise<void> {
  await app.beat()
  await database.ask("UPDATE deliveries SET lease_until = lease_until - interval '1 minute' WHERE lease_until IS NOT NULL")
}

async function reportOf(
  days: readonly SoakedDay[],
  {
    company,
    database,
    ...more
  }: Pick<SoakReport, 'memory' | 'teams'> & { readonly company: SimulatedCompany; readonly database: SoakedDatabase },
): Promise<SoakReport> {
  const posted = postedBy(company)
  const due = days.flatMap(({ name, due }) => due.map(({ id }) => ({ id, name })))
  const [given] = await database.ask<{ count: number }>(
    "SELECT count(*)::integer AS count FROM deliveries WHERE status IN ('failed', 'held') AND occurrence NOT LIKE 'notice:%'",
  )
  const outages = days.flatMap(({ outage, name }) => (outage ? [{ outage, name }] : []))
  return {
    ...more,
    days: days.length,
    posted: due.filter(({ id }) => posted.has(id)).length,
    twice: await Promise.all([...posted].filter(([, count]) => count > 1).map(([id, count]) => nameOf(id, count, database))),
    lost: due.filter(({ id }) => !posted.has(id)).map(({ id, name }) => `${name}: ${id}`),
    outages: outages.length,
    outagesToldWrong: await outagesToldWrong(outages, posted, database),
    unreadyWrong: days.flatMap(({ unreadyWrong }) => unreadyWrong),
    unexplained: days.flatMap(({ unexplained }) => unexplained),
    givenUp: given?.count ?? 0,
    gongRequests: company.gong.log.count(),
  }
}

async function nameOf(id: string, count: number, { ask }: SoakedDatabase): Promise<string> {
  const [row] = await ask<{ occurrence: string; sentAt: Date | null }>(
    'SELECT occurrence, sent_at AS "sentAt" FROM deliveries WHERE id = $1',
    [id],
  )
  return `${row?.occurrence ?? 'no row'}: ${count} times, sent ${row?.sentAt?.toISOString() ?? 'never'}`
}

/** Each outage has one end that reached its admin, and at most one beginning: nobody can be written to while every post is refused. */
async function outagesToldWrong(
  outages: readonly { readonly outage: OutageKey; readonly name: string }[],
  posted: ReadonlyMap<string, number>,
  { ask }: SoakedDatabase,
): Promise<readonly string[]> {
  const notices = await ask<{ id: string; outage: string; occurrence: string }>(
    "SELECT id, subscription_id AS outage, occurrence FROM deliveries WHERE subscription_id LIKE 'outage-%'",
  )
  return (['posts', 'direct-messages'] as const).flatMap((key) => {
    const met = outages.filter(({ outage }) => outage === key)
    const read = (what: 'began' | 'ended') =>
      notices.filter(({ id, outage, occurrence }) => outage === `outage-${key}` && occurrence.includes(`:${what}:`) && posted.has(id))
        .length
    const [began, ended] = [read('began'), read('ended')]
    return ended === met.length && began <= met.length
      ? []
      : [`${key}: ${met.length} outages, ${began} beginnings and ${ended} ends were read (${met.map(({ name }) => name).join('; ')})`]
  })
}
