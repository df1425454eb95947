// Who has seen whose figures: records every view, and answers the person who was seen.
import type { Clock } from '../clock.ts'
import type { Viewer } from '../domain/policy.ts'
import type { Store } from '../store/store.ts'
import type { Viewers } from './viewers.ts'

/** One view of somebody's figures. Names are untrusted text. */
export interface Sighting {
  readonly at: Date
  readonly by: string
  readonly what: 'view' | 'delivery'
  /** A fixed text such as `/gong-stats` or `digest team`. */
  readonly detail: string
}

export interface Sightings {
  /** Records who saw whose figures. */
  recordViews(viewer: Viewer, personIds: readonly string[], detail: string): Promise<void>
  /** Who has seen this person's figures, newest first; the person's own views are left out. */
  seenBy(personId: string, limit: number): Promise<readonly Sighting[]>
}

export function createSightings(deps: {
  readonly store: Pick<Store, 'access'>
  readonly viewers: Pick<Viewers, 'slackUserOfPerson'>
  readonly clock: Clock
  nameOf(slackUserId: string): Promise<string>
}): Sightings {
  const { store, viewers, clock } = deps
  return {
    async recordViews(viewer, personIds, detail) {
      const at = clock.now()
      await store.access.record(
        personIds.map((personId) => ({ at, what: 'view' as const, bySlackId: viewer.slackUserId, personId, detail })),
      )
    },
    async seenBy(personId, limit) {
      const own = await viewers.slackUserOfPerson(personId)
      const entries = await store.access.seenBy(personId, limit, own)
      return Promise.all(
        entries.map(async ({ at, what, bySlackId, detail }) => ({
          at,
          by: await deps.nameOf(bySlackId),
          what: what === 'delivery' ? ('delivery' as const) : ('view' as const),
          detail,
        })),
      )
    },
  }
}
