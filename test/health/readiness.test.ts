import { describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { createReadiness, type Readiness, type ReadinessDeps } from '../../src/health/readiness.ts'

const clock = movableClock(new Date('2026-11-23T09:00:00Z'))
const well: ReadinessDeps = {
  clock,
  databaseWrites: async () => undefined,
  queueRuns: async () => true,
  dataProblems: async () => [],
  slackKnowsUs: async () => ({}),
}
const databaseAway = 'The database does not answer. Check that its server runs and can be reached from here; the log has the reason.'
const fails = () => Promise.reject(new Error('no'))

const problemsOf = async (readiness: Readiness) => (await readiness.look()).problems

describe('readiness', () => {
  it('has nothing to say where everything answers', async () => {
    expect(await problemsOf(createReadiness(well))).toEqual([])
  })

  it('names the database, the queue and Slack, each by itself', async () => {
    expect(await problemsOf(createReadiness({ ...well, databaseWrites: fails }))).toEqual([databaseAway])
    expect(await problemsOf(createReadiness({ ...well, queueRuns: async () => false }))).toEqual(['The queue is not running.'])
    expect((await problemsOf(createReadiness({ ...well, slackKnowsUs: fails })))[0]).toContain('Slack does not accept')
  })

  it('says what ails the database: away, full, read-only, all its connections taken', async () => {
    const failing = (code: string) => () => Promise.reject(new Error('Failed query', { cause: Object.assign(new Error('x'), { code }) }))
    const saidFor = async (code: string) => (await problemsOf(createReadiness({ ...well, databaseWrites: failing(code) })))[0]
    expect(await saidFor('57P03')).toBe(databaseAway)
    expect(await saidFor('53100')).toBe('The disk of the database is full. Free some room there.')
    expect(await saidFor('25006')).toBe('The database takes no changes: DATABASE_URL leads to a server that is read-only.')
    expect(await saidFor('53300')).toMatch(/^All connections of the database are taken/)
    for (const code of ['28P01', '28000', '3D000', '42501'])
      expect(await saidFor(code)).toMatch(
        /^The database does not accept the user, the password, .* Set it right there or in DATABASE_URL\.$/,
      )
  })

  it('says that Gong refuses until the same operation works again; an outage is no refusal', async () => {
    const readiness = createReadiness(well)
    readiness.gongAnswered('POST /stats/interaction', 503)
    readiness.gongAnswered('POST /stats/interaction', 'error')
    expect(await problemsOf(readiness)).toEqual([])
    readiness.gongAnswered('POST /stats/interaction', 401)
    readiness.gongAnswered('GET /users', 200)
    expect(await problemsOf(readiness)).toEqual(['Gong refuses POST /stats/interaction. npm run doctor shows why.'])
    readiness.gongAnswered('POST /stats/interaction', 200)
    expect(await problemsOf(readiness)).toEqual([])
  })

  it('is ready with a key that lacks a scope, and not with one that is refused for the same operation', async () => {
    const readiness = createReadiness(well)
    readiness.gongAnswered('GET /coaching/metrics', 401, true)
    readiness.gongAnswered('GET /workspaces', 403, true)
    expect(await problemsOf(readiness)).toEqual([])
    readiness.gongAnswered('GET /workspaces', 401, false)
    expect(await problemsOf(readiness)).toEqual(['Gong refuses GET /workspaces. npm run doctor shows why.'])
    readiness.gongAnswered('GET /workspaces', 401, true)
    expect(await problemsOf(readiness)).toEqual([])
  })

  it('asks Slack once a minute at most', async () => {
    let asked = 0
    const moving = movableClock(new Date('2026-11-23T09:00:00Z'))
    const readiness = createReadiness({ ...well, clock: moving, slackKnowsUs: async () => ++asked })
    await problemsOf(readiness)
    await problemsOf(readiness)
    expect(asked).toBe(1)
    moving.moveTo(new Date('2026-11-23T09:01:00Z'))
    await problemsOf(readiness)
    expect(asked).toBe(2)
  })

  const minutesAgo = (minutes: number) => new Date(clock.now().getTime() - minutes * 60_000)
  const problemsWith = (changes: Partial<ReadinessDeps>) => problemsOf(createReadiness({ ...well, ...changes }))

  it('is not ready without a socket to Slack, and is over signed HTTP or with one of two', async () => {
    expect(await problemsWith({ sockets: () => ({ open: 0, wanted: 2 }) })).toEqual([
      expect.stringMatching(/^No socket to Slack is open.*digests go on/),
    ])
    expect(await problemsWith({ sockets: () => ({ open: 1, wanted: 2 }) })).toEqual([])
    expect(await problemsWith({ sockets: () => undefined })).toEqual([])
  })

  it('is ready without a socket where there are more processes than Slack allows sockets, and says so', async () => {
    const among = (replicas: number) =>
      createReadiness({ ...well, sockets: () => ({ open: 0, wanted: 1 }), replicas: () => replicas }).look()
    expect((await among(10)).problems).toEqual([expect.stringMatching(/^No socket to Slack is open/)])
    expect(await among(12)).toEqual({
      problems: [],
      notes: ['Slack allows 10 sockets for 12 processes. This one has none: it delivers digests, and others hear commands.'],
    })
  })

  it('is not ready once three beats failed, also when none ever worked', async () => {
    const startedAt = minutesAgo(60)
    expect(await problemsWith({ heartbeat: () => ({ startedAt, lastAt: minutesAgo(3) }) })).toEqual([])
    expect(await problemsWith({ heartbeat: () => ({ startedAt, lastAt: minutesAgo(4) }) })).toEqual([
      'The heartbeat failed for 4 min, so nothing is started. The log says why.',
    ])
    expect(await problemsWith({ heartbeat: () => ({ startedAt, lastAt: undefined }) })).toEqual([
      'The heartbeat failed for 60 min, so nothing is started. The log says why.',
    ])
    expect(await problemsWith({ heartbeat: () => ({ startedAt: minutesAgo(1), lastAt: undefined }) })).toEqual([])
  })

  it('is not ready while a digest is overdue by more than a quarter of an hour', async () => {
    expect(await problemsWith({ oldestDueAt: async () => minutesAgo(15) })).toEqual([])
    expect(await problemsWith({ oldestDueAt: async () => minutesAgo(200) })).toEqual([
      'A digest has been due for 3 h. The log says what it waits for.',
    ])
  })

  it('gives no answer more than some seconds: a database that keeps silent is one that does not answer', async () => {
    const never = () => new Promise<never>(() => undefined)
    const before = performance.now()
    expect(
      await problemsWith({ databaseWrites: never, queueRuns: never, oldestDueAt: never, dataProblems: never, clockSkewMs: never }),
    ).toEqual([databaseAway, 'The queue is not running.'])
    expect(performance.now() - before).toBeLessThan(30_000)
  })

  it('notes what somebody should look at while it is ready: problems of the data that leave the rest, clocks apart', async () => {
    const look = (changes: Partial<ReadinessDeps>) => createReadiness({ ...well, ...changes }).look()
    expect(await look({ clockSkewMs: async () => -5_000 })).toEqual({ problems: [], notes: [] })
    const data = [
      { words: 'The list of people is 8 days old.' },
      { words: 'Gong does not take my login any more.', stopsFetching: true },
    ] as const
    expect(await look({ dataProblems: async () => data, clockSkewMs: async () => 95_000 })).toEqual({
      problems: ['Gong does not take my login any more.'],
      notes: [
        'The list of people is 8 days old.',
        "This machine's clock is 95 s behind the database's. Switch on time synchronization (NTP).",
      ],
    })
  })
})
