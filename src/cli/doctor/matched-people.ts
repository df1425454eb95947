// Who of Gong has a Slack user, over a store alone: Slack is not asked.
import { viewersOver } from '../../people/viewers.ts'
import type { Store } from '../../store/store.ts'

/** Ids of the Gong people matched, as the service would match them. */
export const matchedPeople = (store: Store): Promise<ReadonlySet<string>> =>
  viewersOver(store, {
    directory: { whoIs: (slackUserId) => store.directory.find(slackUserId) },
    adminNames: [],
    slackAdminsAreAdmins: false,
    zone: async () => 'UTC',
  }).matched()
