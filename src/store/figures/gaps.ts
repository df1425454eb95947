// Which kinds of figures cannot be fetched now, and managers whose coaching Gong does not give. Shared by replicas, kept over restarts.
import { type FigureGap, type FigureKind, figureKinds } from '../../domain/figure-gap.ts'
import type { PersonId } from '../../domain/person.ts'
import type { Database } from '../database/database.ts'
import type { Forgotten } from '../people/forgotten.ts'
import { type TenantStore, writeSetting } from '../tenant.ts'

export interface GapStore {
  all(): Promise<readonly FigureGap[]>
  /** Remembers a failure; the first one's instant stays until `close`. */
  open(gap: Omit<FigureGap, 'since' | 'triedAt' | 'wasFetched'>, at: Date): Promise<void>
  /** The kind was fetched. Writes nothing when that is known and it has no gap. */
  close(kind: FigureKind): Promise<void>
  /** Managers Gong did not answer for within the last day. */
  refusedManagers(now: Date): Promise<ReadonlySet<PersonId>>
  refuseManagers(ids: readonly PersonId[], at: Date): Promise<void>
}

const dayMs = 24 * 3_600_000
const keyOf = (kind: FigureKind): string => `gap:${kind}`
const fetchedKey = (kind: FigureKind): string => `fetched:${kind}`
const managersKey = 'gap:managers'

/** Settings that nearly every answer asks for. */
export const gapSettings: readonly string[] = [...figureKinds.flatMap((kind) => [keyOf(kind), fetchedKey(kind)]), managersKey]

interface Kept extends Omit<FigureGap, 'since' | 'triedAt' | 'kind'> {
  readonly since: string
  readonly triedAt: string
}

/** Managers who were forgotten are left out. */
export function createGapStore(db: Database, settings: Pick<TenantStore, 'setting' | 'saveSetting'>, forgotten: Forgotten): GapStore {
  async function find(kind: FigureKind): Promise<FigureGap | undefined> {
    const text = await settings.setting(keyOf(kind))
    if (!text) return undefined
    const { since, triedAt, ...gap } = JSON.parse(text) as Kept
    return { ...gap, kind, since: new Date(since), triedAt: new Date(triedAt) }
  }

  async function refused(): Promise<Readonly<Record<PersonId, string>>> {
    const text = await settings.setting(managersKey)
    return text ? (JSON.parse(text) as Record<PersonId, string>) : {}
  }

  return {
    async all() {
      return (await Promise.all(figureKinds.map(find))).flatMap((gap) => gap ?? [])
    },
    async open({ kind, ...gap }, at) {
      const [before, fetched] = await Promise.all([find(kind), settings.setting(fetchedKey(kind))])
      const kept: Kept = {
        ...gap,
        wasFetched: fetched !== undefined,
        since: (before?.since ?? at).toISOString(),
        triedAt: at.toISOString(),
      }
      await settings.saveSetting(keyOf(kind), JSON.stringify(kept))
    },
    async close(kind) {
      const [gap, fetched] = await Promise.all([settings.setting(keyOf(kind)), settings.setting(fetchedKey(kind))])
      if (gap) await settings.saveSetting(keyOf(kind), '')
      if (fetched === undefined) await settings.saveSetting(fetchedKey(kind), 'yes')
    },
    async refusedManagers(now) {
      return new Set(Object.entries(await refused()).flatMap(([id, at]) => (now.getTime() - Date.parse(at) < dayMs ? [id] : [])))
    },
    async refuseManagers(ids, at) {
      if (ids.length === 0) return
      const young = Object.entries(await refused()).filter(([, since]) => at.getTime() - Date.parse(since) < dayMs)
      const given = [...young, ...ids.map((id) => [id, at.toISOString()] as const)]
      await db.transaction(async (tx) => {
        const leftOut = await forgotten.gate(tx)
        await writeSetting(tx, managersKey, JSON.stringify(Object.fromEntries(given.filter(([id]) => !leftOut(id)))))
      })
    },
  }
}
