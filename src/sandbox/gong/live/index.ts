// The operations of the live service, as the simulated company answers them. Some ids are JSON numbers there; `jsonNumber` marks them
// for the server.
import type { Operation } from '../operation.ts'
import { users } from '../users.ts'
import { coaching, workspaces } from './coaching.ts'
import { scorecardSettings, scorecards } from './scorecards.ts'
import { activity, dailyActivity, interaction } from './statistics.ts'

export const liveOperations: readonly Operation[] = [
  interaction,
  activity,
  dailyActivity,
  scorecards,
  scorecardSettings,
  workspaces,
  coaching,
  users,
]
