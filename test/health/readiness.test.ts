import { describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { createReadiness, type ReadinessParts } from '../../src/health/readiness.ts'

const clock = movableClock(new Date('2026-11-23T09:00:00Z'))
const well: ReadinessParts = {
  clock,
  databaseAnswers: async () => undefined,
  queueRuns: async () => true,
  dataProblems: async () => [],
  slackKnowsUs: async () => ({}),
}
const fails = () => Promise.reject(new Error('no'))

describe('readiness', () => {
  it('has nothing to say where everything answers', async () => {
    expect(await createReadiness(well).problems()).toEqual([])
  })

  it('names the database, the queue and Slack, each by itself', async () => {
    expect(await createReadiness({ ...well, databaseAnswers: fails }).problems()).toEqual(['The database does not answer.'])
    expect(await createReadiness({ ...well, queueRuns: async () => false }).problems()).toEqual(['The queue is not running.'])
    expect((await createReadiness({ ...well, slackKnowsUs: fails }).problems())[0]).toContain('Slack does not take')
  })

  it('says that Gong refuses until the same operation works again; an outage is no refusal', async () => {
    const readiness = createReadiness(well)
    readiness.gongAnswered('POST /stats/interaction', 503)
    readiness.gongAnswered('POST /stats/interaction', 'error')
    expect(await readiness.problems()).toEqual([])
    readiness.gongAnswered('POST /stats/interaction', 401)
    readiness.gongAnswered('GET /users', 200)
    expect(await readiness.problems()).toEqual(['Gong refuses POST /stats/interaction. npm run doctor shows why.'])
    readiness.gongAnswered('POST /stats/interaction', 200)
    expect(await readiness.problems()).toEqual([])
  })

  it('asks Slack once a minute at most', async () => {
    let asked = 0
    const moving = movableClock(new Date('2026-11-23T09:00:00Z'))
    const readiness = createReadiness({ ...well, clock: moving, slackKnowsUs: async () => ++asked })
    await readiness.problems()
    await readiness.problems()
    expect(asked).toBe(1)
    moving.moveTo(new Date('2026-11-23T09:01:00Z'))
    await readiness.problems()
    expect(asked).toBe(2)
  })
})
