// Builds a digest by rights that still hold once it is built: they are asked again then, and where they are others it is built once more.
// Whoever moves, leaves or loses a role while figures are read decides about the message that shows those figures.
import { isDeepStrictEqual } from 'node:util'
import type { Subscription } from '../domain/subscription.ts'
import { asOneReading, readAnew } from '../one-reading.ts'
import type { ChannelReaders } from '../slack-ports.ts'
import { type RightsDeps, type SendingRights, sendingRights } from './sending-rights.ts'

/** `builtBy`: the rights it was built by; missing where there is nothing to show. */
interface Attempt<Built> {
  readonly outcome: Built
  readonly builtBy?: SendingRights | undefined
}

const attemptsAtMost = 2

/** `changing`: the rights were others after each attempt. */
export async function whileRightsHold<Built>(
  build: () => Promise<Attempt<Built>>,
  subscription: Subscription,
  readers: ChannelReaders | undefined,
  deps: RightsDeps,
): Promise<Built | 'changing'> {
  for (let attempts = 0; attempts < attemptsAtMost; attempts += 1) {
    const { outcome, builtBy } = await build()
    if (!builtBy) return outcome
    readAnew()
    const now = await asOneReading(() => sendingRights(subscription, readers, deps))
    if (now.type === 'may' && areSame(builtBy, now)) return outcome
  }
  return 'changing'
}

/** Of one digest and the same readers. The chart is the same one until people change. */
const areSame = (before: SendingRights, now: SendingRights): boolean =>
  before.chart === now.chart && isDeepStrictEqual(deciding(before), deciding(now))

const deciding = ({ today, reader, names, readBy }: SendingRights) => [today, reader?.viewer, reader?.detail, names, readBy([])]
