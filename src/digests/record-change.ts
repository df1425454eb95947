// Writes what somebody changed about a digest to the access log.
import type { PersonId } from '../domain/person.ts'
import type { Viewer } from '../domain/policy.ts'
import type { DigestServiceDeps } from './deps.ts'

/** `detail`: a short fixed text, never figures. `personId`: whom the digest is about. */
export const recordChange = (
  viewer: Viewer,
  detail: string,
  personId: PersonId | undefined,
  { store, clock }: Pick<DigestServiceDeps, 'store' | 'clock'>,
): Promise<void> => store.access.record([{ at: clock.now(), what: 'change', bySlackId: viewer.slackUserId, detail, personId }])
