// `npm run restore -- <file>`: makes the embedded database out of a backup, where there is none yet.
import { readSettings } from '../../config/config.ts'
import { AskError } from '../../errors.ts'
import { restore } from '../backup/backup.ts'
import { runCommand } from '../run-command.ts'

await runCommand(async () => {
  const file = process.argv[2]
  if (!file) throw new AskError('Say from what: npm run restore -- gong-digest-backup.tar.gz')
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = readSettings(['DATA_DIR', 'DATABASE_URL'])
  await restore({ dataDir, databaseUrl }, file)
  console.log(
    `The database is restored into ${dataDir}. Run npm run forget again for whoever was forgotten since the backup, then start the service.`,
  )
})
