// From the embedded folder to Postgres: opens both, copies everything or nothing, and says in words what to do next. Knows no terminal.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { ConfigError } from '../../errors.ts'
import { openStore } from '../../store/database/connect.ts'
import { moveRows } from '../../store/database/move.ts'
import type { Surroundings } from '../workbench.ts'

/** Any: nothing is read from Gong here. */
const budget = { perSecond: 1, perDay: 1 }
const realTime = 'database'

/**
 * Rows by table. The folder stays as it was.
 * @throws ConfigError when there is no such folder, the service still runs on it, or the Postgres database is in use or unreachable.
 */
export async function moveToPostgres(
  { dataDir, databaseUrl }: { readonly dataDir: string; readonly databaseUrl: string },
  around: Surroundings,
): Promise<ReadonlyMap<string, number>> {
  if (!existsSync(path.join(dataDir, 'database')))
    throw new ConfigError([`DATA_DIR: there is no embedded database in ${path.resolve(dataDir)}`])
  const from = await openStore({ ...around, dataDir, budget, realTime })
  try {
    const to = await openStore({ ...around, dataDir, databaseUrl, budget, realTime })
    try {
      return await moveRows(from.database, to.database)
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}

/** For the terminal. */
export function movingInWords(rows: ReadonlyMap<string, number>): string {
  return [
    'Copied, rows by table; each was counted on both sides:',
    ...[...rows].filter(([, count]) => count > 0).map(([table, count]) => `  ${table.padEnd(20)} ${count}`),
    '',
    'Leave DATABASE_URL (and TOKEN_ENCRYPTION_KEY, if there is one) set and start the service: it runs on Postgres now.',
    'The folder is as it was. Keep it until the service has run for a while; never start on it again beside Postgres.',
  ].join('\n')
}
