// What somebody changed about a digest, as the access log keeps it: written with the change, or neither is.
import type { AccessRecord } from '../domain/access-record.ts'
import type { PersonId } from '../domain/person.ts'
import type { Viewer } from '../domain/policy.ts'
import type { DigestServiceDeps } from './deps.ts'

/** `detail`: a short fixed text, never figures. `personId`: whom the digest is about. */
export const changeBy = (
  viewer: Viewer,
  detail: string,
  personId: PersonId | undefined,
  { clock }: Pick<DigestServiceDeps, 'clock'>,
): AccessRecord => ({ at: clock.now(), what: 'change', bySlackId: viewer.slackUserId, detail, personId })
