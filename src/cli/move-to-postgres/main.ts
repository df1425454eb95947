// `npm run move-to-postgres`: copies what DATA_DIR holds into the empty database at DATABASE_URL. Refuses while the service runs.
import { systemClock } from '../../clock.ts'
import { readSettings } from '../../config/config.ts'
import { ConfigError } from '../../errors.ts'
import { createLog } from '../../log.ts'
import { runCommand } from '../run-command.ts'
import { moveToPostgres, movingInWords } from './move-to-postgres.ts'

await runCommand(async () => {
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = readSettings(['DATA_DIR', 'DATABASE_URL'])
  if (databaseUrl === undefined) throw new ConfigError(['DATABASE_URL is missing: set it to the empty Postgres database to move to'])
  console.log(movingInWords(await moveToPostgres({ dataDir, databaseUrl }, { clock: systemClock, log: createLog('silent') })))
})
