// The setting "cards that count": which scorecards are fetched and enter statistics; none chosen = all. Every card once met is remembered
// with its name: a card that is no longer fetched could otherwise never be chosen again. Weeks that groups were shown by other cards are not
// shown by these.
import { sql } from 'drizzle-orm'
import { openVisibilities } from '../../domain/card-names.ts'
import type { LocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { type Database, rowsOf } from '../database/database.ts'
import type { Forgotten } from '../people/forgotten.ts'
import { readSetting, type TenantStore, writeSetting } from '../tenant.ts'
import { takeTurn } from './as-shown.ts'

/** A scorecard by the name it had when it was last answered. Names are untrusted text. */
export interface KnownCard {
  readonly id: string
  readonly name: string
}

export interface CountedCards {
  /** Those that count, by name; empty = all. */
  counted(): Promise<readonly KnownCard[]>
  /** Every card met so far and every one that counts, by name. */
  known(): Promise<readonly KnownCard[]>
  /**
   * Names of cards that somebody filled, that are about `personIds`, or that as many people as a group has were given openly: one used for a
   * single colleague is theirs alone.
   */
  namesFor(reader: {
    readonly selfId: PersonId | undefined
    readonly personIds: readonly PersonId[]
    readonly minimumPeople: number
  }): Promise<readonly string[]>
  /** When others were chosen last, after groups had been shown some. */
  changedOn(): Promise<LocalDate | undefined>
  /** Ids that are not known are left out. Returns those that count now; none = all. */
  choose(ids: readonly string[], today: LocalDate): Promise<readonly KnownCard[]>
}

interface Kept {
  readonly counted: readonly string[]
  readonly known: readonly KnownCard[]
  readonly changedOn?: LocalDate | undefined
}

const keptIn = (text: string | undefined): Kept => (text === undefined ? { counted: [], known: [] } : (JSON.parse(text) as Kept))

/** Of the setting. */
export const countedCardsSetting = 'cards-that-count'

export function createCountedCards(db: Database, settings: Pick<TenantStore, 'setting'>, forgotten: Pick<Forgotten, 'gate'>): CountedCards {
  const kept = async (): Promise<Kept> => keptIn(await settings.setting(countedCardsSetting))

  async function known(): Promise<readonly KnownCard[]> {
    const met = await rowsOf<KnownCard>(
      db,
      sql`SELECT DISTINCT ON (card->>'scorecardId') card->>'scorecardId' AS id, card->>'scorecardName' AS name FROM scorecards
        ORDER BY card->>'scorecardId', answered_at DESC`,
    )
    const byId = new Map([...(await kept()).known, ...met].map((card) => [card.id, card]))
    return [...byId.values()].toSorted((a, b) => (a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1))
  }

  return {
    async counted() {
      const { counted, known: all } = await kept()
      return all.filter(({ id }) => counted.includes(id))
    },
    known,
    async namesFor({ selfId, personIds, minimumPeople }) {
      const rows = await rowsOf<{ readonly name: string }>(
        db,
        sql`SELECT card->>'scorecardName' AS name FROM scorecards GROUP BY 1
          HAVING bool_or(reviewed_id = ANY(${sql.param(personIds)}::text[])) OR bool_or(reviewer_id = ${selfId ?? null})
            OR count(DISTINCT reviewed_id) FILTER (WHERE card->>'visibility' = ANY(${sql.param(openVisibilities)}::text[])) >= ${minimumPeople} ORDER BY 1`,
      )
      return rows.map(({ name }) => name)
    },
    changedOn: async () => (await kept()).changedOn,
    async choose(ids, today) {
      const all = await known()
      const wanted = new Set(ids)
      const chosen = all.filter(({ id }) => wanted.has(id))
      const counted = chosen.map(({ id }) => id)
      await db.transaction(async (tx) => {
        // Whoever records the choice asks it after the turn, and nobody may wait for the two the other way round.
        await forgotten.gate(tx)
        // Whoever is about to show cards waits, and reads those that count from now on.
        await takeTurn(tx, 'scorecards', 'to change')
        const before = keptIn(await readSetting(tx, countedCardsSetting))
        const isSame = new Set(counted).symmetricDifference(new Set(before.counted)).size === 0
        const changedOn = isSame || !(await wereShown(tx)) ? before.changedOn : today
        await writeSetting(tx, countedCardsSetting, JSON.stringify({ counted, known: all, changedOn } satisfies Kept))
      })
      return chosen
    },
  }
}

/** Whether cards were ever shown without names. */
async function wereShown(tx: Database): Promise<boolean> {
  const [row] = await rowsOf<{ readonly some: boolean }>(
    tx,
    sql`SELECT EXISTS (SELECT FROM shown_groups WHERE kind = 'scorecards') AS some`,
  )
  return row?.some === true
}
