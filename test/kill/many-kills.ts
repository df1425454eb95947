// `npm run test:kill [-- kills]`: 200 kills on the embedded database and on Postgres, side by side.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startPostgres } from '../kit/postgres.ts'
import { type KillReport, killAndRecover } from './killing.ts'

const kills = Number(process.argv[2] ?? 200)
const folder = mkdtempSync(path.join(tmpdir(), 'kill-'))
const postgres = await startPostgres()
try {
  const reports: readonly (readonly [string, KillReport])[] = await Promise.all([
    killAndRecover(kills, { dataDir: path.join(folder, 'data') }).then((report) => ['embedded', report] as const),
    postgres
      .createDatabase()
      .then((databaseUrl) => killAndRecover(kills, { databaseUrl, dataDir: 'memory://' }))
      .then((report) => ['Postgres', report] as const),
  ])
  for (const [database, { wrong, milliseconds }] of reports) {
    console.log(
      `${database}: ${kills} kills in ${Math.round(milliseconds / 1000)} s, ${kills - wrong.length} digests exactly once, ${wrong.length} not`,
    )
    for (const { channelId, digests } of wrong) console.log(`  ${channelId}: ${digests} digests`)
  }
  process.exitCode = reports.some(([, { wrong }]) => wrong.length > 0) ? 1 : 0
} finally {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
