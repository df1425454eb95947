// Who has seen whose figures: records every view, and answers the person who was seen.
import type { Clock } from '../clock.ts'
import type { LocalDate } from '../domain/period.ts'
import type { Viewer } from '../domain/policy.ts'
import type { Store } from '../store/store.ts'
import type { Viewers } from './viewers.ts'

/** How one reader, or the readers of one channel, saw somebody's figures within one week. Names are untrusted text. */
export interface Sighting {
  /** The latest time. */
  readonly at: Date
  /** Monday of the week. */
  readonly week: LocalDate
  readonly times: number
  /** Who looked or received it; of a channel, who answers for the post. */
  readonly by: string
  readonly what: 'view' | 'delivery'
  /** A fixed text such as `/gong-stats` or `digest team`. */
  readonly detail: string
  /** Where it was posted by name, and the names of everybody who could read it then. */
  readonly channel?: { readonly name: string; readonly readers: readonly string[] } | undefined
}

export interface Sightings {
  /** Records who saw whose figures. */
  recordViews(viewer: Viewer, personIds: readonly string[], detail: string): Promise<void>
  /** Takes back the latest of these views: what was to be shown was not. */
  takeBackViews(viewer: Viewer, personIds: readonly string[], detail: string): Promise<void>
  /**
   * Who has seen this person's figures, those of their other users in Gong too, newest first; the person's own views are left out. `total`: how
   * many there are in all.
   */
  seenBy(
    personId: string,
    page: { readonly limit: number; readonly offset?: number },
  ): Promise<{ readonly total: number; readonly sightings: readonly Sighting[] }>
}

export function createSightings(deps: {
  readonly store: Pick<Store, 'access'>
  readonly viewers: Pick<Viewers, 'slackUserOfPerson' | 'gongUsersOf'>
  readonly clock: Clock
  nameOf(slackUserId: string): Promise<string>
}): Sightings {
  const { store, viewers, clock, nameOf } = deps
  return {
    async recordViews(viewer, personIds, detail) {
      const at = clock.now()
      await store.access.record(
        [...new Set(personIds)].map((personId) => ({ at, what: 'view' as const, bySlackId: viewer.slackUserId, personId, detail })),
      )
    },
    takeBackViews: ({ slackUserId }, personIds, detail) => store.access.takeBackViews(slackUserId, personIds, detail),
    async seenBy(personId, page) {
      const exceptSlackId = await viewers.slackUserOfPerson(personId)
      const others = exceptSlackId === undefined ? [] : await viewers.gongUsersOf(exceptSlackId)
      const { total, rows } = await store.access.seenBy([personId, ...others.filter((id) => id !== personId)], { ...page, exceptSlackId })
      const sightings = rows.map(
        async ({ at, week, times, what, bySlackId, detail, channelName, readerIds }): Promise<Sighting> => ({
          at,
          week,
          times,
          by: await nameOf(bySlackId),
          what: what === 'delivery' ? 'delivery' : 'view',
          detail,
          channel: readerIds && { name: channelName ?? 'a channel', readers: await Promise.all(readerIds.map(nameOf)) },
        }),
      )
      return { total, sightings: await Promise.all(sightings) }
    },
  }
}
