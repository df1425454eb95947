// Two simulated weeks with faults on, in the test run; the quarter is `npm run test:soak`.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../kit/postgres.ts'
import { soak } from './soak.ts'

let postgres: PostgresServer
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres?.stop()
})

it('posts every digest of every Monday exactly once while Gong and Slack fail now and then', async () => {
  const report = await soak({ databaseUrl: await postgres.createDatabase(), teams: 6, weeks: 2 })
  // 6 teams × 2 Mondays.
  expect(report).toMatchObject({ teams: 6, posted: 12, duplicates: 0, lost: 0 })
}, 120_000)
