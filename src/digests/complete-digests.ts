// Completes digests that went out without some kinds of figures, as soon as those are there: Gong had failed on them, or did not let the
// bot read them. One try for each kind that comes; where it may not be shown the message says why.
import { type Period, periodKey } from '../domain/period.ts'
import type { Delivery } from '../domain/subscription.ts'
import { guarded } from '../guarded.ts'
import type { Part } from '../render/message.ts'
import { joined, line } from '../render/text/text.ts'
import { readBody, writeBody } from '../reports/delivery-body.ts'
import type { DeliveryStore } from '../store/digests/deliveries.ts'
import { type Correction, type CorrectionDeps, correctDigest, correctedSince, notPosted } from './correct-digests.ts'
import type { PeriodReading } from './period-reading.ts'

export interface CompletionDeps extends Omit<CorrectionDeps, 'deliveries'> {
  readonly deliveries: Pick<DeliveryStore, 'lackingSince' | 'find' | 'history' | 'update'>
  /** The week a delivery is about. */
  periodOf(delivery: Pick<Delivery, 'occurrence' | 'dueAt'>): Period
  /** Kinds of figures of that week that were not fetched since it settled. */
  missingIn(period: Period): Promise<PeriodReading['missing']>
}

/** Returns how many messages were completed. */
export async function completeDigests(deps: CompletionDeps): Promise<number> {
  const asked = new Map<string, Promise<Missing>>()
  const missingOf = (period: Period): Promise<Missing> => {
    const key = periodKey(period)
    const missing = asked.get(key) ?? deps.missingIn(period)
    asked.set(key, missing)
    return missing
  }
  let completed = 0
  for (const row of await deps.deliveries.lackingSince(correctedSince(deps.clock))) {
    const work = () => completeDigest(row, missingOf, deps)
    const outcome = await guarded(work, { log: deps.log, deliveryId: row.id }, 'A posted digest could not be completed')
    if (outcome === 'refused') break
    if (outcome === 'corrected') completed += 1
  }
  return completed
}

type Missing = PeriodReading['missing']

async function completeDigest(
  row: Pick<Delivery, 'id' | 'occurrence' | 'dueAt' | 'lacks'>,
  missingOf: (period: Period) => Promise<Missing>,
  deps: CompletionDeps,
): Promise<'corrected' | 'refused' | undefined> {
  const missing = await missingOf(deps.periodOf(row))
  const lacks = (row.lacks ?? []).filter((kind) => missing.has(kind))
  if (lacks.length === row.lacks?.length) return undefined
  const delivery = await deps.deliveries.find(row.id)
  const corrected = delivery && (await correctDigest(delivery, 'at-once', deps))
  const why = whyNotShown.get(corrected)
  const outcome = delivery && why ? await sayWhyNot(delivery, why, deps) : corrected
  if (outcome === 'refused') return outcome
  if (outcome === 'later') return undefined
  await deps.deliveries.update(row.id, { lacks: lacks.length > 0 ? lacks : null })
  return corrected === 'corrected' ? corrected : undefined
}

const whyNotShown: ReadonlyMap<Correction | undefined, string> = new Map([
  ['other-setting', 'a setting that decides how groups are shown was changed after this week'],
  ['other-rights', 'who may see them, or who reads this, has changed since'],
  ['other-people', 'somebody has left, moved or come since'],
  ['other-digest', 'the digest was changed since to another subject or place'],
])

/** In the small print of the message, which stays as it was besides; once. */
async function sayWhyNot(delivery: Delivery, why: string, deps: CompletionDeps): Promise<Correction> {
  const { id, body, channelId, messageTs, forgettings } = delivery
  if (body === undefined || channelId === undefined || messageTs === undefined) return 'as-it-was'
  const before = readBody(body)
  const parts = withNote(before.message.parts, `What was missing has come, but is not shown here: ${why}.`)
  if (!parts) return 'as-it-was'
  const message = { ...before.message, parts }
  // Ends here where somebody was forgotten since the row was read.
  await deps.deliveries.update(id, { forgettings })
  const drawn = before.brings === undefined ? message : await deps.asAnswered(delivery, message)
  const outcome = await deps.poster.update({ channelId, messageTs, payload: deps.render(drawn, before.plainer).payload })
  if (outcome.type !== 'posted') {
    deps.log.warn({ deliveryId: id, slackError: outcome.error }, 'A posted digest could not say why it is not completed')
    return notPosted(outcome)
  }
  await deps.deliveries.update(id, { body: writeBody({ ...before, message }), forgettings })
  return 'as-it-was'
}

/** Joined to the last line of small print, so that it takes no block of its own; undefined where it stands there. */
function withNote(parts: readonly Part[], words: string): readonly Part[] | undefined {
  const at = parts.findLastIndex((part) => part.type === 'note' && part.foldedUnder === undefined)
  const last = parts[at]
  if (last?.type !== 'note') return [...parts, { type: 'note', line: line(words) }]
  return last.line.plain.includes(words) ? undefined : parts.with(at, { ...last, line: joined([last.line, line(words)], ' ') })
}
