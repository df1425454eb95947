// The migrations as an older version had them.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const migrationsFolder = path.resolve(import.meta.dirname, '../../src/store/migrations')
const journal = JSON.parse(readFileSync(path.join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as {
  readonly entries: readonly { readonly tag: string }[]
}

export const allMigrations = journal.entries

/** Lays the first `count` of them into `folder`. */
export function olderMigrations(folder: string, count: number): string {
  const older = path.join(folder, `migrations-${count}`)
  cpSync(migrationsFolder, older, { recursive: true })
  writeFileSync(path.join(older, 'meta/_journal.json'), JSON.stringify({ ...journal, entries: allMigrations.slice(0, count) }))
  return older
}
