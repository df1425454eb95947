// `npm run restore -- <file>`: makes the embedded database out of a backup, where there is none yet; without a file, after Postgres was restored.
import { systemClock } from '../../clock.ts'
import { readSettings } from '../../config/config.ts'
import { createLog } from '../../log.ts'
import { restore } from '../backup/backup.ts'
import { runCommand } from '../run-command.ts'

await runCommand(async () => {
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = readSettings(['DATA_DIR', 'DATABASE_URL'])
  await restore({ dataDir, databaseUrl }, process.argv[2], { clock: systemClock, log: createLog('silent') })
  console.log(
    `${databaseUrl === undefined ? `The database is restored into ${dataDir}` : 'It is remembered that the database was restored'}. Roles, links and stops are those of the backup, and looks since are gone: end again what ended since, and run npm run forget again for whoever was forgotten since. Of weeks that have ended, figures of groups are shown by name only. Now start the service.`,
  )
})
