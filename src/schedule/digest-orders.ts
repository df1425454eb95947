// Setting digests up, changing, deleting and stopping them. What the reader of a direct message has stopped is theirs alone to bring back.
import type { Viewer } from '../domain/policy.ts'
import type { Subscription } from '../domain/subscription.ts'
import type { DigestDesk, DigestDraft } from '../reports/digest-desk.ts'
import type { DigestDeskParts, DigestGround } from './digest-ground.ts'
import { isReader, noSuchDigest } from './digest-rights.ts'

export type DigestOrders = Pick<DigestDesk, 'create' | 'change' | 'remove' | 'stop'>

export function createDigestOrders(parts: Pick<DigestDeskParts, 'store' | 'clock'>, ground: DigestGround): DigestOrders {
  const { subscriptions } = parts.store
  const now = (): Date => parts.clock.now()

  /** Who sets one up for themselves takes an earlier stop back; for others it was checked. */
  async function takeBackStop(viewer: Viewer, { kind, target }: DigestDraft): Promise<void> {
    if (target.type === 'dm' && target.slackUserId === viewer.slackUserId) await subscriptions.optIn(viewer.slackUserId, kind)
  }

  return {
    async create(viewer, draft) {
      await ground.mustPass(viewer, draft)
      await takeBackStop(viewer, draft)
      const subscription: Subscription = {
        ...draft,
        id: crypto.randomUUID(),
        ownerSlackId: viewer.slackUserId,
        status: 'active',
        nextAt: await ground.nextAt(draft.recurrence),
        createdAt: now(),
      }
      await subscriptions.insert(subscription)
      await ground.record(viewer, `digest ${draft.kind} created${draft.showNames ? ', names shown' : ''}`, draft.subjectId)
      return ground.entryOf(viewer, subscription)
    },
    async change(viewer, id, draft) {
      const before = await ground.changeable(viewer, id)
      await ground.mustPass(viewer, draft)
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
              nextAt: await ground.nextAt(draft.recurrence, { id, from: before.status === 'active' ? before.pausedUntil : undefined }),
            }),
      })
      await ground.record(
        viewer,
        `digest ${draft.kind} changed${draft.showNames && !before.showNames ? ', names shown' : ''}`,
        draft.subjectId,
      )
      return ground.entry(viewer, id)
    },
    async remove(viewer, id) {
      const subscription = await ground.changeable(viewer, id)
      if (subscription.programmeId === undefined) await subscriptions.remove(id)
      else {
        // Its programme would bring back a row that is gone; one that was ended by hand it leaves alone.
        if (isReader(viewer, subscription)) await subscriptions.optOut(viewer.slackUserId, subscription.kind, now())
        await subscriptions.update(id, { status: 'stopped', nextAt: null, pausedWhy: null })
      }
      await ground.record(viewer, `digest ${subscription.kind} deleted`, subscription.subjectId)
    },
    async stop(viewer, id) {
      const subscription = await subscriptions.find(id)
      if (!subscription || !isReader(viewer, subscription)) throw noSuchDigest()
      await subscriptions.optOut(viewer.slackUserId, subscription.kind, now())
      await subscriptions.update(id, { status: 'stopped', nextAt: null })
      await ground.record(viewer, `digest ${subscription.kind} stopped by its reader`, subscription.subjectId)
    },
  }
}

/** Who puts a digest into a channel, or has people named there, answers for it from then on: the manager, say, whom a programme gave it. */
const answersFor = (before: Subscription, { target, showNames }: DigestDraft): boolean =>
  target.type === 'channel' &&
  (before.target.type !== 'channel' || before.target.channelId !== target.channelId || (showNames && !before.showNames))
