// An empty embedded database to begin from, in memory or in a folder. Making one from nothing takes seconds of processor time, so the first
// test of a version of the migrations leaves a copy beside the packages' caches, and the rest wait for it and begin from that.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { movableClock } from '../../src/clock.ts'
import { openStore } from '../../src/store/database/connect.ts'
import { restoreEmbedded } from '../../src/store/database/restore.ts'
import { oneAtATime } from './database.ts'
import { keptLog } from './quiet-log.ts'

const root = path.resolve(import.meta.dirname, '../..')

const cache = path.join(root, 'node_modules/.cache/gong-digest')

let cached: Promise<Blob> | undefined

/** A dump of a migrated, empty embedded database. */
export const emptyStore = (): Promise<Blob> => {
  cached ??= readOrMake()
  return cached
}

/** Lays a migrated, empty embedded database into this data folder, for a process that opens it a moment later. */
export async function layEmptyStore(dataDir: string): Promise<void> {
  const laid = path.join(cache, `empty-store-${version()}`)
  await madeOnce(laid, async (aside) => restoreEmbedded(aside, await emptyStore(), async () => undefined))
  cpSync(path.join(laid, 'database'), path.join(dataDir, 'database'), { recursive: true })
}

/** Of PGlite and the migrations. */
function version(): string {
  const made = createHash('sha256')
  const parts = [
    'node_modules/@electric-sql/pglite/package.json',
    ...globSync('src/store/migrations/**/*.{sql,json}', { cwd: root }).sort(),
  ]
  for (const part of parts) made.update(readFileSync(path.join(root, part)))
  return made.digest('hex').slice(0, 16)
}

async function readOrMake(): Promise<Blob> {
  const file = path.join(cache, `empty-store-${version()}.tar`)
  await madeOnce(file, async (aside) => {
    const store = await openStore({
      dataDir: 'memory://',
      clock: movableClock(new Date('2026-01-01T00:00:00Z')),
      realTime: 'database',
      log: keptLog().log,
      budget: { perSecond: 1, perDay: 1 },
    })
    const dump = await store.dump()
    await store.close()
    if (!dump) throw new Error('the embedded database gave no copy of itself')
    writeFileSync(aside, new Uint8Array(await dump.arrayBuffer()))
  })
  return new Blob([readFileSync(file)])
}

/** Makes it aside and renames it, so that nobody finds half of it; what a process left that was ended meanwhile is made anew. */
async function madeOnce(place: string, make: (aside: string) => Promise<unknown>): Promise<void> {
  if (existsSync(place)) return
  await oneAtATime(place, async () => {
    if (existsSync(place)) return
    const aside = `${place}.${process.pid}`
    mkdirSync(cache, { recursive: true })
    await make(aside)
    renameSync(aside, place)
  })
}
