// Small facts about the tenant (contract, zone, talk-ratio unit …) and settings changed by an admin. Text by key.

import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { TenantMemory } from '../domain/gong-ports.ts'
import { onceAReading, readAnew } from '../one-reading.ts'
import { type CompanyFactsNow, type ValuePlace, valueKey } from './company-facts.ts'
import { batched, batchedByKey } from './database/batch.ts'
import type { Database } from './database/database.ts'
import type { Forgotten } from './people/forgotten.ts'
import { tenantValues } from './schema/company.ts'

export interface TenantStore extends TenantMemory {
  /** Settings beside Gong's facts, for example `cards-that-count`, `first-contact:<slack id>`, `refused-blocks`. */
  setting(key: string): Promise<string | undefined>
  /** A key may name somebody after a colon, `first-contact:<slack id>`; nothing is saved of whoever was forgotten meanwhile. */
  saveSetting(key: string, value: string): Promise<void>
  /** Saves the setting unless there is one; returns the one that stands, the same for every replica. */
  settleSetting(key: string, value: string): Promise<string>
  /** Takes a setting away and returns it; of several replicas one gets it. */
  takeSetting(key: string): Promise<string | undefined>
  /** An encrypted secret (OAuth tokens); the caller encrypts. `update` runs under a row lock so that one replica refreshes. */
  secret<T>(
    key: string,
    update: (current: string | undefined) => Promise<{ readonly value: string; readonly result: T } | { readonly result: T }>,
  ): Promise<T>
  /** Under which keys there is a secret. */
  secretKeys(): Promise<readonly string[]>
}

type Space = 'fact' | 'setting' | 'secret' | 'own'

const at = (space: Space, key: string) => and(eq(tenantValues.space, space), eq(tenantValues.key, key))

async function readValue(db: Database, space: Space, key: string): Promise<string | undefined> {
  const [row] = await db.select().from(tenantValues).where(at(space, key))
  return row?.value ?? undefined
}

async function writeValue(db: Database, space: Space, key: string, value: string): Promise<void> {
  await db
    .insert(tenantValues)
    .values({ space, key, value })
    .onConflictDoUpdate({ target: [tenantValues.space, tenantValues.key], set: { value } })
}

/** Inside a transaction of the caller's, as is the next. */
export const readSetting = (tx: Database, key: string): Promise<string | undefined> => readValue(tx, 'setting', key)

export function writeSetting(tx: Database, key: string, value: string): Promise<void> {
  readAnew()
  return writeValue(tx, 'setting', key, value)
}

/** Writes `value` unless there is one already; returns the one that stands, the same for every replica. */
export async function settleValue(db: Database, space: Space, key: string, value: string): Promise<string> {
  await db.insert(tenantValues).values({ space, key, value }).onConflictDoNothing()
  return (await readValue(db, space, key)) ?? value
}

/** Values of a space, those asked for in one turn read together; the usual ones are among the company's facts. */
function valuesOf(db: Database, space: ValuePlace['space'], { usual, facts }: UsualValues): (key: string) => Promise<string | undefined> {
  const usualKeys = new Set(usual.flatMap((place) => (place.space === space ? [place.key] : [])))
  const read = onceAReading(
    batchedByKey<string>(async (keys) => {
      const rows = await db
        .select()
        .from(tenantValues)
        .where(and(eq(tenantValues.space, space), inArray(tenantValues.key, [...keys])))
      return new Map(rows.flatMap(({ key, value }) => (value === null ? [] : [[key, value] as const])))
    }),
  )
  return async (key) => (usualKeys.has(key) ? (await facts()).values.get(valueKey({ space, key })) : read(key))
}

/** Which values the company's facts hold. */
interface UsualValues {
  readonly usual: readonly ValuePlace[]
  readonly facts: CompanyFactsNow
}

export function createTenantStore(
  db: Database,
  kind: 'embedded' | 'postgres',
  usualValues: UsualValues,
  forgotten: Forgotten,
): TenantStore {
  const saveSetting = batched(async (settings: readonly { readonly key: string; readonly value: string }[]) => {
    const last = [...new Map(settings.map(({ key, value }) => [key, value]))].map(([key, value]) => ({
      space: 'setting' as const,
      key,
      value,
    }))
    const write = (to: Database, rows: typeof last) =>
      to
        .insert(tenantValues)
        .values(rows)
        .onConflictDoUpdate({ target: [tenantValues.space, tenantValues.key], set: { value: sql`excluded.value` } })
    if (!last.some(({ key }) => key.includes(':'))) await write(db, last)
    else
      await db.transaction(async (tx) => {
        const leftOut = await forgotten.gate(tx)
        const kept = last.filter(({ key }) => !key.split(':').some(leftOut))
        if (kept.length > 0) await write(tx, kept)
      })
    return settings.map(() => undefined)
  })
  const waiting = new Map<string, Promise<unknown>>()

  /** One at a time in this process. */
  function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (waiting.get(key) ?? Promise.resolve()).then(work, work)
    const settled = mine.catch(() => undefined)
    waiting.set(key, settled)
    return mine
  }

  return {
    get: valuesOf(db, 'fact', usualValues),
    set(key, value) {
      readAnew()
      return writeValue(db, 'fact', key, value)
    },
    setting: valuesOf(db, 'setting', usualValues),
    saveSetting(key, value) {
      readAnew()
      return saveSetting({ key, value })
    },
    settleSetting(key, value) {
      readAnew()
      return settleValue(db, 'setting', key, value)
    },
    async takeSetting(key) {
      readAnew()
      const [row] = await db.delete(tenantValues).where(at('setting', key)).returning()
      return row?.value ?? undefined
    },
    async secretKeys() {
      const rows = await db
        .select({ key: tenantValues.key })
        .from(tenantValues)
        .where(and(eq(tenantValues.space, 'secret'), isNotNull(tenantValues.value)))
      return rows.map(({ key }) => key)
    },
    secret: (key, update) =>
      inTurn(key, async () => {
        // The embedded database has one connection: a transaction held while `update` asks another server would stop everything.
        if (kind === 'embedded') {
          const outcome = await update(await readValue(db, 'secret', key))
          if ('value' in outcome) await writeValue(db, 'secret', key, outcome.value)
          return outcome.result
        }
        return db.transaction(async (tx) => {
          await tx.insert(tenantValues).values({ space: 'secret', key, value: null }).onConflictDoNothing()
          const [row] = await tx.select().from(tenantValues).where(at('secret', key)).for('update')
          const outcome = await update(row?.value ?? undefined)
          if ('value' in outcome)
            await tx
              .update(tenantValues)
              .set({ value: sql`${outcome.value}` })
              .where(at('secret', key))
          return outcome.result
        })
      }),
  }
}
