// The rest of a posted digest made again, where the one that was kept may not follow any more: somebody was forgotten since, one of its
// readers sees others by name, or the message above was corrected. As a correction it shows nobody besides, and nothing in another detail.
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import { type DeliveryBody, restBelow } from '../../reports/delivery-body.ts'
import type { ChannelReaders } from '../../slack-ports.ts'
import { detailOf, mayCorrect } from '../correct-digests.ts'
import type { StepDeps } from './deps.ts'

/** Undefined where nothing may follow; `later` where that is not known now. */
export async function restAgain(
  parent: Delivery,
  above: DeliveryBody,
  subscription: Subscription,
  threadTs: string | undefined,
  deps: StepDeps,
): Promise<{ readonly body: DeliveryBody; readonly readers: ChannelReaders | undefined } | 'later' | undefined> {
  // A reminder is changed by what is answered, not rebuilt.
  if (subscription.kind === 'reminder') return undefined
  const rebuilt = await deps.rebuild(subscription, parent, undefined, detailOf(above))
  if (rebuilt === undefined || rebuilt === 'later') return rebuilt
  if (!mayCorrect(subscription, above, rebuilt)) return undefined
  const { thread } = deps.render(rebuilt.message, above.plainer)
  if (!thread) return undefined
  // Whatever changed since, it is below the message as that stands.
  const body = restBelow({ ...rebuilt, figures: above.figures }, thread, threadTs)
  return { body, readers: rebuilt.readers }
}
