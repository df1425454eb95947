// Lets newer figures be shown without names in place of those shown before, which are kept: readers keep them too. Exactly those that
// somebody judged: what was stored or released since they were read is not judged, and stays held back. Decides nothing about who is enough.
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'drizzle-orm'
import type { Period } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { HeldBack, Reads, ShownKind } from '../../domain/reads.ts'
import { type Database, rowsOf } from '../database/database.ts'
import { type FiguresOf, type HeldKind, heldOf, type KeptRow, kindsOf, takeTurn } from './as-shown.ts'
import type { RecordReads } from './record-reads.ts'
import { asText, cardsShown } from './records.ts'
import { figuresNow } from './windows.ts'

type CardsIn = (tx: Database) => RecordReads

/** `cards`: asked before each transaction, gives what reads cards inside it. */
export function createRelease(db: Database, cards: () => Promise<CardsIn>): Pick<Reads, 'release' | 'replacedBefore'> {
  return {
    async release(kind, period, { shown, now, releasesBefore }) {
      const cardsIn = await cards()
      return db.transaction(async (tx) => {
        // Whoever replaces figures of this kind waits until this one is done.
        await takeTurn(tx, kind, 'to change')
        if ((await replaced(tx, kind, period)).length !== releasesBefore) return false
        for (const each of kindsOf[kind]) {
          const held = textsOf(shown, each)
          if (!(await areHeld(tx, each, period, held)) || !(await areNow(tx, each, period, [...held.keys()], now, cardsIn))) return false
        }
        for (const each of kindsOf[kind])
          await tx.execute(sql`WITH released AS (DELETE FROM held_figures
              WHERE period_from = ${period.from}::date AND period_to = ${period.to}::date AND kind = ${each}
                AND person_id = ANY(${sql.param([...shown[each].keys()])}::text[]) RETURNING *)
            INSERT INTO replaced_figures (kind, period_from, period_to, person_id, release, figures)
            SELECT kind, period_from, period_to, person_id, ${releasesBefore}::int, figures FROM released`)
        return true
      })
    },
    replacedBefore: (kind, period) => replaced(db, kind, period),
  }
}

async function replaced(db: Database, kind: ShownKind, period: Period): Promise<readonly HeldBack[]> {
  const rows = await rowsOf<KeptRow & { readonly release: number }>(
    db,
    sql`SELECT kind, person_id AS "personId", release, figures FROM replaced_figures
      WHERE kind = ANY(${sql.param(kindsOf[kind])}::text[]) AND period_from = ${period.from}::date AND period_to = ${period.to}::date`,
  )
  const byRelease = Map.groupBy(rows, ({ release }) => release)
  // Of whoever was forgotten since there is none, maybe in a whole release.
  const count = rows.reduce((most, { release }) => Math.max(most, release + 1), 0)
  return Array.from({ length: count }, (_, release) => heldOf(byRelease.get(release) ?? []))
}

/** As they were read, in the order in which they are kept. */
const textsOf = (figures: HeldBack, kind: HeldKind): FiguresOf =>
  new Map([...figures[kind]].map(([id, each]) => [id, JSON.stringify(each)]))

/** As they would be held back. */
const newerOf = (figures: HeldBack, kind: HeldKind): FiguresOf =>
  kind === 'scorecards' ? new Map([...figures.scorecards].map(([id, cards]) => [id, asText(cards)])) : textsOf(figures, kind)

async function areHeld(tx: Database, kind: HeldKind, period: Period, held: FiguresOf): Promise<boolean> {
  const given = [...held].map(([personId, figures]) => ({ personId, figures }))
  const [row] = await rowsOf<{ readonly same: number }>(
    tx,
    sql`SELECT count(*)::int AS same FROM held_figures AS held
      JOIN jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS given("personId" text, figures text)
        ON held.person_id = given."personId" AND held.figures = given.figures::jsonb
      WHERE held.kind = ${kind} AND held.period_from = ${period.from}::date AND held.period_to = ${period.to}::date`,
  )
  return row?.same === held.size
}

/** Whether these people's figures are still the newer ones. Nobody's who was never read then. */
async function areNow(
  tx: Database,
  kind: HeldKind,
  period: Period,
  personIds: readonly PersonId[],
  now: HeldBack,
  cardsIn: CardsIn,
): Promise<boolean> {
  if (personIds.length === 0) return true
  const stored =
    kind === 'scorecards' ? (await cardsShown(cardsIn(tx), [{ period, personIds }]))[0] : await figuresNow(tx, kind, period, personIds)
  const given = newerOf(now, kind)
  return personIds.every((id) => isDeepStrictEqual(parsed(stored?.get(id)), parsed(given.get(id))))
}

const parsed = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text))
