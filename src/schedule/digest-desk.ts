// What the reports ask of digests, joined: what somebody receives and sends, setting up, runs and programmes. Every act checks the viewer
// again and is written to the access log; what a person reads about it is the reports' to word.
import type { Viewer } from '../domain/policy.ts'
import type { Subscription } from '../domain/subscription.ts'
import { AskError } from '../errors.ts'
import type { DigestDesk } from '../reports/digest-desk.ts'
import { isDigest } from '../slack/delivery-parts.ts'
import { createDigestGround, type DigestDeskParts } from './digest-ground.ts'
import { createDigestOrders } from './digest-orders.ts'
import { isReader } from './digest-rights.ts'
import { createDigestRuns } from './digest-runs.ts'
import { upcomingRuns } from './upcoming.ts'

export function createDigestDesk(parts: DigestDeskParts): DigestDesk {
  const { store, clock, company, programmes } = parts
  const { subscriptions, deliveries } = store
  const ground = createDigestGround(parts)
  const entries = (viewer: Viewer, list: readonly Subscription[]) =>
    Promise.all(list.filter(({ status }) => status !== 'stopped').map((subscription) => ground.entryOf(viewer, subscription)))

  return {
    company: { zone: company.zone, namesInChannels: parts.namesInChannels },
    nameOf: parts.nameOf,
    async mine(viewer) {
      const [received, owned] = await Promise.all([subscriptions.receivedBy(viewer.slackUserId), subscriptions.ownedBy(viewer.slackUserId)])
      // The direct messages of a programme can be hundreds; they are listed as one.
      const isListed = (one: Subscription) => one.programmeId === undefined || one.target.type === 'channel'
      const sent = owned.filter((one) => isListed(one) && !isReader(viewer, one))
      return { receives: await entries(viewer, received), sends: await entries(viewer, sent) }
    },
    entry: ground.entry,
    async history(viewer, id, limit) {
      await ground.entry(viewer, id)
      return (await deliveries.history(id, limit * 3)).filter(isDigest).slice(0, limit)
    },
    upcoming: (recurrence, skipDates, count) => upcomingRuns(recurrence, skipDates, clock.now(), count, company),
    check: ground.check,
    async preview(viewer, draft) {
      const verdict = await ground.check(viewer, draft)
      if (!verdict.ok && verdict.field !== 'where') throw new AskError(verdict.why)
      const { message, shows } = await parts.preview(viewer, draft)
      const seen = { at: clock.now(), what: 'view', bySlackId: viewer.slackUserId, detail: '/gong-digest preview' } as const
      if (shows.length > 0) await store.access.record(shows.map((personId) => ({ ...seen, personId })))
      return message
    },
    ...createDigestOrders(parts, ground),
    ...createDigestRuns(parts, ground),
    programmes: programmes.list,
    createProgramme: programmes.create,
    changeProgramme: programmes.change,
    stopProgramme: programmes.stop,
  }
}
