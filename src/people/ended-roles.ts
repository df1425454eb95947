// Notifies those concerned when a role ends by its date, as when an admin ends it. Each notice is a row of its own, the one of an end by hand,
// so that it is sent once whichever replica looks and however often.
import { daysBetween, localDateOf } from '../domain/period.ts'
import { guarded } from '../guarded.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { ended, endOf, noticesOfRole, type RoleNoticeDeps } from './role-notices.ts'

/** A role that ended before, for example when this bot stood still for weeks, is no news. */
const newsForDays = 7

/** How many roles ended of which nobody had a notice. */
export async function notifyOfEndedRoles(
  deps: RoleNoticeDeps & { readonly log: Log; readonly store: Pick<Store, 'people' | 'access' | 'deliveries'> },
  now: Date,
): Promise<number> {
  const { access, deliveries } = deps.store
  const today = localDateOf(now, deps.zone)
  let notified = 0
  for (const role of await access.allGrants()) {
    if (role.until === undefined || role.until > today || daysBetween(role.until, today) > newsForDays) continue
    const areNew = await guarded(
      async () => {
        const notices = (await noticesOfRole(role.slackUserId, role, role.bySlackId, ended, deps))(endOf(role.id))
        return Promise.all(notices.map(({ row, ...then }) => deliveries.reserve(row, then)))
      },
      { log: deps.log, roleId: role.id },
      'Those concerned could not be notified of the end of a role',
    )
    if (areNew?.some(Boolean)) notified += 1
  }
  return notified
}
