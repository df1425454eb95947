// `npm run backup -- <file>`: a copy of the embedded database, also while the service runs.
import { statSync } from 'node:fs'
import { readSettings } from '../../config/config.ts'
import { AskError } from '../../errors.ts'
import { runCommand } from '../run-command.ts'
import { backUp } from './backup.ts'

await runCommand(async () => {
  const file = process.argv[2]
  if (!file) throw new AskError('Say where to: npm run backup -- gong-digest-backup.tar.gz')
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = readSettings(['DATA_DIR', 'DATABASE_URL'])
  const from = await backUp({ dataDir, databaseUrl }, file)
  const megabytes = (statSync(file).size / 1e6).toFixed(1)
  console.log(
    `${file} holds the whole database (${megabytes} MB), ${from === 'service' ? 'as the running service gave it' : 'while no service ran'}. Only you can read it. It holds figures about people: keep it as safe as the database.`,
  )
})
