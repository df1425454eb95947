// Late data: for a week after a digest was posted, figures that changed are corrected in the posted message, at most once a day and never
// by a new post. The message says what changed. One that lacked figures is completed by complete-digests.ts.

import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../clock.ts'
import type { Delivery, Subscription } from '../domain/subscription.ts'
import { guarded } from '../guarded.ts'
import type { Log } from '../log.ts'
import type { Message } from '../render/message.ts'
import { bodyOf, type DeliveryBody, madeFor, readBody, writeBody } from '../reports/delivery-body.ts'
import type { BuiltDigest } from '../reports/digest.ts'
import type { ChannelReaders, Payload, Poster, RenderForSlack, SlackFailure } from '../slack-ports.ts'
import type { DeliveryStore } from '../store/digests/deliveries.ts'
import type { SubscriptionStore } from '../store/digests/subscriptions.ts'
import { isDigest } from './delivery/row-kind.ts'

const correctedForMs = 7 * 86_400_000

export interface CorrectionDeps {
  readonly deliveries: Pick<DeliveryStore, 'sentSince' | 'history' | 'update'>
  readonly subscriptions: Pick<SubscriptionStore, 'find'>
  readonly poster: Pick<Poster, 'update'>
  readonly render: RenderForSlack
  readonly clock: Clock
  readonly log: Log
  /**
   * Builds the same digest again, in no more detail than `atMost` and with a further remark; undefined when it may not be shown any more,
   * `later` when Slack could not be asked who reads it, or rights change meanwhile. Asks the gate, the rights and the names each time.
   */
  rebuild(
    subscription: Subscription,
    delivery: Delivery,
    remark: string | undefined,
    atMost: 'by-name' | 'medians',
  ): Promise<Rebuilt | 'later' | undefined>
  /** The message with what became of the rows of the reminder it brought. */
  asAnswered(delivery: Delivery, message: Message): Promise<Message>
  /** Records whose figures a corrected message shows, and to whom. */
  recordSent(subscription: Subscription, delivery: Delivery, body: DeliveryBody, readers: ChannelReaders | undefined): Promise<void>
  /** `Tue 14:05` in the zone of the digest. */
  timeInWords(at: Date, subscription: Subscription): string
}

/** A digest built again, the detail it was built in, and who reads it; `readers` is missing for direct messages. */
export interface Rebuilt extends Pick<BuiltDigest, 'message' | 'shows' | 'mentions' | 'figures'>, Pick<DeliveryBody, 'readBy'> {
  readonly detail: 'by-name' | 'medians'
  /** Of whom its group figures are. */
  readonly members: NonNullable<DeliveryBody['members']>
  readonly readers: ChannelReaders | undefined
  /** Some of its figures are made by other settings than when its period ended: changed since, or of a restored backup. */
  readonly isOfOtherSetting?: boolean
}

/** Goes through what was sent in the last seven days. Returns how many messages were corrected. */
export async function correctDigests(deps: CorrectionDeps): Promise<number> {
  let corrected = 0
  for (const delivery of await deps.deliveries.sentSince(correctedSince(deps.clock))) {
    const work = () => correctDigest(delivery, 'once-a-day', deps)
    const outcome = await guarded(work, { log: deps.log, deliveryId: delivery.id }, 'A posted digest could not be looked at again')
    if (outcome === 'corrected') corrected += 1
    if (outcome === 'refused') return corrected
  }
  return corrected
}

/** What was posted before is left as it is. */
export const correctedSince = (clock: Clock): Date => new Date(clock.now().getTime() - correctedForMs)

/**
 * `later`: Slack could not be reached, or what may be said was changing. `refused`: it refuses the bot itself. A `WhyNot`: why what has
 * come may not be said here; the message is as it was.
 */
export type Correction = 'corrected' | 'as-it-was' | 'later' | 'refused' | WhyNot
type WhyNot = 'other-setting' | 'other-rights' | 'other-people' | 'other-digest'

/** `when`: a message that lacked figures is corrected as soon as they are there, whatever happened to it that day. */
export async function correctDigest(
  delivery: Delivery,
  when: 'once-a-day' | 'at-once',
  deps: Omit<CorrectionDeps, 'deliveries'> & { readonly deliveries: Pick<DeliveryStore, 'history' | 'update'> },
): Promise<Correction> {
  if (!isDigest(delivery) || delivery.messageTs === undefined || delivery.channelId === undefined || delivery.body === undefined)
    return 'as-it-was'
  const now = deps.clock.now()
  const today = now.toISOString().slice(0, 10)
  const before = readBody(delivery.body)
  if (when === 'once-a-day' && before.correctedOn === today) return 'as-it-was'
  const subscription = await deps.subscriptions.find(delivery.subscriptionId)
  // A reminder is changed by what is answered and by Gong's evidence, not rebuilt.
  if (!subscription || subscription.kind === 'reminder') return 'as-it-was'
  // A subscription changed since to another subject or destination no longer describes this message.
  if (before.madeFor !== madeFor(subscription)) return 'other-digest'
  const detail = detailOf(before)
  const rebuilt = await deps.rebuild(subscription, delivery, undefined, detail)
  if (rebuilt === 'later') return 'later'
  if (!rebuilt) return 'other-rights'
  const whyNot = whyNoCorrection(subscription, before, rebuilt, when)
  if (whyNot) return whyNot
  const changes = changesIn(before.figures, rebuilt.figures)
  if (changes.length === 0) return 'as-it-was'
  const remark = `updated ${deps.timeInWords(now, subscription)}: ${changes.join(', ')}`
  const built = await deps.rebuild(subscription, delivery, remark, detail)
  if (built === 'later') return 'later'
  if (!built) return 'other-rights'
  const whyNotNow = whyNoCorrection(subscription, before, built, when)
  if (whyNotNow) return whyNotNow
  // The remark is of the building before: it would tell of what this one does not show.
  if (!isDeepStrictEqual(built.figures, rebuilt.figures)) return 'later'
  const body: DeliveryBody = {
    ...bodyOf(built, before.plainer),
    madeFor: madeFor(subscription),
    detail: built.detail,
    readBy: built.readBy,
    members: built.members,
    correctedOn: today,
    ...(before.brings !== undefined && { brings: before.brings }),
  }
  const { forgettings } = delivery
  // Ends here where somebody was forgotten since the row was read; the next look builds without them.
  await deps.deliveries.update(delivery.id, { forgettings })
  // Before the message changes: a record of what was then not shown does less harm than a figure nobody can find out about.
  await deps.recordSent(subscription, delivery, body, built.readers)
  const { channelId, messageTs } = delivery
  const drawn = async (message: Message) => (before.brings === undefined ? message : deps.asAnswered(delivery, message))
  const answered = await drawn(built.message)
  const { payload, thread } = deps.render(answered, before.plainer)
  const outcome = await deps.poster.update({ channelId, messageTs, payload })
  if (outcome.type !== 'posted') {
    deps.log.warn({ deliveryId: delivery.id, slackError: outcome.error }, 'A posted digest could not be corrected')
    return notPosted(outcome)
  }
  if (thread) await correctThread(delivery, channelId, deps.render(thread, before.plainer, 'thread').payload, deps)
  await deps.deliveries.update(delivery.id, { body: writeBody(body), forgettings })
  // A row answered meanwhile was drawn from the message before.
  const again = await drawn(built.message)
  if (!isDeepStrictEqual(again, answered))
    await deps.poster.update({ channelId, messageTs, payload: deps.render(again, before.plainer).payload })
  return 'corrected'
}

/** What a message comes to that Slack did not take. */
export function notPosted({ type }: SlackFailure): 'refused' | 'later' | 'as-it-was' {
  if (type === 'token-refused') return 'refused'
  return type === 'rate-limited' || type === 'unreached' || type === 'ambiguous' ? 'later' : 'as-it-was'
}

/**
 * Two versions of one message must not reveal what a few people's figures are. Statistics see to it where both are of figures as first shown:
 * so what was posted with names is not replaced by figures without, and neither is what was posted without names before that was so.
 */
export const mayCorrect = (subscription: Subscription, before: DeliveryBody, rebuilt: Rebuilt): boolean => {
  const showsGroup = subscription.kind === 'personal' || detailOf(before) === 'medians'
  return addsNobody(subscription, before, rebuilt) && rebuilt.detail === detailOf(before) && (!showsGroup || before.asShown === true)
}

/** What differs because somebody left, moved, came or was forgotten would be theirs, and is no late data. */
function whyNoCorrection(
  subscription: Subscription,
  before: DeliveryBody,
  rebuilt: Rebuilt,
  when: 'once-a-day' | 'at-once',
): WhyNot | 'as-it-was' | undefined {
  if (!mayCorrect(subscription, before, rebuilt)) return 'other-rights'
  // Of bodies stored before this was kept nobody knows.
  if (before.members === undefined) return 'as-it-was'
  if (!isDeepStrictEqual(before.members, rebuilt.members)) return 'other-people'
  return isLateData(before, rebuilt, when) ? undefined : 'other-setting'
}

/**
 * What differs because settings were changed is no correction: the message stays as it was true when it was posted. One that lacked figures
 * gets those that today's settings show, where it loses nothing by them.
 */
const isLateData = ({ figures }: DeliveryBody, rebuilt: Rebuilt, when: 'once-a-day' | 'at-once'): boolean =>
  !rebuilt.isOfOtherSetting ||
  (when === 'at-once' &&
    Object.keys(rebuilt.figures).length > Object.keys(figures).length &&
    Object.entries(figures).every(([name, value]) => rebuilt.figures[name] === value))

/** Of bodies stored before the detail was kept, by whether they show somebody. */
export const detailOf = ({ detail, shows }: DeliveryBody): 'by-name' | 'medians' => detail ?? (shows.length > 0 ? 'by-name' : 'medians')

/** In a channel a correction names nobody whom the message did not name before. */
const addsNobody = ({ destination }: Subscription, before: DeliveryBody, { shows }: Rebuilt): boolean =>
  destination.type === 'dm' || shows.every((personId) => before.shows.includes(personId))

/** What did not fit into the message stands in its thread, as a delivery of its own. */
async function correctThread(
  { id, subscriptionId }: Delivery,
  channelId: string,
  payload: Payload,
  { deliveries, poster, log }: Pick<CorrectionDeps, 'poster' | 'log'> & { readonly deliveries: Pick<DeliveryStore, 'history'> },
): Promise<void> {
  const rows = await deliveries.history(subscriptionId, 100)
  const messageTs = rows.find(({ occurrence }) => occurrence === `thread:${id}`)?.messageTs
  if (messageTs === undefined) return
  const outcome = await poster.update({ channelId, messageTs, payload })
  if (outcome.type !== 'posted') log.warn({ deliveryId: id, slackError: outcome.error }, 'The thread of a digest could not be corrected')
}

/**
 * What changed, for the message's last line: `+3 scorecards`, `−1 calls hosted`. A figure that was not shown before was not zero: `now 12
 * scorecards`.
 */
export function changesIn(before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [then, now] = [before[name], after[name]]
    if (now === undefined) return [`${name} no longer shown`]
    if (then === undefined) return [`now ${Number(now.toFixed(1))} ${name}`]
    const difference = Number((now - then).toFixed(1))
    return difference === 0 ? [] : [`${difference > 0 ? '+' : '−'}${Math.abs(difference)} ${name}`]
  })
}
