// Setting digests up, changing, deleting and stopping them. What the reader of a direct message has stopped is theirs alone to bring back.
import type { Viewer } from '../domain/policy.ts'
import type { Subscription } from '../domain/subscription.ts'
import type { DigestServiceDeps, DigestSteps } from './digest-steps.ts'
import { isReader, noSuchDigest } from './rights.ts'
import type { DigestDraft, DigestService } from './service.ts'

export type DigestChanges = Pick<DigestService, 'create' | 'change' | 'remove' | 'stop'>

export function createDigestChanges(parts: Pick<DigestServiceDeps, 'store' | 'clock'>, steps: DigestSteps): DigestChanges {
  const { subscriptions } = parts.store
  const now = (): Date => parts.clock.now()

  /** Who sets one up for themselves takes an earlier stop back; for others it was checked. */
  async function takeBackStop(viewer: Viewer, { kind, destination }: DigestDraft): Promise<void> {
    if (destination.type === 'dm' && destination.slackUserId === viewer.slackUserId) await subscriptions.optIn(viewer.slackUserId, kind)
  }

  return {
    async create(viewer, draft) {
      await steps.mustPass(viewer, draft)
      await takeBackStop(viewer, draft)
      const subscription: Subscription = {
        ...draft,
        id: crypto.randomUUID(),
        ownerSlackId: viewer.slackUserId,
        status: 'active',
        nextAt: await steps.nextAt(draft.recurrence),
        createdAt: now(),
      }
      await subscriptions.insert(subscription)
      await steps.record(viewer, `digest ${draft.kind} created${draft.showNames ? ', names shown' : ''}`, draft.subjectId)
      return steps.entryOf(viewer, subscription)
    },
    async change(viewer, id, draft) {
      const before = await steps.changeable(viewer, id)
      await steps.mustPass(viewer, draft)
      await takeBackStop(viewer, draft)
      const { subjectId, ...fields } = draft
      // What somebody paused stays paused; what the bot paused was waiting for a change.
      const staysPaused = before.status === 'paused' && before.pausedWhy === undefined
      await subscriptions.update(id, {
        ...fields,
        subjectId: subjectId ?? null,
        ...(answersFor(before, draft) && { ownerSlackId: viewer.slackUserId }),
        ...(staysPaused
          ? { nextAt: null }
          : {
              status: 'active',
              pausedWhy: null,
              nextAt: await steps.nextAt(draft.recurrence, { id, from: before.status === 'active' ? before.pausedUntil : undefined }),
            }),
      })
      await steps.record(
        viewer,
        `digest ${draft.kind} changed${draft.showNames && !before.showNames ? ', names shown' : ''}`,
        draft.subjectId,
      )
      return steps.entry(viewer, id)
    },
    async remove(viewer, id) {
      const subscription = await steps.changeable(viewer, id)
      if (subscription.programmeId === undefined) await subscriptions.remove(id)
      else {
        // Its programme would bring back a row that is gone; one that was ended by hand it leaves alone.
        if (isReader(viewer, subscription)) await subscriptions.optOut(viewer.slackUserId, subscription.kind, now())
        await subscriptions.update(id, { status: 'stopped', nextAt: null, pausedWhy: null })
      }
      await steps.record(viewer, `digest ${subscription.kind} deleted`, subscription.subjectId)
    },
    async stop(viewer, id) {
      const subscription = await subscriptions.find(id)
      if (!subscription || !isReader(viewer, subscription)) throw noSuchDigest()
      await subscriptions.optOut(viewer.slackUserId, subscription.kind, now())
      await subscriptions.update(id, { status: 'stopped', nextAt: null })
      await steps.record(viewer, `digest ${subscription.kind} stopped by its reader`, subscription.subjectId)
    },
  }
}

/** Who puts a digest into a channel, or has people named there, answers for it from then on: the manager, say, whom a programme gave it. */
const answersFor = (before: Subscription, { destination, showNames }: DigestDraft): boolean =>
  destination.type === 'channel' &&
  (before.destination.type !== 'channel' || before.destination.channelId !== destination.channelId || (showNames && !before.showNames))
