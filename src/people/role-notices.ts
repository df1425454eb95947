// The notices of a role that begins or ends, as rows to be stored: to whoever holds it and to the person whose figures it opens.
import type { Clock } from '../clock.ts'
import { localDateOf } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import { type Grant, maySee } from '../domain/policy.ts'
import type { Message } from '../render/message.ts'
import type { Reservation, Wake } from '../store/digests/delivery-writes.ts'
import type { Store } from '../store/store.ts'
import { noticeTo } from './notify-person.ts'
import { endedToHolder, endedToSubject, type RoleWords, toHolder, toSubject } from './role-messages.ts'
import type { Viewers } from './viewers.ts'

export interface RoleNoticeDeps {
  readonly store: Pick<Store, 'people'>
  readonly viewers: Pick<Viewers, 'readerOf' | 'slackUserOfPerson'>
  readonly wake: Wake
  readonly clock: Clock
  /** The company's IANA zone: by its days roles end. */
  readonly zone: string
  /** From the directory: untrusted text. */
  nameOf(slackUserId: string): Promise<string>
}

interface RoleMessages {
  readonly holder: (role: RoleWords) => Message
  readonly subject: (role: RoleWords) => Message
  /** They are about the end of the role. */
  readonly isOver?: boolean
}

export const begun: RoleMessages = { holder: toHolder, subject: toSubject }
export const ended: RoleMessages = { holder: endedToHolder, subject: endedToSubject, isOver: true }

/** What the notices of its end are about, by hand or by its date: one end, one notice to each. */
export const endOf = (roleId: string): string => `role-ended:${roleId}`

export const subjectOf = (grant: Grant): PersonId => (grant.type === 'coach' ? grant.personId : grant.orgOf)

/**
 * Notices to whoever holds the role, and to the person whose figures it is about, as things stand once it is given or
 * over. They are stored with it, so what the holder sees then is worked out beforehand.
 */
export async function noticesOfRole(
  holderSlackId: string,
  grant: Grant,
  bySlackId: string,
  messages: RoleMessages,
  deps: RoleNoticeDeps,
): Promise<(about: string) => readonly Reservation[]> {
  const subjectId = subjectOf(grant)
  const chart = await deps.store.people.chart()
  const { viewer } = await deps.viewers.readerOf(holderSlackId)
  const opened =
    grant.type === 'coach' ? ({ type: 'person', personId: subjectId } as const) : ({ type: 'org', managerId: subjectId } as const)
  const others = viewer.grants.filter((one) => one.type !== grant.type || subjectOf(one) !== subjectId)
  const grants = messages.isOver ? others : [...others, grant]
  const verdict = maySee({ ...viewer, grants }, opened, chart, localDateOf(deps.clock.now(), deps.zone))
  const isAdminForgotten = (await deps.store.people.forgottenAmong([bySlackId])).has(bySlackId)
  const role: RoleWords = {
    type: grant.type,
    until: grant.until,
    holder: await deps.nameOf(holderSlackId),
    subject: chart.people.get(subjectId)?.name ?? 'somebody who left',
    sees: verdict.allowed && verdict.detail === 'by-name',
    admin: isAdminForgotten ? 'An admin' : await deps.nameOf(bySlackId),
  }
  const mentions = [holderSlackId, subjectId, ...(isAdminForgotten ? [] : [bySlackId])]
  const subjectSlackId = await deps.viewers.slackUserOfPerson(subjectId)
  return (about) => [
    noticeTo(holderSlackId, about, { message: messages.holder(role), mentions }, deps),
    ...(subjectSlackId === undefined ? [] : [noticeTo(subjectSlackId, about, { message: messages.subject(role), mentions }, deps)]),
  ]
}
