// Who of Gong has a Slack user, over a store alone: Slack is not asked.
import { createViewers } from '../slack/viewer.ts'
import type { Store } from '../store/store.ts'

/** Ids of the Gong people matched, as the service would match them. */
export const matchedPeople = (store: Store): Promise<ReadonlySet<string>> =>
  createViewers({
    directory: { whoIs: (slackUserId) => store.directory.find(slackUserId) },
    members: store.directory,
    chart: () => store.people.chart(),
    access: store.access,
    adminNames: [],
    slackAdminsAreAdmins: false,
    zone: async () => 'UTC',
  }).matched()
