// Whom a Slack user was in Gong, once a link, an address or a standing made them somebody else or nobody: what they read as that person they
// keep, so statistics count it as seen. Only a change is kept, apart from the roles. Written in the transaction that changes people or
// directory.
import { type SQL, sql } from 'drizzle-orm'
import type { LocalDate } from '../../domain/period.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import { type Claims, claimantOf } from '../../domain/slack-claims.ts'
import { type SlackMember, standingOf } from '../../domain/slack-member.ts'
import type { OrgChart } from '../../domain/team.ts'
import { type Database, inChunks, present, rowsOf } from '../database/database.ts'
import type { StoredWith } from './stored-with.ts'

export type Matched = Pick<SlackMember, 'slackUserId' | 'email' | 'isBot' | 'isGuest' | 'isOutside' | 'deleted'>

/** A member at one moment, and who claimed whom then. */
interface Moment {
  readonly member: Matched | undefined
  readonly claims: Claims
}

/** After people changed: asks for those members alone whose match may be another. */
export async function keepFormerMatches(tx: Database, before: Claims, after: Claims, until: LocalDate): Promise<void> {
  const ids = changedKeys(before.bySlackId, after.bySlackId)
  const emails = changedKeys(before.byEmail, after.byEmail)
  if (ids.length + emails.length === 0) return
  const members = await membersWhere(
    tx,
    sql`slack_user_id = ANY(${sql.param(ids)}::text[]) OR lower(email) = ANY(${sql.param(emails)}::text[])`,
  )
  const known = new Set(members.map(({ slackUserId }) => slackUserId))
  // A link may be to somebody whom the directory does not know yet.
  const strangers = ids.filter((id) => !known.has(id)).map((slackUserId) => ({ slackUserId, ...fullMember }))
  const changes = [...members, ...strangers].map((member) => changeOf({ member, claims: before }, { member, claims: after }))
  await keepEnded(tx, changes, until)
}

/** After the directory changed. */
export async function keepMatchesOfMembers(
  tx: Database,
  before: readonly Matched[],
  after: ReadonlyMap<string, Matched>,
  claims: Claims,
  until: LocalDate,
): Promise<void> {
  const changes = before.map((member) => changeOf({ member, claims }, { member: after.get(member.slackUserId), claims }))
  await keepEnded(tx, changes, until)
}

/** Members as far as they decide who somebody is. */
export const matchedIn = (tx: Database): Promise<readonly Matched[]> => membersWhere(tx, sql`true`)

/** The same of one, whom nobody else changes until the transaction ends. */
export const matchedOne = async (tx: Database, slackUserId: string): Promise<Matched | undefined> =>
  (await membersWhere(tx, sql`slack_user_id = ${slackUserId} FOR UPDATE`))[0]

/** Whom another address makes somebody else in Gong; whoever it makes nobody is left out. */
export interface ChangedMatch {
  readonly slackUserId: string
  readonly was: PersonId | undefined
  readonly is: PersonId
}

/** What is stored with such changes. */
export interface AboutMatches {
  /** Who may have to hear of it: those with one of these Slack ids or addresses, in small letters, and Slack's admins where they count. */
  readonly listeners: { readonly names: readonly string[]; readonly slackAdmins: boolean }
  /** Called again where the write is tried again. `listeners`: as they are then. */
  tell(
    changes: readonly ChangedMatch[],
    company: { readonly people: OrgChart['people']; readonly listeners: readonly SlackMember[] },
  ): StoredWith
}

export const changedMatches = (before: readonly Matched[], after: ReadonlyMap<string, Matched>, claims: Claims): readonly ChangedMatch[] =>
  before.flatMap((member) => {
    const { slackUserId } = member
    const now = after.get(slackUserId)
    if (!now || now.email === member.email) return []
    const [was, is] = [member, now].map((each) => matchIn({ member: each, claims }))
    return is === undefined || is === was ? [] : [{ slackUserId, was, is }]
  })

export const isAnother = (was: Matched, is: Matched | undefined): boolean =>
  is === undefined || was.email !== is.email?.toLowerCase() || standingOf(was) !== standingOf(is)

const fullMember = { isBot: false, isGuest: false, isOutside: false, deleted: false }

const membersWhere = async (tx: Database, where: SQL): Promise<readonly Matched[]> => {
  const rows = await rowsOf<Matched & { readonly email: string | null }>(
    tx,
    sql`SELECT slack_user_id AS "slackUserId", lower(email) AS email, is_bot AS "isBot", is_guest AS "isGuest", is_outside AS "isOutside", deleted
      FROM slack_members WHERE ${where}`,
  )
  return rows.map((row) => present(row))
}

/** Keys that lead to another person, or to one whom a link makes somebody else. */
function changedKeys(before: Claims['byEmail'], after: Claims['byEmail']): readonly string[] {
  const of = (claim: Person | 'several' | undefined): string =>
    claim === undefined || claim === 'several' ? '' : `${claim.id} ${claim.slackUserId ?? ''}`
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => of(before.get(key)) !== of(after.get(key)))
}

interface Change {
  readonly slackUserId: string
  readonly was: PersonId | undefined
  readonly is: PersonId | undefined
}

const matchIn = ({ member, claims }: Moment): PersonId | undefined =>
  member && standingOf(member) === 'member' ? claimantOf(member, claims)?.id : undefined

const changeOf = (before: Moment & { readonly member: Matched }, after: Moment): Change => ({
  slackUserId: before.member.slackUserId,
  was: matchIn(before),
  is: matchIn(after),
})

/** Whoever is somebody again was it all the time, as far as anybody asks. */
async function keepEnded(tx: Database, changes: readonly Change[], until: LocalDate): Promise<void> {
  const changed = changes.filter(({ was, is }) => was !== is)
  await inChunks(changed, async (json) => {
    const given = sql`jsonb_to_recordset(${json}::jsonb) AS given("slackUserId" text, was text, "is" text)`
    await tx.execute(sql`DELETE FROM former_standings AS kept USING ${given}
      WHERE kept.type = 'was' AND kept.slack_user_id = given."slackUserId" AND kept.person_id = given."is"`)
    await tx.execute(sql`INSERT INTO former_standings AS kept (slack_user_id, type, person_id, until)
      SELECT "slackUserId", 'was', was, ${until}::date FROM ${given} WHERE was IS NOT NULL
      ON CONFLICT (slack_user_id, type, person_id) DO UPDATE SET until = greatest(kept.until, excluded.until)`)
  })
}
