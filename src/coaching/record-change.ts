// Writes what a coach or an admin changed to the access log.
import type { Viewer } from '../domain/policy.ts'
import type { CoachingServiceDeps } from './deps.ts'

/** `detail`: a short fixed text, never figures. */
export const recordChange = (
  viewer: Viewer,
  detail: string,
  { store, clock }: Pick<CoachingServiceDeps, 'store' | 'clock'>,
): Promise<void> => store.access.record([{ at: clock.now(), what: 'change', bySlackId: viewer.slackUserId, detail }])
