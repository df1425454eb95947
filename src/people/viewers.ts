// Turns the Slack user of a signed request into a Viewer: standing, match in Gong, roles and admin right.

import { isKnownLocale, isKnownZone } from '../domain/known-zone.ts'
import type { ChannelOnlookers } from '../domain/onlookers.ts'
import type { PersonId } from '../domain/person.ts'
import { type Self, type Viewer, withoutAdminMark } from '../domain/policy.ts'
import { type Claims, claimantOf, claimsIn, type OwnIds, ownIdsOf } from '../domain/slack-claims.ts'
import { type SlackMember, standingOf } from '../domain/slack-member.ts'
import type { OrgChart } from '../domain/team.ts'
import { waited } from '../one-reading.ts'
import type { ChannelReaders, Directory } from '../slack-ports.ts'
import type { AccessStore } from '../store/people/access.ts'
import type { DirectoryStore } from '../store/people/directory.ts'
import type { PeopleStore } from '../store/people/people.ts'
import { type AdminNames, adminRule } from './admin-rule.ts'
import { onlookersOf } from './onlookers.ts'

/** A viewer with their language and zone. */
export interface LocalizedViewer {
  readonly viewer: Viewer
  /** BCP 47; `en-US` when Slack gives none. */
  readonly locale: string
  /** IANA zone from the Slack profile, else the company's. */
  readonly zone: string
  /** As searched for in Gong when there is no match; missing when Slack gives none. */
  readonly email?: string | undefined
}

export interface Viewers {
  readerOf(slackUserId: string): Promise<LocalizedViewer>
  personOfSlackUser(slackUserId: string): Promise<PersonId | undefined>
  slackUserOfPerson(personId: PersonId): Promise<string | undefined>
  /** Whoever in Gong carries this Slack user's own address, or is linked to them, and is no other Slack user: all their users, leavers too. */
  gongUsersOf(slackUserId: string): Promise<readonly PersonId[]>
  /** Who of a channel's readers sees others by name; of anybody where readers are not known. */
  onlookersOf(readers: Pick<ChannelReaders, 'isPrivate' | 'people'> | undefined): Promise<ChannelOnlookers>
  /** Everybody in Gong who has a Slack user, in one pass over the directory. */
  matched(): Promise<ReadonlySet<PersonId>>
  /** Slack ids of everybody who is an admin of the bot, for first contact and messages to admins. */
  admins(): Promise<readonly string[]>
}

const nobodyElse: OwnIds = { ownIds: [], unsureIds: [] }

/** Viewers over a store, as the running app and the command line use them. */
export const viewersOver = (
  store: { readonly directory: DirectoryStore; readonly access: AccessStore; readonly people: Pick<PeopleStore, 'chart'> },
  deps: Pick<ViewerDeps, 'directory' | 'adminNames' | 'slackAdminsAreAdmins' | 'zone'>,
): Viewers => createViewers({ ...deps, members: store.directory, access: store.access, chart: () => store.people.chart() })

interface ClaimsOfChart extends Claims {
  readonly chart: OrgChart
  readonly sameHumans: readonly (readonly PersonId[])[]
}

/** Nobody has more users in Gong: an address of more people is a mailbox. */
const usersAtMost = 4

/** Those who share an address or a link, each group once. */
const sameHumansOf = ({ shared }: Claims): ClaimsOfChart['sameHumans'] => {
  const few = [...shared.values()].filter(({ length }) => length <= usersAtMost)
  return [...new Map(few.map((ids) => [ids.toSorted().join(' '), ids])).values()]
}

interface ViewerDeps extends AdminNames {
  readonly directory: Pick<Directory, 'whoIs'>
  readonly members: Pick<DirectoryStore, 'findByEmail' | 'find' | 'all'>
  readonly chart: () => Promise<OrgChart>
  readonly access: Pick<AccessStore, 'grantsOf' | 'roleHolders' | 'shown' | 'shownAmong' | 'keepAdmin'>
  readonly zone: () => Promise<string>
}

export function createViewers(deps: ViewerDeps): Viewers {
  const isAdmin = adminRule(deps)
  let claims: ClaimsOfChart | undefined

  /** Rebuilt only when the chart changes: the store returns the same one until then. */
  async function claimsNow(): Promise<ClaimsOfChart> {
    const chart = await deps.chart()
    if (claims?.chart !== chart) {
      const made = claimsIn(chart.people.values())
      claims = { chart, ...made, sameHumans: sameHumansOf(made) }
    }
    return claims
  }

  /** Who somebody is with `facts` about them. Asked together they are one statement; Slack may take seconds, so they are asked again after it. */
  async function memberWith<Facts>(
    slackUserId: string,
    facts: () => Promise<Facts>,
  ): Promise<{ readonly member: SlackMember | undefined; readonly facts: Facts }> {
    const [known, beside] = await Promise.all([deps.members.find(slackUserId), facts()])
    if (known) return { member: known, facts: beside }
    const member = await deps.directory.whoIs(slackUserId)
    waited()
    return { member, facts: await facts() }
  }

  async function selvesOf(members: readonly Pick<SlackMember, 'slackUserId' | 'email'>[]): Promise<ReadonlyMap<string, Self>> {
    const now = await claimsNow()
    return new Map(
      members.map((member) => {
        const person = claimantOf(member, now)
        return [member.slackUserId, { personId: person?.id, ownIds: ownIdsOf(member, person, now).ownIds }]
      }),
    )
  }

  const viewers: Viewers = {
    async readerOf(slackUserId) {
      const { member, facts } = await memberWith(slackUserId, () =>
        Promise.all([claimsNow(), deps.access.grantsOf(slackUserId), deps.zone()]),
      )
      const [claimed, grants, companyZone] = facts
      const zone = member?.zone !== undefined && isKnownZone(member.zone) ? member.zone : companyZone
      const locale = member?.locale !== undefined && isKnownLocale(member.locale) ? member.locale : 'en-US'
      if (!member) return { viewer: { slackUserId, standing: 'outside', isAdmin: false, grants }, locale, zone }
      const standing = standingOf(member)
      const asAdmin = isAdmin(member)
      // Once they are none any more, it counts that they saw everybody.
      if (asAdmin) await deps.access.keepAdmin(slackUserId)
      const isMember = standing === 'member'
      const person = isMember ? claimantOf({ slackUserId, email: member.email }, claimed) : undefined
      const { ownIds, unsureIds } = isMember ? ownIdsOf({ slackUserId, email: member.email }, person, claimed) : nobodyElse
      const viewer: Viewer = {
        slackUserId,
        person,
        ...(ownIds.length > 0 && { ownIds }),
        ...(unsureIds.length > 0 && { unsureIds }),
        standing,
        isAdmin: asAdmin,
        grants: asAdmin ? withoutAdminMark(grants) : grants,
      }
      return { viewer, locale, zone, email: member.email }
    },
    async personOfSlackUser(slackUserId) {
      const { member, facts: claimed } = await memberWith(slackUserId, claimsNow)
      return claimantOf({ slackUserId, email: member?.email }, claimed)?.id
    },
    async slackUserOfPerson(personId) {
      const now = await claimsNow()
      const person = now.chart.people.get(personId)
      if (!person) return undefined
      if (person.slackUserId !== undefined) {
        return claimantOf({ slackUserId: person.slackUserId }, now)?.id === personId ? person.slackUserId : undefined
      }
      for (const email of person.emails) {
        const member = await deps.members.findByEmail(email)
        if (member && !member.deleted && claimantOf(member, now)?.id === personId) return member.slackUserId
      }
      return undefined
    },
    async gongUsersOf(slackUserId) {
      const { member, facts: claimed } = await memberWith(slackUserId, claimsNow)
      const { ownIds } = ownIdsOf({ slackUserId, email: member?.email }, undefined, claimed)
      const users = await Promise.all(ownIds.map(viewers.slackUserOfPerson))
      return ownIds.filter((_id, index) => users[index] === undefined || users[index] === slackUserId)
    },
    async matched() {
      const [members, now] = [await deps.members.all(), await claimsNow()]
      return new Set(members.flatMap((member) => (standingOf(member) === 'outside' ? [] : (claimantOf(member, now)?.id ?? []))))
    },
    async admins() {
      return (await deps.members.all()).filter(isAdmin).map((member) => member.slackUserId)
    },
    onlookersOf: (readers) =>
      onlookersOf(readers, {
        ...deps,
        selvesOf,
        sameHumans: async () => (await claimsNow()).sameHumans,
        viewerOf: async (id) => (await viewers.readerOf(id)).viewer,
      }),
  }
  return viewers
}
