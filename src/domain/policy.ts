// Who may see what: pure, no I/O, tested as a matrix. Everything that shows somebody's figures asks here.
// Fails closed: what is not allowed by a rule below is refused.

import type { LocalDate } from './period.ts'
import type { Person, PersonId } from './person.ts'
import type { OrgChart } from './team.ts'

/** A grant made by an admin. `coach`: sees that person as a manager would. `viewer`: sees a manager and everybody below by name. */
export type Grant =
  | { readonly type: 'coach'; readonly personId: PersonId; readonly until?: LocalDate }
  | { readonly type: 'viewer'; readonly orgOf: PersonId; readonly until?: LocalDate }

/** What somebody saw otherwise than by a role, until a day: as that person in Gong, whom they were matched to. Gives no right. */
export interface FormerMatch {
  readonly type: 'was'
  readonly personId: PersonId
  readonly until: LocalDate
}

/**
 * What somebody was shown of a person until a day: `shown`, by name in a channel, with everything that ended by then; `saw`, as an admin in
 * private, whatever it was. Gives no right.
 */
export interface FormerSight {
  readonly type: 'shown' | 'saw'
  readonly personId: PersonId
  readonly until: LocalDate
}

/** The last day on which somebody asked as an admin. Gives no right. */
export interface FormerAdmin {
  readonly type: 'admin'
  readonly until: LocalDate
}

/** Somebody who asks: always the Slack user who typed or pressed, never an id taken from a payload's value. */
export interface Viewer {
  readonly slackUserId: string
  /** Missing when the Slack user has no match in Gong. */
  readonly person?: Person | undefined
  /** Who else in Gong may be the same human, by an address or a link: gives no right, but they are not above themself. */
  readonly ownIds?: readonly PersonId[] | undefined
  /** Those of `ownIds` who share an address with others, and may be a colleague: asked where it is recorded whom somebody has seen. */
  readonly unsureIds?: readonly PersonId[] | undefined
  /** `outside`: of another company, or a bot. */
  readonly standing: 'member' | 'guest' | 'outside'
  readonly isAdmin: boolean
  /** Ended ones included, and those of who is a guest by now: they give no right, and say what was seen. */
  readonly grants: readonly (Grant | FormerMatch | FormerSight | FormerAdmin)[]
}

/** Everybody in Gong who somebody is or may be: one human may have two Gong users. */
export interface Self {
  readonly personId?: PersonId | undefined
  readonly ownIds?: readonly PersonId[] | undefined
}

export const selfOf = ({ person, ownIds }: Viewer): Self => ({ personId: person?.id, ownIds })

/** Everybody in Gong whom they are, may be or were. */
export const everyIdOf = ({ person, ownIds = [], grants }: Viewer): readonly PersonId[] => [
  ...(person ? [person.id] : []),
  ...ownIds,
  ...grants.flatMap((grant) => (grant.type === 'was' ? [grant.personId] : [])),
]

/** Asked wherever somebody is to be above, or shown the figures of, another. What is one's own by right is `personId` alone. */
export const isThemself = ({ personId, ownIds }: Self, id: PersonId): boolean => id === personId || ownIds?.includes(id) === true

/** What is asked about. */
export type Subject =
  | { readonly type: 'person'; readonly personId: PersonId }
  | { readonly type: 'team'; readonly managerId: PersonId }
  | { readonly type: 'org'; readonly managerId: PersonId }
  | { readonly type: 'company' }

export type RefusalReason = 'guest' | 'outside' | 'unmatched' | 'not-yours' | 'unknown-subject'

/** `by-name`: people's own figures. `medians`: group figures only, each resting on at least `MINIMUM_GROUP` people. */
export type Detail = 'by-name' | 'medians'

export type Verdict = { readonly allowed: true; readonly detail: Detail } | { readonly allowed: false; readonly reason: RefusalReason }

const refuse = (reason: RefusalReason): Verdict => ({ allowed: false, reason })
const byName: Verdict = { allowed: true, detail: 'by-name' }
const medians: Verdict = { allowed: true, detail: 'medians' }

/** What is shown by the rights of two is shown in the lesser of their details. */
export const lesserOf = (one: Detail, other: Detail): Detail => (one === other ? one : 'medians')

/** A member's roles that have not ended; none of anybody else. */
const rolesOn = ({ standing, grants }: Pick<Viewer, 'standing' | 'grants'>, today: LocalDate): Viewer['grants'] =>
  standing === 'member' ? grants.filter(({ until }) => until === undefined || today < until) : []

/** The days by which this viewer's former roles had ended, that of an admin too. */
export const roleEnds = ({ grants, isAdmin }: Viewer, today: LocalDate): readonly LocalDate[] =>
  grants.flatMap(({ type, until }) => (until !== undefined && (type === 'admin' ? !isAdmin : until <= today) ? [until] : []))

/** What asking or being shown something writes: whoever compares two answers about somebody would find them different by that alone. */
export const withoutSights = (grants: Viewer['grants']): Viewer['grants'] => grants.filter(({ type }) => type !== 'shown' && type !== 'saw')

/** That alone. */
export const sightsIn = (grants: Viewer['grants']): readonly FormerSight[] =>
  grants.flatMap((grant) => (grant.type === 'shown' || grant.type === 'saw' ? [grant] : []))

/** Of an admin: it says nothing yet. */
export const withoutAdminMark = (grants: Viewer['grants']): Viewer['grants'] => withoutSights(grants).filter(({ type }) => type !== 'admin')

/** Whom this viewer was shown by name in a channel, and until which day. */
export const shownTo = ({ grants }: Pick<Viewer, 'grants'>): ReadonlyMap<PersonId, LocalDate> =>
  new Map(grants.flatMap((sight) => (sight.type === 'shown' ? [[sight.personId, sight.until] as const] : [])))

/** The same viewer as if no channel had named anybody to them. */
export const withoutShown = (viewer: Viewer): Viewer => ({ ...viewer, grants: viewer.grants.filter(({ type }) => type !== 'shown') })

/** Whether they are an admin no more, and were one on a day after `day`. */
export const wasAdminSince = ({ isAdmin, grants }: Viewer, day: LocalDate): boolean =>
  !isAdmin && grants.some(({ type, until }) => type === 'admin' && day < until)

/** The managers whose orgs this member views today; empty for everybody else. */
export const viewedOrgs = (viewer: Viewer, today: LocalDate): readonly PersonId[] =>
  rolesOn(viewer, today).flatMap((role) => (role.type === 'viewer' ? [role.orgOf] : []))

/** The people this member coaches by a role today, direct reports aside; empty for everybody else. */
export const coachedByRole = (viewer: Viewer, today: LocalDate): readonly PersonId[] =>
  rolesOn(viewer, today).flatMap((role) => (role.type === 'coach' ? [role.personId] : []))

/** What somebody saw by name after a day: `orgs`, the people below these, and `people`. */
export interface Sight {
  readonly orgs: ReadonlySet<PersonId>
  readonly people: ReadonlySet<PersonId>
}

/**
 * By what they had on some day after `day`, whoever they are now: what a guest, or one who left Gong's list, saw as a member they keep. More
 * than was theirs does no harm: it is asked only what not to show.
 */
export function sightSince({ person, ownIds = [], grants }: Viewer, day: LocalDate): Sight {
  const roles = grants.filter(({ until }) => until === undefined || day < until)
  const former = roles.flatMap((role) => (role.type === 'was' ? [role.personId] : []))
  const themselves = person === undefined ? former : [person.id, ...former]
  const viewed = roles.flatMap((role) => (role.type === 'viewer' ? [role.orgOf] : []))
  // Without a person of their own they were nobody's coach.
  const coached = themselves.length === 0 ? [] : roles.flatMap((role) => (role.type === 'coach' ? [role.personId] : []))
  const shown = roles.flatMap((role) => (role.type === 'shown' || role.type === 'saw' ? [role.personId] : []))
  // Who may be the same human is known to them by another user of theirs.
  return { orgs: new Set([...themselves, ...viewed]), people: new Set([...former, ...viewed, ...coached, ...shown, ...ownIds]) }
}

/** Everybody active whom this member sees by name without being an admin, themself included. */
export function seenByName(viewer: Viewer, chart: OrgChart, today: LocalDate): readonly PersonId[] {
  const self = viewer.person?.id
  const orgs = [...(self === undefined ? [] : [self]), ...viewedOrgs(viewer, today)]
  const ids = [...orgs.flatMap((id) => [id, ...chart.org(id).map((person) => person.id)]), ...coachedByRole(viewer, today)]
  return [...new Set(ids)].filter((personId) => maySee(viewer, { type: 'person', personId }, chart, today).allowed)
}

/** Decides whether `viewer` may see `subject`, and in which detail. `today` ends grants that have run out. */
export function maySee(viewer: Viewer, subject: Subject, chart: OrgChart, today: LocalDate): Verdict {
  if (viewer.standing !== 'member') return refuse(viewer.standing)
  if (viewer.isAdmin) return byName
  const orgs = viewedOrgs(viewer, today)
  if (viewer.person ? !viewer.person.active : orgs.length === 0) return refuse('unmatched')
  // Somebody from HR need not be in Gong to be a viewer; everything else rests on one's own place in the tree.
  const self = viewer.person?.id
  const leads = (id: PersonId): boolean => self !== undefined && chart.above(id).some((manager) => manager.id === self)
  const views = (id: PersonId): boolean =>
    orgs.length > 0 && (orgs.includes(id) || chart.above(id).some((manager) => orgs.includes(manager.id)))

  switch (subject.type) {
    case 'person':
      if (!chart.people.has(subject.personId)) return refuse('unknown-subject')
      if (subject.personId === self || leads(subject.personId) || views(subject.personId)) return byName
      return self !== undefined && coachedByRole(viewer, today).includes(subject.personId) ? byName : refuse('not-yours')
    case 'team':
    case 'org':
      if (!chart.people.has(subject.managerId)) return refuse('unknown-subject')
      if (subject.managerId === self || leads(subject.managerId) || views(subject.managerId)) return byName
      return subject.type === 'team' && self !== undefined && chart.managerAbove(self)?.id === subject.managerId
        ? medians
        : refuse('not-yours')
    case 'company':
      return refuse('not-yours')
  }
}
