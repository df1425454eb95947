// Each fault of the soak once, in the test run; the quarter is `npm run test:soak`.
import { expect, it } from 'vitest'
import { emptyDatabase } from '../kit/database.ts'
import { faultsInAll } from './faults.ts'
import { soak } from './soak.ts'

it('posts every digest exactly once, says what admins must know once, and errs only where it was made to, whatever goes wrong', async () => {
  const days = faultsInAll
  const report = await soak({ databaseUrl: await emptyDatabase(), teams: 7, days })
  expect(report).toMatchObject({ twice: [], lost: [], outagesToldWrong: [], unreadyWrong: [], unexplained: [], givenUp: 0 })
  // Seven teams, one a day.
  expect(report).toMatchObject({ teams: 7, posted: days })
  // Slack refuses the bot in four ways.
  expect(report.outages).toBe(4)
})
