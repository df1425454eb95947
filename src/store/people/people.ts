// People as last fetched from Gong or PEOPLE_FILE, with local corrections (an admin's link or move) laid over them. Corrections survive
// refreshes; leavers keep their rows.

import { eq, sql } from 'drizzle-orm'
import type { Clock } from '../../clock.ts'
import type { AccessRecord } from '../../domain/access-record.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import { type Claims, claimsIn } from '../../domain/slack-claims.ts'
import type { OrgChart } from '../../domain/team.ts'
import { forEachYielding } from '../../yielding.ts'
import { type CompanyFactsNow, valueKey } from '../company-facts.ts'
import { withAcceptedRows } from '../database/accepted-rows.ts'
import type { Database } from '../database/database.ts'
import { people, personCorrections } from '../schema/people.ts'
import { writeSetting } from '../tenant.ts'
import { changeTree, inTurn } from './change-tree.ts'
import { type DeletedRows, deleteTraces } from './forget.ts'
import type { Forgotten, LeftOut } from './forgotten.ts'
import { keepSightThrough } from './forgotten-between.ts'
import { keepForgottenPlaces } from './forgotten-places.ts'
import { keepFormerMatches } from './former-matches.ts'
import { keepFormerNames } from './former-names.ts'
import { linkedBefore, namesIn, slackUsersIn } from './own-slack-users.ts'
import { dayAnywhere, readChart } from './read-chart.ts'
import { recordIn } from './stored-with.ts'

export interface FetchedPeople {
  readonly readAt: Date
  /** Local date that newcomers are dated with. */
  readonly seenOn: string
  /** False when records of the list could not be read: then nobody counts as absent. Whole unless given. */
  readonly isWhole?: boolean | undefined
  /** Which version of PEOPLE_FILE is laid over it; what was known stays unless given. */
  readonly fetchedWith?: string | undefined
}

export const fetchedWithSetting = 'people-fetched-with'

export interface ChangedLinks {
  /** Others who were linked to the Slack user, by an admin or `PEOPLE_FILE`. */
  readonly ended: readonly PersonId[]
  /** Links of `PEOPLE_FILE` that hold because an admin's is gone: of the Slack user it was to, or of the person. */
  readonly again: readonly { readonly personId: PersonId; readonly slackUserId: string }[]
}

export interface PeopleStore {
  /** Replaces what Gong said: people missing from a whole read become inactive; nobody is deleted but who is forgotten and still there. Returns those the database refused: they keep their last row. */
  replaceAll(people: readonly Person[], read: FetchedPeople): Promise<readonly PersonId[]>
  /** Everybody with corrections laid over. Cached until the people version changes. */
  chart(): Promise<OrgChart>
  readAt(): Promise<Date | undefined>
  /** As given with the people that are stored. */
  fetchedWith(): Promise<string | undefined>
  /**
   * An admin's corrections; `null` takes one back. Of people who were forgotten meanwhile nothing is kept. A link ends those of the same Slack
   * user to others: of two links neither would hold. `records`: what the access log says of it, stored with it or not at all.
   */
  link(personId: PersonId, slackUserId: string | null, records?: (links: ChangedLinks) => readonly AccessRecord[]): Promise<ChangedLinks>
  move(personId: PersonId, managerId: PersonId | null, records?: readonly AccessRecord[]): Promise<void>
  /** The Slack users whom admins linked, by person. */
  links(): Promise<ReadonlyMap<PersonId, string>>
  /** Who was linked to one of these Slack users at any time, as far as `PEOPLE_FILE` and the access log say. */
  linkedBefore(slackUserIds: readonly string[]): Promise<ReadonlySet<PersonId>>
  /** Those of these Gong or Slack ids that were forgotten: nothing that names them is stored. */
  forgottenAmong(ids: readonly string[]): Promise<ReadonlySet<string>>
  /**
   * Deletes a person's rows everywhere, those of their Slack users included, and remembers keyed hashes so the next sync leaves them out.
   * `unsure`: active Slack users they were linked to once, or with the address of one, which are kept because nothing says that they are theirs.
   */
  forget(personId: PersonId, key: string): Promise<{ readonly rows: DeletedRows; readonly unsure: readonly string[] }>
  /** The same of who is in Slack alone. */
  forgetSlackUsers(slackUserIds: readonly string[], key: string): Promise<DeletedRows>
}

export function createPeopleStore(db: Database, forgotten: Forgotten, clock: Clock, facts: CompanyFactsNow): PeopleStore {
  const versionNow = async () => (await facts()).versions.get('people')
  let cached: { readonly version: number; readonly chart: Promise<OrgChart> } | undefined

  function correct(
    personId: PersonId,
    correction: { slackUserId?: string | null; managerId?: PersonId | null },
    records: (links: ChangedLinks) => readonly AccessRecord[] = () => [],
  ): Promise<ChangedLinks> {
    return db.transaction(async (tx) => {
      await inTurn(tx)
      const leftOut = await forgotten.gate(tx)
      if ([personId, correction.slackUserId, correction.managerId].some((id) => id && leftOut(id))) return { ended: [], again: [] }
      const { before, after } = await changeTree(tx, { until: dayAnywhere(clock) }, async () => {
        if (correction.slackUserId)
          await tx.update(personCorrections).set({ slackUserId: null }).where(eq(personCorrections.slackUserId, correction.slackUserId))
        await tx
          .insert(personCorrections)
          .values({ personId, ...correction })
          .onConflictDoUpdate({ target: personCorrections.personId, set: correction })
      })
      if (correction.slackUserId !== undefined) await keepFormerMatches(tx, claimsOf(before), claimsOf(after), dayAnywhere(clock))
      const links = changedLinks(personId, correction.slackUserId, before, after)
      await recordIn(tx, records(links), leftOut)
      return links
    })
  }

  async function forgetIn(tx: Database, personId: PersonId, key: string, chart?: OrgChart) {
    // Whoever stands elsewhere now, because a manager is gone, stays where they were in weeks that have ended.
    const { result, after } = await changeTree(tx, { until: dayAnywhere(clock), ...(chart && { before: chart }) }, async (before) => {
      await forgotten.remember(tx, personId, key)
      await keepForgottenPlaces(tx, personId, before, dayAnywhere(clock))
      await keepSightThrough(tx, personId, before, dayAnywhere(clock))
      const { own, unsure } = await slackUsersIn(tx, personId, before)
      const rows = await deleteTraces(tx, { personId, slackUserIds: own, names: await namesIn(tx, own, before.people.get(personId)) })
      return { own, unsure, rows }
    })
    for (const slackUserId of result.own) await forgotten.remember(tx, slackUserId, key)
    return { ...result, after }
  }

  /** Whoever is forgotten and there all the same goes first: versions before this one could bring them back. */
  async function chartWithout(tx: Database, leftOut: LeftOut): Promise<OrgChart> {
    let chart = await readChart(tx)
    for (const id of [...chart.people.keys()].filter(leftOut)) chart = (await forgetIn(tx, id, '', chart)).after
    return chart
  }

  return {
    async replaceAll(everybody, { readAt, seenOn, isWhole = true, fetchedWith }) {
      const prepared = await forgotten.prepared((leftOut) => toKeep(everybody, leftOut))
      return withAcceptedRows(db, async (tx, writeAccepted) => {
        // The version row is written first: it makes replicas that read at the same moment take turns.
        await inTurn(tx, { readAt })
        if (fetchedWith !== undefined) await writeSetting(tx, fetchedWithSetting, fetchedWith)
        const { kept, leftOut } = await prepared(tx)
        const ids = kept.map((person) => person.id)
        const changes = { until: seenOn, before: await chartWithout(tx, leftOut) }
        const {
          result: refused,
          before,
          after,
        } = await changeTree(tx, changes, async (chart) => {
          // On the very first read everybody would be a newcomer; nobody is.
          const newcomer = chart.people.size > 0 ? seenOn : null
          if (isWhole)
            await tx
              .update(people)
              .set({ active: false })
              .where(sql`${people.id} <> ALL(${sql.param(ids)}::text[])`)
          return writeAccepted(kept, (inside, json) =>
            inside.execute(sql`WITH given AS (SELECT * FROM jsonb_to_recordset(${json}::jsonb) AS given(id text, name text, emails jsonb,
              title text, "managerId" text, active boolean, since date, "slackUserId" text)),
            former AS (${keepFormerNames(sql`SELECT known.id, known.name FROM people AS known JOIN given USING (id) WHERE known.name <> given.name`, readAt)})
            INSERT INTO people (id, name, emails, title, manager_id, active, since, slack_user_id)
            SELECT given.id, given.name, given.emails, given.title, given."managerId", given.active,
              coalesce(given.since, CASE WHEN known.id IS NULL THEN ${newcomer}::date END), given."slackUserId"
            FROM given LEFT JOIN people AS known ON known.id = given.id
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, emails = excluded.emails, title = excluded.title,
              manager_id = excluded.manager_id, active = excluded.active, slack_user_id = excluded.slack_user_id,
              since = least(people.since, excluded.since)`),
          )
        })
        if (before.people.size > 0) await keepFormerMatches(tx, claimsOf(before), claimsOf(after), dayAnywhere(clock))
        return refused.map(({ id }) => id)
      })
    },
    async chart() {
      const version = (await versionNow())?.value ?? 0
      if (cached?.version !== version) {
        const chart = readChart(db, version)
        cached = { version, chart }
        chart.catch(() => {
          if (cached?.chart === chart) cached = undefined
        })
      }
      return cached.chart
    },
    readAt: async () => (await versionNow())?.readAt,
    fetchedWith: async () => (await facts()).values.get(valueKey({ space: 'setting', key: fetchedWithSetting })),
    link: (personId, slackUserId, records) => correct(personId, { slackUserId }, records),
    async move(personId, managerId, records) {
      await correct(personId, { managerId }, records && (() => records))
    },
    async links() {
      const rows = await db.select().from(personCorrections).orderBy(personCorrections.personId)
      return new Map(rows.flatMap(({ personId, slackUserId }) => (slackUserId === null ? [] : [[personId, slackUserId] as const])))
    },
    linkedBefore: (slackUserIds) => linkedBefore(db, slackUserIds),
    async forgottenAmong(ids) {
      const leftOut = await forgotten.gate()
      return new Set(ids.filter((id) => leftOut(id)))
    },
    forget: (personId, key) =>
      db.transaction(async (tx) => {
        await inTurn(tx)
        const { rows, unsure } = await forgetIn(tx, personId, key)
        return { rows, unsure }
      }),
    forgetSlackUsers: (slackUserIds, key) =>
      db.transaction(async (tx) => {
        await inTurn(tx)
        for (const slackUserId of slackUserIds) await forgotten.remember(tx, slackUserId, key)
        return deleteTraces(tx, { slackUserIds, names: await namesIn(tx, slackUserIds) })
      }),
  }
}

const claimsOf = (chart: OrgChart): Claims => claimsIn(chart.people.values())

/** Everybody once, without forgotten people; Gong still calls them somebody's manager, and that id must not come back either. */
async function toKeep(
  everybody: readonly Person[],
  leftOut: LeftOut,
): Promise<{ readonly kept: readonly Person[]; readonly leftOut: LeftOut }> {
  const byId = new Map<PersonId, Person>()
  await forEachYielding(everybody, (given) => {
    const { managerId, ...person } = given
    if (!leftOut(person.id)) byId.set(person.id, managerId !== undefined && leftOut(managerId) ? person : given)
  })
  return { kept: [...byId.values()], leftOut }
}

/** What a link of this person changed about others, and the links of `PEOPLE_FILE` that hold again since. */
function changedLinks(personId: PersonId, slackUserId: string | null | undefined, before: OrgChart, after: OrgChart): ChangedLinks {
  const linkedBefore = (id: PersonId) => before.people.get(id)?.slackUserId
  const changed = [...after.people.values()].filter((person) => person.slackUserId !== linkedBefore(person.id))
  const ended = changed.filter(({ id }) => id !== personId && slackUserId && linkedBefore(id) === slackUserId).map(({ id }) => id)
  const again = changed.flatMap(({ id, slackUserId: now }) =>
    now === undefined || (id === personId && now === slackUserId) ? [] : { personId: id, slackUserId: now },
  )
  return { ended, again }
}
