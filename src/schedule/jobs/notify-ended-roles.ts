// Whoever held a role that ended by its date, and the person whose figures it opened, hear within the hour.
import type { Job } from '../job.ts'
import { whileClockIsSteady } from '../while-clock-is-steady.ts'

export const notifyEndedRoles: Job = {
  name: 'notify-ended-roles',
  concurrency: 1,
  expireSeconds: 300,
  everyMinutes: 60,
  run: ({ store, clock, log, notifyOfEndedRoles }) => whileClockIsSteady('notify-ended-roles', { store, clock, log }, notifyOfEndedRoles),
}
