// Where the rest of a digest goes: into the thread of the message above it, or, where somebody said that the message arrived and the bot may
// not look for it, after it as a message of its own.
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import { line } from '../../render/text/text.ts'
import type { DeliveryBody } from '../../reports/delivery-body.ts'
import type { StepDeps } from './deps.ts'
import type { Lease } from './lease.ts'
import { handleFailure, skip } from './setbacks.ts'

interface PlaceOfRest {
  /** Missing: after the message. */
  readonly threadTs: string | undefined
}

/** Undefined when there is nothing to post for now: Slack could not be asked, or the message above was deleted. */
export async function placeOfRest(
  parent: Delivery,
  kept: DeliveryBody | undefined,
  lease: Lease,
  subscription: Subscription,
  deps: StepDeps,
): Promise<PlaceOfRest | undefined> {
  const threadTs = kept?.threadTs ?? parent.messageTs
  if (threadTs !== undefined || kept?.isAfter) return { threadTs }
  const { id, channelId = '', postedAttemptAt, createdAt } = parent
  const look = await deps.reconciler.look({ id, channelId, attemptedAt: postedAttemptAt ?? createdAt, threadTs: undefined })
  switch (look.type) {
    case 'found': {
      const at = { channelId: look.channelId, messageTs: look.messageTs }
      await deps.deliveries.update(id, at)
      await lease.write({ channelId: at.channelId })
      return { threadTs: at.messageTs }
    }
    case 'absent':
      return skip(lease, 'the message above is gone', deps)
    case 'blind':
      deps.log.warn({ deliveryId: id, slackError: look.error }, 'The message above a rest cannot be looked for; the rest follows it')
      return { threadTs: undefined }
    case 'failed':
      await handleFailure(lease, subscription, look.failure, 'reserved', deps)
      return undefined
  }
}

/** The same body where it has its place already. */
export function restAt(body: DeliveryBody, { threadTs }: PlaceOfRest): DeliveryBody {
  if (threadTs !== undefined) return body.threadTs === threadTs ? body : { ...body, threadTs }
  if (body.isAfter) return body
  const parts = [{ type: 'text', line: afterMessage } as const, ...body.message.parts]
  return { ...body, isAfter: true, message: { ...body.message, parts } }
}

const afterMessage = line('This belongs to my message above. I may not look for that message here, so I cannot answer in its thread.')
