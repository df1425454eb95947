// Two simulated weeks with faults on, in the test run; the quarter is `npm run test:soak`.
import { expect, it } from 'vitest'
import { emptyDatabase } from '../kit/database.ts'
import { soak } from './soak.ts'

it('posts every digest of every Monday exactly once while Gong and Slack fail now and then', async () => {
  const report = await soak({ databaseUrl: await emptyDatabase(), teams: 6, weeks: 2 })
  // 6 teams × 2 Mondays.
  expect(report).toMatchObject({ teams: 6, posted: 12, duplicates: 0, lost: 0 })
})
