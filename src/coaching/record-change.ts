// What a coach or an admin changed, as the access log keeps it: written with the change, or neither is.
import type { AccessRecord } from '../domain/access-record.ts'
import type { Viewer } from '../domain/policy.ts'
import type { CoachingServiceDeps } from './deps.ts'

/** `detail`: a short fixed text, never figures. */
export const changeBy = (viewer: Viewer, detail: string, { clock }: Pick<CoachingServiceDeps, 'clock'>): AccessRecord => ({
  at: clock.now(),
  what: 'change',
  bySlackId: viewer.slackUserId,
  detail,
})
