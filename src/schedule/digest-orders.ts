// Setting digests up, changing, deleting and stopping them. What the reader of a direct message has stopped is theirs alone to bring back.
import type { Viewer } from '../domain/policy.ts'
import type { DigestKind, Subscription, Target } from '../domain/subscription.ts'
import { AskError } from '../errors.ts'
import type { DigestDesk } from '../reports/digest-desk.ts'
import type { DigestDeskParts, DigestGround } from './digest-ground.ts'
import { isReader, noSuchDigest } from './digest-rights.ts'

export type DigestOrders = Pick<DigestDesk, 'create' | 'change' | 'remove' | 'stop'>

export function createDigestOrders(parts: Pick<DigestDeskParts, 'store' | 'clock'>, ground: DigestGround): DigestOrders {
  const { subscriptions } = parts.store
  const now = (): Date => parts.clock.now()

  /** By its reader: a stop is taken back. @throws AskError by anybody else while the stop stands. */
  async function mustBeWanted(viewer: Viewer, kind: DigestKind, target: Target): Promise<void> {
    if (target.type === 'channel') return
    if (target.slackUserId === viewer.slackUserId) return subscriptions.optIn(viewer.slackUserId, kind)
    if ((await subscriptions.optedOut(kind)).has(target.slackUserId)) throw stopStands()
  }

  return {
    async create(viewer, draft) {
      await ground.mustPass(viewer, draft)
      await mustBeWanted(viewer, draft.kind, draft.target)
      const subscription: Subscription = {
        ...draft,
        id: crypto.randomUUID(),
        ownerSlackId: viewer.slackUserId,
        status: 'active',
        nextAt: await ground.nextAt(draft.recurrence),
        createdAt: now(),
      }
      await subscriptions.insert(subscription)
      await ground.record(viewer, `digest ${draft.kind} created${draft.showNames ? ', names shown' : ''}`)
      return ground.entryOf(viewer, subscription)
    },
    async change(viewer, id, draft) {
      const before = await ground.changeable(viewer, id)
      await ground.mustPass(viewer, draft)
      await mustBeWanted(viewer, draft.kind, draft.target)
      const { subjectId, ...fields } = draft
      // What somebody paused stays paused; what the bot paused was waiting for a change.
      const staysPaused = before.status === 'paused' && before.pausedWhy === undefined
      await subscriptions.update(id, {
        ...fields,
        subjectId: subjectId ?? null,
        ...(staysPaused
          ? { nextAt: null }
          : {
              status: 'active',
              pausedWhy: null,
              nextAt: await ground.nextAt(draft.recurrence, { id, from: before.status === 'active' ? before.pausedUntil : undefined }),
            }),
      })
      await ground.record(viewer, `digest ${draft.kind} changed${draft.showNames && !before.showNames ? ', names shown' : ''}`)
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
      await ground.record(viewer, `digest ${subscription.kind} deleted`)
    },
    async stop(viewer, id) {
      const subscription = await subscriptions.find(id)
      if (!subscription || !isReader(viewer, subscription)) throw noSuchDigest()
      await subscriptions.optOut(viewer.slackUserId, subscription.kind, now())
      await subscriptions.update(id, { status: 'stopped', nextAt: null })
      await ground.record(viewer, `digest ${subscription.kind} stopped by its reader`)
    },
  }
}

/** For a digest, or a kind of them, that its reader wants no more. */
export const stopStands = (): AskError =>
  new AskError('Its reader has stopped these. A stop stands until they set one up themselves with /gong-digest new.')
