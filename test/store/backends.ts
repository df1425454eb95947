// Both databases a store can lie on: every suite of this folder says the same of either.
import { afterEach, describe } from 'vitest'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import type { OpenedStore, StoreOptions } from '../../src/store/database/connect.ts'
import { emptyDatabase, migratedDatabase } from '../kit/database.ts'
import { reusedMemoryStore, reusedPostgresStore } from '../kit/store.ts'

export interface Backend {
  /** A fresh, empty store; closed after the test. */
  open(options?: Partial<StoreOptions>): Promise<OpenedStore>
}

/** Wednesday 2026-11-25, noon in Berlin. */
export const noon = new Date('2026-11-25T11:00:00Z')

export const stillClock = (): MovableClock => movableClock(noon)

export const minutesAfterNoon = (minutes: number): Date => new Date(noon.getTime() + minutes * 60_000)

export function onBothBackends(suite: (backend: Backend) => void): void {
  describe('embedded', () => suite(closing(reusedMemoryStore)))
  onPostgres(() => suite(closing(reusedPostgresStore)))
}

/** `database` makes one with this version's tables and returns its URL; `empty` one without any. */
export function onPostgres(suite: (database: () => Promise<string>, empty: () => Promise<string>) => void): void {
  describe('Postgres', () => suite(migratedDatabase, emptyDatabase))
}

function closing(open: NonNullable<Backend['open']>): Backend {
  const opened: OpenedStore[] = []
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close()
  })
  return {
    async open(options) {
      const store = await open(options)
      opened.push(store)
      return store
    },
  }
}
