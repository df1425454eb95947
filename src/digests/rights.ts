// Who may do what to a digest. Its owner, the reader of a direct message (their time, their channel) and admins change it, each only while
// they may see its subject; the reader may always stop it. Asked again at every press.
import type { LocalDate } from '../domain/period.ts'
import { maySee, type Viewer } from '../domain/policy.ts'
import { isByName, type Subscription } from '../domain/subscription.ts'
import type { OrgChart } from '../domain/team.ts'
import { AskError } from '../errors.ts'
import type { ReaderOf } from '../store/digests/reader-stops.ts'
import { subjectOf } from './subject.ts'

const isOwner = (viewer: Viewer, subscription: Subscription): boolean => subscription.ownerSlackId === viewer.slackUserId

export const isReader = (viewer: Viewer, subscription: Subscription): boolean =>
  subscription.destination.type === 'dm' && subscription.destination.slackUserId === viewer.slackUserId

/** The reader of the direct message that the viewer makes it; undefined in a channel. */
export const readerOf = (viewer: Viewer, { kind, destination }: Pick<Subscription, 'kind' | 'destination'>): ReaderOf | undefined =>
  destination.type === 'dm'
    ? { slackUserId: destination.slackUserId, kind, isAsking: destination.slackUserId === viewer.slackUserId }
    : undefined

/** Owners and readers while they may still see the subject, and admins. */
export function mayChange(viewer: Viewer, subscription: Subscription, chart: OrgChart, today: LocalDate): boolean {
  if (viewer.standing !== 'member') return false
  if (viewer.isAdmin) return true
  return (isOwner(viewer, subscription) || isReader(viewer, subscription)) && maySee(viewer, subjectOf(subscription), chart, today).allowed
}

/** What its owner calls it is for the owner, and for admins. */
export const mayName = (viewer: Viewer, subscription: Subscription): boolean => viewer.isAdmin || isOwner(viewer, subscription)

/** As this viewer may read it. */
export function asReadBy(viewer: Viewer, subscription: Subscription): Subscription {
  const { name: _for, ...nameless } = subscription
  return mayName(viewer, subscription) ? subscription : nameless
}

/** May know that it exists, where it goes and what became of it. */
export const mayRead = (viewer: Viewer, subscription: Subscription, chart: OrgChart, today: LocalDate): boolean =>
  isOwner(viewer, subscription) || isReader(viewer, subscription) || mayChange(viewer, subscription, chart, today)

/** Publishing needs the right to see people by name. */
export const onlyManagersPost = 'Only the managers of a team may post its figures in a channel.'

/** Whether a digest may go out in the name of this owner today. */
export function ownerMay(owner: Viewer, subscription: Subscription, chart: OrgChart, today: LocalDate): boolean {
  const isChannel = subscription.destination.type === 'channel'
  // A programme outlives whoever switched it on: its direct messages rest on their readers' rights.
  if (subscription.programmeId !== undefined && !isChannel) return true
  const verdict = maySee(owner, subjectOf(subscription), chart, today)
  // Publishing needs the right to see people by name: being in a team is not enough to post its medians elsewhere.
  const mustSeeNames = isChannel || isByName(subscription.kind)
  return verdict.allowed && (!mustSeeNames || verdict.detail === 'by-name')
}

/** A reminder is between a coach and the bot: nobody else gets it, even if they may see the team. */
export const isOwnReminder = ({ kind, subjectId }: Pick<Subscription, 'kind' | 'subjectId'>, viewer: Viewer): boolean =>
  kind !== 'reminder' || viewer.person?.id === subjectId

/** Of kinds by name, said to whoever may not see so much of the team. */
export const namesPeople = (kind: Subscription['kind']): string =>
  `${kind === 'org' ? 'An org' : 'A manager'} digest names people; it is for those who lead the team.`

/** One sentence for a digest that does not exist, or is not this viewer's: it does not say which. */
export const noSuchDigest = (): AskError =>
  new AskError('That digest is gone, or it is not yours to change. Here is what you receive and send.', [
    { label: 'My digests', command: '/gong-digest', text: '' },
  ])
