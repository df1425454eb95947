// Which person in Gong a Slack user is: by a link, else by an e-mail address. If two people claim one Slack user, neither is matched: guessing
// would show one of them the other's figures. Pure.
import type { Person, PersonId } from './person.ts'
import type { SlackMember } from './slack-member.ts'

type Claim = Person | 'several'

export interface Claims {
  readonly bySlackId: ReadonlyMap<string, Claim>
  readonly byEmail: ReadonlyMap<string, Claim>
  /** Everybody who carries an address, or is linked to a Slack id, that others do too. */
  readonly shared: ReadonlyMap<string, readonly PersonId[]>
}

/** Who claims which Slack id and which address. Active people come before leavers; two of the same kind cancel each other out. */
export function claimsIn(everybody: Iterable<Person>): Claims {
  const bySlackId = new Map<string, Claim>()
  const byEmail = new Map<string, Claim>()
  const shared = new Map<string, PersonId[]>()
  const claim = (map: Map<string, Claim>, key: string, person: Person) => {
    const other = map.get(key)
    if (other === undefined) {
      map.set(key, person)
      return
    }
    const sharing = shared.get(key)
    if (sharing) sharing.push(person.id)
    else if (other !== 'several') shared.set(key, [other.id, person.id])
    if (other !== 'several' && other.active === person.active) map.set(key, 'several')
  }
  const people = [...everybody].toSorted((a, b) => Number(b.active) - Number(a.active))
  for (const person of people) {
    if (person.slackUserId !== undefined) claim(bySlackId, person.slackUserId, person)
    for (const email of new Set(person.emails.map((each) => each.toLowerCase()))) claim(byEmail, email, person)
  }
  return { bySlackId, byEmail, shared }
}

export function claimantOf(
  { slackUserId, email }: Pick<SlackMember, 'slackUserId' | 'email'>,
  { bySlackId, byEmail }: Claims,
): Person | undefined {
  const linked = bySlackId.get(slackUserId)
  if (linked) return linked === 'several' ? undefined : linked
  const claim = email === undefined ? undefined : byEmail.get(email.toLowerCase())
  // Somebody linked to another Slack user is that user, whatever the address says.
  return claim === undefined || claim === 'several' || claim.slackUserId !== undefined ? undefined : claim
}

/** Who else in Gong may be the same human, active or not. */
export interface OwnIds {
  readonly ownIds: readonly PersonId[]
  /** Those of them who may as well be a colleague of one mailbox: no address or link leads to them alone. */
  readonly unsureIds: readonly PersonId[]
}

/**
 * Whoever carries the Slack user's address or one of the matched person's, or is linked to the Slack user too. `person`: whom they are matched
 * to.
 */
export function ownIdsOf(
  { slackUserId, email }: Pick<SlackMember, 'slackUserId' | 'email'>,
  person: Person | undefined,
  { bySlackId, byEmail, shared }: Claims,
): OwnIds {
  const addresses = [...(email === undefined ? [] : [email]), ...(person?.emails ?? [])].map((each) => each.toLowerCase())
  const idsOf = (key: string, claim: Claim | undefined): readonly PersonId[] =>
    shared.get(key) ?? (claim === undefined || claim === 'several' ? [] : [claim.id])
  const ids = [idsOf(slackUserId, bySlackId.get(slackUserId)), ...addresses.map((each) => idsOf(each, byEmail.get(each)))]
  const sure = new Set(ids.filter(({ length }) => length === 1).flat())
  const ownIds = [...new Set(ids.flat())].filter((id) => id !== person?.id)
  return { ownIds, unsureIds: ownIds.filter((id) => !sure.has(id)) }
}

export type KnownMember = Pick<SlackMember, 'slackUserId' | 'name' | 'email' | 'deleted'>

/** Slack ids by whose they are. */
export interface OwnSlackUsers {
  /** This person's and nobody else's, deactivated and former ones included. */
  readonly own: readonly string[]
  /** Active, and linked to the person once or with the address of one that was, and nobody's: perhaps a link that was put right. */
  readonly unsure: readonly string[]
}

/**
 * Every Slack user of a person: who they are linked to, and who carries an address of theirs or of that user, as long as nobody else claims
 * them. One they were linked to before is theirs only while it is no active member: a colleague may bear the same name.
 */
export function ownSlackUsers(
  person: Person,
  members: readonly KnownMember[],
  linkedBefore: readonly string[],
  { bySlackId, byEmail }: Claims,
): OwnSlackUsers {
  const isAnothers = (claim: Claim | undefined): boolean => claim !== undefined && claim !== 'several' && claim.id !== person.id
  const isTheirsOrNobodys = (claim: Claim | undefined): boolean => claim === undefined || (claim !== 'several' && claim.id === person.id)
  const emailOf = (member: KnownMember | undefined): string => member?.email?.toLowerCase() ?? ''
  const known = new Map(members.map((member) => [member.slackUserId, member]))
  const isFree = (slackUserId: string): boolean =>
    isTheirsOrNobodys(bySlackId.get(slackUserId)) && isTheirsOrNobodys(byEmail.get(emailOf(known.get(slackUserId))))

  const { slackUserId: linkedNow } = person
  const linked = linkedNow === undefined || isAnothers(bySlackId.get(linkedNow)) ? [] : [linkedNow]
  const former = linkedBefore.filter((id) => id !== linkedNow && isFree(id))
  const isActive = (id: string): boolean => known.get(id)?.deleted === false
  const addressesOf = (ids: readonly string[]): readonly string[] => ids.map((id) => emailOf(known.get(id))).filter((email) => email !== '')
  const theirs = new Set([...person.emails.map((email) => email.toLowerCase()), ...addressesOf(linked)])
  const once = new Set(addressesOf(former.filter((id) => !isActive(id))))
  const free = members.filter((member) => isFree(member.slackUserId))
  const byAddress = free.filter((member) => theirs.has(emailOf(member))).map(({ slackUserId }) => slackUserId)
  const perhaps = [...former, ...free.filter((member) => once.has(emailOf(member))).map(({ slackUserId }) => slackUserId)]
  const own = new Set([...linked, ...byAddress, ...perhaps.filter((id) => !isActive(id))])
  return { own: [...own], unsure: [...new Set(perhaps)].filter((id) => !own.has(id)) }
}
