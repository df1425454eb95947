// Figures as they were shown without names. Whoever saw a group's figure before and after one late call could subtract: so whoever is about
// to show one says of whom, and from then on a figure that changes is kept beside the newer one until statistics release it. Decides
// nothing about who is enough.
import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { ActivityCounters, AnsweredScorecard, InteractionFigures } from '../../domain/gong-figures.ts'
import { type Period, periodKey } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { HeldBack, HeldRow, Reads, ShownGroup, ShownKind } from '../../domain/reads.ts'
import { PeopleChanged } from '../../errors.ts'
import { oneAtATime } from '../../one-at-a-time.ts'
import { readAnew, waited } from '../../one-reading.ts'
import { type WriteInTransaction, withAcceptedRows } from '../database/accepted-rows.ts'
import { type AskRows, batched, type JoinedQueries } from '../database/batch.ts'
import { type Database, rowsOf } from '../database/database.ts'
import type { Forgotten } from '../people/forgotten.ts'

/** The kinds of stored figures; a window's kind or `scorecards`. */
export type HeldKind = 'interaction' | 'activity' | 'scorecards'

export const kindsOf: Readonly<Record<ShownKind, readonly HeldKind[]>> = {
  figures: ['interaction', 'activity'],
  scorecards: ['scorecards'],
}

/** Groups known to be stored; one that fell out is stored again, which changes nothing. */
const rememberedAtMost = 20_000

export type ShownStore = Pick<Reads, 'showing' | 'heldBack'>

export function createShownStore(db: Database, forgotten: Forgotten, queries: JoinedQueries): ShownStore {
  const remembered = new Set<string>()
  const store = batched(async (given: readonly StoredGroup[]) => {
    await storeGroups(db, forgotten, [...new Map(given.map((group) => [group.key, group])).values()])
    if (remembered.size > rememberedAtMost) remembered.clear()
    for (const { key } of given) remembered.add(key)
    return given
  })
  const held = batched((questions: readonly HeldQuestion[]) => readHeld(queries.for(questions.length), questions))
  return {
    async showing(kind, groups) {
      // What was read before it is stored who is shown could be replaced in between without being held back.
      readAnew()
      const unknown = groups
        .map((group) => storedGroup(kind, group))
        .filter(({ key, personIds }) => personIds.length > 0 && !remembered.has(key))
      if (unknown.length === 0) return
      await Promise.all(unknown.map(store))
      waited()
    },
    async heldBack(kind, period, peopleVersion) {
      const found = await held({ kind, period })
      if (found.peopleVersion !== peopleVersion) throw new PeopleChanged()
      return found.held
    },
  }
}

interface StoredGroup extends ShownGroup {
  readonly kind: ShownKind
  readonly key: string
}

function storedGroup(kind: ShownKind, { period, personIds }: ShownGroup): StoredGroup {
  return { kind, period, personIds, key: `${kind} ${periodKey(period)} ${keyOf(personIds)}` }
}

/** It lies beside the ids it is made of, so it reveals nothing; whoever is forgotten leaves both. */
const keyOf = (personIds: readonly PersonId[]): string =>
  createHash('sha256').update(JSON.stringify(personIds.toSorted())).digest('base64url').slice(0, 22)

/** Waits for whoever is replacing figures of these kinds: read afterwards, they are those after which changes are held back. */
async function storeGroups(db: Database, forgotten: Forgotten, groups: readonly StoredGroup[]): Promise<void> {
  const kinds = [...new Set(groups.map(({ kind }) => kind))].toSorted()
  await db.transaction(async (tx) => {
    // Somebody may have been forgotten since the question began.
    const leftOut = await forgotten.gate(tx)
    for (const kind of kinds) await takeTurn(tx, kind, 'to show')
    const given = groups.map(({ kind, period, personIds }) => {
      const people = personIds.filter((id) => !leftOut(id))
      return { kind, ...period, peopleKey: keyOf(people), people }
    })
    await tx.execute(sql`INSERT INTO shown_groups (kind, period_from, period_to, people_key, people)
      SELECT kind, "from", "to", "peopleKey", people
      FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS given(kind text, "from" date, "to" date, "peopleKey" text, people jsonb)
      ON CONFLICT DO NOTHING`)
  })
}

/**
 * Replaces figures that may be shown without names, one answer after the other: each takes the turn below, and several of a large company
 * end at one moment. Waiting for each other in the database they would keep connections, and give up after some seconds.
 */
export function replacingInTurn(db: Database): <Result>(work: WriteInTransaction<Result>) => Promise<Result> {
  const inTurn = oneAtATime()
  return (work) => inTurn(() => withAcceptedRows(db, work))
}

/** Less than others wait for a lock: whoever waits for a process that fell silent has its turn, and is not sent away. */
const silentTurnMs = 8_000

/**
 * Until the transaction ends nobody else changes figures of this kind, or begins to show some. Any number begin to show some at the same
 * time: a person waits for whoever changes figures, not for another person.
 */
export async function takeTurn(tx: Database, kind: ShownKind, to: 'to show' | 'to change'): Promise<void> {
  const lock = sql.raw(to === 'to show' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock')
  await tx.execute(sql`SELECT set_config('idle_in_transaction_session_timeout', ${String(silentTurnMs)}, true),
    ${lock}(hashtext(${`shown without names: ${kind}`}))`)
}

interface HeldQuestion {
  readonly kind: ShownKind
  readonly period: Period
}

/** The version of the people comes with what is held back: both are of one moment, after the figures were read. */
interface FoundHeld {
  readonly held: HeldBack
  readonly peopleVersion: number
}

type PeriodRow = KeptRow & { readonly from: string; readonly to: string }

async function readHeld(ask: AskRows, questions: readonly HeldQuestion[]): Promise<readonly FoundHeld[]> {
  const periods = [...new Map(questions.map(({ period }) => [periodKey(period), period])).values()]
  const [found] = await ask<{ readonly peopleVersion: number; readonly rows: readonly PeriodRow[] | null }>(
    sql`SELECT versions.value AS "peopleVersion", (SELECT json_agg(json_build_object('kind', held.kind, 'from', held.period_from, 'to', held.period_to,
        'personId', held.person_id, 'figures', held.figures))
      FROM held_figures AS held JOIN jsonb_to_recordset(${JSON.stringify(periods)}::jsonb) AS asked("from" date, "to" date)
        ON held.period_from = asked."from" AND held.period_to = asked."to") AS rows
      FROM versions WHERE versions.name = 'people'`,
  )
  const byKey = Map.groupBy(found?.rows ?? [], ({ kind, from, to }) => `${kind} ${periodKey({ from, to })}`)
  const peopleVersion = found?.peopleVersion ?? 0
  return questions.map(({ kind, period }) => ({
    held: heldOf(kindsOf[kind].flatMap((each) => byKey.get(`${each} ${periodKey(period)}`) ?? [])),
    peopleVersion,
  }))
}

/** One person's record of one kind, as stored. */
export interface KeptRow {
  readonly kind: HeldKind
  readonly personId: PersonId
  readonly figures: unknown
}

export function heldOf(rows: readonly KeptRow[]): HeldBack {
  const of = (wanted: HeldKind): ReadonlyMap<PersonId, never> =>
    new Map(rows.filter(({ kind }) => kind === wanted).map(({ personId, figures }) => [personId, figures as never]))
  const cards: ReadonlyMap<PersonId, readonly (Omit<AnsweredScorecard, 'answeredAt'> & { readonly answeredAt: string })[]> =
    of('scorecards')
  return {
    interaction: of('interaction') satisfies ReadonlyMap<PersonId, HeldRow<InteractionFigures>>,
    activity: of('activity') satisfies ReadonlyMap<PersonId, HeldRow<ActivityCounters>>,
    scorecards: new Map([...cards].map(([id, own]) => [id, own.map((card) => ({ ...card, answeredAt: new Date(card.answeredAt) }))])),
  }
}

/** Groups shown of periods that touch this one. Inside the transaction that replaces figures, before it reads them. */
export async function groupsShown(tx: Database, kind: ShownKind, touching: Period): Promise<readonly ShownGroup[]> {
  await takeTurn(tx, kind, 'to change')
  const rows = await rowsOf<{ readonly from: string; readonly to: string; readonly people: readonly PersonId[] }>(
    tx,
    sql`SELECT period_from::text AS "from", period_to::text AS "to", people FROM shown_groups
      WHERE kind = ${kind} AND period_from < ${touching.to}::date AND period_to > ${touching.from}::date`,
  )
  const byPeriod = Map.groupBy(rows, ({ from, to }) => periodKey({ from, to }))
  return [...byPeriod.values()].flatMap((groups) => {
    const [first] = groups
    return first ? { period: { from: first.from, to: first.to }, personIds: [...new Set(groups.flatMap(({ people }) => people))] } : []
  })
}

/** What people's figures of one period were and are, as text; whoever was never read then has none. */
export type FiguresOf = ReadonlyMap<PersonId, string>

/** Keeps what changed as it was, unless an earlier state of it is kept already. */
export async function holdBack(tx: Database, kind: HeldKind, period: Period, before: FiguresOf, after: FiguresOf): Promise<void> {
  const changed = [...before].flatMap(([personId, figures]) => (after.get(personId) === figures ? [] : { personId, figures }))
  if (changed.length === 0) return
  await tx.execute(sql`INSERT INTO held_figures (kind, period_from, period_to, person_id, figures)
    SELECT ${kind}, ${period.from}::date, ${period.to}::date, "personId", figures::jsonb
    FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS given("personId" text, figures text)
    ON CONFLICT DO NOTHING`)
}
