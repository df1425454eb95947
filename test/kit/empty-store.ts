// An empty embedded database to begin from. Making one from nothing takes seconds, so the first test of a version of the migrations leaves
// a copy beside the packages' caches, and the rest begin from that.
import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { movableClock } from '../../src/clock.ts'
import { openStore } from '../../src/store/database/connect.ts'
import { keptLog } from './quiet-log.ts'

const root = path.resolve(import.meta.dirname, '../..')

let cached: Promise<Blob> | undefined

/** A dump of a migrated, empty embedded database. */
export const emptyStore = (): Promise<Blob> => {
  cached ??= readOrMake()
  return cached
}

async function readOrMake(): Promise<Blob> {
  const made = createHash('sha256')
  const parts = [
    'node_modules/@electric-sql/pglite/package.json',
    ...globSync('src/store/migrations/**/*.{sql,json}', { cwd: root }).sort(),
  ]
  for (const part of parts) made.update(readFileSync(path.join(root, part)))
  const folder = path.join(root, 'node_modules/.cache/gong-digest')
  const file = path.join(folder, `empty-store-${made.digest('hex').slice(0, 16)}.tar`)
  try {
    return new Blob([readFileSync(file)])
  } catch {
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
    mkdirSync(folder, { recursive: true })
    // Written aside and renamed: another test process may be reading or writing the same file.
    const aside = `${file}.${process.pid}`
    writeFileSync(aside, new Uint8Array(await dump.arrayBuffer()))
    renameSync(aside, file)
    return dump
  }
}
