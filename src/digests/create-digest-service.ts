// What the reports ask of digests, joined: what somebody receives and sends, setting up, runs and programmes. Every act checks the viewer
// again and is written to the access log; what a person reads about it is the reports' to word.

import type { Viewer } from '../domain/policy.ts'
import type { Subscription } from '../domain/subscription.ts'
import { upcomingRuns } from '../domain/upcoming.ts'
import { AskError } from '../errors.ts'
import { createDigestChanges } from './change.ts'
import { isDigest } from './delivery/deps.ts'
import { createDigestSteps, type DigestServiceDeps } from './digest-steps.ts'
import { isReader } from './rights.ts'
import { createDigestSends } from './send.ts'
import type { DigestService } from './service.ts'

export function createDigestService(parts: DigestServiceDeps): DigestService {
  const { store, clock, company, programmes } = parts
  const { subscriptions, deliveries } = store
  const steps = createDigestSteps(parts)
  const entries = (viewer: Viewer, list: readonly Subscription[]) =>
    Promise.all(list.filter(({ status }) => status !== 'stopped').map((subscription) => steps.entryOf(viewer, subscription)))

  return {
    company: { zone: company.zone, namesInChannels: parts.namesInChannels },
    nameOf: parts.nameOf,
    async mine(viewer) {
      const [received, owned] = await Promise.all([subscriptions.receivedBy(viewer.slackUserId), subscriptions.ownedBy(viewer.slackUserId)])
      // The direct messages of a programme can be hundreds; they are listed as one.
      const isListed = (one: Subscription) => one.programmeId === undefined || one.destination.type === 'channel'
      const sent = owned.filter((one) => isListed(one) && !isReader(viewer, one))
      return { receives: await entries(viewer, received), sends: await entries(viewer, sent) }
    },
    entry: steps.entry,
    async history(viewer, id, limit) {
      await steps.entry(viewer, id)
      return (await deliveries.history(id, limit * 3)).filter(isDigest).slice(0, limit)
    },
    upcoming: (recurrence, skipDates, count) => upcomingRuns(recurrence, skipDates, clock.now(), count, company),
    check: steps.check,
    async preview(viewer, draft) {
      const verdict = await steps.check(viewer, draft)
      if (!verdict.ok && verdict.field !== 'where') throw new AskError(verdict.why)
      const { message, shows } = await parts.preview(viewer, draft)
      const seen = { at: clock.now(), what: 'view', bySlackId: viewer.slackUserId, detail: '/gong-digest preview' } as const
      if (shows.length > 0) await store.access.record(shows.map((personId) => ({ ...seen, personId })))
      return message
    },
    ...createDigestChanges(parts, steps),
    ...createDigestSends(parts, steps),
    programmes: programmes.list,
    createProgramme: programmes.create,
    changeProgramme: programmes.change,
    stopProgramme: programmes.stop,
  }
}
