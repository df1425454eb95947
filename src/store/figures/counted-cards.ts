// The setting "cards that count": which scorecards are fetched and enter statistics; none chosen = all. Every card once met is remembered
// with its name: a card that is no longer fetched could otherwise never be chosen again.
import { sql } from 'drizzle-orm'
import { type Database, rowsOf } from '../database/database.ts'
import type { TenantStore } from '../tenant.ts'

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
  /** Ids that are not known are left out. Returns those that count now; none = all. */
  choose(ids: readonly string[]): Promise<readonly KnownCard[]>
}

interface Kept {
  readonly counted: readonly string[]
  readonly known: readonly KnownCard[]
}

/** Of the setting. */
export const countedCardsSetting = 'cards-that-count'

export function createCountedCards(db: Database, settings: Pick<TenantStore, 'setting' | 'saveSetting'>): CountedCards {
  async function kept(): Promise<Kept> {
    const text = await settings.setting(countedCardsSetting)
    return text === undefined ? { counted: [], known: [] } : (JSON.parse(text) as Kept)
  }

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
    async choose(ids) {
      const all = await known()
      const wanted = new Set(ids)
      const chosen = all.filter(({ id }) => wanted.has(id))
      const value: Kept = { counted: chosen.map(({ id }) => id), known: all }
      await settings.saveSetting(countedCardsSetting, JSON.stringify(value))
      return chosen
    },
  }
}
