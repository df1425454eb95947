// Notices when somebody sets up what the same readers have already: the same digest, or one that says more, about the same people in the
// same place and hour. Whoever wants both says so. Of a digest that is not theirs to read, nobody learns more than its posts show them.
import { idFrom } from '../domain/delivery-id.ts'
import { maySee, type Viewer } from '../domain/policy.ts'
import { kindsThatSayMore, meetInSomeHour } from '../domain/same-hour.ts'
import type { Destination, Subscription } from '../domain/subscription.ts'
import { AskError } from '../errors.ts'
import { duplicateWords } from '../reports/wording/duplicate.ts'
import type { DigestServiceDeps } from './deps.ts'
import { todayOf } from './find-digest.ts'
import { asReadBy, mayChange, mayRead } from './rights.ts'
import type { DigestDraft, Duplicate, Own } from './service.ts'
import { subjectOf } from './subject.ts'

/** The id of what a submission sets up: submitted again, it is there already. */
export const digestIdOf = (submission: string): string => idFrom('digest', submission)

export async function duplicateOf(
  viewer: Viewer,
  draft: DigestDraft,
  own: Own | undefined,
  deps: DigestServiceDeps,
): Promise<Duplicate | undefined> {
  const { subscriptions } = deps.store
  const { destination, kind } = draft
  // There is one reminder, and a digest of its hour brings it.
  if (kind === 'reminder') return undefined
  const there =
    destination.type === 'channel'
      ? await subscriptions.inChannel(destination.channelId)
      : await subscriptions.receivedBy(destination.slackUserId)
  const id = own?.id ?? (own?.submission === undefined ? undefined : digestIdOf(own.submission))
  const duplicates = there.filter((one) => one.id !== id && one.status !== 'stopped' && saysTheSame(one, draft, deps.clock.now()))
  if (duplicates.length === 0) return undefined
  const [chart, today] = [await deps.store.people.chart(), todayOf(deps)]
  const duplicate = duplicates.find((one) => mayRead(viewer, one, chart, today))
  if (!duplicate) {
    const mayKnow = maySee(viewer, subjectOf(draft), chart, today).allowed && (await readsPosts(viewer, destination, deps))
    return mayKnow ? { isListed: false } : undefined
  }
  const isOwn = duplicate.ownerSlackId === viewer.slackUserId
  return {
    isListed: true,
    subscription: asReadBy(viewer, duplicate),
    place: await placeOf(viewer, duplicate, deps),
    owner: isOwn ? undefined : await deps.nameOf(duplicate.ownerSlackId),
    mayChange: mayChange(viewer, duplicate, chart, today),
  }
}

/** Whoever reads the channel sees that there is one; what goes to somebody else is between them and whoever set it up. */
async function readsPosts(viewer: Viewer, destination: Destination, { gate }: Pick<DigestServiceDeps, 'gate'>): Promise<boolean> {
  if (destination.type === 'dm') return false
  const verdict = await gate.check(destination.channelId)
  return verdict.type === 'open' && (!verdict.isPrivate || verdict.people.some(({ slackUserId }) => slackUserId === viewer.slackUserId))
}

function saysTheSame(one: Subscription, draft: DigestDraft, now: Date): boolean {
  const isKind = one.kind === draft.kind || (draft.destination.type === 'dm' && kindsThatSayMore(draft.kind).includes(one.kind))
  return isKind && one.subjectId === draft.subjectId && meetInSomeHour(one.recurrence, draft.recurrence, now)
}

/** @throws AskError for a second one of the same, unless it is wanted beside the first */
export async function mustBeNew(viewer: Viewer, draft: DigestDraft, deps: DigestServiceDeps): Promise<void> {
  const duplicate = draft.isExtra ? undefined : await duplicateOf(viewer, draft, undefined, deps)
  if (duplicate) throw new AskError(duplicateWords(duplicate, draft.kind), [{ label: 'My digests', command: '/gong-digest', text: '' }])
}

/** `#emea`, or the name of its reader; undefined for the viewer, and where Slack does not name the channel. */
export async function placeOf(
  viewer: Viewer,
  { destination }: { readonly destination: Destination },
  { gate, nameOf }: Pick<DigestServiceDeps, 'gate' | 'nameOf'>,
): Promise<string | undefined> {
  if (destination.type === 'dm') return destination.slackUserId === viewer.slackUserId ? undefined : nameOf(destination.slackUserId)
  const verdict = await gate.check(destination.channelId)
  const name = verdict.type === 'unknown' ? undefined : verdict.channelName
  return name === undefined ? undefined : `#${name}`
}
